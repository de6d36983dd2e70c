/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record.h"

#include "cfoil-shown-text.h"

/* Everything by key: 128 of these take less than a millisecond. */
#define SQL_RECORD \
  "SELECT t.txn_id, t.account_id, a.name, t.transaction_id, t.type, t.state, pt.text, " \
  "t.provider_state, t.description, coalesce (t.buyer_name, p.buyer_name), " \
  "coalesce (t.merchant_reference, p.merchant_reference), s.provider_id, t.currency, " \
  "t.sort_us, t.amount_minor, t.gross_minor, t.fee_minor, t.net_minor " \
  "FROM txn AS t JOIN account AS a USING (account_id) " \
  "LEFT JOIN word AS pt ON pt.word_id = t.provider_type_id " \
  "LEFT JOIN settlement AS s ON s.settlement_id = t.settlement_id " \
  "LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id " \
  "WHERE t.txn_id = ?"

G_DEFINE_BOXED_TYPE (CfoilRecord, cfoil_record, cfoil_record_ref, cfoil_record_unref)

CfoilRecord *
cfoil_record_ref (CfoilRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
record_clear (gpointer data)
{
  CfoilRecord *self = data;

  g_free (self->account);
  g_free (self->transaction_id);
  g_free (self->provider_type);
  g_free (self->provider_state);
  g_free (self->description);
  g_free (self->buyer);
  g_free (self->reference);
  g_free (self->settlement);
  g_free (self->currency);
}

void
cfoil_record_unref (CfoilRecord *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, record_clear);
}

gboolean
cfoil_record_is_only_face (const CfoilRecord *self)
{
  return self->gross_minor == 0 && self->amount_minor != CFOIL_UNKNOWN && self->amount_minor != 0;
}

static char *
dup_text (CfoilStatement *row,
          int             column)
{
  return cfoil_shown_text (cfoil_statement_column_text (row, column));
}

static CfoilRecord *
record_from_row (CfoilStatement *row)
{
  CfoilRecord *self = g_atomic_rc_box_new0 (CfoilRecord);
  int i = 0;

  self->id = cfoil_statement_column_int64 (row, i++);
  self->account_id = cfoil_statement_column_int64 (row, i++);
  self->account = dup_text (row, i++);
  self->transaction_id = dup_text (row, i++);
  self->type = (CfoilType) cfoil_statement_column_int64 (row, i++);
  self->state = (CfoilState) cfoil_statement_column_int64 (row, i++);
  self->provider_type = dup_text (row, i++);
  self->provider_state = dup_text (row, i++);
  self->description = dup_text (row, i++);
  self->buyer = dup_text (row, i++);
  self->reference = dup_text (row, i++);
  self->settlement = dup_text (row, i++);
  self->currency = dup_text (row, i++);
  self->time_us = cfoil_statement_column_int64 (row, i++);
  self->amount_minor = cfoil_statement_column_int64 (row, i++);
  self->gross_minor = cfoil_statement_column_int64 (row, i++);
  self->fee_minor = cfoil_statement_column_int64 (row, i++);
  self->net_minor = cfoil_statement_column_int64 (row, i++);
  return self;
}

GPtrArray *
cfoil_record_read (CfoilDatabase *database,
                   const gint64  *ids,
                   guint          n_ids,
                   GError       **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (CfoilStatement) row = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  row = cfoil_database_prepare (database, SQL_RECORD, error);
  if (row == NULL)
    return NULL;

  records = g_ptr_array_new_full (n_ids, (GDestroyNotify) cfoil_record_unref);
  for (guint i = 0; i < n_ids; i++)
    {
      CfoilStep step;

      cfoil_statement_bind_int64 (row, 1, ids[i]);
      step = cfoil_statement_step (row, error);
      if (step == CFOIL_STEP_ERROR)
        return NULL;
      if (step == CFOIL_STEP_ROW)
        g_ptr_array_add (records, record_from_row (row));
      cfoil_statement_reset (row);
    }
  return g_steal_pointer (&records);
}
