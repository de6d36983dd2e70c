/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-time.h"

#include <string.h>

/* The rule of cfoil-derive.c: a row follows from all that was said of it, not from
 * the order in which it was said.  Random histories are put in random orders and
 * batches, and compared with a plain evaluation of the rule. */

#define N_FEEDS 4
#define N_FILES 3
#define N_ROUNDS 120
#define N_ORDERS 3

static const char *const feed_names[N_FEEDS] = { "alpha", "beta", "gamma", "delta" };
static const int feed_ranks[N_FEEDS] = { 10, 20, 20, 5 };

static const char *const charges[] = { "P01-1-1-C1", "P01-1-1-C2", "P01-2-2-C3", "P01-2-2-C4" };
static const char *const authorizations[] = { "P01-1-1-A1", "P01-1-1-A2", "P01-2-2-A3" };
static const char *const refunds[] = { "P01-1-1-R1", "P01-1-1-R2", "P01-2-2-R3" };
static const char *const permissions[] = { "P01-1-1", "P01-2-2" };
static const char *const disputes[] = { "P01-1-1-B1", "P01-2-2-B2" };
static const char *const settlements[] = { "S1", "S2" };
static const char *const currencies[] = { "EUR", "JPY", "USD" };
static const char *const words[] = { "red", "green", "blue", "yellow", "\xc3\xa4 b" };
static const char *const texts[] = { "one", "two", "three", "four" };

typedef struct
{
  CfoilObservation said;
  guint feed;
  char raw[16];
} Saying;

typedef struct
{
  gint64 start_us, end_us;
  GArray *lines; /* CfoilSettlementLine */
} File;

typedef struct
{
  GArray *sayings; /* Saying */
  File files[N_FILES];
} History;

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

static Saying
random_saying (guint i)
{
  static const CfoilState states[] = {
    CFOIL_STATE_OTHER, CFOIL_STATE_PENDING, CFOIL_STATE_AUTHORIZED, CFOIL_STATE_CAPTURED, CFOIL_STATE_DECLINED
  };
  Saying saying = { .feed = (guint) g_test_rand_int_range (0, N_FEEDS) };
  CfoilObservation *said = &saying.said;
  CfoilObjectKind kind = (CfoilObjectKind) g_test_rand_int_range (1, 5);

  *said = test_observation (kind,
                            kind == CFOIL_OBJECT_CHARGE ? PICK (charges, 1) : kind == CFOIL_OBJECT_REFUND ? PICK (refunds, 1)
                                                                            : kind == CFOIL_OBJECT_DISPUTE ? PICK (disputes, 1)
                                                                                                           : PICK (permissions, 1),
                            g_test_rand_int_range (1, 6) * G_TIME_SPAN_DAY);
  said->state = states[g_test_rand_int_range (0, G_N_ELEMENTS (states))];
  said->provider_state = PICK (words, 0.5);
  said->reason = PICK (words, 0.5);
  said->currency = PICK (currencies, 0.6);
  said->amount_minor = pick_number (100, 9);
  said->moved_minor = pick_number (10, 9);
  said->refunded_minor = pick_number (1, 9);
  said->created_us = pick_number (G_TIME_SPAN_HOUR, 50);
  said->expires_us = pick_number (G_TIME_SPAN_HOUR, 50);
  said->deadline_us = pick_number (G_TIME_SPAN_HOUR, 50);
  said->charge_id = PICK (charges, 0.4);
  said->permission_id = PICK (permissions, 0.4);
  said->merchant_reference = PICK (texts, 0.4);
  said->order_reference = PICK (texts, 0.4);
  said->store = PICK (words, 0.4);
  said->description = PICK (texts, 0.4);
  said->buyer_id = PICK (texts, 0.3);
  said->buyer_name = PICK (words, 0.3);
  said->buyer_email = PICK (texts, 0.3);
  said->buyer_country = PICK (currencies, 0.3);
  said->channel = PICK (words, 0.3);
  said->resolution = PICK (words, 0.3);
  said->final = g_test_rand_bit ();
  /* Not rising, so that the one put last is not the largest. */
  g_snprintf (saying.raw, sizeof saying.raw, "{\"n\":%03u}", i * 37 % 101);
  return saying;
}

