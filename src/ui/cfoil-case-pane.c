/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-pane-private.h"

#include "cfoil-case-lines.h"
#include "cfoil-case-words.h"
#include "cfoil-details-raw-text.h"
#include "cfoil-shown-text.h"
#include "cfoil-time.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define TICK_SECONDS 60
#define MAX_RAW 100000

enum
{
  CLOSE,
  OPEN_CASE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef enum
{
  PLACE_TOP,
  PLACE_LOG,
  PLACE_BOTTOM,
} Place;

static const struct
{
  const char *title; /* (nullable) */
  Place place;
  GPtrArray *(*get_lines) (const CfoilCaseReading *reading,
                           CfoilWorkspace         *workspace);
} sections[CFOIL_CASE_PANE_N_SECTIONS] = {
  { N_ ("What Was Present, What Was Missing"), PLACE_TOP, cfoil_case_lines_lessons },
  { N_ ("The Buyer’s Claim"), PLACE_TOP, cfoil_case_lines_claim },
  { N_ ("What Was Bought"), PLACE_TOP, cfoil_case_lines_bought },
  { N_ ("Refunds"), PLACE_TOP, cfoil_case_lines_refunds },
  { NULL, PLACE_LOG, cfoil_case_lines_log },
  { N_ ("Answers"), PLACE_BOTTOM, cfoil_case_lines_answers },
  { N_ ("Timeline of the Payment"), PLACE_BOTTOM, cfoil_case_lines_charge },
  { N_ ("The Buyer’s Earlier Payments"), PLACE_BOTTOM, cfoil_case_lines_earlier },
  { N_ ("History of This Dispute"), PLACE_BOTTOM, cfoil_case_lines_history },
  { N_ ("How It Became Known"), PLACE_BOTTOM, cfoil_case_lines_sources },
  { N_ ("IDs"), PLACE_BOTTOM, cfoil_case_lines_ids },
};

static void read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilCasePane, cfoil_case_pane, ADW_TYPE_BIN)

const CfoilCase *
_cfoil_case_pane_get_record (CfoilCasePane *self)
{
  if (self->reading == NULL || self->reading->dossier->record->case_id != self->case_id)
    return NULL;
  return self->reading->dossier->record;
}

/* --- showing --- */

static void
show_message (CfoilCasePane *self,
              const char    *title,
              const char    *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, escaped);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
show_state (CfoilCasePane   *self,
            const CfoilCase *record)
{
  static const char *const classes[] = { "success", "warning", "error" };
  const char *name = cfoil_case_state_class (record);

  gtk_label_set_text (self->state, cfoil_case_words_state (record));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (classes[i], name) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (self->state), classes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), classes[i]);
}

static void
show_head (CfoilCasePane   *self,
           const CfoilCase *record)
{
  g_autofree char *title = cfoil_case_words_title (record);
  g_autofree char *amount = cfoil_case_words_amount (record);
  g_autofree char *buyer = cfoil_shown_text (record->buyer_name != NULL ? record->buyer_name : record->buyer_email);
  g_autofree char *account = cfoil_shown_text (record->account);
  g_autofree char *about = NULL;

  about = g_strdup_printf ("%s · %s", buyer != NULL ? buyer : _("Buyer not known"), account != NULL ? account : CFOIL_WORDS_NONE);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->about, about);
  show_state (self, record);
}

static void
show_missing (CfoilCasePane   *self,
              const CfoilCase *record)
{
  gboolean is_missing = record->dispute_id == NULL && !record->is_by_hand && record->kind == CFOIL_CASE_CHARGEBACK;
  g_autofree char *charge = cfoil_shown_text (record->charge_id);
  g_autofree char *text = NULL;

  if (is_missing && charge != NULL)
    /* Translators: %s is the ID of a charge. */
    text = g_strdup_printf (_("A report proves a chargeback of the charge %s, but reports do not tell the dispute’s ID, and without it "
                              "nothing can be answered from here. You find it in the provider’s e-mail about the chargeback, in the "
                              "notification to your shop, and in Seller Central under Performance › Chargeback Claims."), charge);
  else if (is_missing)
    text = g_strdup (_("Without the dispute’s ID nothing can be answered from here. You find it in the provider’s e-mail about the "
                       "chargeback, and in Seller Central under Performance › Chargeback Claims."));
  gtk_label_set_text (self->missing_text, text != NULL ? text : "");
  gtk_widget_set_visible (self->missing_box, is_missing);
}

/* What is being typed stays. */
static void
show_handler (CfoilCasePane   *self,
              const CfoilCase *record)
{
  const char *name = record->handler != NULL ? record->handler : "";

  if (self->is_handler_typed || g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->handler)), name))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->handler), name);
  self->is_handler_typed = FALSE;
}

