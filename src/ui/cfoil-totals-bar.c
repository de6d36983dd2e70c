/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-totals-bar.h"

#include "cfoil-currency.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* So many currencies, and in all so many rows of sums, are seen; the others can be
 * scrolled to. */
#define MAX_LINES 3
#define MAX_ROWS 6
/* Between the number of rows and the sums, beside and below each other. */
#define WIDE_SPACING 18
#define NARROW_SPACING 6

enum
{
  GROSS,
  FEES,
  NET,
  REFUNDED,
  N_SUMS
};

static const char *const titles[N_SUMS] = {
  [GROSS] = N_ ("Gross"),
  [FEES] = N_ ("Fees"),
  [NET] = N_ ("Net"),
  [REFUNDED] = N_ ("Refunded"),
};

/* One currency. */
typedef struct
{
  GtkWidget *currency; /* (borrowed), like all of them: the grid's */
  GtkWidget *titles[N_SUMS];
  GtkWidget *sums[N_SUMS];
} Line;

struct _CfoilTotalsBar
{
  AdwBin parent_instance;

  GtkLabel *count;
  GtkLabel *hint;
  GtkScrolledWindow *scroller;
  GtkGrid *grid;

  GArray *lines; /* (owned): Line; those that are not needed are hidden */
  guint n_lines;
  guint n_columns; /* so many sums stand beside each other */
  int room;
};

G_DEFINE_FINAL_TYPE (CfoilTotalsBar, cfoil_totals_bar, ADW_TYPE_BIN)

/* --- lines --- */

static GtkWidget *
new_label (const char *css_class,
           float       xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
place (CfoilTotalsBar *self,
       GtkWidget      *widget,
       guint           column,
       guint           row)
{
  if (gtk_widget_get_parent (widget) != NULL)
    gtk_grid_remove (self->grid, widget);
  gtk_grid_attach (self->grid, widget, (int) column, (int) row, 1, 1);
}

/* Side by side, or the sums of a currency in two or four rows. */
static void
place_line (CfoilTotalsBar *self,
            guint           i)
{
  Line *line = &g_array_index (self->lines, Line, i);
  guint n_columns = self->n_columns;
  guint row = i * (N_SUMS / n_columns);

  place (self, line->currency, 0, row);
  for (guint j = 0; j < N_SUMS; j++)
    {
      place (self, line->titles[j], 1 + 2 * (j % n_columns), row + j / n_columns);
      place (self, line->sums[j], 2 + 2 * (j % n_columns), row + j / n_columns);
    }
}

static void
hold (GtkWidget *widget)
{
  g_object_ref_sink (widget);
}

static void
add_line (CfoilTotalsBar *self)
{
  Line line;

  line.currency = new_label ("heading", 0);
  hold (line.currency);
  for (guint j = 0; j < N_SUMS; j++)
    {
      line.titles[j] = new_label ("dim-label", 1);
      gtk_label_set_text (GTK_LABEL (line.titles[j]), _(titles[j]));
      gtk_widget_set_margin_start (line.titles[j], 6);
      line.sums[j] = new_label ("numeric", 1);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (line.sums[j]), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                      line.currency, line.titles[j], NULL, -1);
      hold (line.titles[j]);
      hold (line.sums[j]);
    }
  g_array_append_val (self->lines, line);
  place_line (self, self->lines->len - 1);
}

static void
clear_line (gpointer data)
{
  Line *line = data;

  g_object_unref (line->currency);
  for (guint j = 0; j < N_SUMS; j++)
    {
      g_object_unref (line->titles[j]);
      g_object_unref (line->sums[j]);
    }
}

static void
show_line (CfoilTotalsBar *self,
           guint           i,
           gboolean        is_visible)
{
  Line *line = &g_array_index (self->lines, Line, i);

  gtk_widget_set_visible (line->currency, is_visible);
  for (guint j = 0; j < N_SUMS; j++)
    {
      gtk_widget_set_visible (line->titles[j], is_visible);
      gtk_widget_set_visible (line->sums[j], is_visible);
    }
}

