/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-account-config.h"
#include "cfoil-rate-limiter.h"
#include "cfoil-url.h"

G_BEGIN_DECLS

/* Where the service is, and how fast one may ask it. */
typedef enum
{
  CFOIL_AMAZON_GET_CHARGE,
  CFOIL_AMAZON_GET_PERMISSION,
  CFOIL_AMAZON_GET_REFUND,
  CFOIL_AMAZON_GET_DISPUTE,
  CFOIL_AMAZON_LIST_REPORTS,
  CFOIL_AMAZON_GET_REPORT,
  CFOIL_AMAZON_CREATE_REPORT,
  CFOIL_AMAZON_GET_DOCUMENT,
  CFOIL_AMAZON_LIST_DISBURSEMENTS,
  CFOIL_AMAZON_CREATE_FILE,
  CFOIL_AMAZON_CONTEST_DISPUTE,
  CFOIL_AMAZON_UPDATE_DISPUTE,
  CFOIL_AMAZON_LIST_SCHEDULES,
  CFOIL_AMAZON_CREATE_SCHEDULE,
  CFOIL_AMAZON_CANCEL_SCHEDULE,
  CFOIL_AMAZON_N_OPERATIONS,
} CfoilAmazonOperation;

typedef struct
{
  const char *region;    /* as it stands in the header */
  const char *host;      /* the one that is signed, also for a custom endpoint */
  const char *prefix;    /* "/v2", "/live/v2" or "/sandbox/v2" */
  gboolean sandbox;
  char *public_key_id;   /* (owned) */
  char *base_url;        /* (owned): without a slash at its end */
  char *endpoint;        /* (owned) (nullable): the custom one */
  guint request_rate;    /* per cent */
} CfoilAmazonService;

/* "na", "eu" or "jp", also by the name of a country in it; NULL: there is none like this. */
const char *cfoil_amazon_service_find_region (const char *name);

/* Errors: CFOIL_PROVIDER_ERROR_FORBIDDEN_URL, _AUTHENTICATION (a key of the
 * other environment), _UNSUPPORTED (no such region). */
gboolean cfoil_amazon_service_init (CfoilAmazonService       *self,
                                    const CfoilAccountConfig *config,
                                    GError                  **error);
void cfoil_amazon_service_clear (CfoilAmazonService *self);

void cfoil_amazon_service_init_limiter (const CfoilAmazonService *self,
                                        CfoilAmazonOperation      operation,
                                        CfoilRateLimiter         *limiter,
                                        gint64                    now_us);

/* What may be opened: the API, and addresses of documents. */
CfoilUrlPolicy cfoil_amazon_service_api_policy (const CfoilAmazonService *self);
CfoilUrlPolicy cfoil_amazon_service_document_policy (const CfoilAmazonService *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfoilAmazonService, cfoil_amazon_service_clear)

G_END_DECLS
