/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-interval-set.h"
#include "cfoil-mirror.h"
#include "cfoil-records.h"

G_BEGIN_DECLS

/* Puts what feeds say into the mirror, for one account.  Blocking, for one worker
 * thread that holds the mirror's lock (cfoil_mirror_lock ()).
 *
 * The first put opens a transaction; cfoil_writer_commit () ends it.  After any
 * failure call cfoil_writer_rollback () or free the writer: nothing since the
 * last commit is kept. */
typedef struct _CfoilWriter CfoilWriter;

CfoilWriter *cfoil_writer_new (CfoilMirror *mirror,
                               gint64       account_id,
                               GError     **error);
void cfoil_writer_free (CfoilWriter *self);

gint64 cfoil_writer_get_account_id (CfoilWriter *self);

gboolean cfoil_writer_begin (CfoilWriter *self, GError **error);
gboolean cfoil_writer_commit (CfoilWriter *self, GError **error);
void cfoil_writer_rollback (CfoilWriter *self);

/* How many records were put since the last commit. */
guint cfoil_writer_get_n_pending (CfoilWriter *self);

/* All that is put from now on was said by FEED_ID, in DOCUMENT_ID (0: in none).
 * IS_ASKED: an answer to a question by id, which holds as of now. */
void cfoil_writer_set_source (CfoilWriter *self,
                              gint64       feed_id,
                              gint64       document_id,
                              gboolean     is_asked);

gboolean cfoil_writer_put_observation (CfoilWriter            *self,
                                       const CfoilObservation *observation,
                                       GError                **error);
gboolean cfoil_writer_put_settlement (CfoilWriter           *self,
                                      const CfoilSettlement *settlement,
                                      GError               **error);
gboolean cfoil_writer_put_line (CfoilWriter *self, const CfoilSettlementLine *line, GError **error);
gboolean cfoil_writer_put_disbursement (CfoilWriter             *self,
                                        const CfoilDisbursement *disbursement,
                                        GError                 **error);
gboolean cfoil_writer_put_exception (CfoilWriter          *self,
                                     const CfoilException *exception,
                                     GError              **error);
gboolean cfoil_writer_put_notification (CfoilWriter    *self,
                                        const char     *message_id,
                                        CfoilObjectKind kind,
                                        const char     *object_id,
                                        const char     *raw,
                                        gboolean       *is_new,
                                        GError        **error);

/* A notification of a chargeback that names the charge and not the dispute. */
gboolean cfoil_writer_put_chargeback_notification (CfoilWriter *self,
                                                   const char  *message_id,
                                                   const char  *charge_id,
                                                   const char  *raw,
                                                   gboolean    *is_new,
                                                   GError     **error);

/* Computes the rows of all objects anew that were answered by id. */
gboolean cfoil_writer_derive_all (CfoilWriter *self, GError **error);

/* Feeds. */
gboolean cfoil_writer_open_feed (CfoilWriter *self,
                                 const char  *name,
                                 int          rank,
                                 gint64      *feed_id,
                                 GError     **error);
gboolean cfoil_writer_mark_feed (CfoilWriter  *self,
                                 gint64        feed_id,
                                 gboolean      is_fresh,
                                 const GError *failure,
                                 GError      **error);
gboolean cfoil_writer_get_cursor (CfoilWriter *self, gint64 feed_id, char **cursor, GError **error);
gboolean cfoil_writer_set_cursor (CfoilWriter *self,
                                  gint64       feed_id,
                                  const char  *cursor,
                                  GError     **error);
CfoilIntervalSet *cfoil_writer_get_coverage (CfoilWriter *self, gint64 feed_id, GError **error);
gboolean cfoil_writer_add_coverage (CfoilWriter *self,
                                    gint64       feed_id,
                                    gint64       start_us,
                                    gint64       end_us,
                                    GError     **error);
gint64 cfoil_writer_get_earliest_us (CfoilWriter *self);

/* Reports.  EACH is called with borrowed values.  WITHOUT_DOCUMENT: only those
 * whose document is not here, not read to its end, or has lost its raw file. */
typedef void (*CfoilReportFunc) (const CfoilReport *report, gpointer user_data);
gboolean cfoil_writer_put_report (CfoilWriter       *self,
                                  gint64             feed_id,
                                  const CfoilReport *report,
                                  GError           **error);
gboolean cfoil_writer_list_reports (CfoilWriter      *self,
                                    gint64            feed_id,
                                    CfoilReportStatus status,
                                    gboolean          without_document,
                                    CfoilReportFunc   each,
                                    gpointer          user_data,
                                    GError          **error);
gboolean cfoil_writer_link_report (CfoilWriter *self,
                                   gint64       feed_id,
                                   const char  *report_id,
                                   gint64       document_id,
                                   GError     **error);

/* Documents. */
typedef struct
{
  gint64 document_id;
  guint64 n_rows_done;
  gboolean is_done;
} CfoilDocumentState;

typedef struct
{
  gint64 feed_id;
  const char *sha256;
  const char *type;        /* (nullable) */
  gboolean is_imported;
  const char *shown_name;  /* (nullable) */
  gint64 n_bytes;
  gboolean is_proven_whole;
  gint64 received_us;
} CfoilDocumentInfo;

