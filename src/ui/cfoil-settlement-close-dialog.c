/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-close-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-compat.h"
#include "cfoil-currency.h"
#include "cfoil-period.h"
#include "cfoil-settlement-lock-job.h"
#include "cfoil-shown-text.h"
#include "cfoil-time.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Months back that can be chosen. */
#define N_MONTHS 36

struct _CfoilSettlementCloseDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  AdwComboRow *month;
  AdwEntryRow *who;
  AdwEntryRow *note;
  GtkWidget *close_button;
  AdwPreferencesGroup *closed;
  GPtrArray *rows;             /* (element-type GtkWidget) (borrowed): of ->closed */

  CfoilWorkspace *workspace;   /* (owned) */
  GArray *months;              /* CfoilPeriod: those that can be closed, newest first */
  GSignalGroup *reader_signals; /* (owned) */
  GCancellable *cancellable;   /* (owned) */
  gint64 expanded_id;          /* of the period that is unfolded, 0: none */
  gboolean was_read;
};

G_DEFINE_FINAL_TYPE (CfoilSettlementCloseDialog, cfoil_settlement_close_dialog, ADW_TYPE_WINDOW)

static void
show_error (CfoilSettlementCloseDialog *self,
            const GError               *error)
{
  const char *text = cfoil_words_error (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    text = _ ("The mirror is being written just now. Try again when the sync has ended.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    text = _ ("Some days of this month are closed already.");
  cfoil_banner_set_text (self->banner, text);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  CfoilSettlementCloseDialog *self = CFOIL_SETTLEMENT_CLOSE_DIALOG (source);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->close_button, self->months->len > 0);
  if (cfoil_lock_job_run_finish (result, &error))
    cfoil_banner_set_text (self->banner, NULL);
  else
    show_error (self, error);
}

static void
run_job (CfoilSettlementCloseDialog *self,
         CfoilLockJob               *job)
{
  cfoil_lock_job_run_async (job, self->workspace, self, done_cb, NULL);
}

/* --- closed ones --- */

static char *
join (const char *first,
      const char *second)
{
  return g_strdup_printf ("%s · %s", first, second);
}

/* Titles of rows are markup. */
static void
set_row_texts (GtkWidget  *row,
               const char *title,
               const char *subtitle)
{
  g_autofree char *shown = cfoil_shown_text (title);
  g_autofree char *shown_subtitle = cfoil_shown_text (subtitle);
  g_autofree char *escaped = g_markup_escape_text (shown != NULL ? shown : "", -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (shown_subtitle != NULL ? shown_subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), escaped_subtitle);
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
}

static void
add_amount (GtkWidget  *row,
            gint64      minor,
            const char *currency)
{
  g_autofree char *text = cfoil_currency_format (minor, currency);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static GtkWidget *
new_sum_row (const CfoilPeriodAmount *sum)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = cfoil_words_number (sum->n_done);
  g_autofree char *fee = cfoil_currency_format (sum->fee_minor, sum->currency);
  g_autofree char *title = join (cfoil_words_type_of (sum->type, NULL), sum->account);
  /* Translators: how many there are, and an amount. */
  g_autofree char *subtitle = g_strdup_printf (_ ("%s in number, fees %s"), number, fee);

  set_row_texts (row, title, subtitle);
  add_amount (row, sum->gross_minor, sum->currency);
  return row;
}

static void
acknowledge_cb (GtkButton                  *button,
                CfoilSettlementCloseDialog *self)
{
  CfoilLockJob *job = g_new0 (CfoilLockJob, 1);

  job->kind = CFOIL_LOCK_JOB_ACKNOWLEDGE;
  job->lock_id = *(gint64 *) g_object_get_data (G_OBJECT (button), "lock");
  job->adjustment_id = *(gint64 *) g_object_get_data (G_OBJECT (button), "adjustment");
  self->expanded_id = job->lock_id;
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  run_job (self, job);
}

static void
keep_id (GtkWidget  *widget,
         const char *name,
         gint64      id)
{
  gint64 *copy = g_new (gint64, 1);

  *copy = id;
  g_object_set_data_full (G_OBJECT (widget), name, copy, g_free);
}

static GtkWidget *
new_acknowledge_button (CfoilSettlementCloseDialog *self,
                        const char                 *label,
                        gint64                      lock_id,
                        gint64                      adjustment_id)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  keep_id (button, "lock", lock_id);
  keep_id (button, "adjustment", adjustment_id);
  g_signal_connect (button, "clicked", G_CALLBACK (acknowledge_cb), self);
  return button;
}

