/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlements-page.h"

#include "cfoil-banner.h"
#include "cfoil-compat.h"
#include "cfoil-proof-figure.h"
#include "cfoil-report-print.h"
#include "cfoil-settlement-close-dialog.h"
#include "cfoil-settlement-filters.h"
#include "cfoil-settlement-list.h"
#include "cfoil-settlement-pane.h"
#include "cfoil-settlement-reading.h"
#include "cfoil-settlement-table.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilSettlementsPage
{
  CfoilPage parent_instance;

  AdwLeaflet *leaflet;
  GtkToggleButton *settled_toggle;
  GtkLabel *unsettled_label;
  GtkBox *filters;
  GtkDropDown *period;
  GtkDropDown *shown;
  CfoilBanner *banner;
  CfoilBanner *changes_banner;
  GtkStack *stack;
  AdwStatusPage *nothing;
  AdwStatusPage *error;
  CfoilSettlementList *list;
  CfoilSettlementTable *unsettled;
  GtkWidget *proof_box;
  GtkWidget *separator;
  GtkWidget *back_box;
  CfoilSettlementPane *pane;

  GSignalGroup *workspace_signals; /* (owned) */
  GSignalGroup *reader_signals;    /* (owned) */
  GCancellable *cancellable;       /* (owned) (nullable): while it reads */
  gboolean is_stale;               /* the mirror changed while it read */
  gboolean is_unshown;             /* ->reading came while the page was not in front */
  guint wait_id;
  CfoilSettlementReading *reading; /* (owned) (nullable): what is shown */
  guint focus_id;
  gboolean awaits_focus;           /* it came into view, and its rows have not as yet */
  gint64 read_us;                  /* when it was read last, by the monotonic clock */
  char *wanted;                    /* (owned) (nullable): the settlement to show when there are rows */
};

G_DEFINE_FINAL_TYPE (CfoilSettlementsPage, cfoil_settlements_page, CFOIL_TYPE_PAGE)

/* --- the focus --- */

static gboolean
take_focus_cb (gpointer user_data)
{
  CfoilSettlementsPage *self = user_data;

  self->focus_id = 0;
  self->awaits_focus = FALSE;
  cfoil_settlement_list_focus (self->list);
  return G_SOURCE_REMOVE;
}

/* Rows are there only after the next layout. */
static void
take_focus_soon (CfoilSettlementsPage *self)
{
  if (self->awaits_focus && self->focus_id == 0 && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    self->focus_id = g_timeout_add (100, take_focus_cb, self);
}

static void
cfoil_settlements_page_unmap (GtkWidget *widget)
{
  CfoilSettlementsPage *self = CFOIL_SETTLEMENTS_PAGE (widget);

  self->awaits_focus = FALSE;
  g_clear_handle_id (&self->focus_id, g_source_remove);
  GTK_WIDGET_CLASS (cfoil_settlements_page_parent_class)->unmap (widget);
}

/* --- what is in view --- */

static gboolean
shows_unsettled (CfoilSettlementsPage *self)
{
  /* The one that is left tells of it before the other one is active. */
  return !gtk_toggle_button_get_active (self->settled_toggle);
}

static void
set_output_enabled (CfoilSettlementsPage *self,
                    gboolean              is_enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "settlements.export", is_enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "settlements.print", is_enabled);
}

