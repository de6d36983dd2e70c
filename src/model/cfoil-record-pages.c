/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-pages.h"

#include "cfoil-row-cache.h"

#define PAGE CFOIL_RECORD_PAGE
#define MAX_ROWS 2000
/* For filling items, at a time: each of them draws a line of cells. */
#define SLICE_US 3000
/* After the frame that is due. */
#define SLICE_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

struct _CfoilRecordPages
{
  grefcount n_refs;
  CfoilReader *reader; /* (owned) (nullable) */
  CfoilRecordPagesFailed failed;
  gpointer user_data;
  gboolean is_closed;

  GArray *ids; /* (owned): gint64 */
  CfoilFieldSet fields;
  GHashTable *items;    /* (owned): position -> CfoilRecordItem, borrowed: they remove themselves */
  CfoilRowCache *cache; /* (owned) */

  GHashTable *wanted;        /* (owned): set of page numbers to be asked for */
  GHashTable *asked;         /* (owned): set of page numbers on their way */
  GCancellable *cancellable; /* (owned): of this generation */
  guint generation;
  guint wanted_id;

  /* Filling items, the nearest first */
  guint centre;
  GArray *order; /* (owned): guint positions */
  guint n_shown; /* so many of them are done */
  guint show_id;
};

typedef struct
{
  CfoilRecordPages *pages; /* (owned) */
  guint generation;
  guint page;
} Request;

typedef struct
{
  CfoilFieldSet fields;
  guint n_ids;
  gint64 ids[PAGE];
} Job;

static void page_read_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data);
static void start_showing (CfoilRecordPages *self);

static void
pages_unref (CfoilRecordPages *self)
{
  if (!g_ref_count_dec (&self->n_refs))
    return;
  g_clear_object (&self->reader);
  g_clear_object (&self->cancellable);
  g_array_unref (self->ids);
  g_array_unref (self->order);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->asked);
  cfoil_row_cache_free (self->cache);
  g_free (self);
}

static gint64
id_at (CfoilRecordPages *self,
       guint             position)
{
  return g_array_index (self->ids, gint64, position);
}

/* What is known of the row at POSITION; IS_FRESH: it need not be read again. */
static CfoilRecord *
lookup (CfoilRecordPages *self,
        guint             position,
        gboolean         *is_fresh)
{
  gboolean is_old = TRUE;
  CfoilRecord *record = cfoil_row_cache_get (self->cache, id_at (self, position), &is_old);

  *is_fresh = record != NULL && !is_old && (self->fields & ~cfoil_record_get_fields (record)) == 0;
  return record;
}

/* --- reading --- */

static gpointer
read_page (CfoilDatabase *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Job *job = data;

  return cfoil_record_read (database, job->fields, job->ids, job->n_ids, error);
}

static gboolean
page_is_watched (CfoilRecordPages *self,
                 guint             page)
{
  for (guint i = page * PAGE; i < (page + 1) * PAGE; i++)
    if (g_hash_table_contains (self->items, GUINT_TO_POINTER (i)))
      return TRUE;
  return FALSE;
}

/* Those rows of PAGE that are not known. */
static Job *
job_for_page (CfoilRecordPages *self,
              guint             page)
{
  Job *job = g_new (Job, 1);

  job->fields = self->fields;
  job->n_ids = 0;
  for (guint i = page * PAGE; i < (page + 1) * PAGE && i < self->ids->len; i++)
    {
      gboolean is_fresh;

      lookup (self, i, &is_fresh);
      if (!is_fresh)
        job->ids[job->n_ids++] = id_at (self, i);
    }
  return job;
}

static void
ask_for_page (CfoilRecordPages *self,
              guint             page)
{
  Request *request;
  Job *job;

  if (page * PAGE >= self->ids->len || !page_is_watched (self, page))
    return;
  job = job_for_page (self, page);
  if (job->n_ids == 0)
    {
      g_free (job);
      return;
    }
  request = g_new0 (Request, 1);
  request->pages = self;
  g_ref_count_inc (&self->n_refs);
  request->generation = self->generation;
  request->page = page;
  g_hash_table_add (self->asked, GUINT_TO_POINTER (page));
  cfoil_reader_run_async (self->reader, CFOIL_READER_ROWS, read_page, job, g_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, page_read_cb, request);
}

static gboolean
ask_for_wanted_cb (gpointer user_data)
{
  CfoilRecordPages *self = user_data;
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
want_page (CfoilRecordPages *self,
           guint             page)
{
  if (self->reader == NULL || g_hash_table_contains (self->asked, GUINT_TO_POINTER (page)))
    return;
  g_hash_table_add (self->wanted, GUINT_TO_POINTER (page));
  if (self->wanted_id == 0)
    self->wanted_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, ask_for_wanted_cb, self, NULL);
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Request *request = user_data;
  CfoilRecordPages *self = request->pages;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = cfoil_reader_run_finish (result, &error);

  /* A late answer to an old question is dropped. */
  if (!self->is_closed && request->generation == self->generation)
    {
      g_hash_table_remove (self->asked, GUINT_TO_POINTER (request->page));
      if (records != NULL)
        {
          cfoil_record_pages_add (self, records);
          /* Without asking again for rows that are gone. */
          start_showing (self);
        }
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        self->failed (self->user_data, error);
    }
  g_free (request);
  pages_unref (self);
}

/* What is on its way is out of date. */
static void
start_generation (CfoilRecordPages *self)
{
  self->generation++;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->asked);
  g_hash_table_remove_all (self->wanted);
}

