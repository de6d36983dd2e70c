/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-sync-answers.h"

#include "cfoil-error.h"
#include "cfoil-evidence-file.h"
#include "cfoil-submission.h"

static GPtrArray *
list_open (CfoilMirror *mirror,
           gint64       account_id,
           GError     **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);

  return reader != NULL ? cfoil_submission_list_open (reader, account_id, error) : NULL;
}

/* Whether some of it may be at the provider by now. */
static gboolean
is_begun (CfoilMirror *mirror,
          gint64       submission_id)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, NULL);
  g_autoptr (CfoilSubmission) submission = reader != NULL ? cfoil_submission_read (reader, submission_id, NULL) : NULL;

  return submission == NULL || submission->is_begun;
}

/* What a person has to do something about, as against what passes. */
static gboolean
is_final (const GError *failure)
{
  if (failure->domain == CFOIL_INPUT_ERROR)
    return TRUE;
  if (failure->domain != CFOIL_PROVIDER_ERROR)
    return FALSE;
  switch ((CfoilProviderErrorCode) failure->code)
    {
    case CFOIL_PROVIDER_ERROR_NOT_FOUND:
    case CFOIL_PROVIDER_ERROR_REJECTED:
    case CFOIL_PROVIDER_ERROR_TOO_LARGE:
    case CFOIL_PROVIDER_ERROR_FORBIDDEN_URL:
    case CFOIL_PROVIDER_ERROR_UNSUPPORTED:
    case CFOIL_PROVIDER_ERROR_HAND_OFF:
    case CFOIL_PROVIDER_ERROR_DEADLINE:
      return TRUE;
    case CFOIL_PROVIDER_ERROR_FAILED:
    case CFOIL_PROVIDER_ERROR_NETWORK:
    case CFOIL_PROVIDER_ERROR_TIMEOUT:
    case CFOIL_PROVIDER_ERROR_TLS:
    case CFOIL_PROVIDER_ERROR_AUTHENTICATION:
    case CFOIL_PROVIDER_ERROR_SIGNATURE:
    case CFOIL_PROVIDER_ERROR_CLOCK:
    case CFOIL_PROVIDER_ERROR_THROTTLED:
    case CFOIL_PROVIDER_ERROR_SERVER:
    case CFOIL_PROVIDER_ERROR_MALFORMED:
    case CFOIL_PROVIDER_ERROR_INCOMPLETE:
    case CFOIL_PROVIDER_ERROR_EXPIRED:
    case CFOIL_PROVIDER_ERROR_KEY:
    default:
      return FALSE;
    }
}

static gboolean
keep_failure (CfoilMirror      *mirror,
              gint64            submission_id,
              const GError     *failure,
              CfoilAnswerTally *tally,
              GError          **error)
{
  CfoilSubmissionState state = CFOIL_SUBMISSION_FAILED;

  if (!is_final (failure))
    state = is_begun (mirror, submission_id) ? CFOIL_SUBMISSION_SENDING : CFOIL_SUBMISSION_WAITING;
  if (state == CFOIL_SUBMISSION_FAILED)
    tally->n_failed++;
  else
    tally->n_waiting++;
  return cfoil_submission_set_state (mirror, submission_id, state, NULL, failure, error);
}

static void
clear_item (gpointer data)
{
  g_free ((char *) ((CfoilAnswerItem *) data)->path);
}

/* The items as the provider takes them, with paths. */
static GArray *
make_items (CfoilMirror           *mirror,
            const CfoilSubmission *submission)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (CfoilAnswerItem));

  g_array_set_clear_func (items, clear_item);
  for (guint i = 0; i < submission->items->len; i++)
    {
      const CfoilSubmissionItem *from = g_ptr_array_index (submission->items, i);
      CfoilAnswerItem item = {
        .type = from->type,
        .text = from->text,
        .path = from->sha256 != NULL ? cfoil_evidence_file_dup_path (mirror, from->sha256) : NULL,
        .sha256 = from->sha256,
        .file_type = from->file_type,
        .n_bytes = from->n_bytes,
      };

      g_array_append_val (items, item);
    }
  return items;
}

