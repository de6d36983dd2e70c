/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan-mirror.h"

#include "cfoil-annotation.h"

#include <string.h>

/* Payments of one account. */
typedef struct
{
  CfoilWriter *writer; /* (owned) */
  const char *name;
  gint64 feed_id;
  gint64 document_id;
  guint n_permissions;
  guint n_charges;
  guint n_refunds;
  guint n_disputes;
  guint n_rows;
  guint64 row_number;
} Merchant;

static const char *const currencies[] = { "EUR", "USD", "JPY", "KWD", "XQX", "GBP" };
static const char *const stores[] = { "Z\u00fcrich West", "a \"quoted\" store", "Store-7", "\u5e97" };
static const char *const names[] = {
  "Zo\u00eb M\u00fcller", "\u00c6r\u00f8sk\u00f8bing", "\u05de\u05d9\u05db\u05dc \u05db\u05d4\u05df", "\u200f\u0639\u0645\u0631 \u0633\u0639\u064a\u062f",
  "Jose\u0301 Garci\u0301a", "O\"Brien \"Q\"", "<b>Bold &amp; S\u00f6hne</b>", "\uff26\uff55\uff4c\uff4c\u3000Width", "Stra\u00dfe", "\u0130stanbul",
  "a\u0301\u0302\u0303b", "\ufb01ne print", "it's -negated", "field:value", "comma, name", "smile \U0001f600 2", "John Smith", "Johann Smythe",
  "anna", "ANNA-LENA", "P01 x", "100%",
};
static const char *const descriptions[] = {
  "Sale", "Two shirts, blue", "D\u00e9j\u00e0 vu", "see P01-1234567-1234567", "50.00", "SALE again", "line one\nline two",
};
static const char *const countries[] = { "DE", "FR", "US", "jp" };
static const char *const words[] = { "Completed", "AmazonRejected", "red", "Gr\u00fcn" };

static const char *
pick (const char *const *pool,
      guint              n,
      double             chance)
{
  return g_test_rand_double () < chance ? pool[g_test_rand_int_range (0, (gint32) n)] : NULL;
}
#define PICK(pool, chance) pick (pool, G_N_ELEMENTS (pool), chance)

static gboolean
one_in (guint n)
{
  return g_test_rand_int_range (0, (gint32) n) == 0;
}

static gint64
random_time (void)
{
  gint64 seconds = g_test_rand_int_range (0, (gint32) ((SCAN_MIRROR_UNTIL_US - SCAN_MIRROR_FROM_US) / G_USEC_PER_SEC));
  gint64 us = SCAN_MIRROR_FROM_US + seconds * G_USEC_PER_SEC;

  switch (g_test_rand_int_range (0, 4))
    {
    case 0: /* where days begin and end */
      return us - us % G_TIME_SPAN_DAY - one_in (2);
    case 1:
      return us + g_test_rand_int_range (0, 1000) * 1000;
    case 2:
      return us + g_test_rand_int_range (0, G_USEC_PER_SEC);
    default:
      return us;
    }
}

/* Few different ones, so that many rows are equal; some are large. */
static gint64
random_amount (void)
{
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      return 0;
    case 1:
      return g_test_rand_int_range (0, 1000000000) * G_GINT64_CONSTANT (100000);
    case 2:
      return g_test_rand_int_range (0, 10000000);
    default:
      return g_test_rand_int_range (0, 30) * 500;
    }
}

/* The permission that the next charges belong to. */
static char *
permission_id (const Merchant *merchant,
               guint           n)
{
  return g_strdup_printf ("%s-%07u-%07u", merchant->name, n * 7919 % 9999991, n * 104729 % 9999973);
}

static char *
charge_id (const Merchant *merchant,
           guint           n)
{
  g_autofree char *permission = permission_id (merchant, n / 3);

  return g_strdup_printf ("%s-C%05u", permission, n);
}

