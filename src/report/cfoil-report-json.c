/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-file.h"

#include "cfoil-report-private.h"
#include "cfoil-time.h"

#include <json-glib/json-glib.h>

static const char *const kind_names[] = {
  [CFOIL_COLUMN_TEXT] = "text",
  [CFOIL_COLUMN_MONEY] = "money",
  [CFOIL_COLUMN_COUNT] = "count",
  [CFOIL_COLUMN_RATIO] = "ratio",
  [CFOIL_COLUMN_DAY] = "day",
  [CFOIL_COLUMN_TIME] = "time",
  [CFOIL_COLUMN_SPAN] = "seconds",
};

static const char *const row_names[] = {
  [CFOIL_ROW_PLAIN] = "row",
  [CFOIL_ROW_GROUP] = "group",
  [CFOIL_ROW_SUBTOTAL] = "subtotal",
  [CFOIL_ROW_TOTAL] = "total",
};

static void
add_text (JsonBuilder *builder,
          const char  *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

static void
add_member (JsonBuilder *builder,
            const char  *name,
            const char  *text)
{
  json_builder_set_member_name (builder, name);
  add_text (builder, text);
}

static void
add_notes (JsonBuilder      *builder,
           const CfoilTable *table)
{
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < cfoil_table_get_n_notes (table); i++)
    add_text (builder, cfoil_table_get_note (table, i));
  json_builder_end_array (builder);
}

static void
add_columns (JsonBuilder      *builder,
             const CfoilTable *table)
{
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < cfoil_table_get_n_columns (table); i++)
    {
      const CfoilTableColumn *column = cfoil_table_get_column (table, i);

      json_builder_begin_object (builder);
      add_member (builder, "name", column->name);
      add_member (builder, "title", column->title);
      add_member (builder, "kind", kind_names[column->kind]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_cell (JsonBuilder      *builder,
          const CfoilTable *table,
          guint             row,
          guint             i)
{
  const CfoilTableColumn *column = cfoil_table_get_column (table, i);
  gint64 number = cfoil_table_get_number (table, row, i);
  g_autofree char *plain = NULL;

  json_builder_set_member_name (builder, column->name);
  if (number == CFOIL_UNKNOWN && cfoil_table_get_text (table, row, i) == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  if (column->kind == CFOIL_COLUMN_COUNT && number != CFOIL_UNKNOWN)
    {
      json_builder_add_int_value (builder, number);
      return;
    }
  plain = cfoil_table_format_plain (table, row, i);
  add_text (builder, plain);
}

static void
add_row (JsonBuilder      *builder,
         const CfoilTable *table,
         guint             row,
         gboolean          with_currency)
{
  CfoilRowKind kind = cfoil_table_get_row_kind (table, row);

  json_builder_begin_object (builder);
  add_member (builder, "kind", row_names[kind]);
  add_member (builder, "query", cfoil_table_get_query (table, row));
  json_builder_set_member_name (builder, "cells");
  json_builder_begin_object (builder);
  if (with_currency)
    add_member (builder, "currency", cfoil_report_row_currency (table, row));
  for (guint i = 0; i < cfoil_table_get_n_columns (table); i++)
    add_cell (builder, table, row, i);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_as_of (JsonBuilder      *builder,
           const CfoilTable *table)
{
  gint64 us = cfoil_table_get_as_of (table);
  char iso[CFOIL_TIME_BUFFER] = "";

  if (us != CFOIL_UNKNOWN)
    cfoil_time_format_iso (iso, us);
  add_member (builder, "asOf", *iso != '\0' ? iso : NULL);
}

GBytes *
cfoil_report_write_json (const CfoilTable *table)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  gboolean with_currency = cfoil_report_currency_place (table) != G_MAXUINT;
  GString *text = g_string_new (NULL);

  json_builder_begin_object (builder);
  add_member (builder, "report", cfoil_table_get_name (table));
  add_member (builder, "title", cfoil_table_get_title (table));
  /* Of which page the rows' queries are. */
  add_member (builder, "subject", cfoil_table_get_subject (table) == CFOIL_TABLE_OF_DISPUTES ? "disputes" : "transactions");
  add_as_of (builder, table);
  add_notes (builder, table);
  add_columns (builder, table);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    add_row (builder, table, row, with_currency);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_to_gstring (generator, text);
  g_string_append_c (text, '\n');
  return g_string_free_to_bytes (text);
}
