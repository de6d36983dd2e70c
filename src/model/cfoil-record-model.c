/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-model.h"

#include "cfoil-record-pages.h"
#include "cfoil-record-scan.h"
#include "cfoil-record-tail.h"
#include "cfoil-time.h"

/* Between two re-readings, so many times as long as one takes. */
#define REST_FACTOR 3
#define RETRY_MS 2000
/* A timer does not count while the machine sleeps: the clock is looked at so often. */
#define LOOK_EVERY_S 3600

struct _CfoilRecordModel
{
  GObject parent_instance;

  CfoilReader *reader;     /* (owned) (nullable) */
  CfoilRecordQuery *query; /* (owned) */
  CfoilRecordPages *pages; /* (owned) */
  const CfoilRecordFollower *funcs;
  gpointer follower; /* (borrowed) (nullable) */

  /* The last answer */
  GArray *ids;    /* (owned): gint64 */
  GArray *totals; /* (owned): CfoilTotal */
  guint n_outside;
  CfoilRecordTail tail; /* the length that the list says it has */

  /* The next one */
  GCancellable *cancellable; /* (owned) (nullable): while it is being worked out */
  gboolean again;            /* the mirror changed meanwhile */
  gboolean rows_are_old;     /* the mirror changed since they were read */
  gboolean is_resting;       /* nobody looks */
  gboolean is_stale;         /* the mirror changed while it rested */
  gint64 started;            /* monotonic */
  guint refresh_id;
  gint64 fresh_until; /* microseconds UTC: then today is another day */
  guint day_id;
  gboolean is_loading;
  GError *error; /* (owned) (nullable) */
};

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_ERROR,
  N_PROPS
};

enum
{
  IDS_CHANGING,
  IDS_CHANGED,
  ANSWERED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void answered_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data);
static void cfoil_record_model_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfoilRecordModel, cfoil_record_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cfoil_record_model_list_model_init))

/* --- state --- */

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

