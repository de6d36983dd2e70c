/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-currency.h"
#include "cfoil-print-source.h"
#include "cfoil-proof.h"
#include "cfoil-report-file.h"
#include "cfoil-settlements-periods.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* CSV and JSON are those of the window and of reports; people get fewer columns. */
static gboolean
print_table_file (const CfoilTable *table,
                  const char       *format)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GBytes) bytes = g_str_equal (format, "json") ? cfoil_report_write_json (table)
                                                          : cfoil_report_write_csv (table, CFOIL_EXPORT_PLAIN, zone);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return cfoil_cli_print (text);
}

/* --- list --- */

static const char *const list_columns[] = {
  "end_at_us", "settlement_id", "currency", "proof", "opening_minor", "captures_minor", "refunds_minor", "fees_minor", "chargebacks_minor",
  "claims_minor", "adjustments_minor", "closing_minor", "computed_minor", "disbursed_minor", "remainder_minor", "bank_reference", "account",
  NULL
};
#define LIST_CURRENCY 2

static void
add_proof (CfoilPrintTable  *table,
           const CfoilProof *proof)
{
  const gint64 amounts[] = {
    proof->opening_minor, proof->captures_minor, proof->refunds_minor, proof->fees_minor, proof->chargebacks_minor,
    proof->claims_minor, proof->adjustments_minor, proof->closing_minor, proof->computed_minor, proof->disbursed_minor,
    proof->remainder_minor,
  };

  cfoil_print_table_add_number (table, proof->end_us != CFOIL_UNKNOWN ? proof->end_us : proof->disbursed_us);
  cfoil_print_table_add_text (table, proof->settlement_id);
  cfoil_print_table_add_text (table, proof->currency);
  cfoil_print_table_add_text (table, cfoil_proof_state_to_string (proof->state));
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    cfoil_print_table_add_number (table, amounts[i]);
  cfoil_print_table_add_text (table, proof->bank_reference);
  cfoil_print_table_add_text (table, proof->account);
}

static gboolean
print_list (CfoilCli   *cli,
            GPtrArray  *proofs,
            const char *format,
            GError    **error)
{
  g_autoptr (CfoilPrintTable) table = NULL;

  if (!g_str_equal (format, "table"))
    {
      g_autoptr (CfoilTable) cells = cfoil_proof_to_table (proofs);

      print_table_file (cells, format);
      return TRUE;
    }
  table = cfoil_print_table_new (list_columns, LIST_CURRENCY);
  for (guint i = 0; i < proofs->len; i++)
    add_proof (table, g_ptr_array_index (proofs, i));
  return cfoil_print_source (cli, cfoil_print_table_get_source (table), format, error);
}

static int
exit_code_of (GPtrArray *proofs)
{
  for (guint i = 0; i < proofs->len; i++)
    if (((const CfoilProof *) g_ptr_array_index (proofs, i))->is_wrong)
      return CFOIL_EXIT_DUE;
  return CFOIL_EXIT_DONE;
}

/* The zone in which the mirror's days begin. */
static GTimeZone *
read_zone (CfoilDatabase *reader,
           GError       **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (reader, "SELECT zone FROM summary_zone", error);
  CfoilStep step = row != NULL ? cfoil_statement_step (row, error) : CFOIL_STEP_ERROR;
  GTimeZone *zone;

  if (step == CFOIL_STEP_ERROR)
    return NULL;
  zone = step == CFOIL_STEP_ROW ? g_time_zone_new_identifier (cfoil_statement_column_text (row, 0)) : NULL;
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

static GPtrArray *
read_proofs (CfoilCli      *cli,
             CfoilDatabase *reader,
             const char    *period_text,
             char         **accounts,
             gboolean      *is_usage,
             GError       **error)
{
  g_autoptr (GTimeZone) zone = read_zone (reader, error);
  CfoilPeriod period;

  *is_usage = FALSE;
  if (zone == NULL)
    return NULL;
  if (period_text != NULL && !cfoil_period_parse (period_text, cfoil_day_of_time (cfoil_time_now_us (), zone), &period, error))
    {
      *is_usage = TRUE;
      return NULL;
    }
  return cfoil_proof_list (reader, accounts, period_text != NULL ? &period : NULL, zone, cli->cancellable, error);
}

static CfoilDatabase *
open_reader (CfoilCli      *cli,
             CfoilContext **context,
             char         **accounts,
             int           *exit_code)
{
  g_autoptr (GError) error = NULL;
  CfoilDatabase *reader = NULL;

  *exit_code = CFOIL_EXIT_FAILED;
  *context = cfoil_cli_open (cli);
  if (*context == NULL)
    return NULL;
  for (guint i = 0; accounts != NULL && accounts[i] != NULL && error == NULL; i++)
    {
      CfoilAccount *account = cfoil_context_find_account_sync (*context, accounts[i], &error);

      /* As it is spelt there. */
      if (account != NULL)
        {
          g_free (accounts[i]);
          accounts[i] = g_strdup (account->name);
        }
      g_clear_pointer (&account, cfoil_account_free);
    }
  if (error == NULL)
    reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (*context), &error);
  if (reader == NULL)
    *exit_code = cfoil_cli_fail (cli, error);
  return reader;
}

