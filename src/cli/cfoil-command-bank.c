/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-match.h"
#include "cfoil-bank-statement.h"
#include "cfoil-bank.h"
#include "cfoil-cli.h"
#include "cfoil-error.h"
#include "cfoil-period.h"
#include "cfoil-print-source.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_PAIRS 100000
#define MAX_SAMPLES 20

typedef struct
{
  char *mapping;
  char *columns;
  char *encoding;
  char *separator;
  char *decimal;
  char *dates;
  char *currency;
  char *format;
  gboolean unmatched;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->mapping);
  g_free (words->columns);
  g_free (words->encoding);
  g_free (words->separator);
  g_free (words->decimal);
  g_free (words->dates);
  g_free (words->currency);
  g_free (words->format);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/* --- import --- */

static CfoilBankMapping *
find_saved (CfoilMirror *mirror,
            const char  *name,
            GError     **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (GPtrArray) mappings = reader != NULL ? cfoil_bank_mapping_list (reader, error) : NULL;

  for (guint i = 0; mappings != NULL && i < mappings->len; i++)
    {
      CfoilBankMapping *mapping = g_ptr_array_index (mappings, i);

      if (g_ascii_strcasecmp (mapping->name, name) == 0)
        return cfoil_bank_mapping_copy (mapping);
    }
  if (mappings != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There are no saved columns “%s”; “bank mappings” lists them."), name);
  return NULL;
}

/* How the file is written, by options of their own; NULL with no *ERROR: nothing was said. */
static CfoilBankMapping *
read_writing (const Words *words,
              GError     **error)
{
  const struct { const char *key, *value; } said[] = {
    { "encoding", words->encoding }, { "separator", words->separator }, { "decimal", words->decimal },
    { "dates", words->dates }, { "currency", words->currency },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (said[i].value != NULL)
      g_string_append_printf (text, "%s=%s,", said[i].key, said[i].value);
  return text->len > 0 ? cfoil_bank_mapping_parse (text->str, error) : NULL;
}

static void
take_writing (CfoilBankMapping       *mapping,
              const CfoilBankMapping *writing)
{
  if (writing->encoding != CFOIL_BANK_ENCODING_AUTO)
    mapping->encoding = writing->encoding;
  if (writing->separator != 0)
    mapping->separator = writing->separator;
  if (writing->decimal_mark != 0)
    mapping->decimal_mark = writing->decimal_mark;
  if (writing->dates != CFOIL_BANK_DATES_AUTO)
    mapping->dates = writing->dates;
  if (writing->currency > 0)
    mapping->currency = writing->currency;
  if (writing->default_currency != NULL)
    {
      g_free (mapping->default_currency);
      mapping->default_currency = g_strdup (writing->default_currency);
    }
}

/* Saved columns of a file that is written like that; NULL with no *ERROR: none. */
static CfoilBankMapping *
find_by_header (CfoilMirror            *mirror,
                const CfoilBankMapping *writing,
                const char             *path,
                GError                **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (GPtrArray) mappings = reader != NULL ? cfoil_bank_mapping_list (reader, error) : NULL;
  g_autoptr (CfoilBankPreview) preview = mappings != NULL ? cfoil_bank_preview_sync (path, writing, NULL, error) : NULL;
  CfoilBankMapping *found;

  if (preview == NULL || preview->format != CFOIL_BANK_CSV)
    return NULL;
  found = cfoil_bank_mapping_find (mappings, preview->header, NULL);
  return found != NULL ? cfoil_bank_mapping_copy (found) : NULL;
}

/* What was said of the columns; with a name it is for all files with that header. */
static CfoilBankMapping *
read_columns (CfoilMirror *mirror,
              const Words *words,
              const char  *path,
              GError     **error)
{
  g_autoptr (CfoilBankMapping) mapping = cfoil_bank_mapping_parse (words->columns, error);
  g_autoptr (CfoilBankPreview) preview = NULL;

  if (mapping == NULL || words->mapping == NULL)
    return g_steal_pointer (&mapping);
  preview = cfoil_bank_preview_sync (path, mapping, NULL, error);
  if (preview == NULL)
    return NULL;
  g_free (mapping->name);
  mapping->name = g_strdup (words->mapping);
  mapping->header = g_strdupv (preview->header);
  return g_steal_pointer (&mapping);
}

static void
print_result (CfoilCli              *cli,
              const CfoilBankResult *result)
{
  if (cli->json)
    g_print ("{\"format\": \"%s\", \"known\": %s, \"entries\": %" G_GUINT64_FORMAT ", \"new\": %" G_GUINT64_FORMAT
             ", \"skipped\": %" G_GUINT64_FORMAT ", \"matched\": %u}\n",
             cfoil_bank_format_to_string (result->format), result->is_known ? "true" : "false", result->n_entries, result->n_new,
             result->n_skipped, result->n_matched);
  else if (result->is_known)
    g_print ("%s\n", _ ("This statement was imported before; nothing has changed."));
  else
    {
      g_autofree char *n_entries = g_strdup_printf ("%" G_GUINT64_FORMAT, result->n_entries);
      g_autofree char *n_new = g_strdup_printf ("%" G_GUINT64_FORMAT, result->n_new);
      g_autofree char *skipped = cfoil_bank_result_dup_skipped (result);

      /* Translators: of a bank statement: how many entries, how many of them were not known, how many are payouts. */
      g_print (_ ("Entries: %s, of them new: %s, found to be payouts: %u\n"), n_entries, n_new, result->n_matched);
      if (skipped != NULL)
        g_print ("%s\n", skipped);
    }
}

/* NULL with no *ERROR: the one of the file's header. */
static CfoilBankMapping *
choose_mapping (CfoilMirror *mirror,
                const Words *words,
                const char  *path,
                GError     **error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (CfoilBankMapping) writing = read_writing (words, &own);
  CfoilBankMapping *mapping = NULL;

  if (own == NULL && words->columns != NULL)
    mapping = read_columns (mirror, words, path, &own);
  else if (own == NULL && words->mapping != NULL)
    mapping = find_saved (mirror, words->mapping, &own);
  else if (own == NULL && writing != NULL)
    mapping = find_by_header (mirror, writing, path, &own);
  if (own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  else if (mapping != NULL && writing != NULL)
    take_writing (mapping, writing);
  return mapping;
}

static gboolean
import (CfoilCli    *cli,
        CfoilMirror *mirror,
        const Words *words,
        const char  *path,
        GError     **error)
{
  g_autoptr (CfoilBankMapping) mapping = NULL;
  g_autoptr (GError) own = NULL;
  CfoilBankResult result;

  mapping = choose_mapping (mirror, words, path, &own);
  if (own != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own));
      return FALSE;
    }
  if (!cfoil_bank_import_sync (mirror, path, mapping, NULL, NULL, cli->cancellable, &result, error))
    return FALSE;
  /* Columns are saved when they have proved to be right. */
  if (words->columns != NULL && words->mapping != NULL && result.format == CFOIL_BANK_CSV &&
      !cfoil_bank_mapping_save_sync (mirror, mapping, error))
    return FALSE;
  print_result (cli, &result);
  return TRUE;
}

/* --- list --- */

static void
add_number (CfoilPrintTable *table,
            gint64           number)
{
  cfoil_print_table_add_number (table, number);
}

static void
add_day (CfoilPrintTable *table,
         gboolean         is_there,
         gint32           day)
{
  char text[32] = "";
  int year, month, day_of_month;

  if (is_there)
    {
      cfoil_day_to_date (day, &year, &month, &day_of_month);
      g_snprintf (text, sizeof text, "%04d-%02d-%02d", year, month, day_of_month);
    }
  cfoil_print_table_add_text (table, is_there ? text : NULL);
}

static gboolean
list (CfoilCli    *cli,
      CfoilMirror *mirror,
      const Words *words,
      GError     **error)
{
  static const char *const names[] = { "entry", "day", "bank_account", "reference", "text", "currency", "amount_minor", "settlement_id", "account",
                                       "payout_day", "payout_minor", "difference_minor", "found_by", NULL };
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  CfoilBankKinds kinds = words->unmatched ? CFOIL_BANK_OPEN | CFOIL_BANK_OTHER : CFOIL_BANK_ALL;
  g_autoptr (GPtrArray) pairs = reader != NULL ? cfoil_bank_match_list (reader, kinds, MAX_PAIRS, error) : NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (names, 5);

  if (pairs == NULL)
    return FALSE;
  for (guint i = 0; i < pairs->len; i++)
    {
      const CfoilBankPair *pair = g_ptr_array_index (pairs, i);

      add_number (table, pair->entry_id > 0 ? pair->entry_id : CFOIL_UNKNOWN);
      add_day (table, pair->entry_id > 0, pair->day);
      cfoil_print_table_add_text (table, pair->bank_account);
      cfoil_print_table_add_text (table, pair->reference);
      cfoil_print_table_add_text (table, pair->text);
      cfoil_print_table_add_text (table, pair->currency);
      add_number (table, pair->entry_minor);
      cfoil_print_table_add_text (table, pair->settlement_id);
      cfoil_print_table_add_text (table, pair->account);
      add_day (table, pair->payout_minor != CFOIL_UNKNOWN, pair->payout_day);
      add_number (table, pair->payout_minor);
      add_number (table, pair->difference_minor);
      cfoil_print_table_add_text (table, pair->how);
    }
  return cfoil_print_source (cli, cfoil_print_table_get_source (table), words->format, error);
}

static gboolean
list_statements (CfoilCli    *cli,
                 CfoilMirror *mirror,
                 const Words *words,
                 GError     **error)
{
  static const char *const names[] = { "statement", "file", "bank_account", "entries", "payouts", "first_day", "last_day", "imported_at_us", NULL };
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (GPtrArray) statements = reader != NULL ? cfoil_bank_statement_list (reader, MAX_PAIRS, error) : NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (names, -1);

  for (guint i = 0; statements != NULL && i < statements->len; i++)
    {
      const CfoilBankStatement *statement = g_ptr_array_index (statements, i);

      add_number (table, statement->statement_id);
      cfoil_print_table_add_text (table, statement->name);
      cfoil_print_table_add_text (table, statement->bank_account);
      add_number (table, (gint64) statement->n_entries);
      add_number (table, (gint64) statement->n_matched);
      add_day (table, statement->n_entries > 0, statement->first_day);
      add_day (table, statement->n_entries > 0, statement->last_day);
      add_number (table, statement->imported_us);
    }
  return statements != NULL && cfoil_print_source (cli, cfoil_print_table_get_source (table), words->format, error);
}

/* --- what an import would read --- */

static void
add_sample (CfoilPrintTable       *table,
            const CfoilBankSample *sample)
{
  gboolean is_entry = sample->message == NULL && !sample->is_skipped;

  add_number (table, sample->line);
  add_day (table, is_entry, sample->day);
  cfoil_print_table_add_text (table, is_entry ? sample->currency : NULL);
  add_number (table, is_entry ? sample->amount_minor : CFOIL_UNKNOWN);
  cfoil_print_table_add_text (table, sample->reference);
  cfoil_print_table_add_text (table, sample->text);
  cfoil_print_table_add_text (table, sample->message);
}

static gboolean
preview (CfoilCli    *cli,
         CfoilMirror *mirror,
         const Words *words,
         const char  *path,
         GError     **error)
{
  static const char *const names[] = { "line", "day", "currency", "amount_minor", "reference", "text", "problem", NULL };
  g_autoptr (GError) own = NULL;
  g_autoptr (CfoilBankMapping) mapping = choose_mapping (mirror, words, path, &own);
  g_autoptr (CfoilBankPreview) head = own == NULL ? cfoil_bank_preview_sync (path, mapping, cli->cancellable, &own) : NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (names, 2);
  g_autoptr (GPtrArray) samples = NULL;

  if (head != NULL && head->format != CFOIL_BANK_CSV)
    own = g_error_new_literal (CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, _ ("This statement needs no columns; import it."));
  if (own == NULL && mapping == NULL)
    mapping = cfoil_bank_mapping_guess (head->header);
  if (own == NULL)
    samples = cfoil_bank_preview_read (head, mapping, MAX_SAMPLES, &own);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    add_sample (table, g_ptr_array_index (samples, i));
  if (own == NULL)
    return cfoil_print_source (cli, cfoil_print_table_get_source (table), words->format, error);
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

static gboolean
list_mappings (CfoilCli    *cli,
               CfoilMirror *mirror,
               const Words *words,
               GError     **error)
{
  static const char *const names[] = { "name", "columns", "header", NULL };
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (GPtrArray) mappings = reader != NULL ? cfoil_bank_mapping_list (reader, error) : NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (names, -1);

  for (guint i = 0; mappings != NULL && i < mappings->len; i++)
    {
      const CfoilBankMapping *mapping = g_ptr_array_index (mappings, i);
      g_autofree char *columns = cfoil_bank_mapping_to_text (mapping);
      g_autofree char *header = g_strjoinv (", ", mapping->header);

      cfoil_print_table_add_text (table, mapping->name);
      cfoil_print_table_add_text (table, columns);
      cfoil_print_table_add_text (table, header);
    }
  return mappings != NULL && cfoil_print_source (cli, cfoil_print_table_get_source (table), words->format, error);
}

/* --- match --- */

static gboolean
match (CfoilCli    *cli,
       CfoilMirror *mirror,
       char       **words,
       GError     **error)
{
  guint64 entry;
  guint n = 0;

  if (words[0] == NULL)
    {
      if (!cfoil_bank_match_sync (mirror, &n, error))
        return FALSE;
      if (cli->json)
        g_print ("{\"matched\": %u}\n", n);
      else
        g_print (ngettext ("%u entry found to be a payout\n", "%u entries found to be payouts\n", n), n);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (words[0], 10, 1, G_MAXINT64, &entry, error) ||
      !cfoil_bank_match_set_sync (mirror, (gint64) entry, g_str_equal (words[1], "none") ? NULL : words[1], error))
    return FALSE;
  if (cli->json)
    cfoil_json_print_done ("entry", words[0], "matched");
  return TRUE;
}

static gboolean
is_usage (char **argv)
{
  guint n = g_strv_length (argv);

  if (n == 0)
    return FALSE;
  if (g_str_equal (argv[0], "import") || g_str_equal (argv[0], "preview"))
    return n == 2;
  if (g_str_equal (argv[0], "match"))
    return n == 1 || n == 3;
  if (n == 3 && (g_str_equal (argv[0], "mappings") || g_str_equal (argv[0], "statements")))
    return g_str_equal (argv[1], "remove");
  return n == 1 && (g_str_equal (argv[0], "list") || g_str_equal (argv[0], "mappings") || g_str_equal (argv[0], "statements"));
}

static gboolean
remove_statement (CfoilMirror *mirror,
                  const char  *word,
                  GError     **error)
{
  guint64 id;

  return g_ascii_string_to_unsigned (word, 10, 1, G_MAXINT64, &id, error) && cfoil_bank_statement_remove_sync (mirror, (gint64) id, error);
}

static gboolean
run (CfoilCli    *cli,
     CfoilMirror *mirror,
     const Words *words,
     char       **argv,
     GError     **error)
{
  switch (argv[0][0])
    {
    case 'i':
      return import (cli, mirror, words, argv[1], error);
    case 'l':
      return list (cli, mirror, words, error);
    case 'p':
      return preview (cli, mirror, words, argv[1], error);
    case 's':
      return (argv[1] == NULL || remove_statement (mirror, argv[2], error)) && list_statements (cli, mirror, words, error);
    default:
      if (argv[0][2] == 't')
        return match (cli, mirror, argv + 1, error);
      return (argv[1] == NULL || cfoil_bank_mapping_remove_sync (mirror, argv[2], error)) && list_mappings (cli, mirror, words, error);
    }
}

/* The advice that errors of files have of themselves is about reports. */
static int
fail (CfoilCli     *cli,
      const GError *error)
{
  g_autofree char *clean = cfoil_cli_clean (error->message, 0);
  const char *hint = NULL;

  if (error->domain != CFOIL_INPUT_ERROR)
    return cfoil_cli_fail (cli, error);
  if (error->code == CFOIL_INPUT_ERROR_COLUMNS)
    hint = _ ("“bank preview FILE” shows the first rows; --columns says what the columns mean, with --mapping for good.");
  else if (error->code == CFOIL_INPUT_ERROR_ENCODING)
    hint = _ ("--encoding says how it is written: UTF-8, WINDOWS-1252, SHIFT_JIS …");
  if (cli->json)
    {
      g_autoptr (GString) out = g_string_new ("{");

      cfoil_json_append_member (out, "error", cfoil_error_to_name (error));
      cfoil_json_append_member (out, "message", error->message);
      cfoil_json_append_member (out, "advice", hint);
      g_print ("%s}\n", out->str);
    }
  g_printerr ("%s\n", clean);
  if (hint != NULL)
    g_printerr ("%s\n", hint);
  return CFOIL_EXIT_FAILED;
}

int
cfoil_command_bank (CfoilCli *cli,
                    char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Words) words = { NULL };
  int exit_code;
  const GOptionEntry entries[] = {
    { "mapping", 0, 0, G_OPTION_ARG_STRING, &words.mapping, N_ ("Name of saved columns; with --columns: save them as that"), N_ ("NAME") },
    { "columns", 0, 0, G_OPTION_ARG_STRING, &words.columns,
      N_ ("What the columns of a CSV file mean: date=1,amount=3,text=4+5,currency=EUR,decimal=comma"), N_ ("TEXT") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &words.encoding, N_ ("How the letters of a CSV file are written: UTF-8, WINDOWS-1252, ISO-8859-15 …"), N_ ("NAME") },
    { "separator", 0, 0, G_OPTION_ARG_STRING, &words.separator, N_ ("What is between its columns: comma, semicolon, tab or bar"), N_ ("WORD") },
    { "decimal", 0, 0, G_OPTION_ARG_STRING, &words.decimal, N_ ("What its decimals follow: comma or point"), N_ ("WORD") },
    { "dates", 0, 0, G_OPTION_ARG_STRING, &words.dates, N_ ("Order of its dates: ymd, dmy or mdy"), N_ ("WORD") },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &words.currency, N_ ("Its currency, or the number of the column that has it"), N_ ("CODE") },
    { "unmatched", 0, 0, G_OPTION_ARG_NONE, &words.unmatched, N_ ("Only what has no other side, or differs from it"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &words.format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "bank import FILE | preview FILE | list [--unmatched] | match [ENTRY SETTLEMENT|none] | statements [remove STATEMENT] | "
                        "mappings [remove NAME]",
                        N_ ("Reads bank statements (CSV, OFX, CAMT.053) and compares them with payouts."), entries, &exit_code))
    return exit_code;
  if (!is_usage (argv))
    return cfoil_cli_usage (_ ("bank import FILE, bank preview FILE, bank list, bank match, bank statements, or bank mappings?"));
  if (!cfoil_cli_read_format (cli, &words.format))
    return CFOIL_EXIT_USAGE;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  return run (cli, cfoil_context_get_mirror (context), &words, argv, &error) ? CFOIL_EXIT_DONE : fail (cli, error);
}
