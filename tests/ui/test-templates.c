/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account-dialog.h"
#include "cfoil-account-group.h"
#include "cfoil-banner.h"
#include "cfoil-coverage-bar.h"
#include "cfoil-exception-row.h"
#include "cfoil-exceptions-page.h"
#include "cfoil-export-dialog.h"
#include "cfoil-feed-row.h"
#include "cfoil-notification-dialog.h"
#include "cfoil-preferences.h"
#include "cfoil-record-columns.h"
#include "cfoil-record-selection.h"
#include "cfoil-shell.h"
#include "cfoil-sync-page.h"
#include "cfoil-transactions-page.h"
#include "cfoil-ui-resources.h"
#include "cfoil-welcome.h"
#include "cfoil-window.h"
#include "cfoil-words.h"

/* Any warning, of GTK's builder too, ends the program. */

#define HOSTILE "Tom & Jerry <b>VIP</b> <a href='file:///etc/passwd'>Refund now</a>"

static void
test_instantiate (gconstpointer user_data)
{
  GType type = *(const GType *) user_data;
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  gpointer alive = widget;

  g_object_add_weak_pointer (G_OBJECT (widget), &alive);
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_object_unref (widget);
  /* What was being read for it is answered first. */
  while (alive != NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (alive);
}

static void
add_types (void)
{
  static GType types[13];
  guint n = 0;

  types[n++] = CFOIL_TYPE_BANNER;
  types[n++] = CFOIL_TYPE_SHELL;
  types[n++] = CFOIL_TYPE_WELCOME;
  types[n++] = CFOIL_TYPE_TRANSACTIONS_PAGE;
  types[n++] = CFOIL_TYPE_SYNC_PAGE;
  types[n++] = CFOIL_TYPE_EXCEPTIONS_PAGE;
  types[n++] = CFOIL_TYPE_EXCEPTION_ROW;
  types[n++] = CFOIL_TYPE_FEED_ROW;
  types[n++] = CFOIL_TYPE_COVERAGE_BAR;
  types[n++] = CFOIL_TYPE_ACCOUNT_DIALOG;
  types[n++] = CFOIL_TYPE_EXPORT_DIALOG;
  types[n++] = CFOIL_TYPE_NOTIFICATION_DIALOG;
  types[n++] = CFOIL_TYPE_PREFERENCES;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat ("/templates/", g_type_name (types[i]), NULL);

      g_test_add_data_func (path, &types[i], test_instantiate);
    }
}

static void
show (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What a provider says is shown letter by letter. */
static void
test_hostile_feed (void)
{
  static const CfoilFeedInfo info = { "settlement-reports", "Settlement reports", CFOIL_FEED_REPORTS, 1 };
  g_autoptr (CfoilIntervalSet) coverage = cfoil_interval_set_new ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  CfoilFeedRow *row = cfoil_feed_row_new (&info);
  GtkWidget *list = gtk_list_box_new ();
  CfoilFeedStatus status = {
    .name = (char *) "settlement-reports",
    .fresh_us = 1,
    .tried_us = 2,
    .n_rows = 3,
    .error_name = (char *) "no-such-name",
    .error_message = (char *) HOSTILE,
    .error_request_id = (char *) HOSTILE,
    .coverage = coverage,
  };

  cfoil_interval_set_add (coverage, 0, 100 * G_TIME_SPAN_DAY);
  cfoil_interval_set_add (coverage, 120 * G_TIME_SPAN_DAY, 300 * G_TIME_SPAN_DAY);
  cfoil_feed_row_set_status (row, NULL, utc);
  cfoil_feed_row_set_status (row, &status, utc);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (row));
  show (list);
}

static void
test_hostile_exception (void)
{
  g_autoptr (CfoilExceptionItem) item = g_object_new (CFOIL_TYPE_EXCEPTION_ITEM, NULL);
  CfoilExceptionRow *row = cfoil_exception_row_new ();

  item->account = g_strdup (HOSTILE);
  item->kind = g_strdup ("no_such_kind");
  item->subject = g_strdup (HOSTILE);
  item->message = g_strdup (HOSTILE);
  item->raw = g_strdup (HOSTILE "\n" HOSTILE);
  item->row_number = 7;
  cfoil_exception_row_set_item (row, item, HOSTILE);
  show (GTK_WIDGET (row));
}

static void
test_coverage_words (void)
{
  g_autoptr (CfoilIntervalSet) coverage = cfoil_interval_set_new ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  CfoilCoverageBar *bar = g_object_ref_sink (g_object_new (CFOIL_TYPE_COVERAGE_BAR, NULL));

  cfoil_interval_set_add (coverage, 0, 10 * G_TIME_SPAN_DAY);
  cfoil_interval_set_add (coverage, 20 * G_TIME_SPAN_DAY, 30 * G_TIME_SPAN_DAY);
  cfoil_coverage_bar_set_coverage (bar, coverage, 0, 30 * G_TIME_SPAN_DAY, utc);
  g_assert_cmpuint (cfoil_coverage_bar_get_n_gaps (bar), ==, 1);
  g_assert_cmpstr (cfoil_coverage_bar_get_description (bar), ==,
                   "From 1 Jan 1970 to 31 Jan 1970, with 1 gap: 11 Jan 1970 – 21 Jan 1970");
  g_assert_finalize_object (bar);
}