static void
show_raw (CfoilCasePane *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->raw);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *shown = NULL;
  g_autofree char *former = NULL;
  GtkTextIter start, end;

  if (self->reading == NULL || !gtk_expander_get_expanded (self->raw_expander))
    return;
  if (self->reading->dossier->raw != NULL)
    {
      g_autofree char *lines = cfoil_json_in_lines (self->reading->dossier->raw);

      g_string_append (text, lines);
    }
  if (self->reading->details != NULL)
    {
      g_autofree char *payment = cfoil_details_raw_text (self->reading->details, self->workspace);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", payment);
    }
  shown = cfoil_shown_lines (text->str, MAX_RAW);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  former = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (g_strcmp0 (former, shown != NULL ? shown : "") != 0)
    gtk_text_buffer_set_text (buffer, shown != NULL ? shown : "", -1);
}

static void
show_reading (CfoilCasePane *self)
{
  const CfoilCase *record = _cfoil_case_pane_get_record (self);

  if (record == NULL || self->workspace == NULL)
    return;
  show_head (self, record);
  cfoil_case_deadline_show (self->deadline, record, self->workspace, cfoil_time_now_us ());
  show_missing (self, record);
  show_handler (self, record);
  cfoil_case_log_set_zone (self->log, cfoil_workspace_get_time_zone (self->workspace));
  for (guint i = 0; i < CFOIL_CASE_PANE_N_SECTIONS; i++)
    {
      g_autoptr (GPtrArray) lines = sections[i].get_lines (self->reading, self->workspace);

      cfoil_details_line_show (self->lists[i], self->headings[i], lines);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->raw_expander), self->reading->dossier->raw != NULL || self->reading->details != NULL);
  show_raw (self);
  _cfoil_case_pane_update_actions (self);
  gtk_stack_set_visible_child_name (self->stack, "case");
}

/* --- reading --- */

static void
stop_reading (CfoilCasePane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->read_again = FALSE;
}

static void
read_case (CfoilCasePane *self)
{
  if (self->workspace == NULL || self->case_id == 0)
    return;
  if (self->cancellable != NULL)
    {
      self->read_again = TRUE;
      return;
    }
  self->read_again = FALSE;
  self->cancellable = g_cancellable_new ();
  cfoil_case_reading_read_async (cfoil_workspace_get_reader (self->workspace), self->case_id, self->cancellable,
                                 read_cb, g_object_ref (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilCasePane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilCaseReading) reading = cfoil_case_reading_read_finish (result, &error);

  /* Something else is asked for by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->cancellable);
  if (reading != NULL)
    {
      g_clear_pointer (&self->reading, cfoil_case_reading_free);
      self->reading = g_steal_pointer (&reading);
      show_reading (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    show_message (self, _("No Longer Here"), _("This dispute is not in the mirror any more."));
  else
    show_message (self, _("Cannot Read the Dispute"), cfoil_words_error (error));
  if (self->read_again)
    read_case (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  CfoilCasePane *self = user_data;
  const CfoilCase *record = _cfoil_case_pane_get_record (self);

  if (record != NULL && self->workspace != NULL)
    cfoil_case_deadline_show (self->deadline, record, self->workspace, cfoil_time_now_us ());
  return G_SOURCE_CONTINUE;
}

/* --- what the user does --- */

static void
row_activated_cb (CfoilCasePane    *self,
                  CfoilDetailsLine *line)
{
  gint64 txn_id = cfoil_details_line_get_txn_id (line);

  if (txn_id != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-transaction", "x", txn_id);
}

static void
missing_changed_cb (CfoilCasePane *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->missing_mistake), FALSE);
  gtk_widget_set_sensitive (self->missing_button, *gtk_editable_get_text (GTK_EDITABLE (self->missing_entry)) != '\0');
}

static void
missing_id_cb (CfoilCasePane *self)
{
  _cfoil_case_pane_set_missing_id (self);
}

static void
handler_changed_cb (CfoilCasePane *self)
{
  self->is_handler_typed = TRUE;
}

static void
handler_activated_cb (CfoilCasePane *self)
{
  _cfoil_case_pane_save_handler (self);
}

static void
handler_left_cb (CfoilCasePane *self)
{
  if (self->log != NULL) /* not on the way out */
    _cfoil_case_pane_save_handler (self);
}

static void
log_add_cb (CfoilCasePane *self,
            const char    *kind,
            const char    *text)
{
  _cfoil_case_pane_add_entry (self, kind, text);
}

static void
raw_expanded_cb (CfoilCasePane *self)
{
  show_raw (self);
}

/* --- GObject and GtkWidget --- */

static void
cfoil_case_pane_unmap (GtkWidget *widget)
{
  _cfoil_case_pane_save_handler (CFOIL_CASE_PANE (widget));

  GTK_WIDGET_CLASS (cfoil_case_pane_parent_class)->unmap (widget);
}

static void
cfoil_case_pane_dispose (GObject *object)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->workspace_signals != NULL)
    cfoil_case_pane_set_case (self, NULL, 0);
  g_clear_object (&self->workspace_signals);
  g_clear_object (&self->reader_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_CASE_PANE);

  G_OBJECT_CLASS (cfoil_case_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, back_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, message);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, scroller);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, state);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, amount);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, about);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, deadline);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, missing_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, missing_text);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, missing_entry);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, missing_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, missing_mistake);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, handler);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, log);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, top_sections);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, log_section);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, bottom_sections);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, raw_expander);
  gtk_widget_class_bind_template_child (widget_class, CfoilCasePane, raw);
}

