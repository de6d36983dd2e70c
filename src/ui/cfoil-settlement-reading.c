/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-reading.h"

#include "cfoil-bank-match.h"
#include "cfoil-settlement-item.h"
#include "cfoil-time.h"

/* So many payouts of each kind are compared with the bank, the newest first. */
#define MAX_PAIRS 5000

/* While much comes in: rows take longer to make than to read.  So they are made when it is over,
 * or from time to time. */
#define QUIET_MS 2500
#define WAIT_MS 2000
#define LONG_WAIT_MS 8000

typedef struct
{
  char *period;
  GTimeZone *zone;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->period);
  g_time_zone_unref (request->zone);
  g_free (request);
}

void
cfoil_settlement_reading_free (CfoilSettlementReading *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->unsettled, cfoil_table_unref);
  g_free (self->digest);
  g_free (self);
}

static void
add_table (GChecksum        *sum,
           const CfoilTable *table)
{
  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    for (guint column = 0; column < cfoil_table_get_n_columns (table); column++)
      {
        const char *name = cfoil_table_get_column (table, column)->name;
        g_autofree char *cell = NULL;

        /* It grows with every moment. */
        if (g_str_equal (name, "age"))
          continue;
        cell = cfoil_table_format_plain (table, row, column);
        g_checksum_update (sum, (const guchar *) cell, -1);
        g_checksum_update (sum, (const guchar *) "|", 1);
      }
}

/* The causes that come to nothing are in no table. */
static void
add_causes (GChecksum *sum,
            GPtrArray *proofs)
{
  for (guint i = 0; i < proofs->len; i++)
    {
      const CfoilProof *proof = g_ptr_array_index (proofs, i);

      for (guint k = 0; k < proof->causes->len; k++)
        g_checksum_update (sum, (const guchar *) ((CfoilCause *) g_ptr_array_index (proof->causes, k))->text, -1);
    }
}

static GChecksum *
make_digest (GPtrArray        *proofs,
             const CfoilTable *unsettled)
{
  GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (CfoilTable) table = cfoil_proof_to_table (proofs);

  add_table (sum, table);
  add_causes (sum, proofs);
  add_table (sum, unsettled);
  return sum;
}

/* --- the bank --- */

static char *
make_key (const char *account,
          const char *settlement_id,
          const char *currency)
{
  return g_strdup_printf ("%s %s %s", currency, settlement_id, account != NULL ? account : "");
}

static void
set_bank (CfoilSettlementItem *item,
          GHashTable          *pairs)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);
  g_autofree char *key = make_key (proof->account, proof->settlement_id, proof->currency);
  const CfoilBankPair *pair = g_hash_table_lookup (pairs, key);

  if (pair == NULL || proof->disbursed_minor == CFOIL_UNKNOWN)
    return;
  if (pair->entry_minor == CFOIL_UNKNOWN)
    cfoil_settlement_item_set_bank (item, CFOIL_SETTLEMENT_BANK_MISSING, 0);
  else if (pair->difference_minor != 0)
    cfoil_settlement_item_set_bank (item, CFOIL_SETTLEMENT_BANK_DIFFERS, pair->difference_minor);
  else
    cfoil_settlement_item_set_bank (item, CFOIL_SETTLEMENT_BANK_MATCHED, 0);
}

static gboolean
read_bank (CfoilDatabase *database,
           GPtrArray     *items,
           GChecksum     *sum,
           GError       **error)
{
  g_autoptr (GPtrArray) list = cfoil_bank_match_list (database, CFOIL_BANK_OPEN | CFOIL_BANK_MATCHED, MAX_PAIRS, error);
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const CfoilBankPair *pair = g_ptr_array_index (list, i);

      if (pair->settlement_id != NULL && pair->currency != NULL)
        g_hash_table_insert (pairs, make_key (pair->account, pair->settlement_id, pair->currency), (gpointer) pair);
    }
  for (guint i = 0; list != NULL && i < items->len; i++)
    {
      g_autofree char *text = NULL;

      set_bank (g_ptr_array_index (items, i), pairs);
      text = cfoil_settlement_item_dup_bank (g_ptr_array_index (items, i));
      g_checksum_update (sum, (const guchar *) (text != NULL ? text : "-"), -1);
    }
  return list != NULL;
}

