/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-idempotency.h"

#include <string.h>

#define KEY_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

typedef struct {
  char *content;
  CfoilSimStoredAnswer answer;
} Entry;

struct _CfoilSimIdempotency {
  GHashTable *entries;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->content);
  g_free (entry->answer.body);
  g_free (entry);
}

CfoilSimIdempotency *
cfoil_sim_idempotency_new (void)
{
  CfoilSimIdempotency *store = g_new0 (CfoilSimIdempotency, 1);

  store->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return store;
}

void
cfoil_sim_idempotency_free (CfoilSimIdempotency *store)
{
  g_hash_table_unref (store->entries);
  g_free (store);
}

gboolean
cfoil_sim_idempotency_check_key (const char      *key,
                                 CfoilSimFailure *failure)
{
  gsize length = key != NULL ? strlen (key) : 0;

  if (length == 0)
    return cfoil_sim_fail (failure, 400, "MissingHeader",
                           "The header x-amz-pay-idempotency-key is missing.");
  if (length > 32 || strspn (key, KEY_CHARACTERS) != length)
    return cfoil_sim_fail (failure, 400, "InvalidHeaderValue",
                           "The value of the header x-amz-pay-idempotency-key is invalid.");
  return TRUE;
}

static char *
content_of (const char *path,
            GBytes     *body)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);

  return g_strconcat (path, " ", hash, NULL);
}

/* @answer: (out) (nullable): the stored answer of the first request, if any.
 * FALSE when the key was used for something else. */
gboolean
cfoil_sim_idempotency_lookup (CfoilSimIdempotency         *store,
                              const char                  *key,
                              const char                  *path,
                              GBytes                      *body,
                              const CfoilSimStoredAnswer **answer,
                              CfoilSimFailure             *failure)
{
  const Entry *entry = g_hash_table_lookup (store->entries, key);
  g_autofree char *content = content_of (path, body);

  *answer = NULL;
  if (entry == NULL)
    return TRUE;
  if (strcmp (entry->content, content) != 0)
    return cfoil_sim_fail (failure, 400, "DuplicateIdempotencyKey",
                           "The idempotency key was used before with different content.");
  *answer = &entry->answer;
  return TRUE;
}

void
cfoil_sim_idempotency_remember (CfoilSimIdempotency *store,
                                const char          *key,
                                const char          *path,
                                GBytes              *body,
                                guint                status,
                                const char          *answer)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->content = content_of (path, body);
  entry->answer.status = status;
  entry->answer.body = g_strdup (answer);
  g_hash_table_insert (store->entries, g_strdup (key), entry);
}