static void
set_sum (GtkWidget        *label,
         const CfoilTotal *total,
         gint64            minor)
{
  g_autofree char *text = total->is_overflown ? g_strdup (CFOIL_WORDS_NONE)
                                              : cfoil_currency_format_plain (minor, total->currency);

  gtk_label_set_text (GTK_LABEL (label), text);
}

static void
fill_line (CfoilTotalsBar   *self,
           guint             i,
           const CfoilTotal *total)
{
  Line *line = &g_array_index (self->lines, Line, i);

  gtk_label_set_text (GTK_LABEL (line->currency), *total->currency != '\0' ? total->currency : _("No currency"));
  set_sum (line->sums[GROSS], total, total->gross_minor);
  set_sum (line->sums[FEES], total, total->fee_minor);
  set_sum (line->sums[NET], total, total->net_minor);
  set_sum (line->sums[REFUNDED], total, total->refunded_minor);
}

/* --- words --- */

static void
show_count (CfoilTotalsBar *self,
            guint           n_selected,
            guint           n_rows)
{
  g_autofree char *n = cfoil_words_number (n_rows);
  g_autofree char *chosen = cfoil_words_number (n_selected);
  g_autofree char *text = NULL;

  if (n_selected > 0)
    /* Translators: so many of so many transactions are selected. */
    text = g_strdup_printf (_("Selected: %s of %s"), chosen, n);
  else
    /* Translators: %s is a number. */
    text = g_strdup_printf (ngettext ("%s transaction", "%s transactions", n_rows), n);
  gtk_label_set_text (self->count, text);
}

static void
show_hint (CfoilTotalsBar *self,
           const GArray   *totals)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  guint64 n_unknown = 0;
  gboolean is_overflown = FALSE;

  for (guint i = 0; totals != NULL && i < totals->len; i++)
    {
      n_unknown += g_array_index (totals, CfoilTotal, i).n_unknown_fees;
      is_overflown |= g_array_index (totals, CfoilTotal, i).is_overflown;
    }
  number = cfoil_words_number ((gint64) n_unknown);
  if (is_overflown)
    text = g_strdup (_("Sums are larger than can be counted"));
  else if (n_unknown > 0)
    text = g_strdup_printf (ngettext ("Fees not yet known for %s row", "Fees not yet known for %s rows", n_unknown), number);
  gtk_label_set_text (self->hint, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), text != NULL);
}

/* --- room --- */

/* As high as its lines; a bar for scrolling would take room also where there is
 * nothing to scroll. */
static void
limit_height (CfoilTotalsBar *self)
{
  guint n_rows = self->n_lines * (N_SUMS / self->n_columns);
  guint n = MIN (MIN (self->n_lines, MAX_LINES) * (N_SUMS / self->n_columns), MAX_ROWS);
  gboolean scrolls = n < n_rows;
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->count));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics)) + 2;

  pango_font_metrics_unref (metrics);
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_EXTERNAL, scrolls ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_max_content_height (self->scroller, scrolls ? (int) n * height + 2 : -1);
}

