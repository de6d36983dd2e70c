/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-pane.h"

#include <glib/gi18n.h>

static const struct
{
  const char *text;
  const char *words;
} past[] = {
  { "today", N_ ("Today") },         { "yesterday", N_ ("Yesterday") },
  { "last7d", N_ ("Last 7 Days") },  { "last30d", N_ ("Last 30 Days") },
  { "thismonth", N_ ("This Month") }, { "lastmonth", N_ ("Last Month") },
  { "thisyear", N_ ("This Year") },  { "lastyear", N_ ("Last Year") },
}, future[] = {
  { "today", N_ ("Today") },         { "tomorrow", N_ ("Tomorrow") },
  { "next7d", N_ ("Next 7 Days") },  { "next30d", N_ ("Next 30 Days") },
};

#define MAX_PRESETS G_N_ELEMENTS (past)

typedef struct
{
  GtkEditable *entry;
  GtkCalendar *calendar;
  GtkPopover *popover;
} Bound;

/* Days from one to another: chosen by name, typed, or from a calendar. */
#define CFOIL_TYPE_SEARCH_DATES (cfoil_search_dates_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchDates, cfoil_search_dates, CFOIL, SEARCH_DATES, CfoilSearchPane)

struct _CfoilSearchDates
{
  CfoilSearchPane parent_instance;

