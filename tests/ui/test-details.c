/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-link.h"
#include "cfoil-details-pane.h"
#include "cfoil-details-words.h"
#include "cfoil-ui-resources.h"
#include "test-mirror.h"

#include <string.h>

#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY
#define HOSTILE "Tom & <b>Jerry</b> <a href='file:///etc/passwd'>Refund</a>"
#define TIMEOUT_US (10 * G_USEC_PER_SEC)

typedef struct
{
  TestMirror *mirror;
  CfoilWorkspace *workspace;
  GtkWidget *window;
  CfoilDetailsPane *pane;
  gint64 opened; /* by ::open-transaction */
  char *query;   /* by ::filter */
  guint n_closed;
} Fixture;

/* --- data --- */

static void
put (TestMirror      *mirror,
     gint64           feed,
     CfoilObservation said)
{
  cfoil_writer_set_source (mirror->writer, feed, 0, TRUE);
  test_put_observation (mirror->writer, &said);
}

static void
put_story (TestMirror *mirror)
{
  gint64 objects = test_open_feed (mirror->writer, "objects", 50);
  CfoilObservation permission = test_observation (CFOIL_OBJECT_PERMISSION, "S01-1234567-1234567", 2 * DAY);
  CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, "S01-1234567-1234567-C000001", 3 * HOUR);
  CfoilObservation refund = test_observation (CFOIL_OBJECT_REFUND, "S01-1234567-1234567-R000001", 6 * HOUR);
  CfoilObservation dispute = test_observation (CFOIL_OBJECT_DISPUTE, "S01-1234567-1234567-B000001", 9 * HOUR);
  CfoilSettlementLine line = test_line ("12345678901", CFOIL_TYPE_CHARGE, charge.object_id, 1234567);
  CfoilDisbursement payout = { "12345678901", NULL, "AMZNXYZ", "USD", 900000, 5 * DAY, "{}" };

  permission.created_us = HOUR;
  permission.state = CFOIL_STATE_CLOSED;
  permission.provider_state = "Closed";
  permission.reason = "AmazonClosed";
  permission.buyer_id = "BUYER1";
  permission.buyer_name = HOSTILE;
  permission.buyer_email = "tom@example.com";
  put (mirror, objects, permission);
  charge.created_us = 2 * HOUR;
  charge.state = CFOIL_STATE_CAPTURED;
  charge.permission_id = "S01-1234567-1234567";
  charge.merchant_reference = "ORDER-77 " HOSTILE;
  charge.description = HOSTILE;
  charge.store = "Main store";
  charge.currency = "USD";
  charge.amount_minor = charge.moved_minor = 1234567;
  charge.refunded_minor = 1000;
  charge.raw = "{\"chargeId\":\"S01\",\"chargeAmount\":{\"amount\":\"12345.67\",\"currencyCode\":\"USD\"}}";
  put (mirror, objects, charge);
  charge.object_id = "S01-1234567-1234567-C000002";
  charge.created_us = 5 * DAY;
  charge.state = CFOIL_STATE_AUTHORIZED;
  charge.moved_minor = 0;
  charge.expires_us = 35 * DAY;
  put (mirror, objects, charge);
  charge.object_id = "S01-1234567-1234567-C000003";
  charge.state = CFOIL_STATE_DECLINED;
  charge.provider_state = "Declined";
  charge.reason = "SoftDeclined";
  put (mirror, objects, charge);

  refund.created_us = 4 * HOUR;
  refund.state = CFOIL_STATE_REFUNDED;
  refund.charge_id = "S01-1234567-1234567-C000001";
  refund.currency = "USD";
  refund.amount_minor = 1000;
  refund.moved_minor = -1000;
  put (mirror, objects, refund);
  dispute.created_us = 8 * HOUR;
  dispute.state = CFOIL_STATE_NEEDS_RESPONSE;
  dispute.charge_id = "S01-1234567-1234567-C000001";
  dispute.reason = "ProductNotReceived";
  dispute.deadline_us = 12 * DAY;
  put (mirror, objects, dispute);

  cfoil_writer_set_source (mirror->writer, mirror->feed_id, mirror->document_id, FALSE);
  line.fee_percentage_minor = -35802;
  line.fee_fixed_minor = -30;
  line.fee_minor = -35832;
  line.net_minor = 1198735;
  test_put_line (mirror->writer, &line);
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &payout, NULL));
  test_commit (mirror->writer);
}

/* --- looking and waiting --- */

typedef gboolean (*Condition) (Fixture    *fixture,
                               const char *text);

