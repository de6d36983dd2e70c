/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-model.h"

#include "cfoil-row-cache.h"

#include <string.h>

#define PAGE CFOIL_RECORD_MODEL_PAGE
/* Rows kept in memory beside those that are shown. */
#define MAX_PAGES 64
/* Between two re-readings, so many times as long as one takes. */
#define REST_FACTOR 3
#define RETRY_MS 2000

struct _CfoilRecordModel
{
  GObject parent_instance;

  CfoilReader *reader;     /* (owned) (nullable) */
  CfoilRecordQuery *query; /* (owned) */

  /* Which rows */
  GArray *ids; /* (owned): gint64 */
  GCancellable *ids_cancellable; /* (owned) (nullable): while they are being read */
  gboolean ids_again;            /* the mirror changed meanwhile */
  gint64 ids_started;            /* monotonic */
  guint refresh_id;
  gboolean is_loading;
  GError *error; /* (owned) (nullable) */

  /* The rows themselves */
  GHashTable *items;    /* position -> CfoilRecordItem, borrowed: they remove themselves */
  CfoilRowCache *cache; /* (owned) */
  GHashTable *wanted;   /* set of page numbers to be asked for */
  GHashTable *asked;    /* set of page numbers on their way */
  GCancellable *pages_cancellable; /* (owned): of this generation */
  guint generation;
  guint wanted_id;
};

typedef struct
{
  GWeakRef model;
  guint generation;
  guint page;
} PageRequest;

typedef struct
{
  guint n_ids;
  gint64 ids[PAGE];
} PageJob;

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_ERROR,
  PROP_N_ITEMS,
  N_PROPS
};

enum
{
  IDS_CHANGING,
  IDS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void ids_read_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data);
static void page_read_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data);
static void cfoil_record_model_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfoilRecordModel, cfoil_record_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cfoil_record_model_list_model_init))

/* --- on a reader thread --- */

static gpointer
read_ids (CfoilDatabase *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const CfoilRecordQuery *query = data;
  g_autofree char *sql = cfoil_record_query_to_sql (query);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, sql, error);
  g_autoptr (GArray) ids = NULL;
  CfoilStep step;

  if (row == NULL)
    return NULL;
  if (query->account_id != 0)
    cfoil_statement_bind_int64 (row, 1, query->account_id);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      gint64 id = cfoil_statement_column_int64 (row, 0);

      g_array_append_val (ids, id);
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gpointer
read_page (CfoilDatabase *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  PageJob *job = data;

  return cfoil_record_read (database, job->ids, job->n_ids, error);
}

/* --- rows --- */

static gint64
id_at (CfoilRecordModel *self,
       guint             position)
{
  return g_array_index (self->ids, gint64, position);
}

static gboolean
page_is_watched (CfoilRecordModel *self,
                 guint             page)
{
  for (guint i = page * PAGE; i < (page + 1) * PAGE; i++)
    if (g_hash_table_contains (self->items, GUINT_TO_POINTER (i)))
      return TRUE;
  return FALSE;
}

static void
page_request_free (PageRequest *request)
{
  g_weak_ref_clear (&request->model);
  g_free (request);
}

static void
ask_for_page (CfoilRecordModel *self,
              guint             page)
{
  guint first = page * PAGE;
  PageRequest *request;
  PageJob *job;

  if (first >= self->ids->len || !page_is_watched (self, page))
    return;

  job = g_new (PageJob, 1);
  job->n_ids = MIN (PAGE, self->ids->len - first);
  memcpy (job->ids, &g_array_index (self->ids, gint64, first), job->n_ids * sizeof (gint64));

  request = g_new0 (PageRequest, 1);
  g_weak_ref_init (&request->model, self);
  request->generation = self->generation;
  request->page = page;
  g_hash_table_add (self->asked, GUINT_TO_POINTER (page));
  cfoil_reader_run_async (self->reader, CFOIL_READER_ROWS, read_page, job, g_free,
                          (GDestroyNotify) g_ptr_array_unref, self->pages_cancellable,
                          page_read_cb, request);
}

