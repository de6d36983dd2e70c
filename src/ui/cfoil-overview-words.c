/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-words.h"

#include "cfoil-types.h"

#include <glib/gi18n.h>
#include <langinfo.h>

#define PPM 1000000
/* More than so many times as much is not told in percent. */
#define MAX_TIMES 10

/* What ratios and means are made of. */
static const struct
{
  const char *numerator;   /* (nullable) N_(): no numbers to tell */
  const char *denominator; /* N_() */
  CfoilUnit numerator_unit, denominator_unit;
} parts[CFOIL_N_METRICS] = {
  [CFOIL_METRIC_AVERAGE] = { N_ ("Gross volume"), N_ ("Payments"), CFOIL_UNIT_MONEY, CFOIL_UNIT_COUNT },
  [CFOIL_METRIC_SUCCESS_RATE] = { N_ ("Captured payments"), N_ ("Captured and declined"), CFOIL_UNIT_COUNT, CFOIL_UNIT_COUNT },
  [CFOIL_METRIC_FEE_RATE] = { N_ ("Fees"), N_ ("Gross volume of settled payments"), CFOIL_UNIT_MONEY, CFOIL_UNIT_MONEY },
  [CFOIL_METRIC_REFUND_RATE] = { N_ ("Refunds"), N_ ("Gross volume"), CFOIL_UNIT_MONEY, CFOIL_UNIT_MONEY },
  [CFOIL_METRIC_DISPUTE_ACTIVITY] = { N_ ("Disputes opened"), N_ ("Payments"), CFOIL_UNIT_COUNT, CFOIL_UNIT_COUNT },
  [CFOIL_METRIC_DISPUTE_RATE] = { N_ ("Disputed payments"), N_ ("Payments"), CFOIL_UNIT_COUNT, CFOIL_UNIT_COUNT },
  [CFOIL_METRIC_WIN_RATE] = { N_ ("Won"), N_ ("Won or lost"), CFOIL_UNIT_COUNT, CFOIL_UNIT_COUNT },
  [CFOIL_METRIC_RECOVERY_RATE] = { N_ ("Won back"), N_ ("Disputed"), CFOIL_UNIT_MONEY, CFOIL_UNIT_MONEY },
};

void
cfoil_change_free (CfoilChange *self)
{
  if (self == NULL)
    return;
  g_free (self->difference);
  g_free (self->text);
  g_free (self);
}

/* With its sign, a true minus. */
static char *
add_sign (int         direction,
          const char *size)
{
  return g_strdup_printf ("%s%s", direction > 0 ? "+" : "\u2212", size);
}

/* "0.19 points": rates differ by parts of a hundred, not by percent of themselves. */
static char *
format_points (__int128 ppm)
{
  gint64 hundredths = (gint64) ((ppm + 50) / 100);
  g_autofree char *number =
    g_strdup_printf ("%" G_GINT64_FORMAT "%s%02d", hundredths / 100, nl_langinfo (RADIXCHAR), (int) (hundredths % 100));

  /* Translators: %s is a number with two decimals: what two percentages differ by. */
  return g_strdup_printf (_("%s points"), number);
}

/* In percent of the former one, money and counts; rates and spans by what they differ. */
static char *
describe_difference (CfoilUnit unit,
                     gint64    value,
                     gint64    former,
                     int       direction)
{
  __int128 distance = (__int128) value - former;
  __int128 base = former < 0 ? -(__int128) former : former;
  g_autofree char *size = NULL;

  if (distance < 0)
    distance = -distance;
  if (direction == 0 || (unit != CFOIL_UNIT_RATIO && unit != CFOIL_UNIT_SPAN && base == 0))
    return g_strdup ("");
  if (unit == CFOIL_UNIT_RATIO)
    size = format_points (distance);
  else if (unit == CFOIL_UNIT_SPAN)
    size = cfoil_unit_format (unit, (gint64) distance, NULL);
  else if (distance / base >= MAX_TIMES)
    {
      g_autofree char *times = cfoil_unit_format (CFOIL_UNIT_COUNT, (gint64) (distance / base) + 1, NULL);

      /* Translators: %s is a number: so many times as much as before. */
      return g_strdup_printf (_("× %s"), times);
    }
  else
    size = cfoil_unit_format (CFOIL_UNIT_RATIO, (gint64) ((distance * PPM + base / 2) / base), NULL);
  return add_sign (direction, size);
}

CfoilChange *
cfoil_change_new (CfoilMetric        metric,
                  const CfoilFigure *figure,
                  const char        *currency)
{
  const CfoilMetricInfo *info = cfoil_metric_get_info (metric);
  g_autofree char *former = NULL;
  CfoilChange *self;

  if (figure->value == CFOIL_UNKNOWN)
    return NULL;
  self = g_new0 (CfoilChange, 1);
  if (figure->former == CFOIL_UNKNOWN)
    {
      self->difference = g_strdup ("");
      self->text = g_strdup (_("nothing to compare with"));
      return self;
    }
  former = cfoil_unit_format (info->unit, figure->former, currency);
  self->direction = figure->value > figure->former ? 1 : figure->value < figure->former ? -1 : 0;
  self->judgement = self->direction * info->good;
  self->difference = describe_difference (info->unit, figure->value, figure->former, self->direction);
  if (self->direction > 0)
    /* Translators: %s is a former amount, number or rate. */
    self->text = g_strdup_printf (_("up from %s"), former);
  else if (self->direction < 0)
    /* Translators: %s is a former amount, number or rate. */
    self->text = g_strdup_printf (_("down from %s"), former);
  else
    self->text = g_strdup (_("the same as before"));
  return self;
}

