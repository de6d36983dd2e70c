/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Line by line through one settlement, for what the sums cannot tell: rows that stand there
 * twice, lines that contradict their payments, rows that could not be read, payments that
 * are missing. */

#define MAX_ROWS 200

typedef struct
{
  CfoilDatabase *database;
  CfoilProofItem *item;
  GPtrArray *candidates;
} Dig;

static CfoilStatement *
prepare (Dig        *self,
         const char *sql,
         GError    **error)
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
locate (Dig           *self,
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
  rows = prepare (self, sql, error);
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
locate_all (Dig     *self,
            GError **error)
{
  return locate (self, CFOIL_CAUSE_ROUNDING,
                 "SELECT row_number FROM settlement_line WHERE settlement_id = ?1 AND currency = ?2 "
                 "AND net_minor <> amount_minor + fee_minor ORDER BY row_number LIMIT 200", error) &&
         locate (self, CFOIL_CAUSE_UNKNOWN_TYPE,
                 "SELECT row_number FROM settlement_line WHERE settlement_id = ?1 AND currency = ?2 "
                 "AND type = 0 ORDER BY row_number LIMIT 200", error);
}

/* One candidate per line that SQL gives: row, net, id. */
static gboolean
add_lines (Dig           *self,
           CfoilCauseKind kind,
           const char    *format,
           const char    *sql,
           GError       **error)
{
  g_autoptr (CfoilStatement) rows = prepare (self, sql, error);
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
add_doubled (Dig     *self,
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

static gboolean
add_contradictions (Dig     *self,
                    GError **error)
{
  return add_lines (self, CFOIL_CAUSE_AMOUNT,
                    /* Translators: the number of a row, an id, an amount. */
                    _ ("Row %s says another amount than payment %s itself; the difference is %s"),
                    "SELECT l.row_number, l.amount_minor - o.moved_minor, t.transaction_id FROM settlement_line AS l "
                    "JOIN settlement AS s USING (settlement_id) JOIN txn AS t USING (txn_id) "
                    "JOIN observation AS o ON o.account_id = s.account_id AND o.kind = l.type AND o.object_id = t.transaction_id "
                    "WHERE l.settlement_id = ?1 AND l.currency = ?2 AND l.type IN (1, 2) AND o.currency = l.currency "
                    "AND o.moved_minor <> 0 AND o.moved_minor <> l.amount_minor GROUP BY l.row_number LIMIT 8", error);
}

/* Rows that could not be read: what they come to is not known, so they are the cause of all
 * of it or of nothing. */
static gboolean
find_refused (Dig      *self,
              gboolean *is_found,
              GError  **error)
{
  CfoilProof *proof = self->item->proof;
  g_autoptr (CfoilStatement) rows = prepare (
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

/* Captured in the period and in no settlement: with the fee taken off they may be what is
 * missing.  A fee is at most an eighth, and a few units of the currency. */
static gboolean
find_missing_payments (Dig      *self,
                       gboolean *is_found,
                       GError  **error)
{
  CfoilProof *proof = self->item->proof;
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (
    self->database,
    "SELECT count (*), CAST (total (gross_minor) AS INTEGER), min (transaction_id) FROM txn INDEXED BY txn_unsettled "
    "WHERE type = 1 AND state = 5 AND settlement_id IS NULL AND sort_us >= ?1 AND sort_us < ?2 AND account_id = ?3 AND currency = ?4",
    error);
  gint64 n = 0, sum = 0;
  g_autofree char *id = NULL, *money = NULL;
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  *is_found = FALSE;
  if (proof->start_us == CFOIL_UNKNOWN || proof->end_us == CFOIL_UNKNOWN || proof->remainder_minor <= 0)
    return TRUE;
  cfoil_statement_bind_int64 (rows, 1, proof->start_us);
  cfoil_statement_bind_int64 (rows, 2, proof->end_us);
  cfoil_statement_bind_int64 (rows, 3, self->item->account_id);
  cfoil_statement_bind_text (rows, 4, proof->currency);
  step = cfoil_statement_step (rows, error);
  if (step == CFOIL_STEP_ROW)
    {
      n = cfoil_statement_column_int64 (rows, 0);
      sum = cfoil_statement_column_int64 (rows, 1);
      id = g_strdup (cfoil_statement_column_text (rows, 2));
    }
  if (step == CFOIL_STEP_ERROR)
    return FALSE;
  if (n == 0 || proof->remainder_minor > sum || sum - proof->remainder_minor > sum / 8 + n * 100)
    return TRUE;
  *is_found = TRUE;
  money = _cfoil_proof_money (proof, sum);
  _cfoil_proof_add_cause (proof, CFOIL_CAUSE_MISSING_DAY, proof->remainder_minor,
                          n == 1
                            /* Translators: an id, an amount. */
                            ? g_strdup_printf (_ ("Payment %s of %s was captured in this period but stands in no settlement"), id, money)
                            /* Translators: a number, an amount. */
                            : g_strdup_printf (_ ("%d payments of this period, %s before fees, stand in no settlement"), (int) n, money));
  return TRUE;
}

static gboolean
look_for_lines (Dig     *self,
                GError **error)
{
  CfoilProof *proof = self->item->proof;
  gboolean is_found;

  if (!add_doubled (self, error) || !add_contradictions (self, error))
    return FALSE;
  is_found = _cfoil_proof_take (proof, self->candidates, proof->remainder_minor);
  if (!is_found && !find_refused (self, &is_found, error))
    return FALSE;
  if (!is_found && !find_missing_payments (self, &is_found, error))
    return FALSE;
  if (is_found)
    proof->state = CFOIL_PROOF_EXPLAINED;
  return TRUE;
}

gboolean
_cfoil_proof_dig (CfoilDatabase  *database,
                  CfoilProofItem *self,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_autoptr (GPtrArray) candidates = _cfoil_candidates_new ();
  Dig dig = { database, self, candidates };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->proof->settlement_pk < 0)
    return TRUE;
  if (self->proof->state == CFOIL_PROOF_DIFFERS && !look_for_lines (&dig, error))
    return FALSE;
  return locate_all (&dig, error);
}
