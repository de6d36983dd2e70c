/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-csv-reader.h"
#include "cfoil-error.h"

#include <string.h>

/* What a reader delivered, as text: "1@1[a][b]" for a row, "!" before one that is
 * not text, "=name" for how it ended. */
typedef struct
{
  GString *log;
  GPtrArray *rows; /* (nullable): each row's part of the log */
} Recorder;

static void
append_visible (GString    *log,
                const char *text,
                gsize       length)
{
  g_autofree char *copy = g_strndup (text, length);
  g_autofree char *escaped = NULL;

  g_assert_cmpuint (strlen (copy), ==, length);
  escaped = g_strescape (copy, NULL);
  g_string_append_printf (log, "[%s]", escaped);
}

static gboolean
record_row (const CfoilCsvField *fields,
            guint                n_fields,
            guint64              row_number,
            guint64              line_number,
            gpointer             user_data,
            GError             **error)
{
  Recorder *recorder = user_data;
  gsize start = recorder->log->len;

  g_assert_cmpuint (n_fields, >, 0);
  g_string_append_printf (recorder->log, "%d@%d", (int) row_number, (int) line_number);
  for (guint i = 0; i < n_fields; i++)
    {
      g_assert_true (g_utf8_validate_len (fields[i].text, fields[i].length, NULL));
      g_assert_true (fields[i].text[fields[i].length] == '\0');
      append_visible (recorder->log, fields[i].text, fields[i].length);
    }
  g_ptr_array_add (recorder->rows, g_strdup (recorder->log->str + start));
  return TRUE;
}

static gboolean
record_bad_row (const char *text,
                const char *message,
                guint64     row_number,
                guint64     line_number,
                gpointer    user_data,
                GError    **error)
{
  Recorder *recorder = user_data;
  gsize start = recorder->log->len;

  g_assert_nonnull (message);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_string_append_printf (recorder->log, "!%d@%d", (int) row_number, (int) line_number);
  append_visible (recorder->log, text, strlen (text));
  g_ptr_array_add (recorder->rows, g_strdup (recorder->log->str + start));
  return TRUE;
}

static void
record_end (GString      *log,
            const GError *error)
{
  if (error == NULL)
    g_string_append (log, "=whole");
  else
    {
      g_assert_true (error->domain == CFOIL_INPUT_ERROR);
      g_string_append_printf (log, "=%s", cfoil_error_to_name (error));
    }
}

/* Reads BYTES in chunks of CHUNK (0: at once). */
static char *
read_chunked (const char *bytes,
              gsize       length,
              gsize       chunk,
              char        delimiter,
              GPtrArray **rows)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  Recorder recorder = { g_string_new (NULL), list };
  g_autoptr (CfoilCsvReader) reader = cfoil_csv_reader_new (record_row, record_bad_row, &recorder);
  g_autoptr (GError) error = NULL;
  gboolean ok = TRUE;

  if (chunk == 0)
    chunk = MAX (length, 1);
  cfoil_csv_reader_set_delimiter (reader, delimiter);
  for (gsize at = 0; ok && at < length; at += chunk)
    {
      /* A copy of exactly these bytes, so that a look beyond them is noticed. */
      gsize n = MIN (chunk, length - at);
      g_autofree char *copy = g_memdup2 (bytes + at, n);

      ok = cfoil_csv_reader_push (reader, copy, n, &error);
    }
  ok = ok && cfoil_csv_reader_finish (reader, &error);
  g_assert_true (ok == (error == NULL));
  record_end (recorder.log, error);
  if (rows != NULL)
    *rows = g_steal_pointer (&list);
  return g_string_free (recorder.log, FALSE);
}

#define BOM "\xef\xbb\xbf"
#define BYTES(s) s, sizeof s - 1

