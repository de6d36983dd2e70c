/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-time.h"
#include "cfoil-writer-private.h"

/* The lines of settlement reports.
 *
 * A line has no key of its own.  Its key is (settlement, time, type, id, amount,
 * currency, ordinal), where the ordinal tells apart lines of one file that agree
 * in all the rest: twins.  The same line in another file (a report that was sent
 * again) is the same line: it then belongs to the file that said it last.
 *
 * One row of txn has one type and one currency.  Should the lines of an object
 * come in several currencies, the object's row holds those in the currency of
 * its first line, whatever came first; those in another stand together in a row
 * named "object/currency".  A line that contradicts the type of its object's row
 * gets a row of its own; there what came first decides, as with the fee of a line. */

typedef struct
{
  gint64 settlement_id;
  gint64 posted_us;
  gint64 provider_type_id;
  const char *provider_id;
  gint64 amount_minor;
  const char *currency;
  gint64 ordinal;
} LineKey;

/* The last of several twins in the document being read: without this, each twin
 * would walk past all those before it.  Single lines are not remembered. */
typedef struct
{
  LineKey key; /* its texts are owned */
  guint64 row_number;
} Twin;

static guint
twin_hash (gconstpointer data)
{
  const LineKey *key = data;
  guint64 hash = (guint64) key->posted_us;

  hash = hash * 31 + (guint64) key->settlement_id;
  hash = hash * 31 + (guint64) key->provider_type_id;
  hash = hash * 31 + (guint64) key->amount_minor;
  hash = hash * 31 + g_str_hash (key->provider_id);
  return (guint) (hash ^ hash >> 32);
}

static gboolean
twin_equal (gconstpointer a,
            gconstpointer b)
{
  const LineKey *one = a, *other = b;

  return one->settlement_id == other->settlement_id && one->posted_us == other->posted_us &&
         one->provider_type_id == other->provider_type_id && one->amount_minor == other->amount_minor &&
         g_str_equal (one->provider_id, other->provider_id) && g_str_equal (one->currency, other->currency);
}

static void
twin_free (gpointer data)
{
  Twin *twin = data;

  g_free ((char *) twin->key.provider_id);
  g_free ((char *) twin->key.currency);
  g_free (twin);
}

void
_cfoil_writer_forget_twins (CfoilWriter *self)
{
  g_clear_pointer (&self->twins, g_hash_table_unref);
}

/* The twin's entry; NULL when its key had no second line yet. */
static Twin *
find_twin (CfoilWriter   *self,
           const LineKey *key)
{
  if (self->twins != NULL && self->twins_document_id != self->document_id)
    _cfoil_writer_forget_twins (self);
  return self->twins != NULL ? g_hash_table_lookup (self->twins, key) : NULL;
}

static void
remember_twin (CfoilWriter   *self,
               const LineKey *key,
               guint64        row_number)
{
  Twin *twin = find_twin (self, key);

  if (twin == NULL && key->ordinal == 1)
    return;
  if (twin == NULL)
    {
      if (self->twins == NULL)
        self->twins = g_hash_table_new_full (twin_hash, twin_equal, NULL, twin_free);
      self->twins_document_id = self->document_id;
      twin = g_new0 (Twin, 1);
      twin->key = *key;
      twin->key.provider_id = g_strdup (key->provider_id);
      twin->key.currency = g_strdup (key->currency);
      g_hash_table_add (self->twins, twin);
    }
  twin->key.ordinal = key->ordinal;
  twin->row_number = row_number;
}

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
bind_key (CfoilStatement *statement,
          const LineKey  *key)
{
  cfoil_statement_bind_int64 (statement, 1, key->settlement_id);
  cfoil_statement_bind_int64 (statement, 2, key->posted_us);
  cfoil_statement_bind_int64 (statement, 3, key->provider_type_id);
  cfoil_statement_bind_text (statement, 4, key->provider_id);
  cfoil_statement_bind_int64 (statement, 5, key->amount_minor);
  cfoil_statement_bind_text (statement, 6, key->currency);
  cfoil_statement_bind_int64 (statement, 7, key->ordinal);
}

