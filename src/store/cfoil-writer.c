/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-writer.h"

#include "cfoil-case-payment.h"
#include "cfoil-writer-private.h"

#define TXN_COLUMNS \
  "provider_id, type, provider_type_id, state, provider_state, reason, currency, amount_minor, " \
  "gross_minor, fee_percentage_minor, fee_fixed_minor, fee_minor, net_minor, refunded_minor, " \
  "created_us, updated_us, expires_us, posted_us, sort_us, settlement_id, charge_id, permission_id, " \
  "dispute_id, merchant_reference, order_reference, store_id, description, buyer_id, buyer_name, " \
  "buyer_email, buyer_country, channel"

/* Of the lines l of an object, with their settlements s: the first one decides. */
#define LINE_ORDER "l.posted_us, s.provider_id, l.amount_minor, l.ordinal, l.provider_id, l.currency"

#define OBSERVATION_COLUMNS \
  "said_us, updated_us, state, provider_state, reason, currency, amount_minor, moved_minor, " \
  "refunded_minor, created_us, expires_us, deadline_us, charge_id, permission_id, " \
  "merchant_reference, order_reference, store_id, description, buyer_id, buyer_name, buyer_email, " \
  "buyer_country, channel, resolution, is_final, raw, document_id, row_number, state_code, is_by_buyer"

/* What was paid out is what the lines come to, but for the payout itself; with it goes
 * what the bank returned in this period, unless it is paid again by itself.  total ()
 * does not overflow as sum () does, and is exact far beyond any payout. */
#define SUM_OF_LINES(which) \
  "(SELECT CAST (total (l.net_minor) AS INTEGER) FROM settlement_line AS l WHERE l.settlement_id = s.settlement_id " \
  "AND l.currency = d.currency AND " which ")"
#define IMBALANCES \
  "SELECT s.provider_id AS subject, d.currency AS currency, CAST (total (d.amount_minor) AS INTEGER) AS paid_minor, " \
  SUM_OF_LINES ("l.type <> 6") " AS lines_minor " \
  "FROM settlement AS s CROSS JOIN disbursement AS d ON d.account_id = s.account_id AND d.settlement_provider_id = s.provider_id " \
  "WHERE s.account_id = ?1 AND s.needs_proof = 1 GROUP BY s.settlement_id, d.currency HAVING paid_minor <> lines_minor " \
  "AND paid_minor <> " SUM_OF_LINES ("(l.type <> 6 OR l.net_minor > 0)") " "

#define LONG_TRANSACTION_US (20 * G_TIME_SPAN_MILLISECOND)
#define PAUSE_US 1500

