/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-files.h"

#include "cfoil-query.h"
#include "cfoil-report-schedule.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a query that a person can still read. */
#define MAX_IDS "200"

#define LIST_SQL \
  "SELECT account, provider_type, iif (document_state = 'refused', 'unreadable', status), start_at_us, end_at_us, created_at_us, is_ours, " \
  "document_sha256, NULL, row_count, feed, report_id, NULL FROM reports UNION ALL " \
  "SELECT account, type, iif (state = 'refused', 'unreadable', 'imported'), NULL, NULL, received_at_us, 1, sha256, shown_name, row_count, " \
  "feed, NULL, error_message FROM documents WHERE source = 'import' " \
  "ORDER BY 6 DESC, 8 LIMIT " G_STRINGIFY (CFOIL_REPORT_FILES_MAX)

void
cfoil_report_file_free (CfoilReportFile *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self->feed);
  g_free (self->report_id);
  g_free (self->title);
  g_free (self->provider_type);
  g_free (self->status);
  g_free (self->answer);
  g_free (self->sha256);
  g_free (self->shown_name);
  g_free (self);
}

static CfoilReportFile *
read_row (CfoilStatement *row)
{
  CfoilReportFile *self = g_new0 (CfoilReportFile, 1);

  self->account = g_strdup (cfoil_statement_column_text (row, 0));
  self->provider_type = g_strdup (cfoil_statement_column_text (row, 1));
  self->status = g_strdup (cfoil_statement_column_text (row, 2));
  self->start_us = cfoil_statement_column_int64 (row, 3);
  self->end_us = cfoil_statement_column_int64 (row, 4);
  self->created_us = cfoil_statement_column_int64 (row, 5);
  self->is_ours = cfoil_statement_column_int64 (row, 6) != 0;
  self->sha256 = g_strdup (cfoil_statement_column_text (row, 7));
  self->shown_name = g_strdup (cfoil_statement_column_text (row, 8));
  self->n_rows = cfoil_statement_column_int64 (row, 9);
  self->feed = g_strdup (cfoil_statement_column_text (row, 10));
  self->report_id = g_strdup (cfoil_statement_column_text (row, 11));
  self->answer = g_strdup (cfoil_statement_column_text (row, 12));
  return self;
}

/* What was asked for and is no report yet, or never becomes one. */
static CfoilReportFile *
of_request (const CfoilReportRequest *request)
{
  CfoilReportFile *self = g_new0 (CfoilReportFile, 1);

  self->account = g_strdup (request->account);
  self->provider_type = g_strdup (request->provider_type);
  self->status = g_strdup (request->is_refused ? "refused" : "waiting");
  self->answer = g_strdup (request->answer);
  self->start_us = request->start_us;
  self->end_us = request->end_us;
  self->created_us = request->asked_us;
  self->is_ours = TRUE;
  self->n_rows = CFOIL_UNKNOWN;
  return self;
}

GPtrArray *
cfoil_report_files_list (CfoilDatabase *database,
                         GError       **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_report_file_free);
  g_autoptr (GPtrArray) requests = cfoil_report_request_list (database, error);
  g_autoptr (CfoilStatement) row = requests != NULL ? cfoil_database_prepare (database, LIST_SQL, error) : NULL;
  CfoilStep step;

  if (row == NULL)
    return NULL;
  for (guint i = 0; i < requests->len; i++)
    g_ptr_array_add (files, of_request (g_ptr_array_index (requests, i)));
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (files, read_row (row));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&files) : NULL;
}

static const char *
status_title (const CfoilReportFile *file)
{
  static const struct
  {
    const char *status;
    const char *title;
  } titles[] = {
    { "in_progress", N_ ("Being made") }, { "completed", N_ ("Made") },   { "failed", N_ ("Failed") },
    { "cancelled", N_ ("Empty") },     { "expired", N_ ("Expired") }, { "imported", N_ ("Imported") },
    { "waiting", N_ ("Not requested yet") }, { "refused", N_ ("Refused") },  { "unreadable", N_ ("Cannot be read") },
  };

  if (file->sha256 != NULL && g_str_equal (file->status, "completed"))
    return _ ("Downloaded");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (file->status, titles[i].status))
      return _ (titles[i].title);
  return _ ("Not known");
}

