/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-anomaly.h"
#include "cfoil-scan.h"
#include "cfoil-time.h"

#include <string.h>

/* A labelled set: a quiet shop of twenty weeks, and in it, once each or several times, what
 * each rule is to find.  Precision: of what a rule told, how much was planted; recall: of
 * what was planted, how much it told.  GLib prints the seed; --seed repeats a run. */

#define N_DAYS 140
#define DAY CFOIL_USEC_PER_DAY
#define PER_DAY 30

typedef struct
{
  TestMirror *mirror;
  gint64 now_us;
  guint n_ids;
  int missing_ago, unproved_ago; /* days whose settlement is missing, or one cent off; 0: none */
  GHashTable *planted; /* (owned): "rule/subject part" of labels */
} Shop;

static char *
next_id (Shop       *shop,
         const char *kind)
{
  guint n = ++shop->n_ids;

  return g_strdup_printf ("P01-%07u-%07u-%s%06u", n / 1000, n % 1000, kind, n % 1000000);
}

static void
plant (Shop       *shop,
       const char *rule,
       const char *part)
{
  g_hash_table_add (shop->planted, g_strdup_printf ("%s/%s", rule, part));
}

/* A payment, as the API tells of it; returns its id. */
static char *
pay (Shop       *shop,
     gint64      at_us,
     gint64      amount_minor,
     CfoilState  state,
     const char *buyer_id,
     const char *country)
{
  char *id = next_id (shop, "C");
  g_autofree char *permission_id = g_strndup (id, strlen ("P01-1234567-1234567"));
  CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, id, at_us);
  CfoilObservation permission = test_observation (CFOIL_OBJECT_PERMISSION, permission_id, at_us);

  permission.created_us = at_us;
  permission.state = CFOIL_STATE_CLOSED;
  permission.buyer_id = buyer_id;
  permission.buyer_country = country;
  test_put_observation (shop->mirror->writer, &permission);
  charge.created_us = at_us;
  charge.state = state;
  charge.currency = "EUR";
  charge.amount_minor = amount_minor;
  charge.moved_minor = state == CFOIL_STATE_CAPTURED ? amount_minor : 0;
  charge.permission_id = permission_id;
  charge.store = "Shop";
  if (state == CFOIL_STATE_AUTHORIZED)
    charge.expires_us = at_us + 30 * DAY;
  test_put_observation (shop->mirror->writer, &charge);
  return id;
}

static void
refund (Shop       *shop,
        gint64      at_us,
        const char *charge_id,
        gint64      amount_minor,
        char      **refund_id)
{
  g_autofree char *id = next_id (shop, "R");
  CfoilObservation said = test_observation (CFOIL_OBJECT_REFUND, id, at_us);

  said.created_us = at_us;
  said.state = CFOIL_STATE_REFUNDED;
  said.currency = "EUR";
  said.amount_minor = amount_minor;
  said.moved_minor = -amount_minor;
  said.charge_id = charge_id;
  test_put_observation (shop->mirror->writer, &said);
  if (refund_id != NULL)
    *refund_id = g_steal_pointer (&id);
}

static void
settle (Shop       *shop,
        const char *settlement_id,
        const char *charge_id,
        gint64      at_us,
        gint64      amount_minor,
        gint64      fee_minor)
{
  CfoilSettlementLine line = test_line (settlement_id, CFOIL_TYPE_CHARGE, charge_id, amount_minor);

  line.posted_us = at_us;
  line.currency = "EUR";
  line.fee_minor = fee_minor;
  line.net_minor = amount_minor + fee_minor;
  test_put_line (shop->mirror->writer, &line);
}

/* The head of a day's settlement, what was paid out of it, and what the bank got. */
static void
close_day (Shop       *shop,
           const char *settlement_id,
           gint64      end_us,
           gint64      net_minor,
           gint64      paid_minor)
{
  CfoilSettlement head = { settlement_id, NULL, end_us - DAY, end_us };
  CfoilSettlementLine line = test_line (settlement_id, CFOIL_TYPE_TRANSFER, NULL, -net_minor);
  CfoilDisbursement payout = { settlement_id, NULL, settlement_id, "EUR", paid_minor, end_us, "{}" };
  g_autoptr (GError) error = NULL;

  line.posted_us = end_us;
  line.currency = "EUR";
  test_put_line (shop->mirror->writer, &line);
  g_assert_true (cfoil_writer_put_settlement (shop->mirror->writer, &head, &error));
  g_assert_true (cfoil_writer_put_disbursement (shop->mirror->writer, &payout, &error));
  g_assert_no_error (error);
}

