/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-private.h"
#include "cfoil-bank-value.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>

#include <string.h>

/* OFX 1 is SGML whose values have no end tags, OFX 2 is XML.  All that is wanted stands in a
 * tag and the text after it, so tags are read one after the other, without a tree.  Nothing
 * is ever declared or expanded but the five named characters and numbers. */
#define MAX_TAG 256
#define MAX_TEXT (64 * 1024)

typedef struct
{
  CfoilBankReading *reading;
  GString *tag;   /* of the text that is being read */
  GString *text;
  gboolean is_in_tag;
  GString *currency;
  GString *account;
  GString *date, *amount, *reference, *id, *words; /* of the entry */
  gboolean is_in_entry;
  gboolean is_ofx;
  guint64 n_entries;
} Parser;

static gboolean
fail (Parser     *self,
      const char *message,
      GError    **error)
{
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, _ ("Entry %lu of the OFX file: %s"), (gulong) self->n_entries + 1, message);
  return FALSE;
}

static gboolean
append_character (GString *out,
                  guint64  number)
{
  if (number < 0x20 || number > 0x10ffff || !g_unichar_validate ((gunichar) number))
    return FALSE;
  g_string_append_unichar (out, (gunichar) number);
  return TRUE;
}

/* At "&": what it stands for; FALSE: nothing, it is text. */
static gboolean
decode_entity (const char **at,
               GString     *out)
{
  static const struct { const char *name, *text; } named[] = {
    { "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" }, { "&nbsp;", " " }, { "&quot;", "\"" }, { "&apos;", "'" },
  };
  gboolean is_hex = g_str_has_prefix (*at, "&#x") || g_str_has_prefix (*at, "&#X");
  char *end;
  guint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (g_str_has_prefix (*at, named[i].name))
      {
        g_string_append (out, named[i].text);
        *at += strlen (named[i].name);
        return TRUE;
      }
  if ((*at)[1] != '#' || !g_ascii_isxdigit ((*at)[is_hex ? 3 : 2]))
    return FALSE;
  number = g_ascii_strtoull (*at + (is_hex ? 3 : 2), &end, is_hex ? 16 : 10);
  if (*end != ';' || !append_character (out, number))
    return FALSE;
  *at = end + 1;
  return TRUE;
}

static char *
decode (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *at = valid; *at != '\0';)
    if (*at != '&' || !decode_entity (&at, out))
      g_string_append_c (out, *at++);
  return g_string_free (out, FALSE);
}

static void
begin_entry (Parser *self)
{
  self->is_in_entry = TRUE;
  g_string_truncate (self->date, 0);
  g_string_truncate (self->amount, 0);
  g_string_truncate (self->reference, 0);
  g_string_truncate (self->id, 0);
  g_string_truncate (self->words, 0);
}

static gboolean
end_entry (Parser  *self,
           GError **error)
{
  int exponent = cfoil_currency_exponent (self->currency->str);
  CfoilBankEntry entry = { .currency = self->currency->str, .bank_account = *self->account->str != '\0' ? self->account->str : "ofx" };

  self->is_in_entry = FALSE;
  if (exponent < 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CURRENCY, _ ("The OFX file does not say in which currency it is (CURDEF)"));
      return FALSE;
    }
  if (!cfoil_bank_parse_day (self->date->str, CFOIL_BANK_DATES_YMD, &entry.day))
    return fail (self, _ ("it has no date"), error);
  if (!cfoil_bank_parse_amount (self->amount->str, cfoil_bank_guess_mark (self->amount->str) == ',' ? ',' : '.', exponent,
                                &entry.amount_minor, NULL))
    return fail (self, _ ("it has no amount"), error);
  /* The bank's own id stays, as words, so that the same entry is known again. */
  if (*self->reference->str == '\0')
    g_string_assign (self->reference, self->id->str);
  else
    cfoil_bank_append_words (self->words, self->id->str);
  entry.reference = self->reference->str;
  entry.text = self->words->str;
  entry.row_number = ++self->n_entries;
  return self->reading->func (&entry, self->reading->user_data, error);
}

