/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-file.h"

#include "cfoil-report-pages.h"
#include "cfoil-time.h"

#include <cairo-pdf.h>

static cairo_status_t
write_out (void         *closure,
           const guchar *data,
           guint         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The only date is that of what the table knows: the file is the same whenever it is made. */
static void
describe (cairo_surface_t  *surface,
          const CfoilTable *table)
{
  gint64 as_of = cfoil_table_get_as_of (table);
  char date[CFOIL_TIME_BUFFER];

  if (as_of == CFOIL_UNKNOWN || !cfoil_time_is_in_calendar (as_of) || as_of < 0)
    as_of = 0;
  cfoil_time_format_iso (date, as_of - as_of % G_USEC_PER_SEC);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, cfoil_table_get_title (table));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Counterfoil");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, date);
}

static void
draw_pages (CfoilReportPages *pages,
            cairo_surface_t  *surface)
{
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < cfoil_report_pages_get_n_pages (pages); i++)
    {
      cfoil_report_pages_draw (pages, i, cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
}

GBytes *
cfoil_report_write_pdf (const CfoilTable      *table,
                        const CfoilReportPage *page,
                        GTimeZone             *zone,
                        GError               **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (CfoilReportPages) pages = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;
  double width, height;

  cfoil_report_page_get_size (page, &width, &height);
  pages = cfoil_report_pages_new (table, width, height, zone);
  surface = cairo_pdf_surface_create_for_stream (write_out, out, width, height);
  describe (surface, table);
  draw_pages (pages, surface);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot draw the report: %s", cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
