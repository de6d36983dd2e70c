/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-row.h"
#include "cfoil-amazon-report.h"
#include "cfoil-error.h"
#include "recording-intake.h"

#include <string.h>

/* Report documents into a mirror made of arrays. */
#define SETTLEMENT_HEADER \
  "\"TransactionPostedDate\",\"SettlementId\",\"AmazonTransactionId\",\"SellerReferenceId\",\"TransactionType\",\"AmazonOrderReferenceId\"," \
  "\"SellerOrderId\",\"StoreName\",\"CurrencyCode\",\"TransactionDescription\",\"TransactionAmount\",\"TransactionPercentageFee\"," \
  "\"TransactionFixedFee\",\"TotalTransactionFee\",\"NetTransactionAmount\",\n"
#define PREAMBLE \
  "\xef\xbb\xbf\"Amazon Payments Advanced\",\n\"Settlement Report\",\n\"SellerId\",\"M\"\n" \
  "\"SettlementStartDate\",\"2015-09-30T15:00:44 -0700\"\n\"SettlementEndDate\",\"2015-10-01T14:59:44 -0700\"\n"

static RecordingIntake *
parse_as (const CfoilDocumentType *type,
          const char              *bytes,
          gsize                    length,
          guint64                  skip_rows,
          guint64                 *n_rows,
          GError                 **error)
{
  RecordingIntake *intake = recording_intake_new (NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, length, NULL);
  g_autoptr (GError) local_error = NULL;
  gboolean ok = cfoil_amazon_report_parse (stream, type, skip_rows, CFOIL_INTAKE (intake), n_rows, NULL, &local_error);

  g_assert_cmpint (ok, ==, local_error == NULL);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return intake;
}

static RecordingIntake *
parse (const char *bytes,
       gsize       length,
       guint64     skip_rows,
       guint64    *n_rows,
       GError    **error)
{
  return parse_as (NULL, bytes, length, skip_rows, n_rows, error);
}

