/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-writer-private.h"

gboolean
_cfoil_writer_sum_row (CfoilWriter *self,
                       gint64       txn_id,
                       int          sign,
                       GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_GET_SUMMED_ROW, error);
  gboolean ok = TRUE;
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, txn_id);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    {
      CfoilSummedRow row;

      _cfoil_summed_row_read (statement, &row);
      ok = _cfoil_summary_writer_add_row (self->summary, &row, sign, error);
    }
  cfoil_statement_reset (statement);
  return ok && step != CFOIL_STEP_ERROR;
}

gboolean
_cfoil_writer_find_store (CfoilWriter *self,
                          const char  *permission_id,
                          gint64      *store_id,
                          GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_STORE, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, permission_id);
  step = cfoil_statement_step (statement, error);
  *store_id = step == CFOIL_STEP_ROW ? cfoil_statement_column_int64 (statement, 0) : CFOIL_UNKNOWN;
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

gboolean
_cfoil_writer_sum_values (CfoilWriter     *self,
                          const TxnValues *values,
                          GError         **error)
{
  CfoilSummedRow row = {
    .account_id = self->account_id,
    .transaction_id = values->transaction_id,
    .type = values->type,
    .state = values->state,
    .currency = values->currency,
    .sort_us = _cfoil_txn_values_get_sort_time (values),
    .gross_minor = values->gross_minor,
    .fee_minor = values->fee_minor,
    .net_minor = values->net_minor,
    .settlement_id = values->settlement_id,
    .store_id = values->store_id,
    .is_posted = values->posted_us != CFOIL_UNKNOWN,
  };

  return (row.store_id != CFOIL_UNKNOWN || values->permission_id == NULL ||
          _cfoil_writer_find_store (self, values->permission_id, &row.store_id, error)) &&
         _cfoil_summary_writer_add_row (self->summary, &row, 1, error);
}

gboolean
_cfoil_writer_sum_rows_by_store (CfoilWriter *self,
                                 const char  *permission_id,
                                 int          sign,
                                 GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_LIST_ROWS_BY_PERMISSION_STORE, error);
  gboolean ok = TRUE;
  CfoilStep step = CFOIL_STEP_DONE;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, permission_id);
  while (ok && (step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    ok = _cfoil_writer_sum_row (self, cfoil_statement_column_int64 (statement, 0), sign, error);
  cfoil_statement_reset (statement);
  return ok && step == CFOIL_STEP_DONE;
}
