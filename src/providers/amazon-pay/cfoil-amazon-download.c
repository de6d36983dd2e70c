/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-pull.h"

#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-amazon-report-types.h"
#include "cfoil-amazon-report.h"
#include "cfoil-error.h"

#include <string.h>

/* An address lives for 30 seconds; so many of them are asked for. */
#define MAX_TRIES 4

typedef struct
{
  CfoilAmazonRun *run;
  const CfoilKnownReport *report;
  const char *document_id; /* (borrowed) */
  GFile *file;             /* (owned) (nullable): of the last try */
  CfoilHttpDownload download;
  char former_sha256[65];  /* of an earlier try whose length nothing proved */
} Fetch;

static gboolean
is_not_found (const GError *error)
{
  return g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND);
}

/* The report is listed and its document gone: that is recorded, not an error
 * which would come back in every run. */
static gboolean
put_expired (CfoilAmazonRun         *run,
             const char             *feed,
             const CfoilKnownReport *known,
             GError                **error)
{
  CfoilReport report = {
    .report_id = known->report_id,
    .feed = feed,
    .provider_type = known->provider_type,
    .status = CFOIL_REPORT_EXPIRED,
    .provider_status = "EXPIRED",
    .document_id = known->document_id,
    .start_us = known->start_us,
    .end_us = known->end_us,
    .created_us = known->created_us,
    .ours = known->ours,
  };

  return cfoil_intake_put_report (run->intake, &report, error)
         && cfoil_intake_commit (run->intake, error);
}

/* A list may have left the document's id out. */
static char *
dup_document_id (CfoilAmazonRun         *run,
                 const CfoilKnownReport *known,
                 GError                **error)
{
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  const char *id;

  if (known->document_id != NULL)
    return g_strdup (known->document_id);

  answer = cfoil_amazon_client_get (run->client, CFOIL_AMAZON_GET_REPORT, "reports", known->report_id, NULL, 0, run->cancellable, error);
  if (answer == NULL)
    return NULL;
  id = cfoil_amazon_json_need_id (answer->object, "reportDocumentId", error);
  return g_strdup (id);
}

static void
drop_file (Fetch *fetch)
{
  if (fetch->file != NULL)
    g_file_delete (fetch->file, NULL, NULL);
  g_clear_object (&fetch->file);
}

static void
set_incomplete (GError    **error,
                const char *why)
{
  g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_INCOMPLETE, "A report did not come whole: %s", why);
}

static gboolean
check_status (const CfoilHttpDownload *download,
              GError                 **error)
{
  CfoilProviderErrorCode code = CFOIL_PROVIDER_ERROR_REJECTED;

  if (download->status == 200 && g_str_equal (download->content_type, "text/html"))
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED, "Another page answered (a log-in page of the network?)");
      return FALSE;
    }
  if (download->status == 200)
    return TRUE;

  if (download->status == 403 || download->status == 404 || download->status == 410)
    code = CFOIL_PROVIDER_ERROR_EXPIRED;
  else if (download->status >= 300 && download->status < 400)
    code = CFOIL_PROVIDER_ERROR_FORBIDDEN_URL;
  else if (download->status >= 500 || download->status == 429)
    code = CFOIL_PROVIDER_ERROR_SERVER;
  g_propagate_error (error, cfoil_provider_error_new (code, download->status, NULL, NULL, "The address of a report answered with %u", download->status));
  return FALSE;
}

/* Asks for an address and downloads from it at once. */
static gboolean
download (Fetch   *fetch,
          GError **error)
{
  CfoilAmazonRun *run = fetch->run;
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  const char *url, *compression;

  answer = cfoil_amazon_client_get (run->client, CFOIL_AMAZON_GET_DOCUMENT, "report-documents", fetch->document_id, NULL, 0, run->cancellable, error);
  if (answer == NULL)
    return FALSE;
  url = cfoil_amazon_json_get_string (answer->object, "url");
  if (url == NULL)
    {
      set_incomplete (error, "it has no address yet");
      return FALSE;
    }

  compression = cfoil_amazon_json_get_string (answer->object, "compressionAlgorithm");
  fetch->file = cfoil_intake_new_document (run->intake, error);
  return fetch->file != NULL
         && cfoil_amazon_client_download (run->client, url, compression != NULL && g_ascii_strcasecmp (compression, "gzip") == 0,
                                          fetch->file, &fetch->download, run->cancellable, error)
         && check_status (&fetch->download, error);
}

