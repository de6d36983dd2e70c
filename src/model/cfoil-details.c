/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-private.h"

#include "cfoil-field.h"
#include "cfoil-shown-text.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (CfoilDetails, cfoil_details, cfoil_details_ref, cfoil_details_unref)

/* --- the value --- */

CfoilDetails *
cfoil_details_ref (CfoilDetails *self)
{
  return g_atomic_rc_box_acquire (self);
}

/* Every text is owned, and stands in this list once. */
static char **
list_texts (CfoilDetails *self,
            guint         i)
{
  char **texts[] = {
    &self->account, &self->provider, &self->region, &self->environment, &self->presentment_currency, &self->fx_rate,
    &self->reason, &self->permission_state_word, &self->permission_reason, &self->dispute_id, &self->dispute_state_word,
    &self->dispute_reason, &self->dispute_state_reason, &self->provider_id, &self->permission_id, &self->charge_id,
    &self->merchant_reference, &self->order_reference, &self->settlement_id, &self->payout_reference, &self->store,
    &self->description, &self->channel, &self->method, &self->soft_descriptor, &self->tracking_carrier,
    &self->tracking_number, &self->buyer_id, &self->buyer_name, &self->buyer_email, &self->buyer_country
  };

  return i < G_N_ELEMENTS (texts) ? texts[i] : NULL;
}

static void
details_clear (gpointer data)
{
  CfoilDetails *self = data;
  char **text;

  for (guint i = 0; (text = list_texts (self, i)) != NULL; i++)
    g_free (*text);
  g_clear_pointer (&self->row, _cfoil_details_row_free);
  g_clear_pointer (&self->annotation, cfoil_annotation_free);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->related);
  g_ptr_array_unref (self->others);
  g_ptr_array_unref (self->raws);
}

void
cfoil_details_unref (CfoilDetails *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, details_clear);
}

static CfoilDetails *
details_new (void)
{
  CfoilDetails *self = g_atomic_rc_box_new0 (CfoilDetails);

  self->dispute_state = CFOIL_STATE_NONE;
  self->expires_us = self->dispute_deadline_us = CFOIL_UNKNOWN;
  self->events = g_ptr_array_new_with_free_func (_cfoil_event_free);
  self->related = g_ptr_array_new_with_free_func (_cfoil_details_row_free);
  self->others = g_ptr_array_new_with_free_func (_cfoil_details_row_free);
  self->raws = g_ptr_array_new_with_free_func (_cfoil_details_raw_free);
  return self;
}

void
_cfoil_details_row_free (gpointer data)
{
  CfoilDetailsRow *self = data;

  g_free (self->transaction_id);
  g_free (self->provider_type);
  g_free (self->provider_state);
  g_free (self->currency);
  g_free (self);
}

static char *
dup_text (CfoilStatement *row,
          int             column)
{
  return cfoil_shown_text (cfoil_statement_column_text (row, column));
}

CfoilDetailsRow *
_cfoil_details_row_new (CfoilStatement *row,
                        int             column)
{
  CfoilDetailsRow *self = g_new0 (CfoilDetailsRow, 1);

  self->txn_id = cfoil_statement_column_int64 (row, column++);
  self->transaction_id = dup_text (row, column++);
  self->type = (CfoilType) cfoil_statement_column_int64 (row, column++);
  self->state = (CfoilState) cfoil_statement_column_int64 (row, column++);
  self->provider_type = dup_text (row, column++);
  self->provider_state = dup_text (row, column++);
  self->currency = dup_text (row, column++);
  self->amount_minor = cfoil_statement_column_int64 (row, column++);
  self->gross_minor = cfoil_statement_column_int64 (row, column++);
  self->time_us = cfoil_statement_column_int64 (row, column++);
  return self;
}

/* --- reading --- */

CfoilStatement *
_cfoil_details_prepare (CfoilDatabase *database,
                        const char    *sql,
                        gint64         number,
                        const char    *text,
                        GError       **error)
{
  CfoilStatement *statement = cfoil_database_prepare (database, sql, error);

  if (statement == NULL)
    return NULL;
  cfoil_statement_bind_int64 (statement, 1, number);
  if (text != NULL)
    cfoil_statement_bind_text (statement, 2, text);
  return statement;
}