static const char *const sql[N_SQL] = {
  [SQL_FIND_WORD] = "SELECT word_id FROM word WHERE text = ?1",
  [SQL_ADD_WORD] = "INSERT INTO word (text) VALUES (?1)",

  [SQL_PUT_SETTLEMENT] =
    "INSERT INTO settlement (account_id, provider_id, merchant_id, start_us, end_us) "
    "VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (account_id, provider_id) DO UPDATE SET "
    "merchant_id = coalesce (excluded.merchant_id, merchant_id), "
    "start_us = coalesce (min (start_us, excluded.start_us), start_us, excluded.start_us), "
    "end_us = coalesce (max (end_us, excluded.end_us), end_us, excluded.end_us) "
    "RETURNING settlement_id",

  [SQL_FIND_LINE] =
    "SELECT ordinal, document_id, row_number, fee_minor, net_minor FROM settlement_line "
    "WHERE settlement_id = ?1 AND posted_us = ?2 AND provider_type_id = ?3 AND provider_id = ?4 "
    "AND amount_minor = ?5 AND currency = ?6 AND ordinal >= ?7 ORDER BY ordinal LIMIT 1",
  [SQL_FIND_LAST_TWIN] =
    "SELECT coalesce (max (ordinal), 0) FROM settlement_line "
    "WHERE settlement_id = ?1 AND posted_us = ?2 AND provider_type_id = ?3 AND provider_id = ?4 "
    "AND amount_minor = ?5 AND currency = ?6 AND ordinal > ?7 AND document_id = ?8 AND row_number < ?9",
  [SQL_ADD_LINE] =
    "INSERT INTO settlement_line VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
    "?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
  [SQL_MOVE_LINE] =
    "UPDATE settlement_line SET document_id = ?8, row_number = ?9 "
    "WHERE settlement_id = ?1 AND posted_us = ?2 AND provider_type_id = ?3 AND provider_id = ?4 "
    "AND amount_minor = ?5 AND currency = ?6 AND ordinal = ?7 RETURNING txn_id",
  [SQL_FEED_OF_DOCUMENT] = "SELECT feed_id FROM document WHERE document_id = ?1",
  [SQL_FIND_PLACE] =
    "SELECT txn_id, type <> ?3, iif (posted_us IS NOT NULL AND currency <> ?4, currency, NULL) FROM txn "
    "WHERE account_id = ?1 AND transaction_id = ?2",
  [SQL_FIND_FIRST_ROW] =
    "SELECT txn_id FROM settlement_line AS l JOIN settlement AS s USING (settlement_id) "
    "WHERE txn_id IN (?1, ?2) ORDER BY " LINE_ORDER " LIMIT 1",
  [SQL_EXCHANGE_LINES] = "UPDATE settlement_line SET txn_id = ?1 + ?2 - txn_id WHERE txn_id IN (?1, ?2)",
  [SQL_RENAME_TXN] = "UPDATE txn SET transaction_id = ?3 WHERE txn_id = ?2",

  [SQL_FIND_TXN] = "SELECT txn_id FROM txn WHERE account_id = ?1 AND transaction_id = ?2",
  [SQL_ADD_TXN] =
    "INSERT INTO txn (account_id, transaction_id, first_seen_us, " TXN_COLUMNS ") "
    "VALUES (?33, ?34, ?35, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
    "?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
  [SQL_UPDATE_TXN] =
    "UPDATE txn SET (" TXN_COLUMNS ") = "
    "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
    "?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32) WHERE txn_id = ?33",

  [SQL_GET_SUMMED_ROW] = "SELECT " CFOIL_SUMMED_ROW_COLUMNS " FROM txn AS t WHERE t.txn_id = ?1",
  [SQL_FIND_STORE] = "SELECT store_id FROM charge_permission WHERE account_id = ?1 AND permission_id = ?2",
  [SQL_LIST_ROWS_BY_PERMISSION_STORE] =
    "SELECT txn_id FROM txn WHERE account_id = ?1 AND permission_id = ?2 AND store_id IS NULL",

  [SQL_FIND_FORMER_CHARGE] =
    "SELECT c.txn_id FROM txn AS r JOIN txn AS c ON c.account_id = r.account_id AND c.transaction_id = r.charge_id "
    "WHERE r.txn_id = ?1 AND r.charge_id IS NOT ?2",
  [SQL_LIST_TXNS_OF_PERMISSION] = "SELECT txn_id FROM txn WHERE account_id = ?1 AND permission_id = ?2",
  [SQL_LIST_TXNS_OF_DISPUTE] =
    "SELECT t.txn_id FROM txn AS t WHERE t.account_id = ?1 AND t.dispute_id = ?2 "
    "UNION SELECT t.txn_id FROM dispute AS d JOIN txn AS t ON t.account_id = d.account_id AND t.transaction_id = d.charge_id "
    "WHERE d.account_id = ?1 AND d.dispute_id = ?2",

  [SQL_LIST_OBSERVATIONS] =
    "SELECT " OBSERVATION_COLUMNS " FROM observation AS o JOIN feed AS f USING (feed_id) "
    "WHERE o.account_id = ?1 AND o.kind = ?2 AND o.object_id = ?3 "
    "ORDER BY o.said_us DESC, f.rank DESC, f.name",
  [SQL_LIST_LINES_OF_TXN] =
    "SELECT amount_minor, fee_percentage_minor, fee_fixed_minor, fee_minor, net_minor, currency, "
    "posted_us, settlement_id, charge_id, permission_id, merchant_reference, order_reference, "
    "store_id, description, provider_type_id "
    "FROM settlement_line AS l JOIN settlement AS s USING (settlement_id) WHERE txn_id = ?1 "
    "ORDER BY " LINE_ORDER,

  /* The newest statement of a feed stays; of two of the same time the larger
   * text, so that the order of arrival does not matter. */
  [SQL_PUT_OBSERVATION] =
    "INSERT INTO observation (account_id, kind, object_id, feed_id, " OBSERVATION_COLUMNS ") "
    "VALUES (?29, ?30, ?31, ?32, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
    "?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?33, ?34) "
    "ON CONFLICT (account_id, kind, object_id, feed_id) DO UPDATE SET (" OBSERVATION_COLUMNS ") = "
    "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
    "?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?33, ?34) "
    "WHERE excluded.said_us > said_us OR (excluded.said_us = said_us AND excluded.raw > raw)",

  [SQL_PUT_PERMISSION] =
    "INSERT INTO charge_permission (account_id, permission_id, state, provider_state, reason, "
    "currency, amount_minor, created_us, updated_us, expires_us, merchant_reference, store_id, "
    "description, buyer_id, buyer_name, buyer_email, buyer_country) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) "
    "ON CONFLICT (account_id, permission_id) DO UPDATE SET (state, provider_state, reason, currency, "
    "amount_minor, created_us, updated_us, expires_us, merchant_reference, store_id, description, "
    "buyer_id, buyer_name, buyer_email, buyer_country) = "
    "(?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
  [SQL_PUT_DISPUTE] =
    "INSERT INTO dispute (account_id, dispute_id, charge_id, state, provider_state, reason, resolution, "
    "description, currency, amount_minor, opened_us, updated_us, deadline_us, state_code, neutral_reason, outcome) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) "
    "ON CONFLICT (account_id, dispute_id) DO UPDATE SET (charge_id, state, provider_state, reason, "
    "resolution, description, currency, amount_minor, opened_us, updated_us, deadline_us, state_code, neutral_reason, outcome) = "
    "(?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
  [SQL_FIRST_LINE_OF_DISPUTE] =
    "SELECT charge_id, currency, amount_minor, posted_us FROM txn "
    "WHERE account_id = ?1 AND dispute_id = ?2 AND type IN (3, 4) "
    "ORDER BY posted_us, transaction_id LIMIT 1",

  [SQL_FIND_ACCOUNT] = "SELECT provider, environment, name FROM account WHERE account_id = ?1",
  [SQL_FIND_FEED_NAME] =
    "SELECT name FROM feed WHERE feed_id = coalesce ((SELECT feed_id FROM document WHERE document_id = ?2), ?1)",
  [SQL_FIND_CASE_BY_DISPUTE] =
    "SELECT case_id FROM dispute_case WHERE provider = ?1 AND environment = ?2 AND dispute_id = ?3",
  [SQL_FIND_MISTYPED_CASE] =
    "SELECT 1 FROM dispute_case AS c WHERE case_id = ?1 AND (kind <> ?2 OR charge_id <> ?3 OR (charge_id IS NULL AND permission_id <> "
    "(SELECT t.permission_id FROM txn AS t WHERE t.account_id = c.account_id AND t.transaction_id = ?3))) "
    "AND EXISTS (SELECT 1 FROM case_source AS s WHERE s.case_id = c.case_id AND s.route IN ('typed', 'email', 'hand')) "
    "AND NOT EXISTS (SELECT 1 FROM case_source AS s WHERE s.case_id = c.case_id AND s.route = 'object')",
  /* the one that waits for its id first, then the newest */
  [SQL_FIND_CASE_BY_CHARGE] =
    "SELECT case_id FROM dispute_case WHERE charge_id = ?3 AND provider = ?1 AND environment = ?2 AND kind = ?4 "
    "AND (dispute_id IS NULL OR ?5) ORDER BY dispute_id IS NOT NULL, created_us DESC, case_id LIMIT 1",
  [SQL_FIND_CASE_BY_PERMISSION] =
    "SELECT case_id FROM dispute_case WHERE permission_id = ?3 AND provider = ?1 AND environment = ?2 AND kind = ?4 "
    "AND ((dispute_id IS NULL AND charge_id IS NULL) OR ?5) "
    "ORDER BY charge_id IS NOT NULL, dispute_id IS NOT NULL, created_us DESC, case_id LIMIT 1",
  [SQL_ADD_CASE] =
    "INSERT INTO dispute_case (uid, provider, environment, account_id, account_name, kind, dispute_id, charge_id, "
    "permission_id, notice_us, estimated_due_us, is_by_hand, told_currency, told_amount_minor, created_us, changed_us) "
    "VALUES (lower (hex (randomblob (16))), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)",
  [SQL_GET_CASE] =
    "SELECT dispute_id, charge_id, permission_id, notice_us, account_id, told_currency, told_amount_minor, kind "
    "FROM dispute_case WHERE case_id = ?1",
  [SQL_SET_CASE] =
    "UPDATE dispute_case SET dispute_id = ?2, charge_id = ?3, permission_id = ?4, notice_us = ?5, estimated_due_us = ?6, "
    "account_id = ?7, told_currency = ?8, told_amount_minor = ?9, changed_us = ?10 WHERE case_id = ?1",
  [SQL_GET_CASE_SEEN] = "SELECT seen_state, seen_reason, seen_due_us FROM dispute_case WHERE case_id = ?1",
  [SQL_SET_CASE_SEEN] =
    "UPDATE dispute_case SET seen_state = ?2, seen_reason = ?3, seen_due_us = ?4, seen_us = ?5 WHERE case_id = ?1",
  [SQL_ADD_CASE_SOURCE] = "INSERT INTO case_source VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
  [SQL_ADD_CASE_EVENT] = "INSERT INTO case_event (case_id, at_us, who, kind, text, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [SQL_LIST_CASES_OF_CHARGE] = "SELECT case_id FROM dispute_case WHERE account_id = ?1 AND charge_id = ?2",
  [SQL_LIST_CASES_OF_DISPUTE] =
    "SELECT case_id FROM dispute_case WHERE account_id = ?1 "
    "AND charge_id = (SELECT charge_id FROM dispute WHERE account_id = ?1 AND dispute_id = ?2)",
  [SQL_DROP_CASE_PAYMENT] = "DELETE FROM case_payment WHERE case_id = ?1",
  [SQL_ADD_CASE_PAYMENT] = "INSERT INTO case_payment " CFOIL_CASE_PAYMENT_SQL "WHERE c.case_id = ?1",

  [SQL_PUT_PURSUIT] =
    "INSERT INTO pursuit (account_id, kind, object_id, due_us, deadline_us, asked_us) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT (account_id, kind, object_id) DO UPDATE SET "
    "due_us = iif (excluded.asked_us IS NULL, min (due_us, excluded.due_us), excluded.due_us), "
    "deadline_us = coalesce (excluded.deadline_us, deadline_us), "
    "asked_us = coalesce (excluded.asked_us, asked_us), why = iif (excluded.asked_us IS NULL, why, NULL)",
  [SQL_DROP_PURSUIT] = "DELETE FROM pursuit WHERE account_id = ?1 AND kind = ?2 AND object_id = ?3",
  [SQL_DEFER_PURSUIT] =
    "UPDATE pursuit SET due_us = ?4, asked_us = ?5, why = ?6 "
    "WHERE account_id = ?1 AND kind = ?2 AND object_id = ?3",
  [SQL_LIST_DUE] =
    "SELECT object_id FROM pursuit WHERE account_id = ?1 AND kind = ?2 AND due_us <= ?3 "
    "ORDER BY deadline_us IS NULL, deadline_us, asked_us, object_id LIMIT ?4",

  [SQL_PUT_DISBURSEMENT] =
    "INSERT INTO disbursement (account_id, settlement_provider_id, merchant_id, bank_reference, "
    "currency, amount_minor, transaction_us, raw, feed_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
    "ON CONFLICT DO UPDATE SET merchant_id = ?3, amount_minor = ?6, transaction_us = ?7, raw = ?8 "
    "WHERE raw <> ?8",
  [SQL_PUT_EXCEPTION] =
    "INSERT INTO exception (account_id, feed_id, kind, subject, message, raw, document_id, "
    "row_number, seen_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
  [SQL_PUT_NOTIFICATION] =
    "INSERT INTO notification VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",

  [SQL_ADD_FEED] =
    "INSERT INTO feed (account_id, name, rank) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (account_id, name) DO UPDATE SET rank = ?3 WHERE rank <> ?3",
  [SQL_FIND_FEED] = "SELECT feed_id, rank FROM feed WHERE account_id = ?1 AND name = ?2",
  [SQL_MARK_FEED_FRESH] =
    "UPDATE feed SET fresh_us = ?2, tried_us = ?2, error_name = NULL, error_message = NULL, "
    "error_request_id = NULL WHERE feed_id = ?1",
  [SQL_MARK_FEED_FAILED] =
    "UPDATE feed SET tried_us = ?2, error_name = ?3, error_message = ?4, error_request_id = ?5 "
    "WHERE feed_id = ?1",
  [SQL_GET_CURSOR] = "SELECT cursor FROM feed WHERE feed_id = ?1",
  [SQL_SET_CURSOR] = "UPDATE feed SET cursor = ?2 WHERE feed_id = ?1",
  [SQL_GET_COVERAGE] = "SELECT start_us, end_us FROM feed_coverage WHERE feed_id = ?1",
  [SQL_CLEAR_COVERAGE] = "DELETE FROM feed_coverage WHERE feed_id = ?1",
  [SQL_ADD_COVERAGE] = "INSERT INTO feed_coverage VALUES (?1, ?2, ?3)",

  [SQL_PUT_REPORT] =
    "INSERT INTO report (feed_id, report_id, provider_type, status, provider_status, "
    "provider_document_id, start_us, end_us, created_us, is_ours) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
    "ON CONFLICT (feed_id, report_id) DO UPDATE SET "
    "provider_type = ?3, status = ?4, provider_status = ?5, "
    "provider_document_id = coalesce (?6, provider_document_id), start_us = coalesce (?7, start_us), "
    "end_us = coalesce (?8, end_us), created_us = coalesce (?9, created_us), is_ours = max (is_ours, ?10)",
  [SQL_LIST_REPORTS] =
    "SELECT report_id, provider_type, provider_document_id, status, start_us, end_us, created_us, is_ours, "
    "iif (document.state <> 'reading', sha256, NULL), n_bytes "
    "FROM report LEFT JOIN document USING (document_id) "
    "WHERE report.feed_id = ?1 AND status = ?2 ORDER BY created_us, report_id",
  [SQL_LINK_REPORT] = "UPDATE report SET document_id = ?3 WHERE feed_id = ?1 AND report_id = ?2",
  [SQL_LIST_REPORTS_OF_DOCUMENT] =
    /* What is imported by hand covers nothing: nobody says that it is all. */
    "SELECT feed_id, start_us, end_us, created_us FROM report JOIN feed USING (feed_id) WHERE document_id = ?1 AND name <> 'imports'",
  [SQL_LIST_REPORTS_OF_SETTLEMENT] =
    "SELECT report_id, provider_type, provider_document_id, status, start_us, end_us, created_us, is_ours FROM report "
    "WHERE feed_id = ?1 AND status = 2 AND document_id IN "
    "(SELECT l.document_id FROM settlement_line AS l JOIN settlement AS s USING (settlement_id) "
    "WHERE s.account_id = ?2 AND s.provider_id = ?3 AND l.type <> 6) ORDER BY created_us, report_id",
  [SQL_LIST_IMBALANCES] = IMBALANCES "ORDER BY subject, d.currency",
  /* kind 5: ARITHMETIC; those of single lines stand in a document */
  [SQL_FIND_IMBALANCE] =
    "SELECT 1 FROM exception WHERE account_id = ?1 AND kind = 5 AND subject = ?2 AND document_id IS NULL AND row_number = 0 AND message = ?3",
  [SQL_DROP_IMBALANCE] =
    "DELETE FROM exception WHERE account_id = ?1 AND kind = 5 AND subject = ?2 AND document_id IS NULL AND row_number = 0",
  [SQL_DROP_OLD_IMBALANCES] =
    "DELETE FROM exception WHERE account_id = ?1 AND kind = 5 AND document_id IS NULL AND row_number = 0 "
    "AND subject IN (SELECT provider_id FROM settlement WHERE account_id = ?1 AND needs_proof = 1) "
    "AND subject NOT IN (SELECT subject FROM (" IMBALANCES "))",
  [SQL_MARK_PROVED] = "UPDATE settlement SET needs_proof = 0 WHERE account_id = ?1 AND needs_proof = 1",
  [SQL_MARK_UNPROVED] = "UPDATE settlement SET needs_proof = 1 WHERE settlement_id = ?1 AND needs_proof = 0",
  [SQL_MARK_UNPROVED_BY_NAME] =
    "UPDATE settlement SET needs_proof = 1 WHERE account_id = ?1 AND provider_id = ?2 AND needs_proof = 0",
  [SQL_UNLINK_DOCUMENT] = "UPDATE report SET document_id = NULL WHERE document_id = ?1",
  [SQL_LIST_UNLINKED_DOCUMENTS] =
    "SELECT document_id, sha256, n_bytes, state = 'refused' FROM document AS d WHERE account_id = ?1 AND source = 'provider' "
    "AND NOT EXISTS (SELECT 1 FROM report AS r WHERE r.document_id = d.document_id)",
  [SQL_DROP_DOCUMENT] =
    "DELETE FROM document AS d WHERE document_id = ?1 "
    "AND NOT EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.document_id = d.document_id) "
    "AND NOT EXISTS (SELECT 1 FROM observation AS o WHERE o.document_id = d.document_id) "
    "AND NOT EXISTS (SELECT 1 FROM exception AS e WHERE e.document_id = d.document_id)",

  [SQL_FIND_DOCUMENT] =
    "SELECT document_id, n_rows_done, state = 'done' FROM document WHERE account_id = ?1 AND sha256 = ?2",
  [SQL_ADD_DOCUMENT] =
    "INSERT INTO document (account_id, feed_id, sha256, type, source, shown_name, n_bytes, "
    "is_proven_whole, received_us, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'reading')",
  [SQL_SET_DOCUMENT_PROGRESS] = "UPDATE document SET n_rows_done = ?2 WHERE document_id = ?1",
  [SQL_END_DOCUMENT] =
    "UPDATE document SET n_rows_done = ?2, state = ?3, error_message = ?4 WHERE document_id = ?1",

  [SQL_FIND_ACTION] =
    "SELECT action_id, idempotency_key, request FROM outbox "
    "WHERE account_id = ?1 AND kind = ?2 AND subject = ?3 AND answered_us IS NULL",
  [SQL_ADD_ACTION] =
    "INSERT INTO outbox (account_id, kind, subject, idempotency_key, request, created_us) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [SQL_END_ACTION] =
    "UPDATE outbox SET http_status = ?2, answer = ?3, answered_us = ?4 WHERE action_id = ?1",
  [SQL_FIND_ANSWER] =
    "SELECT CASE WHEN http_status < 300 THEN answer END FROM outbox WHERE account_id = ?1 AND kind = ?2 AND subject = ?3 "
    "AND answered_us IS NOT NULL ORDER BY action_id DESC LIMIT 1",
};

