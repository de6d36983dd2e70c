/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-bar.h"
#include "cfoil-search-words.h"
#include "cfoil-ui-resources.h"
#include "test-mirror.h"

#include <adwaita.h>
#include <string.h>
#include <sys/wait.h>

/* The search bar in a window: text and widgets as two views of one query. */

#define HOSTILE "Tom & Jerry <b>VIP</b>"

typedef struct
{
  GtkWidget *window;
  CfoilSearchBar *bar;
  GtkWidget *list; /* what has the focus else */
  guint n_changed;
  guint n_left;
} Fixture;

/* --- driving --- */

typedef gboolean (*Condition) (Fixture *fixture, gconstpointer data);

static gboolean
wait_until (Fixture       *fixture,
            Condition      condition,
            gconstpointer  data)
{
  gint64 end = g_get_monotonic_time () + 8 * G_USEC_PER_SEC;

  while (!condition (fixture, data) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  return condition (fixture, data);
}

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* The N-th widget of the type called TYPE_NAME below WIDGET that is to be seen. */
static GtkWidget *
find_nth (GtkWidget  *widget,
          const char *type_name,
          guint      *n)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (strcmp (G_OBJECT_TYPE_NAME (widget), type_name) == 0 && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type_name, n);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find (gpointer    widget,
      const char *type_name,
      guint       n)
{
  return find_nth (widget, type_name, &n);
}

static guint
count (gpointer    widget,
       const char *type_name)
{
  guint n = 0;

  while (find (widget, type_name, n) != NULL)
    n++;
  return n;
}

static GtkWidget *
find_with_label (gpointer    widget,
                 const char *type_name,
                 const char *label)
{
  GtkWidget *found;

  for (guint i = 0; (found = find (widget, type_name, i)) != NULL; i++)
    {
      GtkWidget *child = find (found, "GtkLabel", 0);

      if (child != NULL && strcmp (gtk_label_get_text (GTK_LABEL (child)), label) == 0)
        return found;
    }
  return NULL;
}

static GtkEntry *
get_entry (Fixture *fixture)
{
  return GTK_ENTRY (find (fixture->bar, "GtkEntry", 0));
}

static GtkWidget *
get_chip (Fixture *fixture,
          guint    n)
{
  return find (fixture->bar, "CfoilSearchChip", n);
}

static const char *
get_chip_text (Fixture *fixture,
               guint    n)
{
  GtkWidget *chip = get_chip (fixture, n);

  return chip != NULL ? gtk_label_get_text (GTK_LABEL (find (chip, "GtkLabel", 0))) : NULL;
}

static void
click (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
text_is (Fixture       *fixture,
         gconstpointer  text)
{
  return strcmp (cfoil_search_bar_get_text (fixture->bar), text) == 0;
}

static void
assert_text (Fixture    *fixture,
             const char *text)
{
  wait_until (fixture, text_is, text);
  g_assert_cmpstr (cfoil_search_bar_get_text (fixture->bar), ==, text);
  g_assert_cmpstr (cfoil_query_get_text (cfoil_search_bar_get_query (fixture->bar)), ==, text);
}

static gboolean
has_focus (Fixture       *fixture,
           gconstpointer  widget)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window)) == widget;
}

static void
assert_chip_has_focus (Fixture *fixture,
                       guint    n)
{
  g_assert_true (wait_until (fixture, has_focus, find (get_chip (fixture, n), "GtkButton", 0)));
}

static gboolean
editor_is_open (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *editor = find (fixture->bar, "CfoilSearchEditor", 0);

  return (editor != NULL && gtk_widget_get_mapped (editor)) == (data != NULL);
}

static GtkWidget *
open_chip (Fixture *fixture,
           guint    n)
{
  click (find (get_chip (fixture, n), "GtkButton", 0));
  g_assert_true (wait_until (fixture, editor_is_open, "open"));
  return find (fixture->bar, "CfoilSearchEditor", 0);
}

static void
close_editor (Fixture *fixture)
{
  gtk_popover_popdown (GTK_POPOVER (find (fixture->bar, "CfoilSearchEditor", 0)));
  g_assert_true (wait_until (fixture, editor_is_open, NULL));
}

