/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-model.h"

#include "cfoil-time.h"

#define PAUSE_MS 2000
#define TICK_SECONDS 60
#define USUAL_PERIOD "last28d"

struct _CfoilOverviewModel
{
  GObject parent_instance;

  CfoilReader *reader;         /* (owned) */
  GTimeZone *zone;             /* (owned) */
  CfoilOverviewWish *wish;     /* (owned) (nullable) */
  CfoilOverviewAnswer *answer; /* (owned) (nullable) */
  GError *error;               /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned) (nullable): while it is being read */
  gboolean is_active;
  gboolean is_stale;           /* what was read is not what would be read now */
  guint tick_id;
  guint pause_id;
};

/* What is asked of the reader's thread. */
typedef struct
{
  CfoilOverviewWish *wish;
  GTimeZone *zone;
  CfoilScanCache *cache; /* (borrowed): of the reader, which outlives its threads */
  gint64 now_us;
} Job;

enum
{
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilOverviewModel, cfoil_overview_model, G_TYPE_OBJECT)

/* --- values --- */

CfoilOverviewWish *
cfoil_overview_wish_copy (const CfoilOverviewWish *self)
{
  CfoilOverviewWish *copy = g_memdup2 (self, sizeof *self);

  copy->period = g_strdup (self->period);
  copy->accounts = g_strdupv (self->accounts);
  copy->currency = g_strdup (self->currency);
  copy->by = g_strdup (self->by);
  copy->converted = g_strdup (self->converted);
  return copy;
}

void
cfoil_overview_wish_free (CfoilOverviewWish *self)
{
  if (self == NULL)
    return;
  g_free (self->period);
  g_strfreev (self->accounts);
  g_free (self->currency);
  g_free (self->by);
  g_free (self->converted);
  g_free (self);
}

