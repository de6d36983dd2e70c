/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-store.h"

#include "cfoil-draft-spill.h"
#include "cfoil-submission.h"
#include "cfoil-time.h"

void
cfoil_draft_row_free (CfoilDraftRow *row)
{
  if (row == NULL)
    return;
  g_free (row->text);
  g_free (row);
}

void
cfoil_draft_version_free (CfoilDraftVersion *version)
{
  if (version == NULL)
    return;
  g_free (version->who);
  g_free (version->why);
  g_free (version->text);
  g_free (version);
}

/* --- one short transaction --- */

static CfoilDatabase *
begin (CfoilMirror *mirror,
       GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return NULL;
  return g_steal_pointer (&writer);
}

/* OK: of what was done within it. */
static gboolean
end (CfoilMirror   *mirror,
     CfoilDatabase *writer,
     gboolean       ok,
     GError       **error)
{
  if (ok && cfoil_database_exec (writer, "COMMIT", error))
    {
      cfoil_mirror_notify_changed (mirror);
      return TRUE;
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

/* --- the draft --- */

CfoilDraftRow *
cfoil_draft_row_read (CfoilDatabase *database,
                      gint64         case_id,
                      guint          round,
                      GError       **error)
{
  g_autoptr (CfoilStatement) statement = NULL;
  CfoilDraftRow *row;

  g_return_val_if_fail (database != NULL, NULL);

  statement = cfoil_database_prepare (database,
                                      "SELECT d.text, d.n_done, d.n_wanted, d.changed_us, c.product FROM draft AS d "
                                      "JOIN dispute_case AS c USING (case_id) WHERE case_id = ?1 AND d.round = ?2",
                                      error);
  if (statement == NULL)
    return NULL;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_int64 (statement, 2, round);
  if (cfoil_statement_step (statement, error) != CFOIL_STEP_ROW)
    return NULL;
  row = g_new0 (CfoilDraftRow, 1);
  row->case_id = case_id;
  row->round = round;
  row->text = g_strdup (cfoil_statement_column_text (statement, 0));
  row->n_done = (guint) cfoil_statement_column_int64 (statement, 1);
  row->n_wanted = (guint) cfoil_statement_column_int64 (statement, 2);
  row->changed_us = cfoil_statement_column_int64 (statement, 3);
  row->product = (CfoilProduct) cfoil_statement_column_int64 (statement, 4);
  return row;
}

static gboolean
put_product (CfoilDatabase       *writer,
             const CfoilDraftRow *row,
             GError             **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer, "UPDATE dispute_case SET product = ?2 WHERE case_id = ?1 AND product <> ?2", error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, row->case_id);
  cfoil_statement_bind_int64 (statement, 2, row->product);
  return cfoil_statement_run (statement, error);
}

static gboolean
put_row (CfoilDatabase       *writer,
         const CfoilDraftRow *row,
         GError             **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer,
                                      "INSERT INTO draft (case_id, round, text, n_done, n_wanted, changed_us) "
                                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET text = excluded.text, "
                                      "n_done = excluded.n_done, n_wanted = excluded.n_wanted, changed_us = excluded.changed_us",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, row->case_id);
  cfoil_statement_bind_int64 (statement, 2, row->round);
  cfoil_statement_bind_text (statement, 3, row->text);
  cfoil_statement_bind_int64 (statement, 4, row->n_done);
  cfoil_statement_bind_int64 (statement, 5, row->n_wanted);
  cfoil_statement_bind_int64 (statement, 6, row->changed_us);
  return cfoil_statement_run (statement, error) && put_product (writer, row, error);
}

gboolean
cfoil_draft_row_write (CfoilMirror         *mirror,
                       const CfoilDraftRow *row,
                       GError             **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (row != NULL && row->text != NULL, FALSE);

  writer = begin (mirror, error);
  return writer != NULL && end (mirror, writer, put_row (writer, row, error), error);
}

/* --- versions --- */

