/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-fact.h"

CfoilFact *
cfoil_fact_new (CfoilFactKey    key,
                const char     *value,
                CfoilFactSource source,
                const char     *detail)
{
  CfoilFact *self;

  g_return_val_if_fail (key < CFOIL_N_FACTS, NULL);
  g_return_val_if_fail (value != NULL && *value != '\0', NULL);

  self = g_new0 (CfoilFact, 1);
  self->key = key;
  self->value = g_strdup (value);
  self->source = source;
  self->detail = g_strdup (detail);
  return self;
}

CfoilFact *
cfoil_fact_copy (const CfoilFact *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return cfoil_fact_new (self->key, self->value, self->source, self->detail);
}

void
cfoil_fact_free (CfoilFact *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self->detail);
  g_free (self);
}
