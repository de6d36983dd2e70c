/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-client.h"

#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-id.h"
#include "cfoil-amazon-signer.h"
#include "cfoil-backoff.h"
#include "cfoil-error.h"
#include "cfoil-json-guard.h"
#include "cfoil-time.h"

#include <string.h>

/* An endpoint on this machine is asked again sooner: nobody else waits for it. */
#define CUSTOM_BASE_US (50 * 1000)
#define CUSTOM_CAP_US (2 * G_USEC_PER_SEC)

struct _CfoilAmazonClient
{
  CfoilAmazonService service;
  CfoilAmazonSigner *signer; /* (owned) */
  CfoilHttp *http;           /* (owned) */
  GRand *rand;               /* (owned) */
  CfoilRateLimiter limiters[CFOIL_AMAZON_N_OPERATIONS];
  gboolean out_of_patience;  /* the last request failed after all its tries */
};

/* One request in all its tries. */
typedef struct
{
  CfoilAmazonOperation operation;
  const char *method;
  char *path;                  /* (owned): as signed and sent, without the query */
  char *query;                 /* (owned): canonical */
  const char *body;            /* (nullable) */
  const char *idempotency_key; /* (nullable) */
  gboolean may_be_empty;       /* its answer */
} Request;

static void
request_clear (Request *request)
{
  g_free (request->path);
  g_free (request->query);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

CfoilAmazonClient *
cfoil_amazon_client_new (const CfoilAccountConfig *config,
                         const char               *private_key_pem,
                         GError                  **error)
{
  g_autoptr (CfoilAmazonClient) self = g_new0 (CfoilAmazonClient, 1);
  gint64 now_us = g_get_monotonic_time ();

  self->rand = g_rand_new ();
  if (!cfoil_amazon_service_init (&self->service, config, error))
    return NULL;
  self->signer = cfoil_amazon_signer_new (private_key_pem, error);
  if (self->signer == NULL)
    return NULL;
  self->http = cfoil_http_new (config->ca_file, error);
  if (self->http == NULL)
    return NULL;

  for (guint i = 0; i < CFOIL_AMAZON_N_OPERATIONS; i++)
    cfoil_amazon_service_init_limiter (&self->service, i, &self->limiters[i], now_us);
  return g_steal_pointer (&self);
}

void
cfoil_amazon_client_free (CfoilAmazonClient *self)
{
  g_clear_pointer (&self->http, cfoil_http_free);
  g_clear_pointer (&self->signer, cfoil_amazon_signer_free);
  g_rand_free (self->rand);
  cfoil_amazon_service_clear (&self->service);
  g_free (self);
}

const CfoilAmazonService *
cfoil_amazon_client_get_service (CfoilAmazonClient *self)
{
  return &self->service;
}

CfoilHttp *
cfoil_amazon_client_get_http (CfoilAmazonClient *self)
{
  return self->http;
}

void
cfoil_amazon_client_restart (CfoilAmazonClient *self)
{
  self->out_of_patience = FALSE;
}

void
cfoil_amazon_answer_free (CfoilAmazonAnswer *answer)
{
  g_clear_pointer (&answer->root, json_node_unref);
  g_free (answer->text);
  g_free (answer);
}

/* Signs as of now and sends. */
static CfoilHttpResponse *
send_signed (CfoilAmazonClient *self,
             const Request     *request,
             GCancellable      *cancellable,
             GError           **error)
{
  char date[CFOIL_TIME_BUFFER];
  CfoilAmazonPair headers[6];
  const char *wire[6 * 2 + 2 + 1];
  g_autofree char *canonical = NULL, *to_sign = NULL, *names = NULL, *signature = NULL, *authorization = NULL, *url = NULL;
  CfoilHttpRequest http_request;
  guint n = 0, n_wire = 0;

  cfoil_time_format_basic (date, cfoil_time_now_us () / G_USEC_PER_SEC * G_USEC_PER_SEC);
  headers[n++] = (CfoilAmazonPair) { "accept", "application/json" };
  headers[n++] = (CfoilAmazonPair) { "content-type", "application/json" };
  headers[n++] = (CfoilAmazonPair) { "x-amz-pay-date", date };
  headers[n++] = (CfoilAmazonPair) { "x-amz-pay-host", self->service.host };
  if (request->idempotency_key != NULL)
    headers[n++] = (CfoilAmazonPair) { "x-amz-pay-idempotency-key", request->idempotency_key };
  headers[n++] = (CfoilAmazonPair) { "x-amz-pay-region", self->service.region };

  http_request = (CfoilHttpRequest) { .method = request->method, .headers = wire, .body = request->body };
  http_request.body_length = request->body != NULL ? strlen (request->body) : 0;
  canonical = cfoil_amazon_canonical_request (request->method, request->path, request->query, headers, n,
                                              request->body != NULL ? request->body : "", http_request.body_length);
  to_sign = cfoil_amazon_string_to_sign (canonical);
  signature = cfoil_amazon_signer_sign (self->signer, to_sign, error);
  if (signature == NULL)
    return NULL;

  names = cfoil_amazon_signed_headers (headers, n);
  authorization = g_strdup_printf (CFOIL_AMAZON_ALGORITHM " PublicKeyId=%s, SignedHeaders=%s, Signature=%s", self->service.public_key_id, names, signature);
  for (guint i = 0; i < n; i++)
    {
      wire[n_wire++] = headers[i].name;
      wire[n_wire++] = headers[i].value;
    }
  wire[n_wire++] = "authorization";
  wire[n_wire++] = authorization;
  wire[n_wire] = NULL;

  url = g_strconcat (self->service.base_url, request->path, *request->query != '\0' ? "?" : "", request->query, NULL);
  http_request.url = url;
  return cfoil_http_send (self->http, &http_request, cancellable, error);
}

static CfoilAmazonAnswer *
read_answer (CfoilHttpResponse *response,
             GError           **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  CfoilAmazonAnswer *answer;

  if (!cfoil_http_response_is_json (response))
    {
      g_propagate_error (error, cfoil_amazon_failure_new_foreign (response));
      return NULL;
    }

  parser = json_parser_new_immutable ();
  if (!cfoil_json_guard (response->body, response->body_length, &local_error)
      || !json_parser_load_from_data (parser, response->body, response->body_length, &local_error))
    {
      gboolean cut = g_error_matches (local_error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED);

      g_propagate_error (error, cfoil_provider_error_new (cut ? CFOIL_PROVIDER_ERROR_INCOMPLETE : CFOIL_PROVIDER_ERROR_MALFORMED,
                                                          response->status, NULL,
                                                          cfoil_http_response_get_header (response, "x-amz-pay-request-id"),
                                                          "%s", local_error->message));
      return NULL;
    }

  answer = g_new0 (CfoilAmazonAnswer, 1);
  answer->status = response->status;
  answer->root = json_parser_steal_root (parser);
  answer->object = json_node_get_object (answer->root);
  answer->text = g_steal_pointer (&response->body);
  answer->date_us = cfoil_http_parse_date (cfoil_http_response_get_header (response, "date"));
  return answer;
}

static CfoilAmazonAnswer *
try_once (CfoilAmazonClient *self,
          const Request     *request,
          GCancellable      *cancellable,
          GError           **error)
{
  g_autoptr (CfoilHttpResponse) response = send_signed (self, request, cancellable, error);

  if (response == NULL)
    return NULL;
  if (request->may_be_empty && response->status >= 200 && response->status <= 204 && response->body_length == 0)
    return g_new0 (CfoilAmazonAnswer, 1);
  if (response->status == 200 || response->status == 201 || response->status == 202)
    return read_answer (response, error);
  if (response->status < 400)
    g_propagate_error (error, cfoil_amazon_failure_new_foreign (response));
  else
    g_propagate_error (error, cfoil_amazon_failure_new (response, cfoil_time_now_us ()));
  return NULL;
}

static gboolean
take_token (CfoilAmazonClient   *self,
            CfoilAmazonOperation operation,
            GCancellable        *cancellable,
            GError             **error)
{
  for (;;)
    {
      gint64 wait_us = cfoil_rate_limiter_take (&self->limiters[operation], g_get_monotonic_time ());

      if (wait_us == 0)
        return TRUE;
      if (!cfoil_http_sleep (self->http, wait_us + 1000, cancellable, error))
        return FALSE;
    }
}

/* After a failure: waits and returns TRUE when it is worth another try.  LIMITER
 * (nullable): of the operation. */
static gboolean
wait_for_next_try (CfoilAmazonClient *self,
                   CfoilRateLimiter  *limiter,
                   CfoilBackoff      *backoff,
                   GError            *failure,
                   GCancellable      *cancellable,
                   GError           **error)
{
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (failure);
  gint64 delay_us = -1;

  if (cfoil_amazon_failure_is_transient (failure))
    {
      delay_us = cfoil_backoff_next (backoff, detail->retry_after_us, self->rand);
      self->out_of_patience = delay_us < 0;
    }
  if (delay_us < 0)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (failure->code == CFOIL_PROVIDER_ERROR_THROTTLED && limiter != NULL)
    cfoil_rate_limiter_drain (limiter, g_get_monotonic_time ());
  g_debug ("%s; again in %" G_GINT64_FORMAT " ms", failure->message, delay_us / 1000);
  g_error_free (failure);
  return cfoil_http_sleep (self->http, delay_us, cancellable, error);
}

static void
init_backoff (CfoilAmazonClient *self,
              CfoilBackoff      *backoff,
              guint              max_tries)
{
  gboolean custom = self->service.endpoint != NULL;

  cfoil_backoff_init (backoff, max_tries,
                      custom ? CUSTOM_BASE_US : CFOIL_BACKOFF_BASE_US,
                      custom ? CUSTOM_CAP_US : CFOIL_BACKOFF_CAP_US);
}

static CfoilAmazonAnswer *
transact (CfoilAmazonClient *self,
          const Request     *request,
          GCancellable      *cancellable,
          GError           **error)
{
  CfoilBackoff backoff;

  /* When the service is down, every further request finds that out in one try. */
  init_backoff (self, &backoff, self->out_of_patience ? 1 : CFOIL_BACKOFF_MAX_TRIES);

  for (;;)
    {
      CfoilAmazonAnswer *answer;
      GError *failure = NULL;

      if (!take_token (self, request->operation, cancellable, error))
        return NULL;
      answer = try_once (self, request, cancellable, &failure);
      if (answer != NULL)
        {
          self->out_of_patience = FALSE;
          return answer;
        }
      if (!wait_for_next_try (self, &self->limiters[request->operation], &backoff, failure, cancellable, error))
        return NULL;
    }
}

static char *
make_path (CfoilAmazonClient *self,
           const char        *collection,
           const char        *id,
           const char        *action,
           GError           **error)
{
  /* An id with a slash in it would be another path. */
  if (id != NULL && !cfoil_amazon_id_is_safe (id))
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_REJECTED, "This is not an id of the service");
      return NULL;
    }
  return g_strconcat (self->service.prefix, "/", collection, id != NULL ? "/" : "", id != NULL ? id : "",
                      action != NULL ? "/" : NULL, action, NULL);
}

