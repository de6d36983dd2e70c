/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-documents.h"

#include "simulator-ledger.h"
#include "simulator-report-writer.h"
#include "simulator-transaction-rows.h"

#define BUYER_COLUMNS "BuyerName", "BuyerEmailAddress"

static const char *const type_names[CFOIL_SIM_N_REPORT_TYPES] = {
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_ORDER_REFERENCE_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_BILLING_AGREEMENT_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_AUTHORIZATION_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_CAPTURE_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
  "_GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_",
};

const char *const cfoil_sim_report_columns[CFOIL_SIM_N_REPORT_TYPES][22] = {
  [CFOIL_SIM_REPORT_ORDER_REFERENCE] = {
    "AmazonOrderReferenceId", "SellerOrderId", "StoreName", "CustomInformation", "OrderAmount", "CurrencyCode",
    "SellerNote", "OrderReferenceStatus", "LastUpdateTimestamp", "ReasonCode", "CreationTimestamp", BUYER_COLUMNS,
    "DestinationName", "DestinationAddressLine1", "DestinationCity", "DestinationStateOrRegion",
    "DestinationPostalCode", "DestinationCountryCode", NULL },
  [CFOIL_SIM_REPORT_BILLING_AGREEMENT] = {
    "AmazonBillingAgreementId", "SellerBillingAgreementId", "StoreName", "CustomInformation", "SellerNote",
    "BillingAgreementStatus", "LastUpdateTimestamp", "ReasonCode", "CreationTimestamp", NULL },
  [CFOIL_SIM_REPORT_AUTHORIZATION] = {
    "AmazonAuthorizationId", "AuthorizationReferenceId", "AmazonOrderReferenceId", "AuthorizationAmount",
    "CurrencyCode", "SellerAuthorizationNote", "AuthorizationStatus", "LastUpdateTimestamp", "ReasonCode",
    "CreationTimestamp", NULL },
  [CFOIL_SIM_REPORT_CAPTURE] = {
    "AmazonCaptureId", "CaptureReferenceId", "AmazonAuthorizationId", "AmazonOrderReferenceId", "CaptureAmount",
    "CurrencyCode", "SellerCaptureNote", "CaptureStatus", "LastUpdateTimestamp", "ReasonCode", "CreationTimestamp",
    BUYER_COLUMNS, "BillingAddressLine1", "BillingAddressLine2", "BillingAddressLine3", "BillingAddressCity",
    "BillingAddressDistrictOrCounty", "BillingAddressStateOrRegion", "BillingAddressPostalCode",
    "BillingAddressCountryCode", NULL },
  [CFOIL_SIM_REPORT_REFUND] = {
    "AmazonRefundId", "RefundReferenceId", "AmazonCaptureId", "AmazonOrderReferenceId", "RefundAmount",
    "CurrencyCode", "SellerRefundNote", "RefundType", "RefundStatus", "LastUpdateTimestamp", "ReasonCode",
    "CreationTimestamp", NULL },
  [CFOIL_SIM_REPORT_MULTI_CURRENCY] = {
    "AmazonCaptureId", "AmazonOrderReferenceId", "PresentmentAmount", "PresentmentCurrency", "LedgerAmount",
    "LedgerCurrency", "ForeignExchangeRate", "TotalFee", "CreationTimestamp", NULL },
};

const char *
cfoil_sim_report_type_name (CfoilSimReportType type)
{
  return type_names[type];
}

gboolean
cfoil_sim_report_type_parse (const char         *name,
                             CfoilSimReportType *type)
{
  for (guint i = 0; i < CFOIL_SIM_N_REPORT_TYPES; i++)
    if (g_strcmp0 (name, type_names[i]) == 0)
      {
        *type = (CfoilSimReportType) i;
        return TRUE;
      }
  return FALSE;
}

/* A settlement has its own rows; the sandbox report (settlement 0) has those
 * of its window. */
