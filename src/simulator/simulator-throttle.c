/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-throttle.h"

#include <string.h>

typedef struct {
  const char *operation;
  guint16 live_size;
  guint16 live_rate;
  guint16 sandbox_size;
  guint16 sandbox_rate;
} Limit;

/* Bucket size and tokens per second, as documented. */
static const Limit limits[] = {
  { "createCheckoutSession", 40, 16, 5, 1 },
  { "getCheckoutSession", 40, 8, 10, 1 },
  { "updateCheckoutSession", 20, 8, 5, 1 },
  { "completeCheckoutSession", 20, 4, 2, 1 },
  { "getChargePermission", 20, 4, 10, 1 },
  { "updateChargePermission", 10, 2, 5, 1 },
  { "closeChargePermission", 10, 2, 2, 1 },
  { "createCharge", 10, 4, 2, 1 },
  { "getCharge", 20, 4, 5, 1 },
  { "captureCharge", 20, 4, 2, 1 },
  { "cancelCharge", 10, 2, 2, 1 },
  { "createRefund", 10, 4, 2, 1 },
  { "getRefund", 20, 4, 5, 1 },
};

/* No numbers are published for the other operations. */
static const Limit unlisted = { NULL, 100, 50, 100, 50 };

typedef struct {
  double tokens;
  gint64 seen;
} Bucket;

struct _CfoilSimThrottle {
  gboolean sandbox;
  double factor;
  GHashTable *buckets;
};

/* @factor: multiplies size and rate; 0 switches throttling off */
CfoilSimThrottle *
cfoil_sim_throttle_new (gboolean sandbox,
                        double   factor)
{
  CfoilSimThrottle *throttle = g_new0 (CfoilSimThrottle, 1);

  throttle->sandbox = sandbox;
  throttle->factor = factor;
  throttle->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return throttle;
}

void
cfoil_sim_throttle_free (CfoilSimThrottle *throttle)
{
  g_hash_table_unref (throttle->buckets);
  g_free (throttle);
}

static const Limit *
find_limit (const char *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    if (strcmp (limits[i].operation, operation) == 0)
      return &limits[i];
  return &unlisted;
}

/* Takes one token of @operation; FALSE when none is left. */
gboolean
cfoil_sim_throttle_admit (CfoilSimThrottle *throttle,
                          const char       *operation,
                          gint64            monotonic)
{
  const Limit *limit = find_limit (operation);
  double size = (throttle->sandbox ? limit->sandbox_size : limit->live_size) * throttle->factor;
  double rate = (throttle->sandbox ? limit->sandbox_rate : limit->live_rate) * throttle->factor;
  Bucket *bucket;

  if (throttle->factor <= 0)
    return TRUE;
  bucket = g_hash_table_lookup (throttle->buckets, operation);
  if (bucket == NULL)
    {
      bucket = g_new0 (Bucket, 1);
      bucket->tokens = MAX (size, 1);
      bucket->seen = monotonic;
      g_hash_table_insert (throttle->buckets, g_strdup (operation), bucket);
    }
  bucket->tokens = MIN (MAX (size, 1), bucket->tokens + rate * (double) (monotonic - bucket->seen) / G_USEC_PER_SEC);
  bucket->seen = monotonic;
  if (bucket->tokens < 1)
    return FALSE;
  bucket->tokens -= 1;
  return TRUE;
}
