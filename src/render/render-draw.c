/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render.h"

#include <math.h>
#include <stdio.h>

#include "cfoil-renderer.h"

#define MAX_HEIGHT 32767
#define MAX_HEIGHTS 16                /* times the width; the parent takes no more */
#define MAX_DRAWN (24 * 1000 * 1000)  /* pixels */

/* A white sheet for WIDTH x HEIGHT of whatever unit, at most MAX_WIDTH pixels wide. */
static cairo_surface_t *
make_sheet (double width,
            double height,
            double max_width,
            double max_scale)
{
  double scale = MIN (max_width / width, max_scale);
  cairo_surface_t *surface;
  cairo_t *cr;

  if (!(width > 0 && height > 0) || !isfinite (width) || !isfinite (height) || height > width * MAX_HEIGHTS)
    return NULL;
  scale = MIN (scale, MAX_HEIGHT / height);
  scale = MIN (scale, sqrt (MAX_DRAWN / (width * height)));
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw_pdf (const char *path,
          guint       number,
          guint       max_width)
{
  const char *problem;
  g_autoptr (RenderDocument) document = render_open_pdf (path, &problem);
  g_autoptr (RenderPage) page = NULL;
  cairo_surface_t *surface;
  double width, height;
  cairo_t *cr;

  if (document == NULL || problem != NULL || number >= (guint) poppler_document_get_n_pages (document))
    return NULL;
  page = poppler_document_get_page (document, number);
  if (page == NULL)
    return NULL;
  poppler_page_get_size (page, &width, &height);
  surface = make_sheet (width, height, max_width, G_MAXDOUBLE);
  if (surface == NULL)
    return NULL;
  cr = cairo_create (surface);
  cairo_scale (cr, cairo_image_surface_get_width (surface) / width, cairo_image_surface_get_height (surface) / height);
  poppler_page_render_for_printing (page, cr);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw_image (const char *path,
            guint       max_width)
{
  g_autoptr (GBytes) bytes = render_read_file (path);
  gsize length = 0;
  const guchar *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  RenderImageInfo info;
  cairo_surface_t *image, *sheet;
  gboolean is_turned;
  cairo_t *cr;

  if (data == NULL || !render_image_read_info (data, length, &info) || info.width > CFOIL_RENDERER_MAX_PIXELS / info.height
      || MAX (info.width, info.height) > MAX_HEIGHT)
    return NULL;
  is_turned = render_image_is_turned (&info);
  sheet = make_sheet (is_turned ? info.height : info.width, is_turned ? info.width : info.height, max_width, 1);
  if (sheet == NULL)
    return NULL;
  image = render_image_decode (data, length, &info,
                               MAX (cairo_image_surface_get_width (sheet), cairo_image_surface_get_height (sheet)), NULL);
  if (image == NULL)
    {
      cairo_surface_destroy (sheet);
      return NULL;
    }
  cr = cairo_create (sheet);
  render_image_paint (cr, image, &info, cairo_image_surface_get_width (sheet), cairo_image_surface_get_height (sheet));
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  return sheet;
}

int
render_draw (const char *file_type,
             const char *path,
             guint       page,
             guint       width)
{
  cairo_surface_t *surface;
  int stride, rows, columns;

  if (g_str_equal (file_type, "pdf"))
    surface = draw_pdf (path, page, width);
  else
    surface = page == 0 ? draw_image (path, width) : NULL;
  if (surface == NULL || cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      g_clear_pointer (&surface, cairo_surface_destroy);
      render_say ("nothing");
      return 0;
    }
  cairo_surface_flush (surface);
  columns = cairo_image_surface_get_width (surface);
  rows = cairo_image_surface_get_height (surface);
  stride = cairo_image_surface_get_stride (surface);
  render_say ("pixels %d %d", columns, rows);
  for (int y = 0; y < rows; y++)
    fwrite (cairo_image_surface_get_data (surface) + (gsize) y * stride, 4, columns, stdout);
  fflush (stdout);
  cairo_surface_destroy (surface);
  return 0;
}
