/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-words.h"

#include "cfoil-currency.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Below these, the smaller unit says more. */
#define HOURS_IN_MINUTES 2
#define DAYS_IN_HOURS 3

/* Amazon Pay's word for a second round; the first may have been answered elsewhere. */
#define MORE_EVIDENCE "MerchantAdditionalEvidencesRequired"

char *
cfoil_case_words_title (const CfoilCase *record)
{
  const char *kind = _(cfoil_case_kind_get_title (record->kind));

  if (record->reason == CFOIL_REASON_UNKNOWN)
    return g_strdup (kind);
  /* Translators: the kind of a dispute, and the reason: "Chargeback: Product not received" */
  return g_strdup_printf (_("%s: %s"), kind, _(cfoil_reason_get_title (record->reason)));
}

char *
cfoil_case_words_claim (const CfoilCase *record)
{
  g_autofree char *code = cfoil_shown_text (record->provider_reason);
  const char *claim = _(cfoil_reason_get_claim (record->reason));

  return code != NULL ? g_strdup_printf ("%s (%s)", claim, code) : g_strdup (claim);
}

char *
cfoil_case_words_amount (const CfoilCase *record)
{
  if (record->amount_minor == CFOIL_UNKNOWN || record->currency == NULL)
    return g_strdup (CFOIL_WORDS_NONE);
  return cfoil_currency_format (record->amount_minor, record->currency);
}

char *
cfoil_case_words_time (gint64     us,
                       GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *time = cfoil_words_date_time (us, zone);

  if (local == NULL)
    return g_steal_pointer (&time);
  return g_strdup_printf ("%s %s", time, g_date_time_get_timezone_abbreviation (local));
}

static char *
distance_ahead (gint64 minutes)
{
  gint64 hours = minutes / 60;

  if (hours < HOURS_IN_MINUTES)
    return g_strdup_printf (ngettext ("in %d minute", "in %d minutes", (gulong) minutes), (int) minutes);
  if (hours < DAYS_IN_HOURS * 24)
    return g_strdup_printf (ngettext ("in %d hour", "in %d hours", (gulong) hours), (int) hours);
  return g_strdup_printf (ngettext ("in %d day", "in %d days", (gulong) (hours / 24)), (int) (hours / 24));
}

static char *
distance_behind (gint64 minutes)
{
  gint64 hours = minutes / 60;

  if (hours < HOURS_IN_MINUTES)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong) minutes), (int) minutes);
  if (hours < DAYS_IN_HOURS * 24)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", (gulong) hours), (int) hours);
  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) (hours / 24)), (int) (hours / 24));
}

char *
cfoil_case_words_distance (gint64 us,
                           gint64 now_us)
{
  gint64 minutes = (us - now_us) / G_TIME_SPAN_MINUTE;

  return us >= now_us ? distance_ahead (minutes) : distance_behind (-minutes);
}

const char *
cfoil_case_words_urgency (CfoilUrgency urgency)
{
  switch (urgency)
    {
    case CFOIL_URGENCY_URGENT:
      return C_ ("a deadline", "Urgent");
    case CFOIL_URGENCY_CRITICAL:
      return C_ ("a deadline", "Critical");
    case CFOIL_URGENCY_OVERDUE:
      return C_ ("a deadline", "Overdue");
    case CFOIL_URGENCY_NONE:
    case CFOIL_URGENCY_NORMAL:
    default:
      return NULL;
    }
}

const char *
cfoil_case_urgency_class (CfoilUrgency urgency)
{
  if (urgency == CFOIL_URGENCY_URGENT)
    return "warning";
  return urgency == CFOIL_URGENCY_CRITICAL || urgency == CFOIL_URGENCY_OVERDUE ? "error" : NULL;
}

const char *
cfoil_case_urgency_icon (CfoilUrgency urgency)
{
  if (urgency == CFOIL_URGENCY_URGENT)
    return "alarm-symbolic";
  return urgency == CFOIL_URGENCY_CRITICAL || urgency == CFOIL_URGENCY_OVERDUE ? "dialog-warning-symbolic" : NULL;
}

static const char *
submission_words (const CfoilCase *record)
{
  switch (record->submission)
    {
    case CFOIL_SUBMISSION_WAITING:
      return C_ ("state of a dispute", "Not yet delivered");
    case CFOIL_SUBMISSION_SENDING:
      return C_ ("state of a dispute", "Being delivered");
    case CFOIL_SUBMISSION_DELIVERED:
      return C_ ("state of a dispute", "Answered");
    case CFOIL_SUBMISSION_FAILED:
      return C_ ("state of a dispute", "Sending failed");
    case CFOIL_SUBMISSION_NONE:
    case CFOIL_SUBMISSION_WITHDRAWN:
    default:
      return C_ ("state of a dispute", "Needs an answer");
    }
}

