/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-query.h"

#include <string.h>

/* Generated: GLib prints the seed, and --seed repeats a run. */

static const char *const fragments[] = {
  "a", "B", "7", " ", "-", ":", ",", "\"", ".", "..", "<", ">", "=", "\t", "\n", "\x01", "\u00a0", "\u00e4", "e\u0301", "\u200f", "\u200b",
  "\u202e", "\u05d0", "\U0001f600", "<b>", "&amp;", "state:", "captured", "date:", "last7d", "amount:", "10", "has:", "no:note", "is:",
  "store:\"", "http://", "foo:", "today", "2026", "-03", "\u2212", "%", "\\", "'", "\xc2\xad", "type:fee", "tag:x,",
};
#define N_VALID G_N_ELEMENTS (fragments)
static const char *const broken[] = { "\xff", "\xc3", "\xe2\x82", "\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80" };

static char *
random_text (guint    most,
             gboolean may_be_broken)
{
  GString *text = g_string_new (NULL);
  gint n = g_test_rand_int_range (0, (gint) most);

  for (gint i = 0; i < n; i++)
    if (may_be_broken && g_test_rand_int_range (0, 20) == 0)
      g_string_append (text, broken[g_test_rand_int_range (0, G_N_ELEMENTS (broken))]);
    else
      g_string_append (text, fragments[g_test_rand_int_range (0, N_VALID)]);
  return g_string_free (text, FALSE);
}

/* A value that can be typed: not empty, and no control characters. */
static char *
random_value (void)
{
  for (;;)
    {
      g_autofree char *text = random_text (5, FALSE);
      gboolean is_typeable = text[0] != '\0';

      for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        is_typeable = is_typeable && !g_unichar_iscntrl (g_utf8_get_char (p));
      if (is_typeable)
        return g_steal_pointer (&text);
    }
}

static gboolean
flip (void)
{
  return g_test_rand_bit () != 0;
}

static void
random_values (CfoilTerm *term)
{
  guint n = (guint) g_test_rand_int_range (1, 4);

  term->values = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    term->values[i] = random_value ();
}

static void
random_codes (CfoilTerm *term)
{
  guint n_codes = cfoil_field_n_codes (term->field);
  guint n = (guint) g_test_rand_int_range (1, 4);
  guint first = (guint) g_test_rand_int_range (0, (gint) n_codes);

  term->values = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    term->values[i] = g_strdup (cfoil_field_code_name (term->field, (first + i) % n_codes));
}

static CfoilDecimal
random_decimal (void)
{
  CfoilDecimal decimal = { 0 };
  gint n_digits = g_test_rand_int_range (1, 16);

  for (gint i = 0; i < n_digits; i++)
    decimal.digits = decimal.digits * 10 + g_test_rand_int_range (0, 10);
  decimal.scale = g_test_rand_int_range (0, 13);
  while (decimal.scale > 0 && decimal.digits % 10 == 0)
    {
      decimal.digits /= 10;
      decimal.scale--;
    }
  if (flip ())
    decimal.digits = -decimal.digits;
  return decimal;
}

static void
random_range (CfoilTerm *term)
{
  term->has_min = flip ();
  term->has_max = !term->has_min || flip ();
  if (term->has_min)
    term->min = random_decimal ();
  if (term->has_max)
    term->max = random_decimal ();
  if (term->has_min && term->has_max)
    {
      if (term->min.digits > 0 && flip ())
        term->max = term->min;
      /* Of different signs at most, so that there is no doubt about their order. */
      term->min.digits = -ABS (term->min.digits);
      term->max.digits = ABS (term->max.digits);
    }
  else
    {
      term->excludes_min = term->has_min && flip ();
      term->excludes_max = term->has_max && flip ();
    }
}

static CfoilDay
random_day (CfoilDayKind kind)
{
  CfoilDay day = { .kind = kind };

  switch (kind)
    {
    case CFOIL_DAY_DATE:
      day.year = g_test_rand_int_range (1, 10000);
      day.month = g_test_rand_int_range (0, 13);
      day.day = day.month > 0 ? g_test_rand_int_range (0, 29) : 0;
      break;
    case CFOIL_DAY_RELATIVE:
      day.days = g_test_rand_int_range (-40, 41);
      break;
    case CFOIL_DAY_RELATIVE_MONTH:
      day.months = g_test_rand_int_range (-15, 16);
      break;
    case CFOIL_DAY_RELATIVE_YEAR:
      day.years = g_test_rand_int_range (-4, 5);
      break;
    case CFOIL_DAY_NONE:
    default:
      break;
    }
  return day;
}

