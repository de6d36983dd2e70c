/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summary-naive.h"

#include "cfoil-summary.h"

#include <stdlib.h>
#include <string.h>

/* --- the naive addition --- */

#define N_NUMBERS 8

static void
add (GHashTable *sums,
     const char *key,
     guint       i,
     gint64      number)
{
  gint64 *numbers = g_hash_table_lookup (sums, key);

  if (numbers == NULL)
    {
      numbers = g_new0 (gint64, N_NUMBERS);
      g_hash_table_insert (sums, g_strdup (key), numbers);
    }
  numbers[i] += number;
}

/* A line per key, in some order that is always the same. */
static char *
print_sums (GHashTable *sums,
            guint       n_numbers)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (sums), (GCompareFunc) strcmp);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      const gint64 *numbers = g_hash_table_lookup (sums, l->data);

      g_string_append (text, l->data);
      for (guint i = 0; i < n_numbers; i++)
        g_string_append_printf (text, "|%" G_GINT64_FORMAT, numbers[i]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static int
compare_lines (const void *a,
               const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
sort_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  return g_strjoinv ("\n", lines);
}

/* By the clock on the wall, as GLib shows it. */
static void
find_day (GTimeZone *zone,
          gint64     us,
          int       *day,
          int       *hour)
{
  gint64 seconds = us / G_USEC_PER_SEC - (us % G_USEC_PER_SEC < 0 ? 1 : 0);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local), (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  *day = (int) g_date_get_julian (&date) - 719163;
  *hour = g_date_time_get_hour (local);
}

/* Column numbers of naive_sql. */
enum { ACCOUNT, CURRENCY, TYPE, STORE, TIME, DONE, DECLINED, GROSS, FEE, NET, SETTLEMENT };

static const char naive_sql[] =
  "SELECT t.account_id, coalesce (t.currency, ''), t.type, coalesce (t.store_id, p.store_id, 0), t.sort_us, "
  "CASE WHEN t.type = 1 THEN n.name IN ('captured', 'posted') WHEN t.type = 2 THEN n.name IN ('refunded', 'posted') "
  "ELSE t.posted_us IS NOT NULL END, n.name = 'declined', t.gross_minor, t.fee_minor, t.net_minor, t.settlement_id "
  "FROM txn AS t JOIN state_name AS n USING (state) "
  "LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id";

typedef struct
{
  GHashTable *daily, *hourly, *settled;
  GHashTable *amounts; /* how often an amount is there on a day */
} Naive;

static void
add_naively (const Naive *naive,
             GTimeZone   *zone,
             char       **cells)
{
  GHashTable *daily = naive->daily;
  gint64 gross = g_ascii_strtoll (cells[GROSS], NULL, 10);
  g_autofree char *key = NULL;
  g_autofree char *hour_key = NULL;
  g_autofree char *settled_key = NULL;
  g_autofree char *amount_key = NULL;
  int day, hour;

  find_day (zone, g_ascii_strtoll (cells[TIME], NULL, 10), &day, &hour);
  key = g_strdup_printf ("%s|%s|%d|%s|%s", cells[ACCOUNT], cells[CURRENCY], day, cells[TYPE], cells[STORE]);
  add (daily, key, 0, 1);
  add (daily, key, 2, *cells[DECLINED] == '1');
  if (*cells[DONE] != '1')
    return;
  add (daily, key, 1, 1);
  add (daily, key, 3, *cells[FEE] == '~');
  add (daily, key, 4, gross);
  add (daily, key, 5, *cells[FEE] == '~' ? 0 : g_ascii_strtoll (cells[FEE], NULL, 10));
  add (daily, key, 6, *cells[NET] == '~' ? 0 : g_ascii_strtoll (cells[NET], NULL, 10));
  add (daily, key, 7, *cells[FEE] == '~' ? gross : 0);
  if (!g_str_equal (cells[TYPE], "1"))
    return;
  hour_key = g_strdup_printf ("%s|%s|%d|%d", cells[ACCOUNT], cells[CURRENCY], day, hour);
  add (naive->hourly, hour_key, 0, 1);
  add (naive->hourly, hour_key, 1, gross);
  settled_key = g_strdup_printf ("%s|%s|%d|%s", cells[ACCOUNT], cells[CURRENCY], day, cells[SETTLEMENT]);
  if (!g_str_equal (cells[SETTLEMENT], "~"))
    add (naive->settled, settled_key, 0, 1);
  amount_key = g_strdup_printf ("%s|%s|%d|%" G_GINT64_FORMAT, cells[ACCOUNT], cells[CURRENCY], day, gross);
  add (naive->amounts, amount_key, 0, 1);
}

/* The amounts of a day, as the format says that they are packed. */
static void
add_packed (GHashTable *amounts,
            const char *day,
            const char *hex)
{
  guint64 value = 0, amount = 0;
  gboolean is_first = TRUE;
  guint shift = 0;

  for (; *hex != '\0'; hex += 2)
    {
      guint byte = (guint) g_ascii_xdigit_value (hex[0]) * 16 + (guint) g_ascii_xdigit_value (hex[1]);

      value |= (guint64) (byte & 0x7f) << shift;
      shift += 7;
      if (byte < 0x80)
        {
          g_autofree char *key = NULL;

          amount = is_first ? (value % 2 == 0 ? value / 2 : -(value / 2) - 1) : amount + value;
          key = g_strdup_printf ("%s|%" G_GINT64_FORMAT, day, (gint64) amount);
          add (amounts, key, 0, 1);
          is_first = FALSE;
          value = shift = 0;
        }
    }
}

static void
check_table (CfoilMirror *mirror,
             const char  *table,
             GHashTable  *sums,
             guint        n_numbers)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", table);
  g_autofree char *dump = test_dump (mirror, sql);
  g_autofree char *found = sort_lines (dump);
  g_autofree char *printed = print_sums (sums, n_numbers);
  g_autofree char *expected = sort_lines (printed);

  g_assert_cmpstr (found, ==, expected);
}

