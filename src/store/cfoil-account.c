/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"

#include "cfoil-block-writer.h"
#include <glib/gstdio.h>

#define COLUMNS \
  "account_id, name, provider, region, environment, public_key_id, merchant_id, endpoint, ca_file, " \
  "key_storage, key_file, history_days, request_rate, created_us"

CfoilAccount *
cfoil_account_new (void)
{
  return g_new0 (CfoilAccount, 1);
}

CfoilAccount *
cfoil_account_copy (const CfoilAccount *self)
{
  CfoilAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->provider = g_strdup (self->provider);
  copy->region = g_strdup (self->region);
  copy->environment = g_strdup (self->environment);
  copy->public_key_id = g_strdup (self->public_key_id);
  copy->merchant_id = g_strdup (self->merchant_id);
  copy->endpoint = g_strdup (self->endpoint);
  copy->ca_file = g_strdup (self->ca_file);
  copy->key_storage = g_strdup (self->key_storage);
  copy->key_file = g_strdup (self->key_file);
  return copy;
}

void
cfoil_account_free (CfoilAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->provider);
  g_free (self->region);
  g_free (self->environment);
  g_free (self->public_key_id);
  g_free (self->merchant_id);
  g_free (self->endpoint);
  g_free (self->ca_file);
  g_free (self->key_storage);
  g_free (self->key_file);
  g_free (self);
}

static CfoilAccount *
read_account (CfoilStatement *statement)
{
  CfoilAccount *account = cfoil_account_new ();
  int i = 0;

  account->account_id = cfoil_statement_column_int64 (statement, i++);
  account->name = g_strdup (cfoil_statement_column_text (statement, i++));
  account->provider = g_strdup (cfoil_statement_column_text (statement, i++));
  account->region = g_strdup (cfoil_statement_column_text (statement, i++));
  account->environment = g_strdup (cfoil_statement_column_text (statement, i++));
  account->public_key_id = g_strdup (cfoil_statement_column_text (statement, i++));
  account->merchant_id = g_strdup (cfoil_statement_column_text (statement, i++));
  account->endpoint = g_strdup (cfoil_statement_column_text (statement, i++));
  account->ca_file = g_strdup (cfoil_statement_column_text (statement, i++));
  account->key_storage = g_strdup (cfoil_statement_column_text (statement, i++));
  account->key_file = g_strdup (cfoil_statement_column_text (statement, i++));
  account->history_days = (guint) cfoil_statement_column_int64 (statement, i++);
  account->request_rate = (guint) cfoil_statement_column_int64 (statement, i++);
  account->created_us = cfoil_statement_column_int64 (statement, i++);
  return account;
}

static GPtrArray *
list_where (CfoilMirror *mirror,
            const char  *sql,
            const char  *name,
            GError     **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_account_free);
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (CfoilStatement) statement = NULL;
  CfoilStep step;

  if (reader == NULL || (statement = cfoil_database_prepare (reader, sql, error)) == NULL)
    return NULL;
  if (name != NULL)
    cfoil_statement_bind_text (statement, 1, name);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (accounts, read_account (statement));
  g_clear_pointer (&statement, cfoil_statement_free);
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&accounts) : NULL;
}

GPtrArray *
cfoil_account_list (CfoilMirror *mirror,
                    GError     **error)
{
  return list_where (mirror, "SELECT " COLUMNS " FROM account ORDER BY name", NULL, error);
}

CfoilAccount *
cfoil_account_find (CfoilMirror *mirror,
                    const char  *name,
                    GError     **error)
{
  g_autoptr (GPtrArray) accounts = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  accounts = list_where (mirror, "SELECT " COLUMNS " FROM account WHERE name = ?1", name, error);
  if (accounts == NULL)
    return NULL;
  if (accounts->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no account “%s”", name);
      return NULL;
    }
  return g_ptr_array_steal_index (accounts, 0);
}

/* In the order of COLUMNS, without account_id. */
static void
bind_account (CfoilStatement     *statement,
              const CfoilAccount *account)
{
  int i = 1;

  cfoil_statement_bind_text (statement, i++, account->name);
  cfoil_statement_bind_text (statement, i++, account->provider);
  cfoil_statement_bind_text (statement, i++, account->region);
  cfoil_statement_bind_text (statement, i++, account->environment);
  cfoil_statement_bind_text (statement, i++, account->public_key_id);
  cfoil_statement_bind_text (statement, i++, account->merchant_id);
  cfoil_statement_bind_text (statement, i++, account->endpoint);
  cfoil_statement_bind_text (statement, i++, account->ca_file);
  cfoil_statement_bind_text (statement, i++, account->key_storage);
  cfoil_statement_bind_text (statement, i++, account->key_file);
  cfoil_statement_bind_int64 (statement, i++, account->history_days);
  cfoil_statement_bind_int64 (statement, i++, account->request_rate);
  cfoil_statement_bind_int64 (statement, i++, account->created_us);
}

