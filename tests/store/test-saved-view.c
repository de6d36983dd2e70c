/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-error.h"
#include "cfoil-saved-view.h"

#include <string.h>

#define N_SHIPPED 8

static GPtrArray *
list (TestMirror *mirror)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *views = cfoil_saved_view_list (reader, &error);

  g_assert_no_error (error);
  return views;
}

static CfoilSavedView *
find (TestMirror *mirror,
      const char *name,
      GError    **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);

  return cfoil_saved_view_find (reader, name, error);
}

/* The user's own: "name, name". */
static char *
own (TestMirror *mirror)
{
  g_autoptr (GPtrArray) views = list (mirror);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = N_SHIPPED; i < views->len; i++)
    g_string_append_printf (names, "%s%s", i > N_SHIPPED ? ", " : "", ((CfoilSavedView *) views->pdata[i])->name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

#define assert_own(mirror, names) \
  G_STMT_START \
  { \
    g_autofree char *own_ = own (mirror); \
    g_assert_cmpstr (own_, ==, names); \
  } \
  G_STMT_END

static CfoilSavedView *
view_new (const char *name,
          const char *query)
{
  CfoilSavedView *view = cfoil_saved_view_new ();

  view->name = g_strdup (name);
  view->query = g_strdup (query);
  return view;
}

static gint64
add (TestMirror *mirror,
     const char *name)
{
  g_autoptr (CfoilSavedView) view = view_new (name, "fee");
  g_autoptr (GError) error = NULL;

  g_assert_true (cfoil_saved_view_put (mirror->mirror, view, &error));
  g_assert_no_error (error);
  g_assert_cmpint (view->view_id, >, 0);
  return view->view_id;
}

static void
test_shipped (void)
{
  static const char *const expected[N_SHIPPED][3] = {
    { "all", "All Transactions", "" },
    { "awaiting-capture", "Awaiting Capture", "is:uncaptured" },
    { "expiring", "Authorizations Expiring", "is:expiring" },
    { "refunds-pending", "Refunds Pending", "type:refund is:pending" },
    { "disputed", "Disputed", "is:disputed" },
    { "unsettled", "Unsettled", "is:unsettled" },
    { "declined", "Declined", "state:declined" },
    { "exceptions", "With Exceptions", "is:exception" },
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GPtrArray) views = list (mirror);

  g_assert_cmpuint (views->len, ==, N_SHIPPED);
  for (guint i = 0; i < N_SHIPPED; i++)
    {
      const CfoilSavedView *view = views->pdata[i];

      g_assert_cmpint (view->view_id, ==, 0);
      g_assert_cmpstr (view->key, ==, expected[i][0]);
      g_assert_cmpstr (view->name, ==, expected[i][1]);
      g_assert_cmpstr (view->query, ==, expected[i][2]);
      g_assert_null (view->sort);
      g_assert_cmpstr (view->columns, ==, cfoil_saved_view_get_shipped_columns (view->key));
      g_assert_null (view->density);
    }
}

/* Of a shipped one, how its columns stand is kept and nothing else. */
static void
test_shipped_columns (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilSavedView) view = find (mirror, "disputed", NULL);
  g_autoptr (CfoilSavedView) found = NULL;
  g_autoptr (CfoilSavedView) usual = NULL;
  g_autoptr (CfoilSavedView) unknown = view_new ("Of Tomorrow", "");
  g_autoptr (GError) error = NULL;
  gint64 view_id;

  g_free (view->query);
  view->query = g_strdup ("type:fee");
  g_free (view->name);
  view->name = g_strdup ("Renamed");
  view->columns = g_strdup ("time:150,type");
  view->density = g_strdup ("compact");
  g_assert_true (cfoil_saved_view_put (mirror->mirror, view, NULL));
  view_id = view->view_id;
  g_assert_cmpint (view_id, >, 0);
  view->sort = g_strdup ("gross");
  g_assert_true (cfoil_saved_view_put (mirror->mirror, view, NULL));
  g_assert_cmpint (view->view_id, ==, view_id);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM saved_view"), ==, 1);

  found = find (mirror, "disputed", NULL);
  g_assert_cmpint (found->view_id, ==, view_id);
  g_assert_cmpstr (found->name, ==, "Disputed");
  g_assert_cmpstr (found->query, ==, "is:disputed");
  g_assert_cmpstr (found->sort, ==, "gross");
  g_assert_cmpstr (found->columns, ==, "time:150,type");
  g_assert_cmpstr (found->density, ==, "compact");
  assert_own (mirror, "");

  /* It cannot be removed or moved; only made usual again. */
  g_assert_false (cfoil_saved_view_remove (mirror->mirror, view_id, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (cfoil_saved_view_move (mirror->mirror, view_id, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  usual = view_new ("Disputed", "is:disputed");
  usual->key = g_strdup ("disputed");
  usual->view_id = view_id;
  g_assert_true (cfoil_saved_view_put (mirror->mirror, usual, NULL));
  g_assert_cmpint (usual->view_id, ==, 0);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM saved_view"), ==, 0);

  unknown->key = g_strdup ("of-tomorrow");
  unknown->sort = g_strdup ("gross");
  g_assert_false (cfoil_saved_view_put (mirror->mirror, unknown, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* The user's choice wins over the columns that a view comes with, also when it is
 * the usual ones. */
static void
test_shipped_with_columns (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilSavedView) view = find (mirror, "declined", NULL);
  g_autoptr (CfoilSavedView) found = NULL;
  g_autoptr (CfoilSavedView) sorted = NULL;
  g_autofree char *shipped = g_strdup (view->columns);

  g_assert_nonnull (shipped);
  g_assert_null (cfoil_saved_view_get_shipped_columns ("all"));
  g_clear_pointer (&view->columns, g_free);
  g_assert_true (cfoil_saved_view_put (mirror->mirror, view, NULL));
  found = find (mirror, "declined", NULL);
  g_assert_cmpint (found->view_id, >, 0);
  g_assert_null (found->columns);

  /* Back to how it was shipped, but in another order of rows. */
  found->columns = g_strdup (shipped);
  found->sort = g_strdup ("amount");
  g_assert_true (cfoil_saved_view_put (mirror->mirror, found, NULL));
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM saved_view WHERE columns IS NULL"), ==, 1);
  sorted = find (mirror, "declined", NULL);
  g_assert_cmpstr (sorted->columns, ==, shipped);
  g_assert_cmpstr (sorted->sort, ==, "amount");
  g_clear_pointer (&sorted->sort, g_free);
  g_assert_true (cfoil_saved_view_put (mirror->mirror, sorted, NULL));
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM saved_view"), ==, 0);
}

/* What another version ships is passed over, and kept. */
static void
test_foreign_key (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GPtrArray) views = NULL;

  test_exec (mirror->mirror,
             "INSERT INTO saved_view (shipped_key, name, position, query, sort) VALUES ('of-tomorrow', ' of-tomorrow', 0, '', 'fee')");
  add (mirror, "Mine");
  views = list (mirror);
  g_assert_cmpuint (views->len, ==, N_SHIPPED + 1);
  assert_own (mirror, "Mine");
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM saved_view"), ==, 2);
}

static void
test_own (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilSavedView) view = view_new ("  B\xc3\xbc" "cher & <b>mehr</b>\t", "store:\"a b\" -type:fee");
  g_autoptr (CfoilSavedView) found = NULL;
  g_autoptr (CfoilSavedView) changed = NULL;
  g_autoptr (CfoilSavedView) copy = NULL;
  g_autoptr (GError) error = NULL;

  view->sort = g_strdup ("-gross");
  view->columns = g_strdup ("time:150,-state");
  view->density = g_strdup ("spacious");
  g_assert_true (cfoil_saved_view_put (mirror->mirror, view, NULL));
  g_assert_cmpstr (view->name, ==, "B\xc3\xbc" "cher & <b>mehr</b>");
  found = find (mirror, "B\xc3\x9c" "CHER & <B>mehr</b>", NULL);
  copy = cfoil_saved_view_copy (found);
  g_assert_cmpint (copy->view_id, ==, view->view_id);
  g_assert_null (copy->key);
  g_assert_cmpstr (copy->name, ==, view->name);
  g_assert_cmpstr (copy->query, ==, view->query);
  g_assert_cmpstr (copy->sort, ==, "-gross");
  g_assert_cmpstr (copy->columns, ==, "time:150,-state");
  g_assert_cmpstr (copy->density, ==, "spacious");

  g_free (copy->name);
  copy->name = g_strdup ("BOOKS");
  g_clear_pointer (&copy->sort, g_free);
  g_free (copy->query);
  copy->query = g_strdup ("");
  g_assert_true (cfoil_saved_view_put (mirror->mirror, copy, NULL));
  g_assert_null (find (mirror, view->name, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  changed = find (mirror, " books ", NULL);
  g_assert_cmpint (changed->view_id, ==, view->view_id);
  g_assert_cmpstr (changed->query, ==, "");
  g_assert_null (changed->sort);
  g_assert_cmpstr (changed->columns, ==, "time:150,-state");

  /* Another case of its own name is not taken. */
  g_free (copy->name);
  copy->name = g_strdup ("Books");
  g_assert_true (cfoil_saved_view_put (mirror->mirror, copy, NULL));
  copy->view_id = 12345;
  g_free (copy->name);
  copy->name = g_strdup ("Gone");
  g_assert_false (cfoil_saved_view_put (mirror->mirror, copy, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_own (mirror, "Books");
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    int code; /* of CFOIL_INPUT_ERROR, -1: taken, -2: good */
  } cases[] = {
    { "", CFOIL_INPUT_ERROR_MISSING },
    { " \t\n ", CFOIL_INPUT_ERROR_MISSING },
    { "a\nb", CFOIL_INPUT_ERROR_ENCODING },
    { "a\x7f" "b", CFOIL_INPUT_ERROR_ENCODING },
    { "a\xe2\x80\xa8" "b", CFOIL_INPUT_ERROR_ENCODING },
    { "\xff", CFOIL_INPUT_ERROR_ENCODING },
    { "1234567890123456789012345678901234567890123456789012345678901", CFOIL_INPUT_ERROR_LIMIT },
    { "12345678901234567890123456789012345678901234567890123456789\xc3\xa4", -2 },
    { "Stra\xc3\x9f" "e", -2 },
    { "STRASSE", -1 },
    { "stra\xc3\x9f" "e", -1 },
    { "ALL", -1 },
    { "awaiting capture", -1 },
    { "With exceptions", -1 },
    { "Disputed 2", -2 },
    { "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", -2 },
    { "e\xcc\x81t\xc3\xa9", -2 },
    { "\xc3\x89" "TE\xcc\x81", -1 },
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfoilSavedView) view = view_new (cases[i].name, "");
      g_autoptr (GError) error = NULL;
      gboolean ok = cfoil_saved_view_put (mirror->mirror, view, &error);

      if (cases[i].code == -2)
        g_assert_no_error (error);
      else if (cases[i].code == -1)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
      else
        g_assert_error (error, CFOIL_INPUT_ERROR, cases[i].code);
      g_assert_true (ok == (error == NULL));
      g_assert_cmpint (view->view_id != 0, ==, ok);
    }
}

static void
test_not_text (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilSavedView) view = view_new ("Name", "a\xff");
  g_autoptr (GError) error = NULL;

  g_assert_false (cfoil_saved_view_put (mirror->mirror, view, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING);
  assert_own (mirror, "");
}

static void
test_move (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 a = add (mirror, "A"), b = add (mirror, "B"), c;
  g_autoptr (GError) error = NULL;

  add (mirror, "C");
  c = test_count (mirror->mirror, "SELECT view_id FROM saved_view WHERE name = 'C'");
  assert_own (mirror, "A, B, C");
  g_assert_true (cfoil_saved_view_move (mirror->mirror, a, 1, NULL));
  assert_own (mirror, "B, A, C");
  g_assert_true (cfoil_saved_view_move (mirror->mirror, c, 0, NULL));
  assert_own (mirror, "C, B, A");
  g_assert_true (cfoil_saved_view_move (mirror->mirror, c, 1000, NULL));
  assert_own (mirror, "B, A, C");
  g_assert_true (cfoil_saved_view_move (mirror->mirror, b, 0, NULL));
  assert_own (mirror, "B, A, C");
  g_assert_false (cfoil_saved_view_move (mirror->mirror, 12345, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_remove (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilSavedView) view = NULL;
  g_autoptr (CfoilSavedView) last = NULL;
  g_autoptr (GError) error = NULL;
  gint64 b, d;
  guint position = 99;

  add (mirror, "A");
  b = add (mirror, "B");
  add (mirror, "C");
  view = find (mirror, "B", NULL);
  g_assert_true (cfoil_saved_view_remove (mirror->mirror, b, &position, NULL));
  g_assert_cmpuint (position, ==, 1);
  assert_own (mirror, "A, C");
  g_assert_false (cfoil_saved_view_remove (mirror->mirror, b, &position, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (cfoil_saved_view_restore (mirror->mirror, view, 1, NULL));
  g_assert_cmpint (view->view_id, ==, b);
  assert_own (mirror, "A, B, C");

  /* The id of the last one is given out again, and its name may be: it comes back
   * under another id, or not at all. */
  last = find (mirror, "C", NULL);
  g_assert_true (cfoil_saved_view_remove (mirror->mirror, last->view_id, NULL, NULL));
  d = add (mirror, "D");
  g_assert_cmpint (d, ==, last->view_id);
  g_assert_true (cfoil_saved_view_restore (mirror->mirror, last, 2, NULL));
  g_assert_cmpint (last->view_id, !=, d);
  assert_own (mirror, "A, B, C, D");
  g_assert_false (cfoil_saved_view_restore (mirror->mirror, last, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_own (mirror, "A, B, C, D");
}

static gpointer
add_in_thread (gpointer data)
{
  add (data, "From a thread");
  return NULL;
}

/* While a run holds the lock and writes, with commits in between. */
static void
test_while_writing (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDatabase) writer = NULL;
  int lock;
  GThread *thread;
  gint64 waited;

  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  lock = cfoil_mirror_lock (mirror->mirror, NULL);
  g_assert_cmpint (lock, >=, 0);
  add (mirror, "Under the lock");
  writer = cfoil_mirror_open_writer (mirror->mirror, NULL);
  g_assert_true (cfoil_database_exec (writer, "BEGIN IMMEDIATE", NULL));
  thread = g_thread_new ("view", add_in_thread, mirror);
  g_usleep (100 * G_TIME_SPAN_MILLISECOND);
  assert_own (mirror, "Under the lock");
  g_assert_true (cfoil_database_exec (writer, "COMMIT", NULL));
  waited = g_get_monotonic_time ();
  g_thread_join (thread);
  g_test_message ("written %" G_GINT64_FORMAT " us after the commit", g_get_monotonic_time () - waited);
  assert_own (mirror, "Under the lock, From a thread");
  cfoil_mirror_unlock (mirror->mirror, lock);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_changed (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;
  guint n = 0;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect_swapped (mirror->mirror, "changed", G_CALLBACK (count_cb), &n);
  add (mirror, "A");
  while (n == 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/saved-view/shipped", test_shipped);
  g_test_add_func ("/saved-view/shipped-columns", test_shipped_columns);
  g_test_add_func ("/saved-view/shipped-with-columns", test_shipped_with_columns);
  g_test_add_func ("/saved-view/foreign-key", test_foreign_key);
  g_test_add_func ("/saved-view/own", test_own);
  g_test_add_func ("/saved-view/names", test_names);
  g_test_add_func ("/saved-view/not-text", test_not_text);
  g_test_add_func ("/saved-view/move", test_move);
  g_test_add_func ("/saved-view/remove", test_remove);
  g_test_add_func ("/saved-view/while-writing", test_while_writing);
  g_test_add_func ("/saved-view/changed", test_changed);
  return g_test_run ();
}
