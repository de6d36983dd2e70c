/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-export.h"

#include "cfoil-atomic-file.h"
#include "cfoil-chart-plot.h"
#include "cfoil-chart-words.h"
#include "cfoil-report-file.h"

#include <cairo-svg.h>
#include <string.h>

/* Of files, in CSS pixels; a gauge is as high as it needs to be. */
#define WIDTH 960
#define HEIGHT 480
#define GAUGE_HEIGHT 60
#define MARGIN 24
#define TITLE_GAP 12
#define PNG_SCALE 2

/* --- the picture --- */

/* Returns what is below it. */
static float
write_line (const CfoilChartPicture *self,
            CfoilChartCanvas        *canvas,
            PangoLayout             *line, /* (transfer full) */
            const GdkRGBA           *color,
            float                    width,
            float                    y)
{
  float room = MAX (width - 2 * MARGIN, 1), height = cfoil_chart_layout_get_height (line);

  pango_layout_set_ellipsize (line, PANGO_ELLIPSIZE_END);
  if (cfoil_chart_layout_get_width (line) > room)
    pango_layout_set_width (line, (int) room * PANGO_SCALE);
  cfoil_chart_canvas_write (canvas, line, self->is_rtl ? width - MARGIN - cfoil_chart_layout_get_width (line) : MARGIN, y, color);
  g_object_unref (line);
  return y + height;
}

static float
write_top (const CfoilChartPicture *self,
           CfoilChartCanvas        *canvas,
           const CfoilChartStyle   *style,
           float                    width)
{
  guint n_points = self->n_points > 0 ? self->n_points : cfoil_chart_data_get_n_points (self->data);
  g_autofree char *subtitle = cfoil_chart_words_subtitle (self->data, self->first, n_points);
  const char *title = cfoil_chart_data_get_title (self->data);
  float y = write_line (self, canvas, cfoil_chart_style_create_layout (style, title, 1.3, TRUE), &style->text, width, MARGIN);

  if (subtitle != NULL)
    y = write_line (self, canvas, cfoil_chart_style_create_layout (style, subtitle, CFOIL_CHART_PLAIN, FALSE), &style->dim, width, y);
  return y;
}

