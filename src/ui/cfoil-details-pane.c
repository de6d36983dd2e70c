/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-pane.h"

#include "cfoil-annotation-saver.h"
#include "cfoil-compat.h"
#include "cfoil-details-lines.h"
#include "cfoil-details-link.h"
#include "cfoil-details-notes.h"
#include "cfoil-details-raw-text.h"
#include "cfoil-details-words.h"
#include "cfoil-shown-text.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilDetailsPane
{
  AdwBin parent_instance;

  GtkWidget *unsaved_box;
  GtkStack *stack;
  AdwStatusPage *message;
  GtkScrolledWindow *scroller;
  GtkLabel *type;
  GtkLabel *state;
  GtkLabel *amount;
  GtkLabel *amount_note;
  GtkLabel *id_label;
  GtkListBox *status;
  GtkListBox *amounts;
  CfoilDetailsNotes *notes;
  GtkLabel *zone;
  GtkListBox *timeline;
  GtkWidget *timeline_heading;
  GtkListBox *related;
  GtkWidget *related_heading;
  GtkListBox *buyer;
  GtkWidget *buyer_heading;
  GtkListBox *order;
  GtkWidget *order_heading;
  GtkListBox *ids;
  GtkWidget *case_button;
  GtkWidget *link_button;
  GtkExpander *raw_expander;
  GtkTextView *raw;

  CfoilWorkspace *workspace;       /* (owned) (nullable) */
  CfoilAnnotationSaver *saver;     /* (owned) (nullable): with the workspace */
  GSignalGroup *workspace_signals; /* (owned) */
  GSignalGroup *reader_signals;    /* (owned) */
  gint64 txn_id;
  CfoilDetails *details;     /* (owned) (nullable): what is shown, of TXN_ID or the one before */
  GCancellable *cancellable; /* (owned) (nullable): while they are being read */
  gboolean read_again;
  guint serial; /* of the saver, when reading began */

  GtkWindow *window; /* (borrowed) (nullable): that it is in */
  gulong close_id;
  gboolean may_close; /* with notes that could not be saved */
};

enum
{
  CLOSE,
  OPEN_TRANSACTION,
  FILTER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilDetailsPane, cfoil_details_pane, ADW_TYPE_BIN)

/* --- showing --- */

static void
show_message (CfoilDetailsPane *self,
              const char       *title,
              const char       *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, escaped);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
show_state (CfoilDetailsPane      *self,
            const CfoilDetailsRow *row)
{
  static const char *const classes[] = { "success", "warning", "error" };
  const char *name = cfoil_details_words_state_class (row->state);

  gtk_label_set_text (self->state, cfoil_details_words_state (row));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (classes[i], name) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (self->state), classes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), classes[i]);
}

static void
show_head (CfoilDetailsPane      *self,
           const CfoilDetailsRow *row)
{
  gboolean is_face = row->gross_minor == 0 && row->amount_minor != CFOIL_UNKNOWN && row->amount_minor != 0;
  g_autofree char *amount = cfoil_details_format_amount (is_face ? row->amount_minor : row->gross_minor, row->currency);

  gtk_label_set_text (self->type, cfoil_details_words_type (row));
  gtk_label_set_text (self->amount, amount);
  /* What is so large on the page did not move anything. */
  gtk_label_set_text (self->amount_note, is_face ? _("Asked for; no money has moved.") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->amount_note), is_face);
  gtk_label_set_text (self->id_label, row->transaction_id);
  show_state (self, row);
}

static void
show_raw (CfoilDetailsPane *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->raw);
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;
  GtkTextIter start, end;

  if (!gtk_expander_get_expanded (self->raw_expander) || self->details == NULL || self->workspace == NULL)
    return;
  text = cfoil_details_raw_text (self->details, self->workspace);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  shown = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (!g_str_equal (text, shown))
    gtk_text_buffer_set_text (buffer, text, -1);
}

typedef GPtrArray *(*LinesFunc) (CfoilDetails   *details,
                                 CfoilWorkspace *workspace);

static void
show_lines (CfoilDetailsPane *self,
            GtkListBox       *list,
            GtkWidget        *heading,
            LinesFunc         func)
{
  g_autoptr (GPtrArray) lines = func (self->details, self->workspace);

  cfoil_details_line_show (list, heading, lines);
}

