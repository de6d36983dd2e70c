/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-session.h"

struct _CfoilDraftSession
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (CfoilDraftSession, cfoil_draft_session, G_TYPE_OBJECT)

static void
cfoil_draft_session_class_init (CfoilDraftSessionClass *klass)
{
}

static void
cfoil_draft_session_init (CfoilDraftSession *self)
{
}

CfoilDraftSession *
cfoil_draft_session_new (CfoilReader *reader, gint64 case_id, guint round)
{
  return NULL;
}

gint64
cfoil_draft_session_get_case_id (CfoilDraftSession *self)
{
  return 0;
}

guint
cfoil_draft_session_get_round (CfoilDraftSession *self)
{
  return 0;
}

CfoilReader *
cfoil_draft_session_get_reader (CfoilDraftSession *self)
{
  return NULL;
}

gboolean
cfoil_draft_session_get_loaded (CfoilDraftSession *self)
{
  return 0;
}

gboolean
cfoil_draft_session_get_is_sealed (CfoilDraftSession *self)
{
  return 0;
}

gboolean
cfoil_draft_session_get_building (CfoilDraftSession *self)
{
  return 0;
}

CfoilSessionState
cfoil_draft_session_get_state (CfoilDraftSession *self, const GError **error)
{
  return 0;
}

const CfoilDraft *
cfoil_draft_session_get_draft (CfoilDraftSession *self)
{
  return NULL;
}

CfoilDossier *
cfoil_draft_session_get_dossier (CfoilDraftSession *self)
{
  return NULL;
}

const CfoilLetter *
cfoil_draft_session_get_letter (CfoilDraftSession *self)
{
  return NULL;
}

GPtrArray *
cfoil_draft_session_get_checklist (CfoilDraftSession *self)
{
  return NULL;
}

CfoilPacketLayout *
cfoil_draft_session_get_layout (CfoilDraftSession *self)
{
  return NULL;
}

const CfoilPacketResult *
cfoil_draft_session_get_packet (CfoilDraftSession *self)
{
  return NULL;
}

GPtrArray *
cfoil_draft_session_get_findings (CfoilDraftSession *self)
{
  return NULL;
}

const CfoilFit *
cfoil_draft_session_get_fit (CfoilDraftSession *self)
{
  return NULL;
}

const CfoilLimits *
cfoil_draft_session_get_limits (CfoilDraftSession *self)
{
  return NULL;
}

const CfoilPacketFile *
cfoil_draft_session_get_file (CfoilDraftSession *self, const char *sha256)
{
  return NULL;
}

const CfoilInspection *
cfoil_draft_session_get_inspection (CfoilDraftSession *self, const char *sha256)
{
  return NULL;
}

void
cfoil_draft_session_set_draft (CfoilDraftSession *self, CfoilDraft *draft, const char *what)
{
}

void
cfoil_draft_session_undo (CfoilDraftSession *self)
{
}

void
cfoil_draft_session_redo (CfoilDraftSession *self)
{
}

void
cfoil_draft_session_set_fact (CfoilDraftSession *self, CfoilFactKey key, const char *value, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
}

void
cfoil_draft_session_add_files (CfoilDraftSession *self, GFile **files, guint n_files, CfoilEvidenceType type, const char *exhibit_id)
{
}

void
cfoil_draft_session_add_bytes (CfoilDraftSession *self, GBytes *bytes, const char *name, CfoilEvidenceType type, const char *exhibit_id)
{
}

void
cfoil_draft_session_add_library_item (CfoilDraftSession *self, const CfoilLibraryItem *item)
{
}

void
cfoil_draft_session_add_version (CfoilDraftSession *self, const char *why)
{
}

gboolean
cfoil_draft_session_restore (CfoilDraftSession *self, const char *text, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return 0;
}

void
cfoil_draft_session_build_async (CfoilDraftSession *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
}

gboolean
cfoil_draft_session_build_finish (CfoilDraftSession *self, GAsyncResult *result, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return 0;
}

void
cfoil_draft_session_flush_async (CfoilDraftSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
}

gboolean
cfoil_draft_session_flush_finish (CfoilDraftSession *self, GAsyncResult *result, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return 0;
}

cairo_surface_t *
cfoil_draft_session_get_page (CfoilDraftSession *self, guint page, guint width)
{
  return NULL;
}

void
cfoil_draft_session_set_limits (CfoilDraftSession *self, GVariant *changes)
{
}
