/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-decision.h"
#include "cfoil-dossier.h"
#include "cfoil-draft.h"
#include "cfoil-time.h"

#include <string.h>

#define DAY_US G_TIME_SPAN_DAY
#define PAID_US (G_GINT64_CONSTANT (20000) * DAY_US + 15 * G_TIME_SPAN_HOUR)

/* --- a shop --- */

static guint64 row_number = 0;

static CfoilObservation
object (CfoilObjectKind kind,
        const char     *id,
        CfoilState      state)
{
  CfoilObservation said = test_observation (kind, id, 5);

  said.state = state;
  said.provider_state = "word";
  said.currency = "USD";
  said.row_number = ++row_number;
  return said;
}

static void
put_permission (TestMirror *mirror,
                const char *id,
                const char *buyer_id,
                const char *email)
{
  CfoilObservation said = object (CFOIL_OBJECT_PERMISSION, id, CFOIL_STATE_OPEN);

  said.buyer_id = buyer_id;
  said.buyer_email = email;
  said.buyer_name = buyer_id != NULL ? "Ada" : NULL;
  said.buyer_country = "DE";
  test_put_observation (mirror->writer, &said);
}

static void
put_charge (TestMirror *mirror,
            const char *id,
            const char *permission_id,
            gint64      amount_minor,
            gint64      paid_us,
            CfoilState  state)
{
  CfoilObservation said = object (CFOIL_OBJECT_CHARGE, id, state);

  said.permission_id = permission_id;
  said.amount_minor = amount_minor;
  said.moved_minor = state == CFOIL_STATE_CAPTURED ? amount_minor : 0;
  said.created_us = paid_us;
  said.merchant_reference = "order 7";
  test_put_observation (mirror->writer, &said);
}

static void
put_refund (TestMirror *mirror,
            const char *id,
            const char *charge_id,
            gint64      amount_minor,
            gint64      us,
            CfoilState  state,
            gboolean    by_buyer)
{
  CfoilObservation said = object (CFOIL_OBJECT_REFUND, id, state);

  said.charge_id = charge_id;
  said.amount_minor = amount_minor;
  said.created_us = us;
  said.by_buyer = by_buyer;
  test_put_observation (mirror->writer, &said);
}

static void
put_dispute (TestMirror *mirror,
             const char *id,
             const char *charge_id,
             CfoilState  state,
             const char *state_code,
             const char *reason)
{
  CfoilObservation said = object (CFOIL_OBJECT_DISPUTE, id, state);

  said.charge_id = charge_id;
  said.amount_minor = 2500;
  said.created_us = PAID_US + 20 * DAY_US;
  said.state_code = state_code;
  said.reason = reason;
  said.raw = "{\"disputeId\":\"B1\"}";
  test_put_observation (mirror->writer, &said);
}

static void
put_line (TestMirror *mirror,
          CfoilType   type,
          const char *dispute_id,
          const char *charge_id,
          gint64      net_minor,
          gint64      posted_us)
{
  CfoilSettlementLine line = test_line ("S1", type, NULL, net_minor);

  line.provider_id = dispute_id != NULL ? dispute_id : charge_id;
  line.dispute_id = dispute_id;
  line.charge_id = charge_id;
  line.posted_us = posted_us;
  line.row_number = ++row_number;
  test_put_line (mirror->writer, &line);
}

static CfoilDossier *
read_dossier (TestMirror *mirror,
              const char *dispute_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (CfoilCase) record = cfoil_case_find (reader, dispute_id, &error);
  CfoilDossier *dossier;

  g_assert_no_error (error);
  dossier = cfoil_dossier_read (reader, record->case_id, &error);
  g_assert_no_error (error);
  return dossier;
}

static const char *
fact (const CfoilDossier *dossier,
      CfoilFactKey        key)
{
  const char *value = NULL;

  for (guint i = 0; i < dossier->facts->len; i++)
    {
      const CfoilFact *one = g_ptr_array_index (dossier->facts, i);

      if (one->key == key)
        {
          g_assert_null (value);
          value = one->value;
        }
    }
  return value;
}

