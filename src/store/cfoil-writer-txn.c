/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-time.h"
#include "cfoil-writer-private.h"

void
_cfoil_txn_values_init (TxnValues *values)
{
  *values = (TxnValues){
    .provider_type_id = CFOIL_UNKNOWN,
    .amount_minor = CFOIL_UNKNOWN,
    .fee_percentage_minor = CFOIL_UNKNOWN,
    .fee_fixed_minor = CFOIL_UNKNOWN,
    .fee_minor = CFOIL_UNKNOWN,
    .net_minor = CFOIL_UNKNOWN,
    .refunded_minor = CFOIL_UNKNOWN,
    .created_us = CFOIL_UNKNOWN,
    .updated_us = CFOIL_UNKNOWN,
    .expires_us = CFOIL_UNKNOWN,
    .posted_us = CFOIL_UNKNOWN,
    .settlement_id = CFOIL_UNKNOWN,
    .store_id = CFOIL_UNKNOWN,
  };
}

gint64
_cfoil_txn_values_get_sort_time (const TxnValues *values)
{
  if (values->created_us != CFOIL_UNKNOWN)
    return values->created_us;
  if (values->posted_us != CFOIL_UNKNOWN)
    return values->posted_us;
  return values->updated_us != CFOIL_UNKNOWN ? values->updated_us : 0;
}

/* In the order of TXN_COLUMNS in cfoil-writer.c. */
static void
bind_values (CfoilStatement  *statement,
             const TxnValues *values)
{
  int i = 1;

  cfoil_statement_bind_text (statement, i++, values->provider_id);
  cfoil_statement_bind_int64 (statement, i++, values->type);
  cfoil_statement_bind_int64 (statement, i++, values->provider_type_id);
  cfoil_statement_bind_int64 (statement, i++, values->state);
  cfoil_statement_bind_text (statement, i++, values->provider_state);
  cfoil_statement_bind_text (statement, i++, values->reason);
  cfoil_statement_bind_text (statement, i++, values->currency);
  cfoil_statement_bind_int64 (statement, i++, values->amount_minor);
  cfoil_statement_bind_int64 (statement, i++, values->gross_minor);
  cfoil_statement_bind_int64 (statement, i++, values->fee_percentage_minor);
  cfoil_statement_bind_int64 (statement, i++, values->fee_fixed_minor);
  cfoil_statement_bind_int64 (statement, i++, values->fee_minor);
  cfoil_statement_bind_int64 (statement, i++, values->net_minor);
  cfoil_statement_bind_int64 (statement, i++, values->refunded_minor);
  cfoil_statement_bind_int64 (statement, i++, values->created_us);
  cfoil_statement_bind_int64 (statement, i++, values->updated_us);
  cfoil_statement_bind_int64 (statement, i++, values->expires_us);
  cfoil_statement_bind_int64 (statement, i++, values->posted_us);
  cfoil_statement_bind_int64 (statement, i++, _cfoil_txn_values_get_sort_time (values));
  cfoil_statement_bind_int64 (statement, i++, values->settlement_id);
  cfoil_statement_bind_text (statement, i++, values->charge_id);
  cfoil_statement_bind_text (statement, i++, values->permission_id);
  cfoil_statement_bind_text (statement, i++, values->dispute_id);
  cfoil_statement_bind_text (statement, i++, values->merchant_reference);
  cfoil_statement_bind_text (statement, i++, values->order_reference);
  cfoil_statement_bind_int64 (statement, i++, values->store_id);
  cfoil_statement_bind_text (statement, i++, values->description);
  cfoil_statement_bind_text (statement, i++, values->buyer_id);
  cfoil_statement_bind_text (statement, i++, values->buyer_name);
  cfoil_statement_bind_text (statement, i++, values->buyer_email);
  cfoil_statement_bind_text (statement, i++, values->buyer_country);
  cfoil_statement_bind_text (statement, i++, values->channel);
}

gboolean
_cfoil_writer_find_txn (CfoilWriter *self,
                        const char  *transaction_id,
                        gint64      *txn_id,
                        GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_TXN, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, transaction_id);
  step = cfoil_statement_step (statement, error);
  *txn_id = step == CFOIL_STEP_ROW ? cfoil_statement_column_int64 (statement, 0) : 0;
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

void
_cfoil_writer_touch_row (CfoilWriter *self,
                         gint64       txn_id)
{
  cfoil_block_writer_touch (self->blocks, txn_id);
}

gboolean
_cfoil_writer_touch_transaction (CfoilWriter *self,
                                 const char  *transaction_id,
                                 GError     **error)
{
  gint64 txn_id;

  if (!_cfoil_writer_find_txn (self, transaction_id, &txn_id, error))
    return FALSE;
  if (txn_id != 0)
    _cfoil_writer_touch_row (self, txn_id);
  return TRUE;
}

gboolean
_cfoil_writer_touch_rows_of (CfoilWriter *self,
                             SqlId        id,
                             const char  *object_id,
                             GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, id, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, object_id);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    _cfoil_writer_touch_row (self, cfoil_statement_column_int64 (statement, 0));
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_DONE;
}

/* The row itself; of a refund also the charge, which is "refunded" now. */
static gboolean
touch_with_charge (CfoilWriter     *self,
                   gint64           txn_id,
                   const TxnValues *values,
                   GError         **error)
{
  _cfoil_writer_touch_row (self, txn_id);
  return values->type != CFOIL_TYPE_REFUND || values->charge_id == NULL ||
         _cfoil_writer_touch_transaction (self, values->charge_id, error);
}

/* The charge of a refund that is another's from now on. */
static gboolean
touch_former_charge (CfoilWriter     *self,
                     gint64           txn_id,
                     const TxnValues *values,
                     GError         **error)
{
  CfoilStatement *statement;
  CfoilStep step;

  if (values->type != CFOIL_TYPE_REFUND)
    return TRUE;
  statement = _cfoil_writer_get (self, SQL_FIND_FORMER_CHARGE, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, txn_id);
  cfoil_statement_bind_text (statement, 2, values->charge_id);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    _cfoil_writer_touch_row (self, cfoil_statement_column_int64 (statement, 0));
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

gboolean
_cfoil_writer_add_txn (CfoilWriter     *self,
                       const TxnValues *values,
                       gint64          *txn_id,
                       GError         **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_ADD_TXN, error);

  if (statement == NULL)
    return FALSE;
  bind_values (statement, values);
  cfoil_statement_bind_int64 (statement, 33, self->account_id);
  cfoil_statement_bind_text (statement, 34, values->transaction_id);
  cfoil_statement_bind_int64 (statement, 35, cfoil_time_now_us ());
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  *txn_id = cfoil_database_last_insert_id (self->database);
  return _cfoil_writer_sum_values (self, values, error) && touch_with_charge (self, *txn_id, values, error) &&
         _cfoil_writer_mark_cases_of_payment (self, values->transaction_id, error);
}

gboolean
_cfoil_writer_update_txn (CfoilWriter     *self,
                          gint64           txn_id,
                          const TxnValues *values,
                          GError         **error)
{
  CfoilStatement *statement;

  if (!touch_former_charge (self, txn_id, values, error) || !_cfoil_writer_sum_row (self, txn_id, -1, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_UPDATE_TXN, error);
  if (statement == NULL)
    return FALSE;
  bind_values (statement, values);
  cfoil_statement_bind_int64 (statement, 33, txn_id);
  return cfoil_statement_run (statement, error) && _cfoil_writer_sum_values (self, values, error) &&
         touch_with_charge (self, txn_id, values, error) &&
         _cfoil_writer_mark_cases_of_payment (self, values->transaction_id, error);
}
