/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-json.h"

#include "cfoil-error.h"

static CfoilReportStatus
read_status (const char *word)
{
  static const struct
  {
    const char *word;
    CfoilReportStatus status;
  } table[] = {
    { "IN_PROGRESS", CFOIL_REPORT_IN_PROGRESS },
    { "COMPLETED", CFOIL_REPORT_COMPLETED },
    { "FAILED", CFOIL_REPORT_FAILED },
    { "CANCELLED", CFOIL_REPORT_CANCELLED },
    { "CANCELED", CFOIL_REPORT_CANCELLED },
  };

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (table); i++)
    if (g_ascii_strcasecmp (word, table[i].word) == 0)
      return table[i].status;
  return CFOIL_REPORT_UNKNOWN;
}

gboolean
cfoil_amazon_json_read_report (JsonObject  *json,
                               CfoilReport *report,
                               GError     **error)
{
  *report = (CfoilReport) { 0 };

  report->report_id = cfoil_amazon_json_need_id (json, "reportId", error);
  if (report->report_id == NULL)
    return FALSE;
  report->provider_type = cfoil_amazon_json_need_id (json, "reportType", error);
  if (report->provider_type == NULL)
    return FALSE;

  report->provider_status = cfoil_amazon_json_get_string (json, "processingStatus");
  report->status = read_status (report->provider_status);
  report->document_id = cfoil_amazon_json_get_id (json, "reportDocumentId");

  return cfoil_amazon_json_get_time (json, "startTime", &report->start_us, error)
         && cfoil_amazon_json_get_time (json, "endTime", &report->end_us, error)
         && cfoil_amazon_json_get_time (json, "createdTime", &report->created_us, error);
}

gboolean
cfoil_amazon_json_read_disbursement (JsonObject        *json,
                                     const char        *raw,
                                     CfoilDisbursement *disbursement,
                                     GError           **error)
{
  *disbursement = (CfoilDisbursement) { .raw = raw };

  disbursement->settlement_id = cfoil_amazon_json_need_id (json, "settlementId", error);
  if (disbursement->settlement_id == NULL)
    return FALSE;
  disbursement->currency = cfoil_amazon_json_get_string (json, "currencyCode");
  if (disbursement->currency == NULL)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "currencyCode is missing");
      return FALSE;
    }

  disbursement->merchant_id = cfoil_amazon_json_get_id (json, "sellerId");
  disbursement->bank_reference = cfoil_amazon_json_get_id (json, "amazonDisbursementReferenceId");
  return cfoil_amazon_json_get_amount (json, "amount", disbursement->currency, &disbursement->amount_minor, error)
         && cfoil_amazon_json_get_time (json, "transactionTime", &disbursement->transaction_us, error);
}