/* What is not part of a line's key follows from its key: a file that is sent
 * again says the same. */
static CfoilSettlementLine
make_line (guint  settlement,
           guint  type,
           guint  id,
           guint  posted,
           guint  currency,
           gint64 amount)
{
  static const CfoilType types[] = {
    CFOIL_TYPE_CHARGE, CFOIL_TYPE_REFUND, CFOIL_TYPE_CHARGEBACK, CFOIL_TYPE_CLAIM, CFOIL_TYPE_TRANSFER, CFOIL_TYPE_DISPUTE_FEE
  };
  guint h = settlement * 7919u + type * 104729u + id * 1299709u + posted * 15485863u + currency * 6700417u + (guint) amount * 32452843u;
  const char *object_id = types[type] == CFOIL_TYPE_CHARGE ? charges[id] : types[type] == CFOIL_TYPE_REFUND ? refunds[id]
                                                                                                           : NULL;
  CfoilSettlementLine line = test_line (settlements[settlement], types[type], object_id, amount);

  h ^= h >> 13;
  /* half of them with a fraction of a second */
  line.posted_us = (gint64) posted * G_TIME_SPAN_HOUR + (posted % 2) * 250000;
  line.currency = currencies[currency];
  if (object_id == NULL)
    line.provider_id = id == 0 ? NULL : texts[id];
  else if (types[type] == CFOIL_TYPE_CHARGE && h % 3 == 0)
    line.provider_id = authorizations[id];
  line.fee_percentage_minor = h % 11 == 0 ? CFOIL_UNKNOWN : -(gint64) (h % 5);
  line.fee_fixed_minor = h % 13 == 0 ? CFOIL_UNKNOWN : -(gint64) (h / 5 % 4);
  line.fee_minor = -(gint64) (h % 7);
  line.net_minor = line.amount_minor + line.fee_minor;
  line.charge_id = types[type] == CFOIL_TYPE_TRANSFER ? NULL : types[type] == CFOIL_TYPE_CHARGE ? object_id : charges[h % 4];
  line.permission_id = h % 4 == 0 ? NULL : permissions[h % 2];
  line.dispute_id = object_id == NULL && h % 3 != 0 ? disputes[h / 3 % 2] : NULL;
  line.merchant_reference = h % 5 == 0 ? NULL : texts[h % 3];
  line.order_reference = h % 3 == 0 ? NULL : texts[h % 4];
  line.store = h % 6 == 0 ? NULL : words[h % 5];
  line.description = h % 3 == 1 ? NULL : texts[h / 7 % 4];
  return line;
}

static CfoilSettlementLine
random_line (void)
{
  return make_line ((guint) g_test_rand_int_range (0, 2), (guint) g_test_rand_int_range (0, 6), (guint) g_test_rand_int_range (0, 3),
                    (guint) g_test_rand_int_range (1, 4), (guint) g_test_rand_int_range (0, G_N_ELEMENTS (currencies)),
                    g_test_rand_int_range (-3, 4) * 50);
}

