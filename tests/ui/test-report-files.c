/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query.h"
#include "cfoil-report-files-view.h"
#include "cfoil-report-files.h"
#include "cfoil-ui-resources.h"
#include "sync-fixture.h"
#include "test-support.h"

#include <adwaita.h>
#include <string.h>

/* The provider's reports in the window, against the real simulator: what is pressed here is there
 * on the other side, and nothing is that was not agreed to. */

#define TIMEOUT_US (20 * G_USEC_PER_SEC)
#define MERCHANT "--seed 5 --region eu --transactions 60 --days 20 --until now --throttle off --processing-ms 20 --retention-days 0"
#define REFUNDS "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_"
#define CURRENCIES "_GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_"
#define ORDERS "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_ORDER_REFERENCE_DATA_"

typedef struct
{
  Fixture *sim;
  char *mirror;
  CfoilWorkspace *workspace;
  GtkWidget *window;
  GtkWidget *view;
  char *asked;    /* the query of win.show-rows */
  char *imported; /* the path of win.import-paths */
} Page;

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

static const char *
get_text (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : NULL;
}

/* A mapped widget of TYPE below TOP whose label, or a label in it, is TEXT or (PART) contains it. */
static GtkWidget *
find_below (GtkWidget  *top,
            GType       type,
            const char *text,
            gboolean    part)
{
  const char *have = get_text (top);

  if (!gtk_widget_get_mapped (top))
    return NULL;
  if (have != NULL && (part ? strstr (have, text) != NULL : g_str_equal (have, text)))
    return type == GTK_TYPE_LABEL ? top : gtk_widget_get_ancestor (top, type);
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, type, text, part);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find (GType       type,
      const char *text)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    {
      GtkWidget *found = find_below (item->data, type, text, TRUE);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
wait_for (GType       type,
          const char *text)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;
  GtkWidget *found;

  while ((found = find (type, text)) == NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” is not there", text);
      spin (20);
    }
  return found;
}

static void
wait_until_gone (const char *text)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;

  while (find (GTK_TYPE_LABEL, text) != NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” is still there", text);
      spin (20);
    }
}

static GtkWindow *
wait_for_window (GType type)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (GList) windows = gtk_window_list_toplevels ();

      for (GList *item = windows; item != NULL; item = item->next)
        if (g_type_is_a (G_OBJECT_TYPE (item->data), type) && gtk_widget_get_mapped (item->data))
          return item->data;
      spin (20);
    }
  g_error ("No %s came up", g_type_name (type));
}

/* Waits until it is there, in WINDOW, and can be pressed. */
static void
press (GtkWidget  *window,
       const char *label)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;
  GtkWidget *button;

  while ((button = find_below (window, GTK_TYPE_BUTTON, label, FALSE)) == NULL || !gtk_widget_is_sensitive (button))
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” cannot be pressed", label);
      spin (20);
    }
  g_signal_emit_by_name (button, "clicked");
}

static void
wait_until_idle (Page *page)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;

  while (cfoil_workspace_get_operation (page->workspace) != NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      spin (10);
    }
}

/* --- the other side --- */

/* How many reports of TYPE there are. */
static guint
count_reports (Page       *page,
               const char *type)
{
  g_autoptr (JsonNode) node = fixture_control (page->sim, "GET", "/reports", NULL);
  JsonArray *reports = json_object_get_array_member (json_node_get_object (node), "reports");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (reports); i++)
    n += g_str_equal (json_object_get_string_member (json_array_get_object_element (reports, i), "reportType"), type);
  return n;
}

