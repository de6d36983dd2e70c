/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-intake.h"

G_DEFINE_INTERFACE (CfoilIntake, cfoil_intake, G_TYPE_OBJECT)

static void
cfoil_intake_default_init (CfoilIntakeInterface *iface)
{
}

gboolean
cfoil_intake_put_observation (CfoilIntake            *self,
                              const CfoilObservation *observation,
                              GError                **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->put_observation (self, observation, error);
}

gboolean
cfoil_intake_put_settlement (CfoilIntake           *self,
                             const CfoilSettlement *settlement,
                             GError               **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->put_settlement (self, settlement, error);
}

gboolean
cfoil_intake_put_line (CfoilIntake               *self,
                       const CfoilSettlementLine *line,
                       GError                   **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->put_line (self, line, error);
}

gboolean
cfoil_intake_put_disbursement (CfoilIntake             *self,
                               const CfoilDisbursement *disbursement,
                               GError                 **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->put_disbursement (self, disbursement, error);
}

gboolean
cfoil_intake_put_report (CfoilIntake       *self,
                         const CfoilReport *report,
                         GError           **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->put_report (self, report, error);
}

gboolean
cfoil_intake_put_exception (CfoilIntake          *self,
                            const CfoilException *exception,
                            GError              **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->put_exception (self, exception, error);
}

gboolean
cfoil_intake_commit (CfoilIntake *self,
                     GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->commit (self, error);
}

gboolean
cfoil_intake_begin_feed (CfoilIntake *self,
                         const char  *feed,
                         GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->begin_feed (self, feed, error);
}

gboolean
cfoil_intake_end_feed (CfoilIntake  *self,
                       const GError *failure,
                       GError      **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->end_feed (self, failure, error);
}

gboolean
cfoil_intake_leave_feed (CfoilIntake *self,
                         GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->leave_feed (self, error);
}

char *
cfoil_intake_dup_cursor (CfoilIntake *self,
                         GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->dup_cursor (self, error);
}

gboolean
cfoil_intake_set_cursor (CfoilIntake *self,
                         const char  *cursor,
                         GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->set_cursor (self, cursor, error);
}

CfoilIntervalSet *
cfoil_intake_dup_coverage (CfoilIntake *self,
                           GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->dup_coverage (self, error);
}

gboolean
cfoil_intake_add_coverage (CfoilIntake *self,
                           gint64       start_us,
                           gint64       end_us,
                           GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->add_coverage (self, start_us, end_us, error);
}

gint64
cfoil_intake_get_earliest_us (CfoilIntake *self)
{
  return CFOIL_INTAKE_GET_IFACE (self)->get_earliest_us (self);
}

GPtrArray *
cfoil_intake_list_reports (CfoilIntake      *self,
                           CfoilReportStatus status,
                           gboolean          without_document,
                           GError          **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->list_reports (self, status, without_document, error);
}

GPtrArray *
cfoil_intake_list_unbalanced_reports (CfoilIntake *self,
                                      GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->list_unbalanced_reports (self, error);
}

gboolean
cfoil_intake_record_imbalances (CfoilIntake *self,
                                GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->record_imbalances (self, error);
}

GFile *
cfoil_intake_new_document (CfoilIntake *self,
                           GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->new_document (self, error);
}

gboolean
cfoil_intake_take_document (CfoilIntake  *self,
                            GFile        *file,
                            const char   *report_id,
                            gboolean      whole,
                            GCancellable *cancellable,
                            GError      **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->take_document (self, file, report_id, whole, cancellable, error);
}

GArray *
cfoil_intake_list_due (CfoilIntake    *self,
                       CfoilObjectKind kind,
                       guint           limit,
                       GError        **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->list_due (self, kind, limit, error);
}

gboolean
cfoil_intake_defer (CfoilIntake    *self,
                    CfoilObjectKind kind,
                    const char     *object_id,
                    const char     *why,
                    GError        **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->defer (self, kind, object_id, why, error);
}

CfoilAction *
cfoil_intake_begin_action (CfoilIntake *self,
                           const char  *kind,
                           const char  *subject,
                           const char  *request,
                           GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->begin_action (self, kind, subject, request, error);
}

char *
cfoil_intake_dup_action_answer (CfoilIntake *self,
                                const char  *kind,
                                const char  *subject,
                                GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->dup_action_answer (self, kind, subject, error);
}

gboolean
cfoil_intake_end_action (CfoilIntake *self,
                         gint64       action_id,
                         guint        http_status,
                         const char  *answer,
                         GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->end_action (self, action_id, http_status, answer, NULL, error);
}

gboolean
cfoil_intake_end_action_with (CfoilIntake            *self,
                              gint64                  action_id,
                              guint                   http_status,
                              const char             *answer,
                              const CfoilObservation *seen,
                              GError                **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->end_action (self, action_id, http_status, answer, seen, error);
}

GPtrArray *
cfoil_intake_list_actions (CfoilIntake *self,
                           const char  *kind,
                           GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->list_actions (self, kind, error);
}

gboolean
cfoil_intake_put_schedule (CfoilIntake         *self,
                           const CfoilSchedule *schedule,
                           GError             **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->put_schedule (self, schedule, error);
}

gboolean
cfoil_intake_drop_schedule (CfoilIntake *self,
                            const char  *schedule_id,
                            GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->drop_schedule (self, schedule_id, error);
}

GPtrArray *
cfoil_intake_list_schedules (CfoilIntake *self,
                             GError     **error)
{
  return CFOIL_INTAKE_GET_IFACE (self)->list_schedules (self, error);
}

void
cfoil_intake_progress (CfoilIntake *self,
                       const char  *what,
                       guint64      done,
                       guint64      total)
{
  CFOIL_INTAKE_GET_IFACE (self)->progress (self, what, done, total);
}

void
cfoil_action_free (CfoilAction *action)
{
  g_free (action->idempotency_key);
  g_free (action->request);
  g_free (action->subject);
  g_free (action);
}

void
cfoil_known_report_free (CfoilKnownReport *report)
{
  g_free (report->report_id);
  g_free (report->provider_type);
  g_free (report->document_id);
  g_free (report);
}

void
cfoil_known_schedule_free (CfoilKnownSchedule *schedule)
{
  g_free (schedule->schedule_id);
  g_free (schedule->provider_type);
  g_free (schedule);
}