static void
wait_for (Fixture    *fixture,
          Condition   condition,
          const char *text)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;

  while (!condition (fixture, text))
    {
      if (g_get_monotonic_time () > end)
        g_error ("Waited in vain for: %s", text);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static void
spin (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

typedef gboolean (*Match) (GtkWidget  *widget,
                           const char *text);

static GtkWidget *
find (GtkWidget  *top,
      Match       match,
      const char *text)
{
  /* Pages of a stack that are not in front are visible, but not as children. */
  if (!gtk_widget_get_visible (top) || !gtk_widget_get_child_visible (top))
    return NULL;
  if (match (top, text))
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_label (GtkWidget  *widget,
          const char *text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_button (GtkWidget  *widget,
           const char *text)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0;
}

static gboolean
has_tooltip (GtkWidget  *widget,
             const char *text)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static gboolean
is_note (GtkWidget  *widget,
         const char *text)
{
  return GTK_IS_TEXT_VIEW (widget) && gtk_text_view_get_editable (GTK_TEXT_VIEW (widget));
}

static gboolean
is_raw (GtkWidget  *widget,
        const char *text)
{
  return GTK_IS_TEXT_VIEW (widget) && !gtk_text_view_get_editable (GTK_TEXT_VIEW (widget));
}

static gboolean
is_switch (GtkWidget  *widget,
           const char *text)
{
  return GTK_IS_SWITCH (widget);
}

static gboolean
is_entry (GtkWidget  *widget,
          const char *text)
{
  return GTK_IS_ENTRY (widget);
}

static gboolean
is_expander (GtkWidget  *widget,
             const char *text)
{
  return GTK_IS_EXPANDER (widget);
}

static gboolean
is_shown (Fixture    *fixture,
          const char *text)
{
  return find (fixture->window, is_label, text) != NULL;
}

static gboolean
is_hidden (Fixture    *fixture,
           const char *text)
{
  return !is_shown (fixture, text);
}

static gboolean
is_exactly (GtkWidget  *widget,
            const char *text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
has_id (Fixture    *fixture,
        const char *text)
{
  return find (fixture->window, is_exactly, text) != NULL;
}

static GtkTextBuffer *
note_of (Fixture *fixture)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (fixture->window, is_note, NULL)));
}

static char *
dup_buffer (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
has_note (Fixture    *fixture,
          const char *text)
{
  g_autofree char *note = dup_buffer (note_of (fixture));

  return g_str_equal (note, text);
}

static gboolean
is_stored (Fixture    *fixture,
           const char *text)
{
  g_autofree char *rows = test_dump (fixture->mirror->mirror,
                                     "SELECT substr (transaction_id, -7) || ':' || note || ':' || tags || ':' || (reviewed_us IS NOT NULL) "
                                     "FROM annotation ORDER BY 1");

  g_strdelimit (rows, "\n", ' ');
  return g_str_equal (rows, text);
}

static gboolean
is_opened (Fixture    *fixture,
           const char *text)
{
  return fixture->workspace != NULL;
}

static void
show (Fixture    *fixture,
      const char *end_of_id)
{
  g_autofree char *id = g_strconcat ("S01-1234567-1234567-", end_of_id, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT txn_id FROM txn WHERE transaction_id = '%s'", id);

  cfoil_details_pane_set_transaction (fixture->pane, test_count (fixture->mirror->mirror, sql));
  wait_for (fixture, has_id, id);
}

static void
press (Fixture    *fixture,
       Match       match,
       const char *text)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_US;
  GtkWidget *button;

  /* The button of a toast comes when the toast has come. */
  while ((button = find (fixture->window, match, text)) == NULL && g_get_monotonic_time () < end)
    spin (10);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
take_picture (Fixture    *fixture,
              const char *name)
{
  const char *folder = g_getenv ("COUNTERFOIL_TEST_PICTURES");
  g_autofree char *path = folder != NULL ? g_strdup_printf ("%s/details-%s.png", folder, name) : NULL;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (fixture->window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GskRenderNode) node = NULL;

  if (path == NULL)
    return;
  spin (300);
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* --- fixture --- */

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
open_cb (Fixture *fixture,
         gint64   txn_id)
{
  fixture->opened = txn_id;
}

static void
filter_cb (Fixture    *fixture,
           const char *query)
{
  g_free (fixture->query);
  fixture->query = g_strdup (query);
}

static void
close_cb (Fixture *fixture)
{
  fixture->n_closed++;
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  GtkWidget *toasts = adw_toast_overlay_new ();

  fixture->mirror = test_mirror_new ();
  put_story (fixture->mirror);
  cfoil_workspace_open_async (fixture->mirror->folder->path, FALSE, NULL, opened_cb, fixture);
  wait_for (fixture, is_opened, "workspace");
  cfoil_workspace_set_time_zone_name (fixture->workspace, "Europe/Berlin");

  fixture->pane = CFOIL_DETAILS_PANE (cfoil_details_pane_new ());
  g_signal_connect_swapped (fixture->pane, "open-transaction", G_CALLBACK (open_cb), fixture);
  g_signal_connect_swapped (fixture->pane, "filter", G_CALLBACK (filter_cb), fixture);
  g_signal_connect_swapped (fixture->pane, "close", G_CALLBACK (close_cb), fixture);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (fixture->pane));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 800);
  gtk_window_set_child (GTK_WINDOW (fixture->window), toasts);
  gtk_window_present (GTK_WINDOW (fixture->window));
  cfoil_details_pane_set_workspace (fixture->pane, fixture->workspace);
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
  g_free (fixture->query);
}

/* --- tests --- */

static void
test_contents (Fixture      *fixture,
               gconstpointer user_data)
{
  static const char *const texts[] = {
    "Payment", "Captured", "$12,345.67", "Percentage fee", "2.90 %", "Times in Europe/Berlin", "Payment created",
    "1 Jan 1970, 03:00 · Payments, refunds and disputes", "Refund completed", "Dispute opened",
    "The buyer says that the product did not arrive. (ProductNotReceived)", "Answer due", "13 Jan 1970, 00:00 UTC",
    "Amazon closed it. (AmazonClosed)", "Paid out", HOSTILE, "12345678901", "AMZNXYZ", "Main store", "2 other payments",
  };

  show (fixture, "C000001");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!is_shown (fixture, texts[i]))
      g_error ("Not shown: %s", texts[i]);
  take_picture (fixture, "charge");

  /* Never zero for what nobody knows. */
  show (fixture, "C000002");
  wait_for (fixture, is_shown, "not known until settled");
  g_assert_true (is_shown (fixture, "Authorization expires"));
  g_assert_true (is_shown (fixture, "Asked for; no money has moved."));
  show (fixture, "C000003");
  wait_for (fixture, is_shown, "Declined for the time being.");
  g_assert_true (is_shown (fixture, "SoftDeclined"));
  g_assert_false (is_shown (fixture, "not known until settled"));
  take_picture (fixture, "declined");
}

static GtkWidget *
row_of (Fixture    *fixture,
        const char *text)
{
  GtkWidget *label = find (fixture->window, is_label, text);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW);
}

