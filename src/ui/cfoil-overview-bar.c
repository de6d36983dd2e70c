/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-bar.h"

#include "cfoil-period-picker.h"
#include "cfoil-search-flow.h"

#include <glib/gi18n.h>

/* In a list longer than that one looks for a name by its first letters. */
#define MANY 12

struct _CfoilOverviewBar
{
  AdwBin parent_instance;

  CfoilPeriodPicker *picker;
  GtkDropDown *accounts;
  GtkDropDown *currencies;
  GtkDropDown *converted;
  GPtrArray *account_names; /* utf8: by place in the drop-down, "": all */
  GPtrArray *codes;         /* utf8: of the currencies */
  GPtrArray *targets;       /* utf8: of what they are converted to, "": nothing */
  GSettings *settings;      /* (owned) */
  gboolean is_updating;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilOverviewBar, cfoil_overview_bar, ADW_TYPE_BIN)

/* --- from widgets to settings and back --- */

static void
picked_cb (CfoilOverviewBar *self)
{
  g_settings_set_string (self->settings, "overview-comparison",
                         cfoil_comparison_to_string (cfoil_period_picker_get_comparison (self->picker)));
  g_settings_set_string (self->settings, "overview-period", cfoil_period_picker_get_text (self->picker));
}

static guint
find (GPtrArray  *values,
      const char *value)
{
  for (guint i = 0; i < values->len; i++)
    if (g_str_equal (values->pdata[i], value))
      return i;
  return 0;
}

/* Another window may have chosen. */
static void
select_account (CfoilOverviewBar *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, "overview-account");

  self->is_updating = TRUE;
  gtk_drop_down_set_selected (self->accounts, find (self->account_names, chosen));
  self->is_updating = FALSE;
}

static void
settings_cb (CfoilOverviewBar *self,
             const char       *key)
{
  if (!g_str_has_prefix (key, "overview-"))
    return;
  if (g_str_equal (key, "overview-period"))
    {
      g_autofree char *text = g_settings_get_string (self->settings, key);

      if (g_strcmp0 (text, cfoil_period_picker_get_text (self->picker)) != 0)
        cfoil_period_picker_set_text (self->picker, text);
    }
  else if (g_str_equal (key, "overview-comparison"))
    {
      g_autofree char *text = g_settings_get_string (self->settings, key);

      cfoil_period_picker_set_comparison (self->picker, cfoil_comparison_from_string (text));
    }
  else if (g_str_equal (key, "overview-account"))
    select_account (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
selected_cb (CfoilOverviewBar *self)
{
  guint account = gtk_drop_down_get_selected (self->accounts), currency = gtk_drop_down_get_selected (self->currencies);
  guint converted = gtk_drop_down_get_selected (self->converted);

  if (self->is_updating)
    return;
  if (account < self->account_names->len)
    g_settings_set_string (self->settings, "overview-account", self->account_names->pdata[account]);
  if (currency < self->codes->len)
    g_settings_set_string (self->settings, "overview-currency", self->codes->pdata[currency]);
  if (converted < self->targets->len)
    g_settings_set_string (self->settings, "overview-converted", self->targets->pdata[converted]);
}

static void
fill (GtkDropDown *drop_down,
      GPtrArray   *titles,
      guint        selected)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < titles->len; i++)
    gtk_string_list_append (list, titles->pdata[i]);
  gtk_drop_down_set_enable_search (drop_down, titles->len > MANY);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (drop_down, selected);
}

/* --- GObject --- */

static void
cfoil_overview_bar_dispose (GObject *object)
{
  g_clear_object (&CFOIL_OVERVIEW_BAR (object)->settings);

  G_OBJECT_CLASS (cfoil_overview_bar_parent_class)->dispose (object);
}

static void
cfoil_overview_bar_finalize (GObject *object)
{
  CfoilOverviewBar *self = CFOIL_OVERVIEW_BAR (object);

  g_ptr_array_unref (self->account_names);
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->targets);

  G_OBJECT_CLASS (cfoil_overview_bar_parent_class)->finalize (object);
}

static void
cfoil_overview_bar_class_init (CfoilOverviewBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_overview_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_overview_bar_finalize;
  signals[CHANGED] =
    g_signal_new ("changed", CFOIL_TYPE_OVERVIEW_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkDropDown *
add_drop_down (CfoilOverviewBar *self,
               CfoilSearchFlow  *flow,
               const char       *label)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));

  gtk_widget_set_tooltip_text (drop_down, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (drop_down, FALSE);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  cfoil_search_flow_append (flow, drop_down);
  return GTK_DROP_DOWN (drop_down);
}

static void
cfoil_overview_bar_init (CfoilOverviewBar *self)
{
  CfoilSearchFlow *flow = g_object_new (CFOIL_TYPE_SEARCH_FLOW, NULL);
  g_autofree char *text = NULL, *comparison = NULL;

  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  self->account_names = g_ptr_array_new_with_free_func (g_free);
  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->targets = g_ptr_array_new_with_free_func (g_free);
  self->picker = CFOIL_PERIOD_PICKER (cfoil_period_picker_new ());
  text = g_settings_get_string (self->settings, "overview-period");
  comparison = g_settings_get_string (self->settings, "overview-comparison");
  cfoil_period_picker_set_text (self->picker, text);
  cfoil_period_picker_set_comparison (self->picker, cfoil_comparison_from_string (comparison));
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  cfoil_search_flow_append (flow, GTK_WIDGET (self->picker));
  /* Until the drop-downs are filled nothing is chosen in them. */
  self->is_updating = TRUE;
  self->accounts = add_drop_down (self, flow, _("Account"));
  self->currencies = add_drop_down (self, flow, _("Currency"));
  self->converted = add_drop_down (self, flow, _("All currencies together"));
  self->is_updating = FALSE;
  gtk_widget_add_css_class (GTK_WIDGET (flow), "overview-bar");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (flow));
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (settings_cb), self, G_CONNECT_SWAPPED);
}

