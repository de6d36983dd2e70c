/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context-provider-reports.h"

#include "cfoil-context-private.h"
#include "cfoil-document-file.h"
#include "cfoil-error.h"
#include "cfoil-mirror-intake.h"
#include "cfoil-schedule.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* How long a person waits for a report at most; the next sync brings it.  Most are made within
 * seconds; between later looks others may have the mirror. */
#define PATIENCE_US (30 * G_TIME_SPAN_MINUTE)
#define LOOK_US (10 * G_TIME_SPAN_SECOND)
#define PAUSE_US (20 * G_TIME_SPAN_SECOND)
#define LOCK_US (30 * G_TIME_SPAN_SECOND)
#define LOCK_STEP_US (200 * G_TIME_SPAN_MILLISECOND)

/* One account, its provider, and its side of the mirror, locked. */
typedef struct
{
  CfoilMirror *mirror;       /* (borrowed) */
  CfoilAccount *account;     /* (owned) */
  CfoilProvider *provider;   /* (owned) */
  CfoilMirrorIntake *intake; /* (owned) */
  CfoilReporter reporter;
  int lock;
} Session;

static void
session_clear (Session *self)
{
  g_clear_object (&self->intake);
  g_clear_object (&self->provider);
  g_clear_pointer (&self->account, cfoil_account_free);
  g_free (self->reporter.last_what);
  if (self->lock >= 0)
    cfoil_mirror_unlock (self->mirror, self->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

static gboolean
sleep_for (gint64        time_us,
           GCancellable *cancellable,
           GError      **error)
{
  GPollFD fd;

  if (!g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_usleep ((gulong) time_us);
      return TRUE;
    }
  g_poll (&fd, 1, (int) (time_us / 1000));
  g_cancellable_release_fd (cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Most syncs end soon; nobody should have to press the button again. */
static int
lock_mirror (CfoilMirror  *mirror,
             GCancellable *cancellable,
             GError      **error)
{
  gint64 until_us = g_get_monotonic_time () + LOCK_US;

  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      int lock = cfoil_mirror_lock (mirror, &failure);

      if (lock >= 0)
        return lock;
      if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_BUSY) || g_get_monotonic_time () >= until_us)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return -1;
        }
      if (!sleep_for (LOCK_STEP_US, cancellable, error))
        return -1;
    }
}

static gboolean
session_open (Session           *self,
              CfoilContext      *context,
              const char        *account_name,
              CfoilProgressFunc  progress,
              gpointer           user_data,
              GCancellable      *cancellable,
              GError           **error)
{
  self->mirror = cfoil_context_get_mirror (context);
  self->lock = -1;
  self->account = cfoil_context_find_account_sync (context, account_name, error);
  if (self->account == NULL)
    return FALSE;
  self->reporter = (CfoilReporter) { self->account->name, progress, user_data, NULL, 0 };
  self->provider = _cfoil_context_open_provider (context, self->account, cancellable, error);
  if (self->provider == NULL || (self->lock = lock_mirror (self->mirror, cancellable, error)) < 0)
    return FALSE;
  self->intake = cfoil_mirror_intake_new (self->mirror, self->provider, self->account->account_id, _cfoil_context_report,
                                          &self->reporter, error);
  return self->intake != NULL;
}

void
cfoil_asked_clear (CfoilAsked *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_error (&self->waiting);
}

