/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-statement.h"

#include <glib/gi18n.h>

void
cfoil_bank_statement_free (CfoilBankStatement *self)
{
  g_free (self->name);
  g_free (self->bank_account);
  g_free (self);
}

/* Each entry is looked at once. */
#define SQL_LIST \
  "WITH entry AS (SELECT e.statement_id AS statement_id, count (*) AS n, count (m.entry_id) AS n_matched, min (e.day) AS first_day, " \
  "  max (e.day) AS last_day FROM bank_entry AS e LEFT JOIN bank_match AS m USING (entry_id) GROUP BY 1) " \
  "SELECT s.statement_id, s.shown_name, s.bank_account, s.imported_us, coalesce (entry.n, 0), coalesce (entry.n_matched, 0), " \
  "  coalesce (entry.first_day, 0), coalesce (entry.last_day, 0) " \
  "FROM bank_statement AS s LEFT JOIN entry USING (statement_id) ORDER BY s.imported_us DESC, s.statement_id DESC LIMIT ?1"

static CfoilBankStatement *
statement_from_row (CfoilStatement *row)
{
  CfoilBankStatement *self = g_new0 (CfoilBankStatement, 1);

  self->statement_id = cfoil_statement_column_int64 (row, 0);
  self->name = g_strdup (cfoil_statement_column_text (row, 1));
  self->bank_account = g_strdup (cfoil_statement_column_text (row, 2));
  self->imported_us = cfoil_statement_column_int64 (row, 3);
  self->n_entries = (guint64) cfoil_statement_column_int64 (row, 4);
  self->n_matched = (guint64) cfoil_statement_column_int64 (row, 5);
  self->first_day = (gint32) cfoil_statement_column_int64 (row, 6);
  self->last_day = (gint32) cfoil_statement_column_int64 (row, 7);
  return self;
}

GPtrArray *
cfoil_bank_statement_list (CfoilDatabase *database,
                           guint          limit,
                           GError       **error)
{
  g_autoptr (GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_bank_statement_free);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, SQL_LIST, error);
  CfoilStep step;

  if (row == NULL)
    return NULL;
  cfoil_statement_bind_int64 (row, 1, limit);
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (statements, statement_from_row (row));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&statements) : NULL;
}

static gboolean
run_with_id (CfoilDatabase *writer,
             const char    *sql,
             gint64         statement_id,
             GError       **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (writer, sql, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, statement_id);
  return cfoil_statement_run (statement, error);
}

/* What another statement has, too, becomes an entry of the earliest of them. */
static gboolean
remove_in_writer (CfoilDatabase *writer,
                  gint64         statement_id,
                  GError       **error)
{
  if (!run_with_id (writer, "UPDATE bank_entry SET (statement_id, row_number) = (SELECT r.statement_id, r.row_number FROM bank_repeat AS r "
                    "WHERE r.entry_id = bank_entry.entry_id ORDER BY r.statement_id LIMIT 1) WHERE statement_id = ?1 AND EXISTS "
                    "(SELECT 1 FROM bank_repeat AS r WHERE r.entry_id = bank_entry.entry_id)", statement_id, error) ||
      !run_with_id (writer, "DELETE FROM bank_repeat WHERE statement_id = ?1 OR EXISTS (SELECT 1 FROM bank_entry AS e "
                    "WHERE e.entry_id = bank_repeat.entry_id AND e.statement_id = bank_repeat.statement_id)", statement_id, error) ||
      !run_with_id (writer, "DELETE FROM bank_statement WHERE statement_id = ?1", statement_id, error))
    return FALSE;
  if (cfoil_database_changes (writer) > 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such bank statement"));
  return FALSE;
}

gboolean
cfoil_bank_statement_remove_sync (CfoilMirror *mirror,
                                  gint64       statement_id,
                                  GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  if (writer == NULL || !cfoil_database_begin_between (writer, error) || !remove_in_writer (writer, statement_id, error) ||
      !cfoil_database_exec (writer, "COMMIT", error))
    return FALSE;
  cfoil_mirror_notify_changed (mirror);
  return TRUE;
}
