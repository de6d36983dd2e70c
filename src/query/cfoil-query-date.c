/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Distances that no clock takes out of the calendar. */
#define MAX_DAYS 99998
#define MAX_MONTHS 9999
#define MAX_YEARS 999

typedef struct
{
  CfoilDay from, until;
} Span;

/* Digits, at least MIN and at most MAX of them. */
static gboolean
read_number (const char **text,
             guint        min,
             guint        max,
             int         *number)
{
  guint n = 0;

  for (*number = 0; n < max && g_ascii_isdigit (**text); n++, (*text)++)
    *number = *number * 10 + (**text - '0');
  return n >= min && !g_ascii_isdigit (**text);
}

static gboolean
parse_date (const char *text,
            CfoilDay   *day,
            gboolean   *is_impossible)
{
  *day = (CfoilDay) { .kind = CFOIL_DAY_DATE };
  *is_impossible = FALSE;
  if (!read_number (&text, 4, 4, &day->year))
    return FALSE;
  *is_impossible = day->year == 0;
  if (*text == '\0')
    return day->year > 0;
  if (*text++ != '-' || !read_number (&text, 1, 2, &day->month))
    return FALSE;
  *is_impossible = *is_impossible || !g_date_valid_month ((GDateMonth) day->month);
  if (*text == '\0')
    return !*is_impossible;
  if (*text++ != '-' || !read_number (&text, 1, 2, &day->day) || *text != '\0')
    return FALSE;
  *is_impossible = *is_impossible ||
                   !g_date_valid_dmy ((GDateDay) day->day, (GDateMonth) day->month, (GDateYear) day->year);
  return !*is_impossible;
}

/* "", "+5" or "-5" behind a word. */
static gboolean
read_distance (const char *text,
               int         max,
               int        *distance)
{
  int sign = text[0] == '-' ? -1 : 1;

  *distance = 0;
  if (text[0] == '\0')
    return TRUE;
  if (text[0] != '+' && text[0] != '-')
    return FALSE;
  text++;
  if (!read_number (&text, 1, 5, distance) || *text != '\0' || *distance > max)
    return FALSE;
  *distance *= sign;
  return TRUE;
}

