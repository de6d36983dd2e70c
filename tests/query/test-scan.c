/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "naive-scan.h"
#include "scan-mirror.h"

#include "cfoil-currency.h"
#include "cfoil-money.h"

#include <string.h>

/* Random queries, orders and windows over a mirror of random rows, each answered twice:
 * by cfoil_scan () and by naive-scan.c.  GLib prints the seed, --seed repeats a run. */

#ifdef __SANITIZE_ADDRESS__
#define N_ROWS 3500
#define N_QUERIES 600
#else
#define N_ROWS 5500
#define N_QUERIES 2500
#endif
#define N_SLOW_QUERIES 30000

typedef struct
{
  TestMirror *mirror;      /* (owned) */
  CfoilDatabase *database; /* (owned) */
  CfoilScanCache *cache;   /* (owned) */
  GArray *rows;            /* (owned): NaiveRow */
} Fixture;

/* One for all tests. */
static Fixture *
fixture_new (void)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;

  fixture->mirror = scan_mirror_new (N_ROWS);
  fixture->database = cfoil_mirror_open_reader (fixture->mirror->mirror, &error);
  g_assert_no_error (error);
  fixture->cache = cfoil_scan_cache_new (fixture->mirror->mirror);
  fixture->rows = naive_read_rows (fixture->mirror->mirror);
  /* An account was removed again, with how many of them is left to chance. */
  g_assert_cmpuint (fixture->rows->len, >, N_ROWS / 8);
  return fixture;
}

static void
fixture_free (Fixture *fixture)
{
  cfoil_database_close (fixture->database);
  cfoil_scan_cache_unref (fixture->cache);
  g_array_unref (fixture->rows);
  test_mirror_free (fixture->mirror);
  g_free (fixture);
}

/* --- random queries --- */

