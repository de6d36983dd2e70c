/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Line by line through one settlement, for what the sums cannot tell: rows that stand there
 * twice, lines that contradict their payments, rows that could not be read, payments that
 * are missing. */

CfoilStatement *
_cfoil_proof_dig_prepare (CfoilProofDig *self,
                          const char    *sql,
                          GError       **error)
{
  CfoilStatement *rows = cfoil_database_prepare (self->database, sql, error);

  if (rows != NULL)
    {
      cfoil_statement_bind_int64 (rows, 1, self->item->proof->settlement_pk);
      cfoil_statement_bind_text (rows, 2, self->item->proof->currency);
    }
  return rows;
}

/* Rows of unequal lines and unknown types, for causes that name only how many. */
static gboolean
locate (CfoilProofDig *self,
        CfoilCauseKind kind,
        const char    *sql,
        GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilCause *cause = NULL;
  CfoilStep step;

  for (guint i = 0; i < self->item->proof->causes->len; i++)
    if (((CfoilCause *) g_ptr_array_index (self->item->proof->causes, i))->kind == kind)
      cause = g_ptr_array_index (self->item->proof->causes, i);
  if (cause == NULL)
    return TRUE;
  rows = _cfoil_proof_dig_prepare (self, sql, error);
  if (rows == NULL)
    return FALSE;
  g_clear_pointer (&cause->rows, g_array_unref);
  cause->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      guint row = (guint) cfoil_statement_column_int64 (rows, 0);

      g_array_append_val (cause->rows, row);
    }
  return step == CFOIL_STEP_DONE;
}

static gboolean
locate_all (CfoilProofDig *self,
            GError       **error)
{
  return locate (self, CFOIL_CAUSE_ROUNDING,
                 "SELECT row_number FROM settlement_line WHERE settlement_id = ?1 AND currency = ?2 "
                 "AND net_minor <> amount_minor + fee_minor ORDER BY row_number LIMIT 200", error) &&
         locate (self, CFOIL_CAUSE_UNKNOWN_TYPE,
                 "SELECT row_number FROM settlement_line WHERE settlement_id = ?1 AND currency = ?2 "
                 "AND type = 0 ORDER BY row_number LIMIT 200", error);
}

static gboolean
is_row_named (const CfoilProof *proof,
              CfoilCauseKind    kind,
              guint             row)
{
  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);

      for (guint k = 0; cause->kind == kind && cause->rows != NULL && k < cause->rows->len; k++)
        if (g_array_index (cause->rows, guint, k) == row)
          return TRUE;
    }
  return FALSE;
}

/* The parts of a fee are in no sum, so what is wrong with them is only worth knowing. */
static gboolean
note_parts (CfoilProofDig *self,
            GError       **error)
{
  CfoilProof *proof = self->item->proof;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (CfoilStatement) rows = _cfoil_proof_dig_prepare (
    self,
    "SELECT row_number FROM settlement_line WHERE settlement_id = ?1 AND currency = ?2 "
    "AND fee_minor <> fee_percentage_minor + fee_fixed_minor ORDER BY row_number LIMIT 200",
    error);
  CfoilCause *cause;
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      guint row = (guint) cfoil_statement_column_int64 (rows, 0);

      if (!is_row_named (proof, CFOIL_CAUSE_ROUNDING, row))
        g_array_append_val (numbers, row);
    }
  if (numbers->len > 0)
    {
      cause = _cfoil_proof_add_cause (proof, CFOIL_CAUSE_ROUNDING, 0,
                                      /* Translators: %u is a number. */
                                      g_strdup_printf (ngettext ("The parts of the fee of %u line do not come to that fee",
                                                                 "The parts of the fees of %u lines do not come to these fees",
                                                                 numbers->len), numbers->len));
      cause->rows = g_steal_pointer (&numbers);
    }
  return step == CFOIL_STEP_DONE;
}

/* One candidate per line that SQL gives: row, net, id. */
static gboolean
add_lines (CfoilProofDig *self,
           CfoilCauseKind kind,
           const char    *format,
           const char    *sql,
           GError       **error)
{
  g_autoptr (CfoilStatement) rows = _cfoil_proof_dig_prepare (self, sql, error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      guint row = (guint) cfoil_statement_column_int64 (rows, 0);
      gint64 minor = cfoil_statement_column_int64 (rows, 1);
      const char *id = cfoil_statement_column_text (rows, 2);
      g_autofree char *sum = _cfoil_proof_money (self->item->proof, minor);
      g_autofree char *row_text = g_strdup_printf ("%u", row);
      CfoilCandidate *candidate;
      char *text;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      text = g_strdup_printf (format, row_text, id != NULL && *id != '\0' ? id : "-", sum);
#pragma GCC diagnostic pop
      candidate = _cfoil_candidates_add (self->candidates, kind, -minor, text);
      _cfoil_candidate_add_row (candidate, row);
    }
  return step == CFOIL_STEP_DONE;
}

