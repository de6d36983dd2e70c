/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-export-columns.h"

#include "cfoil-error.h"

#include <string.h>

/* --- transactions: made of fields --- */

/* Dates that had a name before there were others. */
static gboolean
is_plain_date (CfoilField field)
{
  return field == CFOIL_FIELD_SETTLEMENT_DATE || field == CFOIL_FIELD_FX_DATE;
}

static CfoilExportColumnKind
kind_of (CfoilField field)
{
  switch (cfoil_field_get_info (field)->kind)
    {
    case CFOIL_FIELD_KIND_CODE:
      return CFOIL_EXPORT_COLUMN_CODE;
    case CFOIL_FIELD_KIND_MONEY:
      return CFOIL_EXPORT_COLUMN_MONEY;
    case CFOIL_FIELD_KIND_TIME:
      return CFOIL_EXPORT_COLUMN_TIME_UTC;
    case CFOIL_FIELD_KIND_NUMBER:
      return field == CFOIL_FIELD_FEE_RATE ? CFOIL_EXPORT_COLUMN_RATE : CFOIL_EXPORT_COLUMN_INTEGER;
    case CFOIL_FIELD_KIND_FLAGS:
      return CFOIL_EXPORT_COLUMN_FLAGS;
    case CFOIL_FIELD_KIND_REF:
      return field == CFOIL_FIELD_PROVIDER || field == CFOIL_FIELD_ENVIRONMENT ? CFOIL_EXPORT_COLUMN_WORD : CFOIL_EXPORT_COLUMN_TEXT;
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    default:
      return CFOIL_EXPORT_COLUMN_TEXT;
    }
}

static void
add_column (GArray         *columns,
            CfoilField      field,
            CfoilExportColumnKind kind,
            const char     *suffix)
{
  g_autofree char *name = g_strconcat (cfoil_field_get_info (field)->name, suffix, NULL);
  CfoilExportColumn column = { .name = g_intern_string (name), .kind = kind, .field = field };

  g_array_append_val (columns, column);
}

static void
add_field (GArray    *columns,
           CfoilField field,
           gboolean   has_local)
{
  CfoilExportColumnKind kind = kind_of (field);

  add_column (columns, field, kind, kind == CFOIL_EXPORT_COLUMN_TIME_UTC && !is_plain_date (field) ? "_utc" : "");
  if (kind == CFOIL_EXPORT_COLUMN_TIME_UTC && has_local)
    add_column (columns, field, CFOIL_EXPORT_COLUMN_TIME_LOCAL, "_local");
}

GArray *
cfoil_export_columns_of_fields (const GArray *fields)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (CfoilExportColumn));
  CfoilExportColumn zone = { .name = "time_zone", .kind = CFOIL_EXPORT_COLUMN_ZONE, .field = CFOIL_N_FIELDS };

  if (fields != NULL)
    {
      for (guint i = 0; i < fields->len; i++)
        add_field (columns, g_array_index (fields, CfoilField, i), TRUE);
      return g_steal_pointer (&columns);
    }
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      add_field (columns, (CfoilField) field, field == CFOIL_FIELD_CREATED);
      if (field == CFOIL_FIELD_CREATED)
        g_array_append_val (columns, zone);
    }
  return g_steal_pointer (&columns);
}

gboolean
cfoil_export_column_find (const char        *name,
                          CfoilExportColumn *column)
{
  g_autoptr (GArray) all = cfoil_export_columns_of_fields (NULL);

  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (kind_of ((CfoilField) field) == CFOIL_EXPORT_COLUMN_TIME_UTC && field != CFOIL_FIELD_CREATED)
      add_column (all, (CfoilField) field, CFOIL_EXPORT_COLUMN_TIME_LOCAL, "_local");
  for (guint i = 0; i < all->len; i++)
    if (strcmp (g_array_index (all, CfoilExportColumn, i).name, name) == 0)
      {
        *column = g_array_index (all, CfoilExportColumn, i);
        return TRUE;
      }
  return FALSE;
}

/* --- columns that were asked for --- */

static gboolean
find_field (const char *name,
            CfoilField *field)
{
  if (cfoil_field_from_name (name, field))
    return TRUE;
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (g_strcmp0 (cfoil_query_field_name ((CfoilField) i), name) == 0)
      {
        *field = (CfoilField) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
refuse_column (const char *word,
               gboolean    is_known,
               GError    **error)
{
  g_autofree char *valid = g_utf8_make_valid (word, (gssize) MIN (strlen (word), 60));

  if (is_known)
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "The column “%s” is asked for twice", valid);
  else
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "There is no column “%s”", valid);
  return FALSE;
}

