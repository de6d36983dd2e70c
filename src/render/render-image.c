/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render.h"

#include <string.h>

#define MARKER_SOI 0xd8
#define MARKER_EOI 0xd9
#define MARKER_SOS 0xda
#define MARKER_APP1 0xe1
#define MARKER_APP14 0xee

static guint
read16 (const guchar *p)
{
  return p[0] << 8 | p[1];
}

static guint32
read32 (const guchar *p)
{
  return (guint32) p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

/* --- the header of a JPEG --- */

/* The orientation in an EXIF block, 1 if there is none. */
static int
read_orientation (const guchar *p,
                  gsize         length)
{
  gboolean big;
  guint32 directory;
  guint n_entries;

  if (length < 14 || memcmp (p, "Exif\0\0", 6) != 0)
    return 1;
  p += 6;
  length -= 6;
  big = p[0] == 'M';
#define U16(at) (big ? (guint) (p[at] << 8 | p[(at) + 1]) : (guint) (p[(at) + 1] << 8 | p[at]))
#define U32(at) (big ? read32 (p + (at)) : GUINT32_SWAP_LE_BE (read32 (p + (at))))
  directory = U32 (4);
  if (directory > length - 2)
    return 1;
  n_entries = U16 (directory);
  for (guint i = 0; i < n_entries && directory + 2 + (i + 1) * 12 <= length; i++)
    {
      gsize entry = directory + 2 + i * 12;
      guint value;

      if (U16 (entry) != 0x0112)
        continue;
      value = U16 (entry + 8);
      return value >= 1 && value <= 8 ? (int) value : 1;
    }
#undef U16
#undef U32
  return 1;
}

/* Whether the coded data that begins at P ends in an end of image. */
static gboolean
has_end (const guchar *p,
         const guchar *end)
{
  for (; p + 1 < end; p++)
    if (p[0] == 0xff && p[1] == MARKER_EOI)
      return TRUE;
  return FALSE;
}

static void
read_frame (const guchar    *p,
            guint            marker,
            guint            length,
            gboolean         has_adobe,
            RenderImageInfo *info)
{
  guint n_components = p[5];
  gboolean is_rgb = length >= 6 + 9 && n_components == 3 && p[6] == 'R' && p[9] == 'G' && p[12] == 'B';

  info->height = read16 (p + 1);
  info->width = read16 (p + 3);
  /* Huffman coded, baseline or progressive, 8 bits, grey or YCbCr: what every reader of
   * PDF takes. */
  info->fits_pdf = marker <= 0xc2 && p[0] == 8 && (n_components == 1 || n_components == 3) && (!is_rgb || has_adobe);
}

static gboolean
read_jpeg (const guchar    *bytes,
           gsize            length,
           RenderImageInfo *info)
{
  gsize at = 2;
  gboolean has_adobe = FALSE;

  while (at + 4 <= length)
    {
      guint marker = bytes[at + 1];
      guint size;
      const guchar *body = bytes + at + 4;

      if (bytes[at] != 0xff || marker == 0xff)
        {
          at++;
          continue;
        }
      size = read16 (bytes + at + 2);
      if (size < 2 || at + 2 + size > length)
        break;
      size -= 2;
      if (marker == MARKER_APP1 && info->orientation == 1)
        info->orientation = read_orientation (body, size);
      else if (marker == MARKER_APP14 && size >= 12 && memcmp (body, "Adobe", 5) == 0)
        has_adobe = TRUE;
      else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc && size >= 6)
        read_frame (body, marker, size, has_adobe, info);
      else if (marker == MARKER_SOS)
        {
          info->is_truncated = !has_end (body + size, bytes + length);
          return info->width > 0 && info->height > 0;
        }
      at += 4 + size;
    }
  info->is_truncated = TRUE;
  return info->width > 0 && info->height > 0;
}

/* --- the header of a PNG --- */