/* The same row twice in a file is a twin, told by its ordinal; a payment that stands in two
 * rows with different content has its id twice; what is none stands in two files that were sent
 * one after the other, at the same moment with different amounts. */
static gboolean
add_doubled (CfoilProofDig *self,
             GError **error)
{
  return add_lines (self, CFOIL_CAUSE_DOUBLED,
                    /* Translators: the number of a row, an id or “-”, an amount. */
                    _ ("Row %s (%s) stands there twice; it comes to %s"),
                    "SELECT row_number, net_minor, provider_id FROM settlement_line WHERE settlement_id = ?1 AND currency = ?2 "
                    "AND ordinal > 1 LIMIT 8", error) &&
         add_lines (self, CFOIL_CAUSE_DOUBLED,
                    /* Translators: the number of a row, an id or “-”, an amount. */
                    _ ("Row %s says something about payment %s that another row says otherwise; it comes to %s"),
                    "SELECT l.row_number, l.net_minor, l.provider_id FROM settlement_line AS l WHERE l.settlement_id = ?1 AND l.currency = ?2 "
                    "AND l.type IN (1, 2) AND l.provider_id <> '' AND l.ordinal = 1 AND EXISTS (SELECT 1 FROM settlement_line AS o "
                    "WHERE o.txn_id = l.txn_id AND o.settlement_id = l.settlement_id AND o.currency = l.currency AND o.type = l.type "
                    "AND o.provider_id = l.provider_id "
                    "AND (o.posted_us, o.amount_minor, o.document_id, o.row_number) <> (l.posted_us, l.amount_minor, l.document_id, l.row_number)) "
                    "LIMIT 8", error) &&
         add_lines (self, CFOIL_CAUSE_DOUBLED,
                    /* Translators: the number of a row, an id or “-”, an amount. */
                    _ ("Row %s (%s) has another amount in a file that was sent before or after; it comes to %s"),
                    "SELECT l.row_number, l.net_minor, l.provider_id FROM settlement_line AS l WHERE l.settlement_id = ?1 AND l.currency = ?2 "
                    "AND l.type NOT IN (1, 2) AND l.ordinal = 1 AND EXISTS (SELECT 1 FROM settlement_line AS o "
                    "WHERE o.settlement_id = l.settlement_id AND o.posted_us = l.posted_us AND o.provider_type_id = l.provider_type_id "
                    "AND o.provider_id = l.provider_id AND o.currency = l.currency AND o.amount_minor <> l.amount_minor "
                    "AND o.document_id <> l.document_id) LIMIT 8", error);
}

/* Rows that could not be read: what they come to is not known, so they are the cause of all
 * of it or of nothing. */
static gboolean
find_refused (CfoilProofDig *self,
              gboolean *is_found,
              GError  **error)
{
  CfoilProof *proof = self->item->proof;
  g_autoptr (CfoilStatement) rows = _cfoil_proof_dig_prepare (
    self,
    "SELECT e.row_number FROM exception AS e WHERE e.kind = 1 AND e.document_id IN "
    "(SELECT DISTINCT document_id FROM settlement_line WHERE settlement_id = ?1 AND currency = ?2) ORDER BY e.row_number LIMIT 200",
    error);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  CfoilCause *cause;
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      guint row = (guint) cfoil_statement_column_int64 (rows, 0);

      g_array_append_val (numbers, row);
    }
  *is_found = numbers->len > 0;
  if (numbers->len > 0)
    {
      /* Translators: %u is a number. */
      cause = _cfoil_proof_add_cause (proof, CFOIL_CAUSE_MISSING_DAY, proof->remainder_minor,
                                      g_strdup_printf (ngettext ("%u row of the file could not be read and is not counted",
                                                                 "%u rows of the file could not be read and are not counted",
                                                                 numbers->len),
                                                       numbers->len));
      cause->rows = g_steal_pointer (&numbers);
    }
  return step == CFOIL_STEP_DONE;
}