static void
show_nothing (CfoilSettlementsPage *self)
{
  const char *title;

  adw_status_page_set_description (self->nothing, cfoil_settlement_list_describe_nothing (self->list, &title));
  adw_status_page_set_title (self->nothing, title);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

/* Nothing can be chosen where nothing is listed. */
static void
show_proof (CfoilSettlementsPage *self,
            gboolean              is_shown)
{
  gtk_widget_set_visible (self->proof_box, is_shown);
  gtk_widget_set_visible (self->separator, is_shown);
}

static void
update_view (CfoilSettlementsPage *self)
{
  const CfoilSettlementReading *reading = self->reading;

  gtk_widget_set_visible (GTK_WIDGET (self->filters), !shows_unsettled (self));
  if (reading == NULL)
    return;
  if (shows_unsettled (self))
    gtk_stack_set_visible_child_name (self->stack, cfoil_table_get_n_rows (reading->unsettled) > 0 ? "unsettled" : "all-settled");
  else if (!reading->is_any)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (cfoil_settlement_list_get_n_items (self->list) == 0)
    show_nothing (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
  show_proof (self, !shows_unsettled (self) && reading->is_any);
  set_output_enabled (self, shows_unsettled (self) ? cfoil_table_get_n_rows (reading->unsettled) > 0
                                                   : cfoil_settlement_list_get_n_items (self->list) > 0);
  take_focus_soon (self);
}

static void
update_numbers (CfoilSettlementsPage *self)
{
  guint n = self->reading->items->len, n_late = cfoil_table_get_n_rows (self->reading->unsettled), n_changes = self->reading->n_changes;
  g_autofree char *number = cfoil_words_number (n);
  g_autofree char *late = cfoil_words_number (n_late);
  g_autofree char *text = g_strdup_printf (ngettext ("%s settlement", "%s settlements", n), number);
  g_autofree char *changes = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *title = NULL;

  changes = g_strdup_printf (ngettext ("%d change came after its period was closed", "%d changes came after their period was closed",
                                       n_changes), (int) n_changes);
  cfoil_banner_set_text (self->changes_banner, n_changes > 0 ? changes : NULL);
  cfoil_page_set_badge (CFOIL_PAGE (self), self->reading->n_wrong);
  subtitle = g_strdup_printf ("%s · %s", cfoil_workspace_get_time_zone_name (cfoil_page_get_workspace (CFOIL_PAGE (self))), text);
  cfoil_page_set_subtitle (CFOIL_PAGE (self), n > 0 ? subtitle : "");
  title = n_late == 0 ? g_strdup (_ ("Captured, Not Settled"))
                      /* Translators: %s is a number. */
                      : g_strdup_printf (_ ("Captured, Not Settled (%s)"), late);
  gtk_label_set_text (self->unsettled_label, title);
}

/* --- reading --- */

static void changed_cb (CfoilSettlementsPage *self);

/* The one that was asked for before it was here. */
static void
select_wanted (CfoilSettlementsPage *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);

  if (wanted != NULL && cfoil_settlement_list_select (self->list, wanted) && adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child_name (self->leaflet, "proof");
}

/* Rows take long to make: not while another page is in front. */
static void
show_reading (CfoilSettlementsPage *self)
{
  GTimeZone *zone = cfoil_workspace_get_time_zone (cfoil_page_get_workspace (CFOIL_PAGE (self)));

  self->is_unshown = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->is_unshown)
    return;
  cfoil_settlement_list_set_items (self->list, self->reading->items, zone);
  cfoil_settlement_table_set_table (self->unsettled, self->reading->unsettled, zone);
  select_wanted (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilSettlementsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilSettlementReading) reading = cfoil_settlement_reading_run_finish (result, &error);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || workspace == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (reading == NULL && self->reading == NULL)
    {
      adw_status_page_set_description (self->error, cfoil_words_error (error));
      gtk_stack_set_visible_child_name (self->stack, "error");
      show_proof (self, FALSE);
      return;
    }
  cfoil_banner_set_text (self->banner, reading == NULL ? cfoil_words_error (error) : NULL);
  if (reading != NULL && (self->reading == NULL || !g_str_equal (reading->digest, self->reading->digest)))
    {
      g_clear_pointer (&self->reading, cfoil_settlement_reading_free);
      self->reading = g_steal_pointer (&reading);
      show_reading (self);
      update_numbers (self);
    }
  update_view (self);
  if (self->is_stale)
    changed_cb (self);
}

static void
read_settlements (CfoilSettlementsPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  self->is_stale = self->cancellable != NULL;
  if (self->is_stale || workspace == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->read_us = g_get_monotonic_time ();
  cfoil_settlement_reading_run_async (workspace, cfoil_settlement_filters_get_period (self->period), self->cancellable,
                                      read_cb, g_object_ref (self));
}

static gboolean
wait_cb (gpointer user_data)
{
  CfoilSettlementsPage *self = user_data;

  self->wait_id = 0;
  read_settlements (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CfoilSettlementsPage *self)
{
  gboolean is_in_front = gtk_widget_get_mapped (GTK_WIDGET (self));
  guint wait_ms = cfoil_settlement_reading_get_wait (self->reading, self->read_us, is_in_front);

  if (self->wait_id != 0 && !is_in_front)
    return;
  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (wait_ms == 0 && self->cancellable == NULL)
    read_settlements (self);
  else
    self->wait_id = g_timeout_add (MAX (wait_ms, 100), wait_cb, self);
}

static void
cfoil_settlements_page_map (GtkWidget *widget)
{
  CfoilSettlementsPage *self = CFOIL_SETTLEMENTS_PAGE (widget);

  GTK_WIDGET_CLASS (cfoil_settlements_page_parent_class)->map (widget);
  self->awaits_focus = TRUE;
  cfoil_compat_let_shrink (GTK_WIDGET (self->settled_toggle));
  cfoil_compat_let_shrink (gtk_widget_get_first_child (GTK_WIDGET (self->period)));
  cfoil_compat_let_shrink (gtk_widget_get_first_child (GTK_WIDGET (self->shown)));
  if (self->reading != NULL && self->is_unshown)
    {
      show_reading (self);
      update_view (self);
    }
  if (self->wait_id != 0)
    {
      g_clear_handle_id (&self->wait_id, g_source_remove);
      read_settlements (self);
    }
  take_focus_soon (self);
}

static void
read_anew (CfoilSettlementsPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  read_settlements (self);
}

/* What is shown has other days now. */
static void
zone_cb (CfoilSettlementsPage *self)
{
  g_clear_pointer (&self->reading, cfoil_settlement_reading_free);
  read_anew (self);
}

/* --- choosing --- */

static void
selected_cb (CfoilSettlementsPage *self,
             CfoilSettlementItem  *item)
{
  cfoil_settlement_pane_set_item (self->pane, cfoil_page_get_workspace (CFOIL_PAGE (self)), item);
}

static void
activated_cb (CfoilSettlementsPage *self,
              CfoilSettlementItem  *item)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "proof");
  gtk_widget_child_focus (adw_leaflet_get_folded (self->leaflet) ? self->back_box : GTK_WIDGET (self->pane), GTK_DIR_TAB_FORWARD);
}

static void
back_action_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CfoilSettlementsPage *self = CFOIL_SETTLEMENTS_PAGE (widget);

  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  cfoil_settlement_list_focus (self->list);
}