static CfoilDraftVersion *
version_from_row (CfoilStatement *row)
{
  CfoilDraftVersion *version = g_new0 (CfoilDraftVersion, 1);

  version->version_id = cfoil_statement_column_int64 (row, 0);
  version->round = (guint) cfoil_statement_column_int64 (row, 1);
  version->at_us = cfoil_statement_column_int64 (row, 2);
  version->who = g_strdup (cfoil_statement_column_text (row, 3));
  version->why = g_strdup (cfoil_statement_column_text (row, 4));
  version->text = g_strdup (cfoil_statement_column_text (row, 5));
  return version;
}

GPtrArray *
cfoil_draft_version_list (CfoilDatabase *database,
                          gint64         case_id,
                          GError       **error)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_draft_version_free);
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  g_return_val_if_fail (database != NULL, NULL);

  rows = cfoil_database_prepare (database,
                                 "SELECT version_id, round, at_us, who, why, text FROM draft_version WHERE case_id = ?1 "
                                 "ORDER BY version_id DESC",
                                 error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, case_id);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (versions, version_from_row (rows));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&versions) : NULL;
}

/* Of the newest version, which says nothing new when it is the same. */
static gboolean
add_version (CfoilDatabase           *writer,
             gint64                   case_id,
             const CfoilDraftVersion *version,
             GError                 **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer,
                                      "INSERT INTO draft_version (case_id, round, at_us, who, why, text) "
                                      "SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS ("
                                      "SELECT 1 FROM (SELECT text FROM draft_version WHERE case_id = ?1 AND round = ?2 "
                                      "ORDER BY version_id DESC LIMIT 1) WHERE text = ?6)",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_int64 (statement, 2, version->round);
  cfoil_statement_bind_int64 (statement, 3, version->at_us);
  cfoil_statement_bind_text (statement, 4, version->who);
  cfoil_statement_bind_text (statement, 5, version->why);
  cfoil_statement_bind_text (statement, 6, version->text);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_draft_version_add (CfoilMirror *mirror,
                         gint64       case_id,
                         guint        round,
                         const char  *why,
                         const char  *text,
                         GError     **error)
{
  const CfoilDraftVersion version = { 0, round, cfoil_time_now_us (), (char *) cfoil_case_who (), (char *) why, (char *) text };
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (why != NULL && text != NULL, FALSE);

  writer = begin (mirror, error);
  return writer != NULL && end (mirror, writer, add_version (writer, case_id, &version, error), error);
}

/* --- a draft from elsewhere --- */

static gboolean
check_unchanged (CfoilDatabase       *writer,
                 const CfoilDraftRow *row,
                 const CfoilDraftRow *was, /* (nullable) */
                 GError             **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CfoilDraftRow) now = cfoil_draft_row_read (writer, row->case_id, row->round, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (was == NULL ? now == NULL : now != NULL && now->changed_us == was->changed_us && g_str_equal (now->text, was->text))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "The answer was changed meanwhile, in a window perhaps; nothing was replaced");
  return FALSE;
}

static gboolean
keep_version (CfoilDatabase       *writer,
              const CfoilDraftRow *row,
              const char          *text, /* (nullable) */
              GError             **error)
{
  const CfoilDraftVersion version = {
    0, row->round, row->changed_us, (char *) cfoil_case_who (), (char *) "import", (char *) text
  };

  return text == NULL || g_str_equal (text, row->text) || add_version (writer, row->case_id, &version, error);
}

gboolean
cfoil_draft_row_replace (CfoilMirror         *mirror,
                         const CfoilDraftRow *row,
                         const CfoilDraftRow *was,
                         GError             **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;
  g_autofree char *spilled = NULL;
  gint64 spilled_us = 0;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (row != NULL && row->text != NULL, FALSE);

  writer = begin (mirror, error);
  if (writer == NULL)
    return FALSE;
  spilled = cfoil_draft_spill_read (mirror, row->case_id, row->round, &spilled_us);
  if (was != NULL && spilled_us <= was->changed_us)
    g_clear_pointer (&spilled, g_free);
  ok = end (mirror, writer,
            cfoil_submission_check_round (writer, row->case_id, row->round, error) &&
              check_unchanged (writer, row, was, error) &&
              keep_version (writer, row, was != NULL ? was->text : NULL, error) &&
              keep_version (writer, row, spilled, error) &&
              put_row (writer, row, error),
            error);
  if (ok)
    cfoil_draft_spill_remove (mirror, row->case_id, row->round, spilled_us);
  return ok;
}
