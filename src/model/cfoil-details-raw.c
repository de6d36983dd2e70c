/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-private.h"

#include "cfoil-currency.h"
#include "cfoil-money.h"
#include "cfoil-shown-text.h"
#include "cfoil-time.h"

#include <string.h>

/* Beyond this depth lines are not moved in any further. */
#define MAX_INDENT 20

void
_cfoil_details_raw_free (gpointer data)
{
  CfoilDetailsRaw *self = data;

  g_free (self->feed);
  g_free (self->what);
  g_free (self->document);
  g_free (self->text);
  g_free (self);
}

/* --- JSON --- */

static void
append_line_end (GString *text,
                 guint    depth)
{
  g_string_append_c (text, '\n');
  for (guint i = 0; i < MIN (depth, MAX_INDENT); i++)
    g_string_append (text, "  ");
}

/* The string that begins at P, up to its closing quote. */
static const char *
append_string (GString    *text,
               const char *p)
{
  const char *start = p++;

  while (*p != '\0' && *p != '"')
    p += *p == '\\' && p[1] != '\0' ? 2 : 1;
  if (*p == '"')
    p++;
  g_string_append_len (text, start, p - start);
  return p;
}

/* Letter by letter, so that numbers, order and twin names stay as they came. */
char *
cfoil_json_in_lines (const char *json)
{
  const char *p = json;
  GString *text;
  guint depth = 0;

  g_return_val_if_fail (json != NULL, NULL);

  while (g_ascii_isspace (*p))
    p++;
  if (*p != '{' && *p != '[')
    return g_strdup (json);
  text = g_string_sized_new (strlen (json) * 2);
  while (*p != '\0')
    {
      const char c = *p;

      if (c == '"')
        {
          p = append_string (text, p);
          continue;
        }
      p++;
      if (g_ascii_isspace (c))
        continue;
      if (c == '{' || c == '[')
        {
          const char *next = p + strspn (p, " \t\r\n");

          g_string_append_c (text, c);
          if (*next == (c == '{' ? '}' : ']'))
            {
              g_string_append_c (text, *next);
              p = next + 1;
            }
          else
            append_line_end (text, ++depth);
        }
      else if (c == '}' || c == ']')
        {
          depth -= depth > 0;
          append_line_end (text, depth);
          g_string_append_c (text, c);
        }
      else
        {
          g_string_append_c (text, c);
          if (c == ',')
            append_line_end (text, depth);
          else if (c == ':')
            g_string_append_c (text, ' ');
        }
    }
  return g_string_free (text, FALSE);
}

/* --- reading --- */

static char *
name_document (CfoilStatement *row,
               int             column)
{
  g_autofree char *name = cfoil_shown_text (cfoil_statement_column_text (row, column));
  const char *sha256 = cfoil_statement_column_text (row, column + 1);

  if (name != NULL || sha256 == NULL)
    return g_steal_pointer (&name);
  /* As the file in the folder "reports" begins. */
  return g_strdup_printf ("%.12s…", sha256);
}

/* feed, id, said, document's name and hash, row number */
static CfoilDetailsRaw *
raw_new (CfoilStatement *row,
         gsize          *budget,
         const char     *text)
{
  CfoilDetailsRaw *self = g_new0 (CfoilDetailsRaw, 1);
  gsize length = strlen (text);

  self->feed = g_strdup (cfoil_statement_column_text (row, 0));
  self->what = cfoil_shown_text (cfoil_statement_column_text (row, 1));
  self->said_us = cfoil_statement_column_int64 (row, 2);
  self->document = name_document (row, 3);
  self->row_number = cfoil_statement_column_int64 (row, 5);
  if (self->row_number == CFOIL_UNKNOWN)
    self->row_number = 0;
  self->is_cut = length > *budget;
  self->text = cfoil_shown_lines (text, (guint) *budget);
  if (self->text == NULL)
    self->text = g_strdup ("");
  *budget -= MIN (*budget, length);
  return self;
}

static gboolean
add_observations (CfoilDetails   *details,
                  CfoilDatabase  *database,
                  CfoilObjectKind kind,
                  const char     *object_id,
                  gsize          *budget,
                  GError        **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  if (object_id == NULL)
    return TRUE;
  rows = _cfoil_details_prepare (database,
                                 "SELECT f.name, o.object_id, o.said_us, d.shown_name, d.sha256, o.row_number, "
                                 "substr (o.raw, 1, " G_STRINGIFY (CFOIL_DETAILS_MAX_RAW) ") "
                                 "FROM observation AS o JOIN feed AS f USING (feed_id) "
                                 "LEFT JOIN document AS d ON d.document_id = o.document_id "
                                 "WHERE o.account_id = ?1 AND o.object_id = ?2 AND o.kind = ?3 ORDER BY o.said_us DESC, f.rank DESC, f.name",
                                 details->account_id, object_id, error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 3, kind);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      g_autofree char *text = cfoil_json_in_lines (cfoil_statement_column_text (rows, 6));

      g_ptr_array_add (details->raws, raw_new (rows, budget, text));
    }
  return step == CFOIL_STEP_DONE;
}

