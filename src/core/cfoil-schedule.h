/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What providers and the mirror both have to know of requests for reports and of schedules.
 * Pure, any thread.
 *
 * Kinds of actions in the outbox, and their subjects, whose parts are separated by one blank:
 * of a request the type and its window in microseconds ("-": none), of a new schedule the type
 * and the id that it may replace ("-": none), of a cancellation the id. */
#define CFOIL_ACTION_REQUEST_REPORT "request-report"
#define CFOIL_ACTION_CREATE_SCHEDULE "create-schedule"
#define CFOIL_ACTION_CANCEL_SCHEDULE "cancel-schedule"

char *cfoil_request_subject_new (const char *type,
                                 gint64      start_us,
                                 gint64      end_us);
void cfoil_request_subject_parse (const char *subject,
                                  char      **type,
                                  gint64     *start_us,
                                  gint64     *end_us);

/* "P14D", "PT5M", "PT84H": so many minutes, hours or days.  FALSE: it is of another form. */
gboolean cfoil_frequency_parse (const char *text,
                                guint      *n,
                                gint64     *unit_us);

G_END_DECLS
