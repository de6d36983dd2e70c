/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account-dialog.h"
#include "cfoil-account-group.h"
#include "cfoil-answer-preview.h"
#include "cfoil-answer-window.h"
#include "cfoil-banner.h"
#include "cfoil-coverage-bar.h"
#include "cfoil-exception-row.h"
#include "cfoil-exceptions-page.h"
#include "cfoil-exhibit-file-row.h"
#include "cfoil-exhibit-row.h"
#include "cfoil-export-dialog.h"
#include "cfoil-feed-row.h"
#include "cfoil-fit-meter.h"
#include "cfoil-library-dialog.h"
#include "cfoil-library-window.h"
#include "cfoil-notification-dialog.h"
#include "cfoil-preferences.h"
#include "cfoil-preferences-limits.h"
#include "cfoil-record-columns.h"
#include "cfoil-record-selection.h"
#include "cfoil-record-text.h"
#include "cfoil-shell.h"
#include "cfoil-shown-text.h"
#include "cfoil-sync-page.h"
#include "cfoil-totals-bar.h"
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
  static GType types[21];
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
  types[n++] = CFOIL_TYPE_PREFERENCES_LIMITS;
  types[n++] = CFOIL_TYPE_ANSWER_PREVIEW;
  types[n++] = CFOIL_TYPE_ANSWER_WINDOW;
  types[n++] = CFOIL_TYPE_EXHIBIT_FILE_ROW;
  types[n++] = CFOIL_TYPE_EXHIBIT_ROW;
  types[n++] = CFOIL_TYPE_FIT_METER;
  types[n++] = CFOIL_TYPE_LIBRARY_DIALOG;
  types[n++] = CFOIL_TYPE_LIBRARY_WINDOW;
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
  g_autoptr (CfoilRecord) record = cfoil_record_new (1);
  static const struct
  {
    CfoilField field;
    const char *shown;
    const char *copied;
    const char *term;
  } cases[] = {
    { CFOIL_FIELD_TIME, "1 Jan 1970, 01:00", "1970-01-01T01:00:00+01:00", "date:1970-01-01" },
    { CFOIL_FIELD_TYPE, "Gift <wrap>", "Gift <wrap>", "type:other" },
    { CFOIL_FIELD_STATE, "Pondering", "Pondering", "state:other" },
    { CFOIL_FIELD_BUYER_NAME, "\xe2\x81\xa8\xd7\xa9\xe2\x81\xa9", "\xd7\xa9", "buyer:\xd7\xa9" },
    { CFOIL_FIELD_AMOUNT, "123.45", "123.45", "amount:123.45" },
    { CFOIL_FIELD_GROSS, "0.00", "0.00", "gross:0.00" },
    { CFOIL_FIELD_FEE, "\xe2\x80\x94", "", "no:fee" },
    { CFOIL_FIELD_NET, "\xe2\x88\x92" "2.50", "-2.50", "net:-2.50" },
    { CFOIL_FIELD_FEE_RATE, "2.90\u00a0%", "0.029000", "rate:2.9000" },
    { CFOIL_FIELD_FLAGS, "Disputed, Has a note", "Disputed, Has a note", "is:disputed" },
    { CFOIL_FIELD_REFERENCE, "", "", "no:reference" },
  };

  cfoil_record_set_number (record, CFOIL_FIELD_TYPE, CFOIL_TYPE_OTHER);
  cfoil_record_set_number (record, CFOIL_FIELD_STATE, CFOIL_STATE_OTHER);
  cfoil_record_set_text (record, CFOIL_FIELD_PROVIDER_TYPE, "Gift <wrap>");
  cfoil_record_set_text (record, CFOIL_FIELD_PROVIDER_STATE, "Pondering");
  cfoil_record_set_text (record, CFOIL_FIELD_CURRENCY, "USD");
  cfoil_record_set_number (record, CFOIL_FIELD_AMOUNT, 12345);
  cfoil_record_set_number (record, CFOIL_FIELD_GROSS, 0);
  cfoil_record_set_number (record, CFOIL_FIELD_FEE, CFOIL_UNKNOWN);
  cfoil_record_set_number (record, CFOIL_FIELD_NET, -250);
  cfoil_record_set_number (record, CFOIL_FIELD_FEE_RATE, 29000);
  cfoil_record_set_number (record, CFOIL_FIELD_FLAGS, CFOIL_FLAG_DISPUTED | CFOIL_FLAG_NOTE);
  cfoil_record_set_number (record, CFOIL_FIELD_TIME, 0);
  cfoil_record_set_text (record, CFOIL_FIELD_BUYER_NAME, "\xd7\xa9");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = cfoil_record_dup_shown (record, cases[i].field, berlin);
      g_autofree char *copied = cfoil_record_dup_plain (record, cases[i].field, berlin);
      g_autofree char *term = cfoil_record_dup_term (record, cases[i].field, berlin, FALSE);
      g_autoptr (CfoilQuery) query = cfoil_query_parse (term);

      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpstr (copied, ==, cases[i].copied);
      g_assert_cmpstr (term, ==, cases[i].term);
      g_assert_cmpuint (cfoil_query_get_n_terms (query), ==, 1);
      g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
    }
}