static History *
random_history (void)
{
  History *history = g_new0 (History, 1);
  g_autoptr (GArray) sent = g_array_new (FALSE, FALSE, sizeof (CfoilSettlementLine));
  guint n = (guint) g_test_rand_int_range (0, 30);

  history->sayings = g_array_new (FALSE, FALSE, sizeof (Saying));
  for (guint i = 0; i < n; i++)
    {
      Saying saying = random_saying (i);

      g_array_append_val (history->sayings, saying);
    }
  for (guint f = 0; f < N_FILES; f++)
    {
      File *file = &history->files[f];

      file->lines = g_array_new (FALSE, FALSE, sizeof (CfoilSettlementLine));
      file->start_us = g_test_rand_int_range (1, 5) * G_TIME_SPAN_DAY;
      file->end_us = file->start_us + g_test_rand_int_range (1, 5) * G_TIME_SPAN_DAY;
      n = (guint) g_test_rand_int_range (0, 12);
      for (guint i = 0; i < n; i++)
        {
          /* new lines, twins, and lines of the files before */
          CfoilSettlementLine line = sent->len > 0 && g_test_rand_bit ()
                                       ? g_array_index (sent, CfoilSettlementLine, (guint) g_test_rand_int_range (0, (gint32) sent->len))
                                       : random_line ();

          line.row_number = i + 1;
          g_array_append_val (file->lines, line);
          g_array_append_val (sent, line);
        }
    }
  return history;
}

static void
history_free (History *history)
{
  g_array_unref (history->sayings);
  for (guint f = 0; f < N_FILES; f++)
    g_array_unref (history->files[f].lines);
  g_free (history);
}

/* One way of putting a history: events in a random order, commits and rollbacks
 * where they fall. */
typedef struct
{
  const History *history;
  CfoilWriter *writer;
  gint64 feeds[N_FEEDS];
  gint64 documents[N_FILES];
  GArray *uncommitted; /* guint: events since the last commit */
} Run;

/* Events: sayings by index, then files. */
static void
put_event (Run  *run,
           guint event)
{
  const History *history = run->history;
  g_autoptr (GError) error = NULL;
  const File *file;

  if (event < history->sayings->len)
    {
      Saying saying = g_array_index (history->sayings, Saying, event);

      saying.said.raw = saying.raw;
      cfoil_writer_set_source (run->writer, run->feeds[saying.feed], 0, FALSE);
      test_put_observation (run->writer, &saying.said);
      return;
    }

  event -= history->sayings->len;
  file = &history->files[event];
  cfoil_writer_set_source (run->writer, run->feeds[0], run->documents[event], FALSE);
  for (guint i = 0; i < file->lines->len; i++)
    {
      const CfoilSettlementLine *line = &g_array_index (file->lines, CfoilSettlementLine, i);
      CfoilSettlement head = { line->settlement_id, "M", file->start_us, file->end_us };

      if (i == 0)
        cfoil_writer_put_settlement (run->writer, &head, &error);
      g_assert_no_error (error);
      test_put_line (run->writer, line);
    }
}

static void
put_and_maybe_commit (Run  *run,
                      guint event)
{
  put_event (run, event);
  g_array_append_val (run->uncommitted, event);
  switch (g_test_rand_int_range (0, 12))
    {
    case 0:
      test_commit (run->writer);
      g_array_set_size (run->uncommitted, 0);
      break;
    case 1:
      cfoil_writer_rollback (run->writer);
      for (guint i = 0; i < run->uncommitted->len; i++)
        put_event (run, g_array_index (run->uncommitted, guint, i));
      break;
    default:
      break;
    }
}

static void
shuffle (GArray *events)
{
  for (guint i = events->len; i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint32) i);
      guint swap = g_array_index (events, guint, i - 1);

      g_array_index (events, guint, i - 1) = g_array_index (events, guint, j);
      g_array_index (events, guint, j) = swap;
    }
}

static void
put_history (CfoilMirror   *mirror,
             const History *history,
             const char    *account)
{
  g_autoptr (CfoilWriter) writer = test_writer_new (mirror, test_add_account (mirror, account));
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) uncommitted = g_array_new (FALSE, FALSE, sizeof (guint));
  Run run = { history, writer, { 0 }, { 0 }, uncommitted };
  guint n = history->sayings->len + N_FILES;

  for (guint f = 0, first = (guint) g_test_rand_int_range (0, N_FEEDS); f < N_FEEDS; f++)
    {
      guint which = (first + f) % N_FEEDS;

      run.feeds[which] = test_open_feed (writer, feed_names[which], feed_ranks[which]);
    }
  for (guint f = 0; f < N_FILES; f++)
    {
      g_autofree char *name = g_strdup_printf ("file%u", f);

      run.documents[f] = test_open_document (writer, run.feeds[0], name);
    }
  test_commit (writer);

  for (guint event = 0; event < n; event++)
    g_array_append_val (events, event);
  /* some twice */
  for (guint i = 0; i < n / 4; i++)
    {
      guint event = (guint) g_test_rand_int_range (0, (gint32) n);

      g_array_append_val (events, event);
    }
  shuffle (events);
  for (guint i = 0; i < events->len; i++)
    put_and_maybe_commit (&run, g_array_index (events, guint, i));
  test_commit (writer);
}

