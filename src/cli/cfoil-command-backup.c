/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-backup.h"
#include "cfoil-cli.h"

#include <glib/gi18n.h>

static void
print_files (const CfoilBackupResult *result)
{
  if (result->n_files > 0)
    g_print (ngettext ("%u evidence file was copied\n", "%u evidence files were copied\n", result->n_files), result->n_files);
  if (result->n_missing > 0)
    g_printerr (ngettext ("%u evidence file is missing or damaged in the mirror, and not in the copy\n",
                          "%u evidence files are missing or damaged in the mirror, and not in the copy\n", result->n_missing),
                result->n_missing);
}

int
cfoil_command_backup (CfoilCli *cli,
                      char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  CfoilBackupResult result;
  gboolean overwrite = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "overwrite", 0, 0, G_OPTION_ARG_NONE, &overwrite, N_ ("Replace the file if it exists"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "backup FILE",
                        N_ ("Writes a copy of the mirror’s database with your notes, tags, views and answers, checks it, and only "
                            "then gives it its name. Evidence files are copied into a folder beside it: FILE.evidence. Keys and the raw "
                            "report files (the folder reports) are not in it."),
                        entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1)
    return cfoil_cli_usage (_ ("Name one file to write."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  if (!cfoil_backup_sync (cfoil_context_get_mirror (context), argv[0], overwrite, cli->cancellable, &result, &error))
    return cfoil_cli_fail (cli, error);
  name = g_filename_display_name (argv[0]);
  if (cli->json)
    {
      g_autoptr (GString) out = g_string_new ("{");

      cfoil_json_append_member (out, "path", name);
      g_string_append_printf (out, ", \"rows\": %" G_GUINT64_FORMAT ", \"bytes\": %" G_GUINT64_FORMAT
                              ", \"evidence_files\": %u, \"evidence_files_missing\": %u}\n",
                              result.n_rows, result.n_bytes, result.n_files, result.n_missing);
      cfoil_cli_print (out->str);
    }
  else
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, result.n_rows);

      /* Translators: a file's name, how many rows the copy has. */
      g_print (ngettext ("%s: a checked copy with %s row\n", "%s: a checked copy with %s rows\n", result.n_rows), name, number);
      print_files (&result);
    }
  return CFOIL_EXIT_DONE;
}