static gboolean
ask_for_wanted_cb (gpointer user_data)
{
  CfoilRecordModel *self = user_data;
  GHashTableIter iter;
  gpointer page;

  self->wanted_id = 0;
  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, &page, NULL))
    {
      g_hash_table_iter_remove (&iter);
      ask_for_page (self, GPOINTER_TO_UINT (page));
    }
  return G_SOURCE_REMOVE;
}

static void
want_page (CfoilRecordModel *self,
           guint             page)
{
  if (self->reader == NULL || g_hash_table_contains (self->asked, GUINT_TO_POINTER (page)))
    return;
  g_hash_table_add (self->wanted, GUINT_TO_POINTER (page));
  if (self->wanted_id == 0)
    self->wanted_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, ask_for_wanted_cb, self, NULL);
}

static void
set_error (CfoilRecordModel *self,
           const GError     *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static gboolean
retry_cb (gpointer user_data)
{
  CfoilRecordModel *self = user_data;

  self->refresh_id = 0;
  cfoil_record_model_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
fail (CfoilRecordModel *self,
      const GError     *error)
{
  g_warning ("Cannot read transactions: %s", error->message);
  set_error (self, error);
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (RETRY_MS, retry_cb, self);
}

static void
fill_page (CfoilRecordModel *self,
           guint             page,
           GPtrArray        *records)
{
  for (guint i = 0; i < records->len; i++)
    cfoil_row_cache_put (self->cache, records->pdata[i]);

  for (guint i = page * PAGE; i < (page + 1) * PAGE && i < self->ids->len; i++)
    {
      CfoilRecordItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (i));

      if (item != NULL)
        cfoil_record_item_set_record (item, cfoil_row_cache_get (self->cache, id_at (self, i)));
    }
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  PageRequest *request = user_data;
  g_autoptr (CfoilRecordModel) self = g_weak_ref_get (&request->model);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = cfoil_reader_run_finish (result, &error);

  /* A late answer to an old question is dropped. */
  if (self != NULL && request->generation == self->generation)
    {
      g_hash_table_remove (self->asked, GUINT_TO_POINTER (request->page));
      if (records != NULL)
        fill_page (self, request->page, records);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error);
    }
  page_request_free (request);
}

/* What is on its way is out of date. */
static void
start_generation (CfoilRecordModel *self)
{
  self->generation++;
  g_cancellable_cancel (self->pages_cancellable);
  g_object_unref (self->pages_cancellable);
  self->pages_cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->asked);
  g_hash_table_remove_all (self->wanted);
}

/* Shows at once what is known of the row at each living position, and reads all
 * of them again. */
static void
refill_items (CfoilRecordModel *self)
{
  g_autofree gpointer *positions = NULL;
  guint n_positions;

  /* Not by iterator: showing a row may end items or make new ones. */
  positions = g_hash_table_get_keys_as_array (self->items, &n_positions);
  for (guint i = 0; i < n_positions; i++)
    {
      guint position = GPOINTER_TO_UINT (positions[i]);
      CfoilRecordItem *item = g_hash_table_lookup (self->items, positions[i]);

      if (item == NULL || position >= self->ids->len)
        continue;
      cfoil_record_item_set_record (item, cfoil_row_cache_get (self->cache, id_at (self, position)));
      want_page (self, position / PAGE);
    }
}

/* --- which rows --- */

static void
take_ids (CfoilRecordModel *self,
          GArray           *ids)
{
  g_autoptr (GArray) old = g_array_ref (self->ids);
  guint n_old = old->len, n_new = ids->len, n_common = MIN (n_old, n_new);
  gboolean is_same = n_old == n_new && (n_new == 0 || memcmp (old->data, ids->data, n_new * sizeof (gint64)) == 0);

  start_generation (self);
  if (is_same)
    {
      refill_items (self);
      return;
    }

  g_signal_emit (self, signals[IDS_CHANGING], 0, old, ids);
  g_array_unref (self->ids);
  self->ids = g_array_ref (ids);
  refill_items (self);
  if (n_old != n_new)
    {
      g_list_model_items_changed (G_LIST_MODEL (self), n_common, n_old - n_common, n_new - n_common);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
    }
  g_signal_emit (self, signals[IDS_CHANGED], 0, old, ids);
}

