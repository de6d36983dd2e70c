/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-list.h"

#include "cfoil-time.h"

#define TICK_SECONDS 60
/* With more steps than these, one for all is better. */
#define MAX_STEPS 48

struct _CfoilCaseList
{
  GObject parent_instance;

  CfoilReader *reader;       /* (owned) */
  GTimeZone *zone;           /* (owned) */
  CfoilQuery *query;         /* (owned) */
  CfoilCaseView view;
  GPtrArray *items;          /* CfoilCaseItem, as they are shown */
  GPtrArray *records;        /* (owned) (nullable): CfoilCase, all that there are */
  guint counts[CFOIL_N_CASE_VIEWS];
  guint n_need_answer;
  GCancellable *cancellable; /* (owned) (nullable): while it is being read */
  gboolean is_stale;         /* the mirror has changed since RECORDS */
  gboolean read_again;
  gboolean is_loading;
  GError *error;             /* (owned) (nullable) */
  guint tick_id;
};

/* What is asked of the reader's thread, and its answer. */
typedef struct
{
  GPtrArray *records; /* (nullable): they are still right */
  CfoilQuery *query;
  GTimeZone *zone;
  CfoilCaseView view;
  gint64 now_us;
} Job;

typedef struct
{
  GPtrArray *records;
  GPtrArray *shown; /* CfoilCase */
  guint counts[CFOIL_N_CASE_VIEWS];
  guint n_need_answer;
  gint64 now_us;
} Answer;

enum
{
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data);
static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfoilCaseList, cfoil_case_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* --- on the reader's thread --- */

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->records, g_ptr_array_unref);
  cfoil_query_unref (job->query);
  g_time_zone_unref (job->zone);
  g_free (job);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_ptr_array_unref (answer->records);
  g_ptr_array_unref (answer->shown);
  g_free (answer);
}

static int
compare_records (gconstpointer a,
                 gconstpointer b)
{
  return cfoil_case_compare (*(CfoilCase *const *) a, *(CfoilCase *const *) b);
}

static gpointer
answer_job (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;
  g_autoptr (CfoilCaseMatcher) matcher = cfoil_case_matcher_new (job->query, job->zone, job->now_us);
  GPtrArray *records = job->records != NULL ? g_ptr_array_ref (job->records) : cfoil_case_list (database, error);
  Answer *answer;

  if (records == NULL)
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->records = records;
  answer->now_us = job->now_us;
  answer->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_case_unref);
  for (guint i = 0; i < records->len; i++)
    {
      CfoilCase *record = records->pdata[i];

      answer->n_need_answer += cfoil_case_needs_answer (record);
      if (!cfoil_case_matcher_matches (matcher, record))
        continue;
      for (guint view = 0; view < CFOIL_N_CASE_VIEWS; view++)
        answer->counts[view] += cfoil_case_is_in_view (record, (CfoilCaseView) view);
      if (cfoil_case_is_in_view (record, job->view))
        g_ptr_array_add (answer->shown, cfoil_case_ref (record));
    }
  g_ptr_array_sort (answer->shown, compare_records);
  return answer;
}

/* --- what changes in the list --- */

static gint64
id_of (CfoilCaseItem *item)
{
  return cfoil_case_item_get_record (item)->case_id;
}

static GHashTable *
index_ids (GPtrArray *records)
{
  GHashTable *ids = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < records->len; i++)
    g_hash_table_add (ids, &((CfoilCase *) records->pdata[i])->case_id);
  return ids;
}

static void
tell_items_changed (CfoilCaseList *self,
                    guint          position,
                    guint          n_removed,
                    guint          n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* All at once: the items that stay are the same objects, but every row is bound anew. */
static void
replace_items (CfoilCaseList *self,
               GPtrArray     *items) /* (transfer full) */
{
  g_autoptr (GPtrArray) former = self->items;

  self->items = items;
  tell_items_changed (self, 0, former->len, items->len);
}

/* How many rows do not stand where they stood, as seen from the row above. */
static guint
count_steps (CfoilCaseList *self,
             GPtrArray     *items)
{
  guint n = 0, longest = MAX (self->items->len, items->len);

  for (guint i = 0; i < longest; i++)
    n += i >= self->items->len || i >= items->len || self->items->pdata[i] != items->pdata[i];
  return n;
}

static void
remove_gone (CfoilCaseList *self,
             GHashTable    *ids)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      gint64 id = id_of (self->items->pdata[i - 1]);

      if (g_hash_table_contains (ids, &id))
        continue;
      g_ptr_array_remove_index (self->items, i - 1);
      tell_items_changed (self, i - 1, 1, 0);
    }
}