static void
test_signals (Fixture      *fixture,
              gconstpointer user_data)
{
  show (fixture, "C000001");
  g_signal_emit_by_name (row_of (fixture, "Refund · Refunded"), "activate");
  g_assert_cmpint (fixture->opened, ==, test_count (fixture->mirror->mirror, "SELECT txn_id FROM txn WHERE type = 2"));
  g_signal_emit_by_name (row_of (fixture, "Show all payments of this buyer"), "activate");
  g_assert_cmpstr (fixture->query, ==, "buyer_id:BUYER1");
  press (fixture, has_tooltip, "Close Details");
  g_assert_cmpuint (fixture->n_closed, ==, 1);
}

static void
test_raw_text (Fixture      *fixture,
               gconstpointer user_data)
{
  GtkWidget *expander;
  g_autofree char *text = NULL;

  show (fixture, "C000001");
  expander = find (fixture->window, is_expander, NULL);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  text = dup_buffer (gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (fixture->window, is_raw, NULL))));
  test_assert_contains (text, "# Payments, refunds and disputes · S01-1234567-1234567-C000001");
  test_assert_contains (text, "    \"amount\": \"12345.67\",\n");
  test_assert_contains (text, "# Settlement reports");
  test_assert_contains (text, "row 1\n");
}

static void
test_note (Fixture      *fixture,
           gconstpointer user_data)
{
  show (fixture, "C000001");
  gtk_text_buffer_insert_at_cursor (note_of (fixture), "call her", -1);
  wait_for (fixture, is_stored, "C000001:call her::0 ");
  wait_for (fixture, is_shown, "Saved");

  /* What is being typed stays when the mirror changes. */
  gtk_text_buffer_insert_at_cursor (note_of (fixture), " back", -1);
  test_exec (fixture->mirror->mirror, "UPDATE annotation SET note = 'from elsewhere'");
  cfoil_mirror_notify_changed (fixture->mirror->mirror);
  wait_for (fixture, is_stored, "C000001:call her back::0 ");
  g_assert_true (has_note (fixture, "call her back"));

  /* Switching saves at once, and can be taken back. */
  gtk_text_buffer_insert_at_cursor (note_of (fixture), " today", -1);
  show (fixture, "C000002");
  wait_for (fixture, has_note, "");
  wait_for (fixture, is_stored, "C000001:call her back today::0 ");
  wait_for (fixture, is_shown, "Note saved");
  press (fixture, is_button, "_Undo");
  wait_for (fixture, is_stored, "");
  show (fixture, "C000001");
  wait_for (fixture, has_note, "");
}

