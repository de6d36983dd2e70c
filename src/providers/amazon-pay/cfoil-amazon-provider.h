/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-account-config.h"
#include "cfoil-provider.h"

G_BEGIN_DECLS

/* Amazon Pay, API version 2.  See README in this folder. */
#define CFOIL_TYPE_AMAZON_PROVIDER (cfoil_amazon_provider_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAmazonProvider, cfoil_amazon_provider, CFOIL, AMAZON_PROVIDER, GObject)

#define CFOIL_AMAZON_PROVIDER_NAME "amazon-pay"

/* The feeds, without an account.  Static. */
const CfoilFeedInfo *cfoil_amazon_provider_list_feeds (guint *n_feeds);

/* PRIVATE_KEY_PEM NULL: a provider that reads documents and notifications and
 * asks nobody; what needs the network is CFOIL_PROVIDER_ERROR_KEY.
 * The key is copied into a form that is wiped in the end; the caller wipes its
 * own copy.  Errors: CFOIL_PROVIDER_ERROR_KEY, _FORBIDDEN_URL, _TLS,
 * _AUTHENTICATION, _UNSUPPORTED. */
CfoilProvider *cfoil_amazon_provider_new (const CfoilAccountConfig *config,
                                          const char               *private_key_pem,
                                          GError                  **error);

G_END_DECLS
