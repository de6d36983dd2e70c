/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-error.h"
#include "cfoil-money.h"
#include "cfoil-writer-private.h"

#include <string.h>

/* One row of txn, charge_permission or dispute, computed from everything that was
 * said of it.  Of several statements the newest counts, value by value: a feed
 * that does not know a value does not hide another one's.  Money comes from
 * settlement lines as soon as there are any; they are what was paid.  All lines of
 * a row are in one currency (cfoil-writer-lines.c sees to it). */

/* Columns of SQL_LIST_OBSERVATIONS. */
enum
{
  SAID,
  UPDATED,
  STATE,
  PROVIDER_STATE,
  REASON,
  CURRENCY,
  AMOUNT,
  MOVED,
  REFUNDED,
  CREATED,
  EXPIRES,
  DEADLINE,
  CHARGE,
  PERMISSION,
  MERCHANT_REFERENCE,
  ORDER_REFERENCE,
  STORE,
  DESCRIPTION,
  BUYER_ID,
  BUYER_NAME,
  BUYER_EMAIL,
  BUYER_COUNTRY,
  CHANNEL,
  RESOLUTION,
  IS_FINAL,
  RAW,
  DOCUMENT,
  ROW_NUMBER,
  STATE_CODE,
  N_COLUMNS
};

/* What all observations of an object say together. */
typedef struct
{
  guint n_observations;
  CfoilState state;
  gboolean is_final;
  const char *texts[N_COLUMNS];
  gint64 numbers[N_COLUMNS];
} Consensus;

static const guint8 text_columns[] = {
  CURRENCY, CHARGE, PERMISSION, MERCHANT_REFERENCE, ORDER_REFERENCE, DESCRIPTION,
  BUYER_ID, BUYER_NAME, BUYER_EMAIL, BUYER_COUNTRY, CHANNEL
};
static const guint8 number_columns[] = {
  AMOUNT, MOVED, REFUNDED, CREATED, EXPIRES, DEADLINE, STORE
};

static const char *
keep_text (CfoilWriter    *self,
           CfoilStatement *statement,
           int             column)
{
  const char *text = cfoil_statement_column_text (statement, column);

  return text != NULL ? g_string_chunk_insert (self->chunk, text) : NULL;
}

/* The state and its words belong together: all from the newest statement. */
static void
take_state (CfoilWriter    *self,
            CfoilStatement *statement,
            Consensus      *consensus)
{
  consensus->state = (CfoilState) cfoil_statement_column_int64 (statement, STATE);
  consensus->is_final = cfoil_statement_column_int64 (statement, IS_FINAL) != 0;
  consensus->numbers[UPDATED] = cfoil_statement_column_int64 (statement, UPDATED);
  consensus->texts[PROVIDER_STATE] = keep_text (self, statement, PROVIDER_STATE);
  consensus->texts[REASON] = keep_text (self, statement, REASON);
  consensus->texts[RESOLUTION] = keep_text (self, statement, RESOLUTION);
  consensus->texts[STATE_CODE] = keep_text (self, statement, STATE_CODE);
}

static gboolean
reach_consensus (CfoilWriter    *self,
                 CfoilObjectKind kind,
                 const char     *object_id,
                 Consensus      *consensus,
                 GError        **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_LIST_OBSERVATIONS, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  memset (consensus, 0, sizeof *consensus);
  for (guint i = 0; i < G_N_ELEMENTS (consensus->numbers); i++)
    consensus->numbers[i] = CFOIL_UNKNOWN;

  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_int64 (statement, 2, kind);
  cfoil_statement_bind_text (statement, 3, object_id);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    {
      if (consensus->n_observations++ == 0)
        take_state (self, statement, consensus);
      for (guint i = 0; i < G_N_ELEMENTS (text_columns); i++)
        if (consensus->texts[text_columns[i]] == NULL)
          consensus->texts[text_columns[i]] = keep_text (self, statement, text_columns[i]);
      for (guint i = 0; i < G_N_ELEMENTS (number_columns); i++)
        if (consensus->numbers[number_columns[i]] == CFOIL_UNKNOWN)
          consensus->numbers[number_columns[i]] = cfoil_statement_column_int64 (statement, number_columns[i]);
    }
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_DONE;
}

