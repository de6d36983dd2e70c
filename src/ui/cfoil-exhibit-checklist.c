/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exhibit-checklist.h"

#include "cfoil-checklist.h"
#include "cfoil-exhibit-drag.h"

#include <glib/gi18n.h>

#define TYPE_KEY "cfoil-evidence-type"
#define LIST_KEY "cfoil-checklist"

typedef struct
{
  AdwExpanderRow *row; /* (borrowed) */
  GtkImage *tick;      /* (borrowed) */
  const char *id;      /* static */
  CfoilWeight weight;
  int is_satisfied;    /* as shown, -1: not as yet */
} Item;

struct _CfoilExhibitChecklist
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group; /* (borrowed) */
  GtkToggleButton *all;       /* (borrowed): also what is there */
  GArray *items;              /* (owned) (element-type Item) */
  CfoilDraftSession *session; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CfoilExhibitChecklist, cfoil_exhibit_checklist, ADW_TYPE_BIN)

/* --- items --- */

static const char *
get_weight_words (CfoilWeight weight)
{
  switch (weight)
    {
    case CFOIL_WEIGHT_DECISIVE:
      return _("Decisive");
    case CFOIL_WEIGHT_RECOMMENDED:
      return _("Recommended");
    default:
      return _("Optional");
    }
}

static void
show_item (Item    *item,
           gboolean is_satisfied)
{
  g_autofree char *subtitle = NULL;

  if (item->is_satisfied == (int) is_satisfied)
    return;
  item->is_satisfied = is_satisfied;
  /* Translators: how much something on a checklist matters, and whether it is there. */
  subtitle = g_strdup_printf (is_satisfied ? _("%s, there") : _("%s, not there yet"), get_weight_words (item->weight));
  adw_expander_row_set_subtitle (item->row, subtitle);
  gtk_image_set_from_icon_name (item->tick, is_satisfied ? "emblem-ok-symbolic" : "media-record-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (item->tick), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (item->tick), "dim-label");
  gtk_widget_remove_css_class (GTK_WIDGET (item->tick), "warning");
  if (is_satisfied)
    gtk_widget_add_css_class (GTK_WIDGET (item->tick), "success");
  else
    gtk_widget_add_css_class (GTK_WIDGET (item->tick), item->weight == CFOIL_WEIGHT_DECISIVE ? "warning" : "dim-label");
}

static void
dropped_cb (GtkWidget              *widget,
            const CfoilExhibitDrag *drag,
            GFile                 **files,
            guint                   n_files)
{
  CfoilExhibitChecklist *self = g_object_get_data (G_OBJECT (widget), LIST_KEY);
  CfoilEvidenceType type = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (widget), TYPE_KEY));

  if (self->session != NULL && n_files > 0)
    cfoil_draft_session_add_files (self->session, files, n_files, type, NULL);
}

static GtkWidget *
make_button (const CfoilChecklistItem *entry)
{
  GtkWidget *button = gtk_button_new_with_label (entry->is_fact ? _("Enter Under Facts") : _("Add Files…"));
  g_autofree char *label = g_strdup_printf ("%s: %s", gtk_button_get_label (GTK_BUTTON (button)), entry->title);

  if (entry->is_fact)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "facts", cfoil_fact_get_info (entry->fact)->name);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "answer.step");
    }
  else
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(is)", (int) entry->exhibit, "");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "evidence.add-files");
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static GtkWidget *
make_why (const CfoilChecklistItem *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *why = gtk_label_new (entry->why);
  GtkWidget *row = adw_preferences_row_new ();

  gtk_label_set_xalign (GTK_LABEL (why), 0);
  gtk_label_set_wrap (GTK_LABEL (why), TRUE);
  gtk_box_append (GTK_BOX (box), why);
  gtk_box_append (GTK_BOX (box), make_button (entry));
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
add_item (CfoilExhibitChecklist    *self,
          const CfoilChecklistItem *entry)
{
  Item item = { .id = entry->id, .weight = entry->weight, .is_satisfied = -1 };

  item.row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  item.tick = GTK_IMAGE (gtk_image_new ());
  gtk_accessible_update_state (GTK_ACCESSIBLE (item.tick), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (item.row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (item.row), entry->title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (item.row), entry->why);
  adw_expander_row_add_prefix (item.row, GTK_WIDGET (item.tick));
  adw_expander_row_add_row (item.row, make_why (entry));
  if (!entry->is_fact)
    {
      g_object_set_data (G_OBJECT (item.row), LIST_KEY, self);
      g_object_set_data (G_OBJECT (item.row), TYPE_KEY, GINT_TO_POINTER (entry->exhibit));
      cfoil_exhibit_drag_add_target (GTK_WIDGET (item.row), FALSE, dropped_cb);
    }
  adw_preferences_group_add (self->group, GTK_WIDGET (item.row));
  g_array_append_val (self->items, item);
}

/* What is there, and what matters little, does not push the exhibits out of sight. */
static void
show_rows (CfoilExhibitChecklist *self)
{
  gboolean is_all = gtk_toggle_button_get_active (self->all);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);

      gtk_widget_set_visible (GTK_WIDGET (item->row),
                              is_all || (item->is_satisfied != TRUE && item->weight != CFOIL_WEIGHT_OPTIONAL));
    }
}

