/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-export-manifest.h"

#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-money.h"
#include "cfoil-time.h"
#include "cfoil-types.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct
{
  gint64 n_rows;
  gint64 sum;
} Total;

struct _CfoilExportTotals
{
  GHashTable *by_currency; /* (owned): text -> Total */
  const char *last_key;    /* (borrowed): of the table */
  Total *last;             /* (borrowed) */
};

CfoilExportTotals *
cfoil_export_totals_new (void)
{
  CfoilExportTotals *self = g_new0 (CfoilExportTotals, 1);

  self->by_currency = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
cfoil_export_totals_free (CfoilExportTotals *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_currency);
  g_free (self);
}

/* A million rows are of a few currencies, mostly of the same as before. */
static Total *
find_total (CfoilExportTotals *self,
            const char        *key)
{
  gpointer kept_key, total;

  if (self->last != NULL && strcmp (self->last_key, key) == 0)
    return self->last;
  if (!g_hash_table_lookup_extended (self->by_currency, key, &kept_key, &total))
    {
      kept_key = g_strdup (key);
      total = g_new0 (Total, 1);
      g_hash_table_insert (self->by_currency, kept_key, total);
    }
  self->last_key = kept_key;
  self->last = total;
  return total;
}

gboolean
cfoil_export_totals_add (CfoilExportTotals *self,
                         const char        *currency,
                         gint64             minor,
                         GError           **error)
{
  const char *key = currency != NULL ? currency : "";
  Total *total = find_total (self, key);

  total->n_rows++;
  if (minor == CFOIL_UNKNOWN || cfoil_money_add (&total->sum, minor))
    return TRUE;
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE, "The total in %s is larger than can be counted", key);
  return FALSE;
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_totals (JsonBuilder       *builder,
            CfoilExportTotals *totals,
            const char        *sum_name)
{
  g_autoptr (GList) currencies = g_list_sort (g_hash_table_get_keys (totals->by_currency), (GCompareFunc) strcmp);

  json_builder_set_member_name (builder, "totals");
  json_builder_begin_array (builder);
  for (GList *l = currencies; l != NULL; l = l->next)
    {
      const char *currency = l->data;
      const Total *total = g_hash_table_lookup (totals->by_currency, currency);
      char text[CFOIL_MONEY_BUFFER];

      cfoil_money_format (text, total->sum, MAX (cfoil_currency_exponent (currency), 0));
      json_builder_begin_object (builder);
      add_string (builder, "currency", currency);
      add_int (builder, "rows", total->n_rows);
      add_string (builder, sum_name, text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static gboolean
add_gaps (JsonBuilder   *builder,
          CfoilDatabase *reader,
          GError       **error)
{
  g_autoptr (CfoilStatement) gaps = NULL;
  CfoilStep step;

  gaps = cfoil_database_prepare (reader,
                                 "SELECT a.name, f.name, c.end_us, "
                                 "(SELECT min (n.start_us) FROM feed_coverage AS n WHERE n.feed_id = c.feed_id AND n.start_us > c.end_us) AS next "
                                 "FROM feed_coverage AS c JOIN feed AS f USING (feed_id) JOIN account AS a USING (account_id) "
                                 "WHERE next IS NOT NULL ORDER BY 1, 2, 3",
                                 error);
  if (gaps == NULL)
    return FALSE;
  json_builder_set_member_name (builder, "coverage_gaps");
  json_builder_begin_array (builder);
  while ((step = cfoil_statement_step (gaps, error)) == CFOIL_STEP_ROW)
    {
      char from[CFOIL_TIME_BUFFER], until[CFOIL_TIME_BUFFER];

      cfoil_time_format_iso (from, cfoil_statement_column_int64 (gaps, 2));
      cfoil_time_format_iso (until, cfoil_statement_column_int64 (gaps, 3));
      json_builder_begin_object (builder);
      add_string (builder, "account", cfoil_statement_column_text (gaps, 0));
      add_string (builder, "feed", cfoil_statement_column_text (gaps, 1));
      add_string (builder, "from", from);
      add_string (builder, "until", until);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return step == CFOIL_STEP_DONE;
}

char *
cfoil_export_manifest_build (CfoilDatabase               *reader,
                             const CfoilExportOptions    *options,
                             const CfoilExportDefinition *definition,
                             const char                  *zone_name,
                             CfoilExportTotals           *totals,
                             const CfoilExportResult     *result,
                             GError                     **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  gint64 schema_version = 0;

  if (!cfoil_database_get_int64 (reader, "PRAGMA user_version", &schema_version, error))
    return NULL;
  json_builder_begin_object (builder);
  add_string (builder, "table", cfoil_export_table_to_string (options->table));
  add_string (builder, "profile", options->profile == CFOIL_EXPORT_EXCEL ? "excel" : "plain");
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < definition->n_columns; i++)
    json_builder_add_string_value (builder, definition->columns[i].name);
  json_builder_end_array (builder);
  add_string (builder, "time_zone", zone_name);
  add_int (builder, "schema_version", schema_version);
  add_int (builder, "rows", (gint64) result->n_rows);
  add_totals (builder, totals, definition->sum_name);
  if (!add_gaps (builder, reader, error))
    return NULL;
  add_int (builder, "bytes", (gint64) result->n_bytes);
  add_string (builder, "sha256", result->sha256);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

CfoilAtomicFile *
cfoil_export_manifest_open (const char *path,
                            gboolean    overwrite,
                            GError    **error)
{
  g_autofree char *manifest_path = g_strconcat (path, ".manifest.json", NULL);

  return cfoil_atomic_file_new (manifest_path, overwrite, error);
}