static gboolean
read_png (const guchar    *bytes,
          gsize            length,
          RenderImageInfo *info)
{
  gsize at = 8;

  if (length < 33 || memcmp (bytes + 12, "IHDR", 4) != 0)
    return FALSE;
  info->width = read32 (bytes + 16);
  info->height = read32 (bytes + 20);
  info->is_truncated = TRUE;
  while (at + 12 <= length)
    {
      guint32 size = read32 (bytes + at);

      if (memcmp (bytes + at + 4, "IEND", 4) == 0)
        info->is_truncated = FALSE;
      if (size > length - at - 12)
        break;
      at += 12 + (gsize) size;
    }
  return info->width > 0 && info->height > 0;
}

gboolean
render_image_read_info (const guchar    *bytes,
                        gsize            length,
                        RenderImageInfo *info)
{
  *info = (RenderImageInfo) { .orientation = 1 };
  if (length >= 4 && bytes[0] == 0xff && bytes[1] == MARKER_SOI)
    {
      info->is_jpeg = TRUE;
      return read_jpeg (bytes, length, info);
    }
  if (length >= 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
    return read_png (bytes, length, info);
  return FALSE;
}

gboolean
render_image_is_turned (const RenderImageInfo *info)
{
  return info->orientation >= 5;
}

/* --- decoding --- */

typedef struct
{
  guint max_side;
  gboolean is_truncated;
} Wish;

static void
on_size (GdkPixbufLoader *loader,
         int              width,
         int              height,
         const Wish      *wish)
{
  double scale = (double) wish->max_side / MAX (width, height);

  /* The loader scales at the end, from pixels that nobody has filled: not for these. */
  if (wish->max_side > 0 && scale < 1 && !wish->is_truncated)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale + 0.5)), MAX (1, (int) (height * scale + 0.5)));
}

static void
on_area (GdkPixbufLoader *loader,
         const Wish      *wish)
{
  if (wish->is_truncated)
    gdk_pixbuf_fill (gdk_pixbuf_loader_get_pixbuf (loader), 0xffffffff);
}

static cairo_surface_t *
make_surface (int width,
              int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

/* On white. */
static cairo_surface_t *
from_pixbuf (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  cairo_surface_t *surface = make_surface (width, height);
  guchar *target;
  int stride;

  if (surface == NULL)
    return NULL;
  target = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < height; y++)
    {
      const guchar *from = gdk_pixbuf_read_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);
      guint32 *to = (guint32 *) (void *) (target + (gsize) y * stride);

      for (int x = 0; x < width; x++, from += n_channels)
        {
          guint alpha = n_channels == 4 ? from[3] : 255;
          guint red = (from[0] * alpha + 255 * (255 - alpha) + 127) / 255;
          guint green = (from[1] * alpha + 255 * (255 - alpha) + 127) / 255;
          guint blue = (from[2] * alpha + 255 * (255 - alpha) + 127) / 255;

          to[x] = red << 16 | green << 8 | blue;
        }
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static cairo_surface_t *
shrink (cairo_surface_t *surface,
        guint            max_side)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  double scale = (double) max_side / MAX (width, height);
  cairo_surface_t *small;
  cairo_t *cr;

  if (max_side == 0 || scale >= 1)
    return surface;
  small = make_surface (MAX (1, (int) (width * scale + 0.5)), MAX (1, (int) (height * scale + 0.5)));
  if (small == NULL)
    return surface;
  cr = cairo_create (small);
  cairo_scale (cr, (double) cairo_image_surface_get_width (small) / width, (double) cairo_image_surface_get_height (small) / height);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return small;
}