static char *
buyer (Shop *shop)
{
  return g_strdup_printf ("B%06d", g_test_rand_int_range (0, 999999));
}

/* One day of business: amounts of 10 to 90, one in twenty declined, one in twenty refunded. */
static void
live_through (Shop *shop,
              int   ago)
{
  static const char *const countries[] = { "DE", "DE", "DE", "AT", "CH" };
  gint64 start_us = shop->now_us - (gint64) ago * DAY;
  g_autofree char *settlement_id = g_strdup_printf ("S%04d", N_DAYS - ago);
  gint64 net = 0;

  for (guint i = 0; i < PER_DAY; i++)
    {
      gint64 at_us = start_us - DAY + (gint64) i * (DAY / PER_DAY) + g_test_rand_int_range (0, 20 * 60) * G_USEC_PER_SEC;
      gint64 amount = g_test_rand_int_range (1000, 9000);
      g_autofree char *who = buyer (shop);
      gboolean is_declined = i % 20 == 7;
      g_autofree char *id = pay (shop, at_us, amount, is_declined ? CFOIL_STATE_DECLINED : CFOIL_STATE_CAPTURED, who,
                                 countries[g_test_rand_int_range (0, G_N_ELEMENTS (countries))]);

      if (is_declined)
        continue;
      if (ago != shop->missing_ago)
        settle (shop, settlement_id, id, start_us, amount, -(amount * 25 / 1000 + 30));
      net += amount - (amount * 25 / 1000 + 30);
      if (i % 20 == 3)
        refund (shop, at_us + G_TIME_SPAN_HOUR, id, amount, NULL);
    }
  if (ago != shop->missing_ago)
    close_day (shop, settlement_id, start_us, net, net + (ago == shop->unproved_ago));
}

static Shop *
shop_new (int missing_ago,
          int unproved_ago)
{
  Shop *shop = g_new0 (Shop, 1);

  shop->mirror = test_mirror_new ();
  shop->now_us = cfoil_time_now_us ();
  shop->missing_ago = missing_ago;
  shop->unproved_ago = unproved_ago;
  shop->planted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  cfoil_writer_set_source (shop->mirror->writer, shop->mirror->feed_id, shop->mirror->document_id, FALSE);
  for (int ago = N_DAYS; ago > 0; ago--)
    live_through (shop, ago);
  test_commit (shop->mirror->writer);
  return shop;
}

static void
shop_free (Shop *shop)
{
  test_mirror_free (shop->mirror);
  g_hash_table_unref (shop->planted);
  g_free (shop);
}

static void
look (Shop *shop)
{
  g_autoptr (GError) error = NULL;

  test_commit (shop->mirror->writer);
  g_clear_pointer (&shop->mirror->writer, cfoil_writer_free);
  g_assert_true (cfoil_anomaly_look (shop->mirror->mirror, shop->now_us, NULL, &error));
  g_assert_no_error (error);
  shop->mirror->writer = test_writer_new (shop->mirror->mirror, shop->mirror->account_id);
  cfoil_writer_set_source (shop->mirror->writer, shop->mirror->feed_id, shop->mirror->document_id, FALSE);
}

/* --- what is planted --- */

static void
plant_card_testing (Shop *shop)
{
  for (int ago = 3; ago <= 24; ago += 7)
    {
      gint64 at_us = shop->now_us - ago * DAY - DAY / 2;

      for (guint i = 0; i < 14; i++)
        g_free (pay (shop, at_us + (gint64) i * 30 * G_USEC_PER_SEC, 100 + i, CFOIL_STATE_CAPTURED, NULL, "DE"));
    }
  plant (shop, "card-testing", "");
}

static void
plant_duplicates (Shop *shop)
{
  for (int ago = 2; ago < 30; ago += 4)
    {
      gint64 at_us = shop->now_us - ago * DAY;
      g_autofree char *who = buyer (shop);
      g_autofree char *first = pay (shop, at_us, 4711 + ago, CFOIL_STATE_CAPTURED, who, "DE");
      g_autofree char *second = pay (shop, at_us + 120 * G_USEC_PER_SEC, 4711 + ago, CFOIL_STATE_CAPTURED, who, "DE");
      /* Not one: another amount, and another time. */
      g_autofree char *other = pay (shop, at_us + 180 * G_USEC_PER_SEC, 4712 + ago, CFOIL_STATE_CAPTURED, who, "DE");
      g_autofree char *late = pay (shop, at_us + 1000 * G_USEC_PER_SEC, 4711 + ago, CFOIL_STATE_CAPTURED, who, "DE");

      plant (shop, "duplicate", second);
    }
}

