/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-sender.h"

#include "cfoil-submission.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* Between two tries while something waits. */
#define RETRY_SECONDS (5 * 60)

struct _CfoilSender
{
  GObject parent_instance;

  CfoilWorkspace *workspace; /* (weak): it owns us */
  CfoilOperation *operation; /* (owned) (nullable): what delivers */
  GPtrArray *open;           /* (owned): CfoilSubmission, what waits or was begun, when last looked */
  GArray *tried;             /* (owned): ids that were open when OPERATION began */
  gboolean is_looking;
  gboolean look_again;
  gboolean send_again;       /* asked for while something else wrote */
  gboolean tells_end;        /* the next look tells what ended */
  guint retry_id;
};

enum
{
  PROP_0,
  PROP_SENDING,
  PROP_N_WAITING,
  N_PROPS
};

enum
{
  PROGRESS,
  ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void look (CfoilSender *self);

G_DEFINE_FINAL_TYPE (CfoilSender, cfoil_sender, G_TYPE_OBJECT)

/* --- what waits --- */

static gboolean
retry_cb (gpointer user_data)
{
  CfoilSender *self = user_data;

  self->retry_id = 0;
  cfoil_sender_send (self);
  return G_SOURCE_REMOVE;
}

static void
plan_retry (CfoilSender *self)
{
  if (self->open->len == 0)
    g_clear_handle_id (&self->retry_id, g_source_remove);
  else if (self->retry_id == 0)
    self->retry_id = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
}

static void
tell_end (CfoilSender *self)
{
  g_autoptr (GArray) tried = self->tried;

  self->tells_end = FALSE;
  self->tried = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < tried->len; i++)
    g_signal_emit (self, signals[ENDED], 0, g_array_index (tried, gint64, i));
}

static gpointer
list_func (CfoilDatabase *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return cfoil_submission_list (database, 0, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilSender) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *open = cfoil_reader_run_finish (result, &error);
  guint n_before = self->open->len;

  self->is_looking = FALSE;
  if (open == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Cannot read which answers wait: %s", error->message);
      return;
    }
  g_ptr_array_unref (self->open);
  self->open = open;
  plan_retry (self);
  if (open->len != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
  if (self->look_again)
    look (self);
  else if (self->tells_end)
    tell_end (self);
}

static void
look (CfoilSender *self)
{
  if (self->workspace == NULL)
    return;
  self->look_again = self->is_looking;
  if (self->is_looking)
    return;
  self->is_looking = TRUE;
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, list_func, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, g_object_ref (self));
}

/* --- delivering --- */

static gboolean
send_thread (CfoilOperation *operation,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  guint n_delivered, n_waiting;

  return cfoil_context_send_answers_sync (data, cfoil_operation_report, operation, cancellable, &n_delivered, &n_waiting, error);
}

static const CfoilSubmission *
find_sending (CfoilSender *self)
{
  for (guint i = 0; i < self->open->len; i++)
    {
      const CfoilSubmission *submission = self->open->pdata[i];

      if (submission->state == CFOIL_SUBMISSION_SENDING)
        return submission;
    }
  return self->open->len > 0 ? self->open->pdata[0] : NULL;
}

/* Files are uploaded one after the other: DONE bytes of all of them tell which one. */
static void
progress_cb (CfoilSender    *self,
             CfoilOperation *operation)
{
  const CfoilSubmission *submission = find_sending (self);
  guint64 done = cfoil_operation_get_done (operation);

  if (submission == NULL || g_strcmp0 (cfoil_operation_get_what (operation), "upload") != 0)
    return;
  for (guint i = 0; i < submission->items->len; i++)
    {
      const CfoilSubmissionItem *item = submission->items->pdata[i];

      if (item->sha256 == NULL || item->n_bytes <= 0)
        continue;
      if (done <= (guint64) item->n_bytes)
        {
          g_signal_emit (self, signals[PROGRESS], 0, submission->submission_id, i, (double) done / (double) item->n_bytes);
          return;
        }
      done -= (guint64) item->n_bytes;
    }
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilSender) self = user_data;
  g_autoptr (GError) error = NULL;

  /* How each went stands with each; this is about the run as a whole. */
  if (!cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error))
    g_debug ("sending answers: %s", error->message);
  g_clear_object (&self->operation);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDING]);
  if (self->workspace == NULL)
    return;
  cfoil_mirror_notify_changed (cfoil_context_get_mirror (cfoil_workspace_get_context (self->workspace)));
  self->tells_end = TRUE;
  look (self);
}

