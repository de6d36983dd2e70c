/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include <gnutls/crypto.h>
#include <string.h>

#define TOLERANCE (15 * 60)
#define URL_LIFETIME (30 * G_USEC_PER_SEC)
#define PENDING_SECONDS 30

static void
file_free (gpointer data)
{
  CfoilSimFile *file = data;

  g_free (file->id);
  g_free (file->type);
  g_free (file->purpose);
  g_free (file->token);
  g_clear_pointer (&file->content, g_bytes_unref);
  g_free (file);
}

static void
url_free (gpointer data)
{
  CfoilSimDocumentUrl *url = data;

  g_free (url->document_id);
  g_free (url);
}

static void
page_free (gpointer data)
{
  CfoilSimPage *page = data;

  g_free (page->operation);
  g_hash_table_unref (page->query);
  g_free (page);
}

/* Lower-case letters and digits that nobody can guess. */
char *
cfoil_sim_random_token (guint length)
{
  static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  char *token = g_malloc (length + 1);

  gnutls_rnd (GNUTLS_RND_NONCE, token, length);
  for (guint i = 0; i < length; i++)
    token[i] = alphabet[(guchar) token[i] % 32];
  token[length] = '\0';
  return token;
}

/* @merchant: (transfer full)
 * @key_id: with its environment in front */
CfoilSimService *
cfoil_sim_service_new (CfoilSimMerchant *merchant,
                       const char       *public_key_pem,
                       const char       *key_id,
                       GError          **error)
{
  g_autoptr (CfoilSimService) service = g_new0 (CfoilSimService, 1);

  service->merchant = merchant;
  service->reports = cfoil_sim_reports_new (merchant);
  service->throttle = cfoil_sim_throttle_new (merchant->options.sandbox, 1);
  service->idempotency = cfoil_sim_idempotency_new ();
  cfoil_sim_faults_init (&service->faults, merchant->options.seed);
  service->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, file_free);
  service->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, page_free);
  service->document_urls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, url_free);
  service->counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  service->control_token = cfoil_sim_random_token (32);
  service->url_lifetime = URL_LIFETIME;
  service->pending_seconds = PENDING_SECONDS;
  service->auth.key = cfoil_sim_key_new_from_pem (public_key_pem, error);
  service->auth.key_id = g_strdup (key_id);
  service->auth.region = cfoil_sim_region_name (merchant->options.region);
  service->auth.clock = &merchant->clock;
  service->auth.tolerance = TOLERANCE;
  return service->auth.key != NULL ? g_steal_pointer (&service) : NULL;
}

void
cfoil_sim_service_free (CfoilSimService *service)
{
  g_clear_pointer (&service->auth.key, cfoil_sim_key_free);
  g_free (service->auth.key_id);
  cfoil_sim_faults_clear (&service->faults);
  cfoil_sim_idempotency_free (service->idempotency);
  cfoil_sim_throttle_free (service->throttle);
  g_hash_table_unref (service->files);
  g_hash_table_unref (service->pages);
  g_hash_table_unref (service->document_urls);
  g_hash_table_unref (service->counters);
  g_free (service->base_url);
  g_free (service->control_token);
  cfoil_sim_reports_free (service->reports);
  cfoil_sim_merchant_free (service->merchant);
  g_free (service);
}

void
cfoil_sim_service_count (CfoilSimService *service,
                         const char      *operation,
                         guint            status)
{
  char *name = g_strdup_printf ("%s %u", operation != NULL ? operation : "unknown", status);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (service->counters, name));

  g_hash_table_replace (service->counters, name, GUINT_TO_POINTER (n + 1));
}

/* @text: (transfer full) */
void
cfoil_sim_answer_text (CfoilSimAnswer *answer,
                       guint           status,
                       const char     *content_type,
                       char           *text)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  answer->status = status;
  answer->content_type = content_type;
  answer->body = g_bytes_new_take (text, strlen (text));
}

void
cfoil_sim_answer_failure (CfoilSimAnswer        *answer,
                          const CfoilSimFailure *failure)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "reasonCode", failure->reason);
  cfoil_sim_json_string (json, "message", failure->message);
  json_builder_end_object (json);
  cfoil_sim_answer_text (answer, failure->status, "application/json", cfoil_sim_json_text (json));
}