static GtkWidget *
new_adjustment_row (CfoilSettlementCloseDialog *self,
                    const CfoilPeriodAmount    *amount)
{
  GtkWidget *row = adw_action_row_new ();
  GTimeZone *zone = cfoil_workspace_get_time_zone (self->workspace);
  g_autofree char *seen = cfoil_words_date (amount->seen_us, zone);
  g_autofree char *fee = cfoil_currency_format (amount->fee_minor, amount->currency);
  /* Lines without an id have one with slashes, which is ours; where an account came back it is not known which. */
  gboolean is_named = amount->transaction_id != NULL && *amount->transaction_id != '\0' && strchr (amount->transaction_id, '/') == NULL;
  const char *which = is_named ? amount->transaction_id : amount->account;
  g_autofree char *title = join (cfoil_words_type_of (amount->type, NULL), which);
  /* Translators: a date, and an amount. */
  g_autofree char *subtitle = g_strdup_printf (_ ("Became known on %s, fees %s"), seen, fee);

  set_row_texts (row, title, subtitle);
  add_amount (row, amount->gross_minor, amount->currency);
  if (amount->acknowledged_us == CFOIL_UNKNOWN)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               new_acknowledge_button (self, _ ("Acknowledge"), amount->lock_id, amount->adjustment_id));
  else
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("emblem-ok-symbolic");

      gtk_widget_set_tooltip_text (icon, _ ("Acknowledged"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Acknowledged"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
    }
  return row;
}

static void
open_asked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  GtkRoot *root = gtk_widget_get_root (button);
  CfoilLockJob *job;

  if (!cfoil_compat_ask_finish (result) || !CFOIL_IS_SETTLEMENT_CLOSE_DIALOG (root))
    return;
  job = g_new0 (CfoilLockJob, 1);
  job->kind = CFOIL_LOCK_JOB_OPEN;
  job->lock_id = *(gint64 *) g_object_get_data (G_OBJECT (button), "lock");
  run_job (CFOIL_SETTLEMENT_CLOSE_DIALOG (root), job);
}

static void
open_cb (GtkButton                  *button,
         CfoilSettlementCloseDialog *self)
{
  cfoil_compat_ask_async (GTK_WINDOW (self), _ ("Open This Period Again?"),
                          _ ("What the provider changes of it is then no longer told. What it came to when it was closed stays written down."),
                          _ ("_Open Again"), FALSE, open_asked_cb, g_object_ref (button));
}

static GtkWidget *
new_end_row (CfoilSettlementCloseDialog *self,
             const CfoilPeriodLock      *lock)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *open = gtk_button_new_with_mnemonic (_ ("_Open Again…"));

  set_row_texts (row, *lock->note != '\0' ? lock->note : _ ("No note"), NULL);
  if (lock->n_unacknowledged > 1)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_acknowledge_button (self, _ ("Acknowledge _All"), lock->lock_id, 0));
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  keep_id (open, "lock", lock->lock_id);
  g_signal_connect (open, "clicked", G_CALLBACK (open_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), open);
  return row;
}

static GtkWidget *
new_returning_row (void)
{
  GtkWidget *row = adw_action_row_new ();

  set_row_texts (row, _ ("An account came back and is not complete yet"),
                 _ ("It was removed after this period was closed. Its changes are told again when all of its payments are here."));
  return row;
}

