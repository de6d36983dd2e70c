/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#include "cfoil-annotation.h"

static const char *const charges[] = { "P01-1-1-C1", "P01-1-1-C2", "P01-2-2-C3", "P01-2-2-C4", "P01-3-3-C5", "P01-3-3-C6" };
static const char *const authorizations[] = { "P01-1-1-A1", "P01-1-1-A2", "P01-2-2-A3", "P01-2-2-A4", "P01-3-3-A5", "P01-3-3-A6" };
static const char *const refunds[] = { "P01-1-1-R1", "P01-1-1-R2", "P01-2-2-R3", "P01-3-3-R4" };
static const char *const permissions[] = { "P01-1-1", "P01-2-2", "P01-3-3" };
static const char *const disputes[] = { "P01-1-1-B1", "P01-2-2-B2", "P01-3-3-B3" };
static const char *const settlements[] = { "S1", "S2", "S3" };
static const char *const currencies[] = { "EUR", "JPY", "USD" };
static const char *const words[] = { "red", "Gr\u00fcn", "blue", "\u00e4 b" };
static const char *const texts[] = { "one", "Two", "three", "P01-1-1-C1" };
static const char *const feed_names[HISTORY_N_FEEDS] = { "alpha", "beta", "gamma" };
static const int feed_ranks[HISTORY_N_FEEDS] = { 10, 20, 5 };

static const char *
pick (const char *const *pool,
      guint              n,
      double             chance)
{
  return g_test_rand_double () < chance ? pool[g_test_rand_int_range (0, (gint32) n)] : NULL;
}
#define PICK(pool, chance) pick (pool, G_N_ELEMENTS (pool), chance)

static gint64
pick_number (gint64 unit,
             gint32 n)
{
  return g_test_rand_bit () ? g_test_rand_int_range (0, n) * unit : CFOIL_UNKNOWN;
}

static gint64
pick_time (const History *run,
           gint32         n)
{
  return g_test_rand_bit () ? run->from_us + g_test_rand_int_range (0, n) * run->unit_us : CFOIL_UNKNOWN;
}

/* --- what happens --- */

void
history_open_writer (History *run)
{
  run->writer = test_writer_new (run->mirror->mirror, run->account_id);
}

void
history_open_account (History *run)
{
  if (run->unit_us == 0)
    run->unit_us = G_TIME_SPAN_HOUR;
  g_free (run->name);
  run->name = g_strdup_printf ("%s %u", run->environment, run->n_accounts++);
  run->account_id = test_add_account_in (run->mirror->mirror, run->name, run->environment);
  history_open_writer (run);
  for (guint i = 0; i < HISTORY_N_FEEDS; i++)
    run->feeds[i] = test_open_feed (run->writer, feed_names[i], feed_ranks[i]);
  for (guint i = 0; i < G_N_ELEMENTS (run->documents); i++)
    run->documents[i] = test_open_document (run->writer, run->feeds[0], words[i]);
  test_commit (run->writer);
}

static void
choose_source (History *run)
{
  gboolean is_asked = g_test_rand_int_range (0, 3) == 0;

  cfoil_writer_set_source (run->writer, run->feeds[g_test_rand_int_range (0, HISTORY_N_FEEDS)],
                           is_asked ? 0 : run->documents[g_test_rand_int_range (0, G_N_ELEMENTS (run->documents))], is_asked);
}

