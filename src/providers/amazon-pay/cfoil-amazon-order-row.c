/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-row.h"

#include "cfoil-amazon-words.h"

/* Order references: a permission each, or, of a recurring one, a single order
 * under an id of its own. */
enum
{
  COLUMN_ID,
  COLUMN_STATUS,
  COLUMN_UPDATED,
  N_REQUIRED,
  COLUMN_AMOUNT = N_REQUIRED,
  COLUMN_CURRENCY,
  COLUMN_SELLER_ORDER,
  COLUMN_STORE,
  COLUMN_NOTE,
  COLUMN_REASON,
  COLUMN_CREATED,
  COLUMN_EXPIRES,
  COLUMN_BUYER_NAME,
  COLUMN_BUYER_EMAIL,
  COLUMN_BUYER_EMAIL_SHORT,
  COLUMN_COUNTRY,
};

static const char *const columns[] = {
  [COLUMN_ID] = "AmazonOrderReferenceId",
  [COLUMN_STATUS] = "OrderReferenceStatus",
  [COLUMN_UPDATED] = "LastUpdateTimestamp",
  [COLUMN_AMOUNT] = "OrderAmount",
  [COLUMN_CURRENCY] = "CurrencyCode",
  [COLUMN_SELLER_ORDER] = "SellerOrderId",
  [COLUMN_STORE] = "StoreName",
  [COLUMN_NOTE] = "SellerNote",
  [COLUMN_REASON] = "ReasonCode",
  [COLUMN_CREATED] = "CreationTimestamp",
  [COLUMN_EXPIRES] = "ExpirationTimestamp",
  [COLUMN_BUYER_NAME] = "BuyerName",
  [COLUMN_BUYER_EMAIL] = "BuyerEmailAddress",
  [COLUMN_BUYER_EMAIL_SHORT] = "BuyerEmail",
  [COLUMN_COUNTRY] = "DestinationAddressCountryCode",
  NULL,
};

/* A draft has neither amount nor currency. */
static gboolean
read_amount (CfoilAmazonRow   *row,
             CfoilObservation *observation,
             GError          **error)
{
  if (cfoil_amazon_row_get (row, COLUMN_AMOUNT) == NULL)
    return TRUE;
  observation->currency = cfoil_amazon_row_need_currency (row, COLUMN_CURRENCY, error);
  return observation->currency != NULL
         && cfoil_amazon_row_get_face_money (row, COLUMN_AMOUNT, &observation->amount_minor, error);
}

static gboolean
put (CfoilAmazonRow *row,
     GError        **error)
{
  CfoilObservation observation;

  if (!cfoil_amazon_row_begin (row, CFOIL_OBJECT_PERMISSION, COLUMN_ID, &observation, error)
      || !read_amount (row, &observation, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_UPDATED, &observation.said_us, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_CREATED, &observation.created_us, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_EXPIRES, &observation.expires_us, error))
    return FALSE;

  observation.provider_state = cfoil_amazon_row_get (row, COLUMN_STATUS);
  observation.state = cfoil_amazon_permission_report_state (observation.provider_state);
  observation.final = observation.state == CFOIL_STATE_CLOSED;
  observation.reason = cfoil_amazon_row_get (row, COLUMN_REASON);
  observation.merchant_reference = cfoil_amazon_row_get (row, COLUMN_SELLER_ORDER);
  observation.store = cfoil_amazon_row_get (row, COLUMN_STORE);
  observation.description = cfoil_amazon_row_get (row, COLUMN_NOTE);
  observation.buyer_name = cfoil_amazon_row_get (row, COLUMN_BUYER_NAME);
  observation.buyer_email = cfoil_amazon_row_get (row, COLUMN_BUYER_EMAIL);
  if (observation.buyer_email == NULL)
    observation.buyer_email = cfoil_amazon_row_get (row, COLUMN_BUYER_EMAIL_SHORT);
  observation.buyer_country = cfoil_amazon_row_get (row, COLUMN_COUNTRY);

  return cfoil_amazon_row_end (row, &observation, error);
}

const CfoilAmazonReportKind cfoil_amazon_order_rows = {
  .type = "order-reference",
  .feed = "order-reference-reports",
  .columns = columns,
  .n_required = N_REQUIRED,
  .signature = COLUMN_ID,
  .second = COLUMN_STATUS,
  .put = put,
};