static char *
describe_lock (CfoilSettlementCloseDialog *self,
               const CfoilPeriodLock      *lock)
{
  GTimeZone *zone = cfoil_workspace_get_time_zone (self->workspace);
  g_autofree char *locked = cfoil_words_date (lock->locked_us, zone);
  g_autofree char *text = NULL;
  g_autofree char *number = cfoil_words_number (lock->n_unacknowledged);
  g_autofree char *changes = NULL;

  if (lock->opened_us != CFOIL_UNKNOWN)
    {
      g_autofree char *opened = cfoil_words_date (lock->opened_us, zone);

      /* Translators: two dates. */
      return g_strdup_printf (_ ("Closed on %s, opened again on %s"), locked, opened);
    }
  /* Translators: a date; then a date and a name. */
  text = *lock->who == '\0' ? g_strdup_printf (_ ("Closed on %s"), locked) : g_strdup_printf (_ ("Closed on %s by %s"), locked, lock->who);
  if (lock->n_unacknowledged == 0)
    return g_steal_pointer (&text);
  /* Translators: %s is a number. */
  changes = g_strdup_printf (ngettext ("%s change since", "%s changes since", (gulong) lock->n_unacknowledged), number);
  return join (text, changes);
}

static void
expanded_cb (AdwExpanderRow             *row,
             GParamSpec                 *pspec,
             CfoilSettlementCloseDialog *self)
{
  gint64 lock_id = *(gint64 *) g_object_get_data (G_OBJECT (row), "lock");

  if (adw_expander_row_get_expanded (row))
    self->expanded_id = lock_id;
  else if (self->expanded_id == lock_id)
    self->expanded_id = 0;
}

static void
add_lock (CfoilSettlementCloseDialog *self,
          const CfoilSettlementLock  *entry)
{
  const CfoilPeriodLock *lock = entry->lock;
  CfoilPeriod period = { CFOIL_PERIOD_MONTH, lock->first_day, lock->end_day };
  g_autofree char *title = cfoil_period_to_title (&period);
  g_autofree char *subtitle = describe_lock (self, lock);
  GtkWidget *row = adw_expander_row_new ();

  set_row_texts (row, title, subtitle);
  keep_id (row, "lock", lock->lock_id);
  if (lock->n_unacknowledged > 0 && lock->opened_us == CFOIL_UNKNOWN)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), icon);
    }
  if (lock->n_returning > 0)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_returning_row ());
  for (guint i = 0; i < entry->adjustments->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_adjustment_row (self, g_ptr_array_index (entry->adjustments, i)));
  for (guint i = 0; i < entry->sums->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_sum_row (g_ptr_array_index (entry->sums, i)));
  if (lock->opened_us == CFOIL_UNKNOWN)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_end_row (self, lock));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), self->expanded_id == lock->lock_id);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_cb), self);
  adw_preferences_group_add (self->closed, row);
  g_ptr_array_add (self->rows, row);
}

/* --- months that can be closed --- */

static gboolean
is_locked (GPtrArray         *locks,
           const CfoilPeriod *period)
{
  for (guint i = 0; i < locks->len; i++)
    {
      const CfoilPeriodLock *lock = ((CfoilSettlementLock *) g_ptr_array_index (locks, i))->lock;

      if (lock->opened_us == CFOIL_UNKNOWN && lock->first_day < period->end_day && period->first_day < lock->end_day)
        return TRUE;
    }
  return FALSE;
}

static void
fill_months (CfoilSettlementCloseDialog *self,
             GPtrArray                  *locks)
{
  GTimeZone *zone = cfoil_workspace_get_time_zone (self->workspace);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  CfoilPeriod period;

  g_array_set_size (self->months, 0);
  cfoil_period_init (&period, CFOIL_PERIOD_MONTH, cfoil_day_of_time (cfoil_time_now_us (), zone));
  for (guint i = 0; i < N_MONTHS; i++)
    {
      g_autofree char *title = NULL;

      cfoil_period_shift (&period, -1);
      if (is_locked (locks, &period))
        continue;
      title = cfoil_period_to_title (&period);
      gtk_string_list_append (titles, title);
      g_array_append_val (self->months, period);
    }
  adw_combo_row_set_model (self->month, G_LIST_MODEL (titles));
  gtk_widget_set_sensitive (self->close_button, self->months->len > 0);
}

