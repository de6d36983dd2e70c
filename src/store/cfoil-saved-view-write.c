/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-saved-view.h"

#include "cfoil-error.h"

typedef struct
{
  CfoilSavedView *view; /* (nullable) */
  gint64 view_id;
  guint position;
} Change;

typedef gboolean (*ChangeFunc) (CfoilDatabase *writer,
                                Change        *change,
                                GError       **error);

static gboolean
run_change (CfoilMirror *mirror,
            ChangeFunc   func,
            Change      *change,
            GError     **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  writer = cfoil_mirror_open_writer (mirror, error);
  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  if (func (writer, change, error) && cfoil_database_exec (writer, "COMMIT", error))
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
run_on_view (CfoilDatabase  *writer,
             CfoilStatement *statement,
             GError        **error)
{
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  if (cfoil_database_changes (writer) == 1)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "This view is not there any more");
  return FALSE;
}

/* Ids of the user's own, in order. */
static GArray *
list_own_ids (CfoilDatabase *writer,
              GError       **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (writer, "SELECT view_id FROM saved_view WHERE shipped_key IS NULL ORDER BY position, view_id", error);
  if (row == NULL)
    return NULL;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      gint64 view_id = cfoil_statement_column_int64 (row, 0);

      g_array_append_val (ids, view_id);
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
find_id (GArray *ids,
         gint64  view_id,
         guint  *position)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == view_id)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
write_order (CfoilDatabase *writer,
             GArray        *ids,
             GError       **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer, "UPDATE saved_view SET position = ?2 WHERE view_id = ?1 AND position <> ?2", error);
  for (guint i = 0; statement != NULL && i < ids->len; i++)
    {
      cfoil_statement_bind_int64 (statement, 1, g_array_index (ids, gint64, i));
      cfoil_statement_bind_int64 (statement, 2, i);
      if (!cfoil_statement_run (statement, error))
        return FALSE;
    }
  return statement != NULL;
}

static gboolean
move_view (CfoilDatabase *writer,
           Change        *change,
           GError       **error)
{
  g_autoptr (GArray) ids = list_own_ids (writer, error);
  guint from;

  if (ids == NULL)
    return FALSE;
  if (!find_id (ids, change->view_id, &from))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "This view is not there any more");
      return FALSE;
    }
  g_array_remove_index (ids, from);
  g_array_insert_val (ids, MIN (change->position, ids->len), change->view_id);
  return write_order (writer, ids, error);
}

static gboolean
remove_view (CfoilDatabase *writer,
             Change        *change,
             GError       **error)
{
  g_autoptr (GArray) ids = list_own_ids (writer, error);
  g_autoptr (CfoilStatement) statement = NULL;

  if (ids == NULL)
    return FALSE;
  statement = cfoil_database_prepare (writer, "DELETE FROM saved_view WHERE view_id = ?1 AND shipped_key IS NULL", error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, change->view_id);
  return run_on_view (writer, statement, error) && find_id (ids, change->view_id, &change->position);
}

/* The name of VIEW made clean, unless another one has it. */
static gboolean
check_name (CfoilDatabase  *writer,
            CfoilSavedView *view,
            GError        **error)
{
  g_autofree char *clean = cfoil_saved_view_clean_name (view->name, error);
  g_autoptr (GPtrArray) views = clean != NULL ? cfoil_saved_view_list (writer, error) : NULL;

  for (guint i = 0; views != NULL && i < views->len; i++)
    {
      const CfoilSavedView *other = views->pdata[i];

      if ((other->key == NULL && other->view_id == view->view_id) || !cfoil_saved_view_is_called (other, clean))
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is already a view “%s”", clean);
      return FALSE;
    }
  if (views == NULL)
    return FALSE;
  g_free (view->name);
  view->name = g_steal_pointer (&clean);
  return TRUE;
}

static gboolean
check_texts (const CfoilSavedView *view,
             GError              **error)
{
  const char *texts[] = { view->query, view->sort, view->columns, view->density };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && !g_utf8_validate (texts[i], -1, NULL))
      {
        g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING, "What is kept of a view is not UTF-8");
        return FALSE;
      }
  return TRUE;
}

/* ?1 to ?5 */
static void
bind_view (CfoilStatement       *statement,
           const CfoilSavedView *view)
{
  cfoil_statement_bind_text (statement, 1, view->name);
  cfoil_statement_bind_text (statement, 2, view->query != NULL ? view->query : "");
  cfoil_statement_bind_text (statement, 3, view->sort);
  cfoil_statement_bind_text (statement, 4, view->columns);
  cfoil_statement_bind_text (statement, 5, view->density);
}

/* With the id VIEW_ID, or a new one if that is 0 or taken. */
static gboolean
add_view (CfoilDatabase *writer,
          Change        *change,
          GError       **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  /* As yet it is none of those that have names. */
  change->view->view_id = 0;
  if (!check_name (writer, change->view, error) || !check_texts (change->view, error))
    return FALSE;
  statement = cfoil_database_prepare (writer,
                                      "INSERT INTO saved_view (view_id, name, position, query, sort, columns, density) "
                                      "SELECT CASE WHEN ?6 > 0 AND NOT EXISTS (SELECT 1 FROM saved_view WHERE view_id = ?6) THEN ?6 END, "
                                      "?1, coalesce (max (position), -1) + 1, ?2, ?3, ?4, ?5 "
                                      "FROM saved_view WHERE shipped_key IS NULL",
                                      error);
  if (statement == NULL)
    return FALSE;
  bind_view (statement, change->view);
  cfoil_statement_bind_int64 (statement, 6, change->view_id);
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  change->view_id = cfoil_database_last_insert_id (writer);
  return TRUE;
}