/* "ID FREQUENCY" of the schedule for TYPE; "" if none. */
static char *
dup_schedule (Page       *page,
              const char *type)
{
  g_autoptr (JsonNode) node = fixture_control (page->sim, "GET", "/schedules", NULL);
  JsonArray *schedules = json_object_get_array_member (json_node_get_object (node), "reportSchedules");

  for (guint i = 0; i < json_array_get_length (schedules); i++)
    {
      JsonObject *schedule = json_array_get_object_element (schedules, i);

      if (g_str_equal (json_object_get_string_member (schedule, "reportType"), type))
        return g_strdup_printf ("%s %s", json_object_get_string_member (schedule, "reportScheduleId"),
                                json_object_get_string_member (schedule, "scheduleFrequency"));
    }
  return g_strdup ("");
}

/* --- the page --- */

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Page *page = user_data;
  g_autoptr (GError) error = NULL;

  page->workspace = cfoil_workspace_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
show_rows_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  Page *page = user_data;

  g_free (page->asked);
  page->asked = g_variant_dup_string (parameter, NULL);
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Page *page = user_data;

  g_free (page->imported);
  g_variant_get_child (parameter, 0, "s", &page->imported);
}

static void
set_up (Page *page)
{
  const GActionEntry entries[] = { { "show-rows", show_rows_cb, "s", NULL, NULL, { 0 } },
                                   { "import-paths", import_cb, "as", NULL, NULL, { 0 } } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();

  page->sim = fixture_new (MERCHANT);
  page->mirror = fixture_new_mirror (page->sim, "mirror");
  g_assert_cmpint (fixture_cli (page->sim, page->mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
  cfoil_workspace_open_async (page->mirror, FALSE, NULL, opened_cb, page);
  while (page->workspace == NULL || cfoil_workspace_get_status (page->workspace) == NULL)
    spin (10);

  page->view = g_object_new (CFOIL_TYPE_REPORT_FILES_VIEW, NULL);
  page->window = gtk_window_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), page);
  gtk_widget_insert_action_group (page->window, "win", G_ACTION_GROUP (actions));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), page->view);
  gtk_window_set_default_size (GTK_WINDOW (page->window), 1100, 700);
  gtk_window_set_child (GTK_WINDOW (page->window), toasts);
  gtk_window_present (GTK_WINDOW (page->window));
  cfoil_report_files_view_set_workspace (CFOIL_REPORT_FILES_VIEW (page->view), page->workspace);
  wait_for (GTK_TYPE_LABEL, "Downloaded");
}

static void
tear_down (Page *page)
{
  gtk_window_destroy (GTK_WINDOW (page->window));
  cfoil_workspace_close (page->workspace);
  spin (400);
  g_assert_finalize_object (page->workspace);
  fixture_free (page->sim);
  g_free (page->mirror);
  g_free (page->asked);
  g_free (page->imported);
}

static void
activate (Page       *page,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (page->view, action, NULL));
}

/* The row in which TEXT stands is selected. */
static void
select_row (const char *text)
{
  GtkWidget *cell = wait_for (GTK_TYPE_LABEL, text);

  while (!gtk_widget_activate_action (cell, "listitem.select", "(bb)", FALSE, FALSE))
    cell = gtk_widget_get_parent (cell);
  spin (50);
}

/* --- tests --- */

/* Asked for once, with the period that was chosen; then it is made, fetched and read. */
static void
test_request (gconstpointer user_data)
{
  Page *page = (Page *) user_data;
  guint n_before = count_reports (page, ORDERS);

  activate (page, "files.request");
  wait_for (GTK_TYPE_LABEL, "The provider makes the report");
  press (GTK_WIDGET (wait_for_window (g_type_from_name ("CfoilReportAskDialog"))), "Request");
  wait_for (GTK_TYPE_LABEL, "Being made");
  wait_until_idle (page);
  g_assert_cmpuint (count_reports (page, ORDERS), ==, n_before + 1);
  /* What was asked for is selected by itself. */
  wait_for (GTK_TYPE_LABEL, "The provider is making it");
  g_assert_null (find (GTK_TYPE_BUTTON, "Show Transactions"));
  spin (100);
  activate (page, "files.download");
  wait_until_gone ("Being made");
  g_assert_cmpuint (count_reports (page, ORDERS), ==, n_before + 1);
}