/* "time", "time:150", "-time:150" */
static gboolean
add_named (GArray     *fields,
           const char *word,
           GError    **error)
{
  gboolean is_hidden = *word == '-';
  gsize length = strcspn (word + is_hidden, ":");
  g_autofree char *name = g_strndup (word + is_hidden, length);
  const char *width = word + is_hidden + length;
  CfoilField field;

  if (!find_field (name, &field) ||
      (*width == ':' && (width[1] == '\0' || strspn (width + 1, "0123456789") != strlen (width + 1))))
    return refuse_column (word, FALSE, error);
  if (is_hidden)
    return TRUE;
  for (guint i = 0; i < fields->len; i++)
    if (g_array_index (fields, CfoilField, i) == field)
      return refuse_column (word, TRUE, error);
  g_array_append_val (fields, field);
  return TRUE;
}

GArray *
cfoil_export_columns_parse (const char *text,
                            GError    **error)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (CfoilField));
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  words = g_strsplit (text, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (!add_named (fields, g_strstrip (words[i]), error))
      return NULL;
  if (fields->len == 0)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "No column is left to be written");
      return NULL;
    }
  return g_steal_pointer (&fields);
}

static const char *const flag_words[] = { "disputed", "refunded", "note", "tags", "reviewed", "exception" };

guint
cfoil_export_n_flags (void)
{
  return G_N_ELEMENTS (flag_words);
}

const char *
cfoil_export_flag_word (guint bit)
{
  g_return_val_if_fail (bit < G_N_ELEMENTS (flag_words), NULL);

  return flag_words[bit];
}

/* --- the other tables --- */

static const CfoilExportColumn refund_columns[] = {
  { "account", CFOIL_EXPORT_COLUMN_TEXT, "r.account" },
  { "refund_id", CFOIL_EXPORT_COLUMN_TEXT, "r.refund_id" },
  { "state", CFOIL_EXPORT_COLUMN_WORD, "r.state" },
  { "reason", CFOIL_EXPORT_COLUMN_TEXT, "r.reason" },
  { "created_at_utc", CFOIL_EXPORT_COLUMN_TIME_UTC, "r.created_at_us" },
  { "created_at_local", CFOIL_EXPORT_COLUMN_TIME_LOCAL, "r.created_at_us" },
  { "time_zone", CFOIL_EXPORT_COLUMN_ZONE, NULL },
  { "posted_at_utc", CFOIL_EXPORT_COLUMN_TIME_UTC, "r.posted_at_us" },
  { "currency", CFOIL_EXPORT_COLUMN_TEXT, "r.currency" },
  { "amount", CFOIL_EXPORT_COLUMN_MONEY, "r.amount_minor" },
  { "gross", CFOIL_EXPORT_COLUMN_MONEY, "r.gross_minor" },
  { "fee_total", CFOIL_EXPORT_COLUMN_MONEY, "r.fee_minor" },
  { "net", CFOIL_EXPORT_COLUMN_MONEY, "r.net_minor" },
  { "charge_id", CFOIL_EXPORT_COLUMN_TEXT, "r.charge_id" },
  { "charge_permission_id", CFOIL_EXPORT_COLUMN_TEXT, "r.charge_permission_id" },
  { "merchant_reference", CFOIL_EXPORT_COLUMN_TEXT, "r.merchant_reference" },
  { "settlement_id", CFOIL_EXPORT_COLUMN_TEXT, "r.settlement_id" },
  { "description", CFOIL_EXPORT_COLUMN_TEXT, "r.description" },
};

