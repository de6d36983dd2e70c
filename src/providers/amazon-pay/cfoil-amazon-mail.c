/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-mail.h"

#include "cfoil-amazon-mail-text.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <gmime/gmime.h>
#include <string.h>

/* Headers, parts and links of a mail; GMime reads them. */

#define MAX_PARTS 200
#define MAX_TEXT (1024 * 1024)

/* Amazon writes from these and below them. */
static const char *const own_domains[] = {
  "amazon.com", "amazon.co.uk", "amazon.de", "amazon.fr", "amazon.it", "amazon.es", "amazon.co.jp",
  "amazon.nl", "amazon.se", "amazon.pl", "amazon.com.be", "amazonpay.com", NULL
};

typedef struct
{
  GString *words;    /* what a reader sees */
  GString *source;   /* the same with the addresses that links lead to */
  gboolean has_program;
  guint n_parts;
} Body;

static gboolean
is_own_host (const char *host)
{
  gsize length = strlen (host);

  for (guint i = 0; own_domains[i] != NULL; i++)
    {
      gsize own = strlen (own_domains[i]);

      if (length >= own && g_ascii_strcasecmp (host + length - own, own_domains[i]) == 0 &&
          (length == own || host[length - own - 1] == '.'))
        return TRUE;
    }
  return FALSE;
}

/* One line that can be shown. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0' && line->len < 400; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (line, c);
      else if (g_unichar_isspace (c))
        g_string_append_c (line, ' ');
    }
  return g_strstrip (g_string_free (line, FALSE));
}

static gboolean
runs (const char *name)
{
  static const char *const endings[] = {
    ".exe", ".scr", ".js", ".vbs", ".bat", ".cmd", ".com", ".msi", ".jar", ".ps1", ".lnk", ".hta", ".iso",
    ".html", ".htm", ".svg", ".docm", ".xlsm", NULL
  };
  g_autofree char *small = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  for (guint i = 0; small != NULL && endings[i] != NULL; i++)
    if (g_str_has_suffix (small, endings[i]))
      return TRUE;
  return FALSE;
}

static void
take_part (GMimeObject *parent,
           GMimeObject *part,
           gpointer     user_data)
{
  Body *body = user_data;
  GMimeContentType *type = g_mime_object_get_content_type (part);

  if (body->n_parts++ >= MAX_PARTS)
    return;
  if (GMIME_IS_PART (part) && runs (g_mime_part_get_filename (GMIME_PART (part))))
    body->has_program = TRUE;
  if (GMIME_IS_TEXT_PART (part) && body->source->len < MAX_TEXT)
    {
      g_autofree char *text = g_mime_text_part_get_text (GMIME_TEXT_PART (part));
      g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
      gboolean is_html = g_mime_content_type_is_type (type, "text", "html");
      g_autofree char *words = is_html ? _cfoil_amazon_mail_from_html (valid) : g_strdup (valid);

      g_string_append_printf (body->words, "%s\n", words);
      g_string_append_printf (body->source, "%s\n", valid);
    }
}

static const char *
get_first_address (InternetAddressList *list)
{
  InternetAddress *address = list != NULL && internet_address_list_length (list) > 0
                               ? internet_address_list_get_address (list, 0) : NULL;

  return INTERNET_ADDRESS_IS_MAILBOX (address) ? internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)) : NULL;
}

static const char *
get_host (const char *address)
{
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  return at != NULL ? at + 1 : "";
}

static void
doubt_authentication (GMimeMessage *message,
                      GStrvBuilder *doubts)
{
  const char *results = g_mime_object_get_header (GMIME_OBJECT (message), "Authentication-Results");
  static const char *const methods[] = { "dmarc", "dkim", "spf", NULL };

  for (guint i = 0; results != NULL && methods[i] != NULL; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("\\b%s\\s*=\\s*(?:fail|softfail|permerror|none)\\b", methods[i]);
      g_autofree char *text = NULL;

      if (!g_regex_match_simple (pattern, results, G_REGEX_CASELESS, 0))
        continue;
      text = g_strdup_printf (_("Your mail server could not verify the sender (%s)"), methods[i]);
      g_strv_builder_add (doubts, text);
    }
}

static void
doubt_sender (GMimeMessage *message,
              const char   *sender,
              GStrvBuilder *doubts)
{
  const char *reply = get_first_address (g_mime_message_get_reply_to (message));
  g_autofree char *text = NULL;

  if (*sender == '\0')
    g_strv_builder_add (doubts, _("It does not say who sent it"));
  else if (!is_own_host (get_host (sender)))
    {
      text = g_strdup_printf (_("It comes from %s, which is no address of Amazon’s"), sender);
      g_strv_builder_add (doubts, text);
    }
  if (reply != NULL && !is_own_host (get_host (reply)))
    {
      g_autofree char *clean_reply = clean (reply);
      g_autofree char *more = g_strdup_printf (_("Answers to it would go to %s, which is no address of Amazon’s"), clean_reply);

      g_strv_builder_add (doubts, more);
    }
}

static void
doubt_body (const Body   *body,
            GStrvBuilder *doubts)
{
  g_auto (GStrv) hosts = _cfoil_amazon_mail_list_hosts (body->source->str);
  g_autoptr (GString) foreign = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; hosts[i] != NULL; i++)
    if (!is_own_host (hosts[i]) && n++ < 3)
      {
        g_autofree char *shown = clean (hosts[i]);

        g_string_append_printf (foreign, "%s%s", foreign->len > 0 ? ", " : "", shown);
      }
  if (n > 0)
    {
      g_autofree char *text = g_strdup_printf (n > 3 ? _("It has links that lead elsewhere: %s and more")
                                                     : _("It has links that lead elsewhere: %s"), foreign->str);

      g_strv_builder_add (doubts, text);
    }
  if (body->has_program)
    g_strv_builder_add (doubts, _("It has an attachment that could run a program"));
  if (body->n_parts > MAX_PARTS)
    g_strv_builder_add (doubts, _("It has more parts than a real one would have"));
}

static GMimeMessage *
parse (GBytes  *bytes,
       GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  GMimeStream *stream;
  GMimeParser *parser;
  GMimeMessage *message;

  if (length > CFOIL_AMAZON_MAIL_MAX)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "The mail is too long");
      return NULL;
    }
  g_mime_init ();
  stream = g_mime_stream_mem_new_with_buffer (data, length);
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);
  g_object_unref (parser);
  g_object_unref (stream);
  /* GMime makes a message of anything. */
  if (message == NULL || g_mime_object_get_header (GMIME_OBJECT (message), "From") == NULL ||
      (g_mime_message_get_subject (message) == NULL && g_mime_message_get_date (message) == NULL))
    {
      g_clear_object (&message);
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "This is no e-mail with its headers; save it as a file (.eml)");
    }
  return message;
}

