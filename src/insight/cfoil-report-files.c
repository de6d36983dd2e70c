/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-files.h"

#include "cfoil-query.h"
#include "cfoil-report-schedule.h"

#include <glib/gi18n.h>
#include <string.h>

/* STATE of a document that is done: of a feed of their own all are understood. */
#define IS_STRANGE(type) "feed = 'imports' AND coalesce (" type ", '" CFOIL_DOCUMENT_NOT_UNDERSTOOD "') = '" CFOIL_DOCUMENT_NOT_UNDERSTOOD "'"

#define LIST_SQL \
  "SELECT account, provider_type, CASE WHEN document_state = 'refused' THEN 'unreadable' WHEN document_state = 'done' AND " \
  IS_STRANGE ("(SELECT d.type FROM documents AS d WHERE d.sha256 = document_sha256 AND d.account = r.account)") " THEN 'strange' " \
  "ELSE status END, start_at_us, end_at_us, created_at_us, is_ours, " \
  "document_sha256, NULL, row_count, feed, report_id, NULL FROM reports AS r UNION ALL " \
  "SELECT account, type, CASE WHEN state = 'refused' THEN 'unreadable' WHEN " IS_STRANGE ("type") " THEN 'strange' ELSE 'imported' END, NULL, NULL, received_at_us, 1, sha256, shown_name, row_count, " \
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
    { "strange", N_ ("Not understood") },
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
    { "strange", N_ ("It is kept as it came. What its columns mean is not published, so nothing was read from it. Open it to look into it.") },
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

/* FIELD:ID,ID, ... of the first of them; NULL without error: there is none. */
static char *
build_query (CfoilStatement *row,
             CfoilField      field,
             guint          *n_more,
             GError        **error)
{
  g_autoptr (GString) query = g_string_new (NULL);
  CfoilStep step;

  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      g_autofree char *term = cfoil_term_text_of_value (field, cfoil_statement_column_text (row, 0), FALSE);
      const char *value = query->len > 0 ? strchr (term, ':') + 1 : term;

      if (*n_more == 0 && query->len + 1 + strlen (value) <= CFOIL_QUERY_MAX_LENGTH)
        g_string_append_printf (query, "%s%s", query->len > 0 ? "," : "", value);
      else
        (*n_more)++;
    }
  return step == CFOIL_STEP_DONE && query->len > 0 ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;
}

/* A settlement report fed its settlement; others the objects that they name.  An order has no
 * row of its own: its payments show it. */
char *
cfoil_report_file_find_rows (CfoilDatabase *database,
                             const char    *sha256,
                             guint         *n_more,
                             GError       **error)
{
#define OF_FILE "IN (SELECT document_id FROM document WHERE sha256 = ?1)"
  static const struct
  {
    CfoilField field;
    const char *sql;
  } questions[] = {
    { CFOIL_FIELD_SETTLEMENT, "SELECT provider_id FROM settlement WHERE settlement_id IN (SELECT l.settlement_id FROM settlement_line AS l "
                              "WHERE l.document_id " OF_FILE ") ORDER BY 1" },
    { CFOIL_FIELD_TRANSACTION_ID, "SELECT object_id FROM observation WHERE kind IN (1, 2) AND document_id " OF_FILE " ORDER BY 1" },
    { CFOIL_FIELD_PERMISSION_ID, "SELECT object_id FROM observation AS o WHERE kind = 3 AND document_id " OF_FILE
                                 " AND EXISTS (SELECT 1 FROM txn AS t WHERE t.account_id = o.account_id AND t.permission_id = o.object_id) "
                                 "ORDER BY 1" },
  };
#undef OF_FILE

  *n_more = 0;
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, questions[i].sql, error);
      g_autoptr (GError) own = NULL;
      char *query;

      if (row == NULL)
        return NULL;
      cfoil_statement_bind_text (row, 1, sha256);
      query = build_query (row, questions[i].field, n_more, &own);
      if (query != NULL)
        return query;
      if (own != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own));
          return NULL;
        }
    }
  return NULL;
}
