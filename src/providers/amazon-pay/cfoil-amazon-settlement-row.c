/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-row.h"

#include "cfoil-amazon-id.h"
#include "cfoil-amazon-words.h"
#include "cfoil-error.h"
#include "cfoil-money.h"

/* The lines of a settlement: the merchant's account, to the cent.  A million of
 * them may come at once, so this path builds nothing that is not needed. */
enum
{
  COLUMN_POSTED,
  COLUMN_SETTLEMENT_ID,
  COLUMN_TYPE,
  COLUMN_CURRENCY,
  COLUMN_AMOUNT,
  COLUMN_FEE,
  COLUMN_NET,
  N_REQUIRED,
  COLUMN_FEE_PERCENTAGE = N_REQUIRED,
  COLUMN_FEE_FIXED,
  COLUMN_ID,
  COLUMN_SELLER_REFERENCE,
  COLUMN_ORDER_REFERENCE,
  COLUMN_SELLER_ORDER,
  COLUMN_STORE,
  COLUMN_DESCRIPTION,
};

static const char *const columns[] = {
  [COLUMN_POSTED] = "TransactionPostedDate",
  [COLUMN_SETTLEMENT_ID] = "SettlementId",
  [COLUMN_TYPE] = "TransactionType",
  [COLUMN_CURRENCY] = "CurrencyCode",
  [COLUMN_AMOUNT] = "TransactionAmount",
  [COLUMN_FEE] = "TotalTransactionFee",
  [COLUMN_NET] = "NetTransactionAmount",
  [COLUMN_FEE_PERCENTAGE] = "TransactionPercentageFee",
  [COLUMN_FEE_FIXED] = "TransactionFixedFee",
  [COLUMN_ID] = "AmazonTransactionId",
  [COLUMN_SELLER_REFERENCE] = "SellerReferenceId",
  [COLUMN_ORDER_REFERENCE] = "AmazonOrderReferenceId",
  [COLUMN_SELLER_ORDER] = "SellerOrderId",
  [COLUMN_STORE] = "StoreName",
  [COLUMN_DESCRIPTION] = "TransactionDescription",
  NULL,
};

/* The head goes before its first line, and again should a file hold two. */
static gboolean
ensure_settlement (CfoilAmazonRow *row,
                   const char     *settlement_id,
                   GError        **error)
{
  CfoilSettlement settlement;

  if (g_str_equal (row->settlement_id->str, settlement_id))
    return TRUE;

  settlement = (CfoilSettlement) {
    .settlement_id = settlement_id,
    .merchant_id = row->merchant_id,
    .start_us = row->start_us,
    .end_us = row->end_us,
  };
  if (!cfoil_intake_put_settlement (row->intake, &settlement, error))
    return FALSE;
  g_string_assign (row->settlement_id, settlement_id);
  return TRUE;
}

static gboolean
read_amounts (CfoilAmazonRow      *row,
              CfoilSettlementLine *line,
              GError             **error)
{
  line->currency = cfoil_amazon_row_need_currency (row, COLUMN_CURRENCY, error);

  return line->currency != NULL
         && cfoil_amazon_row_need_money (row, COLUMN_AMOUNT, &line->amount_minor, error)
         && cfoil_amazon_row_get_money (row, COLUMN_FEE_PERCENTAGE, &line->fee_percentage_minor, error)
         && cfoil_amazon_row_get_money (row, COLUMN_FEE_FIXED, &line->fee_fixed_minor, error)
         && cfoil_amazon_row_need_money (row, COLUMN_FEE, &line->fee_minor, error)
         && cfoil_amazon_row_need_money (row, COLUMN_NET, &line->net_minor, error);
}

/* What a line is about, by its type and by the letter in its id.  A payment or a
 * refund is named by the letter of its kind only: a refund that names a charge
 * must not become a part of that charge. */
static void
set_links (CfoilSettlementLine *line,
           char                 buffer[CFOIL_AMAZON_ID_MAX + 1])
{
  char kind;

  if (line->provider_id == NULL)
    return;

  kind = cfoil_amazon_id_kind (line->provider_id);
  if (kind == 'A' || kind == 'C')
    line->charge_id = cfoil_amazon_id_to_charge (line->provider_id, buffer);
  else if (kind == 'B')
    line->dispute_id = line->provider_id;

  if (line->type == CFOIL_TYPE_CHARGE)
    line->object_id = line->charge_id;
  else if (line->type == CFOIL_TYPE_REFUND && kind == 'R')
    line->object_id = line->provider_id;
}

static gboolean
adds_up (gint64 total,
         gint64 a,
         gint64 b)
{
  gint64 sum = a;

  return cfoil_money_add (&sum, b) && sum == total;
}

