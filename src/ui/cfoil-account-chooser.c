/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account-chooser.h"

#include <glib/gi18n.h>

typedef struct
{
  CfoilAccountChosenFunc func;
  gpointer user_data;
  GtkDropDown *drop_down; /* (borrowed): the dialog's */
} Choice;

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Choice *choice = user_data;
  GtkStringObject *item = gtk_drop_down_get_selected_item (choice->drop_down);
  gboolean is_chosen = g_str_equal (response, "choose") && item != NULL;

  choice->func (is_chosen ? gtk_string_object_get_string (item) : NULL, choice->user_data);
}

static void
free_choice (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

void
cfoil_account_choose (GtkWindow              *parent,
                      CfoilWorkspace         *workspace,
                      const char             *heading,
                      CfoilAccountChosenFunc  func,
                      gpointer                user_data)
{
  CfoilMirrorStatus *status = cfoil_workspace_get_status (workspace);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  AdwMessageDialog *dialog;
  Choice *choice;

  g_return_if_fail (status != NULL && status->accounts->len > 0);

  if (status->accounts->len == 1)
    {
      func (((CfoilAccountStatus *) status->accounts->pdata[0])->name, user_data);
      return;
    }
  for (guint i = 0; i < status->accounts->len; i++)
    gtk_string_list_append (names, ((CfoilAccountStatus *) status->accounts->pdata[i])->name);

  choice = g_new0 (Choice, 1);
  choice->func = func;
  choice->user_data = user_data;
  choice->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (G_LIST_MODEL (names)), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Account"), -1);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, NULL));
  adw_message_dialog_set_extra_child (dialog, GTK_WIDGET (choice->drop_down));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "choose", _("C_ontinue"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "choose", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "choose");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), choice, free_choice, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