static char *
build_sql (const CfoilField *fields,
           guint             n_fields)
{
  GString *sql = g_string_new ("SELECT " CFOIL_DETAILS_ROW_COLUMNS ", t.account_id, a.region");

  for (guint i = 0; i < n_fields; i++)
    {
      const CfoilFieldInfo *info = cfoil_field_get_info (fields[i]);
      gboolean is_code = info->kind == CFOIL_FIELD_KIND_CODE;

      g_string_append_printf (sql, ", %s", info->shown_sql != NULL && !is_code ? info->shown_sql : info->value_sql);
    }
  g_string_append (sql, " FROM " CFOIL_FIELD_FROM "WHERE t.txn_id = ?1");
  return g_string_free (sql, FALSE);
}

static const CfoilField text_fields[] = {
  CFOIL_FIELD_ACCOUNT, CFOIL_FIELD_PROVIDER, CFOIL_FIELD_ENVIRONMENT, CFOIL_FIELD_PRESENTMENT_CURRENCY, CFOIL_FIELD_FX_RATE,
  CFOIL_FIELD_REASON, CFOIL_FIELD_PROVIDER_ID, CFOIL_FIELD_PERMISSION_ID, CFOIL_FIELD_CHARGE_ID, CFOIL_FIELD_REFERENCE,
  CFOIL_FIELD_ORDER_REFERENCE, CFOIL_FIELD_SETTLEMENT, CFOIL_FIELD_PAYOUT_REFERENCE, CFOIL_FIELD_STORE, CFOIL_FIELD_DESCRIPTION,
  CFOIL_FIELD_CHANNEL, CFOIL_FIELD_METHOD, CFOIL_FIELD_SOFT_DESCRIPTOR, CFOIL_FIELD_TRACKING_CARRIER,
  CFOIL_FIELD_TRACKING_NUMBER, CFOIL_FIELD_BUYER_ID, CFOIL_FIELD_BUYER_NAME, CFOIL_FIELD_BUYER_EMAIL,
  CFOIL_FIELD_BUYER_COUNTRY, CFOIL_FIELD_DISPUTE_ID,
};

static const CfoilField number_fields[] = {
  CFOIL_FIELD_FEE_PERCENTAGE, CFOIL_FIELD_FEE_FIXED, CFOIL_FIELD_FEE, CFOIL_FIELD_FEE_RATE, CFOIL_FIELD_FEE_TAX,
  CFOIL_FIELD_NET, CFOIL_FIELD_REFUNDED, CFOIL_FIELD_PRESENTMENT_AMOUNT, CFOIL_FIELD_FX_DATE, CFOIL_FIELD_EXPIRES,
  CFOIL_FIELD_RISK_SCORE,
};

#define N_TEXTS G_N_ELEMENTS (text_fields)
#define N_NUMBERS G_N_ELEMENTS (number_fields)

static void
take_fields (CfoilDetails   *self,
             CfoilStatement *row,
             int             column)
{
  char **texts[N_TEXTS] = {
    &self->account, &self->provider, &self->environment, &self->presentment_currency, &self->fx_rate,
    &self->reason, &self->provider_id, &self->permission_id, &self->charge_id, &self->merchant_reference,
    &self->order_reference, &self->settlement_id, &self->payout_reference, &self->store, &self->description,
    &self->channel, &self->method, &self->soft_descriptor, &self->tracking_carrier, &self->tracking_number,
    &self->buyer_id, &self->buyer_name, &self->buyer_email, &self->buyer_country, &self->dispute_id,
  };
  gint64 *numbers[N_NUMBERS] = {
    &self->fee_percentage_minor, &self->fee_fixed_minor, &self->fee_minor, &self->fee_rate_ppm, &self->tax_minor,
    &self->net_minor, &self->refunded_minor, &self->presentment_minor, &self->fx_us, &self->expires_us, &self->risk_score,
  };

  for (guint i = 0; i < N_TEXTS; i++)
    *texts[i] = dup_text (row, column++);
  for (guint i = 0; i < N_NUMBERS; i++)
    *numbers[i] = cfoil_statement_column_int64 (row, column++);
}