/* Whether there is a dispute to be shown, and an ID to find it by. */
static gboolean
has_case (const CfoilDetails *details)
{
  return details->dispute_id != NULL ||
         (details->charge_id != NULL && (details->dispute_state != CFOIL_STATE_NONE || details->row->type == CFOIL_TYPE_CHARGEBACK ||
                                         details->row->type == CFOIL_TYPE_CLAIM));
}

static void
show_details (CfoilDetailsPane *self)
{
  g_autofree char *link = NULL;
  g_autofree char *zone = NULL;

  if (self->details == NULL || self->workspace == NULL)
    return;
  link = cfoil_details_link (self->details);
  /* Translators: %s is a time zone, "Europe/Berlin" for example. */
  zone = g_strdup_printf (_("Times in %s"), cfoil_workspace_get_time_zone_name (self->workspace));
  show_head (self, self->details->row);
  show_lines (self, self->status, NULL, cfoil_details_lines_status);
  show_lines (self, self->amounts, NULL, cfoil_details_lines_amounts);
  gtk_label_set_text (self->zone, zone);
  gtk_widget_set_visible (GTK_WIDGET (self->zone), self->details->events->len > 0);
  show_lines (self, self->timeline, self->timeline_heading, cfoil_details_lines_timeline);
  show_lines (self, self->related, self->related_heading, cfoil_details_lines_related);
  show_lines (self, self->buyer, self->buyer_heading, cfoil_details_lines_buyer);
  show_lines (self, self->order, self->order_heading, cfoil_details_lines_order);
  show_lines (self, self->ids, NULL, cfoil_details_lines_ids);
  gtk_widget_set_visible (self->case_button, has_case (self->details));
  gtk_widget_set_visible (self->link_button, link != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->raw_expander), self->details->raws->len > 0);
  show_raw (self);
  gtk_stack_set_visible_child_name (self->stack, "details");
}

/* What was put since the reading began is newer than what was read. */
static void
show_notes (CfoilDetailsPane *self)
{
  gint64 txn_id = self->details->row->txn_id;
  g_autoptr (CfoilAnnotation) said = cfoil_annotation_copy (self->details->annotation);

  cfoil_annotation_saver_overlay (self->saver, txn_id, self->serial, said);
  cfoil_details_notes_set_time_zone (self->notes, cfoil_workspace_get_time_zone (self->workspace));
  cfoil_details_notes_show (self->notes, txn_id, said);
}