static void
toggle (GtkWidget  *editor,
        const char *label)
{
  GtkWidget *button = find_with_label (editor, "GtkCheckButton", label);

  g_assert_nonnull (button);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), !gtk_check_button_get_active (GTK_CHECK_BUTTON (button)));
  settle ();
}

static void
exclude (GtkWidget *editor)
{
  gtk_switch_set_active (GTK_SWITCH (find (editor, "GtkSwitch", 0)), TRUE);
  settle ();
}

/* --- the window --- */

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
leave_cb (Fixture *fixture)
{
  fixture->n_left++;
  gtk_widget_grab_focus (fixture->list);
}

static gboolean
is_active (Fixture       *fixture,
           gconstpointer  data)
{
  return gtk_window_is_active (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->bar = CFOIL_SEARCH_BAR (cfoil_search_bar_new ());
  fixture->list = gtk_button_new_with_label ("List");
  fixture->window = gtk_window_new ();
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->bar));
  gtk_box_append (GTK_BOX (box), fixture->list);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 600);
  cfoil_search_bar_set_text (fixture->bar, text);
  cfoil_search_bar_set_key_capture_widget (fixture->bar, fixture->window);
  g_signal_connect_swapped (fixture->bar, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect_swapped (fixture->bar, "leave", G_CALLBACK (leave_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
  gtk_widget_grab_focus (fixture->list);
  g_assert_true (wait_until (fixture, is_active, NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  text)
{
  gpointer alive = fixture->bar;

  g_object_add_weak_pointer (G_OBJECT (fixture->bar), &alive);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_null (alive);
}

/* --- text and chips --- */

static void
test_chips (Fixture       *fixture,
            gconstpointer  text)
{
  static const char *const words[] = {
    "State: Captured, Refunded", "not Type: Refund", "Amount: over 50", "Date: last 30 days",
    "Settlement: none", "Awaiting capture", "Store: a b", "not \u201cword\u201d",
  };

  g_assert_cmpuint (count (fixture->bar, "CfoilSearchChip"), ==, G_N_ELEMENTS (words));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpstr (get_chip_text (fixture, i), ==, words[i]);
}

static void
test_ranges (Fixture       *fixture,
             gconstpointer  text)
{
  static const char *const words[] = {
    "Amount: 10 to 20", "Amount: 0.5 or more", "Amount: under 20", "Amount: 12.5", "Fee Rate: over 2.5\u202f%",
    "Date: March 2026", "Date: 1 Mar 2026 to 15 Mar 2026", "Date: yesterday", "Date: last month", "Date: from 2025",
  };

  g_assert_cmpuint (count (fixture->bar, "CfoilSearchChip"), ==, G_N_ELEMENTS (words));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpstr (get_chip_text (fixture, i), ==, words[i]);
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  text)
{
  click (find (get_chip (fixture, 0), "GtkButton", 1));
  assert_text (fixture, "acme amount:>50");
  g_assert_cmpstr (get_chip_text (fixture, 0), ==, "Amount: over 50");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find (get_chip (fixture, 0), "GtkButton", 1)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Remove filter Amount: over 50");
  assert_chip_has_focus (fixture, 0);
  click (find (get_chip (fixture, 0), "GtkButton", 1));
  assert_text (fixture, "acme");
  g_assert_null (get_chip (fixture, 0));
  g_assert_cmpuint (fixture->n_changed, ==, 2);
}

static void
test_changed (Fixture       *fixture,
              gconstpointer  text)
{
  cfoil_search_bar_set_text (fixture->bar, "  amount:>50.00   state:captured");
  g_assert_cmpuint (fixture->n_changed, ==, 0);
  cfoil_search_bar_set_text (fixture->bar, "state:captured");
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  cfoil_search_bar_add_term (fixture->bar, "type:refund");
  cfoil_search_bar_add_term (fixture->bar, "type:refund");
  assert_text (fixture, "state:captured type:refund");
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  cfoil_search_bar_set_text (fixture->bar, NULL);
  assert_text (fixture, "");
  g_assert_cmpuint (fixture->n_changed, ==, 3);
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  text)
{
  click (find (get_chip (fixture, 0), "GtkButton", 1));
  assert_text (fixture, "");
  gtk_widget_activate_action (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (get_entry (fixture)))), "text.undo", NULL);
  assert_text (fixture, "state:captured");
  g_assert_cmpstr (get_chip_text (fixture, 0), ==, "State: Captured");
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  text)
{
  g_assert_cmpstr (get_chip_text (fixture, 0), ==, "Store: " HOSTILE);
  open_chip (fixture, 0);
  g_assert_nonnull (find_with_label (fixture->bar, "GtkCheckButton", HOSTILE));
  close_editor (fixture);
  cfoil_search_bar_set_notice (fixture->bar, HOSTILE);
  g_assert_nonnull (find (fixture->bar, "GtkLabel", 0));
}

/* --- mistakes --- */

static void
test_mistake (Fixture       *fixture,
              gconstpointer  text)
{
  CfoilQuery *query = cfoil_search_bar_get_query (fixture->bar);
  const CfoilQueryMistake *mistake = cfoil_query_get_mistake (query, 0);
  PangoAttrList *attributes = gtk_entry_get_attributes (get_entry (fixture));
  g_autoptr (PangoAttrIterator) iterator = pango_attr_list_get_iterator (attributes);
  PangoAttribute *underline;
  int start;
  int end;

  g_assert_cmpuint (cfoil_query_get_n_terms (query), ==, 2);
  g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 1);
  g_assert_true (pango_attr_iterator_next (iterator));
  pango_attr_iterator_range (iterator, &start, &end);
  underline = pango_attr_iterator_get (iterator, PANGO_ATTR_UNDERLINE);
  g_assert_cmpint (start, ==, mistake->start);
  g_assert_cmpint (end, ==, mistake->end);
  g_assert_nonnull (underline);
  g_assert_cmpint (((PangoAttrInt *) underline)->value, ==, PANGO_UNDERLINE_ERROR);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_entry (fixture)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       mistake->message);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (get_entry (fixture)), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);

  cfoil_search_bar_set_text (fixture->bar, "\u00e4\u00f6 amount:>5");
  g_assert_null (gtk_entry_get_attributes (get_entry (fixture)) != NULL
                   ? pango_attr_list_get_attributes (gtk_entry_get_attributes (get_entry (fixture))) : NULL);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (get_entry (fixture)), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
