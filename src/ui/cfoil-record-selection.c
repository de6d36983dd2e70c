/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-selection.h"

struct _CfoilRecordSelection
{
  GObject parent_instance;

  CfoilRecordModel *model; /* (owned) */
  GtkBitset *selected;     /* (owned): positions */
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
  guint n_items = cfoil_record_selection_get_n_items (G_LIST_MODEL (self));
  GtkBitset *result = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (selected);

  gtk_bitset_intersect (changes, mask);
  gtk_bitset_subtract (result, mask);
  gtk_bitset_union (result, changes);
  if (n_items < G_MAXUINT)
    gtk_bitset_remove_range_closed (result, n_items, G_MAXUINT);
  take_selected (self, result);
  return TRUE;
}

static void
cfoil_record_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  /* The interface makes the other ways of selecting from this one. */
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

/* The chosen rows of old[first, first + n_old), found in new[first, first + n_new). */
static void
remap_middle (GtkBitset *selected,
              GArray    *old_ids,
              GArray    *new_ids,
              guint      first,
              guint      n_old,
              guint      n_new,
              GtkBitset *result)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = first; i < first + n_old; i++)
    if (gtk_bitset_contains (selected, i))
      g_hash_table_add (ids, &g_array_index (old_ids, gint64, i));
  if (g_hash_table_size (ids) == 0)
    return;
  for (guint i = first; i < first + n_new; i++)
    if (g_hash_table_contains (ids, &g_array_index (new_ids, gint64, i)))
      gtk_bitset_add (result, i);
}

static GtkBitset *
remap (GtkBitset *selected,
       GArray    *old_ids,
       GArray    *new_ids)
{
  GtkBitset *result = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) end = gtk_bitset_copy (selected);
  guint n_common = MIN (old_ids->len, new_ids->len), n_start = 0, n_end = 0;

  while (n_start < n_common && id_at (old_ids, n_start) == id_at (new_ids, n_start))
    n_start++;
  while (n_end < n_common - n_start &&
         id_at (old_ids, old_ids->len - 1 - n_end) == id_at (new_ids, new_ids->len - 1 - n_end))
    n_end++;

  gtk_bitset_remove_range (result, n_start, G_MAXUINT - n_start);
  gtk_bitset_remove_range (end, 0, old_ids->len - n_end);
  if (new_ids->len >= old_ids->len)
    gtk_bitset_shift_right (end, new_ids->len - old_ids->len);
  else
    gtk_bitset_shift_left (end, old_ids->len - new_ids->len);
  gtk_bitset_union (result, end);
  remap_middle (selected, old_ids, new_ids, n_start,
                old_ids->len - n_start - n_end, new_ids->len - n_start - n_end, result);
  return result;
}

static void
ids_changing_cb (CfoilRecordSelection *self,
                 GArray               *old_ids,
                 GArray               *new_ids)
{
  GtkBitset *selected;

  if (gtk_bitset_is_empty (self->selected))
    return;
  selected = remap (self->selected, old_ids, new_ids);
  gtk_bitset_unref (self->selected);
  self->selected = selected;
}

static void
ids_changed_cb (CfoilRecordSelection *self)
{
  guint n_items = cfoil_record_selection_get_n_items (G_LIST_MODEL (self));

  if (n_items > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n_items);
}

static void
cfoil_record_selection_dispose (GObject *object)
{
  CfoilRecordSelection *self = CFOIL_RECORD_SELECTION (object);

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
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GArray *all = cfoil_record_model_get_ids (self->model);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->selected, &position);
       more && ids->len < max && position < all->len;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = id_at (all, position);

      g_array_append_val (ids, id);
    }
  return ids;
}
