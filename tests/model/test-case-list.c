/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-case-list.h"
#include "cfoil-time.h"

#define DAY G_TIME_SPAN_DAY

typedef struct
{
  TestMirror *mirror;
  CfoilReader *reader;
  CfoilCaseList *list;
  guint n_updated;
  guint n_changes;        /* of rows */
  guint n_removed, n_added;
  guint n_item_changes;   /* of one item */
} Fixture;

static void
updated_cb (Fixture *fixture)
{
  fixture->n_updated++;
}

static void
items_changed_cb (Fixture *fixture,
                  guint    position,
                  guint    n_removed,
                  guint    n_added)
{
  fixture->n_changes++;
  fixture->n_removed += n_removed;
  fixture->n_added += n_added;
}

static void
item_changed_cb (Fixture *fixture)
{
  fixture->n_item_changes++;
}

static void
wait_for_news (Fixture *fixture)
{
  guint before = fixture->n_updated;
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while ((fixture->n_updated == before || cfoil_case_list_get_loading (fixture->list)) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->n_updated, >, before);
  g_assert_no_error (cfoil_case_list_get_error (fixture->list));
}

static gint64
add_claim (Fixture    *fixture,
           const char *order,
           gint64      due_us)
{
  CfoilCaseWords words = {
    .kind = CFOIL_CASE_CLAIM,
    .account = "shop",
    .state = CFOIL_STATE_NEEDS_RESPONSE,
    .reason = CFOIL_REASON_NOT_RECEIVED,
    .currency = "EUR",
    .amount_minor = 5990,
    .opened_us = cfoil_time_now_us () - 2 * DAY,
    .due_us = due_us,
    .buyer = "Jack",
    .reference = order,
  };
  g_autoptr (GError) error = NULL;
  gint64 case_id = 0;

  cfoil_case_add (fixture->mirror->mirror, &words, "hand", NULL, &case_id, &error);
  g_assert_no_error (error);
  return case_id;
}

static void
say_won (Fixture    *fixture,
         gint64      case_id,
         const char *order)
{
  CfoilCaseWords words = {
    .kind = CFOIL_CASE_CLAIM,
    .state = CFOIL_STATE_WON,
    .outcome = CFOIL_CASE_OUTCOME_WON,
    .amount_minor = CFOIL_UNKNOWN,
    .opened_us = CFOIL_UNKNOWN,
    .due_us = CFOIL_UNKNOWN,
    .reference = order,
  };
  g_autoptr (GError) error = NULL;

  cfoil_case_say (fixture->mirror->mirror, case_id, &words, &error);
  g_assert_no_error (error);
}

static void
assert_order (Fixture    *fixture,
              const char *expected)
{
  g_autoptr (GString) orders = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->list)); i++)
    {
      g_autoptr (CfoilCaseItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_string_append (orders, cfoil_case_item_get_record (item)->merchant_reference);
    }
  g_assert_cmpstr (orders->str, ==, expected);
}

static void
begin (Fixture *fixture)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  test_commit (fixture->mirror->writer);
  fixture->reader = cfoil_reader_new (fixture->mirror->mirror);
  fixture->list = cfoil_case_list_new (fixture->reader, utc);
  g_signal_connect_swapped (fixture->list, "updated", G_CALLBACK (updated_cb), fixture);
  g_signal_connect_swapped (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
end (Fixture *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->list), (gpointer *) &fixture->list);
  cfoil_reader_close (fixture->reader);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->list);
  g_assert_null (fixture->list);
  g_object_unref (fixture->reader);
  test_mirror_free (fixture->mirror);
}

