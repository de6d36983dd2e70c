/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-csv-reader.h"
#include "cfoil-csv-writer.h"

#include <string.h>

static const struct
{
  const char *text;
  gboolean needs_guard;
} guards[] = {
  { "", FALSE },
  { " ", FALSE },
  { "a", FALSE },
  { "a=b", FALSE },
  { "1+1", FALSE },
  { "a@b", FALSE },
  { "=1+1", TRUE },
  { "=", TRUE },
  { "=cmd|' /C calc'!A0", TRUE },
  { "=HYPERLINK(\"http://x\")", TRUE },
  { "@SUM(A1)", TRUE },
  { "@", TRUE },
  { "+1+1", TRUE },
  { "+", TRUE },
  { "-", TRUE },
  { "-1-1", TRUE },
  { "-a", TRUE },
  { "--1", TRUE },
  { "-=1", TRUE },
  { "\t=1", TRUE },
  { "\t", TRUE },
  { "\r=1", TRUE },
  { "\n=1", TRUE },
  { " =1+1", TRUE },
  { "    @x", TRUE },
  { " \t=1", TRUE },
  { " -x", TRUE },
  /* numbers stay numbers */
  { "-12.30", FALSE },
  { "+12.30", FALSE },
  { "-5", FALSE },
  { "+49301234567", FALSE },
  { "-0", FALSE },
  { "-12.", TRUE },
  { "-.5", TRUE },
  { "-1.2.3", TRUE },
  { "-1e5", TRUE },
  { "+49 30", TRUE },
  { "-1,5", TRUE },
  /* full-width = + - @ */
  { "\xef\xbc\x9d" "1", TRUE },
  { "\xef\xbc\x8b" "1", TRUE },
  { "\xef\xbc\x8d" "1", TRUE },
  { "\xef\xbc\xa0" "1", TRUE },
  { " \xef\xbc\x9d" "1", TRUE },
  { "\xef\xbc", FALSE },
  { "\xef\xbc\xa1", FALSE },
  { "'=1", FALSE },
  { "\"=1", FALSE },
  { ",=1", FALSE },
};

static void
test_guard (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
    {
      g_autoptr (GString) guarded = g_string_new (NULL);
      g_autoptr (GString) bare = g_string_new (NULL);
      gsize length = strlen (guards[i].text);

      g_test_message ("“%s”", guards[i].text);
      g_assert_cmpint (cfoil_csv_needs_guard (guards[i].text, length), ==, guards[i].needs_guard);
      cfoil_csv_append_text (guarded, guards[i].text, length, ',', TRUE);
      cfoil_csv_append_text (bare, guards[i].text, length, ',', FALSE);
      g_assert_cmpuint (guarded->len, ==, bare->len + (guards[i].needs_guard ? 1 : 0));
      if (guards[i].needs_guard)
        g_assert_cmpint (guarded->str[guarded->str[0] == '"'], ==, '\'');
    }
}

static const struct
{
  const char *text;
  char separator;
  const char *cell;
} cells[] = {
  { "", ',', "" },
  { "a", ',', "a" },
  { "a b", ',', "a b" },
  { "a,b", ',', "\"a,b\"" },
  { "a,b", ';', "a,b" },
  { "a;b", ';', "\"a;b\"" },
  { "a;b", ',', "a;b" },
  { "a\"b", ',', "\"a\"\"b\"" },
  { "\"", ',', "\"\"\"\"" },
  { "a\nb", ',', "\"a\nb\"" },
  { "a\rb", ',', "\"a\rb\"" },
  { "a\r\nb", ',', "\"a\r\nb\"" },
  { " a", ',', "\" a\"" },
  { "a ", ',', "\"a \"" },
  { " ", ',', "\" \"" },
  { "-12.30", ',', "-12.30" },
  { "=1", ',', "'=1" },
  { "=1,2", ',', "\"'=1,2\"" },
  { "=\"x\"", ',', "\"'=\"\"x\"\"\"" },
  { " =1", ',', "\"' =1\"" },
  { "\xc3\xa4\xf0\x9f\x98\x80", ',', "\xc3\xa4\xf0\x9f\x98\x80" },
};