static const CfoilExportColumn dispute_columns[] = {
  { "account", CFOIL_EXPORT_COLUMN_TEXT, "d.account" },
  { "dispute_id", CFOIL_EXPORT_COLUMN_TEXT, "d.dispute_id" },
  { "filing_reason", CFOIL_EXPORT_COLUMN_TEXT, "d.filing_reason" },
  { "state", CFOIL_EXPORT_COLUMN_WORD, "d.state" },
  { "provider_state", CFOIL_EXPORT_COLUMN_TEXT, "d.provider_state" },
  { "state_reason", CFOIL_EXPORT_COLUMN_TEXT, "d.state_reason" },
  { "resolution", CFOIL_EXPORT_COLUMN_TEXT, "d.resolution" },
  { "currency", CFOIL_EXPORT_COLUMN_TEXT, "d.currency" },
  { "amount", CFOIL_EXPORT_COLUMN_MONEY, "d.amount_minor" },
  { "opened_at_utc", CFOIL_EXPORT_COLUMN_TIME_UTC, "d.opened_at_us" },
  { "due_at_utc", CFOIL_EXPORT_COLUMN_TIME_UTC, "d.due_at_us" },
  { "due_at_local", CFOIL_EXPORT_COLUMN_TIME_LOCAL, "d.due_at_us" },
  { "time_zone", CFOIL_EXPORT_COLUMN_ZONE, NULL },
  { "charge_id", CFOIL_EXPORT_COLUMN_TEXT, "d.charge_id" },
  { "charge_permission_id", CFOIL_EXPORT_COLUMN_TEXT, "d.charge_permission_id" },
  { "merchant_reference", CFOIL_EXPORT_COLUMN_TEXT, "d.merchant_reference" },
  { "last_changed_utc", CFOIL_EXPORT_COLUMN_TIME_UTC, "d.updated_at_us" },
};

static const CfoilExportColumn settlement_columns[] = {
  { "account", CFOIL_EXPORT_COLUMN_TEXT, "s.account" },
  { "settlement_id", CFOIL_EXPORT_COLUMN_TEXT, "s.settlement_id" },
  { "start_at_utc", CFOIL_EXPORT_COLUMN_TIME_UTC, "s.start_at_us" },
  { "end_at_utc", CFOIL_EXPORT_COLUMN_TIME_UTC, "s.end_at_us" },
  { "end_at_local", CFOIL_EXPORT_COLUMN_TIME_LOCAL, "s.end_at_us" },
  { "time_zone", CFOIL_EXPORT_COLUMN_ZONE, NULL },
  { "currency", CFOIL_EXPORT_COLUMN_TEXT, "s.currency" },
  { "lines", CFOIL_EXPORT_COLUMN_INTEGER, "s.line_count" },
  { "gross", CFOIL_EXPORT_COLUMN_MONEY, "s.amount_minor" },
  { "fee_total", CFOIL_EXPORT_COLUMN_MONEY, "s.fee_minor" },
  { "net", CFOIL_EXPORT_COLUMN_MONEY, "s.net_minor" },
  { "transfer", CFOIL_EXPORT_COLUMN_MONEY, "s.transfer_minor" },
  { "disbursed", CFOIL_EXPORT_COLUMN_MONEY, "s.disbursed_minor" },
  { "payout_reference", CFOIL_EXPORT_COLUMN_TEXT, "s.bank_reference" },
};

static const CfoilExportDefinition definitions[] = {
  [CFOIL_EXPORT_REFUNDS] = {
    refund_columns, G_N_ELEMENTS (refund_columns),
    "FROM refunds AS r ORDER BY coalesce (r.created_at_us, r.posted_at_us), r.account, r.refund_id",
    "SELECT count (*) FROM txn WHERE type = 2", "r.currency", "r.gross_minor", "gross" },
  [CFOIL_EXPORT_DISPUTES] = {
    dispute_columns, G_N_ELEMENTS (dispute_columns),
    "FROM disputes AS d ORDER BY d.opened_at_us, d.account, d.dispute_id",
    "SELECT count (*) FROM dispute", "d.currency", "d.amount_minor", "amount" },
  [CFOIL_EXPORT_SETTLEMENTS] = {
    settlement_columns, G_N_ELEMENTS (settlement_columns),
    "FROM settlements AS s ORDER BY s.end_at_us, s.account, s.settlement_id, s.currency",
    "SELECT count (*) FROM settlement", "s.currency", "s.net_minor", "net" },
};

static const char *const names[] = {
  [CFOIL_EXPORT_TRANSACTIONS] = "transactions",
  [CFOIL_EXPORT_REFUNDS] = "refunds",
  [CFOIL_EXPORT_DISPUTES] = "disputes",
  [CFOIL_EXPORT_SETTLEMENTS] = "settlements",
};

const CfoilExportDefinition *
cfoil_export_definition (CfoilExportTable table)
{
  g_return_val_if_fail (table != CFOIL_EXPORT_TRANSACTIONS && (guint) table < G_N_ELEMENTS (definitions), NULL);

  return &definitions[table];
}

gboolean
cfoil_export_table_from_string (const char       *name,
                                CfoilExportTable *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *table = (CfoilExportTable) i;
        return TRUE;
      }
  return FALSE;
}

const char *
cfoil_export_table_to_string (CfoilExportTable table)
{
  g_return_val_if_fail ((guint) table < G_N_ELEMENTS (names), NULL);

  return names[table];
}
