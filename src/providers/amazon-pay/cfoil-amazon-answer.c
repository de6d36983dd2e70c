/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-answer.h"

#include "cfoil-amazon-answer-file.h"
#include "cfoil-amazon-evidence.h"
#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#define ACTION_CONTEST "contest"
#define ACTION_ACCEPT "accept"
#define ACCEPTED "MerchantAcceptedDispute"

/* An answer on its way. */
typedef struct
{
  CfoilAmazonRun *run;       /* (borrowed) */
  const CfoilAnswer *answer; /* (borrowed) */
  char **file_ids;           /* (owned): by position, NULL: no file, or not there */
} Sending;

/* What the service says of the dispute. */
typedef struct
{
  CfoilAmazonAnswer *answer; /* (owned) */
  CfoilAmazonObject object;  /* its strings are the answer's */
} Word;

static void
word_clear (Word *word)
{
  cfoil_amazon_object_clear (&word->object);
  g_clear_pointer (&word->answer, cfoil_amazon_answer_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Word, word_clear)

static gboolean
read_word (Sending *self,
           Word    *word,
           GError **error)
{
  if (!cfoil_amazon_json_read_dispute (word->answer->object, word->answer->text, self->run->now_us, &word->object, error))
    return FALSE;
  if (g_str_equal (word->object.observation.object_id, self->answer->dispute_id))
    return TRUE;
  g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED, "The service answered about another dispute than %s",
               self->answer->dispute_id);
  return FALSE;
}

static gboolean
ask (Sending *self,
     Word    *word,
     GError **error)
{
  word->answer = cfoil_amazon_client_get (self->run->client, CFOIL_AMAZON_GET_DISPUTE, "disputes", self->answer->dispute_id,
                                          NULL, 0, self->run->cancellable, error);
  return word->answer != NULL && read_word (self, word, error);
}

static const char *
get_state_reason (const Word *word)
{
  JsonObject *status = cfoil_amazon_json_get_object (word->answer->object, "statusDetails");

  return status != NULL ? cfoil_amazon_json_get_string (status, "reasonCode") : NULL;
}

static gboolean
is_held (Sending    *self,
         const Word *word)
{
  if (self->answer->accepts)
    return g_strcmp0 (get_state_reason (word), ACCEPTED) == 0;
  return cfoil_amazon_evidence_is_held (word->answer->object, self->answer, self->file_ids);
}

static gboolean
has_files (Sending *self)
{
  for (guint i = 0; i < self->answer->n_items; i++)
    if (self->answer->items[i].path != NULL)
      return TRUE;
  return FALSE;
}

/* A state that we do not know may be one that waits: the service will tell. */
static gboolean
waits (const Word *word)
{
  return word->object.observation.state == CFOIL_STATE_NEEDS_RESPONSE || word->object.unknown_state;
}

/* Files have ids of their own.  The same texts may have been said in a former round, so
 * they count only where nothing more is wanted; while it waits, saying them again with
 * the same key does nothing twice. */
static gboolean
is_done (Sending    *self,
         const Word *word)
{
  return is_held (self, word) && (has_files (self) || !waits (word));
}

static gboolean
check_waits (const Word *word,
             GError    **error)
{
  const CfoilObservation *observation = &word->object.observation;
  const char *reason = get_state_reason (word);
  gint64 now_us = word->answer->date_us != CFOIL_UNKNOWN ? word->answer->date_us : cfoil_time_now_us ();

  if (g_strcmp0 (reason, "MerchantResponseDeadlineExpired") == 0 ||
      (waits (word) && observation->deadline_us != CFOIL_UNKNOWN && now_us >= observation->deadline_us))
    {
      g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_DEADLINE, 0, reason, NULL,
                                                          "The time to answer this dispute is over"));
      return FALSE;
    }
  if (waits (word))
    return TRUE;
  g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_REJECTED, 0, reason, NULL,
                                                      "The dispute does not wait for an answer any more: %s%s%s",
                                                      observation->provider_state, reason != NULL ? ", " : "",
                                                      reason != NULL ? reason : ""));
  return FALSE;
}

/* --- saying it --- */

static CfoilAction *
begin (Sending *self,
       GError **error)
{
  g_autofree char *request = self->answer->accepts ? cfoil_amazon_evidence_build_acceptance ()
                                                   : cfoil_amazon_evidence_build_contest (self->answer, self->file_ids);

  return cfoil_intake_begin_action (self->run->intake, self->answer->accepts ? ACTION_ACCEPT : ACTION_CONTEST,
                                    self->answer->answer_id, request, error);
}

/* It is there: WORD says so. */
static gboolean
end (Sending           *self,
     const CfoilAction *action,
     const Word        *word,
     GError           **error)
{
  return cfoil_intake_end_action_with (self->run->intake, action->action_id, word->answer->status, word->answer->text,
                                       &word->object.observation, error);
}

static CfoilAmazonAnswer *
send (Sending           *self,
      const CfoilAction *action,
      GError           **error)
{
  CfoilAmazonRun *run = self->run;

  if (self->answer->accepts)
    return cfoil_amazon_client_patch (run->client, CFOIL_AMAZON_UPDATE_DISPUTE, "disputes", self->answer->dispute_id,
                                      action->request, run->cancellable, error);
  return cfoil_amazon_client_post (run->client, CFOIL_AMAZON_CONTEST_DISPUTE, "disputes", self->answer->dispute_id, "contest",
                                   action->request, action->idempotency_key, run->cancellable, error);
}

