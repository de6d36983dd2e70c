/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-ratio.h"

#include "cfoil-types.h"

#include <math.h>

/* Four fifths of a normal distribution lie within so many deviations. */
#define Z80 1.2815515655446004

/* Towards −∞; DIVISOR is positive. */
static __int128
floor_divide (__int128 dividend,
              __int128 divisor)
{
  __int128 quotient = dividend / divisor;

  return dividend % divisor < 0 ? quotient - 1 : quotient;
}

/* CFOIL_UNKNOWN: more than can be counted. */
static gint64
divide (__int128 dividend,
        __int128 divisor)
{
  __int128 quotient;

  if (divisor < 0)
    {
      dividend = -dividend;
      divisor = -divisor;
    }
  quotient = floor_divide (2 * dividend + divisor, 2 * divisor);
  return quotient > G_MAXINT64 || quotient <= G_MININT64 ? CFOIL_UNKNOWN : (gint64) quotient;
}

gint64
cfoil_divide (gint64 dividend,
              gint64 divisor)
{
  return dividend == CFOIL_UNKNOWN || divisor == CFOIL_UNKNOWN || divisor == 0 ? CFOIL_UNKNOWN : divide (dividend, divisor);
}

gint64
cfoil_ratio (gint64 numerator,
             gint64 denominator)
{
  if (numerator == CFOIL_UNKNOWN || denominator == CFOIL_UNKNOWN || denominator == 0)
    return CFOIL_UNKNOWN;
  return divide ((__int128) numerator * CFOIL_PPM, denominator);
}

void
cfoil_ratio_interval (guint n_yes,
                      guint n_no,
                      int  *low_ppm,
                      int  *high_ppm)
{
  double n = (double) n_yes + n_no, share, centre, spread;

  if (n_yes + n_no == 0)
    {
      *low_ppm = 0;
      *high_ppm = CFOIL_PPM;
      return;
    }
  share = n_yes / n;
  centre = (share + Z80 * Z80 / (2 * n)) / (1 + Z80 * Z80 / n);
  spread = Z80 * sqrt (share * (1 - share) / n + Z80 * Z80 / (4 * n * n)) / (1 + Z80 * Z80 / n);
  *low_ppm = (int) lrint (CLAMP (centre - spread, 0, 1) * CFOIL_PPM);
  *high_ppm = (int) lrint (CLAMP (centre + spread, 0, 1) * CFOIL_PPM);
}
