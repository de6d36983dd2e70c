/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-row.h"

#include "cfoil-amazon-id.h"
#include "cfoil-error.h"

/* Multi-currency payments.  The names of their columns are not published; a row
 * is kept as it is where it can be told which charge and what time it is about,
 * and is an exception otherwise. */
enum
{
  COLUMN_CAPTURE,
  COLUMN_TRANSACTION,
  COLUMN_CHARGE,
  COLUMN_ORDER,
  COLUMN_UPDATED,
  COLUMN_POSTED,
  COLUMN_CREATED,
  COLUMN_PRESENTMENT_AMOUNT,
  COLUMN_PRESENTMENT_CURRENCY,
};

static const char *const columns[] = {
  [COLUMN_CAPTURE] = "AmazonCaptureId",
  [COLUMN_TRANSACTION] = "AmazonTransactionId",
  [COLUMN_CHARGE] = "ChargeId",
  [COLUMN_ORDER] = "AmazonOrderReferenceId",
  [COLUMN_UPDATED] = "LastUpdateTimestamp",
  [COLUMN_POSTED] = "TransactionPostedDate",
  [COLUMN_CREATED] = "CreationTimestamp",
  [COLUMN_PRESENTMENT_AMOUNT] = "PresentmentAmount",
  [COLUMN_PRESENTMENT_CURRENCY] = "PresentmentCurrency",
  NULL,
};

static guint
find_id_column (CfoilAmazonRow *row)
{
  static const guint candidates[] = { COLUMN_CAPTURE, COLUMN_CHARGE, COLUMN_TRANSACTION };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (cfoil_amazon_row_get (row, candidates[i]) != NULL)
      return candidates[i];
  return COLUMN_CAPTURE;
}

static gboolean
read_time (CfoilAmazonRow   *row,
           CfoilObservation *observation,
           GError          **error)
{
  static const guint candidates[] = { COLUMN_UPDATED, COLUMN_POSTED, COLUMN_CREATED };

  for (guint i = 0; i < G_N_ELEMENTS (candidates) && observation->said_us == CFOIL_UNKNOWN; i++)
    if (!cfoil_amazon_row_get_time (row, candidates[i], &observation->said_us, error))
      return FALSE;
  return TRUE;
}

static gboolean
put (CfoilAmazonRow *row,
     GError        **error)
{
  CfoilObservation observation;
  char charge_id[CFOIL_AMAZON_ID_MAX + 1];

  if (!cfoil_amazon_row_begin (row, CFOIL_OBJECT_CHARGE, find_id_column (row), &observation, error)
      || !read_time (row, &observation, error))
    return FALSE;

  if (cfoil_amazon_id_kind (observation.object_id) != 'C' && cfoil_amazon_id_kind (observation.object_id) != 'A')
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "The row is not about a charge");
      return FALSE;
    }

  observation.object_id = cfoil_amazon_id_to_charge (observation.object_id, charge_id);
  observation.permission_id = cfoil_amazon_row_get (row, COLUMN_ORDER);
  observation.state = CFOIL_STATE_NONE;
  observation.moved_minor = CFOIL_UNKNOWN;
  return cfoil_amazon_row_end (row, &observation, error);
}

const CfoilAmazonReportKind cfoil_amazon_currency_rows = {
  .type = "multi-currency",
  .feed = "imports",
  .columns = columns,
  .n_required = 0,
  .signature = COLUMN_PRESENTMENT_AMOUNT,
  .second = COLUMN_PRESENTMENT_CURRENCY,
  .put = put,
};
