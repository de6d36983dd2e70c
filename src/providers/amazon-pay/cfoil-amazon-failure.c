/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-failure.h"

#include "cfoil-backoff.h"
#include "cfoil-error.h"
#include "cfoil-json-guard.h"
#include "cfoil-provider.h"
#include "cfoil-time.h"
#include "cfoil-types.h"

#include <json-glib/json-glib.h>

#define MAX_SKEW_US (5 * 60 * (gint64) G_USEC_PER_SEC)
#define MAX_REASON 100
#define MAX_MESSAGE 500

static const struct
{
  const char *reason;
  CfoilProviderErrorCode code;
} reasons[] = {
  { "InvalidAuthentication", CFOIL_PROVIDER_ERROR_AUTHENTICATION },
  { "UnauthorizedAccess", CFOIL_PROVIDER_ERROR_AUTHENTICATION },
  { "InvalidAccountStatus", CFOIL_PROVIDER_ERROR_AUTHENTICATION },
  { "InvalidAuthorizationToken", CFOIL_PROVIDER_ERROR_AUTHENTICATION },
  { "InvalidRequestSignature", CFOIL_PROVIDER_ERROR_SIGNATURE },
  { "TLSVersionNotSupported", CFOIL_PROVIDER_ERROR_TLS },
  { "TooManyRequests", CFOIL_PROVIDER_ERROR_THROTTLED },
  { "RequestThrottled", CFOIL_PROVIDER_ERROR_THROTTLED },
};

static CfoilProviderErrorCode
code_of_status (guint status)
{
  switch (status)
    {
    case 401:
    case 403:
      return CFOIL_PROVIDER_ERROR_AUTHENTICATION;
    case 404:
      return CFOIL_PROVIDER_ERROR_NOT_FOUND;
    case 408:
    case 425:
      return CFOIL_PROVIDER_ERROR_SERVER;
    case 426:
      return CFOIL_PROVIDER_ERROR_TLS;
    case 429:
      return CFOIL_PROVIDER_ERROR_THROTTLED;
    default:
      return status >= 500 ? CFOIL_PROVIDER_ERROR_SERVER : CFOIL_PROVIDER_ERROR_REJECTED;
    }
}

static CfoilProviderErrorCode
code_of (guint       status,
         const char *reason)
{
  for (guint i = 0; reason != NULL && status < 500 && i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reason, reasons[i].reason))
      return reasons[i].code;
  return code_of_status (status);
}

/* The member's text, cut; NULL when it is not a text. */
static char *
read_text (JsonObject *object,
           const char *name,
           glong       max_length)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = json_node_get_string (node);
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), max_length));
}

/* The error body {reasonCode, message}; FALSE when it is not one. */
static gboolean
read_body (const CfoilHttpResponse *response,
           char                   **reason,
           char                   **message)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *object;

  if (!cfoil_http_response_is_json (response) || !cfoil_json_guard (response->body, response->body_length, NULL))
    return FALSE;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, response->body, response->body_length, NULL))
    return FALSE;

  object = json_node_get_object (json_parser_get_root (parser));
  *reason = read_text (object, "reasonCode", MAX_REASON);
  *message = read_text (object, "message", MAX_MESSAGE);
  return *reason != NULL;
}

/* A signature is only good for a time, so a wrong clock looks like a bad key. */
static GError *
find_skew (const CfoilHttpResponse *response,
           gint64                   now_us,
           const char              *reason,
           const char              *request_id)
{
  gint64 date_us = cfoil_http_parse_date (cfoil_http_response_get_header (response, "date"));
  gint64 skew_us;

  if (date_us == CFOIL_UNKNOWN)
    return NULL;
  skew_us = now_us - date_us;
  if (ABS (skew_us) <= MAX_SKEW_US)
    return NULL;
  return cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_CLOCK, response->status, reason, request_id,
                                   "The clock of this machine is %" G_GINT64_FORMAT " minutes %s",
                                   ABS (skew_us) / G_TIME_SPAN_MINUTE, skew_us > 0 ? "ahead" : "behind");
}

GError *
cfoil_amazon_failure_new_foreign (const CfoilHttpResponse *response)
{
  return cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_MALFORMED, response->status, NULL,
                                   cfoil_http_response_get_header (response, "x-amz-pay-request-id"),
                                   "Another page answered (a log-in page of the network?)");
}

GError *
cfoil_amazon_failure_new (const CfoilHttpResponse *response,
                          gint64                   now_us)
{
  const char *request_id = cfoil_http_response_get_header (response, "x-amz-pay-request-id");
  const char *wait = cfoil_http_response_get_header (response, "retry-after");
  g_autofree char *reason = NULL;
  g_autofree char *message = NULL;
  gboolean is_ours = read_body (response, &reason, &message);
  GError *error;

  if (response->status == 403 && is_ours)
    {
      error = find_skew (response, now_us, reason, request_id);
      if (error != NULL)
        return error;
    }
  /* Gateways and throttles may speak for the service; a proxy's 404 may not. */
  if (!is_ours && response->status < 500 && response->status != 408 && response->status != 425 && response->status != 429)
    return cfoil_amazon_failure_new_foreign (response);

  error = cfoil_provider_error_new (code_of (response->status, reason), response->status, reason, request_id,
                                    "%s: %s", reason != NULL ? reason : "HTTP error", message != NULL ? message : "the service gave no reason");
  cfoil_provider_error_set_retry_after (error, cfoil_backoff_parse_retry_after (wait, now_us));
  return error;
}

guint
cfoil_amazon_failure_get_status (const GError *error)
{
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (error);

  return detail != NULL ? detail->http_status : 0;
}

guint
cfoil_amazon_failure_get_final_status (const GError *error)
{
  guint status = cfoil_amazon_failure_get_status (error);

  if (cfoil_provider_request_waits (error))
    return 0;
  return status >= 400 ? status : 400;
}

gboolean
cfoil_amazon_failure_is_transient (const GError *error)
{
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (error);

  if (detail == NULL)
    return FALSE;

  switch ((CfoilProviderErrorCode) error->code)
    {
    case CFOIL_PROVIDER_ERROR_NETWORK:
      /* No network at all: the user learns it now, not in half a minute. */
      return g_strcmp0 (detail->reason_code, "Offline") != 0;
    case CFOIL_PROVIDER_ERROR_TIMEOUT:
    case CFOIL_PROVIDER_ERROR_INCOMPLETE:
    case CFOIL_PROVIDER_ERROR_THROTTLED:
    case CFOIL_PROVIDER_ERROR_SERVER:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
cfoil_amazon_failure_is_fatal (const GError *error)
{
  return g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_AUTHENTICATION)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_SIGNATURE)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_CLOCK)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_KEY);
}

gboolean
cfoil_amazon_failure_is_of_feed (const GError *error)
{
  if (error->domain == CFOIL_INPUT_ERROR)
    return TRUE;
  return error->domain == CFOIL_PROVIDER_ERROR && !cfoil_amazon_failure_is_fatal (error);
}