/* Finds the account's document with these bytes, or makes its row.  A refused one
 * is not done: reading on in it tells again what is wrong with it. */
gboolean cfoil_writer_open_document (CfoilWriter             *self,
                                     const CfoilDocumentInfo *info,
                                     CfoilDocumentState      *state,
                                     GError                 **error);
gboolean cfoil_writer_set_document_progress (CfoilWriter *self,
                                             gint64       document_id,
                                             guint64      n_rows_done,
                                             GError     **error);
gboolean cfoil_writer_end_document (CfoilWriter  *self,
                                    gint64        document_id,
                                    guint64       n_rows,
                                    const GError *failure,
                                    GError      **error);

/* The raw file of a half-read document is lost: it is refused with FAILURE, and
 * its reports are without a document again. */
gboolean cfoil_writer_lose_document (CfoilWriter  *self,
                                     gint64        document_id,
                                     guint64       n_rows,
                                     const GError *failure,
                                     GError      **error);
/* Forgets what lost documents there were that others have taken the place of. */
gboolean cfoil_writer_drop_lost_documents (CfoilWriter *self, GError **error);

/* Adds the windows of all reports that DOCUMENT_ID is the document of. */
gboolean cfoil_writer_cover_document (CfoilWriter *self, gint64 document_id, GError **error);

/* Settlements whose lines or payouts changed since they were last recorded here and
 * do not come to each other.  Rows at the end of a
 * report may be missing; or lines and payout belong to different periods.
 * IS_RECORDED: an exception says so already, with the same sums. */
typedef void (*CfoilImbalanceFunc) (const char *settlement_id,
                                    const char *message,
                                    gboolean    is_recorded,
                                    gpointer    user_data);
gboolean cfoil_writer_list_imbalances (CfoilWriter       *self,
                                       CfoilImbalanceFunc each,
                                       gpointer           user_data,
                                       GError           **error);
/* The finished reports of FEED_ID that a settlement's lines stand in. */
gboolean cfoil_writer_list_reports_of_settlement (CfoilWriter    *self,
                                                  gint64          feed_id,
                                                  const char     *settlement_id,
                                                  CfoilReportFunc each,
                                                  gpointer        user_data,
                                                  GError        **error);
/* Puts an exception for each of them, and takes back those that no longer hold. */
gboolean cfoil_writer_record_imbalances (CfoilWriter *self, GError **error);

/* Objects to ask for. */
typedef void (*CfoilDueFunc) (CfoilObjectKind kind, const char *object_id, gpointer user_data);
gboolean cfoil_writer_list_due (CfoilWriter    *self,
                                CfoilObjectKind kind,
                                guint           limit,
                                CfoilDueFunc    each,
                                gpointer        user_data,
                                GError        **error);
gboolean cfoil_writer_defer (CfoilWriter    *self,
                             CfoilObjectKind kind,
                             const char     *object_id,
                             const char     *why,
                             GError        **error);
/* Asks for it at the next opportunity. */
gboolean cfoil_writer_pursue (CfoilWriter    *self,
                              CfoilObjectKind kind,
                              const char     *object_id,
                              GError        **error);

/* The outbox. */
gboolean cfoil_writer_find_action (CfoilWriter *self,
                                   const char  *kind,
                                   const char  *subject,
                                   gint64      *action_id,
                                   char       **idempotency_key,
                                   char       **request,
                                   GError     **error);
gboolean cfoil_writer_add_action (CfoilWriter *self,
                                  const char  *kind,
                                  const char  *subject,
                                  const char  *idempotency_key,
                                  const char  *request,
                                  gint64      *action_id,
                                  GError     **error);
gboolean cfoil_writer_end_action (CfoilWriter *self,
                                  gint64       action_id,
                                  guint        http_status,
                                  const char  *answer,
                                  GError     **error);
/* The requests of KIND that nobody has answered yet, oldest first; borrowed values. */
typedef void (*CfoilActionFunc) (gint64      action_id,
                                 const char *subject,
                                 const char *idempotency_key,
                                 const char *request,
                                 gpointer    user_data);
gboolean cfoil_writer_list_actions (CfoilWriter    *self,
                                    const char     *kind,
                                    CfoilActionFunc each,
                                    gpointer        user_data,
                                    GError        **error);
/* The last answer to KIND and SUBJECT, if it was a success (2xx); *ANSWER NULL: none. */
gboolean cfoil_writer_find_answer (CfoilWriter *self,
                                   const char  *kind,
                                   const char  *subject,
                                   char       **answer,
                                   GError     **error);

/* Schedules by which the provider makes reports.  One that was ever put as ours stays so. */
typedef void (*CfoilScheduleFunc) (const CfoilSchedule *schedule, gpointer user_data);
gboolean cfoil_writer_put_schedule (CfoilWriter         *self,
                                    const CfoilSchedule *schedule,
                                    GError             **error);
gboolean cfoil_writer_drop_schedule (CfoilWriter *self,
                                     const char  *schedule_id,
                                     GError     **error);
gboolean cfoil_writer_list_schedules (CfoilWriter      *self,
                                      CfoilScheduleFunc each,
                                      gpointer          user_data,
                                      GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilWriter, cfoil_writer_free)

G_END_DECLS