/* The transport cannot be trusted to notice a cut, so the content is asked. */
static gboolean
check_form (Fetch   *fetch,
            GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (fetch->file, fetch->run->cancellable, error);
  g_autoptr (GError) local_error = NULL;
  CfoilReportShape shape;

  if (stream == NULL)
    return FALSE;

  if (!cfoil_amazon_report_examine (G_INPUT_STREAM (stream), &shape, fetch->run->cancellable, &local_error))
    {
      /* The columns of these are not published: whatever they are, the file is kept. */
      if (local_error->domain == CFOIL_INPUT_ERROR && strcmp (fetch->report->provider_type, CFOIL_AMAZON_CURRENCY_REPORTS) == 0)
        return TRUE;
      if (g_error_matches (local_error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED))
        set_incomplete (error, local_error->message);
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (shape.n_odd_rows > 0 && !fetch->download.length_proven)
    {
      set_incomplete (error, "some rows have another number of columns than the header");
      return FALSE;
    }
  return TRUE;
}

/* Without a proof of its length a document counts only when it comes twice the
 * same way, and even then not as proven. */
static gboolean
check_twice (Fetch   *fetch,
             GError **error)
{
  gboolean same = g_str_equal (fetch->former_sha256, fetch->download.sha256);

  if (fetch->download.length_proven || same)
    return TRUE;
  g_strlcpy (fetch->former_sha256, fetch->download.sha256, sizeof fetch->former_sha256);
  set_incomplete (error, "its length is not known, and it did not come twice the same");
  return FALSE;
}

static gboolean
is_worth_another_try (const GError *error)
{
  return error->domain == CFOIL_PROVIDER_ERROR
         && (error->code == CFOIL_PROVIDER_ERROR_EXPIRED
             || error->code == CFOIL_PROVIDER_ERROR_INCOMPLETE
             || error->code == CFOIL_PROVIDER_ERROR_MALFORMED
             || error->code == CFOIL_PROVIDER_ERROR_TIMEOUT
             || error->code == CFOIL_PROVIDER_ERROR_SERVER
             || error->code == CFOIL_PROVIDER_ERROR_NETWORK);
}

static gboolean
fetch_whole (Fetch   *fetch,
             GError **error)
{
  for (guint i = 1;; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (download (fetch, &failure) && check_form (fetch, &failure) && check_twice (fetch, &failure))
        return TRUE;

      drop_file (fetch);
      if (i == MAX_TRIES || !is_worth_another_try (failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_debug ("Report %s: %s; again", fetch->report->report_id, failure->message);
      if (cfoil_amazon_failure_is_transient (failure) && !cfoil_amazon_client_wait (fetch->run->client, i, fetch->run->cancellable, error))
        return FALSE;
    }
}

gboolean
cfoil_amazon_pull_document (CfoilAmazonRun         *run,
                            const char             *feed,
                            const CfoilKnownReport *report,
                            GError                **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *document_id = dup_document_id (run, report, &failure);
  Fetch fetch = { .run = run, .report = report, .document_id = document_id };
  gboolean ok;

  if (document_id == NULL || !fetch_whole (&fetch, &failure))
    {
      if (is_not_found (failure))
        return put_expired (run, feed, report, error);
      g_propagate_prefixed_error (error, g_steal_pointer (&failure), "Report %s: ", report->report_id);
      return FALSE;
    }

  ok = cfoil_intake_take_document (run->intake, fetch.file, report->report_id, fetch.download.length_proven, run->cancellable, error);
  drop_file (&fetch);
  return ok;
}
