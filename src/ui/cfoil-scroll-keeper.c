/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scroll-keeper.h"

#include <math.h>

#define NOWHERE GTK_INVALID_LIST_POSITION

struct _CfoilScrollKeeper
{
  GObject parent_instance;

  GtkColumnView *view;          /* (borrowed): outlives us */
  CfoilRecordModel *model;      /* (owned) */
  GtkSelectionModel *selection; /* (owned) */

  guint anchor; /* where the row at the top stood, NOWHERE: none */
  double anchor_offset;
  guint focus; /* where the row with the focus stood, and then stands */
  gboolean to_top;
  gboolean is_fresh; /* the list was empty before */

  guint tick_id;
  guint n_ticks;
  double wanted; /* the value to be reached, < 0: none */
};

G_DEFINE_FINAL_TYPE (CfoilScrollKeeper, cfoil_scroll_keeper, G_TYPE_OBJECT)

/* The rows themselves: a list below the titles, in GTK 4.8 and later alike. */
static GtkWidget *
get_list (CfoilScrollKeeper *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self->view));
}

static GtkAdjustment *
get_adjustment (CfoilScrollKeeper *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
}

/* All rows are of one line, so of one height. */
static double
get_row_height (CfoilScrollKeeper *self,
                guint              n_rows)
{
  double upper = gtk_adjustment_get_upper (get_adjustment (self));

  return n_rows > 0 ? upper / n_rows : 0;
}

static guint
as_position (double position,
             guint  n_rows)
{
  return position >= 0 && position < n_rows ? (guint) position : NOWHERE;
}

static GtkWidget *
get_focused_row (CfoilScrollKeeper *self)
{
  GtkWidget *list = get_list (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->view));
  GtkWidget *row = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (row == NULL || !gtk_widget_is_ancestor (row, list))
    return NULL;
  while (gtk_widget_get_parent (row) != list)
    row = gtk_widget_get_parent (row);
  return row;
}

static double
position_of_row (CfoilScrollKeeper *self,
                 GtkWidget         *row,
                 double             row_height)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (row, get_list (self), &bounds))
    return -1;
  return floor ((gtk_adjustment_get_value (get_adjustment (self)) + bounds.origin.y + bounds.size.height / 2) / row_height);
}

static void
ids_changing_cb (CfoilScrollKeeper       *self,
                 const CfoilRecordChange *change)
{
  double value = gtk_adjustment_get_value (get_adjustment (self));
  guint n_old = change->old_ids->len;
  double row_height = get_row_height (self, g_list_model_get_n_items (G_LIST_MODEL (self->model)));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  GtkWidget *row = get_focused_row (self);

  self->anchor = self->focus = NOWHERE;
  self->is_fresh = n_old == 0;
  if (self->to_top)
    gtk_adjustment_set_value (get_adjustment (self), 0);
  if (row_height <= 0 || self->to_top)
    return;
  if (row != NULL)
    self->focus = as_position (position_of_row (self, row, row_height), n_old);
  /* Nobody looks at a certain row. */
  if (value < 1 && gtk_bitset_is_empty (selected))
    return;
  self->anchor = as_position (floor (value / row_height), n_old);
  self->anchor_offset = value - floor (value / row_height) * row_height;
}

static void
focus_row (CfoilScrollKeeper *self,
           guint              position)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  double row_height = get_row_height (self, n_rows);

  if (row_height <= 0)
    return;
  for (GtkWidget *row = gtk_widget_get_first_child (get_list (self)); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_child_visible (row) && as_position (position_of_row (self, row, row_height), n_rows) == position)
      {
        graphene_rect_t bounds;

        /* A row that is out of sight stays so. */
        if (gtk_widget_compute_bounds (row, get_list (self), &bounds) && bounds.origin.y >= 0 &&
            bounds.origin.y + bounds.size.height <= gtk_widget_get_height (get_list (self)))
          gtk_widget_grab_focus (row);
        return;
      }
}

/* The rows are laid out anew by now. */
static void
settle (CfoilScrollKeeper *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);

  if (self->is_fresh)
    {
      /* GTK forgets the first large change of a view that was filled before it
       * was first laid out. */
      gtk_adjustment_set_value (adjustment, 0.001);
      gtk_adjustment_set_value (adjustment, 0);
    }
  if (self->wanted >= 0)
    gtk_adjustment_set_value (adjustment, self->wanted);
  /* Unless it went elsewhere meanwhile. */
  if (self->focus != NOWHERE && get_focused_row (self) != NULL)
    focus_row (self, self->focus);
  self->wanted = -1;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  CfoilScrollKeeper *self = user_data;

  if (++self->n_ticks < 2)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  settle (self);
  return G_SOURCE_REMOVE;
}

