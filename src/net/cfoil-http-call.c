/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-http-private.h"

#include "cfoil-error.h"

#include <string.h>

#define BUFFER_SIZE (64 * 1024)

/* What a call is while it runs. */
typedef struct
{
  CfoilHttpCall *call;
  GCancellable *inner;  /* (owned): cancelled by the caller, the clock or a limit */
  GInputStream *stream; /* (owned) (nullable) */
  GError *error;        /* (owned) (nullable) */
  const char *expired;  /* (nullable): static, why the clock ended it */
  guint64 window_bytes;
  guint64 uploaded_bytes;
  gboolean in_body;     /* the headers are there */
  gboolean own_error;   /* the error is ours already and needs no mapping */
  gboolean done;
  guint8 buffer[BUFFER_SIZE];
} Run;

static void read_next (Run *run);

static void
end (Run    *run,
     GError *error,
     gboolean own_error)
{
  run->error = error;
  run->own_error = own_error;
  run->done = TRUE;
}

/* A length that is said twice in two ways makes it anybody's guess where the
 * answer ends. */
static gboolean
check_headers (Run     *run,
               GError **error)
{
  SoupMessageHeadersIter iter;
  const char *length = NULL;
  const char *name, *value;
  guint64 size = 0;

  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (run->call->message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      size += strlen (name) + strlen (value) + 4;
      if (size > run->call->headers_max_bytes)
        {
          g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TOO_LARGE, "The answer's headers are too long");
          return FALSE;
        }
      if (g_ascii_strcasecmp (name, "content-length") != 0)
        continue;
      if (*value == '\0' || strspn (value, "0123456789") != strlen (value) || (length != NULL && !g_str_equal (length, value)))
        {
          g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED, "The answer's length makes no sense");
          return FALSE;
        }
      length = value;
    }

  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;
  gssize n_read;

  n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  if (n_read <= 0)
    {
      end (run, error, FALSE);
      return;
    }

  run->call->n_bytes += n_read;
  run->window_bytes += n_read;
  if (run->call->n_bytes > run->call->max_bytes)
    {
      end (run, g_error_new (CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TOO_LARGE, "The answer is longer than %" G_GUINT64_FORMAT " bytes", run->call->max_bytes), TRUE);
      return;
    }
  if (!run->call->sink (run->buffer, n_read, run->call->user_data, &error))
    {
      end (run, error, TRUE);
      return;
    }
  read_next (run);
}

static void
read_next (Run *run)
{
  g_input_stream_read_async (run->stream, run->buffer, BUFFER_SIZE, G_PRIORITY_DEFAULT, run->inner, read_cb, run);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  /* When cancelled between the answer and this call, libsoup before 3.4 takes
   * the connection away first and then closes the stream that nobody took,
   * which follows a NULL. So the stream is taken and closed by us. */
  g_task_set_check_cancellable (G_TASK (result), FALSE);
  run->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (run->stream == NULL || g_cancellable_set_error_if_cancelled (run->inner, &error))
    {
      end (run, error, FALSE);
      return;
    }
  run->in_body = TRUE;
  if (!check_headers (run, &error) || !run->call->started (run->call->user_data, &error))
    {
      end (run, error, TRUE);
      return;
    }
  read_next (run);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Run *run = user_data;

  run->expired = "There was no whole answer in time";
  g_cancellable_cancel (run->inner);
  return G_SOURCE_REMOVE;
}

static gboolean
speed_cb (gpointer user_data)
{
  Run *run = user_data;
  guint64 wanted = run->call->min_bytes_per_second * (run->call->speed_window_us / 1000) / 1000;

  /* What was uploaded is being looked at now: only the deadline ends that. */
  if (run->call->upload_bytes > 0 && run->uploaded_bytes >= run->call->upload_bytes)
    return G_SOURCE_CONTINUE;
  if (run->window_bytes < wanted)
    {
      run->expired = run->call->upload_bytes > 0 ? "The file was taken too slowly" : "The answer came too slowly";
      g_cancellable_cancel (run->inner);
      return G_SOURCE_REMOVE;
    }

  run->window_bytes = 0;
  return G_SOURCE_CONTINUE;
}

static GSource *
add_timeout (GMainContext *context,
             gint64        us,
             GSourceFunc   func,
             Run          *run)
{
  GSource *source = g_timeout_source_new ((guint) MIN (us / 1000, G_MAXINT));

  /* Before the data: a server that never lets us idle must not outlive it. */
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, func, run, NULL);
  g_source_attach (source, context);
  return source;
}

