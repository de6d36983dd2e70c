/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cfoil-interval-set.h"
#include "cfoil-records.h"

G_BEGIN_DECLS

/* The mirror's side of a feed: where a provider puts what it was told, and what
 * it may ask about earlier runs.  The sync layer implements it over the store;
 * tests implement it over arrays.
 *
 * Everything is blocking and belongs to one worker thread, never to the main
 * thread.  A function that can fail returns FALSE or NULL with ERROR set; after
 * such a failure (a full disk, say) the run must end with that error.
 *
 * What is put becomes durable with the next commit, in one transaction together
 * with cursors and coverage, so a cursor can never run ahead of its rows.  The
 * implementation commits by itself when a batch is large; commit () forces it. */
#define CFOIL_TYPE_INTAKE (cfoil_intake_get_type ())
G_DECLARE_INTERFACE (CfoilIntake, cfoil_intake, CFOIL, INTAKE, GObject)

/* One request that must happen once: stored, with its key, before it is sent. */
typedef struct
{
  gint64 action_id;
  char *idempotency_key; /* 32 characters of [0-9a-f] */
  char *request;         /* the body, byte for byte as first built */
  char *subject;
} CfoilAction;

/* An object that is due to be asked for. */
typedef struct
{
  CfoilObjectKind kind;
  char *object_id;
} CfoilDueObject;

/* A report as the mirror has it. */
typedef struct
{
  char *report_id;
  char *provider_type;
  char *document_id; /* (nullable) */
  CfoilReportStatus status;
  gint64 start_us;
  gint64 end_us;
  gint64 created_us;
  gboolean ours;
} CfoilKnownReport;

/* A schedule as the mirror has it. */
typedef struct
{
  char *schedule_id;
  char *provider_type;
  gboolean ours;
} CfoilKnownSchedule;

struct _CfoilIntakeInterface
{
  GTypeInterface parent_iface;

  gboolean (*put_observation) (CfoilIntake            *self,
                               const CfoilObservation *observation,
                               GError                **error);
  gboolean (*put_settlement) (CfoilIntake *self, const CfoilSettlement *settlement, GError **error);
  gboolean (*put_line) (CfoilIntake *self, const CfoilSettlementLine *line, GError **error);
  gboolean (*put_disbursement) (CfoilIntake             *self,
                                const CfoilDisbursement *disbursement,
                                GError                 **error);
  gboolean (*put_report) (CfoilIntake *self, const CfoilReport *report, GError **error);
  gboolean (*put_exception) (CfoilIntake *self, const CfoilException *exception, GError **error);
  gboolean (*commit) (CfoilIntake *self, GError **error);

  gboolean (*begin_feed) (CfoilIntake *self, const char *feed, GError **error);
  gboolean (*end_feed) (CfoilIntake *self, const GError *failure, GError **error);
  gboolean (*leave_feed) (CfoilIntake *self, GError **error);
  char *(*dup_cursor) (CfoilIntake *self, GError **error);
  gboolean (*set_cursor) (CfoilIntake *self, const char *cursor, GError **error);
  CfoilIntervalSet *(*dup_coverage) (CfoilIntake *self, GError **error);
  gboolean (*add_coverage) (CfoilIntake *self, gint64 start_us, gint64 end_us, GError **error);
  gint64 (*get_earliest_us) (CfoilIntake *self);

  GPtrArray *(*list_reports) (CfoilIntake      *self,
                              CfoilReportStatus status,
                              gboolean          without_document,
                              GError          **error);
  GPtrArray *(*list_unbalanced_reports) (CfoilIntake *self, GError **error);
  gboolean (*record_imbalances) (CfoilIntake *self, GError **error);
  GFile *(*new_document) (CfoilIntake *self, GError **error);
  gboolean (*take_document) (CfoilIntake  *self,
                             GFile        *file,
                             const char   *report_id,
                             gboolean      whole,
                             GCancellable *cancellable,
                             GError      **error);

  GArray *(*list_due) (CfoilIntake *self, CfoilObjectKind kind, guint limit, GError **error);
  gboolean (*defer) (CfoilIntake    *self,
                     CfoilObjectKind kind,
                     const char     *object_id,
                     const char     *why,
                     GError        **error);