CfoilWriter *
cfoil_writer_new (CfoilMirror *mirror,
                  gint64       account_id,
                  GError     **error)
{
  g_autoptr (CfoilWriter) self = g_new0 (CfoilWriter, 1);

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);

  self->mirror = g_object_ref (mirror);
  self->account_id = account_id;
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->chunk = g_string_chunk_new (1024);
  self->stale_cases = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->database = cfoil_mirror_open_writer (mirror, error);
  if (self->database == NULL)
    return NULL;
  self->blocks = cfoil_block_writer_new (self->database);
  self->summary = _cfoil_summary_writer_new (self->database);
  return g_steal_pointer (&self);
}

void
cfoil_writer_free (CfoilWriter *self)
{
  if (self == NULL)
    return;
  if (self->database != NULL)
    cfoil_writer_rollback (self);
  for (guint i = 0; i < N_SQL; i++)
    g_clear_pointer (&self->statements[i], cfoil_statement_free);
  g_clear_pointer (&self->blocks, cfoil_block_writer_free);
  g_clear_pointer (&self->summary, _cfoil_summary_writer_free);
  g_clear_pointer (&self->database, cfoil_database_close);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->chunk, g_string_chunk_free);
  g_clear_pointer (&self->stale_cases, g_hash_table_unref);
  g_clear_pointer (&self->case_charges, g_hash_table_unref);
  g_clear_pointer (&self->settlement_name, g_free);
  g_clear_pointer (&self->provider, g_free);
  g_clear_pointer (&self->environment, g_free);
  g_clear_pointer (&self->account_name, g_free);
  _cfoil_writer_forget_twins (self);
  g_clear_object (&self->mirror);
  g_free (self);
}

