/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-error.h"
#include "cfoil-export-import.h"
#include "cfoil-export-reader.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

/* What there is to be read, and what became of it. */
typedef struct
{
  CfoilCli *cli;
  CfoilContext *context; /* (owned) (nullable) */
  char *account;         /* (owned) (nullable) */
  gboolean replaces;
  GPtrArray *exports;    /* (owned) (element-type filename): of ours */
  GPtrArray *reports;    /* (owned) (element-type filename): all others */
  JsonBuilder *builder;  /* (owned) */
  const char *path;      /* (borrowed): of the export that is being read */
  guint n_failed;
  gboolean is_partial;
} Import;

static void
import_clear (Import *self)
{
  g_clear_object (&self->context);
  g_free (self->account);
  g_clear_pointer (&self->exports, g_ptr_array_unref);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  g_clear_object (&self->builder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            guint64      number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) number);
}

/* --- reports --- */

static void
print_report (const CfoilImportResult *result)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, result->n_rows);

  if (result->error != NULL)
    cfoil_cli_print_failure (result->path, result->error->message, cfoil_error_to_name (result->error));
  else if (result->was_known)
    g_print (_ ("%s: already in the mirror, nothing changed\n"), result->path);
  else
    /* Translators: a file's name, the report's type, how many rows. */
    g_print (ngettext ("%s: %s, %s row\n", "%s: %s, %s rows\n", result->n_rows), result->path, result->type, number);
}

static void
add_report (JsonBuilder             *builder,
            const CfoilImportResult *result)
{
  g_autofree char *path = g_filename_display_name (result->path);

  json_builder_begin_object (builder);
  add_text (builder, "path", path);
  add_text (builder, "type", result->type);
  add_number (builder, "rows", result->n_rows);
  json_builder_set_member_name (builder, "alreadyKnown");
  json_builder_add_boolean_value (builder, result->was_known);
  add_text (builder, "error", result->error != NULL ? result->error->message : NULL);
  json_builder_end_object (builder);
}

static gboolean
import_reports (Import  *self,
                GError **error)
{
  g_autoptr (GPtrArray) results = NULL;
  CfoilProgressLine *line;
  CfoilOutcome outcome;
  gboolean ok;

  if (self->reports->len == 0)
    return TRUE;
  g_ptr_array_add (self->reports, NULL);
  line = cfoil_progress_line_new (self->cli);
  ok = cfoil_context_import_sync (self->context, self->account, (const char *const *) self->reports->pdata,
                                  cfoil_progress_line_show, line, self->cli->cancellable, &results, &outcome, error);
  cfoil_progress_line_free (line);
  if (!ok)
    return FALSE;

  for (guint i = 0; i < results->len; i++)
    {
      const CfoilImportResult *result = g_ptr_array_index (results, i);

      if (!self->cli->json)
        print_report (result);
      else
        add_report (self->builder, result);
      if (result->error != NULL)
        self->n_failed++;
    }
  self->is_partial = outcome != CFOIL_OUTCOME_DONE;
  return TRUE;
}

/* --- exports of ours --- */

static void
tell_difference (const CfoilExportDifference *difference,
                 gpointer                     user_data)
{
  Import *self = user_data;

  if (self->cli->json)
    {
      json_builder_begin_object (self->builder);
      add_number (self->builder, "line", difference->line_number);
      add_text (self->builder, "transactionId", difference->transaction_id);
      add_text (self->builder, "column", difference->column);
      add_text (self->builder, "inFile", difference->in_file);
      add_text (self->builder, "inMirror", difference->in_mirror);
      json_builder_end_object (self->builder);
    }
  else
    {
      g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, difference->line_number);
      g_autofree char *id = cfoil_cli_clean (difference->transaction_id, 0);
      g_autofree char *in_file = cfoil_cli_clean (difference->in_file, 0);
      g_autofree char *in_mirror = cfoil_cli_clean (difference->in_mirror, 0);

      /* Translators: a file, a line in it, a transaction's id, a column, and what stands
       * there in the file and in the mirror. */
      g_print (_ ("%s, line %s: %s, %s: “%s” in the file, “%s” in the mirror\n"), self->path, line, id,
               difference->column, in_file, in_mirror);
    }
}

static void
print_count (const char *words,
             guint64     number)
{
  if (number > 0)
    g_print ("  %s: %" G_GUINT64_FORMAT "\n", words, number);
}

static void
print_export (Import                        *self,
              const CfoilExportImportResult *result)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, result->n_rows);

  /* Translators: a file's name, how many rows. */
  g_print (ngettext ("%s: an export of ours, %s row\n", "%s: an export of ours, %s rows\n", result->n_rows), self->path, number);
  print_count (_ ("with the mirror’s values"), result->n_equal);
  print_count (_ ("with other values"), result->n_different);
  print_count (_ ("not in the mirror"), result->n_missing);
  print_count (_ ("note, tags or mark put back"), result->n_restored);
}