/* The same kind on both sides, in order; or nothing on one side. */
static void
random_span (CfoilTerm *term)
{
  CfoilDayKind kind = (CfoilDayKind) g_test_rand_int_range (CFOIL_DAY_DATE, CFOIL_DAY_RELATIVE_YEAR + 1);
  CfoilDay a = random_day (kind);
  CfoilDay b = random_day (kind);
  gboolean is_swapped = a.year > b.year || a.days > b.days || a.months > b.months || a.years > b.years;

  if (a.year == b.year)
    b = a.kind == CFOIL_DAY_DATE ? a : b;
  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      term->from = a;
      break;
    case 1:
      term->until = a;
      break;
    case 2:
      term->from = term->until = a;
      break;
    default:
      term->from = is_swapped ? b : a;
      term->until = is_swapped ? a : b;
      break;
    }
}

static CfoilField
random_field (void)
{
  CfoilField field;

  do
    field = (CfoilField) g_test_rand_int_range (0, CFOIL_N_FIELDS);
  while (field == CFOIL_FIELD_FLAGS);
  return field;
}

static void
random_term (CfoilTerm *term)
{
  gint choice = g_test_rand_int_range (0, 10);

  memset (term, 0, sizeof *term);
  term->is_negated = flip ();
  if (choice == 0)
    {
      term->kind = CFOIL_TERM_WORD;
      term->values = g_new0 (char *, 2);
      term->values[0] = random_value ();
      return;
    }
  if (choice == 1)
    {
      term->kind = CFOIL_TERM_IS;
      term->is = (CfoilIs) g_test_rand_int_range (0, CFOIL_N_IS);
      return;
    }
  if (choice == 8 || choice == 9)
    {
      term->kind = choice == 8 ? CFOIL_TERM_WEEKDAY : CFOIL_TERM_HOUR;
      term->field = CFOIL_FIELD_TIME;
      term->slots = (guint32) g_test_rand_int_range (1, 1 << (choice == 8 ? 7 : 24));
      return;
    }
  term->field = random_field ();
  if (choice == 2)
    {
      /* That is how one says is:refunded. */
      if (term->field == CFOIL_FIELD_REFUNDED)
        term->field = CFOIL_FIELD_NOTE;
      term->kind = CFOIL_TERM_HAS;
      return;
    }
  switch (cfoil_field_get_info (term->field)->kind)
    {
    case CFOIL_FIELD_KIND_MONEY:
    case CFOIL_FIELD_KIND_NUMBER:
      term->kind = cfoil_field_get_info (term->field)->kind == CFOIL_FIELD_KIND_MONEY ? CFOIL_TERM_AMOUNT : CFOIL_TERM_NUMBER;
      random_range (term);
      break;
    case CFOIL_FIELD_KIND_TIME:
      term->kind = CFOIL_TERM_TIME;
      random_span (term);
      break;
    case CFOIL_FIELD_KIND_CODE:
      term->kind = CFOIL_TERM_VALUES;
      random_codes (term);
      break;
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_REF:
    case CFOIL_FIELD_KIND_FLAGS:
    default:
      term->kind = CFOIL_TERM_VALUES;
      random_values (term);
      break;
    }
}

/* Byte for byte, unlike cfoil_query_equal (). */
static void
assert_same (const char      *text,
             const CfoilTerm *a,
             const CfoilTerm *b)
{
  gboolean is_same = a->kind == b->kind && a->is_negated == b->is_negated && a->field == b->field && a->is == b->is &&
                     a->slots == b->slots &&
                     (a->values == NULL) == (b->values == NULL) &&
                     (a->values == NULL || g_strv_equal ((const char *const *) a->values, (const char *const *) b->values)) &&
                     a->has_min == b->has_min && a->has_max == b->has_max && a->excludes_min == b->excludes_min &&
                     a->excludes_max == b->excludes_max && a->min.digits == b->min.digits && a->min.scale == b->min.scale &&
                     a->max.digits == b->max.digits && a->max.scale == b->max.scale &&
                     memcmp (&a->from, &b->from, sizeof a->from) == 0 && memcmp (&a->until, &b->until, sizeof a->until) == 0;

  if (!is_same)
    g_error ("%s is not what was written", text);
}

static void
test_terms (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (CfoilQuery) query = NULL;
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;
      g_autofree char *typed = NULL;
      CfoilTerm term;

      random_term (&term);
      text = cfoil_term_to_text (&term);
      /* Between others, too. */
      typed = flip () ? g_strdup (text) : g_strdup_printf ("x %s -y", text);
      query = cfoil_query_parse (typed);
      if (cfoil_query_get_n_mistakes (query) > 0)
        g_error ("%s: %s", text, cfoil_query_get_mistake (query, 0)->message);
      g_assert_cmpuint (cfoil_query_get_n_terms (query), ==, strcmp (typed, text) == 0 ? 1 : 3);
      assert_same (text, &term, cfoil_query_get_term (query, strcmp (typed, text) == 0 ? 0 : 1));
      again = cfoil_term_to_text (cfoil_query_get_term (query, strcmp (typed, text) == 0 ? 0 : 1));
      g_assert_cmpstr (again, ==, text);
      g_strfreev (term.values);
    }
}