static gboolean
restore_view (CfoilDatabase *writer,
              Change        *change,
              GError       **error)
{
  return add_view (writer, change, error) && move_view (writer, change, error);
}

static gboolean
update_view (CfoilDatabase *writer,
             Change        *change,
             GError       **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  if (!check_name (writer, change->view, error) || !check_texts (change->view, error))
    return FALSE;
  statement = cfoil_database_prepare (writer,
                                      "UPDATE saved_view SET name = ?1, query = ?2, sort = ?3, columns = ?4, density = ?5 "
                                      "WHERE view_id = ?6 AND shipped_key IS NULL",
                                      error);
  if (statement == NULL)
    return FALSE;
  bind_view (statement, change->view);
  cfoil_statement_bind_int64 (statement, 6, change->view_id);
  return run_on_view (writer, statement, error);
}

static gboolean
check_key (CfoilDatabase *writer,
           const char    *key,
           GError       **error)
{
  g_autoptr (GPtrArray) views = cfoil_saved_view_list (writer, error);

  if (views == NULL)
    return FALSE;
  for (guint i = 0; i < views->len; i++)
    if (g_strcmp0 (((CfoilSavedView *) views->pdata[i])->key, key) == 0)
      return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no view “%s”", key);
  return FALSE;
}

/* NULL: nothing, they are as they were shipped. */
static const char *
columns_to_keep (const CfoilSavedView *view)
{
  const char *usual = cfoil_saved_view_get_shipped_columns (view->key);

  if (g_strcmp0 (view->columns, usual) == 0)
    return NULL;
  return view->columns != NULL ? view->columns : "";
}

/* Under a name that can never be a user's: theirs do not begin with a space. */
static gboolean
keep_shipped (CfoilDatabase *writer,
              Change        *change,
              GError       **error)
{
  const CfoilSavedView *view = change->view;
  const char *columns = columns_to_keep (view);
  gboolean is_usual = view->sort == NULL && columns == NULL && view->density == NULL;
  g_autoptr (CfoilStatement) statement = NULL;

  if (!check_texts (view, error) || !check_key (writer, view->key, error))
    return FALSE;
  statement = cfoil_database_prepare (writer,
                                      is_usual
                                        ? "DELETE FROM saved_view WHERE shipped_key = ?1"
                                        : "INSERT INTO saved_view (shipped_key, name, position, query, sort, columns, density) "
                                          "VALUES (?1, ' ' || ?1, 0, '', ?2, ?3, ?4) "
                                          "ON CONFLICT (shipped_key) DO UPDATE SET sort = ?2, columns = ?3, density = ?4 "
                                          "RETURNING view_id",
                                      error);
  if (statement == NULL)
    return FALSE;
  change->view_id = 0;
  cfoil_statement_bind_text (statement, 1, view->key);
  if (!is_usual)
    {
      cfoil_statement_bind_text (statement, 2, view->sort);
      cfoil_statement_bind_text (statement, 3, columns);
      cfoil_statement_bind_text (statement, 4, view->density);
      if (cfoil_statement_step (statement, error) != CFOIL_STEP_ROW)
        return FALSE;
      change->view_id = cfoil_statement_column_int64 (statement, 0);
    }
  return cfoil_statement_run (statement, error);
}

/* VIEW is changed only when all went well. */
static gboolean
run_change_of (CfoilMirror    *mirror,
               ChangeFunc      func,
               CfoilSavedView *view,
               guint           position,
               GError        **error)
{
  g_autoptr (CfoilSavedView) copy = cfoil_saved_view_copy (view);
  Change change = { .view = copy, .view_id = view->view_id, .position = position };

  if (!run_change (mirror, func, &change, error))
    return FALSE;
  view->view_id = change.view_id;
  g_free (view->name);
  view->name = g_steal_pointer (&copy->name);
  return TRUE;
}

gboolean
cfoil_saved_view_put (CfoilMirror    *mirror,
                      CfoilSavedView *view,
                      GError        **error)
{
  g_return_val_if_fail (view != NULL, FALSE);

  if (view->key != NULL)
    return run_change_of (mirror, keep_shipped, view, 0, error);
  return run_change_of (mirror, view->view_id == 0 ? add_view : update_view, view, 0, error);
}

gboolean
cfoil_saved_view_restore (CfoilMirror    *mirror,
                          CfoilSavedView *view,
                          guint           position,
                          GError        **error)
{
  g_return_val_if_fail (view != NULL && view->key == NULL, FALSE);

  return run_change_of (mirror, restore_view, view, position, error);
}

gboolean
cfoil_saved_view_remove (CfoilMirror *mirror,
                         gint64       view_id,
                         guint       *position,
                         GError     **error)
{
  Change change = { .view_id = view_id };

  if (!run_change (mirror, remove_view, &change, error))
    return FALSE;
  if (position != NULL)
    *position = change.position;
  return TRUE;
}

gboolean
cfoil_saved_view_move (CfoilMirror *mirror,
                       gint64       view_id,
                       guint        position,
                       GError     **error)
{
  Change change = { .view_id = view_id, .position = position };

  return run_change (mirror, move_view, &change, error);
}
