/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-mapping.h"

#include "cfoil-currency.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

static const char *const encoding_names[CFOIL_N_BANK_ENCODINGS] = {
  "auto", "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252", "ISO-8859-15", "ISO-8859-1", "SHIFT_JIS", "WINDOWS-1250",
};
static const char *const dates_names[CFOIL_N_BANK_DATES] = { "auto", "ymd", "dmy", "mdy" };
static const struct { const char *name; char separator; } separators[] = {
  { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' }, { "bar", '|' },
};
/* Columns that are numbers in the text. */
static const struct { const char *name; gsize offset; } columns[] = {
  { "date", G_STRUCT_OFFSET (CfoilBankMapping, date) },
  { "amount", G_STRUCT_OFFSET (CfoilBankMapping, amount) },
  { "credit", G_STRUCT_OFFSET (CfoilBankMapping, credit) },
  { "debit", G_STRUCT_OFFSET (CfoilBankMapping, debit) },
  { "sign", G_STRUCT_OFFSET (CfoilBankMapping, sign) },
  { "reference", G_STRUCT_OFFSET (CfoilBankMapping, reference) },
};
#define MAX_COLUMN 1000

const char *
cfoil_bank_encoding_to_string (CfoilBankEncoding encoding)
{
  return encoding_names[encoding];
}

CfoilBankMapping *
cfoil_bank_mapping_new (void)
{
  CfoilBankMapping *self = g_new0 (CfoilBankMapping, 1);

  self->name = g_strdup ("");
  return self;
}

CfoilBankMapping *
cfoil_bank_mapping_copy (const CfoilBankMapping *self)
{
  CfoilBankMapping *copy = g_new0 (CfoilBankMapping, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->header = g_strdupv (self->header);
  copy->default_currency = g_strdup (self->default_currency);
  copy->bank_account = g_strdup (self->bank_account);
  return copy;
}

void
cfoil_bank_mapping_free (CfoilBankMapping *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_strfreev (self->header);
  g_free (self->default_currency);
  g_free (self->bank_account);
  g_free (self);
}

/* --- as a text --- */

static gboolean
read_column (const char *text,
             guint      *column)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, MAX_COLUMN, &number, NULL))
    return FALSE;
  *column = (guint) number;
  return TRUE;
}

static gboolean
find_name (const char *const *names,
           guint              n_names,
           const char        *name,
           guint             *place)
{
  for (guint i = 0; i < n_names; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      {
        *place = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_texts (CfoilBankMapping *self,
            const char       *value)
{
  g_auto (GStrv) words = g_strsplit (value, "+", -1);
  guint n = g_strv_length (words);

  memset (self->text, 0, sizeof self->text);
  for (guint i = 0; i < n; i++)
    if (i >= G_N_ELEMENTS (self->text) || !read_column (words[i], &self->text[i]))
      return FALSE;
  return n > 0;
}

static gboolean
take_currency (CfoilBankMapping *self,
               const char       *value)
{
  if (read_column (value, &self->currency))
    return TRUE;
  g_free (self->default_currency);
  self->default_currency = g_ascii_strup (value, -1);
  return cfoil_currency_exponent (self->default_currency) >= 0;
}

static gboolean
take_separator (CfoilBankMapping *self,
                const char       *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (g_str_equal (separators[i].name, value))
      self->separator = separators[i].separator;
  return self->separator != 0;
}

static gboolean
take_decimal (CfoilBankMapping *self,
              const char       *value)
{
  self->decimal_mark = g_str_equal (value, "comma") ? ',' : g_str_equal (value, "point") ? '.' : 0;
  return self->decimal_mark != 0;
}

static gboolean
take_word (CfoilBankMapping *self,
           const char       *key,
           const char       *value)
{
  guint place;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i].name, key))
      return read_column (value, (guint *) (gpointer) ((char *) self + columns[i].offset));
  if (g_str_equal (key, "text"))
    return take_texts (self, value);
  if (g_str_equal (key, "currency"))
    return take_currency (self, value);
  if (g_str_equal (key, "separator"))
    return take_separator (self, value);
  if (g_str_equal (key, "decimal"))
    return take_decimal (self, value);
  if (g_str_equal (key, "dates") && find_name (dates_names, CFOIL_N_BANK_DATES, value, &place))
    self->dates = (CfoilBankDates) place;
  else if (g_str_equal (key, "encoding") && find_name (encoding_names, CFOIL_N_BANK_ENCODINGS, value, &place))
    self->encoding = (CfoilBankEncoding) place;
  else if (g_str_equal (key, "account") && *value != '\0')
    {
      g_free (self->bank_account);
      self->bank_account = g_strdup (value);
    }
  else
    return FALSE;
  return TRUE;
}