/* Somebody else's note comes by itself. */
static void
test_foreign_note (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autoptr (CfoilAnnotation) said = cfoil_annotation_new ();

  show (fixture, "C000001");
  g_free (said->note);
  said->note = g_strdup ("from the command line");
  g_assert_true (cfoil_annotation_write (fixture->mirror->mirror, cfoil_details_pane_get_transaction (fixture->pane), said,
                                         CFOIL_ANNOTATION_ALL, NULL, NULL));
  wait_for (fixture, has_note, "from the command line");
}

/* What somebody else wrote of another part stays, though it was not seen here before. */
static void
test_foreign_part (Fixture      *fixture,
                   gconstpointer user_data)
{
  show (fixture, "C000001");
  test_exec (fixture->mirror->mirror,
             "INSERT INTO annotation SELECT 'amazon-pay', 'live', transaction_id, 'theirs', ',a,', NULL, 1 FROM txn "
             "WHERE transaction_id LIKE '%C000001'");
  gtk_switch_set_active (GTK_SWITCH (find (fixture->window, is_switch, NULL)), TRUE);
  wait_for (fixture, is_stored, "C000001:theirs:,a,:1 ");
  wait_for (fixture, has_note, "theirs");

  /* Nor does an undo bring back more than its part. */
  test_exec (fixture->mirror->mirror, "UPDATE annotation SET note = 'theirs again'");
  wait_for (fixture, is_shown, "Marked as reviewed");
  press (fixture, is_button, "_Undo");
  wait_for (fixture, is_stored, "C000001:theirs again:,a,:0 ");
}

static void
test_tags_and_reviewed (Fixture      *fixture,
                        gconstpointer user_data)
{
  GtkWidget *entry;

  show (fixture, "C000001");
  entry = find (fixture->window, is_entry, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "vip, <b>&");
  g_signal_emit_by_name (entry, "activate");
  wait_for (fixture, is_stored, "C000001::,<b>&,vip,:0 ");
  take_picture (fixture, "tags");

  /* One toast at a time, so that there is one button to undo with. */
  wait_for (fixture, is_shown, "Tags added");
  press (fixture, is_button, "_Undo");
  wait_for (fixture, is_stored, "");
  wait_for (fixture, is_hidden, "Tags added");
  gtk_editable_set_text (GTK_EDITABLE (entry), "<b>&");
  cfoil_details_pane_set_transaction (fixture->pane, 0);
  wait_for (fixture, is_stored, "C000001::,<b>&,:0 ");
  wait_for (fixture, is_shown, "Tag added");
  press (fixture, is_button, "_Undo");
  wait_for (fixture, is_hidden, "Tag added");
  wait_for (fixture, is_stored, "");

  show (fixture, "C000002");
  gtk_switch_set_active (GTK_SWITCH (find (fixture->window, is_switch, NULL)), TRUE);
  wait_for (fixture, is_stored, "C000002:::1 ");
  wait_for (fixture, is_shown, "Marked as reviewed");
  press (fixture, is_button, "_Undo");
  wait_for (fixture, is_stored, "");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (find (fixture->window, is_switch, NULL))));
}

static void
test_tag_removed (Fixture      *fixture,
                  gconstpointer user_data)
{
  test_exec (fixture->mirror->mirror,
             "INSERT INTO annotation SELECT 'amazon-pay', 'live', transaction_id, '', ',a,b,', NULL, 1 FROM txn "
             "WHERE transaction_id LIKE '%C000001'");
  show (fixture, "C000001");
  press (fixture, has_tooltip, "Remove the tag “a”");
  wait_for (fixture, is_stored, "C000001::,b,:0 ");
  wait_for (fixture, is_shown, "Tag removed");
  press (fixture, is_button, "_Undo");
  wait_for (fixture, is_stored, "C000001::,a,b,:0 ");
}