  CfoilAction *(*begin_action) (CfoilIntake *self,
                                const char  *kind,
                                const char  *subject,
                                const char  *request,
                                GError     **error);
  char *(*dup_action_answer) (CfoilIntake *self,
                              const char  *kind,
                              const char  *subject,
                              GError     **error);
  gboolean (*end_action) (CfoilIntake            *self,
                          gint64                  action_id,
                          guint                   http_status,
                          const char             *answer,
                          const CfoilObservation *seen,
                          GError                **error);
  GPtrArray *(*list_actions) (CfoilIntake *self, const char *kind, GError **error);

  gboolean (*put_schedule) (CfoilIntake *self, const CfoilSchedule *schedule, GError **error);
  gboolean (*drop_schedule) (CfoilIntake *self, const char *schedule_id, GError **error);
  GPtrArray *(*list_schedules) (CfoilIntake *self, GError **error);

  void (*progress) (CfoilIntake *self, const char *what, guint64 done, guint64 total);
};

/* Puts one record.  It belongs to the current feed (begin_feed ()), or to the
 * document being read. */
gboolean cfoil_intake_put_observation (CfoilIntake            *self,
                                       const CfoilObservation *observation,
                                       GError                **error);
gboolean cfoil_intake_put_settlement (CfoilIntake           *self,
                                      const CfoilSettlement *settlement,
                                      GError               **error);
gboolean cfoil_intake_put_line (CfoilIntake *self, const CfoilSettlementLine *line, GError **error);
gboolean cfoil_intake_put_disbursement (CfoilIntake             *self,
                                        const CfoilDisbursement *disbursement,
                                        GError                 **error);
gboolean cfoil_intake_put_report (CfoilIntake *self, const CfoilReport *report, GError **error);
gboolean cfoil_intake_put_exception (CfoilIntake          *self,
                                     const CfoilException *exception,
                                     GError              **error);
gboolean cfoil_intake_commit (CfoilIntake *self, GError **error);

/* Makes FEED (one of the provider's feed names) the current one: all calls below
 * up to end_feed () speak of it.  Feeds may be taken up many times in a run.
 * end_feed (NULL) commits and, if the feed did not fail in this run, marks it
 * fresh as of now; with FAILURE it commits what is there and keeps the failure
 * for the user: other feeds go on. */
gboolean cfoil_intake_begin_feed (CfoilIntake *self, const char *feed, GError **error);
gboolean cfoil_intake_end_feed (CfoilIntake *self, const GError *failure, GError **error);
/* Ends it without a word of how fresh it is: one report of it was looked after. */
gboolean cfoil_intake_leave_feed (CfoilIntake *self, GError **error);

/* The current feed's cursor: the provider's own text, NULL (and no error) before
 * the first.  Coverage: half-open intervals [start, end) for which everything is
 * known to have been fetched. */
char *cfoil_intake_dup_cursor (CfoilIntake *self, GError **error);
gboolean cfoil_intake_set_cursor (CfoilIntake *self, const char *cursor, GError **error);
CfoilIntervalSet *cfoil_intake_dup_coverage (CfoilIntake *self, GError **error);
gboolean cfoil_intake_add_coverage (CfoilIntake *self,
                                    gint64       start_us,
                                    gint64       end_us,
                                    GError     **error);

/* The time of the account's earliest movement, or CFOIL_UNKNOWN. */
gint64 cfoil_intake_get_earliest_us (CfoilIntake *self);

/* The current feed's reports with STATUS, oldest first; WITHOUT_DOCUMENT: only
 * those whose document is not yet in the mirror.  Elements: CfoilKnownReport,
 * freed with the array. */
GPtrArray *cfoil_intake_list_reports (CfoilIntake      *self,
                                      CfoilReportStatus status,
                                      gboolean          without_document,
                                      GError          **error);

/* The current feed's reports of settlements whose lines do not come to what was
 * paid out: rows may be missing at their end, though nothing shows it.  Once
 * record_imbalances () has put exceptions about those that are left, they are no
 * longer listed until their sums change.  Elements: CfoilKnownReport. */
