/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context-provider-reports.h"

#include "cfoil-context-asking.h"
#include "cfoil-schedule.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
refresh_one (CfoilContext *self,
             const char   *account,
             GCancellable *cancellable,
             GError      **error)
{
  g_auto (CfoilAsking) session = { .lock = -1 };

  return _cfoil_asking_open (&session, self, account, NULL, NULL, cancellable, error) &&
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
  g_auto (CfoilAsking) session = { .lock = -1 };
  g_autoptr (GPtrArray) types = NULL;
  g_autofree char *existing = NULL;
  const CfoilReportType *type;
  GError *failure = NULL;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *asked = (CfoilAsked) { NULL, NULL };
  types = cfoil_context_list_report_types_sync (self, account, cancellable, error);
  type = types != NULL ? _cfoil_asking_find_type (types, type_name, error) : NULL;
  if (type == NULL || !check_schedule (type, frequency, error) ||
      !_cfoil_asking_open (&session, self, account, NULL, NULL, cancellable, error))
    return FALSE;
  if (next_us == CFOIL_UNKNOWN)
    next_us = find_next_us (frequency);
  ok = cfoil_provider_create_schedule (session.provider, CFOIL_INTAKE (session.intake), type->type, frequency, next_us, replaced_id,
                                       &asked->id, &existing, cancellable, &failure);
  if (existing_id != NULL)
    *existing_id = g_steal_pointer (&existing);
  return _cfoil_asking_settle (asked, ok, failure, error);
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
  g_auto (CfoilAsking) session = { .lock = -1 };
  GError *failure = NULL;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *asked = (CfoilAsked) { NULL, NULL };
  if (!_cfoil_asking_open (&session, self, account, NULL, NULL, cancellable, error) ||
      !check_cancellation (session.intake, schedule_id, of_others, error))
    return FALSE;
  ok = cfoil_provider_cancel_schedule (session.provider, CFOIL_INTAKE (session.intake), schedule_id, cancellable, &failure);
  if (ok)
    asked->id = g_strdup (schedule_id);
  return _cfoil_asking_settle (asked, ok, failure, error);
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