gint64
cfoil_writer_get_account_id (CfoilWriter *self)
{
  return self->account_id;
}

guint
cfoil_writer_get_n_pending (CfoilWriter *self)
{
  return self->n_pending;
}

gboolean
cfoil_writer_begin (CfoilWriter *self,
                    GError     **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (cfoil_database_in_transaction (self->database))
    return TRUE;
  self->begun_us = g_get_monotonic_time ();
  return cfoil_database_exec (self->database, "BEGIN IMMEDIATE", error);
}

/* Whoever waits to write something short (cfoil_database_begin_between ()) looks every half
 * millisecond: after a long transaction there is time for that, or it might wait for many. */
static void
let_others_write (CfoilWriter *self)
{
  if (g_get_monotonic_time () - self->begun_us > LONG_TRANSACTION_US)
    g_usleep (PAUSE_US);
}

gboolean
cfoil_writer_commit (CfoilWriter *self,
                     GError     **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!cfoil_database_in_transaction (self->database))
    return TRUE;
  /* A commit can fail after every insert succeeded (a full disk). */
  if (!cfoil_block_writer_flush (self->blocks, error) || !_cfoil_summary_writer_flush (self->summary, error) ||
      !_cfoil_writer_flush_case_payments (self, error) ||
      !cfoil_database_exec (self->database, "COMMIT", error))
    return FALSE;
  _cfoil_summary_writer_forget (self->summary);
  _cfoil_writer_forget_case_payments (self);
  self->n_pending = 0;
  self->unproved_id = 0;
  cfoil_mirror_notify_changed (self->mirror);
  let_others_write (self);
  return TRUE;
}

