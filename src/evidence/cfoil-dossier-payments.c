/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-dossier-private.h"

#include <gio/gio.h>

#define MAX_EARLIER 50

/* In the order of read_payment ().  Where a case or a line names the order only, nobody
 * knows which of its payments it is: none of them counts as undisputed. */
#define PAYMENT_COLUMNS \
  "t.txn_id, t.transaction_id, t.type, t.state, t.currency, t.amount_minor, coalesce (t.created_us, t.posted_us), " \
  "coalesce (t.merchant_reference, t.order_reference), t.description, " \
  "EXISTS (SELECT 1 FROM dispute AS d WHERE d.charge_id = t.transaction_id AND d.account_id = t.account_id) " \
  "OR EXISTS (SELECT 1 FROM dispute_case AS k WHERE k.charge_id = t.transaction_id) " \
  "OR EXISTS (SELECT 1 FROM dispute_case AS k WHERE k.permission_id = t.permission_id AND k.charge_id IS NULL) " \
  "OR EXISTS (SELECT 1 FROM txn AS x WHERE x.charge_id = t.transaction_id AND x.account_id = t.account_id AND x.type IN (3, 4)) " \
  "OR EXISTS (SELECT 1 FROM txn AS x WHERE x.permission_id = t.permission_id AND x.account_id = t.account_id AND x.type IN (3, 4) " \
  "AND x.charge_id IS NULL)"
#define N_PAYMENT_COLUMNS 10

static CfoilDossierPayment *
read_payment (CfoilStatement *row)
{
  CfoilDossierPayment *payment = g_new0 (CfoilDossierPayment, 1);

  payment->txn_id = cfoil_statement_column_int64 (row, 0);
  payment->transaction_id = _cfoil_dossier_dup_text (row, 1);
  payment->type = (CfoilType) cfoil_statement_column_int64 (row, 2);
  payment->state = (CfoilState) cfoil_statement_column_int64 (row, 3);
  payment->currency = _cfoil_dossier_dup_text (row, 4);
  payment->amount_minor = cfoil_statement_column_int64 (row, 5);
  payment->time_us = cfoil_statement_column_int64 (row, 6);
  payment->merchant_reference = _cfoil_dossier_dup_text (row, 7);
  payment->description = _cfoil_dossier_dup_text (row, 8);
  payment->is_disputed = cfoil_statement_column_int64 (row, 9) == 1;
  return payment;
}

static CfoilDossierPayment *
copy_payment (const CfoilDossierPayment *payment)
{
  CfoilDossierPayment *copy = g_memdup2 (payment, sizeof *payment);

  copy->transaction_id = g_strdup (payment->transaction_id);
  copy->currency = g_strdup (payment->currency);
  copy->merchant_reference = g_strdup (payment->merchant_reference);
  copy->description = g_strdup (payment->description);
  return copy;
}

static gboolean
read_charge (CfoilDossierReading *reading,
             GError             **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  /* What the provider answers about a charge names what stands on the buyer's statement;
   * reports have other texts in that place. */
  row = _cfoil_dossier_prepare (reading,
                                "SELECT " PAYMENT_COLUMNS ", t.created_us, t.sort_us, coalesce (t.buyer_id, p.buyer_id), "
                                "coalesce (t.buyer_email, p.buyer_email), coalesce (t.buyer_country, p.buyer_country), "
                                "coalesce (t.soft_descriptor, (SELECT o.description FROM observation AS o WHERE o.account_id = t.account_id "
                                "AND o.kind = 1 AND o.object_id = t.transaction_id AND o.document_id IS NULL AND o.description IS NOT NULL "
                                "ORDER BY o.said_us DESC LIMIT 1)) "
                                "FROM txn AS t LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id "
                                "WHERE t.account_id = ?1 AND t.transaction_id = ?2 AND t.type = 1",
                                reading->dossier->record->charge_id, error);
  if (row == NULL)
    return FALSE;
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    {
      reading->dossier->charge = read_payment (row);
      reading->paid_us = cfoil_statement_column_int64 (row, N_PAYMENT_COLUMNS);
      /* When it was settled is not when it was paid. */
      reading->dossier->charge->time_us = reading->paid_us;
      reading->sort_us = cfoil_statement_column_int64 (row, N_PAYMENT_COLUMNS + 1);
      reading->buyer_id = _cfoil_dossier_dup_text (row, N_PAYMENT_COLUMNS + 2);
      reading->buyer_email = _cfoil_dossier_dup_text (row, N_PAYMENT_COLUMNS + 3);
      reading->buyer_country = _cfoil_dossier_dup_text (row, N_PAYMENT_COLUMNS + 4);
      reading->descriptor = _cfoil_dossier_dup_text (row, N_PAYMENT_COLUMNS + 5);
    }
  return step != CFOIL_STEP_ERROR;
}

