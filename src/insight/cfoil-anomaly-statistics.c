/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-anomaly-private.h"

#include <math.h>

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

gint64
_cfoil_median (gint64 *values,
               guint   n_values)
{
  g_return_val_if_fail (n_values > 0, 0);

  qsort (values, n_values, sizeof *values, compare_numbers);
  return values[(n_values - 1) / 2];
}

gint64
_cfoil_median_deviation (gint64 *values,
                         guint   n_values,
                         gint64  median)
{
  for (guint i = 0; i < n_values; i++)
    values[i] = ABS (values[i] - median);
  return _cfoil_median (values, n_values);
}

/* The pooled test; no money is in it. */
gint64
_cfoil_two_proportions (gint64 a1,
                        gint64 n1,
                        gint64 a2,
                        gint64 n2)
{
  double p1, p2, pooled, error;

  if (n1 <= 0 || n2 <= 0)
    return 0;
  p1 = (double) a1 / (double) n1;
  p2 = (double) a2 / (double) n2;
  pooled = (double) (a1 + a2) / (double) (n1 + n2);
  error = sqrt (pooled * (1 - pooled) * (1 / (double) n1 + 1 / (double) n2));
  return error > 0 ? (gint64) ((p1 - p2) / error * 1000) : 0;
}
