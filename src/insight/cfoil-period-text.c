/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-period.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- reading --- */

static gboolean
read_number (const char **text,
             guint        n_digits,
             int         *number)
{
  *number = 0;
  for (guint i = 0; i < n_digits; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *number = *number * 10 + g_ascii_digit_value (**text);
    }
  return TRUE;
}

/* "2026", "2026-Q3", "2026-10" or "2026-10-03", and nothing after it. */
static gboolean
read_fixed (const char  *text,
            CfoilPeriod *self)
{
  int year, month = 1, day_of_month = 1, quarter;
  CfoilPeriodKind kind = CFOIL_PERIOD_YEAR;
  gint32 day;

  if (!read_number (&text, 4, &year))
    return FALSE;
  if (text[0] == '-' && g_ascii_toupper (text[1]) == 'Q')
    {
      text += 2;
      if (!read_number (&text, 1, &quarter) || quarter < 1 || quarter > 4)
        return FALSE;
      month = quarter * 3 - 2;
      kind = CFOIL_PERIOD_QUARTER;
    }
  else if (*text == '-')
    {
      text++;
      if (!read_number (&text, 2, &month))
        return FALSE;
      kind = CFOIL_PERIOD_MONTH;
      if (*text == '-')
        {
          text++;
          if (!read_number (&text, 2, &day_of_month))
            return FALSE;
          kind = CFOIL_PERIOD_DAYS;
        }
    }
  if (*text != '\0' || !cfoil_day_from_date (year, month, day_of_month, &day))
    return FALSE;
  if (kind == CFOIL_PERIOD_DAYS)
    *self = (CfoilPeriod){ kind, day, day + 1 };
  else
    cfoil_period_init (self, kind, day);
  return TRUE;
}

static gboolean
read_range (const char  *text,
            CfoilPeriod *self)
{
  const char *dots = strstr (text, "..");
  g_autofree char *from = dots != NULL ? g_strndup (text, (gsize) (dots - text)) : NULL;
  CfoilPeriod first, last;

  if (dots == NULL || !read_fixed (from, &first) || !read_fixed (dots + 2, &last) || last.end_day <= first.first_day)
    return FALSE;
  *self = (CfoilPeriod){ CFOIL_PERIOD_DAYS, first.first_day, last.end_day };
  return TRUE;
}

static const struct
{
  const char *word;
  CfoilPeriodKind kind;
  int shift;
} words[] = {
  { "today", CFOIL_PERIOD_TODAY, 0 },
  { "last7d", CFOIL_PERIOD_7_DAYS, 0 },
  { "last28d", CFOIL_PERIOD_28_DAYS, 0 },
  { "last90d", CFOIL_PERIOD_90_DAYS, 0 },
  { "thismonth", CFOIL_PERIOD_MONTH, 0 },
  { "lastmonth", CFOIL_PERIOD_MONTH, -1 },
  { "thisquarter", CFOIL_PERIOD_QUARTER, 0 },
  { "lastquarter", CFOIL_PERIOD_QUARTER, -1 },
  { "thisyear", CFOIL_PERIOD_YEAR, 0 },
  { "lastyear", CFOIL_PERIOD_YEAR, -1 },
};

static gboolean
read_word (const char  *text,
           gint32       today,
           CfoilPeriod *self)
{
  if (g_ascii_strcasecmp (text, "all") == 0)
    {
      *self = (CfoilPeriod){ CFOIL_PERIOD_ALL, CFOIL_DAY_MIN, CFOIL_DAY_MAX + 1 };
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i].word) == 0)
      {
        cfoil_period_init (self, words[i].kind, today);
        cfoil_period_shift (self, words[i].shift);
        return TRUE;
      }
  return FALSE;
}

gboolean
cfoil_period_parse (const char  *text,
                    gint32       today,
                    CfoilPeriod *self,
                    GError     **error)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (text != NULL && self != NULL, FALSE);

  if (read_word (text, today, self) || read_fixed (text, self) || read_range (text, self))
    return TRUE;
  shown = g_utf8_make_valid (text, (gssize) MIN (strlen (text), 60));
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
               _ ("“%s” is no period. Write a year (2026), a quarter (2026-Q3), a month (2026-10), a day (2026-10-03), "
                  "two of them with two dots between (2026-10-03..2026-11-01), or lastmonth, for example."),
               shown);
  return FALSE;
}

/* --- writing --- */