/* Not those that the buyer forced: the merchant gave nothing back there. */
static gboolean
read_refunds (CfoilDossierReading *reading,
              GError             **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  reading->dossier->refunds = g_ptr_array_new_with_free_func (_cfoil_dossier_payment_free);
  rows = _cfoil_dossier_prepare (reading,
                                 "SELECT " PAYMENT_COLUMNS " FROM txn AS t WHERE t.charge_id = ?2 AND t.account_id = ?1 AND t.type = 2 "
                                 "AND NOT EXISTS (SELECT 1 FROM observation AS o WHERE o.account_id = t.account_id AND o.kind = 2 "
                                 "AND o.object_id = t.transaction_id AND o.is_by_buyer = 1) ORDER BY t.sort_us, t.txn_id",
                                 reading->dossier->record->charge_id, error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (reading->dossier->refunds, read_payment (rows));
  return step == CFOIL_STEP_DONE;
}

/* --- the buyer --- */

/* From the buyer's permissions to their payments, both by index. */
#define SQL_EARLIER(condition) \
  "SELECT " PAYMENT_COLUMNS " AS is_disputed, t.created_us FROM charge_permission AS p " \
  "CROSS JOIN txn AS t ON t.permission_id = p.permission_id AND t.account_id = p.account_id " \
  "WHERE p.account_id = ?1 AND " condition " AND t.type = 1 AND t.state = 5 AND t.sort_us < ?3 " \
  "ORDER BY t.sort_us DESC, t.txn_id DESC"

static gboolean
read_earlier (CfoilDossierReading *reading,
              GError             **error)
{
  CfoilDossier *dossier = reading->dossier;
  const char *buyer = reading->buyer_id != NULL ? reading->buyer_id : reading->buyer_email;
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  dossier->earlier = g_ptr_array_new_with_free_func (_cfoil_dossier_payment_free);
  if (buyer == NULL)
    return TRUE;
  rows = _cfoil_dossier_prepare (reading,
                                 reading->buyer_id != NULL ? SQL_EARLIER ("p.buyer_id = ?2")
                                                           : SQL_EARLIER ("p.buyer_id IS NULL AND p.buyer_email = ?2"),
                                 buyer, error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 3, reading->sort_us);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilDossierPayment *payment = read_payment (rows);
      gboolean has_day = cfoil_statement_column_int64 (rows, N_PAYMENT_COLUMNS) != CFOIL_UNKNOWN;

      dossier->n_earlier++;
      if (!payment->is_disputed && has_day && payment->currency != NULL && payment->amount_minor != CFOIL_UNKNOWN)
        {
          reading->n_undisputed++;
          if (reading->undisputed->len < MAX_EARLIER)
            g_ptr_array_add (reading->undisputed, copy_payment (payment));
        }
      if (dossier->earlier->len < MAX_EARLIER)
        g_ptr_array_add (dossier->earlier, payment);
      else
        _cfoil_dossier_payment_free (payment);
    }
  return step == CFOIL_STEP_DONE;
}

/* --- fees --- */

static gboolean
get_sum (CfoilStatement *row,
         gint64         *value,
         GError        **error)
{
  CfoilStep step = cfoil_statement_step (row, error);

  if (step == CFOIL_STEP_ROW && cfoil_statement_column_int64 (row, 0) != CFOIL_UNKNOWN)
    *value = -cfoil_statement_column_int64 (row, 0);
  return step != CFOIL_STEP_ERROR;
}

static gboolean
read_fees_of_case (CfoilDossierReading *reading,
                   GError             **error)
{
  const CfoilCase *record = reading->dossier->record;
  g_autoptr (CfoilStatement) row = NULL;

  /* Fees name the dispute or, like chargebacks without id, the charge. */
  row = _cfoil_dossier_prepare (reading,
                                "SELECT sum (net_minor) FROM txn WHERE txn_id IN "
                                "(SELECT f.txn_id FROM txn AS f WHERE f.dispute_id = ?2 AND f.account_id = ?1 AND f.type = 5 "
                                "UNION SELECT f.txn_id FROM txn AS f WHERE f.charge_id = ?3 AND f.account_id = ?1 AND f.type = 5) "
                                "AND currency = ?4",
                                record->dispute_id, error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_text (row, 3, record->charge_id);
  cfoil_statement_bind_text (row, 4, record->currency);
  return get_sum (row, &reading->dossier->fee_charged_minor, error);
}

/* Every fee of a dispute hangs on a case, so that nothing has to be searched through. */
static gboolean
read_last_fee (CfoilDossierReading *reading,
               GError             **error)
{
  g_autoptr (CfoilStatement) row = NULL;

  row = _cfoil_dossier_prepare (reading,
                                "SELECT net_minor FROM (SELECT f.net_minor, f.sort_us, f.txn_id FROM dispute_case AS c "
                                "CROSS JOIN txn AS f ON f.dispute_id = c.dispute_id AND f.account_id = c.account_id "
                                "WHERE c.account_id = ?1 AND f.type = 5 AND f.currency = ?2 AND f.net_minor < 0 "
                                "UNION ALL SELECT f.net_minor, f.sort_us, f.txn_id FROM dispute_case AS c "
                                "CROSS JOIN txn AS f ON f.charge_id = c.charge_id AND f.account_id = c.account_id "
                                "WHERE c.account_id = ?1 AND f.type = 5 AND f.currency = ?2 AND f.net_minor < 0) "
                                "ORDER BY sort_us DESC, txn_id DESC LIMIT 1",
                                reading->dossier->record->currency, error);
  return row != NULL && get_sum (row, &reading->dossier->last_fee_minor, error);
}

gboolean
_cfoil_dossier_read_payments (CfoilDossierReading *reading,
                              GError             **error)
{
  return read_charge (reading, error) && read_refunds (reading, error) && read_earlier (reading, error) &&
         read_fees_of_case (reading, error) && read_last_fee (reading, error);
}