/* What is kept and goes out again is no failure of the request. */
static gboolean
settle (CfoilAsked *asked,
        gboolean    ok,
        GError     *failure,
        GError    **error)
{
  if (ok)
    return TRUE;
  if (cfoil_provider_request_waits (failure))
    {
      asked->waiting = failure;
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

/* --- reports --- */

GPtrArray *
cfoil_context_list_report_types_sync (CfoilContext *self,
                                      const char   *account_name,
                                      GCancellable *cancellable,
                                      GError      **error)
{
  g_autoptr (CfoilAccount) account = cfoil_context_find_account_sync (self, account_name, error);
  g_autoptr (CfoilProvider) provider = account != NULL ? _cfoil_context_open_keyless_provider (account, error) : NULL;

  return provider != NULL ? cfoil_provider_list_report_types (provider, cancellable, error) : NULL;
}

static const CfoilReportType *
find_type (GPtrArray  *types,
           const char *type,
           GError    **error)
{
  for (guint i = 0; i < types->len; i++)
    {
      const CfoilReportType *known = g_ptr_array_index (types, i);

      if (strcmp (known->type, type) == 0 || strcmp (known->name, type) == 0)
        return known;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "This account has no reports of the type “%.100s”", type);
  return NULL;
}

static gboolean
check_request (const CfoilReportType *type,
               gint64                 start_us,
               gint64                 end_us,
               GError               **error)
{
  const char *problem = NULL;

  if (!type->can_request)
    problem = "Reports of this type are made by the provider itself and cannot be asked for";
  else if (type->needs_period && (start_us == CFOIL_UNKNOWN || end_us == CFOIL_UNKNOWN || end_us <= start_us))
    problem = "A report needs a period that begins before it ends";
  else if (type->needs_period && start_us >= cfoil_time_now_us ())
    problem = "There is nothing to tell yet of a period that has not begun";
  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, problem);
  return FALSE;
}

/* What the provider refuses may be a period that is too long; nobody has published how long
 * one may be. */
static void
advise_period (GError                *failure,
               const CfoilReportType *type,
               gint64                 start_us,
               gint64                 end_us)
{
  char *message = failure->message;

  if (!g_error_matches (failure, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_REJECTED) || type->max_days == 0 || !type->needs_period ||
      end_us - start_us <= type->max_days * CFOIL_USEC_PER_DAY)
    return;
  failure->message = g_strdup_printf ("%s; a period of at most %u days may be taken", message, type->max_days);
  g_free (message);
}

gboolean
cfoil_context_request_report_sync (CfoilContext *self,
                                   const char   *account,
                                   const char   *type_name,
                                   gint64        start_us,
                                   gint64        end_us,
                                   GCancellable *cancellable,
                                   CfoilAsked   *asked,
                                   GError      **error)
{
  g_auto (Session) session = { .lock = -1 };
  g_autoptr (GPtrArray) types = NULL;
  const CfoilReportType *type;
  GError *failure = NULL;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *asked = (CfoilAsked) { NULL, NULL };
  types = cfoil_context_list_report_types_sync (self, account, cancellable, error);
  type = types != NULL ? find_type (types, type_name, error) : NULL;
  if (type == NULL || !check_request (type, start_us, end_us, error) ||
      !session_open (&session, self, account, NULL, NULL, cancellable, error))
    return FALSE;
  ok = cfoil_provider_request_report (session.provider, CFOIL_INTAKE (session.intake), type->type, start_us, end_us, &asked->id,
                                      cancellable, &failure);
  if (!ok)
    advise_period (failure, type, start_us, end_us);
  return settle (asked, ok, failure, error);
}

/* The hash of the report's document, if that is read to its end and its file is there. */
static gboolean
find_document (CfoilMirror        *mirror,
               const CfoilAccount *account,
               const char         *report_id,
               GCancellable       *cancellable,
               char              **sha256,
               GError            **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  if (reader == NULL)
    return FALSE;
  row = cfoil_database_prepare (reader,
                                "SELECT d.sha256 FROM report AS r JOIN document AS d USING (document_id) "
                                "WHERE d.account_id = ?1 AND r.report_id = ?2 AND d.state = 'done'",
                                error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, account->account_id);
  cfoil_statement_bind_text (row, 2, report_id);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW && cfoil_document_file_is_intact (mirror, cfoil_statement_column_text (row, 0), cancellable))
    *sha256 = g_strdup (cfoil_statement_column_text (row, 0));
  return step != CFOIL_STEP_ERROR;
}

static gboolean
fetch_report (CfoilContext      *self,
              const char        *account,
              const char        *report_id,
              gint64             patience_us,
              CfoilProgressFunc  progress,
              gpointer           user_data,
              GCancellable      *cancellable,
              CfoilReportStatus *status,
              GError           **error)
{
  g_auto (Session) session = { .lock = -1 };

  return session_open (&session, self, account, progress, user_data, cancellable, error) &&
         cfoil_provider_fetch_report (session.provider, CFOIL_INTAKE (session.intake), report_id, patience_us, status,
                                      cancellable, error);
}