/* What there is to look into is in sight at once. */
static void
expand_changed (CfoilSettlementCloseDialog *self,
                GPtrArray                  *locks)
{
  for (guint i = 0; i < locks->len && self->expanded_id == 0; i++)
    {
      const CfoilPeriodLock *lock = ((CfoilSettlementLock *) g_ptr_array_index (locks, i))->lock;

      if (lock->n_unacknowledged > 0 && lock->opened_us == CFOIL_UNKNOWN)
        self->expanded_id = lock->lock_id;
    }
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilSettlementCloseDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) locks = cfoil_settlement_locks_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (locks == NULL)
    {
      show_error (self, error);
      return;
    }
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->closed, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  if (!self->was_read)
    expand_changed (self, locks);
  self->was_read = TRUE;
  for (guint i = 0; i < locks->len; i++)
    add_lock (self, g_ptr_array_index (locks, i));
  adw_preferences_group_set_description (self->closed, locks->len > 0 ? NULL : _ ("No period is closed as yet."));
  fill_months (self, locks);
}

static void
read_locks (CfoilSettlementCloseDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cfoil_settlement_locks_read_async (self->workspace, self->cancellable, read_cb, g_object_ref (self));
}

static void
close_cb (CfoilSettlementCloseDialog *self)
{
  guint i = adw_combo_row_get_selected (self->month);
  CfoilLockJob *job;

  if (i >= self->months->len)
    return;
  job = g_new0 (CfoilLockJob, 1);
  job->kind = CFOIL_LOCK_JOB_CLOSE;
  job->first_day = g_array_index (self->months, CfoilPeriod, i).first_day;
  job->end_day = g_array_index (self->months, CfoilPeriod, i).end_day;
  job->who = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->who)));
  job->note = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note)));
  gtk_widget_set_sensitive (self->close_button, FALSE);
  run_job (self, job);
}

/* --- GObject --- */

static void
cfoil_settlement_close_dialog_dispose (GObject *object)
{
  CfoilSettlementCloseDialog *self = CFOIL_SETTLEMENT_CLOSE_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->reader_signals != NULL)
    g_signal_group_set_target (self->reader_signals, NULL);
  g_clear_object (&self->reader_signals);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->months, g_array_unref);

  G_OBJECT_CLASS (cfoil_settlement_close_dialog_parent_class)->dispose (object);
}

static void
cfoil_settlement_close_dialog_class_init (CfoilSettlementCloseDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_settlement_close_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
new_close_group (CfoilSettlementCloseDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Close a Month"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("A closed month keeps what it came to. What the provider changes of it later is told "
                                            "here, with its date, and never rewrites it."));
  self->month = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->month), _ ("_Month"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->month), TRUE);
  self->who = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->who), _ ("Closed By"));
  if (g_strcmp0 (g_get_real_name (), "Unknown") != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->who), g_get_real_name ());
  self->note = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->note), _ ("Note"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->month));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->who));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->note));
  return group;
}

static GtkWidget *
new_content (CfoilSettlementCloseDialog *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->close_button = gtk_button_new_with_mnemonic (_ ("_Close Month"));
  gtk_widget_set_halign (self->close_button, GTK_ALIGN_END);
  gtk_widget_set_sensitive (self->close_button, FALSE);
  gtk_widget_add_css_class (self->close_button, "suggested-action");
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  self->closed = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->closed, _ ("Closed Periods"));
  gtk_box_append (GTK_BOX (box), new_close_group (self));
  gtk_box_append (GTK_BOX (box), self->close_button);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->closed));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
cfoil_settlement_close_dialog_init (CfoilSettlementCloseDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->rows = g_ptr_array_new ();
  self->months = g_array_new (FALSE, FALSE, sizeof (CfoilPeriod));
  self->banner = g_object_new (CFOIL_TYPE_BANNER, NULL);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Close Period"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 620);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 300);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), new_content (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  self->reader_signals = g_signal_group_new (CFOIL_TYPE_READER);
  g_signal_group_connect_swapped (self->reader_signals, "changed", G_CALLBACK (read_locks), self);
}

CfoilSettlementCloseDialog *
cfoil_settlement_close_dialog_new (GtkWindow      *parent,
                                   CfoilWorkspace *workspace)
{
  CfoilSettlementCloseDialog *self = g_object_new (CFOIL_TYPE_SETTLEMENT_CLOSE_DIALOG, "transient-for", parent, "modal", TRUE,
                                                   "destroy-with-parent", TRUE, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_group_set_target (self->reader_signals, cfoil_workspace_get_reader (workspace));
  read_locks (self);
  return self;
}