/* One try; *SAID (nullable) is what the provider said. */
static gboolean
deliver (CfoilMirror            *mirror,
         CfoilProvider          *provider,
         gint64                  account_id,
         const CfoilSubmission  *submission,
         CfoilIntakeProgressFunc progress,
         gpointer                user_data,
         char                  **said,
         GCancellable           *cancellable,
         GError                **error)
{
  g_autoptr (GArray) items = make_items (mirror, submission);
  g_autoptr (CfoilMirrorIntake) intake = NULL;
  CfoilAnswer answer = {
    .dispute_id = submission->dispute_id,
    .answer_id = submission->answer_id,
    .accepts = submission->accepts,
    .items = (const CfoilAnswerItem *) (gpointer) items->data,
    .n_items = items->len,
  };

  if (submission->dispute_id == NULL)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING,
                           "The provider’s id of the dispute is not known, so nobody can be told the answer");
      return FALSE;
    }
  intake = cfoil_mirror_intake_new (mirror, provider, account_id, progress, user_data, error);
  if (intake == NULL || !cfoil_provider_answer_dispute (provider, CFOIL_INTAKE (intake), &answer, cancellable, error))
    return FALSE;
  *said = cfoil_intake_dup_action_answer (CFOIL_INTAKE (intake), submission->accepts ? "accept" : "contest",
                                          submission->answer_id, NULL);
  return TRUE;
}

/* FALSE: the run ends. */
static gboolean
send_one (CfoilMirror            *mirror,
          CfoilProvider          *provider,
          gint64                  account_id,
          const CfoilSubmission  *submission,
          CfoilIntakeProgressFunc progress,
          gpointer                user_data,
          CfoilAnswerTally       *tally,
          GCancellable           *cancellable,
          GError                **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *said = NULL;

  /* Before the first byte: from here on nobody can take it back. */
  if (!cfoil_submission_set_state (mirror, submission->submission_id, CFOIL_SUBMISSION_SENDING, NULL, NULL, &failure))
    {
      if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_BUSY))
        return TRUE; /* somebody just did */
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (deliver (mirror, provider, account_id, submission, progress, user_data, &said, cancellable, &failure))
    {
      tally->n_delivered++;
      return cfoil_submission_set_state (mirror, submission->submission_id, CFOIL_SUBMISSION_DELIVERED, said, NULL, error);
    }
  g_debug ("answer %s: %s", submission->answer_id, failure->message);
  if (!keep_failure (mirror, submission->submission_id, failure, tally, error))
    return FALSE;
  if (failure->domain != G_IO_ERROR)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
cfoil_sync_answers (CfoilMirror            *mirror,
                    CfoilProvider          *provider,
                    gint64                  account_id,
                    CfoilIntakeProgressFunc progress,
                    gpointer                user_data,
                    CfoilAnswerTally       *tally,
                    GCancellable           *cancellable,
                    GError                **error)
{
  g_autoptr (GPtrArray) open = list_open (mirror, account_id, error);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    if (!send_one (mirror, provider, account_id, g_ptr_array_index (open, i), progress, user_data, tally, cancellable, error))
      return FALSE;
  return TRUE;
}

gboolean
cfoil_sync_answers_fail (CfoilMirror      *mirror,
                         gint64            account_id,
                         const GError     *failure,
                         CfoilAnswerTally *tally,
                         GError          **error)
{
  g_autoptr (GPtrArray) open = list_open (mirror, account_id, error);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    {
      const CfoilSubmission *submission = g_ptr_array_index (open, i);

      if (!keep_failure (mirror, submission->submission_id, failure, tally, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
cfoil_sync_answers_of_nobody (CfoilMirror      *mirror,
                              CfoilAnswerTally *tally,
                              GError          **error)
{
  g_autoptr (GError) failure = g_error_new_literal (CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT,
                                                    "The account of this answer was removed, so it cannot be sent; "
                                                    "add the account again, then try again");

  return cfoil_sync_answers_fail (mirror, 0, failure, tally, error);
}
