/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-words.h"

#include "cfoil-words.h"

#include <glib/gi18n.h>

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

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
  /* Translators: a percentage; some languages write a blank before the sign. */
  return g_strdup_printf (_("%d%%"), (ppm + (round_up ? 9999 : 5000)) / 10000);
}