static const struct
{
  const char *bytes;
  gsize length;
  const char *log;
} documents[] = {
  { BYTES (""), "=whole" },
  { BYTES ("a,b\n"), "1@1[a][b]=whole" },
  { BYTES ("a,b\r\n"), "1@1[a][b]=whole" },
  { BYTES ("a,b\nc,d\n"), "1@1[a][b]2@2[c][d]=whole" },
  { BYTES ("a,b\r\nc,d\ne\r\n"), "1@1[a][b]2@2[c][d]3@3[e]=whole" },
  { BYTES (",\n"), "1@1[][]=whole" },
  { BYTES ("a,\n"), "1@1[a][]=whole" },
  { BYTES (",b\n"), "1@1[][b]=whole" },
  { BYTES (",,\r\n"), "1@1[][][]=whole" },
  { BYTES ("\"\"\n"), "=whole" },
  { BYTES ("\"\",\"\"\n"), "1@1[][]=whole" },
  { BYTES ("\"a\",\"b\"\n"), "1@1[a][b]=whole" },
  { BYTES ("\"a,b\",c\n"), "1@1[a,b][c]=whole" },
  { BYTES ("\"a\nb\",c\nd,e\n"), "1@1[a\\nb][c]2@3[d][e]=whole" },
  { BYTES ("\"a\r\nb\",c\r\n"), "1@1[a\\r\\nb][c]=whole" },
  { BYTES ("\"a\"\"b\"\n"), "1@1[a\\\"b]=whole" },
  { BYTES ("\"\"\"\"\n"), "1@1[\\\"]=whole" },
  { BYTES ("\"\"\"a\"\"\"\r\n"), "1@1[\\\"a\\\"]=whole" },
  { BYTES (" a , b \n"), "1@1[ a ][ b ]=whole" },
  { BYTES ("a\tb;c\n"), "1@1[a\\tb;c]=whole" },
  { BYTES ("\n\na\n\n"), "1@3[a]=whole" },
  { BYTES ("\r\n\r\na\r\n"), "1@3[a]=whole" },
  { BYTES ("\xc3\xa4,\xe2\x82\xac,\xf0\x9f\x98\x80\n"), "1@1[\\303\\244][\\342\\202\\254][\\360\\237\\230\\200]=whole" },
  /* a BOM counts at the very start only */
  { BYTES (BOM), "=whole" },
  { BYTES (BOM "a\n"), "1@1[a]=whole" },
  { BYTES (BOM "\"a\"\n"), "1@1[a]=whole" },
  { BYTES (BOM "\n"), "=whole" },
  { BYTES ("a\n" BOM "b\n"), "1@1[a]2@2[\\357\\273\\277b]=whole" },
  { BYTES (BOM BOM "a\n"), "1@1[\\357\\273\\277a]=whole" },
  { BYTES ("\xef\xbb" "a\n"), "!1@1[\\357\\277\\275\\357\\277\\275a]=whole" },
  { BYTES ("\xef"), "=truncated" },
  { BYTES ("\xef\xbb"), "=truncated" },
  /* the end may be missing */
  { BYTES ("a"), "=truncated" },
  { BYTES ("a,"), "=truncated" },
  { BYTES ("a\n,"), "1@1[a]=truncated" },
  { BYTES ("a\nb"), "1@1[a]=truncated" },
  { BYTES ("a\r"), "=truncated" },
  { BYTES ("\"a\""), "=truncated" },
  { BYTES ("\"a\"\r"), "=truncated" },
  { BYTES ("\"a"), "=truncated" },
  { BYTES ("\"a\n"), "=truncated" },
  { BYTES ("\""), "=truncated" },
  /* CR alone ends no line */
  { BYTES ("a\rb\n"), "1@1[a\\rb]=whole" },
  { BYTES ("a\r\rb,c\r\n"), "1@1[a\\r\\rb][c]=whole" },
  { BYTES ("a\r,b\n"), "1@1[a\\r][b]=whole" },
  { BYTES ("\r"), "=truncated" },
  /* quotes in the wrong place */
  { BYTES ("a\"b\nc\n"), "!1@1[a\\\"b]2@2[c]=whole" },
  { BYTES ("a,b\"\nc\n"), "!1@1[a,b\\\"]2@2[c]=whole" },
  { BYTES ("\"a\"b,c\nd\n"), "!1@1[ab,c]2@2[d]=whole" },
  { BYTES ("\"a\" ,b\n"), "!1@1[a ,b]=whole" },
  { BYTES ("\"a\"\"\nb\n"), "=truncated" },
  { BYTES ("\"a\"\rb\nc\n"), "!1@1[a\\rb]2@2[c]=whole" },
  { BYTES ("\"a\"\r,b\nc\n"), "!1@1[a\\r,b]2@2[c]=whole" },
  /* bytes that are no text */
  { BYTES ("a\0b,c\nd\n"), "!1@1[a\\357\\277\\275b,c]2@2[d]=whole" },
  { BYTES ("\"a\0b\",c\n"), "!1@1[a\\357\\277\\275b,c]=whole" },
  { BYTES ("\0\n"), "!1@1[\\357\\277\\275]=whole" },
  { BYTES ("a,\xff\nd\n"), "!1@1[a,\\357\\277\\275]2@2[d]=whole" },
  { BYTES ("\xed\xa0\x80\n"), "!1@1[\\357\\277\\275\\357\\277\\275\\357\\277\\275]=whole" },
  { BYTES ("\xc0\xaf\n"), "!1@1[\\357\\277\\275\\357\\277\\275]=whole" },
  { BYTES ("M\xfcller,1\n"), "!1@1[M\\357\\277\\275ller,1]=whole" },
  { BYTES ("\xc3,\xa4\n"), "!1@1[\\357\\277\\275,\\357\\277\\275]=whole" },
};

