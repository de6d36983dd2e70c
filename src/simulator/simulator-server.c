/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-server.h"

#include "simulator-wire.h"

#define BOMB_MEGABYTES 1024

typedef struct {
  CfoilSimService *service;
  gboolean quiet;
} Server;

static void
collect_header (const char *name,
                const char *value,
                gpointer    data)
{
  GHashTable *headers = data;
  char *lower = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (headers, lower);

  g_hash_table_replace (headers, lower, before != NULL ? g_strconcat (before, ", ", value, NULL) : g_strdup (value));
}

static void
set_common_headers (CfoilSimService   *service,
                    SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (cfoil_sim_clock_real (&service->merchant->clock));
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);
  g_autofree char *id = g_uuid_string_random ();

  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_replace (headers, "x-amz-pay-request-id", id);
  service->requests++;
}

static gboolean
on_delay_over (gpointer data)
{
  soup_server_message_unpause (data);
  return G_SOURCE_REMOVE;
}

static void
respond (SoupServerMessage *message,
         CfoilSimAnswer    *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const CfoilSimFault *fault = answer->fault;

  soup_server_message_set_status (message, answer->status != 0 ? answer->status : 500, NULL);
  if (answer->content_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", answer->content_type);
  if (answer->retry_after >= 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%d", answer->retry_after);

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  if (fault != NULL && fault->kind == CFOIL_SIM_FAULT_GZIP_BOMB)
    {
      g_bytes_unref (answer->body);
      answer->body = cfoil_sim_gzip_bomb (BOMB_MEGABYTES);
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
    }
  if (cfoil_sim_wire_misbehaves (fault))
    {
      cfoil_sim_wire_send (message, fault, answer->body);
      return;
    }
  if (g_bytes_get_size (answer->body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), answer->body);
  if (fault != NULL && fault->kind == CFOIL_SIM_FAULT_DELAY)
    {
      soup_server_message_pause (message);
      g_timeout_add_full (G_PRIORITY_DEFAULT, fault->ms, on_delay_over, g_object_ref (message), g_object_unref);
    }
}

static void
answer_request (CfoilSimService       *service,
                const CfoilSimRequest *request,
                CfoilSimAnswer        *answer)
{
  if (g_str_has_prefix (request->path, "/_sim/"))
    cfoil_sim_service_control (service, request, answer);
  else if (g_str_has_prefix (request->path, "/offamazonpayments-reports/"))
    cfoil_sim_service_document (service, request, answer);
  else if (g_str_has_prefix (request->path, "/v1/files/"))
    cfoil_sim_service_upload (service, request, answer);
  else
    cfoil_sim_service_api (service, request, answer);
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *unused_path,
            GHashTable        *unused_query,
            gpointer           data)
{
  Server *server = data;
  CfoilSimRequest request = { 0 };
  CfoilSimAnswer answer = { 0 };
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *path = g_strdup (g_uri_get_path (uri));

  soup_message_headers_foreach (soup_server_message_get_request_headers (message), collect_header, headers);
  request.method = soup_server_message_get_method (message);
  request.path = path;
  request.query = g_uri_get_query (uri);
  request.headers = headers;
  request.body = body;
  answer.retry_after = -1;
  set_common_headers (server->service, message);
  answer_request (server->service, &request, &answer);
  if (answer.body == NULL)
    answer.body = g_bytes_new_static ("", 0);
  cfoil_sim_service_count (server->service, answer.operation, answer.status);
  if (!server->quiet)
    g_printerr ("%s %s %u\n", request.method, path, answer.status);
  respond (message, &answer);
  g_bytes_unref (answer.body);
}

/* Listens on the loopback address; HTTP/1.1 over TLS.
 * @service: (transfer none): must outlive the server */
SoupServer *
cfoil_sim_server_new (CfoilSimService *service,
                      GTlsCertificate *certificate,
                      guint            port,
                      gboolean         quiet,
                      GError         **error)
{
  g_autoptr (SoupServer) soup = soup_server_new ("tls-certificate", certificate, "server-header", "Server", NULL);
  Server *server = g_new0 (Server, 1);
  GSList *uris;

  server->service = service;
  server->quiet = quiet;
  soup_server_add_handler (soup, NULL, on_request, server, g_free);
  if (!soup_server_listen_local (soup, port, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  uris = soup_server_get_uris (soup);
  service->auth.port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_free (service->base_url);
  service->base_url = g_strdup_printf ("https://localhost:%u", service->auth.port);
  return g_steal_pointer (&soup);
}