/* A period that the provider may not take is said to be so, and asked for all the same: nobody
 * has published how long it may be, and a calendar month has 31 days. */
static void
test_too_long (gconstpointer user_data)
{
  Page *page = (Page *) user_data;
  guint n_before = count_reports (page, ORDERS);
  GtkWindow *dialog;
  GtkWidget *button;

  activate (page, "files.request");
  dialog = wait_for_window (g_type_from_name ("CfoilReportAskDialog"));
  wait_for (GTK_TYPE_LABEL, "The provider makes the report");
  for (button = wait_for (GTK_TYPE_LABEL, "Last 28 Days"); g_type_from_name ("CfoilPeriodPicker") != G_OBJECT_TYPE (button);)
    button = gtk_widget_get_parent (button);
  g_assert_true (gtk_widget_activate_action (button, "period.choose", "s", "last90d"));
  wait_for (GTK_TYPE_LABEL, "choose fewer days");
  press (GTK_WIDGET (dialog), "Request");
  wait_for (GTK_TYPE_LABEL, "Being made");
  wait_until_idle (page);
  g_assert_cmpuint (count_reports (page, ORDERS), ==, n_before + 1);
  activate (page, "files.download");
  wait_until_gone ("Being made");
}

/* What nobody can read is kept as it came, said to be so, and can be looked into; each amount
 * is in the currency that stands beside it. */
static void
test_strange (gconstpointer user_data)
{
  Page *page = (Page *) user_data;
  g_autofree char *path = g_build_filename (page->sim->folder, "strange.csv", NULL);
  g_autofree char *here = NULL;

  g_assert_true (g_file_set_contents (path, "AmazonThing\tSaleAmount\tSaleCurrency\tLedgerAmount\tLedgerCurrency\tTotalFee\n"
                                            "P02-1\t10.25\tEUR\t8.75\tGBP\t0.12\n", -1, NULL));
  g_assert_cmpint (fixture_cli (page->sim, page->mirror, 0, NULL, NULL, "import", path, "--account", "shop", NULL), ==, 0);
  here = fixture_dump (page->mirror, "SELECT count (*) FROM transactions WHERE charge_permission_id = 'P02-1'");
  g_assert_cmpstr (here, ==, "0|\n");
  select_row ("Not understood");
  wait_for (GTK_TYPE_LABEL, "nothing was read from it");
  activate (page, "files.open");
  wait_for (GTK_TYPE_LABEL, "1 row");
  wait_for (GTK_TYPE_LABEL, "€10.25");
  wait_for (GTK_TYPE_LABEL, "£8.75");
  /* Which currency it is in nobody says. */
  wait_for (GTK_TYPE_LABEL, "0.12");
  g_assert_null (find (GTK_TYPE_LABEL, "€0.12"));
  activate (page, "files.back");
  wait_for (GTK_TYPE_LABEL, "The files are kept as they came");
}

/* Orders have no rows of their own: their payments are shown, and no query is longer than one
 * may be. */
static void
test_order_rows (gconstpointer user_data)
{
  Page *page = (Page *) user_data;
  CfoilMirror *mirror = cfoil_reader_get_mirror (cfoil_workspace_get_reader (page->workspace));
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror, &error);
  g_autofree char *sha256 = fixture_dump (page->mirror, "SELECT sha256 FROM document JOIN observation USING (document_id) WHERE kind = 3 "
                                                        "GROUP BY 1 ORDER BY count (*) DESC LIMIT 1");
  g_autofree char *query = NULL;
  guint n_more;

  g_assert_no_error (error);
  *strchr (sha256, '|') = '\0';
  query = cfoil_report_file_find_rows (database, sha256, &n_more, &error);
  g_assert_no_error (error);
  g_assert_nonnull (query);
  g_assert_true (g_str_has_prefix (query, "permission:"));
  g_assert_cmpuint (strlen (query), <=, CFOIL_QUERY_MAX_LENGTH);
}