static void
cfoil_case_pane_class_init (CfoilCasePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_case_pane_dispose;
  widget_class->unmap = cfoil_case_pane_unmap;

  signals[CLOSE] = g_signal_new ("close", CFOIL_TYPE_CASE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_CASE] = g_signal_new ("open-case", CFOIL_TYPE_CASE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (CFOIL_TYPE_CASE_DEADLINE);
  g_type_ensure (CFOIL_TYPE_CASE_LOG);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-case-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, handler_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, handler_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, handler_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, log_add_cb);
  gtk_widget_class_bind_template_callback (widget_class, missing_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, missing_id_cb);
  gtk_widget_class_bind_template_callback (widget_class, raw_expanded_cb);
  _cfoil_case_pane_install_actions (klass);
}

static void
make_section (CfoilCasePane *self,
              guint          section)
{
  GtkBox *boxes[] = { self->top_sections, self->log_section, self->bottom_sections };
  GtkBox *box = boxes[sections[section].place];
  const char *title = sections[section].title;
  GtkWidget *list = gtk_list_box_new ();

  if (title != NULL)
    {
      GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", _(title), "xalign", 0.0, "margin-top", 12,
                                         "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);

      gtk_widget_add_css_class (heading, "heading");
      gtk_box_append (box, heading);
      self->headings[section] = heading;
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? _(title) : _("Messages and notes"), -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, list);
  self->lists[section] = GTK_LIST_BOX (list);
}

static void
cfoil_case_pane_init (CfoilCasePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  _cfoil_case_pane_init_menu (self);
  for (guint i = 0; i < CFOIL_CASE_PANE_N_SECTIONS; i++)
    make_section (self, i);
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (show_reading), self);
  self->reader_signals = g_signal_group_new (CFOIL_TYPE_READER);
  g_signal_group_connect_swapped (self->reader_signals, "changed", G_CALLBACK (read_case), self);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  self->is_handler_typed = FALSE;
}

/* --- public --- */

void
cfoil_case_pane_set_case (CfoilCasePane  *self,
                          CfoilWorkspace *workspace,
                          gint64          case_id)
{
  g_return_if_fail (CFOIL_IS_CASE_PANE (self));

  if (self->workspace == workspace && self->case_id == case_id)
    return;
  _cfoil_case_pane_save_handler (self);
  stop_reading (self);
  g_clear_pointer (&self->reading, cfoil_case_reading_free);
  g_set_object (&self->workspace, workspace);
  g_signal_group_set_target (self->workspace_signals, workspace);
  g_signal_group_set_target (self->reader_signals, workspace != NULL ? cfoil_workspace_get_reader (workspace) : NULL);
  self->case_id = case_id;
  self->is_handler_typed = FALSE;
  cfoil_case_log_clear (self->log);
  gtk_editable_set_text (GTK_EDITABLE (self->missing_entry), "");
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  _cfoil_case_pane_update_actions (self);
  read_case (self);
}

void
cfoil_case_pane_set_handlers (CfoilCasePane     *self,
                              const char *const *names)
{
  g_autoptr (GtkListStore) store = gtk_list_store_new (1, G_TYPE_STRING);
  g_autoptr (GtkEntryCompletion) completion = gtk_entry_completion_new ();

  g_return_if_fail (CFOIL_IS_CASE_PANE (self));

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    gtk_list_store_insert_with_values (store, NULL, -1, 0, names[i], -1);
  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (store));
  gtk_entry_completion_set_text_column (completion, 0);
  gtk_entry_set_completion (self->handler, completion);
}

void
cfoil_case_pane_focus (CfoilCasePane *self)
{
  g_return_if_fail (CFOIL_IS_CASE_PANE (self));

  gtk_widget_grab_focus (self->back_button);
}
