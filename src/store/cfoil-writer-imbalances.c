/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-currency.h"
#include "cfoil-money.h"
#include "cfoil-writer-private.h"

/* Settlements and their payouts.  A report that lacks its last rows looks whole;
 * only what was paid out tells.  But a provider may also count lines to another
 * period than the payout, so a difference is told, and nothing is refused. */

typedef struct
{
  char *settlement_id;
  GString *message; /* of all its currencies */
} Imbalance;

static void
imbalance_free (Imbalance *self)
{
  g_free (self->settlement_id);
  g_string_free (self->message, TRUE);
  g_free (self);
}

static void
append_sums (GString        *message,
             CfoilStatement *row)
{
  const char *currency = cfoil_statement_column_text (row, 1);
  int exponent = cfoil_currency_exponent (currency);
  char paid[CFOIL_MONEY_BUFFER], lines[CFOIL_MONEY_BUFFER];

  cfoil_money_format (paid, cfoil_statement_column_int64 (row, 2), MAX (exponent, 0));
  cfoil_money_format (lines, cfoil_statement_column_int64 (row, 3), MAX (exponent, 0));
  g_string_append_printf (message, "%sThe lines of this settlement come to %s %s, the payout was %s %s",
                          message->len > 0 ? ". " : "", lines, currency, paid, currency);
}

static GPtrArray *
list_imbalances (CfoilWriter *self,
                 GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) imbalance_free);
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_LIST_IMBALANCES, error);
  Imbalance *last = NULL;
  CfoilStep step;

  if (statement == NULL)
    return NULL;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    {
      const char *settlement_id = cfoil_statement_column_text (statement, 0);

      if (last == NULL || !g_str_equal (last->settlement_id, settlement_id))
        {
          last = g_new0 (Imbalance, 1);
          last->settlement_id = g_strdup (settlement_id);
          last->message = g_string_new (NULL);
          g_ptr_array_add (list, last);
        }
      append_sums (last->message, statement);
    }
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
find_recorded (CfoilWriter     *self,
               const Imbalance *imbalance,
               gboolean        *is_recorded,
               GError         **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_IMBALANCE, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, imbalance->settlement_id);
  cfoil_statement_bind_text (statement, 3, imbalance->message->str);
  step = cfoil_statement_step (statement, error);
  *is_recorded = step == CFOIL_STEP_ROW;
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

gboolean
cfoil_writer_list_imbalances (CfoilWriter       *self,
                              CfoilImbalanceFunc each,
                              gpointer           user_data,
                              GError           **error)
{
  g_autoptr (GPtrArray) list = list_imbalances (self, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      Imbalance *imbalance = g_ptr_array_index (list, i);
      gboolean is_recorded;

      if (!find_recorded (self, imbalance, &is_recorded, error))
        return FALSE;
      each (imbalance->settlement_id, imbalance->message->str, is_recorded, user_data);
    }
  return list != NULL;
}

gboolean
cfoil_writer_list_reports_of_settlement (CfoilWriter    *self,
                                         gint64          feed_id,
                                         const char     *settlement_id,
                                         CfoilReportFunc each,
                                         gpointer        user_data,
                                         GError        **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_LIST_REPORTS_OF_SETTLEMENT, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  cfoil_statement_bind_int64 (statement, 2, self->account_id);
  cfoil_statement_bind_text (statement, 3, settlement_id);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    {
      CfoilReport report;

      _cfoil_report_of_row (&report, statement);
      each (&report, user_data);
    }
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_DONE;
}

static gboolean
record (CfoilWriter     *self,
        const Imbalance *imbalance,
        GError         **error)
{
  CfoilException exception = {
    .kind = CFOIL_EXCEPTION_ARITHMETIC,
    .subject = imbalance->settlement_id,
    .message = imbalance->message->str,
  };
  CfoilStatement *statement;
  gboolean is_recorded;

  if (!find_recorded (self, imbalance, &is_recorded, error))
    return FALSE;
  if (is_recorded)
    return TRUE;
  /* The sums of another time. */
  statement = _cfoil_writer_get (self, SQL_DROP_IMBALANCE, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, imbalance->settlement_id);
  return cfoil_statement_run (statement, error) && cfoil_writer_put_exception (self, &exception, error);
}

gboolean
_cfoil_writer_mark_unproved (CfoilWriter *self,
                             gint64       settlement_id,
                             GError     **error)
{
  CfoilStatement *statement;

  /* A report has the lines of one settlement after the other. */
  if (self->unproved_id == settlement_id)
    return TRUE;
  statement = _cfoil_writer_get (self, SQL_MARK_UNPROVED, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, settlement_id);
  self->unproved_id = settlement_id;
  return cfoil_statement_run (statement, error);
}

gboolean
_cfoil_writer_mark_unproved_by_name (CfoilWriter *self,
                                     const char  *settlement_id,
                                     GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_MARK_UNPROVED_BY_NAME, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, settlement_id);
  return cfoil_statement_run (statement, error);
}

static gboolean
mark_proved (CfoilWriter *self,
             GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_MARK_PROVED, error);

  if (statement == NULL)
    return FALSE;
  self->unproved_id = 0;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_writer_record_imbalances (CfoilWriter *self,
                                GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  list = list_imbalances (self, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!record (self, g_ptr_array_index (list, i), error))
      return FALSE;

  statement = _cfoil_writer_get (self, SQL_DROP_OLD_IMBALANCES, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  return cfoil_statement_run (statement, error) && mark_proved (self, error);
}
