/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-ask-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-choice-rows.h"
#include "cfoil-compat.h"
#include "cfoil-period-picker.h"
#include "cfoil-report-ask.h"
#include "cfoil-shown-text.h"
#include "cfoil-time.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Once a day is what a sync a day can use. */
#define USUAL_FREQUENCY "P1D"

struct _CfoilReportAskDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  AdwComboRow *accounts;
  AdwComboRow *types;
  AdwActionRow *period_row;
  AdwComboRow *frequencies;
  GtkLabel *problem;
  GtkLabel *explanation;
  GtkWidget *group;
  GtkWidget *ask_button;
  GtkSpinner *spinner;
  CfoilPeriodPicker *picker;

  CfoilWorkspace *workspace; /* (owned) */
  GCancellable *cancellable; /* (owned): of what is read */
  GPtrArray *all_types;      /* (owned) (nullable): of the account, as the provider has them */
  GPtrArray *shown_types;    /* those of them that can be chosen */
  char *wanted_type;         /* (owned) (nullable): to be chosen once they are there */
  gboolean is_schedule;
  gboolean is_busy;
};

enum
{
  ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilReportAskDialog, cfoil_report_ask_dialog, ADW_TYPE_WINDOW)

static void start (CfoilReportAskDialog *self,
                   const char           *replaced_id);

/* --- what is chosen --- */

static const char *
get_account (CfoilReportAskDialog *self)
{
  GtkStringObject *name = adw_combo_row_get_selected_item (self->accounts);

  return name != NULL ? gtk_string_object_get_string (name) : NULL;
}

static const CfoilReportType *
get_type (CfoilReportAskDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->types);

  return selected < self->shown_types->len ? g_ptr_array_index (self->shown_types, selected) : NULL;
}

static const char *
get_frequency (CfoilReportAskDialog *self)
{
  const CfoilReportType *type = get_type (self);
  guint selected = adw_combo_row_get_selected (self->frequencies);

  return type != NULL && type->frequencies != NULL && selected < g_strv_length ((char **) type->frequencies)
           ? type->frequencies[selected]
           : NULL;
}

/* Whole days, up to now: nobody reports of what has not happened. */
static gboolean
get_period (CfoilReportAskDialog *self,
            gint64               *start_us,
            gint64               *end_us,
            guint                *n_days)
{
  GTimeZone *zone = cfoil_workspace_get_time_zone (self->workspace);
  gint64 now_us = cfoil_time_now_us ();
  CfoilPeriod period;

  if (!cfoil_period_parse (cfoil_period_picker_get_text (self->picker), cfoil_day_of_time (now_us, zone), &period, NULL))
    return FALSE;
  *start_us = cfoil_day_to_time (period.first_day, zone);
  *end_us = MIN (cfoil_day_to_time (period.end_day, zone), now_us - now_us % G_USEC_PER_SEC);
  *n_days = (guint) (period.end_day - period.first_day);
  return TRUE;
}

/* --- what is wrong with it, and what comes of it --- */

/* NULL: nothing; else to be freed. */
static char *
dup_problem (CfoilReportAskDialog  *self,
             const CfoilReportType *type)
{
  GTimeZone *zone = cfoil_workspace_get_time_zone (self->workspace);
  g_autofree char *first = NULL;
  gint64 start_us, end_us;
  guint n_days;

  if (self->is_schedule || !type->needs_period)
    return NULL;
  if (!get_period (self, &start_us, &end_us, &n_days) || end_us <= start_us)
    return g_strdup (_("Nothing has happened in this period yet. Choose an earlier one."));
  if (type->available_from_us == CFOIL_UNKNOWN || end_us > type->available_from_us)
    return NULL;
  first = cfoil_words_date (type->available_from_us, zone);
  /* Translators: a date */
  return g_strdup_printf (_("The provider reports only of days from %s on. Choose a later period."), first);
}

/* How long a period may be is known only up to what was seen to work: a calendar month is not
 * kept from anybody for that. */
static char *
dup_doubt (CfoilReportAskDialog  *self,
           const CfoilReportType *type)
{
  gint64 start_us, end_us;
  guint n_days;

  if (self->is_schedule || !type->needs_period || type->max_days == 0 || !get_period (self, &start_us, &end_us, &n_days) ||
      n_days <= type->max_days)
    return NULL;
  return g_strdup_printf (ngettext ("The provider may refuse a period of more than %u day. If so, choose fewer days.",
                                    "The provider may refuse a period of more than %u days. If so, choose fewer days.", type->max_days),
                          type->max_days);
}

