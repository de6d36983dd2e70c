/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-period-picker.h"
#include "cfoil-report-chart.h"
#include "cfoil-report-files.h"
#include "cfoil-report-store.h"
#include "cfoil-report-view.h"
#include "cfoil-reports-page.h"
#include "cfoil-ui-resources.h"
#include "test-mirror.h"

#include <glib/gstdio.h>
#include <string.h>

/* The real page on a real mirror; what it saves is held against what the command line writes. */

#define TIMEOUT_US (10 * G_USEC_PER_SEC)
#define MARCH (G_GINT64_CONSTANT (20513) * G_TIME_SPAN_DAY) /* 2026-03-01 */
#define HOSTILE "=Tom & <b>Jerry</b>"

typedef struct
{
  TestMirror *mirror;
  CfoilWorkspace *workspace;
  GtkWidget *window;
  CfoilPage *page;
  char *asked; /* the query of win.show-rows, or of win.show-disputes */
} Fixture;

/* --- waiting --- */

static void
spin (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static GtkWidget *
find_widget (GtkWidget  *top,
             GType       type,
             const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (top), type) && gtk_widget_get_mapped (top) &&
      (text == NULL || (GTK_IS_LABEL (top) && g_str_equal (gtk_label_get_text (GTK_LABEL (top)), text))))
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
wait_for_label (Fixture    *fixture,
                const char *text)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;
  GtkWidget *found;

  while ((found = find_widget (fixture->window, GTK_TYPE_LABEL, text)) == NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” is not on the page", text);
      spin (20);
    }
  return found;
}

static void
wait_until_gone (Fixture    *fixture,
                 const char *text)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;

  while (find_widget (fixture->window, GTK_TYPE_LABEL, text) != NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” is still on the page", text);
      spin (20);
    }
}

/* --- the mirror --- */

static void
put (TestMirror *mirror,
     CfoilType   type,
     const char *id,
     gint64      day,
     gint64      amount,
     gint64      fee,
     const char *currency,
     const char *store)
{
  CfoilSettlementLine line = test_line ("12345678901", type, id, amount);

  line.posted_us = MARCH + day * G_TIME_SPAN_DAY;
  line.fee_minor = fee;
  line.net_minor = amount + fee;
  line.currency = currency;
  line.store = store;
  test_put_line (mirror->writer, &line);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  fixture->workspace = cfoil_workspace_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
show_rows_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->asked);
  fixture->asked = g_variant_dup_string (parameter, NULL);
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  const GActionEntry entries[] = { { "show-rows", show_rows_cb, "s", NULL, NULL, { 0 } },
                                   { "show-disputes", show_rows_cb, "s", NULL, NULL, { 0 } } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();

  fixture->mirror = test_mirror_new ();
  put (fixture->mirror, CFOIL_TYPE_CHARGE, "P01-1-1-C1", 1, 10000, -300, "EUR", "Alpha");
  put (fixture->mirror, CFOIL_TYPE_CHARGE, "P01-1-1-C2", 2, 5000, -200, "EUR", HOSTILE);
  put (fixture->mirror, CFOIL_TYPE_REFUND, "P01-1-1-R1", 3, -2000, 0, "EUR", "Alpha");
  put (fixture->mirror, CFOIL_TYPE_CHARGE, "P01-1-1-C3", 4, 700, -20, "JPY", "Alpha");
  test_commit (fixture->mirror->writer);
  cfoil_workspace_open_async (fixture->mirror->folder->path, FALSE, NULL, opened_cb, fixture);
  while (fixture->workspace == NULL)
    spin (10);

  fixture->page = g_object_new (CFOIL_TYPE_REPORTS_PAGE, NULL);
  fixture->window = gtk_window_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), fixture);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (actions));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (fixture->page));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), toasts);
  gtk_window_present (GTK_WINDOW (fixture->window));
  cfoil_page_set_workspace (fixture->page, fixture->workspace);
  wait_for_label (fixture, "Sales Summary");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  cfoil_workspace_close (fixture->workspace);
  spin (400);
  g_assert_finalize_object (fixture->workspace);
  test_mirror_free (fixture->mirror);
  g_free (fixture->asked);
}

static CfoilReportView *
get_view (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;
  GtkWidget *view;

  /* A frame after the list it is there, too. */
  while ((view = find_widget (fixture->window, CFOIL_TYPE_REPORT_VIEW, NULL)) == NULL && g_get_monotonic_time () < end)
    spin (20);
  g_assert_nonnull (view);
  return CFOIL_REPORT_VIEW (view);
}

static void
open_report (Fixture         *fixture,
             CfoilReportKind  kind,
             const char      *group,
             const char      *name)
{
  const CfoilReportDefinition definition = { .kind = kind, .period = (char *) "2026-03", .group = (char *) group, .name = (char *) name };

  cfoil_report_view_open (get_view (fixture), &definition);
}

static GBytes *
wait_for_file (const char *path)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      if (g_get_monotonic_time () > end)
        g_error ("%s is not there", path);
      spin (20);
    }
  return test_read_bytes (path);
}

/* --- tests --- */

