/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-civil-day.h"

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)

/* No clock has ever been further from UTC than this, changes of it included. */
#define FARTHEST (2 * SECONDS_PER_DAY)

static gint64
floor_divide (gint64 a,
              gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/* The first second after FROM, and at most UNTIL, that lies in a later interval than
 * INTERVAL, which FROM lies in. */
static gint64
find_interval_end (GTimeZone *zone,
                   int        interval,
                   gint64     from,
                   gint64     until)
{
  while (until - from > 1)
    {
      gint64 middle = from + (until - from) / 2;

      if (g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, middle) > interval)
        until = middle;
      else
        from = middle;
    }
  return until;
}

gint64
cfoil_civil_day_start (GTimeZone *zone,
                       gint32     day)
{
  gint64 civil = day * SECONDS_PER_DAY;
  gint64 second = civil - FARTHEST, last = civil + FARTHEST;

  g_return_val_if_fail (zone != NULL, 0);

  /* From one change of the clocks to the next: a search by halves alone may meet the
   * second of two midnights. */
  while (second < last)
    {
      int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, second);
      gint64 shown = civil - (interval < 0 ? 0 : g_time_zone_get_offset (zone, interval));
      gint64 end = last;

      if (interval >= 0 && g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, last) > interval)
        end = find_interval_end (zone, interval, second, last);
      if (MAX (second, shown) < end)
        return MAX (second, shown) * G_USEC_PER_SEC;
      second = end;
    }
  return last * G_USEC_PER_SEC;
}

#define YEAR_2100 G_GINT64_CONSTANT (4102444800)

char *
cfoil_civil_day_hash_rules (GTimeZone *zone)
{
  g_autoptr (GString) rules = g_string_new (NULL);
  gint64 second = 0;

  g_return_val_if_fail (zone != NULL, NULL);

  while (second < YEAR_2100)
    {
      int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, second);

      g_string_append_printf (rules, "%" G_GINT64_FORMAT " %d\n", second,
                              interval < 0 ? 0 : g_time_zone_get_offset (zone, interval));
      if (interval < 0 || g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, YEAR_2100) <= interval)
        break;
      second = find_interval_end (zone, interval, second, YEAR_2100);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, rules->str, (gssize) rules->len);
}

void
cfoil_civil_days_init (CfoilCivilDays *self,
                       GTimeZone      *zone)
{
  *self = (CfoilCivilDays){ .zone = g_time_zone_ref (zone) };
}

void
cfoil_civil_days_clear (CfoilCivilDays *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

/* Seconds that clocks show at US, as if of UTC. */
static gint64
shown_at (GTimeZone *zone,
          gint64     us)
{
  gint64 second = floor_divide (us, G_USEC_PER_SEC);
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, second);

  return second + (interval < 0 ? 0 : g_time_zone_get_offset (zone, interval));
}

gint32
cfoil_civil_days_find (CfoilCivilDays *self,
                       gint64          us)
{
  if (us >= self->start_us && us < self->end_us)
    return self->day;

  self->day = (gint32) CLAMP (floor_divide (shown_at (self->zone, us), SECONDS_PER_DAY), CFOIL_CIVIL_DAY_MIN, CFOIL_CIVIL_DAY_MAX);
  self->start_us = cfoil_civil_day_start (self->zone, self->day);
  self->end_us = cfoil_civil_day_start (self->zone, self->day + 1);
  /* Clocks were put back over midnight: it is the next day already, as they have shown. */
  while (us >= self->end_us && self->day < CFOIL_CIVIL_DAY_MAX)
    {
      self->day++;
      self->start_us = self->end_us;
      self->end_us = cfoil_civil_day_start (self->zone, self->day + 1);
    }
  return self->day;
}

int
cfoil_civil_days_get_hour (CfoilCivilDays *self,
                           gint64          us)
{
  return (int) (floor_divide (shown_at (self->zone, us), 3600) - 24 * floor_divide (shown_at (self->zone, us), SECONDS_PER_DAY));
}