/* Opened as a table, looked through, saved to the last byte, read again. */
static void
test_file (gconstpointer user_data)
{
  Page *page = (Page *) user_data;
  g_autofree char *path = g_build_filename (page->sim->folder, "saved.csv", NULL);
  g_autofree char *sha256 = NULL;
  g_autofree char *have = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *row = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GtkWidget *search;

  select_row ("Settlement reports");
  activate (page, "files.open");
  wait_for (GTK_TYPE_LABEL, " row");
  g_assert_true (gtk_widget_activate_action (page->view, "files.save-to", "s", path));
  wait_for (GTK_TYPE_LABEL, "saved as it came");
  bytes = test_read_bytes (path);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  activate (page, "files.read-again");
  name = g_path_get_basename (page->imported);
  have = g_strndup (name, strlen (sha256));
  g_assert_cmpstr (have, ==, sha256);
  /* The same bytes are the same document: nothing is there twice. */
  sql = g_strdup_printf ("SELECT row_count FROM documents WHERE sha256 = '%s'", sha256);
  row = fixture_dump (page->mirror, sql);
  g_assert_cmpint (fixture_cli (page->sim, page->mirror, 0, NULL, NULL, "import", page->imported, "--account", "shop", NULL), ==, 0);
  g_free (have);
  have = fixture_dump (page->mirror, sql);
  g_assert_cmpstr (have, ==, row);

  search = find_below (page->window, GTK_TYPE_LABEL, "Search in this file", TRUE);
  g_assert_nonnull (search);
  search = gtk_widget_get_ancestor (search, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "nowhere in any report");
  wait_for (GTK_TYPE_LABEL, "0 rows");

  activate (page, "files.show-rows");
  for (guint i = 0; page->asked == NULL && i < 1000; i++)
    spin (10);
  g_assert_true (g_str_has_prefix (page->asked, "settlement:"));
  activate (page, "files.back");
  wait_for (GTK_TYPE_LABEL, "The files are kept as they came");
}

/* Waits until ROW offers it. */
static void
choose (AdwComboRow *row,
        const char  *wanted)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;

  while (g_get_monotonic_time () < end)
    {
      GListModel *titles = adw_combo_row_get_model (row);

      for (guint i = 0; titles != NULL && i < g_list_model_get_n_items (titles); i++)
        {
          g_autoptr (GtkStringObject) title = g_list_model_get_item (titles, i);

          if (!g_str_equal (gtk_string_object_get_string (title), wanted))
            continue;
          adw_combo_row_set_selected (row, i);
          return;
        }
      spin (20);
    }
  g_error ("“%s” cannot be chosen", wanted);
}

/* No feed is made of them: they come when they are asked for, and with each sync, and tell of no
 * time that all of it is here. */
