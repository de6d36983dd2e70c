/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-disputes-page.h"

#include "cfoil-case-add-dialog.h"
#include "cfoil-case-claim-dialog.h"
#include "cfoil-case-edit.h"
#include "cfoil-case-inbox.h"
#include "cfoil-case-pane.h"
#include "cfoil-case-reading.h"
#include "cfoil-compat.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilDisputesPage
{
  CfoilPage parent_instance;

  CfoilCaseInbox *inbox;
  CfoilCasePane *pane;

  GSignalGroup *workspace_signals; /* (owned) */
  gint64 case_id;                  /* that is open, 0: none */
};

G_DEFINE_FINAL_TYPE (CfoilDisputesPage, cfoil_disputes_page, CFOIL_TYPE_PAGE)

static void
show_side (CfoilDisputesPage *self,
           const char        *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (adw_bin_get_child (ADW_BIN (self))), name);
}

static void
update_subtitle (CfoilDisputesPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  CfoilCaseList *list = cfoil_case_inbox_get_list (self->inbox);
  guint n = list != NULL ? cfoil_case_list_get_n_cases (list) : 0;
  g_autofree char *number = cfoil_words_number (n);
  g_autofree char *text = NULL;
  g_autofree char *subtitle = NULL;

  if (workspace == NULL || list == NULL || n == 0)
    {
      cfoil_page_set_subtitle (CFOIL_PAGE (self), "");
      return;
    }
  /* Translators: %s is a number. */
  text = g_strdup_printf (ngettext ("%s dispute", "%s disputes", n), number);
  subtitle = g_strdup_printf ("%s · %s", cfoil_workspace_get_time_zone_name (workspace), text);
  cfoil_page_set_subtitle (CFOIL_PAGE (self), subtitle);
}

static void
updated_cb (CfoilDisputesPage *self)
{
  CfoilCaseList *list = cfoil_case_inbox_get_list (self->inbox);

  g_auto (GStrv) handlers = NULL;

  cfoil_page_set_badge (CFOIL_PAGE (self), list != NULL ? cfoil_case_list_get_n_need_answer (list) : 0);
  update_subtitle (self);
  handlers = list != NULL ? cfoil_case_list_dup_handlers (list) : NULL;
  cfoil_case_pane_set_handlers (self->pane, (const char *const *) handlers);
}

static void
open_cb (CfoilDisputesPage *self,
         gint64             case_id)
{
  cfoil_disputes_page_open_case (self, case_id);
}

static void
close_cb (CfoilDisputesPage *self)
{
  cfoil_disputes_page_open_case (self, 0);
}

/* --- adding and exporting --- */

static GtkWindow *
get_window (CfoilDisputesPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
add_action_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  CfoilDisputesPage *self = CFOIL_DISPUTES_PAGE (widget);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  CfoilCaseAddDialog *dialog;

  if (workspace == NULL)
    return;
  dialog = cfoil_case_add_dialog_new (get_window (self), workspace);
  g_signal_connect_object (dialog, "added", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
claim_action_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  CfoilDisputesPage *self = CFOIL_DISPUTES_PAGE (widget);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  CfoilCaseClaimDialog *dialog;

  if (workspace == NULL)
    return;
  dialog = cfoil_case_claim_dialog_new (get_window (self), workspace);
  g_signal_connect_object (dialog, "added", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
export_deadlines (CfoilCaseEdit *edit,
                  GCancellable  *cancellable,
                  GError       **error)
{
  /* Whoever chose the file was asked whether it may be replaced. */
  return cfoil_context_export_deadlines_sync (edit->context, edit->text, TRUE, &edit->n, error);
}

static void
exported_cb (GtkWidget     *widget,
             CfoilCaseEdit *edit,
             const GError  *error)
{
  g_autofree char *number = cfoil_words_number (edit->n);
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      cfoil_toast_show (widget, cfoil_words_error (error));
      return;
    }
  /* Translators: %s is a number. */
  text = g_strdup_printf (ngettext ("%s deadline exported", "%s deadlines exported", edit->n), number);
  cfoil_toast_show (widget, text);
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (CfoilDisputesPage) self = user_data;
  g_autofree char *path = cfoil_compat_save_file_finish (result, NULL);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  CfoilCaseEdit *edit;

  if (path == NULL || workspace == NULL)
    return;
  edit = cfoil_case_edit_new (workspace, 0);
  edit->text = g_steal_pointer (&path);
  cfoil_case_edit_run (edit, workspace, GTK_WIDGET (self), export_deadlines, exported_cb);
}

static void
export_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  cfoil_compat_save_file_async (get_window (CFOIL_DISPUTES_PAGE (widget)), _("Export Deadlines"), NULL, "disputes.ics",
                                file_chosen_cb, g_object_ref (widget));
}

/* --- keys --- */

/* Also with the focus outside of the page, on a button of the header bar, say. */
static gboolean
back_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  CfoilDisputesPage *self = CFOIL_DISPUTES_PAGE (widget);

  if (!gtk_widget_get_mapped (widget) || self->case_id == 0)
    return FALSE;
  cfoil_disputes_page_open_case (self, 0);
  return TRUE;
}