/* Until the report is no longer being made, or patience ends. */
static gboolean
wait_for_report (CfoilContext      *self,
                 const char        *account,
                 const char        *report_id,
                 CfoilProgressFunc  progress,
                 gpointer           user_data,
                 GCancellable      *cancellable,
                 CfoilReportStatus *status,
                 GError           **error)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;
  gboolean is_first = TRUE;

  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      gboolean ok = fetch_report (self, account, report_id, LOOK_US, progress, user_data, cancellable, status, &failure);

      /* A sync that goes on may bring it. */
      if (!ok && (is_first || !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_BUSY)))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if ((ok && *status != CFOIL_REPORT_IN_PROGRESS) || g_get_monotonic_time () >= until_us)
        return TRUE;
      is_first = FALSE;
      if (!sleep_for (PAUSE_US, cancellable, error))
        return FALSE;
    }
}

gboolean
cfoil_context_download_report_sync (CfoilContext      *self,
                                    const char        *account_name,
                                    const char        *report_id,
                                    gboolean           wait,
                                    CfoilProgressFunc  progress,
                                    gpointer           user_data,
                                    GCancellable      *cancellable,
                                    CfoilReportStatus *status,
                                    char             **sha256,
                                    GError           **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (CfoilAccount) account = cfoil_context_find_account_sync (self, account_name, error);

  *sha256 = NULL;
  *status = CFOIL_REPORT_COMPLETED;
  if (account == NULL || !find_document (mirror, account, report_id, cancellable, sha256, error))
    return FALSE;
  if (*sha256 != NULL)
    return TRUE;
  if (!(wait ? wait_for_report (self, account_name, report_id, progress, user_data, cancellable, status, error)
             : fetch_report (self, account_name, report_id, 0, progress, user_data, cancellable, status, error)))
    return FALSE;
  if (*status == CFOIL_REPORT_COMPLETED)
    return find_document (mirror, account, report_id, cancellable, sha256, error);
  if (*status == CFOIL_REPORT_IN_PROGRESS || *status == CFOIL_REPORT_CANCELLED)
    return TRUE;
  if (*status == CFOIL_REPORT_EXPIRED)
    g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_NOT_FOUND, 0, NULL, NULL,
                                                        "The provider has no report %s, or no longer", report_id));
  else
    g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_FAILED, 0, NULL, NULL,
                                                        "The provider could not make the report %s; request it once more, "
                                                        "or a shorter period", report_id));
  return FALSE;
}

/* --- schedules --- */

static gboolean
refresh_one (CfoilContext *self,
             const char   *account,
             GCancellable *cancellable,
             GError      **error)
{
  g_auto (Session) session = { .lock = -1 };

  return session_open (&session, self, account, NULL, NULL, cancellable, error) &&
         cfoil_provider_list_schedules (session.provider, CFOIL_INTAKE (session.intake), cancellable, error);
}

static gboolean
has_schedules (const CfoilAccount *account)
{
  g_autoptr (CfoilProvider) provider = _cfoil_context_open_keyless_provider (account, NULL);

  return provider != NULL && cfoil_provider_has_schedules (provider);
}

gboolean
cfoil_context_refresh_schedules_sync (CfoilContext *self,
                                      const char   *account_name,
                                      GCancellable *cancellable,
                                      GError      **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) first_failure = NULL;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  if (account_name != NULL)
    return refresh_one (self, account_name, cancellable, error);
  accounts = cfoil_account_list (cfoil_context_get_mirror (self), error);
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      const CfoilAccount *account = g_ptr_array_index (accounts, i);
      g_autoptr (GError) failure = NULL;

      /* One that cannot be asked does not keep the others from being asked. */
      if (has_schedules (account) && !refresh_one (self, account->name, cancellable, &failure) && first_failure == NULL)
        first_failure = g_steal_pointer (&failure);
    }
  if (first_failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first_failure));
  return FALSE;
}

