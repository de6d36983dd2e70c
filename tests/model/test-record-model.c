/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-model.h"
#include "model-fixture.h"

/* What somebody believes who only listens to ::items-changed. */
typedef struct
{
  GListModel *model;
  GPtrArray *items;
  guint n_signals;
  guint last_position;
  guint last_removed;
  guint last_added;
} Listener;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  Listener *listener = user_data;

  listener->n_signals++;
  listener->last_position = position;
  listener->last_removed = removed;
  listener->last_added = added;
  if (removed > 0)
    g_ptr_array_remove_range (listener->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (listener->items, (int) (position + i), g_list_model_get_item (model, position + i));
}

static Listener *
listener_new (CfoilRecordModel *model)
{
  Listener *listener = g_new0 (Listener, 1);

  listener->model = G_LIST_MODEL (model);
  listener->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (listener->model); i++)
    g_ptr_array_add (listener->items, g_list_model_get_item (listener->model, i));
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), listener);
  return listener;
}

static void
listener_free (Listener *listener)
{
  g_signal_handlers_disconnect_by_data (listener->model, listener);
  g_ptr_array_unref (listener->items);
  g_free (listener);
}

static gboolean
is_ready (gpointer user_data)
{
  return !cfoil_record_model_get_loading (user_data);
}

static gboolean
is_loaded (gpointer user_data)
{
  return cfoil_record_item_get_loaded (user_data);
}

static gboolean
all_are_loaded (gpointer user_data)
{
  Listener *listener = user_data;

  for (guint i = 0; i < listener->items->len; i++)
    if (!is_loaded (listener->items->pdata[i]))
      return FALSE;
  return TRUE;
}

static gint64
id_of (gpointer item)
{
  const CfoilRecord *record = cfoil_record_item_get_record (item);

  return record != NULL ? record->id : -1;
}

typedef struct
{
  GListModel *model;
  guint n;
} Count;

static gboolean
has_count (gpointer user_data)
{
  Count *count = user_data;

  return g_list_model_get_n_items (count->model) == count->n;
}

static void
wait_for_count (CfoilRecordModel *model,
                guint             n)
{
  Count count = { G_LIST_MODEL (model), n };

  model_wait (has_count, &count);
}

static CfoilRecordModel *
new_model (CfoilReader *reader)
{
  g_autoptr (CfoilRecordQuery) query = cfoil_record_query_new ();
  CfoilRecordModel *model = cfoil_record_model_new (reader, query);

  g_assert_true (cfoil_record_model_get_loading (model));
  model_wait (is_ready, model);
  return model;
}

static void
set_query (CfoilRecordModel *model,
           gint64            account_id,
           CfoilRecordSort   sort,
           gboolean          is_ascending)
{
  CfoilRecordQuery query = { account_id, sort, is_ascending };

  cfoil_record_model_set_query (model, &query);
}

static void
assert_items_follow_ids (Listener *listener)
{
  GArray *ids = cfoil_record_model_get_ids (CFOIL_RECORD_MODEL (listener->model));

  g_assert_cmpuint (listener->items->len, ==, ids->len);
  model_wait (all_are_loaded, listener);
  for (guint i = 0; i < ids->len; i++)
    {
      g_assert_cmpuint (cfoil_record_item_get_position (listener->items->pdata[i]), ==, i);
      g_assert_cmpint (id_of (listener->items->pdata[i]), ==, g_array_index (ids, gint64, i));
    }
}

static void
test_empty (ModelFixture *fixture,
            gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = new_model (reader);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 0));
  g_assert_null (cfoil_record_model_get_error (model));
}

static void
test_order (ModelFixture *fixture,
            gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;
  g_autoptr (CfoilRecordItem) first = NULL;
  guint position;

  model_fixture_add_rows (fixture, 1, 1, 700);
  model_fixture_add_rows (fixture, 2, 701, 1000);
  model = new_model (reader);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1000);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_false (cfoil_record_item_get_loaded (first));
  model_wait (is_loaded, first);
  g_assert_cmpint (id_of (first), ==, 1000);
  g_assert_cmpstr (cfoil_record_item_get_record (first)->account, ==, "Shop 2");
  g_assert_true (cfoil_record_model_find (model, 1, &position));
  g_assert_cmpuint (position, ==, 999);
  g_assert_false (cfoil_record_model_find (model, 5000, &position));

  set_query (model, 1, CFOIL_RECORD_SORT_TIME, FALSE);
  model_wait (is_ready, model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 700);

  /* Odd ids moved money out. */
  set_query (model, 0, CFOIL_RECORD_SORT_GROSS, TRUE);
  model_wait (is_ready, model);
  g_assert_cmpint (g_array_index (cfoil_record_model_get_ids (model), gint64, 0), ==, 999);
  g_assert_cmpint (g_array_index (cfoil_record_model_get_ids (model), gint64, 999), ==, 1000);
}