/* Of an account that comes back, cases have no id to be found by: those recorded by
 * hand.  Others are found again when the provider tells of them. */
static gboolean
take_back_cases (CfoilDatabase *writer,
                 gint64         account_id,
                 GError       **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer,
                                      "UPDATE dispute_case AS c SET account_id = a.account_id FROM account AS a "
                                      "WHERE a.account_id = ?1 AND c.account_id IS NULL AND c.provider = a.provider "
                                      "AND c.environment = a.environment AND c.account_name = a.name COLLATE NOCASE",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, account_id);
  return cfoil_statement_run (statement, error);
}

static gboolean
write_account (CfoilMirror        *mirror,
               const char         *sql,
               const CfoilAccount *account,
               gint64             *account_id,
               GError            **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);
  g_autoptr (CfoilStatement) statement = NULL;
  gboolean ok;

  if (writer == NULL || (statement = cfoil_database_prepare (writer, sql, error)) == NULL)
    return FALSE;
  bind_account (statement, account);
  if (account_id == NULL)
    cfoil_statement_bind_int64 (statement, 14, account->account_id);
  ok = cfoil_statement_run (statement, error);
  if (ok && account_id != NULL)
    {
      *account_id = cfoil_database_last_insert_id (writer);
      ok = take_back_cases (writer, *account_id, error);
    }
  g_clear_pointer (&statement, cfoil_statement_free);
  if (ok)
    cfoil_mirror_notify_changed (mirror);
  return ok;
}

