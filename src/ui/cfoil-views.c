/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-views.h"

typedef enum
{
  JOB_PUT,
  JOB_REMOVE,
  JOB_RESTORE,
  JOB_MOVE,
} JobKind;

/* Something to be written. */
typedef struct
{
  JobKind kind;
  CfoilViewItem *item;  /* (owned) */
  CfoilSavedView *view; /* (owned): as it is to be */
  guint position;       /* among the user's own, of RESTORE and MOVE */
  CfoilMirror *mirror;  /* (owned) */
} Job;

struct _CfoilViews
{
  GObject parent_instance;

  GPtrArray *items;          /* (owned) */
  CfoilWorkspace *workspace; /* (owned) (nullable) */
  gulong changed_id;         /* of the workspace's reader */
  gboolean is_loaded;

  GCancellable *reading; /* (owned) (nullable) */
  gboolean reads_again;  /* what is being read is not the newest */

  GQueue jobs; /* of Job: the first one runs */
};

enum
{
  LOADED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void start_reading (CfoilViews *self);
static void run_next (CfoilViews *self);
static void cfoil_views_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfoilViews, cfoil_views, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cfoil_views_list_model_init))

/* --- list --- */

static GType
cfoil_views_get_item_type (GListModel *list)
{
  return CFOIL_TYPE_VIEW_ITEM;
}

static guint
cfoil_views_get_n_items (GListModel *list)
{
  return CFOIL_VIEWS (list)->items->len;
}

static gpointer
cfoil_views_get_item (GListModel *list,
                      guint       position)
{
  CfoilViews *self = CFOIL_VIEWS (list);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
cfoil_views_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = cfoil_views_get_item_type;
  iface->get_n_items = cfoil_views_get_n_items;
  iface->get_item = cfoil_views_get_item;
}

/* ITEMS (transfer full) become the list; only what is different is told. */
static void
set_items (CfoilViews *self,
           GPtrArray  *items)
{
  g_autoptr (GPtrArray) old = self->items;
  guint n_same = MIN (old->len, items->len), start = 0, end = 0;

  while (start < n_same && old->pdata[start] == items->pdata[start])
    start++;
  while (end < n_same - start && old->pdata[old->len - 1 - end] == items->pdata[items->len - 1 - end])
    end++;
  self->items = items;
  if (old->len > start + end || items->len > start + end)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end, items->len - start - end);
}

static GPtrArray *
dup_items (CfoilViews *self)
{
  return g_ptr_array_copy (self->items, (GCopyFunc) g_object_ref, NULL);
}

/* --- reading --- */

static CfoilViewItem *
find_same (CfoilViews           *self,
           const CfoilSavedView *view)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const CfoilSavedView *other = cfoil_view_item_get_view (self->items->pdata[i]);

      if (view->key != NULL ? g_strcmp0 (view->key, other->key) == 0 : other->key == NULL && other->view_id == view->view_id)
        return self->items->pdata[i];
    }
  return NULL;
}

static void
take_views (CfoilViews *self,
            GPtrArray  *views)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < views->len; i++)
    {
      CfoilViewItem *item = find_same (self, views->pdata[i]);

      if (item != NULL)
        cfoil_view_item_set_view (item, views->pdata[i]);
      g_ptr_array_add (items, item != NULL ? g_object_ref (item) : cfoil_view_item_new (views->pdata[i]));
    }
  set_items (self, items);
}

static gpointer
read_views (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return cfoil_saved_view_list (database, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilViews) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) views = cfoil_reader_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  /* What is seen may be newer than what was read. */
  if (self->reads_again || !g_queue_is_empty (&self->jobs))
    {
      start_reading (self);
      return;
    }
  if (views == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  take_views (self, views);
  if (!self->is_loaded)
    {
      self->is_loaded = TRUE;
      g_signal_emit (self, signals[LOADED], 0);
    }
}

/* Not while there is something to write: then afterwards. */
static void
start_reading (CfoilViews *self)
{
  self->reads_again = self->reading != NULL || !g_queue_is_empty (&self->jobs);
  if (self->reads_again || self->workspace == NULL)
    return;
  self->reading = g_cancellable_new ();
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, read_views, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, self->reading, read_cb, g_object_ref (self));
}

