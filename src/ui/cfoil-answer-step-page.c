/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-step-page.h"

#include "cfoil-shown-text.h"

/* Longer lines are hard to read. */
#define PAGE_WIDTH 620

GtkWidget *
cfoil_answer_label_new (const char *text,
                        const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* A label cannot take the focus; what a step begins with must, to be read out. */
#define CFOIL_TYPE_ANSWER_HEADING (cfoil_answer_heading_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerHeading, cfoil_answer_heading, CFOIL, ANSWER_HEADING, GtkWidget)

struct _CfoilAnswerHeading
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CfoilAnswerHeading, cfoil_answer_heading, GTK_TYPE_WIDGET)

static void
cfoil_answer_heading_dispose (GObject *object)
{
  GtkWidget *label = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (label != NULL)
    gtk_widget_unparent (label);

  G_OBJECT_CLASS (cfoil_answer_heading_parent_class)->dispose (object);
}

static void
cfoil_answer_heading_class_init (CfoilAnswerHeadingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_answer_heading_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_HEADING);
}

static void
cfoil_answer_heading_init (CfoilAnswerHeading *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

static GtkWidget *
heading_new (const char *text)
{
  GtkWidget *self = g_object_new (CFOIL_TYPE_ANSWER_HEADING, NULL);

  gtk_widget_set_parent (cfoil_answer_label_new (text, "title-2"), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return self;
}

GtkBox *
cfoil_answer_step_make_page (CfoilAnswerStep *self,
                             const char      *heading,
                             const char      *explanation)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *title = heading_new (heading);

  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_top (box, 12);
  g_object_set_data (G_OBJECT (self), "cfoil-heading", title);
  gtk_box_append (GTK_BOX (page), title);
  gtk_box_append (GTK_BOX (page), cfoil_answer_label_new (explanation, "dim-label"));
  gtk_box_append (GTK_BOX (page), box);
  gtk_widget_add_css_class (page, "answer-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), page);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  return GTK_BOX (box);
}

AdwPreferencesGroup *
cfoil_answer_group_new (const char *title,
                        const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (group, escaped);
  if (description != NULL)
    {
      g_autofree char *words = g_markup_escape_text (description, -1);

      adw_preferences_group_set_description (group, words);
    }
  return group;
}

void
cfoil_answer_row_set_subtitle (AdwActionRow *row,
                               const char   *subtitle)
{
  g_autofree char *shown = cfoil_shown_lines (subtitle != NULL ? subtitle : "", CFOIL_SHOWN_TEXT_MAX);

  adw_action_row_set_subtitle (row, shown != NULL ? shown : "");
}

AdwActionRow *
cfoil_answer_row_new (const char *title,
                      const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *shown = cfoil_shown_text (title);

  /* First: what comes from outside is text, whatever it looks like. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown != NULL ? shown : "");
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle_lines (row, 0);
  cfoil_answer_row_set_subtitle (row, subtitle);
  return row;
}

void
cfoil_answer_box_clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* --- focus --- */

static gboolean
focus_cb (gpointer user_data)
{
  GtkWidget *widget = user_data;

  if (gtk_widget_get_mapped (widget) && !gtk_widget_grab_focus (widget))
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

void
cfoil_answer_focus_soon (GtkWidget *widget)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, focus_cb, g_object_ref (widget), g_object_unref);
}

void
cfoil_answer_step_focus_heading (CfoilAnswerStep *self)
{
  cfoil_answer_focus_soon (g_object_get_data (G_OBJECT (self), "cfoil-heading"));
}