/* --- public --- */

GSettings *
cfoil_overview_bar_get_settings (CfoilOverviewBar *self)
{
  g_return_val_if_fail (CFOIL_IS_OVERVIEW_BAR (self), NULL);

  return self->settings;
}

void
cfoil_overview_bar_set_today (CfoilOverviewBar *self,
                              gint32            today)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_BAR (self));

  cfoil_period_picker_set_today (self->picker, today);
}

void
cfoil_overview_bar_set_status (CfoilOverviewBar        *self,
                               const CfoilMirrorStatus *status)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *chosen = g_settings_get_string (self->settings, "overview-account");

  g_return_if_fail (CFOIL_IS_OVERVIEW_BAR (self));

  g_ptr_array_set_size (self->account_names, 0);
  g_ptr_array_add (self->account_names, g_strdup (""));
  g_ptr_array_add (titles, g_strdup (_("All Accounts")));
  for (guint i = 0; status != NULL && i < status->accounts->len; i++)
    {
      const CfoilAccountStatus *account = status->accounts->pdata[i];

      g_ptr_array_add (self->account_names, g_strdup (account->name));
      /* Translators: %s is the name of an account for trying things out. */
      g_ptr_array_add (titles, account->is_sandbox ? g_strdup_printf (_("%s (Sandbox)"), account->name)
                                                   : g_strdup (account->name));
    }
  self->is_updating = TRUE;
  fill (self->accounts, titles, find (self->account_names, chosen));
  self->is_updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->accounts), titles->len > 2);
}

static gboolean
codes_are_current (CfoilOverviewBar    *self,
                   const CfoilOverview *overview)
{
  if (self->codes->len != overview->blocks->len)
    return FALSE;
  for (guint i = 0; i < self->codes->len; i++)
    if (!g_str_equal (self->codes->pdata[i], ((CfoilOverviewBlock *) overview->blocks->pdata[i])->currency))
      return FALSE;
  return TRUE;
}

static void
fill_currencies (CfoilOverviewBar    *self,
                 const CfoilOverview *overview)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_set_size (self->codes, 0);
  for (guint i = 0; i < overview->blocks->len; i++)
    {
      const char *code = ((CfoilOverviewBlock *) overview->blocks->pdata[i])->currency;

      g_ptr_array_add (self->codes, g_strdup (code));
      g_ptr_array_add (titles, g_strdup (*code != '\0' ? code : _("No Currency")));
    }
  fill (self->currencies, titles, 0);
}

/* Also what was chosen when there were other accounts. */
static void
fill_targets (CfoilOverviewBar *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *chosen = g_settings_get_string (self->settings, "overview-converted");

  g_ptr_array_set_size (self->targets, 0);
  g_ptr_array_add (self->targets, g_strdup (""));
  for (guint i = 0; i < self->codes->len; i++)
    if (*(const char *) self->codes->pdata[i] != '\0')
      g_ptr_array_add (self->targets, g_strdup (self->codes->pdata[i]));
  if (!g_ptr_array_find_with_equal_func (self->targets, chosen, g_str_equal, NULL))
    g_ptr_array_add (self->targets, g_strdup (chosen));
  g_ptr_array_add (titles, g_strdup (_("Currencies Apart")));
  for (guint i = 1; i < self->targets->len; i++)
    /* Translators: %s is a currency, for example EUR. */
    g_ptr_array_add (titles, g_strdup_printf (_("Together in %s"), (char *) self->targets->pdata[i]));
  fill (self->converted, titles, find (self->targets, chosen));
}

void
cfoil_overview_bar_set_answer (CfoilOverviewBar          *self,
                               const CfoilOverviewAnswer *answer)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_BAR (self));
  g_return_if_fail (answer != NULL);

  self->is_updating = TRUE;
  if (!codes_are_current (self, answer->overview))
    {
      fill_currencies (self, answer->overview);
      fill_targets (self);
    }
  if (answer->block != NULL)
    gtk_drop_down_set_selected (self->currencies, find (self->codes, answer->block->currency));
  self->is_updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->currencies), self->codes->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->converted), self->codes->len > 1 || gtk_drop_down_get_selected (self->converted) != 0);
}

void
cfoil_overview_bar_wish (CfoilOverviewBar  *self,
                         CfoilOverviewWish *wish)
{
  g_autofree char *account = g_settings_get_string (self->settings, "overview-account");
  g_autofree char *currency = g_settings_get_string (self->settings, "overview-currency");
  g_autofree char *converted = g_settings_get_string (self->settings, "overview-converted");
  const char *accounts[] = { account, NULL };

  g_return_if_fail (CFOIL_IS_OVERVIEW_BAR (self));

  wish->period = g_strdup (cfoil_period_picker_get_text (self->picker));
  wish->comparison = cfoil_period_picker_get_comparison (self->picker);
  /* Of another mirror, or removed: all. */
  if (*account != '\0' && g_ptr_array_find_with_equal_func (self->account_names, account, g_str_equal, NULL))
    wish->accounts = g_strdupv ((char **) accounts);
  wish->currency = *currency != '\0' ? g_strdup (currency) : NULL;
  wish->converted = *converted != '\0' ? g_strdup (converted) : NULL;
}
