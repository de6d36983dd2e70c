/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan-mirror.h"

#include "cfoil-period.h"
#include "cfoil-scan.h"
#include "cfoil-summary.h"
#include "cfoil-types.h"

#include <string.h>

/* The daily sums are what the search finds: of any period, type and currency, in any zone,
 * the query that cfoil-summary.h names comes to the same. */

#ifdef __SANITIZE_ADDRESS__
#define N_ROWS 2000
#define N_QUERIES 60
#else
#define N_ROWS 4000
#define N_QUERIES 250
#endif

static const char *const zones[] = { "UTC", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata" };

typedef struct
{
  char *currency;
  gint64 n_done, gross_minor, fee_minor, net_minor, n_unsettled;
} Sum;

static void
clear_sum (gpointer data)
{
  g_free (((Sum *) data)->currency);
}

/* By currency. */
static GArray *
read_sums (CfoilDatabase     *database,
           const CfoilPeriod *period,
           CfoilType          type,
           gboolean           by_store)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilStatement) rows = NULL;
  GArray *sums = g_array_new (FALSE, FALSE, sizeof (Sum));

  g_array_set_clear_func (sums, clear_sum);
  sql = g_strdup_printf ("SELECT currency, sum (n_done), sum (gross_minor), sum (fee_minor), sum (net_minor), sum (n_unsettled) FROM daily "
                         "WHERE day >= %d AND day < %d AND type = %d %s GROUP BY currency HAVING sum (n_done) > 0 ORDER BY currency",
                         period->first_day, period->end_day, type, by_store ? "AND store_id > 0" : "");
  rows = cfoil_database_prepare (database, sql, &error);
  g_assert_no_error (error);
  while (cfoil_statement_step (rows, &error) == CFOIL_STEP_ROW)
    {
      Sum sum = { g_strdup (cfoil_statement_column_text (rows, 0)), cfoil_statement_column_int64 (rows, 1),
                  cfoil_statement_column_int64 (rows, 2), cfoil_statement_column_int64 (rows, 3), cfoil_statement_column_int64 (rows, 4),
                  cfoil_statement_column_int64 (rows, 5) };

      g_array_append_val (sums, sum);
    }
  g_assert_no_error (error);
  return sums;
}

static void
compare (CfoilDatabase     *database,
         GTimeZone         *zone,
         const CfoilPeriod *period,
         CfoilType          type,
         gboolean           by_store)
{
  static const char *const states[CFOIL_N_TYPES] = {
    [CFOIL_TYPE_CHARGE] = " state:captured,posted",
    [CFOIL_TYPE_REFUND] = " state:refunded,posted",
  };
  g_autofree char *days = cfoil_period_to_query (period);
  g_autofree char *text = g_strdup_printf ("type:%s%s %s%s", cfoil_type_to_string (type), states[type] != NULL ? states[type] : "", days,
                                           by_store ? " has:store" : "");
  g_autoptr (CfoilQuery) query = cfoil_query_parse (text);
  g_autoptr (GArray) sums = read_sums (database, period, type, by_store);
  const CfoilScanTime time = { zone, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilScanResult) found = cfoil_scan (database, NULL, query, &cfoil_sort_default, &time, NULL, &error);

  g_assert_no_error (error);
  g_test_message ("%s", text);
  g_assert_cmpuint (cfoil_query_get_n_terms (query), >=, 1);
  g_assert_cmpuint (found->totals->len, ==, sums->len);
  for (guint i = 0; i < sums->len; i++)
    {
      const Sum *sum = &g_array_index (sums, Sum, i);
      const CfoilTotal *total = &g_array_index (found->totals, CfoilTotal, i);

      g_assert_cmpstr (total->currency, ==, sum->currency);
      g_assert_cmpint ((gint64) total->n_rows, ==, sum->n_done);
      g_assert_cmpint (total->gross_minor, ==, sum->gross_minor);
      g_assert_cmpint (total->fee_minor, ==, sum->fee_minor);
      g_assert_cmpint (total->net_minor, ==, sum->net_minor);
      g_assert_cmpint ((gint64) total->n_unknown_fees, ==, sum->n_unsettled);
    }
}

static CfoilPeriod
any_period (void)
{
  gint32 from = (gint32) (SCAN_MIRROR_FROM_US / CFOIL_USEC_PER_DAY) - 40, until = (gint32) (SCAN_MIRROR_UNTIL_US / CFOIL_USEC_PER_DAY) + 40;
  gint32 first = g_test_rand_int_range (from, until);
  CfoilPeriod period = { CFOIL_PERIOD_DAYS, first, first + g_test_rand_int_range (1, 500) };

  if (g_test_rand_int_range (0, 4) == 0)
    cfoil_period_init (&period, (CfoilPeriodKind) g_test_rand_int_range (CFOIL_PERIOD_MONTH, CFOIL_PERIOD_YEAR + 1), first);
  else if (g_test_rand_int_range (0, 20) == 0)
    period = (CfoilPeriod){ CFOIL_PERIOD_ALL, CFOIL_DAY_MIN, CFOIL_DAY_MAX + 1 };
  return period;
}

static void
test_equal (void)
{
  g_autoptr (TestMirror) mirror = scan_mirror_new (N_ROWS);
  guint n_zones = 0;

  /* Fee and net become known together; only a test makes others. */
  test_exec (mirror->mirror, "UPDATE txn SET fee_minor = NULL, net_minor = NULL WHERE (fee_minor IS NULL) <> (net_minor IS NULL)");
  test_remake_columns (mirror->mirror);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[i]);
      g_autoptr (CfoilDatabase) reader = NULL;
      g_autoptr (GTimeZone) stored = NULL;
      g_autoptr (GError) error = NULL;

      if (zone == NULL)
        continue;
      n_zones++;
      cfoil_summary_set_zone_sync (mirror->mirror, zones[i], &error);
      g_assert_no_error (error);
      reader = cfoil_mirror_open_reader (mirror->mirror, &error);
      g_assert_no_error (error);
      stored = cfoil_summary_get_zone (reader, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (g_time_zone_get_identifier (stored), ==, zones[i]);
      for (guint n = 0; n < N_QUERIES; n++)
        {
          CfoilPeriod period = any_period ();

          compare (reader, stored, &period, (CfoilType) g_test_rand_int_range (0, CFOIL_N_TYPES), n % 5 == 0);
        }
    }
  g_assert_cmpuint (n_zones, >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/period-sums/equal", test_equal);

  return g_test_run ();
}
