/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-pages-private.h"

#include <glib/gi18n.h>

#define GREY 0.38
#define HAIR 0.4
#define LINE 0.8

/* Where a box of WIDTH begins that lies X from the side on which reading begins. */
static double
place (const CfoilReportPages *self,
       double                  x,
       double                  width,
       double                  whole)
{
  return self->is_rtl ? whole - x - width : x;
}

static void
draw_text (CfoilReportPages *self,
           cairo_t          *cr,
           ReportFont        font,
           const char       *text,
           double            x,
           double            y,
           double            width,
           gboolean          at_end)
{
  int n_lines = font == REPORT_FONT_HEADER ? REPORT_MAX_TITLE_LINES : REPORT_MAX_LINES;
  PangoLayout *layout = cfoil_report_pages_lay_out (self, font, text, width, n_lines);
  gboolean is_right = at_end != self->is_rtl;

  /* A number beside others stands where they do, whatever way a text of its kind is read. */
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, is_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_line (cairo_t *cr,
           double   y,
           double   width,
           double   thickness,
           double   grey)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_set_line_width (cr, thickness);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, width, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Title and notes, in the sheet's points. */
static void
draw_top (CfoilReportPages *self,
          cairo_t          *cr)
{
  double width = self->width - 2 * REPORT_MARGIN, y = 0;
  const char *title = cfoil_table_get_title (self->table);
  int height;

  draw_text (self, cr, REPORT_FONT_TITLE, title, 0, 0, width, FALSE);
  pango_layout_get_size (self->layout, NULL, &height);
  y = (double) height / PANGO_SCALE + REPORT_TITLE_SPACE;
  cairo_set_source_rgb (cr, GREY, GREY, GREY);
  for (guint i = 0; i < cfoil_table_get_n_notes (self->table); i++)
    {
      draw_text (self, cr, REPORT_FONT_NOTE, cfoil_table_get_note (self->table, i), 0, y, width, FALSE);
      pango_layout_get_size (self->layout, NULL, &height);
      y += (double) height / PANGO_SCALE;
    }
  cairo_set_source_rgb (cr, 0, 0, 0);
}

static void
draw_header (CfoilReportPages *self,
             cairo_t          *cr)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const ReportColumn *column = &self->columns[i];
      double width = column->width - 2 * REPORT_CELL_PAD_X;
      const char *title = cfoil_table_get_column (self->table, i)->title;
      int height;

      /* Titles of different lengths stand on one line. */
      pango_layout_get_size (cfoil_report_pages_lay_out (self, REPORT_FONT_HEADER, title, width, REPORT_MAX_TITLE_LINES), NULL, &height);
      draw_text (self, cr, REPORT_FONT_HEADER, title,
                 place (self, column->x + REPORT_CELL_PAD_X, width, self->table_width),
                 self->header_height - REPORT_CELL_PAD_Y - (double) height / PANGO_SCALE, width, column->is_number);
    }
  draw_line (cr, self->header_height, self->table_width, LINE, 0);
}

static void
draw_group (CfoilReportPages *self,
            cairo_t          *cr,
            guint             row,
            double            y,
            gboolean          is_continued)
{
  const char *title = cfoil_report_pages_get_cell (self, row, 0);
  /* Translators: the title of a group of rows that goes on on the next page. */
  g_autofree char *continued = is_continued ? g_strdup_printf (_ ("%s (continued)"), title) : NULL;
  double width = self->table_width - 2 * REPORT_CELL_PAD_X;

  draw_text (self, cr, REPORT_FONT_GROUP, continued != NULL ? continued : title, REPORT_CELL_PAD_X,
             y + REPORT_CELL_PAD_Y + REPORT_GROUP_SPACE, width, FALSE);
  draw_line (cr, y + self->row_heights[row], self->table_width, HAIR, 0.5);
}

static void
draw_row (CfoilReportPages *self,
          cairo_t          *cr,
          guint             row,
          double            y)
{
  CfoilRowKind kind = cfoil_table_get_row_kind (self->table, row);
  ReportFont font = cfoil_report_pages_get_font (self, row);
  guint span;

  if (kind == CFOIL_ROW_GROUP)
    {
      draw_group (self, cr, row, y, FALSE);
      return;
    }
  if (kind == CFOIL_ROW_TOTAL || kind == CFOIL_ROW_SUBTOTAL)
    draw_line (cr, y, self->table_width, kind == CFOIL_ROW_TOTAL ? LINE : HAIR, 0);
  for (guint i = 0; i < self->n_columns; i += span)
    {
      const ReportColumn *column = &self->columns[i];
      const char *text = cfoil_report_pages_get_cell (self, row, i);
      double width = -2 * REPORT_CELL_PAD_X;

      span = cfoil_report_pages_get_span (self, row, i);
      for (guint k = i; k < i + span; k++)
        width += self->columns[k].width;
      if (*text != '\0')
        draw_text (self, cr, font, text, place (self, column->x + REPORT_CELL_PAD_X, width, self->table_width),
                   y + REPORT_CELL_PAD_Y, width, column->is_number && (kind == CFOIL_ROW_PLAIN || i > 0));
    }
  draw_line (cr, y + self->row_heights[row], self->table_width, kind == CFOIL_ROW_PLAIN ? HAIR : LINE,
             kind == CFOIL_ROW_PLAIN ? 0.85 : 0);
}

static void
draw_table (CfoilReportPages *self,
            const ReportPage *page,
            cairo_t          *cr)
{
  double y = self->header_height;

  cairo_scale (cr, self->scale, self->scale);
  draw_header (self, cr);
  if (page->group != G_MAXUINT)
    {
      draw_group (self, cr, page->group, y, TRUE);
      y += self->row_heights[page->group];
    }
  for (guint row = page->first_row; row < page->end_row; row++)
    {
      draw_row (self, cr, row, y);
      y += self->row_heights[row];
    }
  if (self->n_rows == 0)
    draw_text (self, cr, REPORT_FONT_NOTE, _ ("There is nothing to show."), REPORT_CELL_PAD_X,
               y + 2 * REPORT_CELL_PAD_Y, self->table_width - 2 * REPORT_CELL_PAD_X, FALSE);
}

static void
draw_footer (CfoilReportPages *self,
             guint             page,
             cairo_t          *cr)
{
  /* Translators: page 2 of 3 pages. */
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page + 1, self->pages->len);
  double width = self->width - 2 * REPORT_MARGIN, y = self->height - 2 * REPORT_MARGIN - self->line_height;

  cairo_set_source_rgb (cr, GREY, GREY, GREY);
  draw_text (self, cr, REPORT_FONT_NOTE, cfoil_table_get_title (self->table), place (self, 0, width * 0.7, width), y,
             width * 0.7, FALSE);
  draw_text (self, cr, REPORT_FONT_NOTE, number, place (self, width * 0.7, width * 0.3, width), y, width * 0.3, TRUE);
}

void
cfoil_report_pages_draw (CfoilReportPages *self,
                         guint             page,
                         cairo_t          *cr)
{
  g_return_if_fail (page < self->pages->len);

  cairo_save (cr);
  cairo_translate (cr, REPORT_MARGIN, REPORT_MARGIN);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_save (cr);
  if (page == 0)
    {
      draw_top (self, cr);
      cairo_translate (cr, 0, self->top_height);
    }
  draw_table (self, &g_array_index (self->pages, ReportPage, page), cr);
  cairo_restore (cr);
  draw_footer (self, page, cr);
  cairo_restore (cr);
}