static void
insert_or_move (CfoilCaseList *self,
                GPtrArray     *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      CfoilCaseItem *item = items->pdata[i];
      guint former;

      if (i < self->items->len && self->items->pdata[i] == item)
        continue;
      if (g_ptr_array_find (self->items, item, &former))
        {
          g_ptr_array_remove_index (self->items, former);
          tell_items_changed (self, former, 1, 0);
        }
      g_ptr_array_insert (self->items, (gint) i, g_object_ref (item));
      tell_items_changed (self, i, 0, 1);
    }
}

static void
show_records (CfoilCaseList *self,
              GPtrArray     *records,
              gint64         now_us)
{
  g_autoptr (GHashTable) former = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) ids = index_ids (records);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->items->len; i++)
    {
      CfoilCaseItem *item = self->items->pdata[i];

      g_hash_table_insert (former, &cfoil_case_item_get_record (item)->case_id, item);
    }
  for (guint i = 0; i < records->len; i++)
    {
      CfoilCase *record = records->pdata[i];
      CfoilCaseItem *item = g_hash_table_lookup (former, &record->case_id);

      g_ptr_array_add (items, item != NULL ? g_object_ref (item) : cfoil_case_item_new (record, now_us));
    }
  /* The keys were in the records that go now. */
  g_hash_table_remove_all (former);
  for (guint i = 0; i < items->len; i++)
    cfoil_case_item_update (items->pdata[i], records->pdata[i], now_us);
  if (self->items->len == 0 || items->len == 0 || count_steps (self, items) > MAX_STEPS)
    {
      if (self->items->len + items->len > 0)
        replace_items (self, g_steal_pointer (&items));
      return;
    }
  remove_gone (self, ids);
  insert_or_move (self, items);
}

/* --- reading --- */

static void
read_cases (CfoilCaseList *self)
{
  Job *job;

  if (self->cancellable != NULL)
    {
      self->read_again = TRUE;
      return;
    }
  self->read_again = FALSE;
  self->cancellable = g_cancellable_new ();
  job = g_new0 (Job, 1);
  job->records = self->records != NULL && !self->is_stale ? g_ptr_array_ref (self->records) : NULL;
  job->query = cfoil_query_ref (self->query);
  job->zone = g_time_zone_ref (self->zone);
  job->view = self->view;
  job->now_us = cfoil_time_now_us ();
  self->is_stale = FALSE;
  cfoil_reader_run_async (self->reader, CFOIL_READER_QUERY, answer_job, job, job_free, answer_free, self->cancellable,
                          read_cb, g_object_ref (self));
}

