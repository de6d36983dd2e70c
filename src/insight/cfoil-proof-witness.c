/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include "cfoil-currency.h"

#include <glib/gi18n.h>
#include <string.h>

/* The lines of a settlement that differs beside what else the mirror holds of them: the
 * payment, refund or dispute as the provider tells of it apart from settlements, the parts of
 * the line's own fee, the period that it stands in, the currency of the others. */

/* More are not looked at one by one. */
#define MAX_LINES 250000
/* So many are enough to learn from; of so many settlements before and after it. */
#define MAX_BESIDE 500
#define MAX_AROUND 8
/* Where very many lines contradict, only those that explain all are worth a sentence. */
#define MAX_SENTENCES 32

#define LINE_COLUMNS \
  "l.row_number, l.type, l.posted_us, l.amount_minor, l.fee_minor, l.net_minor, l.fee_percentage_minor, l.fee_fixed_minor, l.ordinal, " \
  "nullif (l.currency, ?2), l.provider_id"

#define OF_PAYMENT \
  "FROM observation AS o WHERE o.account_id = t.account_id AND o.kind = l.type AND o.object_id = t.transaction_id AND o.currency = ?2 "
#define OF_DISPUTE \
  "FROM observation AS o WHERE o.account_id = t.account_id AND o.kind = 4 AND o.object_id = l.dispute_id AND o.currency = ?2 "

/* Of several that tell of the same one that agrees counts, and then the newest. */
#define LINES_SQL \
  "SELECT " LINE_COLUMNS ", t.transaction_id, " \
  "CASE WHEN l.type IN (1, 2) THEN coalesce ((SELECT o.moved_minor " OF_PAYMENT "AND o.moved_minor = l.amount_minor LIMIT 1), " \
  "(SELECT o.moved_minor " OF_PAYMENT "AND o.moved_minor <> 0 ORDER BY o.said_us DESC LIMIT 1)) " \
  "WHEN l.type = 3 THEN iif (l.amount_minor < 0, -1, 1) * " \
  "coalesce ((SELECT o.amount_minor " OF_DISPUTE "AND o.amount_minor = abs (l.amount_minor) LIMIT 1), " \
  "(SELECT o.amount_minor " OF_DISPUTE "AND o.amount_minor > 0 ORDER BY o.said_us DESC LIMIT 1)) END, " \
  "CASE WHEN l.type IN (3, 4) THEN (SELECT p.gross_minor FROM txn AS p WHERE p.account_id = t.account_id " \
  "AND p.transaction_id = coalesce (l.charge_id, t.charge_id) AND p.type = 1 AND p.currency = ?2 AND p.gross_minor <> 0) END " \
  "FROM settlement_line AS l JOIN txn AS t USING (txn_id) WHERE l.settlement_id = ?1 LIMIT " G_STRINGIFY (MAX_LINES)

#define BESIDE_SQL \
  "SELECT " LINE_COLUMNS ", '', NULL, NULL FROM settlement_line AS l WHERE l.settlement_id = ?1 AND l.currency = ?2 " \
  "AND l.type NOT IN (6, 7, 8) LIMIT " G_STRINGIFY (MAX_BESIDE)

/* Lines that carry balances stand at both ends of a period, and are known by them. */
#define MISPLACED_SQL \
  "SELECT l.row_number, l.net_minor, l.provider_id, t.transaction_id FROM settlement_line AS l JOIN txn AS t USING (txn_id) " \
  "WHERE l.settlement_id = ?1 AND l.currency = ?2 AND l.type NOT IN (6, 7, 8) AND l.posted_us >= ?3 AND l.posted_us < ?4 LIMIT 100"

static void
clear_line (gpointer data)
{
  CfoilProofLine *self = data;

  g_free (self->foreign);
  g_free (self->id);
  g_free (self->transaction_id);
}

