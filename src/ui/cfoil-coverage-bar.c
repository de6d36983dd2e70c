/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-coverage-bar.h"

#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEIGHT 10
#define MIN_WIDTH 80
/* A gap that would be thinner is drawn so wide, to be seen at all. */
#define MIN_GAP_WIDTH 4.0f
#define HATCH_STEP 5.0f
#define MAX_GAPS_IN_WORDS 5

struct _CfoilCoverageBar
{
  GtkWidget parent_instance;

  GArray *covered; /* (owned): CfoilInterval */
  GArray *gaps;    /* (owned): CfoilInterval */
  gint64 start_us;
  gint64 end_us;
  char *description; /* (owned) */
};

G_DEFINE_FINAL_TYPE (CfoilCoverageBar, cfoil_coverage_bar, GTK_TYPE_WIDGET)

static void
take_intervals (GArray           *array,
                CfoilIntervalSet *set)
{
  guint n;
  const CfoilInterval *intervals = cfoil_interval_set_peek (set, &n);

  g_array_set_size (array, 0);
  if (n > 0)
    g_array_append_vals (array, intervals, n);
}

static float
x_of (CfoilCoverageBar *self,
      gint64            us,
      float             width)
{
  double part = (double) (us - self->start_us) / (double) (self->end_us - self->start_us);

  return (float) CLAMP (part, 0.0, 1.0) * width;
}

static void
append_hatching (GtkSnapshot           *snapshot,
                 const graphene_rect_t *area,
                 const GdkRGBA         *color)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1.5);
  cairo_rectangle (cr, area->origin.x, area->origin.y, area->size.width, area->size.height);
  cairo_clip (cr);
  for (float x = area->origin.x - area->size.height; x < area->origin.x + area->size.width; x += HATCH_STEP)
    {
      cairo_move_to (cr, x, area->origin.y + area->size.height);
      cairo_line_to (cr, x + area->size.height, area->origin.y);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
look_up_color (GtkWidget  *widget,
               const char *name,
               const char *fallback,
               GdkRGBA    *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    gdk_rgba_parse (color, fallback);
}

static void
cfoil_coverage_bar_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  CfoilCoverageBar *self = CFOIL_COVERAGE_BAR (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  GdkRGBA accent, warning, ground;
  GskRoundedRect outline;
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (width < 1 || self->end_us <= self->start_us)
    return;
  look_up_color (widget, "accent_color", "#1c71d8", &accent);
  look_up_color (widget, "warning_color", "#9c6e03", &warning);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ground);
  ground.alpha = 0.12f;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (is_rtl)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
    }
  gtk_snapshot_append_color (snapshot, &ground, &GRAPHENE_RECT_INIT (0, 0, width, height));
  for (guint i = 0; i < self->covered->len; i++)
    {
      const CfoilInterval *interval = &g_array_index (self->covered, CfoilInterval, i);
      float x = x_of (self, interval->start_us, width);

      gtk_snapshot_append_color (snapshot, &accent,
                                 &GRAPHENE_RECT_INIT (x, 0, x_of (self, interval->end_us, width) - x, height));
    }
  gdk_rgba_parse (&ground, adw_style_manager_get_dark (adw_style_manager_get_default ()) ? "#303030" : "#ffffff");
  for (guint i = 0; i < self->gaps->len; i++)
    {
      const CfoilInterval *gap = &g_array_index (self->gaps, CfoilInterval, i);
      float x = x_of (self, gap->start_us, width);
      float gap_width = MAX (x_of (self, gap->end_us, width) - x, MIN_GAP_WIDTH);
      graphene_rect_t area = GRAPHENE_RECT_INIT (floorf (MIN (x, width - gap_width)), 0, ceilf (gap_width), height);

      gtk_snapshot_append_color (snapshot, &ground, &area);
      append_hatching (snapshot, &area, &warning);
    }
  gtk_snapshot_pop (snapshot);
}

static void
cfoil_coverage_bar_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
}

static char *
describe (CfoilCoverageBar *self,
          GTimeZone        *zone)
{
  g_autofree char *start = cfoil_words_date (self->start_us, zone);
  g_autofree char *end = cfoil_words_date (self->end_us, zone);
  g_autoptr (GString) gaps = g_string_new (NULL);

  if (self->gaps->len == 0)
    /* Translators: both are dates. */
    return g_strdup_printf (_("Complete from %s to %s"), start, end);

  for (guint i = 0; i < MIN (self->gaps->len, MAX_GAPS_IN_WORDS); i++)
    {
      const CfoilInterval *gap = &g_array_index (self->gaps, CfoilInterval, i);
      g_autofree char *from = cfoil_words_date (gap->start_us, zone);
      g_autofree char *until = cfoil_words_date (gap->end_us, zone);

      g_string_append_printf (gaps, "%s%s – %s", i > 0 ? ", " : "", from, until);
    }
  if (self->gaps->len > MAX_GAPS_IN_WORDS)
    g_string_append (gaps, ", …");
  /* Translators: the first two are dates; %u is the number of gaps; the last is a
   * list of periods. */
  return g_strdup_printf (ngettext ("From %s to %s, with %u gap: %s", "From %s to %s, with %u gaps: %s", self->gaps->len),
                          start, end, self->gaps->len, gaps->str);
}

static void
cfoil_coverage_bar_finalize (GObject *object)
{
  CfoilCoverageBar *self = CFOIL_COVERAGE_BAR (object);

  g_array_unref (self->covered);
  g_array_unref (self->gaps);
  g_free (self->description);

  G_OBJECT_CLASS (cfoil_coverage_bar_parent_class)->finalize (object);
}

static void
cfoil_coverage_bar_class_init (CfoilCoverageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfoil_coverage_bar_finalize;
  widget_class->snapshot = cfoil_coverage_bar_snapshot;
  widget_class->measure = cfoil_coverage_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "coveragebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cfoil_coverage_bar_init (CfoilCoverageBar *self)
{
  self->covered = g_array_new (FALSE, FALSE, sizeof (CfoilInterval));
  self->gaps = g_array_new (FALSE, FALSE, sizeof (CfoilInterval));
}

void
cfoil_coverage_bar_set_coverage (CfoilCoverageBar *self,
                                 CfoilIntervalSet *coverage,
                                 gint64            start_us,
                                 gint64            end_us,
                                 GTimeZone        *zone)
{
  g_autoptr (CfoilIntervalSet) gaps = NULL;

  g_return_if_fail (CFOIL_IS_COVERAGE_BAR (self));

  self->start_us = start_us;
  self->end_us = end_us;
  gaps = cfoil_interval_set_gaps (coverage, start_us, end_us);
  take_intervals (self->covered, coverage);
  take_intervals (self->gaps, gaps);
  g_free (self->description);
  self->description = describe (self, zone);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->description, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
cfoil_coverage_bar_get_n_gaps (CfoilCoverageBar *self)
{
  return self->gaps->len;
}

const char *
cfoil_coverage_bar_get_description (CfoilCoverageBar *self)
{
  return self->description;
}