static const CfoilFact *
find_fact (const CfoilDossier *dossier,
           CfoilFactKey        key)
{
  for (guint i = 0; i < dossier->facts->len; i++)
    if (((CfoilFact *) g_ptr_array_index (dossier->facts, i))->key == key)
      return g_ptr_array_index (dossier->facts, i);
  g_assert_not_reached ();
}

static void
put_item (TestMirror *mirror,
          const char *kind,
          const char *name,
          const char *valid_from,
          const char *text)
{
  g_autoptr (CfoilLibraryItem) item = cfoil_library_item_new ();
  g_autoptr (GError) error = NULL;

  g_free (item->kind);
  g_free (item->name);
  g_free (item->text);
  item->kind = g_strdup (kind);
  item->name = g_strdup (name);
  item->valid_from = g_strdup (valid_from);
  item->text = g_strdup (text);
  cfoil_library_put (mirror->mirror, item, &error);
  g_assert_no_error (error);
}

/* --- facts --- */

static void
test_facts (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDossier) dossier = NULL;
  g_autofree char *day = NULL;

  put_permission (mirror, "P1", "buyer-1", "ada@example.org");
  put_charge (mirror, "C1", "P1", 2554, PAID_US, CFOIL_STATE_CAPTURED);
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, NULL, "CreditNotProcessed");
  put_refund (mirror, "R1", "C1", 100, PAID_US + DAY_US, CFOIL_STATE_REFUNDED, FALSE);
  put_refund (mirror, "R2", "C1", 200, PAID_US + 2 * DAY_US, CFOIL_STATE_REFUNDED, FALSE);
  put_refund (mirror, "R3", "C1", 300, PAID_US + 3 * DAY_US, CFOIL_STATE_DECLINED, FALSE);
  put_refund (mirror, "R4", "C1", 400, PAID_US + 4 * DAY_US, CFOIL_STATE_REFUNDED, TRUE);
  put_line (mirror, CFOIL_TYPE_DISPUTE_FEE, "B1", NULL, -2000, PAID_US + 5 * DAY_US);
  test_commit (mirror->writer);

  dossier = read_dossier (mirror, "B1");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_PAYMENT_TIME), ==, "2024-10-04T15:00:00Z");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_PAYMENT_AMOUNT), ==, "USD 25.54");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_DISPUTE_AMOUNT), ==, "USD 25.00");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_DISPUTE_OPENED), ==, "2024-10-24T15:00:00Z");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_CHARGE_ID), ==, "C1");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_DISPUTE_ID), ==, "B1");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_ORDER_REFERENCE), ==, "order 7");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_BUYER_NAME), ==, "Ada");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_BUYER_EMAIL), ==, "ada@example.org");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_BUYER_COUNTRY), ==, "DE");
  /* one refund, whole: the last that the merchant made */
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_REFUND_ID), ==, "R2");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_REFUND_AMOUNT), ==, "USD 2.00");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_REFUND_TIME), ==, "2024-10-06T15:00:00Z");
  g_assert_cmpuint (dossier->refunds->len, ==, 3);
  g_assert_null (fact (dossier, CFOIL_FACT_PRIOR_COUNT));
  g_assert_null (fact (dossier, CFOIL_FACT_DESCRIPTOR));
  g_assert_null (fact (dossier, CFOIL_FACT_MERCHANT));
  g_assert_null (fact (dossier, CFOIL_FACT_SHIPPED_DATE));
  g_assert_cmpstr (find_fact (dossier, CFOIL_FACT_PAYMENT_TIME)->detail, ==, "settlement-reports");
  g_assert_cmpint (find_fact (dossier, CFOIL_FACT_PAYMENT_TIME)->source, ==, CFOIL_FACT_SOURCE_MIRROR);
  g_assert_cmpstr (dossier->raw, ==, "{\"disputeId\":\"B1\"}");
  g_assert_cmpint (dossier->fee_charged_minor, ==, 2000);
  g_assert_cmpint (dossier->last_fee_minor, ==, 2000);
  g_assert_true (dossier->refund_is_blocked);
  g_assert_cmpuint (dossier->sources->len, ==, 2);
  day = cfoil_dossier_dup_sale_day (dossier);
  g_assert_cmpstr (day, ==, "2024-10-04");
}