CfoilAmazonAnswer *
cfoil_amazon_client_get (CfoilAmazonClient     *self,
                         CfoilAmazonOperation   operation,
                         const char            *collection,
                         const char            *id,
                         const CfoilAmazonPair *parameters,
                         guint                  n_parameters,
                         GCancellable          *cancellable,
                         GError               **error)
{
  g_auto (Request) request = { .operation = operation, .method = "GET" };

  request.path = make_path (self, collection, id, NULL, error);
  if (request.path == NULL)
    return NULL;
  request.query = cfoil_amazon_canonical_query (parameters, n_parameters);
  return transact (self, &request, cancellable, error);
}

CfoilAmazonAnswer *
cfoil_amazon_client_post (CfoilAmazonClient   *self,
                          CfoilAmazonOperation operation,
                          const char          *collection,
                          const char          *id,
                          const char          *action,
                          const char          *body,
                          const char          *idempotency_key,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_auto (Request) request = {
    .operation = operation,
    .method = "POST",
    .body = body,
    .idempotency_key = idempotency_key,
  };

  request.path = make_path (self, collection, id, action, error);
  if (request.path == NULL)
    return NULL;
  request.query = g_strdup ("");
  return transact (self, &request, cancellable, error);
}

CfoilAmazonAnswer *
cfoil_amazon_client_patch (CfoilAmazonClient   *self,
                           CfoilAmazonOperation operation,
                           const char          *collection,
                           const char          *id,
                           const char          *body,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_auto (Request) request = { .operation = operation, .method = "PATCH", .body = body };

  request.path = make_path (self, collection, id, NULL, error);
  if (request.path == NULL)
    return NULL;
  request.query = g_strdup ("");
  return transact (self, &request, cancellable, error);
}

