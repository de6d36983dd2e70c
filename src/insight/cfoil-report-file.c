/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-files.h"

#include "cfoil-csv-reader.h"
#include "cfoil-currency.h"
#include "cfoil-document-file.h"
#include "cfoil-error.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHUNK 65536

typedef struct
{
  GPtrArray *titles;        /* utf8; NULL elements: none */
  GPtrArray *rows;          /* GStrv, as long as ->titles */
  char *search;             /* (owned) (nullable): folded */
  guint n_more;
  CfoilColumnKind *kinds;
  guint *currencies;        /* of each column the one that has its currency; G_MAXUINT: none */
} Content;

static void
content_clear (Content *content)
{
  g_clear_pointer (&content->titles, g_ptr_array_unref);
  g_clear_pointer (&content->rows, g_ptr_array_unref);
  g_free (content->search);
  g_free (content->kinds);
  g_free (content->currencies);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

/* --- reading --- */

static gboolean
is_wanted (const Content       *content,
           const CfoilCsvField *fields,
           guint                n_fields)
{
  if (content->search == NULL)
    return TRUE;
  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *folded = g_utf8_casefold (fields[i].text, (gssize) fields[i].length);

      if (strstr (folded, content->search) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Some reports say things about themselves before their columns: a row with fewer than
 * three cells is no row of titles. */
static gboolean
take_row (const CfoilCsvField *fields,
          guint                n_fields,
          guint64              row_number,
          guint64              line_number,
          gpointer             user_data,
          GError             **error)
{
  Content *content = user_data;
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);

  if (content->titles->len == 0)
    {
      for (guint i = 0; n_fields > 2 && i < n_fields; i++)
        g_ptr_array_add (content->titles, g_strdup (fields[i].text));
      return TRUE;
    }
  if (!is_wanted (content, fields, n_fields))
    return TRUE;
  if (content->rows->len >= CFOIL_REPORT_FILE_MAX_ROWS)
    {
      content->n_more++;
      return TRUE;
    }
  for (guint i = 0; i < content->titles->len; i++)
    g_ptr_array_add (row, g_strdup (i < n_fields ? fields[i].text : ""));
  g_ptr_array_add (row, NULL);
  g_ptr_array_add (content->rows, g_ptr_array_steal (row, NULL));
  return TRUE;
}

static gboolean
take_bad_row (const char *text,
              const char *message,
              guint64     row_number,
              guint64     line_number,
              gpointer    user_data,
              GError    **error)
{
  const CfoilCsvField field = { text, strlen (text) };

  return take_row (&field, 1, row_number, line_number, user_data, error);
}

/* Tabs are what a spreadsheet may have made of commas. */
static char
find_delimiter (const char *head,
                gsize       length)
{
  guint commas = 0, tabs = 0;

  for (gsize i = 0; i < MIN (length, 8192); i++)
    {
      commas += head[i] == ',';
      tabs += head[i] == '\t';
    }
  return tabs > commas ? '\t' : ',';
}

static gboolean
read_all (GInputStream *stream,
          Content      *content,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (CfoilCsvReader) csv = cfoil_csv_reader_new (take_row, take_bad_row, content);
  g_autofree char *buffer = g_malloc (CHUNK);
  g_autoptr (GError) cut = NULL;
  gboolean is_first = TRUE;
  gsize n;

  /* Whole chunks: the first one shows what the columns are divided by. */
  do
    {
      if (!g_input_stream_read_all (stream, buffer, CHUNK, &n, cancellable, error))
        return FALSE;
      if (is_first)
        cfoil_csv_reader_set_delimiter (csv, find_delimiter (buffer, n));
      is_first = FALSE;
      if (!cfoil_csv_reader_push (csv, buffer, n, error))
        return FALSE;
    }
  while (n == CHUNK);
  /* A last row that was cut is what the mirror does not believe either. */
  if (cfoil_csv_reader_finish (csv, &cut) || g_error_matches (cut, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cut));
  return FALSE;
}

/* --- kinds --- */

static gboolean
is_whole_number (const char *text)
{
  gsize n = strlen (text);

  /* Ids are digits, too; nobody adds them up or wants their digits in groups. */
  if (n == 0 || n > 6 || (n > 1 && text[0] == '0'))
    return FALSE;
  return strspn (text, "0123456789") == n;
}

static gboolean
is_amount (const char *text,
           const char *currency)
{
  int exponent = currency != NULL ? cfoil_currency_exponent (currency) : -1;
  gint64 minor;

  return exponent >= 0 && (exponent == 0 || strchr (text, '.') != NULL) && cfoil_money_parse (text, -1, exponent, &minor, NULL);
}

static const char *
get_currency (const Content *content,
              char         **row,
              guint          column)
{
  return content->currencies[column] != G_MAXUINT ? row[content->currencies[column]] : NULL;
}

static CfoilColumnKind
find_kind (const Content *content,
           guint          column)
{
  gboolean all_times = TRUE, all_amounts = TRUE, all_counts = TRUE, has_any = FALSE;

  for (guint i = 0; i < content->rows->len && (all_times || all_amounts || all_counts); i++)
    {
      char **row = g_ptr_array_index (content->rows, i);
      const char *text = row[column];
      gint64 us;

      if (*text == '\0')
        continue;
      has_any = TRUE;
      all_times = all_times && cfoil_time_parse (text, -1, &us, NULL);
      all_amounts = all_amounts && is_amount (text, get_currency (content, row, column));
      all_counts = all_counts && is_whole_number (text);
    }
  if (!has_any)
    return CFOIL_COLUMN_TEXT;
  return all_times ? CFOIL_COLUMN_TIME : all_amounts ? CFOIL_COLUMN_MONEY : all_counts ? CFOIL_COLUMN_COUNT : CFOIL_COLUMN_TEXT;
}

/* What stands before "Currency" in TITLE; NULL: it has no currencies. */
static char *
dup_currency_prefix (const char *title)
{
  g_autofree char *lower = g_ascii_strdown (title, -1);
  const char *word = strstr (lower, "currency");

  return word != NULL ? g_strndup (lower, (gsize) (word - lower)) : NULL;
}

/* Where there are several, "LedgerAmount" is in "LedgerCurrency", and what fits none is no
 * amount: a wrong currency would be worse than none. */
static guint
find_currency (const Content *content,
               GPtrArray     *prefixes,
               guint          column)
{
  g_autofree char *title = g_ascii_strdown (g_ptr_array_index (content->titles, column), -1);
  guint n = 0, only = G_MAXUINT, longest = G_MAXUINT;
  gsize length = 0;

  for (guint i = 0; i < prefixes->len; i++)
    {
      const char *prefix = g_ptr_array_index (prefixes, i);

      if (prefix == NULL)
        continue;
      n++;
      only = i;
      if (strlen (prefix) > length && g_str_has_prefix (title, prefix))
        {
          longest = i;
          length = strlen (prefix);
        }
    }
  return n == 1 ? only : longest;
}

static void
find_kinds (Content *content)
{
  g_autoptr (GPtrArray) prefixes = g_ptr_array_new_with_free_func (g_free);
  guint n = content->titles->len;

  content->kinds = g_new (CfoilColumnKind, n + 1);
  content->currencies = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (prefixes, dup_currency_prefix (g_ptr_array_index (content->titles, i)));
  for (guint i = 0; i < n; i++)
    {
      content->currencies[i] = find_currency (content, prefixes, i);
      content->kinds[i] = g_ptr_array_index (prefixes, i) != NULL ? CFOIL_COLUMN_TEXT : find_kind (content, i);
    }
}

/* --- table --- */

static void
add_cell (CfoilTable    *table,
          const Content *content,
          char         **row,
          guint          column)
{
  const char *text = row[column], *currency = get_currency (content, row, column);
  gint64 number = CFOIL_UNKNOWN;

  switch (*text != '\0' ? content->kinds[column] : CFOIL_COLUMN_TEXT)
    {
    case CFOIL_COLUMN_TIME:
      cfoil_time_parse (text, -1, &number, NULL);
      cfoil_table_add_number (table, number);
      break;
    case CFOIL_COLUMN_COUNT:
      cfoil_table_add_number (table, g_ascii_strtoll (text, NULL, 10));
      break;
    case CFOIL_COLUMN_MONEY:
      cfoil_money_parse (text, -1, cfoil_currency_exponent (currency), &number, NULL);
      cfoil_table_add_money (table, number, currency);
      break;
    default:
      cfoil_table_add_text (table, text);
      break;
    }
}

static CfoilTable *
make_table (Content *content)
{
  CfoilTable *table = cfoil_table_new ("report-file", _ ("Report File"));

  find_kinds (content);
  for (guint i = 0; i < content->titles->len; i++)
    {
      const char *title = g_ptr_array_index (content->titles, i);

      cfoil_table_add_column (table, title, title, content->kinds[i]);
    }
  for (guint i = 0; i < content->rows->len; i++)
    {
      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
      for (guint k = 0; k < content->titles->len; k++)
        add_cell (table, content, g_ptr_array_index (content->rows, i), k);
    }
  if (content->n_more > 0)
    {
      g_autofree char *note = g_strdup_printf (ngettext ("%u more row is not shown. Search for what you need.",
                                                         "%u more rows are not shown. Search for what you need.", content->n_more),
                                               content->n_more);

      cfoil_table_add_note (table, note);
    }
  return table;
}

CfoilTable *
cfoil_report_file_read (CfoilMirror  *mirror,
                        const char   *sha256,
                        const char   *search,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (GInputStream) stream = cfoil_document_file_read (mirror, sha256, error);
  g_auto (Content) content = { 0 };

  if (stream == NULL)
    return NULL;
  content.titles = g_ptr_array_new_with_free_func (g_free);
  content.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  content.search = search != NULL && *search != '\0' ? g_utf8_casefold (search, -1) : NULL;
  if (!read_all (stream, &content, cancellable, error))
    return NULL;
  return make_table (&content);
}
