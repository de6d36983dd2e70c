/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context.h"
#include "cfoil-report-schedule.h"

G_BEGIN_DECLS

/* What a person asks a provider for: reports and schedules.  All functions that end in _sync
 * block and belong to worker threads.  Those that ask take the mirror's lock, for which they wait
 * half a minute (then it is G_IO_ERROR_BUSY: a sync goes on).  What there is, is read from the mirror: cfoil_report_schedule_list (),
 * cfoil_report_request_list (), cfoil_report_files_list ().
 *
 * Errors are CFOIL_PROVIDER_ERROR (_UNSUPPORTED: this provider has none; _REJECTED: it refused,
 * with its words), CFOIL_INPUT_ERROR_ACCOUNT, and those named below. */

/* What became of something that was asked for. */
typedef struct
{
  char *id;         /* (nullable): the report's or the schedule's; NULL: not known yet */
  GError *waiting;  /* (nullable): why nobody knows yet what became of it.  It is kept, and goes
                       out with each sync until it is answered; the provider does it once. */
} CfoilAsked;

void cfoil_asked_clear (CfoilAsked *self);

/* The types of an account's reports, in showing order; asks nobody.
 * (element-type CfoilReportType) */
GPtrArray *cfoil_context_list_report_types_sync (CfoilContext *self,
                                                 const char   *account,
                                                 GCancellable *cancellable,
                                                 GError      **error);

/* TYPE of all _sync functions is the provider's word, or CfoilReportType.name.
 *
 * Asks for a report about [START_US, END_US), in whole seconds.  G_IO_ERROR_INVALID_ARGUMENT: no
 * such type, one that cannot be asked for, or no such period. */
gboolean cfoil_context_request_report_sync (CfoilContext *self,
                                            const char   *account,
                                            const char   *type,
                                            gint64        start_us,
                                            gint64        end_us,
                                            GCancellable *cancellable,
                                            CfoilAsked   *asked,
                                            GError      **error);

/* Brings one report in: kept as it came, its rows in the mirror.  What is here already is not
 * fetched again.  WAIT: until it is made, half an hour at most.  TRUE with *SHA256 (free it):
 * it is here.  TRUE with NULL: *STATUS is CFOIL_REPORT_IN_PROGRESS, it is not made yet, or
 * CFOIL_REPORT_CANCELLED, there is nothing in its period.  FALSE: CFOIL_PROVIDER_ERROR_FAILED,
 * the provider could not make it; _NOT_FOUND, it has no such report, or no longer. */
gboolean cfoil_context_download_report_sync (CfoilContext      *self,
                                             const char        *account,
                                             const char        *report_id,
                                             gboolean           wait,
                                             CfoilProgressFunc  progress,
                                             gpointer           user_data,
                                             GCancellable      *cancellable,
                                             CfoilReportStatus *status,
                                             char             **sha256,
                                             GError           **error);

/* Asks which schedules there are; ACCOUNT NULL: of all accounts whose provider has any;
 * FALSE with the first failure, the others were asked all the same.  Each sync does this, too. */
gboolean cfoil_context_refresh_schedules_sync (CfoilContext *self,
                                               const char   *account,
                                               GCancellable *cancellable,
                                               GError      **error);

/* Makes a schedule for reports of TYPE, one every FREQUENCY (of the type's), the first at
 * NEXT_US; CFOIL_UNKNOWN: at the next midnight UTC, or after the first FREQUENCY if that is
 * less than a day.  A schedule for the same type that this program did not make is never
 * replaced unless REPLACED_ID (nullable) names it: G_IO_ERROR_EXISTS, *EXISTING_ID (nullable,
 * free it) is the id to ask the user about.  G_IO_ERROR_INVALID_ARGUMENT: no such type or
 * frequency. */
gboolean cfoil_context_create_schedule_sync (CfoilContext *self,
                                             const char   *account,
                                             const char   *type,
                                             const char   *frequency,
                                             gint64        next_us,
                                             const char   *replaced_id,
                                             GCancellable *cancellable,
                                             CfoilAsked   *asked,
                                             char        **existing_id,
                                             GError      **error);

/* Cancels a schedule.  One that this program did not make only with OF_OTHERS; else
 * G_IO_ERROR_EXISTS.  Reports that it made stay.  G_IO_ERROR_NOT_FOUND: the mirror has no such
 * schedule. */
gboolean cfoil_context_cancel_schedule_sync (CfoilContext *self,
                                             const char   *account,
                                             const char   *schedule_id,
                                             gboolean      of_others,
                                             GCancellable *cancellable,
                                             CfoilAsked   *asked,
                                             GError      **error);

/* "P14D" as people say it, translated; a word of another form as it is. */
char *cfoil_context_dup_frequency_title (const char *frequency);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfoilAsked, cfoil_asked_clear)

G_END_DECLS
