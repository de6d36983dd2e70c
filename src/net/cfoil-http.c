/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-http.h"

#include "cfoil-error.h"
#include "cfoil-http-private.h"
#include "cfoil-types.h"

#include <string.h>

struct _CfoilHttp
{
  GTlsDatabase *tls_database; /* (owned) (nullable): NULL is the system's */
  CfoilHttpLimits limits;
  GMainContext *context;      /* (owned) */
  SoupSession *session;       /* (owned) (nullable) */
  GThread *thread;            /* (unowned): where the session was made */
};

const CfoilHttpLimits cfoil_http_default_limits = {
  .page_deadline_us = 60 * (gint64) G_USEC_PER_SEC,
  .document_deadline_us = 15 * 60 * (gint64) G_USEC_PER_SEC,
  .page_max_bytes = 64 * 1024 * 1024,
  .document_max_bytes = G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024,
  .headers_max_bytes = 64 * 1024,
  .min_bytes_per_second = 1024,
  .speed_window_us = 30 * (gint64) G_USEC_PER_SEC,
};

CfoilHttp *
cfoil_http_new (const char *ca_file,
                GError    **error)
{
  g_autoptr (CfoilHttp) self = g_new0 (CfoilHttp, 1);

  self->limits = cfoil_http_default_limits;
  self->context = g_main_context_new ();
  if (ca_file != NULL)
    {
      g_autoptr (GError) local_error = NULL;

      if (g_path_is_absolute (ca_file))
        self->tls_database = g_tls_file_database_new (ca_file, &local_error);
      if (self->tls_database == NULL)
        {
          g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TLS, "The file of certificates cannot be used: %s",
                       local_error != NULL ? local_error->message : "its path is not absolute");
          return NULL;
        }
    }

  return g_steal_pointer (&self);
}

void
cfoil_http_free (CfoilHttp *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->tls_database);
  g_main_context_unref (self->context);
  g_free (self);
}

void
cfoil_http_set_limits (CfoilHttp             *self,
                       const CfoilHttpLimits *limits)
{
  self->limits = *limits;
}

/* Certificates are always checked: nothing here connects to the signal that could
 * accept a bad one. */
static SoupSession *
new_session (CfoilHttp *self)
{
  SoupSession *session;

  g_main_context_push_thread_default (self->context);
  session = soup_session_new_with_options ("user-agent", "Counterfoil/" CFOIL_VERSION, "timeout", 0, NULL);
  /* Its decoder takes a body that is cut or not compressed at all for good. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (self->tls_database != NULL)
    {
      soup_session_set_tls_database (session, self->tls_database);
      soup_session_set_proxy_resolver (session, NULL);
    }
  g_main_context_pop_thread_default (self->context);
  return session;
}

/* A session belongs to the thread that made it, so a new worker gets a new one. */
static SoupSession *
ensure_session (CfoilHttp *self)
{
  if (self->session != NULL && self->thread == g_thread_self ())
    return self->session;

  g_clear_object (&self->session);
  self->session = new_session (self);
  self->thread = g_thread_self ();
  return self->session;
}

static SoupMessage *
new_message (const char *method,
             const char *url,
             GError    **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessage *message;

  if (uri == NULL)
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_FORBIDDEN_URL, "Address refused: it cannot be read");
      return NULL;
    }

  message = soup_message_new_from_uri (method, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding", "identity");
  return message;
}

static CfoilHttpCall
new_call (CfoilHttp    *self,
          SoupMessage  *message,
          GCancellable *cancellable)
{
  return (CfoilHttpCall) {
    .session = ensure_session (self),
    .context = self->context,
    .message = message,
    .cancellable = cancellable,
    .deadline_us = self->limits.page_deadline_us,
    .headers_max_bytes = self->limits.headers_max_bytes,
    .max_bytes = self->limits.page_max_bytes,
  };
}

/* Where a body goes: through an inflater if it is compressed, then to the end. */
typedef struct
{
  SoupMessage *message;   /* (borrowed) */
  gboolean gunzip;
  guint64 max_bytes;
  CfoilInflate *inflate;  /* (owned) (nullable) */
  CfoilSinkFunc sink;
  gpointer sink_data;
} Body;

static gboolean
body_started (gpointer user_data,
              GError **error)
{
  Body *body = user_data;
  const char *encoding = soup_message_headers_get_list (soup_message_get_response_headers (body->message), "Content-Encoding");
  gboolean is_gzip = encoding != NULL && (g_ascii_strcasecmp (encoding, "gzip") == 0 || g_ascii_strcasecmp (encoding, "x-gzip") == 0);

  if (encoding != NULL && !is_gzip && g_ascii_strcasecmp (encoding, "identity") != 0)
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED, "The answer is encoded in a way that nobody asked for");
      return FALSE;
    }
  /* With any other status the body is not the document. */
  if (is_gzip || (body->gunzip && soup_message_get_status (body->message) == SOUP_STATUS_OK))
    body->inflate = cfoil_inflate_new (body->max_bytes, body->sink, body->sink_data);
  return TRUE;
}

