/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-rows.h"

#include "cfoil-currency.h"
#include "cfoil-period.h"
#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

/* All that was looked at is tried, so many are shown. */
#define MAX_TRIED 200
#define MAX_SHOWN 12
#define MAX_SHOWN_TEXT 40

struct _CfoilBankRows
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *message;
  GtkGrid *samples;
  GtkGrid *cells;
};

G_DEFINE_FINAL_TYPE (CfoilBankRows, cfoil_bank_rows, ADW_TYPE_BIN)

char *
cfoil_bank_rows_dup_title (char **header,
                           guint  i)
{
  char *title = cfoil_shown_text (header[i]);

  if (title != NULL)
    return title;
  /* Translators: of a table without names of columns. */
  return g_strdup_printf (_("Column %u"), i + 1);
}

static void
empty_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static GtkWidget *
attach_text (GtkGrid    *grid,
             const char *text,
             guint       column,
             guint       row,
             const char *style)
{
  g_autofree char *shown = cfoil_shown_text (text);
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (shown != NULL ? g_utf8_strlen (shown, -1) : 0, MAX_SHOWN_TEXT));
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_SHOWN_TEXT);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (grid, label, (int) column, (int) row, 1, 1);
  return label;
}

/* --- as they are --- */

static void
show_cells (CfoilBankRows          *self,
            const CfoilBankPreview *preview)
{
  empty_grid (self->cells);
  for (guint i = 0; preview->header[i] != NULL; i++)
    {
      g_autofree char *title = cfoil_bank_rows_dup_title (preview->header, i);

      attach_text (self->cells, title, i, 0, "heading");
    }
  for (guint i = 0; i < MIN (preview->rows->len, MAX_SHOWN); i++)
    {
      char **cells = g_ptr_array_index (preview->rows, i);

      for (guint k = 0; cells[k] != NULL && preview->header[k] != NULL; k++)
        attach_text (self->cells, cells[k], k, i + 1, NULL);
    }
}

/* --- as they would be imported --- */

static void
attach_message (CfoilBankRows         *self,
                const CfoilBankSample *sample,
                guint                  row)
{
  /* Translators: a line of a file, and what is wrong in it. */
  g_autofree char *text = g_strdup_printf (_("Line %lu: %s"), (gulong) sample->line, sample->message);
  GtkWidget *label = attach_text (self->samples, text, 0, row, "error");
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->samples));

  gtk_label_set_width_chars (GTK_LABEL (label), -1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), -1);
  gtk_grid_layout_child_set_column_span (GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, label)), 4);
}

/* Their decimals below each other, in any direction of reading. */
static void
attach_amount (CfoilBankRows *self,
               const char    *text,
               guint          row,
               const char    *style)
{
  GtkWidget *label = attach_text (self->samples, text, 1, row, style);

  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
}

static void
attach_sample (CfoilBankRows         *self,
               const CfoilBankSample *sample,
               guint                  row)
{
  CfoilPeriod period = { CFOIL_PERIOD_DAYS, sample->day, sample->day + 1 };
  g_autofree char *day = cfoil_period_to_title (&period);
  g_autofree char *amount = cfoil_currency_format (sample->amount_minor, sample->currency);

  attach_text (self->samples, day, 0, row, "numeric");
  attach_amount (self, amount, row, "numeric");
  attach_text (self->samples, sample->text, 2, row, NULL);
  if (sample->reference != NULL && *sample->reference != '\0')
    attach_text (self->samples, sample->reference, 3, row, NULL);
}

/* References only where there are some: many banks have them in the text. */
static void
attach_titles (CfoilBankRows *self,
               gboolean       has_references)
{
  attach_text (self->samples, _("Date"), 0, 0, "heading");
  attach_amount (self, _("Amount"), 0, "heading");
  attach_text (self->samples, _("Text"), 2, 0, "heading");
  if (has_references)
    attach_text (self->samples, _("Reference"), 3, 0, "heading");
}

/* What cannot be read comes first, wherever it is. */
static gboolean
show_samples (CfoilBankRows *self,
              GPtrArray     *samples)
{
  guint n_read = 0, n_bad = 0;
  gboolean has_references = FALSE;

  empty_grid (self->samples);
  for (guint i = 0; i < samples->len; i++)
    {
      const CfoilBankSample *sample = g_ptr_array_index (samples, i);

      has_references = has_references || (sample->reference != NULL && *sample->reference != '\0');
      if (sample->message != NULL && n_bad++ < MAX_SHOWN)
        attach_message (self, sample, n_bad);
    }
  attach_titles (self, has_references);
  for (guint i = 0; i < samples->len && n_bad + n_read < MAX_SHOWN; i++)
    {
      const CfoilBankSample *sample = g_ptr_array_index (samples, i);

      if (sample->message == NULL && !sample->is_skipped)
        attach_sample (self, sample, n_bad + ++n_read);
    }
  if (n_bad + n_read == 0)
    cfoil_bank_rows_set_message (self, _("No row has a date: choose the column of dates, or another separator."));
  return n_bad == 0 && n_read > 0;
}

gboolean
cfoil_bank_rows_show (CfoilBankRows          *self,
                      const CfoilBankPreview *preview,
                      const CfoilBankMapping *mapping,
                      GError                **error)
{
  g_autoptr (GPtrArray) samples = NULL;

  show_cells (self, preview);
  samples = cfoil_bank_preview_read (preview, mapping, MAX_TRIED, error);
  if (samples == NULL)
    return FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->samples), TRUE);
  return show_samples (self, samples);
}

void
cfoil_bank_rows_set_message (CfoilBankRows *self,
                             const char    *message)
{
  gtk_label_set_text (self->message, message);
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->samples), FALSE);
}

/* --- the widget --- */

/* Large letters in a narrow window: two titles must not make it wider. */
static void
let_titles_shrink (GtkWidget *switcher)
{
  for (GtkWidget *button = gtk_widget_get_first_child (switcher); button != NULL; button = gtk_widget_get_next_sibling (button))
    if (GTK_IS_LABEL (gtk_button_get_child (GTK_BUTTON (button))))
      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
}

static void
cfoil_bank_rows_class_init (CfoilBankRowsClass *klass)
{
}

static GtkGrid *
add_page (CfoilBankRows *self,
          const char    *name,
          const char    *title,
          GtkWidget     *before)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 18, "row-spacing", 6, NULL);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "margin-start", 18, "margin-end", 18,
                                 "margin-top", 6, "margin-bottom", 12, NULL);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "min-content-height", 130, "max-content-height", 200,
                                      "propagate-natural-height", TRUE, "child", box, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (before != NULL)
    gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_stack_add_titled (self->stack, scroller, name, title);
  return GTK_GRID (grid);
}

static void
cfoil_bank_rows_init (CfoilBankRows *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *switcher;

  self->stack = GTK_STACK (gtk_stack_new ());
  self->message = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, "visible", FALSE, NULL);
  self->samples = add_page (self, "samples", _("As Imported"), GTK_WIDGET (self->message));
  self->cells = add_page (self, "cells", _("As in the File"), NULL);
  switcher = g_object_new (GTK_TYPE_STACK_SWITCHER, "stack", self->stack, "halign", GTK_ALIGN_CENTER, "margin-top", 6,
                           "margin-start", 6, "margin-end", 6, NULL);
  let_titles_shrink (switcher);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}