static char *
load_sample (const char *name,
             gsize      *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
assert_sample (const char        *name,
               const char        *type,
               const char        *feed,
               const char *const *events)
{
  gsize length;
  g_autofree char *bytes = load_sample (name, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordingIntake) intake = NULL;
  CfoilDocumentType found;
  guint64 n_rows;

  g_assert_true (cfoil_amazon_report_identify (bytes, length, &found));
  g_assert_cmpstr (found.type, ==, type);
  g_assert_cmpstr (found.feed, ==, feed);
  intake = parse (bytes, length, 0, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 2);
  g_assert_cmpuint (intake->exceptions->len, ==, 0);
  for (guint i = 0; i < intake->events->len; i++)
    g_assert_cmpstr (g_ptr_array_index (intake->events, i), ==, events[i]);
  g_assert_null (events[intake->events->len]);
}

static void
test_samples (void)
{
  static const char *const settlement_2015[] = {
    "settlement 5984862222 merchant=ABCDEFGHIJKLM 2015-09-30T22:00:44Z..2015-10-01T21:59:44Z",
    "line 5984862222 #1 transfer/Transfer id=- object=- posted=2015-10-01T14:06:47Z USD amount=-2554 pct=0 fix=0 fee=0 net=-2554 charge=- permission=- "
    "dispute=- ref=- order=- store=- desc=SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id extra=-",
    "line 5984862222 #2 charge/Capture id=P01-1488694-1234567-C034811 object=P01-1488694-1234567-C034811 posted=2015-10-01T18:10:34Z USD amount=1000 "
    "pct=-29 fix=-30 fee=-59 net=941 charge=P01-1488694-1234567-C034811 permission=P01-1234567-2138100 dispute=- ref=87654321-0 order=- store=- desc=- extra=-",
    NULL,
  };
  static const char *const settlement_2018[] = {
    "settlement 5984862222 merchant=ABCDEFGHIJKLM 2018-09-11T07:04:03Z..2018-09-18T07:00:03Z",
    "line 5984862222 #1 reserve/Reserve id=- object=- posted=2018-09-11T07:19:53Z USD amount=2400 pct=0 fix=0 fee=0 net=2400 charge=- permission=- "
    "dispute=- ref=- order=- store=- desc=Previous Reserve Balance extra=-",
    "line 5984862222 #2 charge/Capture id=P01-5551212-4903176-C039376 object=P01-5551212-4903176-C039376 posted=2018-09-12T21:10:08Z USD amount=500 "
    "pct=-11 fix=-30 fee=-41 net=459 charge=P01-5551212-4903176-C039376 permission=P01-5551212-4903176 dispute=- ref=8032276654432210046 order=- "
    "store=SmashPig Foundation - Alexa Donations desc=- extra=-",
    NULL,
  };
  static const char *const refund_seller[] = {
    "refund P01-4968629-7654321-R017571 said=2015-10-05T23:20:49Z state=refunded/Completed reason=- USD amount=100 moved=-100 refunded=- "
    "created=2015-10-05T21:43:18Z expires=- deadline=- charge=P01-4968629-7654321-C070794 permission=P01-4968629-7654321 ref=REFUND_684981 order=- store=- "
    "desc=- buyer=-/-/-/- channel=- resolution=- final=1 row=1",
    "refund P01-4968629-7654321-R017571 said=2015-10-05T21:43:18Z state=pending/Pending reason=- USD amount=100 moved=0 refunded=- "
    "created=2015-10-05T21:43:18Z expires=- deadline=- charge=P01-4968629-7654321-C070794 permission=P01-4968629-7654321 ref=REFUND_684981 order=- store=- "
    "desc=- buyer=-/-/-/- channel=- resolution=- final=0 row=2",
    NULL,
  };
  static const char *const refund_buyer[] = {
    "refund P01-4968629-2345678-R017571 said=2015-10-05T23:20:49Z state=refunded/Completed reason=BuyerInitiated USD amount=100 moved=-100 refunded=- "
    "created=2015-10-05T21:43:18Z expires=- deadline=- charge=P01-4968629-2345678-C070794 permission=P01-4968629-2345678 ref=REFUND_684981 order=- store=- "
    "desc=- buyer=-/-/-/- channel=- resolution=- final=1 row=1",
    "refund P01-4968629-2345678-R017571 said=2015-10-05T21:43:18Z state=pending/Pending reason=BuyerInitiated USD amount=100 moved=0 refunded=- "
    "created=2015-10-05T21:43:18Z expires=- deadline=- charge=P01-4968629-2345678-C070794 permission=P01-4968629-2345678 ref=REFUND_684981 order=- store=- "
    "desc=- buyer=-/-/-/- channel=- resolution=- final=0 row=2",
    NULL,
  };

  assert_sample ("amazon-pay-2015-10-01-SETTLEMENT_DATA_371273040777777.csv", "settlement", "settlement-reports", settlement_2015);
  assert_sample ("amazon-pay-2018-09-18-SETTLEMENT_DATA_11308757837017792.csv", "settlement", "settlement-reports", settlement_2018);
  assert_sample ("amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv", "refund", "refund-reports", refund_seller);
  assert_sample ("amazon-pay-2015-10-06-REFUND_DATA_414749300033333.csv", "refund", "refund-reports", refund_buyer);
}

/* Cut anywhere, a report is never whole; only a cut between two rows cannot be
 * told from a shorter report, and there nothing but whole rows come out. */
static void
test_cuts (void)
{
  static const char *const names[] = {
    "amazon-pay-2015-10-01-SETTLEMENT_DATA_371273040777777.csv",
    "amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv",
  };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    {
      gsize length;
      g_autofree char *bytes = load_sample (names[n], &length);

      for (gsize cut = 0; cut < length; cut++)
        {
          g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, cut, NULL);
          g_autoptr (GError) error = NULL;
          CfoilReportShape shape;
          gboolean between = cut > 0 && bytes[cut - 1] == '\n';
          gboolean ok = cfoil_amazon_report_examine (stream, &shape, NULL, &error);
          g_autoptr (GError) parse_error = NULL;
          g_autoptr (RecordingIntake) intake = parse (bytes, cut, 0, NULL, &parse_error);

          g_assert_cmpint (ok, ==, parse_error == NULL);
          if (ok)
            {
              g_assert_true (between);
              g_assert_cmpuint (shape.n_rows, <, 2);
              g_assert_cmpuint (shape.n_odd_rows, ==, 0);
            }
          else
            g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED);
          g_assert_cmpuint (intake->exceptions->len, ==, 0);
        }
    }
}