static const char *const line_texts[] = {
  "transaction_type", "provider_id", "charge_id", "charge_permission_id", "dispute_id", "merchant_reference",
  "order_reference", "store", "description", "settlement_id", "currency",
};
static const char *const line_amounts[] = { "amount", "fee_percentage", "fee_fixed", "fee_total", "net" };

/* The raw file has the line itself; this is what was read from it. */
static char *
describe_line (CfoilStatement *row,
               int             column)
{
  GString *text = g_string_new (NULL);
  char time[CFOIL_TIME_BUFFER];
  const char *currency = cfoil_statement_column_text (row, column + (int) G_N_ELEMENTS (line_texts) - 1);
  int exponent = currency != NULL ? cfoil_currency_exponent (currency) : -1;
  const char *extra;

  for (guint i = 0; i < G_N_ELEMENTS (line_texts); i++, column++)
    {
      const char *value = cfoil_statement_column_text (row, column);

      if (value != NULL && *value != '\0')
        g_string_append_printf (text, "%s: %s\n", line_texts[i], value);
    }
  for (guint i = 0; i < G_N_ELEMENTS (line_amounts); i++, column++)
    {
      gint64 minor = cfoil_statement_column_int64 (row, column);
      char amount[CFOIL_MONEY_BUFFER];

      if (minor == CFOIL_UNKNOWN)
        continue;
      cfoil_money_format (amount, minor, MAX (exponent, 0));
      g_string_append_printf (text, "%s: %s\n", line_amounts[i], amount);
    }
  cfoil_time_format_iso (time, cfoil_statement_column_int64 (row, 2));
  g_string_append_printf (text, "posted_at: %s", time);
  extra = cfoil_statement_column_text (row, column);
  if (extra != NULL)
    {
      g_autofree char *lines = cfoil_json_in_lines (extra);

      g_string_append_printf (text, "\nextra: %s", lines);
    }
  return g_string_free (text, FALSE);
}

static gboolean
add_lines (CfoilDetails  *details,
           CfoilDatabase *database,
           gsize         *budget,
           GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = _cfoil_details_prepare (database,
                                 "SELECT f.name, nullif (l.provider_id, ''), l.posted_us, d.shown_name, d.sha256, l.row_number, "
                                 "w.text, l.provider_id, l.charge_id, l.permission_id, l.dispute_id, l.merchant_reference, "
                                 "l.order_reference, st.text, l.description, s.provider_id, l.currency, "
                                 "l.amount_minor, l.fee_percentage_minor, l.fee_fixed_minor, l.fee_minor, l.net_minor, l.extra "
                                 "FROM settlement_line AS l JOIN settlement AS s USING (settlement_id) "
                                 "JOIN document AS d ON d.document_id = l.document_id JOIN feed AS f ON f.feed_id = d.feed_id "
                                 "JOIN word AS w ON w.word_id = l.provider_type_id "
                                 "LEFT JOIN word AS st ON st.word_id = l.store_id "
                                 "WHERE l.txn_id = ?1 ORDER BY l.posted_us, d.document_id, l.row_number LIMIT 100",
                                 details->row->txn_id, NULL, error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      g_autofree char *text = describe_line (rows, 6);

      g_ptr_array_add (details->raws, raw_new (rows, budget, text));
    }
  return step == CFOIL_STEP_DONE;
}

gboolean
_cfoil_details_read_raws (CfoilDetails  *details,
                          CfoilDatabase *database,
                          GError       **error)
{
  gsize budget = CFOIL_DETAILS_MAX_RAW;
  CfoilObjectKind kind = details->row->type == CFOIL_TYPE_REFUND ? CFOIL_OBJECT_REFUND : CFOIL_OBJECT_CHARGE;

  return add_observations (details, database, kind, details->row->transaction_id, &budget, error) &&
         add_lines (details, database, &budget, error) &&
         add_observations (details, database, CFOIL_OBJECT_DISPUTE, details->dispute_id, &budget, error) &&
         add_observations (details, database, CFOIL_OBJECT_PERMISSION, details->permission_id, &budget, error);
}
