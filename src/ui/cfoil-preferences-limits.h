/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What each destination takes, with who says so and since when; what the user changes is
 * kept in GSettings ("evidence-limits", see cfoil-limits.h). */
#define CFOIL_TYPE_PREFERENCES_LIMITS (cfoil_preferences_limits_get_type ())
G_DECLARE_FINAL_TYPE (CfoilPreferencesLimits, cfoil_preferences_limits, CFOIL, PREFERENCES_LIMITS, AdwPreferencesPage)

G_END_DECLS
