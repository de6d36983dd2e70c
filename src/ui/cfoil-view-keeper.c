/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-view-keeper.h"

/* A column that is dragged to its width is written once. */
#define KEEP_AFTER_MS 1000

struct _CfoilViewKeeper
{
  GObject parent_instance;

  CfoilViews *views;           /* (owned) */
  CfoilTransactionsPage *page; /* (owned) */

  CfoilViewItem *current; /* (owned) (nullable) */
  CfoilSavedView *shown;  /* (owned) (nullable): how its columns stand as far as they are kept */
  gboolean is_edited;
  guint keep_id;
};

enum
{
  PROP_0,
  PROP_CURRENT,
  PROP_EDITED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CfoilViewKeeper, cfoil_view_keeper, G_TYPE_OBJECT)

static void
set_edited (CfoilViewKeeper *self,
            gboolean         is_edited)
{
  if (self->current != NULL)
    cfoil_view_item_set_edited (self->current, is_edited);
  if (self->is_edited == is_edited)
    return;
  self->is_edited = is_edited;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITED]);
}

static void
set_current (CfoilViewKeeper *self,
             CfoilViewItem   *item)
{
  if (self->current == item)
    return;
  if (self->current != NULL)
    cfoil_view_item_set_edited (self->current, FALSE);
  g_set_object (&self->current, item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
set_shown (CfoilViewKeeper *self,
           CfoilSavedView  *view) /* (transfer full) */
{
  cfoil_saved_view_free (self->shown);
  self->shown = view;
}

/* Spelling does not matter. */
static gboolean
queries_equal (const char *a,
               const char *b)
{
  g_autoptr (CfoilQuery) query_a = cfoil_query_parse (a);
  g_autoptr (CfoilQuery) query_b = cfoil_query_parse (b);

  return cfoil_query_equal (query_a, query_b) &&
         cfoil_query_get_n_mistakes (query_a) == 0 && cfoil_query_get_n_mistakes (query_b) == 0;
}

static void
compare_query (CfoilViewKeeper      *self,
               const CfoilSavedView *shown)
{
  const char *saved = cfoil_view_item_get_view (self->current)->query;
  const char *query = shown->query != NULL ? shown->query : "";

  set_edited (self, !g_str_equal (saved, query) && !queries_equal (saved, query));
}

/* How the columns stand in FROM. */
static void
take_columns (CfoilSavedView       *view,
              const CfoilSavedView *from)
{
  g_free (view->sort);
  g_free (view->columns);
  g_free (view->density);
  view->sort = g_strdup (from->sort);
  view->columns = g_strdup (from->columns);
  view->density = g_strdup (from->density);
}

static gboolean
columns_equal (const CfoilSavedView *a,
               const CfoilSavedView *b)
{
  return g_strcmp0 (a->sort, b->sort) == 0 && g_strcmp0 (a->columns, b->columns) == 0 &&
         g_strcmp0 (a->density, b->density) == 0;
}

static gboolean
keep_cb (gpointer user_data)
{
  CfoilViewKeeper *self = user_data;
  g_autoptr (CfoilSavedView) view = NULL;

  self->keep_id = 0;
  if (self->current == NULL || self->shown == NULL)
    return G_SOURCE_REMOVE;
  view = cfoil_saved_view_copy (cfoil_view_item_get_view (self->current));
  take_columns (view, self->shown);
  cfoil_views_change (self->views, self->current, view);
  return G_SOURCE_REMOVE;
}

static void
view_changed_cb (CfoilViewKeeper *self)
{
  CfoilSavedView *now;

  if (self->current == NULL)
    return;
  now = cfoil_transactions_page_dup_view (self->page);
  compare_query (self, now);
  if (!columns_equal (now, self->shown))
    {
      g_clear_handle_id (&self->keep_id, g_source_remove);
      self->keep_id = g_timeout_add (KEEP_AFTER_MS, keep_cb, self);
    }
  set_shown (self, now);
}

static void
apply (CfoilViewKeeper *self,
       CfoilViewItem   *item)
{
  g_object_ref (item);
  set_current (self, item);
  cfoil_transactions_page_apply_view (self->page, cfoil_view_item_get_view (item));
  set_shown (self, cfoil_transactions_page_dup_view (self->page));
  set_edited (self, FALSE);
  g_object_unref (item);
}

/* The first one of all, when the current one is there no more. */
static void
items_changed_cb (CfoilViewKeeper *self)
{
  g_autoptr (CfoilViewItem) first = g_list_model_get_item (G_LIST_MODEL (self->views), 0);

  if (self->current != NULL && cfoil_views_find_position (self->views, self->current, NULL))
    {
      compare_query (self, self->shown);
      return;
    }
  g_clear_handle_id (&self->keep_id, g_source_remove);
  if (first != NULL)
    {
      apply (self, first);
      return;
    }
  set_edited (self, FALSE);
  set_current (self, NULL);
}

static void
cfoil_view_keeper_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  CfoilViewKeeper *self = CFOIL_VIEW_KEEPER (object);

  switch (prop_id)
    {
    case PROP_CURRENT:
      g_value_set_object (value, self->current);
      break;
    case PROP_EDITED:
      g_value_set_boolean (value, self->is_edited);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_view_keeper_dispose (GObject *object)
{
  CfoilViewKeeper *self = CFOIL_VIEW_KEEPER (object);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  g_clear_object (&self->current);
  g_clear_object (&self->views);
  g_clear_object (&self->page);

  G_OBJECT_CLASS (cfoil_view_keeper_parent_class)->dispose (object);
}

static void
cfoil_view_keeper_finalize (GObject *object)
{
  cfoil_saved_view_free (CFOIL_VIEW_KEEPER (object)->shown);

  G_OBJECT_CLASS (cfoil_view_keeper_parent_class)->finalize (object);
}

static void
cfoil_view_keeper_class_init (CfoilViewKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cfoil_view_keeper_get_property;
  object_class->dispose = cfoil_view_keeper_dispose;
  object_class->finalize = cfoil_view_keeper_finalize;

  properties[PROP_CURRENT] =
    g_param_spec_object ("current", NULL, NULL, CFOIL_TYPE_VIEW_ITEM, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EDITED] =
    g_param_spec_boolean ("edited", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cfoil_view_keeper_init (CfoilViewKeeper *self)
{
}

CfoilViewKeeper *
cfoil_view_keeper_new (CfoilViews            *views,
                       CfoilTransactionsPage *page)
{
  CfoilViewKeeper *self = g_object_new (CFOIL_TYPE_VIEW_KEEPER, NULL);

  self->views = g_object_ref (views);
  self->page = g_object_ref (page);
  g_signal_connect_object (views, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "view-changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

CfoilViewItem *
cfoil_view_keeper_get_current (CfoilViewKeeper *self)
{
  g_return_val_if_fail (CFOIL_IS_VIEW_KEEPER (self), NULL);

  return self->current;
}

gboolean
cfoil_view_keeper_get_edited (CfoilViewKeeper *self)
{
  g_return_val_if_fail (CFOIL_IS_VIEW_KEEPER (self), FALSE);

  return self->is_edited;
}

CfoilSavedView *
cfoil_view_keeper_dup_shown (CfoilViewKeeper *self)
{
  g_return_val_if_fail (CFOIL_IS_VIEW_KEEPER (self), NULL);

  return cfoil_transactions_page_dup_view (self->page);
}

void
cfoil_view_keeper_show (CfoilViewKeeper *self,
                        CfoilViewItem   *item)
{
  g_return_if_fail (CFOIL_IS_VIEW_KEEPER (self));
  g_return_if_fail (CFOIL_IS_VIEW_ITEM (item));

  cfoil_view_keeper_flush (self);
  apply (self, item);
}

void
cfoil_view_keeper_show_query (CfoilViewKeeper *self,
                              const char      *query)
{
  g_autoptr (CfoilViewItem) first = NULL;
  g_autoptr (CfoilSavedView) view = NULL;

  g_return_if_fail (CFOIL_IS_VIEW_KEEPER (self));
  g_return_if_fail (query != NULL);

  first = g_list_model_get_item (G_LIST_MODEL (self->views), 0);
  if (first == NULL)
    return;
  cfoil_view_keeper_flush (self);
  set_current (self, first);
  view = cfoil_saved_view_copy (cfoil_view_item_get_view (first));
  g_free (view->query);
  view->query = g_strdup (query);
  cfoil_transactions_page_apply_view (self->page, view);
  set_shown (self, cfoil_transactions_page_dup_view (self->page));
  compare_query (self, self->shown);
}

void
cfoil_view_keeper_save_as (CfoilViewKeeper *self,
                           const char      *name)
{
  CfoilSavedView *view;
  CfoilViewItem *item;

  g_return_if_fail (CFOIL_IS_VIEW_KEEPER (self));

  if (cfoil_views_get_workspace (self->views) == NULL)
    return;
  cfoil_view_keeper_flush (self);
  view = cfoil_transactions_page_dup_view (self->page);
  g_free (view->name);
  view->name = g_strdup (name);
  item = cfoil_views_add (self->views, view);
  cfoil_saved_view_free (view);
  /* By way of the page, so that it knows whose state it shows. */
  apply (self, item);
}

void
cfoil_view_keeper_update (CfoilViewKeeper *self)
{
  CfoilSavedView *view;

  g_return_if_fail (CFOIL_IS_VIEW_KEEPER (self));

  if (self->current == NULL || !cfoil_view_item_is_own (self->current))
    return;
  g_clear_handle_id (&self->keep_id, g_source_remove);
  view = cfoil_transactions_page_dup_view (self->page);
  /* It may have got another one since the page was told. */
  g_free (view->name);
  view->name = g_strdup (cfoil_view_item_get_view (self->current)->name);
  cfoil_views_change (self->views, self->current, view);
  set_shown (self, view);
  set_edited (self, FALSE);
}

void
cfoil_view_keeper_flush (CfoilViewKeeper *self)
{
  g_return_if_fail (CFOIL_IS_VIEW_KEEPER (self));

  if (self->keep_id == 0)
    return;
  g_clear_handle_id (&self->keep_id, g_source_remove);
  keep_cb (self);
}
