/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-attention.h"

#include "cfoil-overview-section.h"

#include <glib/gi18n.h>

struct _CfoilOverviewAttention
{
  AdwBin parent_instance;

  GtkListBox *list;
  GtkWidget *quiet;
  char *shown; /* (owned) (nullable): what the rows say, so that they stay while it is the same */
};

G_DEFINE_FINAL_TYPE (CfoilOverviewAttention, cfoil_overview_attention, ADW_TYPE_BIN)

static const struct
{
  const char *icon;
  const char *css_class; /* (nullable) */
  const char *button;    /* N_(): what its action is called */
} looks[] = {
  [CFOIL_ATTENTION_DISPUTE] = { "appointment-soon-symbolic", "error", N_ ("Answer") },
  [CFOIL_ATTENTION_REFUND] = { "edit-undo-symbolic", "warning", N_ ("Show") },
  [CFOIL_ATTENTION_EXPIRING] = { "alarm-symbolic", "warning", N_ ("Show") },
  [CFOIL_ATTENTION_SETTLEMENT] = { "dialog-warning-symbolic", "warning", N_ ("Look Into") },
  [CFOIL_ATTENTION_FEED] = { "network-transmit-receive-symbolic", "warning", N_ ("Open Sync") },
  [CFOIL_ATTENTION_EXCEPTION] = { "dialog-warning-symbolic", NULL, N_ ("Look Into") },
  [CFOIL_ATTENTION_ANOMALY] = { "dialog-information-symbolic", NULL, N_ ("Show") },
  [CFOIL_ATTENTION_ADJUSTMENT] = { "dialog-information-symbolic", NULL, N_ ("Look Into") },
};

/* The page, or what is to be seen on it. */
static void
set_action (GtkActionable        *actionable,
            const CfoilAttention *attention)
{
  gboolean is_query = attention->argument != NULL && *attention->argument != '\0';
  gint64 case_id;

  if (is_query && g_strcmp0 (attention->page, "disputes") == 0 &&
      g_ascii_string_to_signed (attention->argument, 10, 1, G_MAXINT64, &case_id, NULL))
    {
      gtk_actionable_set_action_target (actionable, "x", case_id);
      gtk_actionable_set_action_name (actionable, "win.show-case");
    }
  else if (is_query && g_strcmp0 (attention->page, "disputes") == 0)
    {
      gtk_actionable_set_action_target (actionable, "s", attention->argument);
      gtk_actionable_set_action_name (actionable, "win.show-disputes");
    }
  else if (is_query && g_strcmp0 (attention->page, "transactions") == 0)
    {
      gtk_actionable_set_action_target (actionable, "s", attention->argument);
      gtk_actionable_set_action_name (actionable, "win.show-rows");
    }
  else if (attention->kind == CFOIL_ATTENTION_SETTLEMENT)
    {
      gtk_actionable_set_action_target (actionable, "s", is_query ? attention->argument : "");
      gtk_actionable_set_action_name (actionable, "win.show-settlements");
    }
  else
    {
      gtk_actionable_set_action_target (actionable, "s", attention->page);
      gtk_actionable_set_action_name (actionable, "win.show-page");
    }
}

static GtkWidget *
make_row (const CfoilAttention *attention)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *icon = gtk_image_new_from_icon_name (looks[attention->kind].icon);
  GtkWidget *button = gtk_button_new_with_label (_(looks[attention->kind].button));
  g_autofree char *name = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), attention->title);
  if (attention->detail != NULL)
    adw_action_row_set_subtitle (row, attention->detail);
  if (looks[attention->kind].css_class != NULL)
    gtk_widget_add_css_class (icon, looks[attention->kind].css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  adw_action_row_add_prefix (row, icon);
  set_action (GTK_ACTIONABLE (button), attention);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  /* Translators: what a button does, and what with: "Answer: 3 disputes must be answered". */
  name = g_strdup_printf (_("%s: %s"), _(looks[attention->kind].button), attention->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (row, button);
  adw_action_row_set_activatable_widget (row, button);
  return GTK_WIDGET (row);
}

static char *
describe (GPtrArray *attention)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < attention->len; i++)
    {
      const CfoilAttention *one = attention->pdata[i];

      g_string_append_printf (text, "%d\n%s\n%s\n%s\n%s\n", one->kind, one->title, one->detail != NULL ? one->detail : "",
                              one->page, one->argument != NULL ? one->argument : "");
    }
  return g_string_free (text, FALSE);
}

static void
cfoil_overview_attention_finalize (GObject *object)
{
  g_free (CFOIL_OVERVIEW_ATTENTION (object)->shown);

  G_OBJECT_CLASS (cfoil_overview_attention_parent_class)->finalize (object);
}

static void
cfoil_overview_attention_class_init (CfoilOverviewAttentionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_overview_attention_finalize;
}

static void
cfoil_overview_attention_init (CfoilOverviewAttention *self)
{
  CfoilOverviewSection *section = cfoil_overview_section_new (_("Needs Attention"));
  GtkBox *quiet = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9));
  GtkWidget *label = gtk_label_new (_("Nothing needs attention."));
  GtkWidget *icon = gtk_image_new_from_icon_name ("emblem-ok-symbolic");

  gtk_widget_add_css_class (icon, "success");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (quiet, icon);
  gtk_box_append (quiet, label);
  self->quiet = GTK_WIDGET (quiet);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Needs Attention"), -1);
  gtk_box_append (GTK_BOX (section), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (section), self->quiet);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (section));
}

GtkWidget *
cfoil_overview_attention_new (void)
{
  return g_object_new (CFOIL_TYPE_OVERVIEW_ATTENTION, NULL);
}

void
cfoil_overview_attention_set_answer (CfoilOverviewAttention    *self,
                                     const CfoilOverviewAnswer *answer)
{
  GPtrArray *attention = answer->overview->attention;
  g_autofree char *text = describe (attention);
  GtkListBoxRow *row;

  g_return_if_fail (CFOIL_IS_OVERVIEW_ATTENTION (self));

  if (g_strcmp0 (self->shown, text) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < attention->len; i++)
    gtk_list_box_append (self->list, make_row (attention->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->list), attention->len > 0);
  gtk_widget_set_visible (self->quiet, attention->len == 0);
}