static gboolean
feed_of_document (CfoilWriter *self,
                  gint64       document_id,
                  gint64      *feed_id,
                  GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FEED_OF_DOCUMENT, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, document_id);
  step = cfoil_statement_step (statement, error);
  *feed_id = step == CFOIL_STEP_ROW ? cfoil_statement_column_int64 (statement, 0) : 0;
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

/* Of a line that goes from one document to another nothing can be seen but by which
 * feed it came: mostly the same, and then its row is as it was. */
static gboolean
changes_feed (CfoilWriter *self,
              gint64       from_document_id,
              GError     **error)
{
  gint64 from, to;

  if (self->moved_from_id == from_document_id && self->moved_to_id == self->document_id)
    return TRUE;
  if (!feed_of_document (self, from_document_id, &from, error) || !feed_of_document (self, self->document_id, &to, error))
    return FALSE;
  self->moved_from_id = from_document_id;
  self->moved_to_id = self->document_id;
  self->moved_between_feeds = from != to;
  return TRUE;
}

static gboolean
move_line (CfoilWriter               *self,
           const CfoilSettlementLine *line,
           const LineKey             *key,
           gint64                     from_document_id,
           GError                   **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_MOVE_LINE, error);
  CfoilStep step;

  if (statement == NULL || !changes_feed (self, from_document_id, error))
    return FALSE;
  bind_key (statement, key);
  cfoil_statement_bind_int64 (statement, 8, self->document_id);
  cfoil_statement_bind_int64 (statement, 9, (gint64) line->row_number);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    if (self->moved_between_feeds)
      _cfoil_writer_touch_row (self, cfoil_statement_column_int64 (statement, 0));
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_DONE;
}

/* Another file may have taken over the first twins of this one while it was half
 * read; then the line comes after the last that stayed, not in the place of the
 * first.  (If none stayed, nothing tells that there were any.)  *ORDINAL is that of
 * the last twin of this file in an earlier row, 0 if there is none. */
static gboolean
find_last_twin (CfoilWriter               *self,
                const CfoilSettlementLine *line,
                const LineKey             *key,
                gint64                    *ordinal,
                GError                   **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_LAST_TWIN, error);
  CfoilStep step;

  *ordinal = 0;
  if (statement == NULL)
    return FALSE;
  bind_key (statement, key);
  cfoil_statement_bind_int64 (statement, 8, self->document_id);
  cfoil_statement_bind_int64 (statement, 9, (gint64) line->row_number);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    *ordinal = cfoil_statement_column_int64 (statement, 0);
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_ROW;
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
  const Twin *twin = find_twin (self, key);
  /* A file that is read again begins anew. */
  gboolean goes_on = twin != NULL && twin->row_number < line->row_number;

  for (key->ordinal = goes_on ? twin->key.ordinal + 1 : 1;; key->ordinal++)
    {
      CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_LINE, error);
      gint64 document_id = 0, row_number = 0, last;
      CfoilStep step;

      if (statement == NULL)
        return LINE_FAILED;
      bind_key (statement, key);
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
      if (document_id == self->document_id)
        continue; /* A row of this very file: its twin.  Look on. */
      if (!goes_on && !find_last_twin (self, line, key, &last, error))
        return LINE_FAILED;
      if (goes_on || last == 0)
        return move_line (self, line, key, document_id, error) ? LINE_IS_KNOWN : LINE_FAILED;
      key->ordinal = last;
      goes_on = TRUE;
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
  int i = 8;

  if (statement == NULL)
    return FALSE;
  bind_key (statement, key);
  cfoil_statement_bind_int64 (statement, i++, txn_id);
  cfoil_statement_bind_int64 (statement, i++, line->type);
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
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  _cfoil_sums_add_line (_cfoil_summary_writer_get_sums (self->summary), key->settlement_id, key->currency, (int) line->type,
                        line->amount_minor, line->fee_minor, line->net_minor);
  return _cfoil_writer_mark_unproved (self, key->settlement_id, error);
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
  return g_strdup_printf ("%s/%s/%s/%s/%" G_GINT64_FORMAT "/%s/%" G_GINT64_FORMAT,
                          line->settlement_id, line->provider_type,
                          line->provider_id != NULL ? line->provider_id : "",
                          time, line->amount_minor, line->currency, ordinal);
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
put_conflict (CfoilWriter               *self,
              const CfoilSettlementLine *line,
              const char                *message,
              GError                   **error)
{
  CfoilException exception = {
    .kind = CFOIL_EXCEPTION_CONFLICT,
    .subject = line->provider_id != NULL ? line->provider_id : line->settlement_id,
    .message = message,
    .row_number = line->row_number,
  };

  return cfoil_writer_put_exception (self, &exception, error);
}