static void
add_back_key (CfoilDisputesPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  /* Before the window, which would take it for Left and move the focus. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Left, GDK_ALT_MASK),
                                                          gtk_callback_action_new (back_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static gboolean
focus_cb (gpointer user_data)
{
  CfoilDisputesPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->case_id != 0 && gtk_widget_get_mapped (GTK_WIDGET (self)) && root != NULL && gtk_root_get_focus (root) == NULL)
    cfoil_case_pane_focus (self->pane);
  return G_SOURCE_REMOVE;
}

/* The page that was left took the focus with it. */
static void
mapped_cb (CfoilDisputesPage *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, focus_cb, g_object_ref (self), g_object_unref);
}

/* --- links from elsewhere --- */

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilDisputesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *case_id = cfoil_case_find_finish (result, &error);

  if (case_id != NULL)
    cfoil_disputes_page_open_case (self, *case_id);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    cfoil_toast_show (GTK_WIDGET (self), _("There is no dispute for this."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cfoil_toast_show (GTK_WIDGET (self), cfoil_words_error (error));
}

static void
cfoil_disputes_page_workspace_changed (CfoilPage *page)
{
  CfoilDisputesPage *self = CFOIL_DISPUTES_PAGE (page);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (page);

  self->case_id = 0;
  cfoil_case_pane_set_case (self->pane, NULL, 0);
  show_side (self, "inbox");
  cfoil_case_inbox_set_workspace (self->inbox, workspace);
  g_signal_group_set_target (self->workspace_signals, workspace);
  updated_cb (self);
}

static void
cfoil_disputes_page_dispose (GObject *object)
{
  CfoilDisputesPage *self = CFOIL_DISPUTES_PAGE (object);

  if (self->workspace_signals != NULL)
    g_signal_group_set_target (self->workspace_signals, NULL);
  g_clear_object (&self->workspace_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_DISPUTES_PAGE);

  G_OBJECT_CLASS (cfoil_disputes_page_parent_class)->dispose (object);
}

static void
cfoil_disputes_page_class_init (CfoilDisputesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_disputes_page_dispose;
  CFOIL_PAGE_CLASS (klass)->workspace_changed = cfoil_disputes_page_workspace_changed;

  g_type_ensure (CFOIL_TYPE_CASE_INBOX);
  g_type_ensure (CFOIL_TYPE_CASE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-disputes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilDisputesPage, inbox);
  gtk_widget_class_bind_template_child (widget_class, CfoilDisputesPage, pane);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, updated_cb);
  gtk_widget_class_install_action (widget_class, "disputes.add", NULL, add_action_cb);
  gtk_widget_class_install_action (widget_class, "disputes.claim", NULL, claim_action_cb);
  gtk_widget_class_install_action (widget_class, "disputes.export-deadlines", NULL, export_action_cb);
}

static void
cfoil_disputes_page_init (CfoilDisputesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_back_key (self);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (update_subtitle), self);
}

void
cfoil_disputes_page_open_case (CfoilDisputesPage *self,
                               gint64             case_id)
{
  g_return_if_fail (CFOIL_IS_DISPUTES_PAGE (self));

  if (case_id != 0)
    {
      self->case_id = case_id;
      cfoil_case_pane_set_case (self->pane, cfoil_page_get_workspace (CFOIL_PAGE (self)), case_id);
      show_side (self, "case");
      cfoil_case_pane_focus (self->pane);
      return;
    }
  if (self->case_id == 0)
    return;
  case_id = self->case_id;
  self->case_id = 0;
  cfoil_case_pane_set_case (self->pane, cfoil_page_get_workspace (CFOIL_PAGE (self)), 0);
  show_side (self, "inbox");
  cfoil_case_inbox_focus (self->inbox, case_id);
}

void
cfoil_disputes_page_show_query (CfoilDisputesPage *self,
                                const char        *query)
{
  g_return_if_fail (CFOIL_IS_DISPUTES_PAGE (self));
  g_return_if_fail (query != NULL);

  cfoil_disputes_page_open_case (self, 0);
  cfoil_case_inbox_show_query (self->inbox, query);
}

void
cfoil_disputes_page_open_case_of (CfoilDisputesPage *self,
                                  const char        *id)
{
  CfoilWorkspace *workspace;

  g_return_if_fail (CFOIL_IS_DISPUTES_PAGE (self));
  g_return_if_fail (id != NULL);

  workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  if (workspace != NULL)
    cfoil_case_find_async (cfoil_workspace_get_reader (workspace), id, NULL, found_cb, g_object_ref (self));
}