test_pasted (Fixture       *fixture,
             gconstpointer  text)
{
  GtkEditable *editable = gtk_editable_get_delegate (GTK_EDITABLE (get_entry (fixture)));
  g_autofree char *heap = g_strnfill (100 * 1024, 'x');
  gint64 start = g_get_monotonic_time ();
  int position = 0;

  for (guint i = 0; i < 100 * 1024; i += 7)
    heap[i] = i % 2 == 0 ? '\n' : '"';
  gtk_editable_insert_text (editable, heap, -1, &position);
  settle ();
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (strlen (cfoil_search_bar_get_text (fixture->bar)), ==, CFOIL_QUERY_MAX_LENGTH);
  g_assert_null (strchr (cfoil_search_bar_get_text (fixture->bar), '\n'));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (get_entry (fixture)), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);

  /* In bytes, and never within a character. */
  cfoil_search_bar_set_text (fixture->bar, "");
  for (guint i = 0; i + 2 < 100 * 1024; i += 3)
    memcpy (heap + i, "\u20ac", 3);
  heap[3 * 30000] = '\0';
  position = 0;
  gtk_editable_insert_text (editable, heap, -1, &position);
  g_assert_cmpuint (strlen (cfoil_search_bar_get_text (fixture->bar)), ==, CFOIL_QUERY_MAX_LENGTH - 1);
  g_assert_true (g_utf8_validate (cfoil_search_bar_get_text (fixture->bar), -1, NULL));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_entry (fixture)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "This is too long: the end was left out");
}

/* --- editors --- */

static void
test_edit_codes (Fixture       *fixture,
                 gconstpointer  text)
{
  GtkWidget *editor = open_chip (fixture, 0);

  toggle (editor, "Refunded");
  assert_text (fixture, "acme state:captured,refunded  amount:>50");
  g_assert_cmpstr (get_chip_text (fixture, 0), ==, "State: Captured, Refunded");
  exclude (editor);
  assert_text (fixture, "acme -state:captured,refunded  amount:>50");
  toggle (editor, "Refunded");
  toggle (editor, "Captured");
  assert_text (fixture, "acme amount:>50");
  toggle (editor, "Declined");
  assert_text (fixture, "acme amount:>50 -state:declined");
  close_editor (fixture);
  assert_chip_has_focus (fixture, 1);
}