/* Of a text that was cut, the beginning finds it. */
static void
test_long_term (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (CfoilRecord) record = cfoil_record_new (1);
  g_autofree char *note = g_strnfill (3 * CFOIL_SHOWN_TEXT_MAX, 'n');
  g_autofree char *start = g_strnfill (CFOIL_SHOWN_TEXT_MAX, 'n');
  g_autofree char *expected = g_strconcat ("note:", start, NULL);
  g_autofree char *term = NULL;

  cfoil_record_set_text (record, CFOIL_FIELD_NOTE, note);
  term = cfoil_record_dup_term (record, CFOIL_FIELD_NOTE, zone, FALSE);
  g_assert_cmpstr (term, ==, expected);
}

/* As they are written again: or else each would be kept as the user's change. */
static void
test_shipped_columns (void)
{
  static const char *const keys[] = { "awaiting-capture", "expiring", "declined" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *columns = cfoil_saved_view_get_shipped_columns (keys[i]);
      g_autoptr (GArray) choices = cfoil_column_choices_parse (columns);
      g_autofree char *text = cfoil_column_choices_to_text (choices);
      CfoilFieldSet fields = cfoil_column_choices_get_fields (choices);

      g_assert_cmpstr (text, ==, columns);
      g_assert_true ((fields & CFOIL_FIELD_BIT (CFOIL_FIELD_AMOUNT)) != 0);
      g_assert_true ((fields & CFOIL_FIELD_BIT (CFOIL_FIELD_GROSS)) == 0);
    }
}

static void
test_column_choices (void)
{
  static const struct
  {
    const char *text;
    const char *start; /* of what it is written as; NULL: nothing */
    guint n_visible;
  } cases[] = {
    { NULL, NULL, 12 },
    { "", NULL, 12 },
    { "nonsense,,-:9", NULL, 12 },
    { CFOIL_EXPORT_USUAL_COLUMNS, NULL, 12 },
    { "net, time:150 ,net", "net,time:150,", 2 },
    { "-type:99999999999,note", "-type,note,", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) choices = cfoil_column_choices_parse (cases[i].text);
      g_autofree char *text = cfoil_column_choices_to_text (choices);
      g_autoptr (GArray) again = cfoil_column_choices_parse (text);
      g_autofree char *same = cfoil_column_choices_to_text (again);
      guint n_visible = 0;

      g_assert_cmpuint (choices->len, ==, CFOIL_N_FIELDS);
      for (guint j = 0; j < choices->len; j++)
        n_visible += g_array_index (choices, CfoilColumnChoice, j).is_visible;
      g_assert_cmpuint (n_visible, ==, cases[i].n_visible);
      g_assert_cmpstr (text, ==, same);
      if (cases[i].start == NULL)
        g_assert_null (text);
      else
        g_assert_true (g_str_has_prefix (text, cases[i].start));
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
  g_autoptr (GArray) old_ids = ids_of (before, G_N_ELEMENTS (before));
  g_autoptr (GArray) new_ids = ids_of (after, G_N_ELEMENTS (after));
  g_autoptr (CfoilRecordChange) change = cfoil_record_change_new (old_ids, new_ids);
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mapped = NULL;

  gtk_bitset_add (selected, 1); /* 8 */
  gtk_bitset_add (selected, 2); /* 7 */
  gtk_bitset_add (selected, 6); /* 3 */
  gtk_bitset_add (selected, 8); /* 1 */
  mapped = cfoil_record_selection_map (selected, change);
  g_assert_cmpuint (gtk_bitset_get_size (mapped), ==, 3);
  g_assert_true (gtk_bitset_contains (mapped, 2));
  g_assert_true (gtk_bitset_contains (mapped, 5));
  g_assert_true (gtk_bitset_contains (mapped, 8));
}

/* Whatever becomes of the rows, the same of them are chosen. */
static void
test_selection_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GArray) old_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) new_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);
      g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
      g_autoptr (GtkBitset) mapped = NULL;
      g_autoptr (CfoilRecordChange) change = NULL;

      for (gint64 id = 1; id <= 60; id++)
        {
          if (g_test_rand_int_range (0, 8) > 0)
            g_array_insert_val (old_ids, (guint) g_test_rand_int_range (0, (gint32) old_ids->len + 1), id);
          if (g_test_rand_int_range (0, 8) > 0)
            g_array_insert_val (new_ids, round % 2 == 0 ? new_ids->len : (guint) g_test_rand_int_range (0, (gint32) new_ids->len + 1), id);
        }
      for (guint i = 0; i < old_ids->len; i++)
        if (g_test_rand_int_range (0, 3) == 0)
          {
            gtk_bitset_add (selected, i);
            g_hash_table_add (chosen, GINT_TO_POINTER ((int) g_array_index (old_ids, gint64, i)));
          }
      change = cfoil_record_change_new (old_ids, new_ids);
      mapped = cfoil_record_selection_map (selected, change);
      for (guint i = 0; i < new_ids->len; i++)
        g_assert_cmpint (gtk_bitset_contains (mapped, i), ==,
                         g_hash_table_contains (chosen, GINT_TO_POINTER ((int) g_array_index (new_ids, gint64, i))));
      if (!gtk_bitset_is_empty (mapped))
        g_assert_cmpuint (gtk_bitset_get_maximum (mapped), <, new_ids->len);
    }
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
  g_test_add_func ("/record-text/long-term", test_long_term);
  g_test_add_func ("/columns/choices", test_column_choices);
  g_test_add_func ("/columns/shipped-columns", test_shipped_columns);
  g_test_add_func ("/words/fresh", test_fresh_words);
  g_test_add_func ("/selection/follows-rows", test_selection_follows_rows);
  g_test_add_func ("/selection/random", test_selection_random);
  return g_test_run ();
}
