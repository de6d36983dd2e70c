/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-schedules-view.h"

#include "cfoil-banner.h"
#include "cfoil-compat.h"
#include "cfoil-report-ask-dialog.h"
#include "cfoil-report-ask.h"
#include "cfoil-report-titles.h"
#include "cfoil-report-watch.h"
#include "cfoil-shown-text.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilReportSchedulesView
{
  AdwBin parent_instance;

  CfoilBanner *banner;
  GtkStack *stack;
  AdwPreferencesGroup *group;
  GPtrArray *rows;              /* (element-type GtkWidget), borrowed: of ->group */

  CfoilWorkspace *workspace;    /* (owned) (nullable) */
  CfoilReportWatch *watch;      /* (owned): of what is shown */
  GSimpleActionGroup *actions;  /* (owned) */
  GPtrArray *schedules;         /* (owned) (nullable): CfoilReportSchedule, as shown */
  GPtrArray *titles;            /* (owned) (nullable): utf8, theirs; NULL elements: not known */
};

G_DEFINE_FINAL_TYPE (CfoilReportSchedulesView, cfoil_report_schedules_view, ADW_TYPE_BIN)

/* --- reading --- */

typedef struct
{
  GPtrArray *schedules; /* (owned) */
  GPtrArray *titles;    /* (owned) */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->schedules, g_ptr_array_unref);
  g_clear_pointer (&answer->titles, g_ptr_array_unref);
  g_free (answer);
}

static gpointer
read_schedules (CfoilDatabase *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GPtrArray) schedules = cfoil_report_schedule_list (database, error);
  g_autoptr (CfoilReportTitles) titles = NULL;
  Answer *answer;

  if (schedules == NULL)
    return NULL;
  titles = cfoil_report_titles_new (data);
  answer = g_new0 (Answer, 1);
  answer->schedules = g_steal_pointer (&schedules);
  answer->titles = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < answer->schedules->len; i++)
    {
      const CfoilReportSchedule *schedule = g_ptr_array_index (answer->schedules, i);

      g_ptr_array_add (answer->titles, g_strdup (cfoil_report_titles_find (titles, schedule->account, schedule->provider_type)));
    }
  return answer;
}

/* --- rows --- */

static const char *
describe_maker (const CfoilReportSchedule *schedule)
{
  if (schedule->is_being_cancelled)
    return _("Is being canceled; the provider has not answered yet");
  if (schedule->schedule_id == NULL)
    return _("Not created yet; the next sync asks for it");
  switch (schedule->maker)
    {
    case CFOIL_SCHEDULE_MAKER_US:
      return _("Made by this program");
    case CFOIL_SCHEDULE_MAKER_OTHER:
      return _("Made by another program, or here before the account was added");
    case CFOIL_SCHEDULE_MAKER_UNKNOWN:
    default:
      return _("Perhaps made by this program");
    }
}

static char *
dup_subtitle (CfoilReportSchedulesView  *self,
              const CfoilReportSchedule *schedule)
{
  g_autofree char *frequency = cfoil_context_dup_frequency_title (schedule->frequency);
  g_autofree char *date = schedule->next_us != CFOIL_UNKNOWN
                            ? cfoil_words_date_time (schedule->next_us, cfoil_workspace_get_time_zone (self->workspace))
                            : NULL;
  /* Translators: a date and a time */
  g_autofree char *next = date != NULL ? g_strdup_printf (_("the next one on %s"), date) : NULL;
  g_autofree char *account = cfoil_shown_text (schedule->account);

  return g_strdup_printf ("%s%s%s\n%s · %s", frequency, next != NULL ? ", " : "", next != NULL ? next : "", describe_maker (schedule),
                          account != NULL ? account : "");
}