static void
plant_refunds (Shop *shop)
{
  for (int ago = 5; ago < 30; ago += 5)
    {
      gint64 at_us = shop->now_us - ago * DAY;
      g_autofree char *id = pay (shop, at_us, 5000, CFOIL_STATE_CAPTURED, NULL, "DE");
      g_autofree char *fine = pay (shop, at_us, 5000, CFOIL_STATE_CAPTURED, NULL, "DE");

      refund (shop, at_us + DAY, id, 3000, NULL);
      refund (shop, at_us + DAY, id, 3000, NULL);
      refund (shop, at_us + DAY, fine, 3000, NULL);
      refund (shop, at_us + DAY, fine, 2000, NULL);
      plant (shop, "refund-excess", id);
    }
}

static void
plant_large (Shop *shop)
{
  for (int ago = 1; ago < 20; ago += 4)
    {
      g_autofree char *id = pay (shop, shop->now_us - ago * DAY, 20000 + ago * 1000, CFOIL_STATE_CAPTURED, NULL, "DE");
      g_autofree char *fine = pay (shop, shop->now_us - ago * DAY, 9500, CFOIL_STATE_CAPTURED, NULL, "DE");

      plant (shop, "large-amount", id);
    }
}

static void
plant_declines (Shop *shop)
{
  gint64 at_us = shop->now_us - 10 * DAY;

  for (guint i = 0; i < 20; i++)
    g_free (pay (shop, at_us + (gint64) i * 600 * G_USEC_PER_SEC, 2500, CFOIL_STATE_DECLINED, NULL, "DE"));
  plant (shop, "decline-jump", "");
}

static void
plant_country (Shop *shop)
{
  for (guint i = 0; i < 60; i++)
    g_free (pay (shop, shop->now_us - (gint64) (i % 6) * DAY - (gint64) i * 700 * G_USEC_PER_SEC, 3000, CFOIL_STATE_CAPTURED, NULL, "BR"));
  plant (shop, "new-country", "BR");
}

static void
plant_expiring (Shop *shop)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = pay (shop, shop->now_us - 28 * DAY - (gint64) i * G_TIME_SPAN_HOUR, 3000, CFOIL_STATE_AUTHORIZED, NULL, "DE");
      g_autofree char *fine = pay (shop, shop->now_us - 20 * DAY, 3000, CFOIL_STATE_AUTHORIZED, NULL, "DE");

      plant (shop, "expiring", id);
    }
}

/* A week and a day between authorization and capture; six days are not late. */
static void
plant_late_captures (Shop *shop)
{
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *id = next_id (shop, "C");
      CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, id, shop->now_us - DAY + i);

      charge.created_us = shop->now_us - (i < 3 ? 9 : 7) * DAY;
      charge.state = CFOIL_STATE_CAPTURED;
      charge.currency = "EUR";
      charge.amount_minor = charge.moved_minor = 3000;
      test_put_observation (shop->mirror->writer, &charge);
      if (i < 3)
        plant (shop, "late-capture", id);
    }
}

/* The Monday before last, at noon. */
static gint64
whole_week (Shop *shop)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (shop->now_us / G_USEC_PER_SEC);

  return shop->now_us - (g_date_time_get_day_of_week (now) - 1 + 14) * DAY;
}

static void
plant_refund_week (Shop *shop)
{
  gint64 start_us = whole_week (shop);

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = pay (shop, start_us - 5 * DAY + i, 5000, CFOIL_STATE_CAPTURED, NULL, "DE");

      refund (shop, start_us + (gint64) (i % 6) * DAY, id, 5000, NULL);
    }
  plant (shop, "refund-ratio", "");
}

static void
plant_fee_week (Shop *shop)
{
  gint64 start_us = whole_week (shop);

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = pay (shop, start_us + (gint64) (i % 6) * DAY + i, 5000, CFOIL_STATE_CAPTURED, NULL, "DE");

      settle (shop, "S-FEES", id, start_us + 7 * DAY, 5000, -500);
    }
  plant (shop, "fee-drift", "");
}

static void
dispute (Shop       *shop,
         const char *charge_id,
         gint64      at_us)
{
  g_autofree char *id = next_id (shop, "B");
  CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, id, at_us);

  said.created_us = at_us;
  said.state = CFOIL_STATE_UNDER_REVIEW;
  said.charge_id = charge_id;
  said.currency = "EUR";
  said.amount_minor = 3000;
  test_put_observation (shop->mirror->writer, &said);
}