/* Byte for byte what "counterfoil-cli report" writes. */
static void
test_same_bytes (Fixture      *fixture,
                 gconstpointer user_data)
{
  static const char *const formats[] = { "csv", "json", "pdf" };

  open_report (fixture, CFOIL_REPORT_SALES, "month", NULL);
  wait_for_label (fixture, "Total EUR");
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strconcat ("window.", formats[i], NULL);
      g_autofree char *other = g_strconcat ("cli.", formats[i], NULL);
      g_autofree char *path = test_folder_file (fixture->mirror->folder, name);
      g_autofree char *cli_path = test_folder_file (fixture->mirror->folder, other);
      const char *argv[] = { g_getenv ("COUNTERFOIL_CLI"), "--data-dir", fixture->mirror->folder->path, "report", "sales", "--period",
                             "2026-03", "--group", "month", "--paper", "a4", "--output", cli_path, NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) of_window = NULL;
      g_autoptr (GBytes) of_cli = NULL;
      int status;

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_view (fixture)), "report.save-to", "s", path));
      of_window = wait_for_file (path);
      g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, 0);
      of_cli = test_read_bytes (cli_path);
      g_assert_cmpuint (g_bytes_get_size (of_cli), >, 100);
      g_assert_true (g_bytes_equal (of_window, of_cli));
    }
}

/* Each currency for itself; a text from outside is text. */
static void
test_table (Fixture      *fixture,
            gconstpointer user_data)
{
  open_report (fixture, CFOIL_REPORT_SALES, "store", NULL);
  wait_for_label (fixture, HOSTILE);
  wait_for_label (fixture, "Total EUR");
  wait_for_label (fixture, "Total JPY");
  wait_for_label (fixture, "\xe2\x82\xac" "125.00");
  wait_for_label (fixture, "\xc2\xa5" "680");
}

/* Activating a row opens exactly what it counts. */
static void
test_rows (Fixture      *fixture,
           gconstpointer user_data)
{
  GtkWidget *view;

  open_report (fixture, CFOIL_REPORT_SALES, "store", NULL);
  wait_for_label (fixture, HOSTILE);
  view = find_widget (fixture->window, GTK_TYPE_COLUMN_VIEW, NULL);
  g_signal_emit_by_name (view, "activate", 0);
  spin (50);
  g_assert_null (fixture->asked); /* the title of a group */
  g_signal_emit_by_name (view, "activate", 1);
  spin (50);
  test_assert_contains (fixture->asked, "store:Alpha");
  test_assert_contains (fixture->asked, "currency:EUR");
  test_assert_contains (fixture->asked, "date:2026-03-01..2026-03-31");
}

static void
test_empty (Fixture      *fixture,
            gconstpointer user_data)
{
  const CfoilReportDefinition definition = { .kind = CFOIL_REPORT_FEES, .period = (char *) "1970" };

  cfoil_report_view_open (get_view (fixture), &definition);
  wait_for_label (fixture, "Nothing in This Period");
}

/* A saved definition stands in the list, is renamed, is gone. */
static void
test_saved (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr (CfoilReportDefinition) definition = g_new0 (CfoilReportDefinition, 1);
  g_autoptr (GError) error = NULL;

  definition->kind = CFOIL_REPORT_REFUNDS;
  definition->period = g_strdup ("2026-03");
  definition->name = g_strdup ("Für <b>Anna</b>");
  g_assert_true (cfoil_report_store_put (fixture->mirror->mirror, definition, FALSE, &error));
  g_assert_no_error (error);
  wait_for_label (fixture, "Für <b>Anna</b>");
  wait_for_label (fixture, "Saved");
  cfoil_report_view_open (get_view (fixture), definition);
  spin (100);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_view (fixture)), "report.remove", NULL));
  wait_until_gone (fixture, "Für <b>Anna</b>");
  wait_until_gone (fixture, "Saved");

  /* It comes back as it was. */
  g_signal_emit_by_name (gtk_widget_get_ancestor (wait_for_label (fixture, "Undo"), GTK_TYPE_BUTTON), "clicked");
  wait_for_label (fixture, "Für <b>Anna</b>");
}

/* What is chosen by its name moves on with the days, also when it is saved. */
static void
test_moving (Fixture      *fixture,
             gconstpointer user_data)
{
  static const struct
  {
    const char *period, *title;
  } named[] = { { "lastquarter", "Last Quarter" }, { "lastyear", "Last Year" }, { "lastmonth", "Last Month" } };
  g_autoptr (CfoilDatabase) database = NULL;
  g_autoptr (CfoilReportDefinition) saved = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) windows = NULL;
  GtkWidget *picker;

  open_report (fixture, CFOIL_REPORT_SALES, "store", NULL);
  wait_for_label (fixture, HOSTILE);
  picker = find_widget (GTK_WIDGET (get_view (fixture)), CFOIL_TYPE_PERIOD_PICKER, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_assert_true (gtk_widget_activate_action (picker, "period.choose", "s", named[i].period));
      wait_for_label (fixture, named[i].title);
      g_assert_cmpstr (cfoil_period_picker_get_text (CFOIL_PERIOD_PICKER (picker)), ==, named[i].period);
    }
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_view (fixture)), "report.keep", NULL));
  windows = gtk_window_list_toplevels ();
  for (GList *window = windows; window != NULL; window = window->next)
    if (ADW_IS_MESSAGE_DIALOG (window->data))
      adw_message_dialog_response (window->data, "save");
  wait_for_label (fixture, "Saved");
  database = cfoil_mirror_open_reader (fixture->mirror->mirror, &error);
  g_assert_no_error (error);
  saved = cfoil_report_store_find (database, "Sales Summary: Last Month", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (saved->period, ==, "lastmonth");
}

