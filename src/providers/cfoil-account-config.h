/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a provider needs to know of an account, without the secret.  Strings are
 * owned; NULL where not given. */
typedef struct
{
  char *provider;      /* "amazon-pay" */
  char *region;        /* "na", "eu", "jp" */
  char *environment;   /* "live", "sandbox" */
  char *public_key_id;
  char *merchant_id;
  char *endpoint;      /* https://127.0.0.1:PORT and the like; only together with ca_file */
  char *ca_file;       /* absolute path */
  guint history_days;  /* how far back reports are asked for; 0: the provider's default */
  guint request_rate;  /* per cent of the default request budget; 0: 100 */
} CfoilAccountConfig;

CfoilAccountConfig *cfoil_account_config_new (void);
CfoilAccountConfig *cfoil_account_config_copy (const CfoilAccountConfig *self);
void cfoil_account_config_free (CfoilAccountConfig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAccountConfig, cfoil_account_config_free)

G_END_DECLS
