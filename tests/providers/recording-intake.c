/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "recording-intake.h"

#include "cfoil-money.h"
#include "cfoil-time.h"

#include <glib/gstdio.h>

static void intake_iface_init (CfoilIntakeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RecordingIntake, recording_intake, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CFOIL_TYPE_INTAKE, intake_iface_init))

typedef struct
{
  CfoilKnownReport *known;
  char *feed;
  gboolean has_document;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;

  cfoil_known_report_free (report->known);
  g_free (report->feed);
  g_free (report);
}

static const char *
text (const char *value)
{
  return value != NULL ? value : "-";
}

static char *
number (gint64 value)
{
  return value == CFOIL_UNKNOWN ? g_strdup ("-") : g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static char *
moment (gint64 us)
{
  char buffer[CFOIL_TIME_BUFFER];

  if (us == CFOIL_UNKNOWN)
    return g_strdup ("-");
  cfoil_time_format_iso (buffer, us);
  return g_strdup (buffer);
}

static void
learn (RecordingIntake *self,
       CfoilObjectKind  kind,
       const char      *id,
       gboolean         final,
       gboolean         asked)
{
  char *key;
  gpointer known = NULL;

  if (id == NULL)
    return;
  key = g_strdup_printf ("%d|%s", kind, id);
  g_hash_table_lookup_extended (self->objects, key, NULL, &known);
  /* 1: to be asked for; 2: not any more. */
  g_hash_table_replace (self->objects, key, GINT_TO_POINTER (final || asked || known == GINT_TO_POINTER (2) ? 2 : 1));
}

static gboolean
put_observation (CfoilIntake            *intake,
                 const CfoilObservation *o,
                 GError                **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  g_autofree char *amount = number (o->amount_minor);
  g_autofree char *moved = number (o->moved_minor);
  g_autofree char *refunded = number (o->refunded_minor);
  g_autofree char *said = moment (o->said_us);
  g_autofree char *created = moment (o->created_us);
  g_autofree char *expires = moment (o->expires_us);
  g_autofree char *deadline = moment (o->deadline_us);
  char *line;
  char *key;
  char *old;

  g_assert_nonnull (o->raw);
  g_assert_true (g_utf8_validate (o->raw, -1, NULL));
  line = g_strdup_printf ("%s %s said=%s state=%s/%s reason=%s %s amount=%s moved=%s refunded=%s created=%s expires=%s deadline=%s "
                          "charge=%s permission=%s ref=%s order=%s store=%s desc=%s buyer=%s/%s/%s/%s channel=%s resolution=%s final=%d",
                          cfoil_object_kind_to_string (o->kind), o->object_id, said,
                          cfoil_state_to_string (o->state), text (o->provider_state),
                          text (o->reason), text (o->currency), amount, moved, refunded, created, expires, deadline,
                          text (o->charge_id), text (o->permission_id), text (o->merchant_reference), text (o->order_reference),
                          text (o->store), text (o->description), text (o->buyer_id), text (o->buyer_name), text (o->buyer_email),
                          text (o->buyer_country), text (o->channel), text (o->resolution), o->final);
  g_ptr_array_add (self->events, g_strdup_printf ("%s row=%" G_GUINT64_FORMAT, line, o->row_number));

  key = g_strdup_printf ("%s|%d|%s", text (self->feed), o->kind, o->object_id);
  old = g_hash_table_lookup (self->observations, key);
  if (old == NULL || g_ascii_strtoll (old, NULL, 10) <= o->said_us)
    g_hash_table_replace (self->observations, key, g_strdup_printf ("%" G_GINT64_FORMAT " %s", o->said_us, line));
  else
    g_free (key);
  g_free (line);

  learn (self, o->kind, o->object_id, o->final, g_strcmp0 (self->feed, "objects") == 0);
  return TRUE;
}

static gboolean
put_settlement (CfoilIntake           *intake,
                const CfoilSettlement *s,
                GError               **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  g_autofree char *start = moment (s->start_us);
  g_autofree char *end = moment (s->end_us);

  g_ptr_array_add (self->events, g_strdup_printf ("settlement %s merchant=%s %s..%s", s->settlement_id, text (s->merchant_id), start, end));
  return TRUE;
}

static void
add_sum (RecordingIntake           *self,
         const CfoilSettlementLine *l)
{
  char *key = g_strdup_printf ("%s|%s", l->currency, l->provider_type);
  gint64 *sum = g_hash_table_lookup (self->net_minor, key);

  if (sum != NULL)
    {
      g_assert_true (cfoil_money_add (sum, l->net_minor));
      g_free (key);
      return;
    }
  sum = g_new (gint64, 1);
  *sum = l->net_minor;
  g_hash_table_insert (self->net_minor, key, sum);
}

static gboolean
put_line (CfoilIntake               *intake,
          const CfoilSettlementLine *l,
          GError                   **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  g_autofree char *posted = moment (l->posted_us);
  g_autofree char *percentage = number (l->fee_percentage_minor);
  g_autofree char *fixed = number (l->fee_fixed_minor);
  char *line = g_strdup_printf ("line %s #%" G_GUINT64_FORMAT " %s/%s id=%s object=%s posted=%s %s amount=%" G_GINT64_FORMAT " pct=%s fix=%s "
                                "fee=%" G_GINT64_FORMAT " net=%" G_GINT64_FORMAT " charge=%s permission=%s dispute=%s ref=%s order=%s store=%s desc=%s extra=%s",
                                l->settlement_id, l->row_number, cfoil_type_to_string (l->type), l->provider_type, text (l->provider_id),
                                text (l->object_id), posted, l->currency, l->amount_minor, percentage, fixed, l->fee_minor, l->net_minor,
                                text (l->charge_id), text (l->permission_id), text (l->dispute_id), text (l->merchant_reference),
                                text (l->order_reference), text (l->store), text (l->description), text (l->extra));

  g_ptr_array_add (self->events, g_strdup (line));
  if (g_hash_table_replace (self->lines, g_strdup_printf ("%s|%" G_GUINT64_FORMAT, l->settlement_id, l->row_number), line))
    add_sum (self, l);
  if (self->earliest_us == CFOIL_UNKNOWN || l->posted_us < self->earliest_us)
    self->earliest_us = l->posted_us;
  learn (self, CFOIL_OBJECT_CHARGE, l->charge_id, FALSE, FALSE);
  learn (self, CFOIL_OBJECT_DISPUTE, l->dispute_id, FALSE, FALSE);
  if (l->type == CFOIL_TYPE_REFUND)
    learn (self, CFOIL_OBJECT_REFUND, l->object_id, FALSE, FALSE);
  return TRUE;
}

static gboolean
put_disbursement (CfoilIntake             *intake,
                  const CfoilDisbursement *d,
                  GError                 **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  g_autofree char *when = moment (d->transaction_us);
  char *line = g_strdup_printf ("disbursement %s merchant=%s bank=%s %s %" G_GINT64_FORMAT " %s", d->settlement_id, text (d->merchant_id),
                                text (d->bank_reference), d->currency, d->amount_minor, when);

  g_ptr_array_add (self->events, g_strdup (line));
  g_hash_table_replace (self->disbursements, g_strdup (d->settlement_id), line);
  return TRUE;
}

static gboolean
put_report (CfoilIntake       *intake,
            const CfoilReport *r,
            GError           **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  Report *report = g_hash_table_lookup (self->reports, r->report_id);

  if (report == NULL)
    {
      report = g_new0 (Report, 1);
      report->known = g_new0 (CfoilKnownReport, 1);
      report->known->report_id = g_strdup (r->report_id);
      report->known->provider_type = g_strdup (r->provider_type);
      report->known->start_us = report->known->end_us = report->known->created_us = CFOIL_UNKNOWN;
      report->feed = g_strdup (r->feed);
      g_hash_table_insert (self->reports, g_strdup (r->report_id), report);
    }

  report->known->status = r->status;
  report->known->ours |= r->ours;
  if (r->document_id != NULL)
    {
      g_free (report->known->document_id);
      report->known->document_id = g_strdup (r->document_id);
    }
  report->known->start_us = r->start_us != CFOIL_UNKNOWN ? r->start_us : report->known->start_us;
  report->known->end_us = r->end_us != CFOIL_UNKNOWN ? r->end_us : report->known->end_us;
  report->known->created_us = r->created_us != CFOIL_UNKNOWN ? r->created_us : report->known->created_us;
  return TRUE;
}

static gboolean
put_exception (CfoilIntake          *intake,
               const CfoilException *e,
               GError              **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);

  g_assert_nonnull (e->subject);
  g_assert_nonnull (e->message);
  g_ptr_array_add (self->exceptions, g_strdup_printf ("%s %s #%" G_GUINT64_FORMAT ": %s | %s", cfoil_exception_kind_to_string (e->kind),
                                                      e->subject, e->row_number, e->message, text (e->raw)));
  return TRUE;
}

