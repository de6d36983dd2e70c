/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-words.h"

#include "cfoil-case-query.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

static const char *const is_words[CFOIL_N_IS] = {
  [CFOIL_IS_UNCAPTURED] = N_ ("Awaiting capture"),
  [CFOIL_IS_EXPIRING] = N_ ("Authorization expires soon"),
  [CFOIL_IS_PENDING] = N_ ("Still pending"),
  [CFOIL_IS_UNSETTLED] = N_ ("Not settled yet"),
  [CFOIL_IS_DISPUTED] = N_ ("Disputed"),
  [CFOIL_IS_REFUNDED] = N_ ("Refunded"),
  [CFOIL_IS_REVIEWED] = N_ ("Reviewed"),
  [CFOIL_IS_EXCEPTION] = N_ ("Something does not fit"),
};

const char *
cfoil_search_words_field (CfoilField field)
{
  return _(cfoil_field_get_info (field)->title);
}

const char *
cfoil_search_words_is (CfoilIs is)
{
  g_return_val_if_fail ((guint) is < CFOIL_N_IS, "");

  return _(is_words[is]);
}

/* --- values --- */

static const char *
code_words (CfoilField field,
            guint      code)
{
  return field == CFOIL_FIELD_TYPE ? cfoil_words_type_of (code, NULL) : cfoil_words_state_of (code, NULL);
}

char *
cfoil_search_words_value (CfoilField  field,
                          const char *value)
{
  char *shown;

  if (cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_CODE)
    for (guint i = 0; i < cfoil_field_n_codes (field); i++)
      if (g_ascii_strcasecmp (cfoil_field_code_name (field, i), value) == 0)
        return g_strdup (code_words (field, i));
  shown = cfoil_shown_text (value);
  return shown != NULL ? shown : g_strdup (CFOIL_WORDS_NONE);
}

static gboolean
is_of_cases (const CfoilTerm *term)
{
  return term->vocabulary == cfoil_case_vocabulary ();
}

static const char *
field_words (const CfoilTerm *term)
{
  if (is_of_cases (term))
    return _(cfoil_case_field_get_title ((CfoilCaseField) term->field));
  return cfoil_search_words_field (term->field);
}

static const char *
is_words_of (const CfoilTerm *term)
{
  return is_of_cases (term) ? _(cfoil_case_is_get_title ((CfoilCaseIs) term->is)) : cfoil_search_words_is (term->is);
}

static char *
value_words (const CfoilTerm *term,
             const char      *value)
{
  const char *title;
  char *shown;

  if (!is_of_cases (term))
    return cfoil_search_words_value (term->field, value);
  title = cfoil_case_field_get_value_title ((CfoilCaseField) term->field, value);
  if (title != NULL)
    return g_strdup (_(title));
  shown = cfoil_shown_text (value);
  return shown != NULL ? shown : g_strdup (CFOIL_WORDS_NONE);
}

static char *
values_words (const CfoilTerm *term)
{
  char **values = term->values;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *word = value_words (term, values[i]);

      g_strv_builder_add (builder, word);
    }
  words = g_strv_builder_end (builder);
  return g_strjoinv (C_ ("between values that are looked for", ", "), words);
}

/* --- ranges --- */

char *
cfoil_search_words_decimal (const CfoilDecimal *number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT,
                                             number->digits < 0 ? -(guint64) number->digits : (guint64) number->digits);
  GString *text = g_string_new (digits);

  if (number->scale > 0)
    {
      while ((int) text->len <= number->scale)
        g_string_prepend_c (text, '0');
      g_string_insert_c (text, (gssize) text->len - number->scale, '.');
    }
  if (number->digits < 0)
    g_string_prepend_c (text, '-');
  return g_string_free (text, FALSE);
}

static gboolean
is_one_number (const CfoilTerm *term)
{
  return term->has_min && term->has_max && !term->excludes_min && !term->excludes_max &&
         term->min.digits == term->max.digits && term->min.scale == term->max.scale;
}

static char *
number_words (const CfoilTerm    *term,
              const CfoilDecimal *number)
{
  g_autofree char *text = cfoil_search_words_decimal (number);

  return g_strconcat (text, !is_of_cases (term) && term->field == CFOIL_FIELD_FEE_RATE ? "\u202f%" : "", NULL);
}

