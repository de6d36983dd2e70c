/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-draft-spill.h"
#include "cfoil-draft-store.h"
#include "cfoil-error.h"

#include <string.h>

static TestMirror *
mirror_with_cases (void)
{
  TestMirror *mirror = test_mirror_new ();

  test_exec (mirror->mirror,
             "INSERT INTO dispute_case (case_id, uid, provider, environment, account_name, kind, created_us, changed_us) "
             "VALUES (1, 'u', 'amazon-pay', 'live', 'shop', 1, 1, 1), (2, 'v', 'amazon-pay', 'live', 'shop', 1, 1, 1)");
  return mirror;
}

static void
write_row (TestMirror *mirror,
           gint64      case_id,
           guint       round,
           const char *text)
{
  const CfoilDraftRow row = { case_id, round, (char *) text, 2, 5, 77, CFOIL_PRODUCT_SERVICE };
  g_autoptr (GError) error = NULL;

  cfoil_draft_row_write (mirror->mirror, &row, &error);
  g_assert_no_error (error);
}

static void
test_rows (void)
{
  g_autoptr (TestMirror) mirror = mirror_with_cases ();
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (CfoilDraftRow) row = NULL;
  g_autoptr (GError) error = NULL;
  const CfoilDraftRow nobodys = { 3, 1, (char *) "{}", 0, 0, 1 };

  g_assert_null (cfoil_draft_row_read (database, 1, 1, &error));
  g_assert_no_error (error);
  write_row (mirror, 1, 1, "first");
  write_row (mirror, 1, 2, "second round \xf0\x9f\x92\xb6 'quoted'");
  write_row (mirror, 2, 1, "other case");
  write_row (mirror, 1, 1, "first, changed");

  row = cfoil_draft_row_read (database, 1, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->text, ==, "first, changed");
  g_assert_cmpuint (row->n_done, ==, 2);
  g_assert_cmpuint (row->n_wanted, ==, 5);
  g_assert_cmpint (row->changed_us, ==, 77);
  g_assert_cmpint (row->product, ==, CFOIL_PRODUCT_SERVICE);
  g_clear_pointer (&row, cfoil_draft_row_free);
  row = cfoil_draft_row_read (database, 1, 2, &error);
  g_assert_cmpstr (row->text, ==, "second round \xf0\x9f\x92\xb6 'quoted'");
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM draft"), ==, 3);

  /* A draft of no case would never be seen again. */
  g_assert_false (cfoil_draft_row_write (mirror->mirror, &nobodys, &error));
  g_assert_nonnull (error);
}

static void
add_version (TestMirror *mirror,
             guint       round,
             const char *why,
             const char *text)
{
  g_autoptr (GError) error = NULL;

  cfoil_draft_version_add (mirror->mirror, 1, round, why, text, &error);
  g_assert_no_error (error);
}

static void
test_versions (void)
{
  g_autoptr (TestMirror) mirror = mirror_with_cases ();
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GError) error = NULL;
  static const struct
  {
    guint round;
    const char *why, *text;
  } expected[] = { { 1, "restored", "a" }, { 2, "opened", "b" }, { 1, "pause", "b" }, { 1, "opened", "a" } };

  add_version (mirror, 1, "opened", "a");
  add_version (mirror, 1, "pause", "a"); /* says nothing new */
  add_version (mirror, 1, "pause", "b");
  add_version (mirror, 2, "opened", "b"); /* another round's */
  add_version (mirror, 1, "restored", "a");
  versions = cfoil_draft_version_list (database, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (versions->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < versions->len; i++)
    {
      const CfoilDraftVersion *version = g_ptr_array_index (versions, i);

      g_assert_cmpuint (version->round, ==, expected[i].round);
      g_assert_cmpstr (version->why, ==, expected[i].why);
      g_assert_cmpstr (version->text, ==, expected[i].text);
      g_assert_cmpint (version->at_us, >, 0);
    }
  others = cfoil_draft_version_list (database, 2, &error);
  g_assert_cmpuint (others->len, ==, 0);
}

/* --- from elsewhere --- */

#define assert_texts(mirror, expected) \
  G_STMT_START \
  { \
    g_autofree char *texts_ = test_dump ((mirror)->mirror, "SELECT why, text FROM draft_version UNION ALL SELECT 'draft', text FROM draft"); \
    g_assert_cmpstr (texts_, ==, expected); \
  } \
  G_STMT_END

