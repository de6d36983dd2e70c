/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-period-picker.h"

#include "cfoil-overview-words.h"
#include "cfoil-period-range.h"

#include <glib/gi18n.h>

#define USUAL "last28d"

struct _CfoilPeriodPicker
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  CfoilPeriod period;
  gint32 today;
  char *text; /* (owned) */
  CfoilComparison comparison;
};

/* Those with a name.  All of them move on with the days. */
static const struct
{
  const char *text;
  const char *title;
  CfoilPeriodKind kind;
  gboolean is_present; /* today lies in it */
} named[] = {
  { "today", N_ ("Today"), CFOIL_PERIOD_TODAY, TRUE },
  { "last7d", N_ ("Last 7 Days"), CFOIL_PERIOD_7_DAYS, TRUE },
  { "last28d", N_ ("Last 28 Days"), CFOIL_PERIOD_28_DAYS, TRUE },
  { "last90d", N_ ("Last 90 Days"), CFOIL_PERIOD_90_DAYS, TRUE },
  { "thismonth", N_ ("This Month"), CFOIL_PERIOD_MONTH, TRUE },
  { "lastmonth", N_ ("Last Month"), CFOIL_PERIOD_MONTH, FALSE },
  { "thisquarter", N_ ("This Quarter"), CFOIL_PERIOD_QUARTER, TRUE },
  { "lastquarter", N_ ("Last Quarter"), CFOIL_PERIOD_QUARTER, FALSE },
  { "thisyear", N_ ("This Year"), CFOIL_PERIOD_YEAR, TRUE },
  { "lastyear", N_ ("Last Year"), CFOIL_PERIOD_YEAR, FALSE },
};

static const struct
{
  const char *text;
  const char *title;
} comparisons[] = {
  [CFOIL_COMPARE_NONE] = { "none", N_ ("Nothing") },
  [CFOIL_COMPARE_PREVIOUS] = { "previous", N_ ("The Period Before") },
  [CFOIL_COMPARE_YEAR_AGO] = { "year-ago", N_ ("The Same Days a Year Ago") },
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilPeriodPicker, cfoil_period_picker, ADW_TYPE_BIN)

const char *
cfoil_comparison_to_string (CfoilComparison comparison)
{
  return comparisons[comparison].text;
}

CfoilComparison
cfoil_comparison_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if (g_strcmp0 (comparisons[i].text, text) == 0)
      return (CfoilComparison) i;
  return CFOIL_COMPARE_PREVIOUS;
}

/* A name goes with the days, a date does not: what is reached by paging and happens to be
 * the present one has the name again.  One that is over keeps its days: who paged to
 * October wants October, also in December. */
static char *
name_of (CfoilPeriodPicker *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      CfoilPeriod period;

      if (!named[i].is_present)
        continue;
      cfoil_period_init (&period, named[i].kind, self->today);
      if ((period.kind == self->period.kind || self->period.kind == CFOIL_PERIOD_DAYS) &&
          period.first_day == self->period.first_day && period.end_day == self->period.end_day)
        return g_strdup (named[i].text);
    }
  return cfoil_period_to_text (&self->period);
}

static char *
dup_title (CfoilPeriodPicker *self)
{
  const char *name = cfoil_period_picker_find_name (self->text);

  return name != NULL ? g_strdup (name) : cfoil_overview_words_period (&self->period);
}

static void
update (CfoilPeriodPicker *self)
{
  g_autofree char *title = dup_title (self);
  g_autofree char *days = cfoil_overview_words_period (&self->period);
  /* Translators: %s is a period, for example "Last 28 Days". */
  g_autofree char *name = g_strdup_printf (_("Period: %s"), title);

  gtk_label_set_text (self->label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), days);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_notify (G_OBJECT (self), "chosen");
  g_object_notify (G_OBJECT (self), "comparison");
}

static void
take_text (CfoilPeriodPicker *self,
           const char        *text)
{
  g_autofree char *copy = NULL;

  if (text == NULL || !cfoil_period_parse (text, self->today, &self->period, NULL))
    {
      text = USUAL;
      cfoil_period_init (&self->period, CFOIL_PERIOD_28_DAYS, self->today);
    }
  copy = g_strdup (text);
  g_free (self->text);
  self->text = g_steal_pointer (&copy);
  update (self);
}

static void
change_text (CfoilPeriodPicker *self,
             const char        *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;
  take_text (self, text);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- actions --- */

static void
page_action_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CfoilPeriodPicker *self = CFOIL_PERIOD_PICKER (widget);
  int direction = g_variant_get_int32 (parameter);
  g_autofree char *text = NULL;

  /* Nothing has happened in the future yet. */
  if (direction > 0 && self->period.end_day > self->today)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  cfoil_period_shift (&self->period, direction);
  text = name_of (self);
  change_text (self, text);
}

static void
range_chosen_cb (const char *text,
                 gpointer    user_data)
{
  change_text (user_data, text);
}

static void
range_action_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  CfoilPeriodPicker *self = CFOIL_PERIOD_PICKER (widget);

  cfoil_period_range_ask (GTK_WINDOW (gtk_widget_get_root (widget)), &self->period, self->today,
                          range_chosen_cb, g_object_ref (self), g_object_unref);
}

/* --- GObject --- */

enum
{
  PROP_0,
  PROP_CHOSEN,
  PROP_COMPARISON,
  N_PROPS
};

