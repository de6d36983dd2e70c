/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-style.h"

#include <math.h>

#define HATCH_STEP 6.0
#define TEXTURE_STEP 6.0

static graphene_rect_t
unite (const graphene_rect_t *areas,
       guint                  n_areas)
{
  graphene_rect_t all = areas[0];

  for (guint i = 1; i < n_areas; i++)
    graphene_rect_union (&all, &areas[i], &all);
  return all;
}

/* One clip for all of them: whole pixels make it cheap. */
static void
clip (cairo_t               *cr,
      const graphene_rect_t *areas,
      guint                  n_areas)
{
  for (guint i = 0; i < n_areas; i++)
    cairo_rectangle (cr, areas[i].origin.x, areas[i].origin.y, areas[i].size.width, areas[i].size.height);
  cairo_clip (cr);
}

/* Lines of a direction over ALL, at the same places whatever is painted, so that neighbours go on in each other. */
static void
trace_slanting (cairo_t               *cr,
                const graphene_rect_t *all,
                double                 step,
                gboolean               is_falling)
{
  double height = all->size.height, x0 = all->origin.x, y0 = all->origin.y;
  double from = floor ((x0 - height) / step) * step;

  for (double x = from; x < x0 + all->size.width + height; x += step)
    {
      cairo_move_to (cr, x, is_falling ? y0 : y0 + height);
      cairo_line_to (cr, x + height, is_falling ? y0 + height : y0);
    }
}

static void
trace_level (cairo_t               *cr,
             const graphene_rect_t *all)
{
  for (double y = floor (all->origin.y / TEXTURE_STEP) * TEXTURE_STEP + 0.5; y < all->origin.y + all->size.height; y += TEXTURE_STEP)
    {
      cairo_move_to (cr, all->origin.x, y);
      cairo_rel_line_to (cr, all->size.width, 0);
    }
}

static void
trace_upright (cairo_t               *cr,
               const graphene_rect_t *all)
{
  for (double x = floor (all->origin.x / TEXTURE_STEP) * TEXTURE_STEP + 0.5; x < all->origin.x + all->size.width; x += TEXTURE_STEP)
    {
      cairo_move_to (cr, x, all->origin.y);
      cairo_rel_line_to (cr, 0, all->size.height);
    }
}

/* Dots: lines of no length with round ends. */
static void
trace_dots (cairo_t               *cr,
            const graphene_rect_t *all)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 2);
  for (double y = floor (all->origin.y / TEXTURE_STEP) * TEXTURE_STEP + 3; y < all->origin.y + all->size.height; y += TEXTURE_STEP)
    for (double x = floor (all->origin.x / TEXTURE_STEP) * TEXTURE_STEP + 3; x < all->origin.x + all->size.width; x += TEXTURE_STEP)
      {
        cairo_move_to (cr, x, y);
        cairo_line_to (cr, x, y);
      }
}

void
cfoil_chart_append_texture (CfoilChartCanvas      *canvas,
                            const CfoilChartStyle *style,
                            guint                  series,
                            const graphene_rect_t *areas,
                            guint                  n_areas)
{
  float ink = style->is_dark ? 0 : 1;
  graphene_rect_t all;
  cairo_t *cr;

  /* The first is plain. */
  if (n_areas == 0 || series % 6 == 0)
    return;
  all = unite (areas, n_areas);
  cr = cfoil_chart_canvas_begin (canvas, &all);
  clip (cr, areas, n_areas);
  cairo_set_source_rgba (cr, ink, ink, ink, style->is_high_contrast ? 0.9 : 0.4);
  cairo_set_line_width (cr, style->is_high_contrast ? 1.5 : 1);
  if (series % 6 == 1)
    trace_level (cr, &all);
  else if (series % 6 == 2)
    trace_dots (cr, &all);
  else if (series % 6 == 3)
    trace_upright (cr, &all);
  else if (series % 6 == 4)
    {
      trace_level (cr, &all);
      trace_upright (cr, &all);
    }
  else
    trace_slanting (cr, &all, TEXTURE_STEP * M_SQRT2, TRUE);
  cairo_stroke (cr);
  cfoil_chart_canvas_end (canvas, cr);
}

void
cfoil_chart_append_hatching (CfoilChartCanvas      *canvas,
                             const GdkRGBA         *color,
                             const graphene_rect_t *areas,
                             guint                  n_areas)
{
  GdkRGBA pale = *color;
  graphene_rect_t all;
  cairo_t *cr;

  if (n_areas == 0)
    return;
  pale.alpha *= 0.25f;
  all = unite (areas, n_areas);
  cr = cfoil_chart_canvas_begin (canvas, &all);
  cairo_save (cr);
  clip (cr, areas, n_areas);
  gdk_cairo_set_source_rgba (cr, &pale);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1.5);
  trace_slanting (cr, &all, HATCH_STEP, FALSE);
  cairo_stroke (cr);
  cairo_restore (cr);
  /* An outline, so that its height can be read. */
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < n_areas; i++)
    if (areas[i].size.width >= 4 && areas[i].size.height >= 2)
      cairo_rectangle (cr, areas[i].origin.x + 0.5, areas[i].origin.y + 0.5, areas[i].size.width - 1, areas[i].size.height - 1);
  cairo_stroke (cr);
  cfoil_chart_canvas_end (canvas, cr);
}

void
cfoil_chart_trace_mark (cairo_t *cr,
                        guint    series,
                        double   x,
                        double   y,
                        double   radius)
{
  cairo_new_sub_path (cr);
  switch (series % 4)
    {
    case 0:
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      break;
    case 1:
      cairo_rectangle (cr, x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
      break;
    case 2:
      cairo_move_to (cr, x, y - radius * 1.2);
      cairo_line_to (cr, x + radius * 1.15, y + radius * 0.9);
      cairo_line_to (cr, x - radius * 1.15, y + radius * 0.9);
      cairo_close_path (cr);
      break;
    default:
      cairo_move_to (cr, x, y - radius * 1.3);
      cairo_line_to (cr, x + radius * 1.3, y);
      cairo_line_to (cr, x, y + radius * 1.3);
      cairo_line_to (cr, x - radius * 1.3, y);
      cairo_close_path (cr);
      break;
    }
}
