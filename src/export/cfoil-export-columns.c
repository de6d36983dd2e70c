/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-export-columns.h"

/* Transactions are read from the table, not the view: its index gives them in
 * order of time, and only rows of the same moment have to be sorted. */
static const CfoilExportColumn transaction_columns[] = {
  { "provider", CFOIL_COLUMN_CODE, "a.provider" },
  { "account", CFOIL_COLUMN_TEXT, "a.name" },
  { "environment", CFOIL_COLUMN_CODE, "a.environment" },
  { "transaction_id", CFOIL_COLUMN_TEXT, "t.transaction_id" },
  { "type", CFOIL_COLUMN_CODE, "tn.name" },
  { "state", CFOIL_COLUMN_CODE, "sn.name" },
  { "created_at_utc", CFOIL_COLUMN_TIME_UTC, "t.created_us" },
  { "created_at_local", CFOIL_COLUMN_TIME_LOCAL, "t.created_us" },
  { "time_zone", CFOIL_COLUMN_ZONE, NULL },
  { "posted_at_utc", CFOIL_COLUMN_TIME_UTC, "t.posted_us" },
  { "currency", CFOIL_COLUMN_TEXT, "t.currency" },
  { "amount", CFOIL_COLUMN_MONEY, "t.amount_minor" },
  { "gross", CFOIL_COLUMN_MONEY, "t.gross_minor" },
  { "fee_percentage", CFOIL_COLUMN_MONEY, "t.fee_percentage_minor" },
  { "fee_fixed", CFOIL_COLUMN_MONEY, "t.fee_fixed_minor" },
  { "fee_total", CFOIL_COLUMN_MONEY, "t.fee_minor" },
  { "net", CFOIL_COLUMN_MONEY, "t.net_minor" },
  { "refunded", CFOIL_COLUMN_MONEY, "t.refunded_minor" },
  { "merchant_reference", CFOIL_COLUMN_TEXT, "coalesce (t.merchant_reference, p.merchant_reference)" },
  { "order_reference", CFOIL_COLUMN_TEXT, "t.order_reference" },
  { "store", CFOIL_COLUMN_TEXT, "coalesce (st.text, ps.text)" },
  { "charge_permission_id", CFOIL_COLUMN_TEXT, "t.permission_id" },
  { "charge_id", CFOIL_COLUMN_TEXT, "CASE t.type WHEN 1 THEN t.transaction_id ELSE t.charge_id END" },
  { "dispute_id", CFOIL_COLUMN_TEXT, "t.dispute_id" },
  { "settlement_id", CFOIL_COLUMN_TEXT, "s.provider_id" },
  { "settlement_date", CFOIL_COLUMN_TIME_UTC, "s.end_us" },
  { "payout_reference", CFOIL_COLUMN_TEXT, "(SELECT d.bank_reference FROM disbursement AS d WHERE d.account_id = t.account_id AND d.settlement_provider_id = s.provider_id ORDER BY d.disbursement_id LIMIT 1)" },
  { "buyer_id", CFOIL_COLUMN_TEXT, "coalesce (t.buyer_id, p.buyer_id)" },
  { "buyer_name", CFOIL_COLUMN_TEXT, "coalesce (t.buyer_name, p.buyer_name)" },
  { "buyer_email", CFOIL_COLUMN_TEXT, "coalesce (t.buyer_email, p.buyer_email)" },
  { "buyer_country", CFOIL_COLUMN_TEXT, "coalesce (t.buyer_country, p.buyer_country)" },
  { "channel", CFOIL_COLUMN_TEXT, "t.channel" },
  { "description", CFOIL_COLUMN_TEXT, "t.description" },
  { "reason", CFOIL_COLUMN_TEXT, "t.reason" },
  { "provider_type", CFOIL_COLUMN_TEXT, "pt.text" },
  { "provider_state", CFOIL_COLUMN_TEXT, "t.provider_state" },
  { "last_changed_utc", CFOIL_COLUMN_TIME_UTC, "t.updated_us" },
};

static const CfoilExportColumn refund_columns[] = {
  { "account", CFOIL_COLUMN_TEXT, "r.account" },
  { "refund_id", CFOIL_COLUMN_TEXT, "r.refund_id" },
  { "state", CFOIL_COLUMN_CODE, "r.state" },
  { "reason", CFOIL_COLUMN_TEXT, "r.reason" },
  { "created_at_utc", CFOIL_COLUMN_TIME_UTC, "r.created_at_us" },
  { "created_at_local", CFOIL_COLUMN_TIME_LOCAL, "r.created_at_us" },
  { "time_zone", CFOIL_COLUMN_ZONE, NULL },
  { "posted_at_utc", CFOIL_COLUMN_TIME_UTC, "r.posted_at_us" },
  { "currency", CFOIL_COLUMN_TEXT, "r.currency" },
  { "amount", CFOIL_COLUMN_MONEY, "r.amount_minor" },
  { "gross", CFOIL_COLUMN_MONEY, "r.gross_minor" },
  { "fee_total", CFOIL_COLUMN_MONEY, "r.fee_minor" },
  { "net", CFOIL_COLUMN_MONEY, "r.net_minor" },
  { "charge_id", CFOIL_COLUMN_TEXT, "r.charge_id" },
  { "charge_permission_id", CFOIL_COLUMN_TEXT, "r.charge_permission_id" },
  { "merchant_reference", CFOIL_COLUMN_TEXT, "r.merchant_reference" },
  { "settlement_id", CFOIL_COLUMN_TEXT, "r.settlement_id" },
  { "description", CFOIL_COLUMN_TEXT, "r.description" },
};

