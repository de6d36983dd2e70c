/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft.h"
#include <gio/gio.h>

CfoilDraft *
cfoil_draft_new (void)
{
  return NULL;
}

CfoilDraft *
cfoil_draft_copy (const CfoilDraft *self)
{
  return NULL;
}

void
cfoil_draft_free (CfoilDraft *self)
{
}

char *
cfoil_draft_to_text (const CfoilDraft *self)
{
  return NULL;
}

CfoilDraft *
cfoil_draft_from_text (const char *text, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return NULL;
}

const CfoilFact *
cfoil_draft_get_fact (const CfoilDraft *self, CfoilFactKey key)
{
  return NULL;
}

void
cfoil_draft_set_fact (CfoilDraft *self, CfoilFactKey key, const char *value, CfoilFactSource source, const char *detail)
{
}

void
cfoil_draft_take_facts (CfoilDraft *self, GPtrArray *facts)
{
}

CfoilExhibit *
cfoil_exhibit_new (CfoilEvidenceType type)
{
  return NULL;
}

void
cfoil_exhibit_free (CfoilExhibit *self)
{
}

CfoilExhibitFile *
cfoil_exhibit_file_new (const char *sha256, const char *name, const char *file_type)
{
  return NULL;
}

void
cfoil_exhibit_file_free (CfoilExhibitFile *self)
{
}

CfoilExhibit *
cfoil_draft_find_exhibit (const CfoilDraft *self, const char *id)
{
  return NULL;
}

char *
cfoil_exhibit_letter (guint position)
{
  return NULL;
}

gboolean
cfoil_exhibit_file_is_page (const CfoilExhibitFile *file)
{
  return 0;
}

const char *
cfoil_draft_get_own_words (const CfoilDraft *self, const char *section)
{
  return NULL;
}

void
cfoil_draft_set_own_words (CfoilDraft *self, const char *section, const char *text)
{
}

GPtrArray *
cfoil_draft_diff (const CfoilDraft *before, const CfoilDraft *after)
{
  return NULL;
}

void
cfoil_draft_change_free (CfoilDraftChange *change)
{
}

const char *
cfoil_stance_to_string (CfoilStance stance)
{
  return NULL;
}
