/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"

G_BEGIN_DECLS

/* Deadlines as iCalendar (RFC 5545): one event for each of CASES (element-type CfoilCase)
 * that waits for an answer, at its deadline in UTC, with alarms 5 days, 72, 24 and 4
 * hours before.  The same cases give the same text.  *N_EVENTS (nullable).  Free it. */
char *cfoil_ics_make (GPtrArray *cases,
                      guint     *n_events);

G_END_DECLS
