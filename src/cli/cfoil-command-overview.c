/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-currency.h"
#include "cfoil-fx.h"
#include "cfoil-money.h"
#include "cfoil-overview.h"
#include "cfoil-report-file.h"
#include "cfoil-summary.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* What the window's overview shows, in the terminal; and the rates that it may convert with. */

/* --- overview --- */

static gboolean
read_comparison (const char      *text,
                 CfoilComparison *comparison)
{
  static const struct
  {
    const char *name;
    CfoilComparison comparison;
  } names[] = {
    { "previous", CFOIL_COMPARE_PREVIOUS },
    { "year-ago", CFOIL_COMPARE_YEAR_AGO },
    { "none", CFOIL_COMPARE_NONE },
  };

  *comparison = CFOIL_COMPARE_PREVIOUS;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (text == NULL || g_str_equal (names[i].name, text))
      {
        *comparison = names[i].comparison;
        return TRUE;
      }
  return FALSE;
}

/* For machines: decimals with the currency's exponent, parts of 1, seconds; unknown: "". */
static char *
format_plain (CfoilUnit   unit,
              gint64      value,
              const char *currency)
{
  char text[CFOIL_MONEY_BUFFER];

  if (value == CFOIL_UNKNOWN)
    return g_strdup ("");
  switch (unit)
    {
    case CFOIL_UNIT_MONEY:
      cfoil_money_format (text, value, MAX (cfoil_currency_exponent (currency), 0));
      break;
    case CFOIL_UNIT_RATIO:
    case CFOIL_UNIT_SPAN:
      cfoil_money_format (text, value, 6);
      break;
    case CFOIL_UNIT_COUNT:
    default:
      cfoil_money_format (text, value, 0);
      break;
    }
  return g_strdup (text);
}

static const char *
get_unit_name (CfoilUnit unit)
{
  switch (unit)
    {
    case CFOIL_UNIT_MONEY:
      return "money";
    case CFOIL_UNIT_RATIO:
      return "ratio";
    case CFOIL_UNIT_SPAN:
      return "seconds";
    case CFOIL_UNIT_COUNT:
    default:
      return "count";
    }
}

static void
add_figure (CfoilTable        *table,
            CfoilMetric        metric,
            const CfoilFigure *figure,
            const char        *currency)
{
  const CfoilMetricInfo *info = cfoil_metric_get_info (metric);
  g_autofree char *value = format_plain (info->unit, figure->value, currency);
  g_autofree char *former = format_plain (info->unit, figure->former, currency);
  g_autofree char *low = format_plain (info->unit, figure->low, currency);
  g_autofree char *high = format_plain (info->unit, figure->high, currency);

  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, figure->query);
  cfoil_table_add_text (table, currency);
  cfoil_table_add_text (table, info->name);
  cfoil_table_add_text (table, get_unit_name (info->unit));
  cfoil_table_add_text (table, value);
  cfoil_table_add_text (table, former);
  cfoil_table_add_text (table, low);
  cfoil_table_add_text (table, high);
  cfoil_table_add_text (table, info->page);
  cfoil_table_add_text (table, figure->query);
}

/* One row for each currency and figure. */
static CfoilTable *
tabulate (const CfoilOverview *overview)
{
  static const char *const columns[][2] = {
    { "currency", N_ ("Currency") }, { "figure", N_ ("Figure") }, { "unit", N_ ("Unit") },  { "value", N_ ("Value") },
    { "former", N_ ("Before") },     { "low", N_ ("At Least") },  { "high", N_ ("At Most") }, { "page", N_ ("Page") },
    { "query", N_ ("Query") },
  };
  CfoilTable *table = cfoil_table_new ("overview", _ ("Overview"));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    cfoil_table_add_column (table, columns[i][0], _ (columns[i][1]), CFOIL_COLUMN_TEXT);
  cfoil_table_set_as_of (table, overview->as_of_us);
  if (overview->gap != NULL)
    cfoil_table_add_note (table, overview->gap);
  for (guint i = 0; i < overview->blocks->len; i++)
    for (guint metric = 0; metric < CFOIL_N_METRICS; metric++)
      {
        const CfoilOverviewBlock *block = overview->blocks->pdata[i];

        add_figure (table, (CfoilMetric) metric, &block->figures[metric], block->currency);
      }
  return table;
}

static gboolean
print_file (const CfoilTable *table,
            const char       *format,
            GTimeZone        *zone)
{
  g_autoptr (GBytes) bytes = g_str_equal (format, "json") ? cfoil_report_write_json (table)
                                                          : cfoil_report_write_csv (table, CFOIL_EXPORT_PLAIN, zone);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return cfoil_cli_print (text);
}

/* --- for people --- */