static const struct
{
  const char *row;
  const char *expected; /* the beginning of the exception, or NULL */
  const char *line;     /* what must be in the line, or NULL: there is none */
} rows[] = {
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"P01-1-2-C3\",\"r\",\"Capture\",\"P01-1-2\",\"o\",\"s\",\"USD\",\"\",\"1.00\",\"-0.03\",\"-0.30\",\"-0.33\",\"0.67\"",
    NULL, "charge/Capture id=P01-1-2-C3 object=P01-1-2-C3" },
  { "\"2020-01-01T00:00:00Z\",\"7\",\"P01-1-2-A3\",\"\",\"Authorization\",\"P01-1-2\",\"\",\"\",\"USD\",\"\",\"0\",\"0\",\"-0.30\",\"-0.30\",\"-0.30\"",
    NULL, "authorization_fee/Authorization id=P01-1-2-A3 object=- posted=2020-01-01T00:00:00Z USD amount=0 pct=0 fix=-30 fee=-30 net=-30 charge=P01-1-2-C3" },
  { "\"2020-01-01T00:00:00+0900\",\"7\",\"P03-1-2-R3\",\"\",\"refund\",\"P03-1-2\",\"\",\"\",\"JPY\",\"\",\"-500\",\"20\",\"0\",\"20\",\"-480\"",
    NULL, "refund/refund id=P03-1-2-R3 object=P03-1-2-R3 posted=2019-12-31T15:00:00Z JPY amount=-500 pct=20 fix=0 fee=20 net=-480 charge=-" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"P01-1-2-B3\",\"\",\"Chargeback\",\"P01-1-2\",\"\",\"\",\"USD\",\"\",\"-1.00\",\"0\",\"0\",\"0\",\"-1.00\"",
    NULL, "chargeback/Chargeback id=P01-1-2-B3 object=- posted=2020-01-01T00:00:00Z USD amount=-100 pct=0 fix=0 fee=0 net=-100 charge=- permission=P01-1-2 dispute=P01-1-2-B3" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"P01-1-2-C3\",\"\",\"Chargeback\",\"P01-1-2\",\"\",\"\",\"USD\",\"\",\"-1.00\",\"0\",\"0\",\"0\",\"-1.00\"",
    "dispute_id P01-1-2-C3 #1: A chargeback on the charge P01-1-2-C3", "chargeback/Chargeback id=P01-1-2-C3 object=- " },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"P01-1-2-C3\",\"\",\"A-to-z Guarantee Claim\",\"\",\"\",\"\",\"USD\",\"\",\"-1.00\",\"0\",\"0\",\"0\",\"-1.00\"",
    NULL, "claim/A-to-z Guarantee Claim id=P01-1-2-C3 object=- " },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"A TO Z claim\",\"\",\"\",\"\",\"USD\",\"\",\"-1.00\",\"0\",\"0\",\"0\",\"-1.00\"", NULL, "claim/A TO Z claim" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Dispute\",\"\",\"\",\"\",\"USD\",\"\",\"-20.00\",\"0\",\"0\",\"0\",\"-20.00\"", NULL, "dispute_fee/Dispute" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Carryover\",\"\",\"\",\"\",\"USD\",\"\",\"2\",\"0\",\"0\",\"0\",\"2\"", NULL, "carryover/Carryover" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Adjustment\",\"\",\"\",\"\",\"USD\",\"\",\"2\",\"0\",\"0\",\"0\",\"2\"", NULL, "adjustment/Adjustment" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Debt\",\"\",\"\",\"\",\"USD\",\"\",\"2\",\"0\",\"0\",\"0\",\"2\"", "unknown_type Debt #1", "other/Debt" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"P01-1-2-C9\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"2\",\"0\",\"0\",\"0\",\"2.01\"", "arithmetic P01-1-2-C9 #1: The net", "net=201" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"P01-1-2-C9\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"2\",\"0.01\",\"0\",\"0\",\"2\"", "arithmetic P01-1-2-C9 #1: The fee", "pct=1" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"P01-1-2-C9\",\"\",\"Refund\",\"\",\"\",\"\",\"USD\",\"\",\"-2\",\"0\",\"0\",\"0\",\"-2\"",
    "conflict P01-1-2-C9 #1: A refund that names", "refund/Refund id=P01-1-2-C9 object=- posted=2020-01-01T00:00:00Z USD amount=-200 pct=0 fix=0 fee=0 net=-200 charge=P01-1-2-C9" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"P01-1-2-R9\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"2\",\"0\",\"0\",\"0\",\"2\"",
    "conflict P01-1-2-R9 #1: A payment that names", "charge/Capture id=P01-1-2-R9 object=- " },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"X\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"2\",\"0\",\"0\",\"0\",\"2\"", "conflict X #1: A payment that names", "charge/Capture id=X object=- " },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"X\",\"\",\"Refund\",\"\",\"\",\"\",\"USD\",\"\",\"-2\",\"0\",\"0\",\"0\",\"-2\"", "conflict X #1: A refund that names", "refund/Refund id=X object=- " },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"P01-1-2-A9\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"2\",\"0\",\"0\",\"0\",\"2\"", NULL, "charge/Capture id=P01-1-2-A9 object=P01-1-2-C9" },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"2\",\"0\",\"0\",\"0\",\"2\"", NULL, "charge/Capture id=- object=- " },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"10000000000000.01\",\"0\",\"0\",\"0\",\"10000000000000.01\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"1,00\",\"0\",\"0\",\"0\",\"1.00\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"(1.00)\",\"0\",\"0\",\"0\",\"1.00\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"$1.00\",\"0\",\"0\",\"0\",\"1.00\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"1.005\",\"0\",\"0\",\"0\",\"1.00\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"JPY\",\"\",\"1.5\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"QQQ\",\"\",\"1\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"\",\"\",\"1\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"1\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"\",\"\",\"\",\"\",\"USD\",\"\",\"1\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
  { "\"2020-13-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"1\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"1\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"92233720368547758.08\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"1\",\"0\",\"0\",\"0\",\"1\",\"2\"", "bad_row", NULL },
  { "\"2020-01-01T00:00:00 +0000\",\"7\",\"\",\"\xff\",\"Capture\",\"\",\"\",\"\",\"USD\",\"\",\"1\",\"0\",\"0\",\"0\",\"1\"", "bad_row", NULL },
};

