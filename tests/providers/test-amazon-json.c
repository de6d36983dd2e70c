/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-amazon-lane.h"
#include "cfoil-amazon-notification.h"
#include "cfoil-amazon-words.h"
#include "cfoil-error.h"
#include "cfoil-json-guard.h"

#include <string.h>

/* What is let through to the JSON parser, and what is made of it. */
#define CHARGE \
  "{\"chargeId\":\"S01-5105180-3221187-C056351\",\"chargePermissionId\":\"S01-5105180-3221187\",\"chargeAmount\":{\"amount\":\"14.00\",\"currencyCode\":\"USD\"}," \
  "\"captureAmount\":{\"amount\":\"10.00\",\"currencyCode\":\"USD\"},\"refundedAmount\":{\"amount\":\"1.5\",\"currencyCode\":\"USD\"},\"convertedAmount\":\"14.00\"," \
  "\"conversionRate\":1.00,\"channel\":\"Web\",\"merchantMetadata\":{\"merchantReferenceId\":\"M-1\",\"merchantStoreName\":\"Store\",\"noteToBuyer\":null," \
  "\"customInformation\":null},\"softDescriptor\":\"AMZ*Store\",\"statusDetails\":{\"state\":\"Captured\",\"reasonCode\":null,\"reasonDescription\":null," \
  "\"lastUpdatedTimestamp\":\"20190714T155300Z\"},\"creationTimestamp\":\"20190714T155300Z\",\"expirationTimestamp\":\"20190813T155300Z\",\"releaseEnvironment\":\"Sandbox\"}"

static gboolean
guard (const char *text,
       gsize       length,
       int        *code)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_json_guard (text, length, &error);

  g_assert_cmpint (ok, ==, error == NULL);
  if (!ok)
    g_assert_true (error->domain == CFOIL_INPUT_ERROR);
  if (code != NULL)
    *code = ok ? -1 : error->code;
  return ok;
}

static char *
nest (const char *open,
      const char *close,
      guint       depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_guard_depth (void)
{
  static const guint depths[] = { 65, 1000, 100000, 1000000 };
  g_autofree char *arrays = nest ("[", "]", 63);
  g_autofree char *good = g_strconcat ("{\"a\":", arrays, "}", NULL);
  int code;

  g_assert_true (guard (good, strlen (good), NULL));
  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autofree char *objects = nest ("{\"a\":", "}", depths[i]);
      g_autofree char *deep = nest ("[", "]", depths[i]);
      g_autofree char *wrapped = g_strconcat ("{\"a\":", deep, "}", NULL);
      gint64 start = g_get_monotonic_time ();

      g_assert_false (guard (objects, strlen (objects), &code));
      g_assert_false (guard (wrapped, strlen (wrapped), &code));
      g_assert_cmpint (code, ==, CFOIL_INPUT_ERROR_LIMIT);
      g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
    }
}