static gboolean
derive_row (CfoilWriter               *self,
            const CfoilSettlementLine *line,
            const char                *transaction_id,
            GError                   **error)
{
  return _cfoil_writer_derive_txn (self, line->type == CFOIL_TYPE_REFUND ? CFOIL_OBJECT_REFUND : CFOIL_OBJECT_CHARGE,
                                   transaction_id, NULL, error);
}

/* Puts the line into the row of that id; *TXN_ID is 0 when there is no row yet. */
static gboolean
put_into_row (CfoilWriter               *self,
              const CfoilSettlementLine *line,
              const LineKey             *key,
              const char                *transaction_id,
              gint64                    *txn_id,
              GError                   **error)
{
  gboolean existed = *txn_id != 0;
  gint64 store_id;

  if (!_cfoil_writer_intern (self, line->store, &store_id, error))
    return FALSE;
  if (!existed)
    {
      TxnValues values;

      values_of_line (&values, line, transaction_id, key, store_id);
      if (!_cfoil_writer_add_txn (self, &values, txn_id, error))
        return FALSE;
    }
  return add_line (self, line, key, *txn_id, store_id, error) &&
         (!existed || derive_row (self, line, transaction_id, error));
}

/* A row for this line alone. */
static gboolean
put_apart (CfoilWriter               *self,
           const CfoilSettlementLine *line,
           const LineKey             *key,
           GError                   **error)
{
  g_autofree char *transaction_id = make_transaction_id (line, key->ordinal);
  CfoilSettlementLine apart = *line;
  gint64 txn_id = 0;

  apart.object_id = NULL;
  return put_into_row (self, &apart, key, transaction_id, &txn_id, error);
}

/* Runs a statement that takes the two rows as its first parameters. */
static gboolean
run_with_rows (CfoilWriter *self,
               SqlId        id,
               gint64       txn_id,
               gint64       other_id,
               const char  *text,
               gint64      *first_id,
               GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, id, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, txn_id);
  cfoil_statement_bind_int64 (statement, 2, other_id);
  if (text != NULL)
    cfoil_statement_bind_text (statement, 3, text);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW && first_id != NULL)
    *first_id = cfoil_statement_column_int64 (statement, 0);
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

/* Gives the object's row to the other currency if that has the first line now. */
static gboolean
order_currencies (CfoilWriter               *self,
                  const CfoilSettlementLine *line,
                  gint64                     txn_id,
                  gint64                     other_id,
                  const char                *currency,
                  GError                   **error)
{
  g_autofree char *other_name = g_strdup_printf ("%s/%s", line->object_id, currency);
  gint64 first_id = txn_id;

  if (!run_with_rows (self, SQL_FIND_FIRST_ROW, txn_id, other_id, NULL, &first_id, error))
    return FALSE;
  if (first_id == txn_id)
    return TRUE;
  return run_with_rows (self, SQL_EXCHANGE_LINES, txn_id, other_id, NULL, NULL, error) &&
         _cfoil_writer_sum_row (self, other_id, -1, error) &&
         run_with_rows (self, SQL_RENAME_TXN, txn_id, other_id, other_name, NULL, error) &&
         _cfoil_writer_sum_row (self, other_id, 1, error) &&
         derive_row (self, line, line->object_id, error) &&
         derive_row (self, line, other_name, error) &&
         _cfoil_writer_mark_cases_of_payment (self, line->object_id, error) &&
         _cfoil_writer_mark_cases_of_payment (self, other_name, error);
}

