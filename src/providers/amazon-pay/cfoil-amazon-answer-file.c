/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-answer-file.h"

#include "cfoil-amazon-evidence.h"
#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-digest.h"
#include "cfoil-error.h"
#include "cfoil-json-guard.h"

#include <string.h>

#define ACTION "file"
/* Addresses that ran out, one after the other: then something else is wrong. */
#define MAX_ADDRESSES 3
/* What the outbox keeps of a step that the service took but that led nowhere. */
#define LED_NOWHERE 410

static char *
dup_subject (const CfoilAnswer *answer,
             guint              position)
{
  return g_strdup_printf ("%s/%u", answer->answer_id, position + 1);
}

/* The bytes that are sent are those that are hashed. */
static GBytes *
load (const CfoilAnswerItem *item,
      GError               **error)
{
  g_autofree char *contents = NULL;
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
  char sha256[CFOIL_DIGEST_TEXT];
  gsize length = 0;

  if (g_file_get_contents (item->path, &contents, &length, NULL))
    {
      cfoil_digest_update (digest, contents, length);
      cfoil_digest_finish (digest, sha256);
      if (g_strcmp0 (sha256, item->sha256) == 0)
        return g_bytes_new_take (g_steal_pointer (&contents), length);
    }
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CHANGED,
               contents != NULL ? "The file %.12s of the answer was changed on the disk" : "The file %.12s of the answer is gone",
               item->sha256 != NULL ? item->sha256 : "");
  return NULL;
}

gboolean
cfoil_amazon_answer_file_check (const CfoilAnswerItem *item,
                                GError               **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (cfoil_amazon_evidence_content_type (item->file_type) == NULL)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "Amazon Pay takes no files of the type “%s”",
                   item->file_type != NULL ? item->file_type : "");
      return FALSE;
    }
  bytes = load (item, error);
  return bytes != NULL;
}

gboolean
cfoil_amazon_answer_is_refusal (const GError *failure)
{
  guint status = cfoil_amazon_failure_get_status (failure);

  return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
}

static JsonObject *
parse (const char *text,
       JsonParser *parser)
{
  if (!cfoil_json_guard (text, strlen (text), NULL) || !json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;
  return json_node_get_object (json_parser_get_root (parser));
}

gboolean
cfoil_amazon_answer_file_find (CfoilAmazonRun    *run,
                               const CfoilAnswer *answer,
                               guint              position,
                               char             **id,
                               GError           **error)
{
  g_autofree char *subject = dup_subject (answer, position);
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = cfoil_intake_dup_action_answer (run->intake, ACTION, subject, &failure);
  JsonObject *json = text != NULL ? parse (text, parser) : NULL;

  *id = NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (json != NULL)
    *id = g_strdup (cfoil_amazon_json_get_id (json, "id"));
  return TRUE;
}

gboolean
cfoil_amazon_answer_file_forget (CfoilAmazonRun    *run,
                                 const CfoilAnswer *answer,
                                 guint              position,
                                 GError           **error)
{
  g_autofree char *subject = dup_subject (answer, position);
  g_autofree char *request = cfoil_amazon_evidence_build_file (answer->items[position].file_type);
  g_autoptr (CfoilAction) action = cfoil_intake_begin_action (run->intake, ACTION, subject, request, error);

  return action != NULL &&
         cfoil_intake_end_action (run->intake, action->action_id, LED_NOWHERE, "The answer with this file was refused", error);
}

typedef struct
{
  CfoilAmazonRun *run;
  guint64 done;
  guint64 total;
} Progress;

static void
sent_cb (guint64  done,
         guint64  total,
         gpointer user_data)
{
  Progress *progress = user_data;

  cfoil_intake_progress (progress->run->intake, "upload", MIN (progress->done + done, progress->total), progress->total);
}

/* Asks for an address with ACTION's key and puts BYTES there. */
static gboolean
transfer (CfoilAmazonRun        *run,
          const CfoilAction     *action,
          const CfoilAnswerItem *item,
          GBytes                *bytes,
          Progress              *progress,
          CfoilAmazonAnswer    **answer,
          GError               **error)
{
  const char *url;

  *answer = cfoil_amazon_client_post (run->client, CFOIL_AMAZON_CREATE_FILE, "files", NULL, NULL, action->request,
                                      action->idempotency_key, run->cancellable, error);
  if (*answer == NULL)
    return FALSE;
  url = cfoil_amazon_json_get_string ((*answer)->object, "url");
  if (url == NULL || cfoil_amazon_json_get_id ((*answer)->object, "id") == NULL)
    {
      g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_MALFORMED, (*answer)->status, NULL, NULL,
                                                          "The service named no address for the file"));
      return FALSE;
    }
  return cfoil_amazon_client_upload (run->client, url, cfoil_amazon_evidence_content_type (item->file_type), bytes,
                                     sent_cb, progress, run->cancellable, error);
}

/* The service gives the same answer to the same key for ever: an address that is of no
 * use, or a refusal, ends the action, so that the next one has a key of its own. */
static gboolean
is_over (const GError *failure)
{
  return cfoil_amazon_answer_is_refusal (failure) ||
         g_error_matches (failure, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_FORBIDDEN_URL) ||
         g_error_matches (failure, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED);
}

/* One address.  *IS_EXPIRED: it is worth asking for another one. */
static gboolean
try_address (CfoilAmazonRun        *run,
             const char            *subject,
             const CfoilAnswerItem *item,
             GBytes                *bytes,
             Progress              *progress,
             char                 **id,
             gboolean              *is_expired,
             GError               **error)
{
  g_autofree char *request = cfoil_amazon_evidence_build_file (item->file_type);
  g_autoptr (CfoilAction) action = cfoil_intake_begin_action (run->intake, ACTION, subject, request, error);
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  g_autoptr (GError) failure = NULL;

  *is_expired = FALSE;
  if (action == NULL)
    return FALSE;
  if (transfer (run, action, item, bytes, progress, &answer, &failure))
    {
      *id = g_strdup (cfoil_amazon_json_get_id (answer->object, "id"));
      return cfoil_intake_end_action (run->intake, action->action_id, 200, answer->text, error);
    }
  *is_expired = g_error_matches (failure, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_EXPIRED);
  if (is_over (failure))
    {
      guint status = cfoil_amazon_failure_get_status (failure);

      if (!cfoil_intake_end_action (run->intake, action->action_id, status >= 400 ? status : LED_NOWHERE, failure->message, error))
        {
          *is_expired = FALSE;
          return FALSE;
        }
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
cfoil_amazon_answer_file_upload (CfoilAmazonRun    *run,
                                 const CfoilAnswer *answer,
                                 guint              position,
                                 guint64            done,
                                 guint64            total,
                                 char             **id,
                                 GError           **error)
{
  const CfoilAnswerItem *item = &answer->items[position];
  g_autofree char *subject = dup_subject (answer, position);
  g_autoptr (GBytes) bytes = load (item, error);
  Progress progress = { run, done, total };

  if (bytes == NULL)
    return FALSE;
  for (guint i = 1;; i++)
    {
      g_autoptr (GError) failure = NULL;
      gboolean is_expired;

      if (try_address (run, subject, item, bytes, &progress, id, &is_expired, &failure))
        return TRUE;
      if (!is_expired || i >= MAX_ADDRESSES)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
}
