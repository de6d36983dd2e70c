/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-mirror-intake.h"

#include "cfoil-mirror-intake-private.h"

/* Batches of 500 rows cost three times one big transaction; with 20,000 the rest
 * is noise, and a kill costs at most a second of work. */
#define BATCH 20000
static void intake_iface_init (CfoilIntakeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfoilMirrorIntake, cfoil_mirror_intake, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CFOIL_TYPE_INTAKE, intake_iface_init))

static const CfoilFeedInfo *
find_feed (CfoilMirrorIntake *self,
           const char        *name)
{
  guint n;
  const CfoilFeedInfo *feeds = cfoil_provider_get_feeds (self->provider, &n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (feeds[i].name, name) == 0)
      return &feeds[i];
  return NULL;
}

/* Before the first record of a row that is not the current one: everything up to
 * here is whole, so here a transaction may end. */
static gboolean
begin_record (CfoilMirrorIntake *self,
              guint64            row,
              GError           **error)
{
  if (self->document_id != 0 && row != 0 && row != self->row)
    {
      if (cfoil_writer_get_n_pending (self->writer) >= BATCH)
        {
          if (!cfoil_writer_set_document_progress (self->writer, self->document_id, row - 1, error) ||
              !cfoil_writer_commit (self->writer, error))
            return FALSE;
          cfoil_intake_progress (CFOIL_INTAKE (self), self->feed->name, row - 1,
                                 _cfoil_mirror_intake_estimate_rows (self, row - 1));
        }
      self->row = row;
    }
  return TRUE;
}

static gboolean
put_observation (CfoilIntake            *intake,
                 const CfoilObservation *observation,
                 GError                **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  if (!begin_record (self, observation->row_number, error) ||
      !cfoil_writer_put_observation (self->writer, observation, error))
    return FALSE;
  self->has_answer = self->has_answer || self->document_id == 0;
  /* Answers by id come a few a second: at once on the disk and on the screen,
   * and nobody else is kept from writing while we wait for the next one. */
  return self->document_id != 0 || cfoil_writer_commit (self->writer, error);
}

static gboolean
put_settlement (CfoilIntake           *intake,
                const CfoilSettlement *settlement,
                GError               **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  if (!cfoil_writer_put_settlement (self->writer, settlement, error))
    return FALSE;
  /* A fetched report says itself what it covers; an imported one only here. */
  if (!self->document_is_imported || settlement->start_us == CFOIL_UNKNOWN || settlement->end_us == CFOIL_UNKNOWN)
    return TRUE;
  return cfoil_writer_add_coverage (self->writer, self->feed_id, settlement->start_us, settlement->end_us, error);
}

static gboolean
put_line (CfoilIntake               *intake,
          const CfoilSettlementLine *line,
          GError                   **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  return begin_record (self, line->row_number, error) &&
         cfoil_writer_put_line (self->writer, line, error);
}

static gboolean
put_disbursement (CfoilIntake             *intake,
                  const CfoilDisbursement *disbursement,
                  GError                 **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  return cfoil_writer_put_disbursement (self->writer, disbursement, error);
}

static gboolean
put_report (CfoilIntake       *intake,
            const CfoilReport *report,
            GError           **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);
  const CfoilFeedInfo *feed = find_feed (self, report->feed);
  gint64 feed_id = self->feed_id;

  if (feed != NULL && feed != self->feed &&
      !cfoil_writer_open_feed (self->writer, feed->name, feed->rank, &feed_id, error))
    return FALSE;
  return cfoil_writer_put_report (self->writer, feed_id, report, error);
}

static gboolean
put_exception (CfoilIntake          *intake,
               const CfoilException *exception,
               GError              **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  return begin_record (self, exception->row_number, error) &&
         cfoil_writer_put_exception (self->writer, exception, error);
}

static gboolean
commit (CfoilIntake *intake,
        GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  return cfoil_writer_commit (self->writer, error);
}

static gboolean
begin_feed (CfoilIntake *intake,
            const char  *name,
            GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  self->has_answer = FALSE;
  self->feed = find_feed (self, name);
  g_return_val_if_fail (self->feed != NULL, FALSE);

  if (!cfoil_writer_open_feed (self->writer, name, self->feed->rank, &self->feed_id, error))
    return FALSE;
  cfoil_writer_set_source (self->writer, self->feed_id, 0, self->feed->kind == CFOIL_FEED_OBJECTS);
  return TRUE;
}

static gboolean
leave_feed (CfoilIntake *intake,
            GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  if (!cfoil_writer_commit (self->writer, error))
    return FALSE;
  self->feed = NULL;
  cfoil_writer_set_source (self->writer, 0, 0, FALSE);
  return TRUE;
}