static gboolean
parse_relative (const char *word,
                CfoilDay   *day)
{
  static const struct
  {
    const char *word;
    CfoilDayKind kind;
    int distance;
  } fixed[] = {
    { "yesterday", CFOIL_DAY_RELATIVE, -1 },     { "tomorrow", CFOIL_DAY_RELATIVE, 1 },
    { "lastmonth", CFOIL_DAY_RELATIVE_MONTH, -1 }, { "nextmonth", CFOIL_DAY_RELATIVE_MONTH, 1 },
    { "lastyear", CFOIL_DAY_RELATIVE_YEAR, -1 },   { "nextyear", CFOIL_DAY_RELATIVE_YEAR, 1 },
  };

  *day = (CfoilDay) { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (strcmp (fixed[i].word, word) == 0)
      {
        day->kind = fixed[i].kind;
        *(day->kind == CFOIL_DAY_RELATIVE ? &day->days : day->kind == CFOIL_DAY_RELATIVE_MONTH ? &day->months : &day->years) =
          fixed[i].distance;
        return TRUE;
      }
  if (g_str_has_prefix (word, "today"))
    {
      day->kind = CFOIL_DAY_RELATIVE;
      return read_distance (word + strlen ("today"), MAX_DAYS, &day->days);
    }
  if (g_str_has_prefix (word, "thismonth"))
    {
      day->kind = CFOIL_DAY_RELATIVE_MONTH;
      return read_distance (word + strlen ("thismonth"), MAX_MONTHS, &day->months);
    }
  if (g_str_has_prefix (word, "thisyear"))
    {
      day->kind = CFOIL_DAY_RELATIVE_YEAR;
      return read_distance (word + strlen ("thisyear"), MAX_YEARS, &day->years);
    }
  return FALSE;
}

/* last30d, next7d */
static gboolean
parse_days (const char *word,
            Span       *span)
{
  gboolean is_last = g_str_has_prefix (word, "last");
  int n;

  if (!is_last && !g_str_has_prefix (word, "next"))
    return FALSE;
  word += strlen ("last");
  if (!read_number (&word, 1, 5, &n) || strcmp (word, "d") != 0 || n == 0)
    return FALSE;
  span->from = (CfoilDay) { .kind = CFOIL_DAY_RELATIVE, .days = is_last ? 1 - n : 0 };
  span->until = (CfoilDay) { .kind = CFOIL_DAY_RELATIVE, .days = is_last ? 0 : n - 1 };
  return TRUE;
}

/* 72h, 3d: a moment, days of 24 hours; alone it is "until then". */
static gboolean
parse_hours (const char *word,
             CfoilDay   *day)
{
  int n;

  *day = (CfoilDay) { .kind = CFOIL_DAY_RELATIVE_HOURS };
  if (!read_number (&word, 1, 5, &n))
    return FALSE;
  if (strcmp (word, "d") == 0)
    day->days = n;
  else if (strcmp (word, "h") == 0)
    day->hours = n;
  else
    return FALSE;
  return TRUE;
}

static gboolean
parse_span (const char *text,
            gboolean    takes_hours,
            Span       *span,
            char      **message)
{
  g_autofree char *word = g_utf8_strdown (text, -1);
  gboolean is_impossible;

  if (parse_days (word, span))
    return TRUE;
  if (takes_hours && parse_hours (word, &span->from))
    {
      span->until = span->from;
      return TRUE;
    }
  if (parse_date (word, &span->from, &is_impossible) || (!is_impossible && parse_relative (word, &span->from)))
    {
      span->until = span->from;
      return TRUE;
    }
  if (is_impossible)
    *message = g_strdup_printf (_ ("There is no date %s."), text);
  return FALSE;
}

/* The day, month or year that is STEP (1 or -1) further.  FALSE: none is. */
static gboolean
move_day (CfoilDay *day,
          int       step)
{
  GDate date;

  switch (day->kind)
    {
    case CFOIL_DAY_RELATIVE:
      day->days += step;
      return ABS (day->days) <= MAX_DAYS;
    case CFOIL_DAY_RELATIVE_MONTH:
      day->months += step;
      return ABS (day->months) <= MAX_MONTHS;
    case CFOIL_DAY_RELATIVE_YEAR:
      day->years += step;
      return ABS (day->years) <= MAX_YEARS;
    case CFOIL_DAY_RELATIVE_HOURS:
      return TRUE; /* a moment has no length */
    case CFOIL_DAY_DATE:
    case CFOIL_DAY_NONE:
    default:
      break;
    }
  if (day->month == 0)
    day->year += step;
  else if (day->day == 0)
    {
      int months = day->year * 12 + day->month - 1 + step;

      day->year = months / 12;
      day->month = months % 12 + 1;
    }
  else
    {
      g_date_set_dmy (&date, (GDateDay) day->day, (GDateMonth) day->month, (GDateYear) day->year);
      if (step < 0 && g_date_get_julian (&date) == 1)
        return FALSE;
      g_date_set_julian (&date, g_date_get_julian (&date) + (guint32) step);
      day->year = g_date_get_year (&date);
      day->month = (int) g_date_get_month (&date);
      day->day = g_date_get_day (&date);
    }
  return day->year >= 1 && day->year <= 9999;
}

/* Where a date begins (or ends), as a number that has the order of dates. */
static int
date_order (const CfoilDay *day,
            gboolean        is_end)
{
  int month = day->month > 0 ? day->month : is_end ? 12 : 1;
  int in_month = day->day > 0 ? day->day : is_end ? 31 : 1;

  return (day->year * 12 + month - 1) * 31 + in_month - 1;
}

/* Dates and distances cannot be compared without a clock. */
static gboolean
is_inverted (const CfoilDay *from,
             const CfoilDay *until)
{
  if (from->kind != until->kind)
    return FALSE;
  if (from->kind == CFOIL_DAY_DATE)
    return date_order (from, FALSE) > date_order (until, TRUE);
  if (from->kind == CFOIL_DAY_RELATIVE_HOURS)
    return from->days * 24 + from->hours > until->days * 24 + until->hours;
  return from->days > until->days || from->months > until->months || from->years > until->years;
}

static gboolean
parse_span_range (const char *a,
                  const char *b,
                  gboolean    takes_hours,
                  CfoilTerm  *term,
                  char      **message)
{
  Span span;

  if (a[0] == '\0' && b[0] == '\0')
    return FALSE;
  if (a[0] != '\0')
    {
      if (!parse_span (a, takes_hours, &span, message))
        return FALSE;
      term->from = span.from;
    }
  if (b[0] != '\0')
    {
      if (!parse_span (b, takes_hours, &span, message))
        return FALSE;
      term->until = span.until;
    }
  if (a[0] == '\0' || b[0] == '\0' || !is_inverted (&term->from, &term->until))
    return TRUE;
  *message = g_strdup_printf (_ ("The earlier date stands first: %s..%s."), b, a);
  return FALSE;
}

gboolean
cfoil_query_parse_span (const char *text,
                        CfoilTerm  *term,
                        char      **message)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  CfoilShape shape = cfoil_query_take_apart (text, &a, &b);
  gboolean takes_hours = term->field == cfoil_vocabulary_of (term->vocabulary)->deadline_field;
  gboolean is_possible = TRUE;
  Span span;

  if (shape == CFOIL_SHAPE_RANGE)
    return parse_span_range (a, b, takes_hours, term, message);
  if (!parse_span (a, takes_hours, &span, message))
    return FALSE;
  if (shape == CFOIL_SHAPE_EXACT && span.from.kind == CFOIL_DAY_RELATIVE_HOURS)
    shape = CFOIL_SHAPE_AT_MOST;
  if (shape == CFOIL_SHAPE_EXACT || shape == CFOIL_SHAPE_AT_LEAST)
    term->from = span.from;
  if (shape == CFOIL_SHAPE_EXACT || shape == CFOIL_SHAPE_AT_MOST)
    term->until = span.until;
  if (shape == CFOIL_SHAPE_ABOVE)
    {
      term->from = span.until;
      is_possible = move_day (&term->from, 1);
    }
  if (shape == CFOIL_SHAPE_BELOW)
    {
      term->until = span.from;
      is_possible = move_day (&term->until, -1);
    }
  if (!is_possible)
    *message = g_strdup (_ ("Dates lie in the years 1 to 9999."));
  return is_possible;
}