static void
remove_timeout (GSource *source)
{
  if (source == NULL)
    return;
  g_source_destroy (source);
  g_source_unref (source);
}

static gboolean
is_tls_refusal (const GError *error)
{
  return error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_MISC && error->code != G_TLS_ERROR_EOF;
}

static gboolean
is_offline (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND);
}

/* The many words of the network for the few things a person can do about it. */
static GError *
map_error (Run *run)
{
  const GError *error = run->error;
  CfoilProviderErrorCode code = CFOIL_PROVIDER_ERROR_NETWORK;

  if (is_tls_refusal (error))
    code = CFOIL_PROVIDER_ERROR_TLS;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    code = CFOIL_PROVIDER_ERROR_TIMEOUT;
  else if (error->domain == SOUP_SESSION_ERROR && error->code == SOUP_SESSION_ERROR_PARSING)
    code = CFOIL_PROVIDER_ERROR_MALFORMED;
  else if (run->in_body)
    code = CFOIL_PROVIDER_ERROR_INCOMPLETE;

  return cfoil_provider_error_new (code, 0, is_offline (error) ? CFOIL_HTTP_REASON_OFFLINE : NULL, NULL, "%s", error->message);
}

static GError *
outcome (Run *run)
{
  if (run->error == NULL || run->own_error)
    return g_steal_pointer (&run->error);
  if (run->call->cancellable != NULL && g_cancellable_is_cancelled (run->call->cancellable))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  if (run->expired != NULL)
    return g_error_new_literal (CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TIMEOUT, run->expired);
  return map_error (run);
}

/* An unread rest must not be waited for, so closing is done cancelled. */
static void
close_stream (Run *run)
{
  if (run->stream == NULL)
    return;
  if (run->error != NULL)
    g_cancellable_cancel (run->inner);
  g_input_stream_close (run->stream, run->inner, NULL);
  g_clear_object (&run->stream);
}

static gboolean
is_length_proven (CfoilHttpCall *call)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
         && (guint64) soup_message_headers_get_content_length (headers) == call->n_bytes;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
wrote_cb (SoupMessage *message,
          guint        n_bytes,
          gpointer     user_data)
{
  Run *run = user_data;

  run->uploaded_bytes += n_bytes;
  run->window_bytes += n_bytes;
}

static void
loop (Run *run)
{
  CfoilHttpCall *call = run->call;
  GSource *deadline, *speed = NULL;
  gulong wrote = 0;

  g_main_context_push_thread_default (call->context);
  deadline = add_timeout (call->context, call->deadline_us, deadline_cb, run);
  if (call->min_bytes_per_second > 0)
    speed = add_timeout (call->context, call->speed_window_us, speed_cb, run);
  if (call->upload_bytes > 0)
    wrote = g_signal_connect (call->message, "wrote-body-data", G_CALLBACK (wrote_cb), run);

  soup_session_send_async (call->session, call->message, G_PRIORITY_DEFAULT, run->inner, sent_cb, run);
  while (!run->done)
    g_main_context_iteration (call->context, TRUE);

  g_clear_signal_handler (&wrote, call->message);
  remove_timeout (deadline);
  remove_timeout (speed);
  close_stream (run);
  while (g_main_context_iteration (call->context, FALSE))
    ;
  g_main_context_pop_thread_default (call->context);
}

gboolean
_cfoil_http_call_run (CfoilHttpCall *call,
                      GError       **error)
{
  g_autofree Run *run = NULL;
  gulong chained = 0;
  GError *failure;

  if (g_cancellable_set_error_if_cancelled (call->cancellable, error))
    return FALSE;

  run = g_new0 (Run, 1);
  run->call = call;
  run->inner = g_cancellable_new ();
  if (call->cancellable != NULL)
    chained = g_cancellable_connect (call->cancellable, G_CALLBACK (cancelled_cb), g_object_ref (run->inner), g_object_unref);

  call->n_bytes = 0;
  loop (run);
  g_cancellable_disconnect (call->cancellable, chained);

  failure = outcome (run);
  g_clear_error (&run->error);
  g_clear_object (&run->inner);
  call->length_proven = failure == NULL && is_length_proven (call);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return TRUE;
}
