/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-private.h"
#include "cfoil-bank-value.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>

#include <string.h>

/* Bank to customer messages of ISO 20022.  GMarkup reads them piece by piece, knows no
 * entities but those of XML itself, and a document type is refused before anything in it is
 * looked at. */
#define MAX_DEPTH 64
#define MAX_TEXT (256 * 1024)

typedef struct
{
  CfoilBankReading *reading;
  GPtrArray *path;      /* (element-type utf8): names without prefix */
  GString *text;
  gsize n_since;        /* bytes since anything was told */
  GString *account, *currency;
  GString *amount, *date, *value_date, *sign, *state, *id, *entry_id, *reference, *words; /* of the entry */
  gboolean is_in_entry;
  gboolean has_root;
  guint64 n_entries;
} Parser;

static const char *
name_at (Parser *self,
         guint   from_end)
{
  return self->path->len > from_end ? g_ptr_array_index (self->path, self->path->len - 1 - from_end) : "";
}

static gboolean
is_in (Parser     *self,
       const char *name)
{
  for (guint i = 0; i < self->path->len; i++)
    if (g_str_equal (g_ptr_array_index (self->path, i), name))
      return TRUE;
  return FALSE;
}

static void
begin_entry (Parser *self)
{
  GString *texts[] = { self->amount, self->date, self->value_date, self->sign, self->state, self->id, self->entry_id,
                       self->reference, self->words };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_truncate (texts[i], 0);
  self->is_in_entry = TRUE;
}

static void
start_element (GMarkupParseContext *context,
               const char          *element,
               const char         **names,
               const char         **values,
               gpointer             data,
               GError             **error)
{
  Parser *self = data;
  const char *colon = strrchr (element, ':');
  const char *name = colon != NULL ? colon + 1 : element;

  self->n_since = 0;
  if (self->path->len >= MAX_DEPTH)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, _ ("The CAMT file is nested too deeply"));
      return;
    }
  g_ptr_array_add (self->path, g_strdup (name));
  g_string_truncate (self->text, 0);
  self->has_root = self->has_root || g_str_has_prefix (name, "BkToCstmr");
  if (g_str_equal (name, "Ntry"))
    begin_entry (self);
  if (g_str_equal (name, "Stmt") || g_str_equal (name, "Rpt") || g_str_equal (name, "Ntfctn"))
    g_string_truncate (self->account, 0);
  if (self->is_in_entry && g_str_equal (name, "Amt") && g_str_equal (name_at (self, 1), "Ntry"))
    for (guint i = 0; names[i] != NULL; i++)
      if (g_str_equal (names[i], "Ccy"))
        g_string_assign (self->currency, values[i]);
}

static void
set_once (GString    *out,
          const char *text)
{
  if (out->len == 0)
    cfoil_bank_append_words (out, text);
}

static void
take_entry_text (Parser     *self,
                 const char *name,
                 const char *text)
{
  const char *parent = name_at (self, 1);

  if (g_str_equal (name, "Amt") && g_str_equal (parent, "Ntry"))
    g_string_assign (self->amount, text);
  else if (g_str_equal (name, "CdtDbtInd") && g_str_equal (parent, "Ntry"))
    g_string_assign (self->sign, text);
  else if ((g_str_equal (name, "Dt") || g_str_equal (name, "DtTm")) && g_str_equal (parent, "BookgDt"))
    g_string_assign (self->date, text);
  else if ((g_str_equal (name, "Dt") || g_str_equal (name, "DtTm")) && g_str_equal (parent, "ValDt"))
    g_string_assign (self->value_date, text);
  else if ((g_str_equal (name, "Sts") && g_str_equal (parent, "Ntry")) || (g_str_equal (name, "Cd") && g_str_equal (parent, "Sts")))
    set_once (self->state, text);
  else if (g_str_equal (name, "AcctSvcrRef"))
    set_once (self->id, text);
  else if (g_str_equal (name, "NtryRef"))
    set_once (self->entry_id, text);
  else if (g_str_equal (name, "EndToEndId") && !g_str_equal (text, "NOTPROVIDED"))
    set_once (self->reference, text);
  else if (g_str_equal (name, "Ustrd") || g_str_equal (name, "AddtlNtryInf") || (g_str_equal (name, "Nm") && is_in (self, "RltdPties")) ||
           g_str_equal (name, "Ref"))
    cfoil_bank_append_words (self->words, text);
}

static gboolean
fail (Parser     *self,
      const char *message,
      GError    **error)
{
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, _ ("Entry %lu of the CAMT file: %s"), (gulong) self->n_entries + 1, message);
  return FALSE;
}