static gboolean
read_lines (CfoilProofDig *self,
            const char    *sql,
            gint64         settlement_pk,
            GArray        *lines,
            GError       **error)
{
  g_autoptr (CfoilStatement) rows = _cfoil_proof_dig_prepare (self, sql, error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, settlement_pk);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilProofLine line = {
        .row = (guint) cfoil_statement_column_int64 (rows, 0),
        .type = (CfoilType) cfoil_statement_column_int64 (rows, 1),
        .posted_us = cfoil_statement_column_int64 (rows, 2),
        .amount_minor = cfoil_statement_column_int64 (rows, 3),
        .fee_minor = cfoil_statement_column_int64 (rows, 4),
        .net_minor = cfoil_statement_column_int64 (rows, 5),
        .percentage_minor = cfoil_statement_column_int64 (rows, 6),
        .fixed_minor = cfoil_statement_column_int64 (rows, 7),
        .ordinal = cfoil_statement_column_int64 (rows, 8),
        .foreign = g_strdup (cfoil_statement_column_text (rows, 9)),
        .id = g_strdup (cfoil_statement_column_text (rows, 10)),
        .transaction_id = g_strdup (cfoil_statement_column_text (rows, 11)),
        .said_minor = cfoil_statement_column_int64 (rows, 12),
        .payment_minor = cfoil_statement_column_int64 (rows, 13),
      };

      g_array_append_val (lines, line);
    }
  return step == CFOIL_STEP_DONE;
}

/* The settlement's own lines, and those of the settlements around it, the nearest first. */
static GArray *
read_samples (CfoilProofDig *self,
              GError       **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (CfoilProofLine));
  const CfoilProofItem *before = self->item->former, *after = self->item->next;

  g_array_set_clear_func (samples, clear_line);
  for (guint i = 0; i < self->lines->len; i++)
    {
      CfoilProofLine line = g_array_index (self->lines, CfoilProofLine, i);

      line.foreign = g_strdup (line.foreign);
      line.id = line.transaction_id = NULL;
      g_array_append_val (samples, line);
    }
  for (guint i = 0; i < MAX_AROUND && samples->len < self->lines->len + MAX_BESIDE; i++)
    {
      if ((before != NULL && !read_lines (self, BESIDE_SQL, before->proof->settlement_pk, samples, error)) ||
          (after != NULL && !read_lines (self, BESIDE_SQL, after->proof->settlement_pk, samples, error)))
        return NULL;
      before = before != NULL ? before->former : NULL;
      after = after != NULL ? after->next : NULL;
    }
  return g_steal_pointer (&samples);
}

gboolean
_cfoil_proof_dig_read (CfoilProofDig *self,
                       GError       **error)
{
  CfoilUsualFee *refund = &self->usual[CFOIL_TYPE_REFUND];
  g_autoptr (GArray) samples = NULL;

  self->lines = g_array_new (FALSE, FALSE, sizeof (CfoilProofLine));
  g_array_set_clear_func (self->lines, clear_line);
  if (!read_lines (self, LINES_SQL, self->item->proof->settlement_pk, self->lines, error))
    return FALSE;
  samples = read_samples (self, error);
  if (samples == NULL)
    return FALSE;
  for (guint type = 0; type < G_N_ELEMENTS (self->usual); type++)
    _cfoil_usual_fee_learn (&self->usual[type], (CfoilType) type, samples);
  /* A refund gives back what the payment cost, or nothing; few of them would have to teach it. */
  for (guint i = 0; i < self->usual[CFOIL_TYPE_CHARGE].n_rates; i++)
    _cfoil_usual_fee_add_rate (refund, self->usual[CFOIL_TYPE_CHARGE].rates[i]);
  _cfoil_usual_fee_add_rate (refund, 0);
  return TRUE;
}

/* --- what is contradicted --- */

static gboolean
is_worth_telling (const CfoilProofDig *self,
                  gint64               minor)
{
  for (guint i = 0; i < self->n_targets; i++)
    if (self->targets[i] == minor)
      return TRUE;
  return self->candidates->len < MAX_SENTENCES;
}

static void
add (CfoilProofDig        *self,
     CfoilCauseKind        kind,
     gint64                minor,
     const CfoilProofLine *line,
     char                 *text)
{
  CfoilCandidate *candidate = _cfoil_candidates_add (self->candidates, kind, minor, text);

  candidate->query = _cfoil_proof_query_of_id (line->transaction_id);
  _cfoil_candidate_add_row (candidate, line->row);
}

static void
add_amount (CfoilProofDig        *self,
            const CfoilProofLine *line)
{
  g_autofree char *says = _cfoil_proof_money (self->item->proof, line->amount_minor);
  g_autofree char *said = _cfoil_proof_money (self->item->proof, line->said_minor);
  g_autofree char *row = g_strdup_printf ("%u", line->row);

  add (self, CFOIL_CAUSE_AMOUNT, line->said_minor - line->amount_minor, line,
       /* Translators: the number of a row, an amount, an id, an amount. */
       g_strdup_printf (_ ("Row %s says %s; %s itself says %s"), row, says, line->id, said));
}