CfoilMail *
cfoil_amazon_mail_parse (GBytes  *bytes,
                         GError **error)
{
  g_autoptr (GStrvBuilder) doubts = g_strv_builder_new ();
  GMimeMessage *message = parse (bytes, error);
  Body body = { g_string_new (NULL), g_string_new (NULL), FALSE, 0 };
  CfoilMail *mail = NULL;

  if (message != NULL)
    {
      GDateTime *date = g_mime_message_get_date (message);

      mail = g_new0 (CfoilMail, 1);
      mail->amount_minor = mail->due_us = mail->sent_us = CFOIL_UNKNOWN;
      mail->subject = clean (g_mime_message_get_subject (message));
      mail->sender = clean (get_first_address (g_mime_message_get_from (message)));
      if (date != NULL)
        mail->sent_us = g_date_time_to_unix (date) * G_USEC_PER_SEC;
      g_mime_message_foreach (message, take_part, &body);
      g_string_prepend_c (body.words, '\n');
      g_string_prepend (body.words, mail->subject);
      _cfoil_amazon_mail_read_text (body.words->str, mail);
      doubt_sender (message, mail->sender, doubts);
      doubt_authentication (message, doubts);
      doubt_body (&body, doubts);
      mail->doubts = g_strv_builder_end (doubts);
      g_object_unref (message);
    }
  g_string_free (body.words, TRUE);
  g_string_free (body.source, TRUE);
  return mail;
}
