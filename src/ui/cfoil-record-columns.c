/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-columns.h"

#include "cfoil-record-cells.h"
#include "cfoil-record-item.h"
#include "cfoil-record-text.h"
#include "cfoil-saved-view.h"

/* Below this width, for text of the usual size, only those columns are shown for
 * which there is room. */
#define NARROW_WIDTH 640
/* About what a letter and the space between two columns take; the same of a title,
 * whose arrow takes room also where it is not drawn. */
#define CHAR_WIDTH 8.8
#define GAP_WIDTH 15
#define TITLE_CHAR_WIDTH 6
#define TITLE_GAP_WIDTH 35
#define MIN_WIDTH 70

struct _CfoilRecordColumns
{
  GObject parent_instance;

  GtkColumnView *view; /* (borrowed) */
  GArray *choices;     /* (owned): CfoilColumnChoice */
  CfoilSort sort;
  GtkColumnViewColumn *columns[CFOIL_N_FIELDS]; /* (owned) (nullable): made when they are first shown */
  GTimeZone *zone;                              /* (owned) */
  int room;
  int compared;         /* field asked by its sorter, -1: none */
  gboolean is_changing; /* by ourselves */
  guint changed_id;
};

enum
{
  CHANGED,
  FIELDS_CHANGED,
  SORT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilRecordColumns, cfoil_record_columns, G_TYPE_OBJECT)

static CfoilColumnChoice *
choice_at (CfoilRecordColumns *self,
           guint               i)
{
  return &g_array_index (self->choices, CfoilColumnChoice, i);
}

static CfoilColumnChoice *
find_choice (CfoilRecordColumns *self,
             CfoilField          field)
{
  guint i = 0;

  while (choice_at (self, i)->field != field)
    i++;
  return choice_at (self, i);
}

/* --- told together, when the user is done for now --- */

static gboolean
changed_cb (gpointer user_data)
{
  CfoilRecordColumns *self = user_data;

  self->changed_id = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
tell_soon (CfoilRecordColumns *self)
{
  if (self->changed_id == 0)
    self->changed_id = g_idle_add (changed_cb, self);
}

/* --- sorting --- */

typedef struct
{
  CfoilRecordColumns *columns; /* (borrowed) */
  CfoilField field;
} SorterData;

/* The view's sorter asks that of the first column first: how we learn which it
 * is, and by the sign in which direction.  No rows are ever compared. */
static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  SorterData *data = user_data;

  if (data->columns->compared < 0)
    data->columns->compared = (int) data->field;
  return -1;
}

static GtkSorter *
new_sorter (CfoilRecordColumns *self,
            CfoilField          field)
{
  SorterData *data = g_new (SorterData, 1);

  data->columns = self;
  data->field = field;
  return GTK_SORTER (gtk_custom_sorter_new (compare_cb, data, g_free));
}

static void
sorter_changed_cb (CfoilRecordColumns *self)
{
  g_autoptr (CfoilRecordItem) a = NULL;
  g_autoptr (CfoilRecordItem) b = NULL;
  GtkOrdering ordering;

  if (self->is_changing)
    return;
  a = cfoil_record_item_new (0);
  b = cfoil_record_item_new (0);
  self->compared = -1;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), a, b);
  if (self->compared < 0)
    self->sort = cfoil_sort_default;
  else
    self->sort = (CfoilSort) { (CfoilField) self->compared, ordering == GTK_ORDERING_SMALLER };
  g_signal_emit (self, signals[SORT_CHANGED], 0);
}

