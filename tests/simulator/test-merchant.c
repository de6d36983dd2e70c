/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-fixture.h"

#include "simulator-catalogue.h"
#include "simulator-report-writer.h"
#include "simulator-stream.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

typedef struct {
  gint64 count;
  gint64 amount;
  gint64 fee;
} Sum;

/* A small reader of our own: fields are quoted, quotes are doubled. */
static GPtrArray *
read_row (const char **text)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);
  const char *p = *text;

  while (*p == '"')
    {
      GString *field = g_string_new (NULL);

      for (p++; *p != '"' || p[1] == '"'; p++)
        {
          g_assert_cmpint (*p, !=, '\0');
          if (*p == '"')
            p++;
          g_string_append_c (field, *p);
        }
      g_ptr_array_add (row, g_string_free (field, FALSE));
      p++;
      if (*p == ',')
        p++;
    }
  g_assert_cmpint (*p, ==, '\n');
  *text = p + 1;
  return row;
}

static gint64
amount_of (GPtrArray *row,
           guint      column)
{
  g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (row, column), ".", 2);
  g_autofree char *digits = g_strconcat (parts[0], parts[1], NULL);
  gint64 value;

  g_assert_true (g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, &value, NULL));
  return value;
}

/* Adds the rows of one settlement document to @sums; returns the net of it
 * without the transfers, and these in @transfers. */
static void
add_document (const char *text,
              GHashTable *sums,
              gint64     *net,
              gint64     *transfers)
{
  g_autofree char *before = NULL;

  g_assert_true (g_str_has_prefix (text, "\xEF\xBB\xBF\"Amazon Payments Advanced\",\n\"Settlement Report\",\n\"SellerId\",\""));
  text += 3;
  for (guint i = 0; i < 6; i++)
    g_ptr_array_unref (read_row (&text));
  *net = *transfers = 0;
  while (*text != '\0')
    {
      g_autoptr (GPtrArray) row = read_row (&text);
      g_autofree char *name = NULL;
      Sum *sum;

      g_assert_cmpuint (row->len, ==, 15);
      g_assert_cmpint (amount_of (row, 11) + amount_of (row, 12), ==, amount_of (row, 13));
      g_assert_cmpint (amount_of (row, 10) + amount_of (row, 13), ==, amount_of (row, 14));
      if (strcmp (g_ptr_array_index (row, 4), "Transfer") == 0)
        *transfers += amount_of (row, 10);
      else
        *net += amount_of (row, 14);
      name = g_strdup_printf ("%s %s", (char *) g_ptr_array_index (row, 8), (char *) g_ptr_array_index (row, 4));
      sum = g_hash_table_lookup (sums, name);
      if (sum == NULL)
        {
          sum = g_new0 (Sum, 1);
          g_hash_table_insert (sums, g_strdup (name), sum);
        }
      sum->count++;
      sum->amount += amount_of (row, 10);
      sum->fee += amount_of (row, 13);
    }
}

static void
compare_totals (SimFixture *fixture,
                GHashTable *sums)
{
  g_autoptr (SimReply) totals = sim_control (fixture, "GET", "totals", NULL);
  JsonArray *list = json_node_get_array (totals->json);

  g_assert_cmpuint (json_array_get_length (list), ==, g_hash_table_size (sums));
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *total = json_array_get_object_element (list, i);
      g_autofree char *name = g_strdup_printf ("%s %s", json_object_get_string_member (total, "currency"),
                                               json_object_get_string_member (total, "type"));
      const Sum *sum = g_hash_table_lookup (sums, name);

      g_assert_nonnull (sum);
      g_assert_cmpint (sum->count, ==, json_object_get_int_member (total, "count"));
      g_assert_cmpint (sum->amount, ==, json_object_get_int_member (total, "amountMinor"));
      g_assert_cmpint (sum->fee, ==, json_object_get_int_member (total, "feeMinor"));
      g_assert_cmpint (sum->amount + sum->fee, ==, json_object_get_int_member (total, "netMinor"));
    }
}

/* Without its transfers a settlement comes to what is paid for it, to the
 * cent; what is paid is transferred in its own file or in the next one. */
