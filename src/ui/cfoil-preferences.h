/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CFOIL_TYPE_PREFERENCES (cfoil_preferences_get_type ())
G_DECLARE_FINAL_TYPE (CfoilPreferences, cfoil_preferences, CFOIL, PREFERENCES, AdwPreferencesWindow)

CfoilPreferences *cfoil_preferences_new (void);

G_END_DECLS