/* --- filling --- */

/* TRUE when the row need not be read again. */
static gboolean
show_item (CfoilRecordPages *self,
           CfoilRecordItem  *item,
           guint             position)
{
  gboolean is_fresh = TRUE;

  /* Behind the last row there may be positions for some frames yet. */
  cfoil_record_item_set_record (item, position < self->ids->len ? lookup (self, position, &is_fresh) : NULL);
  return is_fresh;
}

static int
compare_distance (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  CfoilRecordPages *self = user_data;
  gint64 first = ABS ((gint64) * (const guint *) a - (gint64) self->centre);
  gint64 second = ABS ((gint64) * (const guint *) b - (gint64) self->centre);

  return first < second ? -1 : first > second;
}

static void
show_slice (CfoilRecordPages *self)
{
  gint64 end = g_get_monotonic_time () + SLICE_US;

  while (self->n_shown < self->order->len && g_get_monotonic_time () < end)
    {
      guint position = g_array_index (self->order, guint, self->n_shown++);
      CfoilRecordItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));

      if (item != NULL)
        show_item (self, item, position);
    }
}

static gboolean
show_cb (gpointer user_data)
{
  CfoilRecordPages *self = user_data;

  show_slice (self);
  if (self->n_shown < self->order->len)
    return G_SOURCE_CONTINUE;
  self->show_id = 0;
  return G_SOURCE_REMOVE;
}

/* Begins to show what is known. */
static void
start_showing (CfoilRecordPages *self)
{
  GHashTableIter iter;
  gpointer key;

  /* Not by iterator later: showing a row may end items or make new ones. */
  g_array_set_size (self->order, 0);
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint position = GPOINTER_TO_UINT (key);

      g_array_append_val (self->order, position);
    }
  g_array_sort_with_data (self->order, compare_distance, self);
  self->n_shown = 0;
  show_slice (self);
  if (self->n_shown < self->order->len && self->show_id == 0)
    self->show_id = g_idle_add_full (SLICE_PRIORITY, show_cb, self, NULL);
}

void
cfoil_record_pages_show (CfoilRecordPages *self)
{
  start_showing (self);
  for (guint i = 0; i < self->order->len; i++)
    {
      guint position = g_array_index (self->order, guint, i);
      gboolean is_fresh = TRUE;

      if (position < self->ids->len)
        lookup (self, position, &is_fresh);
      if (!is_fresh)
        want_page (self, position / PAGE);
    }
}

static void
item_gone_cb (gpointer  user_data,
              GObject  *item)
{
  CfoilRecordPages *self = user_data;

  g_hash_table_remove (self->items, GUINT_TO_POINTER (cfoil_record_item_get_position ((CfoilRecordItem *) item)));
}

CfoilRecordItem *
cfoil_record_pages_get_item (CfoilRecordPages *self,
                             guint             position)
{
  CfoilRecordItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));

  if (item != NULL)
    g_object_ref (item);
  else
    {
      item = cfoil_record_item_new (position);
      g_hash_table_insert (self->items, GUINT_TO_POINTER (position), item);
      g_object_weak_ref (G_OBJECT (item), item_gone_cb, self);
    }
  if (!show_item (self, item, position))
    want_page (self, position / PAGE);
  return item;
}

/* --- public --- */

CfoilRecordPages *
cfoil_record_pages_new (CfoilReader            *reader,
                        CfoilRecordPagesFailed  failed,
                        gpointer                user_data)
{
  CfoilRecordPages *self = g_new0 (CfoilRecordPages, 1);

  g_ref_count_init (&self->n_refs);
  self->reader = reader != NULL ? g_object_ref (reader) : NULL;
  self->failed = failed;
  self->user_data = user_data;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->items = g_hash_table_new (NULL, NULL);
  self->wanted = g_hash_table_new (NULL, NULL);
  self->asked = g_hash_table_new (NULL, NULL);
  self->cache = cfoil_row_cache_new (MAX_ROWS);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
cfoil_record_pages_close (CfoilRecordPages *self)
{
  GHashTableIter iter;
  gpointer item;

  self->is_closed = TRUE;
  g_clear_handle_id (&self->wanted_id, g_source_remove);
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      g_object_weak_unref (item, item_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
  pages_unref (self);
}

void
cfoil_record_pages_set_ids (CfoilRecordPages *self,
                            GArray           *ids)
{
  start_generation (self);
  g_array_ref (ids);
  g_array_unref (self->ids);
  self->ids = ids;
}

void
cfoil_record_pages_add (CfoilRecordPages *self,
                        GPtrArray        *records)
{
  for (guint i = 0; i < records->len; i++)
    cfoil_row_cache_put (self->cache, records->pdata[i]);
}

void
cfoil_record_pages_age (CfoilRecordPages *self)
{
  start_generation (self);
  cfoil_row_cache_age (self->cache);
}

void
cfoil_record_pages_set_fields (CfoilRecordPages *self,
                               CfoilFieldSet     fields)
{
  if (self->fields == fields)
    return;
  self->fields = fields;
  start_generation (self);
  cfoil_record_pages_show (self);
}

CfoilFieldSet
cfoil_record_pages_get_fields (CfoilRecordPages *self)
{
  return self->fields;
}

void
cfoil_record_pages_set_centre (CfoilRecordPages *self,
                               guint             position)
{
  self->centre = position;
}

void
cfoil_record_pages_redraw (CfoilRecordPages *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_signal_emit_by_name (item, "changed");
}