gboolean
cfoil_amazon_client_delete (CfoilAmazonClient   *self,
                            CfoilAmazonOperation operation,
                            const char          *collection,
                            const char          *id,
                            GCancellable        *cancellable,
                            GError             **error)
{
  g_auto (Request) request = { .operation = operation, .method = "DELETE", .may_be_empty = TRUE };
  g_autoptr (CfoilAmazonAnswer) answer = NULL;

  request.path = make_path (self, collection, id, NULL, error);
  if (request.path == NULL)
    return FALSE;
  request.query = g_strdup ("");
  answer = transact (self, &request, cancellable, error);
  return answer != NULL;
}

gboolean
cfoil_amazon_client_download (CfoilAmazonClient *self,
                              const char        *url,
                              gboolean           gunzip,
                              GFile             *file,
                              CfoilHttpDownload *download,
                              GCancellable      *cancellable,
                              GError           **error)
{
  CfoilUrlPolicy policy = cfoil_amazon_service_document_policy (&self->service);

  return cfoil_url_check (url, &policy, error)
         && cfoil_http_download (self->http, url, gunzip, file, download, cancellable, error);
}

/* The object store speaks for itself, and not in JSON. */
static GError *
upload_failure (const CfoilHttpResponse *response)
{
  CfoilProviderErrorCode code = CFOIL_PROVIDER_ERROR_REJECTED;
  GError *failure;

  if (response->status < 400)
    return cfoil_amazon_failure_new_foreign (response);
  if (response->status == 401 || response->status == 403 || response->status == 404 || response->status == 410)
    code = CFOIL_PROVIDER_ERROR_EXPIRED;
  else if (response->status == 429)
    code = CFOIL_PROVIDER_ERROR_THROTTLED;
  else if (response->status == 408 || response->status >= 500)
    code = CFOIL_PROVIDER_ERROR_SERVER;
  failure = cfoil_provider_error_new (code, response->status, NULL, NULL, "The file was not taken (HTTP %u)", response->status);
  cfoil_provider_error_set_retry_after (failure, cfoil_backoff_parse_retry_after (cfoil_http_response_get_header (response, "retry-after"),
                                                                                  cfoil_time_now_us ()));
  return failure;
}