static gboolean
read_row (CfoilDetails  *self,
          CfoilDatabase *database,
          gint64         txn_id,
          GError       **error)
{
  CfoilField fields[N_TEXTS + N_NUMBERS];
  g_autofree char *sql = NULL;
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;
  int column = CFOIL_DETAILS_N_ROW_COLUMNS;

  memcpy (fields, text_fields, sizeof text_fields);
  memcpy (fields + N_TEXTS, number_fields, sizeof number_fields);
  sql = build_sql (fields, G_N_ELEMENTS (fields));
  row = _cfoil_details_prepare (database, sql, txn_id, NULL, error);
  if (row == NULL)
    return FALSE;
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_DONE)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "This transaction is not in the mirror any more");
  if (step != CFOIL_STEP_ROW)
    return FALSE;

  self->row = _cfoil_details_row_new (row, 0);
  self->account_id = cfoil_statement_column_int64 (row, column++);
  self->region = dup_text (row, column++);
  take_fields (self, row, column);
  if (self->row->state != CFOIL_STATE_AUTHORIZED && self->row->state != CFOIL_STATE_PENDING)
    self->expires_us = CFOIL_UNKNOWN;
  return TRUE;
}

static void
fill_text (char          **text,
           CfoilStatement *row,
           int             column)
{
  if (*text == NULL)
    *text = dup_text (row, column);
}

/* A refund says nothing of the permission and the buyer; its charge does. */
static gboolean
read_charge (CfoilDetails  *self,
             CfoilDatabase *database,
             GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  if (self->charge_id == NULL || self->row->type == CFOIL_TYPE_CHARGE)
    return TRUE;
  row = _cfoil_details_prepare (database,
                                "SELECT permission_id, merchant_reference, order_reference, buyer_id, buyer_name, buyer_email, "
                                "buyer_country FROM txn WHERE account_id = ?1 AND transaction_id = ?2",
                                self->account_id, self->charge_id, error);
  if (row == NULL)
    return FALSE;
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    {
      fill_text (&self->permission_id, row, 0);
      fill_text (&self->merchant_reference, row, 1);
      fill_text (&self->order_reference, row, 2);
      fill_text (&self->buyer_id, row, 3);
      fill_text (&self->buyer_name, row, 4);
      fill_text (&self->buyer_email, row, 5);
      fill_text (&self->buyer_country, row, 6);
    }
  return step != CFOIL_STEP_ERROR;
}

static gboolean
read_permission (CfoilDetails  *self,
                 CfoilDatabase *database,
                 GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  if (self->permission_id == NULL)
    return TRUE;
  row = _cfoil_details_prepare (database,
                                "SELECT provider_state, reason, merchant_reference, buyer_id, buyer_name, buyer_email, buyer_country "
                                "FROM charge_permission WHERE account_id = ?1 AND permission_id = ?2",
                                self->account_id, self->permission_id, error);
  if (row == NULL)
    return FALSE;
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    {
      fill_text (&self->permission_state_word, row, 0);
      fill_text (&self->permission_reason, row, 1);
      fill_text (&self->merchant_reference, row, 2);
      fill_text (&self->buyer_id, row, 3);
      fill_text (&self->buyer_name, row, 4);
      fill_text (&self->buyer_email, row, 5);
      fill_text (&self->buyer_country, row, 6);
    }
  return step != CFOIL_STEP_ERROR;
}

static gboolean
read_dispute (CfoilDetails  *self,
              CfoilDatabase *database,
              GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  if (self->dispute_id == NULL)
    return TRUE;
  row = _cfoil_details_prepare (database,
                                "SELECT state, provider_state, reason, description, deadline_us FROM dispute "
                                "WHERE account_id = ?1 AND dispute_id = ?2",
                                self->account_id, self->dispute_id, error);
  if (row == NULL)
    return FALSE;
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    {
      self->dispute_state = (CfoilState) cfoil_statement_column_int64 (row, 0);
      self->dispute_state_word = dup_text (row, 1);
      self->dispute_reason = dup_text (row, 2);
      self->dispute_state_reason = dup_text (row, 3);
      if (self->dispute_state == CFOIL_STATE_NEEDS_RESPONSE)
        self->dispute_deadline_us = cfoil_statement_column_int64 (row, 4);
    }
  return step != CFOIL_STEP_ERROR;
}