static void
check (CfoilReportAskDialog *self)
{
  const CfoilReportType *type = get_type (self);
  g_autofree char *problem = type != NULL ? dup_problem (self, type) : NULL;
  g_autofree char *doubt = type != NULL && problem == NULL ? dup_doubt (self, type) : NULL;
  g_autofree char *explanation = type != NULL ? cfoil_report_ask_explain (self->workspace, type, self->is_schedule) : NULL;
  gboolean is_complete = type != NULL && problem == NULL && (!self->is_schedule || get_frequency (self) != NULL);

  gtk_label_set_text (self->problem, problem != NULL ? problem : doubt != NULL ? doubt : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL || doubt != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->problem), problem != NULL ? "warning" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), problem != NULL ? "error" : "warning");
  gtk_label_set_text (self->explanation, explanation != NULL ? explanation : "");
  gtk_widget_set_visible (GTK_WIDGET (self->period_row), !self->is_schedule && (type == NULL || type->needs_period));
  gtk_widget_set_sensitive (self->ask_button, is_complete && !self->is_busy);
}

/* --- types --- */

static void
fill_frequencies (CfoilReportAskDialog *self)
{
  const CfoilReportType *type = get_type (self);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint usual = 0;

  for (guint i = 0; type != NULL && type->frequencies != NULL && type->frequencies[i] != NULL; i++)
    {
      if (g_str_equal (type->frequencies[i], USUAL_FREQUENCY))
        usual = i;
      gtk_string_list_take (list, cfoil_context_dup_frequency_title (type->frequencies[i]));
    }
  adw_combo_row_set_model (self->frequencies, G_LIST_MODEL (list));
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    adw_combo_row_set_selected (self->frequencies, usual);
  cfoil_choice_rows_name (self->frequencies);
}

static void
type_cb (CfoilReportAskDialog *self)
{
  if (self->is_schedule)
    fill_frequencies (self);
  check (self);
}

static void
fill_types (CfoilReportAskDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint wanted = 0;

  g_ptr_array_set_size (self->shown_types, 0);
  for (guint i = 0; self->all_types != NULL && i < self->all_types->len; i++)
    {
      CfoilReportType *type = g_ptr_array_index (self->all_types, i);

      if (self->is_schedule ? type->frequencies == NULL : !type->can_request)
        continue;
      if (g_strcmp0 (type->type, self->wanted_type) == 0)
        wanted = self->shown_types->len;
      g_ptr_array_add (self->shown_types, type);
      gtk_string_list_append (list, _(type->title));
    }
  adw_combo_row_set_model (self->types, G_LIST_MODEL (list));
  if (self->shown_types->len > 0)
    adw_combo_row_set_selected (self->types, wanted);
  cfoil_choice_rows_name (self->types);
  type_cb (self);
}

typedef struct
{
  CfoilContext *context; /* (owned) */
  char *account;         /* (owned) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->context);
  g_free (reading->account);
  g_free (reading);
}

static gpointer
read_types (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Reading *reading = data;

  return cfoil_context_list_report_types_sync (reading->context, reading->account, cancellable, error);
}

static void
types_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilReportAskDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) types = cfoil_reader_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->banner == NULL)
    return;
  cfoil_banner_set_text (self->banner, types == NULL ? cfoil_report_ask_words (error) : NULL);
  cfoil_banner_set_tooltip (self->banner, error != NULL ? error->message : NULL);
  /* Those that are shown live in the array that goes. */
  g_ptr_array_set_size (self->shown_types, 0);
  g_clear_pointer (&self->all_types, g_ptr_array_unref);
  self->all_types = g_steal_pointer (&types);
  fill_types (self);
}

static void
account_cb (CfoilReportAskDialog *self)
{
  Reading *reading;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (get_account (self) == NULL || self->workspace == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->context = g_object_ref (cfoil_workspace_get_context (self->workspace));
  reading->account = g_strdup (get_account (self));
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, read_types, reading, reading_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, types_read_cb, g_object_ref (self));
}

/* --- asking --- */

static void
set_busy (CfoilReportAskDialog *self,
          gboolean              is_busy)
{
  self->is_busy = is_busy;
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_sensitive (self->group, !is_busy);
  check (self);
}

static void
tell_error (CfoilReportAskDialog *self,
            const GError         *error)
{
  g_autofree char *details = cfoil_words_error_details (error);

  cfoil_banner_set_text (self->banner, cfoil_report_ask_words (error));
  cfoil_banner_set_tooltip (self->banner, details);
}

typedef struct
{
  CfoilReportAskDialog *self; /* (owned) */
  char *schedule_id;          /* (owned) */
} Replacing;

static void
replace_answered_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  Replacing *replacing = user_data;

  if (cfoil_compat_ask_finish (result) && replacing->self->banner != NULL)
    start (replacing->self, replacing->schedule_id);
  g_object_unref (replacing->self);
  g_free (replacing->schedule_id);
  g_free (replacing);
}