/* Not every merchant's key may accept; every merchant may in Seller Central. */
static GError *
explain_refusal (Sending *self,
                 GError  *failure)
{
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (failure);
  const char *reason = detail != NULL ? detail->reason_code : NULL;
  GError *explained;

  if (!self->answer->accepts || (g_strcmp0 (reason, "UnauthorizedAccess") != 0 && cfoil_amazon_failure_get_status (failure) != 405))
    return failure;
  explained = cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_HAND_OFF, detail->http_status, reason, detail->request_id,
                                        "This account may not accept disputes by the API (%s); accept it in Seller Central", reason);
  g_error_free (failure);
  return explained;
}

/* One of the reasons may be that the service lost a file, or never had it. */
static gboolean
forget_files (Sending *self,
              GError **error)
{
  for (guint i = 0; i < self->answer->n_items; i++)
    if (self->file_ids[i] != NULL && !cfoil_amazon_answer_file_forget (self->run, self->answer, i, error))
      return FALSE;
  return TRUE;
}

/* A former try whose answer was lost may be why this one was refused. */
static gboolean
look_again (Sending           *self,
            const CfoilAction *action,
            GError            *failure,
            GError           **error)
{
  guint status = cfoil_amazon_failure_get_status (failure);
  g_auto (Word) word = { NULL };

  if (cfoil_amazon_answer_is_refusal (failure))
    {
      if (ask (self, &word, NULL) && is_done (self, &word))
        {
          g_error_free (failure);
          return end (self, action, &word, error);
        }
      if (!cfoil_intake_end_action (self->run->intake, action->action_id, status, failure->message, error) ||
          (failure->code == CFOIL_PROVIDER_ERROR_REJECTED && !forget_files (self, error)))
        {
          g_error_free (failure);
          return FALSE;
        }
    }
  g_propagate_error (error, explain_refusal (self, failure));
  return FALSE;
}

static gboolean
say (Sending *self,
     GError **error)
{
  g_autoptr (CfoilAction) action = begin (self, error);
  g_auto (Word) word = { NULL };
  g_auto (Word) asked = { NULL };
  GError *failure = NULL;

  if (action == NULL)
    return FALSE;
  cfoil_intake_progress (self->run->intake, "answer", 0, 1);
  word.answer = send (self, action, &failure);
  if (word.answer == NULL)
    return look_again (self, action, failure, error);
  cfoil_intake_progress (self->run->intake, "answer", 1, 1);
  if (read_word (self, &word, NULL))
    return end (self, action, &word, error);
  /* It was taken, but what came back is no dispute: how it stands now is asked for. */
  if (ask (self, &asked, NULL))
    return end (self, action, &asked, error);
  return cfoil_intake_end_action (self->run->intake, action->action_id, word.answer->status, word.answer->text, error);
}

/* --- files --- */

static gboolean
find_files (Sending *self,
            GError **error)
{
  for (guint i = 0; i < self->answer->n_items; i++)
    if (self->answer->items[i].path != NULL &&
        !cfoil_amazon_answer_file_find (self->run, self->answer, i, &self->file_ids[i], error))
      return FALSE;
  return TRUE;
}

/* All of them before the first byte goes out. */
static gboolean
check_files (Sending *self,
             GError **error)
{
  for (guint i = 0; i < self->answer->n_items; i++)
    if (self->answer->items[i].path != NULL && self->file_ids[i] == NULL &&
        !cfoil_amazon_answer_file_check (&self->answer->items[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
upload_files (Sending *self,
              GError **error)
{
  const CfoilAnswer *answer = self->answer;
  guint64 done = 0, total = 0;

  for (guint i = 0; i < answer->n_items; i++)
    total += answer->items[i].path != NULL ? (guint64) answer->items[i].n_bytes : 0;
  for (guint i = 0; i < answer->n_items; i++)
    {
      if (answer->items[i].path == NULL)
        continue;
      cfoil_intake_progress (self->run->intake, "upload", done, total);
      if (self->file_ids[i] == NULL &&
          !cfoil_amazon_answer_file_upload (self->run, answer, i, done, total, &self->file_ids[i], error))
        return FALSE;
      done += (guint64) answer->items[i].n_bytes;
    }
  cfoil_intake_progress (self->run->intake, "upload", done, total);
  return TRUE;
}

static gboolean
deliver (Sending *self,
         GError **error)
{
  g_auto (Word) word = { NULL };

  if (!find_files (self, error) || !ask (self, &word, error))
    return FALSE;
  if (is_done (self, &word))
    {
      g_autoptr (CfoilAction) action = begin (self, error);

      return action != NULL && end (self, action, &word, error);
    }
  /* What it is like now is worth knowing, whatever becomes of the answer. */
  return cfoil_intake_put_observation (self->run->intake, &word.object.observation, error) &&
         check_waits (&word, error) &&
         check_files (self, error) &&
         upload_files (self, error) &&
         say (self, error);
}

gboolean
cfoil_amazon_answer_dispute (CfoilAmazonRun    *run,
                             const CfoilAnswer *answer,
                             GError           **error)
{
  Sending self = { run, answer, NULL };
  g_autoptr (GError) failure = NULL;
  gboolean ok;

  g_return_val_if_fail (answer->dispute_id != NULL && answer->answer_id != NULL, FALSE);
  g_return_val_if_fail (answer->accepts || answer->n_items > 0, FALSE);

  if (!cfoil_intake_begin_feed (run->intake, "objects", error))
    return FALSE;
  self.file_ids = g_new0 (char *, answer->n_items + 1);
  ok = deliver (&self, &failure);
  /* What is wrong with one answer is not wrong with the feed. */
  if (ok || cfoil_amazon_failure_is_of_feed (failure) || cfoil_amazon_failure_is_fatal (failure))
    ok = cfoil_intake_end_feed (run->intake, NULL, failure == NULL ? &failure : NULL) && ok;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  for (guint i = 0; i < answer->n_items; i++)
    g_free (self.file_ids[i]);
  g_free (self.file_ids);
  return ok;
}