static void
put_observation (History *run)
{
  static const CfoilState states[] = {
    CFOIL_STATE_OTHER, CFOIL_STATE_PENDING, CFOIL_STATE_AUTHORIZED, CFOIL_STATE_CAPTURED, CFOIL_STATE_LOST,
  };
  CfoilObjectKind kind = (CfoilObjectKind) g_test_rand_int_range (1, CFOIL_N_OBJECT_KINDS);
  const char *id = kind == CFOIL_OBJECT_CHARGE   ? PICK (charges, 1)
                   : kind == CFOIL_OBJECT_REFUND ? PICK (refunds, 1)
                                                 : kind == CFOIL_OBJECT_DISPUTE ? PICK (disputes, 1) : PICK (permissions, 1);
  CfoilObservation said = test_observation (kind, id, g_test_rand_int_range (1, 9) * G_TIME_SPAN_DAY);

  said.state = states[g_test_rand_int_range (0, G_N_ELEMENTS (states))];
  said.provider_state = PICK (words, 0.3);
  said.reason = PICK (words, 0.3);
  said.currency = PICK (currencies, 0.5);
  said.amount_minor = pick_number (100, 9);
  said.moved_minor = pick_number (10, 9);
  said.refunded_minor = pick_number (1, 3);
  said.created_us = pick_time (run, 50);
  said.expires_us = pick_number (G_TIME_SPAN_HOUR, 50);
  said.charge_id = PICK (charges, 0.5);
  said.permission_id = PICK (permissions, 0.5);
  said.merchant_reference = PICK (texts, 0.3);
  said.order_reference = PICK (texts, 0.3);
  said.store = PICK (words, 0.3);
  said.description = PICK (texts, 0.3);
  said.buyer_id = PICK (texts, 0.3);
  said.buyer_name = PICK (words, 0.3);
  said.buyer_email = PICK (texts, 0.3);
  said.buyer_country = PICK (currencies, 0.2);
  said.channel = PICK (words, 0.2);
  said.final = g_test_rand_bit ();
  choose_source (run);
  test_put_observation (run->writer, &said);
}

static void
put_line (History *run)
{
  static const CfoilType types[] = {
    CFOIL_TYPE_CHARGE, CFOIL_TYPE_CHARGE, CFOIL_TYPE_REFUND, CFOIL_TYPE_CHARGEBACK, CFOIL_TYPE_CLAIM, CFOIL_TYPE_TRANSFER, CFOIL_TYPE_OTHER,
  };
  CfoilType type = types[g_test_rand_int_range (0, G_N_ELEMENTS (types))];
  guint charge = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (charges));
  const char *object_id = type == CFOIL_TYPE_CHARGE ? charges[charge] : type == CFOIL_TYPE_REFUND ? PICK (refunds, 1) : NULL;
  CfoilSettlementLine line = test_line (PICK (settlements, 1), type, object_id, g_test_rand_int_range (-3, 4) * 50);

  line.posted_us = run->from_us + g_test_rand_int_range (1, 9) * run->unit_us;
  line.currency = PICK (currencies, 1);
  if (object_id == NULL)
    line.provider_id = PICK (texts, 0.5);
  else if (type == CFOIL_TYPE_CHARGE && g_test_rand_bit ())
    line.provider_id = authorizations[charge];
  line.fee_percentage_minor = pick_number (-1, 3);
  line.fee_minor = -g_test_rand_int_range (0, 5);
  line.net_minor = line.amount_minor + line.fee_minor;
  line.charge_id = type == CFOIL_TYPE_CHARGE ? object_id : PICK (charges, 0.7);
  line.permission_id = PICK (permissions, 0.6);
  line.dispute_id = object_id == NULL ? PICK (disputes, 0.6) : NULL;
  line.merchant_reference = PICK (texts, 0.5);
  line.store = PICK (words, 0.3);
  line.description = PICK (texts, 0.5);
  line.row_number = ++run->row_number;
  cfoil_writer_set_source (run->writer, run->feeds[0], run->documents[g_test_rand_int_range (0, G_N_ELEMENTS (run->documents))], FALSE);
  test_put_line (run->writer, &line);
}

static void
put_settlement (History *run)
{
  CfoilSettlement head = { PICK (settlements, 1), "M", 1, pick_number (G_TIME_SPAN_DAY, 40) };
  CfoilDisbursement paid = { head.settlement_id, "M", PICK (words, 0.8), "EUR", g_test_rand_int_range (0, 3) * 100, 5, "{}" };
  g_autoptr (GError) error = NULL;

  cfoil_writer_set_source (run->writer, run->feeds[0], run->documents[0], FALSE);
  cfoil_writer_put_settlement (run->writer, &head, &error);
  g_assert_no_error (error);
  cfoil_writer_put_disbursement (run->writer, &paid, &error);
  g_assert_no_error (error);
  cfoil_writer_record_imbalances (run->writer, &error);
  g_assert_no_error (error);
}

static void
put_exception (History *run)
{
  CfoilException exception = { CFOIL_EXCEPTION_CONFLICT, g_test_rand_bit () ? PICK (charges, 1) : PICK (refunds, 0.9), "odd", NULL, 0 };
  g_autoptr (GError) error = NULL;

  if (exception.subject == NULL)
    exception.subject = "";
  choose_source (run);
  cfoil_writer_put_exception (run->writer, &exception, &error);
  g_assert_no_error (error);
}

