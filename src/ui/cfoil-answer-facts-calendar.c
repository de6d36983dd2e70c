/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-facts-calendar.h"

#include <glib/gi18n.h>

/* Lives as long as the popover. */
typedef struct
{
  GtkEditable *editable; /* (unowned): in the same row */
  GtkCalendar *calendar;
  GtkSpinButton *hour;   /* (nullable) */
  GtkSpinButton *minute; /* (nullable) */
  gboolean is_reading;   /* out of the field, so nothing goes back into it */
} Picker;

static void
write_cb (Picker *picker)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (picker->calendar);
  g_autofree char *text = NULL;

  if (picker->is_reading)
    return;
  text = g_date_time_format (day, "%Y-%m-%d");
  if (picker->hour != NULL)
    {
      g_autofree char *date = g_steal_pointer (&text);

      text = g_strdup_printf ("%sT%02d:%02d:00Z", date, gtk_spin_button_get_value_as_int (picker->hour),
                              gtk_spin_button_get_value_as_int (picker->minute));
    }
  gtk_editable_set_text (picker->editable, text);
}

static void
read_cb (Picker *picker)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (picker->editable)));
  g_autofree char *whole = strlen (text) == 10 ? g_strconcat (text, "T00:00:00Z", NULL) : g_strdup (text);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) read = g_date_time_new_from_iso8601 (whole, utc);

  if (read == NULL)
    return;
  picker->is_reading = TRUE;
  gtk_calendar_select_day (picker->calendar, read);
  if (picker->hour != NULL)
    {
      gtk_spin_button_set_value (picker->hour, g_date_time_get_hour (read));
      gtk_spin_button_set_value (picker->minute, g_date_time_get_minute (read));
    }
  picker->is_reading = FALSE;
}

static GtkSpinButton *
add_spin (Picker     *picker,
          GtkBox     *box,
          int         max,
          const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, max, 1);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_VERTICAL);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (write_cb), picker);
  gtk_box_append (box, spin);
  return GTK_SPIN_BUTTON (spin);
}

GtkWidget *
cfoil_answer_facts_calendar_new (GtkEditable *editable,
                                 gboolean     has_time)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Picker *picker = g_new0 (Picker, 1);

  picker->editable = editable;
  picker->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (picker->calendar));
  if (has_time)
    {
      GtkWidget *times = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_widget_set_halign (times, GTK_ALIGN_CENTER);
      picker->hour = add_spin (picker, GTK_BOX (times), 23, _("Hour"));
      picker->minute = add_spin (picker, GTK_BOX (times), 59, _("Minute"));
      gtk_box_append (GTK_BOX (times), gtk_label_new ("UTC"));
      gtk_box_append (GTK_BOX (box), times);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (read_cb), picker);
  g_signal_connect_swapped (picker->calendar, "day-selected", G_CALLBACK (write_cb), picker);
  g_object_set_data_full (G_OBJECT (popover), "cfoil-picker", picker, g_free);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _("Choose a Date"));
  return button;
}