static void
test_documents (void)
{
  static const gsize chunks[] = { 0, 1, 2, 3, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    for (guint c = 0; c < G_N_ELEMENTS (chunks); c++)
      {
        g_autofree char *log = read_chunked (documents[i].bytes, documents[i].length, chunks[c], ',', NULL);

        g_test_message ("document %u in chunks of %d", i, (int) chunks[c]);
        g_assert_cmpstr (log, ==, documents[i].log);
      }
}

static void
test_delimiter (void)
{
  g_autofree char *tabs = read_chunked (BYTES ("a,b\tc;d\n"), 0, '\t', NULL);
  g_autofree char *semicolons = read_chunked (BYTES ("a,b\tc;\"d;e\"\n"), 0, ';', NULL);

  g_assert_cmpstr (tabs, ==, "1@1[a,b][c;d]=whole");
  g_assert_cmpstr (semicolons, ==, "1@1[a,b\\tc][d;e]=whole");
}

static GString *
random_document (gboolean is_well_formed)
{
  static const char *const tokens[] = {
    "a", "bc", "\xc3\xa4", "\xf0\x9f\x98\x80", ",", ",", "\n", "\r\n", "\"\"", "\"x\"", "\"p,q\"", "\"r\ns\"", "\"t\"\"u\"",
    /* and what does not belong there */
    "\"", "\r", "\xff", "\xef\xbb", "\xef\xbb\xbf", "\xc3",
  };
  guint n_tokens = is_well_formed ? 13 : G_N_ELEMENTS (tokens);
  GString *document = g_string_new (g_test_rand_int_range (0, 4) == 0 ? BOM : NULL);
  guint n = (guint) g_test_rand_int_range (0, 40);
  gboolean is_start = TRUE;

  for (guint i = 0; i < n; i++)
    {
      guint which = (guint) g_test_rand_int_range (0, (gint32) n_tokens);

      /* Quoted fields stand alone where the form is to be right. */
      if (is_well_formed && (which >= 8) && !is_start)
        g_string_append_c (document, ',');
      g_string_append (document, tokens[which]);
      is_start = which >= 4 && which <= 7;
      if (is_well_formed && which >= 8)
        {
          g_string_append_c (document, g_test_rand_bit () ? ',' : '\n');
          is_start = TRUE;
        }
      if (!is_well_formed && g_test_rand_int_range (0, 20) == 0)
        g_string_append_c (document, '\0');
    }
  if (is_well_formed && !is_start)
    g_string_append (document, "\n");
  return document;
}

static void
test_chunks_are_equal (void)
{
  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr (GString) document = random_document (i % 3 == 0);
      g_autofree char *at_once = read_chunked (document->str, document->len, 0, ',', NULL);
      g_autofree char *by_byte = read_chunked (document->str, document->len, 1, ',', NULL);
      g_autofree char *by_some = read_chunked (document->str, document->len, (gsize) g_test_rand_int_range (2, 9), ',', NULL);

      g_assert_cmpstr (at_once, ==, by_byte);
      g_assert_cmpstr (at_once, ==, by_some);
    }
}