gboolean
cfoil_account_add (CfoilMirror  *mirror,
                   CfoilAccount *account,
                   GError      **error)
{
  g_autoptr (CfoilAccount) existing = cfoil_account_find (mirror, account->name, NULL);

  if (existing != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is already an account “%s”", account->name);
      return FALSE;
    }
  return write_account (mirror,
                        "INSERT INTO account (" COLUMNS ") "
                        "VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                        account, &account->account_id, error);
}

gboolean
cfoil_account_update (CfoilMirror        *mirror,
                      const CfoilAccount *account,
                      GError            **error)
{
  return write_account (mirror,
                        "UPDATE account SET name = ?1, provider = ?2, region = ?3, environment = ?4, public_key_id = ?5, "
                        "merchant_id = ?6, endpoint = ?7, ca_file = ?8, key_storage = ?9, key_file = ?10, "
                        "history_days = ?11, request_rate = ?12, created_us = coalesce (nullif (?13, 0), created_us) "
                        "WHERE account_id = ?14",
                        account, NULL, error);
}

/* Every table that holds something of an account, children first. */
static const char *const delete_sql =
  "DELETE FROM settlement_line WHERE settlement_id IN (SELECT settlement_id FROM settlement WHERE account_id = %1$" G_GINT64_FORMAT ");"
  "DELETE FROM settlement_sum WHERE settlement_id IN (SELECT settlement_id FROM settlement WHERE account_id = %1$" G_GINT64_FORMAT ");"
  "DELETE FROM case_payment WHERE (SELECT t.account_id FROM txn AS t WHERE t.txn_id = case_payment.txn_id) = %1$" G_GINT64_FORMAT ";"
  "DELETE FROM report WHERE feed_id IN (SELECT feed_id FROM feed WHERE account_id = %1$" G_GINT64_FORMAT ");"
  "DELETE FROM feed_coverage WHERE feed_id IN (SELECT feed_id FROM feed WHERE account_id = %1$" G_GINT64_FORMAT ");";

/* Cases are the merchant's and stay, with what the provider said of them last. */
static const char keep_cases_sql[] =
  "UPDATE dispute_case AS c SET said_state = d.state, said_reason = nullif (d.neutral_reason, 0), said_outcome = d.outcome, "
  "said_currency = d.currency, said_amount_minor = d.amount_minor, said_opened_us = coalesce (d.opened_us, c.said_opened_us), "
  "said_due_us = coalesce (d.deadline_us, c.said_due_us) FROM dispute AS d "
  "WHERE c.account_id = %1$" G_GINT64_FORMAT " AND d.account_id = c.account_id AND d.dispute_id = c.dispute_id "
  "AND (d.state <> 1 OR d.provider_state IS NOT NULL);"
  "UPDATE dispute_case SET account_name = (SELECT a.name FROM account AS a WHERE a.account_id = %1$" G_GINT64_FORMAT "), "
  "account_id = NULL WHERE account_id = %1$" G_GINT64_FORMAT ";";

/* What closed periods came to, statements of banks and the books are the merchant's, and
 * stay. */
static const char *const account_tables[] = {
  "daily", "hourly", "daily_amount", "daily_settled", "fraud_report", "period_return", "anomaly", "anomaly_state", "report_schedule",
  "outbox", "notification", "exception", "disbursement", "pursuit", "dispute", "charge_permission", "observation", "txn", "settlement", "document", "feed", "account"
};

/* Names of stores, say, that nobody else uses. */
static const char delete_words_sql[] =
  "DELETE FROM word WHERE word_id NOT IN ("
  "SELECT provider_type_id FROM txn WHERE provider_type_id IS NOT NULL "
  "UNION SELECT store_id FROM txn WHERE store_id IS NOT NULL "
  "UNION SELECT provider_type_id FROM settlement_line "
  "UNION SELECT store_id FROM settlement_line WHERE store_id IS NOT NULL "
  "UNION SELECT store_id FROM observation WHERE store_id IS NOT NULL "
  "UNION SELECT store_id FROM charge_permission WHERE store_id IS NOT NULL);";

/* With the keys off: without them each document that goes would be looked for in
 * every line of every other account. */
static gboolean
delete_rows (CfoilDatabase *writer,
             gint64         account_id,
             GError       **error)
{
  g_autoptr (CfoilBlockWriter) blocks = cfoil_block_writer_new (writer);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, keep_cases_sql, account_id);
  g_string_append_printf (sql, delete_sql, account_id);
  for (guint i = 0; i < G_N_ELEMENTS (account_tables); i++)
    g_string_append_printf (sql, "DELETE FROM %s WHERE account_id = %" G_GINT64_FORMAT ";",
                            account_tables[i], account_id);
  g_string_append (sql, delete_words_sql);

  if (cfoil_database_exec (writer, "PRAGMA foreign_keys = 0; PRAGMA secure_delete = 1; BEGIN IMMEDIATE", error) &&
      cfoil_block_writer_touch_account (blocks, account_id, error) &&
      cfoil_database_exec (writer, sql->str, error) &&
      cfoil_block_writer_flush (blocks, error) &&
      cfoil_database_exec (writer, "COMMIT", error))
    return TRUE;
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

/* Raw files that no other account refers to. */
static GPtrArray *
list_files (CfoilMirror   *mirror,
            CfoilDatabase *writer,
            gint64         account_id,
            GError       **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CfoilStatement) statement = NULL;
  CfoilStep step;

  statement = cfoil_database_prepare (writer,
                                      "SELECT sha256 FROM document WHERE account_id = ?1 AND sha256 NOT IN "
                                      "(SELECT sha256 FROM document WHERE account_id <> ?1)",
                                      error);
  if (statement == NULL)
    return NULL;
  cfoil_statement_bind_int64 (statement, 1, account_id);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (paths, cfoil_mirror_dup_document_path (mirror, cfoil_statement_column_text (statement, 0)));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&paths) : NULL;
}

gboolean
cfoil_account_remove (CfoilMirror *mirror,
                      const char  *name,
                      GError     **error)
{
  g_autoptr (CfoilAccount) account = cfoil_account_find (mirror, name, error);
  g_autoptr (CfoilDatabase) writer = NULL;
  g_autoptr (GPtrArray) paths = NULL;

  if (account == NULL)
    return FALSE;
  writer = cfoil_mirror_open_writer (mirror, error);
  if (writer == NULL)
    return FALSE;
  paths = list_files (mirror, writer, account->account_id, error);
  if (paths == NULL || !delete_rows (writer, account->account_id, error))
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    g_unlink (g_ptr_array_index (paths, i));
  cfoil_mirror_remove_replaced (mirror, NULL);
  /* So that nothing of it is left in free pages or in the log. */
  cfoil_database_exec (writer, "VACUUM; PRAGMA wal_checkpoint (TRUNCATE);", NULL);
  cfoil_mirror_notify_changed (mirror);
  return TRUE;
}
