/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-style.h"

#include <adwaita.h>

static const char *const light_colors[CFOIL_CHART_N_COLORS] = {
  "#0160a2", "#cb7806", "#09805e", "#a8578b", "#3390c8", "#892700", "#877b36", "#4f4c56",
};
static const char *const dark_colors[CFOIL_CHART_N_COLORS] = {
  "#58aff1", "#f1a825", "#09af83", "#cd88b8", "#a6daf9", "#f67848", "#fff851", "#c9c9c3",
};

/* From pale to deep; the steps between are even to the eye. */
static const char *const light_shades[] = { "#e3edf8", "#a5c8ec", "#4f93d6", "#0f5fae", "#07305f" };
static const char *const dark_shades[] = { "#26313f", "#25527f", "#3380c4", "#7ab6ec", "#d6ebff" };

/* --- colours --- */

static void
look_up (GtkWidget  *widget,
         const char *name,
         const char *fallback,
         GdkRGBA    *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    gdk_rgba_parse (color, fallback);
}

static void
derive_colors (CfoilChartStyle *self)
{
  self->dim = self->grid = self->text;
  self->dim.alpha *= self->is_high_contrast ? 1.0f : 0.7f;
  self->grid.alpha *= self->is_high_contrast ? 0.5f : 0.13f;
}

void
cfoil_chart_style_init (CfoilChartStyle *self,
                        GtkWidget       *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->context = gtk_widget_create_pango_context (widget);
  self->is_dark = adw_style_manager_get_dark (manager);
  self->is_high_contrast = adw_style_manager_get_high_contrast (manager);
  self->is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &self->text);
  look_up (widget, "accent_color", self->is_dark ? "#78aeed" : "#1c71d8", &self->accent);
  look_up (widget, "popover_bg_color", self->is_dark ? "#383838" : "#ffffff", &self->popover);
  look_up (widget, "popover_fg_color", self->is_dark ? "#ffffff" : "#241f31", &self->popover_text);
  derive_colors (self);
}

void
cfoil_chart_style_init_paper (CfoilChartStyle *self,
                              PangoContext    *context,
                              gboolean         is_rtl)
{
  self->context = g_object_ref (context);
  self->is_dark = self->is_high_contrast = FALSE;
  self->is_rtl = is_rtl;
  gdk_rgba_parse (&self->text, "#241f31");
  gdk_rgba_parse (&self->accent, "#1c71d8");
  gdk_rgba_parse (&self->popover, "#ffffff");
  self->popover_text = self->text;
  derive_colors (self);
}

void
cfoil_chart_style_copy (CfoilChartStyle       *self,
                        const CfoilChartStyle *other)
{
  *self = *other;
  g_object_ref (self->context);
}

void
cfoil_chart_style_clear (CfoilChartStyle *self)
{
  g_clear_object (&self->context);
}

void
cfoil_chart_style_get_color (const CfoilChartStyle *self,
                             guint                  series,
                             GdkRGBA               *color)
{
  gdk_rgba_parse (color, (self->is_dark ? dark_colors : light_colors)[series % CFOIL_CHART_N_COLORS]);
}

void
cfoil_chart_style_get_shade (const CfoilChartStyle *self,
                             double                 part,
                             GdkRGBA               *color)
{
  const char *const *shades = self->is_dark ? dark_shades : light_shades;
  double place = CLAMP (part, 0.0, 1.0) * (G_N_ELEMENTS (light_shades) - 1);
  guint i = MIN ((guint) place, G_N_ELEMENTS (light_shades) - 2);
  float t = (float) (place - i);
  GdkRGBA from, to;

  gdk_rgba_parse (&from, shades[i]);
  gdk_rgba_parse (&to, shades[i + 1]);
  color->red = from.red + t * (to.red - from.red);
  color->green = from.green + t * (to.green - from.green);
  color->blue = from.blue + t * (to.blue - from.blue);
  color->alpha = 1;
}

/* --- letters --- */

PangoLayout *
cfoil_chart_style_create_layout (const CfoilChartStyle *self,
                                 const char            *text,
                                 double                 scale,
                                 gboolean               is_bold)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (is_bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

PangoLayout *
cfoil_chart_style_create_number (const CfoilChartStyle *self,
                                 const char            *text,
                                 double                 scale,
                                 gboolean               is_bold)
{
  g_autofree char *isolated = g_strdup_printf ("\u2068%s\u2069", text);

  return cfoil_chart_style_create_layout (self, isolated, scale, is_bold);
}

float
cfoil_chart_layout_get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return (float) width;
}

float
cfoil_chart_layout_get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return (float) height;
}