static gboolean
commit (CfoilIntake *intake,
        GError     **error)
{
  return TRUE;
}

static gboolean
begin_feed (CfoilIntake *intake,
            const char  *feed,
            GError     **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);

  g_assert_null (self->feed);
  self->feed = g_strdup (feed);
  return TRUE;
}

static gboolean
leave_feed (CfoilIntake *intake,
            GError     **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);

  g_assert_nonnull (self->feed);
  g_clear_pointer (&self->feed, g_free);
  return TRUE;
}

static gboolean
end_feed (CfoilIntake  *intake,
          const GError *failure,
          GError      **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);

  g_assert_nonnull (self->feed);
  if (failure != NULL)
    g_hash_table_replace (self->failures, g_strdup (self->feed), g_error_copy (failure));
  g_clear_pointer (&self->feed, g_free);
  return TRUE;
}

static char *
dup_cursor (CfoilIntake *intake,
            GError     **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);

  return g_strdup (g_hash_table_lookup (self->cursors, self->feed));
}

static gboolean
set_cursor (CfoilIntake *intake,
            const char  *cursor,
            GError     **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);

  g_hash_table_replace (self->cursors, g_strdup (self->feed), g_strdup (cursor));
  return TRUE;
}

static CfoilIntervalSet *
ensure_coverage (RecordingIntake *self)
{
  CfoilIntervalSet *set = g_hash_table_lookup (self->coverage, self->feed);

  if (set == NULL)
    {
      set = cfoil_interval_set_new ();
      g_hash_table_insert (self->coverage, g_strdup (self->feed), set);
    }
  return set;
}

