/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-disputes.h"

#include "cfoil-case-query.h"
#include "cfoil-print-source.h"
#include "cfoil-review.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

static const CfoilCommand words[] = {
  { "list", cfoil_disputes_list, "disputes list", N_ ("Print cases") },
  { "due", cfoil_disputes_due, "disputes due --within 72h", N_ ("Print what must be answered soon; exit code 4 if there is something") },
  { "show", cfoil_disputes_show, "disputes show ID", N_ ("Print all about a case") },
  { "add", cfoil_disputes_add, "disputes add --account NAME ID", N_ ("Add a dispute by its id") },
  { "packet", cfoil_disputes_packet, "disputes packet ID --output FILE", N_ ("Write the packet of a draft as PDF") },
  { "contest", cfoil_disputes_contest, "disputes contest ID --packet DIR", N_ ("Send an answer") },
  { "accept", cfoil_disputes_accept, "disputes accept ID --yes", N_ ("Give in") },
  { "export", cfoil_disputes_export, "disputes export ID --output DIR", N_ ("Write a case file, or deadlines as a calendar") },
  { NULL }
};

int
cfoil_command_disputes (CfoilCli *cli,
                        char    **argv)
{
  return cfoil_cli_run_word (cli, argv, words);
}

CfoilCase *
cfoil_disputes_find (CfoilCli     *cli,
                     CfoilContext *context,
                     const char   *id,
                     int          *exit_code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  CfoilCase *record = reader != NULL ? cfoil_case_find (reader, id, &error) : NULL;

  if (record == NULL)
    *exit_code = cfoil_cli_fail (cli, error);
  return record;
}

GVariant *
cfoil_disputes_dup_limits (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, CFOIL_APPLICATION_ID, TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;

  /* A settings schema that is not installed ends the program. */
  if (schema == NULL || !g_settings_schema_has_key (schema, "evidence-limits"))
    return NULL;
  settings = g_settings_new (CFOIL_APPLICATION_ID);
  return g_settings_get_value (settings, "evidence-limits");
}

void
cfoil_disputes_print_findings (GPtrArray *findings)
{
  static const char *const weights[] = {
    [CFOIL_FINDING_BLOCKER] = N_ ("In the way"),
    [CFOIL_FINDING_WARNING] = N_ ("Warning"),
    [CFOIL_FINDING_NOTE] = N_ ("Note"),
  };

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const CfoilFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *text = cfoil_cli_clean (finding->text, 0);

      g_printerr ("%s: %s", gettext (weights[finding->weight]), text);
      g_printerr (finding->advice != NULL ? "\n  %s\n" : "\n", finding->advice);
    }
}

/* --- list and due --- */

static const char *const columns[] = {
  "case", "kind", "dispute_id", "account", "state", "reason", "provider_reason", "amount_minor", "currency", "buyer",
  "due_at_us", "due_is_estimate", "outcome", "handler", "round", "draft_done", "draft_wanted", "submission", NULL
};
#define CURRENCY_COLUMN 8

static const char *
submission_name (CfoilSubmissionState state)
{
  static const char *const names[] = { NULL, "waiting", "sending", "delivered", "failed", "withdrawn" };

  return state < G_N_ELEMENTS (names) ? names[state] : NULL;
}

static void
add_case (CfoilPrintTable *table,
          const CfoilCase *record)
{
  g_autofree char *uid = g_strndup (record->uid, 8);

  cfoil_print_table_add_text (table, uid);
  cfoil_print_table_add_text (table, cfoil_case_kind_to_string (record->kind));
  cfoil_print_table_add_text (table, record->dispute_id);
  cfoil_print_table_add_text (table, record->account);
  cfoil_print_table_add_text (table, cfoil_state_to_string (record->state));
  cfoil_print_table_add_text (table, cfoil_reason_to_string (record->reason));
  cfoil_print_table_add_text (table, record->provider_reason);
  cfoil_print_table_add_number (table, record->amount_minor);
  cfoil_print_table_add_text (table, record->currency);
  cfoil_print_table_add_text (table, record->buyer_name);
  cfoil_print_table_add_number (table, record->due_us);
  cfoil_print_table_add_number (table, record->due_us != CFOIL_UNKNOWN ? record->due_is_estimate : CFOIL_UNKNOWN);
  cfoil_print_table_add_text (table, record->outcome != CFOIL_CASE_OUTCOME_NONE ? cfoil_case_outcome_to_string (record->outcome) : NULL);
  cfoil_print_table_add_text (table, record->handler);
  cfoil_print_table_add_number (table, record->round);
  cfoil_print_table_add_number (table, record->has_draft ? record->draft_done : CFOIL_UNKNOWN);
  cfoil_print_table_add_number (table, record->has_draft ? record->draft_wanted : CFOIL_UNKNOWN);
  cfoil_print_table_add_text (table, submission_name (record->submission));
}

/* NULL: *EXIT_CODE is set. */
static GPtrArray *
read_cases (CfoilCli *cli,
            int      *exit_code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilContext) context = cfoil_cli_open (cli);
  g_autoptr (CfoilDatabase) reader = NULL;
  GPtrArray *cases = NULL;

  *exit_code = CFOIL_EXIT_FAILED;
  if (context == NULL)
    return NULL;
  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  if (reader != NULL)
    cases = cfoil_case_list (reader, &error);
  if (cases == NULL)
    *exit_code = cfoil_cli_fail (cli, error);
  return cases;
}

