/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-block.h"

#include <string.h>

/* Packed columns, packed and opened again, whole and damaged.  GLib prints the seed,
 * and --seed repeats a run. */

#ifdef __SANITIZE_ADDRESS__
#define N_ROUNDS 150
#else
#define N_ROUNDS 600
#endif

static guint
below (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

/* One row, a full block, or any number between. */
static guint
random_n_rows (void)
{
  switch (below (4))
    {
    case 0:
      return 1 + below (3);
    case 1:
      return CFOIL_BLOCK_ROWS;
    default:
      return 1 + below (CFOIL_BLOCK_ROWS);
    }
}

/* Bytes in memory of exactly that length, so that reading behind them is noticed. */
static guint8 *
copy_exactly (const guint8 *data,
              gsize         length)
{
  guint8 *copy = g_malloc (MAX (length, 1));

  if (length > 0)
    memcpy (copy, data, length);
  return copy;
}

/* --- numbers --- */

static gint64
random_number (guint kind)
{
  switch (kind)
    {
    case 0:
      return 7;
    case 1:
      return g_test_rand_int_range (-3, 250);
    case 2:
      return g_test_rand_int_range (-30000, 30000);
    case 3:
      return G_GINT64_CONSTANT (1700000000000000) + (gint64) g_test_rand_int_range (0, G_MAXINT32) * 1000000;
    case 4:
      return G_GINT64_CONSTANT (1700000000123000) + (gint64) g_test_rand_int_range (0, G_MAXINT32) * 1000;
    case 5: /* where a width ends: 254, 255, 256, 65534 ... */
      return (G_GINT64_CONSTANT (1) << (8 * (1 << below (3)))) - 3 + below (4);
    case 6:
      return below (2) ? G_MAXINT64 - below (2) : G_MININT64 + 1 + below (2);
    default:
      return (gint64) (((guint64) (guint32) g_test_rand_int () << 32) | (guint32) g_test_rand_int ());
    }
}

static void
check_numbers (const gint64 *values,
               guint         n_rows)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  gint64 min = G_MAXINT64, max = G_MININT64, out[CFOIL_BLOCK_ROWS];
  CfoilNumberColumn column;

  for (guint i = 0; i < n_rows; i++)
    if (values[i] != CFOIL_UNKNOWN)
      {
        min = MIN (min, values[i]);
        max = MAX (max, values[i]);
      }
  g_assert_cmpint (cfoil_number_column_pack (values, n_rows, packed), ==, min <= max);
  if (min > max)
    {
      g_assert_cmpuint (packed->len, ==, 0);
      return;
    }
  g_assert_true (cfoil_number_column_open (&column, packed->data, packed->len));
  g_assert_cmpuint (column.n_rows, ==, n_rows);
  g_assert_cmpint (column.min, ==, min);
  g_assert_cmpint (column.max, ==, max);
  cfoil_number_column_unpack (&column, out);
  g_assert_cmpmem (out, n_rows * sizeof *out, values, n_rows * sizeof *values);
}

static void
test_numbers (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      guint n_rows = random_n_rows (), kind = below (8), unknown = below (4);
      gint64 values[CFOIL_BLOCK_ROWS];

      for (guint i = 0; i < n_rows; i++)
        {
          values[i] = random_number (kind);
          if (unknown == 1 ? below (5) == 0 : unknown == 2 && below (50) != 0)
            values[i] = CFOIL_UNKNOWN;
        }
      check_numbers (values, n_rows);
    }
}

/* All that fits into a byte, and one more; with and without what is unknown. */
static void
test_widths (void)
{
  static const gint64 largest[] = { 0, 1, 254, 255, 256, 65534, 65535, 65536, 4294967294, 4294967295, 4294967296, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (largest); i++)
    for (guint unknown = 0; unknown < 2; unknown++)
      for (gint64 unit = 1; unit <= 1000000; unit *= 1000)
        {
          gint64 values[] = { 0, largest[i] <= G_MAXINT64 / unit ? largest[i] * unit : largest[i], unknown ? CFOIL_UNKNOWN : 0 };

          check_numbers (values, G_N_ELEMENTS (values));
        }
}

/* --- texts --- */

static char *
random_text (guint kind)
{
  switch (kind)
    {
    case 0:
      return g_strdup ("");
    case 1:
      return g_strdup_printf ("word %u", below (4));
    case 2:
      return g_strdup_printf ("p01-%07u-%07u-c%05u", below (3000000), below (9999999), below (99999));
    case 3:
      return g_strdup (below (2) ? "\u05d0\u05d1" : "gr\u00fcn");
    case 4:
      return g_strnfill (below (200), 'x');
    default:
      return g_strdup_printf ("%u", below (1000));
    }
}