/* The path below the version, or NULL.  A key that names its environment
 * goes without the segment, every other key needs it. */
static const char *
resource_path (CfoilSimService *service,
               const char      *path,
               gboolean         prefixed_key,
               CfoilSimFailure *failure)
{
  const char *rest = path;

  if (!prefixed_key)
    {
      const char *segment = service->merchant->options.sandbox ? "/sandbox/" : "/live/";

      if (!g_str_has_prefix (path, segment))
        {
          cfoil_sim_fail (failure, 404, "ResourceNotFound",
                          "A key without environment prefix needs %s in front of the version.", segment);
          return NULL;
        }
      rest = path + strlen (segment) - 1;
    }
  if (g_str_has_prefix (rest, "/v2/"))
    return rest + strlen ("/v2/");
  if (rest[0] == '/' && rest[1] == 'v' && g_ascii_isdigit (rest[2]))
    cfoil_sim_fail (failure, 400, "InvalidAPIVersion", "The API version is not supported.");
  else
    cfoil_sim_fail (failure, 404, "ResourceNotFound", "There is nothing at %s.", path);
  return NULL;
}

static GHashTable *
query_table (const char *query)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) parameters = cfoil_sim_query_parse (query);

  for (guint i = 0; i < parameters->len; i++)
    {
      const CfoilSimParameter *parameter = g_ptr_array_index (parameters, i);
      const char *before = g_hash_table_lookup (table, parameter->name);

      /* One SDK repeats the name instead of joining with commas. */
      g_hash_table_insert (table, g_strdup (parameter->name),
                           before != NULL ? g_strconcat (before, ",", parameter->value, NULL)
                                          : g_strdup (parameter->value));
    }
  return table;
}

static gboolean
parse_body (CfoilSimCall          *call,
            const CfoilSimRoute   *route,
            const CfoilSimRequest *request,
            JsonParser            *parser)
{
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);
  JsonNode *root;

  if (route->fields == NULL)
    return TRUE;
  if (length == 0 || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return cfoil_sim_call_fail (call, 400, "InvalidRequestFormat", "The body is not valid JSON.");
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return cfoil_sim_call_fail (call, 400, "InvalidRequestFormat", "The body must be a JSON object.");
  call->body = json_node_get_object (root);
  return cfoil_sim_body_check (call->body, route->fields, &call->failure);
}

static gboolean
check_simulation (CfoilSimCall          *call,
                  const CfoilSimRequest *request)
{
  call->simulation = g_hash_table_lookup (request->headers, "x-amz-pay-simulation-code");
  if (call->simulation != NULL && !call->merchant->options.sandbox)
    return cfoil_sim_call_fail (call, 400, "InvalidSandboxSimulationSpecified",
                                "Simulation codes exist in the sandbox only.");
  return TRUE;
}

/* Runs the handler, or gives the answer that was given before. */
static void
run (CfoilSimCall          *call,
     const CfoilSimRoute   *route,
     const CfoilSimRequest *request,
     CfoilSimAnswer        *answer)
{
  const char *key = g_hash_table_lookup (request->headers, "x-amz-pay-idempotency-key");
  const CfoilSimStoredAnswer *stored = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  gboolean remember = FALSE;
  gboolean ok = TRUE;

  if (g_str_equal (route->method, "POST") && (route->needs_key || key != NULL))
    {
      ok = cfoil_sim_idempotency_check_key (key, &call->failure) &&
           cfoil_sim_idempotency_lookup (call->service->idempotency, key, request->path, request->body, &stored, &call->failure);
      remember = ok;
    }
  if (stored != NULL)
    {
      cfoil_sim_answer_text (answer, stored->status, "application/json", g_strdup (stored->body));
      return;
    }
  call->status = 200;
  ok = ok && parse_body (call, route, request, parser) && check_simulation (call, request) && route->handler (call);
  if (ok)
    cfoil_sim_answer_text (answer, call->status, "application/json", cfoil_sim_json_text (call->json));
  else
    cfoil_sim_answer_failure (answer, &call->failure);

  /* What the client is told to repeat with the same key is not stored. */
  if (remember && answer->status < 500 && answer->status != 429)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body));

      cfoil_sim_idempotency_remember (call->service->idempotency, key, request->path, request->body,
                                      answer->status, text);
    }
}