/* What a line is wrong by that does not come to its amount and its fee together is known from
 * the sums. */
static void
add_parts (CfoilProofDig        *self,
           const CfoilProofLine *line,
           gint64                parts)
{
  g_autofree char *says = _cfoil_proof_money (self->item->proof, line->fee_minor);
  g_autofree char *sum = _cfoil_proof_money (self->item->proof, parts);
  g_autofree char *row = g_strdup_printf ("%u", line->row);

  add (self, CFOIL_CAUSE_ROUNDING, parts - line->fee_minor, line,
       /* Translators: the number of a row, two amounts. */
       g_strdup_printf (_ ("Row %s says a fee of %s; its parts come to %s"), row, says, sum));
}

/* "12.34" in the other currency, as it would stand here; FALSE: it cannot. */
static gboolean
convert_digits (const CfoilProofLine *line,
                const char           *currency,
                gint64               *minor)
{
  int from = cfoil_currency_exponent (line->foreign), to = cfoil_currency_exponent (currency);

  *minor = line->net_minor;
  for (; from >= 0 && from < to; from++)
    if (__builtin_mul_overflow (*minor, 10, minor))
      return FALSE;
  for (; to >= 0 && from > to; from--)
    {
      if (*minor % 10 != 0)
        return FALSE;
      *minor /= 10;
    }
  return from >= 0 && to >= 0;
}

/* Where the payment itself is of the currency of the others, that is the proof of it. */
static void
add_currency (CfoilProofDig        *self,
              const CfoilProofLine *line)
{
  const CfoilProof *proof = self->item->proof;
  g_autofree char *row = g_strdup_printf ("%u", line->row);
  gint64 minor;

  if (line->type == CFOIL_TYPE_TRANSFER || !convert_digits (line, proof->currency, &minor) || !is_worth_telling (self, minor))
    return;
  if (line->said_minor != CFOIL_UNKNOWN)
    {
      add (self, CFOIL_CAUSE_CURRENCY, minor, line,
           /* Translators: the number of a row, a currency, an id, a currency. */
           g_strdup_printf (_ ("Row %s is in %s; %s itself is in %s"), row, line->foreign, line->id, proof->currency));
      return;
    }
  _cfoil_proof_dig_add_suspect (self, minor, line,
                                /* Translators: the number of a row, two currencies. */
                                g_strdup_printf (_ ("Row %s is in %s; in %s it would be what is missing"), row, line->foreign,
                                                 proof->currency));
}

static void
look_at_line (CfoilProofDig        *self,
              const CfoilProofLine *line)
{
  gint64 parts;

  if (line->foreign != NULL)
    {
      add_currency (self, line);
      return;
    }
  if (line->said_minor != CFOIL_UNKNOWN && line->said_minor != line->amount_minor &&
      is_worth_telling (self, line->said_minor - line->amount_minor))
    add_amount (self, line);
  if (line->percentage_minor == CFOIL_UNKNOWN || line->fixed_minor == CFOIL_UNKNOWN ||
      line->net_minor - line->amount_minor != line->fee_minor)
    return;
  parts = line->percentage_minor + line->fixed_minor;
  if (parts != line->fee_minor && is_worth_telling (self, parts - line->fee_minor))
    add_parts (self, line, parts);
}

/* --- in the wrong file --- */