/* Rows that nothing happens to but that they are there; blocks fill, and those of one
 * permission lie far apart. */
static void
put_filler (History *run)
{
  cfoil_writer_set_source (run->writer, run->feeds[1], run->documents[1], FALSE);
  for (guint i = 0, n = (guint) g_test_rand_int_range (1, 250); i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("P01-9-9-C%06u", run->n_filler++);
      CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, id, 1);

      said.state = CFOIL_STATE_CAPTURED;
      test_put_observation (run->writer, &said);
    }
}

/* While no transaction is open: annotations have a connection of their own. */
static void
annotate (History *run)
{
  g_autofree char *ids = test_dump (run->mirror->mirror, "SELECT txn_id FROM txn ORDER BY random () LIMIT 1");
  g_autoptr (CfoilAnnotation) annotation = cfoil_annotation_new ();
  g_autoptr (GError) error = NULL;

  test_commit (run->writer);
  if (*ids == '\0')
    return;
  if (g_test_rand_bit ())
    {
      g_free (annotation->note);
      annotation->note = g_strdup (PICK (words, 1));
    }
  if (g_test_rand_bit ())
    {
      g_strfreev (annotation->tags);
      annotation->tags = cfoil_tags_parse (PICK (words, 1), &error);
    }
  annotation->reviewed_us = pick_number (G_TIME_SPAN_DAY, 3);
  cfoil_annotation_write (run->mirror->mirror, g_ascii_strtoll (ids, NULL, 10), annotation, CFOIL_ANNOTATION_ALL, NULL, &error);
  g_assert_no_error (error);
}

/* Annotations of rows that are not there yet, or no more. */
static void
restore_annotation (History *run)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_annotation_entry_free);
  CfoilAnnotationEntry *entry = g_new0 (CfoilAnnotationEntry, 1);
  g_autoptr (GError) error = NULL;
  guint n_changed;

  test_commit (run->writer);
  entry->provider = g_strdup ("amazon-pay");
  entry->environment = g_strdup (run->environment);
  entry->transaction_id = g_strdup (PICK (charges, 1));
  entry->annotation = cfoil_annotation_new ();
  entry->annotation->reviewed_us = 7;
  g_ptr_array_add (entries, entry);
  cfoil_annotation_restore (run->mirror->mirror, entries, g_test_rand_bit (), &n_changed, &error);
  g_assert_no_error (error);
}

static void
remove_account (History *run)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&run->writer, cfoil_writer_free);
  cfoil_account_remove (run->mirror->mirror, run->name, &error);
  g_assert_no_error (error);
  history_open_account (run);
}

/* The program ends in the middle: its connection is gone, and what was not committed. */
static void
drop_connection (History *run)
{
  CfoilWriter *dropped = run->writer;

  history_open_writer (run);
  cfoil_writer_free (dropped);
}

static void
derive_all (History *run)
{
  g_autoptr (GError) error = NULL;

  cfoil_writer_derive_all (run->writer, &error);
  g_assert_no_error (error);
}

static void
lose_document (History *run)
{
  g_autoptr (GError) failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "lost");
  g_autoptr (GError) error = NULL;

  cfoil_writer_lose_document (run->writer, run->documents[1], 1, failure, &error);
  g_assert_no_error (error);
  /* Documents that nothing refers to are forgotten. */
  for (guint i = 0; i < G_N_ELEMENTS (run->documents); i++)
    run->documents[i] = test_open_document (run->writer, run->feeds[0], words[i]);
  test_commit (run->writer);
}

void
history_happen (History *run)
{
  gint32 dice = g_test_rand_int_range (0, 200);

  if (dice < 90)
    put_observation (run);
  else if (dice < 140)
    put_line (run);
  else if (dice < 148)
    put_settlement (run);
  else if (dice < 156)
    put_exception (run);
  else if (dice < 170)
    annotate (run);
  else if (dice < 175)
    restore_annotation (run);
  else if (dice < 180)
    put_filler (run);
  else if (dice < 182)
    derive_all (run);
  else if (dice < 183)
    lose_document (run);
  else if (dice < 188)
    cfoil_writer_rollback (run->writer);
  else if (dice < 191)
    drop_connection (run);
  else if (dice < 192)
    remove_account (run);
  else
    test_commit (run->writer);
}