static void
add_cancel_button (AdwActionRow *row,
                   const char   *title,
                   guint         i)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is a kind of report. */
  g_autofree char *name = g_strdup_printf (_("Cancel the schedule for %s"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Cancel Schedule…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", i);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "schedules.cancel");
  adw_action_row_add_suffix (row, button);
}

static char *
dup_title (CfoilReportSchedulesView *self,
           guint                     i)
{
  const CfoilReportSchedule *schedule = g_ptr_array_index (self->schedules, i);
  const char *title = g_ptr_array_index (self->titles, i);

  return cfoil_shown_text (title != NULL ? title : schedule->provider_type);
}

static void
add_row (CfoilReportSchedulesView *self,
         guint                     i)
{
  const CfoilReportSchedule *schedule = g_ptr_array_index (self->schedules, i);
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *title = dup_title (self, i);
  g_autofree char *subtitle = dup_subtitle (self, schedule);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  adw_action_row_set_title_lines (row, 2);
  adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_set_subtitle_lines (row, 4);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), schedule->why_waiting);
  if (schedule->schedule_id != NULL && !schedule->is_being_cancelled)
    add_cancel_button (row, title, i);
  adw_preferences_group_add (self->group, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

static void
show_rows (CfoilReportSchedulesView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; self->schedules != NULL && i < self->schedules->len; i++)
    add_row (self, i);
  /* That there are none is said only once it is known. */
  gtk_stack_set_visible_child_name (self->stack, self->schedules == NULL || self->rows->len > 0 ? "list" : "empty");
}

static void
take_answer (GtkWidget *view,
             gpointer   result)
{
  CfoilReportSchedulesView *self = CFOIL_REPORT_SCHEDULES_VIEW (view);
  Answer *answer = result;

  g_clear_pointer (&self->schedules, g_ptr_array_unref);
  g_clear_pointer (&self->titles, g_ptr_array_unref);
  self->schedules = g_steal_pointer (&answer->schedules);
  self->titles = g_steal_pointer (&answer->titles);
  answer_free (answer);
  show_rows (self);
}

/* --- actions --- */

static void
asked_cb (GtkWidget            *widget,
          const CfoilReportAsk *ask,
          const GError         *error)
{
  CfoilReportSchedulesView *self = CFOIL_REPORT_SCHEDULES_VIEW (widget);
  g_autofree char *details = error != NULL ? cfoil_words_error_details (error) : NULL;

  if (self->banner == NULL)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  cfoil_banner_set_text (self->banner, error != NULL ? cfoil_report_ask_words (error) : NULL);
  cfoil_banner_set_tooltip (self->banner, details);
  if (error != NULL)
    return;
  if (ask->asked.waiting != NULL)
    cfoil_toast_show (widget, _("The provider could not be asked as yet; the next sync does"));
  else if (ask->kind == CFOIL_REPORT_ASK_CANCEL)
    cfoil_toast_show (widget, _("The schedule is canceled; reports that it made stay"));
  else
    cfoil_toast_show (widget, _("The list is what the provider has now"));
}

static void
run (CfoilReportSchedulesView *self,
     CfoilReportAsk           *ask)
{
  cfoil_banner_set_text (self->banner, NULL);
  if (!cfoil_report_ask_run (ask, self->workspace, GTK_WIDGET (self), asked_cb))
    cfoil_banner_set_text (self->banner, _("Wait for what is running to end, then try again."));
}

static void
ask_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  CfoilReportSchedulesView *self = user_data;

  if (self->workspace != NULL)
    run (self, cfoil_report_ask_new (self->workspace, CFOIL_REPORT_ASK_SCHEDULES, NULL));
}

static void
add_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  CfoilReportSchedulesView *self = user_data;

  if (self->workspace != NULL)
    gtk_window_present (GTK_WINDOW (
      cfoil_report_ask_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace, TRUE)));
}

typedef struct
{
  CfoilReportSchedulesView *self; /* (owned) */
  CfoilReportAsk *ask;            /* (owned) (nullable) */
} Cancelling;

static void
cancel_answered_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  Cancelling *cancelling = user_data;

  if (cfoil_compat_ask_finish (result) && cancelling->self->workspace != NULL)
    run (cancelling->self, g_steal_pointer (&cancelling->ask));
  cfoil_report_ask_free (cancelling->ask);
  g_object_unref (cancelling->self);
  g_free (cancelling);
}

