/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-store.h"

#include "cfoil-error.h"
#include "cfoil-saved-view.h"

#include <glib/gi18n.h>

#define LIST_SQL "SELECT name, definition FROM report_definition "

/* One that a later version wrote, and this one cannot read, is passed over. */
static CfoilReportDefinition *
read_row (CfoilStatement *row,
          GError        **error)
{
  CfoilReportDefinition *definition = cfoil_report_definition_from_json (cfoil_statement_column_text (row, 1), error);

  if (definition != NULL)
    definition->name = g_strdup (cfoil_statement_column_text (row, 0));
  return definition;
}

GPtrArray *
cfoil_report_store_list (CfoilDatabase *database,
                         GError       **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_report_definition_free);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, LIST_SQL "ORDER BY name", error);
  CfoilStep step;

  if (row == NULL)
    return NULL;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      CfoilReportDefinition *definition = read_row (row, NULL);

      if (definition != NULL)
        g_ptr_array_add (list, definition);
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
fail_missing (const char *name,
              GError    **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no report “%s”", name);
  return FALSE;
}

CfoilReportDefinition *
cfoil_report_store_find (CfoilDatabase *database,
                         const char    *name,
                         GError       **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, LIST_SQL "WHERE name = ?1", error);
  CfoilStep step;

  if (row == NULL)
    return NULL;
  cfoil_statement_bind_text (row, 1, name);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    return read_row (row, error);
  if (step == CFOIL_STEP_DONE)
    fail_missing (name, error);
  return NULL;
}

/* --- changes --- */

typedef struct
{
  const char *sql;      /* with name, new name and definition as 1 to 3 */
  const char *name;
  const char *new_name; /* (nullable) */
  const char *json;     /* (nullable) */
} Change;

static gboolean
apply (CfoilDatabase *writer,
       const Change  *change,
       GError       **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (writer, change->sql, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, change->name);
  if (change->new_name != NULL)
    cfoil_statement_bind_text (statement, 2, change->new_name);
  if (change->json != NULL)
    cfoil_statement_bind_text (statement, 2, change->json);
  return cfoil_statement_run (statement, error);
}

static gboolean
run_change (CfoilMirror  *mirror,
            const Change *change,
            gboolean     *is_changed,
            GError      **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  if (apply (writer, change, error))
    {
      *is_changed = cfoil_database_changes (writer) > 0;
      if (cfoil_database_exec (writer, "COMMIT", error))
        {
          cfoil_mirror_notify_changed (mirror);
          return TRUE;
        }
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

static char *
clean_name (const char *name,
            GError    **error)
{
  g_autofree char *clean = cfoil_saved_view_clean_name (name, error);

  for (guint i = 0; clean != NULL && i < CFOIL_N_REPORTS; i++)
    {
      const CfoilReportInfo *info = cfoil_report_get_info ((CfoilReportKind) i);

      if (g_ascii_strcasecmp (clean, info->name) != 0 && g_strcmp0 (clean, _ (info->title)) != 0)
        continue;
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TAKEN, "“%s” is one of the program's own reports", clean);
      return NULL;
    }
  return g_steal_pointer (&clean);
}

static gboolean
fail_existing (const char *name,
               GError    **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is a report “%s” already", name);
  return FALSE;
}

gboolean
cfoil_report_store_put (CfoilMirror                 *mirror,
                        const CfoilReportDefinition *definition,
                        gboolean                     replace,
                        GError                     **error)
{
  g_autofree char *name = clean_name (definition->name != NULL ? definition->name : "", error);
  g_autofree char *json = cfoil_report_definition_to_json (definition);
  const Change change = {
    replace ? "INSERT INTO report_definition (name, definition) VALUES (?1, ?2) "
              "ON CONFLICT (name) DO UPDATE SET name = excluded.name, definition = excluded.definition"
            : "INSERT INTO report_definition (name, definition) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING",
    name, NULL, json,
  };
  gboolean is_changed;

  if (name == NULL || !run_change (mirror, &change, &is_changed, error))
    return FALSE;
  return is_changed || fail_existing (name, error);
}

gboolean
cfoil_report_store_rename (CfoilMirror *mirror,
                           const char  *name,
                           const char  *new_name,
                           GError     **error)
{
  g_autofree char *clean = clean_name (new_name, error);
  /* Both halves of one statement: between two questions the answer could change. */
  const Change change = {
    "UPDATE report_definition SET name = ?2 WHERE name = ?1 "
    "AND NOT EXISTS (SELECT 1 FROM report_definition AS o WHERE o.name = ?2 AND o.name <> ?1)",
    name, clean, NULL,
  };
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilReportDefinition) found = NULL;
  gboolean is_changed;

  if (clean == NULL || !run_change (mirror, &change, &is_changed, error))
    return FALSE;
  if (is_changed)
    return TRUE;
  reader = cfoil_mirror_open_reader (mirror, error);
  found = reader != NULL ? cfoil_report_store_find (reader, name, error) : NULL;
  return found != NULL && fail_existing (clean, error);
}

gboolean
cfoil_report_store_remove (CfoilMirror *mirror,
                           const char  *name,
                           GError     **error)
{
  const Change change = { "DELETE FROM report_definition WHERE name = ?1", name, NULL, NULL };
  gboolean is_changed;

  if (!run_change (mirror, &change, &is_changed, error))
    return FALSE;
  return is_changed || fail_missing (name, error);
}
