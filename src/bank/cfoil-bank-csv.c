/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-private.h"
#include "cfoil-bank-value.h"
#include "cfoil-csv-reader.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  CfoilBankReading *reading;
  const CfoilBankMapping *mapping;
  guint header_row;
  guint64 n_taken;
  CfoilBankRowBuffer buffer;
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

      if (is_blank (text))
        {
          g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, _ ("it has no amount; choose another column, or look whether the line is whole"));
          return FALSE;
        }
      if (!cfoil_bank_parse_amount (text, mapping->decimal_mark, exponent, minor, error))
        return FALSE;
      if (mapping->sign > 0 && is_debit (cell (fields, n_fields, mapping->sign)))
        *minor = -ABS (*minor);
      return TRUE;
    }
  if (!read_column (mapping, cell (fields, n_fields, mapping->credit), exponent, &credit, error) ||
      !read_column (mapping, cell (fields, n_fields, mapping->debit), exponent, &debit, error))
    return FALSE;
  /* Both are far from the limits of their type (CFOIL_MONEY_MAX). */
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
  if (*code == '\0')
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CURRENCY, _ ("it has no currency; say which one counts where the column is empty"));
      return FALSE;
    }
  if (cfoil_currency_exponent (code) < 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CURRENCY, _ ("“%.20s” is not a currency; give its code of three letters, such as EUR"), code);
      return FALSE;
    }
  g_strlcpy (currency, code, 4);
  return TRUE;
}

gboolean
_cfoil_bank_may_be_date (const char *text)
{
  return text[strcspn (text, "0123456789")] != '\0';
}

gboolean
_cfoil_bank_read_row (const CfoilBankMapping *mapping,
                      const CfoilCsvField    *fields,
                      guint                   n_fields,
                      CfoilBankRowBuffer     *buffer,
                      CfoilBankEntry         *entry,
                      GError                **error)
{
  const char *date = cell (fields, n_fields, mapping->date);

  if (!cfoil_bank_parse_day (date, mapping->dates, &entry->day))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, _ ("“%.40s” is not a date; choose another column or order of dates"), date);
      return FALSE;
    }
  if (!read_currency (mapping, cell (fields, n_fields, mapping->currency), buffer->currency, error) ||
      !read_amount (mapping, fields, n_fields, cfoil_currency_exponent (buffer->currency), &entry->amount_minor, error))
    return FALSE;
  g_string_truncate (buffer->text, 0);
  g_string_truncate (buffer->reference, 0);
  for (guint i = 0; i < G_N_ELEMENTS (mapping->text); i++)
    cfoil_bank_append_words (buffer->text, cell (fields, n_fields, mapping->text[i]));
  cfoil_bank_append_words (buffer->reference, cell (fields, n_fields, mapping->reference));
  entry->currency = buffer->currency;
  entry->bank_account = mapping->bank_account != NULL ? mapping->bank_account : *mapping->name != '\0' ? mapping->name : "bank";
  entry->reference = buffer->reference->str;
  entry->text = buffer->text->str;
  return TRUE;
}

static gboolean
is_empty (const CfoilCsvField *fields,
          guint                n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    if (!is_blank (fields[i].text))
      return FALSE;
  return TRUE;
}

static gboolean
take_row (const CfoilCsvField *fields,
          guint                n_fields,
          guint64              row_number,
          guint64              line_number,
          gpointer             data,
          GError             **error)
{
  Rows *self = data;
  CfoilBankEntry entry = { .row_number = line_number };

  if (line_number <= self->header_row)
    return TRUE;
  if (!_cfoil_bank_may_be_date (cell (fields, n_fields, self->mapping->date)))
    {
      self->reading->n_skipped += !is_empty (fields, n_fields);
      return TRUE;
    }
  self->n_taken++;
  if (!_cfoil_bank_read_row (self->mapping, fields, n_fields, &self->buffer, &entry, error))
    {
      g_prefix_error (error, _ ("Line %lu: "), (gulong) line_number);
      return FALSE;
    }
  return self->reading->func (&entry, self->reading->user_data, error);
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
  if (strstr (text, "\xef\xbf\xbd") != NULL)
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING, _ ("Line %lu is not in this encoding; choose another one"),
                 (gulong) line_number);
  else
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, _ ("Line %lu cannot be read: %s"), (gulong) line_number, message);
  return FALSE;
}

/* The reader's own words are of reports. */
static gboolean
finish_rows (Rows           *self,
             CfoilCsvReader *reader,
             GError        **error)
{
  if (!cfoil_csv_reader_finish (reader, NULL))
    g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                         _ ("A quotation mark (\") is opened in the file and never closed; download it again, or choose another separator"));
  else if (self->n_taken == 0 && self->reading->n_skipped > 0)
    g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS,
                         _ ("No row has a date: choose the column of dates, or another separator."));
  else
    return TRUE;
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

  self.buffer.text = g_string_new (NULL);
  self.buffer.reference = g_string_new (NULL);
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
  ok = ok && finish_rows (&self, reader, error);
  g_string_free (self.buffer.text, TRUE);
  g_string_free (self.buffer.reference, TRUE);
  return ok;
}