void
cfoil_chart_picture_draw (const CfoilChartPicture *self,
                          cairo_t                 *cr,
                          double                   width,
                          double                   height)
{
  guint n_points = self->n_points > 0 ? self->n_points : MAX (cfoil_chart_data_get_n_points (self->data), 1);
  float room = MAX ((float) width - 2 * MARGIN, 1), top;
  CfoilChartCanvas canvas = { NULL, cr };
  g_autoptr (CfoilChartPlot) plot = NULL;
  CfoilChartStyle style;

  cfoil_chart_style_init_paper (&style, self->context, self->is_rtl);
  cairo_save (cr);
  cfoil_chart_canvas_fill (&canvas, &(GdkRGBA){ 1, 1, 1, 1 }, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  top = write_top (self, &canvas, &style, (float) width) + TITLE_GAP;
  plot = cfoil_chart_plot_new (self->data, &style, room, MAX ((float) height - top - MARGIN, 1), self->first, n_points);
  cairo_translate (cr, MARGIN, top);
  cfoil_chart_plot_paint_frame (plot, &canvas);
  plot->layer->paint (plot, &canvas);
  cfoil_chart_plot_paint_limits (plot, &canvas);
  cairo_restore (cr);
  cfoil_chart_style_clear (&style);
}

static double
get_file_height (const CfoilChartPicture *self)
{
  if (cfoil_chart_data_get_kind (self->data) != CFOIL_CHART_GAUGE)
    return HEIGHT;
  return 2 * MARGIN + GAUGE_HEIGHT * (cfoil_chart_data_get_n_series (self->data) + 2);
}

/* --- SVG --- */

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *bytes,
              unsigned int         length)
{
  g_byte_array_append (closure, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Cairo draws letters as outlines: what reads pictures aloud finds words here. */
static char *
dup_words (const CfoilChartPicture *self)
{
  g_autofree char *description = cfoil_chart_words_description (self->data);

  return g_markup_printf_escaped ("\n<title>%s</title>\n<desc>%s</desc>", cfoil_chart_data_get_title (self->data), description);
}

/* Behind the first tag of the document. */
static GBytes *
insert_words (GByteArray *svg, /* (transfer full) */
              const char *words)
{
  const guint8 *start = (const guint8 *) g_strstr_len ((const char *) svg->data, svg->len, "<svg");
  const guint8 *end = start != NULL ? memchr (start, '>', svg->len - (gsize) (start - svg->data)) : NULL;
  GByteArray *all;
  gsize head;

  if (end == NULL)
    return g_byte_array_free_to_bytes (svg);
  head = (gsize) (end - svg->data) + 1;
  all = g_byte_array_sized_new (svg->len + (guint) strlen (words));
  g_byte_array_append (all, svg->data, (guint) head);
  g_byte_array_append (all, (const guint8 *) words, (guint) strlen (words));
  g_byte_array_append (all, svg->data + head, svg->len - (guint) head);
  g_byte_array_unref (svg);
  return g_byte_array_free_to_bytes (all);
}

static gboolean
check_status (cairo_status_t   status,
              GError         **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The picture cannot be drawn: %s", cairo_status_to_string (status));
  return FALSE;
}

GBytes *
cfoil_chart_picture_to_svg (const CfoilChartPicture *self,
                            double                   width,
                            double                   height,
                            GError                 **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autofree char *words = dup_words (self);
  cairo_status_t status;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  cfoil_chart_picture_draw (self, cr, width, height);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    {
      g_byte_array_unref (bytes);
      return NULL;
    }
  return insert_words (bytes, words);
}

cairo_surface_t *
cfoil_chart_picture_to_surface (const CfoilChartPicture *self,
                                double                   width,
                                double                   height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width * PNG_SCALE, (int) height * PNG_SCALE);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, PNG_SCALE, PNG_SCALE);
  cfoil_chart_picture_draw (self, cr, width, height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* --- files --- */

static const char *const names[] = { "svg", "png", "csv" };

const char *
cfoil_chart_format_to_string (CfoilChartFormat format)
{
  return names[format];
}

CfoilChartFormat
cfoil_chart_format_from_path (const char       *path,
                              CfoilChartFormat  fallback)
{
  const char *dot = strrchr (path, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (dot + 1, names[i]) == 0)
      return (CfoilChartFormat) i;
  return fallback;
}

typedef struct
{
  char *path;               /* (owned) */
  GBytes *bytes;            /* (owned) (nullable): as it will be written */
  cairo_surface_t *surface; /* (owned) (nullable) */
  CfoilTable *table;        /* (owned) (nullable) */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->path);
  g_clear_pointer (&saving->bytes, g_bytes_unref);
  g_clear_pointer (&saving->surface, cairo_surface_destroy);
  g_clear_pointer (&saving->table, cfoil_table_unref);
  g_free (saving);
}

static gboolean
write_file (const char *path,
            GBytes     *bytes,
            GError    **error)
{
  g_autoptr (CfoilAtomicFile) file = cfoil_atomic_file_new (path, TRUE, error);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return file != NULL && cfoil_atomic_file_write (file, data, length, error) && cfoil_atomic_file_commit (file, error);
}

static gboolean
pack_png (Saving  *saving,
          GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  gboolean ok = check_status (cairo_surface_write_to_png_stream (saving->surface, append_bytes, bytes), error);

  saving->bytes = g_byte_array_free_to_bytes (bytes);
  return ok;
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Saving *saving = task_data;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  GError *error = NULL;
  gboolean ok = TRUE;

  if (saving->surface != NULL)
    ok = pack_png (saving, &error);
  else if (saving->table != NULL)
    saving->bytes = cfoil_report_write_csv (saving->table, CFOIL_EXPORT_PLAIN, zone);
  if (ok && !g_task_return_error_if_cancelled (task))
    {
      if (write_file (saving->path, saving->bytes, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
    }
  else if (!ok)
    g_task_return_error (task, error);
}

void
cfoil_chart_picture_save_async (const CfoilChartPicture *self,
                                CfoilChartFormat         format,
                                const char              *path,
                                GCancellable            *cancellable,
                                GAsyncReadyCallback      callback,
                                gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, cfoil_chart_picture_save_async);
  g_task_set_task_data (task, saving, saving_free);
  saving->path = g_strdup (path);
  if (format == CFOIL_CHART_FORMAT_PNG)
    saving->surface = cfoil_chart_picture_to_surface (self, WIDTH, get_file_height (self));
  else if (format == CFOIL_CHART_FORMAT_CSV)
    saving->table = cfoil_chart_data_to_table (self->data);
  else
    saving->bytes = cfoil_chart_picture_to_svg (self, WIDTH, get_file_height (self), &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, save_thread);
}

gboolean
cfoil_chart_picture_save_finish (GAsyncResult *result,
                                 GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
