/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-pane.h"

#include "cfoil-query.h"
#include "cfoil-report-print.h"
#include "cfoil-settlement-figures.h"
#include "cfoil-settlement-lines.h"
#include "cfoil-shown-text.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define MAX_ROWS_SHOWN 12

struct _CfoilSettlementPane
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkWidget *causes_box;
  GtkLabel *causes_title;
  GtkListBox *causes;
  CfoilSettlementFigures *figures;
  GtkWidget *buttons;

  CfoilWorkspace *workspace;   /* (owned) (nullable) */
  CfoilSettlementItem *chosen; /* (owned) (nullable): of the list */
  CfoilSettlementItem *item;   /* (owned) (nullable): the same, or with more that is known of it */
  GCancellable *cancellable;   /* (owned) (nullable): while its lines are looked into */
  GCancellable *printing;      /* (owned) (nullable): while its lines are read for paper */
};

G_DEFINE_FINAL_TYPE (CfoilSettlementPane, cfoil_settlement_pane, ADW_TYPE_BIN)

/* --- causes --- */

static char *
text_of_rows (const CfoilCause *cause)
{
  GString *text;

  if (cause->rows == NULL || cause->rows->len == 0)
    return NULL;
  text = g_string_new (ngettext ("Row in the file:", "Rows in the file:", cause->rows->len));
  for (guint i = 0; i < MIN (cause->rows->len, MAX_ROWS_SHOWN); i++)
    g_string_append_printf (text, "%s%u", i == 0 ? " " : ", ", g_array_index (cause->rows, guint, i));
  if (cause->rows->len > MAX_ROWS_SHOWN)
    g_string_append (text, " …");
  return g_string_free (text, FALSE);
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           const char *css_class)
{
  g_autofree char *kept = cfoil_words_keep_signs (text);
  GtkWidget *label = gtk_label_new (kept);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
new_row_button (const char *icon_name,
                const char *text)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

/* Its sentence, what it comes to, its rows, and ways to them. */
static GtkWidget *
new_cause_row (CfoilSettlementPane *self,
               const CfoilCause    *cause)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *text = cfoil_shown_lines (cause->text, 500);
  g_autofree char *rows = text_of_rows (cause);
  g_autofree char *amount = NULL;

  gtk_widget_set_hexpand (texts, TRUE);
  add_label (texts, gettext (cfoil_cause_kind_get_title (cause->kind)), "heading");
  if (cause->minor != 0)
    {
      amount = cfoil_settlement_item_dup_amount (self->item, cause->minor);
      add_label (texts, amount, "numeric");
    }
  add_label (texts, text, NULL);
  if (rows != NULL)
    gtk_widget_add_css_class (add_label (texts, rows, "caption"), "dim-label");
  gtk_box_append (GTK_BOX (box), texts);
  if (rows != NULL)
    {
      GtkWidget *button = new_row_button ("view-list-symbolic", _ ("Show these lines"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "settlement.show-row");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", g_array_index (cause->rows, guint, 0));
      gtk_box_append (GTK_BOX (box), button);
    }
  if (cause->query != NULL)
    {
      GtkWidget *button = new_row_button ("go-next-symbolic", _ ("Show them among the transactions"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-rows");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", cause->query);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_add_css_class (box, "settlement-cause");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
show_causes (CfoilSettlementPane *self,
             const CfoilProof    *proof)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->causes))) != NULL)
    gtk_list_box_remove (self->causes, child);
  gtk_widget_set_visible (self->causes_box, proof->causes->len > 0);
  gtk_label_set_text (self->causes_title, proof->state == CFOIL_PROOF_BALANCED || proof->state == CFOIL_PROOF_OPEN
                                            ? _ ("Worth Knowing") : _ ("Why It Differs"));
  for (guint i = 0; i < proof->causes->len; i++)
    gtk_list_box_append (self->causes, new_cause_row (self, g_ptr_array_index (proof->causes, i)));
}

/* --- what is shown --- */

