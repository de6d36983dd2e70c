/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* xoshiro256** seeded through splitmix64.  An own generator, because GLib's
 * sequence is not promised between versions and a merchant must stay the
 * same for the same seed. */
typedef struct {
  guint64 state[4];
} CfoilSimRandom;

void     cfoil_sim_random_init    (CfoilSimRandom *random, guint64 seed, const char *stream);
guint64  cfoil_sim_random_next    (CfoilSimRandom *random);
guint    cfoil_sim_random_below   (CfoilSimRandom *random, guint limit);
gint64   cfoil_sim_random_between (CfoilSimRandom *random, gint64 low, gint64 high);
gboolean cfoil_sim_random_chance  (CfoilSimRandom *random, guint permille);
