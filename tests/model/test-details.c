/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-details.h"

#include <string.h>

#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

static void
put (TestMirror      *mirror,
     gint64           feed,
     CfoilObservation said,
     gint64           document)
{
  cfoil_writer_set_source (mirror->writer, feed, document, document == 0);
  test_put_observation (mirror->writer, &said);
}

/* A payment with all that can follow: captured, refunded in two parts, disputed,
 * settled and paid out; and two more payments of the same buyer. */
static void
put_story (TestMirror *mirror)
{
  gint64 objects = test_open_feed (mirror->writer, "objects", 50);
  gint64 captures = test_open_feed (mirror->writer, "capture-reports", 20);
  CfoilObservation permission = test_observation (CFOIL_OBJECT_PERMISSION, "P1", 2 * DAY);
  CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, "C1", 3 * HOUR);
  CfoilObservation refund = test_observation (CFOIL_OBJECT_REFUND, "R1", 6 * HOUR);
  CfoilObservation dispute = test_observation (CFOIL_OBJECT_DISPUTE, "D1", 9 * HOUR);
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 10000);
  CfoilDisbursement payout = { "S1", NULL, "BANK77", "USD", 9000, 5 * DAY, "{}" };
  g_autoptr (GError) error = NULL;

  permission.created_us = HOUR;
  permission.state = CFOIL_STATE_CLOSED;
  permission.provider_state = "Closed";
  permission.reason = "AmazonClosed";
  permission.buyer_id = "BUYER1";
  permission.buyer_name = "Tom & <b>Jerry</b>";
  permission.amount_minor = 10000;
  permission.currency = "USD";
  put (mirror, objects, permission, 0);
  for (guint i = 2; i <= 3; i++)
    {
      g_autofree char *permission_id = g_strdup_printf ("P%u", i);
      g_autofree char *charge_id = g_strdup_printf ("C%u", i);
      CfoilObservation other = test_observation (CFOIL_OBJECT_CHARGE, charge_id, i * DAY);

      permission.object_id = permission_id;
      put (mirror, objects, permission, 0);
      other.created_us = i * DAY;
      other.permission_id = permission_id;
      other.state = CFOIL_STATE_AUTHORIZED;
      other.expires_us = 30 * DAY;
      put (mirror, objects, other, 0);
    }

  charge.created_us = 2 * HOUR;
  charge.state = CFOIL_STATE_CAPTURED;
  charge.permission_id = "P1";
  charge.currency = "USD";
  charge.amount_minor = charge.moved_minor = 10000;
  charge.refunded_minor = 1500;
  charge.raw = "{\"a\":{\"b\":[1.50,\"x,{\"],\"c\":[]}}";
  put (mirror, captures, charge, mirror->document_id);
  charge.said_us = 5 * HOUR;
  put (mirror, objects, charge, 0);

  refund.created_us = 4 * HOUR;
  refund.state = CFOIL_STATE_REFUNDED;
  refund.charge_id = "C1";
  refund.currency = "USD";
  refund.amount_minor = 1000;
  refund.moved_minor = -1000;
  put (mirror, objects, refund, 0);
  refund.object_id = "R2";
  refund.state = CFOIL_STATE_DECLINED;
  refund.moved_minor = 0;
  refund.reason = "AmazonRejected";
  refund.said_us = 7 * HOUR;
  put (mirror, objects, refund, 0);

  dispute.created_us = 8 * HOUR;
  dispute.state = CFOIL_STATE_NEEDS_RESPONSE;
  dispute.charge_id = "C1";
  dispute.reason = "ProductNotReceived";
  dispute.description = "MerchantResponseRequired";
  dispute.deadline_us = 12 * DAY;
  dispute.amount_minor = 8500;
  dispute.currency = "USD";
  put (mirror, objects, dispute, 0);

  cfoil_writer_set_source (mirror->writer, mirror->feed_id, mirror->document_id, FALSE);
  line.fee_percentage_minor = -290;
  line.fee_fixed_minor = -30;
  line.fee_minor = -320;
  line.net_minor = 9680;
  line.row_number = 42;
  line.extra = "{\"New\":\"thing\"}";
  test_put_line (mirror->writer, &line);
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &payout, &error));
  g_assert_no_error (error);
  /* Of the same settlement, but none of the row's. */
  payout.currency = "GBP";
  payout.bank_reference = "BANK66";
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &payout, &error));
  g_assert_no_error (error);
  test_commit (mirror->writer);
}

