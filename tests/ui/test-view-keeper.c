/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-ui-resources.h"
#include "cfoil-view-dialog.h"
#include "cfoil-view-keeper.h"

#include <adwaita.h>
#include <string.h>

/* The list of saved views and what keeps them, in process: what is seen, what is
 * written, and when. */

#define SOON_US (20 * G_TIME_SPAN_SECOND)

typedef struct
{
  CfoilWorkspace *workspace;
  CfoilMirror *mirror;
  CfoilViews *views;
  CfoilTransactionsPage *page;
  CfoilViewKeeper *keeper;
  guint n_loaded;
  int failure; /* of the last ::failed, -1: none */
} Fixture;

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(CfoilWorkspace **) user_data = cfoil_workspace_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
failed_cb (Fixture *fixture,
           GError  *error)
{
  g_assert_true (error->domain == G_IO_ERROR);
  fixture->failure = error->code;
}

static void
loaded_cb (Fixture *fixture)
{
  fixture->n_loaded++;
}

#define spin_until(condition) \
  G_STMT_START \
  { \
    gint64 end_ = g_get_monotonic_time () + SOON_US; \
    while (!(condition) && g_get_monotonic_time () < end_) \
      { \
        while (g_main_context_iteration (NULL, FALSE)) \
          ; \
        g_usleep (2000); \
      } \
    g_assert_true (condition); \
  } \
  G_STMT_END

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  g_autofree char *folder = g_dir_make_tmp ("counterfoil-views-XXXXXX", NULL);

  fixture->failure = -1;
  cfoil_workspace_open_async (folder, FALSE, NULL, opened_cb, &fixture->workspace);
  spin_until (fixture->workspace != NULL);
  fixture->mirror = cfoil_context_get_mirror (cfoil_workspace_get_context (fixture->workspace));
  fixture->page = g_object_ref_sink (g_object_new (CFOIL_TYPE_TRANSACTIONS_PAGE, NULL));
  cfoil_page_set_workspace (CFOIL_PAGE (fixture->page), fixture->workspace);
  fixture->views = cfoil_views_new ();
  fixture->keeper = cfoil_view_keeper_new (fixture->views, fixture->page);
  g_signal_connect_swapped (fixture->views, "failed", G_CALLBACK (failed_cb), fixture);
  g_signal_connect_swapped (fixture->views, "loaded", G_CALLBACK (loaded_cb), fixture);
  cfoil_views_set_workspace (fixture->views, fixture->workspace);
  spin_until (fixture->n_loaded == 1);
}

static void
remove_folder (const char *folder)
{
  g_autofree char *quoted = g_shell_quote (folder);
  g_autofree char *command = g_strconcat ("rm -r ", quoted, NULL);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autofree char *folder = g_strdup (cfoil_mirror_get_folder (fixture->mirror));
  gpointer views = fixture->views;

  cfoil_views_set_workspace (fixture->views, NULL);
  cfoil_page_set_workspace (CFOIL_PAGE (fixture->page), NULL);
  g_object_unref (fixture->keeper);
  g_object_unref (fixture->page);
  g_object_add_weak_pointer (views, &views);
  g_object_unref (fixture->views);
  /* What is being read and written holds it. */
  spin_until (views == NULL);
  cfoil_workspace_close (fixture->workspace);
  g_object_unref (fixture->workspace);
  remove_folder (folder);
}

static CfoilSavedView *
stored (Fixture    *fixture,
        const char *name)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (fixture->mirror, NULL);

  return cfoil_saved_view_find (reader, name, NULL);
}

static char *
stored_query (Fixture    *fixture,
              const char *name)
{
  g_autoptr (CfoilSavedView) view = stored (fixture, name);

  return view != NULL ? g_strdup (view->query) : g_strdup ("none");
}

static gboolean
has_query (Fixture    *fixture,
           const char *name,
           const char *query)
{
  g_autofree char *have = stored_query (fixture, name);

  return g_str_equal (have, query);
}

static gboolean
has_sort (Fixture    *fixture,
          const char *name,
          const char *sort)
{
  g_autoptr (CfoilSavedView) view = stored (fixture, name);

  return view != NULL && g_strcmp0 (view->sort, sort) == 0;
}

/* As if somebody had done so on the page. */
static void
user_changes (Fixture    *fixture,
              const char *query,
              const char *sort)
{
  CfoilSavedView *view = cfoil_transactions_page_dup_view (fixture->page);

  if (query != NULL)
    {
      g_free (view->query);
      view->query = g_strdup (query);
    }
  if (sort != NULL)
    {
      g_free (view->sort);
      view->sort = g_strdup (sort);
    }
  cfoil_transactions_page_apply_view (fixture->page, view);
  g_signal_emit_by_name (fixture->page, "view-changed");
  cfoil_saved_view_free (view);
}