static void
check_amounts (CfoilMirror *mirror,
               GHashTable  *expected)
{
  g_autoptr (GHashTable) amounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *dump = test_dump (mirror, "SELECT account_id || '|' || currency || '|' || day, hex (amounts) FROM daily_amount");
  g_auto (GStrv) lines = g_strsplit (dump, "\n", -1);
  g_autofree char *found = NULL;
  g_autofree char *wanted = print_sums (expected, 1);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      {
        char *hex = strrchr (*line, '|');

        *hex = '\0';
        add_packed (amounts, *line, hex + 1);
      }
  found = print_sums (amounts, 1);
  g_assert_cmpstr (found, ==, wanted);
}

/* The payment of each case, looked for in the views. */
static void
check_case_payments (CfoilMirror *mirror)
{
  g_autofree char *found = test_dump (mirror, "SELECT * FROM case_payment ORDER BY case_id");
  g_autofree char *wanted =
    test_dump (mirror, "SELECT c.case_id, t.txn_id, t.sort_us, t.currency, max (t.dispute_id IS NOT NULL, (SELECT count (*) > 0 "
                       "FROM dispute AS d WHERE d.account_id = t.account_id AND d.charge_id = t.transaction_id)) "
                       "FROM txn AS t, dispute_case AS c JOIN state_name AS n USING (state) "
                       "WHERE c.account_id = t.account_id AND c.charge_id = t.transaction_id AND t.type = 1 "
                       "AND n.name IN ('captured', 'posted') ORDER BY c.case_id");

  g_assert_cmpstr (found, ==, wanted);
}

gint64
summary_count_wrong (CfoilMirror *mirror)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, &error);
  gint64 n_wrong = -1;

  g_assert_no_error (error);
  cfoil_summary_check (reader, NULL, &n_wrong, &error);
  g_assert_no_error (error);
  return n_wrong;
}

static GTimeZone *
get_zone (CfoilMirror *mirror)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, NULL);
  g_autoptr (GError) error = NULL;
  GTimeZone *zone = cfoil_summary_get_zone (reader, &error);

  g_assert_no_error (error);
  return zone;
}

void
summary_naive_check (CfoilMirror *mirror)
{
  g_autoptr (GTimeZone) zone = get_zone (mirror);
  g_autoptr (GHashTable) daily = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) hourly = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) settled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) amounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Naive naive = { daily, hourly, settled, amounts };
  g_autofree char *rows = test_dump (mirror, naive_sql);
  g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
  g_autofree char *kept = test_dump (mirror, "SELECT * FROM settlement_sum ORDER BY settlement_id, currency, type");
  g_autofree char *made = test_dump (mirror, "SELECT settlement_id, currency, type, count (*), sum (amount_minor + fee_minor <> net_minor), "
                                             "sum (amount_minor), sum (fee_minor), sum (net_minor) FROM settlement_line "
                                             "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3");

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      {
        g_auto (GStrv) cells = g_strsplit (*line, "|", -1);

        add_naively (&naive, zone, cells);
      }
  check_table (mirror, "daily", daily, N_NUMBERS);
  check_table (mirror, "hourly", hourly, 2);
  check_table (mirror, "daily_settled", settled, 1);
  check_amounts (mirror, amounts);
  check_case_payments (mirror);
  g_assert_cmpstr (kept, ==, made);
  g_assert_cmpint (summary_count_wrong (mirror), ==, 0);
}

/* FALSE: this machine does not know it. */
gboolean
summary_set_zone (CfoilMirror *mirror,
                  const char  *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  g_autoptr (GError) error = NULL;

  if (zone == NULL)
    {
      g_test_message ("No zone %s on this machine", name);
      return FALSE;
    }
  cfoil_summary_set_zone_sync (mirror, name, &error);
  g_assert_no_error (error);
  return TRUE;
}
