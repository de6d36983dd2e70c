/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rule of cfoil-derive.c once more, as plainly as can be: lists, loops, no
 * database.  Included by test-derive.c alone. */

typedef struct
{
  CfoilSettlementLine line;
  guint ordinal;
  char *transaction_id;
} NaiveLine;

static void
naive_line_clear (gpointer data)
{
  g_free (((NaiveLine *) data)->transaction_id);
}

static gboolean
same_line (const CfoilSettlementLine *a,
           const CfoilSettlementLine *b)
{
  return g_str_equal (a->settlement_id, b->settlement_id) && a->posted_us == b->posted_us && a->type == b->type &&
         g_strcmp0 (a->provider_id, b->provider_id) == 0 && a->amount_minor == b->amount_minor &&
         g_str_equal (a->currency, b->currency);
}

static char *
naive_transaction_id (const CfoilSettlementLine *line,
                      guint                      ordinal)
{
  int year, month, day, hour, minute, second, fraction = (int) (line->posted_us % G_USEC_PER_SEC);
  g_autofree char *shown_fraction = fraction != 0 ? g_strdup_printf (".%06d", fraction) : g_strdup ("");
  const char *provider_id = line->provider_id != NULL ? line->provider_id : "";

  if (line->object_id != NULL)
    return g_strdup (line->object_id);
  cfoil_time_to_civil (line->posted_us, &year, &month, &day, &hour, &minute, &second);
  return g_strdup_printf ("%s/%s/%s/%04d%02d%02dT%02d%02d%02dZ%s/%d/%s/%u", line->settlement_id, line->provider_type, provider_id,
                          year, month, day, hour, minute, second, shown_fraction, (int) line->amount_minor, line->currency, ordinal);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const NaiveLine *one = a, *other = b;
  int order = strcmp (one->transaction_id, other->transaction_id);

  if (order == 0 && one->line.posted_us != other->line.posted_us)
    order = one->line.posted_us < other->line.posted_us ? -1 : 1;
  if (order == 0)
    order = strcmp (one->line.settlement_id, other->line.settlement_id);
  if (order == 0 && one->line.amount_minor != other->line.amount_minor)
    order = one->line.amount_minor < other->line.amount_minor ? -1 : 1;
  if (order == 0)
    order = (int) one->ordinal - (int) other->ordinal;
  if (order == 0)
    order = g_strcmp0 (one->line.provider_id, other->line.provider_id);
  if (order == 0)
    order = strcmp (one->line.currency, other->line.currency);
  return order;
}

/* The first line of an object gives its currency; lines in another stand apart. */
static void
divide_by_currency (GArray *lines)
{
  const char *currency = NULL;
  g_autofree char *object_id = NULL;

  g_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    {
      NaiveLine *line = &g_array_index (lines, NaiveLine, i);

      if (g_strcmp0 (object_id, line->transaction_id) != 0)
        {
          currency = line->line.currency;
          g_free (object_id);
          object_id = g_strdup (line->transaction_id);
        }
      if (line->line.object_id == NULL || g_str_equal (line->line.currency, currency))
        continue;
      g_free (line->transaction_id);
      line->transaction_id = g_strdup_printf ("%s/%s", line->line.object_id, line->line.currency);
    }
}

/* Of the lines that agree in their key there are as many as the file with the
 * most of them has. */
static GArray *
naive_lines (const History *history)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (NaiveLine));

  g_array_set_clear_func (lines, naive_line_clear);
  for (guint f = 0; f < N_FILES; f++)
    for (guint i = 0; i < history->files[f].lines->len; i++)
      {
        const CfoilSettlementLine *line = &g_array_index (history->files[f].lines, CfoilSettlementLine, i);
        guint ordinal = 1;
        gboolean is_known = FALSE;
        NaiveLine added = { *line, 0, NULL };

        for (guint j = 0; j < i; j++)
          ordinal += same_line (line, &g_array_index (history->files[f].lines, CfoilSettlementLine, j));
        for (guint j = 0; j < lines->len; j++)
          is_known = is_known || (same_line (line, &g_array_index (lines, NaiveLine, j).line) &&
                                  g_array_index (lines, NaiveLine, j).ordinal == ordinal);
        if (is_known)
          continue;
        added.ordinal = ordinal;
        added.transaction_id = naive_transaction_id (line, ordinal);
        g_array_append_val (lines, added);
      }
  divide_by_currency (lines);
  g_array_sort (lines, compare_lines);
  return lines;
}