static guint
below (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

static gboolean
one_in (guint n)
{
  return below (n) == 0;
}

static const NaiveRow *
any_row (const Fixture *fixture)
{
  return &g_array_index (fixture->rows, NaiveRow, below (fixture->rows->len));
}

static CfoilField
any_field (gboolean (*is_wanted) (CfoilField field))
{
  for (;;)
    {
      CfoilField field = below (CFOIL_N_FIELDS);

      if (is_wanted (field) && cfoil_query_field_name (field) != NULL)
        return field;
    }
}

static gboolean
is_of_any_kind (CfoilField field)
{
  return TRUE;
}

static gboolean
is_searched_text (CfoilField field)
{
  return naive_is_text (field) && cfoil_field_get_info (field)->is_searched;
}

static gboolean
is_free_text (CfoilField field)
{
  return naive_is_text (field) && cfoil_field_get_info (field)->kind != CFOIL_FIELD_KIND_CODE;
}

static gboolean
is_code (CfoilField field)
{
  return cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_CODE;
}

static gboolean
is_money (CfoilField field)
{
  return cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_MONEY;
}

static gboolean
is_time (CfoilField field)
{
  return cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_TIME;
}

/* Part of a text of some row: its beginning, a word's, any part or all; sometimes as
 * nobody wrote it. */
static char *
random_part (const Fixture *fixture,
             gboolean (*is_wanted) (CfoilField field))
{
  const char *text = "";
  glong length, from = 0, n;

  for (guint i = 0; i < 20 && *text == '\0'; i++)
    text = any_row (fixture)->said[any_field (is_wanted)];
  if (one_in (8))
    return g_strdup (one_in (2) ? "C0" : one_in (2) ? "\u0301" : "nobody");
  length = g_utf8_strlen (text, -1);
  if (length == 0 || one_in (6))
    return *text == '\0' ? g_strdup ("x") : g_strdup (text);
  if (one_in (2))
    from = (glong) below ((guint) length);
  n = one_in (2) ? 4 : 40;
  n = 1 + (glong) below ((guint) MIN (length - from, n));
  return g_utf8_substring (text, from, from + n);
}

static void
append_quoted (GString    *query,
               const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  g_string_append_printf (query, "\"%s\"", doubled);
}

static void
append_word (const Fixture *fixture,
             GString       *query)
{
  g_autofree char *part = random_part (fixture, is_searched_text);

  if (one_in (4))
    {
      g_autofree char *id = g_strdup (any_row (fixture)->said[one_in (2) ? CFOIL_FIELD_TRANSACTION_ID : CFOIL_FIELD_PERMISSION_ID]);

      if (*id != '\0')
        {
          g_string_append (query, id);
          return;
        }
    }
  if (one_in (4))
    {
      g_autofree char *other_case = one_in (2) ? g_utf8_strup (part, -1) : g_utf8_strdown (part, -1);

      append_quoted (query, other_case);
    }
  else
    append_quoted (query, part);
}

static void
append_values (const Fixture *fixture,
               GString       *query)
{
  CfoilField field = any_field (one_in (3) ? is_code : is_free_text);

  g_string_append_printf (query, "%s:", cfoil_query_field_name (field));
  for (guint i = 0, n = 1 + below (3); i < n; i++)
    {
      g_autofree char *value = NULL;

      if (is_code (field))
        value = g_strdup (cfoil_field_code_name (field, below (cfoil_field_n_codes (field))));
      else
        {
          const char *text = any_row (fixture)->said[field];

          value = *text == '\0' || one_in (10) ? g_strdup ("zz") : g_utf8_substring (text, 0, 1 + below ((guint) g_utf8_strlen (text, -1)));
          if (one_in (3) && g_utf8_strlen (value, -1) > 2)
            memmove (value, g_utf8_next_char (value), strlen (g_utf8_next_char (value)) + 1);
        }
      if (i > 0)
        g_string_append_c (query, ',');
      append_quoted (query, value);
    }
}

/* An amount of some row, or close to one. */
static char *
random_number (const Fixture *fixture,
               CfoilField     field)
{
  const NaiveRow *row = any_row (fixture);
  int exponent = cfoil_currency_exponent (row->said[CFOIL_FIELD_CURRENCY]);
  gint64 value = row->numbers[field];
  char text[CFOIL_MONEY_BUFFER];

  if (value == CFOIL_UNKNOWN || ABS (value) >= CFOIL_MONEY_MAX / 10 || one_in (5))
    value = g_test_rand_int_range (-300, 3000);
  else if (one_in (4))
    value += g_test_rand_int_range (-1, 2);
  cfoil_money_format (text, value, field == CFOIL_FIELD_RISK_SCORE ? 0 : field == CFOIL_FIELD_FEE_RATE ? 4 : MAX (exponent, 0));
  if (one_in (10))
    return g_strconcat (text, strchr (text, '.') == NULL ? ".5" : "5", NULL);
  return g_strdup (text);
}

static void
append_range (const Fixture *fixture,
              GString       *query)
{
  CfoilField field = one_in (5) ? one_in (2) ? CFOIL_FIELD_FEE_RATE : CFOIL_FIELD_RISK_SCORE : any_field (is_money);
  g_autofree char *a = random_number (fixture, field), *b = random_number (fixture, field);
  static const char *const marks[] = { ">", ">=", "<", "<=", "=", "" };

  g_string_append_printf (query, "%s:", cfoil_query_field_name (field));
  switch (below (4))
    {
    case 0:
      g_string_append_printf (query, "%s..%s", a, b);
      break;
    case 1:
      g_string_append_printf (query, one_in (2) ? "%s.." : "..%s", a);
      break;
    default:
      g_string_append_printf (query, "%s%s", marks[below (G_N_ELEMENTS (marks))], a);
      break;
    }
}

static char *
random_day (void)
{
  guint year = 2023 + below (5), month = 1 + below (12), day = 1 + below (28);

  return one_in (3) ? g_strdup_printf ("%u", year)
                    : one_in (2) ? g_strdup_printf ("%u-%02u", year, month) : g_strdup_printf ("%u-%02u-%02u", year, month, day);
}

static void
append_span (GString *query)
{
  static const char *const words[] = {
    "today", "yesterday", "last30d", "last365d", "next7d", "next90d", "thismonth", "lastmonth", "thisyear", "lastyear", "today-5", ">today-40",
    "<thismonth",
  };
  g_autofree char *from = random_day (), *until = random_day ();

  g_string_append_printf (query, "%s:", cfoil_query_field_name (any_field (is_time)));
  switch (below (5))
    {
    case 0:
      g_string_append (query, words[below (G_N_ELEMENTS (words))]);
      break;
    case 1:
      g_string_append_printf (query, "%s..%s", from, until);
      break;
    case 2:
      g_string_append_printf (query, "%s%s", one_in (2) ? ">" : "<", from);
      break;
    case 3:
      g_string_append_printf (query, "%s%s", one_in (2) ? ">=" : "<=", from);
      break;
    default:
      g_string_append (query, from);
      break;
    }
}

static void
append_term (const Fixture *fixture,
             GString       *query)
{
  g_string_append (query, query->len > 0 ? " " : "");
  if (one_in (4))
    g_string_append_c (query, '-');
  switch (below (8))
    {
    case 0:
    case 1:
      append_word (fixture, query);
      break;
    case 2:
    case 3:
      append_values (fixture, query);
      break;
    case 4:
      append_range (fixture, query);
      break;
    case 5:
      append_span (query);
      break;
    case 6:
      g_string_append_printf (query, "%s:%s", one_in (2) ? "has" : "no", cfoil_query_field_name (any_field (is_of_any_kind)));
      break;
    default:
      g_string_append_printf (query, "is:%s", cfoil_is_to_string (below (CFOIL_N_IS)));
      break;
    }
}

/* --- comparing --- */

static char *
describe_totals (GArray *totals)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < totals->len; i++)
    {
      const CfoilTotal *total = &g_array_index (totals, CfoilTotal, i);

      g_string_append_printf (text, "[%s] %" G_GUINT64_FORMAT " rows", total->currency, total->n_rows);
      if (total->is_overflown)
        g_string_append (text, ", void");
      else
        g_string_append_printf (text, " gross %" G_GINT64_FORMAT " fee %" G_GINT64_FORMAT " net %" G_GINT64_FORMAT " refunded %" G_GINT64_FORMAT
                                ", %" G_GUINT64_FORMAT " unknown",
                                total->gross_minor, total->fee_minor, total->net_minor, total->refunded_minor, total->n_unknown_fees);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
assert_same (const char            *what,
             const CfoilScanResult *result,
             const CfoilScanResult *expected)
{
  g_autofree char *totals = describe_totals (result->totals);
  g_autofree char *expected_totals = describe_totals (expected->totals);

  for (guint i = 0; i < MIN (result->ids->len, expected->ids->len); i++)
    if (g_array_index (result->ids, gint64, i) != g_array_index (expected->ids, gint64, i))
      g_error ("%s: at %u of %u stands row %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, what, i, expected->ids->len,
               g_array_index (result->ids, gint64, i), g_array_index (expected->ids, gint64, i));
  if (result->ids->len != expected->ids->len)
    g_error ("%s: %u rows, not %u", what, result->ids->len, expected->ids->len);
  if (result->n_outside != expected->n_outside)
    g_error ("%s: %u rows outside, not %u", what, result->n_outside, expected->n_outside);
  if (strcmp (totals, expected_totals) != 0)
    g_error ("%s: sums\n%snot\n%s", what, totals, expected_totals);
}

/* The sums of what a person selects: a stretch of the list, or single rows of it. */
static void
check_window (const Fixture         *fixture,
              const char            *what,
              const CfoilScanResult *result)
{
  guint first = below (result->ids->len + 1), n = below (result->ids->len - first + 1);
  const gint64 *ids = (const gint64 *) (gpointer) result->ids->data + first;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) totals = cfoil_scan_totals_of (fixture->database, ids, n, NULL, &error);
  g_autoptr (GArray) expected = naive_totals_of (fixture->rows, ids, n);
  g_autofree char *text = NULL, *expected_text = NULL;

  g_assert_no_error (error);
  text = describe_totals (totals);
  expected_text = describe_totals (expected);
  if (strcmp (text, expected_text) != 0)
    g_error ("%s: rows %u to %u add up to\n%snot\n%s", what, first, first + n, text, expected_text);
}