void
cfoil_writer_rollback (CfoilWriter *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < N_SQL; i++)
    if (self->statements[i] != NULL)
      cfoil_statement_reset (self->statements[i]);
  if (cfoil_database_in_transaction (self->database))
    cfoil_database_exec (self->database, "ROLLBACK", NULL);
  /* Ids given out since the last commit are void. */
  if (self->blocks != NULL)
    cfoil_block_writer_forget (self->blocks);
  if (self->summary != NULL)
    _cfoil_summary_writer_forget (self->summary);
  _cfoil_writer_forget_case_payments (self);
  g_hash_table_remove_all (self->words);
  g_clear_pointer (&self->settlement_name, g_free);
  _cfoil_writer_forget_twins (self);
  self->unproved_id = 0;
  self->moved_from_id = self->moved_to_id = 0;
  self->n_pending = 0;
}

void
cfoil_writer_set_source (CfoilWriter *self,
                         gint64       feed_id,
                         gint64       document_id,
                         gboolean     is_asked)
{
  g_return_if_fail (self != NULL);

  self->feed_id = feed_id;
  self->document_id = document_id;
  self->is_asked = is_asked;
}

CfoilStatement *
_cfoil_writer_get (CfoilWriter *self,
                   SqlId        id,
                   GError     **error)
{
  if (self->statements[id] == NULL)
    self->statements[id] = cfoil_database_prepare (self->database, sql[id], error);
  return self->statements[id];
}