static CfoilIntervalSet *
dup_coverage (CfoilIntake *intake,
              GError     **error)
{
  CfoilIntervalSet *copy = cfoil_interval_set_new ();
  guint n;
  const CfoilInterval *intervals = cfoil_interval_set_peek (ensure_coverage (RECORDING_INTAKE (intake)), &n);

  for (guint i = 0; i < n; i++)
    cfoil_interval_set_add (copy, intervals[i].start_us, intervals[i].end_us);
  return copy;
}

static gboolean
add_coverage (CfoilIntake *intake,
              gint64       start_us,
              gint64       end_us,
              GError     **error)
{
  cfoil_interval_set_add (ensure_coverage (RECORDING_INTAKE (intake)), start_us, end_us);
  return TRUE;
}

static gint64
get_earliest_us (CfoilIntake *intake)
{
  return RECORDING_INTAKE (intake)->earliest_us;
}

static int
compare_created (gconstpointer a,
                 gconstpointer b)
{
  const CfoilKnownReport *x = *(CfoilKnownReport *const *) a;
  const CfoilKnownReport *y = *(CfoilKnownReport *const *) b;

  return (x->created_us > y->created_us) - (x->created_us < y->created_us);
}

static GPtrArray *
list_reports (CfoilIntake      *intake,
              CfoilReportStatus status,
              gboolean          without_document,
              GError          **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_known_report_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->reports);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Report *report = value;
      CfoilKnownReport *copy;

      if (!g_str_equal (report->feed, self->feed) || report->known->status != status || (without_document && report->has_document))
        continue;
      copy = g_memdup2 (report->known, sizeof *copy);
      copy->report_id = g_strdup (copy->report_id);
      copy->provider_type = g_strdup (copy->provider_type);
      copy->document_id = g_strdup (copy->document_id);
      g_ptr_array_add (list, copy);
    }
  g_ptr_array_sort (list, compare_created);
  return list;
}

static GPtrArray *
list_unbalanced_reports (CfoilIntake *intake,
                         GError     **error)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_known_report_free);
}

static gboolean
record_imbalances (CfoilIntake *intake,
                   GError     **error)
{
  return TRUE;
}

static GFile *
new_document (CfoilIntake *intake,
              GError     **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  static guint n;
  g_autofree char *name = g_strdup_printf ("document-%u", n++);

  if (self->folder == NULL)
    self->folder = g_dir_make_tmp ("counterfoil-test-XXXXXX", NULL);
  return g_file_new_build_filename (self->folder, name, NULL);
}