/* Each odd row between two good ones: the good ones are always there. */
static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (PREAMBLE SETTLEMENT_HEADER, rows[i].row, "\n", rows[0].row, "\n", NULL);
      g_autoptr (GError) error = NULL;
      guint64 n_rows;
      g_autoptr (RecordingIntake) intake = parse (text, strlen (text), 0, &n_rows, &error);
      g_autofree char *dump = recording_intake_dump (intake);

      g_test_message ("%u: %s", i, dump);
      g_assert_no_error (error);
      g_assert_cmpuint (n_rows, ==, 2);
      g_assert_cmpuint (g_hash_table_size (intake->lines), ==, rows[i].line != NULL ? 2 : 1);
      g_assert_cmpuint (intake->exceptions->len, ==, rows[i].expected != NULL ? 1 : 0);
      if (rows[i].expected != NULL)
        g_assert_true (g_str_has_prefix (g_ptr_array_index (intake->exceptions, 0), rows[i].expected));
      if (rows[i].line != NULL)
        g_assert_nonnull (strstr (dump, rows[i].line));
    }
}

static void
test_columns (void)
{
  static const char text[] =
    "NetTransactionAmount,Surprise,TransactionPostedDate,settlementid,TransactionType,CurrencyCode,TransactionAmount,TotalTransactionFee,Other\r\n"
    "1.00,\"a \"\"quoted\"\" \\ thing\",2020-01-01T00:00:00Z,7,Capture,EUR,1.00,0,\r\n"
    "1.00,,2020-01-01T00:00:00Z,7,Capture,EUR,1.00,0,\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordingIntake) intake = parse (text, strlen (text), 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (intake->exceptions->len, ==, 2);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (intake->exceptions, 0), "unknown_column Surprise #0"));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (intake->exceptions, 1), "unknown_column Other #0"));
  g_assert_nonnull (strstr (g_ptr_array_index (intake->events, 1), "pct=- fix=- fee=0 net=100"));
  g_assert_nonnull (strstr (g_ptr_array_index (intake->events, 1), "extra={\"Surprise\":\"a \\\"quoted\\\" \\\\ thing\"}"));
  g_assert_nonnull (strstr (g_ptr_array_index (intake->events, 2), "extra=-"));
}

