/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-private.h"
#include "cfoil-bank-value.h"
#include "cfoil-csv-reader.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"

#include <string.h>

typedef struct
{
  CfoilBankReading *reading;
  const CfoilBankMapping *mapping;
  guint header_row;
  GString *text;
} Rows;

static const char *
cell (const CfoilCsvField *fields,
      guint                n_fields,
      guint                column)
{
  return column > 0 && column <= n_fields ? fields[column - 1].text : "";
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

static void
name_line (guint64  line_number,
           GError **error)
{
  g_prefix_error (error, "Line %" G_GUINT64_FORMAT ": ", line_number);
}

/* Words for money that went, in the languages of banks. */
static gboolean
is_debit (const char *text)
{
  static const char *const words[] = { "s", "d", "dr", "dbit", "debit", "soll", "lastschrift", "out", "-", "h-", "débit", "debe" };
  g_autofree char *folded = g_utf8_casefold (text, -1);

  g_strstrip (folded);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (folded, words[i]))
      return TRUE;
  return FALSE;
}

static gboolean
read_column (const CfoilBankMapping *mapping,
             const char             *text,
             int                     exponent,
             gint64                 *minor,
             GError                **error)
{
  *minor = 0;
  return is_blank (text) || cfoil_bank_parse_amount (text, mapping->decimal_mark, exponent, minor, error);
}

static gboolean
read_amount (const CfoilBankMapping *mapping,
             const CfoilCsvField    *fields,
             guint                   n_fields,
             int                     exponent,
             gint64                 *minor,
             GError                **error)
{
  gint64 credit, debit;

  if (mapping->amount > 0)
    {
      const char *text = cell (fields, n_fields, mapping->amount);

      if (!cfoil_bank_parse_amount (text, mapping->decimal_mark, exponent, minor, error))
        return FALSE;
      if (mapping->sign > 0 && is_debit (cell (fields, n_fields, mapping->sign)))
        *minor = -ABS (*minor);
      return TRUE;
    }
  if (!read_column (mapping, cell (fields, n_fields, mapping->credit), exponent, &credit, error) ||
      !read_column (mapping, cell (fields, n_fields, mapping->debit), exponent, &debit, error))
    return FALSE;
  *minor = credit - ABS (debit);
  return TRUE;
}

static gboolean
read_currency (const CfoilBankMapping *mapping,
               const char             *text,
               char                    currency[4],
               GError                **error)
{
  g_autofree char *code = NULL;

  if (mapping->currency == 0 || is_blank (text))
    text = mapping->default_currency != NULL ? mapping->default_currency : "";
  code = g_ascii_strup (text, -1);
  g_strstrip (code);
  if (cfoil_currency_exponent (code) < 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CURRENCY, "“%.20s” is not a currency", code);
      return FALSE;
    }
  g_strlcpy (currency, code, 4);
  return TRUE;
}

static gboolean
read_row (Rows                *self,
          const CfoilCsvField *fields,
          guint                n_fields,
          guint64              line_number,
          GError             **error)
{
  const CfoilBankMapping *mapping = self->mapping;
  const char *date = cell (fields, n_fields, mapping->date);
  g_autoptr (GString) reference = g_string_new (NULL);
  char currency[4];
  CfoilBankEntry entry = {
    .currency = currency,
    .bank_account = mapping->bank_account != NULL ? mapping->bank_account : *mapping->name != '\0' ? mapping->name : "bank",
    .row_number = line_number,
  };

  if (!cfoil_bank_parse_day (date, mapping->dates, &entry.day))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "“%.40s” is not a date (%s)", date,
                   cfoil_bank_dates_to_string (mapping->dates));
      return FALSE;
    }
  if (!read_currency (mapping, cell (fields, n_fields, mapping->currency), currency, error) ||
      !read_amount (mapping, fields, n_fields, cfoil_currency_exponent (currency), &entry.amount_minor, error))
    return FALSE;
  g_string_truncate (self->text, 0);
  for (guint i = 0; i < G_N_ELEMENTS (mapping->text); i++)
    cfoil_bank_append_words (self->text, cell (fields, n_fields, mapping->text[i]));
  cfoil_bank_append_words (reference, cell (fields, n_fields, mapping->reference));
  entry.reference = reference->str;
  entry.text = self->text->str;
  return self->reading->func (&entry, self->reading->user_data, error);
}

/* Balances and notes at the end have no date. */
static gboolean
take_row (const CfoilCsvField *fields,
          guint                n_fields,
          guint64              row_number,
          guint64              line_number,
          gpointer             data,
          GError             **error)
{
  Rows *self = data;

  if (line_number <= self->header_row)
    return TRUE;
  if (is_blank (cell (fields, n_fields, self->mapping->date)))
    {
      self->reading->n_skipped++;
      return TRUE;
    }
  if (read_row (self, fields, n_fields, line_number, error))
    return TRUE;
  name_line (line_number, error);
  return FALSE;
}

/* Bytes that are no text were replaced in TEXT. */
static gboolean
refuse_row (const char *text,
            const char *message,
            guint64     row_number,
            guint64     line_number,
            gpointer    data,
            GError    **error)
{
  gboolean is_encoding = strstr (text, "\xef\xbf\xbd") != NULL;

  g_set_error (error, CFOIL_INPUT_ERROR, is_encoding ? CFOIL_INPUT_ERROR_ENCODING : CFOIL_INPUT_ERROR_SYNTAX,
               "Line %" G_GUINT64_FORMAT " %s%s", line_number, is_encoding ? "is not in this encoding; choose another one" : "cannot be read: ",
               is_encoding ? "" : message);
  return FALSE;
}

gboolean
_cfoil_bank_read_csv (CfoilBankReading       *reading,
                      const CfoilBankMapping *mapping,
                      guint                   header_row,
                      GError                **error)
{
  Rows self = { .reading = reading, .mapping = mapping, .header_row = header_row };
  g_autoptr (CfoilCsvReader) reader = cfoil_csv_reader_new (take_row, refuse_row, &self);
  const char *bytes;
  char last = '\n';
  gboolean ok = TRUE;
  gssize n;

  self.text = g_string_new (NULL);
  cfoil_csv_reader_set_delimiter (reader, mapping->separator);
  while (ok && (n = _cfoil_bank_stream_read (reading->stream, &bytes, error)) != 0)
    {
      ok = n > 0 && cfoil_csv_reader_push (reader, bytes, (gsize) n, error);
      if (ok)
        last = bytes[n - 1];
    }
  /* Banks leave out the last line end. */
  if (ok && last != '\n')
    ok = cfoil_csv_reader_push (reader, "\n", 1, error);
  ok = ok && cfoil_csv_reader_finish (reader, error);
  g_string_free (self.text, TRUE);
  return ok;
}