CfoilBankMapping *
cfoil_bank_mapping_parse (const char *text,
                          GError    **error)
{
  g_autoptr (CfoilBankMapping) self = cfoil_bank_mapping_new ();
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *value = strchr (words[i], '=');

      if (*words[i] == '\0')
        continue;
      if (value != NULL)
        *value++ = '\0';
      if (value == NULL || !g_utf8_validate (value, -1, NULL) || !take_word (self, g_strstrip (words[i]), g_strstrip (value)))
        {
          g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                       _ ("The columns are not understood at “%s”; write them like date=1,amount=3,text=4+5,currency=EUR"), words[i]);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

static void
append_texts (const CfoilBankMapping *self,
              GString                *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->text) && self->text[i] > 0; i++)
    g_string_append_printf (out, "%s%u", i == 0 ? ",text=" : "+", self->text[i]);
}

char *
cfoil_bank_mapping_to_text (const CfoilBankMapping *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      guint column = *(const guint *) (gconstpointer) ((const char *) self + columns[i].offset);

      if (column > 0)
        g_string_append_printf (out, ",%s=%u", columns[i].name, column);
    }
  append_texts (self, out);
  if (self->currency > 0)
    g_string_append_printf (out, ",currency=%u", self->currency);
  if (self->default_currency != NULL)
    g_string_append_printf (out, ",currency=%s", self->default_currency);
  if (self->decimal_mark != 0)
    g_string_append_printf (out, ",decimal=%s", self->decimal_mark == ',' ? "comma" : "point");
  if (self->dates != CFOIL_BANK_DATES_AUTO)
    g_string_append_printf (out, ",dates=%s", dates_names[self->dates]);
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i].separator == self->separator)
      g_string_append_printf (out, ",separator=%s", separators[i].name);
  if (self->encoding != CFOIL_BANK_ENCODING_AUTO)
    g_string_append_printf (out, ",encoding=%s", encoding_names[self->encoding]);
  if (self->bank_account != NULL)
    {
      g_autofree char *name = g_strdup (self->bank_account);

      g_string_append_printf (out, ",account=%s", g_strdelimit (name, ",", ' '));
    }
  if (out->len > 0)
    g_string_erase (out, 0, 1);
  return g_string_free (out, FALSE);
}

gboolean
cfoil_bank_mapping_check (const CfoilBankMapping *self,
                          GError                **error)
{
  const char *missing = NULL;

  if (self->date == 0)
    missing = _ ("Say which column has the dates");
  else if (self->amount == 0 && self->credit == 0 && self->debit == 0)
    missing = _ ("Say which column has the amounts, or which two have what came in and what went out");
  else if (self->currency == 0 && self->default_currency == NULL)
    missing = _ ("Say the currency, or which column has it");
  if (missing == NULL)
    return TRUE;
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS, missing);
  return FALSE;
}

/* --- what names suggest --- */