static void
assert_document_error (const char *text,
                       int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordingIntake) intake = parse (text, strlen (text), 0, NULL, &error);

  g_assert_error (error, CFOIL_INPUT_ERROR, code);
  g_assert_cmpuint (intake->events->len, ==, 0);
}

static void
test_bad_documents (void)
{
  g_autofree char *many = g_strnfill (200, '\n');
  g_autoptr (GString) lines = g_string_new (NULL);
  CfoilDocumentType type;

  for (guint i = 0; i < 60; i++)
    g_string_append (lines, "some,text\n");
  assert_document_error ("", CFOIL_INPUT_ERROR_TRUNCATED);
  assert_document_error (many, CFOIL_INPUT_ERROR_TRUNCATED);
  assert_document_error (lines->str, CFOIL_INPUT_ERROR_UNKNOWN);
  assert_document_error ("TransactionPostedDate,SettlementId,TransactionType\n", CFOIL_INPUT_ERROR_MISSING);
  assert_document_error ("AmazonRefundId,RefundStatus,RefundStatus\n", CFOIL_INPUT_ERROR_SYNTAX);
  assert_document_error ("AmazonRefundId,RefundStatus,refundSTATUS\n", CFOIL_INPUT_ERROR_SYNTAX);
  g_assert_false (cfoil_amazon_report_identify ("<html>Log in</html>", 19, &type));
  g_assert_false (cfoil_amazon_report_identify ("PK\x03\x04", 4, &type));
  g_assert_false (cfoil_amazon_report_identify ("\xff\xfe" "A\0m\0", 6, &type));
}

static void
test_skip (void)
{
  g_autofree char *text = g_strconcat (PREAMBLE SETTLEMENT_HEADER, rows[0].row, "\n", rows[13].row, "\n", rows[3].row, "\n", NULL);
  g_autoptr (GError) error = NULL;
  guint64 n_rows;
  g_autoptr (RecordingIntake) intake = parse (text, strlen (text), 2, &n_rows, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 3);
  g_assert_cmpuint (intake->exceptions->len, ==, 0);
  g_assert_cmpuint (intake->events->len, ==, 2); /* the head again, and one line */
  g_assert_nonnull (strstr (g_ptr_array_index (intake->events, 1), "#3 chargeback/"));
}