char *
cfoil_report_file_explain (const CfoilReportFile *self)
{
  static const struct
  {
    const char *status;
    const char *text;
  } texts[] = {
    { "in_progress", N_ ("The provider is making it; it comes with one of the next syncs.") },
    { "failed", N_ ("The provider could not make it. Request it again, or for a shorter period.") },
    { "cancelled", N_ ("Nothing happened in its period, so there is no file.") },
    { "expired", N_ ("The provider no longer keeps it. Request it again.") },
    { "waiting", N_ ("The provider could not be asked as yet; the next sync does.") },
    { "refused", N_ ("The provider does not make it. Choose another period or report.") },
    { "unreadable", N_ ("It is kept, but its form is not known. Save it to look into it.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (self->status, texts[i].status))
      /* Translators: a sentence, and the provider's own words about it */
      return self->answer != NULL ? g_strdup_printf (C_ ("explanation", "%s (%s)"), _ (texts[i].text), self->answer)
                                  : g_strdup (_ (texts[i].text));
  if (g_str_equal (self->status, "completed") && self->sha256 == NULL)
    return g_strdup (_ ("It is ready: download it now, or with the next sync."));
  return g_strdup ("");
}

CfoilTable *
cfoil_report_files_to_table (GPtrArray *files,
                             GTimeZone *zone)
{
  CfoilTable *table = cfoil_table_new ("report-files", _ ("Report Files"));

  cfoil_table_add_column (table, "type", _ ("Report"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "status", _ ("Status"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "first_day", _ ("From"), CFOIL_COLUMN_DAY);
  cfoil_table_add_column (table, "last_day", _ ("Until"), CFOIL_COLUMN_DAY);
  cfoil_table_add_column (table, "rows", _ ("Rows"), CFOIL_COLUMN_COUNT);
  cfoil_table_add_column (table, "created_at_utc", _ ("Made"), CFOIL_COLUMN_TIME);
  cfoil_table_add_column (table, "asked_by", _ ("Asked For By"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "account", _ ("Account"), CFOIL_COLUMN_TEXT);
  for (guint i = 0; i < files->len; i++)
    {
      const CfoilReportFile *file = g_ptr_array_index (files, i);

      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
      cfoil_table_add_text (table, file->shown_name != NULL ? file->shown_name : file->title != NULL ? file->title : file->provider_type);
      cfoil_table_add_text (table, status_title (file));
      cfoil_table_add_number (table, file->start_us != CFOIL_UNKNOWN ? cfoil_day_of_time (file->start_us, zone) : CFOIL_UNKNOWN);
      cfoil_table_add_number (table, file->end_us != CFOIL_UNKNOWN ? cfoil_day_of_time (file->end_us - 1, zone) : CFOIL_UNKNOWN);
      cfoil_table_add_number (table, file->n_rows);
      cfoil_table_add_number (table, file->created_us);
      cfoil_table_add_text (table, file->is_ours ? _ ("This program") : _ ("Others"));
      cfoil_table_add_text (table, file->account);
    }
  return table;
}

/* A settlement report fed its settlement; others fed the objects that they name. */
char *
cfoil_report_file_find_rows (CfoilDatabase *database,
                             const char    *sha256,
                             GError       **error)
{
  static const struct
  {
    CfoilField field;
    const char *sql;
  } questions[] = {
    { CFOIL_FIELD_SETTLEMENT, "SELECT provider_id FROM settlement WHERE settlement_id IN (SELECT l.settlement_id FROM settlement_line AS l "
                              "WHERE l.document_id IN (SELECT document_id FROM document WHERE sha256 = ?1)) ORDER BY 1 LIMIT " MAX_IDS },
    { CFOIL_FIELD_TRANSACTION_ID, "SELECT o.object_id FROM observation AS o WHERE o.kind IN (1, 2) AND o.document_id IN "
                                  "(SELECT document_id FROM document WHERE sha256 = ?1) ORDER BY o.object_id LIMIT " MAX_IDS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, questions[i].sql, error);
      g_autoptr (GString) query = g_string_new (NULL);
      CfoilStep step;

      if (row == NULL)
        return NULL;
      cfoil_statement_bind_text (row, 1, sha256);
      while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
        {
          g_autofree char *term = cfoil_term_text_of_value (questions[i].field, cfoil_statement_column_text (row, 0), FALSE);

          g_string_append_printf (query, "%s%s", query->len > 0 ? "," : "", query->len > 0 ? strchr (term, ':') + 1 : term);
        }
      if (step != CFOIL_STEP_DONE)
        return NULL;
      if (query->len > 0)
        return g_string_free (g_steal_pointer (&query), FALSE);
    }
  return NULL;
}
