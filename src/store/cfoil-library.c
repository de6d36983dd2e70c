/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-store.h"

#include "cfoil-error.h"
#include "cfoil-time.h"

#include <stdio.h>
#include <string.h>

/* The library: what is used again. */

#define MAX_TEXT 20000 /* characters */
#define MAX_NAME 200

CfoilLibraryItem *
cfoil_library_item_new (void)
{
  CfoilLibraryItem *self = g_new0 (CfoilLibraryItem, 1);

  self->kind = g_strdup ("file");
  self->name = g_strdup ("");
  self->text = g_strdup ("");
  return self;
}

CfoilLibraryItem *
cfoil_library_item_copy (const CfoilLibraryItem *self)
{
  CfoilLibraryItem *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (CfoilLibraryItem, 1);
  *copy = *self;
  copy->kind = g_strdup (self->kind);
  copy->name = g_strdup (self->name);
  copy->valid_from = g_strdup (self->valid_from);
  copy->text = g_strdup (self->text);
  copy->sha256 = g_strdup (self->sha256);
  copy->file_name = g_strdup (self->file_name);
  return copy;
}

void
cfoil_library_item_free (CfoilLibraryItem *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->name);
  g_free (self->valid_from);
  g_free (self->text);
  g_free (self->sha256);
  g_free (self->file_name);
  g_free (self);
}

/* --- reading --- */

#define COLUMNS "item_id, kind, name, valid_from, reason, text, sha256, file_name, changed_us"

static CfoilLibraryItem *
item_from_row (CfoilStatement *row)
{
  CfoilLibraryItem *self = g_new0 (CfoilLibraryItem, 1);
  gint64 reason = cfoil_statement_column_int64 (row, 4);

  self->item_id = cfoil_statement_column_int64 (row, 0);
  self->kind = g_strdup (cfoil_statement_column_text (row, 1));
  self->name = g_strdup (cfoil_statement_column_text (row, 2));
  self->valid_from = g_strdup (cfoil_statement_column_text (row, 3));
  self->reason = reason > 0 && reason < CFOIL_N_REASONS ? (CfoilReason) reason : CFOIL_REASON_UNKNOWN;
  self->text = g_strdup (cfoil_statement_column_text (row, 5));
  self->sha256 = g_strdup (cfoil_statement_column_text (row, 6));
  self->file_name = g_strdup (cfoil_statement_column_text (row, 7));
  self->changed_us = cfoil_statement_column_int64 (row, 8);
  return self;
}

GPtrArray *
cfoil_library_list (CfoilDatabase *database,
                    GError       **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_library_item_free);
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  g_return_val_if_fail (database != NULL, NULL);

  rows = cfoil_database_prepare (database,
                                 "SELECT " COLUMNS " FROM library_item "
                                 "ORDER BY kind, name COLLATE NOCASE, valid_from DESC, item_id DESC",
                                 error);
  if (rows == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (items, item_from_row (rows));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&items) : NULL;
}

CfoilLibraryItem *
cfoil_library_find_in_force (CfoilDatabase *database,
                             const char    *kind,
                             const char    *day,
                             GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  /* NULL comes last where the order is descending. */
  row = cfoil_database_prepare (database,
                                "SELECT " COLUMNS " FROM library_item "
                                "WHERE kind = ?1 AND (valid_from IS NULL OR valid_from <= ?2) "
                                "ORDER BY valid_from DESC, item_id DESC LIMIT 1",
                                error);
  if (row == NULL)
    return NULL;
  cfoil_statement_bind_text (row, 1, kind);
  cfoil_statement_bind_text (row, 2, day);
  return cfoil_statement_step (row, error) == CFOIL_STEP_ROW ? item_from_row (row) : NULL;
}

/* --- writing --- */

static gboolean
refuse (GError    **error,
        int         code,
        const char *message)
{
  g_set_error_literal (error, CFOIL_INPUT_ERROR, code, message);
  return FALSE;
}

static gboolean
is_day (const char *text)
{
  int year, month, day;
  gint64 us;

  return strlen (text) == 10 && strspn (text, "0123456789-") == 10 && sscanf (text, "%4d-%2d-%2d", &year, &month, &day) == 3 &&
         text[4] == '-' && text[7] == '-' && cfoil_time_from_civil (year, month, day, 0, 0, 0, &us);
}

