/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-row-writer.h"
#include "export-fixture.h"

/* All rows, the last first. */
static GArray *
list_ids (CfoilDatabase *reader)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (reader, "SELECT txn_id FROM txn ORDER BY txn_id DESC", NULL);

  while (cfoil_statement_step (row, NULL) == CFOIL_STEP_ROW)
    {
      gint64 id = cfoil_statement_column_int64 (row, 0);

      g_array_append_val (ids, id);
    }
  return ids;
}

static char *
to_text (CfoilDatabase *reader,
         const GArray  *ids,
         const char    *columns,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GArray) fields = cfoil_export_columns_parse (columns, NULL);

  return cfoil_row_writer_to_text (reader, ids, fields, zone, cancellable, error);
}

/* Long notes, ends of lines, formulas, flags, times, unknown fees: no cell differs
 * from that of a file. */
static void
test_equal (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (60);
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autofree char *note = g_strnfill (5000, 'n');
  g_autofree char *lines = g_strconcat ("first\n=second\n", note, NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  const char *columns[] = { CFOIL_EXPORT_USUAL_COLUMNS, "note", "flags,note,tags,time,amount,presentment_amount", NULL };

  export_annotate (mirror, "P01-1-1-C1", lines, "", CFOIL_UNKNOWN);
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "," : "", cfoil_field_get_info (i)->name);
  columns[3] = all->str;
  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  ids = list_ids (reader);
  g_assert_cmpuint (ids->len, >, 60);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = to_text (reader, ids, columns[i], NULL, &error);
      g_autofree char *exported = export_to_text (mirror, (CfoilExportOptions){ .columns = columns[i], .ids = ids }, NULL);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, exported);
      g_assert_true (i == 0 || strstr (text, lines) != NULL);
    }
}

/* It fails as a whole, and leaves no transaction behind. */
static void
test_fails (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (1);
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (GArray) ids = list_ids (reader);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 gone = 1 << 30;

  g_cancellable_cancel (cancellable);
  g_assert_null (to_text (reader, ids, "time", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (cfoil_database_in_transaction (reader));

  g_array_append_val (ids, gone);
  g_assert_null (to_text (reader, ids, "time", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_false (cfoil_database_in_transaction (reader));

  g_array_set_size (ids, 0);
  text = to_text (reader, ids, "type,net", NULL, NULL);
  g_assert_cmpstr (text, ==, "type,net\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/row-writer/equal", test_equal);
  g_test_add_func ("/row-writer/fails", test_fails);

  return g_test_run ();
}
