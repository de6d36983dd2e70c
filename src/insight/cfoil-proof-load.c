/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include <string.h>

/* All that the proofs need, from the sums and the few lines that carry balances. */

#define SUMS_SQL \
  "SELECT u.settlement_id, u.currency, u.type, u.n_lines, u.n_unequal, u.amount_minor, u.fee_minor, u.net_minor, " \
  "s.account_id, a.name, s.provider_id, s.start_us, s.end_us, s.merchant_id " \
  "FROM settlement_sum AS u JOIN settlement AS s USING (settlement_id) JOIN account AS a USING (account_id) " \
  "WHERE u.n_lines > 0 ORDER BY u.settlement_id, u.currency"

/* The condition is that of the index, word for word.  Lines of unknown types are in it, too, but of
 * them the sums are enough. */
#define LINES_SQL \
  "SELECT l.settlement_id, l.currency, l.type, l.posted_us, l.net_minor, l.row_number, l.ordinal, lower (l.description) " \
  "FROM settlement_line AS l INDEXED BY settlement_line_balance WHERE (l.type IN (0, 6) OR l.type IN (7, 8)) AND l.type <> 0 " \
  "ORDER BY l.settlement_id, l.currency, l.posted_us, l.row_number"

#define PAID_SQL \
  "SELECT d.account_id, d.settlement_provider_id, d.currency, CAST (total (d.amount_minor) AS INTEGER), " \
  "group_concat (DISTINCT nullif (d.bank_reference, '')), min (d.transaction_us), min (d.disbursement_id), a.name, min (d.merchant_id) " \
  "FROM disbursement AS d JOIN account AS a USING (account_id) GROUP BY d.account_id, d.settlement_provider_id, d.currency"

void
_cfoil_proof_item_free (CfoilProofItem *self)
{
  g_clear_pointer (&self->proof, cfoil_proof_free);
  g_free (self->merchant_id);
  g_array_unref (self->lines);
  g_free (self);
}

static CfoilProofItem *
item_new (const char *account,
          const char *settlement_id,
          const char *currency)
{
  CfoilProofItem *self = g_new0 (CfoilProofItem, 1);

  self->lines = g_array_new (FALSE, FALSE, sizeof (CfoilBalanceLine));
  self->proof = g_new0 (CfoilProof, 1);
  self->proof->account = g_strdup (account);
  self->proof->settlement_id = g_strdup (settlement_id);
  self->proof->currency = g_strdup (currency);
  self->proof->start_us = CFOIL_UNKNOWN;
  self->proof->end_us = CFOIL_UNKNOWN;
  self->proof->disbursed_minor = CFOIL_UNKNOWN;
  self->proof->disbursed_us = CFOIL_UNKNOWN;
  self->proof->causes = g_ptr_array_new_with_free_func (_cfoil_cause_free);
  self->paid_minor = CFOIL_UNKNOWN;
  return self;
}

static void
add_sum (CfoilProofItem *self,
         CfoilStatement *row)
{
  CfoilProof *proof = self->proof;
  CfoilType type = (CfoilType) cfoil_statement_column_int64 (row, 2);
  gint64 n = cfoil_statement_column_int64 (row, 3);
  gint64 n_unequal = cfoil_statement_column_int64 (row, 4);
  gint64 amount = cfoil_statement_column_int64 (row, 5);
  gint64 fee = cfoil_statement_column_int64 (row, 6);
  gint64 net = cfoil_statement_column_int64 (row, 7);

  proof->n_lines += (guint) n;
  self->n_unequal += n_unequal;
  self->unequal_minor += net - amount - fee;
  if (type == CFOIL_TYPE_TRANSFER)
    return;
  proof->computed_minor += net;
  if (type == CFOIL_TYPE_RESERVE || type == CFOIL_TYPE_CARRYOVER)
    return;

  self->n_ordinary += n;
  proof->rounding_minor += net - amount - fee;
  proof->fees_minor += fee;
  switch (type)
    {
    case CFOIL_TYPE_CHARGE:
      proof->captures_minor += amount;
      break;
    case CFOIL_TYPE_REFUND:
      proof->refunds_minor += amount;
      break;
    case CFOIL_TYPE_CHARGEBACK:
      proof->chargebacks_minor += amount;
      break;
    case CFOIL_TYPE_CLAIM:
      proof->claims_minor += amount;
      break;
    case CFOIL_TYPE_DISPUTE_FEE:
    case CFOIL_TYPE_AUTHORIZATION_FEE:
      proof->fees_minor += amount;
      break;
    case CFOIL_TYPE_ADJUSTMENT:
      proof->adjustments_minor += amount;
      break;
    case CFOIL_TYPE_OTHER:
    case CFOIL_TYPE_TRANSFER:
    case CFOIL_TYPE_RESERVE:
    case CFOIL_TYPE_CARRYOVER:
    default:
      proof->other_minor += amount;
      self->n_other += n;
      self->other_net += net;
      break;
    }
}