static char *
range_words (const CfoilTerm *term)
{
  g_autofree char *min = term->has_min ? number_words (term, &term->min) : NULL;
  g_autofree char *max = term->has_max ? number_words (term, &term->max) : NULL;

  if (is_one_number (term))
    return g_steal_pointer (&min);
  if (min != NULL && max != NULL)
    return g_strdup_printf (C_ ("numbers that are looked for", "%s to %s"), min, max);
  if (min != NULL)
    return g_strdup_printf (term->excludes_min ? C_ ("numbers that are looked for", "over %s")
                                               : C_ ("numbers that are looked for", "%s or more"), min);
  if (max != NULL)
    return g_strdup_printf (term->excludes_max ? C_ ("numbers that are looked for", "under %s")
                                               : C_ ("numbers that are looked for", "%s or less"), max);
  return g_strdup (_("any"));
}

/* --- days --- */

static char *
relative_day_words (int days)
{
  if (days == 0)
    return g_strdup (C_ ("a day", "today"));
  if (days == -1)
    return g_strdup (C_ ("a day", "yesterday"));
  if (days == 1)
    return g_strdup (C_ ("a day", "tomorrow"));
  if (days < 0)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) -days), -days);
  return g_strdup_printf (ngettext ("in %d day", "in %d days", (gulong) days), days);
}

static char *
relative_month_words (int months)
{
  if (months == 0)
    return g_strdup (_("this month"));
  if (months == -1)
    return g_strdup (_("last month"));
  if (months < 0)
    return g_strdup_printf (ngettext ("%d month ago", "%d months ago", (gulong) -months), -months);
  return g_strdup_printf (ngettext ("in %d month", "in %d months", (gulong) months), months);
}

static char *
relative_year_words (int years)
{
  if (years == 0)
    return g_strdup (_("this year"));
  if (years == -1)
    return g_strdup (_("last year"));
  if (years < 0)
    return g_strdup_printf (ngettext ("%d year ago", "%d years ago", (gulong) -years), -years);
  return g_strdup_printf (ngettext ("in %d year", "in %d years", (gulong) years), years);
}

static char *
day_words (const CfoilDay *day)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = NULL;

  if (day->kind == CFOIL_DAY_RELATIVE)
    return relative_day_words (day->days);
  if (day->kind == CFOIL_DAY_RELATIVE_MONTH)
    return relative_month_words (day->months);
  if (day->kind == CFOIL_DAY_RELATIVE_YEAR)
    return relative_year_words (day->years);
  if (day->kind == CFOIL_DAY_RELATIVE_HOURS && day->days > 0)
    return relative_day_words (day->days);
  if (day->kind == CFOIL_DAY_RELATIVE_HOURS)
    return g_strdup_printf (ngettext ("in %d hour", "in %d hours", (gulong) day->hours), day->hours);
  if (day->month == 0)
    return g_strdup_printf ("%04d", day->year);
  date = g_date_time_new_utc (day->year, day->month, MAX (day->day, 1), 0, 0, 0);
  if (date == NULL)
    return g_strdup (CFOIL_WORDS_NONE);
  if (day->day > 0)
    return cfoil_words_date (g_date_time_to_unix (date) * G_USEC_PER_SEC, utc);
  /* Translators: a month with its year; see g_date_time_format (). */
  return g_date_time_format (date, C_ ("date", "%B %Y"));
}

static gboolean
is_same_day (const CfoilDay *a,
             const CfoilDay *b)
{
  return a->kind == b->kind && a->hours == b->hours && a->days == b->days && a->months == b->months && a->years == b->years &&
         a->year == b->year && a->month == b->month && a->day == b->day;
}