static gboolean
body_sink (const guint8 *bytes,
           gsize         length,
           gpointer      user_data,
           GError      **error)
{
  Body *body = user_data;

  if (body->inflate != NULL)
    return cfoil_inflate_push (body->inflate, bytes, length, error);
  return body->sink (bytes, length, body->sink_data, error);
}

/* Runs CALL with its body going to BODY.  *LENGTH_PROVEN: by the length that was
 * announced, or by the checksum and length at the end of a compressed body. */
static gboolean
run_body (CfoilHttpCall *call,
          Body          *body,
          gboolean      *length_proven,
          GError       **error)
{
  gboolean ok;

  body->message = call->message;
  call->started = body_started;
  call->sink = body_sink;
  call->user_data = body;

  ok = _cfoil_http_call_run (call, error)
       && (body->inflate == NULL || cfoil_inflate_finish (body->inflate, error));
  *length_proven = ok && (call->length_proven || body->inflate != NULL);
  g_clear_pointer (&body->inflate, cfoil_inflate_free);
  return ok;
}

static gboolean
append_bytes (const guint8 *bytes,
              gsize         length,
              gpointer      user_data,
              GError      **error)
{
  g_string_append_len (user_data, (const char *) bytes, length);
  return TRUE;
}

static GHashTable *
copy_headers (SoupMessage *message)
{
  GHashTable *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_hash_table_replace (headers, g_ascii_strdown (name, -1), g_strdup (value));
  return headers;
}

/* TEXT: (transfer full) */
static CfoilHttpResponse *
new_response (SoupMessage *message,
              GString     *text,
              gboolean     length_proven)
{
  CfoilHttpResponse *response = g_new0 (CfoilHttpResponse, 1);

  response->status = soup_message_get_status (message);
  response->headers = copy_headers (message);
  response->body_length = text->len;
  response->body = g_string_free (text, FALSE);
  response->length_proven = length_proven;
  return response;
}

static void
set_request (SoupMessage            *message,
             const CfoilHttpRequest *request)
{
  for (guint i = 0; request->headers != NULL && request->headers[i] != NULL; i += 2)
    soup_message_headers_replace (soup_message_get_request_headers (message), request->headers[i], request->headers[i + 1]);

  if (request->body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (request->body, request->body_length);

      /* The content type is among the headers that were set above. */
      soup_message_set_request_body_from_bytes (message, NULL, bytes);
    }
}

CfoilHttpResponse *
cfoil_http_send (CfoilHttp              *self,
                 const CfoilHttpRequest *request,
                 GCancellable           *cancellable,
                 GError                **error)
{
  g_autoptr (SoupMessage) message = new_message (request->method, request->url, error);
  g_autoptr (GString) text = g_string_new (NULL);
  CfoilHttpCall call;
  Body body = { .sink = append_bytes, .sink_data = text };
  gboolean length_proven;

  if (message == NULL)
    return NULL;

  set_request (message, request);
  call = new_call (self, message, cancellable);
  body.max_bytes = self->limits.page_max_bytes;
  if (!run_body (&call, &body, &length_proven, error))
    return NULL;
  return new_response (message, g_steal_pointer (&text), length_proven);
}

typedef struct
{
  CfoilHttpSentFunc func; /* (nullable) */
  gpointer user_data;     /* (borrowed) */
  guint64 done;
  guint64 total;
} Sent;

static void
sent_cb (SoupMessage *message,
         guint        n_bytes,
         gpointer     user_data)
{
  Sent *sent = user_data;

  sent->done = MIN (sent->done + n_bytes, sent->total);
  if (sent->func != NULL)
    sent->func (sent->done, sent->total, sent->user_data);
}

static void
restarted_cb (SoupMessage *message,
              gpointer     user_data)
{
  ((Sent *) user_data)->done = 0;
}

CfoilHttpResponse *
cfoil_http_upload (CfoilHttp        *self,
                   const char       *url,
                   const char       *content_type,
                   GBytes           *bytes,
                   CfoilHttpSentFunc func,
                   gpointer          user_data,
                   GCancellable     *cancellable,
                   GError          **error)
{
  g_autoptr (SoupMessage) message = new_message (SOUP_METHOD_PUT, url, error);
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  Sent sent = { func, user_data, 0, g_bytes_get_size (bytes) };
  Body body = { .sink = append_bytes, .sink_data = text };
  CfoilHttpCall call;
  gboolean length_proven;

  if (message == NULL)
    return NULL;

  soup_message_set_request_body_from_bytes (message, content_type, bytes);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (sent_cb), &sent);
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), &sent);
  /* On a connection that was used before and breaks, libsoup sends a PUT once more by
   * itself, and then without its body.  In a session of its own there is none.  (Asking
   * for a new connection among used ones makes libsoup 3.2 crash when one of those breaks.) */
  session = new_session (self);
  call = new_call (self, message, cancellable);
  call.session = session;
  call.deadline_us = self->limits.document_deadline_us;
  call.min_bytes_per_second = self->limits.min_bytes_per_second;
  call.speed_window_us = self->limits.speed_window_us;
  call.upload_bytes = sent.total;
  body.max_bytes = self->limits.page_max_bytes;
  if (!run_body (&call, &body, &length_proven, error))
    return NULL;
  if (sent.done < sent.total && soup_message_get_status (message) / 100 == 2)
    {
      g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_INCOMPLETE, 0, NULL, NULL,
                                                          "The file was taken before all of it was sent"));
      return NULL;
    }
  return new_response (message, g_steal_pointer (&text), length_proven);
}