static gboolean
replaces_answer (const CfoilSimFault *fault)
{
  return fault != NULL && (fault->kind == CFOIL_SIM_FAULT_STATUS || fault->kind == CFOIL_SIM_FAULT_THROTTLE ||
                           fault->kind == CFOIL_SIM_FAULT_HTML);
}

/* Puts the answer of a fault in the place of the true one. */
void
cfoil_sim_answer_fault (CfoilSimAnswer *answer)
{
  const CfoilSimFault *fault = answer->fault;
  CfoilSimFailure failure = { 0 };

  if (!replaces_answer (fault))
    return;
  if (fault->kind == CFOIL_SIM_FAULT_HTML)
    {
      cfoil_sim_answer_text (answer, 200, "text/html; charset=utf-8",
                             g_strdup ("<!DOCTYPE html><html><head><title>Welcome to Airport Wi-Fi</title></head>"
                                       "<body><h1>Accept the terms to go online</h1></body></html>\n"));
      return;
    }
  answer->retry_after = fault->retry_after;
  if (g_strcmp0 (fault->body, "none") == 0)
    cfoil_sim_answer_text (answer, fault->code, NULL, g_strdup (""));
  else if (g_strcmp0 (fault->body, "html") == 0)
    cfoil_sim_answer_text (answer, fault->code, "text/html", g_strdup ("<html><body><h1>Service error</h1></body></html>\n"));
  else
    {
      const char *reason = fault->code == 429 ? "TooManyRequests" : fault->code == 408 ? "RequestTimeout"
                           : fault->code == 503 ? "ServiceUnavailable" : fault->code >= 500 ? "InternalServerError" : "InvalidRequest";

      cfoil_sim_fail (&failure, fault->code, reason, "The request could not be served.");
      cfoil_sim_answer_failure (answer, &failure);
      cfoil_sim_failure_clear (&failure);
    }
}

static void
dispatch (CfoilSimService       *service,
          const CfoilSimRoute   *route,
          const char            *id,
          const CfoilSimRequest *request,
          CfoilSimAnswer        *answer)
{
  CfoilSimCall call = { 0 };
  g_autoptr (GHashTable) query = query_table (request->query);
  g_autoptr (JsonBuilder) json = json_builder_new ();

  call.service = service;
  call.merchant = service->merchant;
  call.operation = route->operation;
  call.fault = answer->fault;
  call.id = id;
  call.query = query;
  call.json = json;
  call.now = cfoil_sim_merchant_now (service->merchant);
  if (!cfoil_sim_throttle_admit (service->throttle, route->operation, g_get_monotonic_time ()))
    {
      cfoil_sim_fail (&call.failure, 429, "TooManyRequests", "Too many requests; slow down.");
      cfoil_sim_answer_failure (answer, &call.failure);
    }
  else
    run (&call, route, request, answer);
  cfoil_sim_failure_clear (&call.failure);
}

/* Answers one request of the API proper. */
void
cfoil_sim_service_api (CfoilSimService       *service,
                       const CfoilSimRequest *request,
                       CfoilSimAnswer        *answer)
{
  CfoilSimFailure failure = { 0 };
  const CfoilSimRoute *route = NULL;
  const char *path = NULL;
  g_autofree char *id = NULL;
  gboolean prefixed = FALSE;

  if (cfoil_sim_auth_check (&service->auth, request, &prefixed, &failure))
    path = resource_path (service, request->path, prefixed, &failure);
  if (path != NULL)
    route = cfoil_sim_route_find (request->method, path, &id, &failure);
  if (route == NULL)
    {
      answer->operation = path == NULL && failure.status == 403 ? "authentication" : "unknown";
      cfoil_sim_answer_failure (answer, &failure);
      cfoil_sim_failure_clear (&failure);
      return;
    }
  answer->operation = route->operation;
  answer->fault = cfoil_sim_faults_pick (&service->faults, route->operation);
  if (answer->fault == NULL || !answer->fault->before)
    dispatch (service, route, id, request, answer);
  cfoil_sim_answer_fault (answer);
}
