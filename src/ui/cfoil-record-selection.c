/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-selection.h"

struct _CfoilRecordSelection
{
  GObject parent_instance;

  CfoilRecordModel *model; /* (owned) */
  GtkBitset *selected;     /* (owned): positions */
  guint serial;            /* of the last change */
  gboolean had_any;        /* before the order changed */
};

static void cfoil_record_selection_list_model_init (GListModelInterface *iface);
static void cfoil_record_selection_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfoilRecordSelection, cfoil_record_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cfoil_record_selection_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, cfoil_record_selection_selection_model_init))

/* --- GListModel --- */

static GType
cfoil_record_selection_get_item_type (GListModel *list)
{
  return CFOIL_TYPE_RECORD_ITEM;
}

static guint
cfoil_record_selection_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (CFOIL_RECORD_SELECTION (list)->model));
}

static gpointer
cfoil_record_selection_get_item (GListModel *list,
                                 guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (CFOIL_RECORD_SELECTION (list)->model), position);
}

static void
cfoil_record_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = cfoil_record_selection_get_item_type;
  iface->get_n_items = cfoil_record_selection_get_n_items;
  iface->get_item = cfoil_record_selection_get_item;
}

/* --- GtkSelectionModel --- */

static gboolean
cfoil_record_selection_is_selected (GtkSelectionModel *model,
                                    guint              position)
{
  return gtk_bitset_contains (CFOIL_RECORD_SELECTION (model)->selected, position);
}

static GtkBitset *
cfoil_record_selection_get_selection_in_range (GtkSelectionModel *model,
                                               guint              position,
                                               guint              n_items)
{
  return gtk_bitset_ref (CFOIL_RECORD_SELECTION (model)->selected);
}

/* Takes over SELECTED and tells of what differs. */
static void
take_selected (CfoilRecordSelection *self,
               GtkBitset            *selected)
{
  g_autoptr (GtkBitset) difference = gtk_bitset_copy (self->selected);
  guint first;

  gtk_bitset_difference (difference, selected);
  gtk_bitset_unref (self->selected);
  self->selected = selected;
  self->serial++;
  if (gtk_bitset_is_empty (difference))
    return;
  first = gtk_bitset_get_minimum (difference);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first,
                                         gtk_bitset_get_maximum (difference) - first + 1);
}

static gboolean
cfoil_record_selection_set_selection (GtkSelectionModel *model,
                                      GtkBitset         *selected,
                                      GtkBitset         *mask)
{
  CfoilRecordSelection *self = CFOIL_RECORD_SELECTION (model);
  guint n_rows = cfoil_record_model_get_n_rows (self->model);
  GtkBitset *result = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (selected);

  gtk_bitset_intersect (changes, mask);
  gtk_bitset_subtract (result, mask);
  gtk_bitset_union (result, changes);
  gtk_bitset_remove_range_closed (result, n_rows, G_MAXUINT);
  take_selected (self, result);
  return TRUE;
}

/* Also of what the list does not say that it has, as yet. */
static gboolean
cfoil_record_selection_select_all (GtkSelectionModel *model)
{
  CfoilRecordSelection *self = CFOIL_RECORD_SELECTION (model);

  take_selected (self, gtk_bitset_new_range (0, cfoil_record_model_get_n_rows (self->model)));
  return TRUE;
}

static void
cfoil_record_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  /* The interface makes most other ways of selecting from this one. */
  iface->select_all = cfoil_record_selection_select_all;
  iface->is_selected = cfoil_record_selection_is_selected;
  iface->get_selection_in_range = cfoil_record_selection_get_selection_in_range;
  iface->set_selection = cfoil_record_selection_set_selection;
}

/* --- when the order changes --- */

static gint64
id_at (GArray *ids,
       guint   position)
{
  return g_array_index (ids, gint64, position);
}

/* What is brought along. */
typedef struct
{
  GtkBitset *selected; /* (owned) */
  guint serial;        /* of the selection when it was taken from it */
} State;

static void
state_free (gpointer data)
{
  State *state = data;

  gtk_bitset_unref (state->selected);
  g_free (state);
}

static gpointer
state_prepare (gpointer follower)
{
  CfoilRecordSelection *self = follower;
  State *state;

  if (gtk_bitset_is_empty (self->selected))
    return NULL;
  state = g_new (State, 1);
  state->selected = gtk_bitset_copy (self->selected);
  state->serial = self->serial;
  return state;
}

static gboolean
state_is_current (gpointer follower,
                  gpointer data)
{
  CfoilRecordSelection *self = follower;
  State *state = data;

  return state != NULL ? state->serial == self->serial : gtk_bitset_is_empty (self->selected);
}

static void
state_take (gpointer follower,
            gpointer data)
{
  CfoilRecordSelection *self = follower;
  State *state = data;

  gtk_bitset_unref (self->selected);
  self->selected = gtk_bitset_ref (state->selected);
  self->serial++;
  state_free (state);
}

/* Ids as numbers of a set, counted from the lowest. */
static gint64
find_lowest (GtkBitset *positions,
             GArray    *ids)
{
  gint64 lowest = G_MAXINT64;
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    lowest = MIN (lowest, id_at (ids, position));
  return lowest;
}