static char *
random_charge_id (const Merchant *merchant)
{
  return merchant->n_charges > 0 ? charge_id (merchant, (guint) g_test_rand_int_range (0, (gint32) merchant->n_charges)) : NULL;
}

static void
put_permission (Merchant *merchant)
{
  g_autofree char *id = permission_id (merchant, merchant->n_permissions++);
  g_autofree char *buyer = g_strdup_printf ("BUYER%d", g_test_rand_int_range (0, 300));
  CfoilObservation said = test_observation (CFOIL_OBJECT_PERMISSION, id, random_time ());

  said.state = CFOIL_STATE_OPEN;
  said.store = PICK (stores, 0.5);
  said.merchant_reference = one_in (3) ? "Shared-Ref 9" : NULL;
  said.buyer_id = one_in (2) ? buyer : NULL;
  said.buyer_name = PICK (names, 0.8);
  said.buyer_email = one_in (2) ? "anna.lena+x@Example.com" : "m\u00fcller@b\u00fccher.example";
  said.buyer_country = PICK (countries, 0.7);
  test_put_observation (merchant->writer, &said);
}

static void
put_charge (Merchant *merchant)
{
  static const CfoilState states[] = {
    CFOIL_STATE_OTHER, CFOIL_STATE_PENDING, CFOIL_STATE_AUTHORIZED, CFOIL_STATE_CAPTURING, CFOIL_STATE_CAPTURED, CFOIL_STATE_CAPTURED,
    CFOIL_STATE_CAPTURED, CFOIL_STATE_DECLINED, CFOIL_STATE_CANCELED,
  };
  g_autofree char *id = charge_id (merchant, merchant->n_charges);
  g_autofree char *permission = permission_id (merchant, merchant->n_charges / 3);
  g_autofree char *reference = g_strdup_printf ("Order-%u", merchant->n_charges * 31 % 977);
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, id, random_time ());

  said.state = states[g_test_rand_int_range (0, G_N_ELEMENTS (states))];
  said.provider_state = PICK (words, 0.8);
  said.reason = PICK (words, 0.2);
  said.currency = PICK (currencies, 0.97);
  said.amount_minor = one_in (20) ? CFOIL_UNKNOWN : random_amount ();
  said.moved_minor = said.state == CFOIL_STATE_CAPTURED ? said.amount_minor : 0;
  said.refunded_minor = one_in (10) ? 100 : one_in (3) ? 0 : CFOIL_UNKNOWN;
  said.created_us = random_time ();
  said.expires_us = one_in (2) ? random_time () : CFOIL_UNKNOWN;
  said.permission_id = one_in (10) ? NULL : permission;
  said.merchant_reference = one_in (3) ? NULL : reference;
  said.order_reference = one_in (3) ? NULL : one_in (4) ? "PO 4711/b" : reference;
  said.store = PICK (stores, 0.2);
  said.description = PICK (descriptions, 0.5);
  said.buyer_name = PICK (names, 0.1);
  said.channel = PICK (words, 0.3);
  test_put_observation (merchant->writer, &said);
  merchant->n_charges++;
  merchant->n_rows++;
}

static void
put_refund (Merchant *merchant)
{
  g_autofree char *charge = random_charge_id (merchant);
  g_autofree char *id = g_strdup_printf ("%s-R%06u", charge != NULL ? charge : merchant->name, merchant->n_refunds++);
  CfoilObservation said = test_observation (CFOIL_OBJECT_REFUND, id, random_time ());

  said.state = one_in (3) ? CFOIL_STATE_PENDING : CFOIL_STATE_REFUNDED;
  said.charge_id = charge;
  said.currency = PICK (currencies, 1);
  said.amount_minor = random_amount ();
  said.moved_minor = said.state == CFOIL_STATE_REFUNDED ? -said.amount_minor : 0;
  said.created_us = random_time ();
  said.description = PICK (descriptions, 0.3);
  test_put_observation (merchant->writer, &said);
  merchant->n_rows++;
}