static void
take_details (CfoilDetailsPane *self,
              CfoilDetails     *details) /* (transfer full) */
{
  gboolean is_other = self->details == NULL || self->details->row->txn_id != details->row->txn_id;

  g_clear_pointer (&self->details, cfoil_details_unref);
  self->details = details;
  show_notes (self);
  show_details (self);
  if (is_other)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* --- reading --- */

static void
stop_reading (CfoilDetailsPane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->read_again = FALSE;
}

static void
read_details (CfoilDetailsPane *self)
{
  if (self->workspace == NULL || self->txn_id == 0)
    return;
  if (self->cancellable != NULL)
    {
      self->read_again = TRUE;
      return;
    }
  self->read_again = FALSE;
  self->serial = cfoil_annotation_saver_get_serial (self->saver);
  self->cancellable = g_cancellable_new ();
  cfoil_details_read_async (cfoil_workspace_get_reader (self->workspace), self->txn_id, self->cancellable,
                            read_cb, g_object_ref (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilDetailsPane) self = user_data;
  g_autoptr (GError) error = NULL;
  CfoilDetails *details = cfoil_details_read_finish (result, &error);

  /* Something else is asked for by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      self->cancellable != g_task_get_cancellable (G_TASK (result)))
    {
      g_clear_pointer (&details, cfoil_details_unref);
      return;
    }
  g_clear_object (&self->cancellable);
  if (details != NULL)
    take_details (self, details);
  else
    {
      cfoil_details_notes_flush (self->notes);
      g_clear_pointer (&self->details, cfoil_details_unref);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        show_message (self, _("No Longer Here"), _("This transaction is not in the mirror any more."));
      else
        show_message (self, _("Cannot Read the Details"), cfoil_words_error (error));
    }
  if (self->read_again)
    read_details (self);
}

/* --- what is not saved --- */

/* What the user sees here has its own words; of the others, one is told. */
static void
update_unsaved (CfoilDetailsPane *self)
{
  gtk_widget_set_visible (self->unsaved_box,
                          self->saver != NULL && cfoil_annotation_saver_find_failed (self->saver, self->txn_id) != 0);
}

static void
show_unsaved_cb (CfoilDetailsPane *self)
{
  gint64 txn_id = self->saver != NULL ? cfoil_annotation_saver_find_failed (self->saver, self->txn_id) : 0;

  if (txn_id != 0)
    g_signal_emit (self, signals[OPEN_TRANSACTION], 0, txn_id);
}

/* --- what can be done --- */

static void
close_cb (CfoilDetailsPane *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static void
row_activated_cb (CfoilDetailsPane *self,
                  CfoilDetailsLine *line)
{
  g_autofree char *query = g_strdup (cfoil_details_line_get_query (line));
  gint64 txn_id = cfoil_details_line_get_txn_id (line);

  if (txn_id != 0)
    g_signal_emit (self, signals[OPEN_TRANSACTION], 0, txn_id);
  else if (query != NULL)
    g_signal_emit (self, signals[FILTER], 0, query);
}

static void
copy_text (CfoilDetailsPane *self,
           const char       *text)
{
  g_autofree char *plain = cfoil_shown_text_to_plain (text);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), plain);
  cfoil_toast_show (GTK_WIDGET (self), _("Copied"));
}

static void
copy_id_cb (CfoilDetailsPane *self)
{
  copy_text (self, gtk_label_get_text (self->id_label));
}

static void
copy_raw_cb (CfoilDetailsPane *self)
{
  g_autofree char *text = NULL;

  if (self->details == NULL)
    return;
  text = cfoil_details_raw_text (self->details, self->workspace);
  copy_text (self, text);
}

static void
raw_expanded_cb (CfoilDetailsPane *self)
{
  show_raw (self);
}

static void
case_cb (CfoilDetailsPane *self)
{
  g_autofree char *id = NULL;

  if (self->details == NULL || !has_case (self->details))
    return;
  id = cfoil_shown_text_to_plain (self->details->dispute_id != NULL ? self->details->dispute_id : self->details->charge_id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-case-of", "s", id);
}

static void
link_cb (CfoilDetailsPane *self)
{
  g_autofree char *link = self->details != NULL ? cfoil_details_link (self->details) : NULL;

  if (link != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), link, GDK_CURRENT_TIME);
}

/* --- the window --- */

static void
close_anyway_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CfoilDetailsPane) self = user_data;

  if (!cfoil_compat_ask_finish (result) || self->window == NULL)
    return;
  self->may_close = TRUE;
  gtk_window_close (self->window);
}

/* A note that is only on the screen goes away with the window. */
static gboolean
close_request_cb (CfoilDetailsPane *self)
{
  cfoil_details_notes_flush (self->notes);
  if (self->may_close || self->saver == NULL || cfoil_annotation_saver_find_failed (self->saver, 0) == 0)
    return GDK_EVENT_PROPAGATE;
  cfoil_compat_ask_async (self->window, _("A Note Is Not Saved"),
                          _("What you wrote could not be saved and is lost when the window is closed."),
                          _("Close Anyway"), TRUE, close_anyway_cb, g_object_ref (self));
  return GDK_EVENT_STOP;
}