static void
plant_disputes (Shop *shop)
{
  g_autofree char *who = buyer (shop);

  /* Of one day. */
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = pay (shop, shop->now_us - 40 * DAY + (gint64) i * G_TIME_SPAN_MINUTE, 3000, CFOIL_STATE_CAPTURED, NULL, "DE");

      dispute (shop, id, shop->now_us - (gint64) (10 + i) * DAY);
    }
  plant (shop, "dispute-cluster", "");
  /* Of one product, on different days. */
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = pay (shop, shop->now_us - (gint64) (30 + i * 3) * DAY, 3000, CFOIL_STATE_CAPTURED, NULL, "DE");
      CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, id, shop->now_us - (gint64) (30 + i * 3) * DAY + 1);

      charge.created_us = charge.said_us - 1;
      charge.state = CFOIL_STATE_CAPTURED;
      charge.currency = "EUR";
      charge.amount_minor = charge.moved_minor = 3000;
      charge.merchant_reference = "LAMP \"7\"";
      test_put_observation (shop->mirror->writer, &charge);
      dispute (shop, id, shop->now_us - (gint64) (8 + i) * DAY);
    }
  /* A product that is sold often has as few disputes as it should. */
  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *id = next_id (shop, "C");
      CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, id, shop->now_us - (gint64) (20 + i) * DAY);

      charge.created_us = charge.said_us;
      charge.state = CFOIL_STATE_CAPTURED;
      charge.currency = "EUR";
      charge.amount_minor = charge.moved_minor = 3000;
      charge.merchant_reference = "DESK";
      test_put_observation (shop->mirror->writer, &charge);
    }
  plant (shop, "dispute-cluster", "product/LAMP \"7\"");
  /* Of one buyer, and one of another. */
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = pay (shop, shop->now_us - (gint64) (50 + i * 9) * DAY, 3000, CFOIL_STATE_CAPTURED, who, "DE");
      g_autofree char *other = buyer (shop);
      g_autofree char *fine = pay (shop, shop->now_us - (gint64) (60 + i * 11) * DAY, 3000, CFOIL_STATE_CAPTURED, other, "DE");

      dispute (shop, id, shop->now_us - (gint64) (5 + i) * DAY);
      dispute (shop, fine, shop->now_us - (gint64) (5 + i) * DAY);
    }
  plant (shop, "repeat-disputer", who);
}

static void
plant_late_refund (Shop *shop)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = pay (shop, shop->now_us - (gint64) (20 + i * 2) * DAY, 3000, CFOIL_STATE_CAPTURED, NULL, "DE");
      g_autofree char *refund_id = NULL;
      CfoilSettlementLine line = test_line ("S-BACK", CFOIL_TYPE_CHARGEBACK, NULL, -3000);

      line.charge_id = id;
      line.provider_id = id;
      line.currency = "EUR";
      line.posted_us = shop->now_us - (gint64) (10 + i) * DAY;
      test_put_line (shop->mirror->writer, &line);
      refund (shop, shop->now_us - (gint64) (4 + i) * DAY, id, 3000, &refund_id);
      plant (shop, "refund-after-dispute", refund_id);
    }
}

static void
plant_sandbox (Shop *shop)
{
  CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, "S01-1234567-1234567-C000001", shop->now_us - DAY);

  charge.created_us = shop->now_us - DAY;
  charge.state = CFOIL_STATE_CAPTURED;
  charge.currency = "EUR";
  charge.amount_minor = charge.moved_minor = 3000;
  test_put_observation (shop->mirror->writer, &charge);
  plant (shop, "sandbox-rows", "");
}

/* --- the table --- */

/* What it leads to is there. */
static void
check_rows (Shop               *shop,
            const CfoilAnomaly *anomaly)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (shop->mirror->mirror, NULL);
  g_autoptr (CfoilQuery) query = cfoil_query_parse (anomaly->query);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, shop->now_us };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) totals = cfoil_scan_totals (reader, NULL, query, &time, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
  if (totals->len == 0)
    g_error ("%s: nothing is found by “%s”", anomaly->rule, anomaly->query);
}