const char *
cfoil_case_words_state (const CfoilCase *record)
{
  if (record->outcome != CFOIL_CASE_OUTCOME_NONE)
    return _(cfoil_case_outcome_get_title (record->outcome));
  switch (record->state)
    {
    case CFOIL_STATE_NEEDS_RESPONSE:
      return submission_words (record);
    case CFOIL_STATE_WAITING_OTHER:
      return C_ ("state of a dispute", "Waiting for the other side");
    case CFOIL_STATE_UNDER_REVIEW:
      return C_ ("state of a dispute", "Under review");
    case CFOIL_STATE_WON:
      return C_ ("state of a dispute", "Won");
    case CFOIL_STATE_LOST:
      return C_ ("state of a dispute", "Lost");
    case CFOIL_STATE_CLOSED_NEUTRAL:
      return C_ ("state of a dispute", "Closed");
    default:
      return C_ ("state of a dispute", "Not known");
    }
}

const char *
cfoil_case_state_class (const CfoilCase *record)
{
  if (cfoil_case_is_in_view (record, CFOIL_CASES_WON))
    return "success";
  if (cfoil_case_is_in_view (record, CFOIL_CASES_LOST) || record->submission == CFOIL_SUBMISSION_FAILED)
    return "error";
  if (cfoil_case_needs_answer (record) || record->submission == CFOIL_SUBMISSION_WAITING)
    return "warning";
  return NULL;
}

char *
cfoil_case_words_draft (const CfoilCase *record)
{
  if (!cfoil_case_is_in_view (record, CFOIL_CASES_DRAFTS))
    return NULL;
  if (record->draft_wanted == 0)
    return g_strdup (_("Draft begun"));
  /* Translators: so many of so many things are there. */
  return g_strdup_printf (_("Draft: %u of %u"), record->draft_done, record->draft_wanted);
}

char *
cfoil_case_words_wanted (const CfoilCase *record)
{
  g_autofree char *code = cfoil_shown_text (record->state_reason);
  const char *words;

  if (record->state != CFOIL_STATE_NEEDS_RESPONSE || record->outcome != CFOIL_CASE_OUTCOME_NONE)
    return NULL;
  if (record->round > 1 || (record->state_reason != NULL && g_ascii_strcasecmp (record->state_reason, MORE_EVIDENCE) == 0))
    words = _("Second round: your answer is there, and the provider asks for more evidence.");
  else if (record->is_by_hand)
    words = _("The provider awaits your answer on its own site.");
  else
    words = _("The provider awaits your evidence, or that you accept.");
  return code != NULL ? g_strdup_printf ("%s (%s)", words, code) : g_strdup (words);
}

const char *
cfoil_case_view_get_title (CfoilCaseView view)
{
  static const char *const titles[CFOIL_N_CASE_VIEWS] = {
    [CFOIL_CASES_NEED_ANSWER] = N_ ("Needs Answer"), [CFOIL_CASES_DRAFTS] = N_ ("Drafts"),
    [CFOIL_CASES_SUBMITTED] = N_ ("Submitted"),      [CFOIL_CASES_WON] = NC_ ("disputes", "Won"),
    [CFOIL_CASES_LOST] = NC_ ("disputes", "Lost"),   [CFOIL_CASES_ALL] = NC_ ("disputes", "All"),
  };

  g_return_val_if_fail (view < CFOIL_N_CASE_VIEWS, "");

  return view <= CFOIL_CASES_SUBMITTED ? _(titles[view]) : g_dpgettext2 (NULL, "disputes", titles[view]);
}

const char *
cfoil_case_words_event (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *words;
  } events[] = {
    { "note", N_ ("Note") },
    { "contact", N_ ("Contact with the buyer") },
    { "handler", N_ ("Who handles it") },
    { "state", N_ ("New state") },
    { "deadline", N_ ("Deadline") },
    { "found", N_ ("Became known") },
    { "draft", N_ ("Draft") },
    { "sent", N_ ("Answer handed over for sending") },
    { "delivered", N_ ("Answer delivered") },
    { "failed", N_ ("Sending failed") },
    { "accepted", N_ ("Accepted") },
    { "withdrawn", N_ ("Answer withdrawn") },
    { "merged", N_ ("Merged") },
    { "said", N_ ("Entered by hand") },
    { "file", N_ ("File") },
    { "export", N_ ("Export") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_str_equal (events[i].kind, kind))
      return _(events[i].words);
  return _("Other");
}

const char *
cfoil_case_words_route (const char *route)
{
  static const struct
  {
    const char *route;
    const char *words;
  } routes[] = {
    { "object", N_ ("Asked of the provider by its ID") },
    { "settlement", N_ ("Settlement report") },
    { "refund_report", N_ ("Refund report") },
    { "notification", N_ ("Notification of the provider") },
    { "typed", N_ ("ID typed in") },
    { "email", N_ ("E-mail of the provider") },
    { "hand", N_ ("Recorded by hand") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].route, route))
      return _(routes[i].words);
  return _("Another source");
}
