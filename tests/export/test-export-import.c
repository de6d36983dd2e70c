/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include "cfoil-error.h"
#include "cfoil-export-import.h"
#include "cfoil-export-reader.h"

#include <string.h>
#include <sys/stat.h>

#define N_MORE 60

static void
take_difference (const CfoilExportDifference *difference,
                 gpointer                     user_data)
{
  g_string_append_printf (user_data, "%" G_GUINT64_FORMAT " %s %s: [%s] [%s]\n", difference->line_number,
                          difference->transaction_id, difference->column, difference->in_file, difference->in_mirror);
}

/* Imports TEXT; what differs, line by line. */
static char *
import (TestMirror              *mirror,
        const char              *text,
        gboolean                 replaces,
        CfoilExportImportResult *result)
{
  g_autofree char *path = test_folder_file (mirror->folder, "in.csv");
  CfoilExportImportOptions options = { .path = path, .replaces = replaces };
  g_autoptr (GString) differences = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  test_write_text (path, text);
  cfoil_export_import_sync (mirror->mirror, &options, take_difference, differences, NULL, result, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&differences), FALSE);
}

static char *
replaced (const char *text,
          const char *what,
          const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  g_assert_cmpuint (g_strv_length (parts), >, 1);
  return g_strjoinv (with, parts);
}

/* Every value of every row and column comes back, in either profile. */
static void
test_all_back (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (N_MORE);
  guint n_rows = export_n_nasty_texts () + N_MORE;

  for (guint profile = 0; profile < 2; profile++)
    for (guint all = 0; all < 2; all++)
      {
        CfoilExportOptions options = { .profile = (CfoilExportProfile) profile,
                                       .columns = all ? NULL : "note,tags,reviewed,transaction_id,time,provider,environment,"
                                                               "gross,store,buyer_name,flags,fee_rate,currency,state" };
        g_autofree char *text = export_to_text (mirror, options, NULL);
        CfoilExportImportResult result;
        g_autofree char *differences = import (mirror, text, FALSE, &result);

        g_assert_cmpstr (differences, ==, "");
        g_assert_cmpuint (result.n_rows, ==, n_rows);
        g_assert_cmpuint (result.n_equal, ==, n_rows);
        g_assert_cmpuint (result.n_different, ==, 0);
        g_assert_cmpuint (result.n_missing, ==, 0);
        g_assert_cmpuint (result.n_restored, ==, 0);
        g_assert_cmpuint (result.n_values, >, n_rows * 10);
      }
}

typedef struct
{
  TestMirror *mirror;
  guint n;
} Texts;

/* Not held against the mirror by the code that is tested, but by what was put in. */
static gboolean
take_text (CfoilExportReader *reader,
           guint64            line_number,
           gpointer           user_data,
           GError           **error)
{
  Texts *texts = user_data;

  for (int field = 0; field < CFOIL_N_FIELDS; field++)
    {
      int column = cfoil_export_reader_find_column (reader, (CfoilField) field);
      CfoilRowValue value;

      g_assert_cmpint (column, >=, 0);
      g_assert_true (cfoil_export_reader_get_value (reader, (guint) column, 0, &value) || column > 0);
      if (field == CFOIL_FIELD_REFERENCE || field == CFOIL_FIELD_DESCRIPTION || field == CFOIL_FIELD_BUYER_NAME ||
          field == CFOIL_FIELD_STORE || field == CFOIL_FIELD_REASON || (field == CFOIL_FIELD_NOTE && texts->n % 2 == 0))
        g_assert_cmpstr (value.text, ==, export_nasty_texts[texts->n]);
    }
  texts->n++;
  return TRUE;
}

static void
test_nasty_texts (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (0);
  g_autofree char *path = test_folder_file (mirror->folder, "out.csv");

  for (guint profile = 0; profile < 2; profile++)
    {
      g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .profile = (CfoilExportProfile) profile }, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilExportReader) reader = cfoil_export_reader_open (path, &error);
      Texts texts = { mirror, 0 };

      g_assert_no_error (error);
      cfoil_export_reader_run (reader, take_text, &texts, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (texts.n, ==, export_n_nasty_texts ());
    }
}

static gboolean
take_values (CfoilExportReader *reader,
             guint64            line_number,
             gpointer           user_data,
             GError           **error)
{
  static const int exponents[] = { 3, 0, 2, 2, 0, 2 };
  GString *out = user_data;
  guint n_rows = 0;

  for (const char *p = out->str; (p = strchr (p, '\x1e')) != NULL; p++)
    n_rows++;
  for (guint i = 0; i < cfoil_export_reader_get_columns (reader)->len; i++)
    {
      CfoilRowValue value;

      g_assert_true (cfoil_export_reader_get_value (reader, i, exponents[n_rows], &value));
      g_string_append_printf (out, "%s %" G_GINT64_FORMAT "\x1f", value.text != NULL ? value.text : "~", value.number);
    }
  g_string_append_c (out, '\x1e');
  return TRUE;
}