static gboolean
check_item (const CfoilLibraryItem *item,
            GError                **error)
{
  static const char *const kinds[] = { "cancellation_policy", "refund_policy", "terms", "shop", "template", "file", NULL };
  g_autofree char *bare = g_strstrip (g_strdup (item->name));

  if (!g_strv_contains (kinds, item->kind))
    return refuse (error, CFOIL_INPUT_ERROR_UNKNOWN, "There is no such kind of thing in the library");
  if (!g_utf8_validate (item->name, -1, NULL) || !g_utf8_validate (item->text, -1, NULL))
    return refuse (error, CFOIL_INPUT_ERROR_ENCODING, "The text is not UTF-8");
  if (*bare == '\0')
    return refuse (error, CFOIL_INPUT_ERROR_MISSING, "It needs a name");
  if (g_utf8_strlen (item->name, -1) > MAX_NAME || g_utf8_strlen (item->text, -1) > MAX_TEXT)
    return refuse (error, CFOIL_INPUT_ERROR_LIMIT, "The name or the text is too long");
  if (item->valid_from != NULL && !is_day (item->valid_from))
    return refuse (error, CFOIL_INPUT_ERROR_SYNTAX, "The first day on which it held is no date: write YYYY-MM-DD");
  if (*item->text == '\0' && item->sha256 == NULL)
    return refuse (error, CFOIL_INPUT_ERROR_MISSING, "It needs a text or a file");
  return TRUE;
}

typedef gboolean (*ChangeFunc) (CfoilDatabase *writer,
                                gpointer       data,
                                GError       **error);

static gboolean
run_change (CfoilMirror *mirror,
            ChangeFunc   func,
            gpointer     data,
            GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  if (func (writer, data, error) && cfoil_database_exec (writer, "COMMIT", error))
    {
      cfoil_mirror_notify_changed (mirror);
      return TRUE;
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

/* Exactly one row must have been there to change. */
static gboolean
run_on_item (CfoilDatabase  *writer,
             CfoilStatement *statement,
             GError        **error)
{
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  if (cfoil_database_changes (writer) == 1)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "This is not in the library any more");
  return FALSE;
}

static gboolean
put_item (CfoilDatabase *writer,
          gpointer       data,
          GError       **error)
{
  CfoilLibraryItem *item = data;
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer,
                                      item->item_id == 0
                                        ? "INSERT INTO library_item (kind, name, valid_from, reason, text, sha256, file_name, changed_us) "
                                          "VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                                        : "UPDATE library_item SET kind = ?2, name = ?3, valid_from = ?4, reason = ?5, text = ?6, "
                                          "sha256 = ?7, file_name = ?8, changed_us = ?9 WHERE item_id = ?1",
                                      error);
  if (statement == NULL)
    return FALSE;
  if (item->item_id != 0)
    cfoil_statement_bind_int64 (statement, 1, item->item_id);
  cfoil_statement_bind_text (statement, 2, item->kind);
  cfoil_statement_bind_text (statement, 3, item->name);
  cfoil_statement_bind_text (statement, 4, item->valid_from);
  cfoil_statement_bind_int64 (statement, 5, item->reason != CFOIL_REASON_UNKNOWN ? (gint64) item->reason : CFOIL_UNKNOWN);
  cfoil_statement_bind_text (statement, 6, item->text);
  cfoil_statement_bind_text (statement, 7, item->sha256);
  cfoil_statement_bind_text (statement, 8, item->file_name);
  cfoil_statement_bind_int64 (statement, 9, item->changed_us);
  if (!run_on_item (writer, statement, error))
    return FALSE;
  if (item->item_id == 0)
    item->item_id = cfoil_database_last_insert_id (writer);
  return TRUE;
}

gboolean
cfoil_library_put (CfoilMirror      *mirror,
                   CfoilLibraryItem *item,
                   GError          **error)
{
  gint64 item_id;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (item != NULL, FALSE);

  if (!check_item (item, error))
    return FALSE;
  item_id = item->item_id;
  item->changed_us = cfoil_time_now_us ();
  if (run_change (mirror, put_item, item, error))
    return TRUE;
  item->item_id = item_id;
  return FALSE;
}

static gboolean
remove_item (CfoilDatabase *writer,
             gpointer       data,
             GError       **error)
{
  const gint64 *item_id = data;
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer, "DELETE FROM library_item WHERE item_id = ?1", error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, *item_id);
  return run_on_item (writer, statement, error);
}

gboolean
cfoil_library_remove (CfoilMirror *mirror,
                      gint64       item_id,
                      GError     **error)
{
  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  return run_change (mirror, remove_item, &item_id, error);
}