/* Rows that ROWS gives, with how many there are in the column before them. */
static gboolean
take_rows (CfoilStatement *rows,
           GPtrArray      *array,
           gint64         *n_all,
           GError        **error)
{
  CfoilStep step;

  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      *n_all = cfoil_statement_column_int64 (rows, 0);
      g_ptr_array_add (array, _cfoil_details_row_new (rows, 1));
    }
  return step == CFOIL_STEP_DONE;
}

static gboolean
read_related (CfoilDetails  *self,
              CfoilDatabase *database,
              GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;

  if (self->charge_id == NULL && self->dispute_id == NULL)
    return TRUE;
  rows = _cfoil_details_prepare (database,
                                 "SELECT count (*) OVER (), " CFOIL_DETAILS_ROW_COLUMNS " FROM txn AS t "
                                 "WHERE t.txn_id IN (SELECT r.txn_id FROM txn AS r WHERE r.charge_id = ?2 AND r.account_id = ?1 "
                                 "UNION SELECT r.txn_id FROM txn AS r WHERE r.account_id = ?1 AND r.transaction_id = ?2 "
                                 "UNION SELECT r.txn_id FROM txn AS r WHERE r.dispute_id = ?3 AND r.account_id = ?1) "
                                 "AND t.txn_id <> ?4 ORDER BY t.sort_us, t.txn_id LIMIT " G_STRINGIFY (CFOIL_DETAILS_MAX_RELATED),
                                 self->account_id, self->charge_id, error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_text (rows, 3, self->dispute_id);
  cfoil_statement_bind_int64 (rows, 4, self->row->txn_id);
  return take_rows (rows, self->related, &self->n_related, error);
}

#define SQL_OTHERS(condition) \
  "SELECT count (*) OVER (), " CFOIL_DETAILS_ROW_COLUMNS " FROM charge_permission AS p " \
  "CROSS JOIN txn AS t ON t.permission_id = p.permission_id AND t.account_id = p.account_id " \
  "WHERE " condition " AND t.type = 1 AND t.txn_id <> ?1 AND t.transaction_id IS NOT ?3 " \
  "ORDER BY t.sort_us DESC, t.txn_id DESC LIMIT " G_STRINGIFY (CFOIL_DETAILS_MAX_OTHERS)

static gboolean
read_others (CfoilDetails  *self,
             CfoilDatabase *database,
             GError       **error)
{
  const char *buyer = self->buyer_id != NULL ? self->buyer_id : self->buyer_email;
  g_autoptr (CfoilStatement) rows = NULL;

  if (buyer == NULL)
    return TRUE;
  rows = _cfoil_details_prepare (database,
                                 self->buyer_id != NULL ? SQL_OTHERS ("p.buyer_id = ?2")
                                                        : SQL_OTHERS ("p.buyer_id IS NULL AND p.buyer_email = ?2"),
                                 self->row->txn_id, buyer, error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_text (rows, 3, self->charge_id);
  return take_rows (rows, self->others, &self->n_others, error);
}

CfoilDetails *
cfoil_details_read (CfoilDatabase *database,
                    gint64         txn_id,
                    GError       **error)
{
  g_autoptr (CfoilDetails) self = details_new ();

  g_return_val_if_fail (database != NULL, NULL);

  if (!read_row (self, database, txn_id, error) ||
      !read_charge (self, database, error) ||
      !read_permission (self, database, error) ||
      !read_dispute (self, database, error) ||
      !read_related (self, database, error) ||
      !read_others (self, database, error) ||
      !_cfoil_details_read_events (self, database, error) ||
      !_cfoil_details_read_raws (self, database, error))
    return NULL;
  self->annotation = cfoil_annotation_read (database, txn_id, error);
  return self->annotation != NULL ? g_steal_pointer (&self) : NULL;
}

static gpointer
read_func (CfoilDatabase *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return cfoil_details_read (database, *(const gint64 *) data, error);
}

void
cfoil_details_read_async (CfoilReader         *reader,
                          gint64               txn_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  /* Asked for by hand and looked at: as urgent as rows. */
  cfoil_reader_run_async (reader, CFOIL_READER_ROWS, read_func, g_memdup2 (&txn_id, sizeof txn_id), g_free,
                          (GDestroyNotify) cfoil_details_unref, cancellable, callback, user_data);
}

CfoilDetails *
cfoil_details_read_finish (GAsyncResult *result,
                           GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