static CfoilDetails *
read_id (TestMirror *mirror,
         const char *transaction_id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT txn_id FROM txn WHERE transaction_id = '%s'", transaction_id);
  gint64 txn_id = test_count (mirror->mirror, sql);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, &error);
  CfoilDetails *details = cfoil_details_read (reader, txn_id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (details);
  return details;
}

static char *
describe_events (CfoilDetails *details)
{
  static const char *const kinds[] = {
    "permission", "charge", "charge-state", "permission-state", "refund", "refund-state", "dispute", "dispute-state",
    "reversal", "settled", "paid-out"
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < details->events->len; i++)
    {
      CfoilEvent *event = details->events->pdata[i];
      g_autofree char *feeds = g_strjoinv ("+", event->feeds);

      g_string_append_printf (text, "%d %s %s %s %s %d %s\n", (int) (event->time_us / HOUR), kinds[event->kind],
                              cfoil_state_to_string (event->state), event->subject,
                              event->reason != NULL ? event->reason : "-",
                              event->amount_minor != CFOIL_UNKNOWN ? (int) event->amount_minor : -1, feeds);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_rows (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s ", ((CfoilDetailsRow *) rows->pdata[i])->transaction_id);
  return g_string_free (text, FALSE);
}

static void
test_charge (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDetails) details = NULL;
  g_autofree char *events = NULL;
  g_autofree char *related = NULL;
  g_autofree char *others = NULL;

  put_story (mirror);
  details = read_id (mirror, "C1");
  g_assert_cmpstr (details->account, ==, "shop");
  g_assert_cmpstr (details->provider, ==, "amazon-pay");
  g_assert_cmpstr (details->region, ==, "na");
  g_assert_cmpint (details->row->gross_minor, ==, 10000);
  g_assert_cmpint (details->fee_percentage_minor, ==, -290);
  g_assert_cmpint (details->fee_fixed_minor, ==, -30);
  g_assert_cmpint (details->fee_minor, ==, -320);
  g_assert_cmpint (details->net_minor, ==, 9680);
  g_assert_cmpint (details->fee_rate_ppm, ==, 32000);
  g_assert_cmpint (details->refunded_minor, ==, 1500);
  g_assert_cmpint (details->tax_minor, ==, CFOIL_UNKNOWN);
  g_assert_cmpint (details->expires_us, ==, CFOIL_UNKNOWN);
  g_assert_cmpstr (details->charge_id, ==, "C1");
  g_assert_cmpstr (details->permission_id, ==, "P1");
  g_assert_cmpstr (details->permission_reason, ==, "AmazonClosed");
  g_assert_cmpstr (details->settlement_id, ==, "S1");
  g_assert_cmpstr (details->payout_reference, ==, "BANK77");
  g_assert_cmpstr (details->dispute_id, ==, "D1");
  g_assert_cmpint (details->dispute_state, ==, CFOIL_STATE_NEEDS_RESPONSE);
  g_assert_cmpint (details->dispute_deadline_us, ==, 12 * DAY);
  g_assert_cmpstr (details->buyer_id, ==, "BUYER1");
  g_assert_cmpstr (details->buyer_name, ==, "Tom & <b>Jerry</b>");

  events = describe_events (details);
  g_assert_cmpstr (events, ==,
                   "1 permission posted P1 - 10000 objects\n"
                   "2 charge posted C1 - 10000 capture-reports+objects\n"
                   "3 charge-state captured C1 - 10000 capture-reports+objects\n"
                   "4 refund posted R1 - 1000 objects\n"
                   "4 refund posted R2 - 1000 objects\n"
                   "6 refund-state refunded R1 - -1000 objects\n"
                   "7 refund-state declined R2 AmazonRejected -1 objects\n"
                   "8 dispute posted D1 ProductNotReceived 8500 objects\n"
                   "24 settled posted S1 - 9680 settlement-reports\n"
                   "48 permission-state closed P1 AmazonClosed -1 objects\n"
                   "120 paid-out posted BANK77 - 9000 settlement-reports\n");

  related = describe_rows (details->related);
  g_assert_cmpstr (related, ==, "R1 R2 ");
  g_assert_cmpint (details->n_related, ==, 2);
  others = describe_rows (details->others);
  g_assert_cmpstr (others, ==, "C3 C2 ");
  g_assert_cmpint (details->n_others, ==, 2);
}

static void
test_refund (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDetails) details = NULL;
  g_autofree char *related = NULL;
  g_autofree char *events = NULL;

  put_story (mirror);
  details = read_id (mirror, "R1");
  g_assert_cmpstr (details->charge_id, ==, "C1");
  g_assert_cmpstr (details->permission_id, ==, "P1");
  g_assert_cmpstr (details->buyer_id, ==, "BUYER1");
  /* Not settled: nobody knows. */
  g_assert_cmpint (details->fee_minor, ==, CFOIL_UNKNOWN);
  g_assert_cmpint (details->net_minor, ==, CFOIL_UNKNOWN);
  related = describe_rows (details->related);
  g_assert_cmpstr (related, ==, "C1 R2 ");
  g_assert_cmpint (details->n_others, ==, 2);
  events = describe_events (details);
  test_assert_contains (events, "3 charge-state captured C1");
  test_assert_contains (events, "6 refund-state refunded R1");
  g_assert_null (strstr (events, "R2"));
}

