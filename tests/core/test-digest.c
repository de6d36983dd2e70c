/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-digest.h"

#include <string.h>

/* In pieces of any size it is what GLib computes at once. */
static void
test_against_glib (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
      gsize length = (gsize) g_test_rand_int_range (0, 5000);
      g_autofree guchar *bytes = g_malloc (length + 1);
      g_autofree char *expected = NULL;
      char text[CFOIL_DIGEST_TEXT];

      for (gsize i = 0; i < length; i++)
        bytes[i] = (guchar) g_test_rand_int ();
      for (gsize at = 0; at < length;)
        {
          gsize n = (gsize) g_test_rand_int_range (0, 700);

          n = MIN (n, length - at);
          cfoil_digest_update (digest, bytes + at, n);
          at += n;
        }
      cfoil_digest_finish (digest, text);
      expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, length);
      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_known (void)
{
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
  char text[CFOIL_DIGEST_TEXT];

  cfoil_digest_update (digest, "abc", 3);
  cfoil_digest_finish (digest, text);
  g_assert_cmpstr (text, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/digest/against-glib", test_against_glib);
  g_test_add_func ("/digest/known", test_known);

  return g_test_run ();
}