/* What a settlement says: of a payment that is there, of one that is not, or of none. */
static void
put_line (Merchant *merchant)
{
  static const CfoilType types[] = {
    CFOIL_TYPE_OTHER, CFOIL_TYPE_CHARGE, CFOIL_TYPE_CHARGE, CFOIL_TYPE_CHARGE, CFOIL_TYPE_CHARGE, CFOIL_TYPE_REFUND, CFOIL_TYPE_CHARGEBACK,
    CFOIL_TYPE_CLAIM, CFOIL_TYPE_DISPUTE_FEE, CFOIL_TYPE_TRANSFER, CFOIL_TYPE_RESERVE, CFOIL_TYPE_ADJUSTMENT,
  };
  CfoilType type = types[g_test_rand_int_range (0, G_N_ELEMENTS (types))];
  g_autofree char *settlement = g_strdup_printf ("%s90%03d", merchant->name, g_test_rand_int_range (0, 40));
  g_autofree char *charge = random_charge_id (merchant);
  g_autofree char *other = g_strdup_printf ("%s-X%u", merchant->name, merchant->n_rows);
  g_autofree char *dispute = g_strdup_printf ("%s-D%d", merchant->name, g_test_rand_int_range (0, 60));
  CfoilSettlementLine line = test_line (settlement, type, type == CFOIL_TYPE_CHARGE && charge != NULL ? charge : other, random_amount ());

  if (type != CFOIL_TYPE_CHARGE)
    line.amount_minor = -line.amount_minor;
  line.posted_us = random_time ();
  line.currency = PICK (currencies, 1);
  line.fee_percentage_minor = one_in (4) ? CFOIL_UNKNOWN : -line.amount_minor / 40;
  line.fee_fixed_minor = one_in (5) ? CFOIL_UNKNOWN : -30;
  line.fee_minor = -line.amount_minor / 40 - 30;
  line.net_minor = line.amount_minor + line.fee_minor;
  line.charge_id = charge;
  line.dispute_id = type == CFOIL_TYPE_CHARGEBACK ? dispute : NULL;
  line.store = PICK (stores, 0.3);
  line.description = PICK (descriptions, 0.6);
  line.row_number = ++merchant->row_number;
  test_put_line (merchant->writer, &line);
  merchant->n_rows++;
}

static void
put_dispute (Merchant *merchant)
{
  static const CfoilState states[] = { CFOIL_STATE_NEEDS_RESPONSE, CFOIL_STATE_UNDER_REVIEW, CFOIL_STATE_WON, CFOIL_STATE_LOST };
  g_autofree char *charge = random_charge_id (merchant);
  g_autofree char *id = g_strdup_printf ("%s-D%d", merchant->name, g_test_rand_int_range (0, 60));
  CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, id, random_time ());

  said.state = states[g_test_rand_int_range (0, G_N_ELEMENTS (states))];
  said.charge_id = charge;
  said.created_us = random_time ();
  test_put_observation (merchant->writer, &said);
}

static void
put_exception (Merchant *merchant)
{
  g_autofree char *charge = random_charge_id (merchant);
  CfoilException exception = { CFOIL_EXCEPTION_ARITHMETIC, charge != NULL ? charge : "", "does not fit", NULL, 0 };
  g_autoptr (GError) error = NULL;

  cfoil_writer_put_exception (merchant->writer, &exception, &error);
  g_assert_no_error (error);
}

static void
put_something (Merchant *merchant)
{
  gint32 dice = g_test_rand_int_range (0, 100);

  if (merchant->n_permissions * 3 <= merchant->n_charges)
    put_permission (merchant);
  else if (dice < 60)
    put_charge (merchant);
  else if (dice < 70)
    put_refund (merchant);
  else if (dice < 96)
    put_line (merchant);
  else if (dice < 98)
    put_dispute (merchant);
  else
    put_exception (merchant);
}