/* A mirror that knows only the settlement knows no day of the payment, and no day of the
 * dispute: neither is a fact, and no policy is chosen by it. */
static void
test_settlement_only (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 2554);
  g_autoptr (CfoilDossier) dossier = NULL;

  line.charge_id = "C1";
  line.posted_us = PAID_US + 3 * DAY_US;
  line.row_number = ++row_number;
  test_put_line (mirror->writer, &line);
  put_line (mirror, CFOIL_TYPE_CHARGEBACK, NULL, "C1", -2554, PAID_US + 9 * DAY_US);
  test_commit (mirror->writer);
  put_item (mirror, "refund_policy", "Refunds", "2020-01-01", "Thirty days.");
  dossier = read_dossier (mirror, "C1");
  g_assert_nonnull (dossier->charge);
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_PAYMENT_AMOUNT), ==, "USD 25.54");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_DISPUTE_AMOUNT), ==, "USD 25.54");
  g_assert_null (fact (dossier, CFOIL_FACT_PAYMENT_TIME));
  g_assert_null (fact (dossier, CFOIL_FACT_DISPUTE_OPENED));
  g_assert_null (fact (dossier, CFOIL_FACT_POLICY_TEXT));
  g_assert_null (cfoil_dossier_dup_sale_day (dossier));
}

static void
test_exponents (void)
{
  static const struct
  {
    const char *currency;
    const char *shown;
  } table[] = { { "USD", "USD 25.54" }, { "JPY", "JPY 2554" }, { "KWD", "KWD 2.554" } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TestMirror) mirror = test_mirror_new ();
      CfoilObservation charge = object (CFOIL_OBJECT_CHARGE, "C1", CFOIL_STATE_CAPTURED);
      g_autoptr (CfoilDossier) dossier = NULL;

      charge.currency = table[i].currency;
      charge.amount_minor = 2554;
      test_put_observation (mirror->writer, &charge);
      put_dispute (mirror, "B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, NULL, NULL);
      test_commit (mirror->writer);
      dossier = read_dossier (mirror, "B1");
      g_assert_cmpstr (fact (dossier, CFOIL_FACT_PAYMENT_AMOUNT), ==, table[i].shown);
    }
}

/* What is not of a fact's kind is no fact, and nothing of it comes through. */
static void
test_hostile (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilObservation permission = object (CFOIL_OBJECT_PERMISSION, "P1", CFOIL_STATE_OPEN);
  g_autoptr (CfoilDossier) dossier = NULL;
  g_autofree char *long_name = g_strnfill (9000, 'x');

  permission.buyer_name = "Ada\n\x1b[31m<b>Bob</b>";
  permission.buyer_email = long_name;
  test_put_observation (mirror->writer, &permission);
  put_charge (mirror, "C1", "P1", 5, G_MAXINT64 - 5, CFOIL_STATE_CAPTURED);
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, NULL, NULL);
  test_commit (mirror->writer);
  dossier = read_dossier (mirror, "B1");
  g_assert_null (fact (dossier, CFOIL_FACT_PAYMENT_TIME));
  g_assert_null (fact (dossier, CFOIL_FACT_BUYER_EMAIL));
  for (guint i = 0; i < dossier->facts->len; i++)
    for (const char *c = ((CfoilFact *) g_ptr_array_index (dossier->facts, i))->value; *c != '\0'; c++)
      g_assert_false (g_ascii_iscntrl (*c));
}

/* --- the buyer --- */