static char *
dump_account (CfoilMirror *mirror,
              const char  *account)
{
  static const char *const queries[] = {
    "SELECT transaction_id, type, provider_type, state, provider_state, reason, currency, amount_minor, gross_minor, "
    "fee_percentage_minor, fee_fixed_minor, fee_minor, net_minor, refunded_minor, created_at_us, updated_at_us, expires_at_us, "
    "posted_at_us, settlement_id, charge_id, charge_permission_id, dispute_id, merchant_reference, order_reference, store, "
    "description, buyer_id, buyer_name, buyer_email, buyer_country, channel FROM transactions WHERE account = '%s' ORDER BY 1",
    "SELECT dispute_id, state, provider_state, filing_reason, state_reason, resolution, currency, amount_minor, opened_at_us, "
    "updated_at_us, due_at_us, charge_id, charge_permission_id, merchant_reference FROM disputes WHERE account = '%s' ORDER BY 1",
    "SELECT settlement_id, posted_at_us, provider_type, provider_id, transaction_id, currency, amount_minor, fee_minor, net_minor, "
    "merchant_reference, description FROM settlement_lines WHERE account = '%s' ORDER BY transaction_id, posted_at_us, settlement_id, "
    "amount_minor, coalesce (provider_id, '')",
    "SELECT settlement_id, start_at_us, end_at_us, currency, line_count, amount_minor, fee_minor, net_minor, transfer_minor "
    "FROM settlements WHERE account = '%s' ORDER BY 1, 4",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *sql = g_strdup_printf (queries[i], account);
      g_autofree char *rows = test_dump (mirror, sql);

      g_string_append_printf (text, "== %u\n%s", i, rows);
    }
  return g_string_free (text, FALSE);
}

/* What the views leave out, but lists and the window go by. */
static char *
dump_behind_views (CfoilMirror *mirror,
                   const char  *account)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT transaction_id, provider_id, sort_us, charge_id FROM txn WHERE account_id = "
                     "(SELECT account_id FROM account WHERE name = '%s') ORDER BY 1",
                     account);

  return test_dump (mirror, sql);
}

#include "naive-derive.h"

static void
test_any_order (void)
{
  TestMirror *mirror = NULL;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      History *history = random_history ();
      g_autofree char *expected = naive_dump (history);
      g_autofree char *behind = NULL;

      if (round % 12 == 0)
        {
          g_clear_pointer (&mirror, test_mirror_free);
          mirror = test_mirror_new ();
        }
      for (guint order = 0; order < N_ORDERS; order++)
        {
          g_autofree char *account = g_strdup_printf ("round%u order%u", round, order);
          g_autofree char *dump = NULL;
          g_autofree char *hidden = NULL;

          put_history (mirror->mirror, history, account);
          dump = dump_account (mirror->mirror, account);
          g_assert_cmpstr (dump, ==, expected);
          hidden = dump_behind_views (mirror->mirror, account);
          if (order > 0)
            g_assert_cmpstr (hidden, ==, behind);
          g_free (behind);
          behind = g_steal_pointer (&hidden);
        }
      history_free (history);
      /* a charge is not its own relation */
      g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM txn WHERE type = 1 AND charge_id IS NOT NULL"), ==, 0);
    }
  test_mirror_free (mirror);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/derive/any-order", test_any_order);

  return g_test_run ();
}