static gboolean
add_misplaced (CfoilProofDig        *self,
               const CfoilProofItem *where,
               gint64                from_us,
               gint64                until_us,
               GError              **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  gboolean is_here = where == self->item;
  CfoilStep step;

  if (from_us == CFOIL_UNKNOWN || until_us == CFOIL_UNKNOWN || from_us >= until_us)
    return TRUE;
  rows = _cfoil_proof_dig_prepare (self, MISPLACED_SQL, error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, where->proof->settlement_pk);
  cfoil_statement_bind_int64 (rows, 3, from_us);
  cfoil_statement_bind_int64 (rows, 4, until_us);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      guint row = (guint) cfoil_statement_column_int64 (rows, 0);
      gint64 net = cfoil_statement_column_int64 (rows, 1);
      const char *id = cfoil_statement_column_text (rows, 2);
      g_autofree char *sum = _cfoil_proof_money (self->item->proof, net);
      g_autofree char *row_text = g_strdup_printf ("%u", row);
      CfoilCandidate *candidate;

      if (is_here)
        candidate = _cfoil_candidates_add (self->candidates, CFOIL_CAUSE_MISPLACED, -net,
                                           /* Translators: the number of a row, an id or “-”, an amount. */
                                           g_strdup_printf (_ ("Row %s (%s) was posted outside of this period; it comes to %s"),
                                                            row_text, *id != '\0' ? id : "-", sum));
      else
        candidate = _cfoil_candidates_add (self->candidates, CFOIL_CAUSE_MISPLACED, net,
                                           /* Translators: the number of a row, the number of a settlement, an id or “-”, an amount. */
                                           g_strdup_printf (_ ("Row %s of settlement %s (%s) was posted in this period; it comes to %s"),
                                                            row_text, where->proof->settlement_id, *id != '\0' ? id : "-", sum));
      candidate->query = _cfoil_proof_query_of_id (cfoil_statement_column_text (rows, 3));
      if (is_here)
        _cfoil_candidate_add_row (candidate, row);
    }
  return step == CFOIL_STEP_DONE;
}

/* --- a payout that came back --- */

static void
add_returned_line (CfoilProofDig          *self,
                   const CfoilProofItem   *before,
                   const CfoilBalanceLine *line)
{
  const CfoilProof *proof = self->item->proof;
  g_autofree char *says = _cfoil_proof_money (proof, line->net_minor);
  g_autofree char *paid = _cfoil_proof_money (proof, proof->remainder_minor);
  g_autofree char *row = g_strdup_printf ("%u", line->row_number);
  CfoilCandidate *candidate;

  candidate = _cfoil_candidates_add (self->candidates, CFOIL_CAUSE_PAYOUT, proof->remainder_minor,
                                     /* Translators: the number of a row, an amount, the number of a settlement, an amount. */
                                     g_strdup_printf (_ ("Row %s says that a payout of %s came back; that of settlement %s was %s"), row,
                                                      says, before->proof->settlement_id, paid));
  _cfoil_candidate_add_row (candidate, line->row_number);
}

/* What comes back is what was paid out some days before. */
static void
add_returned (CfoilProofDig *self)
{
  const CfoilProofItem *item = self->item, *before = item->former;

  for (guint i = 0; i < MAX_AROUND && before != NULL && before->proof->disbursed_minor != item->proof->remainder_minor; i++)
    before = before->former;
  if (before == NULL || before->proof->disbursed_minor != item->proof->remainder_minor)
    return;
  for (guint i = 0; i < item->lines->len && item->n_returned == 1; i++)
    {
      const CfoilBalanceLine *line = &g_array_index (item->lines, CfoilBalanceLine, i);

      if (line->type == CFOIL_TYPE_TRANSFER && line->net_minor > 0)
        add_returned_line (self, before, line);
    }
  if (item->n_returned == 0)
    _cfoil_candidates_add (self->suspects, CFOIL_CAUSE_SUSPECT, item->proof->remainder_minor,
                           /* Translators: the number of a settlement. */
                           g_strdup_printf (_ ("The payout of settlement %s was as much. If the bank returned it, the line that says so "
                                               "is missing here"), before->proof->settlement_id));
}

gboolean
_cfoil_proof_dig_add_contradictions (CfoilProofDig *self,
                                     GError       **error)
{
  const CfoilProofItem *item = self->item;
  gint64 start_us = item->proof->start_us, end_us = item->proof->end_us;

  for (guint i = 0; i < self->lines->len; i++)
    look_at_line (self, &g_array_index (self->lines, CfoilProofLine, i));
  add_returned (self);
  if (start_us == CFOIL_UNKNOWN || end_us == CFOIL_UNKNOWN)
    return TRUE;
  return add_misplaced (self, item, G_MININT64 + 1, start_us, error) &&
         add_misplaced (self, item, end_us + 1, G_MAXINT64, error) &&
         (item->next == NULL || add_misplaced (self, item->next, start_us, MIN (end_us, item->next->proof->start_us), error)) &&
         (item->former == NULL || add_misplaced (self, item->former, MAX (start_us, item->former->proof->end_us + 1), end_us, error));
}
