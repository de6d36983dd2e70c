/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-words.h"

#include "cfoil-currency.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>

static const char *const type_words[CFOIL_N_TYPES] = {
  [CFOIL_TYPE_OTHER] = NC_ ("type of a transaction", "Other"),
  [CFOIL_TYPE_CHARGE] = NC_ ("type of a transaction", "Payment"),
  [CFOIL_TYPE_REFUND] = NC_ ("type of a transaction", "Refund"),
  [CFOIL_TYPE_CHARGEBACK] = NC_ ("type of a transaction", "Chargeback"),
  [CFOIL_TYPE_CLAIM] = NC_ ("type of a transaction", "Buyer claim"),
  [CFOIL_TYPE_DISPUTE_FEE] = NC_ ("type of a transaction", "Dispute fee"),
  [CFOIL_TYPE_TRANSFER] = NC_ ("type of a transaction", "Payout"),
  [CFOIL_TYPE_RESERVE] = NC_ ("type of a transaction", "Reserve"),
  [CFOIL_TYPE_CARRYOVER] = NC_ ("type of a transaction", "Carry-over"),
  [CFOIL_TYPE_ADJUSTMENT] = NC_ ("type of a transaction", "Adjustment"),
  [CFOIL_TYPE_AUTHORIZATION_FEE] = NC_ ("type of a transaction", "Authorization fee"),
};

static const char *const state_words[CFOIL_N_STATES] = {
  [CFOIL_STATE_NONE] = NC_ ("state of a transaction", "Posted"),
  [CFOIL_STATE_OTHER] = NC_ ("state of a transaction", "Other"),
  [CFOIL_STATE_PENDING] = NC_ ("state of a transaction", "Pending"),
  [CFOIL_STATE_AUTHORIZED] = NC_ ("state of a transaction", "Authorized"),
  [CFOIL_STATE_CAPTURING] = NC_ ("state of a transaction", "Capturing"),
  [CFOIL_STATE_CAPTURED] = NC_ ("state of a transaction", "Captured"),
  [CFOIL_STATE_DECLINED] = NC_ ("state of a transaction", "Declined"),
  [CFOIL_STATE_CANCELED] = NC_ ("state of a transaction", "Canceled"),
  [CFOIL_STATE_REFUNDED] = NC_ ("state of a transaction", "Refunded"),
  [CFOIL_STATE_OPEN] = NC_ ("state of a transaction", "Open"),
  [CFOIL_STATE_BLOCKED] = NC_ ("state of a transaction", "Blocked"),
  [CFOIL_STATE_CLOSED] = NC_ ("state of a transaction", "Closed"),
  [CFOIL_STATE_NEEDS_RESPONSE] = NC_ ("state of a transaction", "Needs response"),
  [CFOIL_STATE_WAITING_OTHER] = NC_ ("state of a transaction", "Waiting for others"),
  [CFOIL_STATE_UNDER_REVIEW] = NC_ ("state of a transaction", "Under review"),
  [CFOIL_STATE_WON] = NC_ ("state of a transaction", "Won"),
  [CFOIL_STATE_LOST] = NC_ ("state of a transaction", "Lost"),
  [CFOIL_STATE_CLOSED_NEUTRAL] = NC_ ("state of a transaction", "Closed"),
};

static const struct
{
  const char *kind;
  const char *words;
} exception_words[] = {
  { "bad_row", N_ ("Row that cannot be read") },
  { "unknown_type", N_ ("Unknown type of transaction") },
  { "unknown_state", N_ ("Unknown state") },
  { "unknown_column", N_ ("Unknown column") },
  { "arithmetic", N_ ("Amounts that do not add up") },
  { "dispute_id", N_ ("Dispute without a usable ID") },
  { "bad_object", N_ ("Object that cannot be read") },
  { "conflict", N_ ("Sources that contradict each other") },
};

static const struct
{
  const char *region;
  const char *words;
} region_words[] = {
  { "na", N_ ("North America") },
  { "us", N_ ("North America") },
  { "eu", N_ ("Europe") },
  { "de", N_ ("Europe") },
  { "uk", N_ ("Europe") },
  { "jp", N_ ("Japan") },
};

const char *
cfoil_words_type_of (gint64      type,
                     const char *provider_type)
{
  gboolean is_known = type >= 0 && type < CFOIL_N_TYPES;

  if ((type == CFOIL_TYPE_OTHER || !is_known) && provider_type != NULL)
    return provider_type;
  return is_known ? g_dpgettext2 (NULL, "type of a transaction", type_words[type]) : CFOIL_WORDS_NONE;
}

const char *
cfoil_words_state_of (gint64      state,
                      const char *provider_state)
{
  gboolean is_known = state >= 0 && state < CFOIL_N_STATES;

  if ((state == CFOIL_STATE_OTHER || !is_known) && provider_state != NULL)
    return provider_state;
  return is_known ? g_dpgettext2 (NULL, "state of a transaction", state_words[state]) : CFOIL_WORDS_NONE;
}

const char *
cfoil_words_type (const CfoilRecord *record)
{
  return cfoil_words_type_of (cfoil_record_get_number (record, CFOIL_FIELD_TYPE),
                              cfoil_record_get_text (record, CFOIL_FIELD_PROVIDER_TYPE));
}

const char *
cfoil_words_state (const CfoilRecord *record)
{
  return cfoil_words_state_of (cfoil_record_get_number (record, CFOIL_FIELD_STATE),
                               cfoil_record_get_text (record, CFOIL_FIELD_PROVIDER_STATE));
}

const char *
cfoil_words_exception (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (exception_words); i++)
    if (g_strcmp0 (exception_words[i].kind, kind) == 0)
      return _(exception_words[i].words);
  return kind;
}