static void
cfoil_period_picker_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  CfoilPeriodPicker *self = CFOIL_PERIOD_PICKER (object);

  if (prop_id == PROP_CHOSEN)
    g_value_set_string (value, self->text);
  else if (prop_id == PROP_COMPARISON)
    g_value_set_string (value, cfoil_comparison_to_string (self->comparison));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cfoil_period_picker_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  CfoilPeriodPicker *self = CFOIL_PERIOD_PICKER (object);
  CfoilComparison comparison;

  switch (prop_id)
    {
    case PROP_CHOSEN:
      change_text (self, g_value_get_string (value));
      break;
    case PROP_COMPARISON:
      comparison = cfoil_comparison_from_string (g_value_get_string (value));
      if (comparison == self->comparison)
        return;
      cfoil_period_picker_set_comparison (self, comparison);
      g_signal_emit (self, signals[CHANGED], 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_period_picker_finalize (GObject *object)
{
  g_free (CFOIL_PERIOD_PICKER (object)->text);

  G_OBJECT_CLASS (cfoil_period_picker_parent_class)->finalize (object);
}

static void
cfoil_period_picker_class_init (CfoilPeriodPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cfoil_period_picker_get_property;
  object_class->set_property = cfoil_period_picker_set_property;
  object_class->finalize = cfoil_period_picker_finalize;
  g_object_class_install_property (object_class, PROP_CHOSEN, g_param_spec_string ("chosen", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_COMPARISON,
                                   g_param_spec_string ("comparison", NULL, NULL, NULL, flags));
  signals[CHANGED] =
    g_signal_new ("changed", CFOIL_TYPE_PERIOD_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_property_action (widget_class, "period.choose", "chosen");
  gtk_widget_class_install_property_action (widget_class, "period.compare", "comparison");
  gtk_widget_class_install_action (widget_class, "period.page", "i", page_action_cb);
  gtk_widget_class_install_action (widget_class, "period.range", NULL, range_action_cb);
}

static GMenuModel *
make_menu (gboolean can_compare)
{
  g_autoptr (GMenu) menu = g_menu_new (), days = g_menu_new (), calendar = g_menu_new (), others = g_menu_new (), compare = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(named[i].title), NULL);

      g_menu_item_set_action_and_target (item, "period.choose", "s", named[i].text);
      g_menu_append_item (named[i].kind < CFOIL_PERIOD_MONTH ? days : calendar, item);
    }
  g_menu_append (others, _("Other _Days…"), "period.range");
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(comparisons[i].title), NULL);

      g_menu_item_set_action_and_target (item, "period.compare", "s", comparisons[i].text);
      g_menu_append_item (compare, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (days));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (calendar));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  if (can_compare)
    g_menu_append_section (menu, _("Compare With"), G_MENU_MODEL (compare));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static GtkWidget *
make_arrow (const char *icon,
            const char *name,
            int         direction)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", direction);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "period.page");
  return button;
}

static void
cfoil_period_picker_init (CfoilPeriodPicker *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  g_autoptr (GMenuModel) menu = make_menu (TRUE);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  self->comparison = CFOIL_COMPARE_PREVIOUS;
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, GTK_WIDGET (self->label));
  gtk_menu_button_set_always_show_arrow (self->button, TRUE);
  gtk_menu_button_set_menu_model (self->button, menu);
  gtk_widget_add_css_class (GTK_WIDGET (box), "linked");
  gtk_box_append (box, make_arrow ("go-previous-symbolic", _("Period Before"), -1));
  gtk_box_append (box, GTK_WIDGET (self->button));
  gtk_box_append (box, make_arrow ("go-next-symbolic", _("Period After"), 1));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
  self->today = cfoil_day_of_time (g_get_real_time (), zone);
  take_text (self, USUAL);
}

/* --- public --- */

GtkWidget *
cfoil_period_picker_new (void)
{
  return g_object_new (CFOIL_TYPE_PERIOD_PICKER, NULL);
}

void
cfoil_period_picker_set_today (CfoilPeriodPicker *self,
                               gint32             today)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CFOIL_IS_PERIOD_PICKER (self));

  if (self->today == today)
    return;
  self->today = today;
  text = g_strdup (self->text);
  take_text (self, text);
}

void
cfoil_period_picker_set_text (CfoilPeriodPicker *self,
                              const char        *text)
{
  g_return_if_fail (CFOIL_IS_PERIOD_PICKER (self));

  take_text (self, text);
}

const char *
cfoil_period_picker_get_text (CfoilPeriodPicker *self)
{
  g_return_val_if_fail (CFOIL_IS_PERIOD_PICKER (self), NULL);

  return self->text;
}

const char *
cfoil_period_picker_find_name (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (g_strcmp0 (named[i].text, text) == 0)
      return _(named[i].title);
  return NULL;
}

void
cfoil_period_picker_set_comparison (CfoilPeriodPicker *self,
                                    CfoilComparison    comparison)
{
  g_return_if_fail (CFOIL_IS_PERIOD_PICKER (self));

  self->comparison = comparison;
  update (self);
}

void
cfoil_period_picker_set_can_compare (CfoilPeriodPicker *self,
                                     gboolean           can_compare)
{
  g_autoptr (GMenuModel) menu = NULL;

  g_return_if_fail (CFOIL_IS_PERIOD_PICKER (self));

  menu = make_menu (can_compare);
  gtk_menu_button_set_menu_model (self->button, menu);
  if (!can_compare)
    cfoil_period_picker_set_comparison (self, CFOIL_COMPARE_NONE);
}

CfoilComparison
cfoil_period_picker_get_comparison (CfoilPeriodPicker *self)
{
  g_return_val_if_fail (CFOIL_IS_PERIOD_PICKER (self), CFOIL_COMPARE_NONE);

  return self->comparison;
}
