/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"

G_BEGIN_DECLS

/* Schedules at providers, and requests for reports, as the mirror knows them.  Blocks, for a
 * reader's thread. */

typedef enum
{
  CFOIL_SCHEDULE_MAKER_UNKNOWN, /* it may be what we asked for: the answer got lost */
  CFOIL_SCHEDULE_MAKER_US,      /* this program, with this mirror */
  CFOIL_SCHEDULE_MAKER_OTHER,   /* another program, or this one elsewhere */
} CfoilScheduleMaker;

typedef struct
{
  char *account;
  char *provider;
  char *schedule_id;      /* (nullable): it was asked for, and nobody knows yet whether it is there */
  char *provider_type;    /* the provider's word for the reports that it makes */
  char *frequency;        /* as the provider writes it; cfoil_context_dup_frequency_title () */
  gint64 next_us;         /* when it makes the next one, CFOIL_UNKNOWN */
  gint64 seen_us;         /* when the provider last said so; when it was asked for */
  CfoilScheduleMaker maker;
  gboolean is_being_cancelled; /* asked for, not answered yet */
  char *why_waiting;      /* (nullable): English, why what was asked for is not answered yet */
} CfoilReportSchedule;

void cfoil_report_schedule_free (CfoilReportSchedule *self);

/* By account and type; what waits stands after what is there.  (element-type CfoilReportSchedule) */
GPtrArray *cfoil_report_schedule_list (CfoilDatabase *database,
                                       GError       **error);

/* A request of the user's for a report that has no report: not answered yet, or refused
 * within the last 30 days. */
typedef struct
{
  char *account;
  char *provider_type;
  gint64 start_us, end_us; /* CFOIL_UNKNOWN: without a period */
  gint64 asked_us;
  gboolean is_refused;     /* FALSE: it goes out again with the next sync */
  char *answer;            /* (nullable): what the provider said, or why nobody could be asked; English */
} CfoilReportRequest;

void cfoil_report_request_free (CfoilReportRequest *self);

/* Newest first.  (element-type CfoilReportRequest) */
GPtrArray *cfoil_report_request_list (CfoilDatabase *database,
                                      GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilReportSchedule, cfoil_report_schedule_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilReportRequest, cfoil_report_request_free)

G_END_DECLS
