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

  return record != NULL ? cfoil_record_get_id (record) : -1;
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

#define FIELDS (CFOIL_FIELD_BIT (CFOIL_FIELD_ACCOUNT) | CFOIL_FIELD_BIT (CFOIL_FIELD_BUYER_NAME))

static CfoilRecordModel *
new_model (CfoilReader *reader)
{
  g_autoptr (CfoilRecordQuery) query = cfoil_record_query_new (NULL, NULL, NULL);
  CfoilRecordModel *model = cfoil_record_model_new (reader, query, FIELDS);

  g_assert_true (cfoil_record_model_get_loading (model));
  model_wait (is_ready, model);
  return model;
}

static void
set_query (CfoilRecordModel *model,
           const char       *text,
           const char       *sort_text)
{
  g_autoptr (CfoilQuery) parsed = cfoil_query_parse (text);
  g_autoptr (CfoilRecordQuery) query = NULL;
  CfoilSort sort;

  g_assert_true (cfoil_sort_from_string (sort_text, &sort));
  query = cfoil_record_query_new (parsed, &sort, NULL);
  cfoil_record_model_set_query (model, query);
}

static void
assert_items_follow_ids (Listener *listener)
{
  GArray *ids = cfoil_record_model_get_ids (CFOIL_RECORD_MODEL (listener->model));

  wait_for_count (CFOIL_RECORD_MODEL (listener->model), ids->len);
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
  g_autoptr (CfoilRecordItem) last = NULL;
  guint position;

  model_fixture_add_rows (fixture, 1, 1, 700);
  model_fixture_add_rows (fixture, 2, 701, 1000);
  model = new_model (reader);
  wait_for_count (model, 1000);
  /* What is seen first comes with the answer, the rest when it is asked for. */
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (cfoil_record_item_get_loaded (first));
  g_assert_cmpint (id_of (first), ==, 1000);
  last = g_list_model_get_item (G_LIST_MODEL (model), 999);
  g_assert_false (cfoil_record_item_get_loaded (last));
  model_wait (is_loaded, last);
  g_assert_cmpint (id_of (last), ==, 1);
  g_assert_cmpstr (cfoil_record_get_text (cfoil_record_item_get_record (first), CFOIL_FIELD_ACCOUNT), ==, "Shop 2");
  g_assert_true (cfoil_record_model_find (model, 1, &position));
  g_assert_cmpuint (position, ==, 999);
  g_assert_false (cfoil_record_model_find (model, 5000, &position));

  set_query (model, "account:\"Shop 1\"", "-time");
  model_wait (is_ready, model);
  wait_for_count (model, 700);

  /* Odd ids moved money out. */
  set_query (model, "", "gross");
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
  g_assert_cmpuint (cfoil_record_model_get_n_rows (model), <, 350);
  assert_items_follow_ids (listener);

  set_query (model, "", "time");
  model_wait (is_ready, model);
  assert_items_follow_ids (listener);

  set_query (model, "account:\"Shop 2\"", "net");
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

  return record != NULL && g_strcmp0 (cfoil_record_get_text (record, CFOIL_FIELD_BUYER_NAME), "Renamed") == 0;
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

/* While nobody looks nothing is read; then everything that was missed. */
static void
test_resting (ModelFixture *fixture,
              gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;
  g_autoptr (CfoilRecordItem) item = NULL;

  model_fixture_add_rows (fixture, 1, 1, 10);
  model = new_model (reader);
  item = g_list_model_get_item (G_LIST_MODEL (model), 3);
  model_wait (is_loaded, item);
  cfoil_record_model_set_resting (model, TRUE);
  model_fixture_exec (fixture, FALSE, "UPDATE txn SET buyer_name = 'Renamed'");
  model_spin (900);
  g_assert_false (is_renamed (item));
  cfoil_record_model_set_resting (model, FALSE);
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

      set_query (model, i % 2 == 0 ? "account:\"Shop 1\"" : "account:\"Shop 2\"", i % 3 == 0 ? "gross" : "-gross");
      item = g_list_model_get_item (G_LIST_MODEL (model), i * 7);
      if (i % 5 == 0)
        model_spin (3);
    }
  model_wait (is_ready, model);
  wait_for_count (model, 10);
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
  wait_for_count (model, 20000);
  for (guint i = 0; i < 20000; i += 127)
    {
      g_autoptr (CfoilRecordItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      model_wait (is_loaded, item);
      g_assert_cmpint (id_of (item), ==, 20000 - i);
    }
}

/* Sums follow the query; a mistake in it changes nothing. */
static void
test_totals (ModelFixture *fixture,
             gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;
  const CfoilTotal *total;

  model_fixture_add_rows (fixture, 1, 1, 100);
  model_fixture_add_rows (fixture, 2, 101, 110);
  model = new_model (reader);
  g_assert_cmpuint (cfoil_record_model_get_totals (model)->len, ==, 1);
  total = &g_array_index (cfoil_record_model_get_totals (model), CfoilTotal, 0);
  g_assert_cmpstr (total->currency, ==, "USD");
  g_assert_cmpuint (total->n_rows, ==, 110);
  g_assert_cmpint (total->gross_minor, ==, 55);
  g_assert_cmpuint (total->n_unknown_fees, ==, 110);

  set_query (model, "account:\"Shop 2\" amount:>abc", "-time");
  model_wait (is_ready, model);
  total = &g_array_index (cfoil_record_model_get_totals (model), CfoilTotal, 0);
  g_assert_cmpuint (total->n_rows, ==, 10);
  g_assert_cmpint (total->gross_minor, ==, 5);
  g_assert_cmpuint (cfoil_record_model_get_n_outside (model), ==, 0);

  model_fixture_exec (fixture, FALSE, "UPDATE txn SET transaction_id = 'T01-1234567-7654321' WHERE txn_id = 5");
  set_query (model, "account:\"Shop 2\" T01-1234567-7654321", "-time");
  model_wait (is_ready, model);
  g_assert_cmpuint (cfoil_record_model_get_n_rows (model), ==, 1);
  g_assert_cmpuint (cfoil_record_model_get_n_outside (model), ==, 1);
}

static gboolean
has_note_field (gpointer user_data)
{
  const CfoilRecord *record = cfoil_record_item_get_record (user_data);

  return record != NULL && (cfoil_record_get_fields (record) & CFOIL_FIELD_BIT (CFOIL_FIELD_NOTE)) != 0;
}

/* Another column: what is shown is read again, with it. */
static void
test_fields (ModelFixture *fixture,
             gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;
  g_autoptr (CfoilRecordItem) item = NULL;

  model_fixture_add_rows (fixture, 1, 1, 10);
  model = new_model (reader);
  item = g_list_model_get_item (G_LIST_MODEL (model), 3);
  model_wait (is_loaded, item);
  g_assert_false (has_note_field (item));
  cfoil_record_model_set_fields (model, FIELDS | CFOIL_FIELD_BIT (CFOIL_FIELD_NOTE));
  model_wait (has_note_field, item);
}

/* Every field can be read, of every row, in one go. */
static void
test_all_fields (ModelFixture *fixture,
                 gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (fixture->mirror, &error);
  g_autoptr (GPtrArray) records = NULL;
  const gint64 ids[] = { 3, 99, 1 };
  const CfoilFieldSet all = (CFOIL_FIELD_BIT (CFOIL_N_FIELDS - 1) << 1) - 1;

  model_fixture_add_rows (fixture, 1, 1, 10);
  records = cfoil_record_read (reader, all, ids, G_N_ELEMENTS (ids), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpint (cfoil_record_get_id (records->pdata[1]), ==, 1);
  g_assert_true (cfoil_record_get_fields (records->pdata[0]) == all);
  g_assert_cmpstr (cfoil_record_get_text (records->pdata[0], CFOIL_FIELD_BUYER_NAME), ==, "Buyer 3");
  g_assert_cmpint (cfoil_record_get_number (records->pdata[0], CFOIL_FIELD_AMOUNT), ==, 3);
  g_assert_cmpint (cfoil_record_get_number (records->pdata[0], CFOIL_FIELD_FEE), ==, CFOIL_UNKNOWN);
  g_assert_null (cfoil_record_get_text (records->pdata[0], CFOIL_FIELD_NOTE));
}

/* A follower whose positions change while they are mapped is asked again. */
typedef struct
{
  guint position;
  guint serial;
  guint n_maps;
  guint n_takes;
} Follower;

typedef struct
{
  guint position;
  guint serial;
  Follower *follower;
} FollowerState;

static gpointer
follower_prepare (gpointer data)
{
  Follower *follower = data;
  FollowerState *state = g_new (FollowerState, 1);

  *state = (FollowerState) { follower->position, follower->serial, follower };
  return state;
}

static gboolean
follower_is_current (gpointer data,
                     gpointer state)
{
  Follower *follower = data;

  /* The first time, somebody chose another row meanwhile. */
  if (follower->n_maps == 1 && follower->serial == 0)
    {
      follower->position = 1;
      follower->serial++;
    }
  return ((FollowerState *) state)->serial == follower->serial;
}

static void
follower_map (gpointer                 data,
              const CfoilRecordChange *change)
{
  FollowerState *state = data;

  state->follower->n_maps++;
  g_assert_true (cfoil_record_change_find (change, state->position, &state->position));
}

static void
follower_take (gpointer data,
               gpointer state)
{
  Follower *follower = data;

  follower->position = ((FollowerState *) state)->position;
  follower->n_takes++;
  g_free (state);
}

static void
test_follower (ModelFixture *fixture,
               gconstpointer user_data)
{
  static const CfoilRecordFollower funcs = {
    follower_prepare, follower_is_current, follower_map, follower_take, g_free,
  };
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordModel) model = NULL;
  Follower follower = { 0 };

  model_fixture_add_rows (fixture, 1, 1, 10);
  model = new_model (reader);
  cfoil_record_model_set_follower (model, &funcs, &follower);
  set_query (model, "", "time");
  model_wait (is_ready, model);
  g_assert_cmpuint (follower.n_maps, ==, 2);
  g_assert_cmpuint (follower.n_takes, ==, 1);
  /* The second from the start is the second from the end. */
  g_assert_cmpuint (follower.position, ==, 8);
}

/* Ends in the middle of things. */
static void
test_closing (ModelFixture *fixture,
              gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (CfoilRecordQuery) query = cfoil_record_query_new (NULL, NULL, NULL);
  CfoilRecordModel *model;

  model_fixture_add_rows (fixture, 1, 1, 20000);
  model = cfoil_record_model_new (reader, query, FIELDS);
  cfoil_reader_close (reader);
  model_spin (50);
  g_assert_finalize_object (model);

  model = cfoil_record_model_new (reader, query, FIELDS);
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
  ADD ("/record-model/resting", test_resting);
  ADD ("/record-model/change-from-outside", test_change_from_outside);
  ADD ("/record-model/late-answers", test_late_answers);
  ADD ("/record-model/walk", test_walk);
  ADD ("/record-model/totals", test_totals);
  ADD ("/record-model/fields", test_fields);
  ADD ("/record-model/all-fields", test_all_fields);
  ADD ("/record-model/follower", test_follower);
  ADD ("/record-model/closing", test_closing);
  return g_test_run ();
}