static void
test_earlier (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDossier) dossier = NULL;
  const CfoilDossierPayment *first;

  put_permission (mirror, "P1", "buyer-1", "ada@example.org");
  put_permission (mirror, "P2", "buyer-1", "ada@example.org");
  put_permission (mirror, "P3", "buyer-2", "ada@example.org");
  put_permission (mirror, "P4", NULL, "ada@example.org");
  put_charge (mirror, "C1", "P1", 2554, PAID_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E1", "P1", 100, PAID_US - 30 * DAY_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E2", "P2", 200, PAID_US - 20 * DAY_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E3", "P2", 300, PAID_US - 10 * DAY_US, CFOIL_STATE_DECLINED);
  put_charge (mirror, "E4", "P2", 400, PAID_US + DAY_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E5", "P3", 500, PAID_US - DAY_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E6", "P2", 600, PAID_US - 2 * DAY_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E7", "P2", 700, PAID_US - 3 * DAY_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E8", "P2", 800, CFOIL_UNKNOWN, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E9", "P4", 900, PAID_US - 4 * DAY_US, CFOIL_STATE_CAPTURED);
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, NULL, "Fraudulent");
  put_dispute (mirror, "B2", "E6", CFOIL_STATE_WON, NULL, "Fraudulent");
  put_line (mirror, CFOIL_TYPE_CLAIM, NULL, "E7", -700, PAID_US);
  test_commit (mirror->writer);
  dossier = read_dossier (mirror, "B1");
  g_assert_cmpuint (dossier->n_earlier, ==, 5);
  g_assert_cmpuint (dossier->earlier->len, ==, 5);
  first = g_ptr_array_index (dossier->earlier, 0);
  g_assert_cmpstr (first->transaction_id, ==, "E6");
  g_assert_true (first->is_disputed);
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_PRIOR_COUNT), ==, "2");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_PRIOR_LIST), ==, "14 September 2024, USD 2.00, E2\n4 September 2024, USD 1.00, E1");
}

/* By the address, where the provider gives no id. */
static void
test_earlier_by_address (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDossier) dossier = NULL;

  put_permission (mirror, "P1", NULL, "ada@example.org");
  put_permission (mirror, "P2", NULL, "ada@example.org");
  put_permission (mirror, "P3", NULL, "bob@example.org");
  put_charge (mirror, "C1", "P1", 2554, PAID_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E1", "P2", 100, PAID_US - 30 * DAY_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E2", "P3", 100, PAID_US - 30 * DAY_US, CFOIL_STATE_CAPTURED);
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, NULL, "Fraudulent");
  test_commit (mirror->writer);
  dossier = read_dossier (mirror, "B1");
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_PRIOR_LIST), ==, "4 September 2024, USD 1.00, E1");
}

/* A claim that names the order only may be about any payment of it. */
static void
test_earlier_of_order (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CLAIM, NULL, -100);
  CfoilObservation forced = object (CFOIL_OBJECT_REFUND, "R1", CFOIL_STATE_REFUNDED);
  g_autoptr (CfoilDossier) dossier = NULL;
  g_autoptr (CfoilDossier) without_case = NULL;

  put_permission (mirror, "P1", "buyer-1", NULL);
  put_permission (mirror, "P2", "buyer-1", NULL);
  put_charge (mirror, "C1", "P1", 2554, PAID_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E1", "P2", 100, PAID_US - 30 * DAY_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E2", "P2", 200, PAID_US - 20 * DAY_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "E3", "P1", 300, PAID_US - 10 * DAY_US, CFOIL_STATE_CAPTURED);
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, NULL, "Fraudulent");
  line.provider_id = line.permission_id = "P2";
  line.posted_us = PAID_US - DAY_US;
  line.row_number = ++row_number;
  test_put_line (mirror->writer, &line);
  /* of another only a report tells: there is a case and no line */
  put_permission (mirror, "P3", "buyer-1", NULL);
  put_charge (mirror, "E4", "P3", 400, PAID_US - 5 * DAY_US, CFOIL_STATE_CAPTURED);
  forced.permission_id = "P3";
  forced.by_buyer = TRUE;
  test_put_observation (mirror->writer, &forced);
  test_commit (mirror->writer);
  dossier = read_dossier (mirror, "B1");
  g_assert_cmpuint (dossier->n_earlier, ==, 4);
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_PRIOR_COUNT), ==, "1");
  test_exec (mirror->mirror, "DELETE FROM dispute_case WHERE permission_id = 'P2'");
  without_case = read_dossier (mirror, "B1");
  g_assert_cmpstr (fact (without_case, CFOIL_FACT_PRIOR_COUNT), ==, "1");
}