static void
set_loading (CfoilRecordModel *self,
             gboolean          is_loading)
{
  if (self->is_loading == is_loading)
    return;
  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static gboolean
refresh_cb (gpointer user_data)
{
  CfoilRecordModel *self = user_data;

  self->refresh_id = 0;
  cfoil_record_model_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
fail (gpointer      user_data,
      const GError *error)
{
  CfoilRecordModel *self = user_data;

  g_warning ("Cannot read transactions: %s", error->message);
  set_error (self, error);
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (RETRY_MS, refresh_cb, self);
}

/* A mirror that never stops changing must not keep a reader busy all the time. */
static void
schedule_refresh (CfoilRecordModel *self,
                  gint64            took_us)
{
  self->again = FALSE;
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add ((guint) (REST_FACTOR * took_us / 1000), refresh_cb, self);
}

/* --- the answer --- */

static void
change_ids (CfoilRecordModel  *self,
            CfoilRecordAnswer *answer)
{
  CfoilRecordChange *change = answer->change;

  g_signal_emit (self, signals[IDS_CHANGING], 0, change);
  if (answer->state != NULL && self->follower != NULL)
    answer->follower->take (self->follower, g_steal_pointer (&answer->state));
  g_array_unref (self->ids);
  self->ids = g_array_ref (change->new_ids);
  cfoil_record_pages_set_ids (self->pages, self->ids);
  cfoil_record_pages_show (self->pages);
  cfoil_record_tail_set_wanted (&self->tail, self->ids->len);
  g_signal_emit (self, signals[IDS_CHANGED], 0, change);
}

static void
take_answer (CfoilRecordModel  *self,
             CfoilRecordAnswer *answer)
{
  gboolean were_old = self->rows_are_old;

  self->rows_are_old = FALSE;
  g_array_unref (self->totals);
  self->totals = g_array_ref (answer->result->totals);
  self->n_outside = answer->result->n_outside;
  if (were_old)
    cfoil_record_pages_age (self->pages);
  if (answer->head != NULL)
    cfoil_record_pages_add (self->pages, answer->head);
  if (!cfoil_record_change_is_same (answer->change))
    change_ids (self, answer);
  else if (were_old)
    cfoil_record_pages_show (self->pages);
}

typedef struct
{
  GWeakRef model;
  GCancellable *cancellable; /* (owned): also tells which question it was */
} Request;

static Request *
request_new (CfoilRecordModel *self)
{
  Request *request = g_new0 (Request, 1);

  g_weak_ref_init (&request->model, self);
  request->cancellable = g_object_ref (self->cancellable);
  return request;
}

static void
request_free (Request *request)
{
  g_weak_ref_clear (&request->model);
  g_object_unref (request->cancellable);
  g_free (request);
}

static gpointer
prepare_follower (CfoilRecordModel *self)
{
  return self->follower != NULL ? self->funcs->prepare (self->follower) : NULL;
}

static gboolean
follower_is_current (CfoilRecordModel  *self,
                     CfoilRecordAnswer *answer)
{
  return self->follower == NULL || cfoil_record_change_is_same (answer->change) ||
         self->funcs->is_current (self->follower, answer->state);
}

static void
end_question (CfoilRecordModel *self)
{
  g_clear_object (&self->cancellable);
  set_loading (self, FALSE);
  g_signal_emit (self, signals[ANSWERED], 0);
  if (self->again)
    schedule_refresh (self, g_get_monotonic_time () - self->started);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Request *request = user_data;
  g_autoptr (CfoilRecordModel) self = g_weak_ref_get (&request->model);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilRecordAnswer) answer = cfoil_record_scan_finish (result, &error);

  if (self != NULL && request->cancellable == self->cancellable)
    {
      if (answer == NULL)
        {
          g_clear_object (&self->cancellable);
          if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            fail (self, error);
        }
      else if (!follower_is_current (self, answer))
        cfoil_record_scan_map_async (self->reader, g_steal_pointer (&answer), prepare_follower (self),
                                     self->cancellable, answered_cb, request_new (self));
      else
        {
          set_error (self, NULL);
          take_answer (self, answer);
          end_question (self);
        }
    }
  request_free (request);
}

static void look_at_clock_later (CfoilRecordModel *self);

static gboolean
look_at_clock_cb (gpointer user_data)
{
  CfoilRecordModel *self = user_data;

  self->day_id = 0;
  if (cfoil_time_now_us () >= self->fresh_until)
    cfoil_record_model_refresh (self);
  if (self->day_id == 0)
    look_at_clock_later (self);
  return G_SOURCE_REMOVE;
}

/* Only where the query depends on what day it is. */
static void
look_at_clock_later (CfoilRecordModel *self)
{
  gint64 seconds = (self->fresh_until - cfoil_time_now_us ()) / G_USEC_PER_SEC + 1;

  g_clear_handle_id (&self->day_id, g_source_remove);
  if (self->fresh_until < G_MAXINT64)
    self->day_id = g_timeout_add_seconds ((guint) CLAMP (seconds, 1, LOOK_EVERY_S), look_at_clock_cb, self);
}

static void
ask (CfoilRecordModel *self)
{
  if (self->reader == NULL)
    return;
  self->fresh_until = cfoil_record_query_fresh_until (self->query, cfoil_time_now_us ());
  look_at_clock_later (self);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  self->again = FALSE;
  self->cancellable = g_cancellable_new ();
  self->started = g_get_monotonic_time ();
  cfoil_record_scan_async (self->reader, self->query, self->ids, self->funcs, prepare_follower (self),
                           self->is_loading, cfoil_record_pages_get_fields (self->pages),
                           self->cancellable, answered_cb, request_new (self));
}

static void
cancel (CfoilRecordModel *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
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
  return CFOIL_RECORD_MODEL (model)->tail.length;
}

static gpointer
cfoil_record_model_get_item (GListModel *model,
                             guint       position)
{
  CfoilRecordModel *self = CFOIL_RECORD_MODEL (model);

  return position < self->tail.length ? cfoil_record_pages_get_item (self->pages, position) : NULL;
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_record_model_dispose (GObject *object)
{
  CfoilRecordModel *self = CFOIL_RECORD_MODEL (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->day_id, g_source_remove);
  cfoil_record_tail_clear (&self->tail);
  cancel (self);
  g_clear_pointer (&self->pages, cfoil_record_pages_close);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (cfoil_record_model_parent_class)->dispose (object);
}

static void
cfoil_record_model_finalize (GObject *object)
{
  CfoilRecordModel *self = CFOIL_RECORD_MODEL (object);

  g_clear_error (&self->error);
  g_array_unref (self->ids);
  g_array_unref (self->totals);
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
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[IDS_CHANGING] = g_signal_new ("ids-changing", CFOIL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[IDS_CHANGED] = g_signal_new ("ids-changed", CFOIL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ANSWERED] = g_signal_new ("answered", CFOIL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_record_model_init (CfoilRecordModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->totals = g_array_new (FALSE, TRUE, sizeof (CfoilTotal));
  cfoil_record_tail_init (&self->tail, G_LIST_MODEL (self));
}

/* --- public --- */

CfoilRecordModel *
cfoil_record_model_new (CfoilReader            *reader,
                        const CfoilRecordQuery *query,
                        CfoilFieldSet           fields)
{
  CfoilRecordModel *self;

  g_return_val_if_fail (reader == NULL || CFOIL_IS_READER (reader), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (CFOIL_TYPE_RECORD_MODEL, NULL);
  self->query = cfoil_record_query_copy (query);
  self->pages = cfoil_record_pages_new (reader, fail, self);
  cfoil_record_model_set_fields (self, fields);
  if (reader != NULL)
    {
      self->reader = g_object_ref (reader);
      self->is_loading = TRUE;
      g_signal_connect_object (reader, "changed", G_CALLBACK (cfoil_record_model_refresh), self, G_CONNECT_SWAPPED);
      ask (self);
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
  CfoilRecordQuery *old;
  gboolean is_same;

  g_return_if_fail (CFOIL_IS_RECORD_MODEL (self));
  g_return_if_fail (query != NULL);

  old = self->query;
  self->query = cfoil_record_query_copy (query);
  is_same = cfoil_record_query_equal (old, self->query);
  cfoil_record_query_free (old);
  if (is_same || self->reader == NULL)
    return;

  cancel (self);
  cfoil_record_pages_set_centre (self->pages, 0);
  set_loading (self, TRUE);
  ask (self);
}

void
cfoil_record_model_set_fields (CfoilRecordModel *self,
                               CfoilFieldSet     fields)
{
  g_return_if_fail (CFOIL_IS_RECORD_MODEL (self));

  cfoil_record_pages_set_fields (self->pages, cfoil_field_set_complete (fields));
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

  self->rows_are_old = TRUE;
  if (self->is_resting)
    self->is_stale = TRUE;
  else if (self->cancellable != NULL)
    self->again = TRUE;
  else if (self->refresh_id == 0)
    ask (self);
}

void
cfoil_record_model_set_resting (CfoilRecordModel *self,
                                gboolean          is_resting)
{
  g_return_if_fail (CFOIL_IS_RECORD_MODEL (self));

  self->is_resting = is_resting;
  if (!is_resting && self->is_stale)
    {
      self->is_stale = FALSE;
      cfoil_record_model_refresh (self);
    }
}

guint
cfoil_record_model_get_n_rows (CfoilRecordModel *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (self), 0);

  return self->ids->len;
}

GArray *
cfoil_record_model_get_ids (CfoilRecordModel *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (self), NULL);

  return self->ids;
}

GArray *
cfoil_record_model_get_totals (CfoilRecordModel *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (self), NULL);

  return self->totals;
}

guint
cfoil_record_model_get_n_outside (CfoilRecordModel *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_MODEL (self), 0);

  return self->n_outside;
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

void
cfoil_record_model_redraw (CfoilRecordModel *self)
{
  g_return_if_fail (CFOIL_IS_RECORD_MODEL (self));

  cfoil_record_pages_redraw (self->pages);
}

void
cfoil_record_model_set_centre (CfoilRecordModel *self,
                               guint             position)
{
  g_return_if_fail (CFOIL_IS_RECORD_MODEL (self));

  cfoil_record_pages_set_centre (self->pages, position);
}

void
cfoil_record_model_set_follower (CfoilRecordModel          *self,
                                 const CfoilRecordFollower *funcs,
                                 gpointer                   follower)
{
  g_return_if_fail (CFOIL_IS_RECORD_MODEL (self));
  g_return_if_fail (self->funcs == NULL || funcs == NULL);

  self->funcs = funcs;
  self->follower = follower;
}