static void
test_guard_texts (void)
{
  static const char *const good[] = {
    "{}",
    " {\"a\":1}\r\n\t ",
    "{\"a\":[],\"b\":{},\"c\":[1,2.5,-0,1e5,1E+5,0.1e-9,true,false,null,\"\"]}",
    "{\"a\":{\"x\":1},\"b\":{\"x\":1}}",
    "{\"a\":[{\"x\":1},{\"x\":1}]}",
    "{\"\\u00e9\":\"\\ud83d\\ude00 \\\" \\\\ \\/ \\b\\f\\n\\r\\t\"}",
    "{\"\":1}",
    "{\"a\":1e999}",
  };
  static const struct
  {
    const char *text;
    int code;
  } bad[] = {
    { "", CFOIL_INPUT_ERROR_TRUNCATED },
    { "   ", CFOIL_INPUT_ERROR_TRUNCATED },
    { "[]", CFOIL_INPUT_ERROR_SYNTAX },
    { "\"a\"", CFOIL_INPUT_ERROR_SYNTAX },
    { "null", CFOIL_INPUT_ERROR_SYNTAX },
    { "1", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"amount\":1,\"amount\":2}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"amount\":1,\"am\\u006funt\":2}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{} {}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{}x", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":1,}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":[1,]}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{,}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{'a':1}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{a:1}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":1 /* x */}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":1 // x\n}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":NaN}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":Infinity}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":+1}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":01}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":.5}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":1.}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":1e}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":0x10}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":11111111111111111111111111111111111111111111111111111111111111111}", CFOIL_INPUT_ERROR_LIMIT },
    { "{\"a\":\"\\u0000\"}", CFOIL_INPUT_ERROR_ENCODING },
    { "{\"a\":\"\\ud800\"}", CFOIL_INPUT_ERROR_ENCODING },
    { "{\"a\":\"\\udc00\"}", CFOIL_INPUT_ERROR_ENCODING },
    { "{\"a\":\"\\ud800\\u0041\"}", CFOIL_INPUT_ERROR_ENCODING },
    { "{\"a\":\"\\x41\"}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":\"\n\"}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":\"\xff\"}", CFOIL_INPUT_ERROR_ENCODING },
    { "{\"a\":\"\xc0\x80\"}", CFOIL_INPUT_ERROR_ENCODING },
    { "{\"a\":\"\xed\xa0\x80\"}", CFOIL_INPUT_ERROR_ENCODING },
    { "\xef\xbb\xbf{}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\"", CFOIL_INPUT_ERROR_TRUNCATED },
    { "{\"a\":tru", CFOIL_INPUT_ERROR_TRUNCATED },
    { "{\"a\":[1}", CFOIL_INPUT_ERROR_SYNTAX },
    { "{\"a\":1]", CFOIL_INPUT_ERROR_SYNTAX },
  };
  int code;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (guard (good[i], strlen (good[i]), NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (guard (bad[i].text, strlen (bad[i].text), &code));
      g_test_message ("%u %d", i, code);
      g_assert_cmpint (code, ==, bad[i].code);
    }
  g_assert_false (guard ("{\"a\":\"\0\"}", 9, &code));
}

/* Every cut is seen as one; every changed byte is refused or still JSON. */
static void
test_guard_bytes (void)
{
  static const guchar values[] = { 0, ' ', '"', '\\', '{', ']', '9', 0xff };
  g_autofree char *text = g_strdup (CHARGE);
  gsize length = strlen (text);
  int code;

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *cut = g_memdup2 (text, MAX (i, 1));

      g_assert_false (guard (cut, i, &code));
      g_assert_cmpint (code, ==, CFOIL_INPUT_ERROR_TRUNCATED);
    }

  for (gsize i = 0; i < length; i++)
    for (guint v = 0; v < G_N_ELEMENTS (values); v++)
      {
        char old = text[i];

        text[i] = (char) values[v];
        if (guard (text, length, NULL))
          {
            g_autoptr (JsonParser) parser = json_parser_new ();
            g_auto (CfoilAmazonObject) object = { 0 };

            g_assert_true (json_parser_load_from_data (parser, text, length, NULL));
            cfoil_amazon_json_read_charge (json_node_get_object (json_parser_get_root (parser)), text, &object, NULL);
          }
        text[i] = old;
      }
}

static void
test_guard_large (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autofree char *fill = g_strnfill (20 * 1024 * 1024, 'x');

  for (guint i = 0; i < 300000; i++)
    g_string_append_printf (text, "\"k%u\":{},", i);
  g_string_append_printf (text, "\"s\":\"%s\"}", fill);
  g_assert_true (guard (text->str, text->len, NULL));
}

static JsonObject *
load (JsonParser *parser,
      const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cfoil_json_guard (text, strlen (text), &error));
  g_assert_no_error (error);
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_charge (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (CfoilAmazonObject) object = { 0 };
  const CfoilObservation *o = &object.observation;
  g_autoptr (GError) error = NULL;

  cfoil_amazon_json_read_charge (load (parser, CHARGE), CHARGE, &object, &error);
  g_assert_no_error (error);
  g_assert_false (object.unknown_state);
  g_assert_cmpint (o->kind, ==, CFOIL_OBJECT_CHARGE);
  g_assert_cmpstr (o->object_id, ==, "S01-5105180-3221187-C056351");
  g_assert_cmpstr (o->permission_id, ==, "S01-5105180-3221187");
  g_assert_cmpint (o->state, ==, CFOIL_STATE_CAPTURED);
  g_assert_cmpstr (o->provider_state, ==, "Captured");
  g_assert_null (o->reason);
  g_assert_cmpstr (o->currency, ==, "USD");
  g_assert_cmpint (o->amount_minor, ==, 1400);
  g_assert_cmpint (o->moved_minor, ==, 1000);
  g_assert_cmpint (o->refunded_minor, ==, 150);
  g_assert_cmpint (o->said_us, ==, G_GINT64_CONSTANT (1563119580) * G_USEC_PER_SEC);
  g_assert_cmpint (o->expires_us, ==, G_GINT64_CONSTANT (1565711580) * G_USEC_PER_SEC);
  g_assert_cmpstr (o->merchant_reference, ==, "M-1");
  g_assert_cmpstr (o->store, ==, "Store");
  g_assert_cmpstr (o->description, ==, "AMZ*Store");
  g_assert_cmpstr (o->channel, ==, "Web");
  g_assert_true (o->final);
  g_assert_cmpstr (o->raw, ==, CHARGE);
}

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

