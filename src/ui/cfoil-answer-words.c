/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-words.h"

#include "cfoil-error.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)
/* Of files that were not taken, so many by name. */
#define MAX_FAILURES 10

char *
cfoil_answer_words_span (gint64 us)
{
  gint64 days = MAX (us, 0) / DAY_US, hours = MAX (us, 0) % DAY_US / HOUR_US, minutes = MAX (us, 0) % HOUR_US / MINUTE_US;
  /* Translators: %d is a number of days; as in "in 2 days" and "2 days and 3 hours". */
  g_autofree char *days_text = g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), (int) days);
  /* Translators: %d is a number of hours; as in "in 2 hours" and "2 days and 3 hours". */
  g_autofree char *hours_text = g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) hours), (int) hours);
  /* Translators: %d is a number of minutes; as in "in 2 minutes". */
  g_autofree char *minutes_text = g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), (int) minutes);

  if (days >= 4 || (days > 0 && hours == 0))
    return g_steal_pointer (&days_text);
  if (days > 0)
    /* Translators: two spans of time, "2 days and 3 hours". */
    return g_strdup_printf (_("%s and %s"), days_text, hours_text);
  if (hours > 0 && minutes > 0)
    /* Translators: two spans of time, "2 days and 3 hours". */
    return g_strdup_printf (_("%s and %s"), hours_text, minutes_text);
  if (hours > 0)
    return g_steal_pointer (&hours_text);
  return g_steal_pointer (&minutes_text);
}

char *
cfoil_answer_words_deadline (const CfoilCase *record,
                             CfoilWorkspace  *workspace,
                             gint64           now_us)
{
  const char *zone = cfoil_workspace_get_time_zone_name (workspace);
  g_autofree char *when = NULL;
  g_autofree char *span = NULL;

  if (record->due_us == CFOIL_UNKNOWN)
    {
      if (record->outcome != CFOIL_CASE_OUTCOME_NONE)
        /* Translators: %s is how a case ended: "Won", "Lost". */
        return g_strdup_printf (_("Decided: %s"), _(cfoil_case_outcome_get_title (record->outcome)));
      return g_strdup (_("No answer is awaited now"));
    }
  when = cfoil_words_date_time (record->due_us, cfoil_workspace_get_time_zone (workspace));
  if (record->due_us <= now_us)
    /* Translators: a date and time, and a time zone's name. */
    return g_strdup_printf (_("The time to respond ended on %s (%s)"), when, zone);
  span = cfoil_answer_words_span (record->due_us - now_us);
  if (record->due_is_estimate)
    /* Translators: a date and time, a time zone's name, and a span of time. */
    return g_strdup_printf (_("Respond by about %s (%s), in %s. This is an estimate."), when, zone, span);
  /* Translators: a date and time, a time zone's name, and a span of time. */
  return g_strdup_printf (_("Respond by %s (%s), in %s"), when, zone, span);
}

const CfoilSubmission *
cfoil_answer_find_submission (const CfoilDossier *dossier,
                              guint               round)
{
  const CfoilSubmission *found = NULL;

  for (guint i = 0; i < dossier->submissions->len; i++)
    {
      const CfoilSubmission *submission = dossier->submissions->pdata[i];

      if (submission->round == round)
        found = submission;
    }
  return found;
}

char *
cfoil_answer_words_seal (const CfoilDossier *dossier,
                         guint               round,
                         CfoilWorkspace     *workspace)
{
  const CfoilSubmission *submission = cfoil_answer_find_submission (dossier, round);
  g_autofree char *when = NULL;

  if (submission == NULL)
    return g_strdup (_("This answer can be read but no longer changed."));
  if (submission->state != CFOIL_SUBMISSION_DELIVERED)
    return g_strdup (_("This answer waits to be delivered. Take it back to change it."));
  when = cfoil_words_date_time (submission->ended_us, cfoil_workspace_get_time_zone (workspace));
  if (submission->accepts)
    /* Translators: %s is a date and time. */
    return g_strdup_printf (_("You accepted this case on %s. Nothing can be changed any more."), when);
  /* Translators: %d is a number of items, %s a date and time. */
  return g_strdup_printf (ngettext ("%d item was sent on %s. It can be read but no longer changed.",
                                    "%d items were sent on %s. They can be read but no longer changed.", submission->items->len),
                          (int) submission->items->len, when);
}

char *
cfoil_answer_words_percent (int      ppm,
                            gboolean round_up)
{
  return g_strdup_printf (_("%u %%"), (guint) (ppm + (round_up ? 9999 : 5000)) / 10000);
}

/* --- files that were not taken --- */

static const struct
{
  gboolean is_input; /* CFOIL_INPUT_ERROR, otherwise G_IO_ERROR */
  int code;
  const char *text;
} refusals[] = {
  { TRUE, CFOIL_INPUT_ERROR_TRUNCATED, N_ ("“%s” is empty.") },
  { TRUE, CFOIL_INPUT_ERROR_LIMIT, N_ ("“%s” is too large for an answer. Make it smaller, or leave pages out.") },
  { FALSE, G_IO_ERROR_NOT_REGULAR_FILE, N_ ("“%s” is no file. Choose a document or a picture.") },
  { FALSE, G_IO_ERROR_NOT_SUPPORTED, N_ ("“%s” is not on this computer. Save it in a folder first.") },
  { FALSE, G_IO_ERROR_NOT_FOUND, N_ ("“%s” is no longer where it was.") },
  { FALSE, G_IO_ERROR_PERMISSION_DENIED, N_ ("You are not allowed to read “%s”.") },
  { FALSE, G_IO_ERROR_NO_SPACE, N_ ("There is no room left on the disk for a copy of “%s”.") },
};

static char *
describe_failure (const CfoilFileFailure *failure)
{
  const char *text = N_ ("“%s” could not be read to its end. Add it again when nothing writes to it any more.");

  if (failure->name == NULL)
    return g_strdup_printf (_("An answer has at most %d exhibits. Put several files into one."), CFOIL_DRAFT_MAX_EXHIBITS);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_error_matches (failure->error, refusals[i].is_input ? CFOIL_INPUT_ERROR : G_IO_ERROR, refusals[i].code))
      text = refusals[i].text;
  if (failure->is_added)
    /* Translators: %s is the name of a file. */
    text = N_ ("“%s” was added, but could not be looked at. Its pages may be missing: remove it and add it again.");
  return g_strdup_printf (_(text), failure->name);
}

char *
cfoil_answer_words_failures (GPtrArray *failures)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < failures->len && i < MAX_FAILURES; i++)
    g_ptr_array_add (texts, describe_failure (failures->pdata[i]));
  if (failures->len > MAX_FAILURES)
    /* Translators: %u is a number of files. */
    g_ptr_array_add (texts, g_strdup_printf (ngettext ("%u more was not added.", "%u more were not added.",
                                                       failures->len - MAX_FAILURES), failures->len - MAX_FAILURES));
  g_ptr_array_add (texts, NULL);
  return g_strjoinv ("\n", (char **) texts->pdata);
}
