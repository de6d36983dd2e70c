/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Reminders of deadlines, in the preferences. */
#define CFOIL_TYPE_PREFERENCES_REMINDERS (cfoil_preferences_reminders_get_type ())
G_DECLARE_FINAL_TYPE (CfoilPreferencesReminders, cfoil_preferences_reminders, CFOIL, PREFERENCES_REMINDERS, AdwPreferencesGroup)

G_END_DECLS