/* The golden files have the same values, whatever the profile and the locale. */
static void
test_golden_values (void)
{
  static const char *const names[] = { "plain", "excel", "excel-comma" };
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("golden/transactions-%s.csv", names[i]);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilExportReader) reader = cfoil_export_reader_open (path, &error);
      g_autoptr (GString) values = g_string_new (NULL);

      g_assert_no_error (error);
      cfoil_export_reader_run (reader, take_values, values, NULL, &error);
      g_assert_no_error (error);
      if (first == NULL)
        first = g_strdup (values->str);
      g_assert_cmpstr (values->str, ==, first);
    }
}

static void
test_differences (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (0);
  g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .columns = "provider,environment,transaction_id,amount,state,description,time" }, NULL);
  static const struct
  {
    const char *what, *with, *difference;
  } cases[] = {
    { "P01-1-0-C1,1000,", "P01-1-0-C1,1001,", "2 P01-1-0-C1 amount: [1001] [1000]\n" },
    { "P01-1-0-C1,1000,", "P01-1-0-C1,,", "2 P01-1-0-C1 amount: [] [1000]\n" },
    { "P01-1-0-C1,1000,", "P01-1-0-C1,1000.0,", "2 P01-1-0-C1 amount: [1000.0] [1000]\n" },
    { "P01-1-0-C1,1000,", "P01-1-0-C1,abc,", "2 P01-1-0-C1 amount: [abc] [1000]\n" },
    { "P01-1-0-C1,1000,authorized,plain", "P01-1-0-C1,1000,captured,plan",
      "2 P01-1-0-C1 state: [captured] [authorized]\n2 P01-1-0-C1 description: [plan] [plain]\n" },
    { "plain,2026-03-01T00:00:00Z", "plain,2026-03-01T00:00:00.000001Z",
      "2 P01-1-0-C1 time_utc: [2026-03-01T00:00:00.000001Z] [2026-03-01T00:00:00Z]\n" },
    { "'=1+1,", "=1+1,", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *changed = replaced (text, cases[i].what, cases[i].with);
      CfoilExportImportResult result;
      g_autofree char *differences = import (mirror, changed, FALSE, &result);

      g_test_message ("%s", differences);
      if (cases[i].difference == NULL)
        continue;
      g_assert_cmpstr (differences, ==, cases[i].difference);
      g_assert_cmpuint (result.n_different, ==, 1);
      g_assert_cmpuint (result.n_equal, ==, export_n_nasty_texts () - 1);
    }
}

/* Notes come back, for rows that are there and for those that are not. */
static void
test_restore (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (5);
  g_autoptr (TestMirror) empty = test_mirror_new ();
  static const char annotations[] = "SELECT provider, environment, transaction_id, note, tags, reviewed_us FROM annotation ORDER BY 3";
  g_autofree char *before = test_dump (mirror->mirror, annotations);
  g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .columns = NULL }, NULL);
  guint n_noted = (guint) test_count (mirror->mirror, "SELECT count (*) FROM annotation");
  CfoilExportImportResult result;

  test_exec (mirror->mirror, "DELETE FROM annotation");
  {
    g_autofree char *differences = import (mirror, text, FALSE, &result);
    g_autofree char *after = test_dump (mirror->mirror, annotations);
    g_autofree char *again = export_to_text (mirror, (CfoilExportOptions){ .columns = NULL }, NULL);

    g_assert_cmpstr (differences, ==, "");
    g_assert_cmpuint (result.n_restored, ==, n_noted);
    g_assert_cmpstr (after, ==, before);
    g_assert_cmpstr (again, ==, text);
  }
  {
    g_autofree char *differences = import (empty, text, FALSE, &result);
    g_autofree char *after = test_dump (empty->mirror, annotations);

    g_assert_cmpstr (differences, ==, "");
    g_assert_cmpuint (result.n_missing, ==, result.n_rows);
    g_assert_cmpuint (result.n_restored, ==, n_noted);
    g_assert_cmpstr (after, ==, before);
    g_assert_cmpint (test_count (empty->mirror, "SELECT count (*) FROM txn"), ==, 0);
  }
}

