/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "books-tools.h"

#include "cfoil-csv-reader.h"
#include "cfoil-currency.h"
#include "cfoil-money.h"

#include <sqlite3.h>
#include <string.h>

char *
books_run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *out = NULL;
  g_autofree char *err = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    {
      if (strlen (err) > 2000)
        err[2000] = '\0';
      g_error ("%s %s: %s%.500s", argv[0], argv[1], err, out);
    }
  return out;
}

/* Sums by account and currency. */
typedef struct
{
  GTree *sums; /* (element-type utf8 gint64*) */
  guint first_row;
} Balances;

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  return strcmp (a, b);
}

static void
balances_init (Balances *self,
               guint     first_row)
{
  self->sums = g_tree_new_full (compare_keys, NULL, g_free, g_free);
  self->first_row = first_row;
}

static void
add (Balances   *self,
     const char *account,
     const char *currency,
     gint64      minor)
{
  g_autofree char *key = g_strdup_printf ("%s|%s", account, currency);
  gint64 *sum = g_tree_lookup (self->sums, key);

  if (sum == NULL)
    {
      sum = g_new0 (gint64, 1);
      g_tree_insert (self->sums, g_strdup (key), sum);
    }
  *sum += minor;
}

static gboolean
append_sum (gpointer key,
            gpointer value,
            gpointer text)
{
  if (*(gint64 *) value != 0)
    g_string_append_printf (text, "%s|%" G_GINT64_FORMAT "\n", (char *) key, *(gint64 *) value);
  return FALSE;
}

static char *
balances_finish (Balances *self)
{
  GString *text = g_string_new (NULL);

  g_tree_foreach (self->sums, append_sum, text);
  g_tree_unref (self->sums);
  return g_string_free (text, FALSE);
}

static gboolean
take_row (const CfoilCsvField *fields,
          guint                n_fields,
          guint64              row_number,
          guint64              line_number,
          gpointer             data,
          GError             **error)
{
  Balances *self = data;
  g_autofree char *currency = NULL;
  g_autofree char *account = NULL;
  gint64 minor;

  if (row_number < self->first_row)
    return TRUE;
  g_assert_cmpuint (n_fields, ==, 3);
  account = g_strstrip (g_strdup (fields[0].text));
  currency = g_strstrip (g_strdup (fields[1].text));
  g_strdelimit (currency, "\"", ' ');
  g_strstrip (currency);
  if (*currency == '\0')
    return TRUE;
  if (!cfoil_money_parse (g_strstrip ((char *) fields[2].text), -1, MAX (cfoil_currency_exponent (currency), 0), &minor, error))
    return FALSE;
  add (self, account, currency, minor);
  return TRUE;
}

static char *
read_csv (const char *csv,
          guint       first_row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilCsvReader) reader = NULL;
  Balances balances;

  balances_init (&balances, first_row);
  reader = cfoil_csv_reader_new (take_row, NULL, &balances);
  if (cfoil_csv_reader_push (reader, csv, strlen (csv), &error))
    cfoil_csv_reader_finish (reader, &error);
  g_assert_no_error (error);
  return balances_finish (&balances);
}

char *
books_ask_hledger (const char *path)
{
  const char *check[] = { "hledger", "-f", path, "check", "--strict", "ordereddates", NULL };
  const char *balance[] = { "hledger", "-f", path, "balance", "--flat", "--no-total", "--layout=bare", "-O", "csv", NULL };
  g_autofree char *nothing = books_run (check);
  g_autofree char *csv = books_run (balance);

  return read_csv (csv, 2);
}

/* The distribution's python has its packages.  bean-query rounds what it shows to the usual number of decimals; this does not. */
static const char beancount_program[] =
  "import collections, sys\n"
  "from beancount import loader\n"
  "from beancount.core import data\n"
  "entries, errors, options = loader.load_file (sys.argv[1])\n"
  "assert not errors, errors[:3]\n"
  "sums = collections.defaultdict (int)\n"
  "for entry in data.filter_txns (entries):\n"
  "  for posting in entry.postings:\n"
  "    sums[posting.account, posting.units.currency] += posting.units.number\n"
  "for (account, currency), number in sums.items ():\n"
  "  print ('%s,%s,%s' % (account, currency, format (number, 'f')))\n";

char *
books_ask_beancount (const char *path)
{
  const char *check[] = { "bean-check", path, NULL };
  const char *query[] = { "/usr/bin/python3", "-c", beancount_program, path, NULL };
  g_autofree char *nothing = books_run (check);
  g_autofree char *csv = books_run (query);

  g_assert_cmpstr (nothing, ==, "");
  return read_csv (csv, 1);
}

char *
books_ask_ledger (const char *path)
{
  const char *csv_command[] = { "ledger", "--pedantic", "-f", path, "csv", "--csv-format",
                                "\"%(account)\",\"%(commodity)\",\"%(quantity(amount))\"\n", NULL };
  g_autofree char *csv = books_run (csv_command);
  g_autoptr (GRegex) regex = g_regex_new ("\\\\\"", 0, 0, NULL);
  g_autofree char *quoted = g_regex_replace_literal (regex, csv, -1, 0, "\"\"", 0, NULL);

  return read_csv (quoted, 1);
}

char *
books_ask_mirror (const char *folder,
                  const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "mirror.sqlite", NULL);
  Balances balances;
  sqlite3 *database;
  sqlite3_stmt *row;
  int code;

  balances_init (&balances, 1);
  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (database, sql, -1, &row, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (database));
  while ((code = sqlite3_step (row)) == SQLITE_ROW)
    add (&balances, (const char *) sqlite3_column_text (row, 0), (const char *) sqlite3_column_text (row, 1),
         sqlite3_column_int64 (row, 2));
  g_assert_cmpint (code, ==, SQLITE_DONE);
  sqlite3_finalize (row);
  sqlite3_close (database);
  return balances_finish (&balances);
}