static void
assert_current (Fixture    *fixture,
                const char *title,
                gboolean    is_edited)
{
  CfoilViewItem *item = cfoil_view_keeper_get_current (fixture->keeper);

  g_assert_cmpstr (cfoil_view_item_get_title (item), ==, title);
  g_assert_cmpint (cfoil_view_item_get_edited (item), ==, is_edited);
  g_assert_cmpint (cfoil_view_keeper_get_edited (fixture->keeper), ==, is_edited);
}

static void
test_columns (Fixture      *fixture,
              gconstpointer user_data)
{
  gint64 before = g_get_monotonic_time ();

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->views)), ==, 8);
  assert_current (fixture, "All Transactions", FALSE);
  user_changes (fixture, NULL, "gross");
  user_changes (fixture, NULL, "-fee_total");
  assert_current (fixture, "All Transactions", FALSE);
  g_assert_false (has_sort (fixture, "all", "gross"));
  spin_until (has_sort (fixture, "all", "-fee_total"));
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 900 * G_TIME_SPAN_MILLISECOND);

  /* At once before another view is shown. */
  user_changes (fixture, NULL, "net");
  cfoil_view_keeper_show (fixture->keeper, cfoil_views_find (fixture->views, "disputed"));
  before = g_get_monotonic_time ();
  spin_until (has_sort (fixture, "all", "net"));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 900 * G_TIME_SPAN_MILLISECOND);
  assert_current (fixture, "Disputed", FALSE);
  g_assert_true (has_sort (fixture, "disputed", NULL));

  /* And it comes back as it stood. */
  cfoil_view_keeper_show (fixture->keeper, cfoil_views_find (fixture->views, "all"));
  {
    g_autoptr (CfoilSavedView) shown = cfoil_view_keeper_dup_shown (fixture->keeper);

    g_assert_cmpstr (shown->sort, ==, "net");
    g_assert_cmpstr (shown->query, ==, "");
  }
  g_assert_cmpint (fixture->failure, ==, -1);
}

static void
test_query (Fixture      *fixture,
            gconstpointer user_data)
{
  cfoil_view_keeper_show (fixture->keeper, cfoil_views_find (fixture->views, "refunds-pending"));
  user_changes (fixture, "  type:refund   is:pending ", NULL);
  assert_current (fixture, "Refunds Pending", FALSE);
  user_changes (fixture, "type:refund is:pending currency:EUR", NULL);
  assert_current (fixture, "Refunds Pending", TRUE);
  user_changes (fixture, "type:refund is:pending", NULL);
  assert_current (fixture, "Refunds Pending", FALSE);

  user_changes (fixture, "currency:EUR", "gross");
  cfoil_view_keeper_save_as (fixture->keeper, "Euros");
  assert_current (fixture, "Euros", FALSE);
  spin_until (has_query (fixture, "euros", "currency:EUR"));
  g_assert_true (has_sort (fixture, "euros", "gross"));
  g_assert_true (has_query (fixture, "refunds-pending", "type:refund is:pending"));

  user_changes (fixture, "currency:GBP", "net");
  assert_current (fixture, "Euros", TRUE);
  spin_until (has_sort (fixture, "euros", "net"));
  g_assert_true (has_query (fixture, "euros", "currency:EUR"));
  assert_current (fixture, "Euros", TRUE);
  cfoil_view_keeper_update (fixture->keeper);
  assert_current (fixture, "Euros", FALSE);
  spin_until (has_query (fixture, "euros", "currency:GBP"));
  g_assert_cmpint (fixture->failure, ==, -1);
}

/* Many things at once, faster than they are written. */
static void
test_order (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr (CfoilSavedView) view = cfoil_saved_view_new ();
  g_autoptr (CfoilSavedView) renamed = NULL;
  g_autoptr (CfoilViewItem) b = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  CfoilViewItem *a, *c;
  guint position;

  view->query = g_strdup ("type:fee");
  view->name = g_strdup ("A");
  a = cfoil_views_add (fixture->views, view);
  g_free (view->name);
  view->name = g_strdup ("B");
  b = g_object_ref (cfoil_views_add (fixture->views, view));
  g_free (view->name);
  view->name = g_strdup ("C");
  c = cfoil_views_add (fixture->views, view);
  cfoil_views_move (fixture->views, c, -10);
  cfoil_views_move (fixture->views, a, 1);
  renamed = cfoil_saved_view_copy (cfoil_view_item_get_view (c));
  g_free (renamed->name);
  renamed->name = g_strdup ("Z");
  cfoil_views_change (fixture->views, c, renamed);
  cfoil_views_find_position (fixture->views, b, &position);
  g_assert_cmpuint (position, ==, 9);
  cfoil_views_remove (fixture->views, b);
  g_assert_null (cfoil_views_find (fixture->views, "B"));
  cfoil_views_restore (fixture->views, b, position);
  g_free (view->name);
  view->name = g_strdup ("End");
  cfoil_views_add (fixture->views, view);
  /* One after the other: this is the last one. */
  spin_until (has_query (fixture, "end", "type:fee") &&
              cfoil_view_item_get_view (cfoil_views_find (fixture->views, "end"))->view_id != 0);

  /* The same in the mirror as in the list. */
  for (guint i = 8; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->views)); i++)
    {
      g_autoptr (CfoilViewItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->views), i);
      g_autoptr (CfoilSavedView) same = stored (fixture, cfoil_view_item_get_title (item));

      g_assert_cmpint (same->view_id, ==, cfoil_view_item_get_view (item)->view_id);
      g_string_append (names, cfoil_view_item_get_title (item));
    }
  g_assert_cmpstr (names->str, ==, "ZBAEnd");
  {
    g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (fixture->mirror, NULL);
    g_autoptr (GPtrArray) views = cfoil_saved_view_list (reader, NULL);

    g_assert_cmpuint (views->len, ==, 12);
    g_assert_cmpstr (((CfoilSavedView *) views->pdata[8])->name, ==, "Z");
    g_assert_cmpstr (((CfoilSavedView *) views->pdata[9])->name, ==, "B");
    g_assert_cmpstr (((CfoilSavedView *) views->pdata[10])->name, ==, "A");
  }
  g_assert_cmpint (fixture->failure, ==, -1);
}