const char *
cfoil_words_region (const char *region)
{
  for (guint i = 0; i < G_N_ELEMENTS (region_words); i++)
    if (g_strcmp0 (region_words[i].region, region) == 0)
      return _(region_words[i].words);
  return region;
}

char *
cfoil_words_number (gint64 number)
{
  /* A currency without decimals: the grouping of the user's language, which
   * printf only knows where the system has the locale installed. */
  return cfoil_currency_format_plain (number, "JPY");
}

static char *
format_time (gint64      us,
             GTimeZone  *zone,
             const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, format) : g_strdup (CFOIL_WORDS_NONE);
}

char *
cfoil_words_date_time (gint64     us,
                       GTimeZone *zone)
{
  /* Translators: date and time in lists, as short as is usual; the letters are
   * those of g_date_time_format (), for example "21 Nov 2026, 20:16". */
  return format_time (us, zone, C_ ("date and time", "%-e %b %Y, %H:%M"));
}

char *
cfoil_words_date (gint64     us,
                  GTimeZone *zone)
{
  /* Translators: a date, for example "21 Nov 2026"; see g_date_time_format (). */
  return format_time (us, zone, C_ ("date", "%-e %b %Y"));
}

char *
cfoil_words_date_time_iso (gint64     us,
                           GTimeZone *zone)
{
  return format_time (us, zone, "%Y-%m-%dT%H:%M:%S%:z");
}

char *
cfoil_words_fresh (gint64     fresh_us,
                   gint64     now_us,
                   GTimeZone *zone)
{
  gint64 minutes = (now_us - fresh_us) / (60 * G_USEC_PER_SEC);
  g_autofree char *when = NULL;

  if (minutes < 1)
    return g_strdup (_("Up to date as of just now"));
  if (minutes < 60)
    /* Translators: %d is a number of minutes. */
    return g_strdup_printf (ngettext ("Up to date as of %d minute ago",
                                      "Up to date as of %d minutes ago", (gulong) minutes),
                            (int) minutes);
  if (minutes < 24 * 60)
    /* Translators: %d is a number of hours. */
    return g_strdup_printf (ngettext ("Up to date as of %d hour ago",
                                      "Up to date as of %d hours ago", (gulong) (minutes / 60)),
                            (int) (minutes / 60));
  when = cfoil_words_date_time (fresh_us, zone);
  /* Translators: %s is a date and time. */
  return g_strdup_printf (_("Up to date as of %s"), when);
}

char *
cfoil_words_time_left (int seconds)
{
  if (seconds < 60)
    /* Translators: %d is a number of seconds. */
    return g_strdup_printf (ngettext ("%d second left", "%d seconds left", (gulong) seconds), seconds);
  if (seconds < 3600)
    /* Translators: %d is a number of minutes. */
    return g_strdup_printf (ngettext ("about %d minute left", "about %d minutes left", (gulong) (seconds + 30) / 60),
                            (seconds + 30) / 60);
  /* Translators: %d is a number of hours. */
  return g_strdup_printf (ngettext ("about %d hour left", "about %d hours left", (gulong) (seconds + 1800) / 3600),
                          (seconds + 1800) / 3600);
}

char *
cfoil_words_keep_signs (const char *text)
{
  g_autoptr (GString) kept = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c), next = g_utf8_get_char (g_utf8_next_char (c));

      g_string_append_unichar (kept, letter);
      /* Before a digit there is no break anyway, and after a sum's own minus there is a blank. */
      if (letter == 0x2212 && next != '\0' && !g_unichar_isdigit (next) && !g_unichar_isspace (next))
        g_string_append_unichar (kept, 0x2060);
    }
  return g_strdup (kept->str);
}

char *
cfoil_words_progress (CfoilOperation *operation,
                      const char     *what)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  guint64 done = cfoil_operation_get_done (operation), total = cfoil_operation_get_total (operation);
  double rate = cfoil_operation_get_rate (operation);
  int time_left = cfoil_operation_get_time_left (operation);

  if (what != NULL)
    g_ptr_array_add (parts, g_strdup (what));
  if (done > 0 || total > 0)
    {
      g_autofree char *done_text = cfoil_words_number ((gint64) done);
      g_autofree char *total_text = cfoil_words_number ((gint64) total);

      /* Translators: so many done of so many, for example "1,200 of 5,000". */
      g_ptr_array_add (parts, total > 0 ? g_strdup_printf (_("%s of %s"), done_text, total_text) : g_strdup (done_text));
    }
  if (rate >= 1)
    {
      g_autofree char *rate_text = cfoil_words_number ((gint64) rate);

      /* Translators: %s is a number: of rows or objects in a second. */
      g_ptr_array_add (parts, g_strdup_printf (_("%s per second"), rate_text));
    }
  if (time_left >= 0)
    g_ptr_array_add (parts, cfoil_words_time_left (time_left));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

const char *
cfoil_words_error (const GError *error)
{
  return g_dgettext (GETTEXT_PACKAGE, cfoil_error_advice (cfoil_error_to_name (error)));
}

char *
cfoil_words_error_details (const GError *error)
{
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (error);
  GString *text = g_string_new (error->message);

  if (detail != NULL && detail->http_status != 0)
    g_string_append_printf (text, "\nHTTP %u", detail->http_status);
  if (detail != NULL && detail->reason_code != NULL)
    g_string_append_printf (text, "\n%s", detail->reason_code);
  if (detail != NULL && detail->request_id != NULL)
    g_string_append_printf (text, "\n%s", detail->request_id);
  return g_string_free (text, FALSE);
}
