/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-lines.h"

#include "cfoil-settlement-table.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilSettlementLines
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkStack *stack;
  CfoilSettlementTable *table;
  AdwStatusPage *error;

  GTimeZone *zone;           /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  guint row;
  guint focus_id;
};

G_DEFINE_FINAL_TYPE (CfoilSettlementLines, cfoil_settlement_lines, ADW_TYPE_WINDOW)

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

static gpointer
read_lines (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Request *request = data;

  return cfoil_proof_read_lines (database, request->settlement_pk, request->currency, cancellable, error);
}

static void
select_row (CfoilSettlementLines *self,
            const CfoilTable     *table)
{
  for (guint i = 0; self->row != 0 && i < cfoil_table_get_n_rows (table); i++)
    if (cfoil_table_get_number (table, i, 0) == self->row)
      {
        cfoil_settlement_table_select (self->table, i);
        return;
      }
}

/* A row far down is there only after the next layout. */
static gboolean
focus_cb (gpointer user_data)
{
  CfoilSettlementLines *self = user_data;

  self->focus_id = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilSettlementLines) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilTable) table = cfoil_reader_run_finish (result, &error);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (table == NULL)
    {
      adw_status_page_set_description (self->error, cfoil_words_error (error));
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  n = cfoil_table_get_n_rows (table);
  number = cfoil_words_number (n);
  /* Translators: %s is a number. */
  text = g_strdup_printf (ngettext ("%s line", "%s lines", n), number);
  adw_window_title_set_subtitle (self->title, text);
  cfoil_settlement_table_set_table (self->table, table, self->zone);
  gtk_stack_set_visible_child_name (self->stack, "lines");
  select_row (self, table);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
  self->focus_id = g_timeout_add (100, focus_cb, self);
}

static void
show_rows_cb (CfoilSettlementLines *self,
              const char           *query)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL && gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-rows", "s", query))
    gtk_window_close (GTK_WINDOW (self));
}

static void
cfoil_settlement_lines_dispose (GObject *object)
{
  CfoilSettlementLines *self = CFOIL_SETTLEMENT_LINES (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_handle_id (&self->focus_id, g_source_remove);

  G_OBJECT_CLASS (cfoil_settlement_lines_parent_class)->dispose (object);
}

static void
cfoil_settlement_lines_class_init (CfoilSettlementLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_settlement_lines_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_settlement_lines_init (CfoilSettlementLines *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  self->cancellable = g_cancellable_new ();
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  self->error = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->error, "dialog-error-symbolic");
  adw_status_page_set_title (self->error, _ ("Cannot Read the Lines"));
  self->table = CFOIL_SETTLEMENT_TABLE (cfoil_settlement_table_new ());
  g_signal_connect_swapped (self->table, "show-rows", G_CALLBACK (show_rows_cb), self);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->error), "error");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->table), "lines");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 1200, 600);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 240);
}

void
cfoil_settlement_lines_present (GtkWindow           *parent,
                                CfoilWorkspace      *workspace,
                                CfoilSettlementItem *item,
                                guint                row)
{
  CfoilSettlementLines *self = g_object_new (CFOIL_TYPE_SETTLEMENT_LINES, "transient-for", parent, "modal", TRUE,
                                             "destroy-with-parent", TRUE, NULL);
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);
  /* Translators: the number of a settlement. */
  g_autofree char *title = g_strdup_printf (_ ("Settlement %s"), proof->settlement_id);
  Request *request = g_new0 (Request, 1);

  self->row = row;
  self->zone = g_time_zone_ref (cfoil_workspace_get_time_zone (workspace));
  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  request->settlement_pk = proof->settlement_pk;
  request->currency = g_strdup (proof->currency);
  cfoil_reader_run_async (cfoil_workspace_get_reader (workspace), CFOIL_READER_QUERY, read_lines, request, request_free,
                          (GDestroyNotify) cfoil_table_unref, self->cancellable, read_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