static gboolean
load_sums (CfoilDatabase *database,
           GPtrArray     *items,
           GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, SUMS_SQL, error);
  CfoilProofItem *item = NULL;
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 pk = cfoil_statement_column_int64 (rows, 0);
      const char *currency = cfoil_statement_column_text (rows, 1);

      if (item == NULL || item->proof->settlement_pk != pk || strcmp (item->proof->currency, currency) != 0)
        {
          item = item_new (cfoil_statement_column_text (rows, 9), cfoil_statement_column_text (rows, 10), currency);
          item->proof->settlement_pk = pk;
          item->account_id = cfoil_statement_column_int64 (rows, 8);
          item->proof->start_us = cfoil_statement_column_int64 (rows, 11);
          item->proof->end_us = cfoil_statement_column_int64 (rows, 12);
          item->merchant_id = g_strdup (cfoil_statement_column_text (rows, 13));
          g_ptr_array_add (items, item);
        }
      add_sum (item, rows);
    }
  return step == CFOIL_STEP_DONE;
}

/* Both are in the same order. */
static gboolean
load_lines (CfoilDatabase *database,
            GPtrArray     *items,
            GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, LINES_SQL, error);
  CfoilStep step;
  guint i = 0;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 pk = cfoil_statement_column_int64 (rows, 0);
      const char *currency = cfoil_statement_column_text (rows, 1);
      const char *description = cfoil_statement_column_text (rows, 7);
      CfoilBalanceLine line = {
        .type = (CfoilType) cfoil_statement_column_int64 (rows, 2),
        .posted_us = cfoil_statement_column_int64 (rows, 3),
        .net_minor = cfoil_statement_column_int64 (rows, 4),
        .row_number = (guint) cfoil_statement_column_int64 (rows, 5),
        .ordinal = cfoil_statement_column_int64 (rows, 6),
        .says_previous = description != NULL && strstr (description, "previous") != NULL,
        .says_current = description != NULL && strstr (description, "current") != NULL,
      };

      for (; i < items->len; i++)
        {
          const CfoilProof *proof = ((CfoilProofItem *) g_ptr_array_index (items, i))->proof;

          if (proof->settlement_pk > pk || (proof->settlement_pk == pk && strcmp (proof->currency, currency) >= 0))
            break;
        }
      if (i < items->len)
        {
          CfoilProofItem *item = g_ptr_array_index (items, i);

          if (item->proof->settlement_pk == pk && strcmp (item->proof->currency, currency) == 0)
            g_array_append_val (item->lines, line);
        }
    }
  return step == CFOIL_STEP_DONE;
}

static char *
payout_key (gint64      account_id,
            const char *settlement_id,
            const char *currency)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", account_id, currency, settlement_id);
}