static Merchant
merchant_open (TestMirror *mirror,
               const char *name,
               gint64      account_id)
{
  Merchant merchant = { .writer = test_writer_new (mirror->mirror, account_id), .name = name };

  merchant.feed_id = test_open_feed (merchant.writer, "settlement-reports", 10);
  merchant.document_id = test_open_document (merchant.writer, merchant.feed_id, "first");
  cfoil_writer_set_source (merchant.writer, merchant.feed_id, merchant.document_id, FALSE);
  test_commit (merchant.writer);
  return merchant;
}

/* Ends of settlements, and the payouts of some: one with a reference that is empty. */
static void
put_payouts (Merchant *merchant)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *settlement = g_strdup_printf ("%s90%03u", merchant->name, i);
      g_autofree char *reference = i == 3 ? g_strdup ("") : g_strdup_printf ("BANK/%u x", i * 7717);
      CfoilSettlement head = { settlement, "M", SCAN_MIRROR_FROM_US, i % 5 == 0 ? CFOIL_UNKNOWN : random_time () };
      CfoilDisbursement paid = { settlement, "M", reference, "USD", 100, 5, "{}" };

      cfoil_writer_put_settlement (merchant->writer, &head, &error);
      g_assert_no_error (error);
      if (i % 3 == 0)
        cfoil_writer_put_disbursement (merchant->writer, &paid, &error);
      g_assert_no_error (error);
      /* In another currency too, by a reference that comes before the first one. */
      paid.currency = "GBP";
      paid.bank_reference = "Anglo 7/4";
      if (i % 6 == 0)
        cfoil_writer_put_disbursement (merchant->writer, &paid, &error);
      g_assert_no_error (error);
    }
  test_commit (merchant->writer);
}

/* Of every seventh row: a note, tags, reviewed, or several of them. */
static void
annotate (TestMirror *mirror)
{
  static const char *const notes[] = { "", "Called the buyer, twice", "\u05d4\u05e2\u05e8\u05d4", "see <a href=x>", "Two\nlines",
                                       "Zwei\u2028Z\u00e9ilen" };
  static const char *const tags[] = { "", "vip", "\u00c9t\u00e9,vip", "to check" };
  g_autofree char *ids = test_dump (mirror->mirror, "SELECT transaction_id, environment FROM txn JOIN account USING (account_id) "
                                                    "WHERE txn_id % 7 = 0 ORDER BY txn_id");
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_annotation_entry_free);
  g_auto (GStrv) lines = g_strsplit (ids, "\n", -1);
  g_autoptr (GError) error = NULL;
  guint n_changed;

  for (char **line = lines; **line != '\0'; line++)
    {
      CfoilAnnotationEntry *entry = g_new0 (CfoilAnnotationEntry, 1);
      g_auto (GStrv) cells = g_strsplit (*line, "|", 2);

      entry->provider = g_strdup ("amazon-pay");
      entry->transaction_id = g_strdup (cells[0]);
      entry->environment = g_strdup (cells[1]);
      entry->annotation = cfoil_annotation_new ();
      g_free (entry->annotation->note);
      entry->annotation->note = g_strdup (PICK (notes, 1));
      g_strfreev (entry->annotation->tags);
      entry->annotation->tags = cfoil_tags_parse (PICK (tags, 1), &error);
      g_assert_no_error (error);
      entry->annotation->reviewed_us = one_in (3) ? random_time () : CFOIL_UNKNOWN;
      g_ptr_array_add (entries, entry);
    }
  cfoil_annotation_restore (mirror->mirror, entries, TRUE, &n_changed, &error);
  g_assert_no_error (error);
}

/* The ids of most rows are far from the others', so that there are places for blocks
 * enough to share a scan between processors. */