static int
list_settlements (CfoilCli *cli,
                  char    **argv)
{
  g_autofree char *period = NULL;
  g_autofree char *format = NULL;
  g_auto (GStrv) accounts = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) proofs = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_usage;
  int exit_code;
  const GOptionEntry entries[] = {
    { "period", 0, 0, G_OPTION_ARG_STRING, &period, N_ ("Only those that end in it: 2026-10, 2026-Q3, lastmonth …"), N_ ("PERIOD") },
    { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &accounts, N_ ("Only those of this account; may be given several times"), N_ ("NAME") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "settlements list",
                        N_ ("Prints settlements and whether they add up, newest first. Exit code 4: some do not."), entries, &exit_code))
    return exit_code;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("Nothing can stand there: %s"), argv[0]);
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  reader = open_reader (cli, &context, accounts, &exit_code);
  if (reader == NULL)
    return exit_code;
  proofs = read_proofs (cli, reader, period, accounts, &is_usage, &error);
  if (is_usage)
    return cfoil_cli_usage ("%s", error->message);
  if (proofs == NULL || !print_list (cli, proofs, format, &error))
    return cfoil_cli_fail (cli, error);
  return exit_code_of (proofs);
}

/* --- show --- */

static void
append_line (GString          *out,
             const CfoilProof *proof,
             const char       *title,
             gint64            minor)
{
  g_autofree char *amount = minor != CFOIL_UNKNOWN ? cfoil_currency_format_plain (minor, proof->currency) : g_strdup ("?");
  int width = 28 - (int) g_utf8_strlen (title, -1);

  g_string_append_printf (out, "%s%*s %16s\n", title, MAX (width, 0), "", amount);
}

static void
append_figures (GString          *out,
                const CfoilProof *proof)
{
  append_line (out, proof, _ ("Opening Balance"), proof->opening_minor);
  append_line (out, proof, _ ("Captures"), proof->captures_minor);
  append_line (out, proof, _ ("Refunds"), proof->refunds_minor);
  append_line (out, proof, _ ("Fees"), proof->fees_minor);
  append_line (out, proof, _ ("Chargebacks"), proof->chargebacks_minor);
  append_line (out, proof, _ ("Claims"), proof->claims_minor);
  append_line (out, proof, _ ("Adjustments"), proof->adjustments_minor);
  if (proof->other_minor != 0)
    append_line (out, proof, _ ("Unknown Types"), proof->other_minor);
  if (proof->rounding_minor != 0)
    append_line (out, proof, _ ("Rounding"), proof->rounding_minor);
  append_line (out, proof, _ ("Held Back and Carried On"), -proof->closing_minor);
  append_line (out, proof, _ ("To Be Paid Out"), proof->computed_minor);
  append_line (out, proof, _ ("Paid Out"), proof->disbursed_minor);
  append_line (out, proof, _ ("Difference"), proof->remainder_minor);
}

static void
append_cause (GString          *out,
              const CfoilProof *proof,
              const CfoilCause *cause)
{
  g_autofree char *sentence = cfoil_cause_dup_sentence (cause);
  g_autofree char *text = cfoil_cli_clean (sentence, 0);

  g_string_append_printf (out, "· %s", text);
  if (cause->minor != 0)
    {
      g_autofree char *amount = cfoil_currency_format (cause->minor, proof->currency);

      g_string_append_printf (out, " (%s)", amount);
    }
  for (guint i = 0; cause->rows != NULL && i < cause->rows->len; i++)
    {
      if (i == 0)
        g_string_append_printf (out, "\n  %s", ngettext ("Row in the file:", "Rows in the file:", cause->rows->len));
      g_string_append_printf (out, " %u", g_array_index (cause->rows, guint, i));
    }
  g_string_append_c (out, '\n');
}

static void
append_time (GString    *out,
             const char *title,
             gint64      us)
{
  char text[CFOIL_TIME_BUFFER];

  if (us == CFOIL_UNKNOWN)
    return;
  cfoil_time_format_iso (text, us);
  g_string_append_printf (out, "%s: %s\n", title, text);
}