/* By quotes alone, independent of the reader's states. */
static gboolean
is_row_end (const GString *document,
            gsize          cut)
{
  gboolean is_quoted = FALSE;
  gsize start = g_str_has_prefix (document->str, BOM) ? 3 : 0;

  if (cut == 0 || cut == start)
    return TRUE;
  if (cut < start)
    return FALSE;
  for (gsize i = 0; i < cut; i++)
    if (document->str[i] == '"')
      is_quoted = !is_quoted;
  return !is_quoted && document->str[cut - 1] == '\n';
}

/* A document that was cut delivers no row that the whole one does not have, and
 * says that it was cut unless that cannot be seen. */
static void
test_cuts (void)
{
  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (GString) document = random_document (TRUE);
      g_autoptr (GPtrArray) whole = NULL;
      g_autofree char *whole_log = read_chunked (document->str, document->len, 0, ',', &whole);

      if (document->len > 0 && document->str[document->len - 1] != '\n' && !g_str_equal (document->str, BOM))
        continue;
      g_assert_true (g_str_has_suffix (whole_log, "=whole"));
      for (gsize cut = 0; cut <= document->len; cut++)
        {
          g_autoptr (GPtrArray) rows = NULL;
          g_autofree char *log = read_chunked (document->str, cut, g_test_rand_bit () ? 0 : 1, ',', &rows);

          g_assert_cmpuint (rows->len, <=, whole->len);
          for (guint r = 0; r < rows->len; r++)
            g_assert_cmpstr (g_ptr_array_index (rows, r), ==, g_ptr_array_index (whole, r));
          g_assert_true (g_str_has_suffix (log, is_row_end (document, cut) ? "=whole" : "=truncated"));
        }
    }
}

/* One field of N bytes, then LAST ("\n": it is the last of its row). */
static char *
read_field_of (gsize       n,
               const char *tail,
               gsize       chunk,
               gboolean    is_quoted)
{
  g_autoptr (GString) document = g_string_new (is_quoted ? "\"" : NULL);
  g_autofree char *fill = g_strnfill (n, 'x');
  g_autofree char *log = NULL;

  g_string_append (document, fill);
  g_string_append (document, is_quoted ? "\"" : "");
  g_string_append (document, tail);
  log = read_chunked (document->str, document->len, chunk, ',', NULL);
  return g_strdup (strrchr (log, '='));
}

static void
test_limits (void)
{
  /* among them those that end behind the field's delimiter */
  static const gsize chunks[] = { 0, 65536, 262147, CFOIL_CSV_MAX_FIELD + 1, CFOIL_CSV_MAX_FIELD + 3 };
  static const char *const tails[] = { "\n", ",b\n", ",\n", "\r\n" };

  for (guint c = 0; c < G_N_ELEMENTS (chunks); c++)
    for (guint t = 0; t < G_N_ELEMENTS (tails); t++)
      for (guint quoted = 0; quoted < 2; quoted++)
        {
          g_autofree char *largest = read_field_of (CFOIL_CSV_MAX_FIELD, tails[t], chunks[c], quoted);
          g_autofree char *too_large = read_field_of (CFOIL_CSV_MAX_FIELD + 1, tails[t], chunks[c], quoted);

          g_test_message ("chunk %d, tail %u, quoted %u", (int) chunks[c], t, quoted);
          g_assert_cmpstr (largest, ==, "=whole");
          g_assert_cmpstr (too_large, ==, "=limit");
        }
}

static void
test_row_limits (void)
{
  static const gsize chunks[] = { 0, 65536 };
  g_autofree char *part = g_strnfill (CFOIL_CSV_MAX_FIELD - 1, 'x');
  g_autofree char *row = g_strdup_printf ("%s,%s,%s,%s,%s\n", part, part, part, part, part);
  g_autofree char *commas = g_strnfill (CFOIL_CSV_MAX_FIELDS, ',');
  g_autofree char *too_many = g_strconcat (commas, "\n", NULL);
  const char *just_enough = too_many + 1;

  for (guint c = 0; c < G_N_ELEMENTS (chunks); c++)
    {
      g_autofree char *large = read_chunked (row, strlen (row), chunks[c], ',', NULL);
      g_autofree char *many = read_chunked (too_many, strlen (too_many), chunks[c], ',', NULL);
      g_autofree char *enough = read_chunked (just_enough, strlen (just_enough), chunks[c], ',', NULL);

      g_assert_cmpstr (large, ==, "=limit");
      g_assert_cmpstr (many, ==, "=limit");
      g_assert_true (g_str_has_suffix (enough, "[]=whole"));
    }
}