static void
append_cell (GString    *out,
             const char *text,
             int         width,
             gboolean    is_number)
{
  int pad = MAX (width - (int) g_utf8_strlen (text, -1), 0);

  g_string_append_printf (out, "%*s%s%*s", is_number ? pad : 0, "", text, is_number ? 0 : pad, "");
}

static void
append_figure (GString                  *out,
               const CfoilOverviewBlock *block,
               CfoilMetric               metric,
               gboolean                  has_former)
{
  const CfoilMetricInfo *info = cfoil_metric_get_info (metric);
  const CfoilFigure *figure = &block->figures[metric];
  g_autofree char *value = cfoil_unit_format (info->unit, figure->value, block->currency);
  g_autofree char *former = cfoil_unit_format (info->unit, figure->former, block->currency);

  g_string_append (out, "  ");
  append_cell (out, _ (info->title), 24, FALSE);
  append_cell (out, value, 18, TRUE);
  if (has_former)
    append_cell (out, former, 18, TRUE);
  if (figure->low != CFOIL_UNKNOWN)
    {
      g_autofree char *low = cfoil_unit_format (info->unit, figure->low, NULL);
      g_autofree char *high = cfoil_unit_format (info->unit, figure->high, NULL);

      g_string_append_printf (out, "  (%s – %s)", low, high);
    }
  g_string_append_c (out, '\n');
}

static void
append_attention (GString             *out,
                  const CfoilOverview *overview)
{
  for (guint i = 0; i < overview->attention->len; i++)
    {
      const CfoilAttention *item = overview->attention->pdata[i];
      g_autofree char *title = cfoil_cli_clean (item->title, 0);
      g_autofree char *detail = cfoil_cli_clean (item->detail, 0);

      g_string_append_printf (out, "%s%s. %s\n", i == 0 ? _ ("Needs attention:\n· ") : "· ", title, detail);
    }
  if (overview->attention->len > 0)
    g_string_append_c (out, '\n');
}

static void
append_head (GString             *out,
             const CfoilOverview *overview,
             GTimeZone           *zone)
{
  g_autofree char *period = cfoil_period_to_title (&overview->period);
  g_autofree char *former = overview->has_former ? cfoil_period_to_title (&overview->former) : NULL;

  g_string_append (out, period);
  if (former != NULL)
    {
      g_string_append (out, ", ");
      /* Translators: a period: "October 2026, compared with September 2026" */
      g_string_append_printf (out, _ ("compared with %s"), former);
    }
  g_string_append_c (out, '\n');
  if (overview->as_of_us != CFOIL_UNKNOWN)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (overview->as_of_us / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
      g_autofree char *when = g_date_time_format (local, "%Y-%m-%d %H:%M %Z");

      /* Translators: a date and time */
      g_string_append_printf (out, _ ("As of %s"), when);
      g_string_append_c (out, '\n');
    }
  if (overview->gap != NULL)
    {
      g_autofree char *gap = cfoil_cli_clean (overview->gap, 0);

      g_string_append_printf (out, "%s\n", gap);
    }
  g_string_append_c (out, '\n');
}

static gboolean
print_people (const CfoilOverview *overview,
              GTimeZone           *zone)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_head (out, overview, zone);
  append_attention (out, overview);
  for (guint i = 0; i < overview->blocks->len; i++)
    {
      const CfoilOverviewBlock *block = overview->blocks->pdata[i];

      g_string_append_printf (out, "%s%s\n", i > 0 ? "\n" : "", *block->currency != '\0' ? block->currency : _ ("No currency"));
      for (guint metric = 0; metric < CFOIL_N_METRICS; metric++)
        append_figure (out, block, (CfoilMetric) metric, overview->has_former);
    }
  if (overview->blocks->len == 0)
    g_string_append_printf (out, "%s\n", _ ("There are no transactions yet."));
  return cfoil_cli_print (out->str);
}

/* --- the command --- */

static gboolean
run_overview (CfoilCli       *cli,
              const char     *period,
              CfoilComparison comparison,
              char          **accounts,
              const char     *format,
              GError        **error)
{
  g_autoptr (CfoilContext) context = cfoil_cli_open (cli);
  g_autoptr (CfoilDatabase) reader = context != NULL ? cfoil_mirror_open_reader (cfoil_context_get_mirror (context), error) : NULL;
  g_autoptr (GTimeZone) zone = reader != NULL ? cfoil_summary_get_zone (reader, error) : NULL;
  g_autoptr (CfoilOverview) overview = NULL;
  g_autoptr (CfoilTable) table = NULL;
  CfoilOverviewRequest request = { accounts, { 0 }, comparison, zone, cfoil_time_now_us () };

  if (zone == NULL || !cfoil_period_parse (period, cfoil_day_of_time (request.now_us, zone), &request.period, error))
    return FALSE;
  overview = cfoil_overview_read (reader, NULL, &request, cli->cancellable, error);
  if (overview == NULL)
    return FALSE;
  if (g_str_equal (format, "table"))
    return print_people (overview, zone);
  table = tabulate (overview);
  cli->has_printed = TRUE;
  return print_file (table, format, zone);
}