static void
append_distance (GString    *text,
                 const char *last,
                 const char *this,
                 const char *next,
                 int         distance)
{
  if (distance == -1)
    g_string_append (text, last);
  else if (distance == 1)
    g_string_append (text, next);
  else if (distance == 0)
    g_string_append (text, this);
  else
    g_string_append_printf (text, "%s%+d", this, distance);
}

static void
append_day (GString        *text,
            const CfoilDay *day)
{
  switch (day->kind)
    {
    case CFOIL_DAY_DATE:
      g_string_append_printf (text, "%04d", day->year);
      if (day->month > 0)
        g_string_append_printf (text, "-%02d", day->month);
      if (day->month > 0 && day->day > 0)
        g_string_append_printf (text, "-%02d", day->day);
      return;
    case CFOIL_DAY_RELATIVE:
      append_distance (text, "yesterday", "today", "tomorrow", day->days);
      return;
    case CFOIL_DAY_RELATIVE_MONTH:
      append_distance (text, "lastmonth", "thismonth", "nextmonth", day->months);
      return;
    case CFOIL_DAY_RELATIVE_YEAR:
      append_distance (text, "lastyear", "thisyear", "nextyear", day->years);
      return;
    case CFOIL_DAY_RELATIVE_HOURS:
      if (day->days > 0)
        g_string_append_printf (text, "%dd", day->days);
      else
        g_string_append_printf (text, "%dh", day->hours);
      return;
    case CFOIL_DAY_NONE:
    default:
      return;
    }
}

void
cfoil_query_append_span (GString         *text,
                         const CfoilTerm *term)
{
  const CfoilDay *from = &term->from;
  const CfoilDay *until = &term->until;

  if (from->kind == CFOIL_DAY_NONE || until->kind == CFOIL_DAY_NONE)
    g_string_append (text, until->kind == CFOIL_DAY_NONE ? ">=" : "<=");
  else if (cfoil_query_days_are_equal (from, until))
    {
      append_day (text, from);
      return;
    }
  else if (from->kind == CFOIL_DAY_RELATIVE && until->kind == CFOIL_DAY_RELATIVE && until->days == 0)
    {
      g_string_append_printf (text, "last%dd", 1 - from->days);
      return;
    }
  else if (from->kind == CFOIL_DAY_RELATIVE && until->kind == CFOIL_DAY_RELATIVE && from->days == 0)
    {
      g_string_append_printf (text, "next%dd", 1 + until->days);
      return;
    }
  append_day (text, from);
  if (from->kind != CFOIL_DAY_NONE && until->kind != CFOIL_DAY_NONE)
    g_string_append (text, "..");
  append_day (text, until);
}
