/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-changes.h"

#include "cfoil-overview-section.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* The rest can be seen when some of these were acknowledged. */
#define MAX_ROWS 12
/* Of one kind; more of them are shown when asked for, so that what is different is seen. */
#define MAX_OF_KIND 3

struct _CfoilOverviewChanges
{
  AdwBin parent_instance;

  CfoilOverviewSection *section;
  GtkListBox *list;
  GtkWidget *quiet;
  char *shown; /* (owned) (nullable) */

  GPtrArray *anomalies; /* (owned) (nullable): CfoilAnomaly */
  GTimeZone *zone;      /* (owned) (nullable) */
  GHashTable *opened;   /* (owned) (element-type utf8): rules of which all are shown */
};

enum
{
  ACKNOWLEDGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilOverviewChanges, cfoil_overview_changes, ADW_TYPE_BIN)

static void
acknowledge_cb (CfoilOverviewChanges *self,
                GtkWidget            *button)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "anomaly");

  /* It goes when that has been written; until then it does no harm to say it again. */
  g_signal_emit (self, signals[ACKNOWLEDGE], 0, *id);
}

static GtkWidget *
make_button (const char *label,
             const char *title)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *plain = g_strdup (gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)))));
  g_autofree char *name = g_strdup_printf (_("%s: %s"), plain, title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
make_buttons (CfoilOverviewChanges *self,
              const CfoilAnomaly   *anomaly)
{
  GtkBox *buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  GtkWidget *acknowledge = make_button (_("_Acknowledge"), anomaly->title);

  if (anomaly->query != NULL)
    {
      GtkWidget *show = make_button (_("_Show Rows"), anomaly->title);

      gtk_actionable_set_action_target (GTK_ACTIONABLE (show), "s", anomaly->query);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (show), "win.show-rows");
      gtk_box_append (buttons, show);
    }
  gtk_widget_set_tooltip_text (acknowledge, _("Takes it off the list, and keeps quiet about it for a week"));
  g_object_set_data_full (G_OBJECT (acknowledge), "anomaly", g_memdup2 (&anomaly->anomaly_id, sizeof anomaly->anomaly_id), g_free);
  g_signal_connect_object (acknowledge, "clicked", G_CALLBACK (acknowledge_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (buttons, acknowledge);
  return GTK_WIDGET (buttons);
}

static void
append_words (GtkBox     *box,
              const char *text,
              const char *css_class)
{
  GtkLabel *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  g_autofree char *kept = cfoil_words_keep_signs (text);

  gtk_label_set_text (label, kept);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (box, GTK_WIDGET (label));
}

static guint
count_of_kind (CfoilOverviewChanges *self,
               const char           *rule)
{
  guint n = 0;

  for (guint i = 0; i < self->anomalies->len; i++)
    n += g_str_equal (((const CfoilAnomaly *) self->anomalies->pdata[i])->rule, rule);
  return n;
}

static void fill (CfoilOverviewChanges *self);

static void
open_kind_cb (CfoilOverviewChanges *self,
              GtkWidget            *button)
{
  const char *rule = g_object_get_data (G_OBJECT (button), "rule");

  g_hash_table_add (self->opened, g_strdup (rule));
  fill (self);
}

/* What stands for the rest of a kind. */
static GtkWidget *
make_rest (CfoilOverviewChanges *self,
           const CfoilAnomaly   *anomaly,
           guint                 n)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *button = make_button (_("Show _All"), anomaly->title);
  /* Translators: %s is a kind of what was found ("Possible Duplicate"). */
  g_autofree char *title = g_strdup_printf (ngettext ("%u more: %s", "%u more: %s", n), n, anomaly->title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_object_set_data_full (G_OBJECT (button), "rule", g_strdup (anomaly->rule), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_kind_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_suffix (row, button);
  adw_action_row_set_activatable_widget (row, button);
  return GTK_WIDGET (row);
}

/* Whose payments it is about, and of which days. */
static char *
describe_where (const CfoilAnomaly *anomaly,
                GTimeZone          *zone)
{
  g_autofree char *first = cfoil_words_date (anomaly->from_us, zone), *last = cfoil_words_date (anomaly->until_us, zone);
  gboolean is_day = g_str_equal (first, last), has_currency = *anomaly->currency != '\0';

  return g_strdup_printf ("%s%s%s · %s%s%s", anomaly->account, has_currency ? " · " : "", anomaly->currency, first,
                          is_day ? "" : " – ", is_day ? "" : last);
}

static GtkWidget *
make_row (CfoilOverviewChanges *self,
          const CfoilAnomaly   *anomaly,
          GTimeZone            *zone)
{
  GtkListBoxRow *row = GTK_LIST_BOX_ROW (gtk_list_box_row_new ());
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  g_autofree char *where = describe_where (anomaly, zone);

  append_words (box, anomaly->title, "heading");
  append_words (box, anomaly->sentence, NULL);
  append_words (box, where, "caption");
  gtk_widget_add_css_class (gtk_widget_get_last_child (GTK_WIDGET (box)), "dim-label");
  gtk_box_append (box, make_buttons (self, anomaly));
  gtk_widget_add_css_class (GTK_WIDGET (box), "overview-change");
  gtk_list_box_row_set_child (row, GTK_WIDGET (box));
  gtk_list_box_row_set_activatable (row, FALSE);
  /* Its buttons have the focus. */
  gtk_widget_set_focusable (GTK_WIDGET (row), FALSE);
  return GTK_WIDGET (row);
}

static char *
describe (GPtrArray *anomalies)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < anomalies->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT "\n%s\n", ((CfoilAnomaly *) anomalies->pdata[i])->anomaly_id,
                            ((CfoilAnomaly *) anomalies->pdata[i])->sentence);
  return g_string_free (text, FALSE);
}

static void
cfoil_overview_changes_finalize (GObject *object)
{
  CfoilOverviewChanges *self = CFOIL_OVERVIEW_CHANGES (object);

  g_free (self->shown);
  g_clear_pointer (&self->anomalies, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_hash_table_unref (self->opened);

  G_OBJECT_CLASS (cfoil_overview_changes_parent_class)->finalize (object);
}

static void
cfoil_overview_changes_class_init (CfoilOverviewChangesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_overview_changes_finalize;
  signals[ACKNOWLEDGE] = g_signal_new ("acknowledge", CFOIL_TYPE_OVERVIEW_CHANGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cfoil_overview_changes_init (CfoilOverviewChanges *self)
{
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->section = cfoil_overview_section_new (_("What Changed"));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What Changed"), -1);
  self->quiet = gtk_label_new (_("Nothing unusual was found."));
  gtk_label_set_xalign (GTK_LABEL (self->quiet), 0);
  gtk_label_set_wrap (GTK_LABEL (self->quiet), TRUE);
  gtk_widget_add_css_class (self->quiet, "dim-label");
  gtk_box_append (GTK_BOX (self->section), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self->section), self->quiet);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->section));
}

GtkWidget *
cfoil_overview_changes_new (void)
{
  return g_object_new (CFOIL_TYPE_OVERVIEW_CHANGES, NULL);
}

/* The row that has the focus; -1: none has. */
static int
find_focus (CfoilOverviewChanges *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row == NULL || !gtk_widget_is_ancestor (row, GTK_WIDGET (self->list)))
    return -1;
  return gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

/* Who goes through the list by keys goes on with what came into the place of the row. */
static void
focus_row (CfoilOverviewChanges *self,
           int                   index)
{
  GtkListBoxRow *row = NULL;

  while (index >= 0 && (row = gtk_list_box_get_row_at_index (self->list, index)) == NULL)
    index--;
  if (row != NULL)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

static void
fill (CfoilOverviewChanges *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *more = NULL;
  int focused = find_focus (self);
  GtkListBoxRow *row;
  guint n_rows = 0;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->anomalies->len && n_rows < MAX_ROWS; i++)
    {
      const CfoilAnomaly *anomaly = self->anomalies->pdata[i];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, anomaly->rule)) + 1;
      gboolean is_opened = g_hash_table_contains (self->opened, anomaly->rule);

      g_hash_table_insert (seen, anomaly->rule, GUINT_TO_POINTER (n));
      if (n > MAX_OF_KIND && !is_opened)
        continue;
      gtk_list_box_append (self->list, make_row (self, anomaly, self->zone));
      n_rows += !is_opened || n <= MAX_OF_KIND;
      if (n == MAX_OF_KIND && !is_opened && count_of_kind (self, anomaly->rule) > n)
        gtk_list_box_append (self->list, make_rest (self, anomaly, count_of_kind (self, anomaly->rule) - n));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->anomalies->len > 0);
  gtk_widget_set_visible (self->quiet, self->anomalies->len == 0);
  if (n_rows == MAX_ROWS && self->anomalies->len > MAX_ROWS)
    /* Translators: %u and %u are numbers. */
    more = g_strdup_printf (_("The newest %u of %u"), MAX_ROWS, self->anomalies->len);
  cfoil_overview_section_set_note (self->section, more);
  focus_row (self, focused);
}

void
cfoil_overview_changes_set_answer (CfoilOverviewChanges      *self,
                                   const CfoilOverviewAnswer *answer,
                                   GTimeZone                 *zone)
{
  g_autofree char *text = describe (answer->anomalies);

  g_return_if_fail (CFOIL_IS_OVERVIEW_CHANGES (self));

  if (g_strcmp0 (self->shown, text) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  g_clear_pointer (&self->anomalies, g_ptr_array_unref);
  self->anomalies = g_ptr_array_ref (answer->anomalies);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  fill (self);
}
