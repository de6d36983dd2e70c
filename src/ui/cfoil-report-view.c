/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-view-private.h"

#include "cfoil-report-chart.h"
#include "cfoil-shown-text.h"
#include "cfoil-summary.h"
#include "cfoil-time.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

enum
{
  KEPT,
  REMOVED,
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilReportView, cfoil_report_view, ADW_TYPE_BIN)

static void reload (CfoilReportView *self);

/* --- reading --- */

typedef struct
{
  CfoilTable *table; /* (owned) */
  GTimeZone *zone;   /* (owned): that of the mirror's days */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->table, cfoil_table_unref);
  g_clear_pointer (&answer->zone, g_time_zone_unref);
  g_free (answer);
}

static gpointer
read_report (CfoilDatabase *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->zone = cfoil_summary_get_zone (database, error);
  if (answer->zone != NULL)
    answer->table = cfoil_report_run (database, data, cfoil_time_now_us (), cancellable, error);
  if (answer->table != NULL)
    return answer;
  answer_free (answer);
  return NULL;
}

/* --- showing --- */

static void
show_notes (CfoilReportView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < cfoil_table_get_n_notes (self->table); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", cfoil_table_get_note (self->table, i));
  gtk_label_set_text (self->notes, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), text->len > 0);
}

static void
show_chart (CfoilReportView *self)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->currencies);
  g_autoptr (CfoilChartData) data = NULL;

  if (self->table != NULL && chosen != NULL)
    data = cfoil_report_chart_make (self->table, gtk_string_object_get_string (chosen));
  cfoil_chart_set_data (self->chart, data);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), data != NULL);
  if (data == NULL)
    gtk_stack_set_visible_child_name (self->faces, "table");
}

static void
fill_currencies (CfoilReportView *self)
{
  g_autoptr (GPtrArray) codes = cfoil_report_chart_list_currencies (self->table);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->currencies);
  g_autofree char *former = chosen != NULL ? g_strdup (gtk_string_object_get_string (chosen)) : NULL;
  guint selected = 0;

  for (guint i = 0; i < codes->len; i++)
    {
      gtk_string_list_append (list, codes->pdata[i]);
      if (g_strcmp0 (codes->pdata[i], former) == 0)
        selected = i;
    }
  self->is_updating = TRUE;
  gtk_drop_down_set_model (self->currencies, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->currencies, selected);
  self->is_updating = FALSE;
}

static void
face_cb (CfoilReportView *self)
{
  gboolean is_chart = g_strcmp0 (gtk_stack_get_visible_child_name (self->faces), "chart") == 0;
  GListModel *codes = gtk_drop_down_get_model (self->currencies);

  gtk_widget_set_visible (GTK_WIDGET (self->currencies), is_chart && codes != NULL && g_list_model_get_n_items (codes) > 1);
}

static void
show_answer (CfoilReportView *self,
             Answer          *answer)
{
  g_clear_pointer (&self->table, cfoil_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->table = g_steal_pointer (&answer->table);
  self->zone = g_steal_pointer (&answer->zone);
  cfoil_report_table_set_table (self->table_view, self->table, self->zone);
  show_notes (self);
  fill_currencies (self);
  show_chart (self);
  face_cb (self);
  gtk_stack_set_visible_child_name (self->stack, cfoil_table_get_n_rows (self->table) > 0 ? "report" : "empty");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilReportView) self = user_data;
  g_autoptr (GError) error = NULL;
  Answer *answer = cfoil_reader_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (answer != NULL)
    {
      cfoil_banner_set_text (self->banner, NULL);
      show_answer (self, answer);
      answer_free (answer);
    }
  else if (self->table == NULL)
    {
      g_autofree char *text = g_markup_escape_text (cfoil_words_error (error), -1);

      adw_status_page_set_description (self->error, text);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else
    {
      cfoil_banner_set_text (self->banner, cfoil_words_error (error));
      cfoil_banner_set_tooltip (self->banner, error->message);
    }
  cfoil_report_view_update_actions (self);
}

static void
reload (CfoilReportView *self)
{
  if (self->workspace == NULL || self->definition == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->is_stale = FALSE;
  self->cancellable = g_cancellable_new ();
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, read_report,
                          cfoil_report_definition_copy (self->definition), (GDestroyNotify) cfoil_report_definition_free, answer_free,
                          self->cancellable, read_cb, g_object_ref (self));
}

/* A row that stands for many has no list of its own; that is said rather than nothing done. */
static void
row_activated_cb (CfoilReportView *self,
                  guint            row)
{
  if (self->table != NULL && cfoil_table_get_row_kind (self->table, row) == CFOIL_ROW_PLAIN &&
      cfoil_table_get_query (self->table, row) == NULL)
    cfoil_toast_show (GTK_WIDGET (self), _("These are many customers together: no search finds exactly them"));
}

/* --- choosing --- */

static void
period_cb (CfoilReportView *self)
{
  if (self->definition == NULL || g_strcmp0 (self->definition->period, cfoil_period_picker_get_text (self->picker)) == 0)
    return;
  g_free (self->definition->period);
  self->definition->period = g_strdup (cfoil_period_picker_get_text (self->picker));
  reload (self);
}

static const char *
group_title (const char *group)
{
  static const struct
  {
    const char *name;
    const char *title;
  } titles[] = {
    { "day", N_("By Day") },          { "week", N_("By Week") },         { "month", N_("By Month") },
    { "quarter", N_("By Quarter") },  { "year", N_("By Year") },         { "store", N_("By Store") },
    { "reason", N_("By Reason") },    { "outcome", N_("By Outcome") },   { "settlement", N_("By Settlement") },
    { "customer", N_("By Customer") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].name, group))
      return _(titles[i].title);
  return group;
}

