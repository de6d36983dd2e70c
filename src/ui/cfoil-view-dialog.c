/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-view-dialog.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>

typedef struct
{
  AdwMessageDialog *dialog; /* (borrowed): owns this */
  GtkEditable *entry;       /* (borrowed) */
  GtkLabel *mistake;        /* (borrowed) */
  CfoilViews *views;        /* (owned) */
  CfoilViewItem *item;      /* (owned) (nullable) */
  CfoilViewNamedFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Naming;

static void
naming_free (gpointer  data,
             GClosure *closure)
{
  Naming *naming = data;

  if (naming->destroy != NULL)
    naming->destroy (naming->user_data);
  g_object_unref (naming->views);
  g_clear_object (&naming->item);
  g_free (naming);
}

/* What is wrong with NAME; "": it is none as yet.  NULL: nothing. */
static const char *
find_mistake (Naming     *naming,
              const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clean = cfoil_saved_view_clean_name (name, &error);
  CfoilViewItem *same = clean != NULL ? cfoil_views_find (naming->views, clean) : NULL;

  if (clean != NULL)
    return same != NULL && same != naming->item ? _("There is already a view of this name") : NULL;
  if (g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING))
    return "";
  if (g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT))
    return _("This name is too long");
  return _("A name is one line of text");
}

static void
changed_cb (Naming *naming)
{
  const char *mistake = find_mistake (naming, gtk_editable_get_text (naming->entry));

  adw_message_dialog_set_response_enabled (naming->dialog, "save", mistake == NULL);
  gtk_label_set_text (naming->mistake, mistake != NULL ? mistake : "");
  if (mistake != NULL && *mistake != '\0')
    gtk_widget_add_css_class (GTK_WIDGET (naming->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (naming->entry), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (naming->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, mistake != NULL ? mistake : "", -1);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Naming *naming = user_data;
  const char *text = gtk_editable_get_text (naming->entry);
  g_autofree char *name = NULL;

  /* The views may be others than when the last letter was typed. */
  if (!g_str_equal (response, "save") || find_mistake (naming, text) != NULL)
    return;
  name = cfoil_saved_view_clean_name (text, NULL);
  naming->func (name, naming->user_data);
}

static GtkWidget *
build_form (Naming     *naming,
            const char *suggestion)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  naming->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_activates_default (GTK_ENTRY (naming->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (naming->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  gtk_editable_set_text (naming->entry, suggestion);
  naming->mistake = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (naming->mistake, 0);
  gtk_label_set_wrap (naming->mistake, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (naming->mistake), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (naming->mistake), "error");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (naming->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (naming->mistake));
  return box;
}

void
cfoil_view_dialog_ask (GtkWindow          *parent,
                       CfoilViews         *views,
                       CfoilViewItem      *item,
                       const char         *suggestion,
                       CfoilViewNamedFunc  func,
                       gpointer            user_data,
                       GDestroyNotify      destroy)
{
  const char *heading = item != NULL ? _("Rename View") : _("Save View");
  const char *body = item != NULL ? NULL : _("The search, the order and the columns are kept under a name in the sidebar.");
  Naming *naming = g_new0 (Naming, 1);

  naming->views = g_object_ref (views);
  g_set_object (&naming->item, item);
  naming->func = func;
  naming->user_data = user_data;
  naming->destroy = destroy;
  naming->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  adw_message_dialog_set_extra_child (naming->dialog, build_form (naming, suggestion));
  adw_message_dialog_add_responses (naming->dialog,
                                    "cancel", _("_Cancel"), "save", item != NULL ? _("_Rename") : _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (naming->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (naming->dialog, "save");
  adw_message_dialog_set_close_response (naming->dialog, "cancel");
  g_signal_connect_swapped (naming->entry, "changed", G_CALLBACK (changed_cb), naming);
  g_signal_connect_data (naming->dialog, "response", G_CALLBACK (response_cb), naming, naming_free, 0);
  changed_cb (naming);
  gtk_window_present (GTK_WINDOW (naming->dialog));
  /* The name is selected: who types replaces it. */
  gtk_widget_grab_focus (GTK_WIDGET (naming->entry));
}

char *
cfoil_view_dialog_dup_suggestion (CfoilViews *views,
                                  const char *query,
                                  const char *otherwise)
{
  /* Room for a number behind it. */
  const glong max = CFOIL_SAVED_VIEW_MAX_NAME - 4;
  g_autofree char *clean = g_strstrip (g_strdup (query != NULL ? query : ""));
  g_autofree char *name = NULL;
  g_autofree char *numbered = NULL;

  for (char *p = clean; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  if (*clean == '\0' && otherwise != NULL)
    {
      g_free (clean);
      clean = g_strdup (otherwise);
    }
  name = g_strchomp (g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), max)));
  numbered = g_strdup (name);
  for (guint i = 2; i < 1000 && *name != '\0' && cfoil_views_find (views, numbered) != NULL; i++)
    {
      g_free (numbered);
      numbered = g_strdup_printf ("%s %u", name, i);
    }
  return g_steal_pointer (&numbered);
}
