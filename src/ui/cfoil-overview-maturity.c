/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-maturity.h"

#include "cfoil-metric.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>

#define PPM 1000000
#define BAR_HEIGHT 12
#define HATCH 6

/* The bar alone. */
#define CFOIL_TYPE_MATURITY_BAR (cfoil_maturity_bar_get_type ())
G_DECLARE_FINAL_TYPE (CfoilMaturityBar, cfoil_maturity_bar, CFOIL, MATURITY_BAR, GtkWidget)

struct _CfoilMaturityBar
{
  GtkWidget parent_instance;

  gint64 immature_ppm;
};

G_DEFINE_FINAL_TYPE (CfoilMaturityBar, cfoil_maturity_bar, GTK_TYPE_WIDGET)

struct _CfoilOverviewMaturity
{
  GtkWidget parent_instance;

  CfoilMaturityBar *bar;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (CfoilOverviewMaturity, cfoil_overview_maturity, GTK_TYPE_WIDGET)

/* --- the bar --- */

static void
append_hatch (cairo_t *cr,
              double   x,
              double   width,
              double   height)
{
  cairo_save (cr);
  cairo_rectangle (cr, x, 0, width, height);
  cairo_clip (cr);
  for (double start = x - height; start < x + width; start += HATCH)
    {
      cairo_move_to (cr, start, height);
      cairo_line_to (cr, start + height, 0);
    }
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
cfoil_maturity_bar_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  CfoilMaturityBar *self = CFOIL_MATURITY_BAR (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  float immature = width * (float) self->immature_ppm / PPM;
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float mature_x = is_rtl ? immature : 0, immature_x = is_rtl ? 0 : width - immature;
  graphene_rect_t mature = GRAPHENE_RECT_INIT (mature_x, 0, width - immature, height);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, width, height);
  GskRoundedRect outline;
  GdkRGBA color;
  cairo_t *cr;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gsk_rounded_rect_init_from_rect (&outline, &all, height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &mature);
  cr = gtk_snapshot_append_cairo (snapshot, &all);
  gdk_cairo_set_source_rgba (cr, &color);
  append_hatch (cr, immature_x, immature, height);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ color, color, color, color });
}

static void
cfoil_maturity_bar_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 60;
}

static void
cfoil_maturity_bar_class_init (CfoilMaturityBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = cfoil_maturity_bar_snapshot;
  widget_class->measure = cfoil_maturity_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cfoil_maturity_bar_init (CfoilMaturityBar *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "accent");
}

/* --- with its words --- */

static void
cfoil_overview_maturity_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cfoil_overview_maturity_parent_class)->dispose (object);
}

static void
cfoil_overview_maturity_class_init (CfoilOverviewMaturityClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_overview_maturity_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
cfoil_overview_maturity_init (CfoilOverviewMaturity *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 6);
  self->bar = g_object_new (CFOIL_TYPE_MATURITY_BAR, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->bar), GTK_WIDGET (self));
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cfoil_overview_maturity_new (void)
{
  return g_object_new (CFOIL_TYPE_OVERVIEW_MATURITY, NULL);
}

void
cfoil_overview_maturity_set_ppm (CfoilOverviewMaturity *self,
                                 gint64                 immature_ppm)
{
  g_autofree char *part = NULL, *text = NULL;

  g_return_if_fail (CFOIL_IS_OVERVIEW_MATURITY (self));

  gtk_widget_set_visible (GTK_WIDGET (self), immature_ppm != CFOIL_UNKNOWN && immature_ppm > 0);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  part = cfoil_unit_format (CFOIL_UNIT_RATIO, immature_ppm, NULL);
  /* Translators: %s is a percentage. */
  text = g_strdup_printf (_("Hatched: %s of the payments are younger than 120 days. Their dispute rate may still rise."), part);
  gtk_label_set_text (self->label, text);
  self->bar->immature_ppm = CLAMP (immature_ppm, 0, PPM);
  gtk_widget_queue_draw (GTK_WIDGET (self->bar));
}