static char *
sentence_of (CfoilSettlementItem *item)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);
  g_autofree char *amount = cfoil_settlement_item_dup_amount (item, ABS (proof->remainder_minor));

  switch (proof->state)
    {
    case CFOIL_PROOF_BALANCED:
      return g_strdup (_ ("Balanced: it adds up to the last unit"));
    case CFOIL_PROOF_OPEN:
      return g_strdup (_ ("Nobody has said yet what was paid out"));
    case CFOIL_PROOF_EXPLAINED:
      /* Translators: an amount. */
      return g_strdup_printf (_ ("Differs by %s, and the cause is known"), amount);
    case CFOIL_PROOF_DIFFERS:
    default:
      if (proof->causes->len > 0)
        /* Translators: an amount; what may be the cause follows. */
        return g_strdup_printf (_ ("Differs by %s, and no cause is proven"), amount);
      /* Translators: an amount. */
      return g_strdup_printf (_ ("Differs by %s, and no cause was found"), amount);
    }
}

static void
set_state_class (GtkWidget  *widget,
                 const char *css_class)
{
  static const char *const all[] = { "success", "warning", "error", "dim-label" };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_widget_remove_css_class (widget, all[i]);
  gtk_widget_add_css_class (widget, css_class);
}

static void
show_item (CfoilSettlementPane *self)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (self->item);
  GTimeZone *zone = cfoil_workspace_get_time_zone (self->workspace);
  const char *css_class = cfoil_settlement_item_get_css_class (self->item);
  g_autofree char *id = cfoil_shown_text (proof->settlement_id);
  g_autofree char *account = cfoil_shown_text (proof->account);
  g_autofree char *period = cfoil_settlement_item_dup_period (self->item, zone);
  g_autofree char *number = cfoil_words_number (proof->n_lines);
  g_autofree char *lines = g_strdup_printf (ngettext ("%s line", "%s lines", proof->n_lines), number);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s · %s", id, proof->currency, account, lines);
  g_autofree char *sentence = sentence_of (self->item);

  gtk_label_set_text (self->title, period);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_image_set_from_icon_name (self->state_icon, cfoil_settlement_item_get_icon_name (self->item));
  gtk_label_set_text (self->state, sentence);
  set_state_class (GTK_WIDGET (self->state_icon), css_class);
  set_state_class (GTK_WIDGET (self->state), css_class);
  show_causes (self, proof);
  cfoil_settlement_figures_show (self->figures, self->item, zone);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "settlement.show-lines", proof->settlement_pk > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "settlement.show-payments", proof->settlement_pk > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "settlement.print", proof->settlement_pk > 0);
  gtk_stack_set_visible_child_name (self->stack, "proof");
}

/* --- looking into the lines --- */

typedef struct
{
  gint64 settlement_pk;
  char *currency;
} Request;

static void
request_free (gpointer data)
{
  g_free (((Request *) data)->currency);
  g_free (data);
}

static Request *
new_request (CfoilSettlementPane *self)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (self->item);
  Request *request = g_new0 (Request, 1);

  request->settlement_pk = proof->settlement_pk;
  request->currency = g_strdup (proof->currency);
  return request;
}

static gpointer
read_proof (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Request *request = data;

  return cfoil_proof_read (database, request->settlement_pk, request->currency, cancellable, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilSettlementPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilSettlementItem) item = NULL;
  CfoilProof *proof = cfoil_reader_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  /* What the list knows of it stays in view. */
  if (proof == NULL || self->item == NULL)
    {
      g_clear_pointer (&proof, cfoil_proof_free);
      return;
    }
  item = cfoil_settlement_item_new (proof);
  cfoil_settlement_item_take_over_bank (item, self->item);
  g_set_object (&self->item, item);
  show_item (self);
}

/* Only of those that there is more to know about. */
static void
look_into (CfoilSettlementPane *self)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (self->item);

  if (proof->causes->len == 0 && proof->state != CFOIL_PROOF_DIFFERS)
    return;
  self->cancellable = g_cancellable_new ();
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_QUERY, read_proof, new_request (self), request_free,
                          (GDestroyNotify) cfoil_proof_free, self->cancellable, read_cb, g_object_ref (self));
}

static void
show_chosen (CfoilSettlementPane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->item, self->chosen);
  if (self->item == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }
  show_item (self);
  look_into (self);
}

void
cfoil_settlement_pane_set_item (CfoilSettlementPane *self,
                                CfoilWorkspace      *workspace,
                                CfoilSettlementItem *item)
{
  g_return_if_fail (CFOIL_IS_SETTLEMENT_PANE (self));

  g_set_object (&self->workspace, workspace);
  if (self->chosen != NULL)
    g_signal_handlers_disconnect_by_data (self->chosen, self);
  if (workspace == NULL)
    item = NULL;
  g_set_object (&self->chosen, item);
  /* Then it stays where somebody reads. */
  if (self->chosen != NULL)
    g_signal_connect_object (self->chosen, "changed", G_CALLBACK (show_chosen), self, G_CONNECT_SWAPPED);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  show_chosen (self);
}

