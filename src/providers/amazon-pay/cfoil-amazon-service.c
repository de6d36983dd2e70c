/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-service.h"

#include "cfoil-error.h"

#include <string.h>

static const struct
{
  const char *alias;
  const char *region;
  const char *host;
} regions[] = {
  { "na", "na", "pay-api.amazon.com" },
  { "us", "na", "pay-api.amazon.com" },
  { "eu", "eu", "pay-api.amazon.eu" },
  { "de", "eu", "pay-api.amazon.eu" },
  { "uk", "eu", "pay-api.amazon.eu" },
  { "jp", "jp", "pay-api.amazon.jp" },
};

static const char *const api_hosts[] = {
  "pay-api.amazon.com",
  "pay-api.amazon.eu",
  "pay-api.amazon.jp",
  NULL,
};

/* Reports lie in Amazon's object store, under addresses signed by Amazon. */
static const char *const document_domains[] = {
  "amazonaws.com",
  "amazon.com",
  "amazon.eu",
  "amazon.jp",
  "amazon.co.jp",
  "amazon.co.uk",
  "amazon.de",
  NULL,
};

typedef struct
{
  guint bucket;
  guint per_second;
} Budget;

/* The published throttling table; {0, 0} is an operation that is not in it. */
static const struct
{
  Budget live;
  Budget sandbox;
} budgets[CFOIL_AMAZON_N_OPERATIONS] = {
  [CFOIL_AMAZON_GET_CHARGE] = { { 20, 4 }, { 5, 1 } },
  [CFOIL_AMAZON_GET_PERMISSION] = { { 20, 4 }, { 5, 1 } },
  [CFOIL_AMAZON_GET_REFUND] = { { 20, 4 }, { 5, 1 } },
};

static const Budget unlisted = { 5, 1 };
/* No service stands behind an endpoint on this machine. */
static const Budget unlisted_custom = { 200, 100 };

const char *
cfoil_amazon_service_find_region (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (regions); i++)
    if (g_ascii_strcasecmp (name, regions[i].alias) == 0)
      return regions[i].region;
  return NULL;
}

static gboolean
find_region (CfoilAmazonService *self,
             const char         *name,
             GError            **error)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (regions); i++)
    if (g_ascii_strcasecmp (name, regions[i].alias) == 0)
      {
        self->region = regions[i].region;
        self->host = regions[i].host;
        return TRUE;
      }

  g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_UNSUPPORTED, "There is no region “%s”", name != NULL ? name : "");
  return FALSE;
}

static gboolean
has_prefix (const char *text,
            const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

/* A key id that begins with its environment chooses it; otherwise the path does. */
static gboolean
find_environment (CfoilAmazonService *self,
                  const char         *environment,
                  GError            **error)
{
  gboolean is_live = has_prefix (self->public_key_id, "LIVE");
  gboolean is_sandbox = has_prefix (self->public_key_id, "SANDBOX");

  self->sandbox = environment != NULL ? g_ascii_strcasecmp (environment, "sandbox") == 0 : is_sandbox;
  if ((is_live && self->sandbox) || (is_sandbox && !self->sandbox))
    {
      g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_AUTHENTICATION,
                   "The key is one for %s, the account is one for %s",
                   is_live ? "live" : "sandbox", self->sandbox ? "sandbox" : "live");
      return FALSE;
    }

  if (is_live || is_sandbox)
    self->prefix = "/v2";
  else
    self->prefix = self->sandbox ? "/sandbox/v2" : "/live/v2";
  return TRUE;
}

static gboolean
is_key_id (const char *id)
{
  gsize length = id != NULL ? strlen (id) : 0;

  return length > 0 && length <= 128
         && strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == length;
}

static gboolean
find_endpoint (CfoilAmazonService       *self,
               const CfoilAccountConfig *config,
               GError                  **error)
{
  if (config->endpoint == NULL && config->ca_file == NULL)
    {
      self->base_url = g_strconcat ("https://", self->host, NULL);
      return TRUE;
    }

  if (config->endpoint == NULL || config->ca_file == NULL)
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_FORBIDDEN_URL,
                           "A custom endpoint and its file of certificates are given together or not at all");
      return FALSE;
    }
  if (!cfoil_url_check_endpoint (config->endpoint, error))
    return FALSE;

  self->endpoint = g_strdup (config->endpoint);
  self->base_url = g_strdup (config->endpoint);
  if (g_str_has_suffix (self->base_url, "/"))
    self->base_url[strlen (self->base_url) - 1] = '\0';
  return TRUE;
}

gboolean
cfoil_amazon_service_init (CfoilAmazonService       *self,
                           const CfoilAccountConfig *config,
                           GError                  **error)
{
  CfoilUrlPolicy policy;

  memset (self, 0, sizeof *self);

  if (!is_key_id (config->public_key_id))
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_AUTHENTICATION, "The public key id is missing or is not one");
      return FALSE;
    }

  self->public_key_id = g_strdup (config->public_key_id);
  self->request_rate = config->request_rate > 0 ? MIN (config->request_rate, 100000) : 100;
  if (!find_region (self, config->region, error)
      || !find_environment (self, config->environment, error)
      || !find_endpoint (self, config, error))
    return FALSE;

  policy = cfoil_amazon_service_api_policy (self);
  return cfoil_url_check (self->base_url, &policy, error);
}

void
cfoil_amazon_service_clear (CfoilAmazonService *self)
{
  g_clear_pointer (&self->public_key_id, g_free);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->endpoint, g_free);
}

void
cfoil_amazon_service_init_limiter (const CfoilAmazonService *self,
                                   CfoilAmazonOperation      operation,
                                   CfoilRateLimiter         *limiter,
                                   gint64                    now_us)
{
  Budget budget = self->sandbox ? budgets[operation].sandbox : budgets[operation].live;

  if (budget.bucket == 0)
    budget = self->endpoint != NULL ? unlisted_custom : unlisted;

  /* Both scale: a bucket left at its size would give the first burst away. */
  cfoil_rate_limiter_init (limiter,
                           MAX (budget.bucket * self->request_rate / 100, 1),
                           MAX (budget.per_second * 1000 * self->request_rate / 100, 1),
                           now_us);
}

CfoilUrlPolicy
cfoil_amazon_service_api_policy (const CfoilAmazonService *self)
{
  return (CfoilUrlPolicy) { .hosts = api_hosts, .custom_endpoint = self->endpoint };
}

CfoilUrlPolicy
cfoil_amazon_service_document_policy (const CfoilAmazonService *self)
{
  return (CfoilUrlPolicy) { .domains = document_domains, .custom_endpoint = self->endpoint };
}