/* What was written since stays, unless it is to be replaced. */
static void
test_keep_or_replace (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (0);
  g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .columns = "provider,environment,transaction_id,note,tags,flags" }, NULL);
  static const char note[] = "SELECT note, tags FROM annotation WHERE transaction_id = 'P01-1-0-C1'";
  CfoilExportImportResult result;

  export_annotate (mirror, "P01-1-0-C1", "newer", "", CFOIL_UNKNOWN);
  {
    g_autofree char *differences = import (mirror, text, FALSE, &result);
    g_autofree char *kept = test_dump (mirror->mirror, note);

    g_assert_cmpstr (differences, ==, "2 P01-1-0-C1 note: [plain] [newer]\n");
    g_assert_cmpstr (kept, ==, "newer|,=a,b,\n");
    g_assert_cmpuint (result.n_restored, ==, 1);
  }
  {
    g_autofree char *differences = import (mirror, text, TRUE, &result);
    g_autofree char *put = test_dump (mirror->mirror, note);

    g_assert_cmpstr (differences, ==, "");
    g_assert_cmpstr (put, ==, "plain|,=a,b,\n");
  }
  /* What the file does not say stays. */
  export_annotate (mirror, "P01-1-1-C1", "only here", "", CFOIL_UNKNOWN);
  {
    g_autofree char *differences = import (mirror, text, TRUE, &result);

    g_assert_cmpstr (differences, ==, "3 P01-1-1-C1 note: [] [only here]\n");
  }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "\n",
    "transaction_id",
    "transaction_id;amount,currency\n",
    "time_utc,amount\n",
    "transaction_id,transaction_id\n",
    "transaction_id,Nonsense\n",
    "\xef\xbb\xbf\n",
    "TransactionPostedDate,SettlementId\n",
  };
  g_autoptr (TestMirror) mirror = export_mirror_new (0);
  g_autofree char *path = test_folder_file (mirror->folder, "in.csv");
  g_autofree char *nowhere = test_folder_file (mirror->folder, "nowhere.csv");
  g_autofree char *fifo = test_folder_file (mirror->folder, "fifo");
  CfoilExportImportOptions options = { .path = path };
  CfoilExportImportResult result;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      test_write_text (path, texts[i]);
      g_assert_false (cfoil_export_reader_is_ours (path));
      g_assert_false (cfoil_export_import_sync (mirror->mirror, &options, NULL, NULL, NULL, &result, &error));
      g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN);
    }
  g_assert_false (cfoil_export_reader_is_ours (nowhere));
  g_assert_false (cfoil_export_reader_is_ours (mirror->folder->path));
  /* Nobody writes into it: whoever opened it would wait for ever. */
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_false (cfoil_export_reader_is_ours (fifo));
}

/* Of a file that is damaged nothing is put back. */
static void
test_damaged (void)
{
  static const char header[] = "provider,environment,transaction_id,note,tags,reviewed_at_utc\n";
  static const struct
  {
    const char *rows;
    CfoilInputErrorCode code;
  } cases[] = {
    { "amazon-pay,live,A,first,,\namazon-pay,live,B,cut", CFOIL_INPUT_ERROR_TRUNCATED },
    { "amazon-pay,live,A,first,,\namazon-pay,live,B\n", CFOIL_INPUT_ERROR_SYNTAX },
    { "amazon-pay,live,A,first,,\namazon-pay,live,B,x,,,,,\n", CFOIL_INPUT_ERROR_SYNTAX },
    { "amazon-pay,live,A,first,,\namazon-pay,live,,x,,\n", CFOIL_INPUT_ERROR_MISSING },
    { "amazon-pay,live,A,first,,\n,live,B,x,,\n", CFOIL_INPUT_ERROR_MISSING },
    { "amazon-pay,live,A,first,,\namazon-pay,live,B,x,,yesterday\n", CFOIL_INPUT_ERROR_SYNTAX },
    { "amazon-pay,live,A,first,,\namazon-pay,live,B,\xff,,\n", CFOIL_INPUT_ERROR_SYNTAX },
    { "amazon-pay,live,A,first,,\namazon-pay,live,B,\"open,,\n", CFOIL_INPUT_ERROR_TRUNCATED },
    { "amazon-pay,live,A,first,\"a long tag that has more letters than a tag may have, by far\",\n", CFOIL_INPUT_ERROR_LIMIT },
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *path = test_folder_file (mirror->folder, "in.csv");
  CfoilExportImportOptions options = { .path = path };
  CfoilExportImportResult result;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (header, cases[i].rows, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].rows);
      test_write_text (path, text);
      g_assert_false (cfoil_export_import_sync (mirror->mirror, &options, NULL, NULL, NULL, &result, &error));
      g_assert_error (error, CFOIL_INPUT_ERROR, (int) cases[i].code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM annotation"), ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export-import/all-back", test_all_back);
  g_test_add_func ("/export-import/nasty-texts", test_nasty_texts);
  g_test_add_func ("/export-import/golden-values", test_golden_values);
  g_test_add_func ("/export-import/differences", test_differences);
  g_test_add_func ("/export-import/restore", test_restore);
  g_test_add_func ("/export-import/keep-or-replace", test_keep_or_replace);
  g_test_add_func ("/export-import/refused", test_refused);
  g_test_add_func ("/export-import/damaged", test_damaged);

  return g_test_run ();
}