static int
compare_sayings (gconstpointer a,
                 gconstpointer b)
{
  const Saying *one = *(const Saying *const *) a, *other = *(const Saying *const *) b;

  if (one->said.said_us != other->said.said_us)
    return one->said.said_us > other->said.said_us ? -1 : 1;
  if (feed_ranks[one->feed] != feed_ranks[other->feed])
    return feed_ranks[other->feed] - feed_ranks[one->feed];
  return strcmp (feed_names[one->feed], feed_names[other->feed]);
}

/* What each feed said last of the object, newest first. */
static GPtrArray *
sayings_of (const History  *history,
            CfoilObjectKind kind,
            const char     *object_id)
{
  const Saying *last[N_FEEDS] = { NULL };
  GPtrArray *sayings = g_ptr_array_new ();

  for (guint i = 0; i < history->sayings->len; i++)
    {
      const Saying *saying = &g_array_index (history->sayings, Saying, i);
      const Saying **before = &last[saying->feed];

      if (saying->said.kind != kind || !g_str_equal (saying->said.object_id, object_id))
        continue;
      if (*before == NULL || saying->said.said_us > (*before)->said.said_us ||
          (saying->said.said_us == (*before)->said.said_us && strcmp (saying->raw, (*before)->raw) > 0))
        *before = saying;
    }
  for (guint f = 0; f < N_FEEDS; f++)
    if (last[f] != NULL)
      g_ptr_array_add (sayings, (gpointer) last[f]);
  g_ptr_array_sort (sayings, compare_sayings);
  return sayings;
}

static CfoilObservation
agree (const History  *history,
       CfoilObjectKind kind,
       const char     *object_id,
       gboolean       *is_said)
{
  g_autoptr (GPtrArray) sayings = sayings_of (history, kind, object_id);
  CfoilObservation all = test_observation (kind, object_id, 0);

  *is_said = sayings->len > 0;
  all.said_us = CFOIL_UNKNOWN;
  for (guint i = 0; i < sayings->len; i++)
    {
      const CfoilObservation *said = &((const Saying *) g_ptr_array_index (sayings, i))->said;

      if (i == 0)
        {
          all.said_us = said->said_us;
          all.state = said->state;
          all.provider_state = said->provider_state;
          all.reason = said->reason;
          all.resolution = said->resolution;
        }
#define TAKE_TEXT(field) all.field = all.field != NULL ? all.field : said->field
#define TAKE_NUMBER(field) all.field = all.field != CFOIL_UNKNOWN ? all.field : said->field
      TAKE_TEXT (currency);
      TAKE_TEXT (charge_id);
      TAKE_TEXT (permission_id);
      TAKE_TEXT (merchant_reference);
      TAKE_TEXT (order_reference);
      TAKE_TEXT (store);
      TAKE_TEXT (description);
      TAKE_TEXT (buyer_id);
      TAKE_TEXT (buyer_name);
      TAKE_TEXT (buyer_email);
      TAKE_TEXT (buyer_country);
      TAKE_TEXT (channel);
      TAKE_NUMBER (amount_minor);
      TAKE_NUMBER (moved_minor);
      TAKE_NUMBER (refunded_minor);
      TAKE_NUMBER (created_us);
      TAKE_NUMBER (expires_us);
      TAKE_NUMBER (deadline_us);
    }
  return all;
}

typedef struct
{
  CfoilObservation said; /* what it is, as if somebody had said it */
  const char *type;
  const char *provider_type;
  const char *state;
  gint64 gross, percentage, fixed, fee, net, posted_us;
  const char *settlement_id;
  const char *dispute_id;
  gboolean exists;
} NaiveTxn;