/* Members that are missing, null, or of another type than last year. */
static void
test_charge_members (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    gboolean ok;
  } table[] = {
    { "\"S01-5105180-3221187-C056351\"", "null", FALSE },
    { "\"S01-5105180-3221187-C056351\"", "7", FALSE },
    { "\"S01-5105180-3221187-C056351\"", "\"../charges\"", FALSE },
    { "\"Captured\"", "null", FALSE },
    { "\"Captured\"", "{}", FALSE },
    { "\"Captured\"", "\"Dancing\"", TRUE },
    { "\"14.00\",\"currencyCode\":\"USD\"}", "\"14.00\",\"currencyCode\":\"QQQ\"}", FALSE },
    { "\"14.00\",\"currencyCode\":\"USD\"}", "\"14.00\",\"currencyCode\":null}", FALSE },
    { "\"14.00\",\"currencyCode\":\"USD\"}", "14,\"currencyCode\":\"USD\"}", TRUE },
    { "\"14.00\",\"currencyCode\":\"USD\"}", "14.01,\"currencyCode\":\"USD\"}", FALSE },
    { "\"14.00\",\"currencyCode\":\"USD\"}", "\"-14.00\",\"currencyCode\":\"USD\"}", FALSE },
    { "\"14.00\",\"currencyCode\":\"USD\"}", "\"14.001\",\"currencyCode\":\"USD\"}", FALSE },
    { "\"14.00\",\"currencyCode\":\"USD\"}", "\"1e3\",\"currencyCode\":\"USD\"}", FALSE },
    { "\"14.00\",\"currencyCode\":\"USD\"}", "\" 14.00\",\"currencyCode\":\"USD\"}", FALSE },
    { "\"14.00\",\"currencyCode\":\"USD\"}", "[],\"currencyCode\":\"USD\"}", FALSE },
    { "{\"amount\":\"14.00\",\"currencyCode\":\"USD\"}", "null", FALSE },
    { "{\"amount\":\"10.00\",\"currencyCode\":\"USD\"}", "null", TRUE },
    { "{\"amount\":\"10.00\",\"currencyCode\":\"USD\"}", "{\"amount\":null,\"currencyCode\":null}", TRUE },
    { "{\"amount\":\"10.00\",\"currencyCode\":\"USD\"}", "{\"amount\":\"10.00\",\"currencyCode\":\"EUR\"}", FALSE },
    { "{\"amount\":\"10.00\",\"currencyCode\":\"USD\"}", "\"10.00\"", FALSE },
    { "{\"amount\":\"10.00\",\"currencyCode\":\"USD\"}", "{\"amount\":\"-10.00\",\"currencyCode\":\"USD\"}", FALSE },
    { "{\"amount\":\"10.00\",\"currencyCode\":\"USD\"}", "{\"amount\":\"10000000000000.01\",\"currencyCode\":\"USD\"}", FALSE },
    { "{\"amount\":\"1.5\",\"currencyCode\":\"USD\"}", "{\"amount\":\"-1.5\",\"currencyCode\":\"USD\"}", FALSE },
    { "\"lastUpdatedTimestamp\":\"20190714T155300Z\"", "\"lastUpdatedTimestamp\":1563119580", TRUE },
    { "\"lastUpdatedTimestamp\":\"20190714T155300Z\"", "\"lastUpdatedTimestamp\":null", TRUE },
    { "\"lastUpdatedTimestamp\":\"20190714T155300Z\"", "\"lastUpdatedTimestamp\":\"yesterday\"", FALSE },
    { "\"lastUpdatedTimestamp\":\"20190714T155300Z\"", "\"lastUpdatedTimestamp\":-1", FALSE },
    { "\"lastUpdatedTimestamp\":\"20190714T155300Z\"", "\"lastUpdatedTimestamp\":9223372036854775807", FALSE },
    { "\"lastUpdatedTimestamp\":\"20190714T155300Z\"", "\"lastUpdatedTimestamp\":true", FALSE },
    { "{\"merchantReferenceId\":\"M-1\",\"merchantStoreName\":\"Store\"", "[{\"merchantReferenceId\":\"M-1\"}],\"x\":{\"y\":1", TRUE },
    { "\"Web\"", "{\"kind\":\"Web\"}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = replace (CHARGE, table[i].from, table[i].to);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_auto (CfoilAmazonObject) object = { 0 };
      g_autoptr (GError) error = NULL;
      gboolean ok = cfoil_amazon_json_read_charge (load (parser, text), text, &object, &error);

      g_test_message ("%s -> %s: %s", table[i].from, table[i].to, ok ? "read" : error->message);
      g_assert_cmpint (ok, ==, table[i].ok);
      if (!ok)
        g_assert_true (error->domain == CFOIL_INPUT_ERROR);
      if (ok && strstr (table[i].to, "Dancing") != NULL)
        {
          g_assert_true (object.unknown_state);
          g_assert_cmpint (object.observation.state, ==, CFOIL_STATE_OTHER);
          g_assert_false (object.observation.final);
        }
    }
}

