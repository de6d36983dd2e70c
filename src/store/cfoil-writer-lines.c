/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-time.h"
#include "cfoil-writer-private.h"

/* The lines of settlement reports.
 *
 * A line has no key of its own.  Its key is (settlement, time, type, id, amount,
 * ordinal), where the ordinal tells apart lines of one file that agree in all the
 * rest.  The same line in another file (a report that was sent again) is the
 * same line: it then belongs to the file that said it last. */

typedef struct
{
  gint64 settlement_id;
  gint64 provider_type_id;
  const char *provider_id;
  gint64 ordinal;
} LineKey;

static gboolean
open_settlement (CfoilWriter *self,
                 const char  *name,
                 const char  *merchant_id,
                 gint64       start_us,
                 gint64       end_us,
                 GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_PUT_SETTLEMENT, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, name);
  cfoil_statement_bind_text (statement, 3, merchant_id);
  cfoil_statement_bind_int64 (statement, 4, start_us);
  cfoil_statement_bind_int64 (statement, 5, end_us);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    self->settlement_id = cfoil_statement_column_int64 (statement, 0);
  cfoil_statement_reset (statement);
  if (step != CFOIL_STEP_ROW)
    return FALSE;
  g_free (self->settlement_name);
  self->settlement_name = g_strdup (name);
  return TRUE;
}

gboolean
cfoil_writer_put_settlement (CfoilWriter           *self,
                             const CfoilSettlement *settlement,
                             GError               **error)
{
  return _cfoil_writer_touch (self, error) &&
         open_settlement (self, settlement->settlement_id, settlement->merchant_id,
                          settlement->start_us, settlement->end_us, error);
}

static void
bind_key (CfoilStatement            *statement,
          const CfoilSettlementLine *line,
          const LineKey             *key)
{
  cfoil_statement_bind_int64 (statement, 1, key->settlement_id);
  cfoil_statement_bind_int64 (statement, 2, line->posted_us);
  cfoil_statement_bind_int64 (statement, 3, key->provider_type_id);
  cfoil_statement_bind_text (statement, 4, key->provider_id);
  cfoil_statement_bind_int64 (statement, 5, line->amount_minor);
  cfoil_statement_bind_int64 (statement, 6, key->ordinal);
}

static gboolean
move_line (CfoilWriter               *self,
           const CfoilSettlementLine *line,
           const LineKey             *key,
           GError                   **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_MOVE_LINE, error);

  if (statement == NULL)
    return FALSE;
  bind_key (statement, line, key);
  cfoil_statement_bind_int64 (statement, 7, self->document_id);
  cfoil_statement_bind_int64 (statement, 8, (gint64) line->row_number);
  return cfoil_statement_run (statement, error);
}

typedef enum
{
  LINE_FAILED,
  LINE_IS_NEW,
  LINE_IS_KNOWN,
} LineState;

/* Looks for the line and gives a new one its ordinal. */
static LineState
find_line (CfoilWriter               *self,
           const CfoilSettlementLine *line,
           LineKey                   *key,
           gboolean                  *differs,
           GError                   **error)
{
  for (key->ordinal = 1;; key->ordinal++)
    {
      CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_LINE, error);
      gint64 document_id = 0, row_number = 0;
      CfoilStep step;

      if (statement == NULL)
        return LINE_FAILED;
      bind_key (statement, line, key);
      step = cfoil_statement_step (statement, error);
      if (step == CFOIL_STEP_ROW)
        {
          key->ordinal = cfoil_statement_column_int64 (statement, 0);
          document_id = cfoil_statement_column_int64 (statement, 1);
          row_number = cfoil_statement_column_int64 (statement, 2);
          *differs = cfoil_statement_column_int64 (statement, 3) != line->fee_minor ||
                     cfoil_statement_column_int64 (statement, 4) != line->net_minor;
        }
      cfoil_statement_reset (statement);

      if (step == CFOIL_STEP_ERROR)
        return LINE_FAILED;
      if (step == CFOIL_STEP_DONE)
        return LINE_IS_NEW;
      if (document_id == self->document_id && row_number == (gint64) line->row_number)
        return LINE_IS_KNOWN;
      if (document_id != self->document_id)
        return move_line (self, line, key, error) ? LINE_IS_KNOWN : LINE_FAILED;
      /* A row of this very file: its twin.  Look on. */
    }
}

static gboolean
add_line (CfoilWriter               *self,
          const CfoilSettlementLine *line,
          const LineKey             *key,
          gint64                     txn_id,
          gint64                     store_id,
          GError                   **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_ADD_LINE, error);
  int i = 7;

  if (statement == NULL)
    return FALSE;
  bind_key (statement, line, key);
  cfoil_statement_bind_int64 (statement, i++, txn_id);
  cfoil_statement_bind_int64 (statement, i++, line->type);
  cfoil_statement_bind_text (statement, i++, line->currency);
  cfoil_statement_bind_int64 (statement, i++, line->fee_percentage_minor);
  cfoil_statement_bind_int64 (statement, i++, line->fee_fixed_minor);
  cfoil_statement_bind_int64 (statement, i++, line->fee_minor);
  cfoil_statement_bind_int64 (statement, i++, line->net_minor);
  cfoil_statement_bind_text (statement, i++, line->charge_id);
  cfoil_statement_bind_text (statement, i++, line->permission_id);
  cfoil_statement_bind_text (statement, i++, line->dispute_id);
  cfoil_statement_bind_text (statement, i++, line->merchant_reference);
  cfoil_statement_bind_text (statement, i++, line->order_reference);
  cfoil_statement_bind_int64 (statement, i++, store_id);
  cfoil_statement_bind_text (statement, i++, line->description);
  cfoil_statement_bind_text (statement, i++, line->extra);
  cfoil_statement_bind_int64 (statement, i++, self->document_id);
  cfoil_statement_bind_int64 (statement, i++, (gint64) line->row_number);
  return cfoil_statement_run (statement, error);
}

