/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-records.h"

static const char *const status_names[] = {
  [CFOIL_REPORT_IN_PROGRESS] = "in_progress",
  [CFOIL_REPORT_COMPLETED] = "completed",
  [CFOIL_REPORT_FAILED] = "failed",
  [CFOIL_REPORT_CANCELLED] = "cancelled",
  [CFOIL_REPORT_EXPIRED] = "expired",
  [CFOIL_REPORT_UNKNOWN] = "unknown",
};

static const char *const exception_names[CFOIL_N_EXCEPTION_KINDS] = {
  [CFOIL_EXCEPTION_BAD_ROW] = "bad_row",
  [CFOIL_EXCEPTION_UNKNOWN_TYPE] = "unknown_type",
  [CFOIL_EXCEPTION_UNKNOWN_STATE] = "unknown_state",
  [CFOIL_EXCEPTION_UNKNOWN_COLUMN] = "unknown_column",
  [CFOIL_EXCEPTION_ARITHMETIC] = "arithmetic",
  [CFOIL_EXCEPTION_DISPUTE_ID] = "dispute_id",
  [CFOIL_EXCEPTION_BAD_OBJECT] = "bad_object",
  [CFOIL_EXCEPTION_CONFLICT] = "conflict",
};

gboolean
cfoil_report_get_window (gint64  start_us,
                         gint64  end_us,
                         gint64  created_us,
                         gint64  now_us,
                         gint64 *until_us)
{
  if (start_us == CFOIL_UNKNOWN || end_us == CFOIL_UNKNOWN)
    return FALSE;
  *until_us = MIN (end_us, now_us);
  if (created_us != CFOIL_UNKNOWN)
    *until_us = MIN (*until_us, created_us);
  return *until_us > start_us;
}

const char *
cfoil_report_status_to_string (CfoilReportStatus status)
{
  if ((guint) status >= G_N_ELEMENTS (status_names) || status_names[status] == NULL)
    return "unknown";
  return status_names[status];
}

const char *
cfoil_exception_kind_to_string (CfoilExceptionKind kind)
{
  if ((guint) kind >= G_N_ELEMENTS (exception_names) || exception_names[kind] == NULL)
    return "other";
  return exception_names[kind];
}