/* What happened in the period and is in no settlement: with the fees taken off it may be what is
 * missing, even where it is not known what they are.  A fee is at most an eighth, and a few
 * units of the currency. */
static gboolean
name_missing (CfoilProofDig *self,
              guint          n,
              gint64         sum)
{
  CfoilProof *proof = self->item->proof;
  g_autofree char *money = NULL;

  if (n == 0 || proof->remainder_minor <= 0 || proof->remainder_minor > sum || sum - proof->remainder_minor > sum / 8 + (gint64) n * 100)
    return FALSE;
  money = _cfoil_proof_money (proof, sum);
  _cfoil_proof_add_cause (proof, CFOIL_CAUSE_MISSING_DAY, proof->remainder_minor,
                          /* Translators: a number, an amount. */
                          g_strdup_printf (ngettext ("%u payment of this period, %s before fees, stands in no settlement",
                                                     "%u payments of this period, %s before fees, stand in no settlement", n), n, money));
  return TRUE;
}

/* A payout that the bank returned is known from the sums, and may be a part of what differs. */
static void
set_targets (CfoilProofDig *self)
{
  CfoilProof *proof = self->item->proof;

  self->targets[self->n_targets++] = proof->remainder_minor;
  for (guint i = 0; i < proof->causes->len; i++)
    {
      CfoilCause *cause = g_ptr_array_index (proof->causes, i);

      if (cause->kind != CFOIL_CAUSE_FAILED_PAYOUT || cause->minor != 0 || self->item->returned_minor == 0)
        continue;
      self->targets[self->n_targets++] = proof->remainder_minor - self->item->returned_minor;
      return;
    }
}

/* With what the bank returned, if the rest of it is explained. */
static gboolean
take_candidates (CfoilProofDig *self)
{
  CfoilProof *proof = self->item->proof;

  if (_cfoil_proof_take (proof, self->candidates, self->targets[0]))
    return TRUE;
  if (self->n_targets < 2 || !_cfoil_proof_take (proof, self->candidates, self->targets[1]))
    return FALSE;
  for (guint i = 0; i < proof->causes->len; i++)
    {
      CfoilCause *cause = g_ptr_array_index (proof->causes, i);

      if (cause->kind == CFOIL_CAUSE_FAILED_PAYOUT)
        cause->minor = self->item->returned_minor;
    }
  return TRUE;
}

/* Of several payments each of which would do, none is known to be it. */
static void
suspect_missing (CfoilProofDig *self)
{
  for (guint i = self->candidates->len; i-- > 0;)
    if (((CfoilCandidate *) g_ptr_array_index (self->candidates, i))->kind == CFOIL_CAUSE_MISSING_DAY)
      g_ptr_array_add (self->suspects, g_ptr_array_steal_index (self->candidates, i));
}

static gboolean
look_for_lines (CfoilProofDig *self,
                GError       **error)
{
  CfoilProof *proof = self->item->proof;
  gboolean is_found;
  gint64 sum = 0;
  guint n = 0;

  set_targets (self);
  if (!_cfoil_proof_dig_read (self, error) || !add_doubled (self, error) || !_cfoil_proof_dig_add_contradictions (self, error))
    return FALSE;
  is_found = take_candidates (self);
  if (!is_found)
    {
      if (!_cfoil_proof_dig_add_missing (self, &n, &sum, error))
        return FALSE;
      is_found = take_candidates (self);
    }
  if (!is_found && !find_refused (self, &is_found, error))
    return FALSE;
  if (!is_found)
    is_found = name_missing (self, n, sum);
  if (is_found)
    {
      proof->state = CFOIL_PROOF_EXPLAINED;
      return TRUE;
    }
  suspect_missing (self);
  _cfoil_proof_dig_suspect (self);
  return TRUE;
}

static void
clear_dig (CfoilProofDig *self)
{
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->suspects, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfoilProofDig, clear_dig)

gboolean
_cfoil_proof_dig (CfoilDatabase  *database,
                  CfoilProofItem *self,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_auto (CfoilProofDig) dig = {
    .database = database, .item = self, .candidates = _cfoil_candidates_new (), .suspects = _cfoil_candidates_new (),
  };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->proof->settlement_pk < 0)
    return TRUE;
  if (self->proof->state == CFOIL_PROOF_DIFFERS && !look_for_lines (&dig, error))
    return FALSE;
  return locate_all (&dig, error) && note_parts (&dig, error);
}