static void
ids_changed_cb (CfoilScrollKeeper       *self,
                const CfoilRecordChange *change)
{
  double row_height = get_row_height (self, g_list_model_get_n_items (G_LIST_MODEL (self->model)));
  guint position;

  self->wanted = -1;
  if (self->to_top)
    self->wanted = 0;
  else if (self->anchor != NOWHERE && cfoil_record_change_find (change, self->anchor, &position))
    self->wanted = position * row_height + self->anchor_offset;
  if (self->focus != NOWHERE && !cfoil_record_change_find (change, self->focus, &self->focus))
    self->focus = NOWHERE;
  self->to_top = FALSE;

  /* At once where the old height allows it, so that nothing is seen to move. */
  if (self->wanted >= 0)
    gtk_adjustment_set_value (get_adjustment (self), self->wanted);
  self->n_ticks = 0;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), tick_cb, self, NULL);
}

/* What is in sight is filled first. */
static void
scrolled_cb (CfoilScrollKeeper *self,
             GtkAdjustment     *adjustment)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  double row_height = get_row_height (self, n_rows);
  double centre = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) / 2;

  if (row_height > 0)
    cfoil_record_model_set_centre (self->model, (guint) CLAMP (centre / row_height, 0, n_rows));
}

static void
loading_cb (CfoilScrollKeeper *self)
{
  if (cfoil_record_model_get_loading (self->model))
    self->to_top = TRUE;
}

static void
cfoil_scroll_keeper_dispose (GObject *object)
{
  CfoilScrollKeeper *self = CFOIL_SCROLL_KEEPER (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->tick_id);
  self->tick_id = 0;
  g_clear_object (&self->model);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (cfoil_scroll_keeper_parent_class)->dispose (object);
}

static void
cfoil_scroll_keeper_class_init (CfoilScrollKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_scroll_keeper_dispose;
}

static void
cfoil_scroll_keeper_init (CfoilScrollKeeper *self)
{
  self->anchor = self->focus = NOWHERE;
  self->wanted = -1;
}

CfoilScrollKeeper *
cfoil_scroll_keeper_new (GtkColumnView     *view,
                         CfoilRecordModel  *model,
                         GtkSelectionModel *selection)
{
  CfoilScrollKeeper *self = g_object_new (CFOIL_TYPE_SCROLL_KEEPER, NULL);

  self->view = view;
  self->model = g_object_ref (model);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (model, "ids-changing", G_CALLBACK (ids_changing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "ids-changed", G_CALLBACK (ids_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::loading", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_adjustment (self), "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
cfoil_scroll_keeper_find_position (CfoilScrollKeeper *self,
                                   double             x,
                                   double             y,
                                   guint             *position)
{
  guint n_rows;
  double row_height;
  graphene_point_t point;

  g_return_val_if_fail (CFOIL_IS_SCROLL_KEEPER (self), FALSE);

  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  row_height = get_row_height (self, n_rows);
  if (row_height <= 0 ||
      !gtk_widget_compute_point (GTK_WIDGET (self->view), get_list (self),
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &point) ||
      point.y < 0)
    return FALSE;
  *position = (guint) ((gtk_adjustment_get_value (get_adjustment (self)) + point.y) / row_height);
  return *position < n_rows;
}

void
cfoil_scroll_keeper_grab_focus (CfoilScrollKeeper *self)
{
  GtkAdjustment *adjustment;
  g_autoptr (GtkBitset) selected = NULL;
  double row_height;
  guint first, last;
  GtkBitsetIter iter;
  guint position;

  g_return_if_fail (CFOIL_IS_SCROLL_KEEPER (self));

  adjustment = get_adjustment (self);
  row_height = get_row_height (self, g_list_model_get_n_items (G_LIST_MODEL (self->model)));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (row_height <= 0)
    return;
  first = (guint) ceil (gtk_adjustment_get_value (adjustment) / row_height);
  last = (guint) ((gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)) / row_height);
  selected = gtk_selection_model_get_selection (self->selection);
  if (gtk_bitset_iter_init_at (&iter, selected, first, &position) && position < last)
    first = position;
  focus_row (self, first);
}

gboolean
cfoil_scroll_keeper_find_focus (CfoilScrollKeeper *self,
                                guint             *position)
{
  GtkWidget *row;
  guint n_rows;
  double row_height;

  g_return_val_if_fail (CFOIL_IS_SCROLL_KEEPER (self), FALSE);

  row = get_focused_row (self);
  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  row_height = get_row_height (self, n_rows);
  if (row == NULL || row_height <= 0)
    return FALSE;
  *position = as_position (position_of_row (self, row, row_height), n_rows);
  return *position != NOWHERE;
}
