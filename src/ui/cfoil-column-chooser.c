/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-column-chooser.h"

#include "cfoil-record-text.h"

#include <glib/gi18n.h>

struct _CfoilColumnChooser
{
  AdwWindow parent_instance;

  GtkListBox *list;

  CfoilRecordColumns *columns; /* (owned) */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (CfoilColumnChooser, cfoil_column_chooser, ADW_TYPE_WINDOW)

static GArray *
copy_choices (CfoilColumnChooser *self)
{
  return g_array_copy ((GArray *) cfoil_record_columns_get_choices (self->columns));
}

/* A list without any column would be no list. */
static gboolean
choose (CfoilColumnChooser *self,
        const GArray       *choices)
{
  if (cfoil_column_choices_get_fields (choices) == 0)
    return FALSE;
  cfoil_record_columns_choose (self->columns, choices);
  return TRUE;
}

static void
toggled_cb (GtkCheckButton *check,
            gpointer        user_data)
{
  GtkWidget *row = user_data;
  CfoilColumnChooser *self = CFOIL_COLUMN_CHOOSER (gtk_widget_get_root (row));
  g_autoptr (GArray) choices = NULL;
  int i = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if (self->is_filling)
    return;
  choices = copy_choices (self);
  g_array_index (choices, CfoilColumnChoice, i).is_visible = gtk_check_button_get_active (check);
  if (choose (self, choices))
    return;
  self->is_filling = TRUE;
  gtk_check_button_set_active (check, TRUE);
  self->is_filling = FALSE;
}

/* Moves the row by BY places and leaves the focus where it is. */
static void
move_row (CfoilColumnChooser *self,
          GtkWidget          *row,
          int                 by)
{
  int from = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  g_autoptr (GArray) choices = copy_choices (self);
  CfoilColumnChoice choice;

  if (from + by < 0 || from + by >= (int) choices->len)
    return;
  choice = g_array_index (choices, CfoilColumnChoice, from);
  g_array_remove_index (choices, (guint) from);
  g_array_insert_val (choices, (guint) (from + by), choice);
  choose (self, choices);

  g_object_ref (row);
  gtk_list_box_remove (self->list, row);
  gtk_list_box_insert (self->list, row, from + by);
  g_object_unref (row);
  gtk_widget_grab_focus (focus != NULL ? focus : row);
}

static void
up_cb (GtkWidget *row)
{
  move_row (CFOIL_COLUMN_CHOOSER (gtk_widget_get_root (row)), row, -1);
}

static void
down_cb (GtkWidget *row)
{
  move_row (CFOIL_COLUMN_CHOOSER (gtk_widget_get_root (row)), row, 1);
}

static void
move_focused (CfoilColumnChooser *self,
              int                 by)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row != NULL)
    move_row (self, row, by);
}

static void
up_action_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  move_focused (CFOIL_COLUMN_CHOOSER (widget), -1);
}

static void
down_action_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  move_focused (CFOIL_COLUMN_CHOOSER (widget), 1);
}

/* --- rows --- */

static GtkWidget *
new_button (const char *icon,
            const char *format,
            const char *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *label = g_strdup_printf (format, title);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GtkWidget *
new_row (const CfoilColumnChoice *choice)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  const char *title = cfoil_field_get_title (choice->field);
  /* Translators: %s is the title of a column. */
  GtkWidget *up = new_button ("go-up-symbolic", _("Move %s Up"), title);
  /* Translators: %s is the title of a column. */
  GtkWidget *down = new_button ("go-down-symbolic", _("Move %s Down"), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), choice->is_visible);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), up);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), down);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), row);
  g_signal_connect_swapped (up, "clicked", G_CALLBACK (up_cb), row);
  g_signal_connect_swapped (down, "clicked", G_CALLBACK (down_cb), row);
  return row;
}

static void
fill (CfoilColumnChooser *self)
{
  const GArray *choices = cfoil_record_columns_get_choices (self->columns);
  GtkWidget *row;

  self->is_filling = TRUE;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < choices->len; i++)
    gtk_list_box_append (self->list, new_row (&g_array_index (choices, CfoilColumnChoice, i)));
  self->is_filling = FALSE;
}

static void
reset_action_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CfoilColumnChooser *self = CFOIL_COLUMN_CHOOSER (widget);
  g_autoptr (GArray) usual = cfoil_column_choices_parse (NULL);

  choose (self, usual);
  fill (self);
}

/* --- GObject --- */

static void
cfoil_column_chooser_dispose (GObject *object)
{
  CfoilColumnChooser *self = CFOIL_COLUMN_CHOOSER (object);

  g_clear_object (&self->columns);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_COLUMN_CHOOSER);

  G_OBJECT_CLASS (cfoil_column_chooser_parent_class)->dispose (object);
}

static void
cfoil_column_chooser_class_init (CfoilColumnChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_column_chooser_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-column-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilColumnChooser, list);
  gtk_widget_class_install_action (widget_class, "columns.reset", NULL, reset_action_cb);
  gtk_widget_class_install_action (widget_class, "columns.up", NULL, up_action_cb);
  gtk_widget_class_install_action (widget_class, "columns.down", NULL, down_action_cb);
}

static void
cfoil_column_chooser_init (CfoilColumnChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
cfoil_column_chooser_new (CfoilRecordColumns *columns)
{
  CfoilColumnChooser *self;

  g_return_val_if_fail (CFOIL_IS_RECORD_COLUMNS (columns), NULL);

  self = g_object_new (CFOIL_TYPE_COLUMN_CHOOSER, NULL);
  self->columns = g_object_ref (columns);
  fill (self);
  return GTK_WINDOW (self);
}