/* The id in transactions of a line that settles no object: it says all that
 * makes the line what it is, so every run gives the same. */
static char *
make_transaction_id (const CfoilSettlementLine *line,
                     gint64                     ordinal)
{
  int fraction = (int) ((line->posted_us % G_USEC_PER_SEC + G_USEC_PER_SEC) % G_USEC_PER_SEC);
  char time[CFOIL_TIME_BUFFER + 8];
  gsize length = cfoil_time_format_basic (time, line->posted_us);

  if (fraction != 0)
    g_snprintf (time + length, sizeof time - length, ".%06d", fraction);
  return g_strdup_printf ("%s/%s/%s/%s/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                          line->settlement_id, line->provider_type,
                          line->provider_id != NULL ? line->provider_id : "",
                          time, line->amount_minor, ordinal);
}

static CfoilState
settled_state (const CfoilSettlementLine *line)
{
  if (line->object_id == NULL)
    return CFOIL_STATE_NONE;
  return line->type == CFOIL_TYPE_REFUND ? CFOIL_STATE_REFUNDED : CFOIL_STATE_CAPTURED;
}

/* What follows from one line if nobody has said anything else: by far the most
 * frequent case.  Must agree with _cfoil_writer_derive_txn (). */
static void
values_of_line (TxnValues                 *values,
                const CfoilSettlementLine *line,
                const char                *transaction_id,
                const LineKey             *key,
                gint64                     store_id)
{
  _cfoil_txn_values_init (values);
  values->transaction_id = transaction_id;
  values->provider_id = line->object_id == NULL ? line->provider_id : NULL;
  values->type = line->type;
  values->provider_type_id = key->provider_type_id;
  values->state = settled_state (line);
  values->currency = line->currency;
  values->amount_minor = ABS (line->amount_minor);
  values->gross_minor = line->amount_minor;
  values->fee_percentage_minor = line->fee_percentage_minor;
  values->fee_fixed_minor = line->fee_fixed_minor;
  values->fee_minor = line->fee_minor;
  values->net_minor = line->net_minor;
  values->posted_us = line->posted_us;
  values->settlement_id = key->settlement_id;
  values->charge_id = line->type != CFOIL_TYPE_CHARGE ? line->charge_id : NULL;
  values->permission_id = line->permission_id;
  values->dispute_id = line->object_id == NULL ? line->dispute_id : NULL;
  values->merchant_reference = line->merchant_reference;
  values->order_reference = line->order_reference;
  values->store_id = store_id;
  values->description = line->description;
}

static gboolean
put_new_line (CfoilWriter               *self,
              const CfoilSettlementLine *line,
              const LineKey             *key,
              GError                   **error)
{
  g_autofree char *made_id = NULL;
  const char *transaction_id = line->object_id;
  gint64 store_id, txn_id;
  gboolean existed;

  if (!_cfoil_writer_intern (self, line->store, &store_id, error))
    return FALSE;
  if (transaction_id == NULL)
    transaction_id = made_id = make_transaction_id (line, key->ordinal);

  if (!_cfoil_writer_find_txn (self, transaction_id, &txn_id, error))
    return FALSE;
  existed = txn_id != 0;
  if (!existed)
    {
      TxnValues values;

      values_of_line (&values, line, transaction_id, key, store_id);
      if (!_cfoil_writer_add_txn (self, &values, &txn_id, error))
        return FALSE;
    }

  if (!add_line (self, line, key, txn_id, store_id, error))
    return FALSE;
  if (existed &&
      !_cfoil_writer_derive_txn (self,
                                 line->type == CFOIL_TYPE_REFUND ? CFOIL_OBJECT_REFUND : CFOIL_OBJECT_CHARGE,
                                 transaction_id, NULL, error))
    return FALSE;
  if (line->dispute_id != NULL)
    return cfoil_writer_pursue (self, CFOIL_OBJECT_DISPUTE, line->dispute_id, error) &&
           _cfoil_writer_derive_dispute (self, line->dispute_id, NULL, error);
  return TRUE;
}

static gboolean
put_conflict (CfoilWriter               *self,
              const CfoilSettlementLine *line,
              GError                   **error)
{
  CfoilException exception = {
    .kind = CFOIL_EXCEPTION_CONFLICT,
    .subject = line->provider_id != NULL ? line->provider_id : line->settlement_id,
    .message = "This line was sent before with another fee; the first one stands",
    .row_number = line->row_number,
  };

  return cfoil_writer_put_exception (self, &exception, error);
}

gboolean
cfoil_writer_put_line (CfoilWriter               *self,
                       const CfoilSettlementLine *line,
                       GError                   **error)
{
  LineKey key = { .provider_id = line->provider_id != NULL ? line->provider_id : "" };
  gboolean differs = FALSE;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  if (g_strcmp0 (self->settlement_name, line->settlement_id) != 0 &&
      !open_settlement (self, line->settlement_id, NULL, CFOIL_UNKNOWN, CFOIL_UNKNOWN, error))
    return FALSE;
  key.settlement_id = self->settlement_id;
  if (!_cfoil_writer_intern (self, line->provider_type, &key.provider_type_id, error))
    return FALSE;

  switch (find_line (self, line, &key, &differs, error))
    {
    case LINE_IS_NEW:
      return put_new_line (self, line, &key, error);
    case LINE_IS_KNOWN:
      return !differs || put_conflict (self, line, error);
    default:
      return FALSE;
    }
}