static void
test_currencies (gconstpointer user_data)
{
  Page *page = (Page *) user_data;
  g_autofree char *covered = NULL;
  g_autofree char *state = NULL;
  GtkWidget *dialog, *row;

  activate (page, "files.request");
  dialog = GTK_WIDGET (wait_for_window (g_type_from_name ("CfoilReportAskDialog")));
  while ((row = find_below (dialog, ADW_TYPE_COMBO_ROW, "Report", FALSE)) == NULL)
    spin (20);
  choose (ADW_COMBO_ROW (row), "Multi-currency reports");
  wait_for (GTK_TYPE_LABEL, "perhaps nothing is read from it");
  press (dialog, "Request");
  wait_for (GTK_TYPE_LABEL, "Being made");
  wait_until_idle (page);
  g_assert_cmpuint (count_reports (page, CURRENCIES), ==, 1);
  spin (100);
  g_assert_cmpint (fixture_cli (page->sim, page->mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
  wait_until_gone ("Being made");
  g_assert_cmpuint (count_reports (page, CURRENCIES), ==, 1);
  state = fixture_dump (page->mirror, "SELECT document_state, row_count > 0 FROM reports WHERE provider_type = '" CURRENCIES "'");
  g_assert_cmpstr (state, ==, "done|1|\n");
  covered = fixture_dump (page->mirror, "SELECT count (*) FROM feed_coverage JOIN feed USING (feed_id) WHERE name = 'imports'");
  g_assert_cmpstr (covered, ==, "0|\n");
}

/* Another program's schedule stays as it is until it is agreed that it goes. */
static void
test_replace (gconstpointer user_data)
{
  Page *page = (Page *) user_data;
  g_autoptr (JsonNode) answer = fixture_control (page->sim, "POST", "/schedule",
                                                 "{\"reportType\":\"" REFUNDS "\",\"scheduleFrequency\":\"P7D\"}");
  g_autofree char *before = dup_schedule (page, REFUNDS);
  g_autofree char *kept = NULL;
  g_autofree char *replaced = NULL;
  g_autofree char *gone = NULL;
  GtkWidget *rows, *dialog;
  GtkWindow *question;

  g_signal_emit_by_name (gtk_widget_get_ancestor (wait_for (GTK_TYPE_LABEL, "Schedules"), GTK_TYPE_TOGGLE_BUTTON), "clicked");
  g_assert_true (gtk_widget_activate_action (wait_for (GTK_TYPE_BUTTON, "New Schedule"), "schedules.ask", NULL));
  wait_for (GTK_TYPE_LABEL, "Made by another program");
  wait_until_idle (page);

  press (page->window, "New Schedule…");
  dialog = GTK_WIDGET (wait_for_window (g_type_from_name ("CfoilReportAskDialog")));
  while ((rows = find_below (dialog, ADW_TYPE_COMBO_ROW, "Report", FALSE)) == NULL)
    spin (20);
  choose (ADW_COMBO_ROW (rows), "Refund reports");
  press (dialog, "Create");
  question = wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  wait_for (GTK_TYPE_LABEL, "Every 7 days");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "cancel");
  gtk_window_destroy (question);
  spin (100);
  kept = dup_schedule (page, REFUNDS);
  g_assert_cmpstr (kept, ==, before);

  press (dialog, "Create");
  question = wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "action");
  gtk_window_destroy (question);
  wait_for (GTK_TYPE_LABEL, "Made by this program");
  wait_until_idle (page);
  replaced = dup_schedule (page, REFUNDS);
  g_assert_cmpstr (replaced, !=, before);
  g_assert_true (g_str_has_suffix (replaced, " P1D"));

  /* It goes only after the question. */
  g_assert_true (gtk_widget_activate_action (wait_for (GTK_TYPE_LABEL, "Made by this program"), "schedules.cancel", "u", 0));
  question = wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "action");
  gtk_window_destroy (question);
  wait_until_gone ("Made by this program");
  wait_until_idle (page);
  gone = dup_schedule (page, REFUNDS);
  g_assert_cmpstr (gone, ==, "");
}

int
main (int    argc,
      char **argv)
{
  Page page = { 0 };
  int failures;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (cfoil_ui_get_resource ());

  /* One merchant for all: each looks only at what it did itself. */
  set_up (&page);
  g_test_add_data_func ("/report-files/request", &page, test_request);
  g_test_add_data_func ("/report-files/too-long", &page, test_too_long);
  g_test_add_data_func ("/report-files/file", &page, test_file);
  g_test_add_data_func ("/report-files/order-rows", &page, test_order_rows);
  g_test_add_data_func ("/report-files/strange", &page, test_strange);
  g_test_add_data_func ("/report-files/currencies", &page, test_currencies);
  g_test_add_data_func ("/report-files/replace", &page, test_replace);
  failures = g_test_run ();
  tear_down (&page);
  return failures;
}