static void
check_live (CfoilSimRegion region,
            guint64        seed)
{
  const CfoilSimOptions options = sim_options (region, FALSE, seed, 900, 90);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  const CfoilSimMerchant *merchant = fixture->service->merchant;
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64 balance[CFOIL_SIM_N_CURRENCIES] = { 0 };

  g_assert_cmpuint (merchant->settlements->len, >, 3);
  for (guint i = 0; i < fixture->service->reports->reports->len; i++)
    {
      const CfoilSimReport *report = g_ptr_array_index (fixture->service->reports->reports, i);
      const CfoilSimSettlement *settlement;
      g_autoptr (GBytes) document = NULL;
      gint64 net;
      gint64 transfers;

      if (report->settlement == 0 || !cfoil_sim_reports_serves (fixture->service->reports, report))
        continue;
      settlement = g_ptr_array_index (merchant->settlements, report->settlement - 1);
      document = cfoil_sim_report_document (fixture->service->reports, report);
      {
        g_autofree char *text = g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document));

        add_document (text, sums, &net, &transfers);
      }
      g_assert_cmpint (net, ==, settlement->paid);
      balance[settlement->currency] += net + transfers;
      g_assert_true (balance[settlement->currency] == 0 || balance[settlement->currency] == settlement->paid);
    }
  compare_totals (fixture, sums);
}

static void
test_live (void)
{
  static const guint64 seeds[] = { 1, 7, 8, 4711 };

  for (guint region = 0; region < 3; region++)
    for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
      check_live (region, seeds[i]);
}

static void
test_sandbox (void)
{
  for (guint region = 0; region < 3; region++)
    {
      const CfoilSimOptions options = sim_options (region, TRUE, 7, 600, 60);
      g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
      g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      guint rows;
      g_autoptr (GBytes) document = cfoil_sim_document_build (fixture->service->merchant, CFOIL_SIM_REPORT_SANDBOX_SETTLEMENT, 0,
                                                              0, cfoil_sim_merchant_now (fixture->service->merchant), &rows);
      g_autofree char *text = g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document));
      gint64 net;
      gint64 transfers;

      add_document (text, sums, &net, &transfers);
      g_assert_cmpint (transfers, ==, 0);
      compare_totals (fixture, sums);
    }
}

static char *
fingerprint (const CfoilSimOptions *options)
{
  g_autoptr (CfoilSimMerchant) merchant = cfoil_sim_merchant_new (options);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint type = 0; type < CFOIL_SIM_N_REPORT_TYPES; type++)
    {
      guint rows;
      g_autoptr (GBytes) document = cfoil_sim_document_build (merchant, type, 1, 0, options->until, &rows);

      g_checksum_update (checksum, g_bytes_get_data (document, NULL), (gssize) g_bytes_get_size (document));
    }
  for (guint i = 0; i < merchant->disputes->len; i++)
    g_checksum_update (checksum, (const guchar *) ((CfoilSimDispute *) g_ptr_array_index (merchant->disputes, i))->id, -1);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_deterministic (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_EU, FALSE, 7, 500, 60);
  const CfoilSimOptions other = sim_options (CFOIL_SIM_REGION_EU, FALSE, 8, 500, 60);
  g_autofree char *first = fingerprint (&options);
  g_autofree char *second = fingerprint (&options);
  g_autofree char *third = fingerprint (&other);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
}