/* What cannot be saved stays, also while something else is looked at. */
static void
test_failure (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (CFOIL_NOTE_MAX_LENGTH + 1, 'x');

  show (fixture, "C000001");
  gtk_text_buffer_set_text (note_of (fixture), text, -1);
  wait_for (fixture, is_shown, "Not saved: a note has at most");
  take_picture (fixture, "failure");
  show (fixture, "C000002");
  wait_for (fixture, has_note, "");
  wait_for (fixture, is_shown, "A note on another transaction is not saved.");
  press (fixture, is_button, "Show");
  g_assert_cmpint (fixture->opened, !=, cfoil_details_pane_get_transaction (fixture->pane));
  cfoil_details_pane_set_transaction (fixture->pane, fixture->opened);
  wait_for (fixture, has_note, text);
  wait_for (fixture, is_hidden, "A note on another transaction is not saved.");
  g_assert_true (is_shown (fixture, "Not saved: a note has at most"));

  /* In the place of any other failure: the packed columns cannot be written. */
  test_exec (fixture->mirror->mirror, "ALTER TABLE txn_column RENAME TO away");
  gtk_text_buffer_set_text (note_of (fixture), "short", -1);
  wait_for (fixture, is_shown, "Not saved. ");
  g_assert_true (has_note (fixture, "short"));
  test_exec (fixture->mirror->mirror, "ALTER TABLE away RENAME TO txn_column");
  press (fixture, is_button, "Try Again");
  wait_for (fixture, is_stored, "C000001:short::0 ");
  wait_for (fixture, is_hidden, "Not saved");
  g_assert_true (has_note (fixture, "short"));
}

/* The window goes away with a word still warm. */
static void
test_closing (Fixture      *fixture,
              gconstpointer user_data)
{
  show (fixture, "C000001");
  gtk_text_buffer_insert_at_cursor (note_of (fixture), "last word", -1);
  gtk_widget_set_visible (fixture->window, FALSE);
  wait_for (fixture, is_stored, "C000001:last word::0 ");
  gtk_widget_set_visible (fixture->window, TRUE);
  gtk_text_buffer_insert_at_cursor (note_of (fixture), "!", -1);
  cfoil_details_pane_set_workspace (fixture->pane, NULL);
  wait_for (fixture, is_stored, "C000001:last word!::0 ");
}

static void
test_gone (Fixture      *fixture,
           gconstpointer user_data)
{
  show (fixture, "C000002");
  cfoil_writer_free (g_steal_pointer (&fixture->mirror->writer));
  test_exec (fixture->mirror->mirror, "DELETE FROM txn WHERE transaction_id LIKE '%C000002'");
  wait_for (fixture, is_shown, "No Longer Here");
  cfoil_details_pane_set_transaction (fixture->pane, 0);
  g_assert_true (is_shown (fixture, "Nothing Selected"));
}

static void
test_link (void)
{
  CfoilDetails details = { .provider = (char *) "amazon-pay", .region = (char *) "eu", .permission_id = (char *) "S01-1&x=<>/../" };
  g_autofree char *link = cfoil_details_link (&details);

  g_assert_cmpstr (link, ==,
                   "https://sellercentral-europe.amazon.com/external-payments/pmd/payment-details?orderReferenceId=S01-1%26x%3D%3C%3E%2F..%2F");
  details.region = (char *) "evil.example";
  g_assert_null (cfoil_details_link (&details));
}

static void
test_reasons (void)
{
  g_autofree char *known = cfoil_details_words_reason_with_code (CFOIL_TYPE_REFUND, "AmazonRejected");
  g_autofree char *unknown = cfoil_details_words_reason_with_code (CFOIL_TYPE_CHARGE, "Brand<new>");

  g_assert_true (g_str_has_prefix (known, "Amazon refused the refund"));
  g_assert_true (g_str_has_suffix (known, "(AmazonRejected)"));
  g_assert_cmpstr (unknown, ==, "Brand<new>");
  g_assert_null (cfoil_details_words_reason_with_code (CFOIL_TYPE_CHARGE, NULL));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkCssProvider) style = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  style = gtk_css_provider_new ();
  g_resources_register (cfoil_ui_get_resource ());
  gtk_css_provider_load_from_resource (style, "/io/github/counterfoil/Counterfoil/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);

  ADD ("/details/contents", test_contents);
  ADD ("/details/signals", test_signals);
  ADD ("/details/raw-text", test_raw_text);
  ADD ("/details/note", test_note);
  ADD ("/details/foreign-note", test_foreign_note);
  ADD ("/details/foreign-part", test_foreign_part);
  ADD ("/details/tags-and-reviewed", test_tags_and_reviewed);
  ADD ("/details/tag-removed", test_tag_removed);
  ADD ("/details/failure", test_failure);
  ADD ("/details/closing", test_closing);
  ADD ("/details/gone", test_gone);
  g_test_add_func ("/details/link", test_link);
  g_test_add_func ("/details/reasons", test_reasons);
  return g_test_run ();
}
