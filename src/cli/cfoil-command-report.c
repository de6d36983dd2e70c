/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-report-file.h"
#include "cfoil-report-store.h"
#include "cfoil-summary.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <stdio.h>

typedef struct
{
  char *period;
  char *group;
  char *currency;
  char **accounts;
  char *paper;
  char *format;
  char *output;
  gboolean is_landscape;
  gboolean overwrite;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->period);
  g_free (words->group);
  g_free (words->currency);
  g_strfreev (words->accounts);
  g_free (words->paper);
  g_free (words->format);
  g_free (words->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/* --- list --- */

static void
print_own (CfoilCli *cli,
           GString  *json)
{
  for (guint i = 0; i < CFOIL_N_REPORTS; i++)
    {
      const CfoilReportInfo *info = cfoil_report_get_info ((CfoilReportKind) i);
      g_autofree char *groups = g_strjoinv (", ", (char **) info->groups);

      if (!cli->json)
        {
          g_print ("%-16s %s\n%-16s ", info->name, _ (info->explanation), "");
          /* Translators: what the rows of a report can be: "by day, week, month" */
          g_print (_ ("by %s"), groups);
          g_print ("\n");
          continue;
        }
      g_string_append (json, i > 0 ? ", {" : "{");
      cfoil_json_append_member (json, "name", info->name);
      cfoil_json_append_member (json, "title", _ (info->title));
      cfoil_json_append_member (json, "groups", groups);
      g_string_append_c (json, '}');
    }
}

static void
print_saved (CfoilCli  *cli,
             GPtrArray *saved,
             GString   *json)
{
  for (guint i = 0; i < saved->len; i++)
    {
      const CfoilReportDefinition *definition = g_ptr_array_index (saved, i);
      const CfoilReportInfo *info = cfoil_report_get_info (definition->kind);
      g_autofree char *name = cfoil_cli_clean (definition->name, 0);

      if (!cli->json)
        {
          g_print ("%-16s %s, %s\n", name, _ (info->title), definition->period);
          continue;
        }
      g_string_append (json, ", {");
      cfoil_json_append_member (json, "name", definition->name);
      cfoil_json_append_member (json, "report", info->name);
      cfoil_json_append_member (json, "period", definition->period);
      cfoil_json_append_member (json, "group", definition->group);
      cfoil_json_append_member (json, "currency", definition->currency);
      g_string_append_c (json, '}');
    }
}

static int
print_list (CfoilCli      *cli,
            CfoilDatabase *reader)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) saved = cfoil_report_store_list (reader, &error);
  g_autoptr (GString) json = g_string_new ("[");

  if (saved == NULL)
    return cfoil_cli_fail (cli, error);
  print_own (cli, json);
  print_saved (cli, saved, json);
  if (cli->json)
    g_print ("%s]\n", json->str);
  return CFOIL_EXIT_DONE;
}

/* --- run --- */

static void
take (char **target,
      char **word)
{
  if (*word == NULL)
    return;
  g_free (*target);
  *target = g_steal_pointer (word);
}

/* NAME of an own or a saved report, with what was asked for instead of what it says. */
static CfoilReportDefinition *
make_definition (CfoilDatabase *reader,
                 const char    *name,
                 Words         *words,
                 GError       **error)
{
  CfoilReportDefinition *definition;
  CfoilReportKind kind;

  if (cfoil_report_from_string (name, &kind))
    {
      definition = g_new0 (CfoilReportDefinition, 1);
      definition->kind = kind;
      definition->period = g_strdup ("lastmonth");
    }
  else
    {
      definition = cfoil_report_store_find (reader, name, error);
      if (definition == NULL)
        return NULL;
    }
  take (&definition->period, &words->period);
  take (&definition->group, &words->group);
  take (&definition->currency, &words->currency);
  if (words->accounts != NULL)
    {
      g_strfreev (definition->accounts);
      definition->accounts = g_steal_pointer (&words->accounts);
    }
  return definition;
}

