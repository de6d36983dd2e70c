/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-records.h"
#include "cfoil-types.h"

typedef const char *(*NameFunc) (int value);

/* Every value in [FIRST, N) has a name of its own in lower case; what lies
 * outside has FALLBACK. */
static void
check_names (NameFunc    name_of,
             int         first,
             int         n,
             const char *fallback)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  static const int outside[] = { -1, G_MININT, G_MAXINT, 1000 };

  for (int value = first; value < n; value++)
    {
      const char *name = name_of (value);

      g_assert_nonnull (name);
      g_assert_true (g_hash_table_add (seen, (gpointer) name));
      for (const char *c = name; *c != '\0'; c++)
        g_assert_true (g_ascii_islower (*c) || *c == '_');
    }
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    g_assert_cmpstr (name_of (outside[i]), ==, fallback);
  g_assert_cmpstr (name_of (n), ==, fallback);
}

static void
test_names (void)
{
  check_names ((NameFunc) cfoil_type_to_string, 0, CFOIL_N_TYPES, "other");
  check_names ((NameFunc) cfoil_state_to_string, 0, CFOIL_N_STATES, "other");
  check_names ((NameFunc) cfoil_object_kind_to_string, 1, CFOIL_N_OBJECT_KINDS, "other");
  check_names ((NameFunc) cfoil_exception_kind_to_string, 1, CFOIL_N_EXCEPTION_KINDS, "other");
  check_names ((NameFunc) cfoil_report_status_to_string, 1, CFOIL_REPORT_UNKNOWN + 1, "unknown");
}

/* Numbers that lie in mirrors, and words that lie in people's queries. */
static void
test_stable (void)
{
  g_assert_cmpstr (cfoil_type_to_string (1), ==, "charge");
  g_assert_cmpstr (cfoil_type_to_string (2), ==, "refund");
  g_assert_cmpstr (cfoil_type_to_string (3), ==, "chargeback");
  g_assert_cmpstr (cfoil_type_to_string (4), ==, "claim");
  g_assert_cmpstr (cfoil_type_to_string (5), ==, "dispute_fee");
  g_assert_cmpstr (cfoil_type_to_string (6), ==, "transfer");
  g_assert_cmpstr (cfoil_type_to_string (7), ==, "reserve");
  g_assert_cmpstr (cfoil_type_to_string (8), ==, "carryover");
  g_assert_cmpstr (cfoil_type_to_string (9), ==, "adjustment");
  g_assert_cmpstr (cfoil_type_to_string (10), ==, "authorization_fee");
  g_assert_cmpstr (cfoil_state_to_string (0), ==, "posted");
  g_assert_cmpstr (cfoil_state_to_string (5), ==, "captured");
  g_assert_cmpstr (cfoil_state_to_string (8), ==, "refunded");
  g_assert_cmpstr (cfoil_state_to_string (12), ==, "needs_response");
  g_assert_cmpstr (cfoil_state_to_string (17), ==, "closed_neutral");
  g_assert_cmpstr (cfoil_object_kind_to_string (1), ==, "charge");
  g_assert_cmpstr (cfoil_object_kind_to_string (4), ==, "dispute");
  g_assert_cmpstr (cfoil_exception_kind_to_string (8), ==, "conflict");
  g_assert_cmpstr (cfoil_report_status_to_string (5), ==, "expired");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/types/names", test_names);
  g_test_add_func ("/types/stable", test_stable);

  return g_test_run ();
}