static int
compare_cases (gconstpointer a,
               gconstpointer b)
{
  return cfoil_case_compare (*(CfoilCase *const *) a, *(CfoilCase *const *) b);
}

static int
print_cases (CfoilCli   *cli,
             GPtrArray  *cases,
             const char *format)
{
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (columns, CURRENCY_COLUMN);
  g_autoptr (GError) error = NULL;

  g_ptr_array_sort (cases, compare_cases);
  for (guint i = 0; i < cases->len; i++)
    add_case (table, g_ptr_array_index (cases, i));
  if (!cfoil_print_source (cli, cfoil_print_table_get_source (table), format, &error))
    return cfoil_cli_fail (cli, error);
  return CFOIL_EXIT_DONE;
}

static gboolean
parse_view (const char    *name,
            CfoilCaseView *view)
{
  static const char *const names[] = { "needs-answer", "drafts", "submitted", "won", "lost", "all" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *view = (CfoilCaseView) i;
        return TRUE;
      }
  return name == NULL;
}

/* FALSE: a mistake, which was told. */
static gboolean
narrow (GPtrArray    *cases,
        const char   *text,
        CfoilCaseView view)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse_with (text, cfoil_case_vocabulary ());
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (CfoilCaseMatcher) matcher = NULL;

  if (cfoil_query_get_n_mistakes (query) > 0)
    {
      g_autofree char *message = cfoil_cli_clean (cfoil_query_get_mistake (query, 0)->message, 0);

      cfoil_cli_usage (_ ("The query: %s"), message);
      return FALSE;
    }
  matcher = cfoil_case_matcher_new (query, zone, cfoil_time_now_us ());
  for (guint i = cases->len; i > 0; i--)
    {
      const CfoilCase *record = g_ptr_array_index (cases, i - 1);

      if (!cfoil_case_is_in_view (record, view) || !cfoil_case_matcher_matches (matcher, record))
        g_ptr_array_remove_index (cases, i - 1);
    }
  return TRUE;
}

int
cfoil_disputes_list (CfoilCli *cli,
                     char    **argv)
{
  g_autofree char *query = NULL;
  g_autofree char *view_name = NULL;
  g_autofree char *format = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  CfoilCaseView view = CFOIL_CASES_ALL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "query", 'q', 0, G_OPTION_ARG_STRING, &query, N_ ("Only these, as in the window: due:<72h reason:fraud"), N_ ("QUERY") },
    { "view", 0, 0, G_OPTION_ARG_STRING, &view_name, N_ ("needs-answer, drafts, submitted, won, lost or all"), N_ ("VIEW") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "disputes list", N_ ("Prints cases, those first that must be answered soonest."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 0)
    return cfoil_cli_usage (_ ("Nothing can stand there: %s"), argv[0]);
  if (!parse_view (view_name, &view))
    return cfoil_cli_usage (_ ("There is no view “%s”."), view_name);
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  cases = read_cases (cli, &exit_code);
  if (cases == NULL)
    return exit_code;
  return narrow (cases, query, view) ? print_cases (cli, cases, format) : CFOIL_EXIT_USAGE;
}

/* "72h", "3d" */
static gboolean
parse_span (const char *text,
            gint64     *span_us)
{
  char *end;
  guint64 n = g_ascii_strtoull (text, &end, 10);

  if (end == text || n > 10000 || (strcmp (end, "h") != 0 && strcmp (end, "d") != 0))
    return FALSE;
  *span_us = (gint64) n * (*end == 'h' ? G_TIME_SPAN_HOUR : G_TIME_SPAN_DAY);
  return TRUE;
}

int
cfoil_disputes_due (CfoilCli *cli,
                    char    **argv)
{
  g_autofree char *within = NULL;
  g_autofree char *format = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  gint64 span_us, until_us;
  int exit_code;
  const GOptionEntry entries[] = {
    { "within", 0, 0, G_OPTION_ARG_STRING, &within, N_ ("How soon: hours (72h) or days (3d)"), N_ ("SPAN") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "disputes due [--within 72h]",
                        N_ ("Prints the cases whose answer is due within that time or overdue, and is not delivered. "
                            "Ends with 4 if there is one, with 0 if there is none."),
                        entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 0 || !parse_span (within != NULL ? within : "72h", &span_us))
    return cfoil_cli_usage (_ ("--within takes a number of hours or days: 72h, 3d"));
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  cases = read_cases (cli, &exit_code);
  if (cases == NULL)
    return exit_code;
  until_us = cfoil_time_now_us () + span_us;
  for (guint i = cases->len; i > 0; i--)
    {
      const CfoilCase *record = g_ptr_array_index (cases, i - 1);

      /* An answer that waits for the network is not there. */
      if (record->due_us == CFOIL_UNKNOWN || record->due_us > until_us || record->submission == CFOIL_SUBMISSION_DELIVERED)
        g_ptr_array_remove_index (cases, i - 1);
    }
  exit_code = print_cases (cli, cases, format);
  return exit_code == CFOIL_EXIT_DONE && cases->len > 0 ? CFOIL_EXIT_DUE : exit_code;
}