static void
add_number (GString    *text,
            const char *sign,
            const char *title,
            CfoilUnit   unit,
            gint64      value,
            const char *currency)
{
  g_autofree char *number = cfoil_unit_format (unit, value, currency);

  g_string_append_printf (text, "%s%s %s: %s", text->len > 0 ? "\n" : "", sign, title, number);
}

static void
add_net (GString                  *text,
         const CfoilOverviewBlock *block)
{
  static const struct
  {
    CfoilMetric metric;
    const char *sign;
  } terms[] = {
    { CFOIL_METRIC_GROSS, "+" },
    { CFOIL_METRIC_REFUNDS, "\u2212" },
    { CFOIL_METRIC_FEES, "\u2212" },
    { CFOIL_METRIC_DISPUTE_LOSSES, "\u2212" },
    { CFOIL_METRIC_ADJUSTMENTS, "+" },
    { CFOIL_METRIC_NET, "=" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    add_number (text, terms[i].sign, _(cfoil_metric_get_info (terms[i].metric)->title), CFOIL_UNIT_MONEY,
                block->figures[terms[i].metric].value, block->currency);
}

char *
cfoil_overview_words_numbers (CfoilMetric               metric,
                              const CfoilOverviewBlock *block)
{
  const CfoilMetricInfo *info = cfoil_metric_get_info (metric);
  const CfoilFigure *figure = &block->figures[metric];
  GString *text = g_string_new (NULL);

  if (metric == CFOIL_METRIC_NET)
    add_net (text, block);
  else if (parts[metric].numerator != NULL && figure->denominator != CFOIL_UNKNOWN && figure->denominator != 0)
    {
      add_number (text, "", _(parts[metric].numerator), parts[metric].numerator_unit, figure->numerator, block->currency);
      add_number (text, "\u00f7", _(parts[metric].denominator), parts[metric].denominator_unit, figure->denominator,
                  block->currency);
      add_number (text, "=", _(info->title), info->unit, figure->value, block->currency);
    }
  else
    add_number (text, "", _(info->title), info->unit, figure->value, block->currency);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cfoil_overview_words_sample (CfoilMetric        metric,
                             const CfoilFigure *figure)
{
  g_autofree char *numerator = NULL, *denominator = NULL, *low = NULL, *high = NULL;

  if (figure->value == CFOIL_UNKNOWN)
    return g_strdup (_("Nothing to compute it from"));
  if (parts[metric].numerator == NULL || parts[metric].numerator_unit != CFOIL_UNIT_COUNT ||
      figure->denominator == CFOIL_UNKNOWN || figure->denominator == 0)
    return NULL;
  numerator = cfoil_unit_format (CFOIL_UNIT_COUNT, figure->numerator, NULL);
  denominator = cfoil_unit_format (CFOIL_UNIT_COUNT, figure->denominator, NULL);
  if (figure->low == CFOIL_UNKNOWN || figure->high == CFOIL_UNKNOWN)
    /* Translators: "3 of 12": of 12 disputes 3. */
    return g_strdup_printf (_("%s of %s"), numerator, denominator);
  low = cfoil_unit_format (CFOIL_UNIT_RATIO, figure->low, NULL);
  high = cfoil_unit_format (CFOIL_UNIT_RATIO, figure->high, NULL);
  /* Translators: "3 of 12 · likely 15 % to 38 %": the range in which the rate probably is. */
  return g_strdup_printf (_("%s of %s · likely %s to %s"), numerator, denominator, low, high);
}

/* --- periods --- */

static char *
format_day (gint32      day,
            const char *format)
{
  int year, month, day_of_month;
  g_autoptr (GDateTime) time = NULL;

  cfoil_day_to_date (day, &year, &month, &day_of_month);
  time = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);
  return time != NULL ? g_date_time_format (time, format) : g_strdup ("");
}

char *
cfoil_overview_words_day (gint32 day)
{
  /* Translators: a date, for example "21 Nov 2026"; see g_date_time_format (). */
  return format_day (day, C_ ("date", "%-e %b %Y"));
}

char *
cfoil_overview_words_period (const CfoilPeriod *period)
{
  g_autofree char *first = NULL, *last = NULL;

  switch (period->kind)
    {
    case CFOIL_PERIOD_MONTH:
      /* Translators: a month, for example "October 2026"; see g_date_time_format (). */
      return format_day (period->first_day, C_ ("month", "%OB %Y"));
    case CFOIL_PERIOD_QUARTER:
      return cfoil_bucket_to_title (CFOIL_BUCKET_QUARTER, period->first_day);
    case CFOIL_PERIOD_YEAR:
      return cfoil_bucket_to_title (CFOIL_BUCKET_YEAR, period->first_day);
    case CFOIL_PERIOD_TODAY:
    case CFOIL_PERIOD_7_DAYS:
    case CFOIL_PERIOD_28_DAYS:
    case CFOIL_PERIOD_90_DAYS:
    case CFOIL_PERIOD_DAYS:
    case CFOIL_PERIOD_ALL:
    default:
      first = cfoil_overview_words_day (period->first_day);
      last = cfoil_overview_words_day (period->end_day - 1);
      return g_str_equal (first, last) ? g_strdup (first) : g_strdup_printf ("%s – %s", first, last);
    }
}