static void
test_many_earlier (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDossier) dossier = NULL;
  g_auto (GStrv) lines = NULL;

  put_permission (mirror, "P1", "buyer-1", NULL);
  put_charge (mirror, "C1", "P1", 2554, PAID_US, CFOIL_STATE_CAPTURED);
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *id = g_strdup_printf ("E%u", i);

      put_charge (mirror, id, "P1", 100, PAID_US - (gint64) (i + 1) * DAY_US, CFOIL_STATE_CAPTURED);
    }
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, NULL, "Fraudulent");
  test_commit (mirror->writer);
  dossier = read_dossier (mirror, "B1");
  g_assert_cmpuint (dossier->n_earlier, ==, 120);
  g_assert_cmpuint (dossier->earlier->len, ==, 50);
  g_assert_cmpstr (fact (dossier, CFOIL_FACT_PRIOR_COUNT), ==, "120");
  lines = g_strsplit (fact (dossier, CFOIL_FACT_PRIOR_LIST), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 20);
}

/* --- what earlier answers teach --- */

static void
add_answer (TestMirror  *mirror,
            const char  *dispute_id,
            CfoilProduct product,
            CfoilFactKey key)
{
  g_autoptr (CfoilDraft) draft = cfoil_draft_new ();
  g_autofree char *text = NULL;
  g_autofree char *sql = NULL;

  draft->product = product;
  cfoil_draft_set_fact (draft, key, key == CFOIL_FACT_TRACKING_NUMBER ? "123456789" : "198.51.100.7", CFOIL_FACT_SOURCE_TYPED, NULL);
  text = cfoil_draft_to_text (draft);
  sql = g_strdup_printf ("INSERT INTO submission (case_id, round, answer_id, accepts, by_hand, account_name, environment, created_us, state, draft) "
                         "SELECT case_id, 1, uid, 0, 0, 'shop', 'live', 1, 3, '%s' FROM dispute_case WHERE dispute_id = '%s'",
                         text, dispute_id);
  test_exec (mirror->mirror, sql);
}

static const CfoilLesson *
find_lesson (GPtrArray  *lessons,
             const char *word)
{
  for (guint i = 0; i < lessons->len; i++)
    if (strstr (((CfoilLesson *) g_ptr_array_index (lessons, i))->title, word) != NULL)
      return g_ptr_array_index (lessons, i);
  return NULL;
}

/* Each answer by the list of its own product; nothing from the sandbox. */
static void
test_lessons (void)
{
  static const char *const ids[] = { "B1", "B2", "B3", "B4" };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (GPtrArray) lessons = NULL;
  g_autoptr (GError) error = NULL;
  const CfoilLesson *tracking;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *charge_id = g_strdup_printf ("C%u", i);

      put_dispute (mirror, ids[i], charge_id, i == 2 ? CFOIL_STATE_WON : CFOIL_STATE_LOST, NULL, "ProductNotReceived");
    }
  test_commit (mirror->writer);
  add_answer (mirror, "B1", CFOIL_PRODUCT_PHYSICAL, CFOIL_FACT_IP_ADDRESS);
  add_answer (mirror, "B2", CFOIL_PRODUCT_DIGITAL, CFOIL_FACT_IP_ADDRESS);
  add_answer (mirror, "B3", CFOIL_PRODUCT_PHYSICAL, CFOIL_FACT_TRACKING_NUMBER);
  add_answer (mirror, "B4", CFOIL_PRODUCT_PHYSICAL, CFOIL_FACT_TRACKING_NUMBER);
  test_exec (mirror->mirror, "UPDATE dispute_case SET environment = 'sandbox' WHERE dispute_id = 'B4'");
  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  record = cfoil_case_find (reader, "B1", &error);
  lessons = cfoil_lessons_read (reader, record->case_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lessons->len, >, 0);
  tracking = find_lesson (lessons, "racking");
  g_assert_nonnull (tracking);
  g_assert_false (tracking->was_present);
  g_assert_cmpuint (tracking->n_won_with, ==, 1);
  g_assert_cmpuint (tracking->n_lost_with, ==, 0);
  g_assert_cmpuint (tracking->n_lost_without, ==, 1);
}

