/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-period-range.h"

#include <glib/gi18n.h>

typedef struct
{
  AdwMessageDialog *dialog; /* (borrowed) */
  AdwEntryRow *first;
  AdwEntryRow *last;
  GtkLabel *mistake;
  gint32 today;
  CfoilPeriodRangeFunc func;
  gpointer user_data;
  GDestroyNotify free_data;
} Asking;

static void
asking_free (gpointer  data,
             GClosure *closure)
{
  Asking *asking = data;

  if (asking->free_data != NULL)
    asking->free_data (asking->user_data);
  g_free (asking);
}

static char *
dup_day (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* NULL: not a range. */
static char *
dup_range (Asking *asking)
{
  g_autofree char *first = dup_day (asking->first);
  g_autofree char *last = dup_day (asking->last);
  g_autofree char *text = g_strdup_printf ("%s..%s", first, last);
  CfoilPeriod period;

  return cfoil_period_parse (text, asking->today, &period, NULL) ? cfoil_period_to_text (&period) : NULL;
}

static gboolean
is_day (AdwEntryRow *row,
        gint32       today)
{
  g_autofree char *text = dup_day (row);
  CfoilPeriod period;

  return cfoil_period_parse (text, today, &period, NULL);
}

static void
mark (AdwEntryRow *row,
      gboolean     is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
changed_cb (Asking *asking)
{
  g_autofree char *text = dup_range (asking);
  gboolean first_is_day = is_day (asking->first, asking->today), last_is_day = is_day (asking->last, asking->today);
  const char *mistake = "";

  mark (asking->first, !first_is_day);
  mark (asking->last, !last_is_day || (first_is_day && text == NULL));
  if (!first_is_day || !last_is_day)
    mistake = _("Days are written as 2026-10-03.");
  else if (text == NULL)
    mistake = _("The last day is before the first.");
  gtk_label_set_text (asking->mistake, mistake);
  adw_message_dialog_set_response_enabled (asking->dialog, "choose", text != NULL);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Asking *asking = user_data;
  g_autofree char *text = dup_range (asking);

  if (g_str_equal (response, "choose") && text != NULL)
    asking->func (text, asking->user_data);
}

static void
day_selected_cb (GtkCalendar *calendar,
                 AdwEntryRow *row)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* The calendar shows the day that is typed. */
static void
calendar_shown_cb (GtkWidget   *calendar,
                   AdwEntryRow *row)
{
  g_autofree char *text = dup_day (row);
  int year, month, day;
  g_autoptr (GDateTime) date = NULL;
  CfoilPeriod period;

  if (!cfoil_period_parse (text, 0, &period, NULL))
    return;
  cfoil_day_to_date (period.first_day, &year, &month, &day);
  date = g_date_time_new_local (year, month, day, 12, 0, 0);
  if (date == NULL)
    return;
  g_signal_handlers_block_by_func (calendar, day_selected_cb, row);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), date);
  g_signal_handlers_unblock_by_func (calendar, day_selected_cb, row);
}

static AdwEntryRow *
make_row (Asking     *asking,
          const char *title,
          gint32      day)
{
  AdwEntryRow *row = ADW_ENTRY_ROW (adw_entry_row_new ());
  GtkMenuButton *button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  GtkWidget *calendar = gtk_calendar_new ();
  GtkWidget *popover = gtk_popover_new ();
  CfoilPeriod period = { CFOIL_PERIOD_DAYS, day, day + 1 };
  g_autofree char *text = cfoil_period_to_text (&period);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (row, TRUE);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (button, popover);
  gtk_menu_button_set_icon_name (button, "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _("Calendar"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Calendar"), -1);
  gtk_widget_set_valign (GTK_WIDGET (button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (button), "flat");
  adw_entry_row_add_suffix (row, GTK_WIDGET (button));
  g_signal_connect (calendar, "day-selected", G_CALLBACK (day_selected_cb), row);
  g_signal_connect (calendar, "map", G_CALLBACK (calendar_shown_cb), row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), asking);
  return row;
}

void
cfoil_period_range_ask (GtkWindow            *parent,
                        const CfoilPeriod    *period,
                        gint32                today,
                        CfoilPeriodRangeFunc  func,
                        gpointer              user_data,
                        GDestroyNotify        free_data)
{
  Asking *asking = g_new0 (Asking, 1);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));

  g_return_if_fail (period != NULL && func != NULL);

  asking->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _("Other Days"), NULL));
  asking->today = today;
  asking->func = func;
  asking->user_data = user_data;
  asking->free_data = free_data;
  asking->mistake = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (asking->mistake), "error");
  gtk_label_set_wrap (asking->mistake, TRUE);
  asking->first = make_row (asking, _("First Day"), period->first_day);
  asking->last = make_row (asking, _("Last Day"), period->end_day - 1);
  adw_preferences_group_add (group, GTK_WIDGET (asking->first));
  adw_preferences_group_add (group, GTK_WIDGET (asking->last));
  gtk_box_append (box, GTK_WIDGET (group));
  gtk_box_append (box, GTK_WIDGET (asking->mistake));

  adw_message_dialog_set_extra_child (asking->dialog, GTK_WIDGET (box));
  adw_message_dialog_add_responses (asking->dialog, "cancel", _("_Cancel"), "choose", _("_Show"), NULL);
  adw_message_dialog_set_response_appearance (asking->dialog, "choose", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (asking->dialog, "choose");
  adw_message_dialog_set_close_response (asking->dialog, "cancel");
  g_signal_connect_data (asking->dialog, "response", G_CALLBACK (response_cb), asking, asking_free, 0);
  changed_cb (asking);
  gtk_window_present (GTK_WINDOW (asking->dialog));
}