static gboolean
print_bytes (GBytes  *bytes,
             GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (fwrite (data, 1, size, stdout) == size && fflush (stdout) == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot write to standard output");
  return FALSE;
}

static gboolean
write_table (CfoilCli              *cli,
             const CfoilTable      *table,
             CfoilReportFormat      format,
             const CfoilReportPage *page,
             GTimeZone             *zone,
             const Words           *words,
             GError               **error)
{
  if (g_str_equal (words->output, "-"))
    {
      g_autoptr (GBytes) bytes = cfoil_report_write (table, format, page, zone, error);

      cli->has_printed = TRUE;
      return bytes != NULL && print_bytes (bytes, error);
    }
  if (!cfoil_report_save (table, format, page, zone, words->output, words->overwrite, error))
    return FALSE;
  if (cli->json)
    cfoil_json_print_done ("report", cfoil_table_get_name (table), "written");
  else
    {
      g_autofree char *name = g_filename_display_name (words->output);

      /* Translators: a report's title, a file's name. */
      g_print (_ ("%s: %s\n"), cfoil_table_get_title (table), name);
    }
  return TRUE;
}

/* The advice that errors have of themselves is about files; here it is about words.  HINT (nullable). */
static int
fail_words (CfoilCli     *cli,
            const GError *error,
            const char   *hint)
{
  g_autofree char *message = cfoil_cli_clean (error->message, 0);

  if (cli->json)
    {
      g_autoptr (GString) out = g_string_new ("{");

      cfoil_json_append_error (out, "message", error);
      g_print ("%s}\n", out->str);
    }
  g_printerr ("%s\n", message);
  if (hint != NULL)
    g_printerr ("%s\n", hint);
  return CFOIL_EXIT_FAILED;
}

static int
fail_definition (CfoilCli     *cli,
                 const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return fail_words (cli, error, _ ("“counterfoil-cli report list” shows the reports there are."));
  /* No such period, no such rows: the error says what there is. */
  if (error->domain == CFOIL_INPUT_ERROR && error->code != CFOIL_INPUT_ERROR_ACCOUNT)
    return fail_words (cli, error, NULL);
  return cfoil_cli_fail (cli, error);
}

static int
run_report (CfoilCli              *cli,
            CfoilDatabase         *reader,
            const char            *name,
            CfoilReportFormat      format,
            const CfoilReportPage *page,
            Words                 *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilReportDefinition) definition = make_definition (reader, name, words, &error);
  g_autoptr (GTimeZone) zone = definition != NULL ? cfoil_summary_get_zone (reader, &error) : NULL;
  g_autoptr (CfoilTable) table = NULL;

  if (zone != NULL)
    table = cfoil_report_run (reader, definition, cfoil_time_now_us (), cli->cancellable, &error);
  if (table == NULL)
    return fail_definition (cli, error);
  if (!write_table (cli, table, format, page, zone, words, &error))
    return cfoil_cli_fail (cli, error);
  return CFOIL_EXIT_DONE;
}

static int
save_definition (CfoilCli      *cli,
                 CfoilMirror   *mirror,
                 CfoilDatabase *reader,
                 const char    *name,
                 const char    *report,
                 Words         *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilReportDefinition) definition = make_definition (reader, report, words, &error);
  CfoilPeriod period;

  if (definition == NULL || !cfoil_period_parse (definition->period, 0, &period, &error))
    return fail_definition (cli, error);
  g_free (definition->name);
  definition->name = g_strdup (name);
  if (!cfoil_report_store_put (mirror, definition, words->overwrite, &error))
    return cfoil_cli_fail (cli, error);
  if (cli->json)
    cfoil_json_print_done ("report", name, "saved");
  return CFOIL_EXIT_DONE;
}

static int
change_definition (CfoilCli    *cli,
                   CfoilMirror *mirror,
                   char       **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean is_removal = g_str_equal (argv[0], "remove");
  gboolean ok = is_removal ? cfoil_report_store_remove (mirror, argv[1], &error)
                           : cfoil_report_store_rename (mirror, argv[1], argv[2], &error);

  if (!ok)
    return fail_definition (cli, error);
  if (cli->json)
    cfoil_json_print_done ("report", argv[1], is_removal ? "removed" : "renamed");
  return CFOIL_EXIT_DONE;
}

