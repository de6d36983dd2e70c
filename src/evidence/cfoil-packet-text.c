/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-packet-private.h"

#define LINE_SPACING 1.3f
#define LIST_INDENT 14 /* points */

static const struct
{
  double size;
  PangoWeight weight;
} fonts[] = {
  [CFOIL_PACKET_FONT_BODY] = { 10.5, PANGO_WEIGHT_NORMAL },
  [CFOIL_PACKET_FONT_STRONG] = { 10.5, PANGO_WEIGHT_BOLD },
  [CFOIL_PACKET_FONT_TITLE] = { 14, PANGO_WEIGHT_BOLD },
  [CFOIL_PACKET_FONT_SMALL] = { 8.5, PANGO_WEIGHT_NORMAL },
  [CFOIL_PACKET_FONT_SMALL_STRONG] = { 8.5, PANGO_WEIGHT_BOLD },
};

PangoContext *
cfoil_packet_text_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  /* A point is a unit, and a letter is as wide on the screen as in the file. */
  pango_cairo_context_set_resolution (context, 72);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  /* The language of the desktop would choose among fonts. */
  pango_context_set_language (context, pango_language_from_string ("en"));
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  return context;
}

PangoLayout *
cfoil_packet_text_layout (PangoContext          *context,
                          const CfoilPacketText *text)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, "Sans");
  pango_font_description_set_weight (font, fonts[text->font].weight);
  pango_font_description_set_absolute_size (font, fonts[text->font].size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (text->width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, LINE_SPACING);
  pango_layout_set_alignment (layout, text->alignment);
  if (text->is_list)
    pango_layout_set_indent (layout, -LIST_INDENT * PANGO_SCALE);
  if (text->max_lines > 0)
    {
      pango_layout_set_single_paragraph_mode (layout, TRUE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, -(int) text->max_lines);
    }
  pango_layout_set_text (layout, text->text, -1);
  return layout;
}

void
cfoil_packet_text_draw (PangoContext          *context,
                        const CfoilPacketText *text,
                        cairo_t               *cr)
{
  g_autoptr (PangoLayout) layout = cfoil_packet_text_layout (context, text);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  guint line = 0;
  int top = 0;

  if (text->is_grey)
    cairo_set_source_rgb (cr, 0.35, 0.35, 0.35);
  else
    cairo_set_source_rgb (cr, 0, 0, 0);
  do
    {
      PangoRectangle logical;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      if (line == text->first_line)
        top = logical.y;
      if (line >= text->first_line && line - text->first_line < text->n_lines)
        {
          cairo_move_to (cr, text->x + (double) logical.x / PANGO_SCALE,
                         text->y + (double) (pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE);
          pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
        }
      line++;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}