const char *
cfoil_http_response_get_header (const CfoilHttpResponse *response,
                                const char              *name)
{
  return g_hash_table_lookup (response->headers, name);
}

gboolean
cfoil_http_response_is_json (const CfoilHttpResponse *response)
{
  const char *value = cfoil_http_response_get_header (response, "content-type");
  g_autofree char *type = NULL;

  if (value == NULL)
    return response->body_length > 0 && response->body[0] == '{';

  type = g_ascii_strdown (value, strcspn (value, "; \t"));
  return g_str_equal (type, "application/json") || (g_str_has_prefix (type, "application/") && g_str_has_suffix (type, "+json"));
}

void
cfoil_http_response_free (CfoilHttpResponse *response)
{
  g_clear_pointer (&response->headers, g_hash_table_unref);
  g_free (response->body);
  g_free (response);
}

typedef struct
{
  SoupMessage *message;  /* (borrowed) */
  GOutputStream *stream; /* (borrowed) */
  GChecksum *checksum;   /* (owned) */
  guint64 n_bytes;
} Target;

/* The body of anything but a 200 is a page about an error, not the document. */
static gboolean
write_bytes (const guint8 *bytes,
             gsize         length,
             gpointer      user_data,
             GError      **error)
{
  Target *target = user_data;

  if (soup_message_get_status (target->message) != SOUP_STATUS_OK)
    return TRUE;

  target->n_bytes += length;
  g_checksum_update (target->checksum, bytes, length);
  return g_output_stream_write_all (target->stream, bytes, length, NULL, NULL, error);
}

static void
fill_download (CfoilHttpDownload *download,
               SoupMessage       *message,
               Target            *target)
{
  const char *type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  download->status = soup_message_get_status (message);
  download->n_bytes = target->n_bytes;
  g_strlcpy (download->content_type, type != NULL ? type : "", sizeof download->content_type);
  g_strlcpy (download->sha256, g_checksum_get_string (target->checksum), sizeof download->sha256);
}

gboolean
cfoil_http_download (CfoilHttp         *self,
                     const char        *url,
                     gboolean           gunzip,
                     GFile             *file,
                     CfoilHttpDownload *download,
                     GCancellable      *cancellable,
                     GError           **error)
{
  g_autoptr (SoupMessage) message = new_message (SOUP_METHOD_GET, url, error);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Target target = { .message = message, .checksum = checksum };
  Body body = { .gunzip = gunzip, .sink = write_bytes, .sink_data = &target };
  CfoilHttpCall call;
  gboolean ok;

  memset (download, 0, sizeof *download);
  if (message == NULL)
    return FALSE;

  stream = g_file_create (file, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (stream == NULL)
    return FALSE;

  target.stream = G_OUTPUT_STREAM (stream);
  body.max_bytes = self->limits.document_max_bytes;
  call = new_call (self, message, cancellable);
  call.deadline_us = self->limits.document_deadline_us;
  call.max_bytes = self->limits.document_max_bytes;
  call.min_bytes_per_second = self->limits.min_bytes_per_second;
  call.speed_window_us = self->limits.speed_window_us;

  ok = run_body (&call, &body, &download->length_proven, error);
  if (ok)
    fill_download (download, message, &target);
  ok = g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, ok ? error : NULL) && ok;
  if (!ok || download->status != SOUP_STATUS_OK)
    g_file_delete (file, NULL, NULL);
  return ok;
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  return wake_cb (user_data);
}

gboolean
cfoil_http_sleep (CfoilHttp    *self,
                  gint64        us,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) CLAMP (us / 1000, 0, G_MAXINT));
  g_autoptr (GSource) cancel = NULL;
  gboolean awake = FALSE;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  g_source_set_callback (timer, wake_cb, &awake, NULL);
  g_source_attach (timer, self->context);
  if (cancellable != NULL)
    {
      cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (cancel, G_SOURCE_FUNC (cancelled_cb), &awake, NULL);
      g_source_attach (cancel, self->context);
    }

  while (!awake)
    g_main_context_iteration (self->context, TRUE);

  g_source_destroy (timer);
  if (cancel != NULL)
    g_source_destroy (cancel);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gint64
cfoil_http_parse_date (const char *text)
{
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL)
    return CFOIL_UNKNOWN;
  date = soup_date_time_new_from_http_string (text);
  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : CFOIL_UNKNOWN;
}
