/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-annotation.h"
#include "cfoil-cli.h"
#include "cfoil-print-source.h"
#include "cfoil-saved-view.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *account;  /* (nullable) */
  char *note;     /* (nullable): as it is */
  char *tags;     /* (nullable) */
  char *reviewed; /* (nullable) */
} Wish;

/* *TXN_ID gets the row of TRANSACTION_ID, of ACCOUNT (nullable: of the one that has it). */
static gboolean
find_transaction (CfoilDatabase *reader,
                  const char    *transaction_id,
                  const char    *account,
                  gint64        *txn_id,
                  GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  /* A transaction in two accounts of one merchant has one note. */
  row = cfoil_database_prepare (reader,
                                "SELECT min (t.txn_id), count (DISTINCT a.provider || ' ' || a.environment) "
                                "FROM account AS a CROSS JOIN txn AS t USING (account_id) "
                                "WHERE t.transaction_id = ?1 AND a.name = coalesce (?2, a.name)",
                                error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_text (row, 1, transaction_id);
  cfoil_statement_bind_text (row, 2, account);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ERROR)
    return FALSE;
  if (cfoil_statement_column_int64 (row, 1) == 1)
    {
      *txn_id = cfoil_statement_column_int64 (row, 0);
      return TRUE;
    }
  if (cfoil_statement_column_int64 (row, 1) > 1)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("There is a transaction “%s” at several providers; name the account."), transaction_id);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no transaction “%s” in the mirror."), transaction_id);
  return FALSE;
}

/* *PARTS gets what is to be another than it is: nothing else is written. */
static gboolean
apply (CfoilAnnotation      *annotation,
       const Wish           *wish,
       CfoilAnnotationParts *parts,
       GError              **error)
{
  char **tags;

  if (wish->note != NULL)
    {
      g_free (annotation->note);
      annotation->note = g_strdup (wish->note);
      *parts |= CFOIL_ANNOTATION_NOTE;
    }
  if (wish->tags != NULL)
    {
      tags = cfoil_tags_parse (wish->tags, error);
      if (tags == NULL)
        return FALSE;
      g_strfreev (annotation->tags);
      annotation->tags = tags;
      *parts |= CFOIL_ANNOTATION_TAGS;
    }
  /* When it was marked first is what stays. */
  if (wish->reviewed != NULL && (g_str_equal (wish->reviewed, "no") || annotation->reviewed_us == CFOIL_UNKNOWN))
    {
      annotation->reviewed_us = g_str_equal (wish->reviewed, "yes") ? cfoil_time_now_us () : CFOIL_UNKNOWN;
      *parts |= CFOIL_ANNOTATION_REVIEWED;
    }
  return TRUE;
}

static gboolean
print_annotation (CfoilCli              *cli,
                  const char            *transaction_id,
                  const CfoilAnnotation *annotation,
                  GError               **error)
{
  static const char *const names[] = { "transaction_id", "note", "tags", "reviewed_at_us", NULL };
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (names, -1);
  g_autofree char *tags = cfoil_tags_to_text (annotation->tags);

  cfoil_print_table_add_text (table, transaction_id);
  cfoil_print_table_add_text (table, annotation->note);
  cfoil_print_table_add_text (table, tags);
  cfoil_print_table_add_number (table, annotation->reviewed_us);
  return cfoil_print_source (cli, cfoil_print_table_get_source (table), cli->json ? "json" : "table", error);
}

static gboolean
annotate (CfoilCli    *cli,
          CfoilMirror *mirror,
          const char  *transaction_id,
          const Wish  *wish,
          GError     **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (CfoilAnnotation) annotation = NULL;
  g_autoptr (CfoilAnnotation) written = NULL;
  CfoilAnnotationParts parts = 0;
  gint64 txn_id = 0;

  if (reader == NULL || !find_transaction (reader, transaction_id, wish->account, &txn_id, error) ||
      (annotation = cfoil_annotation_read (reader, txn_id, error)) == NULL)
    return FALSE;
  if (!apply (annotation, wish, &parts, error) ||
      (parts != 0 && !cfoil_annotation_write (mirror, txn_id, annotation, parts, NULL, error)))
    return FALSE;
  written = cfoil_annotation_read (reader, txn_id, error);
  return written != NULL && print_annotation (cli, transaction_id, written, error);
}

static void
wish_clear (Wish *wish)
{
  g_free (wish->account);
  g_free (wish->note);
  g_free (wish->tags);
  g_free (wish->reviewed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static gboolean
is_text (const char *text)
{
  return text == NULL || g_utf8_validate (text, -1, NULL);
}

int
cfoil_command_annotate (CfoilCli *cli,
                        char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Wish) wish = { NULL };
  int exit_code;
  const GOptionEntry entries[] = {
    { "note", 0, 0, G_OPTION_ARG_FILENAME, &wish.note, N_ ("The note; an empty one removes it"), N_ ("TEXT") },
    { "tags", 0, 0, G_OPTION_ARG_FILENAME, &wish.tags, N_ ("The tags, all of them; an empty text removes them"), N_ ("A,B,…") },
    { "reviewed", 0, 0, G_OPTION_ARG_STRING, &wish.reviewed, N_ ("yes or no"), N_ ("YES") },
    { "account", 0, 0, G_OPTION_ARG_STRING, &wish.account, N_ ("The account, if several have the transaction"), N_ ("NAME") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "annotate TRANSACTION_ID",
                        N_ ("Writes what you say of a transaction, and prints it: nobody else ever changes that."),
                        entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1 || !is_text (argv[0]))
    return cfoil_cli_usage (_ ("Name one transaction by its id."));
  if (!is_text (wish.note) || !is_text (wish.tags))
    return cfoil_cli_usage (_ ("Notes and tags are UTF-8 text."));
  if (wish.reviewed != NULL && !g_str_equal (wish.reviewed, "yes") && !g_str_equal (wish.reviewed, "no"))
    return cfoil_cli_usage (_ ("--reviewed is yes or no."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  return annotate (cli, cfoil_context_get_mirror (context), argv[0], &wish, &error) ? CFOIL_EXIT_DONE
                                                                                   : cfoil_cli_fail (cli, error);
}

static gboolean
print_views (CfoilCli    *cli,
             CfoilMirror *mirror,
             const char  *format,
             GError     **error)
{
  static const char *const names[] = { "key", "name", "query", "sort", "columns", NULL };
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (GPtrArray) views = reader != NULL ? cfoil_saved_view_list (reader, error) : NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (names, -1);

  if (views == NULL)
    return FALSE;
  for (guint i = 0; i < views->len; i++)
    {
      const CfoilSavedView *view = g_ptr_array_index (views, i);

      cfoil_print_table_add_text (table, view->key);
      cfoil_print_table_add_text (table, cfoil_saved_view_get_title (view));
      cfoil_print_table_add_text (table, view->query);
      cfoil_print_table_add_text (table, view->sort);
      cfoil_print_table_add_text (table, view->columns);
    }
  return cfoil_print_source (cli, cfoil_print_table_get_source (table), format, error);
}

int
cfoil_command_views (CfoilCli *cli,
                     char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *format = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "views", N_ ("Prints the saved views of transactions; list, totals and export take them by --view."),
                        entries, &exit_code))
    return exit_code;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("views takes no further words."));
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  return print_views (cli, cfoil_context_get_mirror (context), format, &error) ? CFOIL_EXIT_DONE : cfoil_cli_fail (cli, error);
}