static gboolean
read_numbers (CfoilDatabase          *database,
              CfoilSettlementReading *self,
              GCancellable           *cancellable,
              GError                **error)
{
  gint64 n = 0, n_changes = 0;

  if (!cfoil_database_get_int64 (database, "SELECT EXISTS (SELECT 1 FROM settlement_sum) OR EXISTS (SELECT 1 FROM disbursement)", &n, error) ||
      !cfoil_database_get_int64 (database, "SELECT count (*) FROM period_adjustment WHERE acknowledged_us IS NULL", &n_changes, error))
    return FALSE;
  self->is_any = n != 0;
  self->n_changes = (guint) n_changes;
  return cfoil_proof_count_wrong (database, NULL, cancellable, &self->n_wrong, NULL, error);
}

static gpointer
read_all (CfoilDatabase *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Request *request = data;
  g_autoptr (CfoilSettlementReading) self = g_new0 (CfoilSettlementReading, 1);
  g_autoptr (GPtrArray) proofs = NULL;
  g_autoptr (GChecksum) sum = NULL;
  g_autofree char *numbers = NULL;
  gint64 now_us = cfoil_time_now_us ();
  CfoilPeriod period;

  if (!cfoil_period_parse (request->period, cfoil_day_of_time (now_us, request->zone), &period, error))
    return NULL;
  proofs = cfoil_proof_list (database, NULL, &period, request->zone, cancellable, error);
  if (proofs == NULL)
    return NULL;
  self->unsettled = cfoil_proof_read_unsettled (database, NULL, now_us, cancellable, error);
  if (self->unsettled == NULL || !read_numbers (database, self, cancellable, error))
    return NULL;
  sum = make_digest (proofs, self->unsettled);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < proofs->len; i++)
    g_ptr_array_add (self->items, cfoil_settlement_item_new (g_steal_pointer (&g_ptr_array_index (proofs, i))));
  g_ptr_array_set_free_func (proofs, NULL);
  if (!read_bank (database, self->items, sum, error))
    return NULL;
  numbers = g_strdup_printf ("%d %u %u", self->is_any, self->n_wrong, self->n_changes);
  g_checksum_update (sum, (const guchar *) numbers, -1);
  self->digest = g_strdup (g_checksum_get_string (sum));
  return g_steal_pointer (&self);
}

/* Behind another page only the number in the sidebar is wanted, and nobody waits for it; before an empty page
 * somebody does. */
guint
cfoil_settlement_reading_get_wait (CfoilSettlementReading *self,
                                   gint64                  read_us,
                                   gboolean                is_in_front)
{
  gint64 ms = (g_get_monotonic_time () - read_us) / 1000;
  gboolean is_empty = self == NULL || self->items->len == 0;

  if (!is_in_front)
    return WAIT_MS;
  if (is_empty)
    return ms < WAIT_MS ? (guint) (WAIT_MS - ms) : 0;
  return ms < LONG_WAIT_MS ? (guint) MIN (LONG_WAIT_MS - ms, QUIET_MS) : 0;
}

void
cfoil_settlement_reading_run_async (CfoilWorkspace      *workspace,
                                    const char          *period,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  Request *request = g_new0 (Request, 1);

  request->period = g_strdup (period);
  request->zone = g_time_zone_ref (cfoil_workspace_get_time_zone (workspace));
  cfoil_reader_run_async (cfoil_workspace_get_reader (workspace), CFOIL_READER_QUERY, read_all, request, request_free,
                          (GDestroyNotify) cfoil_settlement_reading_free, cancellable, callback, user_data);
}

CfoilSettlementReading *
cfoil_settlement_reading_run_finish (GAsyncResult *result,
                                     GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