static void
test_edit_range (Fixture       *fixture,
                 gconstpointer  text)
{
  GtkWidget *editor = open_chip (fixture, 0);
  GtkEditable *first = GTK_EDITABLE (find (editor, "GtkEntry", 0));

  g_assert_cmpstr (gtk_editable_get_text (first), ==, "50");
  gtk_editable_set_text (first, "7.25");
  settle ();
  assert_text (fixture, "amount:>7.25 acme");
  /* What is wrong changes nothing. */
  gtk_editable_set_text (first, "7,x");
  settle ();
  assert_text (fixture, "amount:>7.25 acme");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (first), "error"));
  gtk_editable_set_text (first, "10");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (editor, "GtkDropDown", 0)), 0);
  gtk_editable_set_text (GTK_EDITABLE (find (editor, "GtkEntry", 1)), "20");
  settle ();
  assert_text (fixture, "amount:10..20 acme");
  toggle (editor, "Only those without a value");
  assert_text (fixture, "no:amount acme");
  exclude (editor);
  assert_text (fixture, "has:amount acme");
  close_editor (fixture);
}

static void
test_edit_dates (Fixture       *fixture,
                 gconstpointer  text)
{
  GtkWidget *editor = open_chip (fixture, 0);
  GtkWidget *preset = find_with_label (editor, "GtkToggleButton", "Last Month");

  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_with_label (editor, "GtkToggleButton", "Last 30 Days"))));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preset), TRUE);
  settle ();
  assert_text (fixture, "date:lastmonth acme");
  gtk_editable_set_text (GTK_EDITABLE (find (editor, "GtkEntry", 0)), "2026-03-01");
  settle ();
  assert_text (fixture, "date:>=2026-03-01 acme");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (preset)));
  gtk_editable_set_text (GTK_EDITABLE (find (editor, "GtkEntry", 1)), "2026-02-30");
  settle ();
  assert_text (fixture, "date:>=2026-03-01 acme");
  gtk_editable_set_text (GTK_EDITABLE (find (editor, "GtkEntry", 1)), "2026-03-15");
  settle ();
  assert_text (fixture, "date:2026-03-01..2026-03-15 acme");
  close_editor (fixture);

  editor = open_chip (fixture, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (editor, "GtkEntry", 0))), ==, "2026-03-01");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (editor, "GtkEntry", 1))), ==, "2026-03-15");
  close_editor (fixture);
}

static void
test_edit_property (Fixture       *fixture,
                    gconstpointer  text)
{
  GtkWidget *editor = open_chip (fixture, 0);

  toggle (editor, "Disputed");
  assert_text (fixture, "is:disputed acme");
  exclude (editor);
  assert_text (fixture, "-is:disputed acme");
  close_editor (fixture);
}

/* The text may change behind an editor's back: it does not write over that. */
static void
test_editor_gives_way (Fixture       *fixture,
                       gconstpointer  text)
{
  open_chip (fixture, 0);
  cfoil_search_bar_set_text (fixture->bar, "type:refund");
  g_assert_true (wait_until (fixture, editor_is_open, NULL));
  assert_text (fixture, "type:refund");
}

/* --- adding --- */

static void
test_add (Fixture       *fixture,
          gconstpointer  text)
{
  GtkWidget *button = find (fixture->bar, "GtkMenuButton", 0);
  GtkPopover *menu = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  GtkWidget *editor;

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  settle ();
  g_assert_cmpuint (count (menu, "GtkListBoxRow"), >, 40);
  g_signal_emit_by_name (find (menu, "GtkListBox", 0), "row-activated", find_with_label (menu, "GtkListBoxRow", "Type"));
  g_assert_true (wait_until (fixture, editor_is_open, "open"));
  assert_text (fixture, "state:captured");
  editor = find (fixture->bar, "CfoilSearchEditor", 0);
  toggle (editor, "Refund");
  assert_text (fixture, "state:captured type:refund");
  close_editor (fixture);

  /* What is asked for already is changed, not asked for twice. */
  g_signal_emit_by_name (menu, "field", (guint) CFOIL_FIELD_STATE);
  g_assert_true (wait_until (fixture, editor_is_open, "open"));
  toggle (find (fixture->bar, "CfoilSearchEditor", 0), "Declined");
  assert_text (fixture, "state:captured,declined type:refund");
  close_editor (fixture);

  g_signal_emit_by_name (menu, "property", (guint) CFOIL_IS_DISPUTED);
  assert_text (fixture, "state:captured,declined type:refund is:disputed");
}