/* Everything that a merchant has to deal with is there. */
static void
test_coverage (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 2000, 90);
  g_autoptr (CfoilSimMerchant) merchant = cfoil_sim_merchant_new (&options);
  guint reasons = 0;
  guint dispute_reasons = 0;
  guint within_day = 0, within_three = 0, pending = 0, expiring = 0, refunds = 0;

  for (guint i = 0; i < merchant->disputes->len; i++)
    {
      const CfoilSimDispute *dispute = g_ptr_array_index (merchant->disputes, i);
      const CfoilSimStep *step = cfoil_sim_history_at (&dispute->history, options.until);

      for (guint r = 0; r < CFOIL_SIM_N_FILING_REASONS; r++)
        if (strcmp (dispute->filing_reason, cfoil_sim_filing_reasons[r]) == 0)
          reasons |= 1u << r;
      dispute_reasons |= 1u << step->reason;
      within_day += step->state == CFOIL_SIM_STATE_ActionRequired && dispute->deadline - options.until < CFOIL_SIM_DAY;
      within_three += step->state == CFOIL_SIM_STATE_ActionRequired && dispute->deadline - options.until < 3 * CFOIL_SIM_DAY;
    }
  g_assert_cmpuint (reasons, ==, (1u << CFOIL_SIM_N_FILING_REASONS) - 1);
  for (guint r = CFOIL_SIM_REASON_MerchantResponseRequired; r <= CFOIL_SIM_REASON_AutoResolved; r++)
    g_assert_true (dispute_reasons & (1u << r));
  g_assert_cmpuint (within_day, >, 0);
  g_assert_cmpuint (within_three, >, within_day);
  for (guint i = 0; i < merchant->charges->len; i++)
    {
      const CfoilSimCharge *charge = g_ptr_array_index (merchant->charges, i);
      guint state = cfoil_sim_history_at (&charge->history, options.until)->state;

      pending += state == CFOIL_SIM_STATE_AuthorizationInitiated;
      expiring += state == CFOIL_SIM_STATE_Authorized && charge->expires - options.until < 3 * CFOIL_SIM_DAY;
    }
  for (guint i = 0; i < merchant->refunds->len; i++)
    {
      const CfoilSimRefund *refund = g_ptr_array_index (merchant->refunds, i);

      refunds |= 1u << cfoil_sim_history_at (&refund->history, options.until)->state;
    }
  g_assert_cmpuint (pending, >, 0);
  g_assert_cmpuint (expiring, >, 0);
  g_assert_true (refunds & (1u << CFOIL_SIM_STATE_RefundInitiated));
  g_assert_true (refunds & (1u << CFOIL_SIM_STATE_Declined));
}

/* The bytes of a real file, written again by the writer. */
static void
test_settlement_bytes (void)
{
  static const struct {
    const char *file;
    const char *merchant;
    gint64 start;
    gint64 end;
    CfoilSimSettlementRow rows[2];
  } samples[] = {
    { "amazon-pay-2015-10-01-SETTLEMENT_DATA_371273040777777.csv", "ABCDEFGHIJKLM", 1443650444, 1443736784,
      { { 1443708407, "5984862222", "", "", "Transfer", "", "", "",
          "SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id", -2554, 0, 0, CFOIL_SIM_USD },
        { 1443723034, "5984862222", "P01-1488694-1234567-C034811", "87654321-0", "Capture", "P01-1234567-2138100", "", "",
          "", 1000, -29, -30, CFOIL_SIM_USD } } },
    { "amazon-pay-2018-09-18-SETTLEMENT_DATA_11308757837017792.csv", "ABCDEFGHIJKLM", 1536649443, 1537254003,
      { { 1536650393, "5984862222", "", "", "Reserve", "", "", "", "Previous Reserve Balance", 2400, 0, 0, CFOIL_SIM_USD },
        { 1536786608, "5984862222", "P01-5551212-4903176-C039376", "8032276654432210046", "Capture", "P01-5551212-4903176", "",
          "SmashPig Foundation - Alexa Donations", "", 500, -11, -30, CFOIL_SIM_USD } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", samples[i].file, NULL);
      g_autofree char *expected = NULL;
      CfoilSimWriter writer;
      g_autoptr (GError) error = NULL;

      g_file_get_contents (path, &expected, NULL, &error);
      g_assert_no_error (error);
      cfoil_sim_writer_init (&writer, NULL, CFOIL_SIM_ZONE_PACIFIC);
      cfoil_sim_writer_settlement_head (&writer, samples[i].merchant, samples[i].start, samples[i].end);
      cfoil_sim_writer_settlement_row (&writer, &samples[i].rows[0]);
      cfoil_sim_writer_settlement_row (&writer, &samples[i].rows[1]);
      g_assert_true (cfoil_sim_writer_finish (&writer));
      g_assert_cmpstr (writer.text->str, ==, expected);
      g_string_free (writer.text, TRUE);
    }
}

static void
test_refund_header (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "samples",
                                                 "amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv", NULL);
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 500, 60);
  g_autoptr (CfoilSimMerchant) merchant = cfoil_sim_merchant_new (&options);
  g_autofree char *sample = NULL;
  g_autofree char *text = NULL;
  g_autofree char *newest = NULL;
  g_autoptr (GBytes) document = NULL;
  const char *p;
  guint rows;

  g_assert_true (g_file_get_contents (path, &sample, NULL, NULL));
  document = cfoil_sim_document_build (merchant, CFOIL_SIM_REPORT_REFUND, 0, 0, options.until, &rows);
  text = g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document));
  g_assert_cmpmem (text, strchr (text, '\n') - text, sample, strchr (sample, '\n') - sample);
  p = strchr (text, '\n') + 1;
  while (*p != '\0')
    {
      g_autoptr (GPtrArray) row = read_row (&p);

      g_assert_cmpuint (row->len, ==, 12);
      g_assert_cmpint (amount_of (row, 4), >, 0);
      rows--;
    }
  g_assert_cmpuint (rows, ==, 0);
}