/* Every change of every kind: who listens has what is there. */
static void
test_replay (ModelFixture *fixture,
             gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = new_model (reader);
  Listener *listener = listener_new (model);

  model_fixture_add_rows (fixture, 1, 1000, 1299);
  wait_for_count (model, 300);
  assert_items_follow_ids (listener);

  model_fixture_add_rows (fixture, 2, 1, 50);
  wait_for_count (model, 350);
  assert_items_follow_ids (listener);

  model_fixture_exec (fixture, FALSE, "DELETE FROM txn WHERE txn_id %% 3 = 0");
  model_spin (600);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), <, 350);
  assert_items_follow_ids (listener);

  set_query (model, 0, CFOIL_RECORD_SORT_TIME, TRUE);
  model_wait (is_ready, model);
  assert_items_follow_ids (listener);

  set_query (model, 2, CFOIL_RECORD_SORT_NET, TRUE);
  model_wait (is_ready, model);
  assert_items_follow_ids (listener);

  model_fixture_exec (fixture, FALSE, "DELETE FROM txn");
  wait_for_count (model, 0);
  assert_items_follow_ids (listener);
  listener_free (listener);
}

/* A new row moves what the items show, not the items. */
static void
test_positions_stay (ModelFixture *fixture,
                     gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;
  g_autoptr (CfoilRecordItem) first = NULL;
  g_autoptr (CfoilRecordItem) again = NULL;
  g_autoptr (CfoilRecordItem) second = NULL;
  Listener *listener;

  model_fixture_add_rows (fixture, 1, 1, 10);
  model = new_model (reader);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  second = g_list_model_get_item (G_LIST_MODEL (model), 1);
  model_wait (is_loaded, first);
  listener = listener_new (model);

  model_fixture_add_rows (fixture, 1, 11, 11);
  wait_for_count (model, 11);
  g_assert_cmpuint (listener->n_signals, ==, 1);
  g_assert_cmpuint (listener->last_position, ==, 10);
  g_assert_cmpuint (listener->last_removed, ==, 0);
  g_assert_cmpuint (listener->last_added, ==, 1);
  /* Known before, so shown at once. */
  g_assert_cmpint (id_of (second), ==, 10);
  model_wait (is_loaded, first);
  g_assert_cmpint (id_of (first), ==, 11);
  again = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (again == first);
  assert_items_follow_ids (listener);
  listener_free (listener);
}

static gboolean
is_renamed (gpointer user_data)
{
  const CfoilRecord *record = cfoil_record_item_get_record (user_data);

  return record != NULL && g_strcmp0 (record->buyer, "Renamed") == 0;
}

/* The same rows in the same order, but not the same contents. */
static void
test_contents_change (ModelFixture *fixture,
                      gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;
  g_autoptr (CfoilRecordItem) item = NULL;

  model_fixture_add_rows (fixture, 1, 1, 10);
  model = new_model (reader);
  item = g_list_model_get_item (G_LIST_MODEL (model), 3);
  model_wait (is_loaded, item);
  model_fixture_exec (fixture, FALSE, "UPDATE txn SET buyer_name = 'Renamed'");
  model_wait (is_renamed, item);
}

/* Another process does not tell; it is found out. */
static void
test_change_from_outside (ModelFixture *fixture,
                          gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;
  g_autoptr (CfoilRecordItem) item = NULL;

  model_fixture_add_rows (fixture, 1, 1, 10);
  model = new_model (reader);
  item = g_list_model_get_item (G_LIST_MODEL (model), 3);
  model_wait (is_loaded, item);
  model_spin (600);
  model_fixture_exec (fixture, TRUE, "UPDATE txn SET buyer_name = 'Renamed'");
  model_wait (is_renamed, item);
}

/* Of many questions only the answer to the last one counts. */
static void
test_late_answers (ModelFixture *fixture,
                   gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;

  model_fixture_add_rows (fixture, 1, 1, 20000);
  model_fixture_add_rows (fixture, 2, 20001, 20010);
  model = new_model (reader);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (CfoilRecordItem) item = NULL;

      set_query (model, i % 2 + 1, CFOIL_RECORD_SORT_GROSS, i % 3 == 0);
      item = g_list_model_get_item (G_LIST_MODEL (model), i * 7);
      if (i % 5 == 0)
        model_spin (3);
    }
  model_wait (is_ready, model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 10);
  {
    Listener *listener = listener_new (model);

    assert_items_follow_ids (listener);
    listener_free (listener);
  }
}

/* Looking through a long list leaves nothing behind but the latest pages. */
static void
test_walk (ModelFixture *fixture,
           gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;

  model_fixture_add_rows (fixture, 1, 1, 20000);
  model = new_model (reader);
  for (guint i = 0; i < 20000; i += 127)
    {
      g_autoptr (CfoilRecordItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      model_wait (is_loaded, item);
      g_assert_cmpint (id_of (item), ==, 20000 - i);
    }
}

/* Ends in the middle of things. */
static void
test_closing (ModelFixture *fixture,
              gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordQuery) query = cfoil_record_query_new ();
  CfoilRecordModel *model;

  model_fixture_add_rows (fixture, 1, 1, 20000);
  model = cfoil_record_model_new (reader, query);
  cfoil_reader_close (reader);
  model_spin (50);
  g_assert_finalize_object (model);

  model = cfoil_record_model_new (reader, query);
  g_assert_finalize_object (model);
  model_spin (50);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, func, model_fixture_tear_down)
  ADD ("/record-model/empty", test_empty);
  ADD ("/record-model/order", test_order);
  ADD ("/record-model/replay", test_replay);
  ADD ("/record-model/positions-stay", test_positions_stay);
  ADD ("/record-model/contents-change", test_contents_change);
  ADD ("/record-model/change-from-outside", test_change_from_outside);
  ADD ("/record-model/late-answers", test_late_answers);
  ADD ("/record-model/walk", test_walk);
  ADD ("/record-model/closing", test_closing);
  return g_test_run ();
}