static void
set_loading (CfoilRecordModel *self,
             gboolean          is_loading)
{
  if (self->is_loading == is_loading)
    return;
  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
schedule_refresh (CfoilRecordModel *self,
                  gint64            took_us)
{
  guint rest_ms = (guint) CLAMP (REST_FACTOR * took_us / 1000, 10, 5000);

  self->ids_again = FALSE;
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (rest_ms, retry_cb, self);
}

typedef struct
{
  GWeakRef model;
  GCancellable *cancellable; /* (owned): also tells which question it was */
} IdsRequest;

static void
ids_read_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  IdsRequest *request = user_data;
  g_autoptr (CfoilRecordModel) self = g_weak_ref_get (&request->model);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = cfoil_reader_run_finish (result, &error);

  if (self != NULL && request->cancellable == self->ids_cancellable)
    {
      g_clear_object (&self->ids_cancellable);
      if (ids != NULL)
        {
          set_error (self, NULL);
          take_ids (self, ids);
          set_loading (self, FALSE);
          if (self->ids_again)
            schedule_refresh (self, g_get_monotonic_time () - self->ids_started);
        }
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error);
    }
  g_weak_ref_clear (&request->model);
  g_object_unref (request->cancellable);
  g_free (request);
}

static void
ask_for_ids (CfoilRecordModel *self)
{
  IdsRequest *request;

  if (self->reader == NULL)
    return;
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  self->ids_again = FALSE;
  self->ids_cancellable = g_cancellable_new ();
  self->ids_started = g_get_monotonic_time ();

  request = g_new0 (IdsRequest, 1);
  g_weak_ref_init (&request->model, self);
  request->cancellable = g_object_ref (self->ids_cancellable);
  cfoil_reader_run_async (self->reader, CFOIL_READER_QUERY, read_ids,
                          cfoil_record_query_copy (self->query),
                          (GDestroyNotify) cfoil_record_query_free,
                          (GDestroyNotify) g_array_unref, self->ids_cancellable,
                          ids_read_cb, request);
}

/* --- GListModel --- */

static GType
cfoil_record_model_get_item_type (GListModel *model)
{
  return CFOIL_TYPE_RECORD_ITEM;
}

static guint
cfoil_record_model_get_n_items (GListModel *model)
{
  return CFOIL_RECORD_MODEL (model)->ids->len;
}

static void
item_gone_cb (gpointer  user_data,
              GObject  *item)
{
  CfoilRecordModel *self = user_data;
  guint position = cfoil_record_item_get_position ((CfoilRecordItem *) item);

  g_hash_table_remove (self->items, GUINT_TO_POINTER (position));
}

static gpointer
cfoil_record_model_get_item (GListModel *model,
                             guint       position)
{
  CfoilRecordModel *self = CFOIL_RECORD_MODEL (model);
  CfoilRecordItem *item;
  CfoilRecord *record;

  if (position >= self->ids->len)
    return NULL;
  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);

  item = cfoil_record_item_new (position);
  g_hash_table_insert (self->items, GUINT_TO_POINTER (position), item);
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, self);
  record = cfoil_row_cache_get (self->cache, id_at (self, position));
  if (record != NULL)
    cfoil_record_item_set_record (item, record);
  else
    want_page (self, position / PAGE);
  return item;
}

static void
cfoil_record_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = cfoil_record_model_get_item_type;
  iface->get_n_items = cfoil_record_model_get_n_items;
  iface->get_item = cfoil_record_model_get_item;
}

/* --- GObject --- */

