/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-name.h"

#include "cfoil-saved-view.h"

#include <glib/gi18n.h>

typedef struct
{
  AdwMessageDialog *dialog; /* (borrowed): owns this */
  GtkEditable *entry;       /* (borrowed) */
  CfoilReportNamedFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Naming;

static void
naming_free (gpointer  data,
             GClosure *closure)
{
  Naming *naming = data;

  naming->destroy (naming->user_data);
  g_free (naming);
}

static void
changed_cb (Naming *naming)
{
  g_autofree char *name = cfoil_saved_view_clean_name (gtk_editable_get_text (naming->entry), NULL);

  adw_message_dialog_set_response_enabled (naming->dialog, "save", name != NULL);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Naming *naming = user_data;
  g_autofree char *name = cfoil_saved_view_clean_name (gtk_editable_get_text (naming->entry), NULL);

  if (g_str_equal (response, "save") && name != NULL)
    naming->func (name, naming->user_data);
}

void
cfoil_report_name_ask (GtkWindow           *parent,
                       const char          *suggestion,
                       gboolean             is_rename,
                       CfoilReportNamedFunc func,
                       gpointer             user_data,
                       GDestroyNotify       destroy)
{
  Naming *naming = g_new0 (Naming, 1);

  naming->func = func;
  naming->user_data = user_data;
  naming->destroy = destroy;
  naming->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_activates_default (GTK_ENTRY (naming->entry), TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (naming->entry), CFOIL_SAVED_VIEW_MAX_NAME);
  gtk_accessible_update_property (GTK_ACCESSIBLE (naming->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  gtk_editable_set_text (naming->entry, suggestion);
  naming->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
    parent, is_rename ? _("Rename Report") : _("Save Report Under a Name"),
    is_rename ? NULL : _("Period, rows and account are kept. A period such as “last month” goes with time.")));
  adw_message_dialog_set_extra_child (naming->dialog, GTK_WIDGET (naming->entry));
  adw_message_dialog_add_responses (naming->dialog, "cancel", _("_Cancel"), "save", is_rename ? _("_Rename") : _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (naming->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (naming->dialog, "save");
  adw_message_dialog_set_close_response (naming->dialog, "cancel");
  g_signal_connect_swapped (naming->entry, "changed", G_CALLBACK (changed_cb), naming);
  g_signal_connect_data (naming->dialog, "response", G_CALLBACK (response_cb), naming, naming_free, 0);
  changed_cb (naming);
  gtk_window_present (GTK_WINDOW (naming->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (naming->entry));
}