static void
test_transaction_reports (void)
{
  static const struct
  {
    const char *text;
    const char *type;
    const char *event;
    guint n_exceptions;
  } table[] = {
    { "AmazonCaptureId,CaptureReferenceId,AmazonAuthorizationId,AmazonOrderReferenceId,CaptureAmount,CurrencyCode,SellerCaptureNote,CaptureStatus,LastUpdateTimestamp,"
      "ReasonCode,CreationTimestamp,BuyerName,BuyerEmailAddress,BillingAddressCountryCode\n"
      "P01-1-2-C3,ref,P01-1-2-A3,P01-1-2,12.30,USD,note,Closed,2020-01-02T00:00:00 +0000,MaxAmountRefunded,2020-01-01T00:00:00 +0000,Ann,ann@example.com,US\n",
      "capture",
      "charge P01-1-2-C3 said=2020-01-02T00:00:00Z state=captured/Closed reason=MaxAmountRefunded USD amount=1230 moved=1230 refunded=- created=2020-01-01T00:00:00Z "
      "expires=- deadline=- charge=- permission=P01-1-2 ref=ref order=- store=- desc=note buyer=-/Ann/ann@example.com/US channel=- resolution=- final=1 row=1" },
    { "AmazonAuthorizationId,AuthorizationReferenceId,AmazonOrderReferenceId,AuthorizationAmount,CurrencyCode,SellerAuthorizationNote,AuthorizationStatus,"
      "LastUpdateTimestamp,ReasonCode,CreationTimestamp\n"
      "P01-1-2-A3,ref,P01-1-2,12.30,USD,,Closed,2020-01-02T00:00:00 +0000,MaxAmountCaptured,2020-01-01T00:00:00 +0000\n",
      "authorization",
      "charge P01-1-2-C3 said=2020-01-02T00:00:00Z state=captured/Closed reason=MaxAmountCaptured USD amount=1230 moved=- refunded=- created=2020-01-01T00:00:00Z "
      "expires=- deadline=- charge=- permission=P01-1-2 ref=ref order=- store=- desc=- buyer=-/-/-/- channel=- resolution=- final=0 row=1" },
    { "AmazonOrderReferenceId,SellerOrderId,StoreName,OrderAmount,CurrencyCode,OrderReferenceStatus,LastUpdateTimestamp,ReasonCode,CreationTimestamp,BuyerName\n"
      "S02-1-2,order,store,5,EUR,Suspended,2020-01-02T00:00:00 +0000,InvalidPaymentMethod,2020-01-01T00:00:00 +0000,Bob\n",
      "order-reference",
      "permission S02-1-2 said=2020-01-02T00:00:00Z state=blocked/Suspended reason=InvalidPaymentMethod EUR amount=500 moved=0 refunded=- created=2020-01-01T00:00:00Z "
      "expires=- deadline=- charge=- permission=- ref=order order=- store=store desc=- buyer=-/Bob/-/- channel=- resolution=- final=0 row=1" },
    { "AmazonBillingAgreementId,SellerBillingAgreementId,StoreName,BillingAgreementStatus,LastUpdateTimestamp,ReasonCode,CreationTimestamp\n"
      "C01-1-2,agreement,store,Dancing,2020-01-02T00:00:00 +0000,,2020-01-01T00:00:00 +0000\n",
      "billing-agreement",
      "permission C01-1-2 said=2020-01-02T00:00:00Z state=other/Dancing reason=- - amount=- moved=0 refunded=- created=2020-01-01T00:00:00Z "
      "expires=- deadline=- charge=- permission=- ref=agreement order=- store=store desc=- buyer=-/-/-/- channel=- resolution=- final=0 row=1", 1 },
    { "AmazonCaptureId,PresentmentAmount,PresentmentCurrency,TransactionPostedDate\n"
      "P02-1-2-C3,10.00,CHF,2020-01-02T00:00:00 +0000\nnothing,1,CHF,2020-01-02T00:00:00 +0000\n",
      "multi-currency",
      "charge P02-1-2-C3 said=2020-01-02T00:00:00Z state=posted/- reason=- - amount=- moved=- refunded=- created=- "
      "expires=- deadline=- charge=- permission=- ref=- order=- store=- desc=- buyer=-/-/-/- channel=- resolution=- final=0 row=1", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RecordingIntake) intake = parse (table[i].text, strlen (table[i].text), 0, NULL, &error);
      CfoilDocumentType type;

      g_assert_no_error (error);
      g_assert_true (cfoil_amazon_report_identify (table[i].text, strlen (table[i].text), &type));
      g_assert_cmpstr (type.type, ==, table[i].type);
      g_assert_cmpuint (intake->events->len, ==, 1);
      g_assert_cmpstr (g_ptr_array_index (intake->events, 0), ==, table[i].event);
      g_assert_cmpuint (intake->exceptions->len, ==, table[i].n_exceptions);
    }
}

