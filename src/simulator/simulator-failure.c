/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-failure.h"

/* Always FALSE, so that a check can end in "return cfoil_sim_fail (…)". */
gboolean
cfoil_sim_fail (CfoilSimFailure *failure,
                guint            status,
                const char      *reason,
                const char      *format,
                ...)
{
  va_list arguments;

  cfoil_sim_failure_clear (failure);
  failure->status = status;
  failure->reason = reason;
  va_start (arguments, format);
  failure->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

void
cfoil_sim_failure_clear (CfoilSimFailure *failure)
{
  failure->status = 0;
  failure->reason = NULL;
  g_clear_pointer (&failure->message, g_free);
}