GPtrArray *cfoil_intake_list_unbalanced_reports (CfoilIntake *self, GError **error);
gboolean cfoil_intake_record_imbalances (CfoilIntake *self, GError **error);

/* A path for a new document, on the mirror's own disk; the file does not exist
 * yet and is removed by the implementation if it is never taken. */
GFile *cfoil_intake_new_document (CfoilIntake *self, GError **error);

/* Takes FILE (moved away) as the document of REPORT_ID: hashes it, keeps it
 * compressed, reads its rows through the provider's parse_document (), and
 * commits rows and state together, with the last rows the coverage of the report's
 * window.  WHOLE: FALSE when nothing proves that it is whole.  The same bytes
 * twice are one document. */
gboolean cfoil_intake_take_document (CfoilIntake  *self,
                                     GFile        *file,
                                     const char   *report_id,
                                     gboolean      whole,
                                     GCancellable *cancellable,
                                     GError      **error);

/* Objects of KIND that are not final and due to be asked for, most urgent first
 * (nearest deadline or expiry, then longest unasked).  Elements: CfoilDueObject.
 * put_observation () moves an object's next time; defer () does so when the
 * answer was an error, with the reason for the user. */
GArray *cfoil_intake_list_due (CfoilIntake    *self,
                               CfoilObjectKind kind,
                               guint           limit,
                               GError        **error);
gboolean cfoil_intake_defer (CfoilIntake    *self,
                             CfoilObjectKind kind,
                             const char     *object_id,
                             const char     *why,
                             GError        **error);

/* Stores and commits a request that must happen once, or finds the unanswered
 * one of the same KIND and SUBJECT (a former run died before the answer): send
 * ->request with ->idempotency_key.  end_action () keeps the answer; pass
 * HTTP_STATUS 0 when the outcome is still unknown.  Free with
 * cfoil_action_free (). */
CfoilAction *cfoil_intake_begin_action (CfoilIntake *self,
                                        const char  *kind,
                                        const char  *subject,
                                        const char  *request,
                                        GError     **error);
gboolean cfoil_intake_end_action (CfoilIntake *self,
                                  gint64       action_id,
                                  guint        http_status,
                                  const char  *answer,
                                  GError     **error);
/* The same, and what the answer says of an object (of the current feed), in one
 * transaction. */
gboolean cfoil_intake_end_action_with (CfoilIntake            *self,
                                       gint64                  action_id,
                                       guint                   http_status,
                                       const char             *answer,
                                       const CfoilObservation *seen,
                                       GError                **error);
/* The answer to the last request of that KIND and SUBJECT that was answered, if that was
 * a success; NULL without error: there is none. */
char *cfoil_intake_dup_action_answer (CfoilIntake *self,
                                      const char  *kind,
                                      const char  *subject,
                                      GError     **error);

/* The requests of KIND that nobody has answered yet, oldest first.  Elements: CfoilAction. */
GPtrArray *cfoil_intake_list_actions (CfoilIntake *self,
                                      const char  *kind,
                                      GError     **error);

/* Schedules by which the provider makes reports, of the account; they need no current
 * feed.  One that was ever put as ours stays ours.  Elements: CfoilKnownSchedule. */
gboolean cfoil_intake_put_schedule (CfoilIntake         *self,
                                    const CfoilSchedule *schedule,
                                    GError             **error);
gboolean cfoil_intake_drop_schedule (CfoilIntake *self,
                                     const char  *schedule_id,
                                     GError     **error);
GPtrArray *cfoil_intake_list_schedules (CfoilIntake *self,
                                        GError     **error);

/* WHAT is one of the provider's feed names; TOTAL 0: not known. */
void cfoil_intake_progress (CfoilIntake *self, const char *what, guint64 done, guint64 total);

void cfoil_action_free (CfoilAction *action);
void cfoil_known_report_free (CfoilKnownReport *report);
void cfoil_known_schedule_free (CfoilKnownSchedule *schedule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAction, cfoil_action_free)

G_END_DECLS