static gboolean
check_schedule (const CfoilReportType *type,
                const char            *frequency,
                GError               **error)
{
  if (type->frequencies != NULL && g_strv_contains (type->frequencies, frequency))
    return TRUE;
  if (type->frequencies == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Reports of this type cannot be scheduled");
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The provider knows no schedule “%.40s”", frequency);
  return FALSE;
}

static gint64
find_next_us (const char *frequency)
{
  gint64 now_us = cfoil_time_now_us () / G_USEC_PER_SEC * G_USEC_PER_SEC;
  gint64 unit_us;
  guint n;

  if (cfoil_frequency_parse (frequency, &n, &unit_us) && n * unit_us < CFOIL_USEC_PER_DAY)
    return now_us + n * unit_us;
  return (now_us / CFOIL_USEC_PER_DAY + 1) * CFOIL_USEC_PER_DAY;
}

gboolean
cfoil_context_create_schedule_sync (CfoilContext *self,
                                    const char   *account,
                                    const char   *type_name,
                                    const char   *frequency,
                                    gint64        next_us,
                                    const char   *replaced_id,
                                    GCancellable *cancellable,
                                    CfoilAsked   *asked,
                                    char        **existing_id,
                                    GError      **error)
{
  g_auto (Session) session = { .lock = -1 };
  g_autoptr (GPtrArray) types = NULL;
  g_autofree char *existing = NULL;
  const CfoilReportType *type;
  GError *failure = NULL;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *asked = (CfoilAsked) { NULL, NULL };
  types = cfoil_context_list_report_types_sync (self, account, cancellable, error);
  type = types != NULL ? find_type (types, type_name, error) : NULL;
  if (type == NULL || !check_schedule (type, frequency, error) ||
      !session_open (&session, self, account, NULL, NULL, cancellable, error))
    return FALSE;
  if (next_us == CFOIL_UNKNOWN)
    next_us = find_next_us (frequency);
  ok = cfoil_provider_create_schedule (session.provider, CFOIL_INTAKE (session.intake), type->type, frequency, next_us, replaced_id,
                                       &asked->id, &existing, cancellable, &failure);
  if (existing_id != NULL)
    *existing_id = g_steal_pointer (&existing);
  return settle (asked, ok, failure, error);
}

static gboolean
check_cancellation (CfoilMirrorIntake *intake,
                    const char        *schedule_id,
                    gboolean           of_others,
                    GError           **error)
{
  g_autoptr (GPtrArray) schedules = cfoil_intake_list_schedules (CFOIL_INTAKE (intake), error);

  for (guint i = 0; schedules != NULL && i < schedules->len; i++)
    {
      const CfoilKnownSchedule *known = g_ptr_array_index (schedules, i);

      if (strcmp (known->schedule_id, schedule_id) != 0)
        continue;
      if (known->ours || of_others)
        return TRUE;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   "The schedule %s was not made by this program; another one may rely on it", schedule_id);
      return FALSE;
    }
  if (schedules != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no schedule “%.60s”", schedule_id);
  return FALSE;
}

gboolean
cfoil_context_cancel_schedule_sync (CfoilContext *self,
                                    const char   *account,
                                    const char   *schedule_id,
                                    gboolean      of_others,
                                    GCancellable *cancellable,
                                    CfoilAsked   *asked,
                                    GError      **error)
{
  g_auto (Session) session = { .lock = -1 };
  GError *failure = NULL;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *asked = (CfoilAsked) { NULL, NULL };
  if (!session_open (&session, self, account, NULL, NULL, cancellable, error) ||
      !check_cancellation (session.intake, schedule_id, of_others, error))
    return FALSE;
  ok = cfoil_provider_cancel_schedule (session.provider, CFOIL_INTAKE (session.intake), schedule_id, cancellable, &failure);
  if (ok)
    asked->id = g_strdup (schedule_id);
  return settle (asked, ok, failure, error);
}

char *
cfoil_context_dup_frequency_title (const char *frequency)
{
  gint64 unit_us;
  guint n;

  if (!cfoil_frequency_parse (frequency, &n, &unit_us))
    return g_strdup (frequency);
  if (unit_us == G_TIME_SPAN_MINUTE)
    return g_strdup_printf (ngettext ("Every minute", "Every %u minutes", n), n);
  if (unit_us == G_TIME_SPAN_HOUR)
    return g_strdup_printf (ngettext ("Every hour", "Every %u hours", n), n);
  return g_strdup_printf (ngettext ("Every day", "Every %u days", n), n);
}