static void
fill_groups (CfoilReportView *self)
{
  const CfoilReportInfo *info = cfoil_report_get_info (self->definition->kind);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  /* Translators: what the rows of a report are: days, weeks or months, whatever suits its period */
  gtk_string_list_append (list, C_("rows of a report", "Automatic"));
  for (guint i = 0; info->groups[i] != NULL; i++)
    {
      gtk_string_list_append (list, group_title (info->groups[i]));
      if (g_strcmp0 (info->groups[i], self->definition->group) == 0)
        selected = i + 1;
    }
  gtk_drop_down_set_model (self->groups, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->groups, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->groups), info->groups[0] != NULL && info->groups[1] != NULL);
}

static void
group_cb (CfoilReportView *self)
{
  guint selected = gtk_drop_down_get_selected (self->groups);
  const char *group;

  if (self->is_updating || self->definition == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  group = selected > 0 ? cfoil_report_get_info (self->definition->kind)->groups[selected - 1] : NULL;
  g_free (self->definition->group);
  self->definition->group = g_strdup (group);
  reload (self);
}

static void
fill_accounts (CfoilReportView *self)
{
  const CfoilMirrorStatus *status = self->workspace != NULL ? cfoil_workspace_get_status (self->workspace) : NULL;
  char **wanted = self->definition != NULL ? self->definition->accounts : NULL;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->account_names, 0);
  g_ptr_array_add (self->account_names, g_strdup (""));
  gtk_string_list_append (list, wanted != NULL && g_strv_length (wanted) > 1 ? _("Several Accounts") : _("All Accounts"));
  for (guint i = 0; status != NULL && i < status->accounts->len; i++)
    {
      const CfoilAccountStatus *account = status->accounts->pdata[i];
      g_autofree char *shown = cfoil_shown_text (account->name);

      g_ptr_array_add (self->account_names, g_strdup (account->name));
      gtk_string_list_append (list, shown);
      if (wanted != NULL && g_strv_length (wanted) == 1 && g_str_equal (wanted[0], account->name))
        selected = self->account_names->len - 1;
    }
  self->is_updating = TRUE;
  gtk_drop_down_set_model (self->accounts, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->accounts, selected);
  self->is_updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->accounts), self->account_names->len > 2);
}

static void
account_cb (CfoilReportView *self)
{
  guint selected = gtk_drop_down_get_selected (self->accounts);

  if (self->is_updating || self->definition == NULL || selected >= self->account_names->len)
    return;
  g_clear_pointer (&self->definition->accounts, g_strfreev);
  if (selected > 0)
    {
      self->definition->accounts = g_new0 (char *, 2);
      self->definition->accounts[0] = g_strdup (self->account_names->pdata[selected]);
    }
  reload (self);
}

static void
currency_cb (CfoilReportView *self)
{
  if (!self->is_updating)
    show_chart (self);
}

/* What cannot be seen waits until it can. */
static void
changed_cb (CfoilReportView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    reload (self);
  else
    self->is_stale = TRUE;
}

/* --- public --- */

