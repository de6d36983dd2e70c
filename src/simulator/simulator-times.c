/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-generate.h"

#include <stdlib.h>

/* Relative sales by weekday (from Monday), by month and by local hour. */
static const guint weekday_weight[7] = { 98, 92, 94, 100, 112, 131, 122 };
static const guint month_weight[12] = { 86, 84, 92, 94, 100, 96, 90, 92, 98, 104, 138, 150 };
static const guint hour_weight[24] = { 14, 8, 5, 4, 4, 7, 16, 30, 44, 55, 62, 66, 70, 64, 60, 60, 62, 68, 78, 90, 98, 92, 66, 34 };

static int
compare_times (const void *a,
               const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static guint64 *
cumulative_days (const CfoilSimMerchant *merchant,
                 CfoilSimRandom         *random)
{
  const CfoilSimOptions *options = &merchant->options;
  guint64 *sums = g_new (guint64, options->days);
  guint64 sum = 0;

  for (guint i = 0; i < options->days; i++)
    {
      gint64 day = options->until / CFOIL_SIM_DAY - options->days + i;
      guint weight = weekday_weight[cfoil_sim_weekday (day)] *
                     month_weight[cfoil_sim_date_from_days (day).month - 1] *
                     (85 + cfoil_sim_random_below (random, 31));

      /* A shop that grows a little over the years. */
      sum += weight * (guint64) (1000 + i / 2);
      sums[i] = sum;
    }
  return sums;
}

static guint
find_day (const guint64 *sums,
          guint          days,
          guint64        point)
{
  guint low = 0;
  guint high = days - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (sums[middle] > point)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

static guint
pick_hour (CfoilSimRandom *random)
{
  guint total = 0;
  guint point;
  guint hour = 0;

  for (guint i = 0; i < 24; i++)
    total += hour_weight[i];
  point = cfoil_sim_random_below (random, total);
  while (point >= hour_weight[hour])
    point -= hour_weight[hour++];
  return hour;
}

/* Fills @times, sorted, with moments of the options' period. */
void
cfoil_sim_generate_times (CfoilSimMerchant *merchant,
                          CfoilSimRandom   *random,
                          gint64           *times,
                          guint             n)
{
  const CfoilSimOptions *options = &merchant->options;
  gint64 start = options->until - options->days * CFOIL_SIM_DAY;
  g_autofree guint64 *sums = cumulative_days (merchant, random);

  for (guint i = 0; i < n; i++)
    {
      guint64 point = cfoil_sim_random_next (random) % sums[options->days - 1];
      guint day = find_day (sums, options->days, point);
      gint64 unused;
      gint64 second = pick_hour (random) * CFOIL_SIM_HOUR + cfoil_sim_random_below (random, 3600);

      second -= cfoil_sim_zone_offset (merchant->zone, start, &unused) + start % CFOIL_SIM_DAY;
      times[i] = start + day * CFOIL_SIM_DAY + ((second % CFOIL_SIM_DAY) + CFOIL_SIM_DAY) % CFOIL_SIM_DAY;
    }
  qsort (times, n, sizeof *times, compare_times);
}
