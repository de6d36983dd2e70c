/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-statements.h"

#include "cfoil-bank-mapping.h"
#include "cfoil-bank-statement.h"
#include "cfoil-period.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilBankStatements
{
  AdwBin parent_instance;

  GtkBox *groups;
};

G_DEFINE_FINAL_TYPE (CfoilBankStatements, cfoil_bank_statements, ADW_TYPE_BIN)

static void
add_button (GtkWidget  *row,
            const char *words,
            const char *title,
            const char *action,
            GVariant   *target)
{
  /* Translators: of a button: what it does, and to what. */
  g_autofree char *label = g_strdup_printf (_("%s: %s"), words, title);
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "icon-name", "user-trash-symbolic", "valign", GTK_ALIGN_CENTER,
                                    "tooltip-text", words, "action-name", action, "action-target", target, NULL);

  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 2, "subtitle-lines", 5, NULL);

  /* Not while it is made: then they would be taken for markup. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static char *
statement_subtitle (const CfoilBankStatement *statement,
                    GTimeZone                *zone)
{
  CfoilPeriod period = { CFOIL_PERIOD_DAYS, statement->first_day, statement->last_day + 1 };
  g_autofree char *days = cfoil_period_to_title (&period);
  g_autofree char *account = cfoil_shown_text (statement->bank_account);
  g_autofree char *number = cfoil_words_number ((gint64) statement->n_entries);
  g_autofree char *imported = cfoil_words_date (statement->imported_us, zone);
  g_autofree char *entries = NULL;

  if (statement->n_entries == 0)
    /* Translators: a bank account and a date. */
    return g_strdup_printf (_("%s · imported on %s · no entries of its own"), account != NULL ? account : "", imported);
  /* Translators: a number of entries of a bank statement. */
  entries = g_strdup_printf (ngettext ("%s entry", "%s entries", (gulong) statement->n_entries), number);
  /* Translators: a bank account, days, a number of entries, a date. */
  return g_strdup_printf (_("%s · %s · %s · imported on %s"), account != NULL ? account : "", days, entries, imported);
}

static void
add_statement (AdwPreferencesGroup      *group,
               const CfoilBankStatement *statement,
               GTimeZone                *zone)
{
  g_autofree char *title = cfoil_shown_text (statement->name);
  g_autofree char *subtitle = statement_subtitle (statement, zone);
  GtkWidget *row = make_row (title != NULL ? title : "", subtitle);

  add_button (row, _("Remove Statement"), title, "bank.remove", g_variant_new_int64 (statement->statement_id));
  adw_preferences_group_add (group, row);
}

static void
add_mapping (AdwPreferencesGroup    *group,
             const CfoilBankMapping *mapping)
{
  g_autofree char *title = cfoil_shown_text (mapping->name);
  g_autofree char *names = g_strjoinv (", ", mapping->header);
  g_autofree char *subtitle = cfoil_shown_text (names);
  GtkWidget *row = make_row (title != NULL ? title : "", subtitle != NULL ? subtitle : "");

  add_button (row, _("Forget Columns"), title, "bank.forget", g_variant_new_string (mapping->name));
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
add_group (CfoilBankStatements *self,
           const char          *title,
           const char          *description)
{
  AdwPreferencesGroup *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title, "description", description, NULL);

  gtk_box_append (self->groups, GTK_WIDGET (group));
  return group;
}

void
cfoil_bank_statements_set (CfoilBankStatements *self,
                           GPtrArray           *statements,
                           GPtrArray           *mappings,
                           GTimeZone           *zone)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  AdwPreferencesGroup *group;
  GtkWidget *child;

  /* A button that goes with the focus leaves the way to it closed for Tab. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  group = add_group (self, _("Imported Statements"), _("Removing one takes its entries back, but for those that another statement has, too."));
  for (guint i = 0; i < statements->len; i++)
    add_statement (group, g_ptr_array_index (statements, i), zone);
  if (mappings->len == 0)
    return;
  group = add_group (self, _("Recognised CSV Files"), _("What their columns mean is known. When it is forgotten, the next import asks for it."));
  for (guint i = 0; i < mappings->len; i++)
    add_mapping (group, g_ptr_array_index (mappings, i));
}

static void
cfoil_bank_statements_class_init (CfoilBankStatementsClass *klass)
{
}

static void
cfoil_bank_statements_init (CfoilBankStatements *self)
{
  GtkWidget *clamp;

  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  clamp = g_object_new (ADW_TYPE_CLAMP, "child", self->groups, "margin-top", 18, "margin-bottom", 24, "margin-start", 12,
                        "margin-end", 12, NULL);
  adw_bin_set_child (ADW_BIN (self), g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child", clamp, NULL));
}