static void
values_of_consensus (TxnValues       *values,
                     CfoilObjectKind  kind,
                     const char      *object_id,
                     const Consensus *said)
{
  _cfoil_txn_values_init (values);
  values->transaction_id = object_id;
  values->type = kind == CFOIL_OBJECT_REFUND ? CFOIL_TYPE_REFUND : CFOIL_TYPE_CHARGE;
  values->state = said->n_observations > 0 ? said->state : CFOIL_STATE_OTHER;
  values->provider_state = said->texts[PROVIDER_STATE];
  values->reason = said->texts[REASON];
  values->currency = said->texts[CURRENCY];
  values->amount_minor = said->numbers[AMOUNT];
  values->gross_minor = said->numbers[MOVED] != CFOIL_UNKNOWN ? said->numbers[MOVED] : 0;
  values->refunded_minor = said->numbers[REFUNDED];
  values->created_us = said->numbers[CREATED];
  values->updated_us = said->numbers[UPDATED];
  values->expires_us = said->numbers[EXPIRES];
  values->charge_id = kind == CFOIL_OBJECT_REFUND ? said->texts[CHARGE] : NULL;
  values->permission_id = said->texts[PERMISSION];
  values->merchant_reference = said->texts[MERCHANT_REFERENCE];
  values->order_reference = said->texts[ORDER_REFERENCE];
  values->store_id = said->numbers[STORE];
  values->description = said->texts[DESCRIPTION];
  values->buyer_id = said->texts[BUYER_ID];
  values->buyer_name = said->texts[BUYER_NAME];
  values->buyer_email = said->texts[BUYER_EMAIL];
  values->buyer_country = said->texts[BUYER_COUNTRY];
  values->channel = said->texts[CHANNEL];
}

/* Columns of SQL_LIST_LINES_OF_TXN. */
enum
{
  LINE_AMOUNT,
  LINE_FEE_PERCENTAGE,
  LINE_FEE_FIXED,
  LINE_FEE,
  LINE_NET,
  LINE_CURRENCY,
  LINE_POSTED,
  LINE_SETTLEMENT,
  LINE_CHARGE,
  LINE_PERMISSION,
  LINE_MERCHANT_REFERENCE,
  LINE_ORDER_REFERENCE,
  LINE_STORE,
  LINE_DESCRIPTION,
  LINE_PROVIDER_TYPE,
};

static void
fill_text (CfoilWriter    *self,
           const char    **value,
           CfoilStatement *statement,
           int             column)
{
  if (*value == NULL)
    *value = keep_text (self, statement, column);
}

/* The first line replaces what the object's own words say of money. */
static void
take_first_line (CfoilWriter    *self,
                 TxnValues      *values,
                 CfoilStatement *statement)
{
  const char *currency = keep_text (self, statement, LINE_CURRENCY);
  CfoilState state = values->type == CFOIL_TYPE_REFUND ? CFOIL_STATE_REFUNDED : CFOIL_STATE_CAPTURED;

  /* A sale in another currency than the ledger's: its face amount counts in the
   * other currency and stays in the raw payload. */
  if (g_strcmp0 (values->currency, currency) != 0)
    values->amount_minor = values->refunded_minor = CFOIL_UNKNOWN;
  values->currency = currency;
  /* The words for another state would contradict this one. */
  if (values->state != state)
    values->provider_state = values->reason = NULL;
  values->state = state;
  values->gross_minor = 0;
  values->fee_percentage_minor = values->fee_fixed_minor = 0;
  values->fee_minor = values->net_minor = 0;
  values->posted_us = cfoil_statement_column_int64 (statement, LINE_POSTED);
  values->settlement_id = cfoil_statement_column_int64 (statement, LINE_SETTLEMENT);
  values->provider_type_id = cfoil_statement_column_int64 (statement, LINE_PROVIDER_TYPE);
}

/* The parts of a fee are not always said; then those of the sum are not known. */
static gboolean
add_part (gint64 *sum,
          gint64  part)
{
  if (*sum != CFOIL_UNKNOWN && part != CFOIL_UNKNOWN)
    return cfoil_money_add (sum, part);
  *sum = CFOIL_UNKNOWN;
  return TRUE;
}

static gboolean
add_line_money (TxnValues      *values,
                CfoilStatement *statement,
                GError        **error)
{
  if (cfoil_money_add (&values->gross_minor, cfoil_statement_column_int64 (statement, LINE_AMOUNT)) &&
      add_part (&values->fee_percentage_minor, cfoil_statement_column_int64 (statement, LINE_FEE_PERCENTAGE)) &&
      add_part (&values->fee_fixed_minor, cfoil_statement_column_int64 (statement, LINE_FEE_FIXED)) &&
      cfoil_money_add (&values->fee_minor, cfoil_statement_column_int64 (statement, LINE_FEE)) &&
      cfoil_money_add (&values->net_minor, cfoil_statement_column_int64 (statement, LINE_NET)))
    return TRUE;
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE,
               "The lines of %s add up to more than can be counted", values->transaction_id);
  return FALSE;
}