void
cfoil_report_view_open (CfoilReportView             *self,
                        const CfoilReportDefinition *definition)
{
  const CfoilReportInfo *info = cfoil_report_get_info (definition->kind);
  g_autofree char *name = cfoil_shown_text (definition->name);
  CfoilReportDefinition *copy;

  g_return_if_fail (CFOIL_IS_REPORT_VIEW (self));

  copy = cfoil_report_definition_copy (definition);
  g_clear_pointer (&self->definition, cfoil_report_definition_free);
  self->definition = copy;
  g_clear_pointer (&self->table, cfoil_table_unref);
  gtk_label_set_text (self->title, name != NULL ? name : _(info->title));
  gtk_label_set_text (self->explanation, _(info->explanation));
  cfoil_banner_set_text (self->banner, NULL);
  self->is_updating = TRUE;
  fill_groups (self);
  cfoil_period_picker_set_text (self->picker, copy->period);
  self->is_updating = FALSE;
  fill_accounts (self);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  cfoil_report_view_update_actions (self);
  changed_cb (self);
}

void
cfoil_report_view_set_can_go_back (CfoilReportView *self,
                                   gboolean         can_go_back)
{
  g_return_if_fail (CFOIL_IS_REPORT_VIEW (self));

  gtk_widget_set_visible (self->back_button, can_go_back);
}

static void
mapped_cb (CfoilReportView *self)
{
  if (self->is_stale)
    reload (self);
}

void
cfoil_report_view_set_workspace (CfoilReportView *self,
                                 CfoilWorkspace  *workspace)
{
  g_return_if_fail (CFOIL_IS_REPORT_VIEW (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_set_object (&self->workspace, workspace);
  g_signal_group_set_target (self->reader_signals, workspace != NULL ? cfoil_workspace_get_reader (workspace) : NULL);
  g_clear_pointer (&self->table, cfoil_table_unref);
  cfoil_report_table_set_table (self->table_view, NULL, NULL);
  if (workspace == NULL)
    return;
  cfoil_period_picker_set_today (self->picker, cfoil_day_of_time (cfoil_time_now_us (), cfoil_workspace_get_time_zone (workspace)));
  g_signal_connect_object (workspace, "notify::status", G_CALLBACK (fill_accounts), self, G_CONNECT_SWAPPED);
  fill_accounts (self);
}

/* --- GObject --- */

static void
back_cb (CfoilReportView *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
cfoil_report_view_dispose (GObject *object)
{
  CfoilReportView *self = CFOIL_REPORT_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->reader_signals);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->definition, cfoil_report_definition_free);
  g_clear_pointer (&self->table, cfoil_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->account_names, g_ptr_array_unref);

  G_OBJECT_CLASS (cfoil_report_view_parent_class)->dispose (object);
}

static void
cfoil_report_view_class_init (CfoilReportViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_report_view_dispose;
  signals[KEPT] = g_signal_new ("kept", CFOIL_TYPE_REPORT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", CFOIL_TYPE_REPORT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BACK] = g_signal_new ("back", CFOIL_TYPE_REPORT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "report.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "report.back", NULL);

  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_CHART);
  g_type_ensure (CFOIL_TYPE_REPORT_TABLE);
  g_type_ensure (CFOIL_TYPE_SEARCH_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-report-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, back_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, explanation);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, faces);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, flow);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, error);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, table_view);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, chart);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportView, notes);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, face_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static GtkDropDown *
add_drop_down (CfoilReportView *self,
               const char      *label,
               GCallback        callback)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);

  gtk_widget_set_tooltip_text (drop_down, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (drop_down, FALSE);
  g_signal_connect_object (drop_down, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  cfoil_search_flow_append (self->flow, drop_down);
  return GTK_DROP_DOWN (drop_down);
}

static void
cfoil_report_view_init (CfoilReportView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  self->account_names = g_ptr_array_new_with_free_func (g_free);
  self->reader_signals = g_signal_group_new (CFOIL_TYPE_READER);
  g_signal_group_connect_object (self->reader_signals, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->picker = CFOIL_PERIOD_PICKER (cfoil_period_picker_new ());
  cfoil_period_picker_set_can_compare (self->picker, FALSE);
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (period_cb), self, G_CONNECT_SWAPPED);
  cfoil_search_flow_append (self->flow, GTK_WIDGET (self->picker));
  self->is_updating = TRUE;
  self->groups = add_drop_down (self, _("Rows"), G_CALLBACK (group_cb));
  self->accounts = add_drop_down (self, _("Account"), G_CALLBACK (account_cb));
  self->currencies = add_drop_down (self, _("Currency of the Chart"), G_CALLBACK (currency_cb));
  self->is_updating = FALSE;
  self->switcher = GTK_STACK_SWITCHER (gtk_stack_switcher_new ());
  gtk_stack_switcher_set_stack (self->switcher, self->faces);
  cfoil_search_flow_append (self->flow, GTK_WIDGET (self->switcher));
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  cfoil_report_view_add_actions (self);
}