/* The calendar period that consists of these very days; DAYS: none does. */
static CfoilPeriodKind
find_kind (const CfoilPeriod *self)
{
  static const CfoilPeriodKind kinds[] = { CFOIL_PERIOD_MONTH, CFOIL_PERIOD_QUARTER, CFOIL_PERIOD_YEAR };

  if (self->kind == CFOIL_PERIOD_ALL)
    return CFOIL_PERIOD_ALL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      CfoilPeriod calendar;

      cfoil_period_init (&calendar, kinds[i], self->first_day);
      if (calendar.first_day == self->first_day && calendar.end_day == self->end_day)
        return kinds[i];
    }
  return CFOIL_PERIOD_DAYS;
}

static void
append_day (GString *text,
            gint32   day)
{
  int year, month, day_of_month;

  cfoil_day_to_date (day, &year, &month, &day_of_month);
  g_string_append_printf (text, "%04d-%02d-%02d", year, month, day_of_month);
}

static void
append_days (GString           *text,
             const CfoilPeriod *self)
{
  append_day (text, self->first_day);
  if (self->end_day == self->first_day + 1)
    return;
  g_string_append (text, "..");
  append_day (text, self->end_day - 1);
}

char *
cfoil_period_to_text (const CfoilPeriod *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int year, month, day_of_month;

  g_return_val_if_fail (self != NULL, NULL);

  cfoil_day_to_date (self->first_day, &year, &month, &day_of_month);
  switch (find_kind (self))
    {
    case CFOIL_PERIOD_ALL:
      g_string_append (text, "all");
      break;
    case CFOIL_PERIOD_YEAR:
      g_string_append_printf (text, "%04d", year);
      break;
    case CFOIL_PERIOD_QUARTER:
      g_string_append_printf (text, "%04d-Q%d", year, (month + 2) / 3);
      break;
    case CFOIL_PERIOD_MONTH:
      g_string_append_printf (text, "%04d-%02d", year, month);
      break;
    default:
      append_days (text, self);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cfoil_period_to_query (const CfoilPeriod *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind != CFOIL_PERIOD_ALL)
    {
      g_string_append (text, "date:");
      append_days (text, self);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- for people --- */

static char *
format_day (gint32      day,
            const char *format)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day_of_month;

  cfoil_day_to_date (day, &year, &month, &day_of_month);
  date = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);
  return date != NULL ? g_date_time_format (date, format) : g_strdup ("");
}

static char *
format_quarter (gint32 day)
{
  int year, month, day_of_month;

  cfoil_day_to_date (day, &year, &month, &day_of_month);
  /* Translators: a quarter of a year: "Q3 2026" */
  return g_strdup_printf (_ ("Q%d %d"), (month + 2) / 3, year);
}

static char *
format_range (gint32 first,
              gint32 last)
{
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  int year, month, day, last_year, last_month, last_day;

  cfoil_day_to_date (first, &year, &month, &day);
  cfoil_day_to_date (last, &last_year, &last_month, &last_day);
  if (year != last_year)
    from = format_day (first, _ ("%-d %B %Y"));
  else if (month != last_month)
    /* Translators: the first day of a range that ends in the same year: "28 September" of "28 September – 4 October 2026" */
    from = format_day (first, _ ("%-d %B"));
  else
    /* Translators: the first day of a range that ends in the same month: "3" of "3 – 9 October 2026" */
    from = format_day (first, C_ ("day of a range", "%-d"));
  until = format_day (last, _ ("%-d %B %Y"));
  /* Translators: the first and the last day of a period */
  return g_strdup_printf (C_ ("period", "%s – %s"), from, until);
}

char *
cfoil_period_to_title (const CfoilPeriod *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (find_kind (self))
    {
    case CFOIL_PERIOD_ALL:
      return g_strdup (_ ("All Time"));
    case CFOIL_PERIOD_YEAR:
      return format_day (self->first_day, "%Y");
    case CFOIL_PERIOD_QUARTER:
      return format_quarter (self->first_day);
    case CFOIL_PERIOD_MONTH:
      return format_day (self->first_day, _ ("%OB %Y"));
    default:
      return self->end_day == self->first_day + 1 ? format_day (self->first_day, _ ("%-d %B %Y"))
                                                  : format_range (self->first_day, self->end_day - 1);
    }
}

char *
cfoil_bucket_to_title (CfoilBucket bucket,
                       gint32      first_day)
{
  switch (bucket)
    {
    case CFOIL_BUCKET_YEAR:
      return format_day (first_day, "%Y");
    case CFOIL_BUCKET_QUARTER:
      return format_quarter (first_day);
    case CFOIL_BUCKET_MONTH:
      return format_day (first_day, _ ("%Ob %Y"));
    default:
      return format_day (first_day, _ ("%-d %b"));
    }
}
