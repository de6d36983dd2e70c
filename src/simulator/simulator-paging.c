/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include <string.h>

/* Tokens are not given out for ever. */
#define MOST_PAGES 10000

static gboolean
open_token (CfoilSimCall *call,
            const char   *token,
            GHashTable  **query,
            guint        *position)
{
  const CfoilSimPage *page = g_hash_table_lookup (call->service->pages, token);

  if (g_hash_table_size (call->query) > 1)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterCombination", "nextToken must be the only parameter.");
  if (page == NULL || strcmp (page->operation, call->operation) != 0)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for nextToken is invalid.");
  *query = page->query;
  *position = page->position;
  return TRUE;
}

/* Finds out which list is wanted and from where on.
 * @query: (out) (transfer none): the parameters of the first request
 * @position: (out): the last index that was given, %G_MAXUINT at first */
gboolean
cfoil_sim_page_open (CfoilSimCall      *call,
                     const char *const *parameters,
                     guint              n,
                     guint              default_size,
                     GHashTable       **query,
                     guint             *position,
                     guint             *size)
{
  const char *token = g_hash_table_lookup (call->query, "nextToken");
  const char *text;
  GHashTableIter iter;
  gpointer name;
  guint64 number;

  *query = call->query;
  *position = G_MAXUINT;
  if (token != NULL && !open_token (call, token, query, position))
    return FALSE;
  g_hash_table_iter_init (&iter, *query);
  while (token == NULL && g_hash_table_iter_next (&iter, &name, NULL))
    {
      guint i = 0;

      while (i < n && strcmp (parameters[i], name) != 0)
        i++;
      if (i == n && strcmp (name, "pageSize") != 0)
        return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The parameter %s is not known.", (char *) name);
    }
  *size = default_size;
  text = g_hash_table_lookup (*query, "pageSize");
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, 100, &number, NULL))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for pageSize is invalid.");
  *size = (guint) number;
  return TRUE;
}

static GHashTable *
copy_query (GHashTable *query)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy, g_strdup (name), g_strdup (value));
  return copy;
}

/* Writes the token that goes on below @position.  Under the fault
 * "repeat-token" a list never ends: the same page comes again and again. */
void
cfoil_sim_page_close (CfoilSimCall *call,
                      GHashTable   *query,
                      guint         position)
{
  const char *given = g_hash_table_lookup (call->query, "nextToken");
  g_autofree char *token = NULL;
  g_autofree char *bare = NULL;
  CfoilSimPage *page;

  if (call->fault != NULL && call->fault->kind == CFOIL_SIM_FAULT_REPEAT_TOKEN && given != NULL)
    {
      cfoil_sim_json_string (call->json, "nextToken", given);
      return;
    }
  if (g_hash_table_size (call->service->pages) >= MOST_PAGES)
    {
      cfoil_sim_json_null (call->json, "nextToken");
      return;
    }
  page = g_new0 (CfoilSimPage, 1);
  page->operation = g_strdup (call->operation);
  page->query = copy_query (query);
  page->position = position;
  bare = cfoil_sim_random_token (40);
  /* Reserved characters on purpose: clients have to encode them. */
  token = g_strconcat (bare, "+/=", NULL);
  cfoil_sim_json_string (call->json, "nextToken", token);
  g_hash_table_insert (call->service->pages, g_steal_pointer (&token), page);
}