static void
stop_reading (CfoilViews *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

/* --- writing --- */

static void
job_free (Job *job)
{
  g_object_unref (job->item);
  cfoil_saved_view_free (job->view);
  g_object_unref (job->mirror);
  g_free (job);
}

static void
write_job (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gboolean ok = FALSE;

  switch (job->kind)
    {
    case JOB_PUT:
      ok = cfoil_saved_view_put (job->mirror, job->view, &error);
      break;
    case JOB_REMOVE:
      ok = cfoil_saved_view_remove (job->mirror, job->view->view_id, NULL, &error);
      /* Somebody else was quicker. */
      if (!ok && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_clear_error (&error);
          ok = TRUE;
        }
      break;
    case JOB_RESTORE:
      ok = cfoil_saved_view_restore (job->mirror, job->view, job->position, &error);
      break;
    case JOB_MOVE:
      ok = cfoil_saved_view_move (job->mirror, job->view->view_id, job->position, &error);
      break;
    default:
      g_assert_not_reached ();
    }
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Nothing else can be done to a view that could not be added or is gone. */
static void
forget_jobs_of (CfoilViews    *self,
                CfoilViewItem *item)
{
  for (GList *link = self->jobs.head, *next; link != NULL; link = next)
    {
      next = link->next;
      if (((Job *) link->data)->item != item)
        continue;
      job_free (link->data);
      g_queue_delete_link (&self->jobs, link);
    }
}

/* The id that the view got is the one that it has from now on. */
static void
take_id (CfoilViewItem *item,
         gint64         view_id)
{
  g_autoptr (CfoilSavedView) view = cfoil_saved_view_copy (cfoil_view_item_get_view (item));

  view->view_id = view_id;
  cfoil_view_item_set_view (item, view);
}

/* So that it is written even if the window is closed at once. */
static void
hold_application (gboolean is_held)
{
  GApplication *application = g_application_get_default ();

  if (application != NULL && is_held)
    g_application_hold (application);
  else if (application != NULL)
    g_application_release (application);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  CfoilViews *self = CFOIL_VIEWS (source);
  Job *job = g_queue_pop_head (&self->jobs);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (job->kind == JOB_PUT || job->kind == JOB_RESTORE)
        take_id (job->item, job->view->view_id);
    }
  else
    {
      forget_jobs_of (self, job->item);
      if (self->workspace != NULL)
        g_signal_emit (self, signals[FAILED], 0, error);
    }
  job_free (job);
  hold_application (FALSE);
  self->reads_again = TRUE;
  if (g_queue_is_empty (&self->jobs))
    start_reading (self);
  else
    run_next (self);
}

static void
run_next (CfoilViews *self)
{
  Job *job = g_queue_peek_head (&self->jobs);
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);

  job->view->view_id = cfoil_view_item_get_view (job->item)->view_id;
  g_task_set_task_data (task, job, NULL);
  hold_application (TRUE);
  g_task_run_in_thread (task, write_job);
}

static void
add_job (CfoilViews    *self,
         JobKind        kind,
         CfoilViewItem *item,
         guint          position)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->item = g_object_ref (item);
  job->view = cfoil_saved_view_copy (cfoil_view_item_get_view (item));
  job->position = position;
  job->mirror = g_object_ref (cfoil_context_get_mirror (cfoil_workspace_get_context (self->workspace)));
  g_queue_push_tail (&self->jobs, job);
  if (self->jobs.length == 1)
    run_next (self);
}

/* --- GObject --- */

static void
cfoil_views_dispose (GObject *object)
{
  cfoil_views_set_workspace (CFOIL_VIEWS (object), NULL);

  G_OBJECT_CLASS (cfoil_views_parent_class)->dispose (object);
}

static void
cfoil_views_finalize (GObject *object)
{
  CfoilViews *self = CFOIL_VIEWS (object);

  /* Jobs hold the object, so there are none. */
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (cfoil_views_parent_class)->finalize (object);
}