static void
assert_texts (const CfoilTextColumn *column,
              char *const           *values,
              guint                  n_rows)
{
  guint16 indexes[CFOIL_BLOCK_ROWS];

  g_assert_cmpuint (column->n_rows, ==, n_rows);
  cfoil_text_column_unpack (column, indexes);
  for (guint i = 0; i < n_rows; i++)
    {
      gsize length;
      const char *text;

      g_assert_cmpint (indexes[i] == CFOIL_TEXT_SAME, ==, values[i] == NULL);
      if (values[i] == NULL)
        continue;
      g_assert_cmpuint (indexes[i], <, column->n_values);
      text = cfoil_text_column_get (column, indexes[i], &length);
      g_assert_cmpstr (text, ==, values[i]);
      g_assert_cmpuint (length, ==, strlen (values[i]));
    }
}

/* Each byte belongs to the value that it stands in, wherever one begins to look. */
static void
assert_found (const CfoilTextColumn *column)
{
  for (guint i = 0; i < column->n_values; i++)
    {
      gsize length;
      const char *text = cfoil_text_column_get (column, i, &length);
      gsize start = (gsize) (text - column->bytes);

      g_assert_cmpuint (cfoil_text_column_find (column, below (i + 1), start), ==, i);
      g_assert_cmpuint (cfoil_text_column_find (column, 0, start + below ((guint) length + 1)), ==, i);
    }
}

static void
check_texts (char *const *values,
             guint        n_rows)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GHashTable) different = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean is_said = FALSE;
  CfoilTextColumn column;

  for (guint i = 0; i < n_rows; i++)
    {
      is_said |= values[i] == NULL || *values[i] != '\0';
      if (values[i] != NULL)
        g_hash_table_add (different, values[i]);
    }
  g_assert_cmpint (cfoil_text_column_pack ((const char *const *) values, n_rows, packed), ==, is_said);
  if (!is_said)
    {
      g_assert_cmpuint (packed->len, ==, 0);
      return;
    }
  g_assert_true (cfoil_text_column_open (&column, packed->data, packed->len));
  g_assert_cmpuint (column.n_values, ==, g_hash_table_size (different));
  assert_texts (&column, values, n_rows);
  assert_found (&column);
}

/* Values in the order of their rows, each its own; few; and many that follow from others. */
static char **
random_texts (guint n_rows)
{
  guint kind = below (6), mixed = below (3), same = below (3);
  char **values = g_new0 (char *, n_rows + 1);

  for (guint i = 0; i < n_rows; i++)
    if (same == 0 || (same == 1 && below (3) != 0))
      values[i] = random_text (mixed == 0 ? below (6) : kind);
    else if (same == 2)
      values[i] = below (30) == 0 ? g_strdup ("other") : random_text (kind);
  return values;
}

static void
free_texts (char **values,
            guint  n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    g_free (values[i]);
  g_free (values);
}

static void
test_texts (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      guint n_rows = random_n_rows ();
      char **values = random_texts (n_rows);

      check_texts (values, n_rows);
      free_texts (values, n_rows);
    }
}

/* 254, 255 and 256 different values, with and without rows that follow: there an index
 * stops to fit into a byte. */
static void
test_many_values (void)
{
  for (guint n = 253; n <= 257; n++)
    for (guint same = 0; same < 2; same++)
      {
        guint n_rows = n + 10;
        char **values = g_new0 (char *, n_rows + 1);

        for (guint i = 0; i < n_rows; i++)
          values[i] = i == 3 && same ? NULL : g_strdup_printf ("%u", i % n);
        check_texts (values, n_rows);
        free_texts (values, n_rows);
      }
}

/* More bytes than two bytes count. */
static void
test_long_texts (void)
{
  char **values = g_new0 (char *, CFOIL_BLOCK_ROWS + 1);

  for (guint i = 0; i < CFOIL_BLOCK_ROWS; i++)
    {
      g_autofree char *long_text = g_strnfill (i % 130, 'y');

      values[i] = g_strdup_printf ("%u%s", i, long_text);
    }
  check_texts (values, CFOIL_BLOCK_ROWS);
  free_texts (values, CFOIL_BLOCK_ROWS);
}

static void
test_bases (void)
{
  CfoilField base;
  gboolean is_stem;

  g_assert_true (cfoil_field_get_base (CFOIL_FIELD_PERMISSION_ID, &base, &is_stem));
  g_assert_true (is_stem);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (cfoil_field_get_base (field, &base, &is_stem))
      {
        CfoilField next;

        /* It was packed before, and is not itself one that follows. */
        g_assert_cmpint (base, <, field);
        g_assert_false (cfoil_field_get_base (base, &next, &is_stem));
      }
  g_assert_cmpuint (cfoil_text_stem ("P01-2-C3", 8), ==, 5);
  g_assert_cmpuint (cfoil_text_stem ("-x", 2), ==, 0);
  g_assert_cmpuint (cfoil_text_stem ("nothing", 7), ==, 0);
  g_assert_cmpuint (cfoil_text_stem ("", 0), ==, 0);
}

