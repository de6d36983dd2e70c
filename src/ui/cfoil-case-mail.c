/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-mail.h"

#include "cfoil-case-words.h"
#include "cfoil-fact.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Mail programs take no longer links. */
#define MAX_BODY 1500
#define MAX_SUBJECT 200

gboolean
cfoil_case_mail_is_possible (const CfoilCase *record)
{
  const char *mail = record->buyer_email;
  const char *at = mail != NULL ? strchr (mail, '@') : NULL;

  if (at == NULL || at == mail || at[1] == '\0' || strchr (at + 1, '@') != NULL || !g_utf8_validate (mail, -1, NULL))
    return FALSE;
  for (const char *p = mail; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c <= ' ' || g_unichar_iscntrl (c) || g_unichar_isspace (c) || (c < 0x80 && strchr ("<>()[]\\,;:\"", (int) c) != NULL))
        return FALSE;
    }
  return TRUE;
}

/* What stands between braces; NULL: it is none of ours.  Templates are for letters, too:
 * of their facts a mail knows none, and "…" shows where a word is missing. */
static char *
dup_value (const CfoilCase *record,
           const char      *name,
           gint64           paid_us,
           GTimeZone       *zone)
{
  g_autofree char *value = NULL;
  g_autofree char *shown = NULL;
  CfoilFactKey fact;

  if (strcmp (name, "buyer") == 0)
    value = g_strdup (record->buyer_name);
  else if (strcmp (name, "reference") == 0)
    value = g_strdup (record->merchant_reference != NULL ? record->merchant_reference : record->order_reference);
  else if (strcmp (name, "amount") == 0)
    value = record->amount_minor != CFOIL_UNKNOWN ? cfoil_case_words_amount (record) : NULL;
  else if (strcmp (name, "date") == 0)
    value = paid_us != CFOIL_UNKNOWN ? cfoil_words_date (paid_us, zone) : NULL;
  else if (!cfoil_fact_key_from_name (name, &fact))
    return NULL;
  shown = cfoil_shown_text (value);
  return shown != NULL ? cfoil_shown_text_to_plain (shown) : g_strdup ("…");
}

static char *
fill_in (const CfoilCase *record,
         const char      *text,
         gint64           paid_us,
         GTimeZone       *zone)
{
  GString *filled = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = *text == '{' ? strchr (text, '}') : NULL;
      g_autofree char *name = end != NULL ? g_strndup (text + 1, (gsize) (end - text - 1)) : NULL;
      g_autofree char *value = name != NULL ? dup_value (record, name, paid_us, zone) : NULL;

      if (value != NULL)
        {
          g_string_append (filled, value);
          text = end + 1;
          continue;
        }
      g_string_append_unichar (filled, g_utf8_get_char (text));
      text = g_utf8_next_char (text);
    }
  return g_string_free (filled, FALSE);
}

static char *
usual_text (void)
{
  /* Translators: the beginning of a mail to the buyer.  Words in braces stay as they are. */
  return g_strdup (_("Your order {reference}\n\nDear {buyer},\n\nyou have disputed your payment of {amount} from {date}. "
                     "We would like to find out what went wrong and to put it right.\n\nKind regards\n"));
}

/* Takes the first paragraph off TEXT, if it is one line. */
static char *
take_subject (char **text)
{
  char *end = strchr (*text, '\n');
  char *subject;

  if (end == NULL || end[1] != '\n' || g_utf8_strlen (*text, end - *text) > MAX_SUBJECT)
    return g_strdup (_("Your order"));
  subject = g_strndup (*text, (gsize) (end - *text));
  *text = end + 2;
  return subject;
}

static char *
escape_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\r\n", lines);

  return g_uri_escape_string (joined, NULL, FALSE);
}

char *
cfoil_case_mail_compose (const CfoilCase        *record,
                         const CfoilLibraryItem *template,
                         gint64                  paid_us,
                         GTimeZone              *zone,
                         char                  **subject)
{
  g_autofree char *raw = template != NULL ? g_utf8_make_valid (template->text, -1) : usual_text ();
  g_autofree char *filled = fill_in (record, raw, paid_us, zone);
  g_autofree char *shown = cfoil_shown_lines (filled, MAX_BODY);
  g_autofree char *plain = cfoil_shown_text_to_plain (shown != NULL ? shown : "");
  char *body = plain;
  g_autofree char *first = take_subject (&body);
  g_autofree char *to = g_uri_escape_string (record->buyer_email, "@", FALSE);
  g_autofree char *escaped_subject = escape_text (first);
  g_autofree char *escaped_body = escape_text (body);

  if (subject != NULL)
    *subject = g_strdup (first);
  return g_strdup_printf ("mailto:%s?subject=%s&body=%s", to, escaped_subject, escaped_body);
}