static void
test_long_text (void)
{
  g_autofree char *fill = g_strnfill (100000, 'x');
  g_autofree char *with_umlauts = g_strconcat ("\"x", fill, "\xc3\xa4\"", NULL);
  g_autofree char *text = replace (CHARGE, "\"M-1\"", with_umlauts);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (CfoilAmazonObject) object = { 0 };

  g_assert_true (cfoil_amazon_json_read_charge (load (parser, text), text, &object, NULL));
  g_assert_cmpuint (strlen (object.observation.merchant_reference), <=, 4096);
  g_assert_true (g_utf8_validate (object.observation.merchant_reference, -1, NULL));
}

static void
test_refund (void)
{
  static const char text[] =
    "{\"refundId\":\"S01-1-2-R3\",\"chargeId\":\"S01-1-2-C3\",\"refundAmount\":{\"amount\":\"500\",\"currencyCode\":\"JPY\"},\"softDescriptor\":\"D\","
    "\"creationTimestamp\":\"20190714T155300Z\",\"statusDetails\":{\"state\":\"Refunded\",\"reasonCode\":null,\"lastUpdatedTimestamp\":\"20190714T155301Z\"}}";
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (CfoilAmazonObject) object = { 0 };

  g_assert_true (cfoil_amazon_json_read_refund (load (parser, text), text, &object, NULL));
  g_assert_cmpstr (object.observation.object_id, ==, "S01-1-2-R3");
  g_assert_cmpstr (object.observation.charge_id, ==, "S01-1-2-C3");
  g_assert_cmpint (object.observation.amount_minor, ==, 500);
  g_assert_cmpint (object.observation.moved_minor, ==, -500);
  g_assert_cmpint (object.observation.state, ==, CFOIL_STATE_REFUNDED);
  g_assert_true (object.observation.final);
}

static void
test_permission (void)
{
  static const char text[] =
    "{\"chargePermissionId\":\"C03-1442027-5744374\",\"chargePermissionType\":\"Recurring\",\"limits\":{\"amountLimit\":{\"amount\":\"50000\",\"currencyCode\":\"JPY\"},"
    "\"amountBalance\":{\"amount\":\"49000\",\"currencyCode\":\"JPY\"}},\"buyer\":{\"buyerId\":\"B1\",\"name\":\"\xe5\xb1\xb1\xe7\x94\xb0\",\"email\":\"y@example.jp\"},"
    "\"shippingAddress\":null,\"billingAddress\":{\"countryCode\":\"JP\"},\"merchantMetadata\":{\"merchantReferenceId\":\"O-7\"},\"creationTimestamp\":\"20190714T155300Z\","
    "\"expirationTimestamp\":\"20200814T155300Z\",\"statusDetails\":{\"state\":\"NonChargeable\",\"reasons\":[{\"reasonCode\":\"PaymentMethodExpired\",\"reasonDescription\":null}],"
    "\"lastUpdatedTimestamp\":\"20190714T155300Z\"}}";
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (CfoilAmazonObject) object = { 0 };
  const CfoilObservation *o = &object.observation;

  g_assert_true (cfoil_amazon_json_read_permission (load (parser, text), text, &object, NULL));
  g_assert_cmpint (o->state, ==, CFOIL_STATE_BLOCKED);
  g_assert_cmpstr (o->reason, ==, "PaymentMethodExpired");
  g_assert_cmpint (o->amount_minor, ==, 50000);
  g_assert_cmpint (o->moved_minor, ==, 0);
  g_assert_cmpstr (o->buyer_id, ==, "B1");
  g_assert_cmpstr (o->buyer_name, ==, "\xe5\xb1\xb1\xe7\x94\xb0");
  g_assert_cmpstr (o->buyer_email, ==, "y@example.jp");
  g_assert_cmpstr (o->buyer_country, ==, "JP");
  g_assert_cmpstr (o->merchant_reference, ==, "O-7");
  g_assert_false (o->final);
}