static const CfoilExportColumn dispute_columns[] = {
  { "account", CFOIL_COLUMN_TEXT, "d.account" },
  { "dispute_id", CFOIL_COLUMN_TEXT, "d.dispute_id" },
  { "filing_reason", CFOIL_COLUMN_TEXT, "d.filing_reason" },
  { "state", CFOIL_COLUMN_CODE, "d.state" },
  { "provider_state", CFOIL_COLUMN_TEXT, "d.provider_state" },
  { "state_reason", CFOIL_COLUMN_TEXT, "d.state_reason" },
  { "resolution", CFOIL_COLUMN_TEXT, "d.resolution" },
  { "currency", CFOIL_COLUMN_TEXT, "d.currency" },
  { "amount", CFOIL_COLUMN_MONEY, "d.amount_minor" },
  { "opened_at_utc", CFOIL_COLUMN_TIME_UTC, "d.opened_at_us" },
  { "due_at_utc", CFOIL_COLUMN_TIME_UTC, "d.due_at_us" },
  { "due_at_local", CFOIL_COLUMN_TIME_LOCAL, "d.due_at_us" },
  { "time_zone", CFOIL_COLUMN_ZONE, NULL },
  { "charge_id", CFOIL_COLUMN_TEXT, "d.charge_id" },
  { "charge_permission_id", CFOIL_COLUMN_TEXT, "d.charge_permission_id" },
  { "merchant_reference", CFOIL_COLUMN_TEXT, "d.merchant_reference" },
  { "last_changed_utc", CFOIL_COLUMN_TIME_UTC, "d.updated_at_us" },
};

static const CfoilExportColumn settlement_columns[] = {
  { "account", CFOIL_COLUMN_TEXT, "s.account" },
  { "settlement_id", CFOIL_COLUMN_TEXT, "s.settlement_id" },
  { "start_at_utc", CFOIL_COLUMN_TIME_UTC, "s.start_at_us" },
  { "end_at_utc", CFOIL_COLUMN_TIME_UTC, "s.end_at_us" },
  { "end_at_local", CFOIL_COLUMN_TIME_LOCAL, "s.end_at_us" },
  { "time_zone", CFOIL_COLUMN_ZONE, NULL },
  { "currency", CFOIL_COLUMN_TEXT, "s.currency" },
  { "lines", CFOIL_COLUMN_INTEGER, "s.line_count" },
  { "gross", CFOIL_COLUMN_MONEY, "s.amount_minor" },
  { "fee_total", CFOIL_COLUMN_MONEY, "s.fee_minor" },
  { "net", CFOIL_COLUMN_MONEY, "s.net_minor" },
  { "transfer", CFOIL_COLUMN_MONEY, "s.transfer_minor" },
  { "disbursed", CFOIL_COLUMN_MONEY, "s.disbursed_minor" },
  { "payout_reference", CFOIL_COLUMN_TEXT, "s.bank_reference" },
};

static const CfoilExportDefinition definitions[] = {
  [CFOIL_EXPORT_TRANSACTIONS] = {
    transaction_columns, G_N_ELEMENTS (transaction_columns),
    "FROM txn AS t "
    "JOIN account AS a USING (account_id) "
    "JOIN type_name AS tn USING (type) "
    "JOIN state_name AS sn USING (state) "
    "LEFT JOIN word AS pt ON pt.word_id = t.provider_type_id "
    "LEFT JOIN word AS st ON st.word_id = t.store_id "
    "LEFT JOIN settlement AS s ON s.settlement_id = t.settlement_id "
    "LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id "
    "LEFT JOIN word AS ps ON ps.word_id = p.store_id "
    "ORDER BY t.sort_us, a.name, t.transaction_id",
    "SELECT count (*) FROM txn", "t.currency", "t.gross_minor", "gross" },
  [CFOIL_EXPORT_REFUNDS] = {
    refund_columns, G_N_ELEMENTS (refund_columns),
    "FROM refunds AS r ORDER BY coalesce (r.created_at_us, r.posted_at_us), r.account, r.refund_id",
    "SELECT count (*) FROM txn WHERE type = 2", "r.currency", "r.gross_minor", "gross" },
  [CFOIL_EXPORT_DISPUTES] = {
    dispute_columns, G_N_ELEMENTS (dispute_columns),
    "FROM disputes AS d ORDER BY d.opened_at_us, d.account, d.dispute_id",
    "SELECT count (*) FROM dispute", "d.currency", "d.amount_minor", "amount" },
  [CFOIL_EXPORT_SETTLEMENTS] = {
    settlement_columns, G_N_ELEMENTS (settlement_columns),
    "FROM settlements AS s ORDER BY s.end_at_us, s.account, s.settlement_id, s.currency",
    "SELECT count (*) FROM settlement", "s.currency", "s.net_minor", "net" },
};

static const char *const names[] = {
  [CFOIL_EXPORT_TRANSACTIONS] = "transactions",
  [CFOIL_EXPORT_REFUNDS] = "refunds",
  [CFOIL_EXPORT_DISPUTES] = "disputes",
  [CFOIL_EXPORT_SETTLEMENTS] = "settlements",
};

const CfoilExportDefinition *
cfoil_export_definition (CfoilExportTable table)
{
  g_return_val_if_fail ((guint) table < G_N_ELEMENTS (definitions), NULL);

  return &definitions[table];
}

gboolean
cfoil_export_table_from_string (const char       *name,
                                CfoilExportTable *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *table = (CfoilExportTable) i;
        return TRUE;
      }
  return FALSE;
}

const char *
cfoil_export_table_to_string (CfoilExportTable table)
{
  g_return_val_if_fail ((guint) table < G_N_ELEMENTS (names), NULL);

  return names[table];
}