static gboolean
is_the_same_list (CfoilExhibitChecklist *self,
                  GPtrArray             *list)
{
  gboolean is_same = list->len == self->items->len;

  for (guint i = 0; is_same && i < list->len; i++)
    is_same = g_strcmp0 (((CfoilChecklistItem *) list->pdata[i])->id, g_array_index (self->items, Item, i).id) == 0;
  return is_same;
}

static void
show_count (CfoilExhibitChecklist *self,
            GPtrArray             *list)
{
  guint n_done = 0, n_wanted = 0;
  g_autofree char *text = NULL;

  cfoil_checklist_count (list, &n_done, &n_wanted);
  /* Translators: how many things of a checklist are there, of how many that matter. */
  text = g_strdup_printf (_("%u of %u that matter are there. Drop files on what they prove."), n_done, n_wanted);
  adw_preferences_group_set_description (self->group, text);
}

/* --- GObject --- */

static void
cfoil_exhibit_checklist_dispose (GObject *object)
{
  g_clear_object (&CFOIL_EXHIBIT_CHECKLIST (object)->session);

  G_OBJECT_CLASS (cfoil_exhibit_checklist_parent_class)->dispose (object);
}

static void
cfoil_exhibit_checklist_finalize (GObject *object)
{
  g_array_unref (CFOIL_EXHIBIT_CHECKLIST (object)->items);

  G_OBJECT_CLASS (cfoil_exhibit_checklist_parent_class)->finalize (object);
}

static void
cfoil_exhibit_checklist_class_init (CfoilExhibitChecklistClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_exhibit_checklist_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_exhibit_checklist_finalize;
}

static void
cfoil_exhibit_checklist_init (CfoilExhibitChecklist *self)
{
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Checklist"));
  self->all = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_("Show All")));
  gtk_widget_set_valign (GTK_WIDGET (self->all), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->all), _("Also Show What Is There and What Is Optional"));
  gtk_widget_add_css_class (GTK_WIDGET (self->all), "flat");
  g_signal_connect_object (self->all, "toggled", G_CALLBACK (show_rows), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (self->group, GTK_WIDGET (self->all));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

CfoilExhibitChecklist *
cfoil_exhibit_checklist_new (void)
{
  return g_object_new (CFOIL_TYPE_EXHIBIT_CHECKLIST, NULL);
}

void
cfoil_exhibit_checklist_update (CfoilExhibitChecklist *self,
                                CfoilDraftSession     *session)
{
  GPtrArray *list = cfoil_draft_session_get_checklist (session);

  g_return_if_fail (CFOIL_IS_EXHIBIT_CHECKLIST (self));

  g_set_object (&self->session, session);
  gtk_widget_set_visible (GTK_WIDGET (self), list != NULL && list->len > 0);
  if (list == NULL)
    return;
  if (!is_the_same_list (self, list))
    {
      for (guint i = 0; i < self->items->len; i++)
        adw_preferences_group_remove (self->group, GTK_WIDGET (g_array_index (self->items, Item, i).row));
      g_array_set_size (self->items, 0);
      for (guint i = 0; i < list->len; i++)
        add_item (self, list->pdata[i]);
    }
  for (guint i = 0; i < list->len; i++)
    show_item (&g_array_index (self->items, Item, i), ((CfoilChecklistItem *) list->pdata[i])->is_satisfied);
  show_rows (self);
  show_count (self, list);
}