static void
end_export (Import                        *self,
            const CfoilExportImportResult *result,
            const GError                  *error)
{
  json_builder_end_array (self->builder);
  add_text (self->builder, "path", self->path);
  add_text (self->builder, "type", "export");
  add_number (self->builder, "rows", result->n_rows);
  add_number (self->builder, "equal", result->n_equal);
  add_number (self->builder, "different", result->n_different);
  add_number (self->builder, "missing", result->n_missing);
  add_number (self->builder, "values", result->n_values);
  add_number (self->builder, "restored", result->n_restored);
  add_text (self->builder, "error", error != NULL ? error->message : NULL);
  json_builder_end_object (self->builder);
}

static void
import_export (Import             *self,
               const char         *path,
               const CfoilAccount *account)
{
  CfoilExportImportOptions options = {
    .path = path,
    .provider = account != NULL ? account->provider : NULL,
    .environment = account != NULL ? account->environment : NULL,
    .replaces = self->replaces,
  };
  g_autofree char *shown = g_filename_display_name (path);
  CfoilExportImportResult result;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  self->path = shown;
  json_builder_begin_object (self->builder);
  json_builder_set_member_name (self->builder, "differences");
  json_builder_begin_array (self->builder);
  ok = cfoil_export_import_sync (cfoil_context_get_mirror (self->context), &options, tell_difference, self,
                                 self->cli->cancellable, &result, &error);
  end_export (self, &result, error);
  if (!ok)
    {
      self->n_failed++;
      self->is_partial = TRUE;
      if (!self->cli->json)
        cfoil_cli_print_failure (shown, error->message, cfoil_error_to_name (error));
      return;
    }
  if (!self->cli->json)
    print_export (self, &result);
  /* Not every value of the file is in the mirror. */
  if (result.n_different > 0 || result.n_missing > 0)
    self->is_partial = TRUE;
}

static gboolean
import_exports (Import  *self,
                GError **error)
{
  g_autoptr (CfoilAccount) account = NULL;

  if (self->exports->len > 0 && self->account != NULL &&
      (account = cfoil_context_find_account_sync (self->context, self->account, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < self->exports->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (self->cli->cancellable, error))
        return FALSE;
      import_export (self, g_ptr_array_index (self->exports, i), account);
    }
  return TRUE;
}

/* --- the command --- */

static int
run (Import *self)
{
  guint n_files = self->exports->len + self->reports->len;
  g_autoptr (GError) error = NULL;

  self->context = cfoil_cli_open (self->cli);
  if (self->context == NULL)
    return CFOIL_EXIT_FAILED;
  json_builder_begin_array (self->builder);
  if (!import_reports (self, &error) || !import_exports (self, &error))
    return cfoil_cli_fail (self->cli, error);
  json_builder_end_array (self->builder);
  if (self->cli->json)
    {
      g_autoptr (JsonNode) root = json_builder_get_root (self->builder);
      g_autofree char *text = json_to_string (root, TRUE);

      g_print ("%s\n", text);
    }
  if (self->n_failed == n_files)
    return CFOIL_EXIT_FAILED;
  return self->is_partial ? CFOIL_EXIT_PARTIAL : CFOIL_EXIT_DONE;
}

int
cfoil_command_import (CfoilCli *cli,
                      char    **argv)
{
  g_auto (Import) self = { .cli = cli };
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &self.account, N_ ("The account that the files belong to"), N_ ("NAME") },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &self.replaces,
      N_ ("Notes, tags and marks of an export replace other ones in the mirror"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "import [--account NAME] FILE…",
                        N_ ("Reads settlement, refund, capture, authorization, order reference and billing agreement reports, "
                            "and notifications, which belong to an account. A file that was read before changes nothing. "
                            "Of an export of ours, notes, tags and marks are put back, and every other value is held against "
                            "the mirror; exit code 3: not all of them are the same."),
                        entries, &exit_code))
    return exit_code;
  self.exports = g_ptr_array_new ();
  self.reports = g_ptr_array_new ();
  self.builder = json_builder_new ();
  for (char **path = argv; *path != NULL; path++)
    g_ptr_array_add (cfoil_export_reader_is_ours (*path) ? self.exports : self.reports, *path);
  if (argv[0] == NULL || (self.reports->len > 0 && self.account == NULL))
    return cfoil_cli_usage (_ ("Name an account (--account) and at least one file."));
  return run (&self);
}