static int
natural_width (gpointer widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* What the grid would take with N_COLUMNS sums beside each other. */
static int
grid_width (CfoilTotalsBar *self,
            guint           n_columns)
{
  int widths[1 + 2 * N_SUMS] = { 0 };
  int width = 2 * (int) n_columns * gtk_grid_get_column_spacing (self->grid);

  for (guint i = 0; i < self->n_lines; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      widths[0] = MAX (widths[0], natural_width (line->currency));
      for (guint j = 0; j < N_SUMS; j++)
        {
          int *title = &widths[1 + 2 * (j % n_columns)];
          int *sum = &widths[2 + 2 * (j % n_columns)];

          *title = MAX (*title, natural_width (line->titles[j]));
          *sum = MAX (*sum, natural_width (line->sums[j]));
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    width += widths[i];
  return width;
}

static void
set_layout (CfoilTotalsBar *self,
            GtkOrientation  orientation,
            guint           n_columns)
{
  GtkWidget *box = adw_bin_get_child (ADW_BIN (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), orientation);
  gtk_box_set_spacing (GTK_BOX (box), orientation == GTK_ORIENTATION_VERTICAL ? NARROW_SPACING : WIDE_SPACING);
  if (self->n_columns != n_columns)
    {
      self->n_columns = n_columns;
      for (guint i = 0; i < self->lines->len; i++)
        place_line (self, i);
    }
  limit_height (self);
}

/* Beside the number of rows if that fits, or else below it, with as many sums beside
 * each other as fit. */
static void
choose_layout (CfoilTotalsBar *self)
{
  GtkWidget *box = adw_bin_get_child (ADW_BIN (self));
  int room = self->room - (natural_width (self) - natural_width (box));
  int words = MAX (natural_width (self->count), gtk_widget_get_visible (GTK_WIDGET (self->hint)) ? natural_width (self->hint) : 0);
  guint n_columns = N_SUMS;

  if (words + WIDE_SPACING + grid_width (self, N_SUMS) <= room)
    {
      set_layout (self, GTK_ORIENTATION_HORIZONTAL, N_SUMS);
      return;
    }
  while (n_columns > 1 && grid_width (self, n_columns) > room)
    n_columns /= 2;
  set_layout (self, GTK_ORIENTATION_VERTICAL, n_columns);
}

/* --- GObject --- */

static void
cfoil_totals_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_TOTALS_BAR);

  G_OBJECT_CLASS (cfoil_totals_bar_parent_class)->dispose (object);
}

static void
cfoil_totals_bar_finalize (GObject *object)
{
  g_array_unref (CFOIL_TOTALS_BAR (object)->lines);

  G_OBJECT_CLASS (cfoil_totals_bar_parent_class)->finalize (object);
}

static void
cfoil_totals_bar_class_init (CfoilTotalsBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_totals_bar_dispose;
  object_class->finalize = cfoil_totals_bar_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-totals-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilTotalsBar, count);
  gtk_widget_class_bind_template_child (widget_class, CfoilTotalsBar, hint);
  gtk_widget_class_bind_template_child (widget_class, CfoilTotalsBar, scroller);
  gtk_widget_class_bind_template_child (widget_class, CfoilTotalsBar, grid);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cfoil_totals_bar_init (CfoilTotalsBar *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->lines, clear_line);
  self->n_columns = N_SUMS;
  self->room = G_MAXSHORT; /* until somebody says */
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- public --- */

void
cfoil_totals_bar_set_totals (CfoilTotalsBar *self,
                             guint           n_selected,
                             guint           n_rows,
                             const GArray   *totals)
{
  g_return_if_fail (CFOIL_IS_TOTALS_BAR (self));

  show_count (self, n_selected, n_rows);
  show_hint (self, totals);
  if (totals == NULL)
    {
      gtk_widget_set_opacity (GTK_WIDGET (self->grid), 0.5);
      return;
    }
  gtk_widget_set_opacity (GTK_WIDGET (self->grid), 1);
  while (self->lines->len < totals->len)
    add_line (self);
  self->n_lines = totals->len;
  for (guint i = 0; i < self->lines->len; i++)
    {
      show_line (self, i, i < totals->len);
      if (i < totals->len)
        fill_line (self, i, &g_array_index (totals, CfoilTotal, i));
    }
  choose_layout (self);
}

void
cfoil_totals_bar_set_room (CfoilTotalsBar *self,
                           int             width)
{
  g_return_if_fail (CFOIL_IS_TOTALS_BAR (self));

  if (self->room == width)
    return;
  self->room = width;
  choose_layout (self);
}
