/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-clock.h"

void
cfoil_sim_clock_init (CfoilSimClock *clock,
                      gint64         merchant_epoch)
{
  clock->merchant_epoch = merchant_epoch;
  clock->started = g_get_monotonic_time ();
  clock->skew = 0;
}

gint64
cfoil_sim_clock_real (const CfoilSimClock *clock)
{
  return g_get_real_time () / G_USEC_PER_SEC + clock->skew;
}

gint64
cfoil_sim_clock_merchant_millis (const CfoilSimClock *clock)
{
  return clock->merchant_epoch * 1000 + (g_get_monotonic_time () - clock->started) / 1000;
}

gint64
cfoil_sim_clock_merchant (const CfoilSimClock *clock)
{
  return cfoil_sim_clock_merchant_millis (clock) / 1000;
}
