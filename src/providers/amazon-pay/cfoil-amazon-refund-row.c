/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-row.h"

#include "cfoil-amazon-words.h"

/* One row for each change of state of a refund, the newest first. */
enum
{
  COLUMN_ID,
  COLUMN_AMOUNT,
  COLUMN_CURRENCY,
  COLUMN_STATUS,
  COLUMN_UPDATED,
  N_REQUIRED,
  COLUMN_REFERENCE = N_REQUIRED,
  COLUMN_CAPTURE,
  COLUMN_ORDER,
  COLUMN_NOTE,
  COLUMN_TYPE,
  COLUMN_REASON,
  COLUMN_CREATED,
};

static const char *const columns[] = {
  [COLUMN_ID] = "AmazonRefundId",
  [COLUMN_AMOUNT] = "RefundAmount",
  [COLUMN_CURRENCY] = "CurrencyCode",
  [COLUMN_STATUS] = "RefundStatus",
  [COLUMN_UPDATED] = "LastUpdateTimestamp",
  [COLUMN_REFERENCE] = "RefundReferenceId",
  [COLUMN_CAPTURE] = "AmazonCaptureId",
  [COLUMN_ORDER] = "AmazonOrderReferenceId",
  [COLUMN_NOTE] = "SellerRefundNote",
  [COLUMN_TYPE] = "RefundType",
  [COLUMN_REASON] = "ReasonCode",
  [COLUMN_CREATED] = "CreationTimestamp",
  NULL,
};

/* A refund that the buyer forced is a reversal in disguise: say so somewhere
 * that people look at. */
static void
set_reason (CfoilAmazonRow   *row,
            CfoilObservation *observation)
{
  const char *type = cfoil_amazon_row_get (row, COLUMN_TYPE);
  gboolean by_buyer = type != NULL && g_ascii_strcasecmp (type, "BuyerInitiated") == 0;

  observation->by_buyer = by_buyer;
  observation->reason = cfoil_amazon_row_get (row, COLUMN_REASON);
  observation->description = cfoil_amazon_row_get (row, COLUMN_NOTE);
  if (by_buyer && observation->reason == NULL)
    observation->reason = type;
  else if (by_buyer && observation->description == NULL)
    observation->description = type;
}

static gboolean
put (CfoilAmazonRow *row,
     GError        **error)
{
  CfoilObservation observation;

  if (!cfoil_amazon_row_begin (row, CFOIL_OBJECT_REFUND, COLUMN_ID, &observation, error))
    return FALSE;

  observation.currency = cfoil_amazon_row_need_currency (row, COLUMN_CURRENCY, error);
  if (observation.currency == NULL
      || !cfoil_amazon_row_need_face_money (row, COLUMN_AMOUNT, &observation.amount_minor, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_UPDATED, &observation.said_us, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_CREATED, &observation.created_us, error))
    return FALSE;

  observation.provider_state = cfoil_amazon_row_get (row, COLUMN_STATUS);
  observation.state = cfoil_amazon_refund_report_state (observation.provider_state);
  observation.moved_minor = observation.state == CFOIL_STATE_REFUNDED ? -observation.amount_minor : 0;
  observation.final = observation.state == CFOIL_STATE_REFUNDED || observation.state == CFOIL_STATE_DECLINED;
  observation.charge_id = cfoil_amazon_row_get (row, COLUMN_CAPTURE);
  observation.permission_id = cfoil_amazon_row_get (row, COLUMN_ORDER);
  observation.merchant_reference = cfoil_amazon_row_get (row, COLUMN_REFERENCE);
  set_reason (row, &observation);

  return cfoil_amazon_row_end (row, &observation, error);
}

const CfoilAmazonReportKind cfoil_amazon_refund_rows = {
  .type = "refund",
  .feed = "refund-reports",
  .columns = columns,
  .n_required = N_REQUIRED,
  .signature = COLUMN_ID,
  .second = COLUMN_STATUS,
  .put = put,
};