static void
take_answer (CfoilCaseList *self,
             Answer        *answer)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->records = g_ptr_array_ref (answer->records);
  for (guint i = 0; i < CFOIL_N_CASE_VIEWS; i++)
    self->counts[i] = answer->counts[i];
  self->n_need_answer = answer->n_need_answer;
  show_records (self, answer->shown, answer->now_us);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilCaseList) self = user_data;
  g_autoptr (GError) error = NULL;
  Answer *answer = cfoil_reader_run_finish (result, &error);

  g_clear_object (&self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (&self->error);
  if (answer != NULL)
    {
      take_answer (self, answer);
      answer_free (answer);
    }
  else
    {
      self->error = g_steal_pointer (&error);
      self->is_stale = TRUE;
    }
  if (self->read_again)
    read_cases (self);
  else
    self->is_loading = FALSE;
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
changed_cb (CfoilCaseList *self)
{
  self->is_stale = TRUE;
  read_cases (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  read_cases (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- GListModel and GObject --- */

static GType
get_item_type (GListModel *model)
{
  return CFOIL_TYPE_CASE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return CFOIL_CASE_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  CfoilCaseList *self = CFOIL_CASE_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
cfoil_case_list_dispose (GObject *object)
{
  CfoilCaseList *self = CFOIL_CASE_LIST (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (cfoil_case_list_parent_class)->dispose (object);
}

static void
cfoil_case_list_finalize (GObject *object)
{
  CfoilCaseList *self = CFOIL_CASE_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->query, cfoil_query_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (cfoil_case_list_parent_class)->finalize (object);
}

static void
cfoil_case_list_class_init (CfoilCaseListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_case_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_case_list_finalize;
  signals[UPDATED] = g_signal_new ("updated", CFOIL_TYPE_CASE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_case_list_init (CfoilCaseList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->query = cfoil_query_parse_with (NULL, cfoil_case_vocabulary ());
  self->is_loading = TRUE;
}

/* --- public --- */

CfoilCaseList *
cfoil_case_list_new (CfoilReader *reader,
                     GTimeZone   *zone)
{
  CfoilCaseList *self;

  g_return_val_if_fail (CFOIL_IS_READER (reader), NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  self = g_object_new (CFOIL_TYPE_CASE_LIST, NULL);
  self->reader = g_object_ref (reader);
  self->zone = g_time_zone_ref (zone);
  g_signal_connect_object (reader, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  read_cases (self);
  return self;
}

void
cfoil_case_list_set_query (CfoilCaseList *self,
                           CfoilQuery    *query)
{
  g_return_if_fail (CFOIL_IS_CASE_LIST (self));
  g_return_if_fail (query != NULL);

  if (cfoil_query_equal (self->query, query))
    return;
  cfoil_query_unref (self->query);
  self->query = cfoil_query_ref (query);
  self->is_loading = TRUE;
  read_cases (self);
}

void
cfoil_case_list_set_view (CfoilCaseList *self,
                          CfoilCaseView  view)
{
  g_return_if_fail (CFOIL_IS_CASE_LIST (self));
  g_return_if_fail (view < CFOIL_N_CASE_VIEWS);

  if (self->view == view)
    return;
  self->view = view;
  self->is_loading = TRUE;
  read_cases (self);
}

void
cfoil_case_list_set_zone (CfoilCaseList *self,
                          GTimeZone     *zone)
{
  g_return_if_fail (CFOIL_IS_CASE_LIST (self));
  g_return_if_fail (zone != NULL);

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  read_cases (self);
}

gboolean
cfoil_case_list_get_loading (CfoilCaseList *self)
{
  g_return_val_if_fail (CFOIL_IS_CASE_LIST (self), FALSE);

  return self->is_loading;
}

const GError *
cfoil_case_list_get_error (CfoilCaseList *self)
{
  g_return_val_if_fail (CFOIL_IS_CASE_LIST (self), NULL);

  return self->error;
}

guint
cfoil_case_list_get_count (CfoilCaseList *self,
                           CfoilCaseView  view)
{
  g_return_val_if_fail (CFOIL_IS_CASE_LIST (self) && view < CFOIL_N_CASE_VIEWS, 0);

  return self->counts[view];
}

guint
cfoil_case_list_get_n_need_answer (CfoilCaseList *self)
{
  g_return_val_if_fail (CFOIL_IS_CASE_LIST (self), 0);

  return self->n_need_answer;
}

guint
cfoil_case_list_get_n_cases (CfoilCaseList *self)
{
  g_return_val_if_fail (CFOIL_IS_CASE_LIST (self), 0);

  return self->records != NULL ? self->records->len : 0;
}

gboolean
cfoil_case_list_find (CfoilCaseList *self,
                      gint64         case_id,
                      guint         *position)
{
  g_return_val_if_fail (CFOIL_IS_CASE_LIST (self) && position != NULL, FALSE);

  for (guint i = 0; i < self->items->len; i++)
    if (id_of (self->items->pdata[i]) == case_id)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

char **
cfoil_case_list_dup_handlers (CfoilCaseList *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) sorted = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (CFOIL_IS_CASE_LIST (self), NULL);

  for (guint i = 0; self->records != NULL && i < self->records->len; i++)
    {
      CfoilCase *record = self->records->pdata[i];

      if (record->handler != NULL)
        g_hash_table_add (names, record->handler);
    }
  sorted = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) g_utf8_collate);
  for (GList *link = sorted; link != NULL; link = link->next)
    g_strv_builder_add (builder, link->data);
  return g_strv_builder_end (builder);
}