static void
check_time (CfoilSimZone zone,
            gint64       time,
            const char  *expected)
{
  CfoilSimWriter writer;

  cfoil_sim_writer_init (&writer, NULL, zone);
  cfoil_sim_writer_time (&writer, time);
  cfoil_sim_writer_finish (&writer);
  g_assert_cmpstr (writer.text->str, ==, expected);
  g_string_free (writer.text, TRUE);
}

static void
test_zones (void)
{
  gint64 spring = cfoil_sim_days_from_date (2026, 3, 8) * CFOIL_SIM_DAY + 10 * CFOIL_SIM_HOUR;
  gint64 autumn = cfoil_sim_days_from_date (2026, 11, 1) * CFOIL_SIM_DAY + 9 * CFOIL_SIM_HOUR;
  gint64 europe = cfoil_sim_days_from_date (2026, 3, 29) * CFOIL_SIM_DAY + CFOIL_SIM_HOUR;

  check_time (CFOIL_SIM_ZONE_PACIFIC, spring - 1, "\"2026-03-08T01:59:59 -0800\"");
  check_time (CFOIL_SIM_ZONE_PACIFIC, spring, "\"2026-03-08T03:00:00 -0700\"");
  check_time (CFOIL_SIM_ZONE_PACIFIC, autumn - 1, "\"2026-11-01T01:59:59 -0700\"");
  check_time (CFOIL_SIM_ZONE_PACIFIC, autumn, "\"2026-11-01T01:00:00 -0800\"");
  check_time (CFOIL_SIM_ZONE_BERLIN, europe - 1, "\"2026-03-29T01:59:59 +0100\"");
  check_time (CFOIL_SIM_ZONE_BERLIN, europe, "\"2026-03-29T03:00:00 +0200\"");
  check_time (CFOIL_SIM_ZONE_LONDON, europe, "\"2026-03-29T02:00:00 +0100\"");
  check_time (CFOIL_SIM_ZONE_TOKYO, europe, "\"2026-03-29T10:00:00 +0900\"");
}

static long
peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static guint
stream_rows (CfoilSimReportType type,
             guint              n)
{
  CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, n, 90);
  FILE *file = tmpfile ();
  char line[4096];
  guint lines = 0;

  g_assert_nonnull (file);
  g_assert_true (cfoil_sim_stream_report (file, type, &options));
  rewind (file);
  while (fgets (line, sizeof line, file) != NULL)
    lines++;
  fclose (file);
  return lines;
}

static void
test_stream (void)
{
  long before;

  g_assert_cmpuint (stream_rows (CFOIL_SIM_REPORT_SETTLEMENT, 1000), ==, 1006);
  g_assert_cmpuint (stream_rows (CFOIL_SIM_REPORT_REFUND, 1000), ==, 1001);
  g_assert_cmpuint (stream_rows (CFOIL_SIM_REPORT_ORDER_REFERENCE, 1000), ==, 1001);
  before = peak_memory ();
  g_assert_cmpuint (stream_rows (CFOIL_SIM_REPORT_SETTLEMENT, 200000), ==, 200006);
  g_assert_cmpint (peak_memory () - before, <, 4096);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/merchant/live", test_live);
  g_test_add_func ("/simulator/merchant/sandbox", test_sandbox);
  g_test_add_func ("/simulator/merchant/deterministic", test_deterministic);
  g_test_add_func ("/simulator/merchant/coverage", test_coverage);
  g_test_add_func ("/simulator/reports/settlement-bytes", test_settlement_bytes);
  g_test_add_func ("/simulator/reports/refund", test_refund_header);
  g_test_add_func ("/simulator/reports/zones", test_zones);
  g_test_add_func ("/simulator/reports/stream", test_stream);
  return g_test_run ();
}
