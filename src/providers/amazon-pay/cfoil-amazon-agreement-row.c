/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-row.h"

#include "cfoil-amazon-words.h"

/* Billing agreements: recurring permissions. */
enum
{
  COLUMN_ID,
  COLUMN_STATUS,
  COLUMN_UPDATED,
  N_REQUIRED,
  COLUMN_SELLER_AGREEMENT = N_REQUIRED,
  COLUMN_STORE,
  COLUMN_NOTE,
  COLUMN_REASON,
  COLUMN_CREATED,
  COLUMN_EXPIRES,
  COLUMN_BUYER_NAME,
  COLUMN_BUYER_EMAIL,
};

static const char *const columns[] = {
  [COLUMN_ID] = "AmazonBillingAgreementId",
  [COLUMN_STATUS] = "BillingAgreementStatus",
  [COLUMN_UPDATED] = "LastUpdateTimestamp",
  [COLUMN_SELLER_AGREEMENT] = "SellerBillingAgreementId",
  [COLUMN_STORE] = "StoreName",
  [COLUMN_NOTE] = "SellerNote",
  [COLUMN_REASON] = "ReasonCode",
  [COLUMN_CREATED] = "CreationTimestamp",
  [COLUMN_EXPIRES] = "ExpirationTimestamp",
  [COLUMN_BUYER_NAME] = "BuyerName",
  [COLUMN_BUYER_EMAIL] = "BuyerEmailAddress",
  NULL,
};

static gboolean
put (CfoilAmazonRow *row,
     GError        **error)
{
  CfoilObservation observation;

  if (!cfoil_amazon_row_begin (row, CFOIL_OBJECT_PERMISSION, COLUMN_ID, &observation, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_UPDATED, &observation.said_us, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_CREATED, &observation.created_us, error)
      || !cfoil_amazon_row_get_time (row, COLUMN_EXPIRES, &observation.expires_us, error))
    return FALSE;

  observation.provider_state = cfoil_amazon_row_get (row, COLUMN_STATUS);
  observation.state = cfoil_amazon_permission_report_state (observation.provider_state);
  observation.final = observation.state == CFOIL_STATE_CLOSED;
  observation.reason = cfoil_amazon_row_get (row, COLUMN_REASON);
  observation.merchant_reference = cfoil_amazon_row_get (row, COLUMN_SELLER_AGREEMENT);
  observation.store = cfoil_amazon_row_get (row, COLUMN_STORE);
  observation.description = cfoil_amazon_row_get (row, COLUMN_NOTE);
  observation.buyer_name = cfoil_amazon_row_get (row, COLUMN_BUYER_NAME);
  observation.buyer_email = cfoil_amazon_row_get (row, COLUMN_BUYER_EMAIL);

  return cfoil_amazon_row_end (row, &observation, error);
}

const CfoilAmazonReportKind cfoil_amazon_agreement_rows = {
  .type = "billing-agreement",
  .feed = "billing-agreement-reports",
  .columns = columns,
  .n_required = N_REQUIRED,
  .signature = COLUMN_ID,
  .second = COLUMN_STATUS,
  .put = put,
};