static gboolean
check_arithmetic (CfoilAmazonRow            *row,
                  const CfoilSettlementLine *line,
                  GError                   **error)
{
  const char *subject = line->provider_id != NULL ? line->provider_id : line->settlement_id;

  if (!adds_up (line->net_minor, line->amount_minor, line->fee_minor))
    return cfoil_amazon_row_note (row, CFOIL_EXCEPTION_ARITHMETIC, subject, "The net amount is not the amount and the fee together", error);

  if (line->fee_percentage_minor != CFOIL_UNKNOWN && line->fee_fixed_minor != CFOIL_UNKNOWN
      && !adds_up (line->fee_minor, line->fee_percentage_minor, line->fee_fixed_minor))
    return cfoil_amazon_row_note (row, CFOIL_EXCEPTION_ARITHMETIC, subject, "The fee is not the percentage fee and the fixed fee together", error);

  return TRUE;
}

/* A chargeback can be answered only by its own id, which no list tells. */
static gboolean
note_missing_dispute (CfoilAmazonRow            *row,
                      const CfoilSettlementLine *line,
                      GError                   **error)
{
  g_autofree char *message = NULL;

  if (line->type != CFOIL_TYPE_CHARGEBACK || line->dispute_id != NULL)
    return TRUE;

  message = g_strdup_printf ("A chargeback on the charge %s: the report does not say the dispute's id (the same digits with -B in the fourth part). "
                             "It stands in Amazon's e-mail about the chargeback, in the CHARGEBACK notification, and in Seller Central under Chargeback claims",
                             line->charge_id != NULL ? line->charge_id : "(not named)");
  return cfoil_amazon_row_note (row, CFOIL_EXCEPTION_DISPUTE_ID,
                                line->charge_id != NULL ? line->charge_id : line->provider_id, message, error);
}

static gboolean
note_foreign_id (CfoilAmazonRow            *row,
                 const CfoilSettlementLine *line,
                 GError                   **error)
{
  gboolean is_refund = line->type == CFOIL_TYPE_REFUND;

  if (line->object_id != NULL || line->provider_id == NULL || (line->type != CFOIL_TYPE_CHARGE && !is_refund))
    return TRUE;
  return cfoil_amazon_row_note (row, CFOIL_EXCEPTION_CONFLICT, line->provider_id,
                                is_refund ? "A refund that names something else than a refund; it has a row of its own"
                                          : "A payment that names something else than a charge; it has a row of its own", error);
}

static gboolean
put_notes (CfoilAmazonRow            *row,
           const CfoilSettlementLine *line,
           GError                   **error)
{
  if (line->type == CFOIL_TYPE_OTHER
      && !cfoil_amazon_row_note (row, CFOIL_EXCEPTION_UNKNOWN_TYPE, line->provider_type, "A kind of line that this version does not know", error))
    return FALSE;

  return check_arithmetic (row, line, error)
         && note_foreign_id (row, line, error)
         && note_missing_dispute (row, line, error);
}

static gboolean
put (CfoilAmazonRow *row,
     GError        **error)
{
  char charge_id[CFOIL_AMAZON_ID_MAX + 1];
  CfoilSettlementLine line = { .row_number = row->number };

  line.settlement_id = cfoil_amazon_row_need (row, COLUMN_SETTLEMENT_ID, error);
  if (line.settlement_id == NULL)
    return FALSE;
  line.provider_type = cfoil_amazon_row_need (row, COLUMN_TYPE, error);
  if (line.provider_type == NULL)
    return FALSE;
  if (cfoil_amazon_row_need (row, COLUMN_POSTED, error) == NULL
      || !cfoil_amazon_row_get_time (row, COLUMN_POSTED, &line.posted_us, error)
      || !read_amounts (row, &line, error))
    return FALSE;

  line.type = cfoil_amazon_line_type (line.provider_type);
  line.provider_id = cfoil_amazon_row_get (row, COLUMN_ID);
  line.permission_id = cfoil_amazon_row_get (row, COLUMN_ORDER_REFERENCE);
  line.merchant_reference = cfoil_amazon_row_get (row, COLUMN_SELLER_REFERENCE);
  line.order_reference = cfoil_amazon_row_get (row, COLUMN_SELLER_ORDER);
  line.store = cfoil_amazon_row_get (row, COLUMN_STORE);
  line.description = cfoil_amazon_row_get (row, COLUMN_DESCRIPTION);
  line.extra = cfoil_amazon_row_extra_to_json (row);
  set_links (&line, charge_id);

  return ensure_settlement (row, line.settlement_id, error)
         && cfoil_intake_put_line (row->intake, &line, error)
         && put_notes (row, &line, error);
}

const CfoilAmazonReportKind cfoil_amazon_settlement_rows = {
  .type = "settlement",
  .feed = "settlement-reports",
  .columns = columns,
  .n_required = N_REQUIRED,
  .signature = COLUMN_POSTED,
  .second = COLUMN_SETTLEMENT_ID,
  .notes_columns = TRUE,
  .put = put,
};