/* Another page (a log-in page of the network, say) also answers 200. */
static gboolean
is_taken (const CfoilHttpResponse *response)
{
  const char *type = cfoil_http_response_get_header (response, "content-type");

  return (response->status == 200 || response->status == 201 || response->status == 204) &&
         (type == NULL || g_ascii_strncasecmp (type, "text/html", strlen ("text/html")) != 0);
}

gboolean
cfoil_amazon_client_upload (CfoilAmazonClient *self,
                            const char        *url,
                            const char        *content_type,
                            GBytes            *bytes,
                            CfoilHttpSentFunc  sent,
                            gpointer           user_data,
                            GCancellable      *cancellable,
                            GError           **error)
{
  CfoilUrlPolicy policy = cfoil_amazon_service_document_policy (&self->service);
  CfoilBackoff backoff;

  if (!cfoil_url_check (url, &policy, error))
    return FALSE;
  init_backoff (self, &backoff, self->out_of_patience ? 1 : CFOIL_BACKOFF_MAX_TRIES);
  for (;;)
    {
      g_autoptr (CfoilHttpResponse) response = NULL;
      GError *failure = NULL;

      response = cfoil_http_upload (self->http, url, content_type, bytes, sent, user_data, cancellable, &failure);
      if (response != NULL && is_taken (response))
        {
          self->out_of_patience = FALSE;
          return TRUE;
        }
      if (response != NULL)
        failure = upload_failure (response);
      if (!wait_for_next_try (self, NULL, &backoff, failure, cancellable, error))
        return FALSE;
    }
}

gboolean
cfoil_amazon_client_wait (CfoilAmazonClient *self,
                          guint              n_tries,
                          GCancellable      *cancellable,
                          GError           **error)
{
  CfoilBackoff backoff;

  init_backoff (self, &backoff, G_MAXUINT);
  backoff.tries = n_tries - 1;
  return cfoil_http_sleep (self->http, cfoil_backoff_next (&backoff, 0, self->rand), cancellable, error);
}