static void
cfoil_details_pane_root (GtkWidget *widget)
{
  CfoilDetailsPane *self = CFOIL_DETAILS_PANE (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (cfoil_details_pane_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;
  self->window = GTK_WINDOW (root);
  self->close_id = g_signal_connect_swapped (root, "close-request", G_CALLBACK (close_request_cb), self);
}

static void
cfoil_details_pane_unroot (GtkWidget *widget)
{
  CfoilDetailsPane *self = CFOIL_DETAILS_PANE (widget);

  if (self->window != NULL)
    g_clear_signal_handler (&self->close_id, self->window);
  self->window = NULL;

  GTK_WIDGET_CLASS (cfoil_details_pane_parent_class)->unroot (widget);
}

static void
cfoil_details_pane_unmap (GtkWidget *widget)
{
  cfoil_details_notes_flush (CFOIL_DETAILS_PANE (widget)->notes);

  GTK_WIDGET_CLASS (cfoil_details_pane_parent_class)->unmap (widget);
}

/* --- GObject --- */

static void
cfoil_details_pane_dispose (GObject *object)
{
  CfoilDetailsPane *self = CFOIL_DETAILS_PANE (object);

  if (self->workspace_signals != NULL)
    cfoil_details_pane_set_workspace (self, NULL);
  g_clear_object (&self->workspace_signals);
  g_clear_object (&self->reader_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_DETAILS_PANE);

  G_OBJECT_CLASS (cfoil_details_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, unsaved_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, message);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, type);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, state);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, amount);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, amount_note);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, id_label);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, status);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, amounts);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, notes);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, zone);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, timeline);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, timeline_heading);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, related);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, related_heading);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, buyer);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, buyer_heading);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, order);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, order_heading);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, ids);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, case_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, link_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, raw_expander);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsPane, raw);
}

static void
cfoil_details_pane_class_init (CfoilDetailsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_details_pane_dispose;
  widget_class->root = cfoil_details_pane_root;
  widget_class->unroot = cfoil_details_pane_unroot;
  widget_class->unmap = cfoil_details_pane_unmap;

  signals[CLOSE] = g_signal_new ("close", CFOIL_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_TRANSACTION] = g_signal_new ("open-transaction", CFOIL_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[FILTER] = g_signal_new ("filter", CFOIL_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Escape, 0, "close", NULL);

  g_type_ensure (CFOIL_TYPE_DETAILS_NOTES);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-details-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_id_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_raw_cb);
  gtk_widget_class_bind_template_callback (widget_class, raw_expanded_cb);
  gtk_widget_class_bind_template_callback (widget_class, case_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_unsaved_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
cfoil_details_pane_init (CfoilDetailsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (show_details), self);
  self->reader_signals = g_signal_group_new (CFOIL_TYPE_READER);
  g_signal_group_connect_swapped (self->reader_signals, "changed", G_CALLBACK (read_details), self);
}

/* --- public --- */

GtkWidget *
cfoil_details_pane_new (void)
{
  return g_object_new (CFOIL_TYPE_DETAILS_PANE, NULL);
}

void
cfoil_details_pane_set_workspace (CfoilDetailsPane *self,
                                  CfoilWorkspace   *workspace)
{
  g_return_if_fail (CFOIL_IS_DETAILS_PANE (self));

  if (workspace == self->workspace)
    return;
  cfoil_details_pane_set_transaction (self, 0);
  /* The last try: it outlives us. */
  if (self->saver != NULL)
    cfoil_annotation_saver_retry (self->saver);
  g_clear_object (&self->saver);
  g_set_object (&self->workspace, workspace);
  if (workspace != NULL)
    {
      self->saver = cfoil_annotation_saver_new (cfoil_reader_get_mirror (cfoil_workspace_get_reader (workspace)));
      g_signal_connect_object (self->saver, "changed", G_CALLBACK (update_unsaved), self, G_CONNECT_SWAPPED);
    }
  update_unsaved (self);
  cfoil_details_notes_set_saver (self->notes, self->saver);
  g_signal_group_set_target (self->workspace_signals, workspace);
  g_signal_group_set_target (self->reader_signals, workspace != NULL ? cfoil_workspace_get_reader (workspace) : NULL);
}

void
cfoil_details_pane_set_transaction (CfoilDetailsPane *self,
                                    gint64            txn_id)
{
  g_return_if_fail (CFOIL_IS_DETAILS_PANE (self));

  if (txn_id == self->txn_id)
    return;
  cfoil_details_notes_flush (self->notes);
  stop_reading (self);
  self->txn_id = txn_id;
  update_unsaved (self);
  if (txn_id == 0)
    {
      g_clear_pointer (&self->details, cfoil_details_unref);
      show_message (self, _("Nothing Selected"), _("Select a transaction to see everything that is known about it."));
    }
  read_details (self);
}

gint64
cfoil_details_pane_get_transaction (CfoilDetailsPane *self)
{
  g_return_val_if_fail (CFOIL_IS_DETAILS_PANE (self), 0);

  return self->txn_id;
}