/* Every field that can be asked for has an editor. */
static void
test_all_editors (Fixture       *fixture,
                  gconstpointer  text)
{
  GtkPopover *menu = gtk_menu_button_get_popover (GTK_MENU_BUTTON (find (fixture->bar, "GtkMenuButton", 0)));

  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (cfoil_query_field_name ((CfoilField) i) != NULL)
      {
        g_signal_emit_by_name (menu, "field", i);
        g_assert_true (wait_until (fixture, editor_is_open, "open"));
        close_editor (fixture);
      }
  assert_text (fixture, "");
}

/* --- completion and keys --- */

static gboolean
completion_is_open (Fixture       *fixture,
                    gconstpointer  data)
{
  GtkWidget *completion = find (fixture->bar, "CfoilSearchCompletion", 0);

  return (completion != NULL && gtk_widget_get_mapped (completion)) == (data != NULL);
}

static gboolean
offers (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *completion = find (fixture->bar, "CfoilSearchCompletion", 0);

  return completion != NULL && find_with_label (completion, "GtkListBoxRow", data) != NULL;
}

static gboolean
offers_in_editor (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkWidget *editor = find (fixture->bar, "CfoilSearchEditor", 0);

  return editor != NULL && find_with_label (editor, "GtkCheckButton", data) != NULL;
}

static gboolean
offers_no_more (Fixture       *fixture,
                gconstpointer  data)
{
  return !offers (fixture, data);
}

static void
insert (Fixture    *fixture,
        const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (get_entry (fixture));
  int position = -1;

  gtk_widget_grab_focus (GTK_WIDGET (fixture->bar));
  gtk_editable_insert_text (editable, text, -1, &position);
  gtk_editable_set_position (editable, -1);
}

static void
test_complete (Fixture       *fixture,
               gconstpointer  text)
{
  GtkWidget *list;

  insert (fixture, "acme sta");
  g_assert_true (wait_until (fixture, offers, "state:"));
  list = find (find (fixture->bar, "CfoilSearchCompletion", 0), "GtkListBox", 0);
  g_assert_null (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)));
  g_signal_emit_by_name (list, "row-activated", find_with_label (list, "GtkListBoxRow", "state:"));
  assert_text (fixture, "acme state:");
  g_assert_true (wait_until (fixture, offers, "captured"));
  g_signal_emit_by_name (list, "row-activated", find_with_label (list, "GtkListBoxRow", "captured"));
  assert_text (fixture, "acme state:captured");
  g_assert_true (wait_until (fixture, completion_is_open, NULL));
  g_assert_cmpstr (get_chip_text (fixture, 0), ==, "State: Captured");
}

static void
test_look_up (Fixture       *fixture,
              gconstpointer  text)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilReader) reader = NULL;
  static const char *const stores[] = { "Alpha & <b>Co</b>", "Alpha two", "Beta", "Beta", "B\u00fccher" };
  GtkWidget *editor;

  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autofree char *id = g_strdup_printf ("S01-0000000-%07u-C%06u", i, i);
      CfoilSettlementLine line = test_line ("1", CFOIL_TYPE_CHARGE, id, 1000);

      line.store = stores[i];
      line.row_number = i + 1;
      test_put_line (mirror->writer, &line);
    }
  test_commit (mirror->writer);
  reader = cfoil_reader_new (mirror->mirror);
  cfoil_search_bar_set_reader (fixture->bar, reader);

  insert (fixture, "store:al");
  g_assert_true (wait_until (fixture, offers, "\"Alpha two\""));
  g_assert_true (offers (fixture, "\"Alpha & <b>Co</b>\""));
  g_assert_false (offers (fixture, "Beta"));
  cfoil_search_bar_set_text (fixture->bar, "store:beta");
  editor = open_chip (fixture, 0);
  g_assert_true (wait_until (fixture, offers_in_editor, "Alpha & <b>Co</b>"));
  toggle (editor, "B\u00fccher");
  assert_text (fixture, "store:beta,B\u00fccher");
  close_editor (fixture);
  cfoil_search_bar_set_reader (fixture->bar, NULL);
  cfoil_reader_close (reader);
}