/* Several currencies and columns that nobody has published: kept, said once, and nothing is read. */
static void
test_strange (void)
{
  static const char text[] = "AmazonSettlementThing,SaleAmount,SaleCurrency,LedgerAmount,LedgerCurrency\n"
                             "P02-1-1,10.00,EUR,8.70,GBP\nP02-1-2,1000,JPY\n";
  static const char unlike[] = "one,two,three\n1,2,3\n";
  const CfoilDocumentType fetched = { .feed = "imports" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordingIntake) intake = parse (text, strlen (text), 0, NULL, &error);
  g_autoptr (RecordingIntake) taken = NULL;
  g_autoptr (RecordingIntake) refused = NULL;
  CfoilDocumentType type;

  g_assert_no_error (error);
  g_assert_true (cfoil_amazon_report_identify (text, strlen (text), &type));
  g_assert_cmpstr (type.type, ==, CFOIL_DOCUMENT_NOT_UNDERSTOOD);
  g_assert_cmpstr (type.feed, ==, "imports");
  g_assert_cmpuint (intake->events->len, ==, 0);
  g_assert_cmpuint (intake->exceptions->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (intake->exceptions, 0), "not understood"));

  /* What the provider calls such a report is one, whatever is in it; what a person brings is not. */
  g_assert_false (cfoil_amazon_report_identify (unlike, strlen (unlike), &type));
  taken = parse_as (&fetched, unlike, strlen (unlike), 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->events->len, ==, 0);
  g_assert_cmpuint (taken->exceptions->len, ==, 1);
  refused = parse (unlike, strlen (unlike), 0, NULL, &error);
  g_assert_nonnull (error);
}

/* Objects have no negative amounts; the row is kept as it was, quotes and all. */
static void
test_negative_amounts (void)
{
  static const char *const texts[] = {
    "AmazonCaptureId,CaptureAmount,CurrencyCode,CaptureStatus,LastUpdateTimestamp,SellerCaptureNote\nP01-1-2-C3,-10.00,USD,Completed,2020-01-02T00:00:00Z,\"a \"\"b\"\"\"\n",
    "AmazonRefundId,RefundAmount,CurrencyCode,RefundStatus,LastUpdateTimestamp,SellerRefundNote\nP01-1-2-R3,-10.00,USD,Completed,2020-01-02T00:00:00Z,\"a \"\"b\"\"\"\n",
    "AmazonAuthorizationId,AuthorizationAmount,CurrencyCode,AuthorizationStatus,LastUpdateTimestamp,SellerAuthorizationNote\nP01-1-2-A3,-10.00,USD,Open,2020-01-02T00:00:00Z,\"a \"\"b\"\"\"\n",
    "AmazonOrderReferenceId,OrderAmount,CurrencyCode,OrderReferenceStatus,LastUpdateTimestamp,StoreName\nS02-1-2,-10.00,USD,Open,2020-01-02T00:00:00Z,\"a \"\"b\"\"\"\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RecordingIntake) intake = parse (texts[i], strlen (texts[i]), 0, NULL, &error);
      const char *exception;

      g_assert_no_error (error);
      g_assert_cmpuint (intake->events->len, ==, 0);
      g_assert_cmpuint (intake->exceptions->len, ==, 1);
      exception = g_ptr_array_index (intake->exceptions, 0);
      g_assert_true (g_str_has_prefix (exception, "bad_row"));
      g_assert_nonnull (strstr (exception, "is negative"));
    }
}

/* What is kept of a row can be read again. */
static void
test_fields_to_csv (void)
{
  static const CfoilCsvField fields[] = { { "a \"b\"", 5 }, { "", 0 }, { "\"", 1 } };
  g_autofree char *text = cfoil_amazon_fields_to_csv (fields, G_N_ELEMENTS (fields));

  g_assert_cmpstr (text, ==, "\"a \"\"b\"\"\",\"\",\"\"\"\"");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/amazon-pay/report/samples", test_samples);
  g_test_add_func ("/amazon-pay/report/cuts", test_cuts);
  g_test_add_func ("/amazon-pay/report/rows", test_rows);
  g_test_add_func ("/amazon-pay/report/columns", test_columns);
  g_test_add_func ("/amazon-pay/report/bad-documents", test_bad_documents);
  g_test_add_func ("/amazon-pay/report/skip", test_skip);
  g_test_add_func ("/amazon-pay/report/transactions", test_transaction_reports);
  g_test_add_func ("/amazon-pay/report/strange", test_strange);
  g_test_add_func ("/amazon-pay/report/negative-amounts", test_negative_amounts);
  g_test_add_func ("/amazon-pay/report/fields-to-csv", test_fields_to_csv);

  return g_test_run ();
}