static void
print_proof (const CfoilProof *proof)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *id = cfoil_cli_clean (proof->settlement_id, 0);
  g_autofree char *account = cfoil_cli_clean (proof->account, 0);
  g_autofree char *reference = cfoil_cli_clean (proof->bank_reference != NULL ? proof->bank_reference : "", 0);

  /* Translators: the number of a settlement, a currency, an account. */
  g_string_append_printf (out, _ ("Settlement %s, %s, of %s"), id, proof->currency, account);
  g_string_append_c (out, '\n');
  append_time (out, _ ("From"), proof->start_us);
  append_time (out, _ ("Until"), proof->end_us);
  append_time (out, _ ("Paid out"), proof->disbursed_us);
  if (*reference != '\0')
    g_string_append_printf (out, "%s: %s\n", _ ("Bank reference"), reference);
  g_string_append_printf (out, ngettext ("%u line", "%u lines", proof->n_lines), proof->n_lines);
  g_string_append (out, "\n\n");
  append_figures (out, proof);
  g_string_append_printf (out, "\n%s\n", gettext (cfoil_proof_state_get_title (proof->state)));
  for (guint i = 0; i < proof->causes->len; i++)
    append_cause (out, proof, g_ptr_array_index (proof->causes, i));
  cfoil_cli_print (out->str);
}

static CfoilTable *
list_causes (const CfoilProof *proof)
{
  CfoilTable *table = cfoil_table_new ("settlement-causes", _ ("Causes"));

  cfoil_table_add_column (table, "settlement_id", _ ("Settlement"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "cause", _ ("Cause"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "amount", _ ("Amount"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "text", _ ("Explanation"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "rows", _ ("Rows"), CFOIL_COLUMN_TEXT);
  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);
      g_autoptr (GString) rows = g_string_new (NULL);

      for (guint k = 0; cause->rows != NULL && k < cause->rows->len; k++)
        g_string_append_printf (rows, "%s%u", k > 0 ? " " : "", g_array_index (cause->rows, guint, k));
      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, cause->query);
      cfoil_table_add_text (table, proof->settlement_id);
      cfoil_table_add_text (table, cfoil_cause_kind_to_string (cause->kind));
      cfoil_table_add_money (table, cause->minor, proof->currency);
      cfoil_table_add_text (table, cause->text);
      cfoil_table_add_text (table, rows->str);
    }
  return table;
}

/* An array: the settlement with its figures, then its causes and its lines. */
static gboolean
print_proof_json (CfoilDatabase *reader,
                  CfoilProof    *proof,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GPtrArray) proofs = g_ptr_array_new ();
  g_autoptr (CfoilTable) figures = NULL;
  g_autoptr (CfoilTable) causes = list_causes (proof);
  g_autoptr (CfoilTable) lines = cfoil_proof_read_lines (reader, proof->settlement_pk, proof->currency, cancellable, error);

  if (lines == NULL)
    return FALSE;
  g_ptr_array_add (proofs, proof);
  figures = cfoil_proof_to_table (proofs);
  g_print ("[\n");
  print_table_file (figures, "json");
  g_print (",\n");
  print_table_file (causes, "json");
  g_print (",\n");
  print_table_file (lines, "json");
  g_print ("]\n");
  return TRUE;
}

/* The table of a settlement's lines, for people. */
static gboolean
print_lines (CfoilCli         *cli,
             CfoilDatabase    *reader,
             const CfoilProof *proof,
             GError          **error)
{
  static const char *const names[] = { "row", "posted_us", "type", "provider_type", "transaction_id", "merchant_reference", "description",
                                       "amount_minor", "fee_minor", "net_minor", "currency", NULL };
  g_autoptr (CfoilTable) lines = cfoil_proof_read_lines (reader, proof->settlement_pk, proof->currency, cli->cancellable, error);
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (names, 10);

  for (guint row = 0; lines != NULL && row < cfoil_table_get_n_rows (lines); row++)
    {
      for (guint column = 0; column < 10; column++)
        if (cfoil_table_get_column (lines, column)->kind == CFOIL_COLUMN_TEXT)
          cfoil_print_table_add_text (table, cfoil_table_get_text (lines, row, column));
        else
          cfoil_print_table_add_number (table, cfoil_table_get_number (lines, row, column));
      cfoil_print_table_add_text (table, proof->currency);
    }
  return lines != NULL && cfoil_print_source (cli, cfoil_print_table_get_source (table), "table", error);
}

