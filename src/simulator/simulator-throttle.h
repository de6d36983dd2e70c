/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _CfoilSimThrottle CfoilSimThrottle;

CfoilSimThrottle *cfoil_sim_throttle_new   (gboolean sandbox, double factor);
void              cfoil_sim_throttle_free  (CfoilSimThrottle *throttle);
gboolean          cfoil_sim_throttle_admit (CfoilSimThrottle *throttle,
                                            const char       *operation,
                                            gint64            monotonic);
