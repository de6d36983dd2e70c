/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-account.h"
#include "cfoil-export-import.h"
#include "cfoil-export.h"
#include "cfoil-mirror.h"
#include "cfoil-provider.h"

G_BEGIN_DECLS

/* All that a program of ours works with: one mirror, its accounts and their
 * keys, and the jobs on them.  Passed down, never global.  The object may be
 * used from any thread; functions that end in _sync block and belong to worker
 * threads (a GTask, or a program without a window). */
#define CFOIL_TYPE_CONTEXT (cfoil_context_get_type ())
G_DECLARE_FINAL_TYPE (CfoilContext, cfoil_context, CFOIL, CONTEXT, GObject)

/* How a job is getting on. */
typedef struct
{
  const char *account; /* (nullable) */
  const char *what;    /* a feed's name, or a file's */
  guint64 done;
  guint64 total;       /* 0: not known */
} CfoilProgress;

/* Called on the job's own thread, at most some ten times a second. */
typedef void (*CfoilProgressFunc) (const CfoilProgress *progress,
                                   gpointer             user_data);

typedef enum
{
  CFOIL_OUTCOME_DONE,
  CFOIL_OUTCOME_PARTIAL, /* some feeds, accounts or files failed; the rest is in the mirror */
  CFOIL_OUTCOME_FAILED,  /* nothing failed as a whole, but no feed became fresh either */
} CfoilOutcome;

/* FOLDER NULL: $XDG_DATA_HOME/counterfoil. */
char *cfoil_context_dup_default_folder (void);
CfoilContext *cfoil_context_new_sync (const char *folder,
                                      GError    **error);

CfoilMirror *cfoil_context_get_mirror (CfoilContext *self);

/* The feeds of accounts of PROVIDER ("amazon-pay"), in showing order.  Static;
 * titles are English, pass them through gettext. */
const CfoilFeedInfo *cfoil_context_get_feeds (CfoilContext *self,
                                              const char   *provider,
                                              guint        *n_feeds);

/* Adds an account.  KEY_FILE is a PEM file: read, checked, and by
 * ->key_storage put into the keyring or referred to (then it must be 0600). */
gboolean cfoil_context_add_account_sync (CfoilContext *self,
                                         CfoilAccount *account,
                                         const char   *key_file,
                                         GCancellable *cancellable,
                                         GError      **error);
gboolean cfoil_context_remove_account_sync (CfoilContext *self,
                                            const char   *name,
                                            GCancellable *cancellable,
                                            GError      **error);
/* Asks the provider whether the credentials work. */
gboolean cfoil_context_test_account_sync (CfoilContext *self,
                                          const char   *name,
                                          GCancellable *cancellable,
                                          GError      **error);

/* The account of that name; CFOIL_INPUT_ERROR_ACCOUNT if there is none. */
CfoilAccount *cfoil_context_find_account_sync (CfoilContext *self,
                                               const char   *name,
                                               GError      **error);

/* Why an account could not be synced at all. */
typedef struct
{
  char *account;
  GError *error;
} CfoilSyncFailure;
void cfoil_sync_failure_free (CfoilSyncFailure *failure);

/* Syncs the accounts NAMES, NULL: all.  FALSE: the run as a whole ended, since it
 * was cancelled or the mirror cannot be written; *FAILURES and *OUTCOME are told
 * all the same.  *FAILURES: CfoilSyncFailure, for accounts that ended early; of
 * single feeds the mirror says why they failed. */
gboolean cfoil_context_sync_accounts_sync (CfoilContext       *self,
                                           const char *const  *names,
                                           CfoilProgressFunc   progress,
                                           gpointer            user_data,
                                           GCancellable       *cancellable,
                                           GPtrArray         **failures,
                                           CfoilOutcome       *outcome,
                                           GError            **error);

/* The same in short.  FALSE also when no account could be synced at all; *OUTCOME
 * is done or partial. */
gboolean cfoil_context_sync_sync (CfoilContext       *self,
                                  const char *const  *names,
                                  CfoilProgressFunc   progress,
                                  gpointer            user_data,
                                  GCancellable       *cancellable,
                                  CfoilOutcome       *outcome,
                                  GError            **error);

/* What became of one imported file. */
typedef struct
{
  char *path;
  char *type;             /* (nullable): settlement, refund, ..., notification */
  guint64 n_rows;         /* rows of the file */
  gboolean was_known;     /* the same bytes had been read before */
  gboolean is_export;     /* an export of ours: it was held against the mirror */
  CfoilExportImportResult compared; /* if so */
  GError *error;          /* (nullable) */
} CfoilImportResult;
void cfoil_import_result_free (CfoilImportResult *result);

/* Imports report files, notifications (JSON) and exports of ours.  One file that cannot be read
 * does not stop the others.  *RESULTS: CfoilImportResult, one per path. */
gboolean cfoil_context_import_sync (CfoilContext      *self,
                                    const char        *account,
                                    const char *const *paths,
                                    CfoilProgressFunc  progress,
                                    gpointer           user_data,
                                    GCancellable      *cancellable,
                                    GPtrArray        **results,
                                    CfoilOutcome      *outcome,
                                    GError           **error);

/* Imports a notification from text (pasted). */
gboolean cfoil_context_import_text_sync (CfoilContext  *self,
                                         const char    *account,
                                         const char    *text,
                                         GCancellable  *cancellable,
                                         GError       **error);

/* Makes the mirror anew from the raw report files and the answers by id.  The old
 * one is kept as *KEPT_PATH.  Programs that have it open must be restarted. */
gboolean cfoil_context_rebuild_sync (CfoilContext     *self,
                                     CfoilProgressFunc progress,
                                     gpointer          user_data,
                                     GCancellable     *cancellable,
                                     char            **kept_path,
                                     GError          **error);

gboolean cfoil_context_export_sync (CfoilContext              *self,
                                    const CfoilExportOptions  *options,
                                    CfoilProgressFunc          progress,
                                    gpointer                   user_data,
                                    GCancellable              *cancellable,
                                    CfoilExportResult         *result,
                                    GError                   **error);

G_END_DECLS