static gboolean
take_lines (CfoilWriter *self,
            gint64       txn_id,
            TxnValues   *values,
            gboolean    *is_settled,
            GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_LIST_LINES_OF_TXN, error);
  guint n_lines = 0;
  gboolean ok = TRUE;
  CfoilStep step = CFOIL_STEP_DONE;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, txn_id);
  while (ok && (step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    {
      if (n_lines++ == 0)
        take_first_line (self, values, statement);
      ok = add_line_money (values, statement, error);
      fill_text (self, &values->charge_id, statement, LINE_CHARGE);
      fill_text (self, &values->permission_id, statement, LINE_PERMISSION);
      fill_text (self, &values->merchant_reference, statement, LINE_MERCHANT_REFERENCE);
      fill_text (self, &values->order_reference, statement, LINE_ORDER_REFERENCE);
      fill_text (self, &values->description, statement, LINE_DESCRIPTION);
      if (values->store_id == CFOIL_UNKNOWN)
        values->store_id = cfoil_statement_column_int64 (statement, LINE_STORE);
    }
  cfoil_statement_reset (statement);

  *is_settled = n_lines > 0;
  if (values->type == CFOIL_TYPE_CHARGE)
    values->charge_id = NULL;
  if (n_lines > 0 && values->amount_minor == CFOIL_UNKNOWN)
    values->amount_minor = ABS (values->gross_minor);
  return ok && step == CFOIL_STEP_DONE;
}

gboolean
_cfoil_writer_derive_txn (CfoilWriter    *self,
                          CfoilObjectKind kind,
                          const char     *object_id,
                          gboolean       *is_final,
                          GError        **error)
{
  gboolean is_settled = FALSE;
  Consensus said;
  TxnValues values;
  gint64 txn_id;

  g_string_chunk_clear (self->chunk);
  if (!reach_consensus (self, kind, object_id, &said, error) ||
      !_cfoil_writer_find_txn (self, object_id, &txn_id, error))
    return FALSE;

  values_of_consensus (&values, kind, object_id, &said);
  if (txn_id == 0)
    {
      if (!_cfoil_writer_add_txn (self, &values, &txn_id, error))
        return FALSE;
    }
  else if (!take_lines (self, txn_id, &values, &is_settled, error) ||
           !_cfoil_writer_update_txn (self, txn_id, &values, error))
    return FALSE;

  if (is_final != NULL)
    *is_final = said.is_final || is_settled;
  return TRUE;
}

static gboolean
put_permission (CfoilWriter     *self,
                const char      *permission_id,
                const Consensus *said,
                GError         **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_PUT_PERMISSION, error);
  int i = 1;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, i++, self->account_id);
  cfoil_statement_bind_text (statement, i++, permission_id);
  cfoil_statement_bind_int64 (statement, i++, said->state);
  cfoil_statement_bind_text (statement, i++, said->texts[PROVIDER_STATE]);
  cfoil_statement_bind_text (statement, i++, said->texts[REASON]);
  cfoil_statement_bind_text (statement, i++, said->texts[CURRENCY]);
  cfoil_statement_bind_int64 (statement, i++, said->numbers[AMOUNT]);
  cfoil_statement_bind_int64 (statement, i++, said->numbers[CREATED]);
  cfoil_statement_bind_int64 (statement, i++, said->numbers[UPDATED]);
  cfoil_statement_bind_int64 (statement, i++, said->numbers[EXPIRES]);
  cfoil_statement_bind_text (statement, i++, said->texts[MERCHANT_REFERENCE]);
  cfoil_statement_bind_int64 (statement, i++, said->numbers[STORE]);
  cfoil_statement_bind_text (statement, i++, said->texts[DESCRIPTION]);
  cfoil_statement_bind_text (statement, i++, said->texts[BUYER_ID]);
  cfoil_statement_bind_text (statement, i++, said->texts[BUYER_NAME]);
  cfoil_statement_bind_text (statement, i++, said->texts[BUYER_EMAIL]);
  cfoil_statement_bind_text (statement, i++, said->texts[BUYER_COUNTRY]);
  return cfoil_statement_run (statement, error);
}

gboolean
_cfoil_writer_derive_permission (CfoilWriter *self,
                                 const char  *permission_id,
                                 gboolean    *is_final,
                                 GError     **error)
{
  gint64 former_store_id;
  gboolean moves;
  Consensus said;

  g_string_chunk_clear (self->chunk);
  if (!reach_consensus (self, CFOIL_OBJECT_PERMISSION, permission_id, &said, error) ||
      !_cfoil_writer_find_store (self, permission_id, &former_store_id, error))
    return FALSE;
  if (is_final != NULL)
    *is_final = said.is_final;
  /* Rows that say no store of their own go to another one. */
  moves = former_store_id != said.numbers[STORE];
  return (!moves || _cfoil_writer_sum_rows_by_store (self, permission_id, -1, error)) &&
         put_permission (self, permission_id, &said, error) &&
         (!moves || _cfoil_writer_sum_rows_by_store (self, permission_id, 1, error)) &&
         _cfoil_writer_touch_rows_of (self, SQL_LIST_TXNS_OF_PERMISSION, permission_id, error);
}