static const struct { gsize offset; const char *words; } hints[] = {
  { G_STRUCT_OFFSET (CfoilBankMapping, date), "booking date|buchungstag|buchungsdatum|date|datum|valuta|fecha|data|日付|取引日" },
  { G_STRUCT_OFFSET (CfoilBankMapping, credit), "paid in|money in|credit|haben|gutschrift|crédit|入金" },
  { G_STRUCT_OFFSET (CfoilBankMapping, debit), "paid out|money out|debit|soll|lastschrift|débit|出金" },
  { G_STRUCT_OFFSET (CfoilBankMapping, sign), "soll/haben|debit/credit|credit/debit|kennzeichen" },
  { G_STRUCT_OFFSET (CfoilBankMapping, amount), "amount|betrag|umsatz|montant|importe|importo|金額" },
  { G_STRUCT_OFFSET (CfoilBankMapping, currency), "currency|währung|waehrung|devise|divisa|通貨" },
  { G_STRUCT_OFFSET (CfoilBankMapping, reference), "reference|referenz|référence|end-to-end|kundenreferenz|照会番号" },
  { G_STRUCT_OFFSET (CfoilBankMapping, text[0]), "description|verwendungszweck|details|memo|libellé|concepto|causale|摘要" },
  { G_STRUCT_OFFSET (CfoilBankMapping, text[1]), "payee|name|empfänger|auftraggeber|begünstigter|counterparty|zahlungsbeteiligter" },
};

static guint
find_column (char      **header,
             const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, "|", -1);

  for (guint k = 0; list[k] != NULL; k++)
    for (guint i = 0; header[i] != NULL; i++)
      {
        g_autofree char *folded = g_utf8_casefold (header[i], -1);
        g_autofree char *word = g_utf8_casefold (list[k], -1);

        if (strstr (folded, word) != NULL)
          return i + 1;
      }
  return 0;
}

CfoilBankMapping *
cfoil_bank_mapping_guess (char **header)
{
  CfoilBankMapping *self = cfoil_bank_mapping_new ();

  self->header = g_strdupv (header);
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    *(guint *) (gpointer) ((char *) self + hints[i].offset) = find_column (header, hints[i].words);
  /* A column of signs has both words of the two columns in its name. */
  if (self->sign > 0 || self->amount > 0)
    self->credit = self->debit = 0;
  if (self->text[0] == 0)
    {
      self->text[0] = self->text[1];
      self->text[1] = 0;
    }
  return self;
}

/* 0: it is gone.  Columns without names are what their place says. */
static guint
find_again (const CfoilBankMapping *saved,
            guint                   column,
            char                  **header)
{
  const char *name;

  if (column == 0 || saved->header == NULL || column > g_strv_length (saved->header))
    return 0;
  name = saved->header[column - 1];
  if (column <= g_strv_length (header) && g_str_equal (header[column - 1], name))
    return column;
  for (guint i = 0; *name != '\0' && header[i] != NULL; i++)
    if (g_str_equal (header[i], name))
      return i + 1;
  return 0;
}

CfoilBankMapping *
cfoil_bank_mapping_adapt (const CfoilBankMapping *saved,
                          char                  **header)
{
  CfoilBankMapping *self = cfoil_bank_mapping_copy (saved);
  guint n_texts = 0;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      guint *column = (guint *) (gpointer) ((char *) self + columns[i].offset);

      *column = find_again (saved, *column, header);
    }
  self->currency = find_again (saved, saved->currency, header);
  memset (self->text, 0, sizeof self->text);
  for (guint i = 0; i < G_N_ELEMENTS (saved->text); i++)
    if ((self->text[n_texts] = find_again (saved, saved->text[i], header)) > 0)
      n_texts++;
  g_strfreev (self->header);
  self->header = g_strdupv (header);
  return self;
}

/* --- saved ones --- */

static char *
header_to_json (char **header)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; header != NULL && header[i] != NULL; i++)
    json_builder_add_string_value (builder, header[i]);
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}

static char **
header_from_json (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      g_strv_builder_add (names, json_node_get_value_type (name) == G_TYPE_STRING ? json_node_get_string (name) : "");
    }
  return g_strv_builder_end (names);
}