/* --- the library --- */

static void
test_library (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDossier) credit = NULL;
  g_autoptr (CfoilDossier) subscription = NULL;

  put_charge (mirror, "C1", NULL, 2554, PAID_US, CFOIL_STATE_CAPTURED);
  put_charge (mirror, "C2", NULL, 2554, PAID_US, CFOIL_STATE_CAPTURED);
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, NULL, "CreditNotProcessed");
  put_dispute (mirror, "B2", "C2", CFOIL_STATE_NEEDS_RESPONSE, NULL, "SubscriptionCancelled");
  test_commit (mirror->writer);
  put_item (mirror, "shop", "merchant", NULL, "Old Shop Ltd");
  put_item (mirror, "shop", "merchant", "2024-01-01", "Shop Ltd");
  put_item (mirror, "shop", "merchant", "2025-01-01", "New Shop Ltd");
  put_item (mirror, "shop", "merchant_address", NULL, "1 Main Street\nTown");
  put_item (mirror, "shop", "merchant_contact", "2025-01-01", "later@example.org");
  put_item (mirror, "refund_policy", "Refunds", "2023-05-01", "Fourteen days.");
  put_item (mirror, "refund_policy", "Refunds", "2024-10-04", "Thirty days.");
  put_item (mirror, "refund_policy", "Refunds", "2024-10-05", "None.");
  put_item (mirror, "cancellation_policy", "Cancelling", "2022-01-01", "At any time.");
  credit = read_dossier (mirror, "B1");
  subscription = read_dossier (mirror, "B2");
  g_assert_cmpstr (fact (credit, CFOIL_FACT_MERCHANT), ==, "Shop Ltd");
  g_assert_cmpint (find_fact (credit, CFOIL_FACT_MERCHANT)->source, ==, CFOIL_FACT_SOURCE_LIBRARY);
  g_assert_cmpstr (fact (credit, CFOIL_FACT_MERCHANT_ADDRESS), ==, "1 Main Street\nTown");
  g_assert_null (fact (credit, CFOIL_FACT_MERCHANT_CONTACT));
  g_assert_cmpstr (fact (credit, CFOIL_FACT_POLICY_TEXT), ==, "Thirty days.");
  g_assert_cmpstr (fact (credit, CFOIL_FACT_POLICY_DATE), ==, "2024-10-04");
  g_assert_cmpstr (fact (subscription, CFOIL_FACT_POLICY_TEXT), ==, "At any time.");
}

/* --- how it went before --- */

static void
test_records (void)
{
  static const struct
  {
    CfoilState state;
    const char *code;
    const char *reason;
  } others[] = {
    { CFOIL_STATE_WON, NULL, "Fraudulent" },
    { CFOIL_STATE_WON, "BuyerCancelled", "Fraudulent" },
    { CFOIL_STATE_LOST, NULL, "Fraudulent" },
    { CFOIL_STATE_LOST, NULL, "Fraudulent" },
    { CFOIL_STATE_LOST, "MerchantAcceptedDispute", "Fraudulent" },
    { CFOIL_STATE_LOST, "MerchantResponseDeadlineExpired", "Fraudulent" },
    { CFOIL_STATE_UNDER_REVIEW, NULL, "Fraudulent" },
    { CFOIL_STATE_CLOSED_NEUTRAL, NULL, "Fraudulent" },
    { CFOIL_STATE_WON, NULL, "Overcharged" },
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDossier) dossier = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *id = g_strdup_printf ("X%u", i);

      put_dispute (mirror, id, NULL, others[i].state, others[i].code, others[i].reason);
    }
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_WON, NULL, "Fraudulent");
  test_commit (mirror->writer);
  dossier = read_dossier (mirror, "B1");
  g_assert_cmpuint (dossier->same.n_won, ==, 1);
  g_assert_cmpuint (dossier->same.n_lost, ==, 2);
  g_assert_cmpuint (dossier->same.n_unanswered, ==, 2);
  g_assert_cmpuint (dossier->provider.n_won, ==, 2);
  g_assert_cmpuint (dossier->reason.n_won, ==, 1);
  g_assert_false (dossier->refund_is_blocked);
}