static void
cfoil_views_class_init (CfoilViewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_views_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_views_finalize;

  signals[LOADED] = g_signal_new ("loaded", CFOIL_TYPE_VIEWS, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", CFOIL_TYPE_VIEWS, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
cfoil_views_init (CfoilViews *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->jobs);
}

/* --- public --- */

CfoilViews *
cfoil_views_new (void)
{
  return g_object_new (CFOIL_TYPE_VIEWS, NULL);
}

void
cfoil_views_set_workspace (CfoilViews     *self,
                           CfoilWorkspace *workspace)
{
  g_return_if_fail (CFOIL_IS_VIEWS (self));

  if (self->workspace == workspace)
    return;
  stop_reading (self);
  if (self->workspace != NULL)
    g_clear_signal_handler (&self->changed_id, cfoil_workspace_get_reader (self->workspace));
  g_set_object (&self->workspace, workspace);
  self->is_loaded = FALSE;
  set_items (self, g_ptr_array_new_with_free_func (g_object_unref));
  if (workspace == NULL)
    return;
  self->changed_id = g_signal_connect_swapped (cfoil_workspace_get_reader (workspace), "changed", G_CALLBACK (start_reading), self);
  start_reading (self);
}

CfoilWorkspace *
cfoil_views_get_workspace (CfoilViews *self)
{
  g_return_val_if_fail (CFOIL_IS_VIEWS (self), NULL);

  return self->workspace;
}

CfoilViewItem *
cfoil_views_find (CfoilViews *self,
                  const char *name)
{
  g_return_val_if_fail (CFOIL_IS_VIEWS (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (cfoil_saved_view_is_called (cfoil_view_item_get_view (self->items->pdata[i]), name))
      return self->items->pdata[i];
  return NULL;
}

gboolean
cfoil_views_find_position (CfoilViews    *self,
                           CfoilViewItem *item,
                           guint         *position)
{
  g_return_val_if_fail (CFOIL_IS_VIEWS (self), FALSE);

  return g_ptr_array_find (self->items, item, position);
}

guint
cfoil_views_get_n_shipped (CfoilViews *self)
{
  guint n = 0;

  g_return_val_if_fail (CFOIL_IS_VIEWS (self), 0);

  while (n < self->items->len && !cfoil_view_item_is_own (self->items->pdata[n]))
    n++;
  return n;
}

CfoilViewItem *
cfoil_views_add (CfoilViews           *self,
                 const CfoilSavedView *view)
{
  g_autoptr (CfoilSavedView) copy = NULL;
  CfoilViewItem *item;
  GPtrArray *items;

  g_return_val_if_fail (CFOIL_IS_VIEWS (self) && self->workspace != NULL, NULL);

  copy = cfoil_saved_view_copy (view);
  copy->view_id = 0;
  g_clear_pointer (&copy->key, g_free);
  item = cfoil_view_item_new (copy);
  items = dup_items (self);
  g_ptr_array_add (items, item);
  set_items (self, items);
  add_job (self, JOB_PUT, item, 0);
  return item;
}

void
cfoil_views_change (CfoilViews           *self,
                    CfoilViewItem        *item,
                    const CfoilSavedView *view)
{
  const CfoilSavedView *old = cfoil_view_item_get_view (item);
  g_autoptr (CfoilSavedView) copy = NULL;

  g_return_if_fail (CFOIL_IS_VIEWS (self));

  if (self->workspace == NULL || !cfoil_views_find_position (self, item, NULL))
    return;
  copy = cfoil_saved_view_copy (view);
  copy->view_id = old->view_id;
  g_free (copy->key);
  copy->key = g_strdup (old->key);
  cfoil_view_item_set_view (item, copy);
  add_job (self, JOB_PUT, item, 0);
}

void
cfoil_views_move (CfoilViews    *self,
                  CfoilViewItem *item,
                  int            delta)
{
  int n_shipped = (int) cfoil_views_get_n_shipped (self);
  GPtrArray *items;
  guint from;
  int to;

  if (self->workspace == NULL || !cfoil_view_item_is_own (item) || !cfoil_views_find_position (self, item, &from))
    return;
  to = CLAMP ((int) from + delta, n_shipped, (int) self->items->len - 1);
  if (to == (int) from)
    return;
  items = dup_items (self);
  g_ptr_array_insert (items, to, g_ptr_array_steal_index (items, from));
  set_items (self, items);
  add_job (self, JOB_MOVE, item, (guint) (to - n_shipped));
}

void
cfoil_views_remove (CfoilViews    *self,
                    CfoilViewItem *item)
{
  GPtrArray *items;
  guint position;

  if (self->workspace == NULL || !cfoil_view_item_is_own (item) || !cfoil_views_find_position (self, item, &position))
    return;
  add_job (self, JOB_REMOVE, item, 0);
  items = dup_items (self);
  g_ptr_array_remove_index (items, position);
  set_items (self, items);
}

void
cfoil_views_restore (CfoilViews    *self,
                     CfoilViewItem *item,
                     guint          position)
{
  guint n_shipped = cfoil_views_get_n_shipped (self);
  GPtrArray *items;

  if (self->workspace == NULL || cfoil_views_find_position (self, item, NULL))
    return;
  position = CLAMP (position, n_shipped, self->items->len);
  items = dup_items (self);
  g_ptr_array_insert (items, (int) position, g_object_ref (item));
  set_items (self, items);
  add_job (self, JOB_RESTORE, item, position - n_shipped);
}