/* What stands in the way: how often it makes what, and when next. */
static char *
dup_facts (CfoilReportAskDialog *self,
           GPtrArray            *schedules,
           const char           *schedule_id)
{
  const CfoilReportType *type = get_type (self);

  for (guint i = 0; schedules != NULL && i < schedules->len; i++)
    {
      const CfoilReportSchedule *schedule = g_ptr_array_index (schedules, i);
      g_autofree char *frequency = NULL;
      g_autofree char *next = NULL;

      if (g_strcmp0 (schedule->schedule_id, schedule_id) != 0)
        continue;
      frequency = cfoil_context_dup_frequency_title (schedule->frequency);
      next = schedule->next_us != CFOIL_UNKNOWN
               ? cfoil_words_date_time (schedule->next_us, cfoil_workspace_get_time_zone (self->workspace))
               : g_strdup (CFOIL_WORDS_NONE);
      /* Translators: a kind of report, "Every 14 days", a date with its time, an id of the provider's */
      return g_strdup_printf (_("“%s”: %s, the next one on %s (number %s)."), type != NULL ? _(type->title) : "", frequency, next,
                              schedule_id);
    }
  return g_strdup_printf (_("It has the number %s."), schedule_id);
}

static gpointer
read_schedules (CfoilDatabase *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return cfoil_report_schedule_list (database, error);
}

static void
schedules_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Replacing *replacing = user_data;
  g_autoptr (GPtrArray) schedules = cfoil_reader_run_finish (result, NULL);
  g_autofree char *facts = dup_facts (replacing->self, schedules, replacing->schedule_id);
  g_autofree char *shown = cfoil_shown_text (facts);
  g_autofree char *body = g_strdup_printf (
    "%s\n\n%s %s", shown != NULL ? shown : "",
    _("This program did not make it, so another one may wait for its reports. The provider keeps one schedule for each kind of report: if you "
      "replace it, the other program gets none of them any more."),
    cfoil_report_ask_whose ());

  if (replacing->self->banner == NULL)
    {
      g_object_unref (replacing->self);
      g_free (replacing->schedule_id);
      g_free (replacing);
      return;
    }
  cfoil_compat_ask_async (GTK_WINDOW (replacing->self), _("Replace Another Program’s Schedule?"), body, _("_Replace"), TRUE,
                          replace_answered_cb, replacing);
}

static void
ask_about_existing (CfoilReportAskDialog *self,
                    const char           *schedule_id)
{
  Replacing *replacing = g_new0 (Replacing, 1);

  replacing->self = g_object_ref (self);
  replacing->schedule_id = g_strdup (schedule_id);
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, read_schedules, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, schedules_read_cb, replacing);
}

