/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-mirror.h"

#include "cfoil-amounts.h"
#include "cfoil-ratio.h"
#include "cfoil-scan-groups.h"

/* --- many amounts --- */

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static gint64
pick_amount (GRand *random)
{
  switch (g_rand_int_range (random, 0, 10))
    {
    case 0:
      return -g_rand_int_range (random, 1, 5000);
    case 1:
      return (gint64) g_rand_int (random) << 20;
    default:
      return g_rand_int_range (random, 0, 3000);
    }
}

/* A few are kept as they are, many are counted; merged they are the same. */
static void
test_amounts (void)
{
  static const guint sizes[] = { 1, 2, 3, 10, 1001, 32767, 32768, 70000 };
  static const gint64 bounds[] = { -100, 0, 500, 2999, G_GINT64_CONSTANT (1) << 40 };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (CfoilAmounts) none = cfoil_amounts_new ();

  g_assert_cmpint (cfoil_amounts_get_median (none), ==, CFOIL_UNKNOWN);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (CfoilAmounts) all = cfoil_amounts_new ();
      g_autoptr (CfoilAmounts) half = cfoil_amounts_new ();
      g_autofree gint64 *amounts = g_new (gint64, sizes[i]);
      guint64 bins[G_N_ELEMENTS (bounds) + 1] = { 0 }, wanted[G_N_ELEMENTS (bounds) + 1] = { 0 };
      guint n = sizes[i];

      for (guint j = 0; j < n; j++)
        {
          guint bin = 0;

          amounts[j] = pick_amount (random);
          cfoil_amounts_add (j % 3 == 0 ? half : all, amounts[j]);
          while (bin < G_N_ELEMENTS (bounds) && amounts[j] >= bounds[bin])
            bin++;
          wanted[bin]++;
        }
      cfoil_amounts_merge (all, half);
      qsort (amounts, n, sizeof *amounts, compare_numbers);
      g_assert_cmpuint (cfoil_amounts_get_n (all), ==, n);
      g_assert_cmpint (cfoil_amounts_get_nth (all, 0), ==, amounts[0]);
      g_assert_cmpint (cfoil_amounts_get_nth (all, n - 1), ==, amounts[n - 1]);
      g_assert_cmpint (cfoil_amounts_get_median (all), ==,
                       n % 2 == 1 ? amounts[n / 2] : cfoil_divide (amounts[n / 2 - 1] + amounts[n / 2], 2));
      for (guint j = 0; j < 50; j++)
        {
          guint place = (guint) g_rand_int_range (random, 0, (gint32) n);

          g_assert_cmpint (cfoil_amounts_get_nth (all, place), ==, amounts[place]);
        }
      cfoil_amounts_fill (all, bounds, G_N_ELEMENTS (bounds), bins);
      g_assert_cmpmem (bins, sizeof bins, wanted, sizeof wanted);
    }
}

/* Many rows are looked through in another way than few: the lists are the same. */
static void
test_groups (void)
{
  static const guint limits[] = { 1, 5, 300, 5000 };
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", i % 5 == 0 ? "R" : "C", i);
      g_autofree char *reference = g_strdup_printf ("Order %d", g_rand_int_range (random, 0, i < 1500 ? 40 : 100000));
      CfoilObservation row = test_observation (i % 5 == 0 ? CFOIL_OBJECT_REFUND : CFOIL_OBJECT_CHARGE, id, 1);
      gint64 minor = g_rand_int_range (random, 1, 1000);

      row.state = i % 5 == 0 ? CFOIL_STATE_REFUNDED : CFOIL_STATE_CAPTURED;
      row.currency = "EUR";
      row.amount_minor = minor;
      row.moved_minor = i % 5 == 0 ? -minor : minor;
      row.created_us = 1 + i;
      row.merchant_reference = i % 7 == 0 ? NULL : reference;
      test_put_observation (test->writer, &row);
    }
  test_commit (test->writer);
  reader = cfoil_mirror_open_reader (test->mirror, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      CfoilScanGroupsRequest request = {
        .field = CFOIL_FIELD_REFERENCE, .fallback = CFOIL_N_FIELDS, .until_us = G_MAXINT64, .currency = "EUR", .limit = limits[i],
      };
      g_autoptr (GArray) few = cfoil_scan_groups (reader, NULL, &request, NULL, &error);
      g_autoptr (GArray) many = NULL;
      g_autoptr (GArray) very_many = NULL;

      g_assert_no_error (error);
      request.n_expected = 100000;
      many = cfoil_scan_groups (reader, NULL, &request, NULL, &error);
      g_assert_no_error (error);
      request.n_expected = 5000000;
      very_many = cfoil_scan_groups (reader, NULL, &request, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (few->len, >, 0);
      g_assert_cmpuint (few->len, <=, limits[i]);
      g_assert_cmpmem (few->data, few->len * sizeof (CfoilScanGroup), many->data, many->len * sizeof (CfoilScanGroup));
      g_assert_cmpmem (few->data, few->len * sizeof (CfoilScanGroup), very_many->data, very_many->len * sizeof (CfoilScanGroup));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overview-scans/amounts", test_amounts);
  g_test_add_func ("/overview-scans/groups", test_groups);
  return g_test_run ();
}
