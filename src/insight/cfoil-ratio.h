/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Divisions of whole numbers.  Pure, any thread. */

/* One whole, in parts per million. */
#define CFOIL_PPM 1000000

/* DIVIDEND / DIVISOR, rounded to the nearest whole number, halves up (towards +∞).
 * CFOIL_UNKNOWN: DIVISOR is 0. */
gint64 cfoil_divide (gint64 dividend,
                     gint64 divisor);

/* The same in parts per million; CFOIL_UNKNOWN also if it is more than can be counted, or a
 * part is not known. */
gint64 cfoil_ratio (gint64 numerator,
                    gint64 denominator);

/* What a share of n_yes among (n_yes + n_no) cases says of the chance behind it: Wilson's
 * interval that holds it in 80 of 100 samples, in parts per million.  Of no case: 0 to 1. */
void cfoil_ratio_interval (guint n_yes,
                           guint n_no,
                           int  *low_ppm,
                           int  *high_ppm);

G_END_DECLS
