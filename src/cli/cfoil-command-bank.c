/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-match.h"
#include "cfoil-bank.h"
#include "cfoil-cli.h"
#include "cfoil-error.h"
#include "cfoil-period.h"
#include "cfoil-print-source.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_PAIRS 100000

typedef struct
{
  char *mapping;
  char *columns;
  char *format;
  gboolean unmatched;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->mapping);
  g_free (words->columns);
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

      /* Translators: of a bank statement: how many entries, how many of them were not known, how many are payouts. */
      g_print (_ ("Entries: %s, of them new: %s, found to be payouts: %u\n"), n_entries, n_new, result->n_matched);
    }
}

static gboolean
import (CfoilCli    *cli,
        CfoilMirror *mirror,
        const Words *words,
        const char  *path,
        GError     **error)
{
  g_autoptr (CfoilBankMapping) mapping = NULL;
  CfoilBankResult result;

  if (words->columns != NULL)
    mapping = read_columns (mirror, words, path, error);
  else if (words->mapping != NULL)
    mapping = find_saved (mirror, words->mapping, error);
  if (mapping == NULL && (words->columns != NULL || words->mapping != NULL))
    return FALSE;
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
  g_autoptr (GPtrArray) pairs = reader != NULL ? cfoil_bank_match_list (reader, words->unmatched ? CFOIL_BANK_OPEN | CFOIL_BANK_OTHER : CFOIL_BANK_ALL, MAX_PAIRS, error) : NULL;
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
  if (g_str_equal (argv[0], "import"))
    return n == 2;
  if (g_str_equal (argv[0], "match"))
    return n == 1 || n == 3;
  if (g_str_equal (argv[0], "mappings") && n == 3)
    return g_str_equal (argv[1], "remove");
  return n == 1 && (g_str_equal (argv[0], "list") || g_str_equal (argv[0], "mappings"));
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
    default:
      if (argv[0][2] == 't')
        return match (cli, mirror, argv + 1, error);
      return (argv[1] == NULL || cfoil_bank_mapping_remove_sync (mirror, argv[2], error)) && list_mappings (cli, mirror, words, error);
    }
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
    { "unmatched", 0, 0, G_OPTION_ARG_NONE, &words.unmatched, N_ ("Only what has no other side, or differs from it"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &words.format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "bank import FILE | list [--unmatched] | match [ENTRY SETTLEMENT|none] | mappings [remove NAME]",
                        N_ ("Reads bank statements (CSV, OFX, CAMT.053) and compares them with payouts."), entries, &exit_code))
    return exit_code;
  if (!is_usage (argv))
    return cfoil_cli_usage (_ ("bank import FILE, bank list, bank match, or bank mappings?"));
  if (!cfoil_cli_read_format (cli, &words.format))
    return CFOIL_EXIT_USAGE;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  return run (cli, cfoil_context_get_mirror (context), &words, argv, &error) ? CFOIL_EXIT_DONE : cfoil_cli_fail (cli, error);
}
