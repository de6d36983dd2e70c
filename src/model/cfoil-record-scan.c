/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-scan.h"

#include "cfoil-time.h"

typedef struct
{
  CfoilRecordQuery *query;   /* (owned) */
  CfoilScanCache *cache;     /* (owned) */
  GArray *old_ids;           /* (owned) */
  CfoilRecordAnswer *answer; /* (owned) (nullable): given away at the end */
  gboolean head;
  CfoilFieldSet fields;
} Job;

static void
drop_state (CfoilRecordAnswer *self)
{
  if (self->state != NULL)
    self->follower->free_state (self->state);
  self->state = NULL;
}

void
cfoil_record_answer_free (CfoilRecordAnswer *self)
{
  if (self == NULL)
    return;
  drop_state (self);
  g_clear_pointer (&self->result, cfoil_scan_result_free);
  g_clear_pointer (&self->change, cfoil_record_change_free);
  g_clear_pointer (&self->head, g_ptr_array_unref);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  cfoil_record_query_free (job->query);
  g_clear_pointer (&job->cache, cfoil_scan_cache_unref);
  g_clear_pointer (&job->old_ids, g_array_unref);
  cfoil_record_answer_free (job->answer);
  g_free (job);
}

static gboolean
read_head (CfoilDatabase *database,
           Job           *job,
           GError       **error)
{
  GArray *ids = job->answer->result->ids;

  job->answer->head = cfoil_record_read (database, job->fields, (const gint64 *) (gpointer) ids->data,
                                         MIN (ids->len, CFOIL_RECORD_SCAN_HEAD), error);
  return job->answer->head != NULL;
}

static void
map_state (CfoilRecordAnswer *answer)
{
  if (answer->state != NULL && !cfoil_record_change_is_same (answer->change))
    answer->follower->map (answer->state, answer->change);
}

static gpointer
scan_thread (CfoilDatabase *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Job *job = data;
  CfoilRecordAnswer *answer = job->answer;
  CfoilScanTime time = { job->query->zone, cfoil_time_now_us () };

  answer->result = cfoil_scan (database, job->cache, job->query->query, &job->query->sort, &time, cancellable, error);
  if (answer->result == NULL || (job->head && !read_head (database, job, error)))
    return NULL;
  answer->change = cfoil_record_change_new (job->old_ids, answer->result->ids);
  map_state (answer);
  return g_steal_pointer (&job->answer);
}

static gpointer
map_thread (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;

  map_state (job->answer);
  return g_steal_pointer (&job->answer);
}

void
cfoil_record_scan_async (CfoilReader               *reader,
                         const CfoilRecordQuery    *query,
                         GArray                    *old_ids,
                         const CfoilRecordFollower *follower,
                         gpointer                   state,
                         gboolean                   head,
                         CfoilFieldSet              fields,
                         GCancellable              *cancellable,
                         GAsyncReadyCallback        callback,
                         gpointer                   user_data)
{
  Job *job = g_new0 (Job, 1);

  job->query = cfoil_record_query_copy (query);
  job->cache = cfoil_scan_cache_ref (cfoil_reader_get_scan_cache (reader));
  job->old_ids = g_array_ref (old_ids);
  job->head = head;
  job->fields = fields;
  job->answer = g_new0 (CfoilRecordAnswer, 1);
  job->answer->follower = follower;
  job->answer->state = state;
  cfoil_reader_run_async (reader, CFOIL_READER_QUERY, scan_thread, job, job_free,
                          (GDestroyNotify) cfoil_record_answer_free, cancellable, callback, user_data);
}

void
cfoil_record_scan_map_async (CfoilReader         *reader,
                             CfoilRecordAnswer   *answer,
                             gpointer             state,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  drop_state (answer);
  answer->state = state;
  job->answer = answer;
  cfoil_reader_run_async (reader, CFOIL_READER_QUERY, map_thread, job, job_free,
                          (GDestroyNotify) cfoil_record_answer_free, cancellable, callback, user_data);
}

CfoilRecordAnswer *
cfoil_record_scan_finish (GAsyncResult *result,
                          GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
