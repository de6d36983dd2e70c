/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-add-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-case-edit.h"
#include "cfoil-choice-rows.h"
#include "cfoil-error.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* As a route of a case: somebody typed it. */
#define ROUTE "typed"

struct _CfoilCaseAddDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  AdwEntryRow *id;
  AdwComboRow *account;
  GtkWidget *add_button;
  GtkSpinner *spinner;

  CfoilWorkspace *workspace; /* (owned) */
};

enum
{
  ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilCaseAddDialog, cfoil_case_add_dialog, ADW_TYPE_WINDOW)

static char *
dup_id (CfoilCaseAddDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->id))));
}

static void
changed_cb (CfoilCaseAddDialog *self)
{
  g_autofree char *id = dup_id (self);

  gtk_widget_remove_css_class (GTK_WIDGET (self->id), "error");
  cfoil_banner_set_text (self->banner, NULL);
  gtk_widget_set_sensitive (self->add_button, *id != '\0' && adw_combo_row_get_selected (self->account) != GTK_INVALID_LIST_POSITION);
}

static void
set_busy (CfoilCaseAddDialog *self,
          gboolean            is_busy)
{
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_sensitive (self->add_button, !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->id), !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->account), !is_busy);
}

static gboolean
look_up (CfoilCaseEdit *edit,
         GCancellable  *cancellable,
         GError       **error)
{
  return cfoil_context_look_up_dispute_sync (edit->context, edit->words.account, edit->words.dispute_id, ROUTE, cfoil_case_who (),
                                             cancellable, &edit->made_id, error);
}

static void
looked_up_cb (GtkWidget     *widget,
              CfoilCaseEdit *edit,
              const GError  *error)
{
  CfoilCaseAddDialog *self = CFOIL_CASE_ADD_DIALOG (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (self->banner == NULL) /* it was closed */
    return;
  set_busy (self, FALSE);
  if (edit->made_id == 0)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->id), "error");
      cfoil_banner_set_text (self->banner, g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX)
                                             ? _("This cannot be the ID of a dispute. Copy it once more, without anything around it.")
                                             : cfoil_words_error (error));
      cfoil_banner_set_tooltip (self->banner, error != NULL ? error->message : NULL);
      /* Being busy took it away. */
      gtk_widget_grab_focus (GTK_WIDGET (self->id));
      return;
    }
  if (error != NULL && parent != NULL)
    cfoil_toast_show (GTK_WIDGET (parent), g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND)
                                             ? _("Added, but the provider does not know this ID. Compare it, or remove the dispute.")
                                             : _("Added. The provider could not be asked as yet; the next sync does."));
  g_signal_emit (self, signals[ADDED], 0, edit->made_id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_cb (CfoilCaseAddDialog *self)
{
  GtkStringObject *account = adw_combo_row_get_selected_item (self->account);
  g_autofree char *id = dup_id (self);
  CfoilCaseEdit *edit;

  if (account == NULL || *id == '\0')
    return;
  edit = cfoil_case_edit_new (self->workspace, 0);
  edit->words.account = cfoil_case_edit_keep (edit, gtk_string_object_get_string (account));
  edit->words.dispute_id = cfoil_case_edit_keep (edit, id);
  set_busy (self, TRUE);
  cfoil_case_edit_run (edit, self->workspace, GTK_WIDGET (self), look_up, looked_up_cb);
}

static void
cfoil_case_add_dialog_dispose (GObject *object)
{
  CfoilCaseAddDialog *self = CFOIL_CASE_ADD_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_CASE_ADD_DIALOG);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (cfoil_case_add_dialog_parent_class)->dispose (object);
}

static void
cfoil_case_add_dialog_class_init (CfoilCaseAddDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_case_add_dialog_dispose;
  signals[ADDED] = g_signal_new ("added", CFOIL_TYPE_CASE_ADD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-case-add-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAddDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAddDialog, id);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAddDialog, account);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAddDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAddDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_case_add_dialog_init (CfoilCaseAddDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CfoilCaseAddDialog *
cfoil_case_add_dialog_new (GtkWindow      *parent,
                           CfoilWorkspace *workspace)
{
  CfoilCaseAddDialog *self = g_object_new (CFOIL_TYPE_CASE_ADD_DIALOG, "transient-for", parent, NULL);
  CfoilMirrorStatus *status = cfoil_workspace_get_status (workspace);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->workspace = g_object_ref (workspace);
  for (guint i = 0; status != NULL && i < status->accounts->len; i++)
    gtk_string_list_append (names, ((CfoilAccountStatus *) status->accounts->pdata[i])->name);
  adw_combo_row_set_model (self->account, G_LIST_MODEL (names));
  cfoil_choice_rows_name (self->account);
  gtk_widget_set_visible (GTK_WIDGET (self->account), g_list_model_get_n_items (G_LIST_MODEL (names)) > 1);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->id));
  return self;
}
