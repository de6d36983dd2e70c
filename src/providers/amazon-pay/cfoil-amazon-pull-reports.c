/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-pull.h"

#include "cfoil-amazon-cursor.h"
#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-amazon-report-types.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <string.h>

#define PAGE_SIZE "100"
#define MAX_EMPTY_PAGES 100
#define OVERLAP_US CFOIL_USEC_PER_DAY

/* The list of one type's reports, page by page. */
typedef struct
{
  const CfoilAmazonReportFeed *feed;
  const char *type;
  CfoilAmazonCursor cursor;
  GHashTable *tokens;  /* (owned): every next-page token so far */
  gint64 newest_us;
  guint64 n_reports;
  guint n_empty_pages; /* in a row */
} Listing;

static CfoilAmazonAnswer *
get_first_page (CfoilAmazonRun *run,
                const char     *type,
                gint64          since_us,
                GError        **error)
{
  char since[CFOIL_TIME_BUFFER];
  const CfoilAmazonPair parameters[] = {
    { "createdSince", since },
    { "pageSize", PAGE_SIZE },
    { "reportTypes", type },
  };

  cfoil_time_format_basic (since, since_us);
  return cfoil_amazon_client_get (run->client, CFOIL_AMAZON_LIST_REPORTS, "reports", NULL,
                                  parameters, G_N_ELEMENTS (parameters), run->cancellable, error);
}

/* The documentation promises 90 days; older reports are asked for all the same,
 * once, and if that is an error then only for what is promised. */
static CfoilAmazonAnswer *
get_beginning (CfoilAmazonRun *run,
               Listing        *listing,
               GError        **error)
{
  gint64 since_us = listing->cursor.created_us - OVERLAP_US;
  g_autoptr (GError) local_error = NULL;
  CfoilAmazonAnswer *answer;

  if (listing->cursor.created_us == CFOIL_UNKNOWN)
    since_us = run->now_us - run->history_days * CFOIL_USEC_PER_DAY;

  answer = get_first_page (run, listing->type, since_us, &local_error);
  if (answer == NULL && cfoil_amazon_failure_get_status (local_error) == 400 && since_us < run->now_us - CFOIL_AMAZON_RETENTION_US)
    {
      g_clear_error (&local_error);
      answer = get_first_page (run, listing->type, run->now_us - CFOIL_AMAZON_RETENTION_US, &local_error);
    }
  if (answer == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return answer;
}

static gboolean
put_report (CfoilAmazonRun *run,
            Listing        *listing,
            JsonNode       *node,
            GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  CfoilReport report;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return cfoil_amazon_put_bad_object (run, listing->type, "An entry of the list of reports is not an object", NULL, error);

  if (!cfoil_amazon_json_read_report (json_node_get_object (node), &report, &local_error))
    {
      g_autofree char *raw = json_to_string (node, FALSE);

      return cfoil_amazon_put_bad_object (run, listing->type, local_error->message, raw, error);
    }
  /* A service that does not filter must not mix the feeds up. */
  if (!g_str_equal (report.provider_type, listing->type))
    return TRUE;

  report.feed = listing->feed->feed;
  if (report.created_us != CFOIL_UNKNOWN)
    listing->newest_us = MAX (listing->newest_us, report.created_us);
  listing->n_reports++;
  return cfoil_intake_put_report (run->intake, &report, error);
}

static gboolean
put_page (CfoilAmazonRun    *run,
          Listing           *listing,
          CfoilAmazonAnswer *answer,
          GError           **error)
{
  JsonArray *reports = cfoil_amazon_json_get_array (answer->object, "reports");
  guint n_reports;

  if (reports == NULL)
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED, "The list of reports has no reports in it");
      return FALSE;
    }

  n_reports = json_array_get_length (reports);
  listing->n_empty_pages = n_reports == 0 ? listing->n_empty_pages + 1 : 0;
  for (guint i = 0; i < n_reports; i++)
    if (!put_report (run, listing, json_array_get_element (reports, i), error))
      return FALSE;
  return TRUE;
}