  CfoilField field;
  GtkWidget *presets;
  GtkToggleButton *buttons[MAX_PRESETS];
  const char *texts[MAX_PRESETS];
  guint n_presets;
  Bound from;
  Bound until;
  GtkLabel *mistake;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (CfoilSearchDates, cfoil_search_dates, CFOIL_TYPE_SEARCH_PANE)

static char *
dup_stripped (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

/* What the entries say, right or wrong; NULL: nothing. */
static char *
dup_unchecked (CfoilSearchDates *self)
{
  g_autofree char *from = dup_stripped (self->from.entry);
  g_autofree char *until = dup_stripped (self->until.entry);
  const char *name = cfoil_query_field_name (self->field);

  if (*from == '\0' && *until == '\0')
    return NULL;
  if (*from == '\0')
    return g_strdup_printf ("%s:<=%s", name, until);
  if (*until == '\0')
    return g_strdup_printf ("%s:>=%s", name, from);
  if (g_strcmp0 (from, until) == 0)
    return g_strdup_printf ("%s:%s", name, from);
  return g_strdup_printf ("%s:%s..%s", name, from, until);
}

static int
find_active (CfoilSearchDates *self)
{
  for (guint i = 0; i < self->n_presets; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return (int) i;
  return -1;
}

static char *
cfoil_search_dates_dup_text (CfoilSearchPane *pane)
{
  CfoilSearchDates *self = CFOIL_SEARCH_DATES (pane);
  int active = find_active (self);

  if (active >= 0)
    return g_strdup_printf ("%s:%s", cfoil_query_field_name (self->field), self->texts[active]);
  return cfoil_search_pane_is_wrong (pane) ? NULL : dup_unchecked (self);
}

/* --- what the user does --- */

static void
mark (CfoilSearchDates *self,
      GtkEditable      *entry)
{
  g_autofree char *day = dup_stripped (entry);
  g_autofree char *text = g_strdup_printf ("%s:>=%s", cfoil_query_field_name (self->field), day);
  g_autofree char *message = NULL;
  gboolean is_wrong = *day != '\0' && !cfoil_search_pane_check (text, &message);

  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
update_mistake (CfoilSearchDates *self)
{
  g_autofree char *text = dup_unchecked (self);
  g_autofree char *message = NULL;

  if (text != NULL)
    cfoil_search_pane_check (text, &message);
  mark (self, self->from.entry);
  mark (self, self->until.entry);
  gtk_label_set_text (self->mistake, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), message != NULL);
  cfoil_search_pane_set_wrong (CFOIL_SEARCH_PANE (self), message != NULL);
}

static void
entry_changed_cb (CfoilSearchDates *self)
{
  if (self->is_updating)
    return;
  self->is_updating = TRUE;
  for (guint i = 0; i < self->n_presets; i++)
    gtk_toggle_button_set_active (self->buttons[i], FALSE);
  self->is_updating = FALSE;
  update_mistake (self);
  cfoil_search_pane_emit_changed (CFOIL_SEARCH_PANE (self));
}

static void
toggled_cb (CfoilSearchDates *self,
            GtkToggleButton  *button)
{
  if (self->is_updating)
    return;
  self->is_updating = TRUE;
  if (gtk_toggle_button_get_active (button))
    {
      for (guint i = 0; i < self->n_presets; i++)
        if (self->buttons[i] != button)
          gtk_toggle_button_set_active (self->buttons[i], FALSE);
      gtk_editable_set_text (self->from.entry, "");
      gtk_editable_set_text (self->until.entry, "");
    }
  self->is_updating = FALSE;
  update_mistake (self);
  cfoil_search_pane_emit_changed (CFOIL_SEARCH_PANE (self));
}

static Bound *
bound_of (CfoilSearchDates *self,
          GtkCalendar      *calendar)
{
  return self->from.calendar == calendar ? &self->from : &self->until;
}

static void
day_selected_cb (CfoilSearchDates *self,
                 GtkCalendar      *calendar)
{
  Bound *bound = bound_of (self, calendar);
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  if (!self->is_updating)
    gtk_editable_set_text (bound->entry, text);
}

/* The calendar begins where the entry is. */
static void
calendar_shown_cb (CfoilSearchDates *self,
                   GtkPopover       *popover)
{
  Bound *bound = self->from.popover == popover ? &self->from : &self->until;
  g_autofree char *day = dup_stripped (bound->entry);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *iso = g_strconcat (day, "T00:00:00", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (iso, zone);

  if (date == NULL)
    return;
  self->is_updating = TRUE;
  gtk_calendar_select_day (bound->calendar, date);
  self->is_updating = FALSE;
}

/* --- its parts --- */

static void
add_presets (CfoilSearchDates *self)
{
  gboolean is_future = self->field == CFOIL_FIELD_EXPIRES;

  self->n_presets = is_future ? G_N_ELEMENTS (future) : G_N_ELEMENTS (past);
  for (guint i = 0; i < self->n_presets; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (is_future ? _(future[i].words) : _(past[i].words));

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      self->texts[i] = is_future ? future[i].text : past[i].text;
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_grid_attach (GTK_GRID (self->presets), button, (int) i % 2, (int) i / 2, 1, 1);
    }
}

static GtkWidget *
new_bound (CfoilSearchDates *self,
           Bound            *bound,
           const char       *title,
           const char       *calendar_title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  bound->entry = GTK_EDITABLE (entry);
  bound->calendar = GTK_CALENDAR (calendar);
  bound->popover = GTK_POPOVER (popover);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_width_chars (bound->entry, 12);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("YYYY-MM-DD"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, calendar_title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, calendar_title, -1);
  gtk_popover_set_child (bound->popover, calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (entry_changed_cb), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (cfoil_search_pane_emit_done), self);
  g_signal_connect_swapped (calendar, "day-selected", G_CALLBACK (day_selected_cb), self);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (calendar_shown_cb), self);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static GtkWidget *
new_title (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static char *
day_text (const CfoilDay *day,
          CfoilField      field)
{
  CfoilTerm term = { .kind = CFOIL_TERM_TIME, .field = field, .from = *day, .until = *day };
  g_autofree char *text = NULL;

  if (day->kind == CFOIL_DAY_NONE)
    return g_strdup ("");
  text = cfoil_term_to_text (&term);
  return g_strdup (strchr (text, ':') + 1);
}

static void
set_term (CfoilSearchDates *self,
          const CfoilTerm  *term)
{
  g_autofree char *from = day_text (&term->from, self->field);
  g_autofree char *until = day_text (&term->until, self->field);
  CfoilTerm positive = *term;
  g_autofree char *text = NULL;

  positive.is_negated = FALSE;
  text = cfoil_term_to_text (&positive);
  self->is_updating = TRUE;
  for (guint i = 0; i < self->n_presets; i++)
    if (g_strcmp0 (self->texts[i], strchr (text, ':') + 1) == 0)
      gtk_toggle_button_set_active (self->buttons[i], TRUE);
  if (find_active (self) < 0)
    {
      gtk_editable_set_text (self->from.entry, from);
      gtk_editable_set_text (self->until.entry, until);
    }
  self->is_updating = FALSE;
}

static void
cfoil_search_dates_class_init (CfoilSearchDatesClass *klass)
{
  CFOIL_SEARCH_PANE_CLASS (klass)->dup_text = cfoil_search_dates_dup_text;
}

static void
cfoil_search_dates_init (CfoilSearchDates *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *bounds = gtk_grid_new ();

  self->presets = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->presets), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self->presets), 6);
  gtk_grid_set_row_spacing (GTK_GRID (self->presets), 6);
  gtk_grid_set_column_spacing (GTK_GRID (bounds), 12);
  gtk_grid_set_row_spacing (GTK_GRID (bounds), 6);
  gtk_grid_attach (GTK_GRID (bounds), new_title (C_ ("days that are looked for", "From")), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (bounds), new_bound (self, &self->from, C_ ("days that are looked for", "From"),
                                                 _("Choose First Day")), 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (bounds), new_title (C_ ("days that are looked for", "Until")), 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (bounds), new_bound (self, &self->until, C_ ("days that are looked for", "Until"),
                                                 _("Choose Last Day")), 1, 1, 1, 1);
  self->mistake = GTK_LABEL (new_title (NULL));
  gtk_label_set_wrap (self->mistake, TRUE);
  gtk_label_set_max_width_chars (self->mistake, 32);
  gtk_widget_add_css_class (GTK_WIDGET (self->mistake), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->mistake), "error");
  gtk_box_append (GTK_BOX (box), self->presets);
  gtk_box_append (GTK_BOX (box), bounds);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->mistake));
  adw_bin_set_child (ADW_BIN (self), box);
}

CfoilSearchPane *
cfoil_search_pane_new_dates (CfoilField       field,
                             const CfoilTerm *term)
{
  CfoilSearchDates *self = g_object_new (CFOIL_TYPE_SEARCH_DATES, NULL);

  self->field = field;
  add_presets (self);
  if (term != NULL)
    set_term (self, term);
  update_mistake (self);
  return CFOIL_SEARCH_PANE (self);
}