static void
check (const Fixture       *fixture,
       const char          *text,
       const CfoilSort     *sort,
       const CfoilScanTime *time)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse (text);
  g_autofree char *order = cfoil_sort_to_string (sort);
  g_autofree char *what = g_strdup_printf ("“%s” by %s, now %" G_GINT64_FORMAT " in %s", text, order, time->now_us,
                                           g_time_zone_get_identifier (time->zone));
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilScanResult) result =
    cfoil_scan (fixture->database, one_in (3) ? NULL : fixture->cache, query, sort, time, NULL, &error);
  g_autoptr (CfoilScanResult) expected = naive_scan (fixture->rows, query, sort, time);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  assert_same (what, result, expected);
  if (one_in (4))
    check_window (fixture, what, result);
}

static void
check_random (const Fixture *fixture,
              guint         *n_terms)
{
  static const char *const zones[] = { "UTC", "Europe/Berlin", "Asia/Tokyo", "America/St_Johns" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[below (G_N_ELEMENTS (zones))]);
  g_autoptr (GString) query = g_string_new (NULL);
  CfoilSort sort = { below (CFOIL_N_FIELDS), one_in (2) };
  CfoilScanTime time = { zone, one_in (2) ? any_row (fixture)->numbers[CFOIL_FIELD_TIME]
                                          : SCAN_MIRROR_FROM_US + (gint64) below (1000) * G_TIME_SPAN_DAY };

  for (guint i = 0, n = below (5); i < n; i++)
    append_term (fixture, query);
  check (fixture, query->str, &sort, &time);
  *n_terms += query->len > 0;
}