static gint64
add_parts (gint64 a,
           gint64 b)
{
  return a == CFOIL_UNKNOWN || b == CFOIL_UNKNOWN ? CFOIL_UNKNOWN : a + b;
}

static void
take_naive_line (NaiveTxn                  *txn,
                 const CfoilSettlementLine *line,
                 gboolean                   is_first)
{
  CfoilObservation *all = &txn->said;

  txn->exists = TRUE;
  if (is_first)
    {
      if (g_strcmp0 (all->currency, line->currency) != 0)
        all->amount_minor = all->refunded_minor = CFOIL_UNKNOWN;
      if (line->object_id != NULL && all->state != (line->type == CFOIL_TYPE_REFUND ? CFOIL_STATE_REFUNDED : CFOIL_STATE_CAPTURED))
        all->provider_state = all->reason = NULL;
      all->currency = line->currency;
      txn->type = cfoil_type_to_string (line->type);
      txn->state = line->object_id == NULL ? "posted" : line->type == CFOIL_TYPE_REFUND ? "refunded"
                                                                                        : "captured";
      txn->provider_type = line->provider_type;
      txn->gross = txn->percentage = txn->fixed = txn->fee = txn->net = 0;
      txn->posted_us = line->posted_us;
      txn->settlement_id = line->settlement_id;
      txn->dispute_id = line->dispute_id;
    }
  txn->gross += line->amount_minor;
  txn->fee += line->fee_minor;
  txn->net += line->net_minor;
  txn->percentage = add_parts (txn->percentage, line->fee_percentage_minor);
  txn->fixed = add_parts (txn->fixed, line->fee_fixed_minor);
#define FILL(field) all->field = all->field != NULL ? all->field : line->field
  FILL (charge_id);
  FILL (permission_id);
  FILL (merchant_reference);
  FILL (order_reference);
  FILL (store);
  FILL (description);
}

static NaiveTxn
naive_txn (const History *history,
           GArray        *lines,
           const char    *transaction_id)
{
  gboolean is_refund = strstr (transaction_id, "-R") != NULL && strchr (transaction_id, '/') == NULL;
  CfoilObjectKind kind = is_refund ? CFOIL_OBJECT_REFUND : CFOIL_OBJECT_CHARGE;
  NaiveTxn txn = {
    .percentage = CFOIL_UNKNOWN, .fixed = CFOIL_UNKNOWN, .fee = CFOIL_UNKNOWN, .net = CFOIL_UNKNOWN, .posted_us = CFOIL_UNKNOWN
  };
  guint n_lines = 0;

  txn.said = agree (history, kind, transaction_id, &txn.exists);
  txn.type = kind == CFOIL_OBJECT_REFUND ? "refund" : "charge";
  txn.state = cfoil_state_to_string (txn.said.state);
  txn.gross = txn.said.moved_minor != CFOIL_UNKNOWN ? txn.said.moved_minor : 0;
  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (g_array_index (lines, NaiveLine, i).transaction_id, transaction_id))
      take_naive_line (&txn, &g_array_index (lines, NaiveLine, i).line, n_lines++ == 0);
  if (n_lines > 0 && txn.said.amount_minor == CFOIL_UNKNOWN)
    txn.said.amount_minor = ABS (txn.gross);
  if (g_str_equal (txn.type, "charge"))
    txn.said.charge_id = transaction_id;
  return txn;
}

static void
cell (GString    *out,
      const char *text)
{
  g_string_append_printf (out, "%s|", text != NULL ? text : "~");
}

static void
cell_number (GString *out,
             gint64   number)
{
  if (number == CFOIL_UNKNOWN)
    cell (out, NULL);
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT "|", number);
}

static void
end_row (GString *out)
{
  out->str[out->len - 1] = '\n';
}

static const char *
first_of (const char *a,
          const char *b)
{
  return a != NULL ? a : b;
}