int
cfoil_command_overview (CfoilCli *cli,
                        char    **argv)
{
  g_autofree char *period = NULL;
  g_autofree char *compare = NULL;
  g_autofree char *format = NULL;
  g_auto (GStrv) accounts = NULL;
  g_autoptr (GError) error = NULL;
  CfoilComparison comparison;
  int exit_code;
  const GOptionEntry entries[] = {
    { "period", 0, 0, G_OPTION_ARG_STRING, &period,
      N_ ("2026, 2026-Q3, 2026-10, 2026-10-03..2026-11-01, today, last28d (the usual one), lastmonth, thisyear, all …"), N_ ("PERIOD") },
    { "compare", 0, 0, G_OPTION_ARG_STRING, &compare, N_ ("With what: previous (the usual one), year-ago or none"), N_ ("WHAT") },
    { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &accounts, N_ ("Only of this account; can be given several times"), N_ ("NAME") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "overview [--period PERIOD]", N_ ("Prints what a period came to, and what needs attention."), entries,
                        &exit_code))
    return exit_code;
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("Unknown word “%s”"), argv[0]);
  if (!read_comparison (compare, &comparison))
    return cfoil_cli_usage (_ ("--compare is previous, year-ago or none."));
  if (run_overview (cli, period != NULL ? period : "last28d", comparison, accounts, format, &error))
    return CFOIL_EXIT_DONE;
  return error != NULL ? cfoil_cli_fail (cli, error) : CFOIL_EXIT_FAILED;
}

/* --- rates --- */

static int
list_rates (CfoilCli    *cli,
            CfoilMirror *mirror,
            const char  *format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, &error);
  g_autoptr (CfoilTable) table = reader != NULL ? cfoil_fx_list (reader, &error) : NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  if (table == NULL)
    return cfoil_cli_fail (cli, error);
  if (!g_str_equal (format, "table"))
    {
      cli->has_printed = TRUE;
      return print_file (table, format, zone) ? CFOIL_EXIT_DONE : CFOIL_EXIT_FAILED;
    }
  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    {
      g_autofree char *day = cfoil_table_format_plain (table, row, 2);
      g_autofree char *source = cfoil_cli_clean (cfoil_table_get_text (table, row, 4), 60);

      g_print ("%s  1 %s = %s %s  %s\n", day, cfoil_table_get_text (table, row, 0), cfoil_table_get_text (table, row, 3),
               cfoil_table_get_text (table, row, 1), source);
    }
  return CFOIL_EXIT_DONE;
}

static int
import_rates (CfoilCli    *cli,
              CfoilMirror *mirror,
              const char  *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilFxImport) import = cfoil_fx_import_file (mirror, file, cli->cancellable, &error);

  if (import == NULL)
    return cfoil_cli_fail (cli, error);
  for (guint i = 0; i < import->mistakes->len; i++)
    {
      g_autofree char *mistake = cfoil_cli_clean (import->mistakes->pdata[i], 0);

      g_printerr ("%s\n", mistake);
    }
  if (import->n_mistakes > 0)
    {
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   ngettext ("%u line of the file is wrong. Nothing was imported.", "%u lines of the file are wrong. Nothing was imported.",
                             import->n_mistakes), import->n_mistakes);
      return cfoil_cli_fail (cli, error);
    }
  if (cli->json)
    g_print ("{\"imported\": %u, \"unchanged\": %u}\n", import->n_rates, import->n_same);
  else
    {
      g_print (ngettext ("%u rate imported", "%u rates imported", import->n_rates), import->n_rates);
      g_print ("\n");
    }
  return CFOIL_EXIT_DONE;
}

int
cfoil_command_rates (CfoilCli *cli,
                     char    **argv)
{
  g_autofree char *format = NULL;
  g_autoptr (CfoilContext) context = NULL;
  gboolean is_list, is_import;
  int exit_code;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "rates list | import FILE",
                        N_ ("Exchange rates for an overview in one currency. A file has the columns base,quote,date,rate and, if you "
                            "like, source."),
                        entries, &exit_code))
    return exit_code;
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  is_list = g_strcmp0 (argv[0], "list") == 0 && argv[1] == NULL;
  is_import = g_strcmp0 (argv[0], "import") == 0 && argv[1] != NULL && argv[2] == NULL;
  if (!is_list && !is_import)
    return cfoil_cli_usage (_ ("rates list, or rates import FILE?"));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  return is_list ? list_rates (cli, cfoil_context_get_mirror (context), format)
                 : import_rates (cli, cfoil_context_get_mirror (context), argv[1]);
}