static gboolean
take_document (CfoilIntake  *intake,
               GFile        *file,
               const char   *report_id,
               gboolean      whole,
               GCancellable *cancellable,
               GError      **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  Report *report = g_hash_table_lookup (self->reports, report_id);
  g_autofree char *bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  CfoilDocumentType type;
  gint64 until_us;
  gsize length;
  char *sha256;

  g_assert_nonnull (report);
  g_assert_cmpstr (report->feed, ==, self->feed);
  if (!g_file_load_contents (file, NULL, &bytes, &length, NULL, error))
    return FALSE;
  g_file_delete (file, NULL, NULL);

  report->has_document = TRUE;
  self->n_unproven += !whole;
  if (cfoil_report_get_window (report->known->start_us, report->known->end_us, report->known->created_us,
                               g_get_real_time (), &until_us))
    cfoil_interval_set_add (ensure_coverage (self), report->known->start_us, until_us);
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
  if (!g_hash_table_add (self->documents, sha256))
    return TRUE;

  if (!cfoil_provider_identify_document (self->provider, bytes, MIN (length, 8192), &type))
    g_assert_not_reached ();
  g_assert_cmpstr (type.feed, ==, self->feed);
  stream = g_memory_input_stream_new_from_data (bytes, length, NULL);
  return cfoil_provider_parse_document (self->provider, stream, &type, 0, intake, &self->document_rows, cancellable, error);
}

static void
due_clear (gpointer data)
{
  g_free (((CfoilDueObject *) data)->object_id);
}

static GArray *
list_due (CfoilIntake    *intake,
          CfoilObjectKind kind,
          guint           limit,
          GError        **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  GArray *due = g_array_new (FALSE, FALSE, sizeof (CfoilDueObject));
  GHashTableIter iter;
  gpointer key, value;

  g_array_set_clear_func (due, due_clear);
  g_hash_table_iter_init (&iter, self->objects);
  while (due->len < MIN (limit, self->list_due_limit) && g_hash_table_iter_next (&iter, &key, &value))
    {
      CfoilDueObject object = { kind, NULL };

      if (g_ascii_strtoll (key, NULL, 10) != kind || GPOINTER_TO_INT (value) != 1)
        continue;
      object.object_id = g_strdup ((const char *) key + 2);
      g_array_append_val (due, object);
    }
  return due;
}

static gboolean
defer (CfoilIntake    *intake,
       CfoilObjectKind kind,
       const char     *object_id,
       const char     *why,
       GError        **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);

  g_ptr_array_add (self->events, g_strdup_printf ("defer %s %s: %s", cfoil_object_kind_to_string (kind), object_id, why));
  learn (self, kind, object_id, FALSE, TRUE);
  return TRUE;
}

static CfoilAction *
begin_action (CfoilIntake *intake,
              const char  *kind,
              const char  *subject,
              const char  *request,
              GError     **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);
  CfoilAction *action = NULL;
  CfoilAction *copy;

  for (guint i = 0; i < self->actions->len; i++)
    {
      CfoilAction *old = g_ptr_array_index (self->actions, i);

      if (strstr (old->request, subject) != NULL)
        action = old;
    }
  g_free (self->action_name);
  self->action_name = g_strdup_printf ("%s %s", kind, subject);
  if (action == NULL)
    {
      g_autofree char *uuid = g_uuid_string_random ();
      g_auto (GStrv) parts = g_strsplit (uuid, "-", -1);

      action = g_new0 (CfoilAction, 1);
      action->action_id = ++self->n_actions;
      action->idempotency_key = g_strjoinv ("", parts);
      action->request = g_strdup (request);
      g_ptr_array_add (self->actions, action);
    }

  copy = g_memdup2 (action, sizeof *action);
  copy->idempotency_key = g_strdup (action->idempotency_key);
  copy->request = g_strdup (action->request);
  return copy;
}

static char *
dup_action_answer (CfoilIntake *intake,
                   const char  *kind,
                   const char  *subject,
                   GError     **error)
{
  g_autofree char *name = g_strdup_printf ("%s %s", kind, subject);

  return g_strdup (g_hash_table_lookup (RECORDING_INTAKE (intake)->answers, name));
}

static gboolean
end_action (CfoilIntake            *intake,
            gint64                  action_id,
            guint                   http_status,
            const char             *answer,
            const CfoilObservation *seen,
            GError                **error)
{
  RecordingIntake *self = RECORDING_INTAKE (intake);

  if (self->die_at_end_action)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full");
      return FALSE;
    }
  for (guint i = 0; http_status != 0 && i < self->actions->len; i++)
    if (((CfoilAction *) g_ptr_array_index (self->actions, i))->action_id == action_id)
      {
        g_ptr_array_remove_index (self->actions, i);
        break;
      }
  if (http_status / 100 == 2)
    g_hash_table_replace (self->answers, g_strdup (self->action_name), g_strdup (answer));
  else if (http_status != 0 && self->action_name != NULL)
    g_hash_table_remove (self->answers, self->action_name);
  return seen == NULL || cfoil_intake_put_observation (intake, seen, error);
}