static void
dump_naive_txn (GString       *out,
                const History *history,
                GArray        *lines,
                const char    *transaction_id)
{
  NaiveTxn txn = naive_txn (history, lines, transaction_id);
  const CfoilObservation *all = &txn.said;
  CfoilObservation permission = test_observation (CFOIL_OBJECT_PERMISSION, "", 0);
  gboolean is_said;

  if (!txn.exists)
    return;
  if (all->permission_id != NULL)
    permission = agree (history, CFOIL_OBJECT_PERMISSION, all->permission_id, &is_said);
  cell (out, transaction_id);
  cell (out, txn.type);
  cell (out, txn.provider_type);
  cell (out, txn.state);
  cell (out, all->provider_state);
  cell (out, all->reason);
  cell (out, all->currency);
  cell_number (out, all->amount_minor);
  cell_number (out, txn.gross);
  cell_number (out, txn.percentage);
  cell_number (out, txn.fixed);
  cell_number (out, txn.fee);
  cell_number (out, txn.net);
  cell_number (out, all->refunded_minor);
  cell_number (out, all->created_us);
  cell_number (out, all->said_us);
  cell_number (out, all->expires_us);
  cell_number (out, txn.posted_us);
  cell (out, txn.settlement_id);
  cell (out, all->charge_id);
  cell (out, all->permission_id);
  cell (out, txn.dispute_id);
  cell (out, first_of (all->merchant_reference, permission.merchant_reference));
  cell (out, all->order_reference);
  cell (out, first_of (all->store, permission.store));
  cell (out, all->description);
  cell (out, first_of (all->buyer_id, permission.buyer_id));
  cell (out, first_of (all->buyer_name, permission.buyer_name));
  cell (out, first_of (all->buyer_email, permission.buyer_email));
  cell (out, first_of (all->buyer_country, permission.buyer_country));
  cell (out, all->channel);
  end_row (out);
}

/* The first chargeback or claim of the dispute: by time, then by id. */
static const NaiveLine *
first_dispute_line (GArray     *lines,
                    const char *dispute_id,
                    gboolean   *is_known)
{
  const NaiveLine *first = NULL;

  *is_known = FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const NaiveLine *line = &g_array_index (lines, NaiveLine, i);

      if (g_strcmp0 (line->line.dispute_id, dispute_id) != 0)
        continue;
      *is_known = TRUE;
      if (line->line.type != CFOIL_TYPE_CHARGEBACK && line->line.type != CFOIL_TYPE_CLAIM)
        continue;
      if (first == NULL || line->line.posted_us < first->line.posted_us ||
          (line->line.posted_us == first->line.posted_us && strcmp (line->transaction_id, first->transaction_id) < 0))
        first = line;
    }
  return first;
}

static void
dump_naive_dispute (GString       *out,
                    const History *history,
                    GArray        *lines,
                    const char    *dispute_id)
{
  gboolean is_said, is_settled;
  CfoilObservation all = agree (history, CFOIL_OBJECT_DISPUTE, dispute_id, &is_said);
  const NaiveLine *first = first_dispute_line (lines, dispute_id, &is_settled);
  NaiveTxn charge = { 0 };

  if (!is_said && !is_settled)
    return;
  if (first != NULL)
    {
      all.charge_id = first_of (all.charge_id, first->line.charge_id);
      all.currency = first_of (all.currency, first->line.currency);
      if (all.amount_minor == CFOIL_UNKNOWN)
        all.amount_minor = ABS (first->line.amount_minor);
      if (all.created_us == CFOIL_UNKNOWN)
        all.created_us = first->line.posted_us;
    }
  if (all.charge_id != NULL)
    charge = naive_txn (history, lines, all.charge_id);
  cell (out, dispute_id);
  cell (out, cfoil_state_to_string (all.state));
  cell (out, all.provider_state);
  cell (out, all.reason);
  cell (out, all.description);
  cell (out, all.resolution);
  cell (out, all.currency);
  cell_number (out, all.amount_minor);
  cell_number (out, all.created_us);
  cell_number (out, all.said_us);
  cell_number (out, all.deadline_us);
  cell (out, all.charge_id);
  cell (out, charge.exists ? charge.said.permission_id : NULL);
  cell (out, charge.exists ? charge.said.merchant_reference : NULL);
  end_row (out);
}