static char *
columns_to_json (const CfoilBankMapping *self)
{
  g_autofree char *text = cfoil_bank_mapping_to_text (self);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "columns");
  json_builder_add_string_value (builder, text);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}

static CfoilBankMapping *
mapping_from_row (CfoilStatement *row)
{
  g_autoptr (JsonNode) node = json_from_string (cfoil_statement_column_text (row, 2), NULL);
  const char *text = "";
  CfoilBankMapping *self;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    text = json_object_get_string_member_with_default (json_node_get_object (node), "columns", "");
  self = cfoil_bank_mapping_parse (text, NULL);
  if (self == NULL)
    self = cfoil_bank_mapping_new ();
  g_free (self->name);
  self->name = g_strdup (cfoil_statement_column_text (row, 0));
  self->header = header_from_json (cfoil_statement_column_text (row, 1));
  return self;
}

GPtrArray *
cfoil_bank_mapping_list (CfoilDatabase *database,
                         GError       **error)
{
  g_autoptr (GPtrArray) mappings = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_bank_mapping_free);
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (database, "SELECT name, header, mapping FROM bank_mapping ORDER BY name", error);
  if (row == NULL)
    return NULL;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (mappings, mapping_from_row (row));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&mappings) : NULL;
}

static guint
count_common (char **a,
              char **b)
{
  guint n = 0;

  for (guint i = 0; a[i] != NULL; i++)
    if (*a[i] != '\0' && g_strv_contains ((const char *const *) b, a[i]))
      n++;
  return n;
}

CfoilBankMapping *
cfoil_bank_mapping_find (GPtrArray         *mappings,
                         char             **header,
                         CfoilBankMapping **similar)
{
  guint most = g_strv_length (header) / 2;

  if (similar != NULL)
    *similar = NULL;
  for (guint i = 0; i < mappings->len; i++)
    {
      CfoilBankMapping *mapping = g_ptr_array_index (mappings, i);
      guint n = count_common (header, mapping->header);

      if (g_strv_equal ((const char *const *) header, (const char *const *) mapping->header))
        return mapping;
      if (similar != NULL && n > most)
        {
          most = n;
          *similar = mapping;
        }
    }
  return NULL;
}

static gboolean
run_in_writer (CfoilMirror *mirror,
               const char  *sql,
               const char  *name,
               const char  *header,
               const char  *mapping,
               GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);
  g_autoptr (CfoilStatement) statement = NULL;

  if (writer == NULL || !cfoil_database_begin_between (writer, error) ||
      (statement = cfoil_database_prepare (writer, sql, error)) == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, name);
  if (header != NULL)
    {
      cfoil_statement_bind_text (statement, 2, header);
      cfoil_statement_bind_text (statement, 3, mapping);
    }
  return cfoil_statement_run (statement, error) && cfoil_database_exec (writer, "COMMIT", error);
}

gboolean
cfoil_bank_mapping_save_sync (CfoilMirror            *mirror,
                              const CfoilBankMapping *mapping,
                              GError                **error)
{
  g_autofree char *header = header_to_json (mapping->header);
  g_autofree char *columns_json = columns_to_json (mapping);

  if (*mapping->name == '\0' || strlen (mapping->name) > 200)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, _ ("Give the bank account a name of at most 200 characters"));
      return FALSE;
    }
  return cfoil_bank_mapping_check (mapping, error) &&
         run_in_writer (mirror, "INSERT INTO bank_mapping (name, header, mapping) VALUES (?1, ?2, ?3) "
                        "ON CONFLICT (name) DO UPDATE SET header = excluded.header, mapping = excluded.mapping",
                        mapping->name, header, columns_json, error);
}

gboolean
cfoil_bank_mapping_remove_sync (CfoilMirror *mirror,
                                const char  *name,
                                GError     **error)
{
  return run_in_writer (mirror, "DELETE FROM bank_mapping WHERE name = ?1", name, NULL, NULL, error);
}
