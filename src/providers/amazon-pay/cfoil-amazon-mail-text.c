/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-mail-text.h"

#include "cfoil-currency.h"
#include "cfoil-money.h"

#include <string.h>

/* What the text of a mail names.  Patterns are those of Amazon Pay's ids: a letter and
 * two digits, twice seven digits, and for parts of an order a letter and six digits. */

#define ORDER "[A-Z][0-9]{2}-[0-9]{7}-[0-9]{7}"
#define MAX_IDS 20

/* The whole of an id only: longer ones are others. */
static char **
find_all (const char *text,
          const char *pattern)
{
  g_autofree char *whole = g_strdup_printf ("(?<![A-Za-z0-9-])(?:%s)(?![A-Za-z0-9-])", pattern);
  g_autoptr (GRegex) regex = g_regex_new (whole, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match) && g_hash_table_size (seen) < MAX_IDS)
    {
      char *id = g_match_info_fetch (match, 0);

      if (!g_hash_table_contains (seen, id))
        g_strv_builder_add (builder, id);
      g_hash_table_add (seen, id);
      g_match_info_next (match, NULL);
    }
  return g_strv_builder_end (builder);
}

/* Spaces, tags and marks that nobody sees are no part of what was written. */
char *
_cfoil_amazon_mail_from_html (const char *html)
{
  GString *text = g_string_new (NULL);
  const char *p = html;

  while (*p != '\0')
    {
      static const char *const skipped[] = { "<script", "<style", "<head", "<title", NULL };
      const char *end;
      gboolean is_skipped = FALSE;

      if (*p != '<')
        {
          g_string_append_c (text, *p++);
          continue;
        }
      for (guint i = 0; skipped[i] != NULL && !is_skipped; i++)
        is_skipped = g_ascii_strncasecmp (p, skipped[i], strlen (skipped[i])) == 0;
      end = is_skipped ? strstr (p + 1, "</") : p;
      end = end != NULL ? strchr (end, '>') : NULL;
      g_string_append_c (text, ' ');
      p = end != NULL ? end + 1 : p + strlen (p);
    }
  g_string_replace (text, "&nbsp;", " ", 0);
  g_string_replace (text, "&lt;", "<", 0);
  g_string_replace (text, "&gt;", ">", 0);
  g_string_replace (text, "&quot;", "\"", 0);
  g_string_replace (text, "&#8209;", "-", 0);
  g_string_replace (text, "&amp;", "&", 0);
  return g_string_free (text, FALSE);
}

static CfoilReason
find_reason (const char *text)
{
  static const struct
  {
    const char *words;
    CfoilReason reason;
  } table[] = {
    { "ProductNotReceived", CFOIL_REASON_NOT_RECEIVED },
    { "ProductUnacceptable", CFOIL_REASON_NOT_AS_DESCRIBED },
    { "ProductNoLongerNeeded", CFOIL_REASON_NO_LONGER_WANTED },
    { "CreditNotProcessed", CFOIL_REASON_CREDIT_NOT_PROCESSED },
    { "Overcharged", CFOIL_REASON_OVERCHARGED },
    { "DuplicateCharge", CFOIL_REASON_DUPLICATE },
    { "SubscriptionCancelled", CFOIL_REASON_SUBSCRIPTION_CANCELLED },
    { "Unrecognized", CFOIL_REASON_UNRECOGNIZED },
    { "Fraudulent", CFOIL_REASON_FRAUD },
    { "unauthorized transaction", CFOIL_REASON_FRAUD },
    { "unauthorised transaction", CFOIL_REASON_FRAUD },
    { "not received", CFOIL_REASON_NOT_RECEIVED },
  };
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = g_utf8_casefold (table[i].words, -1);

      if (strstr (folded, words) != NULL)
        return table[i].reason;
    }
  return CFOIL_REASON_UNKNOWN;
}

/* "USD 25.54": a sign alone does not name a currency. */
static void
find_amount (const char *text,
             CfoilMail  *mail)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\b([A-Z]{3})\\s?([0-9]{1,9}(?:\\.[0-9]{1,3})?)(?![0-9]|[.,][0-9])", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *currency = g_match_info_fetch (match, 1);
      g_autofree char *amount = g_match_info_fetch (match, 2);
      int exponent = cfoil_currency_exponent (currency);

      if (exponent >= 0 && cfoil_money_parse (amount, -1, exponent, &mail->amount_minor, NULL))
        {
          mail->currency = g_steal_pointer (&currency);
          return;
        }
      mail->amount_minor = CFOIL_UNKNOWN;
      g_match_info_next (match, NULL);
    }
}

static gboolean
is_about_claim (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\bA[- ]to[- ]z\\b", G_REGEX_CASELESS, 0, NULL);

  return g_regex_match (regex, text, 0, NULL);
}

void
_cfoil_amazon_mail_read_text (const char *text,
                              CfoilMail  *mail)
{
  mail->dispute_ids = find_all (text, ORDER "-B[0-9]{6}");
  mail->charge_ids = find_all (text, ORDER "-[AC][0-9]{6}");
  mail->order_ids = find_all (text, ORDER);
  mail->kind = is_about_claim (text) ? CFOIL_CASE_CLAIM : CFOIL_CASE_CHARGEBACK;
  mail->reason = find_reason (text);
  find_amount (text, mail);
}

char **
_cfoil_amazon_mail_list_hosts (const char *source)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\b(?:https?|ftp)://(?:[^/\\s\"'<>@]*@)?([^/\\s\"'<>:?#]+)", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GHashTable) hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_regex_match (regex, source, 0, &match);
  while (g_match_info_matches (match) && g_hash_table_size (hosts) < 1000)
    {
      g_autofree char *found = g_match_info_fetch (match, 1);
      char *host = g_ascii_strdown (found, -1);

      if (!g_hash_table_contains (hosts, host))
        g_strv_builder_add (builder, host);
      g_hash_table_add (hosts, host);
      g_match_info_next (match, NULL);
    }
  return g_strv_builder_end (builder);
}