/* A title stands above its numbers, whichever end that is. */
static void
test_titles (Fixture      *fixture,
             gconstpointer user_data)
{
  open_report (fixture, CFOIL_REPORT_SALES, "store", NULL);
  wait_for_label (fixture, HOSTILE);
  g_assert_cmpfloat (gtk_label_get_xalign (GTK_LABEL (wait_for_label (fixture, "Gross"))), ==, 1);
  g_assert_cmpfloat (gtk_label_get_xalign (GTK_LABEL (wait_for_label (fixture, "Store"))), <, 1);
}

/* Rows of disputes open disputes. */
static void
test_disputes (Fixture      *fixture,
               gconstpointer user_data)
{
  const CfoilReportDefinition definition = { .kind = CFOIL_REPORT_DISPUTES, .period = (char *) "all", .group = (char *) "outcome" };
  CfoilSettlementLine line = test_line ("12345678901", CFOIL_TYPE_CHARGEBACK, NULL, -5000);

  line.provider_id = line.dispute_id = "P01-1-1-B1";
  line.posted_us = MARCH;
  line.currency = "EUR";
  test_put_line (fixture->mirror->writer, &line);
  test_commit (fixture->mirror->writer);
  cfoil_report_view_open (get_view (fixture), &definition);
  wait_for_label (fixture, "Total EUR");
  g_signal_emit_by_name (find_widget (fixture->window, GTK_TYPE_COLUMN_VIEW, NULL), "activate", 1);
  spin (50);
  test_assert_contains (fixture->asked, "no:outcome");
  test_assert_contains (fixture->asked, "opened:");
  test_assert_contains (fixture->asked, "currency:EUR");
}

/* New rows appear by themselves. */
static void
test_changed (Fixture      *fixture,
              gconstpointer user_data)
{
  open_report (fixture, CFOIL_REPORT_SALES, "month", NULL);
  wait_for_label (fixture, "\xe2\x82\xac" "150.00");
  put (fixture->mirror, CFOIL_TYPE_CHARGE, "P01-1-1-C9", 5, 100, 0, "EUR", "Alpha");
  test_commit (fixture->mirror->writer);
  wait_for_label (fixture, "\xe2\x82\xac" "151.00");
}

static void
test_chart (void)
{
  g_autoptr (CfoilTable) table = cfoil_table_new ("sales", "Sales");
  g_autoptr (GPtrArray) currencies = NULL;
  g_autoptr (CfoilChartData) data = NULL;

  cfoil_table_add_column (table, "day", "Day", CFOIL_COLUMN_DAY);
  cfoil_table_add_column (table, "gross", "Gross", CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "zero", "Zero", CFOIL_COLUMN_MONEY);
  for (guint i = 0; i < 6; i++)
    {
      cfoil_table_begin_row (table, i == 2 ? CFOIL_ROW_TOTAL : CFOIL_ROW_PLAIN, "type:charge");
      cfoil_table_add_number (table, 20000 + i);
      cfoil_table_add_money (table, 100 + i, i < 3 ? "EUR" : "USD");
      cfoil_table_add_money (table, 0, i < 3 ? "EUR" : "USD");
    }
  currencies = cfoil_report_chart_list_currencies (table);
  g_assert_cmpuint (currencies->len, ==, 2);
  data = cfoil_report_chart_make (table, "EUR");
  /* Neither sums, nor other currencies, nor what is zero throughout. */
  g_assert_cmpuint (cfoil_chart_data_get_n_points (data), ==, 2);
  g_assert_cmpuint (cfoil_chart_data_get_n_series (data), ==, 1);
  g_assert_cmpint (cfoil_chart_data_get_value (data, 0, 1), ==, 101);
  g_assert_cmpstr (cfoil_chart_data_get_query (data, 0), ==, "type:charge");
  g_assert_null (cfoil_report_chart_make (table, "GBP"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (cfoil_ui_get_resource ());

  g_test_add_func ("/reports/chart", test_chart);
  ADD ("/reports/same-bytes", test_same_bytes);
  ADD ("/reports/table", test_table);
  ADD ("/reports/rows", test_rows);
  ADD ("/reports/moving", test_moving);
  ADD ("/reports/titles", test_titles);
  ADD ("/reports/disputes", test_disputes);
  ADD ("/reports/empty", test_empty);
  ADD ("/reports/saved", test_saved);
  ADD ("/reports/changed", test_changed);
  return g_test_run ();
}