/* --- words --- */

static gboolean
read_format (const Words       *words,
             CfoilReportFormat *format)
{
  if (words->format != NULL)
    return cfoil_report_format_from_string (words->format, format);
  return !g_str_equal (words->output, "-") && cfoil_report_format_from_path (words->output, format);
}

static int
dispatch (CfoilCli *cli,
          char    **argv,
          Words    *words)
{
  guint n = g_strv_length (argv);
  CfoilReportPage page = { cfoil_report_usual_paper (), words->is_landscape };
  CfoilReportFormat format = CFOIL_REPORT_CSV;
  gboolean is_list = n == 1 && g_str_equal (argv[0], "list");
  gboolean is_save = n == 3 && g_str_equal (argv[0], "save");
  gboolean is_change = (n == 2 && g_str_equal (argv[0], "remove")) || (n == 3 && g_str_equal (argv[0], "rename"));
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;
  CfoilMirror *mirror;

  if (!is_list && !is_save && !is_change && n != 1)
    return cfoil_cli_usage (_ ("Which report? See “counterfoil-cli report list”."));
  if (words->paper != NULL && !cfoil_report_paper_from_string (words->paper, &page.paper))
    return cfoil_cli_usage (_ ("--paper is a4 or letter."));
  if (!is_list && !is_save && !is_change && words->output == NULL)
    return cfoil_cli_usage (_ ("Where to? Give --output FILE, or --output - with --format."));
  if (words->currency != NULL && cfoil_currency_exponent (words->currency) < 0)
    return cfoil_cli_usage (_ ("--currency is a code of three letters, such as EUR."));
  if (words->output != NULL && !read_format (words, &format))
    return cfoil_cli_usage (_ ("The file’s name ends in .csv, .pdf or .json, or --format is one of them."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  mirror = cfoil_context_get_mirror (context);
  if (is_change)
    return change_definition (cli, mirror, argv);
  reader = cfoil_mirror_open_reader (mirror, &error);
  if (reader == NULL)
    return cfoil_cli_fail (cli, error);
  if (is_list)
    return print_list (cli, reader);
  if (is_save)
    return save_definition (cli, mirror, reader, argv[1], argv[2], words);
  return run_report (cli, reader, argv[0], format, &page, words);
}

int
cfoil_command_report (CfoilCli *cli,
                      char    **argv)
{
  g_auto (Words) words = { NULL };
  int exit_code;
  const GOptionEntry entries[] = {
    { "period", 0, 0, G_OPTION_ARG_STRING, &words.period,
      N_ ("2026, 2026-Q3, 2026-10, 2026-10-03..2026-11-01, lastmonth (the usual one), thisyear, last28d, all …"), N_ ("PERIOD") },
    { "group", 0, 0, G_OPTION_ARG_STRING, &words.group, N_ ("What the rows are, such as day, month or store"), N_ ("GROUP") },
    { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words.accounts, N_ ("Only of this account; can be given several times"), N_ ("NAME") },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &words.currency, N_ ("Only of this currency"), N_ ("CODE") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &words.output, N_ ("The file to write, or - to print"), N_ ("FILE") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &words.format, N_ ("csv, pdf or json, if the file’s name does not say so"), N_ ("FORMAT") },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &words.paper, N_ ("Of PDF: a4 or letter"), N_ ("PAPER") },
    { "landscape", 0, 0, G_OPTION_ARG_NONE, &words.is_landscape, N_ ("Of PDF: across"), NULL },
    { "overwrite", 0, 0, G_OPTION_ARG_NONE, &words.overwrite, N_ ("Replace the file, or the saved report, if it exists"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "report NAME --output FILE | list | save NAME REPORT | rename NAME NEW | remove NAME",
                        N_ ("Makes a report, or one that was saved under a name, as CSV, PDF or JSON."), entries, &exit_code))
    return exit_code;
  return dispatch (cli, argv, &words);
}