static gboolean
replace (TestMirror          *mirror,
         const char          *text,
         const CfoilDraftRow *was,
         GError             **error)
{
  const CfoilDraftRow row = { .case_id = 1, .round = 1, .text = (char *) text, .changed_us = 200 };

  return cfoil_draft_row_replace (mirror->mirror, &row, was, error);
}

/* What is replaced stays, also what only a dead program had; what somebody writes meanwhile is
 * not replaced at all. */
static void
test_replace (void)
{
  g_autoptr (TestMirror) mirror = mirror_with_cases ();
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (CfoilDraftRow) was = NULL;
  g_autoptr (CfoilDraftRow) now = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *spilled = NULL;
  gint64 time_us = 0;

  g_assert_true (replace (mirror, "first", NULL, &error));
  g_assert_no_error (error);
  assert_texts (mirror, "draft|first\n");
  write_row (mirror, 1, 1, "typed");
  was = cfoil_draft_row_read (database, 1, 1, NULL);
  g_assert_true (cfoil_draft_spill_write (mirror->mirror, 1, 1, 76, "older than the row", &error));
  g_assert_true (replace (mirror, "second", was, &error));
  g_assert_no_error (error);
  assert_texts (mirror, "import|typed\ndraft|second\n");

  g_assert_true (cfoil_draft_spill_write (mirror->mirror, 1, 1, 300, "typed and not yet written", &error));
  g_assert_false (replace (mirror, "third", was, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (replace (mirror, "third", NULL, &error));
  g_clear_error (&error);
  assert_texts (mirror, "import|typed\ndraft|second\n");
  now = cfoil_draft_row_read (database, 1, 1, NULL);
  g_assert_true (replace (mirror, "third", now, &error));
  g_assert_no_error (error);
  assert_texts (mirror, "import|typed\nimport|second\nimport|typed and not yet written\ndraft|third\n");
  spilled = cfoil_draft_spill_read (mirror->mirror, 1, 1, &time_us);
  g_assert_null (spilled);
}

/* The draft of an answer that is on its way or there is what was sent. */
static void
test_replace_answered (void)
{
  g_autoptr (TestMirror) mirror = mirror_with_cases ();
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (CfoilDraftRow) was = NULL;
  g_autoptr (GError) error = NULL;

  write_row (mirror, 1, 1, "sent");
  was = cfoil_draft_row_read (database, 1, 1, NULL);
  test_exec (mirror->mirror,
             "INSERT INTO submission (case_id, round, answer_id, accepts, by_hand, account_name, environment, created_us, state, draft) "
             "VALUES (1, 1, 'a', 0, 0, 'shop', 'live', 1, 3, 'sent')");
  g_assert_false (replace (mirror, "other", was, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ANSWERED);
  g_clear_error (&error);
  assert_texts (mirror, "draft|sent\n");
  test_exec (mirror->mirror, "UPDATE submission SET state = 4");
  g_assert_true (replace (mirror, "other", was, &error));
  g_assert_no_error (error);
}

/* --- library --- */

static gint64
put (TestMirror *mirror,
     const char *kind,
     const char *name,
     const char *valid_from)
{
  g_autoptr (CfoilLibraryItem) item = cfoil_library_item_new ();
  g_autoptr (GError) error = NULL;

  g_free (item->kind);
  item->kind = g_strdup (kind);
  g_free (item->name);
  item->name = g_strdup (name);
  g_free (item->text);
  item->text = g_strdup_printf ("Text of %s", name);
  item->valid_from = g_strdup (valid_from);
  cfoil_library_put (mirror->mirror, item, &error);
  g_assert_no_error (error);
  g_assert_cmpint (item->item_id, >, 0);
  return item->item_id;
}

static void
assert_in_force (TestMirror *mirror,
                 const char *kind,
                 const char *day,
                 const char *name)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilLibraryItem) item = cfoil_library_find_in_force (database, kind, day, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (item != NULL ? item->name : NULL, ==, name);
}

static void
test_in_force (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  put (mirror, "refund_policy", "2026", "2026-01-01");
  put (mirror, "refund_policy", "2025", "2025-01-01");
  put (mirror, "refund_policy", "summer", "2026-06-01");
  put (mirror, "cancellation_policy", "always", NULL);
  assert_in_force (mirror, "refund_policy", "2024-12-31", NULL);
  assert_in_force (mirror, "refund_policy", "2025-01-01", "2025");
  assert_in_force (mirror, "refund_policy", "2025-12-31", "2025");
  assert_in_force (mirror, "refund_policy", "2026-01-01", "2026");
  assert_in_force (mirror, "refund_policy", "2026-05-31", "2026");
  assert_in_force (mirror, "refund_policy", "2030-01-01", "summer");
  assert_in_force (mirror, "refund_policy", NULL, NULL);
  assert_in_force (mirror, "cancellation_policy", "1999-01-01", "always");
  assert_in_force (mirror, "cancellation_policy", NULL, "always");
  assert_in_force (mirror, "terms", "2026-01-01", NULL);
  put (mirror, "refund_policy", "before all", NULL);
  assert_in_force (mirror, "refund_policy", "2024-12-31", "before all");
  assert_in_force (mirror, "refund_policy", "2025-06-01", "2025");
}

static void
test_library (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror->mirror, NULL);
  gint64 shop = put (mirror, "shop", "Us", NULL), template = put (mirror, "template", "Lost parcel", NULL);
  g_autoptr (GPtrArray) items = cfoil_library_list (database, NULL);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (CfoilLibraryItem) changed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (items->len, ==, 2);
  changed = cfoil_library_item_copy (g_ptr_array_index (items, 1));
  g_assert_cmpint (changed->item_id, ==, template);
  changed->reason = CFOIL_REASON_NOT_RECEIVED;
  cfoil_library_put (mirror->mirror, changed, &error);
  g_assert_no_error (error);
  cfoil_library_remove (mirror->mirror, shop, &error);
  g_assert_no_error (error);
  after = cfoil_library_list (database, &error);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpint (((CfoilLibraryItem *) after->pdata[0])->reason, ==, CFOIL_REASON_NOT_RECEIVED);
  g_assert_false (cfoil_library_remove (mirror->mirror, shop, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  changed->item_id = shop;
  g_assert_false (cfoil_library_put (mirror->mirror, changed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
assert_refused (TestMirror *mirror,
                const char *kind,
                const char *name,
                const char *text,
                const char *valid_from,
                int         code)
{
  g_autoptr (CfoilLibraryItem) item = g_new0 (CfoilLibraryItem, 1);
  g_autoptr (GError) error = NULL;

  item->kind = g_strdup (kind);
  item->name = g_strdup (name);
  item->text = g_strdup (text);
  item->valid_from = g_strdup (valid_from);
  g_assert_false (cfoil_library_put (mirror->mirror, item, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, code);
  g_assert_cmpint (item->item_id, ==, 0);
}

static void
test_refused (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *long_text = g_strnfill (20001, 'x');

  assert_refused (mirror, "poem", "x", "y", NULL, CFOIL_INPUT_ERROR_UNKNOWN);
  assert_refused (mirror, "shop", " ", "y", NULL, CFOIL_INPUT_ERROR_MISSING);
  assert_refused (mirror, "shop", "x", "", NULL, CFOIL_INPUT_ERROR_MISSING);
  assert_refused (mirror, "shop", "x", "\xff", NULL, CFOIL_INPUT_ERROR_ENCODING);
  assert_refused (mirror, "shop", "x", long_text, NULL, CFOIL_INPUT_ERROR_LIMIT);
  assert_refused (mirror, "terms", "x", "y", "2026-02-30", CFOIL_INPUT_ERROR_SYNTAX);
  assert_refused (mirror, "terms", "x", "y", "2026-2-1", CFOIL_INPUT_ERROR_SYNTAX);
  assert_refused (mirror, "terms", "x", "y", "yesterday", CFOIL_INPUT_ERROR_SYNTAX);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM library_item"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draft-store/rows", test_rows);
  g_test_add_func ("/draft-store/versions", test_versions);
  g_test_add_func ("/draft-store/replace", test_replace);
  g_test_add_func ("/draft-store/replace-answered", test_replace_answered);
  g_test_add_func ("/draft-store/in-force", test_in_force);
  g_test_add_func ("/draft-store/library", test_library);
  g_test_add_func ("/draft-store/refused", test_refused);

  return g_test_run ();
}