/* What is changed is told, and nothing else. */
static void
test_changes (void)
{
  Fixture fixture = { .mirror = test_mirror_new () };
  CfoilMirror *mirror = fixture.mirror->mirror;
  gint64 now_us = cfoil_time_now_us ();
  gint64 b;
  g_autoptr (CfoilCaseItem) item = NULL;
  g_auto (GStrv) handlers = NULL;
  guint position;

  test_commit (fixture.mirror->writer);
  add_claim (&fixture, "C", now_us + 3 * DAY);
  b = add_claim (&fixture, "B", now_us + 2 * DAY);
  add_claim (&fixture, "D", now_us + 4 * DAY);
  begin (&fixture);
  g_assert_true (cfoil_case_list_get_loading (fixture.list));
  wait_for_news (&fixture);
  assert_order (&fixture, "BCD");
  g_assert_cmpuint (cfoil_case_list_get_n_need_answer (fixture.list), ==, 3);

  g_assert_true (cfoil_case_list_find (fixture.list, b, &position));
  g_assert_cmpuint (position, ==, 0);
  item = g_list_model_get_item (G_LIST_MODEL (fixture.list), position);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (item_changed_cb), &fixture);
  fixture.n_changes = 0;
  g_assert_true (cfoil_case_set_handler (mirror, b, "Anna", NULL));
  cfoil_mirror_notify_changed (mirror);
  wait_for_news (&fixture);
  g_assert_cmpuint (fixture.n_changes, ==, 0);
  g_assert_cmpuint (fixture.n_item_changes, ==, 1);
  g_assert_cmpstr (cfoil_case_item_get_record (item)->handler, ==, "Anna");
  handlers = cfoil_case_list_dup_handlers (fixture.list);
  g_assert_cmpuint (g_strv_length (handlers), ==, 1);

  fixture.n_removed = fixture.n_added = 0;
  add_claim (&fixture, "A", now_us + DAY);
  cfoil_mirror_notify_changed (mirror);
  wait_for_news (&fixture);
  assert_order (&fixture, "ABCD");
  g_assert_cmpuint (fixture.n_removed, ==, 0);
  g_assert_cmpuint (fixture.n_added, ==, 1);

  fixture.n_removed = fixture.n_added = 0;
  say_won (&fixture, b, "B");
  cfoil_mirror_notify_changed (mirror);
  wait_for_news (&fixture);
  assert_order (&fixture, "ACD");
  g_assert_cmpuint (fixture.n_removed, ==, 1);
  g_assert_cmpuint (fixture.n_added, ==, 0);
  g_signal_handlers_disconnect_by_data (item, &fixture);
  end (&fixture);
}

static void
test_views_and_queries (void)
{
  Fixture fixture = { .mirror = test_mirror_new () };
  g_autoptr (CfoilQuery) query = cfoil_query_parse_with ("due:<72h", cfoil_case_vocabulary ());
  gint64 now_us = cfoil_time_now_us ();

  test_commit (fixture.mirror->writer);
  add_claim (&fixture, "A", now_us + DAY);
  add_claim (&fixture, "B", now_us + 2 * DAY);
  add_claim (&fixture, "C", now_us + 5 * DAY);
  say_won (&fixture, add_claim (&fixture, "W", now_us + 2 * DAY), "W");
  begin (&fixture);
  wait_for_news (&fixture);
  assert_order (&fixture, "ABC");
  g_assert_cmpuint (cfoil_case_list_get_count (fixture.list, CFOIL_CASES_WON), ==, 1);
  g_assert_cmpuint (cfoil_case_list_get_count (fixture.list, CFOIL_CASES_ALL), ==, 4);

  cfoil_case_list_set_query (fixture.list, query);
  g_assert_true (cfoil_case_list_get_loading (fixture.list));
  wait_for_news (&fixture);
  assert_order (&fixture, "AB");
  g_assert_cmpuint (cfoil_case_list_get_count (fixture.list, CFOIL_CASES_ALL), ==, 2);
  g_assert_cmpuint (cfoil_case_list_get_n_need_answer (fixture.list), ==, 3);
  g_assert_cmpuint (cfoil_case_list_get_n_cases (fixture.list), ==, 4);

  cfoil_case_list_set_view (fixture.list, CFOIL_CASES_WON);
  wait_for_news (&fixture);
  assert_order (&fixture, "");
  cfoil_query_unref (query);
  query = cfoil_query_parse_with ("", cfoil_case_vocabulary ());
  cfoil_case_list_set_query (fixture.list, query);
  wait_for_news (&fixture);
  assert_order (&fixture, "W");
  end (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case-list/changes", test_changes);
  g_test_add_func ("/case-list/views-and-queries", test_views_and_queries);
  return g_test_run ();
}