static void
test_dispute (void)
{
  static const char text[] =
    "{\"disputeId\":\"P01-1-2-B3\",\"chargeId\":\"P01-1-2-C3\",\"disputeType\":\"Chargeback\",\"disputeAmount\":{\"amount\":\"14.00\",\"currencyCode\":\"USD\"},"
    "\"filingReason\":\"ProductNotReceived\",\"merchantResponseDeadline\":1564120800,\"creationTimestamp\":\"20190714T155300Z\","
    "\"statusDetails\":{\"state\":\"Resolved\",\"reasonCode\":\"InvestigatorResolved\",\"resolution\":\"MerchantWon\",\"lastUpdatedTimestamp\":\"20190714T155300Z\"}}";
  gint64 said_us = G_GINT64_CONSTANT (1563119580) * G_USEC_PER_SEC;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (CfoilAmazonObject) object = { 0 };
  const CfoilObservation *o = &object.observation;

  g_assert_true (cfoil_amazon_json_read_dispute (load (parser, text), text, said_us + 90 * CFOIL_USEC_PER_DAY, &object, NULL));
  g_assert_cmpint (o->state, ==, CFOIL_STATE_WON);
  g_assert_cmpstr (o->resolution, ==, "MerchantWon");
  g_assert_cmpstr (o->reason, ==, "ProductNotReceived");
  g_assert_cmpstr (o->description, ==, "InvestigatorResolved");
  g_assert_cmpstr (o->charge_id, ==, "P01-1-2-C3");
  g_assert_cmpint (o->deadline_us, ==, G_GINT64_CONSTANT (1564120800) * G_USEC_PER_SEC);
  g_assert_false (o->final);
  g_assert_true (cfoil_amazon_json_read_dispute (load (parser, text), text, said_us + 90 * CFOIL_USEC_PER_DAY + 1, &object, NULL));
  g_assert_true (o->final);
}