/* Lists of GTK 4.8 go from row to row with Tab, too: with hundreds of them there would be no way out. */
static gboolean
list_key_cb (CfoilSettlementsPage *self,
             guint                 keyval,
             guint                 keycode,
             GdkModifierType       state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (keyval == GDK_KEY_Tab && (state & GDK_SHIFT_MASK) == 0)
    return !adw_leaflet_get_folded (self->leaflet) && gtk_widget_child_focus (GTK_WIDGET (self->pane), GTK_DIR_TAB_FORWARD);
  if (keyval == GDK_KEY_ISO_Left_Tab || keyval == GDK_KEY_Tab)
    return gtk_widget_child_focus (GTK_WIDGET (self->changes_banner), GTK_DIR_TAB_BACKWARD) ||
           gtk_widget_child_focus (GTK_WIDGET (self->filters), GTK_DIR_TAB_BACKWARD);
  return FALSE;
}

static void
folded_cb (CfoilSettlementsPage *self)
{
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (self->back_box, is_folded);
  cfoil_settlement_list_set_opens_at_once (self->list, is_folded);
}

static void
toggled_cb (CfoilSettlementsPage *self)
{
  if (self->leaflet != NULL)
    adw_leaflet_set_visible_child_name (self->leaflet, "list");
  update_view (self);
}

static void
period_cb (CfoilSettlementsPage *self)
{
  if (cfoil_page_get_workspace (CFOIL_PAGE (self)) != NULL)
    read_anew (self);
}

static void
shown_cb (CfoilSettlementsPage *self)
{
  cfoil_settlement_list_set_shown (self->list, (CfoilSettlementsShown) gtk_drop_down_get_selected (self->shown));
  update_view (self);
}

static void
show_all_cb (CfoilSettlementsPage *self)
{
  gtk_drop_down_set_selected (self->shown, CFOIL_SETTLEMENTS_ALL);
  gtk_drop_down_set_selected (self->period, 0);
}

void
cfoil_settlements_page_show (CfoilSettlementsPage *self,
                             const char           *settlement_id)
{
  g_return_if_fail (CFOIL_IS_SETTLEMENTS_PAGE (self));

  gtk_toggle_button_set_active (self->settled_toggle, TRUE);
  gtk_drop_down_set_selected (self->period, 0);
  gtk_drop_down_set_selected (self->shown, *settlement_id != '\0' ? CFOIL_SETTLEMENTS_ALL : CFOIL_SETTLEMENTS_WRONG);
  g_free (self->wanted);
  self->wanted = *settlement_id != '\0' ? g_strdup (settlement_id) : NULL;
  if (self->reading != NULL && !self->is_unshown && self->cancellable == NULL)
    select_wanted (self);
}

static void
show_rows_cb (CfoilSettlementsPage *self,
              const char           *query)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-rows", "s", query);
}

/* --- files and paper --- */