static void
asked_cb (GtkWidget            *widget,
          const CfoilReportAsk *ask,
          const GError         *error)
{
  CfoilReportAskDialog *self = CFOIL_REPORT_ASK_DIALOG (widget);
  GtkWindow *parent = self->banner != NULL ? gtk_window_get_transient_for (GTK_WINDOW (self)) : NULL;
  const char *text = self->is_schedule ? _("The schedule is there; its reports come with each sync")
                                       : _("Requested: the report comes with one of the next syncs");

  if (self->banner == NULL) /* it was closed */
    return;
  set_busy (self, FALSE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) && ask->existing_id != NULL)
    {
      ask_about_existing (self, ask->existing_id);
      return;
    }
  if (error != NULL)
    {
      tell_error (self, error);
      return;
    }
  if (ask->asked.waiting != NULL)
    text = _("The provider could not be asked as yet; the next sync does");
  if (parent != NULL)
    cfoil_toast_show (GTK_WIDGET (parent), text);
  g_signal_emit (self, signals[ASKED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* REPLACED_ID (nullable): the schedule that may go. */
static void
start (CfoilReportAskDialog *self,
       const char           *replaced_id)
{
  const CfoilReportType *type = get_type (self);
  g_autoptr (CfoilReportAsk) ask = NULL;
  guint n_days;

  if (type == NULL || get_account (self) == NULL)
    return;
  ask = cfoil_report_ask_new (self->workspace, self->is_schedule ? CFOIL_REPORT_ASK_CREATE : CFOIL_REPORT_ASK_REQUEST,
                              get_account (self));
  ask->type = g_strdup (type->type);
  ask->start_us = ask->end_us = CFOIL_UNKNOWN;
  ask->frequency = g_strdup (get_frequency (self));
  ask->replaced_id = g_strdup (replaced_id);
  if (!self->is_schedule && type->needs_period && !get_period (self, &ask->start_us, &ask->end_us, &n_days))
    return;
  cfoil_banner_set_text (self->banner, NULL);
  if (cfoil_report_ask_run (g_steal_pointer (&ask), self->workspace, GTK_WIDGET (self), asked_cb))
    set_busy (self, TRUE);
  else
    cfoil_banner_set_text (self->banner, _("Wait for what is running to end, then try again."));
}

static void
ask_cb (CfoilReportAskDialog *self)
{
  start (self, NULL);
}

/* --- GObject --- */

/* What runs is ended with the dialog that waits for it. */
static gboolean
cfoil_report_ask_dialog_close_request (GtkWindow *window)
{
  CfoilReportAskDialog *self = CFOIL_REPORT_ASK_DIALOG (window);
  CfoilOperation *operation = self->is_busy ? cfoil_workspace_get_operation (self->workspace) : NULL;

  if (operation != NULL)
    cfoil_operation_cancel (operation);
  return GTK_WINDOW_CLASS (cfoil_report_ask_dialog_parent_class)->close_request (window);
}

static void
cfoil_report_ask_dialog_dispose (GObject *object)
{
  CfoilReportAskDialog *self = CFOIL_REPORT_ASK_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_REPORT_ASK_DIALOG);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (cfoil_report_ask_dialog_parent_class)->dispose (object);
}

static void
cfoil_report_ask_dialog_finalize (GObject *object)
{
  CfoilReportAskDialog *self = CFOIL_REPORT_ASK_DIALOG (object);

  g_ptr_array_unref (self->shown_types);
  g_clear_pointer (&self->all_types, g_ptr_array_unref);
  g_free (self->wanted_type);

  G_OBJECT_CLASS (cfoil_report_ask_dialog_parent_class)->finalize (object);
}

static void
cfoil_report_ask_dialog_class_init (CfoilReportAskDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_report_ask_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_report_ask_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = cfoil_report_ask_dialog_close_request;
  signals[ASKED] = g_signal_new ("asked", CFOIL_TYPE_REPORT_ASK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-report-ask-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, accounts);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, types);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, period_row);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, frequencies);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, group);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, ask_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportAskDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, account_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, check);
  gtk_widget_class_bind_template_callback (widget_class, type_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_report_ask_dialog_init (CfoilReportAskDialog *self)
{
  self->shown_types = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->picker = CFOIL_PERIOD_PICKER (cfoil_period_picker_new ());
  cfoil_period_picker_set_can_compare (self->picker, FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self->picker), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->period_row, GTK_WIDGET (self->picker));
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
}

CfoilReportAskDialog *
cfoil_report_ask_dialog_new (GtkWindow      *parent,
                             CfoilWorkspace *workspace,
                             gboolean        is_schedule)
{
  CfoilReportAskDialog *self = g_object_new (CFOIL_TYPE_REPORT_ASK_DIALOG, "transient-for", parent, NULL);
  CfoilMirrorStatus *status = cfoil_workspace_get_status (workspace);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->workspace = g_object_ref (workspace);
  self->is_schedule = is_schedule;
  gtk_window_set_title (GTK_WINDOW (self), is_schedule ? _("New Schedule") : _("Request Report"));
  gtk_button_set_label (GTK_BUTTON (self->ask_button), is_schedule ? _("C_reate") : _("_Request"));
  gtk_widget_set_visible (GTK_WIDGET (self->frequencies), is_schedule);
  cfoil_period_picker_set_today (self->picker, cfoil_day_of_time (cfoil_time_now_us (), cfoil_workspace_get_time_zone (workspace)));
  cfoil_period_picker_set_text (self->picker, "last28d");
  for (guint i = 0; status != NULL && i < status->accounts->len; i++)
    gtk_string_list_append (names, ((CfoilAccountStatus *) status->accounts->pdata[i])->name);
  adw_combo_row_set_model (self->accounts, G_LIST_MODEL (names));
  cfoil_choice_rows_name (self->accounts);
  gtk_widget_set_visible (GTK_WIDGET (self->accounts), g_list_model_get_n_items (G_LIST_MODEL (names)) > 1);
  check (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->types));
  return self;
}

void
cfoil_report_ask_dialog_choose (CfoilReportAskDialog *self,
                                const char           *account,
                                const char           *type,
                                const char           *period)
{
  GListModel *names = adw_combo_row_get_model (self->accounts);

  g_return_if_fail (CFOIL_IS_REPORT_ASK_DIALOG (self));

  g_free (self->wanted_type);
  self->wanted_type = g_strdup (type);
  for (guint i = 0; i < g_list_model_get_n_items (names); i++)
    {
      g_autoptr (GtkStringObject) name = g_list_model_get_item (names, i);

      if (g_strcmp0 (gtk_string_object_get_string (name), account) == 0)
        adw_combo_row_set_selected (self->accounts, i);
    }
  if (period != NULL)
    cfoil_period_picker_set_text (self->picker, period);
  fill_types (self);
}