/* An unclosed quote takes the rest of the document, but not all of the memory. */
static void
test_unclosed_quote (void)
{
  Recorder recorder = { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (CfoilCsvReader) reader = cfoil_csv_reader_new (record_row, record_bad_row, &recorder);
  g_autofree char *chunk = g_strnfill (128 * 1024, 'x');
  g_autoptr (GError) error = NULL;
  guint n_chunks = 0;

  g_assert_true (cfoil_csv_reader_push (reader, "\"", 1, &error));
  while (n_chunks < 1000 && cfoil_csv_reader_push (reader, chunk, 128 * 1024, &error))
    n_chunks++;
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT);
  g_assert_cmpuint (n_chunks, <=, 8);
  g_assert_cmpuint (recorder.rows->len, ==, 0);
  g_ptr_array_unref (recorder.rows);
  g_string_free (recorder.log, TRUE);
}

/* A bad row of the largest size must not take longer than a good one by orders. */
static void
test_large_bad_row (void)
{
  g_autoptr (GString) document = g_string_new (NULL);
  g_autofree char *part = g_strnfill (4000, 'x');
  g_autofree char *log = NULL;
  gint64 start_us;

  for (guint i = 0; i < 999; i++)
    g_string_append_printf (document, "%s,", part);
  g_string_append (document, "\xff\n");
  start_us = g_get_monotonic_time ();
  log = read_chunked (document->str, document->len, 0, ',', NULL);
  g_assert_true (g_str_has_prefix (log, "!1@1"));
  g_assert_true (g_str_has_suffix (log, "=whole"));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 2 * G_TIME_SPAN_SECOND);
}

static gboolean
stop_at_two (const CfoilCsvField *fields,
             guint                n_fields,
             guint64              row_number,
             guint64              line_number,
             gpointer             user_data,
             GError             **error)
{
  guint *n_rows = user_data;

  if (++*n_rows < 2)
    return TRUE;
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "enough");
  return FALSE;
}

static void
test_handler_stops (void)
{
  guint n_rows = 0;
  g_autoptr (CfoilCsvReader) reader = cfoil_csv_reader_new (stop_at_two, NULL, &n_rows);
  g_autoptr (GError) error = NULL;

  g_assert_false (cfoil_csv_reader_push (reader, BYTES ("a\nb\nc\nd\n"), &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING);
  g_assert_cmpuint (n_rows, ==, 2);
}

static void
test_bad_row_without_handler (void)
{
  guint n_rows = 0;
  g_autoptr (CfoilCsvReader) reader = cfoil_csv_reader_new (stop_at_two, NULL, &n_rows);
  g_autoptr (GError) error = NULL;

  g_assert_false (cfoil_csv_reader_push (reader, BYTES ("a\n\xff\n"), &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "2"));
  g_assert_cmpuint (n_rows, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-reader/documents", test_documents);
  g_test_add_func ("/csv-reader/delimiter", test_delimiter);
  g_test_add_func ("/csv-reader/chunks-are-equal", test_chunks_are_equal);
  g_test_add_func ("/csv-reader/cuts", test_cuts);
  g_test_add_func ("/csv-reader/limits", test_limits);
  g_test_add_func ("/csv-reader/row-limits", test_row_limits);
  g_test_add_func ("/csv-reader/unclosed-quote", test_unclosed_quote);
  g_test_add_func ("/csv-reader/large-bad-row", test_large_bad_row);
  g_test_add_func ("/csv-reader/handler-stops", test_handler_stops);
  g_test_add_func ("/csv-reader/bad-row-without-handler", test_bad_row_without_handler);

  return g_test_run ();
}