/* In UTC, as its columns say: the bytes of the command line. */
static void
export_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  CfoilSettlementsPage *self = CFOIL_SETTLEMENTS_PAGE (widget);
  const CfoilReportPage page = { cfoil_report_usual_paper (), TRUE };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) proofs = cfoil_settlement_list_get_proofs (self->list);
  g_autoptr (CfoilTable) table = shows_unsettled (self) ? cfoil_table_ref (self->reading->unsettled) : cfoil_proof_to_table (proofs);

  cfoil_report_save_as (widget, table, CFOIL_REPORT_CSV, &page, utc);
}

static void
print_action_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  CfoilSettlementsPage *self = CFOIL_SETTLEMENTS_PAGE (widget);
  const CfoilReportPage page = { cfoil_report_usual_paper (), TRUE };
  g_autoptr (GPtrArray) proofs = cfoil_settlement_list_get_proofs (self->list);
  g_autoptr (CfoilTable) table = shows_unsettled (self) ? cfoil_table_ref (self->reading->unsettled) : cfoil_proof_to_sheet (proofs);

  cfoil_report_print (GTK_WINDOW (gtk_widget_get_root (widget)), table, &page,
                      cfoil_workspace_get_time_zone (cfoil_page_get_workspace (CFOIL_PAGE (self))));
}

static void
close_period_action_cb (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  CfoilSettlementsPage *self = CFOIL_SETTLEMENTS_PAGE (widget);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  if (workspace != NULL)
    gtk_window_present (GTK_WINDOW (cfoil_settlement_close_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), workspace)));
}

/* --- GObject --- */

static void
cfoil_settlements_page_workspace_changed (CfoilPage *page)
{
  CfoilSettlementsPage *self = CFOIL_SETTLEMENTS_PAGE (page);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (page);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_signal_group_set_target (self->workspace_signals, workspace);
  g_signal_group_set_target (self->reader_signals, workspace != NULL ? cfoil_workspace_get_reader (workspace) : NULL);
  g_clear_pointer (&self->reading, cfoil_settlement_reading_free);
  cfoil_settlement_list_set_items (self->list, none, utc);
  cfoil_page_set_badge (page, 0);
  cfoil_page_set_subtitle (page, "");
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  cfoil_banner_set_text (self->changes_banner, NULL);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  show_proof (self, FALSE);
  read_anew (self);
}

static void
cfoil_settlements_page_dispose (GObject *object)
{
  CfoilSettlementsPage *self = CFOIL_SETTLEMENTS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_handle_id (&self->focus_id, g_source_remove);
  if (self->workspace_signals != NULL)
    {
      g_signal_group_set_target (self->workspace_signals, NULL);
      g_signal_group_set_target (self->reader_signals, NULL);
    }
  g_clear_object (&self->workspace_signals);
  g_clear_object (&self->reader_signals);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_SETTLEMENTS_PAGE);
  g_clear_pointer (&self->reading, cfoil_settlement_reading_free);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (cfoil_settlements_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-settlements-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, settled_toggle);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, unsettled_label);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, filters);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, period);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, shown);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, changes_banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, error);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, list);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, unsettled);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, proof_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, separator);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, back_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementsPage, pane);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, period_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_rows_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
cfoil_settlements_page_class_init (CfoilSettlementsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_settlements_page_dispose;
  widget_class->map = cfoil_settlements_page_map;
  widget_class->unmap = cfoil_settlements_page_unmap;
  CFOIL_PAGE_CLASS (klass)->workspace_changed = cfoil_settlements_page_workspace_changed;

  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_SETTLEMENT_LIST);
  g_type_ensure (CFOIL_TYPE_SETTLEMENT_PANE);
  g_type_ensure (CFOIL_TYPE_SETTLEMENT_TABLE);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "settlements.export", NULL, export_action_cb);
  gtk_widget_class_install_action (widget_class, "settlements.print", NULL, print_action_cb);
  gtk_widget_class_install_action (widget_class, "settlements.close-period", NULL, close_period_action_cb);
  gtk_widget_class_install_action (widget_class, "settlements.back", NULL, back_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "settlements.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "settlements.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "settlements.back", NULL);
}

static void
cfoil_settlements_page_init (CfoilSettlementsPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  cfoil_settlement_filters_fill (self->period, self->shown);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  folded_cb (self);
  set_output_enabled (self, FALSE);
  cfoil_banner_set_button (self->changes_banner, _ ("Look Into"), "settlements.close-period");
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (zone_cb), self);
  self->reader_signals = g_signal_group_new (CFOIL_TYPE_READER);
  g_signal_group_connect_swapped (self->reader_signals, "changed", G_CALLBACK (changed_cb), self);
}
