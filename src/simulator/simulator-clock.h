/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Two clocks.  Signatures are checked against the real one (which a control
 * call may skew); the merchant lives at the end of its history and ages with
 * the server. */
typedef struct {
  gint64 merchant_epoch;
  gint64 started;
  gint64 skew;
} CfoilSimClock;

void   cfoil_sim_clock_init            (CfoilSimClock *clock, gint64 merchant_epoch);
gint64 cfoil_sim_clock_real            (const CfoilSimClock *clock);
gint64 cfoil_sim_clock_merchant        (const CfoilSimClock *clock);
gint64 cfoil_sim_clock_merchant_millis (const CfoilSimClock *clock);
