/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account-config.h"

CfoilAccountConfig *
cfoil_account_config_new (void)
{
  return g_new0 (CfoilAccountConfig, 1);
}

CfoilAccountConfig *
cfoil_account_config_copy (const CfoilAccountConfig *self)
{
  CfoilAccountConfig *copy = g_new0 (CfoilAccountConfig, 1);

  copy->provider = g_strdup (self->provider);
  copy->region = g_strdup (self->region);
  copy->environment = g_strdup (self->environment);
  copy->public_key_id = g_strdup (self->public_key_id);
  copy->merchant_id = g_strdup (self->merchant_id);
  copy->endpoint = g_strdup (self->endpoint);
  copy->ca_file = g_strdup (self->ca_file);
  copy->history_days = self->history_days;
  copy->request_rate = self->request_rate;

  return copy;
}

void
cfoil_account_config_free (CfoilAccountConfig *self)
{
  g_free (self->provider);
  g_free (self->region);
  g_free (self->environment);
  g_free (self->public_key_id);
  g_free (self->merchant_id);
  g_free (self->endpoint);
  g_free (self->ca_file);
  g_free (self);
}