static void
test_dispute_states (void)
{
  static const struct
  {
    const char *state;
    const char *reason;
    const char *resolution;
    CfoilState expected;
  } table[] = {
    { "ActionRequired", "MerchantResponseRequired", NULL, CFOIL_STATE_NEEDS_RESPONSE },
    { "ActionRequired", "MerchantAdditionalEvidencesRequired", NULL, CFOIL_STATE_NEEDS_RESPONSE },
    { "UnderReview", NULL, NULL, CFOIL_STATE_UNDER_REVIEW },
    { "UnderReview", "BuyerAdditionalEvidencesRequired", NULL, CFOIL_STATE_WAITING_OTHER },
    { "Resolved", "MerchantAcceptedDispute", "BuyerWon", CFOIL_STATE_LOST },
    { "Resolved", "MerchantResponseDeadlineExpired", NULL, CFOIL_STATE_LOST },
    { "Resolved", "BuyerCancelled", NULL, CFOIL_STATE_WON },
    { "Resolved", "AutoResolved", "NoFault", CFOIL_STATE_CLOSED_NEUTRAL },
    { "Closed", "ChargebackFiled", NULL, CFOIL_STATE_CLOSED_NEUTRAL },
    { "Closed", "InvestigatorResolved", "MerchantWon", CFOIL_STATE_WON },
    { "Resolved", NULL, "SomethingNew", CFOIL_STATE_OTHER },
    { "SomethingNew", NULL, NULL, CFOIL_STATE_OTHER },
    { NULL, NULL, NULL, CFOIL_STATE_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (cfoil_amazon_dispute_state (table[i].state, table[i].reason, table[i].resolution), ==, table[i].expected);
}

static void
test_report_and_disbursement (void)
{
  static const char report_text[] =
    "{\"reportId\":\"A08439021T39K6DTX4JS8\",\"reportType\":\"_GET_X_\",\"startTime\":\"20220804T000000Z\",\"endTime\":null,\"createdTime\":\"2022-08-05T00:00:00.5Z\","
    "\"processingStatus\":\"NAPPING\",\"reportDocumentId\":null}";
  static const char disbursement_text[] =
    "{\"sellerId\":\"M\",\"settlementId\":\"5044561311\",\"amazonDisbursementReferenceId\":\"D1\",\"amount\":\"-3.10\",\"currencyCode\":\"EUR\",\"transactionTime\":\"2022-12-07T17:08:26.717Z\"}";
  g_autoptr (JsonParser) parser = json_parser_new ();
  CfoilReport report;
  CfoilDisbursement disbursement;

  g_assert_true (cfoil_amazon_json_read_report (load (parser, report_text), &report, NULL));
  g_assert_cmpint (report.status, ==, CFOIL_REPORT_UNKNOWN);
  g_assert_cmpstr (report.provider_status, ==, "NAPPING");
  g_assert_cmpint (report.end_us, ==, CFOIL_UNKNOWN);
  g_assert_cmpint (report.created_us % G_USEC_PER_SEC, ==, G_USEC_PER_SEC / 2);
  g_assert_null (report.document_id);

  g_assert_true (cfoil_amazon_json_read_disbursement (load (parser, disbursement_text), disbursement_text, &disbursement, NULL));
  g_assert_cmpstr (disbursement.settlement_id, ==, "5044561311");
  g_assert_cmpint (disbursement.amount_minor, ==, -310);
  g_assert_cmpint (disbursement.transaction_us % G_USEC_PER_SEC, ==, 717000);
}

static void
test_notifications (void)
{
  static const struct
  {
    const char *text;
    int kind; /* 0: refused */
    const char *object_id;
    const char *message_id;
  } table[] = {
    { "{\"Type\":\"Notification\",\"MessageId\":\"m-1\",\"Message\":\"{\\\"MerchantID\\\":\\\"M\\\",\\\"ObjectType\\\":\\\"CHARGE\\\",\\\"ObjectId\\\":\\\"S01-1-2-C3\\\",\\\"NotificationId\\\":\\\"n\\\"}\"}",
      CFOIL_OBJECT_CHARGE, "S01-1-2-C3", "m-1" },
    { "{\"merchantId\":\"M\",\"objectType\":\"REFUND\",\"objectId\":\"S01-1-2-R3\",\"notificationId\":\"n-1\"}", CFOIL_OBJECT_REFUND, "S01-1-2-R3", "n-1" },
    { "{\"ObjectType\":\"CHARGE_PERMISSION\",\"ObjectId\":\"C01-1-2\"}", CFOIL_OBJECT_PERMISSION, "C01-1-2", "C01-1-2" },
    { "{\"ObjectType\":\"CHARGEBACK\",\"ObjectId\":\"P01-1-2-B3\"}", CFOIL_OBJECT_DISPUTE, "P01-1-2-B3", "P01-1-2-B3" },
    { "{\"ObjectType\":\"CHARGEBACK\",\"ObjectId\":\"P01-1-2-C3\"}", CFOIL_OBJECT_DISPUTE, "P01-1-2-C3", "P01-1-2-C3" },
    { "\xef\xbb\xbf{\r\n\"ObjectType\":\"CHARGE\",\r\n\"ObjectId\":\"S01-1-2-C3\"\r\n}\r\n", CFOIL_OBJECT_CHARGE, "S01-1-2-C3", "S01-1-2-C3" },
    { "\xef\xbb\xbf", 0 },
    { "{\"MerchantID\":\"SOMEBODY\",\"ObjectType\":\"CHARGE\",\"ObjectId\":\"S01-1-2-C3\"}", 0 },
    { "{\"ObjectType\":\"PARTY\",\"ObjectId\":\"S01-1-2-C3\"}", 0 },
    { "{\"ObjectType\":\"CHARGE\",\"ObjectId\":\"../x\"}", 0 },
    { "{\"ObjectType\":\"CHARGE\"}", 0 },
    { "{\"NotificationType\":\"PaymentCapture\",\"NotificationData\":\"<xml/>\"}", 0 },
    { "{\"Message\":\"not JSON\"}", 0 },
    { "{\"Message\":\"{}\"}", 0 },
    { "[]", 0 },
    { "", 0 },
  };
  g_autofree char *fill = g_strnfill (300000, ' ');
  g_autofree char *long_text = g_strconcat ("{", fill, "}", NULL);
  g_autoptr (GError) long_error = NULL;
  CfoilObjectKind kind;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *object_id = NULL, *message_id = NULL;
      g_autoptr (GError) error = NULL;
      gboolean ok = cfoil_amazon_notification_parse (table[i].text, strlen (table[i].text), "M", &kind, &object_id, &message_id, &error);

      g_assert_cmpint (ok, ==, table[i].kind != 0);
      g_assert_cmpint (ok, ==, error == NULL);
      if (ok)
        g_assert_cmpint ((int) kind, ==, table[i].kind);
      g_assert_cmpstr (object_id, ==, table[i].object_id);
      g_assert_cmpstr (message_id, ==, table[i].message_id);
    }
  g_assert_false (cfoil_amazon_notification_parse (long_text, strlen (long_text), NULL, &kind, NULL, NULL, &long_error));
  g_assert_error (long_error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT);
}

/* A long reason is cut, but not in a character; without a date nothing is known of
 * the clock. */
static void
test_failure (void)
{
  g_autofree char *fill = g_strnfill (99, 'x');
  g_autofree char *body = g_strconcat ("{\"reasonCode\":\"", fill, "\xc3\xa4\xc3\xa4\",\"message\":\"no\"}", NULL);
  g_autofree char *expected = g_strconcat (fill, "\xc3\xa4", NULL);
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  CfoilHttpResponse response = { .status = 403, .headers = headers, .body = body, .body_length = strlen (body) };
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (headers, (gpointer) "content-type", (gpointer) "application/json");
  error = cfoil_amazon_failure_new (&response, 1000);
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_AUTHENTICATION);
  g_assert_cmpstr (cfoil_provider_error_get_detail (error)->reason_code, ==, expected);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_windows (void)
{
  GQueue windows = G_QUEUE_INIT;
  gint64 end_us = 70 * CFOIL_USEC_PER_DAY;
  gint64 last = 0;

  cfoil_amazon_cut_windows (&windows, 0, end_us);
  g_assert_cmpuint (g_queue_get_length (&windows), ==, 3);
  while (!g_queue_is_empty (&windows))
    {
      g_autofree CfoilInterval *window = g_queue_pop_head (&windows);

      g_assert_cmpint (window->end_us, ==, end_us);
      g_assert_cmpint (window->end_us - window->start_us, <=, 30 * CFOIL_USEC_PER_DAY);
      end_us = window->start_us;
    }
  g_assert_cmpint (end_us, ==, 0);

  for (guint i = 0; i < 20; i++)
    {
      gint64 delay = cfoil_amazon_lane_get_poll_delay (i, FALSE);

      g_assert_cmpint (delay, >=, last);
      last = delay;
    }
  g_assert_cmpint (cfoil_amazon_lane_get_poll_delay (0, FALSE), ==, G_USEC_PER_SEC / 2);
  g_assert_cmpint (last, ==, 60 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-guard/depth", test_guard_depth);
  g_test_add_func ("/json-guard/texts", test_guard_texts);
  g_test_add_func ("/json-guard/bytes", test_guard_bytes);
  g_test_add_func ("/json-guard/large", test_guard_large);
  g_test_add_func ("/amazon-pay/json/charge", test_charge);
  g_test_add_func ("/amazon-pay/json/charge-members", test_charge_members);
  g_test_add_func ("/amazon-pay/json/long-text", test_long_text);
  g_test_add_func ("/amazon-pay/json/refund", test_refund);
  g_test_add_func ("/amazon-pay/json/permission", test_permission);
  g_test_add_func ("/amazon-pay/json/dispute", test_dispute);
  g_test_add_func ("/amazon-pay/json/dispute-states", test_dispute_states);
  g_test_add_func ("/amazon-pay/json/report-and-disbursement", test_report_and_disbursement);
  g_test_add_func ("/amazon-pay/notifications", test_notifications);
  g_test_add_func ("/amazon-pay/failure", test_failure);
  g_test_add_func ("/amazon-pay/windows", test_windows);

  return g_test_run ();
}