/* Finds the chosen rows of what is neither at the start nor at the end. */
static void
map_middle (GtkBitset               *selected,
            const CfoilRecordChange *change,
            GtkBitset               *result)
{
  g_autoptr (GtkBitset) ids = gtk_bitset_new_empty ();
  gint64 lowest = find_lowest (selected, change->old_ids);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    gtk_bitset_add (ids, (guint) (id_at (change->old_ids, position) - lowest));
  if (gtk_bitset_is_empty (ids))
    return;
  for (guint i = change->n_start; i < change->new_ids->len - change->n_end; i++)
    {
      gint64 number = id_at (change->new_ids, i) - lowest;

      if (number >= 0 && number < G_MAXUINT && gtk_bitset_contains (ids, (guint) number))
        gtk_bitset_add (result, i);
    }
}

GtkBitset *
cfoil_record_selection_map (const GtkBitset         *selected,
                            const CfoilRecordChange *change)
{
  guint n_old = change->old_ids->len, n_new = change->new_ids->len;
  GtkBitset *result = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) middle = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) end = gtk_bitset_copy (selected);

  gtk_bitset_remove_range_closed (result, change->n_start, G_MAXUINT);
  gtk_bitset_remove_range_closed (end, n_old, G_MAXUINT);
  gtk_bitset_remove_range (end, 0, n_old - change->n_end);
  gtk_bitset_remove_range (middle, 0, change->n_start);
  gtk_bitset_remove_range_closed (middle, n_old - change->n_end, G_MAXUINT);
  if (n_new >= n_old)
    gtk_bitset_shift_right (end, n_new - n_old);
  else
    gtk_bitset_shift_left (end, n_old - n_new);
  gtk_bitset_union (result, end);
  map_middle (middle, change, result);
  return result;
}

static void
state_map (gpointer                 data,
           const CfoilRecordChange *change)
{
  State *state = data;
  GtkBitset *selected = cfoil_record_selection_map (state->selected, change);

  gtk_bitset_unref (state->selected);
  state->selected = selected;
}

static const CfoilRecordFollower follower_funcs = {
  .prepare = state_prepare,
  .is_current = state_is_current,
  .map = state_map,
  .take = state_take,
  .free_state = state_free,
};

static void
ids_changing_cb (CfoilRecordSelection *self)
{
  self->had_any = !gtk_bitset_is_empty (self->selected);
}

static void
ids_changed_cb (CfoilRecordSelection *self)
{
  guint n_items = cfoil_record_selection_get_n_items (G_LIST_MODEL (self));

  if (self->had_any && n_items > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n_items);
}

static void
cfoil_record_selection_dispose (GObject *object)
{
  CfoilRecordSelection *self = CFOIL_RECORD_SELECTION (object);

  if (self->model != NULL)
    cfoil_record_model_set_follower (self->model, NULL, NULL);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (cfoil_record_selection_parent_class)->dispose (object);
}

static void
cfoil_record_selection_finalize (GObject *object)
{
  CfoilRecordSelection *self = CFOIL_RECORD_SELECTION (object);

  gtk_bitset_unref (self->selected);

  G_OBJECT_CLASS (cfoil_record_selection_parent_class)->finalize (object);
}

static void
cfoil_record_selection_class_init (CfoilRecordSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_record_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_record_selection_finalize;
}

static void
cfoil_record_selection_init (CfoilRecordSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
}

CfoilRecordSelection *
cfoil_record_selection_new (CfoilRecordModel *model)
{
  CfoilRecordSelection *self;

  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (model), NULL);

  self = g_object_new (CFOIL_TYPE_RECORD_SELECTION, NULL);
  self->model = g_object_ref (model);
  cfoil_record_model_set_follower (model, &follower_funcs, self);
  g_signal_connect_object (model, "ids-changing", G_CALLBACK (ids_changing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "ids-changed", G_CALLBACK (ids_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

guint
cfoil_record_selection_get_n_selected (CfoilRecordSelection *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_SELECTION (self), 0);

  return (guint) gtk_bitset_get_size (self->selected);
}

GArray *
cfoil_record_selection_get_ids (CfoilRecordSelection *self,
                                guint                 max)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_SELECTION (self), NULL);

  return cfoil_record_selection_ids_at (cfoil_record_model_get_ids (self->model), self->selected, max);
}

GArray *
cfoil_record_selection_ids_at (GArray          *ids,
                               const GtkBitset *positions,
                               guint            max)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position);
       more && found->len < max && position < ids->len;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = id_at (ids, position);

      g_array_append_val (found, id);
    }
  return found;
}

/* --- sums --- */

typedef struct
{
  GArray *ids;         /* (owned) */
  GtkBitset *selected; /* (owned) */
} Sum;

static void
sum_free (gpointer data)
{
  Sum *sum = data;

  g_array_unref (sum->ids);
  gtk_bitset_unref (sum->selected);
  g_free (sum);
}

static gpointer
sum_thread (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Sum *sum = data;
  g_autoptr (GArray) ids = cfoil_record_selection_ids_at (sum->ids, sum->selected, G_MAXUINT);

  return cfoil_scan_totals_of (database, (const gint64 *) (gpointer) ids->data, ids->len, cancellable, error);
}

void
cfoil_record_selection_sum_async (CfoilRecordSelection *self,
                                  CfoilReader          *reader,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  Sum *sum;

  g_return_if_fail (CFOIL_IS_RECORD_SELECTION (self));

  sum = g_new (Sum, 1);
  sum->ids = g_array_ref (cfoil_record_model_get_ids (self->model));
  sum->selected = gtk_bitset_copy (self->selected);
  cfoil_reader_run_async (reader, CFOIL_READER_QUERY, sum_thread, sum, sum_free, (GDestroyNotify) g_array_unref,
                          cancellable, callback, user_data);
}

GArray *
cfoil_record_selection_sum_finish (GAsyncResult *result,
                                   GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