static gboolean
put_other_currency (CfoilWriter               *self,
                    const CfoilSettlementLine *line,
                    const LineKey             *key,
                    gint64                     txn_id,
                    const char                *currency,
                    GError                   **error)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", line->object_id, line->currency);
  gint64 other_id;

  return _cfoil_writer_find_txn (self, name, &other_id, error) &&
         put_into_row (self, line, key, name, &other_id, error) &&
         order_currencies (self, line, txn_id, other_id, currency, error) &&
         put_conflict (self, line, "Other lines of this payment are in another currency; each currency has a row of its own", error);
}

/* What stands in the row that a line belongs to. */
typedef struct
{
  gint64 txn_id;   /* 0: there is none */
  gboolean is_foreign;
  char *currency;  /* (owned) (nullable): the row's, if it is settled in another than the line's */
} Place;

static gboolean
find_place (CfoilWriter               *self,
            const CfoilSettlementLine *line,
            Place                     *place,
            GError                   **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_PLACE, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, line->object_id);
  cfoil_statement_bind_int64 (statement, 3, line->type);
  cfoil_statement_bind_text (statement, 4, line->currency);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    {
      place->txn_id = cfoil_statement_column_int64 (statement, 0);
      place->is_foreign = cfoil_statement_column_int64 (statement, 1) != 0;
      place->currency = g_strdup (cfoil_statement_column_text (statement, 2));
    }
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

static gboolean
put_line_of_object (CfoilWriter               *self,
                    const CfoilSettlementLine *line,
                    const LineKey             *key,
                    GError                   **error)
{
  g_autofree char *currency = NULL;
  Place place = { 0 };

  if (!find_place (self, line, &place, error))
    return FALSE;
  currency = place.currency;
  if (place.is_foreign)
    return put_apart (self, line, key, error) &&
           put_conflict (self, line, "This line names a payment of another kind; it has a row of its own", error);
  if (currency != NULL)
    return put_other_currency (self, line, key, place.txn_id, currency, error);
  return put_into_row (self, line, key, line->object_id, &place.txn_id, error);
}

static gboolean
put_new_line (CfoilWriter               *self,
              const CfoilSettlementLine *line,
              const LineKey             *key,
              GError                   **error)
{
  gboolean ok = line->object_id != NULL ? put_line_of_object (self, line, key, error)
                                        : put_apart (self, line, key, error);

  if (ok && line->dispute_id != NULL)
    ok = cfoil_writer_pursue (self, CFOIL_OBJECT_DISPUTE, line->dispute_id, error) &&
         _cfoil_writer_derive_dispute (self, line->dispute_id, CASE_ROUTE_SETTLEMENT, NULL, error);
  return ok && _cfoil_writer_tell_case_of_line (self, line, error);
}

gboolean
cfoil_writer_put_line (CfoilWriter               *self,
                       const CfoilSettlementLine *line,
                       GError                   **error)
{
  LineKey key = {
    .posted_us = line->posted_us,
    .provider_id = line->provider_id != NULL ? line->provider_id : "",
    .amount_minor = line->amount_minor,
    .currency = line->currency,
  };
  gboolean differs = FALSE;
  LineState state;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  if (g_strcmp0 (self->settlement_name, line->settlement_id) != 0 &&
      !open_settlement (self, line->settlement_id, NULL, CFOIL_UNKNOWN, CFOIL_UNKNOWN, error))
    return FALSE;
  key.settlement_id = self->settlement_id;
  if (!_cfoil_writer_intern (self, line->provider_type, &key.provider_type_id, error))
    return FALSE;

  state = find_line (self, line, &key, &differs, error);
  if (state == LINE_FAILED)
    return FALSE;
  remember_twin (self, &key, line->row_number);
  if (state == LINE_IS_NEW)
    return put_new_line (self, line, &key, error);
  return !differs || put_conflict (self, line, "This line was sent before with another fee; the first one stands", error);
}
