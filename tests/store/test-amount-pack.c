/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amount-pack.h"

#include <string.h>

static void
append (gpointer data,
        gint64   amount)
{
  g_array_append_val ((GArray *) data, amount);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static void
check_back (const gint64 *amounts,
            guint         n)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GArray) back = g_array_new (FALSE, FALSE, sizeof (gint64));

  cfoil_amount_pack (amounts, n, packed);
  g_assert_true (cfoil_amount_unpack (packed->data, packed->len, append, back));
  g_assert_cmpmem (back->data, back->len * sizeof (gint64), amounts, n * sizeof (gint64));
}

static void
test_bounds (void)
{
  const gint64 all[] = { G_MININT64, G_MININT64 + 1, -129, -128, -1, 0, 0, 1, 63, 64, 127, 128, 16383, 16384, G_MAXINT64 - 1, G_MAXINT64 };

  check_back (all, 0);
  for (guint first = 0; first < G_N_ELEMENTS (all); first++)
    for (guint n = 1; first + n <= G_N_ELEMENTS (all); n++)
      check_back (all + first, n);
}

static void
test_random (void)
{
  for (guint round = 0; round < 300; round++)
    {
      gint64 amounts[200];
      guint n = (guint) g_test_rand_int_range (1, G_N_ELEMENTS (amounts));
      guint shift = (guint) g_test_rand_int_range (0, 63);

      for (guint i = 0; i < n; i++)
        amounts[i] = (gint64) (((guint64) (guint32) g_test_rand_int () << 32) | (guint32) g_test_rand_int ()) >> shift;
      qsort (amounts, n, sizeof *amounts, compare);
      check_back (amounts, n);
    }
}

/* A number without an end, or of more than 64 bits; what came before it was told. */
static void
test_damaged (void)
{
  static const guint8 cut[] = { 0x02, 0x80 };
  static const guint8 huge[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02 };
  static const guint8 longer[] = { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00 };
  g_autoptr (GArray) back = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_false (cfoil_amount_unpack (cut, sizeof cut, append, back));
  g_assert_cmpuint (back->len, ==, 1);
  g_assert_cmpint (g_array_index (back, gint64, 0), ==, 1);
  g_assert_false (cfoil_amount_unpack (huge, sizeof huge, append, back));
  g_assert_false (cfoil_amount_unpack (longer, sizeof longer, append, back));
  g_assert_false (cfoil_amount_unpack (longer, 5, append, back));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/amount-pack/bounds", test_bounds);
  g_test_add_func ("/amount-pack/random", test_random);
  g_test_add_func ("/amount-pack/damaged", test_damaged);
  return g_test_run ();
}