static gboolean
end_entry (Parser  *self,
           GError **error)
{
  int exponent = cfoil_currency_exponent (self->currency->str);
  CfoilBankEntry entry = { .currency = self->currency->str, .bank_account = *self->account->str != '\0' ? self->account->str : "camt" };
  GString *reference = self->reference;

  self->is_in_entry = FALSE;
  /* What is only announced may never be booked. */
  if (g_str_equal (self->state->str, "PDNG") || g_str_equal (self->state->str, "INFO"))
    {
      self->n_entries++;
      self->reading->n_skipped++;
      return TRUE;
    }
  if (exponent < 0)
    return fail (self, _ ("its currency is not known"), error);
  if (!cfoil_bank_parse_day (self->date->len > 0 ? self->date->str : self->value_date->str, CFOIL_BANK_DATES_YMD, &entry.day))
    return fail (self, _ ("it has no date"), error);
  if (!cfoil_bank_parse_amount (self->amount->str, '.', exponent, &entry.amount_minor, NULL))
    return fail (self, _ ("it has no amount"), error);
  if (g_str_equal (self->sign->str, "DBIT"))
    entry.amount_minor = -entry.amount_minor;
  else if (!g_str_equal (self->sign->str, "CRDT"))
    return fail (self, _ ("it does not say whether money came or went"), error);
  if (reference->len == 0)
    reference = self->id->len > 0 ? self->id : self->entry_id;
  else
    cfoil_bank_append_words (self->words, self->id->str);
  entry.reference = reference->str;
  entry.text = self->words->str;
  entry.row_number = ++self->n_entries;
  return self->reading->func (&entry, self->reading->user_data, error);
}

static void
end_element (GMarkupParseContext *context,
             const char          *element,
             gpointer             data,
             GError             **error)
{
  Parser *self = data;
  const char *name = name_at (self, 0);

  self->n_since = 0;
  g_strstrip (self->text->str);
  self->text->len = strlen (self->text->str);
  if (self->is_in_entry && self->text->len > 0)
    take_entry_text (self, name, self->text->str);
  else if (!self->is_in_entry && self->text->len > 0 && is_in (self, "Acct") && !is_in (self, "RltdAcct") &&
           (g_str_equal (name, "IBAN") || (g_str_equal (name, "Id") && g_str_equal (name_at (self, 1), "Othr"))))
    set_once (self->account, self->text->str);
  if (g_str_equal (name, "Ntry"))
    end_entry (self, error);
  g_string_truncate (self->text, 0);
  g_ptr_array_set_size (self->path, (int) self->path->len - 1);
}

static void
take_text (GMarkupParseContext *context,
           const char          *text,
           gsize                length,
           gpointer             data,
           GError             **error)
{
  Parser *self = data;

  self->n_since = 0;
  if (self->text->len + length > MAX_TEXT)
    g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, _ ("The CAMT file has a text that is too long"));
  else
    g_string_append_len (self->text, text, (gssize) length);
}

static void
take_other (GMarkupParseContext *context,
            const char          *text,
            gsize                length,
            gpointer             data,
            GError             **error)
{
  Parser *self = data;

  self->n_since = 0;
  if (length > 2 && g_ascii_strncasecmp (text, "<!D", 3) == 0)
    g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                         _ ("The file declares a document type (DOCTYPE), which no bank needs; it is refused"));
}

static gboolean
parse (Parser              *self,
       GMarkupParseContext *context,
       GError             **error)
{
  const char *bytes;
  gssize n;

  while ((n = _cfoil_bank_stream_read (self->reading->stream, &bytes, error)) > 0)
    {
      /* GMarkup keeps what is not whole. */
      self->n_since += (gsize) n;
      if (self->n_since > 2 * MAX_TEXT)
        {
          g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, _ ("The CAMT file has a text that is too long"));
          return FALSE;
        }
      if (!g_markup_parse_context_parse (context, bytes, n, error))
        return FALSE;
    }
  return n == 0 && g_markup_parse_context_end_parse (context, error);
}

/* GMarkup's own words name line and column. */
static void
translate_error (GError **error)
{
  GError *own;

  if (error == NULL || (*error)->domain != G_MARKUP_ERROR)
    return;
  own = g_error_new (CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, _ ("The CAMT file cannot be read; download it again: %s"), (*error)->message);
  g_clear_error (error);
  *error = own;
}

gboolean
_cfoil_bank_read_camt (CfoilBankReading *reading,
                       GError          **error)
{
  const GMarkupParser callbacks = { start_element, end_element, take_text, take_other, NULL };
  Parser self = { .reading = reading };
  GString **texts[] = { &self.text, &self.account, &self.currency, &self.amount, &self.date, &self.value_date, &self.sign, &self.state,
                        &self.id, &self.entry_id, &self.reference, &self.words };
  GMarkupParseContext *context;
  gboolean ok;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_string_new (NULL);
  self.path = g_ptr_array_new_with_free_func (g_free);
  context = g_markup_parse_context_new (&callbacks, G_MARKUP_TREAT_CDATA_AS_TEXT, &self, NULL);
  ok = parse (&self, context, error);
  g_markup_parse_context_free (context);
  if (!ok)
    translate_error (error);
  else if (!self.has_root)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, _ ("This XML file is no bank statement (CAMT.053)"));
      ok = FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_free (*texts[i], TRUE);
  g_ptr_array_unref (self.path);
  return ok;
}
