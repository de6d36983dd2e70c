/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-menu.h"

#include "cfoil-search-words.h"

#include <glib/gi18n.h>

/* What is asked for most, first. */
static const CfoilField usual[] = {
  CFOIL_FIELD_TIME,     CFOIL_FIELD_AMOUNT, CFOIL_FIELD_STATE, CFOIL_FIELD_TYPE,
  CFOIL_FIELD_CURRENCY, CFOIL_FIELD_STORE,  CFOIL_FIELD_TAGS,  CFOIL_FIELD_SETTLEMENT,
};

typedef enum
{
  SECTION_USUAL,
  SECTION_PROPERTIES,
  SECTION_OTHERS,
} Section;

typedef struct
{
  Section section;
  guint number; /* a CfoilField or a CfoilIs */
  char *sought; /* folded */
} Item;

struct _CfoilSearchMenu
{
  GtkPopover parent_instance;

  GtkSearchEntry *search;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  char *sought; /* folded */
};

enum
{
  FIELD,
  PROPERTY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilSearchMenu, cfoil_search_menu, GTK_TYPE_POPOVER)

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->sought);
  g_free (item);
}

static const Item *
get_item (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

static GtkWidget *
new_label (const char *text,
           gboolean    is_dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, !is_dim);
  if (is_dim)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }
  return label;
}

static void
add_row (CfoilSearchMenu *self,
         Section          section,
         guint            number,
         const char      *title,
         char            *word) /* (transfer full) */
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  g_autofree char *both = g_strconcat (title, " ", word, NULL);
  Item *item = g_new0 (Item, 1);

  item->section = section;
  item->number = number;
  item->sought = cfoil_fold (both);
  g_object_set_data_full (G_OBJECT (row), "item", item, item_free);
  gtk_box_append (GTK_BOX (box), new_label (title, FALSE));
  gtk_box_append (GTK_BOX (box), new_label (word, TRUE));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (self->list, row);
  g_free (word);
}

static gboolean
is_usual (CfoilField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (usual[i] == field)
      return TRUE;
  return FALSE;
}

static void
add_field (CfoilSearchMenu *self,
           Section          section,
           CfoilField       field)
{
  const char *name = cfoil_query_field_name (field);

  if (name != NULL)
    add_row (self, section, field, cfoil_search_words_field (field), g_strconcat (name, ":", NULL));
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  return g_utf8_collate (cfoil_search_words_field (*(const CfoilField *) a), cfoil_search_words_field (*(const CfoilField *) b));
}

static void
add_rows (CfoilSearchMenu *self)
{
  CfoilField others[CFOIL_N_FIELDS];
  guint n_others = 0;

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    add_field (self, SECTION_USUAL, usual[i]);
  for (guint i = 0; i < CFOIL_N_IS; i++)
    add_row (self, SECTION_PROPERTIES, i, cfoil_search_words_is ((CfoilIs) i),
             g_strconcat ("is:", cfoil_is_to_string ((CfoilIs) i), NULL));
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (!is_usual ((CfoilField) i))
      others[n_others++] = (CfoilField) i;
  qsort (others, n_others, sizeof *others, compare_titles);
  for (guint i = 0; i < n_others; i++)
    add_field (self, SECTION_OTHERS, others[i]);
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  Section section = get_item (row)->section;
  GtkWidget *label;

  if (section == SECTION_USUAL || (before != NULL && get_item (before)->section == section))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (section == SECTION_PROPERTIES ? _("Properties") : _("More Fields"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "search-header");
  gtk_list_box_row_set_header (row, label);
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  CfoilSearchMenu *self = user_data;

  return self->sought == NULL || strstr (get_item (row)->sought, self->sought) != NULL;
}

static void
row_activated_cb (CfoilSearchMenu *self,
                  GtkListBoxRow   *row)
{
  const Item *item = get_item (row);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[item->section == SECTION_PROPERTIES ? PROPERTY : FIELD], 0, item->number);
}

static void
search_changed_cb (CfoilSearchMenu *self)
{
  g_free (self->sought);
  self->sought = cfoil_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* Enter in the entry takes what stands first. */
static void
search_activated_cb (CfoilSearchMenu *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (filter_cb (row, self))
      {
        row_activated_cb (self, row);
        return;
      }
}

static void
cfoil_search_menu_show (GtkWidget *widget)
{
  CfoilSearchMenu *self = CFOIL_SEARCH_MENU (widget);

  if (gtk_list_box_get_row_at_index (self->list, 0) == NULL)
    add_rows (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  GTK_WIDGET_CLASS (cfoil_search_menu_parent_class)->show (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
cfoil_search_menu_finalize (GObject *object)
{
  g_free (CFOIL_SEARCH_MENU (object)->sought);

  G_OBJECT_CLASS (cfoil_search_menu_parent_class)->finalize (object);
}

static void
cfoil_search_menu_class_init (CfoilSearchMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfoil_search_menu_finalize;
  widget_class->show = cfoil_search_menu_show;

  signals[FIELD] = g_signal_new ("field", CFOIL_TYPE_SEARCH_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[PROPERTY] = g_signal_new ("property", CFOIL_TYPE_SEARCH_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-search-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchMenu, search);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchMenu, scroller);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchMenu, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
cfoil_search_menu_init (CfoilSearchMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
}