static void
cfoil_record_model_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  CfoilRecordModel *self = CFOIL_RECORD_MODEL (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->ids->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_record_model_dispose (GObject *object)
{
  CfoilRecordModel *self = CFOIL_RECORD_MODEL (object);
  GHashTableIter iter;
  gpointer item;

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->wanted_id, g_source_remove);
  if (self->ids_cancellable != NULL)
    g_cancellable_cancel (self->ids_cancellable);
  g_clear_object (&self->ids_cancellable);
  if (self->pages_cancellable != NULL)
    g_cancellable_cancel (self->pages_cancellable);
  g_clear_object (&self->pages_cancellable);

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      g_object_weak_unref (item, item_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (cfoil_record_model_parent_class)->dispose (object);
}

static void
cfoil_record_model_finalize (GObject *object)
{
  CfoilRecordModel *self = CFOIL_RECORD_MODEL (object);

  g_clear_error (&self->error);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->asked);
  cfoil_row_cache_free (self->cache);
  g_array_unref (self->ids);
  cfoil_record_query_free (self->query);

  G_OBJECT_CLASS (cfoil_record_model_parent_class)->finalize (object);
}

static void
cfoil_record_model_class_init (CfoilRecordModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cfoil_record_model_get_property;
  object_class->dispose = cfoil_record_model_dispose;
  object_class->finalize = cfoil_record_model_finalize;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] =
    g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[IDS_CHANGING] = g_signal_new ("ids-changing", CFOIL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_ARRAY);
  signals[IDS_CHANGED] = g_signal_new ("ids-changed", CFOIL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_ARRAY);
}

static void
cfoil_record_model_init (CfoilRecordModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_hash_table_new (NULL, NULL);
  self->wanted = g_hash_table_new (NULL, NULL);
  self->asked = g_hash_table_new (NULL, NULL);
  self->cache = cfoil_row_cache_new (MAX_PAGES * PAGE);
  self->pages_cancellable = g_cancellable_new ();
}

CfoilRecordModel *
cfoil_record_model_new (CfoilReader            *reader,
                        const CfoilRecordQuery *query)
{
  CfoilRecordModel *self;

  g_return_val_if_fail (reader == NULL || CFOIL_IS_READER (reader), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (CFOIL_TYPE_RECORD_MODEL, NULL);
  self->query = cfoil_record_query_copy (query);
  if (reader != NULL)
    {
      self->reader = g_object_ref (reader);
      self->is_loading = TRUE;
      g_signal_connect_object (reader, "changed", G_CALLBACK (cfoil_record_model_refresh), self, G_CONNECT_SWAPPED);
      ask_for_ids (self);
    }
  return self;
}

const CfoilRecordQuery *
cfoil_record_model_get_query (CfoilRecordModel *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (self), NULL);

  return self->query;
}

void
cfoil_record_model_set_query (CfoilRecordModel       *self,
                              const CfoilRecordQuery *query)
{
  g_return_if_fail (CFOIL_IS_RECORD_MODEL (self));
  g_return_if_fail (query != NULL);

  if (cfoil_record_query_equal (self->query, query))
    return;
  cfoil_record_query_free (self->query);
  self->query = cfoil_record_query_copy (query);

  if (self->ids_cancellable != NULL)
    g_cancellable_cancel (self->ids_cancellable);
  g_clear_object (&self->ids_cancellable);
  if (self->reader == NULL)
    return;
  set_loading (self, TRUE);
  ask_for_ids (self);
}

gboolean
cfoil_record_model_get_loading (CfoilRecordModel *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (self), FALSE);

  return self->is_loading;
}

const GError *
cfoil_record_model_get_error (CfoilRecordModel *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (self), NULL);

  return self->error;
}

void
cfoil_record_model_refresh (CfoilRecordModel *self)
{
  g_return_if_fail (CFOIL_IS_RECORD_MODEL (self));

  if (self->ids_cancellable != NULL)
    self->ids_again = TRUE;
  else if (self->refresh_id == 0)
    ask_for_ids (self);
}

GArray *
cfoil_record_model_get_ids (CfoilRecordModel *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (self), NULL);

  return self->ids;
}

gboolean
cfoil_record_model_find (CfoilRecordModel *self,
                         gint64            id,
                         guint            *position)
{
  const gint64 *ids;

  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (self), FALSE);

  ids = (const gint64 *) (gpointer) self->ids->data;
  for (guint i = 0; i < self->ids->len; i++)
    if (ids[i] == id)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}
