/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-history.h"
#include "cfoil-draft-journal.h"
#include "cfoil-draft-session.h"
#include "cfoil-evidence-file.h"
#include "cfoil-page-cache.h"

G_BEGIN_DECLS

/* What the parts of a session share: -session.c is the draft itself, -session-read.c
 * what comes from the mirror, -session-files.c the files, -session-follow.c what follows
 * from all that, -session-build.c the packet. */
struct _CfoilDraftSession
{
  GObject parent_instance;

  CfoilReader *reader; /* (owned) */
  CfoilMirror *mirror; /* (owned) */
  gint64 case_id;
  guint round;
  GCancellable *cancellable; /* (owned): of all that runs for us */
  gboolean is_loaded;
  gboolean is_sealed;

  CfoilDraft *draft; /* (owned) (nullable) */
  guint serial;      /* of the draft: grows when it changes */
  CfoilDraftHistory *history; /* (owned) */
  CfoilDraftJournal *journal; /* (owned) (nullable): until it is loaded */
  guint pause_timer;

  CfoilDossier *dossier; /* (owned) (nullable) */
  char *dossier_digest;  /* (owned) (nullable) */
  gboolean is_reading;
  gboolean read_again;

  GHashTable *files;       /* (owned): sha256 to CfoilPacketFile */
  GHashTable *inspections; /* (owned): sha256 to CfoilInspection */
  GHashTable *uninspected; /* (owned): sha256 of files that were tried in vain, or are being tried */
  gboolean is_inspecting;
  gboolean is_failure_told;

  CfoilLimits *limits;     /* (owned) (nullable) */
  GVariant *limit_changes; /* (owned) (nullable) */
  CfoilLetter *letter;     /* (owned) (nullable) */
  GPtrArray *checklist;    /* (owned) (nullable) */
  GPtrArray *findings;     /* (owned) (nullable) */
  CfoilFit fit;
  guint review_timer;

  CfoilPacketLayout *layout; /* (owned) (nullable) */
  CfoilPageCache *pages;     /* (owned) */
  guint layout_timer;
  gboolean is_laying_out;
  gboolean lay_out_again;

  CfoilPacketResult *packet; /* (owned) (nullable): of the draft as it is */
  gboolean is_building;
};

/* --- the draft --- */

/* Takes DRAFT (transfer full) as it is now, without a step of undo.  PARTS: what else is
 * different. */
void _cfoil_draft_session_replace (CfoilDraftSession *self,
                                   CfoilDraft        *draft,
                                   CfoilSessionParts  parts);
/* DRAFT was changed: on a later day (UTC) than its letter has, the letter is of now. */
void _cfoil_draft_session_date (CfoilDraft *draft);
/* Puts the draft into the journal. */
void _cfoil_draft_session_save (CfoilDraftSession *self);
void _cfoil_draft_session_set_loaded (CfoilDraftSession *self,
                                      const char        *known);
void _cfoil_draft_session_set_sealed (CfoilDraftSession *self,
                                      gboolean           is_sealed);
void _cfoil_draft_session_set_building (CfoilDraftSession *self,
                                        gboolean           is_building);
void _cfoil_draft_session_emit_failed (CfoilDraftSession *self,
                                       const GError      *error);
void _cfoil_draft_session_emit_files_failed (CfoilDraftSession *self,
                                             GPtrArray         *failures);
void _cfoil_draft_session_emit_changed (CfoilDraftSession *self,
                                        CfoilSessionParts  parts);

/* --- the mirror --- */

void _cfoil_draft_session_read (CfoilDraftSession *self);

/* --- files --- */

/* What the mirror knows of a file of the draft.  FALSE: we knew all that. */
gboolean _cfoil_draft_session_take_file (CfoilDraftSession       *self,
                                         const CfoilEvidenceFile *file);
/* Looks at those that nobody has looked at, one after the other, each once. */
void _cfoil_draft_session_inspect (CfoilDraftSession *self);
/* Takes away what no draft names any more, once as long as the program runs: where
 * answers are written is where such files come from. */
void _cfoil_draft_session_sweep (CfoilDraftSession *self);
/* Those that DRAFT names, each once.  (element-type CfoilPacketFile) */
GPtrArray *_cfoil_draft_session_list_files (CfoilDraftSession *self);

/* --- what follows --- */

/* What a letter and its pages are made of, for a thread. */
typedef struct
{
  CfoilDraft *draft; /* (owned) */
  CfoilReason reason;
  CfoilCaseKind kind;
  char *provider;    /* (owned) */
  GPtrArray *files;  /* (owned): CfoilPacketFile */
} CfoilDraftSource;

CfoilDraftSource *_cfoil_draft_source_new (CfoilDraftSession *self);
void _cfoil_draft_source_free (CfoilDraftSource *source);
CfoilLetter *_cfoil_draft_source_compose (const CfoilDraftSource *source);

/* REVIEW if the findings or the meter are others than before, else 0. */
CfoilSessionParts _cfoil_draft_session_review (CfoilDraftSession *self);

/* PARTS are different: makes anew what follows from them and tells. */
void _cfoil_draft_session_follow (CfoilDraftSession *self,
                                  CfoilSessionParts  parts);

G_END_DECLS
