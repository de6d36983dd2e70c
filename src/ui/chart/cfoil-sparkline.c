/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart.h"

#include <adwaita.h>

#include "cfoil-chart-scale.h"
#include "cfoil-chart-style.h"

#define MIN_WIDTH 40
#define NATURAL_WIDTH 96
#define HEIGHT 28
#define LINE_WIDTH 2.0f
#define END_RADIUS 3.0f

struct _CfoilSparkline
{
  GtkWidget parent_instance;

  gint64 *values; /* (owned) (nullable) */
  guint n_values;
};

G_DEFINE_FINAL_TYPE (CfoilSparkline, cfoil_sparkline, GTK_TYPE_WIDGET)

/* FALSE: nothing is known. */
static gboolean
find_range (CfoilSparkline *self,
            gint64         *low,
            gint64         *high)
{
  gboolean is_known = FALSE;

  for (guint i = 0; i < self->n_values; i++)
    if (self->values[i] != CFOIL_UNKNOWN)
      {
        *low = is_known ? MIN (*low, self->values[i]) : self->values[i];
        *high = is_known ? MAX (*high, self->values[i]) : self->values[i];
        is_known = TRUE;
      }
  /* From 0, unless all is far from it: a day like the others is not a fall to the ground. */
  if (is_known && *low > 0 && *low < *high / 2)
    *low = 0;
  return is_known;
}

/* All the same: a line through the middle. */
static float
place (const CfoilChartScale *scale,
       gint64                 value)
{
  return scale->high > scale->low ? cfoil_chart_scale_place (scale, value) : (scale->start + scale->end) / 2;
}

/* Many values on few pixels: of each pixel the lowest and the highest. */
static void
trace (CfoilSparkline        *self,
       cairo_t               *cr,
       const CfoilChartScale *scale,
       const CfoilChartBands *bands)
{
  gboolean is_open = FALSE;

  for (guint group = 0; group < cfoil_chart_bands_get_n_groups (bands); group++)
    {
      guint first, end;

      cfoil_chart_bands_get_points (bands, group, &first, &end);
      for (guint i = first; i < end; i++)
        {
          float x = cfoil_chart_bands_get_middle (bands, i), y;

          if (self->values[i] == CFOIL_UNKNOWN)
            {
              is_open = FALSE;
              continue;
            }
          y = place (scale, self->values[i]);
          if (is_open)
            cairo_line_to (cr, x, y);
          else
            {
              /* One alone is a dot: a line with round ends and no length. */
              cairo_move_to (cr, x, y);
              cairo_line_to (cr, x, y);
            }
          is_open = TRUE;
        }
    }
}

/* Where it is now. */
static void
trace_end (CfoilSparkline        *self,
           cairo_t               *cr,
           const CfoilChartScale *scale,
           const CfoilChartBands *bands)
{
  guint last = self->n_values - 1;

  if (self->values[last] != CFOIL_UNKNOWN)
    cairo_arc (cr, cfoil_chart_bands_get_middle (bands, last), place (scale, self->values[last]), END_RADIUS, 0, 2 * G_PI);
}

static void
cfoil_sparkline_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  CfoilSparkline *self = CFOIL_SPARKLINE (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  CfoilChartScale scale = { 0, 0, height - END_RADIUS - 1, END_RADIUS + 1 };
  CfoilChartBands bands;
  CfoilChartStyle style;
  GdkRGBA color;
  cairo_t *cr;

  if (!find_range (self, &scale.low, &scale.high))
    return;
  cfoil_chart_style_init (&style, widget);
  cfoil_chart_style_get_color (&style, 0, &color);
  cfoil_chart_bands_init (&bands, 0, self->n_values, END_RADIUS, MAX (width - 2 * END_RADIUS, 1), 0.5f, style.is_rtl);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  trace (self, cr, &scale, &bands);
  cairo_stroke (cr);
  trace_end (self, cr, &scale, &bands);
  cairo_fill (cr);
  cairo_destroy (cr);
  cfoil_chart_style_clear (&style);
}

static void
cfoil_sparkline_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : HEIGHT;
}

static void
cfoil_sparkline_finalize (GObject *object)
{
  g_free (CFOIL_SPARKLINE (object)->values);

  G_OBJECT_CLASS (cfoil_sparkline_parent_class)->finalize (object);
}

static void
cfoil_sparkline_class_init (CfoilSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfoil_sparkline_finalize;
  widget_class->snapshot = cfoil_sparkline_snapshot;
  widget_class->measure = cfoil_sparkline_measure;
  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cfoil_sparkline_init (CfoilSparkline *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cfoil_sparkline_new (void)
{
  return g_object_new (CFOIL_TYPE_SPARKLINE, NULL);
}

void
cfoil_sparkline_set_values (CfoilSparkline *self,
                            const gint64   *values,
                            guint           n_values,
                            const char     *description)
{
  g_return_if_fail (CFOIL_IS_SPARKLINE (self));

  g_free (self->values);
  self->values = g_memdup2 (values, n_values * sizeof (gint64));
  self->n_values = n_values;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description != NULL ? description : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
