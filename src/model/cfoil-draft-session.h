/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-dossier.h"
#include "cfoil-draft.h"
#include "cfoil-letter.h"
#include "cfoil-packet.h"
#include "cfoil-reader.h"
#include "cfoil-renderer.h"
#include "cfoil-review.h"

G_BEGIN_DECLS

/* One draft being written: what it is now, how it was before (undo over the whole
 * session), and everything that follows from it.  Main thread; never blocks: a change
 * is taken at once, is in the mirror within a second, and what follows from it comes
 * later, newest first, nothing twice.
 *
 * Properties: loaded (FALSE until the draft is there, then TRUE), state
 * (CfoilSessionState: of the journal), can-undo, can-redo, is-sealed (it was sent: read
 * only), building (the packet is being made).
 * ::changed (CfoilSessionParts) when parts are different.  ::failed (GError) when the draft
 * or some of it could not be read.  ::files-failed (GPtrArray of CfoilFileFailure) when files
 * could not be taken or looked at: once for all that were added together. */
#define CFOIL_TYPE_DRAFT_SESSION (cfoil_draft_session_get_type ())
G_DECLARE_FINAL_TYPE (CfoilDraftSession, cfoil_draft_session, CFOIL, DRAFT_SESSION, GObject)

typedef struct
{
  char *name;        /* (nullable): for people; NULL: there is no room for more exhibits */
  GError *error;
  gboolean is_added; /* it is in the draft, but could not be looked at */
} CfoilFileFailure;

typedef enum
{
  CFOIL_SESSION_DRAFT = 1 << 0,   /* the draft itself; letter and checklist with it, at once */
  CFOIL_SESSION_DOSSIER = 1 << 1, /* what the mirror says */
  CFOIL_SESSION_FILES = 1 << 2,   /* files were inspected */
  CFOIL_SESSION_LAYOUT = 1 << 3,  /* pages: within a second of a change */
  CFOIL_SESSION_PACKET = 1 << 4,  /* the packet was made */
  CFOIL_SESSION_REVIEW = 1 << 5,  /* findings and fit */
} CfoilSessionParts;

typedef enum
{
  CFOIL_SESSION_SAVED,
  CFOIL_SESSION_SAVING,
  CFOIL_SESSION_FAILED, /* it could not be written; it is tried again, nothing is lost while we run */
} CfoilSessionState;

/* ROUND 0: that which is awaited (or was given last). */
CfoilDraftSession *cfoil_draft_session_new (CfoilReader *reader,
                                            gint64       case_id,
                                            guint        round);

gint64 cfoil_draft_session_get_case_id (CfoilDraftSession *self);
guint cfoil_draft_session_get_round (CfoilDraftSession *self);
CfoilReader *cfoil_draft_session_get_reader (CfoilDraftSession *self);
gboolean cfoil_draft_session_get_loaded (CfoilDraftSession *self);
gboolean cfoil_draft_session_get_is_sealed (CfoilDraftSession *self);
gboolean cfoil_draft_session_get_building (CfoilDraftSession *self);
/* ERROR (nullable) gets the error of FAILED, borrowed. */
CfoilSessionState cfoil_draft_session_get_state (CfoilDraftSession *self,
                                                 const GError     **error);

/* Borrowed, valid until the next change of that part; NULL before there is one. */
const CfoilDraft *cfoil_draft_session_get_draft (CfoilDraftSession *self);
CfoilDossier *cfoil_draft_session_get_dossier (CfoilDraftSession *self);
const CfoilLetter *cfoil_draft_session_get_letter (CfoilDraftSession *self);
GPtrArray *cfoil_draft_session_get_checklist (CfoilDraftSession *self);  /* CfoilChecklistItem */
CfoilPacketLayout *cfoil_draft_session_get_layout (CfoilDraftSession *self);
const CfoilPacketResult *cfoil_draft_session_get_packet (CfoilDraftSession *self); /* of the draft as it is; NULL: not yet */
GPtrArray *cfoil_draft_session_get_findings (CfoilDraftSession *self);   /* CfoilFinding */
const CfoilFit *cfoil_draft_session_get_fit (CfoilDraftSession *self);
const CfoilLimits *cfoil_draft_session_get_limits (CfoilDraftSession *self);
/* (nullable) */
const CfoilPacketFile *cfoil_draft_session_get_file (CfoilDraftSession *self,
                                                     const char        *sha256);
const CfoilInspection *cfoil_draft_session_get_inspection (CfoilDraftSession *self,
                                                           const char        *sha256);

/* The user's limits, see cfoil_limits_apply (); (nullable): as shipped. */
void cfoil_draft_session_set_limits (CfoilDraftSession *self,
                                     GVariant          *changes);

/* Takes DRAFT (transfer full) as the draft from now on.  WHAT: changes of the same WHAT
 * within some seconds are one step of undo ("fact:tracking_number"); NULL: a step of its own. */
void cfoil_draft_session_set_draft (CfoilDraftSession *self,
                                    CfoilDraft        *draft,
                                    const char        *what);
void cfoil_draft_session_undo (CfoilDraftSession *self);
void cfoil_draft_session_redo (CfoilDraftSession *self);

/* Short for the above. */
void cfoil_draft_session_set_fact (CfoilDraftSession *self,
                                   CfoilFactKey       key,
                                   const char        *value,
                                   GError           **error);

/* Copies files into the case; each becomes an exhibit of TYPE of its own, or with
 * EXHIBIT_ID (nullable) one more file of that exhibit.  ::files-failed if some cannot
 * be taken; the rest goes on. */
void cfoil_draft_session_add_files (CfoilDraftSession *self,
                                    GFile            **files,
                                    guint              n_files,
                                    CfoilEvidenceType  type,
                                    const char        *exhibit_id);
void cfoil_draft_session_add_bytes (CfoilDraftSession *self,
                                    GBytes            *bytes,
                                    const char        *name,
                                    CfoilEvidenceType  type,
                                    const char        *exhibit_id);
void cfoil_draft_session_add_library_item (CfoilDraftSession      *self,
                                           const CfoilLibraryItem *item);

/* What is in the mirror as a version, for people to go back to. */
void cfoil_draft_session_add_version (CfoilDraftSession *self,
                                      const char        *why);
/* Loads the text of a version as a change that can be undone. */
gboolean cfoil_draft_session_restore (CfoilDraftSession *self,
                                      const char        *text,
                                      GError           **error);

/* The packet of the draft as it is; *_PATH is in the mirror's evidence folder.  The
 * draft is saved first. */
void cfoil_draft_session_build_async (CfoilDraftSession  *self,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean cfoil_draft_session_build_finish (CfoilDraftSession *self,
                                           GAsyncResult      *result,
                                           GError           **error);

/* Everything that is not written as yet is; then CALLBACK. */
void cfoil_draft_session_flush_async (CfoilDraftSession  *self,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean cfoil_draft_session_flush_finish (CfoilDraftSession *self,
                                           GAsyncResult      *result,
                                           GError           **error);

/* A page of the packet as pixels, WIDTH wide: drawn on a worker, foreign pages by
 * counterfoil-render, kept while they stay the same.  NULL: not there as yet, ::changed
 * LAYOUT comes when it is. */
cairo_surface_t *cfoil_draft_session_get_page (CfoilDraftSession *self,
                                               guint              page,
                                               guint              width); /* borrowed */

G_END_DECLS