cairo_surface_t *
render_image_decode (const guchar          *bytes,
                     gsize                  length,
                     const RenderImageInfo *info,
                     guint                  max_side,
                     gboolean              *is_damaged)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (info->is_jpeg ? "jpeg" : "png", NULL);
  Wish wish = { max_side, info->is_truncated };
  GdkPixbuf *pixbuf;
  cairo_surface_t *surface;
  gboolean is_whole;

  if (is_damaged != NULL)
    *is_damaged = FALSE;
  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &wish);
  g_signal_connect (loader, "area-prepared", G_CALLBACK (on_area), &wish);
  is_whole = gdk_pixbuf_loader_write (loader, bytes, length, NULL);
  is_whole = gdk_pixbuf_loader_close (loader, NULL) && is_whole;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (!is_whole && !info->is_truncated)
    {
      /* Damaged in the middle: once more, with what cannot be decoded left white. */
      RenderImageInfo cut = *info;

      cut.is_truncated = TRUE;
      surface = render_image_decode (bytes, length, &cut, max_side, NULL);
      if (is_damaged != NULL)
        *is_damaged = TRUE;
      return surface;
    }
  if (is_damaged != NULL)
    *is_damaged = info->is_truncated;
  if (pixbuf == NULL)
    return NULL;
  surface = from_pixbuf (pixbuf);
  return surface != NULL ? shrink (surface, max_side) : NULL;
}

static GdkPixbuf *
to_pixbuf (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  const guchar *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  if (pixbuf == NULL)
    return NULL;
  for (int y = 0; y < height; y++)
    {
      const guint32 *from = (const guint32 *) (const void *) (pixels + (gsize) y * stride);
      guchar *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++, to += 3)
        {
          to[0] = from[x] >> 16 & 0xff;
          to[1] = from[x] >> 8 & 0xff;
          to[2] = from[x] & 0xff;
        }
    }
  return pixbuf;
}

GBytes *
render_image_encode (cairo_surface_t *surface,
                     int              quality)
{
  g_autoptr (GdkPixbuf) pixbuf = to_pixbuf (surface);
  g_autofree char *quality_text = g_strdup_printf ("%d", quality);
  char *bytes;
  gsize length;

  if (pixbuf == NULL || !gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "jpeg", NULL, "quality", quality_text, NULL))
    return NULL;
  return g_bytes_new_take (bytes, length);
}

cairo_surface_t *
render_image_wrap (GBytes *bytes,
                   int     width,
                   int     height)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GBytes) clean = render_image_strip (data, length);
  /* The pixels are never read nor written, so the system never gives them memory. */
  cairo_surface_t *surface = clean != NULL ? make_surface (width, height) : NULL;

  if (surface == NULL)
    return NULL;
  data = g_bytes_get_data (clean, &length);
  if (cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, length, (cairo_destroy_func_t) g_bytes_unref,
                                   g_bytes_ref (clean)) != CAIRO_STATUS_SUCCESS)
    {
      g_bytes_unref (clean);
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
  return surface;
}

void
render_image_paint (cairo_t               *cr,
                    cairo_surface_t       *surface,
                    const RenderImageInfo *info,
                    double                 width,
                    double                 height)
{
  /* From the unit square of the stored image to that of the upright one. */
  static const double turns[9][6] = {
    [1] = { 1, 0, 0, 1, 0, 0 },  [2] = { -1, 0, 0, 1, 1, 0 },  [3] = { -1, 0, 0, -1, 1, 1 },
    [4] = { 1, 0, 0, -1, 0, 1 }, [5] = { 0, 1, 1, 0, 0, 0 },   [6] = { 0, 1, -1, 0, 1, 0 },
    [7] = { 0, -1, -1, 0, 1, 1 }, [8] = { 0, -1, 1, 0, 0, 1 },
  };
  const double *turn = turns[info->orientation];
  cairo_matrix_t matrix;

  cairo_save (cr);
  cairo_scale (cr, width, height);
  cairo_matrix_init (&matrix, turn[0], turn[1], turn[2], turn[3], turn[4], turn[5]);
  cairo_transform (cr, &matrix);
  cairo_scale (cr, 1.0 / cairo_image_surface_get_width (surface), 1.0 / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_rectangle (cr, 0, 0, cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface));
  cairo_fill (cr);
  cairo_restore (cr);
}
