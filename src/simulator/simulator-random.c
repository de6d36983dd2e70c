/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-random.h"

static guint64
splitmix (guint64 *x)
{
  guint64 z = (*x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static guint64
rotate (guint64 x, int by)
{
  return (x << by) | (x >> (64 - by));
}

/* Separate streams keep, say, the disputes from moving when the number of
 * random draws spent on buyers changes. */
void
cfoil_sim_random_init (CfoilSimRandom *random,
                       guint64         seed,
                       const char     *stream)
{
  guint64 x = seed;

  for (const char *p = stream; *p != '\0'; p++)
    x = (x ^ (guint8) *p) * G_GUINT64_CONSTANT (0x100000001b3);
  for (guint i = 0; i < G_N_ELEMENTS (random->state); i++)
    random->state[i] = splitmix (&x);
}

guint64
cfoil_sim_random_next (CfoilSimRandom *random)
{
  guint64 *s = random->state;
  guint64 result = rotate (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);
  return result;
}

guint
cfoil_sim_random_below (CfoilSimRandom *random,
                        guint           limit)
{
  guint64 high = cfoil_sim_random_next (random) >> 32;

  return limit == 0 ? 0 : (guint) ((high * limit) >> 32);
}

/* Both ends included. */
gint64
cfoil_sim_random_between (CfoilSimRandom *random,
                          gint64          low,
                          gint64          high)
{
  guint64 span = (guint64) (high - low) + 1;

  return high <= low ? low : low + (gint64) (cfoil_sim_random_next (random) % span);
}

gboolean
cfoil_sim_random_chance (CfoilSimRandom *random,
                         guint           permille)
{
  return cfoil_sim_random_below (random, 1000) < permille;
}