static int
compare_text_rows (gconstpointer a,
                   gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
naive_transaction_ids (GArray *lines)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (charges); i++)
    g_ptr_array_add (ids, (gpointer) charges[i]);
  for (guint i = 0; i < G_N_ELEMENTS (refunds); i++)
    g_ptr_array_add (ids, (gpointer) refunds[i]);
  for (guint i = 0; i < lines->len; i++)
    {
      char *id = g_array_index (lines, NaiveLine, i).transaction_id;

      if (strchr (id, '/') != NULL && !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_ptr_array_add (ids, id);
    }
  g_ptr_array_sort (ids, compare_text_rows);
  return ids;
}

static void
dump_naive_lines (GString *out,
                  GArray  *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const NaiveLine *line = &g_array_index (lines, NaiveLine, i);

      cell (out, line->line.settlement_id);
      cell_number (out, line->line.posted_us);
      cell (out, line->line.provider_type);
      cell (out, line->line.provider_id);
      cell (out, line->transaction_id);
      cell (out, line->line.currency);
      cell_number (out, line->line.amount_minor);
      cell_number (out, line->line.fee_minor);
      cell_number (out, line->line.net_minor);
      cell (out, line->line.merchant_reference);
      cell (out, line->line.description);
      end_row (out);
    }
}

static void
dump_naive_settlement (GString       *out,
                       const History *history,
                       GArray        *lines,
                       guint          which,
                       const char    *currency)
{
  gint64 start_us = CFOIL_UNKNOWN, end_us = CFOIL_UNKNOWN, amount = 0, fee = 0, net = 0, transfer = 0;
  guint n = 0;

  for (guint f = 0; f < N_FILES; f++)
    {
      const File *file = &history->files[f];

      if (file->lines->len == 0 || !g_str_equal (g_array_index (file->lines, CfoilSettlementLine, 0).settlement_id, settlements[which]))
        continue;
      start_us = start_us == CFOIL_UNKNOWN ? file->start_us : MIN (start_us, file->start_us);
      end_us = end_us == CFOIL_UNKNOWN ? file->end_us : MAX (end_us, file->end_us);
    }
  for (guint i = 0; i < lines->len; i++)
    {
      const CfoilSettlementLine *line = &g_array_index (lines, NaiveLine, i).line;

      if (!g_str_equal (line->settlement_id, settlements[which]) || !g_str_equal (line->currency, currency))
        continue;
      n++;
      amount += line->amount_minor;
      fee += line->fee_minor;
      net += line->net_minor;
      transfer += line->type == CFOIL_TYPE_TRANSFER ? line->net_minor : 0;
    }
  if (n == 0)
    return;
  cell (out, settlements[which]);
  cell_number (out, start_us);
  cell_number (out, end_us);
  cell (out, currency);
  cell_number (out, n);
  cell_number (out, amount);
  cell_number (out, fee);
  cell_number (out, net);
  cell_number (out, transfer);
  end_row (out);
}

static char *
naive_dump (const History *history)
{
  g_autoptr (GArray) lines = naive_lines (history);
  g_autoptr (GPtrArray) ids = naive_transaction_ids (lines);
  GString *out = g_string_new ("== 0\n");

  for (guint i = 0; i < ids->len; i++)
    dump_naive_txn (out, history, lines, g_ptr_array_index (ids, i));
  g_string_append (out, "== 1\n");
  for (guint i = 0; i < G_N_ELEMENTS (disputes); i++)
    dump_naive_dispute (out, history, lines, disputes[i]);
  g_string_append (out, "== 2\n");
  dump_naive_lines (out, lines);
  g_string_append (out, "== 3\n");
  for (guint i = 0; i < G_N_ELEMENTS (settlements); i++)
    for (guint j = 0; j < G_N_ELEMENTS (currencies); j++)
      dump_naive_settlement (out, history, lines, i, currencies[j]);
  return g_string_free (out, FALSE);
}