gboolean
_cfoil_writer_touch (CfoilWriter *self,
                     GError     **error)
{
  self->n_pending++;
  return cfoil_writer_begin (self, error);
}

gboolean
_cfoil_writer_intern (CfoilWriter *self,
                      const char  *text,
                      gint64      *word_id,
                      GError     **error)
{
  CfoilStatement *statement;
  gint64 *known;
  CfoilStep step;

  *word_id = CFOIL_UNKNOWN;
  if (text == NULL || *text == '\0')
    return TRUE;
  known = g_hash_table_lookup (self->words, text);
  if (known != NULL)
    {
      *word_id = *known;
      return TRUE;
    }

  statement = _cfoil_writer_get (self, SQL_FIND_WORD, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, text);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    *word_id = cfoil_statement_column_int64 (statement, 0);
  cfoil_statement_reset (statement);
  if (step == CFOIL_STEP_ERROR)
    return FALSE;

  if (step == CFOIL_STEP_DONE)
    {
      statement = _cfoil_writer_get (self, SQL_ADD_WORD, error);
      if (statement == NULL)
        return FALSE;
      cfoil_statement_bind_text (statement, 1, text);
      if (!cfoil_statement_run (statement, error))
        return FALSE;
      *word_id = cfoil_database_last_insert_id (self->database);
    }
  g_hash_table_insert (self->words, g_strdup (text), g_memdup2 (word_id, sizeof *word_id));
  return TRUE;
}