static gboolean
accounts_equal (char **a,
                char **b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static gboolean
wishes_equal (const CfoilOverviewWish *a,
              const CfoilOverviewWish *b)
{
  if (a->n_metrics != b->n_metrics)
    return FALSE;
  for (guint i = 0; i < a->n_metrics; i++)
    if (a->metrics[i] != b->metrics[i])
      return FALSE;
  return g_strcmp0 (a->period, b->period) == 0 && a->comparison == b->comparison &&
         accounts_equal (a->accounts, b->accounts) && g_strcmp0 (a->currency, b->currency) == 0 &&
         g_strcmp0 (a->converted, b->converted) == 0 &&
         a->bucket == b->bucket && g_strcmp0 (a->by, b->by) == 0 &&
         a->hours_are_counts == b->hours_are_counts && a->limit == b->limit;
}

static void
answer_free (gpointer data)
{
  CfoilOverviewAnswer *answer = data;

  if (answer == NULL)
    return;
  cfoil_overview_wish_free (answer->wish);
  g_clear_pointer (&answer->overview, cfoil_overview_free);
  g_clear_pointer (&answer->series, cfoil_table_unref);
  g_clear_pointer (&answer->top, cfoil_table_unref);
  g_clear_pointer (&answer->hours, cfoil_table_unref);
  g_clear_pointer (&answer->histogram, cfoil_table_unref);
  g_clear_pointer (&answer->thresholds, g_ptr_array_unref);
  g_clear_pointer (&answer->anomalies, g_ptr_array_unref);
  g_clear_pointer (&answer->converted, cfoil_overview_converted_free);
  g_free (answer);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  cfoil_overview_wish_free (job->wish);
  g_time_zone_unref (job->zone);
  g_free (job);
}

/* --- on the reader's thread --- */

static const CfoilOverviewBlock *
find_block (const CfoilOverview *overview,
            const char          *currency)
{
  for (guint i = 0; i < overview->blocks->len; i++)
    {
      const CfoilOverviewBlock *block = overview->blocks->pdata[i];

      if (g_strcmp0 (block->currency, currency) == 0)
        return block;
    }
  return overview->blocks->len > 0 ? overview->blocks->pdata[0] : NULL;
}

static gboolean
read_currency (CfoilDatabase              *database,
               const Job                  *job,
               const CfoilOverviewRequest *request,
               CfoilOverviewAnswer        *answer,
               GCancellable               *cancellable,
               GError                    **error)
{
  const CfoilOverviewWish *wish = job->wish;
  const char *currency = answer->block->currency;

  answer->series = cfoil_overview_read_series (database, request, wish->metrics, wish->n_metrics, currency, answer->bucket,
                                               cancellable, error);
  if (answer->series == NULL)
    return FALSE;
  answer->top = cfoil_overview_read_top (database, job->cache, request, wish->by, currency, wish->limit, cancellable, error);
  if (answer->top == NULL)
    return FALSE;
  answer->hours = cfoil_overview_read_hours (database, request, currency, wish->hours_are_counts, cancellable, error);
  if (answer->hours == NULL)
    return FALSE;
  answer->histogram = cfoil_overview_read_histogram (database, request, currency, cancellable, error);
  if (answer->histogram == NULL)
    return FALSE;
  answer->thresholds = cfoil_threshold_read (database, request, currency, cancellable, error);
  if (answer->thresholds == NULL)
    return FALSE;
  if (wish->converted == NULL)
    return TRUE;
  answer->converted = cfoil_overview_convert (database, answer->overview, &request->period, wish->converted, error);
  return answer->converted != NULL;
}

static gpointer
answer_job (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Job *job = data;
  gint32 today = cfoil_day_of_time (job->now_us, job->zone);
  CfoilOverviewRequest request = {
    .accounts = job->wish->accounts,
    .comparison = job->wish->comparison,
    .zone = job->zone,
    .now_us = job->now_us,
  };
  CfoilOverviewAnswer *answer = g_new0 (CfoilOverviewAnswer, 1);

  /* What was remembered may have been written by another version. */
  if (!cfoil_period_parse (job->wish->period, today, &request.period, NULL))
    cfoil_period_init (&request.period, CFOIL_PERIOD_28_DAYS, today);
  answer->wish = cfoil_overview_wish_copy (job->wish);
  answer->period = request.period;
  answer->bucket = job->wish->bucket >= 0 ? (CfoilBucket) job->wish->bucket : cfoil_period_suggest_bucket (&request.period);
  answer->read_us = job->now_us;
  answer->overview = cfoil_overview_read (database, job->cache, &request, cancellable, error);
  if (answer->overview != NULL)
    answer->anomalies = cfoil_anomaly_list (database, job->wish->accounts, FALSE, error);
  if (answer->anomalies == NULL)
    {
      answer_free (answer);
      return NULL;
    }
  answer->block = find_block (answer->overview, job->wish->currency);
  if (answer->block != NULL && !read_currency (database, job, &request, answer, cancellable, error))
    {
      answer_free (answer);
      return NULL;
    }
  return answer;
}

/* --- reading --- */

static void
read_soon (CfoilOverviewModel *self)
{
  Job *job;

  if (!self->is_active || !self->is_stale || self->wish == NULL || self->cancellable != NULL)
    return;
  self->is_stale = FALSE;
  self->cancellable = g_cancellable_new ();
  job = g_new0 (Job, 1);
  job->wish = cfoil_overview_wish_copy (self->wish);
  job->zone = g_time_zone_ref (self->zone);
  job->cache = cfoil_reader_get_scan_cache (self->reader);
  job->now_us = cfoil_time_now_us ();
  cfoil_reader_run_async (self->reader, CFOIL_READER_QUERY, answer_job, job, job_free, answer_free, self->cancellable,
                          read_cb, g_object_ref (self));
}

static gboolean
pause_cb (gpointer user_data)
{
  CfoilOverviewModel *self = user_data;

  self->pause_id = 0;
  read_soon (self);
  return G_SOURCE_REMOVE;
}

/* While a sync changes the mirror all the time, a new picture every two seconds is enough. */
static void
read_after_pause (CfoilOverviewModel *self)
{
  if (self->answer == NULL || ABS (cfoil_time_now_us () - self->answer->read_us) >= PAUSE_MS * 1000)
    read_soon (self);
  else if (self->pause_id == 0)
    self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
take_answer (CfoilOverviewModel  *self,
             CfoilOverviewAnswer *answer,
             GError              *error)
{
  g_clear_error (&self->error);
  if (answer != NULL)
    {
      answer_free (self->answer);
      self->answer = answer;
    }
  else
    self->error = g_error_copy (error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilOverviewModel) self = user_data;
  g_autoptr (GError) error = NULL;
  CfoilOverviewAnswer *answer = cfoil_reader_run_finish (result, &error);
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_object (&self->cancellable);
  if (self->reader == NULL)
    {
      answer_free (answer);
      return;
    }
  if (!is_cancelled)
    take_answer (self, answer, error);
  /* Of what was cancelled for a newer wish nothing is told. */
  if (is_cancelled)
    read_soon (self);
  else
    read_after_pause (self);
  if (!is_cancelled)
    g_signal_emit (self, signals[UPDATED], 0);
}

static void
changed_cb (CfoilOverviewModel *self)
{
  self->is_stale = TRUE;
  read_after_pause (self);
}

/* The wish is another one: what runs for the former one is not worth waiting for. */
static void
restart (CfoilOverviewModel *self)
{
  self->is_stale = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  read_soon (self);
  g_signal_emit (self, signals[UPDATED], 0);
}

/* Days begin while the program runs. */
static gboolean
tick_cb (gpointer user_data)
{
  CfoilOverviewModel *self = user_data;

  if (self->answer != NULL && cfoil_day_of_time (cfoil_time_now_us (), self->zone) !=
                                cfoil_day_of_time (self->answer->read_us, self->zone))
    changed_cb (self);
  return G_SOURCE_CONTINUE;
}

/* --- GObject --- */

static void
cfoil_overview_model_dispose (GObject *object)
{
  CfoilOverviewModel *self = CFOIL_OVERVIEW_MODEL (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (cfoil_overview_model_parent_class)->dispose (object);
}

static void
cfoil_overview_model_finalize (GObject *object)
{
  CfoilOverviewModel *self = CFOIL_OVERVIEW_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  answer_free (self->answer);
  cfoil_overview_wish_free (self->wish);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (cfoil_overview_model_parent_class)->finalize (object);
}

static void
cfoil_overview_model_class_init (CfoilOverviewModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_overview_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_overview_model_finalize;
  signals[UPDATED] =
    g_signal_new ("updated", CFOIL_TYPE_OVERVIEW_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_overview_model_init (CfoilOverviewModel *self)
{
  self->is_stale = TRUE;
}

/* --- public --- */

CfoilOverviewModel *
cfoil_overview_model_new (CfoilReader *reader,
                          GTimeZone   *zone)
{
  CfoilOverviewModel *self;

  g_return_val_if_fail (CFOIL_IS_READER (reader), NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  self = g_object_new (CFOIL_TYPE_OVERVIEW_MODEL, NULL);
  self->reader = g_object_ref (reader);
  self->zone = g_time_zone_ref (zone);
  g_signal_connect_object (reader, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  return self;
}

void
cfoil_overview_model_set_wish (CfoilOverviewModel      *self,
                               const CfoilOverviewWish *wish)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_MODEL (self));
  g_return_if_fail (wish != NULL && wish->n_metrics <= CFOIL_OVERVIEW_MAX_METRICS);

  if (self->wish != NULL && wishes_equal (self->wish, wish))
    return;
  cfoil_overview_wish_free (self->wish);
  self->wish = cfoil_overview_wish_copy (wish);
  restart (self);
}

void
cfoil_overview_model_set_zone (CfoilOverviewModel *self,
                               GTimeZone          *zone)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_MODEL (self));
  g_return_if_fail (zone != NULL);

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  restart (self);
}

void
cfoil_overview_model_set_active (CfoilOverviewModel *self,
                                 gboolean            is_active)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_MODEL (self));

  self->is_active = is_active;
  read_soon (self);
}

const CfoilOverviewAnswer *
cfoil_overview_model_get_answer (CfoilOverviewModel *self)
{
  g_return_val_if_fail (CFOIL_IS_OVERVIEW_MODEL (self), NULL);

  return self->answer;
}

const GError *
cfoil_overview_model_get_error (CfoilOverviewModel *self)
{
  g_return_val_if_fail (CFOIL_IS_OVERVIEW_MODEL (self), NULL);

  return self->error;
}
