/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-edit.h"

#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* An edit under way. */
typedef struct
{
  CfoilCaseEdit *edit; /* (owned) */
  CfoilCaseEditFunc func;
  CfoilCaseEditDone done;
} Run;

CfoilCaseEdit *
cfoil_case_edit_new (CfoilWorkspace *workspace,
                     gint64          case_id)
{
  CfoilCaseEdit *edit = g_new0 (CfoilCaseEdit, 1);

  edit->context = g_object_ref (cfoil_workspace_get_context (workspace));
  edit->case_id = case_id;
  edit->owned = g_ptr_array_new_with_free_func (g_free);
  edit->words.amount_minor = edit->words.opened_us = edit->words.due_us = CFOIL_UNKNOWN;
  return edit;
}

const char *
cfoil_case_edit_keep (CfoilCaseEdit *edit,
                      const char    *text)
{
  char *copy;

  if (text == NULL || *text == '\0')
    return NULL;
  copy = g_strdup (text);
  g_ptr_array_add (edit->owned, copy);
  return copy;
}

void
cfoil_case_edit_free (CfoilCaseEdit *edit)
{
  g_object_unref (edit->context);
  g_free (edit->text);
  g_free (edit->kind);
  g_free (edit->detail);
  g_ptr_array_unref (edit->owned);
  g_free (edit);
}

static void
run_free (gpointer data)
{
  Run *run = data;

  cfoil_case_edit_free (run->edit);
  g_free (run);
}

static gboolean
run_thread (CfoilOperation *operation,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Run *run = data;

  return run->func (run->edit, cancellable, error);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  Run *run = cfoil_operation_get_data (CFOIL_OPERATION (source));

  cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error);
  cfoil_mirror_notify_changed (cfoil_context_get_mirror (run->edit->context));
  if (run->done != NULL)
    run->done (widget, run->edit, error);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cfoil_toast_show (widget, cfoil_words_error (error));
}

void
cfoil_case_edit_run (CfoilCaseEdit     *edit,
                     CfoilWorkspace    *workspace,
                     GtkWidget         *widget,
                     CfoilCaseEditFunc  func,
                     CfoilCaseEditDone  done)
{
  g_autoptr (CfoilOperation) operation = cfoil_operation_new (_("Saving"));
  Run *run = g_new0 (Run, 1);

  run->edit = edit;
  run->func = func;
  run->done = done;
  cfoil_workspace_run (workspace, operation, FALSE, run_thread, run, run_free, ended_cb, g_object_ref (widget));
}

static gboolean
add_event (CfoilCaseEdit *edit,
           GCancellable  *cancellable,
           GError       **error)
{
  return cfoil_case_add_event (cfoil_context_get_mirror (edit->context), edit->case_id, edit->kind, edit->text, edit->detail, error);
}

void
cfoil_case_edit_add_event (CfoilWorkspace *workspace,
                           GtkWidget      *widget,
                           gint64          case_id,
                           const char     *kind,
                           const char     *text)
{
  CfoilCaseEdit *edit = cfoil_case_edit_new (workspace, case_id);

  edit->kind = g_strdup (kind);
  edit->text = g_strdup (text);
  cfoil_case_edit_run (edit, workspace, widget, add_event, NULL);
}

static gboolean
set_handler (CfoilCaseEdit *edit,
             GCancellable  *cancellable,
             GError       **error)
{
  return cfoil_case_set_handler (cfoil_context_get_mirror (edit->context), edit->case_id, edit->text, error);
}

void
cfoil_case_edit_set_handler (CfoilWorkspace *workspace,
                             GtkWidget      *widget,
                             gint64          case_id,
                             const char     *handler)
{
  CfoilCaseEdit *edit = cfoil_case_edit_new (workspace, case_id);

  edit->text = handler != NULL && *handler != '\0' ? g_strdup (handler) : NULL;
  cfoil_case_edit_run (edit, workspace, widget, set_handler, NULL);
}