/* A claim's refund waits for the chargeback on the same charge, too; the newest fee of
 * the account is that of another case. */
static void
test_neighbours (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDossier) claim = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  gint64 case_id;

  put_line (mirror, CFOIL_TYPE_CLAIM, NULL, "C1", -700, PAID_US);
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_UNDER_REVIEW, NULL, NULL);
  put_dispute (mirror, "B2", "C2", CFOIL_STATE_LOST, NULL, NULL);
  put_line (mirror, CFOIL_TYPE_DISPUTE_FEE, "B2", NULL, -2000, PAID_US);
  put_line (mirror, CFOIL_TYPE_DISPUTE_FEE, "B2", NULL, -1500, PAID_US + DAY_US);
  put_line (mirror, CFOIL_TYPE_DISPUTE_FEE, "B2", NULL, 1500, PAID_US + 2 * DAY_US);
  test_commit (mirror->writer);
  case_id = test_count (mirror->mirror, "SELECT case_id FROM dispute_case WHERE kind = 2");
  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  claim = cfoil_dossier_read (reader, case_id, NULL);
  g_assert_true (claim->refund_is_blocked);
  g_assert_cmpint (claim->fee_charged_minor, ==, 0);
  g_assert_cmpint (claim->last_fee_minor, ==, 1500);
}

/* Everything by index: a hundred times the mirror is not a hundred times the wait. */
static gint64
time_to_read (TestMirror *mirror)
{
  gint64 best_us = G_MAXINT64;

  for (guint i = 0; i < 5; i++)
    {
      gint64 start_us = g_get_monotonic_time ();
      g_autoptr (CfoilDossier) dossier = read_dossier (mirror, "B1");

      best_us = MIN (best_us, g_get_monotonic_time () - start_us);
    }
  return best_us;
}

static void
test_is_not_linear (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 small_us, large_us;

  put_permission (mirror, "P1", "buyer-1", NULL);
  put_charge (mirror, "C1", "P1", 2554, PAID_US, CFOIL_STATE_CAPTURED);
  put_dispute (mirror, "B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, NULL, "Fraudulent");
  test_commit (mirror->writer);
  small_us = time_to_read (mirror);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *id = g_strdup_printf ("E%u", i);
      g_autofree char *permission = g_strdup_printf ("Q%u", i);

      put_permission (mirror, permission, permission, NULL);
      put_charge (mirror, id, permission, 100, PAID_US - i, CFOIL_STATE_CAPTURED);
    }
  test_commit (mirror->writer);
  large_us = time_to_read (mirror);
  g_test_message ("%d µs, %d µs", (int) small_us, (int) large_us);
  g_assert_cmpint (large_us, <, 2 * small_us + 5 * G_TIME_SPAN_MILLISECOND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dossier/facts", test_facts);
  g_test_add_func ("/dossier/settlement-only", test_settlement_only);
  g_test_add_func ("/dossier/exponents", test_exponents);
  g_test_add_func ("/dossier/hostile", test_hostile);
  g_test_add_func ("/dossier/earlier", test_earlier);
  g_test_add_func ("/dossier/earlier-by-address", test_earlier_by_address);
  g_test_add_func ("/dossier/earlier-of-order", test_earlier_of_order);
  g_test_add_func ("/dossier/many-earlier", test_many_earlier);
  g_test_add_func ("/dossier/lessons", test_lessons);
  g_test_add_func ("/dossier/library", test_library);
  g_test_add_func ("/dossier/records", test_records);
  g_test_add_func ("/dossier/neighbours", test_neighbours);
  g_test_add_func ("/dossier/is-not-linear", test_is_not_linear);

  return g_test_run ();
}