/* The arrow at the title; none where the column is not shown. */
static void
show_sort (CfoilRecordColumns *self)
{
  GtkColumnViewColumn *column = find_choice (self, self->sort.field)->is_visible ? self->columns[self->sort.field] : NULL;

  self->is_changing = TRUE;
  /* GTK 4.8 takes the arrow from the former column only when there is none between. */
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (self->view, column, self->sort.is_ascending ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
  self->is_changing = FALSE;
}

/* --- what there is room for --- */

static int
width_of (const CfoilColumnChoice *choice)
{
  int width = (int) (cfoil_record_cells_min_chars (choice->field) * CHAR_WIDTH) + GAP_WIDTH;
  int title = (int) g_utf8_strlen (cfoil_field_get_title (choice->field), -1) * TITLE_CHAR_WIDTH + TITLE_GAP_WIDTH;

  return choice->width > 0 ? choice->width : MAX (MAX (width, title), MIN_WIDTH);
}

/* Leaves FIELD out unless it is the last. */
static void
leave_out (CfoilRecordColumns *self,
           CfoilField          field,
           CfoilFieldSet      *fields,
           int                *width)
{
  CfoilFieldSet rest = *fields & ~CFOIL_FIELD_BIT (field);

  if (rest == *fields || rest == 0 || *width <= self->room)
    return;
  *fields = rest;
  *width -= width_of (find_choice (self, field));
}

/* What was asked for stands for what moved where that is not shown. */
static gboolean
is_usual (CfoilField    field,
          CfoilFieldSet usual,
          CfoilFieldSet fields)
{
  return (usual & CFOIL_FIELD_BIT (field)) != 0 ||
         (field == CFOIL_FIELD_AMOUNT && (fields & CFOIL_FIELD_BIT (CFOIL_FIELD_GROSS)) == 0);
}

/* First those that are not usual, from the end; then what is missed least. */
static CfoilFieldSet
find_fitting (CfoilRecordColumns *self)
{
  static const CfoilField dispensable[] = {
    CFOIL_FIELD_SETTLEMENT, CFOIL_FIELD_BUYER_NAME, CFOIL_FIELD_DESCRIPTION, CFOIL_FIELD_FEE, CFOIL_FIELD_STATE,
    CFOIL_FIELD_FLAGS, CFOIL_FIELD_NET, CFOIL_FIELD_TYPE, CFOIL_FIELD_REFERENCE,
  };
  CfoilFieldSet fields = cfoil_column_choices_get_fields (self->choices);
  g_autoptr (GArray) usual = cfoil_column_choices_parse (NULL);
  CfoilFieldSet usual_fields = cfoil_column_choices_get_fields (usual);
  int width = 0;

  for (guint i = 0; i < self->choices->len; i++)
    if (choice_at (self, i)->is_visible)
      width += width_of (choice_at (self, i));
  for (guint i = self->choices->len; i > 0; i--)
    if (!is_usual (choice_at (self, i - 1)->field, usual_fields, fields))
      leave_out (self, choice_at (self, i - 1)->field, &fields, &width);
  for (guint i = 0; i < G_N_ELEMENTS (dispensable); i++)
    leave_out (self, dispensable[i], &fields, &width);
  return fields;
}

/* GTK puts the cells of a column that comes back behind all others of their row, and where
 * one is hidden those of a column that is moved elsewhere: they are drawn where they
 * belong, but read in that order by who cannot see them. */
static void
order_cells (CfoilRecordColumns *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint n = g_list_model_get_n_items (columns);

  self->is_changing = TRUE;
  /* What is moved to the beginning goes there with its cells. */
  for (guint i = 0; n > 1 && i < n; i++)
    {
      g_autoptr (GtkColumnViewColumn) last = g_list_model_get_item (columns, n - 1);

      gtk_column_view_insert_column (self->view, 0, last);
    }
  self->is_changing = FALSE;
  /* A column that is moved may take the arrow with it. */
  show_sort (self);
}

/* What is left is for free texts, or else for references, whose length is known. */
static gboolean
takes_what_is_left (CfoilField    field,
                    CfoilFieldSet fields)
{
  CfoilFieldSet texts = CFOIL_FIELD_BIT (CFOIL_FIELD_DESCRIPTION) | CFOIL_FIELD_BIT (CFOIL_FIELD_BUYER_NAME) |
                        CFOIL_FIELD_BIT (CFOIL_FIELD_NOTE);

  return (texts & CFOIL_FIELD_BIT (field)) != 0 || (field == CFOIL_FIELD_REFERENCE && (texts & fields) == 0);
}

/* Who has chosen other than the usual columns wants to see them, and scrolls where
 * the window is not too small for that. */
static void
fit (CfoilRecordColumns *self,
     gboolean            has_moved)
{
  CfoilFieldSet fields = cfoil_column_choices_get_fields (self->choices);
  g_autofree char *text = cfoil_column_choices_to_text (self->choices);

  if (cfoil_saved_view_columns_are_shipped (text) || self->room < NARROW_WIDTH)
    fields = find_fitting (self);
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    {
      gboolean fits = (fields & CFOIL_FIELD_BIT (i)) != 0;

      if (self->columns[i] != NULL)
        gtk_column_view_column_set_expand (self->columns[i], takes_what_is_left (i, fields));
      if (self->columns[i] != NULL && gtk_column_view_column_get_visible (self->columns[i]) != fits)
        {
          gtk_column_view_column_set_visible (self->columns[i], fits);
          has_moved |= fits;
        }
    }
  if (has_moved)
    order_cells (self);
}

/* --- titles --- */

static GtkWidget *
find_label (GtkWidget *title)
{
  GtkWidget *box = gtk_widget_get_first_child (title);
  GtkWidget *child = box != NULL ? gtk_widget_get_first_child (box) : NULL;

  while (child != NULL && !GTK_IS_LABEL (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* A title is a box of a label and an arrow, in GTK 4.8 and later alike; where it
 * is not, the title stays on the left.  The arrow goes first: it takes its room
 * also where it is not drawn, and the label shall end where the numbers end. */
static void
align_label (GtkWidget *label)
{
  GtkWidget *arrow = gtk_widget_get_next_sibling (label);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 1.0f);
  if (arrow != NULL)
    gtk_widget_insert_after (arrow, gtk_widget_get_parent (label), NULL);
}

static gboolean
is_title_of_number (CfoilRecordColumns *self,
                    const char         *title)
{
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (self->columns[i] != NULL && g_strcmp0 (gtk_column_view_column_get_title (self->columns[i]), title) == 0)
      return cfoil_record_cells_is_number (i);
  return FALSE;
}

/* By what they say: they do not always stand in the order of the columns. */
static void
align_titles (CfoilRecordColumns *self)
{
  GtkWidget *titles = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = titles != NULL ? gtk_widget_get_first_child (titles) : NULL;

  for (; title != NULL; title = gtk_widget_get_next_sibling (title))
    {
      GtkWidget *label = find_label (title);

      if (label != NULL && is_title_of_number (self, gtk_label_get_text (GTK_LABEL (label))))
        align_label (label);
    }
}

/* --- the columns themselves --- */

static void
width_cb (CfoilRecordColumns  *self,
          GParamSpec          *pspec,
          GtkColumnViewColumn *column)
{
  int width = gtk_column_view_column_get_fixed_width (column);

  if (self->is_changing)
    return;
  for (guint i = 0; i < self->choices->len; i++)
    if (self->columns[choice_at (self, i)->field] == column)
      choice_at (self, i)->width = CLAMP (width, 0, CFOIL_COLUMN_MAX_WIDTH);
  tell_soon (self);
}

static GtkColumnViewColumn *
get_column (CfoilRecordColumns *self,
            CfoilField          field)
{
  GtkColumnViewColumn *column = self->columns[field];
  g_autoptr (GtkSorter) sorter = NULL;

  if (column != NULL)
    return column;
  sorter = new_sorter (self, field);
  column = gtk_column_view_column_new (cfoil_field_get_title (field), cfoil_record_cells_new (field, &self->zone));
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_sorter (column, sorter);
  g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);
  self->columns[field] = column;
  return column;
}

static gboolean
stands_at (CfoilRecordColumns  *self,
           GtkColumnViewColumn *column,
           guint                position)
{
  g_autoptr (GtkColumnViewColumn) there = g_list_model_get_item (gtk_column_view_get_columns (self->view), position);

  return there == column;
}

/* Makes the view's columns those of the choices, touching no more than differs. */
static void
show_choices (CfoilRecordColumns *self)
{
  gboolean has_moved = FALSE;
  guint n = 0;

  self->is_changing = TRUE;
  for (guint i = 0; i < self->choices->len; i++)
    {
      const CfoilColumnChoice *choice = choice_at (self, i);
      GtkColumnViewColumn *column = self->columns[choice->field];

      if (!choice->is_visible && column != NULL && gtk_column_view_column_get_column_view (column) != NULL)
        gtk_column_view_remove_column (self->view, column);
    }
  for (guint i = 0; i < self->choices->len; i++)
    {
      const CfoilColumnChoice *choice = choice_at (self, i);
      GtkColumnViewColumn *column;

      if (!choice->is_visible)
        continue;
      column = get_column (self, choice->field);
      if (gtk_column_view_column_get_fixed_width (column) != (choice->width > 0 ? choice->width : -1))
        gtk_column_view_column_set_fixed_width (column, choice->width > 0 ? choice->width : -1);
      if (!stands_at (self, column, n))
        {
          gtk_column_view_insert_column (self->view, n, column);
          has_moved = TRUE;
        }
      n++;
    }
  self->is_changing = FALSE;
  align_titles (self);
  fit (self, has_moved);
}

/* The user dragged a title: the order of the view among those that are shown. */
static void
columns_moved_cb (CfoilRecordColumns *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint n = 0;
  g_autoptr (GArray) moved = NULL;

  if (self->is_changing)
    return;
  moved = g_array_copy (self->choices);
  for (guint i = 0; i < moved->len; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = NULL;

      if (!choice_at (self, i)->is_visible)
        continue;
      column = g_list_model_get_item (columns, n++);
      for (guint j = 0; j < self->choices->len; j++)
        if (column != NULL && self->columns[choice_at (self, j)->field] == column)
          g_array_index (moved, CfoilColumnChoice, i) = *choice_at (self, j);
    }
  /* In the middle of a move there is one too few. */
  if (n != g_list_model_get_n_items (columns))
    return;
  g_array_unref (self->choices);
  self->choices = g_steal_pointer (&moved);
  tell_soon (self);
}

/* --- GObject --- */

static void
cfoil_record_columns_finalize (GObject *object)
{
  CfoilRecordColumns *self = CFOIL_RECORD_COLUMNS (object);

  g_clear_handle_id (&self->changed_id, g_source_remove);
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    g_clear_object (&self->columns[i]);
  g_array_unref (self->choices);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (cfoil_record_columns_parent_class)->finalize (object);
}

static void
cfoil_record_columns_class_init (CfoilRecordColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_record_columns_finalize;

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_RECORD_COLUMNS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FIELDS_CHANGED] = g_signal_new ("fields-changed", CFOIL_TYPE_RECORD_COLUMNS, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SORT_CHANGED] = g_signal_new ("sort-changed", CFOIL_TYPE_RECORD_COLUMNS, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_record_columns_init (CfoilRecordColumns *self)
{
  self->choices = cfoil_column_choices_parse (NULL);
  self->sort = cfoil_sort_default;
  self->zone = g_time_zone_new_local ();
  self->room = G_MAXINT;
  self->compared = -1;
}

/* --- public --- */

CfoilRecordColumns *
cfoil_record_columns_new (GtkColumnView *view)
{
  CfoilRecordColumns *self = g_object_new (CFOIL_TYPE_RECORD_COLUMNS, NULL);

  self->view = view;
  show_choices (self);
  show_sort (self);
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed", G_CALLBACK (sorter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed", G_CALLBACK (columns_moved_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
cfoil_record_columns_set_zone (CfoilRecordColumns *self,
                               GTimeZone          *zone)
{
  g_return_if_fail (CFOIL_IS_RECORD_COLUMNS (self));

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

const GArray *
cfoil_record_columns_get_choices (CfoilRecordColumns *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_COLUMNS (self), NULL);

  return self->choices;
}

void
cfoil_record_columns_set_choices (CfoilRecordColumns *self,
                                  const GArray       *choices)
{
  CfoilFieldSet before;

  g_return_if_fail (CFOIL_IS_RECORD_COLUMNS (self));
  g_return_if_fail (choices->len == CFOIL_N_FIELDS);

  before = cfoil_record_columns_get_fields (self);
  g_array_unref (self->choices);
  self->choices = g_array_copy ((GArray *) choices);
  show_choices (self);
  show_sort (self);
  if (cfoil_record_columns_get_fields (self) != before)
    g_signal_emit (self, signals[FIELDS_CHANGED], 0);
}

void
cfoil_record_columns_choose (CfoilRecordColumns *self,
                             const GArray       *choices)
{
  cfoil_record_columns_set_choices (self, choices);
  tell_soon (self);
}

CfoilFieldSet
cfoil_record_columns_get_fields (CfoilRecordColumns *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_COLUMNS (self), 0);

  return cfoil_column_choices_get_fields (self->choices);
}

const CfoilSort *
cfoil_record_columns_get_sort (CfoilRecordColumns *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_COLUMNS (self), NULL);

  return &self->sort;
}

void
cfoil_record_columns_set_sort (CfoilRecordColumns *self,
                               const CfoilSort    *sort)
{
  g_return_if_fail (CFOIL_IS_RECORD_COLUMNS (self));

  self->sort = *sort;
  show_sort (self);
}

void
cfoil_record_columns_sort_by (CfoilRecordColumns *self,
                              CfoilField          field)
{
  g_return_if_fail (CFOIL_IS_RECORD_COLUMNS (self));
  g_return_if_fail ((guint) field < CFOIL_N_FIELDS);

  self->sort = (CfoilSort) { field, self->sort.field != field || !self->sort.is_ascending };
  show_sort (self);
  g_signal_emit (self, signals[SORT_CHANGED], 0);
}

void
cfoil_record_columns_set_room (CfoilRecordColumns *self,
                               int                 width)
{
  g_return_if_fail (CFOIL_IS_RECORD_COLUMNS (self));

  if (self->room == width)
    return;
  self->room = width;
  fit (self, FALSE);
}
