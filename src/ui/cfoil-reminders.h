/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* Desktop notifications of deadlines: 5 days, 72, 24 and 4 hours before an answer is due,
 * each once, whoever looks at the mirror; none once the answer is in.  More than three at
 * once are one, which says how many.  They name neither amounts nor people unless the user
 * wants them to: a lock screen shows them, too.
 *
 * Lives as long as the program looks at the workspace.  Notifications have the actions
 * app.open-case (x), app.snooze-case (x), app.open-cases and app.snooze-cases (ax).
 * Main thread. */
#define CFOIL_TYPE_REMINDERS (cfoil_reminders_get_type ())
G_DECLARE_FINAL_TYPE (CfoilReminders, cfoil_reminders, CFOIL, REMINDERS, GObject)

CfoilReminders *cfoil_reminders_new (GApplication   *application,
                                     CfoilWorkspace *workspace);

/* Reminds of the case again after some hours, and before its deadline. */
void cfoil_reminders_snooze (CfoilReminders *self,
                             gint64          case_id);

G_END_DECLS