static void
test_random (gconstpointer data)
{
  const Fixture *fixture = data;
  guint n = g_test_slow () ? N_SLOW_QUERIES : N_QUERIES, n_asked = 0;

  for (guint i = 0; i < n; i++)
    check_random (fixture, &n_asked);
  g_assert_cmpuint (n_asked, >, n / 2);
}

/* Every field, both ways, over all rows. */
static void
test_orders (gconstpointer data)
{
  const Fixture *fixture = data;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, SCAN_MIRROR_UNTIL_US };

  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    for (guint way = 0; way < 2; way++)
      {
        CfoilSort sort = { field, way };

        check (fixture, "", &sort, &time);
      }
}

/* What was found wrong once, and what chance hardly meets. */
static void
test_special (gconstpointer data)
{
  const Fixture *fixture = data;
  static const char *const queries[] = {
    "\u0301", "buyer:\"\u0301\"", "id:\"\u0301\"", "store:\"\u0301\"", "-\u0301", "payout:\"\u0301\"", "has:payout", "no:payout", "has:settled",
    "amount:999999999999999", "amount:<-999999999999999", "-amount:>0.0000001", "amount:>=0.000000000001", "amount:..", "date:9999", "date:<0001", "weekday:monday", "-weekday:sat..sun hour:22..5",
    "hour:0 state:captured", "hour:23 -weekday:friday",
    "date:>9999", "-date:9999-12-31", "date:next9999d", "rate:2.5", "rate:>2.5%", "settlement:P01", "settlement:90", "P0", "p01", "C00001 has:note",
    "type:charge,refund state:captured -is:refunded", "tag:vip,to", "tag:\"to check\"", "\",vip\"", "flags:1", "has:flags",
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, SCAN_MIRROR_UNTIL_US };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    check (fixture, queries[i], &cfoil_sort_default, &time);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* A value is found by what is shown of it. */
static void
test_as_shown (gconstpointer data)
{
  const Fixture *fixture = data;
  static const char *const queries[] = { "tag:\"\u00c9t\u00e9, vip\"", "note:\"two lines\"", "\"two lines\"", "note:\"zwei zeilen\"" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, SCAN_MIRROR_UNTIL_US };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (queries[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilScanResult) result =
        cfoil_scan (fixture->database, fixture->cache, query, &cfoil_sort_default, &time, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (result->ids->len, >, 0);
    }
}

/* Each tag by itself, as it was written. */
static void
test_tags (gconstpointer data)
{
  const Fixture *fixture = data;
  static const struct
  {
    const char *prefix;
    const char *tags; /* in order of their letters */
  } cases[] = {
    { "", "to check|vip|\u00c9t\u00e9" },
    { "v", "vip" },
    { "\u00e9T", "\u00c9t\u00e9" },
    { "check", "" },
    { ",", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) tags = cfoil_scan_values (fixture->database, CFOIL_FIELD_TAGS, cases[i].prefix, 10, NULL, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_ptr_array_sort (tags, compare_texts);
      g_ptr_array_add (tags, NULL);
      text = g_strjoinv ("|", (char **) tags->pdata);
      g_assert_cmpstr (text, ==, cases[i].tags);
    }
}

/* A pasted id is found although the rest of the query would hide it. */
static void
test_pasted_ids (gconstpointer data)
{
  const Fixture *fixture = data;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, SCAN_MIRROR_UNTIL_US };

  for (guint i = 0; i < 60; i++)
    {
      static const CfoilField fields[] = {
        CFOIL_FIELD_TRANSACTION_ID, CFOIL_FIELD_PERMISSION_ID, CFOIL_FIELD_CHARGE_ID, CFOIL_FIELD_REFERENCE, CFOIL_FIELD_DISPUTE_ID,
      };
      const NaiveRow *row = any_row (fixture);
      const char *id = row->said[fields[i % G_N_ELEMENTS (fields)]];
      g_autofree char *query = g_strdup_printf ("%s date:1999%s", id, i % 2 == 0 ? " state:captured" : "");
      g_autoptr (CfoilQuery) parsed = cfoil_query_parse (query);
      g_autoptr (CfoilScanResult) result = NULL;

      if (strlen (id) < 8 || strchr (id, ' ') != NULL)
        continue;
      check (fixture, query, &cfoil_sort_default, &time);
      result = cfoil_scan (fixture->database, NULL, parsed, &cfoil_sort_default, &time, NULL, NULL);
      g_assert_cmpuint (result->n_outside, >, 0);
    }
}

/* --- sums that are no numbers any more --- */

static void
test_overflow (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilQuery) query = cfoil_query_parse ("");
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) database = NULL;
  g_autoptr (CfoilScanResult) result = NULL;
  g_autofree char *totals = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i);
      CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, i % 2 == 0 ? G_MAXINT64 / 4 : 1);

      line.currency = i % 2 == 0 ? "EUR" : "USD";
      line.row_number = i + 1;
      test_put_line (mirror->writer, &line);
    }
  test_commit (mirror->writer);
  database = cfoil_mirror_open_reader (mirror->mirror, &error);
  g_assert_no_error (error);
  result = cfoil_scan (database, NULL, query, &cfoil_sort_default, &time, NULL, &error);
  g_assert_no_error (error);
  totals = describe_totals (result->totals);
  g_assert_cmpstr (totals, ==, "[EUR] 10 rows, void\n[USD] 10 rows gross 10 fee 0 net 10 refunded 0, 0 unknown\n");
}

static void
test_nothing (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilQuery) query = cfoil_query_parse ("anna amount:>5");
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror->mirror, &error);

  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      CfoilSort sort = { field, FALSE };
      g_autoptr (CfoilScanResult) result = cfoil_scan (database, NULL, query, &sort, &time, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (result->ids->len + result->totals->len + result->n_outside, ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  Fixture *fixture;
  int result;

  g_test_init (&argc, &argv, NULL);

  fixture = fixture_new ();
  g_test_add_data_func ("/scan/orders", fixture, test_orders);
  g_test_add_data_func ("/scan/special", fixture, test_special);
  g_test_add_data_func ("/scan/as-shown", fixture, test_as_shown);
  g_test_add_data_func ("/scan/tags", fixture, test_tags);
  g_test_add_data_func ("/scan/pasted-ids", fixture, test_pasted_ids);
  g_test_add_data_func ("/scan/random", fixture, test_random);
  g_test_add_func ("/scan/overflow", test_overflow);
  g_test_add_func ("/scan/nothing", test_nothing);

  result = g_test_run ();
  fixture_free (fixture);
  return result;
}