/* All that is there is a settlement's line. */
static void
test_line_only (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDetails) details = NULL;
  g_autofree char *events = NULL;
  CfoilSettlementLine line = test_line ("S9", CFOIL_TYPE_CHARGE, "C9", 100);
  CfoilDetailsRaw *raw;

  line.fee_percentage_minor = CFOIL_UNKNOWN;
  line.row_number = 7;
  line.extra = "{\"New\":\"thing\"}";
  cfoil_writer_set_source (mirror->writer, mirror->feed_id, mirror->document_id, FALSE);
  test_put_line (mirror->writer, &line);
  line.type = CFOIL_TYPE_REFUND;
  line.provider_type = "refund";
  line.object_id = line.provider_id = "R9";
  line.charge_id = "C9";
  line.amount_minor = line.net_minor = -100;
  line.posted_us = 2 * DAY;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);

  details = read_id (mirror, "C9");
  g_assert_cmpint (details->fee_percentage_minor, ==, CFOIL_UNKNOWN);
  g_assert_null (details->permission_id);
  g_assert_cmpuint (details->others->len, ==, 0);
  events = describe_events (details);
  g_assert_cmpstr (events, ==,
                   "24 settled posted S9 - 100 settlement-reports\n"
                   "48 refund-state refunded R9 - -100 settlement-reports\n");
  g_assert_cmpuint (details->raws->len, ==, 1);
  raw = details->raws->pdata[0];
  g_assert_cmpint (raw->row_number, ==, 7);
  g_assert_nonnull (raw->document);
  test_assert_contains (raw->text, "amount: 1.00\n");
  test_assert_contains (raw->text, "fee_total: 0.00\n");
  g_assert_null (strstr (raw->text, "fee_percentage"));
  test_assert_contains (raw->text, "posted_at: 1970-01-02T00:00:00Z");
  test_assert_contains (raw->text, "extra: {\n  \"New\": \"thing\"\n}");
}

static void
test_authorized (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDetails) details = NULL;

  put_story (mirror);
  details = read_id (mirror, "C2");
  g_assert_cmpint (details->expires_us, ==, 30 * DAY);
  g_assert_cmpint (details->n_others, ==, 2);
  g_assert_cmpint (details->n_related, ==, 0);
}