gboolean
cfoil_sim_line_in_document (const CfoilSimMerchant *merchant,
                            const CfoilSimLine     *line,
                            guint                   settlement,
                            gint64                  start,
                            gint64                  end)
{
  if (settlement != 0)
    return line->settlement == settlement;
  return merchant->options.sandbox && line->posted >= start && line->posted <= end;
}

static int
compare_posted (gconstpointer a,
                gconstpointer b)
{
  const CfoilSimLine *x = *(const CfoilSimLine *const *) a;
  const CfoilSimLine *y = *(const CfoilSimLine *const *) b;

  if (x->posted != y->posted)
    return x->posted < y->posted ? -1 : 1;
  return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

/* Sandbox rows keep their number whatever window a report has. */
static void
sandbox_settlement_id (const CfoilSimMerchant *merchant,
                       gint64                  posted,
                       char                    id[24])
{
  g_snprintf (id, 24, "%" G_GINT64_FORMAT,
              G_GINT64_CONSTANT (50000000000) + (gint64) (merchant->options.seed % 1000) * 100000 + posted / (14 * CFOIL_SIM_DAY));
}

static void
write_line (CfoilSimWriter         *writer,
            const CfoilSimMerchant *merchant,
            const CfoilSimLine     *line)
{
  const CfoilSimCharge *charge = line->charge;
  CfoilSimSettlementRow row = { 0 };
  char id[24];

  row.posted = line->posted;
  if (line->settlement != 0)
    row.settlement_id = ((CfoilSimSettlement *) g_ptr_array_index (merchant->settlements, line->settlement - 1))->id;
  else
    {
      sandbox_settlement_id (merchant, line->posted, id);
      row.settlement_id = id;
    }
  row.transaction_id = line->transaction_id;
  row.type = cfoil_sim_line_type_name (line->type);
  row.description = line->description;
  row.amount = line->amount;
  row.percentage_fee = line->percentage_fee;
  row.fixed_fee = line->fixed_fee;
  row.currency = line->currency;
  if (charge != NULL)
    {
      row.reference = charge->reference;
      row.order_id = charge->order_id;
      row.order_reference = charge->permission->reference;
      row.store = charge->store;
    }
  cfoil_sim_writer_settlement_row (writer, &row);
}

static guint
write_settlement (CfoilSimWriter         *writer,
                  const CfoilSimMerchant *merchant,
                  guint                   settlement,
                  gint64                  start,
                  gint64                  end)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < merchant->lines->len; i++)
    {
      const CfoilSimLine *line = &g_array_index (merchant->lines, CfoilSimLine, i);

      if (cfoil_sim_line_in_document (merchant, line, settlement, start, end))
        g_ptr_array_add (lines, (gpointer) line);
    }
  g_ptr_array_sort (lines, compare_posted);
  cfoil_sim_writer_settlement_head (writer, merchant->merchant_id, start, end);
  for (guint i = 0; i < lines->len; i++)
    write_line (writer, merchant, g_ptr_array_index (lines, i));
  return lines->len;
}

/* @settlement: its number, for settlement reports
 * @rows: (out): data rows in the document */
GBytes *
cfoil_sim_document_build (const CfoilSimMerchant *merchant,
                          CfoilSimReportType      type,
                          guint                   settlement,
                          gint64                  start,
                          gint64                  end,
                          guint                  *rows)
{
  CfoilSimWriter writer;

  cfoil_sim_writer_init (&writer, NULL, merchant->zone);
  if (type == CFOIL_SIM_REPORT_SETTLEMENT || type == CFOIL_SIM_REPORT_SANDBOX_SETTLEMENT)
    *rows = write_settlement (&writer, merchant, settlement, start, end);
  else
    {
      cfoil_sim_writer_header (&writer, cfoil_sim_report_columns[type], FALSE);
      *rows = cfoil_sim_write_transactions (&writer, merchant, type, start, end);
    }
  cfoil_sim_writer_finish (&writer);
  return g_string_free_to_bytes (writer.text);
}