static void
test_columns (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  CfoilRecord record = {
    .type = CFOIL_TYPE_OTHER,
    .state = CFOIL_STATE_OTHER,
    .provider_type = (char *) "Gift <wrap>",
    .provider_state = (char *) "Pondering",
    .currency = (char *) "USD",
    .amount_minor = 12345,
    .gross_minor = 0,
    .fee_minor = CFOIL_UNKNOWN,
    .net_minor = -250,
    .time_us = 0,
    .buyer = (char *) "\xe2\x81\xa8\xd7\xa9\xe2\x81\xa9",
  };
  static const struct
  {
    CfoilColumn column;
    const char *shown;
    const char *copied;
  } cases[] = {
    { CFOIL_COLUMN_TIME, "1 Jan 1970, 01:00", "1970-01-01T01:00:00+01:00" },
    { CFOIL_COLUMN_TYPE, "Gift <wrap>", "Gift <wrap>" },
    { CFOIL_COLUMN_STATE, "Pondering", "Pondering" },
    { CFOIL_COLUMN_DESCRIPTION, "\xe2\x81\xa8\xd7\xa9\xe2\x81\xa9", "\xd7\xa9" },
    { CFOIL_COLUMN_GROSS, "123.45", "0.00" },
    { CFOIL_COLUMN_FEE, "\xe2\x80\x94", "" },
    { CFOIL_COLUMN_NET, "\xe2\x88\x92" "2.50", "-2.50" },
    { CFOIL_COLUMN_REFERENCE, "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = cfoil_column_dup_text (cases[i].column, &record, berlin, FALSE);
      g_autofree char *copied = cfoil_column_dup_text (cases[i].column, &record, berlin, TRUE);

      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpstr (copied, ==, cases[i].copied);
    }
}

static void
test_fresh_words (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *now = cfoil_words_fresh (0, 5 * G_TIME_SPAN_SECOND, utc);
  g_autofree char *minutes = cfoil_words_fresh (0, 5 * G_TIME_SPAN_MINUTE, utc);
  g_autofree char *hour = cfoil_words_fresh (0, 90 * G_TIME_SPAN_MINUTE, utc);
  g_autofree char *days = cfoil_words_fresh (0, 5 * G_TIME_SPAN_DAY, utc);

  g_assert_cmpstr (now, ==, "Up to date as of just now");
  g_assert_cmpstr (minutes, ==, "Up to date as of 5 minutes ago");
  g_assert_cmpstr (hour, ==, "Up to date as of 1 hour ago");
  g_assert_cmpstr (days, ==, "Up to date as of 1 Jan 1970, 00:00");
}

/* --- the selection, over ids that change under it --- */

static void
change_ids (CfoilRecordModel *model,
            GArray           *old_ids,
            GArray           *new_ids)
{
  g_signal_emit_by_name (model, "ids-changing", old_ids, new_ids);
}

static GArray *
ids_of (const gint64 *ids,
        guint         n)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));

  return g_array_append_vals (array, ids, n);
}

static void
test_selection_follows_rows (void)
{
  static const gint64 before[] = { 9, 8, 7, 6, 5, 4, 3, 2, 1 };
  static const gint64 after[] = { 10, 9, 8, 5, 6, 7, 4, 2, 1 };
  g_autoptr (CfoilRecordQuery) query = cfoil_record_query_new ();
  g_autoptr (CfoilRecordModel) model = cfoil_record_model_new (NULL, query);
  g_autoptr (CfoilRecordSelection) selection = cfoil_record_selection_new (model);
  GArray *ids = cfoil_record_model_get_ids (model);
  g_autoptr (GArray) old_ids = ids_of (before, G_N_ELEMENTS (before));
  g_autoptr (GArray) new_ids = ids_of (after, G_N_ELEMENTS (after));

  g_array_append_vals (ids, before, G_N_ELEMENTS (before));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 1, FALSE); /* 8 */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 2, FALSE); /* 7 */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 6, FALSE); /* 3 */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 8, FALSE); /* 1 */
  g_assert_cmpuint (cfoil_record_selection_get_n_selected (selection), ==, 4);

  change_ids (model, old_ids, new_ids);
  g_assert_cmpuint (cfoil_record_selection_get_n_selected (selection), ==, 3);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), 2));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), 5));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), 8));

  gtk_selection_model_select_all (GTK_SELECTION_MODEL (selection));
  g_assert_cmpuint (cfoil_record_selection_get_n_selected (selection), ==, 9);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (selection));
  g_assert_cmpuint (cfoil_record_selection_get_n_selected (selection), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (cfoil_ui_get_resource ());

  add_types ();
  g_test_add_func ("/hostile/feed", test_hostile_feed);
  g_test_add_func ("/hostile/exception", test_hostile_exception);
  g_test_add_func ("/coverage/words", test_coverage_words);
  g_test_add_func ("/columns/texts", test_columns);
  g_test_add_func ("/words/fresh", test_fresh_words);
  g_test_add_func ("/selection/follows-rows", test_selection_follows_rows);
  return g_test_run ();
}
