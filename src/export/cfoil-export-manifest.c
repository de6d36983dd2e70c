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

struct _CfoilExportSums
{
  GHashTable *by_currency; /* (owned): text -> Total */
  const char *last_key;    /* (borrowed): of the table */
  Total *last;             /* (borrowed) */
};

CfoilExportSums *
cfoil_export_sums_new (void)
{
  CfoilExportSums *self = g_new0 (CfoilExportSums, 1);

  self->by_currency = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
cfoil_export_sums_free (CfoilExportSums *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_currency);
  g_free (self);
}

/* A million rows are of a few currencies, mostly of the same as before. */
static Total *
find_total (CfoilExportSums *self,
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
cfoil_export_sums_add (CfoilExportSums *self,
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
add_money (JsonBuilder *builder,
           const char  *name,
           gint64       minor,
           const char  *currency)
{
  char text[CFOIL_MONEY_BUFFER];

  cfoil_money_format (text, minor, MAX (cfoil_currency_exponent (currency), 0));
  add_string (builder, name, text);
}

static void
add_sums (JsonBuilder     *builder,
          CfoilExportSums *sums,
          const char      *sum_name)
{
  g_autoptr (GList) currencies = g_list_sort (g_hash_table_get_keys (sums->by_currency), (GCompareFunc) strcmp);

  for (GList *l = currencies; l != NULL; l = l->next)
    {
      const char *currency = l->data;
      const Total *total = g_hash_table_lookup (sums->by_currency, currency);

      json_builder_begin_object (builder);
      add_string (builder, "currency", currency);
      add_int (builder, "rows", total->n_rows);
      add_money (builder, sum_name, total->sum, currency);
      json_builder_end_object (builder);
    }
}

/* As the window has them under its list. */
static void
add_scan_totals (JsonBuilder  *builder,
                 const GArray *totals)
{
  for (guint i = 0; i < totals->len; i++)
    {
      const CfoilTotal *total = &g_array_index (totals, CfoilTotal, i);

      json_builder_begin_object (builder);
      add_string (builder, "currency", total->currency);
      add_int (builder, "rows", (gint64) total->n_rows);
      add_money (builder, "gross", total->gross_minor, total->currency);
      add_money (builder, "fee", total->fee_minor, total->currency);
      add_money (builder, "net", total->net_minor, total->currency);
      add_money (builder, "refunded", total->refunded_minor, total->currency);
      add_int (builder, "rows_without_fee", (gint64) total->n_unknown_fees);
      json_builder_end_object (builder);
    }
}

static gboolean
is_relative (const CfoilDay *day)
{
  return day->kind != CFOIL_DAY_NONE && day->kind != CFOIL_DAY_DATE;
}

/* How long the same query finds the same rows of the same mirror. */
typedef enum
{
  HOLDS_ALWAYS,
  HOLDS_TODAY,
  HOLDS_NOW,
} Holds;

static Holds
how_long_it_holds (const CfoilQuery *query)
{
  Holds holds = HOLDS_ALWAYS;

  for (guint i = 0; i < cfoil_query_get_n_terms (query); i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (query, i);

      if (term->kind == CFOIL_TERM_IS && term->is == CFOIL_IS_EXPIRING)
        return HOLDS_NOW;
      if (term->kind == CFOIL_TERM_TIME && (is_relative (&term->from) || is_relative (&term->until)))
        holds = HOLDS_TODAY;
    }
  return holds;
}

/* Only as exactly as it matters: what is exported twice on one day is the same to the
 * byte, the manifest too. */
static void
add_asked_at (JsonBuilder               *builder,
              const CfoilExportManifest *self)
{
  Holds holds = how_long_it_holds (self->query);
  gint64 second = self->now_us / G_USEC_PER_SEC;

  if (holds == HOLDS_NOW)
    {
      char now[CFOIL_TIME_BUFFER];

      cfoil_time_format_iso (now, second * G_USEC_PER_SEC);
      add_string (builder, "query_asked_at", now);
    }
  else if (holds == HOLDS_TODAY)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (second);
      g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, self->zone) : NULL;
      g_autofree char *day = local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;

      add_string (builder, "query_asked_at", day);
    }
}

/* What of the query was passed over, as it was typed. */
static void
add_mistakes (JsonBuilder      *builder,
              const CfoilQuery *query)
{
  const char *text = cfoil_query_get_text (query);

  json_builder_set_member_name (builder, "query_ignored");
  json_builder_begin_array (builder);
  for (guint i = 0; i < cfoil_query_get_n_mistakes (query); i++)
    {
      const CfoilQueryMistake *mistake = cfoil_query_get_mistake (query, i);
      g_autofree char *part = g_strndup (text + mistake->start, mistake->end - mistake->start);

      json_builder_add_string_value (builder, part);
    }
  json_builder_end_array (builder);
}

static void
add_query (JsonBuilder               *builder,
           const CfoilExportManifest *self,
           const CfoilExportOptions  *options)
{
  add_string (builder, "query", cfoil_query_get_text (self->query));
  if (cfoil_query_get_n_mistakes (self->query) > 0)
    add_mistakes (builder, self->query);
  if (options->ids == NULL)
    add_asked_at (builder, self);
  if (options->sort != NULL)
    {
      g_autofree char *sort = cfoil_sort_to_string (options->sort);

      add_string (builder, "sort", sort);
    }
  else
    add_string (builder, "sort", cfoil_field_get_info (CFOIL_FIELD_TIME)->name);
  json_builder_set_member_name (builder, "selection");
  json_builder_add_boolean_value (builder, options->ids != NULL);
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
cfoil_export_manifest_build (const CfoilExportManifest *self,
                             CfoilDatabase             *reader,
                             const CfoilExportOptions  *options,
                             const CfoilExportResult   *result,
                             GError                   **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  gint64 schema_version = 0;

  if (!cfoil_database_get_int64 (reader, "PRAGMA user_version", &schema_version, error))
    return NULL;
  json_builder_begin_object (builder);
  add_string (builder, "table", cfoil_export_table_to_string (options->table));
  add_string (builder, "profile", options->profile == CFOIL_EXPORT_EXCEL ? "excel" : "plain");
  if (self->query != NULL)
    add_query (builder, self, options);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->columns->len; i++)
    json_builder_add_string_value (builder, g_array_index (self->columns, CfoilExportColumn, i).name);
  json_builder_end_array (builder);
  add_string (builder, "time_zone", g_time_zone_get_identifier (self->zone));
  add_int (builder, "schema_version", schema_version);
  add_int (builder, "rows", (gint64) result->n_rows);
  json_builder_set_member_name (builder, "totals");
  json_builder_begin_array (builder);
  if (self->totals != NULL)
    add_scan_totals (builder, self->totals);
  else
    add_sums (builder, self->sums, self->sum_name);
  json_builder_end_array (builder);
  if (!add_gaps (builder, reader, error))
    return NULL;
  add_int (builder, "bytes", (gint64) result->n_bytes);
  add_string (builder, "sha256", result->sha256);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

void
cfoil_export_manifest_clear (CfoilExportManifest *self)
{
  g_clear_pointer (&self->query, cfoil_query_unref);
  g_clear_pointer (&self->totals, g_array_unref);
  g_clear_pointer (&self->sums, cfoil_export_sums_free);
}

CfoilAtomicFile *
cfoil_export_manifest_open (const char *path,
                            gboolean    overwrite,
                            GError    **error)
{
  g_autofree char *manifest_path = g_strconcat (path, ".manifest.json", NULL);

  return cfoil_atomic_file_new (manifest_path, overwrite, error);
}