/* --- damage --- */

/* Whatever may be asked of a column that was opened. */
static void
use_numbers (const guint8 *data,
             gsize         length)
{
  g_autofree guint8 *copy = copy_exactly (data, length);
  g_autofree gint64 *out = NULL;
  CfoilNumberColumn column;

  if (!cfoil_number_column_open (&column, copy, length))
    return;
  g_assert_cmpuint (column.n_rows, <=, CFOIL_BLOCK_ROWS);
  out = g_new (gint64, MAX (column.n_rows, 1));
  cfoil_number_column_unpack (&column, out);
}

static void
use_texts (const guint8 *data,
           gsize         length)
{
  g_autofree guint8 *copy = copy_exactly (data, length);
  g_autofree guint16 *indexes = NULL;
  CfoilTextColumn column;

  if (!cfoil_text_column_open (&column, copy, length))
    return;
  g_assert_cmpuint (column.n_rows, <=, CFOIL_BLOCK_ROWS);
  indexes = g_new (guint16, MAX (column.n_rows, 1));
  cfoil_text_column_unpack (&column, indexes);
  for (guint i = 0; i < column.n_rows; i++)
    {
      gsize text_length;
      const char *text;

      if (indexes[i] == CFOIL_TEXT_SAME)
        continue;
      g_assert_cmpuint (indexes[i], <, column.n_values);
      text = cfoil_text_column_get (&column, indexes[i], &text_length);
      g_assert_true (text >= column.bytes && text + text_length < column.bytes + column.n_bytes);
      /* its NUL, and what lies between, are there to be read */
      g_assert_cmpuint (strlen (text), <, column.n_bytes);
    }
  for (gsize offset = 0; offset < column.n_bytes; offset += 1 + below (20))
    g_assert_cmpuint (cfoil_text_column_find (&column, 0, offset), <, column.n_values);
}

static void
damage (const GByteArray *packed,
        void (*use) (const guint8 *data, gsize length))
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (gsize length = 0; length <= packed->len; length++)
    use (packed->data, length);
  /* Of nothing that is known there is no column to damage. */
  for (guint i = 0; packed->len > 0 && i < 300; i++)
    {
      g_byte_array_set_size (bytes, 0);
      g_byte_array_append (bytes, packed->data, packed->len);
      /* mostly the head and what follows it: there are the lengths */
      for (guint n = 1 + below (4); n > 0; n--)
        bytes->data[below (below (3) ? MIN (bytes->len, 40) : bytes->len)] ^= (guint8) (below (2) ? 1u << below (8) : below (256));
      if (below (4) == 0)
        g_byte_array_append (bytes, packed->data, 1 + below (MIN (packed->len, 30)));
      use (bytes->data, bytes->len);
    }
}

static void
test_damaged (void)
{
  for (guint round = 0; round < 30; round++)
    {
      guint n_rows = 1 + below (below (5) ? 40 : 400);
      char **texts = random_texts (n_rows);
      g_autofree gint64 *numbers = g_new (gint64, n_rows);
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      guint kind = below (8);

      for (guint i = 0; i < n_rows; i++)
        numbers[i] = below (10) == 0 ? CFOIL_UNKNOWN : random_number (kind);
      cfoil_number_column_pack (numbers, n_rows, packed);
      damage (packed, use_numbers);
      damage (packed, use_texts);
      g_byte_array_set_size (packed, 0);
      if (cfoil_text_column_pack ((const char *const *) texts, n_rows, packed))
        {
          damage (packed, use_texts);
          damage (packed, use_numbers);
        }
      free_texts (texts, n_rows);
    }
}

static void
test_random_bytes (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      guint8 bytes[256];
      guint n = below (sizeof bytes);

      for (guint i = 0; i < n; i++)
        bytes[i] = (guint8) (below (3) ? below (4) : below (256));
      use_numbers (bytes, n);
      use_texts (bytes, n);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/block/numbers", test_numbers);
  g_test_add_func ("/block/widths", test_widths);
  g_test_add_func ("/block/texts", test_texts);
  g_test_add_func ("/block/many-values", test_many_values);
  g_test_add_func ("/block/long-texts", test_long_texts);
  g_test_add_func ("/block/bases", test_bases);
  g_test_add_func ("/block/damaged", test_damaged);
  g_test_add_func ("/block/random-bytes", test_random_bytes);

  return g_test_run ();
}