/* Keys come from outside, as a person's do. */
static void
press (Fixture    *fixture,
       const char *arguments)
{
  g_autofree char *command = g_strdup_printf ("xdotool %s", arguments);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  GPid pid;
  int status = 0;

  g_shell_parse_argv (command, NULL, &words, &error);
  g_assert_no_error (error);
  g_spawn_async (NULL, words, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  while (waitpid (pid, &status, WNOHANG) == 0)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_spawn_close_pid (pid);
  settle ();
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  text)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  g_assert_nonnull (xdotool); /* tools/setup installs it */
  /* Typed on the list, it goes to the entry. */
  press (fixture, "type sta");
  assert_text (fixture, "type:refund sta");
  g_assert_true (wait_until (fixture, offers, "state:"));
  /* Enter without a choice swallows nothing. */
  press (fixture, "key Return");
  g_assert_true (wait_until (fixture, completion_is_open, NULL));
  assert_text (fixture, "type:refund sta");
  press (fixture, "key ctrl+space");
  g_assert_true (wait_until (fixture, offers, "state:"));
  press (fixture, "key Down Tab");
  assert_text (fixture, "type:refund state:");
  g_assert_true (wait_until (fixture, offers, "captured"));
  press (fixture, "type cap");
  g_assert_true (wait_until (fixture, offers_no_more, "declined"));
  press (fixture, "key Up Return");
  assert_text (fixture, "type:refund state:captured");
  /* Escape: first the offers, then the text, then the entry. */
  press (fixture, "type ' am'");
  g_assert_true (wait_until (fixture, completion_is_open, "open"));
  press (fixture, "key Escape");
  g_assert_true (wait_until (fixture, completion_is_open, NULL));
  assert_text (fixture, "type:refund state:captured am");
  /* The chips. */
  press (fixture, "key Tab Tab");
  assert_chip_has_focus (fixture, 0);
  press (fixture, "key Delete");
  assert_text (fixture, "state:captured am");
  press (fixture, "key Return");
  g_assert_true (wait_until (fixture, editor_is_open, "open"));
  press (fixture, "key Down space");
  assert_text (fixture, "state:captured,other am");
  press (fixture, "key Escape");
  g_assert_true (wait_until (fixture, editor_is_open, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->bar));
  press (fixture, "key Escape");
  assert_text (fixture, "");
  g_assert_cmpuint (fixture->n_left, ==, 0);
  press (fixture, "key Escape");
  g_assert_true (wait_until (fixture, has_focus, fixture->list));
  g_assert_cmpuint (fixture->n_left, ==, 1);
}

static void
add (const char *path,
     const char *text,
     void      (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, text, set_up, func, tear_down);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (cfoil_ui_get_resource ());

  add ("/search/chips", "state:captured,refunded -type:refund amount:>50 date:last30d no:settlement is:uncaptured "
                        "store:\"a b\" acme -word amount:>abc", test_chips);
  add ("/search/ranges", "amount:10..20 amount:>=0.50 amount:<20 amount:12.5 rate:>2.5 date:2026-03 "
                         "date:2026-03-01..2026-03-15 date:yesterday date:lastmonth date:>=2025", test_ranges);
  add ("/search/remove", "acme state:captured  amount:>50", test_remove);
  add ("/search/changed", "state:captured amount:>50", test_changed);
  add ("/search/undo", "state:captured", test_undo);
  add ("/search/hostile", "store:\"" HOSTILE "\"", test_hostile);
  add ("/search/mistake", "\u00e4\u00f6 amount:>abc state:captured", test_mistake);
  add ("/search/pasted", "", test_pasted);
  add ("/search/edit/codes", "acme state:captured  amount:>50", test_edit_codes);
  add ("/search/edit/range", "amount:>50 acme", test_edit_range);
  add ("/search/edit/dates", "date:last30d acme", test_edit_dates);
  add ("/search/edit/property", "is:uncaptured acme", test_edit_property);
  add ("/search/edit/gives-way", "state:captured", test_editor_gives_way);
  add ("/search/add", "state:captured", test_add);
  add ("/search/all-editors", "", test_all_editors);
  add ("/search/complete", "", test_complete);
  add ("/search/look-up", "", test_look_up);
  add ("/search/keys", "type:refund", test_keys);
  return g_test_run ();
}
