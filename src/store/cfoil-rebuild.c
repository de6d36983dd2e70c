/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-rebuild.h"

#include "cfoil-account.h"
#include "cfoil-block-writer.h"
#include "cfoil-document-file.h"
#include "cfoil-period-watch.h"
#include "cfoil-time.h"
#include "cfoil-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define REBUILT_NAME "mirror.rebuild.sqlite"
#define MAX_PER_SECOND 1000

struct _CfoilRebuild
{
  CfoilMirror *old;        /* (owned) */
  CfoilMirror *rebuilt;    /* (owned) */
  CfoilDatabase *database; /* (owned): the old mirror, ours alone */
  GArray *kept_documents;  /* (owned): gint64 ids; taken over from the old mirror */
};

/* What nobody could ask for again, table by table, parents first.  Rows keep
 * their ids, so references stay right. */
static const char *const copies[] = {
  "INSERT INTO fresh.account SELECT * FROM main.account",
  "INSERT INTO fresh.word SELECT * FROM main.word",
  "INSERT INTO fresh.feed SELECT * FROM main.feed",
  "INSERT INTO fresh.feed_coverage SELECT * FROM main.feed_coverage",
  "INSERT INTO fresh.document SELECT * FROM main.document",
  "INSERT INTO fresh.report SELECT * FROM main.report",
  "INSERT INTO fresh.observation SELECT * FROM main.observation WHERE document_id IS NULL",
  "INSERT INTO fresh.pursuit SELECT * FROM main.pursuit",
  "INSERT INTO fresh.disbursement SELECT * FROM main.disbursement",
  "INSERT INTO fresh.exception SELECT * FROM main.exception WHERE document_id IS NULL",
  "INSERT INTO fresh.notification SELECT * FROM main.notification",
  "INSERT INTO fresh.outbox SELECT * FROM main.outbox",
  "INSERT INTO fresh.annotation SELECT * FROM main.annotation",
  "INSERT INTO fresh.saved_view SELECT * FROM main.saved_view",
  "INSERT INTO fresh.dispute_case SELECT * FROM main.dispute_case",
  "INSERT INTO fresh.case_source SELECT * FROM main.case_source",
  "INSERT INTO fresh.case_event SELECT * FROM main.case_event",
  "INSERT INTO fresh.reminder SELECT * FROM main.reminder",
  "INSERT INTO fresh.evidence_file SELECT * FROM main.evidence_file",
  "INSERT INTO fresh.draft SELECT * FROM main.draft",
  "INSERT INTO fresh.draft_version SELECT * FROM main.draft_version",
  "INSERT INTO fresh.library_item SELECT * FROM main.library_item",
  "INSERT INTO fresh.submission SELECT * FROM main.submission",
  "INSERT INTO fresh.submission_item SELECT * FROM main.submission_item",
  "UPDATE fresh.summary_zone SET (zone, rules) = (SELECT zone, rules FROM main.summary_zone)",
  "INSERT INTO fresh.bank_mapping SELECT * FROM main.bank_mapping",
  "INSERT INTO fresh.bank_statement SELECT * FROM main.bank_statement",
  "INSERT INTO fresh.bank_entry SELECT * FROM main.bank_entry",
  "INSERT INTO fresh.bank_repeat SELECT * FROM main.bank_repeat",
  "INSERT INTO fresh.bank_match SELECT * FROM main.bank_match",
  "INSERT INTO fresh.anomaly SELECT * FROM main.anomaly",
  "INSERT INTO fresh.anomaly_state SELECT * FROM main.anomaly_state",
  "INSERT INTO fresh.report_definition SELECT * FROM main.report_definition",
  "INSERT INTO fresh.report_schedule SELECT * FROM main.report_schedule",
  "INSERT INTO fresh.ledger_account SELECT * FROM main.ledger_account",
  "INSERT INTO fresh.fx_rate SELECT * FROM main.fx_rate",
  "INSERT INTO fresh.fraud_report SELECT * FROM main.fraud_report",
};

/* Only after all rows have been read again: while they come, no period is watched. */
static const char *const late_copies[] = {
  "INSERT INTO fresh.period_lock SELECT * FROM main.period_lock",
  "INSERT INTO fresh.period_lock_sum SELECT * FROM main.period_lock_sum",
  "INSERT INTO fresh.period_adjustment SELECT * FROM main.period_adjustment",
  "INSERT INTO fresh.period_return SELECT * FROM main.period_return",
};

static void
remove_database (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (path);
  g_unlink (wal);
  g_unlink (shm);
}