static void
measure (Shop *shop)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (shop->mirror->mirror, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) told = cfoil_anomaly_list (reader, NULL, TRUE, &error);
  guint n_rules;
  const CfoilAnomalyRule *rules = cfoil_anomaly_get_rules (&n_rules);

  g_assert_no_error (error);
  for (guint i = 0; i < n_rules; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT subject FROM anomaly WHERE rule = '%s'", rules[i].name);
      g_autofree char *dump = test_dump (shop->mirror->mirror, sql);
      g_auto (GStrv) subjects = g_strsplit (dump, "\n", -1);
      GHashTableIter iter;
      const char *label;
      guint n_told = 0, n_planted = 0, n_found = 0, n_right = 0;

      for (guint j = 0; subjects[j] != NULL && (subjects[j][0] != '\0' || subjects[j + 1] != NULL); j++)
        n_told++;
      g_hash_table_iter_init (&iter, shop->planted);
      while (g_hash_table_iter_next (&iter, (gpointer *) &label, NULL))
        {
          const char *part = strchr (label, '/') + 1;

          if (strncmp (label, rules[i].name, strlen (rules[i].name)) != 0 || label[strlen (rules[i].name)] != '/')
            continue;
          n_planted++;
          n_found += n_told > 0 && strstr (dump, part) != NULL;
        }
      for (guint j = 0; j < n_told; j++)
        {
          g_autofree char *exact = g_strdup_printf ("%s/%s", rules[i].name, subjects[j]);
          g_autofree char *any = g_strdup_printf ("%s/", rules[i].name);

          n_right += g_hash_table_contains (shop->planted, exact) || g_hash_table_contains (shop->planted, any);
        }
      g_print ("# %-22s planted %2u, told %2u: precision %3u %%, recall %3u %%\n", rules[i].name, n_planted, n_told,
               n_told > 0 ? n_right * 100 / n_told : 100, n_planted > 0 ? n_found * 100 / n_planted : 100);
      g_assert_cmpuint (n_found, ==, n_planted);
      g_assert_cmpuint (n_right * 10, >=, n_told * 9);
    }
  for (guint i = 0; i < told->len; i++)
    {
      const CfoilAnomaly *anomaly = g_ptr_array_index (told, i);

      g_assert_true (*anomaly->sentence != '\0' && *anomaly->sentence != '{');
      g_assert_nonnull (strstr (anomaly->query, "account:\""));
      check_rows (shop, anomaly);
    }
}

/* Nothing is planted, nothing is told. */
static void
test_quiet (void)
{
  Shop *shop = shop_new (0, 0);
  g_autofree char *told = NULL;

  look (shop);
  told = test_dump (shop->mirror->mirror, "SELECT rule, subject, currency, numbers FROM anomaly ORDER BY 1, 2");
  g_assert_cmpstr (told, ==, "");
  shop_free (shop);
}

static void
test_labelled (void)
{
  Shop *shop = shop_new (12, 6);

  plant_card_testing (shop);
  plant_duplicates (shop);
  plant_refunds (shop);
  plant_large (shop);
  plant_declines (shop);
  plant_country (shop);
  plant_expiring (shop);
  plant_late_captures (shop);
  plant_sandbox (shop);
  plant_refund_week (shop);
  plant_fee_week (shop);
  plant_disputes (shop);
  plant_late_refund (shop);
  plant (shop, "missing-settlement", "");
  plant (shop, "unproved-settlement", "S0134");
  look (shop);
  measure (shop);
  shop_free (shop);
}

/* What was told is not told again; what was acknowledged keeps quiet; what is new is told. */
static void
test_again (void)
{
  Shop *shop = shop_new (0, 0);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  plant_duplicates (shop);
  look (shop);
  first = test_dump (shop->mirror->mirror, "SELECT * FROM anomaly ORDER BY 1");
  look (shop);
  second = test_dump (shop->mirror->mirror, "SELECT * FROM anomaly ORDER BY 1");
  g_assert_cmpstr (first, ==, second);

  g_assert_true (cfoil_anomaly_acknowledge (shop->mirror->mirror, test_count (shop->mirror->mirror, "SELECT min (anomaly_id) FROM anomaly"),
                                            shop->now_us, NULL));
  plant_refunds (shop);
  look (shop);
  g_assert_cmpint (test_count (shop->mirror->mirror, "SELECT count (*) FROM anomaly WHERE acknowledged_us IS NOT NULL"), ==, 1);
  g_assert_cmpint (test_count (shop->mirror->mirror, "SELECT count (*) FROM anomaly WHERE rule = 'refund-excess'"), ==, 5);
  shop_free (shop);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/anomaly/quiet", test_quiet);
  g_test_add_func ("/anomaly/labelled", test_labelled);
  g_test_add_func ("/anomaly/again", test_again);
  return g_test_run ();
}
