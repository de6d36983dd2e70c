/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-row.h"

#include "cfoil-amazon-id.h"
#include "cfoil-amazon-words.h"

/* Captures: what the objects call charges, from the capture on. */
enum
{
  COLUMN_ID,
  COLUMN_AMOUNT,
  COLUMN_CURRENCY,
  COLUMN_STATUS,
  COLUMN_UPDATED,
  N_REQUIRED,
  COLUMN_REFERENCE = N_REQUIRED,
  COLUMN_ORDER,
  COLUMN_NOTE,
  COLUMN_REASON,
  COLUMN_CREATED,
  COLUMN_BUYER_NAME,
  COLUMN_BUYER_EMAIL,
  COLUMN_COUNTRY,
};

static const char *const columns[] = {
  [COLUMN_ID] = "AmazonCaptureId",
  [COLUMN_AMOUNT] = "CaptureAmount",
  [COLUMN_CURRENCY] = "CurrencyCode",
  [COLUMN_STATUS] = "CaptureStatus",
  [COLUMN_UPDATED] = "LastUpdateTimestamp",
  [COLUMN_REFERENCE] = "CaptureReferenceId",
  [COLUMN_ORDER] = "AmazonOrderReferenceId",
  [COLUMN_NOTE] = "SellerCaptureNote",
  [COLUMN_REASON] = "ReasonCode",
  [COLUMN_CREATED] = "CreationTimestamp",
  [COLUMN_BUYER_NAME] = "BuyerName",
  [COLUMN_BUYER_EMAIL] = "BuyerEmailAddress",
  [COLUMN_COUNTRY] = "BillingAddressCountryCode",
  NULL,
};

static gboolean
put (CfoilAmazonRow *row,
     GError        **error)
{
  CfoilObservation observation;
  char charge_id[CFOIL_AMAZON_ID_MAX + 1];

  if (!cfoil_amazon_row_begin (row, CFOIL_OBJECT_CHARGE, COLUMN_ID, &observation, error))
    return FALSE;

  observation.currency = cfoil_amazon_row_need_currency (row, COLUMN_CURRENCY, error);
  if (observation.currency == NULL
      || !cfoil_amazon_row_need_face_money (row, COLUMN_AMOUNT, &observation.amount_minor, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_UPDATED, &observation.said_us, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_CREATED, &observation.created_us, error))
    return FALSE;

  observation.object_id = cfoil_amazon_id_to_charge (observation.object_id, charge_id);
  observation.provider_state = cfoil_amazon_row_get (row, COLUMN_STATUS);
  observation.state = cfoil_amazon_capture_report_state (observation.provider_state);
  observation.moved_minor = observation.state == CFOIL_STATE_CAPTURED ? observation.amount_minor : 0;
  observation.final = observation.state == CFOIL_STATE_CAPTURED || observation.state == CFOIL_STATE_DECLINED;
  observation.reason = cfoil_amazon_row_get (row, COLUMN_REASON);
  observation.permission_id = cfoil_amazon_row_get (row, COLUMN_ORDER);
  observation.merchant_reference = cfoil_amazon_row_get (row, COLUMN_REFERENCE);
  observation.description = cfoil_amazon_row_get (row, COLUMN_NOTE);
  observation.buyer_name = cfoil_amazon_row_get (row, COLUMN_BUYER_NAME);
  observation.buyer_email = cfoil_amazon_row_get (row, COLUMN_BUYER_EMAIL);
  observation.buyer_country = cfoil_amazon_row_get (row, COLUMN_COUNTRY);

  return cfoil_amazon_row_end (row, &observation, error);
}

const CfoilAmazonReportKind cfoil_amazon_capture_rows = {
  .type = "capture",
  .feed = "capture-reports",
  .columns = columns,
  .n_required = N_REQUIRED,
  .signature = COLUMN_ID,
  .second = COLUMN_STATUS,
  .put = put,
};