/* A value: the tag and the text after it. */
static void
take_value (Parser     *self,
            const char *tag,
            const char *raw)
{
  g_autofree char *text = decode (raw);

  if (*g_strstrip (text) == '\0')
    return;
  if (g_str_equal (tag, "CURDEF"))
    {
      g_autofree char *currency = g_ascii_strup (text, 3);

      g_string_assign (self->currency, currency);
    }
  else if (g_str_equal (tag, "ACCTID"))
    {
      g_string_truncate (self->account, 0);
      cfoil_bank_append_words (self->account, text);
    }
  else if (!self->is_in_entry)
    return;
  else if (g_str_equal (tag, "DTPOSTED"))
    g_string_assign (self->date, text);
  else if (g_str_equal (tag, "TRNAMT"))
    g_string_assign (self->amount, text);
  else if (g_str_equal (tag, "FITID"))
    cfoil_bank_append_words (self->id, text);
  else if (g_str_equal (tag, "REFNUM") || g_str_equal (tag, "CHECKNUM"))
    cfoil_bank_append_words (self->reference, text);
  else if (g_str_equal (tag, "NAME") || g_str_equal (tag, "MEMO") || g_str_equal (tag, "PAYEE"))
    cfoil_bank_append_words (self->words, text);
}

/* A tag is whole; the text before it belongs to the tag before. */
static gboolean
take_tag (Parser  *self,
          GString *last,
          GError **error)
{
  char *tag = self->tag->str;

  if (*tag == '!')
    return fail (self, _ ("it declares something (“<!”), which no bank needs; the file is refused"), error);
  if (*last->str != '\0' && *last->str != '/')
    take_value (self, last->str, self->text->str);
  g_string_truncate (self->text, 0);
  for (char *at = tag; *at != '\0'; at++)
    *at = g_ascii_toupper (*at);
  self->is_ofx = self->is_ofx || g_str_equal (tag, "OFX");
  if (g_str_equal (tag, "STMTTRN"))
    {
      if (self->is_in_entry)
        return fail (self, _ ("it has no end"), error);
      begin_entry (self);
    }
  if (g_str_equal (tag, "/STMTTRN") && self->is_in_entry && !end_entry (self, error))
    return FALSE;
  /* An account may follow, in another currency. */
  if (g_str_equal (tag, "STMTRS") || g_str_equal (tag, "CCSTMTRS"))
    {
      g_string_truncate (self->currency, 0);
      g_string_truncate (self->account, 0);
    }
  g_string_assign (last, *tag == '?' ? "" : tag);
  return TRUE;
}

static gboolean
take_byte (Parser  *self,
           GString *last,
           char     byte,
           GError **error)
{
  if (!self->is_in_tag && byte == '<')
    {
      self->is_in_tag = TRUE;
      g_string_truncate (self->tag, 0);
    }
  else if (self->is_in_tag && byte == '>')
    {
      self->is_in_tag = FALSE;
      return take_tag (self, last, error);
    }
  else
    {
      GString *out = self->is_in_tag ? self->tag : self->text;

      if (out->len >= (self->is_in_tag ? MAX_TAG : MAX_TEXT))
        {
          g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, _ ("Entry %lu of the OFX file: a text is too long"),
                       (gulong) self->n_entries + 1);
          return FALSE;
        }
      if (byte != '\0')
        g_string_append_c (out, byte);
    }
  return TRUE;
}

static gboolean
parse (Parser  *self,
       GError **error)
{
  g_autoptr (GString) last = g_string_new (NULL);
  const char *bytes;
  gssize n;

  while ((n = _cfoil_bank_stream_read (self->reading->stream, &bytes, error)) > 0)
    for (gssize i = 0; i < n; i++)
      if (!take_byte (self, last, bytes[i], error))
        return FALSE;
  if (n < 0)
    return FALSE;
  if (self->is_in_entry || self->is_in_tag || g_strcmp0 (last->str, "/OFX") != 0 || !self->is_ofx)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED, _ ("The OFX file is not whole; download it again"));
      return FALSE;
    }
  return TRUE;
}

gboolean
_cfoil_bank_read_ofx (CfoilBankReading *reading,
                      GError          **error)
{
  Parser self = { .reading = reading };
  GString **texts[] = { &self.tag, &self.text, &self.currency, &self.account, &self.date, &self.amount, &self.reference, &self.id,
                        &self.words };
  gboolean ok;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_string_new (NULL);
  ok = parse (&self, error);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_free (*texts[i], TRUE);
  return ok;
}