static gboolean
is_boundary (const char *text,
             guint       position)
{
  return position <= strlen (text) && ((guchar) text[position] & 0xc0) != 0x80;
}

/* Each term of any query can be written by itself. */
static void
check_terms (const CfoilQuery *query)
{
  const char *text = cfoil_query_get_text (query);
  guint behind = 0;

  for (guint i = 0; i < cfoil_query_get_n_terms (query); i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (query, i);
      g_autofree char *alone = cfoil_term_to_text (term);
      g_autoptr (CfoilQuery) again = cfoil_query_parse (alone);

      g_assert_true (is_boundary (text, term->start) && is_boundary (text, term->end));
      g_assert_cmpuint (term->start, >=, behind);
      g_assert_cmpuint (term->end, >, term->start);
      behind = term->end;
      for (guint j = 0; term->values != NULL && term->values[j] != NULL; j++)
        g_assert_true (term->values[j][0] != '\0' && g_utf8_validate (term->values[j], -1, NULL));
      g_assert_cmpuint (cfoil_query_get_n_terms (again), ==, 1);
      g_assert_cmpuint (cfoil_query_get_n_mistakes (again), ==, 0);
      assert_same (alone, term, cfoil_query_get_term (again, 0));
    }
}

static void
check_mistakes (const CfoilQuery *query)
{
  const char *text = cfoil_query_get_text (query);

  for (guint i = 0; i < cfoil_query_get_n_mistakes (query); i++)
    {
      const CfoilQueryMistake *mistake = cfoil_query_get_mistake (query, i);

      g_assert_true (is_boundary (text, mistake->start) && is_boundary (text, mistake->end));
      g_assert_cmpuint (mistake->start, <=, mistake->end);
      g_assert_true (g_utf8_validate (mistake->message, -1, NULL));
      g_assert_cmpuint (strlen (mistake->message), <, 1000);
    }
}

/* Whether CHANGED says what ORIGINAL says, but for term I: WITHOUT it, or with
 * another one in its place. */
static void
assert_changed (const CfoilQuery *original,
                guint             i,
                gboolean          without,
                const char       *changed,
                guint             n_expected)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse (changed);

  if (cfoil_query_get_n_terms (query) != n_expected)
    g_error ("“%s” became “%s”", cfoil_query_get_text (original), changed);
  g_assert_cmpuint (cfoil_query_get_n_mistakes (query), <=, cfoil_query_get_n_mistakes (original));
  for (guint j = 0; j < cfoil_query_get_n_terms (original); j++)
    if (j != i)
      assert_same (changed, cfoil_query_get_term (original, j), cfoil_query_get_term (query, without && j > i ? j - 1 : j));
}

static void
check_changes (const CfoilQuery *query)
{
  guint n = cfoil_query_get_n_terms (query);
  guint i = n == 0 ? 0 : (guint) g_test_rand_int_range (0, (gint) n);
  g_autofree char *added = cfoil_query_dup_added (query, "store:\"a b\"");

  assert_changed (query, n, FALSE, added, n + 1);
  if (n > 0)
    {
      g_autofree char *removed = cfoil_query_dup_replaced (query, i, NULL);
      g_autofree char *replaced = cfoil_query_dup_replaced (query, i, "-is:reviewed");

      assert_changed (query, i, TRUE, removed, n - 1);
      assert_changed (query, i, FALSE, replaced, n);
    }
}

static void
check_completion (const char *text,
                  guint       cursor)
{
  g_autoptr (CfoilCompletions) completions = cfoil_query_complete (text, cursor);
  g_autoptr (CfoilQuery) query = cfoil_query_parse (text);

  g_assert_cmpuint (completions->start, <=, completions->end);
  g_assert_true (is_boundary (cfoil_query_get_text (query), completions->start));
  g_assert_true (is_boundary (cfoil_query_get_text (query), completions->end));
  g_assert_true (g_utf8_validate (completions->prefix, -1, NULL));
  g_assert_true (completions->kind != CFOIL_COMPLETE_FIELDS || completions->offers->len > 0);
}

static void
test_garbage (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = random_text (25, TRUE);
      g_autoptr (CfoilQuery) query = cfoil_query_parse (text);
      g_autoptr (CfoilQuery) again = cfoil_query_parse (cfoil_query_get_text (query));

      g_assert_true (g_utf8_validate (cfoil_query_get_text (query), -1, NULL));
      g_assert_true (cfoil_query_equal (query, again));
      check_terms (query);
      check_mistakes (query);
      check_changes (query);
      check_completion (text, (guint) g_test_rand_int_range (0, 60));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-random/terms", test_terms);
  g_test_add_func ("/query-random/garbage", test_garbage);
  return g_test_run ();
}