static void
spread_ids (TestMirror *mirror)
{
  static const char *const tables[] = { "txn", "settlement_line" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE %s SET txn_id = txn_id + 200000 WHERE txn_id > 1500; "
                                              "UPDATE %s SET txn_id = txn_id + 200000 WHERE txn_id > 203000",
                                              tables[i], tables[i]);

      test_exec (mirror->mirror, sql);
    }
}

/* What no feed says as yet, but the mirror has room for. */
static void
fill_other_columns (TestMirror *mirror)
{
  test_exec (mirror->mirror,
             "UPDATE txn SET presentment_currency = CASE txn_id % 3 WHEN 0 THEN 'SEK' WHEN 1 THEN 'ISK' END, "
             "presentment_minor = iif (txn_id % 5 = 0, NULL, txn_id * 37 % 1001 - 50), fx_rate = '1.0' || txn_id % 10, "
             "fx_us = created_us + 1, tax_minor = iif (txn_id % 4 = 0, -(txn_id % 100), NULL), "
             "method = CASE txn_id % 2 WHEN 0 THEN 'card' END, risk_score = iif (txn_id % 3 = 0, txn_id % 101 - 1, NULL), "
             "soft_descriptor = 'AMZ*' || txn_id % 20, tracking_carrier = 'DHL', tracking_number = '00' || txn_id * 7001 "
             "WHERE txn_id / 100 % 4 = 1");
  /* Blocks of one currency and of none; a fee without what is left, and the other way round. */
  test_exec (mirror->mirror,
             "UPDATE txn SET currency = 'EUR' WHERE txn_id / 2048 % 3 = 1; UPDATE txn SET currency = NULL WHERE txn_id / 2048 % 5 = 2; "
             "UPDATE txn SET net_minor = NULL WHERE txn_id % 13 = 0; UPDATE txn SET fee_minor = NULL WHERE txn_id % 17 = 0");
  test_remake_columns (mirror->mirror);
}

TestMirror *
scan_mirror_new (guint n_rows)
{
  TestMirror *mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  Merchant merchants[3];
  gint64 gone = test_add_account (mirror->mirror, "gone");
  guint n = 0;

  merchants[0] = merchant_open (mirror, "P01", mirror->account_id);
  merchants[1] = merchant_open (mirror, "S01", test_add_account_in (mirror->mirror, "Try it", "sandbox"));
  merchants[2] = merchant_open (mirror, "G01", gone);
  while (n < n_rows)
    {
      /* The first rows are of an account that stays: there must be some. */
      Merchant *merchant = &merchants[n == 0 ? 0 : one_in (4) ? 2 : one_in (3) ? 1 : 0];
      guint until = merchant->n_rows + (guint) (one_in (5) ? 600 : g_test_rand_int_range (1, 100));

      n -= merchant->n_rows;
      while (merchant->n_rows < until)
        put_something (merchant);
      n += merchant->n_rows;
      test_commit (merchant->writer);
    }
  put_payouts (&merchants[0]);
  put_payouts (&merchants[1]);
  for (guint i = 0; i < G_N_ELEMENTS (merchants); i++)
    cfoil_writer_free (merchants[i].writer);
  cfoil_account_remove (mirror->mirror, "gone", &error);
  g_assert_no_error (error);
  annotate (mirror);
  spread_ids (mirror);
  fill_other_columns (mirror);
  return mirror;
}

void
scan_mirror_add_plain_rows (TestMirror *mirror,
                            guint       n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("P01-%07u-%07u-C%06u", i * 7919 % 9999991, i * 31 % 9999973, i);
      g_autofree char *reference = g_strdup_printf ("Order-%u", i);
      CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, 100 + i % 1000);

      line.posted_us = SCAN_MIRROR_FROM_US + (gint64) i * G_TIME_SPAN_HOUR;
      line.charge_id = id;
      line.merchant_reference = reference;
      line.description = "Sale";
      line.row_number = i + 1;
      test_put_line (mirror->writer, &line);
    }
  test_commit (mirror->writer);
}