static int
show_settlement (CfoilCli *cli,
                 char    **argv)
{
  g_autofree char *account = NULL;
  g_autofree char *currency = NULL;
  gboolean with_lines = FALSE;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilProof) proof = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("Of this account"), N_ ("NAME") },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &currency, N_ ("The part in this currency"), N_ ("CODE") },
    { "lines", 0, 0, G_OPTION_ARG_NONE, &with_lines, N_ ("Also print its lines"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "settlements show ID",
                        N_ ("Prints how a settlement adds up, what does not, and why. Exit code 4: something does not."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1)
    return cfoil_cli_usage (_ ("Give the number of one settlement."));
  reader = open_reader (cli, &context, NULL, &exit_code);
  if (reader == NULL)
    return exit_code;
  proof = cfoil_proof_find (reader, account, argv[0], currency, cli->cancellable, &error);
  if (proof == NULL)
    return cfoil_cli_fail (cli, error);
  if (cli->json && !print_proof_json (reader, proof, cli->cancellable, &error))
    return cfoil_cli_fail (cli, error);
  if (!cli->json)
    print_proof (proof);
  if (!cli->json && with_lines && !print_lines (cli, reader, proof, &error))
    return cfoil_cli_fail (cli, error);
  return proof->is_wrong ? CFOIL_EXIT_DUE : CFOIL_EXIT_DONE;
}

/* --- unsettled --- */

static const char *const unsettled_columns[] = {
  "transaction_id", "captured_at_us", "amount_minor", "currency", "age_days", "usual_days", "merchant_reference", "account", NULL
};
#define UNSETTLED_CURRENCY 3

static gboolean
print_unsettled (CfoilCli         *cli,
                 const CfoilTable *table,
                 const char       *format,
                 GError          **error)
{
  g_autoptr (CfoilPrintTable) rows = NULL;

  if (!g_str_equal (format, "table"))
    {
      print_table_file (table, format);
      return TRUE;
    }
  rows = cfoil_print_table_new (unsettled_columns, UNSETTLED_CURRENCY);
  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    for (guint column = 0; column < cfoil_table_get_n_columns (table); column++)
      switch (cfoil_table_get_column (table, column)->kind)
        {
        case CFOIL_COLUMN_TEXT:
          cfoil_print_table_add_text (rows, cfoil_table_get_text (table, row, column));
          break;
        case CFOIL_COLUMN_SPAN:
          cfoil_print_table_add_number (rows, cfoil_table_get_number (table, row, column) / G_TIME_SPAN_DAY);
          break;
        case CFOIL_COLUMN_MONEY:
        case CFOIL_COLUMN_COUNT:
        case CFOIL_COLUMN_RATIO:
        case CFOIL_COLUMN_DAY:
        case CFOIL_COLUMN_TIME:
        default:
          cfoil_print_table_add_number (rows, cfoil_table_get_number (table, row, column));
          break;
        }
  return cfoil_print_source (cli, cfoil_print_table_get_source (rows), format, error);
}

static int
list_unsettled (CfoilCli *cli,
                char    **argv)
{
  g_autofree char *format = NULL;
  g_auto (GStrv) accounts = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilTable) table = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &accounts, N_ ("Only those of this account; may be given several times"), N_ ("NAME") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "settlements unsettled",
                        N_ ("Prints payments that were captured and are in no settlement for longer than usual. Exit code 4: there are some."),
                        entries, &exit_code))
    return exit_code;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("Nothing can stand there: %s"), argv[0]);
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  reader = open_reader (cli, &context, accounts, &exit_code);
  if (reader == NULL)
    return exit_code;
  table = cfoil_proof_read_unsettled (reader, accounts, cfoil_time_now_us (), cli->cancellable, &error);
  if (table == NULL || !print_unsettled (cli, table, format, &error))
    return cfoil_cli_fail (cli, error);
  return cfoil_table_get_n_rows (table) > 0 ? CFOIL_EXIT_DUE : CFOIL_EXIT_DONE;
}

/* --- the command --- */

static const CfoilCommand words[] = {
  { "list", list_settlements, "settlements list --period 2026-10", N_ ("Print settlements and whether they add up; exit code 4 if some do not") },
  { "show", show_settlement, "settlements show ID", N_ ("Print how one adds up, and why not") },
  { "unsettled", list_unsettled, "settlements unsettled", N_ ("Print payments that should have been settled") },
  { "close", cfoil_settlements_close, "settlements close 2026-10", N_ ("Close a period: what it came to stays as it is") },
  { "reopen", cfoil_settlements_reopen, "settlements reopen 2026-10", N_ ("Open it again") },
  { "closed", cfoil_settlements_closed, "settlements closed", N_ ("Print closed periods") },
  { "changes", cfoil_settlements_changes, "settlements changes", N_ ("Print what changed of them since; exit code 4 if something did") },
  { "acknowledge", cfoil_settlements_acknowledge, "settlements acknowledge 2026-10", N_ ("Mark these changes as seen") },
  { NULL }
};

int
cfoil_command_settlements (CfoilCli *cli,
                           char    **argv)
{
  return cfoil_cli_run_word (cli, argv, words);
}