static gboolean
end_feed (CfoilIntake  *intake,
          const GError *failure,
          GError      **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);
  gboolean is_fresh;

  g_return_val_if_fail (self->feed != NULL, FALSE);

  if (failure != NULL)
    g_hash_table_add (self->failed_feeds, (gpointer) self->feed->name);
  is_fresh = !g_hash_table_contains (self->failed_feeds, self->feed->name);
  /* With no object due nobody was asked, which is no success to speak of. */
  if (is_fresh && (self->feed->kind != CFOIL_FEED_OBJECTS || self->has_answer))
    g_hash_table_add (self->fresh_feeds, (gpointer) self->feed->name);
  return cfoil_writer_mark_feed (self->writer, self->feed_id, is_fresh, failure, error) &&
         leave_feed (intake, error);
}

static char *
dup_cursor (CfoilIntake *intake,
            GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);
  char *cursor = NULL;

  cfoil_writer_get_cursor (self->writer, self->feed_id, &cursor, error);
  return cursor;
}

static gboolean
set_cursor (CfoilIntake *intake,
            const char  *cursor,
            GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  return cfoil_writer_set_cursor (self->writer, self->feed_id, cursor, error);
}

static CfoilIntervalSet *
dup_coverage (CfoilIntake *intake,
              GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  return cfoil_writer_get_coverage (self->writer, self->feed_id, error);
}

static gboolean
add_coverage (CfoilIntake *intake,
              gint64       start_us,
              gint64       end_us,
              GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  return cfoil_writer_add_coverage (self->writer, self->feed_id, start_us, end_us, error);
}

static gint64
get_earliest_us (CfoilIntake *intake)
{
  return cfoil_writer_get_earliest_us (CFOIL_MIRROR_INTAKE (intake)->writer);
}

static void
collect_report (const CfoilReport *report,
                gpointer           user_data)
{
  CfoilKnownReport *known = g_new0 (CfoilKnownReport, 1);

  known->report_id = g_strdup (report->report_id);
  known->provider_type = g_strdup (report->provider_type);
  known->document_id = g_strdup (report->document_id);
  known->status = report->status;
  known->start_us = report->start_us;
  known->end_us = report->end_us;
  known->created_us = report->created_us;
  known->ours = report->ours;
  g_ptr_array_add (user_data, known);
}

static GPtrArray *
list_reports (CfoilIntake      *intake,
              CfoilReportStatus status,
              gboolean          without_document,
              GError          **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_known_report_free);

  if (!cfoil_writer_list_reports (self->writer, self->feed_id, status, without_document,
                                  collect_report, reports, error))
    return NULL;
  return g_steal_pointer (&reports);
}

static void
collect_unrecorded (const char *settlement_id,
                    const char *message,
                    gboolean    is_recorded,
                    gpointer    user_data)
{
  if (!is_recorded)
    g_ptr_array_add (user_data, g_strdup (settlement_id));
}

static gboolean
is_same_report (gconstpointer a,
                gconstpointer b)
{
  return g_str_equal (((const CfoilKnownReport *) a)->report_id, ((const CfoilKnownReport *) b)->report_id);
}

static void
collect_report_once (const CfoilReport *report,
                     gpointer           user_data)
{
  CfoilKnownReport wanted = { .report_id = (char *) report->report_id };

  if (!g_ptr_array_find_with_equal_func (user_data, &wanted, is_same_report, NULL))
    collect_report (report, user_data);
}

static GPtrArray *
list_unbalanced_reports (CfoilIntake *intake,
                         GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);
  g_autoptr (GPtrArray) settlements = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_known_report_free);

  if (!cfoil_writer_list_imbalances (self->writer, collect_unrecorded, settlements, error))
    return NULL;
  for (guint i = 0; i < settlements->len; i++)
    if (!cfoil_writer_list_reports_of_settlement (self->writer, self->feed_id, g_ptr_array_index (settlements, i),
                                                  collect_report_once, reports, error))
      return NULL;
  return g_steal_pointer (&reports);
}

static gboolean
record_imbalances (CfoilIntake *intake,
                   GError     **error)
{
  return cfoil_writer_record_imbalances (CFOIL_MIRROR_INTAKE (intake)->writer, error);
}

static GFile *
new_document (CfoilIntake *intake,
              GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);
  g_autofree char *path = cfoil_mirror_dup_incoming_path (self->mirror);

  return g_file_new_for_path (path);
}

static void
collect_due (CfoilObjectKind kind,
             const char     *object_id,
             gpointer        user_data)
{
  CfoilDueObject due = { kind, g_strdup (object_id) };

  g_array_append_val ((GArray *) user_data, due);
}

