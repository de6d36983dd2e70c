/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-writer-private.h"

/* A mirror that was made before there were cases: what is in it tells of them in the
 * same way as what comes in. */

static gboolean
discover_disputes (CfoilWriter *self,
                   GError     **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  gboolean ok = TRUE;
  CfoilStep step = CFOIL_STEP_DONE;

  rows = cfoil_database_prepare (self->database,
                                 "SELECT dispute_id, (SELECT o.feed_id FROM observation AS o WHERE o.account_id = d.account_id "
                                 "AND o.kind = 4 AND o.object_id = d.dispute_id ORDER BY o.said_us DESC LIMIT 1), "
                                 "(SELECT l.document_id FROM txn AS t JOIN settlement_line AS l USING (txn_id) "
                                 "WHERE t.dispute_id = d.dispute_id AND t.account_id = d.account_id ORDER BY l.posted_us LIMIT 1) "
                                 "FROM dispute AS d WHERE account_id = ?1 ORDER BY dispute_pk",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, self->account_id);
  while (ok && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *dispute_id = cfoil_statement_column_text (rows, 0);

      /* By each route that the mirror remembers. */
      self->feed_id = MAX (cfoil_statement_column_int64 (rows, 1), 0);
      self->document_id = 0;
      if (self->feed_id != 0)
        ok = _cfoil_writer_derive_dispute (self, dispute_id, CASE_ROUTE_OBJECT, NULL, error);
      self->document_id = MAX (cfoil_statement_column_int64 (rows, 2), 0);
      if (ok && self->document_id != 0)
        ok = _cfoil_writer_derive_dispute (self, dispute_id, CASE_ROUTE_SETTLEMENT, NULL, error);
    }
  return ok && step == CFOIL_STEP_DONE;
}

static gboolean
discover_lines (CfoilWriter *self,
                GError     **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  gboolean ok = TRUE;
  CfoilStep step = CFOIL_STEP_DONE;

  rows = cfoil_database_prepare (self->database,
                                 "SELECT l.type, l.charge_id, l.permission_id, l.dispute_id, l.currency, l.amount_minor, l.posted_us, "
                                 "l.document_id FROM settlement_line AS l JOIN settlement AS s USING (settlement_id) "
                                 "WHERE s.account_id = ?1 AND l.type IN (3, 4) ORDER BY l.posted_us, l.document_id, l.row_number",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, self->account_id);
  while (ok && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilSettlementLine line = {
        .type = (CfoilType) cfoil_statement_column_int64 (rows, 0),
        .charge_id = cfoil_statement_column_text (rows, 1),
        .permission_id = cfoil_statement_column_text (rows, 2),
        .dispute_id = cfoil_statement_column_text (rows, 3),
        .currency = cfoil_statement_column_text (rows, 4),
        .amount_minor = cfoil_statement_column_int64 (rows, 5),
        .posted_us = cfoil_statement_column_int64 (rows, 6),
      };

      self->document_id = cfoil_statement_column_int64 (rows, 7);
      ok = _cfoil_writer_tell_case_of_line (self, &line, error);
    }
  return ok && step == CFOIL_STEP_DONE;
}

static gboolean
discover_refunds (CfoilWriter *self,
                  GError     **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  gboolean ok = TRUE;
  CfoilStep step = CFOIL_STEP_DONE;

  rows = cfoil_database_prepare (self->database,
                                 "SELECT charge_id, permission_id, currency, amount_minor, created_us, said_us, document_id, feed_id "
                                 "FROM observation WHERE account_id = ?1 AND kind = 2 AND is_by_buyer = 1",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, self->account_id);
  while (ok && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilObservation refund = {
        .charge_id = cfoil_statement_column_text (rows, 0),
        .permission_id = cfoil_statement_column_text (rows, 1),
        .currency = cfoil_statement_column_text (rows, 2),
        .amount_minor = cfoil_statement_column_int64 (rows, 3),
        .created_us = cfoil_statement_column_int64 (rows, 4),
        .said_us = cfoil_statement_column_int64 (rows, 5),
      };

      self->document_id = MAX (cfoil_statement_column_int64 (rows, 6), 0);
      self->feed_id = cfoil_statement_column_int64 (rows, 7);
      ok = _cfoil_writer_tell_case_of_refund (self, &refund, error);
    }
  return ok && step == CFOIL_STEP_DONE;
}

/* A writer over a connection that is in the middle of a step. */
static gboolean
discover_in_account (CfoilDatabase *database,
                     gint64         account_id,
                     GError       **error)
{
  CfoilWriter self = { .database = database, .account_id = account_id };
  gboolean ok;

  self.chunk = g_string_chunk_new (1024);
  self.blocks = cfoil_block_writer_new (database);
  self.stale_cases = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL); /* a later step makes them all */
  ok = discover_disputes (&self, error) && discover_lines (&self, error) && discover_refunds (&self, error);
  for (guint i = 0; i < N_SQL; i++)
    g_clear_pointer (&self.statements[i], cfoil_statement_free);
  cfoil_block_writer_forget (self.blocks);
  cfoil_block_writer_free (self.blocks);
  g_hash_table_unref (self.stale_cases);
  g_string_chunk_free (self.chunk);
  g_free (self.provider);
  g_free (self.environment);
  g_free (self.account_name);
  return ok;
}

gboolean
_cfoil_writer_discover_cases (CfoilDatabase *database,
                              GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, "SELECT account_id FROM account ORDER BY 1", error);
  gboolean ok = TRUE;
  CfoilStep step = CFOIL_STEP_DONE;

  if (rows == NULL)
    return FALSE;
  while (ok && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    ok = discover_in_account (database, cfoil_statement_column_int64 (rows, 0), error);
  return ok && step == CFOIL_STEP_DONE;
}