/* Nobody asks for anything here but the run itself, and that is not looked for. */
static GPtrArray *
list_actions (CfoilIntake *intake,
              const char  *kind,
              GError     **error)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_action_free);
}

static gboolean
put_schedule (CfoilIntake         *intake,
              const CfoilSchedule *schedule,
              GError             **error)
{
  g_assert_nonnull (schedule->schedule_id);
  return TRUE;
}

static gboolean
drop_schedule (CfoilIntake *intake,
               const char  *schedule_id,
               GError     **error)
{
  g_assert_not_reached ();
}

static GPtrArray *
list_schedules (CfoilIntake *intake,
                GError     **error)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_known_schedule_free);
}

static void
progress (CfoilIntake *intake,
          const char  *what,
          guint64      done,
          guint64      total)
{
  g_assert_true (total == 0 || done <= total);
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
  iface->take_document = take_document;
  iface->list_due = list_due;
  iface->defer = defer;
  iface->begin_action = begin_action;
  iface->dup_action_answer = dup_action_answer;
  iface->end_action = end_action;
  iface->list_actions = list_actions;
  iface->put_schedule = put_schedule;
  iface->drop_schedule = drop_schedule;
  iface->list_schedules = list_schedules;
  iface->progress = progress;
}

static void
recording_intake_finalize (GObject *object)
{
  RecordingIntake *self = RECORDING_INTAKE (object);

  if (self->folder != NULL)
    g_assert_no_errno (g_rmdir (self->folder)); /* every document was taken or removed */
  g_free (self->folder);
  g_free (self->feed);
  g_clear_object (&self->provider);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->exceptions);
  g_ptr_array_unref (self->actions);
  g_hash_table_unref (self->answers);
  g_free (self->action_name);
  g_hash_table_unref (self->observations);
  g_hash_table_unref (self->lines);
  g_hash_table_unref (self->disbursements);
  g_hash_table_unref (self->reports);
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->cursors);
  g_hash_table_unref (self->coverage);
  g_hash_table_unref (self->failures);
  g_hash_table_unref (self->objects);
  g_hash_table_unref (self->net_minor);

  G_OBJECT_CLASS (recording_intake_parent_class)->finalize (object);
}

static void
recording_intake_class_init (RecordingIntakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = recording_intake_finalize;
}

static GHashTable *
new_table (GDestroyNotify value_free)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, value_free);
}

static void
recording_intake_init (RecordingIntake *self)
{
  self->events = g_ptr_array_new_with_free_func (g_free);
  self->exceptions = g_ptr_array_new_with_free_func (g_free);
  self->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_action_free);
  self->observations = new_table (g_free);
  self->lines = new_table (g_free);
  self->disbursements = new_table (g_free);
  self->reports = new_table (report_free);
  self->documents = new_table (NULL);
  self->cursors = new_table (g_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->coverage = new_table ((GDestroyNotify) cfoil_interval_set_free);
  self->failures = new_table ((GDestroyNotify) g_error_free);
  self->objects = new_table (NULL);
  self->net_minor = new_table (g_free);
  self->earliest_us = CFOIL_UNKNOWN;
}

RecordingIntake *
recording_intake_new (CfoilProvider *provider)
{
  RecordingIntake *self = g_object_new (RECORDING_TYPE_INTAKE, NULL);

  if (provider != NULL)
    self->provider = g_object_ref (provider);
  return self;
}

static void
append_table (GPtrArray  *out,
              GHashTable *table)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_ptr_array_add (out, g_strdup_printf ("%s: %s", (char *) key, (char *) value));
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

char *
recording_intake_dump (RecordingIntake *self)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

  append_table (out, self->observations);
  append_table (out, self->lines);
  append_table (out, self->disbursements);
  for (guint i = 0; i < self->exceptions->len; i++)
    g_ptr_array_add (out, g_strdup (g_ptr_array_index (self->exceptions, i)));
  g_ptr_array_sort (out, compare_text);
  g_ptr_array_add (out, NULL);
  return g_strjoinv ("\n", (char **) out->pdata);
}

const GError *
recording_intake_get_failure (RecordingIntake *self,
                              const char      *feed)
{
  return g_hash_table_lookup (self->failures, feed);
}

guint
recording_intake_count_exceptions (RecordingIntake *self,
                                   const char      *kind)
{
  guint n = 0;

  for (guint i = 0; i < self->exceptions->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (self->exceptions, i), kind);
  return n;
}
