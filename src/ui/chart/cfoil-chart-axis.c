/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-axis.h"

#include "cfoil-currency.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define PPM_PER_PERCENT 10000
#define MILLION G_GINT64_CONSTANT (1000000)
/* From here on, in whole units, labels count millions: more digits are not read, and take the room of the picture. */
#define LONG_LABEL G_GINT64_CONSTANT (100000000)

/* Times are counted by clocks and calendars, not in tens. */
static const gint64 span_steps[] = {
  1 * G_TIME_SPAN_SECOND, 2 * G_TIME_SPAN_SECOND, 5 * G_TIME_SPAN_SECOND, 10 * G_TIME_SPAN_SECOND, 15 * G_TIME_SPAN_SECOND,
  30 * G_TIME_SPAN_SECOND, 1 * G_TIME_SPAN_MINUTE, 2 * G_TIME_SPAN_MINUTE, 5 * G_TIME_SPAN_MINUTE, 10 * G_TIME_SPAN_MINUTE,
  15 * G_TIME_SPAN_MINUTE, 30 * G_TIME_SPAN_MINUTE, 1 * G_TIME_SPAN_HOUR, 2 * G_TIME_SPAN_HOUR, 3 * G_TIME_SPAN_HOUR,
  6 * G_TIME_SPAN_HOUR, 12 * G_TIME_SPAN_HOUR, 1 * G_TIME_SPAN_DAY, 2 * G_TIME_SPAN_DAY, 5 * G_TIME_SPAN_DAY,
};

/* --- steps --- */

/* FACTOR times 1, 2, 5, 10, 20 …, or 0 when that is too much for a step. */
static gint64
round_step (gint64 factor,
            guint  i)
{
  static const gint64 digits[] = { 1, 2, 5 };
  gint64 step;

  if (__builtin_mul_overflow (factor, digits[i % 3], &step))
    return 0;
  for (guint power = 0; power < i / 3; power++)
    if (__builtin_mul_overflow (step, 10, &step))
      return 0;
  return step;
}

static gint64
get_step (CfoilUnit unit,
          guint     i)
{
  if (unit != CFOIL_UNIT_SPAN)
    return round_step (1, i);
  if (i < G_N_ELEMENTS (span_steps))
    return span_steps[i];
  return round_step (10 * G_TIME_SPAN_DAY, i - G_N_ELEMENTS (span_steps));
}

static gint64
floor_div (gint64 value,
           gint64 by)
{
  return value / by - (value % by < 0 ? 1 : 0);
}

static gint64
ceil_div (gint64 value,
          gint64 by)
{
  return value / by + (value % by > 0 ? 1 : 0);
}

/* --- range --- */

/* What the axis shows when all is 0: one of the unit. */
static gint64
get_one (const CfoilChartAxis *self)
{
  gint64 one = 1;

  switch (self->unit)
    {
    case CFOIL_UNIT_MONEY:
      for (int i = 0; self->currency[0] != '\0' && i < cfoil_currency_exponent (self->currency); i++)
        one *= 10;
      return one;
    case CFOIL_UNIT_RATIO:
      return PPM_PER_PERCENT;
    case CFOIL_UNIT_SPAN:
      return G_TIME_SPAN_DAY;
    default:
      return 1;
    }
}

/* Without its 0 an axis makes small changes look large; where all values are far from it, they could not be seen with it. */
static void
widen (const CfoilChartAxis *self,
       gint64               *low,
       gint64               *high,
       gboolean              from_zero)
{
  *low = CLAMP (*low, -CFOIL_CHART_MAX_VALUE, CFOIL_CHART_MAX_VALUE);
  *high = CLAMP (*high, *low, CFOIL_CHART_MAX_VALUE);
  if (from_zero || *low == *high || (*low > 0 && *low < *high / 2))
    *low = MIN (*low, 0);
  if (from_zero || *low == *high || (*high < 0 && *high > *low / 2))
    *high = MAX (*high, 0);
  if (*low == *high)
    *high = get_one (self);
}