/* Before the dispute itself was read, the money that it took is all we know. */
static gboolean
take_dispute_line (CfoilWriter *self,
                   const char  *dispute_id,
                   Consensus   *said,
                   GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIRST_LINE_OF_DISPUTE, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, dispute_id);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    {
      fill_text (self, &said->texts[CHARGE], statement, 0);
      fill_text (self, &said->texts[CURRENCY], statement, 1);
      if (said->numbers[AMOUNT] == CFOIL_UNKNOWN)
        said->numbers[AMOUNT] = ABS (cfoil_statement_column_int64 (statement, 2));
      if (said->numbers[CREATED] == CFOIL_UNKNOWN)
        said->numbers[CREATED] = cfoil_statement_column_int64 (statement, 3);
    }
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

static gboolean
put_dispute (CfoilWriter     *self,
             const char      *dispute_id,
             const Consensus *said,
             CfoilState       state,
             GError         **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_PUT_DISPUTE, error);
  int i = 1;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, i++, self->account_id);
  cfoil_statement_bind_text (statement, i++, dispute_id);
  cfoil_statement_bind_text (statement, i++, said->texts[CHARGE]);
  cfoil_statement_bind_int64 (statement, i++, state);
  cfoil_statement_bind_text (statement, i++, said->texts[PROVIDER_STATE]);
  cfoil_statement_bind_text (statement, i++, said->texts[REASON]);
  cfoil_statement_bind_text (statement, i++, said->texts[RESOLUTION]);
  cfoil_statement_bind_text (statement, i++, said->texts[DESCRIPTION]);
  cfoil_statement_bind_text (statement, i++, said->texts[CURRENCY]);
  cfoil_statement_bind_int64 (statement, i++, said->numbers[AMOUNT]);
  cfoil_statement_bind_int64 (statement, i++, said->numbers[CREATED]);
  cfoil_statement_bind_int64 (statement, i++, said->numbers[UPDATED]);
  cfoil_statement_bind_int64 (statement, i++, said->numbers[DEADLINE]);
  cfoil_statement_bind_text (statement, i++, said->texts[STATE_CODE]);
  cfoil_statement_bind_int64 (statement, i++, cfoil_reason_from_provider (said->texts[REASON]));
  cfoil_statement_bind_int64 (statement, i++, cfoil_case_outcome_of (state, said->texts[STATE_CODE]));
  return cfoil_statement_run (statement, error);
}

/* The case of the dispute: made if it is the first that is heard of it. */
static gboolean
tell_case (CfoilWriter     *self,
           const char      *dispute_id,
           const char      *route,
           const Consensus *said,
           GError         **error)
{
  CaseTold told;
  gint64 case_id;

  _cfoil_case_told_init (&told, CFOIL_CASE_CHARGEBACK);
  told.dispute_id = dispute_id;
  told.charge_id = said->texts[CHARGE];
  told.notice_us = said->numbers[CREATED];
  told.route = route;
  return _cfoil_writer_tell_case (self, &told, &case_id, error) &&
         (said->n_observations == 0 ||
          _cfoil_writer_note_dispute (self, case_id, said->state, said->texts[STATE_CODE],
                                      said->numbers[DEADLINE], said->numbers[UPDATED], error));
}

gboolean
_cfoil_writer_derive_dispute (CfoilWriter *self,
                              const char  *dispute_id,
                              const char  *route,
                              gboolean    *is_final,
                              GError     **error)
{
  Consensus said;

  g_string_chunk_clear (self->chunk);
  if (!reach_consensus (self, CFOIL_OBJECT_DISPUTE, dispute_id, &said, error) ||
      !take_dispute_line (self, dispute_id, &said, error) ||
      /* the charge that it was of until now */
      !_cfoil_writer_touch_rows_of (self, SQL_LIST_TXNS_OF_DISPUTE, dispute_id, error) ||
      !_cfoil_writer_mark_cases_of_dispute (self, dispute_id, error))
    return FALSE;
  if (is_final != NULL)
    *is_final = said.is_final;
  return put_dispute (self, dispute_id, &said, said.n_observations > 0 ? said.state : CFOIL_STATE_OTHER, error) &&
         _cfoil_writer_touch_rows_of (self, SQL_LIST_TXNS_OF_DISPUTE, dispute_id, error) &&
         _cfoil_writer_mark_cases_of_dispute (self, dispute_id, error) &&
         tell_case (self, dispute_id, route, &said, error);
}