static char *
span_words (const CfoilDay *from,
            const CfoilDay *until)
{
  g_autofree char *first = from->kind != CFOIL_DAY_NONE ? day_words (from) : NULL;
  g_autofree char *last = until->kind != CFOIL_DAY_NONE ? day_words (until) : NULL;

  if (first != NULL && last != NULL)
    {
      if (is_same_day (from, until))
        return g_steal_pointer (&first);
      if (from->kind == CFOIL_DAY_RELATIVE && until->kind == CFOIL_DAY_RELATIVE && until->days == 0 && from->days < 0)
        return g_strdup_printf (ngettext ("last %d day", "last %d days", (gulong) (1 - from->days)), 1 - from->days);
      if (from->kind == CFOIL_DAY_RELATIVE && until->kind == CFOIL_DAY_RELATIVE && from->days == 0 && until->days > 0)
        return g_strdup_printf (ngettext ("next %d day", "next %d days", (gulong) (until->days + 1)), until->days + 1);
      return g_strdup_printf (C_ ("days that are looked for", "%s to %s"), first, last);
    }
  if (first != NULL)
    return g_strdup_printf (C_ ("days that are looked for", "from %s"), first);
  if (last != NULL)
    return g_strdup_printf (C_ ("days that are looked for", "until %s"), last);
  return g_strdup (_("any"));
}

/* --- terms --- */

/* --- weekdays and hours --- */

char *
cfoil_search_words_slot (CfoilTermKind kind,
                         guint         slot)
{
  /* 5 January 1970 was a Monday. */
  g_autoptr (GDateTime) day = g_date_time_new_utc (1970, 1, 5 + (int) slot % 7, 0, 0, 0);

  return kind == CFOIL_TERM_WEEKDAY ? g_date_time_format (day, "%A") : g_strdup_printf ("%u:00", slot);
}

/* "Monday, Saturday to Sunday"; hours from the beginning of the first to the end of the last. */
static char *
slots_words (const CfoilTerm *term)
{
  guint n_slots = term->kind == CFOIL_TERM_WEEKDAY ? 7 : 24;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint slot = 0; slot < n_slots; slot++)
    {
      guint last = slot;
      g_autofree char *from = NULL, *until = NULL, *both = NULL;

      if ((term->slots >> slot & 1) == 0)
        continue;
      while (last + 1 < n_slots && (term->slots >> (last + 1) & 1) == 1)
        last++;
      from = cfoil_search_words_slot (term->kind, slot);
      until = cfoil_search_words_slot (term->kind, term->kind == CFOIL_TERM_WEEKDAY ? last : last + 1);
      if (term->kind == CFOIL_TERM_HOUR || last > slot)
        both = g_strdup_printf (C_ ("numbers that are looked for", "%s to %s"), from, until);
      g_strv_builder_add (builder, both != NULL ? both : from);
      slot = last;
    }
  words = g_strv_builder_end (builder);
  return g_strjoinv (C_ ("between values that are looked for", ", "), words);
}

static char *
with_title (const CfoilTerm *term,
            const char      *value)
{
  const char *title = term->kind == CFOIL_TERM_WEEKDAY ? _("Weekday") : term->kind == CFOIL_TERM_HOUR ? _("Hour") : field_words (term);

  if (term->is_negated)
    /* Translators: a filter: "not Type: Refund" */
    return g_strdup_printf (_("not %s: %s"), title, value);
  /* Translators: a filter: "Type: Refund" */
  return g_strdup_printf (_("%s: %s"), title, value);
}

char *
cfoil_search_words_term (const CfoilTerm *term)
{
  g_autofree char *value = NULL;

  switch (term->kind)
    {
    case CFOIL_TERM_WORD:
      value = cfoil_shown_text (term->values[0]);
      return g_strdup_printf (term->is_negated ? _("not \u201c%s\u201d") : _("\u201c%s\u201d"), value != NULL ? value : "");
    case CFOIL_TERM_HAS:
      /* Translators: a filter: "Settlement: none" */
      return g_strdup_printf (term->is_negated ? _("%s: none") : _("%s: any value"), field_words (term));
    case CFOIL_TERM_IS:
      return term->is_negated ? g_strdup_printf (C_ ("filter", "not: %s"), is_words_of (term))
                              : g_strdup (is_words_of (term));
    case CFOIL_TERM_VALUES:
      value = values_words (term);
      break;
    case CFOIL_TERM_AMOUNT:
    case CFOIL_TERM_NUMBER:
      value = range_words (term);
      break;
    case CFOIL_TERM_TIME:
      value = span_words (&term->from, &term->until);
      break;
    case CFOIL_TERM_WEEKDAY:
    case CFOIL_TERM_HOUR:
      value = slots_words (term);
      break;
    default:
      g_return_val_if_reached (NULL);
    }
  return with_title (term, value);
}