static void
test_raw (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDetails) details = NULL;
  g_autofree char *huge = g_strnfill (3 * CFOIL_DETAILS_MAX_RAW, 'x');
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C8", 1);
  CfoilDetailsRaw *first;
  gsize length = 0;

  put_story (mirror);
  details = read_id (mirror, "C1");
  g_assert_cmpuint (details->raws->len, ==, 5);
  first = details->raws->pdata[0];
  g_assert_cmpstr (first->feed, ==, "objects");
  g_assert_cmpstr (first->what, ==, "C1");
  g_assert_cmpint (first->row_number, ==, 1);
  g_assert_cmpstr (first->text, ==,
                   "{\n  \"a\": {\n    \"b\": [\n      1.50,\n      \"x,{\"\n    ],\n    \"c\": []\n  }\n}");
  g_clear_pointer (&details, cfoil_details_unref);

  said.raw = huge;
  put (mirror, mirror->feed_id, said, mirror->document_id);
  test_commit (mirror->writer);
  details = read_id (mirror, "C8");
  for (guint i = 0; i < details->raws->len; i++)
    length += strlen (((CfoilDetailsRaw *) details->raws->pdata[i])->text);
  g_assert_cmpuint (length, >, CFOIL_DETAILS_MAX_RAW / 2);
  g_assert_cmpuint (length, <=, CFOIL_DETAILS_MAX_RAW + 10);
}

static void
test_json (void)
{
  static const struct
  {
    const char *text;
    const char *lines;
  } cases[] = {
    { "", "" },
    { "no json, {at all}", "no json, {at all}" },
    { "{}", "{}" },
    { " { } ", "{}" },
    { "[1,2]", "[\n  1,\n  2\n]" },
    { "{\"a\\\"\":\"b\\\\\",\"c\":null}", "{\n  \"a\\\"\": \"b\\\\\",\n  \"c\": null\n}" },
    { "{\"cut", "{\n  \"cut" },
    { "{\"cut\\", "{\n  \"cut\\" },
    { "}}]", "}}]" },
    { "[}}]", "[\n  \n}\n}\n]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines = cfoil_json_in_lines (cases[i].text);

      g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
test_async (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilReader) reader = cfoil_reader_new (mirror->mirror);
  gint64 txn_id;

  put_story (mirror);
  txn_id = test_count (mirror->mirror, "SELECT txn_id FROM txn WHERE transaction_id = 'C1'");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (CfoilDetails) details = NULL;
      g_autoptr (GError) error = NULL;

      cfoil_details_read_async (reader, i == 0 ? txn_id : 999999, NULL, read_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      details = cfoil_details_read_finish (result, &error);
      if (i == 0)
        g_assert_cmpstr (details->row->transaction_id, ==, "C1");
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    }
  cfoil_reader_close (reader);
}

static void
test_annotated (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDetails) details = NULL;
  g_autoptr (CfoilAnnotation) said = cfoil_annotation_new ();
  g_autoptr (GError) error = NULL;

  put_story (mirror);
  details = read_id (mirror, "C1");
  g_assert_cmpstr (details->annotation->note, ==, "");
  g_free (said->note);
  said->note = g_strdup ("call her");
  g_assert_true (cfoil_annotation_write (mirror->mirror, details->row->txn_id, said, CFOIL_ANNOTATION_ALL, NULL, &error));
  g_clear_pointer (&details, cfoil_details_unref);
  details = read_id (mirror, "C1");
  g_assert_cmpstr (details->annotation->note, ==, "call her");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/details/charge", test_charge);
  g_test_add_func ("/details/refund", test_refund);
  g_test_add_func ("/details/line-only", test_line_only);
  g_test_add_func ("/details/authorized", test_authorized);
  g_test_add_func ("/details/raw", test_raw);
  g_test_add_func ("/details/json", test_json);
  g_test_add_func ("/details/async", test_async);
  g_test_add_func ("/details/annotated", test_annotated);

  return g_test_run ();
}