static gboolean
load_paid (CfoilDatabase *database,
           GPtrArray     *items,
           GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, PAID_SQL, error);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      CfoilProofItem *item = g_ptr_array_index (items, i);

      g_hash_table_insert (by_key, payout_key (item->account_id, item->proof->settlement_id, item->proof->currency), item);
    }
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 account_id = cfoil_statement_column_int64 (rows, 0);
      const char *settlement_id = cfoil_statement_column_text (rows, 1);
      const char *currency = cfoil_statement_column_text (rows, 2);
      g_autofree char *key = payout_key (account_id, settlement_id, currency);
      CfoilProofItem *item = g_hash_table_lookup (by_key, key);

      if (item == NULL)
        {
          item = item_new (cfoil_statement_column_text (rows, 7), settlement_id, currency);
          item->account_id = account_id;
          item->merchant_id = g_strdup (cfoil_statement_column_text (rows, 8));
          item->proof->settlement_pk = -cfoil_statement_column_int64 (rows, 6);
          g_ptr_array_add (items, item);
        }
      item->proof->disbursed_minor = cfoil_statement_column_int64 (rows, 3);
      item->proof->bank_reference = g_strdup (cfoil_statement_column_text (rows, 4));
      item->proof->disbursed_us = cfoil_statement_column_int64 (rows, 5);
    }
  return step == CFOIL_STEP_DONE;
}

/* --- chains --- */

static int
compare_int64 (gint64 a,
               gint64 b)
{
  return (a > b) - (a < b);
}

static gint64
time_of (const CfoilProofItem *item)
{
  if (item->proof->end_us != CFOIL_UNKNOWN)
    return item->proof->end_us;
  return item->proof->start_us != CFOIL_UNKNOWN ? item->proof->start_us : item->proof->disbursed_us;
}

static int
compare_chain (const CfoilProofItem *a,
               const CfoilProofItem *b)
{
  int order = compare_int64 (a->account_id, b->account_id);

  if (order == 0)
    order = strcmp (a->proof->currency, b->proof->currency);
  if (order == 0)
    order = (a->proof->settlement_pk < 0) - (b->proof->settlement_pk < 0);
  return order != 0 ? order : g_strcmp0 (a->merchant_id, b->merchant_id);
}

static int
compare_items (gconstpointer one,
               gconstpointer other)
{
  const CfoilProofItem *a = *(const CfoilProofItem *const *) one;
  const CfoilProofItem *b = *(const CfoilProofItem *const *) other;
  int order = compare_chain (a, b);

  if (order == 0)
    order = compare_int64 (time_of (a), time_of (b));
  return order != 0 ? order : compare_int64 (a->proof->settlement_pk, b->proof->settlement_pk);
}

/* Some lines of a settlement that is of another currency.  They may be wrong, and must not break
 * the chain of theirs. */
static gboolean
is_stray (const CfoilProofItem *self,
          GHashTable           *settled)
{
  return self->lines->len == 0 && self->proof->disbursed_minor == CFOIL_UNKNOWN &&
         g_hash_table_contains (settled, &self->proof->settlement_pk);
}

static GHashTable *
list_settled (GPtrArray *items)
{
  GHashTable *settled = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < items->len; i++)
    {
      CfoilProofItem *item = g_ptr_array_index (items, i);

      if (item->lines->len > 0 || item->proof->disbursed_minor != CFOIL_UNKNOWN)
        g_hash_table_add (settled, &item->proof->settlement_pk);
    }
  return settled;
}

/* Real periods follow each other after some minutes. */
static void
link_chains (GPtrArray *items)
{
  g_autoptr (GHashTable) settled = list_settled (items);
  CfoilProofItem *former = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      CfoilProofItem *item = g_ptr_array_index (items, i);

      if (item->proof->settlement_pk < 0 || is_stray (item, settled))
        continue;
      if (former != NULL && compare_chain (former, item) == 0)
        {
          item->former = former;
          former->next = item;
          item->is_after_gap = former->proof->end_us != CFOIL_UNKNOWN && item->proof->start_us != CFOIL_UNKNOWN &&
                               item->proof->start_us - former->proof->end_us > G_TIME_SPAN_HOUR;
        }
      former = item;
    }
}

GPtrArray *
_cfoil_proof_load (CfoilDatabase *database,
                   GError       **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) _cfoil_proof_item_free);

  if (!load_sums (database, items, error) || !load_lines (database, items, error) || !load_paid (database, items, error))
    return NULL;
  g_ptr_array_sort (items, compare_items);
  link_chains (items);
  return g_steal_pointer (&items);
}