/* What cannot be written is not seen for long, and what was asked of it is forgotten. */
static void
test_failure (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autoptr (CfoilSavedView) view = cfoil_saved_view_new ();
  CfoilViewItem *item;

  view->name = g_strdup ("Mine");
  view->query = g_strdup ("");
  cfoil_views_add (fixture->views, view);
  item = cfoil_views_add (fixture->views, view);
  cfoil_view_keeper_show (fixture->keeper, item);
  cfoil_views_move (fixture->views, item, -1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->views)), ==, 10);
  spin_until (fixture->failure == G_IO_ERROR_EXISTS);
  spin_until (g_list_model_get_n_items (G_LIST_MODEL (fixture->views)) == 9);
  assert_current (fixture, "All Transactions", FALSE);
}

/* Somebody else changes the same mirror. */
static void
test_others (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autoptr (CfoilSavedView) view = cfoil_saved_view_new ();
  CfoilViewItem *item;

  view->name = g_strdup ("Theirs");
  view->query = g_strdup ("type:fee");
  g_assert_true (cfoil_saved_view_put (fixture->mirror, view, NULL));
  spin_until ((item = cfoil_views_find (fixture->views, "theirs")) != NULL);
  cfoil_view_keeper_show (fixture->keeper, item);
  g_free (view->name);
  view->name = g_strdup ("Others'");
  g_assert_true (cfoil_saved_view_put (fixture->mirror, view, NULL));
  spin_until (g_str_equal (cfoil_view_item_get_title (item), "Others'"));
  assert_current (fixture, "Others'", FALSE);
  g_assert_true (cfoil_saved_view_remove (fixture->mirror, view->view_id, NULL, NULL));
  spin_until (cfoil_views_find (fixture->views, "others'") == NULL);
  assert_current (fixture, "All Transactions", FALSE);
}

static void
assert_suggestion (Fixture    *fixture,
                   const char *query,
                   const char *otherwise,
                   const char *expected)
{
  g_autofree char *suggestion = cfoil_view_dialog_dup_suggestion (fixture->views, query, otherwise);

  g_assert_cmpstr (suggestion, ==, expected);
}

static void
test_suggestion (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autofree char *name = NULL;
  g_autoptr (GString) longest = g_string_new (NULL);

  assert_suggestion (fixture, " is:disputed ", NULL, "is:disputed");
  assert_suggestion (fixture, "disputed", NULL, "disputed 2");
  assert_suggestion (fixture, "", "All Transactions", "All Transactions 2");
  assert_suggestion (fixture, "a\tb", NULL, "a b");
  assert_suggestion (fixture, "", NULL, "");
  while (longest->len < 4000)
    g_string_append (longest, "\xc3\xa4");
  name = cfoil_view_dialog_dup_suggestion (fixture->views, longest->str, NULL);
  g_assert_cmpint (g_utf8_strlen (name, -1), <=, CFOIL_SAVED_VIEW_MAX_NAME);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cfoil_ui_get_resource ();
  gtk_init ();
  adw_init ();
  g_test_add ("/views/columns", Fixture, NULL, set_up, test_columns, tear_down);
  g_test_add ("/views/query", Fixture, NULL, set_up, test_query, tear_down);
  g_test_add ("/views/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/views/failure", Fixture, NULL, set_up, test_failure, tear_down);
  g_test_add ("/views/others", Fixture, NULL, set_up, test_others, tear_down);
  g_test_add ("/views/suggestion", Fixture, NULL, set_up, test_suggestion, tear_down);
  return g_test_run ();
}