/* --- actions --- */

static void
show_lines (CfoilSettlementPane *self,
            guint                row)
{
  if (self->item != NULL && cfoil_settlement_item_get_proof (self->item)->settlement_pk > 0)
    cfoil_settlement_lines_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace, self->item, row);
}

static void
show_lines_action_cb (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  show_lines (CFOIL_SETTLEMENT_PANE (widget), 0);
}

static void
show_row_action_cb (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  show_lines (CFOIL_SETTLEMENT_PANE (widget), g_variant_get_uint32 (parameter));
}

static void
show_payments_action_cb (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  CfoilSettlementPane *self = CFOIL_SETTLEMENT_PANE (widget);
  g_autofree char *query = NULL;

  if (self->item == NULL)
    return;
  query = cfoil_term_text_of_value (CFOIL_FIELD_SETTLEMENT, cfoil_settlement_item_get_proof (self->item)->settlement_id, FALSE);
  if (query != NULL)
    gtk_widget_activate_action (widget, "win.show-rows", "s", query);
}

/* --- on paper --- */

static gpointer
read_page (CfoilDatabase *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Request *request = data;
  g_autoptr (CfoilProof) proof = NULL;
  g_autoptr (CfoilTable) lines = NULL;

  proof = cfoil_proof_read (database, request->settlement_pk, request->currency, cancellable, error);
  if (proof != NULL)
    lines = cfoil_proof_read_lines (database, request->settlement_pk, request->currency, cancellable, error);
  return lines != NULL ? cfoil_proof_to_page (proof, lines) : NULL;
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (CfoilSettlementPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilTable) table = cfoil_reader_run_finish (result, &error);
  const CfoilReportPage page = { cfoil_report_usual_paper (), FALSE };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->printing);
  if (table == NULL)
    cfoil_toast_show (GTK_WIDGET (self), cfoil_words_error (error));
  else
    cfoil_report_print (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), table, &page,
                        cfoil_workspace_get_time_zone (self->workspace));
}

static void
print_action_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  CfoilSettlementPane *self = CFOIL_SETTLEMENT_PANE (widget);

  if (self->item == NULL || self->printing != NULL)
    return;
  self->printing = g_cancellable_new ();
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_QUERY, read_page, new_request (self), request_free,
                          (GDestroyNotify) cfoil_table_unref, self->printing, page_read_cb, g_object_ref (self));
}

static void
cfoil_settlement_pane_dispose (GObject *object)
{
  CfoilSettlementPane *self = CFOIL_SETTLEMENT_PANE (object);

  if (self->printing != NULL)
    g_cancellable_cancel (self->printing);
  g_clear_object (&self->printing);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->item);
  g_clear_object (&self->chosen);
  g_clear_object (&self->workspace);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_SETTLEMENT_PANE);

  G_OBJECT_CLASS (cfoil_settlement_pane_parent_class)->dispose (object);
}

static void
cfoil_settlement_pane_class_init (CfoilSettlementPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_settlement_pane_dispose;
  g_type_ensure (CFOIL_TYPE_SETTLEMENT_FIGURES);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-settlement-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, state_icon);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, state);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, causes_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, causes_title);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, causes);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, figures);
  gtk_widget_class_bind_template_child (widget_class, CfoilSettlementPane, buttons);
  gtk_widget_class_install_action (widget_class, "settlement.show-lines", NULL, show_lines_action_cb);
  gtk_widget_class_install_action (widget_class, "settlement.show-row", "u", show_row_action_cb);
  gtk_widget_class_install_action (widget_class, "settlement.show-payments", NULL, show_payments_action_cb);
  gtk_widget_class_install_action (widget_class, "settlement.print", NULL, print_action_cb);
}

static void
cfoil_settlement_pane_init (CfoilSettlementPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Large text in a window of a phone's width. */
  for (GtkWidget *button = gtk_widget_get_first_child (self->buttons); button != NULL; button = gtk_widget_get_next_sibling (button))
    gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
}