static void
cancel_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CfoilReportSchedulesView *self = user_data;
  guint i = g_variant_get_uint32 (parameter);
  const CfoilReportSchedule *schedule;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  Cancelling *cancelling;

  if (self->workspace == NULL || self->schedules == NULL || i >= self->schedules->len)
    return;
  schedule = g_ptr_array_index (self->schedules, i);
  cancelling = g_new0 (Cancelling, 1);
  cancelling->self = g_object_ref (self);
  cancelling->ask = cfoil_report_ask_new (self->workspace, CFOIL_REPORT_ASK_CANCEL, schedule->account);
  cancelling->ask->id = g_strdup (schedule->schedule_id);
  cancelling->ask->of_others = schedule->maker != CFOIL_SCHEDULE_MAKER_US;
  title = dup_title (self, i);
  body = g_strdup_printf ("“%s”: %s%s%s", title != NULL ? title : "",
                          schedule->maker == CFOIL_SCHEDULE_MAKER_US
                            ? _("the provider makes no further reports by it. Those that it made stay.")
                            : _("this program did not make it, so another one may wait for its reports. It gets none any more. Those that "
                                "it made stay."),
                          schedule->maker == CFOIL_SCHEDULE_MAKER_US ? "" : " ",
                          schedule->maker == CFOIL_SCHEDULE_MAKER_US ? "" : cfoil_report_ask_whose ());
  cfoil_compat_ask_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                          schedule->maker == CFOIL_SCHEDULE_MAKER_US ? _("Cancel This Schedule?") : _("Cancel Another Program’s Schedule?"),
                          body, _("_Cancel Schedule"), TRUE, cancel_answered_cb, cancelling);
}

/* --- public --- */

void
cfoil_report_schedules_view_set_workspace (CfoilReportSchedulesView *self,
                                           CfoilWorkspace           *workspace)
{
  g_return_if_fail (CFOIL_IS_REPORT_SCHEDULES_VIEW (self));

  g_set_object (&self->workspace, workspace);
  g_clear_pointer (&self->schedules, g_ptr_array_unref);
  g_clear_pointer (&self->titles, g_ptr_array_unref);
  show_rows (self);
  cfoil_report_watch_set_workspace (self->watch, workspace);
}

/* --- GObject --- */

static void
cfoil_report_schedules_view_dispose (GObject *object)
{
  CfoilReportSchedulesView *self = CFOIL_REPORT_SCHEDULES_VIEW (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->watch, cfoil_report_watch_free);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->schedules, g_ptr_array_unref);
  g_clear_pointer (&self->titles, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->banner = NULL;

  G_OBJECT_CLASS (cfoil_report_schedules_view_parent_class)->dispose (object);
}

static void
cfoil_report_schedules_view_class_init (CfoilReportSchedulesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_report_schedules_view_dispose;
}

static GtkWidget *
make_button (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *add = make_button (_("_New Schedule…"), "schedules.add");

  gtk_widget_add_css_class (add, "pill");
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (buttons), make_button (_("_Ask the Provider"), "schedules.ask"));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "alarm-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Schedules"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("By a schedule the provider makes a report again and again."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), buttons);
  return page;
}

static GtkWidget *
make_list (CfoilReportSchedulesView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *ask = gtk_button_new_from_icon_name ("view-refresh-symbolic");

  gtk_widget_set_tooltip_text (ask, _("Ask the Provider"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (ask), "schedules.ask");
  gtk_widget_add_css_class (ask, "flat");
  gtk_box_append (GTK_BOX (buttons), make_button (_("_New Schedule…"), "schedules.add"));
  gtk_box_append (GTK_BOX (buttons), ask);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Schedules"));
  adw_preferences_group_set_description (self->group, _("Reports that the provider makes again and again."));
  adw_preferences_group_set_header_suffix (self->group, buttons);
  gtk_widget_set_margin_top (GTK_WIDGET (self->group), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->group), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (self->group), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->group), 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->group));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static void
cfoil_report_schedules_view_init (CfoilReportSchedulesView *self)
{
  const GActionEntry entries[] = {
    { "add", add_cb, NULL, NULL, NULL, { 0 } },
    { "ask", ask_cb, NULL, NULL, NULL, { 0 } },
    { "cancel", cancel_cb, "u", NULL, NULL, { 0 } },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->rows = g_ptr_array_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "schedules", G_ACTION_GROUP (self->actions));
  self->banner = g_object_new (CFOIL_TYPE_BANNER, NULL);
  self->watch = cfoil_report_watch_new (GTK_WIDGET (self), self->banner, read_schedules, answer_free, take_answer);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, make_empty (), "empty");
  gtk_stack_add_named (self->stack, make_list (self), "list");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}
