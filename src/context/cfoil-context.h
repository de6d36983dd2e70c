/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-account.h"
#include "cfoil-export-import.h"
#include "cfoil-export.h"
#include "cfoil-packet.h"
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

/* Delivers the answers that wait (cfoil-submission.h), of all accounts.  Takes the
 * mirror's lock: G_IO_ERROR_BUSY while a sync goes on, which delivers them itself, first.
 * What cannot be delivered now waits on; of each the mirror says why.  *N_DELIVERED and
 * *N_WAITING count.  Before each, the deadline is looked at once more, by the provider's
 * clock. */
gboolean cfoil_context_send_answers_sync (CfoilContext      *self,
                                          CfoilProgressFunc  progress,
                                          gpointer           user_data,
                                          GCancellable      *cancellable,
                                          guint             *n_delivered,
                                          guint             *n_waiting,
                                          GError           **error);

/* Whether ROUND of the case can be answered by the API, whatever the answer:
 * CFOIL_INPUT_ERROR_ACCOUNT, _BLOCKED, _ANSWERED, CFOIL_PROVIDER_ERROR_HAND_OFF.  For those
 * who would change the draft first. */
gboolean cfoil_context_check_answer_sync (CfoilContext *self,
                                          gint64        case_id,
                                          guint         round,
                                          GError      **error);

/* Builds the packet of a draft as it is in the mirror, reviews it, and stores it for
 * sending.  When the records changed since the draft was last written, it is written with
 * what they say now and refused once (CFOIL_INPUT_ERROR_BLOCKED): nobody has seen that
 * letter.  Findings that block are CFOIL_INPUT_ERROR, before anything is stored.
 * *FINDINGS (nullable): CfoilFinding. */
gboolean cfoil_context_submit_draft_sync (CfoilContext *self,
                                          gint64        case_id,
                                          guint         round,
                                          GVariant     *limits,
                                          GCancellable *cancellable,
                                          gint64       *submission_id,
                                          GPtrArray   **findings,
                                          GError      **error);
/* The packet as a file; the same bytes as what would be sent. */
gboolean cfoil_context_build_packet_sync (CfoilContext       *self,
                                          gint64              case_id,
                                          guint               round,
                                          GVariant           *limits,
                                          const char         *path,
                                          GCancellable       *cancellable,
                                          CfoilPacketResult **result,
                                          GError            **error);
/* Gives in.  BY_HAND: it was done at the provider's page; else it goes out by the API. */
gboolean cfoil_context_accept_case_sync (CfoilContext *self,
                                         gint64        case_id,
                                         gboolean      by_hand,
                                         gint64       *submission_id,
                                         GError      **error);

/* A dispute id that somebody typed: a case is made and, if the provider can be reached,
 * asked for.  FALSE with *CASE_ID set: it is there, but could not be asked for as yet.
 * ROUTE: "typed", or "email": then there is no case before the provider has confirmed it. */
gboolean cfoil_context_look_up_dispute_sync (CfoilContext *self,
                                             const char   *account,
                                             const char   *dispute_id,
                                             const char   *route,
                                             const char   *detail,
                                             GCancellable *cancellable,
                                             gint64       *case_id,
                                             GError      **error);

/* A mail that was dropped, read and held against the mirror; makes no case. */
typedef struct
{
  CfoilMail *mail;
  gint64 case_id;        /* of the mirror's case that it is about, 0: none */
  gboolean charge_is_known; /* a charge or order that it names is in the mirror */
} CfoilMailReading;
void cfoil_mail_reading_free (CfoilMailReading *reading);
CfoilMailReading *cfoil_context_read_mail_sync (CfoilContext *self,
                                                const char   *account,
                                                const char   *path,
                                                GError      **error);

/* Deadlines as iCalendar: of the cases that wait for an answer. */
gboolean cfoil_context_export_deadlines_sync (CfoilContext *self,
                                              const char   *path,
                                              gboolean      overwrite,
                                              guint        *n_events,
                                              GError      **error);

gboolean cfoil_context_export_sync (CfoilContext              *self,
                                    const CfoilExportOptions  *options,
                                    CfoilProgressFunc          progress,
                                    gpointer                   user_data,
                                    GCancellable              *cancellable,
                                    CfoilExportResult         *result,
                                    GError                   **error);

G_END_DECLS