/* The next page, or NULL without an error at the end. */
static CfoilAmazonAnswer *
get_next (CfoilAmazonRun    *run,
          Listing           *listing,
          CfoilAmazonAnswer *answer,
          GError           **error)
{
  const char *token = cfoil_amazon_json_get_string (answer->object, "nextToken");
  CfoilAmazonPair parameter = { "nextToken", token };

  if (token == NULL)
    return NULL;
  if (listing->n_empty_pages > MAX_EMPTY_PAGES || !g_hash_table_add (listing->tokens, g_strdup (token)))
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED, "The list of reports goes round in circles");
      return NULL;
    }
  if (strlen (token) > CFOIL_URL_MAX_LENGTH / 4)
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TOO_LARGE, "The address of the next page is too long");
      return NULL;
    }
  return cfoil_amazon_client_get (run->client, CFOIL_AMAZON_LIST_REPORTS, "reports", NULL, &parameter, 1, run->cancellable, error);
}

/* Every page from the listing's cursor on. */
static gboolean
list_all (CfoilAmazonRun *run,
          Listing        *listing,
          GError        **error)
{
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  g_autoptr (GError) local_error = NULL;

  listing->newest_us = listing->cursor.created_us;
  answer = get_beginning (run, listing, &local_error);
  while (answer != NULL)
    {
      CfoilAmazonAnswer *next;

      /* Nobody is kept from writing while we wait for the next page. */
      if (!put_page (run, listing, answer, error) || !cfoil_intake_commit (run->intake, error))
        return FALSE;
      cfoil_intake_progress (run->intake, listing->feed->feed, listing->n_reports, 0);
      next = get_next (run, listing, answer, &local_error);
      cfoil_amazon_answer_free (answer);
      answer = next;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
list_step (CfoilAmazonRun *run,
           gpointer        data,
           GError        **error)
{
  Listing *listing = data;

  if (!cfoil_amazon_cursor_load (&listing->cursor, run->intake, error) || !list_all (run, listing, error))
    return FALSE;
  /* Pages come newest first: only all of them together may move the cursor. */
  listing->cursor.created_us = listing->newest_us;
  return cfoil_amazon_cursor_save (&listing->cursor, run->intake, error);
}

gboolean
cfoil_amazon_add_report_coverage (CfoilAmazonRun         *run,
                                  const CfoilKnownReport *report,
                                  GError                **error)
{
  gint64 until_us;

  return !cfoil_report_get_window (report->start_us, report->end_us, report->created_us, run->now_us, &until_us)
         || cfoil_intake_add_coverage (run->intake, report->start_us, until_us, error);
}

/* Whether the next report may fare better than this one did. */
static gboolean
is_of_report (const GError *error)
{
  return error->domain == CFOIL_INPUT_ERROR
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_INCOMPLETE)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_EXPIRED)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TOO_LARGE)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_FORBIDDEN_URL)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_REJECTED);
}

/* One that fails does not keep the others from coming. */
static gboolean
pull_documents (CfoilAmazonRun              *run,
                const CfoilAmazonReportFeed *feed,
                GPtrArray                   *reports,
                GError                     **error)
{
  g_autoptr (GError) first_failure = NULL;

  for (guint i = 0; i < reports->len; i++)
    {
      g_autoptr (GError) failure = NULL;

      cfoil_intake_progress (run->intake, feed->feed, i, reports->len);
      if (cfoil_amazon_pull_document (run, feed->feed, g_ptr_array_index (reports, i), &failure))
        continue;
      if (first_failure == NULL || !is_of_report (failure))
        {
          g_clear_error (&first_failure);
          first_failure = g_error_copy (failure);
        }
      if (!is_of_report (failure))
        break;
    }
  cfoil_intake_progress (run->intake, feed->feed, reports->len, reports->len);

  if (first_failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first_failure));
      return FALSE;
    }
  return TRUE;
}