static void
clear_due (gpointer data)
{
  g_free (((CfoilDueObject *) data)->object_id);
}

static GArray *
list_due (CfoilIntake    *intake,
          CfoilObjectKind kind,
          guint           limit,
          GError        **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (CfoilDueObject));

  g_array_set_clear_func (due, clear_due);
  if (!cfoil_writer_list_due (self->writer, kind, limit, collect_due, due, error))
    return NULL;
  return g_steal_pointer (&due);
}

static gboolean
defer (CfoilIntake    *intake,
       CfoilObjectKind kind,
       const char     *object_id,
       const char     *why,
       GError        **error)
{
  return cfoil_writer_defer (CFOIL_MIRROR_INTAKE (intake)->writer, kind, object_id, why, error);
}

static void
progress (CfoilIntake *intake,
          const char  *what,
          guint64      done,
          guint64      total)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  if (self->progress != NULL)
    self->progress (what, done, total, self->progress_data);
}

static void
intake_iface_init (CfoilIntakeInterface *iface)
{
  iface->put_observation = put_observation;
  iface->put_settlement = put_settlement;
  iface->put_line = put_line;
  iface->put_disbursement = put_disbursement;
  iface->put_report = put_report;
  iface->put_exception = put_exception;
  iface->commit = commit;
  iface->begin_feed = begin_feed;
  iface->end_feed = end_feed;
  iface->leave_feed = leave_feed;
  iface->dup_cursor = dup_cursor;
  iface->set_cursor = set_cursor;
  iface->dup_coverage = dup_coverage;
  iface->add_coverage = add_coverage;
  iface->get_earliest_us = get_earliest_us;
  iface->list_reports = list_reports;
  iface->list_unbalanced_reports = list_unbalanced_reports;
  iface->record_imbalances = record_imbalances;
  iface->new_document = new_document;
  iface->take_document = _cfoil_mirror_intake_take_document;
  iface->list_due = list_due;
  iface->defer = defer;
  iface->progress = progress;
  _cfoil_mirror_intake_init_requests (iface);
}

static void
cfoil_mirror_intake_finalize (GObject *object)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (object);

  g_clear_pointer (&self->writer, cfoil_writer_free);
  g_clear_pointer (&self->failed_feeds, g_hash_table_unref);
  g_clear_pointer (&self->fresh_feeds, g_hash_table_unref);
  g_clear_object (&self->provider);
  g_clear_object (&self->mirror);

  G_OBJECT_CLASS (cfoil_mirror_intake_parent_class)->finalize (object);
}

static void
cfoil_mirror_intake_class_init (CfoilMirrorIntakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_mirror_intake_finalize;
}

static void
cfoil_mirror_intake_init (CfoilMirrorIntake *self)
{
  self->failed_feeds = g_hash_table_new (g_str_hash, g_str_equal);
  self->fresh_feeds = g_hash_table_new (g_str_hash, g_str_equal);
}

CfoilMirrorIntake *
cfoil_mirror_intake_new (CfoilMirror            *mirror,
                         CfoilProvider          *provider,
                         gint64                  account_id,
                         CfoilIntakeProgressFunc progress_func,
                         gpointer                user_data,
                         GError                **error)
{
  g_autoptr (CfoilMirrorIntake) self = g_object_new (CFOIL_TYPE_MIRROR_INTAKE, NULL);

  self->mirror = g_object_ref (mirror);
  self->provider = g_object_ref (provider);
  self->progress = progress_func;
  self->progress_data = user_data;
  self->writer = cfoil_writer_new (mirror, account_id, error);
  if (self->writer == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

CfoilWriter *
cfoil_mirror_intake_get_writer (CfoilMirrorIntake *self)
{
  g_return_val_if_fail (CFOIL_IS_MIRROR_INTAKE (self), NULL);

  return self->writer;
}

guint
cfoil_mirror_intake_get_n_failed (CfoilMirrorIntake *self)
{
  g_return_val_if_fail (CFOIL_IS_MIRROR_INTAKE (self), 0);

  return g_hash_table_size (self->failed_feeds);
}

guint
cfoil_mirror_intake_get_n_fresh (CfoilMirrorIntake *self)
{
  GHashTableIter iter;
  gpointer name;
  guint n = 0;

  g_return_val_if_fail (CFOIL_IS_MIRROR_INTAKE (self), 0);

  /* One feed may be run twice: list, then download. */
  g_hash_table_iter_init (&iter, self->fresh_feeds);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (self->failed_feeds, name))
      n++;
  return n;
}
