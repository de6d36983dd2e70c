/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-private.h"

#include "cfoil-error.h"
#include "cfoil-time.h"

#include <gio/gio.h>
#include <string.h>

/* A mail that was pasted into the contact log fits; a file does not. */
#define MAX_TEXT (64 * 1024)

void
cfoil_case_source_free (CfoilCaseSource *source)
{
  if (source == NULL)
    return;
  g_free (source->route);
  g_free (source->detail);
  g_free (source);
}

void
cfoil_case_event_free (CfoilCaseEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->who);
  g_free (event->kind);
  g_free (event->text);
  g_free (event->detail);
  g_free (event);
}

const char *
cfoil_case_who (void)
{
  static gsize who = 0;

  if (g_once_init_enter (&who))
    {
      const char *name = g_get_real_name ();
      gboolean is_known = name != NULL && *name != '\0' && !g_str_equal (name, "Unknown");

      g_once_init_leave (&who, (gsize) g_utf8_make_valid (is_known ? name : g_get_user_name (), -1));
    }
  return (const char *) who;
}

static char *
dup_valid (CfoilStatement *row,
           int             column)
{
  const char *text = cfoil_statement_column_text (row, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

GPtrArray *
cfoil_case_list_sources (CfoilDatabase *database,
                         gint64         case_id,
                         GError       **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_case_source_free);
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  g_return_val_if_fail (database != NULL, NULL);

  rows = cfoil_database_prepare (database,
                                 "SELECT route, detail, seen_us FROM case_source WHERE case_id = ?1 ORDER BY seen_us, route, detail",
                                 error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, case_id);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilCaseSource *source = g_new0 (CfoilCaseSource, 1);

      source->route = dup_valid (rows, 0);
      source->detail = dup_valid (rows, 1);
      source->seen_us = cfoil_statement_column_int64 (rows, 2);
      g_ptr_array_add (sources, source);
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&sources) : NULL;
}

GPtrArray *
cfoil_case_list_events (CfoilDatabase *database,
                        gint64         case_id,
                        GError       **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_case_event_free);
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  g_return_val_if_fail (database != NULL, NULL);

  rows = cfoil_database_prepare (database,
                                 "SELECT event_id, at_us, who, kind, text, detail FROM case_event WHERE case_id = ?1 "
                                 "ORDER BY at_us, event_id",
                                 error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, case_id);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilCaseEvent *event = g_new0 (CfoilCaseEvent, 1);

      event->event_id = cfoil_statement_column_int64 (rows, 0);
      event->at_us = cfoil_statement_column_int64 (rows, 1);
      event->who = dup_valid (rows, 2);
      event->kind = dup_valid (rows, 3);
      event->text = dup_valid (rows, 4);
      event->detail = dup_valid (rows, 5);
      g_ptr_array_add (events, event);
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&events) : NULL;
}

/* --- writing --- */

gboolean
_cfoil_case_check_text (const char *text,
                        GError    **error)
{
  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING, "The text is not UTF-8");
      return FALSE;
    }
  if (strlen (text) > MAX_TEXT)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "The text is longer than %d kilobytes; add it as a file instead",
                   MAX_TEXT / 1024);
      return FALSE;
    }
  return TRUE;
}

gboolean
_cfoil_case_put_event (CfoilDatabase *writer,
                       gint64         case_id,
                       const char    *kind,
                       const char    *text,
                       const char    *detail,
                       GError       **error)
{
  g_autoptr (CfoilStatement) insert = NULL;

  insert = cfoil_database_prepare (writer,
                                   "INSERT INTO case_event (case_id, at_us, who, kind, text, detail) "
                                   "SELECT case_id, ?2, ?3, ?4, ?5, ?6 FROM dispute_case WHERE case_id = ?1",
                                   error);
  if (insert == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (insert, 1, case_id);
  cfoil_statement_bind_int64 (insert, 2, cfoil_time_now_us ());
  cfoil_statement_bind_text (insert, 3, cfoil_case_who ());
  cfoil_statement_bind_text (insert, 4, kind);
  cfoil_statement_bind_text (insert, 5, text);
  cfoil_statement_bind_text (insert, 6, detail);
  if (!cfoil_statement_run (insert, error))
    return FALSE;
  if (cfoil_database_changes (writer) > 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "This case is not in the mirror any more");
  return FALSE;
}

gboolean
_cfoil_case_transact (CfoilMirror       *mirror,
                      CfoilCaseWriteFunc func,
                      gpointer           data,
                      GError           **error)
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

typedef struct
{
  gint64 case_id;
  const char *kind;
  const char *text;
  const char *detail;
} NewEvent;

static gboolean
add_event (CfoilDatabase *writer,
           gpointer       data,
           GError       **error)
{
  const NewEvent *event = data;

  return _cfoil_case_put_event (writer, event->case_id, event->kind, event->text, event->detail, error);
}

gboolean
cfoil_case_add_event (CfoilMirror *mirror,
                      gint64       case_id,
                      const char  *kind,
                      const char  *text,
                      const char  *detail,
                      GError     **error)
{
  NewEvent event = { case_id, kind, text, detail };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (kind != NULL && text != NULL, FALSE);

  return _cfoil_case_check_text (text, error) && _cfoil_case_check_text (detail, error) &&
         _cfoil_case_transact (mirror, add_event, &event, error);
}