void
cfoil_chart_axis_init (CfoilChartAxis *self,
                       CfoilUnit       unit,
                       const char     *currency,
                       gint64          low,
                       gint64          high,
                       gboolean        from_zero,
                       guint           max_ticks)
{
  gint64 from = 0, to = 1, step;
  gint64 one;

  memset (self, 0, sizeof *self);
  self->unit = unit;
  if (currency != NULL)
    g_strlcpy (self->currency, currency, sizeof self->currency);
  widen (self, &low, &high, from_zero);
  max_ticks = CLAMP (max_ticks, low < 0 && high > 0 ? 4 : 2, CFOIL_CHART_MAX_TICKS);
  for (guint i = 0; (step = get_step (unit, i)) > 0; i++)
    {
      self->step = step;
      from = floor_div (low, step);
      to = ceil_div (high, step);
      if (to - from < max_ticks)
        break;
    }
  for (gint64 tick = from; tick <= to && self->n_ticks < CFOIL_CHART_MAX_TICKS; tick++)
    self->ticks[self->n_ticks++] = tick * self->step;

  one = get_one (self);
  self->divisor = 1;
  if (unit != CFOIL_UNIT_RATIO && unit != CFOIL_UNIT_SPAN && self->step % (MILLION * one) == 0
      && MAX (self->ticks[self->n_ticks - 1], -self->ticks[0]) / one >= LONG_LABEL)
    self->divisor = MILLION;
}

gint64
cfoil_chart_axis_get_low (const CfoilChartAxis *self)
{
  return self->ticks[0];
}

gint64
cfoil_chart_axis_get_high (const CfoilChartAxis *self)
{
  return self->ticks[self->n_ticks - 1];
}

/* --- words --- */

/* VALUE has DECIMALS (0 to 4) implied ones.  Currencies with as many know how the user's language writes them. */
static char *
dup_decimal (gint64 value,
             guint  decimals)
{
  static const char *const currencies[] = { "JPY", NULL, "USD", "KWD", "CLF" };
  char *text;

  if (currencies[decimals] != NULL)
    return cfoil_currency_format_plain (value, currencies[decimals]);
  text = cfoil_currency_format_plain (value * 10, "USD");
  *g_utf8_find_prev_char (text, text + strlen (text)) = '\0';
  return text;
}

static char *
dup_percent (gint64 ppm,
             gint64 step)
{
  gint64 unit = PPM_PER_PERCENT;
  guint decimals = 0;
  g_autofree char *number = NULL;

  while (step % unit != 0)
    {
      unit /= 10;
      decimals++;
    }
  number = dup_decimal (ppm / unit, decimals);
  /* Translators: a percentage; the blank is one at which no line is broken */
  return g_strdup_printf (_("%s %%"), number);
}

/* The largest of the units that all marks are whole numbers of. */
static gint64
get_span_unit (const CfoilChartAxis *self)
{
  static const gint64 units[] = { G_TIME_SPAN_DAY, G_TIME_SPAN_HOUR, G_TIME_SPAN_MINUTE, G_TIME_SPAN_SECOND };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (self->step % units[i] == 0)
      return units[i];
  return G_TIME_SPAN_SECOND;
}

char *
cfoil_chart_axis_dup_label (const CfoilChartAxis *self,
                            gint64                tick)
{
  gint64 one = get_one (self);

  switch (self->unit)
    {
    case CFOIL_UNIT_RATIO:
      return dup_percent (tick, self->step);
    case CFOIL_UNIT_SPAN:
      return cfoil_words_number (tick / get_span_unit (self));
    case CFOIL_UNIT_MONEY:
      if (self->step % one != 0)
        return cfoil_currency_format_plain (tick, self->currency);
      return cfoil_words_number (tick / one / self->divisor);
    default:
      return cfoil_words_number (tick / self->divisor);
    }
}

char *
cfoil_chart_axis_dup_caption (const CfoilChartAxis *self)
{
  gint64 unit;

  switch (self->unit)
    {
    case CFOIL_UNIT_MONEY:
      if (self->currency[0] == '\0')
        return NULL;
      /* Translators: %s is a currency; what the numbers of an axis count. */
      return self->divisor > 1 ? g_strdup_printf (_("%s, in millions"), self->currency) : g_strdup (self->currency);
    case CFOIL_UNIT_COUNT:
      /* Translators: what the numbers of an axis count. */
      return self->divisor > 1 ? g_strdup (_("In millions")) : NULL;
    case CFOIL_UNIT_SPAN:
      unit = get_span_unit (self);
      /* Translators: what the numbers of an axis count. */
      return g_strdup (unit == G_TIME_SPAN_DAY ? C_ ("axis", "Days")
                       : unit == G_TIME_SPAN_HOUR ? C_ ("axis", "Hours")
                       : unit == G_TIME_SPAN_MINUTE ? C_ ("axis", "Minutes") : C_ ("axis", "Seconds"));
    default:
      return NULL;
    }
}