static gboolean
download_step (CfoilAmazonRun *run,
               gpointer        data,
               GError        **error)
{
  g_autoptr (GPtrArray) missing = cfoil_intake_list_reports (run->intake, CFOIL_REPORT_COMPLETED, TRUE, error);

  return missing != NULL && pull_documents (run, data, missing, error);
}

/* The last rows of a document may be missing though it came whole by all other
 * signs.  Asking once more is all that can be done: a payout may also count lines
 * of another period. */
static gboolean
unbalanced_step (CfoilAmazonRun *run,
                 gpointer        data,
                 GError        **error)
{
  g_autoptr (GPtrArray) unbalanced = cfoil_intake_list_unbalanced_reports (run->intake, error);
  g_autoptr (GError) failure = NULL;

  if (unbalanced == NULL)
    return FALSE;
  if (!pull_documents (run, data, unbalanced, &failure) && !is_of_report (failure))
    {
      /* Not asked, so nothing is settled: the next run asks. */
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!cfoil_intake_record_imbalances (run->intake, error))
    return FALSE;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
pull_feed (CfoilAmazonRun              *run,
           const CfoilAmazonReportFeed *feed,
           const char                  *type,
           GError                     **error)
{
  Listing listing = { .feed = feed, .type = type };
  gboolean ok;

  listing.tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = cfoil_amazon_run_feed (run, feed->feed, list_step, &listing, error)
       && cfoil_amazon_run_feed (run, feed->feed, download_step, (gpointer) feed, error);
  g_hash_table_unref (listing.tokens);
  return ok;
}

gboolean
cfoil_amazon_pull_unbalanced (CfoilAmazonRun *run,
                              GError        **error)
{
  const CfoilAmazonReportFeed *settlements = &cfoil_amazon_report_feeds[0];

  return cfoil_amazon_run_feed (run, settlements->feed, unbalanced_step, (gpointer) settlements, error);
}

gboolean
cfoil_amazon_pull_reports (CfoilAmazonRun *run,
                           GError        **error)
{
  for (guint i = 0; i < CFOIL_AMAZON_N_REPORT_FEEDS; i++)
    {
      const CfoilAmazonReportFeed *feed = &cfoil_amazon_report_feeds[i];
      const char *type = cfoil_amazon_report_feed_get_type (feed, run);

      if (type != NULL && !pull_feed (run, feed, type, error))
        return FALSE;
    }
  return TRUE;
}

/* The feed of what is imported has no cursor and is not fresh by them. */
static gboolean
pull_currency (CfoilAmazonRun *run,
               Listing        *listing,
               GError        **error)
{
  gboolean ok;

  if (!list_all (run, listing, error))
    return FALSE;
  if (listing->n_reports == 0)
    return TRUE;
  if (!cfoil_intake_begin_feed (run->intake, listing->feed->feed, error))
    return FALSE;
  ok = download_step (run, (gpointer) listing->feed, error);
  return cfoil_intake_leave_feed (run->intake, ok ? error : NULL) && ok;
}

gboolean
cfoil_amazon_pull_currency_reports (CfoilAmazonRun *run,
                                    GError        **error)
{
  static const CfoilAmazonReportFeed feed = { "imports", CFOIL_AMAZON_CURRENCY_REPORTS, NULL, FALSE };
  const CfoilAmazonService *service = cfoil_amazon_client_get_service (run->client);
  Listing listing = { .feed = &feed, .type = feed.live_type };
  g_autoptr (GError) failure = NULL;
  gboolean ok;

  if (service->sandbox || strcmp (service->region, "eu") != 0)
    return TRUE;
  listing.cursor.created_us = run->now_us - CFOIL_AMAZON_RETENTION_US + OVERLAP_US;
  listing.tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = pull_currency (run, &listing, &failure);
  g_hash_table_unref (listing.tokens);
  if (ok)
    return TRUE;
  g_debug ("Multi-currency reports: %s", failure->message);
  if (cfoil_amazon_failure_is_of_feed (failure))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