static void
note_tried (CfoilSender *self)
{
  for (guint i = 0; i < self->open->len; i++)
    g_array_append_val (self->tried, ((const CfoilSubmission *) self->open->pdata[i])->submission_id);
}

void
cfoil_sender_send (CfoilSender *self)
{
  CfoilContext *context;

  g_return_if_fail (CFOIL_IS_SENDER (self));

  if (self->workspace == NULL)
    return;
  /* One that writes at a time; a sync delivers what waits itself, but not what is decided
   * in the middle of it. */
  if (cfoil_workspace_get_operation (self->workspace) != NULL)
    {
      self->send_again = TRUE;
      return;
    }
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->send_again = FALSE;
  note_tried (self);
  context = cfoil_workspace_get_context (self->workspace);
  self->operation = cfoil_operation_new (_("Sending answers"));
  g_signal_connect_object (self->operation, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  cfoil_workspace_run (self->workspace, self->operation, TRUE, send_thread, g_object_ref (context), g_object_unref,
                       sent_cb, g_object_ref (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDING]);
}

/* --- when --- */

static void
operation_cb (CfoilSender *self)
{
  if (self->workspace != NULL && self->send_again && cfoil_workspace_get_operation (self->workspace) == NULL)
    cfoil_sender_send (self);
}

static void
network_cb (CfoilSender *self,
            gboolean     is_available)
{
  if (is_available && self->open->len > 0 && self->operation == NULL)
    cfoil_sender_send (self);
}

/* --- GObject --- */

static void
cfoil_sender_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CfoilSender *self = CFOIL_SENDER (object);

  switch (prop_id)
    {
    case PROP_SENDING:
      g_value_set_boolean (value, self->operation != NULL);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, self->open->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_sender_finalize (GObject *object)
{
  CfoilSender *self = CFOIL_SENDER (object);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_weak_pointer (&self->workspace);
  g_clear_object (&self->operation);
  g_ptr_array_unref (self->open);
  g_array_unref (self->tried);

  G_OBJECT_CLASS (cfoil_sender_parent_class)->finalize (object);
}

static void
cfoil_sender_class_init (CfoilSenderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cfoil_sender_get_property;
  object_class->finalize = cfoil_sender_finalize;

  properties[PROP_SENDING] = g_param_spec_boolean ("sending", NULL, NULL, FALSE, flags);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PROGRESS] = g_signal_new ("progress", CFOIL_TYPE_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_UINT, G_TYPE_DOUBLE);
  signals[ENDED] = g_signal_new ("ended", CFOIL_TYPE_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cfoil_sender_init (CfoilSender *self)
{
  self->open = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_submission_free);
  self->tried = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static CfoilSender *
sender_new (CfoilWorkspace *workspace)
{
  CfoilSender *self = g_object_new (CFOIL_TYPE_SENDER, NULL);

  g_set_weak_pointer (&self->workspace, workspace);
  g_signal_connect_object (workspace, "notify::operation", G_CALLBACK (operation_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "sync-ended", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cfoil_workspace_get_reader (workspace), "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

CfoilSender *
cfoil_sender_get (CfoilWorkspace *workspace)
{
  CfoilSender *self;

  g_return_val_if_fail (CFOIL_IS_WORKSPACE (workspace), NULL);

  self = g_object_get_data (G_OBJECT (workspace), "cfoil-sender");
  if (self == NULL)
    {
      self = sender_new (workspace);
      g_object_set_data_full (G_OBJECT (workspace), "cfoil-sender", self, g_object_unref);
    }
  return self;
}

gboolean
cfoil_sender_get_sending (CfoilSender *self)
{
  g_return_val_if_fail (CFOIL_IS_SENDER (self), FALSE);

  return self->operation != NULL;
}