/* With the log's index in our own memory instead of a shared file, SQLite lets
 * nobody else in, and nothing can be written that the new file would not have. */
static CfoilDatabase *
open_alone (CfoilMirror *old,
            GError     **error)
{
  g_autoptr (CfoilDatabase) database = cfoil_database_open (cfoil_mirror_get_path (old), CFOIL_DATABASE_CREATE, error);
  g_autoptr (GError) local = NULL;

  if (database == NULL)
    return NULL;
  cfoil_database_set_busy_timeout (database, 2000);
  if (cfoil_database_exec (database, "PRAGMA main.locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT;", &local))
    return g_steal_pointer (&database);
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_BUSY))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 "Another program has %s open; close the window first", cfoil_mirror_get_path (old));
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
list_unsound_documents (CfoilRebuild *self,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (self->database, "SELECT document_id, sha256 FROM document", error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 document_id = cfoil_statement_column_int64 (rows, 0);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!cfoil_document_file_is_intact (self->old, cfoil_statement_column_text (rows, 1), cancellable))
        g_array_append_val (self->kept_documents, document_id);
    }
  return step == CFOIL_STEP_DONE;
}

/* Runs SQL with each kept document's id in the place of %d. */
static gboolean
for_kept_documents (CfoilRebuild *self,
                    const char   *sql,
                    GError      **error)
{
  for (guint i = 0; i < self->kept_documents->len; i++)
    {
      g_autofree char *one = g_strdup_printf (sql, g_array_index (self->kept_documents, gint64, i));

      if (!cfoil_database_exec (self->database, one, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
copy_rows (CfoilRebuild *self,
           GError      **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    if (!cfoil_database_exec (self->database, copies[i], error))
      return FALSE;
  return for_kept_documents (self,
                             "INSERT INTO fresh.observation SELECT * FROM main.observation WHERE document_id = %" G_GINT64_FORMAT,
                             error) &&
         for_kept_documents (self,
                             "INSERT INTO fresh.exception SELECT * FROM main.exception WHERE document_id = %" G_GINT64_FORMAT,
                             error);
}

/* All but the kept ones are read again; those keep their state. */
static gboolean
mark_unread (CfoilRebuild *self,
             GError      **error)
{
  return cfoil_database_exec (self->database,
                              "UPDATE fresh.document SET n_rows_done = 0, state = 'reading', error_message = NULL",
                              error) &&
         for_kept_documents (self,
                             "UPDATE fresh.document SET (n_rows_done, state, error_message) = "
                             "(SELECT n_rows_done, state, error_message FROM main.document AS o "
                             "WHERE o.document_id = fresh.document.document_id) WHERE document_id = %" G_GINT64_FORMAT,
                             error);
}

static gboolean
fill_tables (CfoilRebuild *self,
             GError      **error)
{
  return copy_rows (self, error) && mark_unread (self, error);
}

/* Locked periods, and what the rebuilt rows say differently of them. */
static gboolean
keep_periods (CfoilRebuild *self,
              GError      **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (late_copies); i++)
    if (!cfoil_database_exec (self->database, late_copies[i], error))
      return FALSE;
  return _cfoil_period_watch_compare (self->database, "main", "fresh", error);
}

/* When a row was first seen follows from nothing that was said: only the old
 * mirror knows, also that it did not know. */
static gboolean
keep_first_seen (CfoilRebuild *self,
                 GError      **error)
{
  return cfoil_database_exec (self->database,
                              "UPDATE fresh.txn SET first_seen_us = o.first_seen_us FROM main.txn AS o "
                              "WHERE o.account_id = fresh.txn.account_id AND o.transaction_id = fresh.txn.transaction_id "
                              "AND o.first_seen_us IS NOT fresh.txn.first_seen_us",
                              error);
}

/* Runs FUNC in one transaction that has the old mirror as main and the new one
 * as fresh. */
static gboolean
run_over_both (CfoilRebuild *self,
               gboolean    (*func) (CfoilRebuild *self,
                                    GError      **error),
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (CfoilStatement) attach = cfoil_database_prepare (self->database, "ATTACH ?1 AS fresh", error);
  gboolean ok;

  if (attach == NULL)
    return FALSE;
  cfoil_statement_bind_text (attach, 1, cfoil_mirror_get_path (self->rebuilt));
  if (!cfoil_statement_run (attach, error))
    return FALSE;
  g_clear_pointer (&attach, cfoil_statement_free);

  cfoil_database_set_cancellable (self->database, cancellable);
  ok = cfoil_database_exec (self->database, "BEGIN IMMEDIATE", error) &&
       func (self, error) &&
       cfoil_database_exec (self->database, "COMMIT", error);
  cfoil_database_set_cancellable (self->database, NULL);
  if (!ok)
    {
      g_prefix_error_literal (error, "The old mirror cannot be read: ");
      if (cfoil_database_in_transaction (self->database))
        cfoil_database_exec (self->database, "ROLLBACK", NULL);
    }
  return cfoil_database_exec (self->database, "DETACH fresh", ok ? error : NULL) && ok;
}

/* The lines of a document whose raw file is gone: told again by the old mirror. */
static const char lines_sql[] =
  "SELECT s.provider_id, s.merchant_id, s.start_us, s.end_us, l.type, w.text, nullif (l.provider_id, ''), "
  "iif (t.state <> 0, t.transaction_id, NULL), l.posted_us, l.currency, l.amount_minor, l.fee_percentage_minor, "
  "l.fee_fixed_minor, l.fee_minor, l.net_minor, l.charge_id, l.permission_id, l.dispute_id, l.merchant_reference, "
  "l.order_reference, st.text, l.description, l.extra, l.row_number "
  "FROM settlement_line AS l JOIN settlement AS s USING (settlement_id) JOIN txn AS t USING (txn_id) "
  "JOIN word AS w ON w.word_id = l.provider_type_id LEFT JOIN word AS st ON st.word_id = l.store_id "
  "WHERE s.account_id = ?1 AND l.document_id = ?2 ORDER BY l.row_number";

static gboolean
put_old_line (CfoilWriter    *writer,
              CfoilStatement *row,
              GError        **error)
{
  int i = 0;
  CfoilSettlement settlement = {
    .settlement_id = cfoil_statement_column_text (row, i++),
    .merchant_id = cfoil_statement_column_text (row, i++),
    .start_us = cfoil_statement_column_int64 (row, i++),
    .end_us = cfoil_statement_column_int64 (row, i++),
  };
  CfoilSettlementLine line = {
    .settlement_id = settlement.settlement_id,
    .type = (CfoilType) cfoil_statement_column_int64 (row, i++),
    .provider_type = cfoil_statement_column_text (row, i++),
    .provider_id = cfoil_statement_column_text (row, i++),
    .object_id = cfoil_statement_column_text (row, i++),
    .posted_us = cfoil_statement_column_int64 (row, i++),
    .currency = cfoil_statement_column_text (row, i++),
    .amount_minor = cfoil_statement_column_int64 (row, i++),
    .fee_percentage_minor = cfoil_statement_column_int64 (row, i++),
    .fee_fixed_minor = cfoil_statement_column_int64 (row, i++),
    .fee_minor = cfoil_statement_column_int64 (row, i++),
    .net_minor = cfoil_statement_column_int64 (row, i++),
    .charge_id = cfoil_statement_column_text (row, i++),
    .permission_id = cfoil_statement_column_text (row, i++),
    .dispute_id = cfoil_statement_column_text (row, i++),
    .merchant_reference = cfoil_statement_column_text (row, i++),
    .order_reference = cfoil_statement_column_text (row, i++),
    .store = cfoil_statement_column_text (row, i++),
    .description = cfoil_statement_column_text (row, i++),
    .extra = cfoil_statement_column_text (row, i++),
    .row_number = (guint64) cfoil_statement_column_int64 (row, i++),
  };

  return cfoil_writer_put_settlement (writer, &settlement, error) &&
         cfoil_writer_put_line (writer, &line, error);
}

static gboolean
put_kept_lines (CfoilRebuild *self,
                CfoilWriter  *writer,
                GError      **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (self->database, lines_sql, error);
  gboolean ok = rows != NULL;

  for (guint i = 0; ok && i < self->kept_documents->len; i++)
    {
      gint64 document_id = g_array_index (self->kept_documents, gint64, i);
      CfoilStep step = CFOIL_STEP_DONE;

      cfoil_writer_set_source (writer, 0, document_id, FALSE);
      cfoil_statement_bind_int64 (rows, 1, cfoil_writer_get_account_id (writer));
      cfoil_statement_bind_int64 (rows, 2, document_id);
      while (ok && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
        ok = put_old_line (writer, rows, error);
      cfoil_statement_reset (rows);
      ok = ok && step == CFOIL_STEP_DONE;
    }
  return ok;
}

static gboolean
fill_derived (CfoilRebuild *self,
              GError      **error)
{
  g_autoptr (GPtrArray) accounts = cfoil_account_list (self->rebuilt, error);

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      CfoilAccount *account = g_ptr_array_index (accounts, i);
      g_autoptr (CfoilWriter) writer = cfoil_writer_new (self->rebuilt, account->account_id, error);

      if (writer == NULL ||
          !cfoil_writer_derive_all (writer, error) ||
          !put_kept_lines (self, writer, error) ||
          !cfoil_writer_commit (writer, error))
        return FALSE;
    }
  return TRUE;
}

CfoilRebuild *
cfoil_rebuild_begin (CfoilMirror  *old,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (CfoilRebuild) self = g_new0 (CfoilRebuild, 1);
  const char *folder = cfoil_mirror_get_folder (old);
  g_autofree char *path = g_build_filename (folder, REBUILT_NAME, NULL);

  self->old = g_object_ref (old);
  self->kept_documents = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->database = open_alone (old, error);
  if (self->database == NULL)
    return NULL;

  /* What a killed rebuild left is of no use. */
  remove_database (path);
  self->rebuilt = cfoil_mirror_open_named (folder, REBUILT_NAME, error);
  if (self->rebuilt == NULL ||
      !list_unsound_documents (self, cancellable, error) ||
      !run_over_both (self, fill_tables, cancellable, error) ||
      !fill_derived (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

CfoilMirror *
cfoil_rebuild_get_mirror (CfoilRebuild *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rebuilt;
}

/* After the last row was read again.  The packed columns hold the times, too. */
static gboolean
carry_rest (CfoilRebuild *self,
                  GError      **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;
  g_autoptr (CfoilBlockWriter) blocks = NULL;

  if (!run_over_both (self, keep_first_seen, NULL, error) || !run_over_both (self, keep_periods, NULL, error))
    return FALSE;
  writer = cfoil_mirror_open_writer (self->rebuilt, error);
  if (writer == NULL)
    return FALSE;
  blocks = cfoil_block_writer_new (writer);
  return cfoil_database_exec (writer, "BEGIN IMMEDIATE", error) &&
         cfoil_block_writer_touch_account (blocks, 0, error) &&
         cfoil_block_writer_flush (blocks, error) &&
         cfoil_database_exec (writer, "COMMIT", error);
}

static gboolean
checkpoint (CfoilMirror *mirror,
            GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  return writer != NULL && cfoil_database_exec (writer, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

static gboolean
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

/* The old file under a name of its own, besides the one it has; two in one second have two
 * names.  NULL: errno. */
static char *
keep_old (const char *path)
{
  char time[CFOIL_TIME_BUFFER];

  cfoil_time_format_basic (time, cfoil_time_now_us ());
  for (guint n = 1;; n++)
    {
      g_autofree char *number = n > 1 ? g_strdup_printf ("-%u", n) : g_strdup ("");
      g_autofree char *kept = g_strconcat (path, CFOIL_MIRROR_REPLACED_INFIX, time, number, NULL);

      if (link (path, kept) == 0)
        return g_steal_pointer (&kept);
      if (errno != EEXIST || n == MAX_PER_SECOND)
        return NULL;
    }
}

gboolean
cfoil_rebuild_finish (CfoilRebuild *self,
                      char        **kept_path,
                      GError      **error)
{
  const char *path = cfoil_mirror_get_path (self->old);
  const char *rebuilt_path = cfoil_mirror_get_path (self->rebuilt);
  g_autofree char *kept = NULL;

  /* Into the old file with all that is in its log: the log must not meet the new
   * file, and without one the old file is whole by itself. */
  if (!carry_rest (self, error) ||
      !checkpoint (self->rebuilt, error) ||
      !cfoil_database_exec (self->database, "PRAGMA journal_mode = DELETE", error))
    return FALSE;

  /* At every moment there is a whole mirror under its name. */
  kept = keep_old (path);
  if (kept == NULL || g_rename (rebuilt_path, path) != 0 || !sync_folder (cfoil_mirror_get_folder (self->old)))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot replace %s: %s", path, g_strerror (errno));
      return FALSE;
    }
  cfoil_mirror_remove_replaced (self->old, kept);
  *kept_path = g_steal_pointer (&kept);
  cfoil_mirror_notify_changed (self->old);
  return TRUE;
}

void
cfoil_rebuild_free (CfoilRebuild *self)
{
  if (self == NULL)
    return;
  if (self->rebuilt != NULL)
    remove_database (cfoil_mirror_get_path (self->rebuilt));
  g_clear_pointer (&self->database, cfoil_database_close);
  g_clear_pointer (&self->kept_documents, g_array_unref);
  g_clear_object (&self->rebuilt);
  g_clear_object (&self->old);
  g_free (self);
}
