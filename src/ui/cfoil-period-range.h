/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-period.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* TEXT: for cfoil_period_parse (). */
typedef void (*CfoilPeriodRangeFunc) (const char *text,
                                      gpointer    user_data);

/* Asks for the first and the last day, beginning with those of PERIOD.  FUNC is not called
 * when nothing was chosen. */
void cfoil_period_range_ask (GtkWindow            *parent,
                             const CfoilPeriod    *period,
                             gint32                today,
                             CfoilPeriodRangeFunc  func,
                             gpointer              user_data,
                             GDestroyNotify        free_data);

G_END_DECLS