static void
test_quoting (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GString) out = g_string_new ("|");

      cfoil_csv_append_text (out, cells[i].text, strlen (cells[i].text), cells[i].separator, TRUE);
      g_assert_cmpstr (out->str + 1, ==, cells[i].cell);
      g_assert_cmpint (out->str[0], ==, '|');
    }
}

/* The length counts, not a NUL. */
static void
test_length (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  cfoil_csv_append_text (out, "abc", 2, ',', TRUE);
  g_assert_cmpstr (out->str, ==, "ab");
  g_string_truncate (out, 0);
  cfoil_csv_append_text (out, "a\0b", 3, ',', TRUE);
  g_assert_cmpuint (out->len, ==, 3);
  g_assert_cmpint (memcmp (out->str, "a\0b", 3), ==, 0);
}

static char *
random_text (void)
{
  static const char *const parts[] = {
    "a", "Z", "0", " ", ",", ";", "\"", "\n", "\r", "\t", "=", "+", "-", "@", "'", ".", "1",
    "\xc3\xa4", "\xe2\x80\xae", "\xf0\x9f\x98\x80", "\xef\xbc\x9d", "\xef\xbb\xbf"
  };
  GString *text = g_string_new (NULL);
  gint32 n = g_test_rand_int_range (0, 8);

  for (gint32 i = 0; i < n; i++)
    g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_string_free (text, FALSE);
}

typedef struct
{
  GPtrArray *texts;
  gboolean guarded;
  guint n_rows;
} Expected;

static gboolean
compare_row (const CfoilCsvField *fields,
             guint                n_fields,
             guint64              row_number,
             guint64              line_number,
             gpointer             user_data,
             GError             **error)
{
  Expected *expected = user_data;

  expected->n_rows++;
  g_assert_cmpuint (n_fields, ==, expected->texts->len);
  for (guint i = 0; i < n_fields; i++)
    {
      const char *text = g_ptr_array_index (expected->texts, i);
      gboolean has_guard = expected->guarded && cfoil_csv_needs_guard (text, strlen (text));

      if (has_guard)
        g_assert_cmpint (fields[i].text[0], ==, '\'');
      g_assert_cmpstr (fields[i].text + has_guard, ==, text);
      g_assert_false (expected->guarded && cfoil_csv_needs_guard (fields[i].text, fields[i].length));
    }
  return TRUE;
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString) row = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      Expected expected = { texts, g_test_rand_bit (), 0 };
      g_autoptr (CfoilCsvReader) reader = cfoil_csv_reader_new (compare_row, NULL, &expected);
      char separator = g_test_rand_bit () ? ',' : ';';
      gint32 n = g_test_rand_int_range (1, 6);

      cfoil_csv_reader_set_delimiter (reader, separator);
      /* A first cell, so that no row is blank and none begins with a BOM. */
      g_ptr_array_add (texts, g_strdup ("id"));
      for (gint32 f = 0; f < n; f++)
        g_ptr_array_add (texts, random_text ());
      for (guint f = 0; f < texts->len; f++)
        {
          const char *text = g_ptr_array_index (texts, f);

          if (f > 0)
            g_string_append_c (row, separator);
          cfoil_csv_append_text (row, text, strlen (text), separator, expected.guarded);
        }
      g_string_append (row, g_test_rand_bit () ? "\n" : "\r\n");
      cfoil_csv_reader_push (reader, row->str, row->len, &error);
      g_assert_no_error (error);
      cfoil_csv_reader_finish (reader, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (expected.n_rows, ==, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-writer/guard", test_guard);
  g_test_add_func ("/csv-writer/quoting", test_quoting);
  g_test_add_func ("/csv-writer/length", test_length);
  g_test_add_func ("/csv-writer/round-trip", test_round_trip);

  return g_test_run ();
}
