/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context-asking.h"

#include <string.h>

#define LOCK_US (30 * G_TIME_SPAN_SECOND)
#define LOCK_STEP_US (200 * G_TIME_SPAN_MILLISECOND)

void
_cfoil_asking_clear (CfoilAsking *self)
{
  g_clear_object (&self->intake);
  g_clear_object (&self->provider);
  g_clear_pointer (&self->account, cfoil_account_free);
  g_free (self->reporter.last_what);
  if (self->lock >= 0)
    cfoil_mirror_unlock (self->mirror, self->lock);
}

gboolean
_cfoil_asking_sleep (gint64        time_us,
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
      if (!_cfoil_asking_sleep (LOCK_STEP_US, cancellable, error))
        return -1;
    }
}

gboolean
_cfoil_asking_open (CfoilAsking      *self,
                    CfoilContext     *context,
                    const char       *account_name,
                    CfoilProgressFunc progress,
                    gpointer          user_data,
                    GCancellable     *cancellable,
                    GError          **error)
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
gboolean
_cfoil_asking_settle (CfoilAsked *asked,
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

const CfoilReportType *
_cfoil_asking_find_type (GPtrArray  *types,
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
