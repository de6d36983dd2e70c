/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-pull.h"

#include "cfoil-amazon-cursor.h"
#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-amazon-lane.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <string.h>

#define PAGE_SIZE "30"
#define MAX_EMPTY_PAGES 100
#define OVERLAP_US (7 * CFOIL_USEC_PER_DAY)
#define FEED "disbursements"

static gboolean
put_disbursement (CfoilAmazonRun *run,
                  JsonNode       *node,
                  GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *raw = json_to_string (node, FALSE);
  CfoilDisbursement disbursement;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return cfoil_amazon_put_bad_object (run, NULL, "An entry of the list of disbursements is not an object", raw, error);
  if (!cfoil_amazon_json_read_disbursement (json_node_get_object (node), raw, &disbursement, &local_error))
    return cfoil_amazon_put_bad_object (run, cfoil_amazon_json_get_string (json_node_get_object (node), "settlementId"),
                                        local_error->message, raw, error);
  return cfoil_intake_put_disbursement (run->intake, &disbursement, error);
}

static gboolean
put_page (CfoilAmazonRun *run,
          JsonObject     *page,
          guint          *n_put,
          GError        **error)
{
  JsonArray *list = cfoil_amazon_json_get_array (page, "disbursements");

  if (list == NULL)
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED, "The list of disbursements has none in it");
      return FALSE;
    }

  *n_put = json_array_get_length (list);
  for (guint i = 0; i < *n_put; i++)
    if (!put_disbursement (run, json_array_get_element (list, i), error))
      return FALSE;
  return TRUE;
}

static CfoilAmazonAnswer *
get_page (CfoilAmazonRun      *run,
          const CfoilInterval *window,
          const char          *token,
          GError             **error)
{
  char start[CFOIL_TIME_BUFFER], end[CFOIL_TIME_BUFFER];
  const CfoilAmazonPair first[] = { { "endTime", end }, { "pageSize", PAGE_SIZE }, { "startTime", start } };
  const CfoilAmazonPair next[] = { { "nextToken", token } };

  cfoil_time_format_basic (start, window->start_us);
  cfoil_time_format_basic (end, window->end_us);
  return cfoil_amazon_client_get (run->client, CFOIL_AMAZON_LIST_DISBURSEMENTS, "disbursements", NULL,
                                  token != NULL ? next : first, token != NULL ? G_N_ELEMENTS (next) : G_N_ELEMENTS (first),
                                  run->cancellable, error);
}

static gboolean
is_usable_token (const char *token,
                 GHashTable *seen,
                 guint       n_empty)
{
  return n_empty <= MAX_EMPTY_PAGES && strlen (token) <= CFOIL_URL_MAX_LENGTH / 4 && g_hash_table_add (seen, g_strdup (token));
}

static gboolean
pull_window (CfoilAmazonRun      *run,
             const CfoilInterval *window,
             GError             **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *token = NULL;
  guint n_empty = 0;

  do
    {
      g_autoptr (CfoilAmazonAnswer) answer = get_page (run, window, token, error);
      guint n_put = 0;

      if (answer == NULL || !put_page (run, answer->object, &n_put, error))
        return FALSE;
      n_empty = n_put == 0 ? n_empty + 1 : 0;
      g_free (token);
      token = g_strdup (cfoil_amazon_json_get_string (answer->object, "nextToken"));
      if (token != NULL && !is_usable_token (token, seen, n_empty))
        {
          g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED, "The list of disbursements goes round in circles");
          return FALSE;
        }
    }
  while (token != NULL);

  return cfoil_intake_add_coverage (run->intake, window->start_us, window->end_us, error);
}

static gboolean
plan_windows (CfoilAmazonRun          *run,
              const CfoilAmazonCursor *cursor,
              GQueue                  *windows,
              GError                 **error)
{
  g_autoptr (CfoilIntervalSet) coverage = cfoil_intake_dup_coverage (run->intake, error);
  g_autoptr (CfoilIntervalSet) gaps = NULL;
  gint64 start_us = run->now_us - run->history_days * CFOIL_USEC_PER_DAY;
  const CfoilInterval *intervals;
  guint n_intervals;

  if (coverage == NULL)
    return FALSE;
  if (cursor->floor_us != CFOIL_UNKNOWN)
    start_us = MAX (start_us, cursor->floor_us);

  gaps = cfoil_interval_set_gaps (coverage, start_us, run->now_us);
  intervals = cfoil_interval_set_peek (gaps, &n_intervals);
  for (guint i = n_intervals; i-- > 0;)
    {
      gint64 from_us = intervals[i].start_us;

      if (intervals[i].end_us >= run->now_us)
        from_us = MAX (from_us - OVERLAP_US, start_us);
      cfoil_amazon_cut_windows (windows, from_us, intervals[i].end_us);
    }
  return TRUE;
}

/* The sandbox need not have this list, and nothing says how far back it goes:
 * an answer that there is nothing is one. */
static gboolean
is_end_of_list (CfoilAmazonRun *run,
                const GError   *error,
                gboolean        any_accepted)
{
  guint status = cfoil_amazon_failure_get_status (error);

  if (!g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND)
      && !g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_REJECTED))
    return FALSE;
  return (status == 400 || status == 404 || status == 405)
         && (any_accepted || cfoil_amazon_client_get_service (run->client)->sandbox);
}

static gboolean
pull_windows (CfoilAmazonRun    *run,
              GQueue            *windows,
              CfoilAmazonCursor *cursor,
              GError           **error)
{
  guint total = g_queue_get_length (windows);

  for (guint done = 0; !g_queue_is_empty (windows); done++)
    {
      g_autofree CfoilInterval *window = g_queue_pop_head (windows);
      g_autoptr (GError) failure = NULL;

      cfoil_intake_progress (run->intake, FEED, done, total);
      if (pull_window (run, window, &failure))
        continue;
      if (!is_end_of_list (run, failure, done > 0))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_message ("Disbursements: the service has none to tell from before this time");
      if (done > 0)
        cursor->floor_us = window->end_us;
      break;
    }
  return cfoil_amazon_cursor_save (cursor, run->intake, error);
}

static gboolean
disbursements_step (CfoilAmazonRun *run,
                    gpointer        data,
                    GError        **error)
{
  CfoilAmazonCursor cursor;
  GQueue windows = G_QUEUE_INIT;
  gboolean ok;

  ok = cfoil_amazon_cursor_load (&cursor, run->intake, error)
       && plan_windows (run, &cursor, &windows, error)
       && pull_windows (run, &windows, &cursor, error);
  g_queue_clear_full (&windows, g_free);
  return ok;
}

gboolean
cfoil_amazon_pull_disbursements (CfoilAmazonRun *run,
                                 GError        **error)
{
  return cfoil_amazon_run_feed (run, FEED, disbursements_step, NULL, error);
}
