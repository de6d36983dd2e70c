/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-file.h"

#include "cfoil-atomic-file.h"

#include <langinfo.h>
#include <string.h>

/* Points: 210 x 297 mm, and 8.5 x 11 inches. */
#define A4_WIDTH 595.276
#define A4_HEIGHT 841.89
#define LETTER_WIDTH 612.0
#define LETTER_HEIGHT 792.0

static const char *const format_names[CFOIL_N_REPORT_FORMATS] = { "csv", "json", "pdf" };

const char *
cfoil_report_format_to_string (CfoilReportFormat format)
{
  g_return_val_if_fail ((int) format >= 0 && format < CFOIL_N_REPORT_FORMATS, NULL);

  return format_names[format];
}

gboolean
cfoil_report_format_from_string (const char        *name,
                                 CfoilReportFormat *format)
{
  for (guint i = 0; name != NULL && i < CFOIL_N_REPORT_FORMATS; i++)
    if (g_ascii_strcasecmp (name, format_names[i]) == 0)
      {
        *format = (CfoilReportFormat) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
cfoil_report_format_from_path (const char        *path,
                               CfoilReportFormat *format)
{
  g_autofree char *base = g_path_get_basename (path);
  const char *dot = strrchr (base, '.');

  return dot != NULL && dot != base && cfoil_report_format_from_string (dot + 1, format);
}

CfoilPaper
cfoil_report_usual_paper (void)
{
#ifdef _NL_PAPER_HEIGHT
  /* Millimetres, as a number in the place of a pointer. */
  if (GPOINTER_TO_INT (nl_langinfo (_NL_PAPER_HEIGHT)) == 279)
    return CFOIL_PAPER_LETTER;
#endif
  return CFOIL_PAPER_A4;
}

gboolean
cfoil_report_paper_from_string (const char *name,
                                CfoilPaper *paper)
{
  if (g_ascii_strcasecmp (name, "a4") == 0)
    *paper = CFOIL_PAPER_A4;
  else if (g_ascii_strcasecmp (name, "letter") == 0)
    *paper = CFOIL_PAPER_LETTER;
  else
    return FALSE;
  return TRUE;
}

void
cfoil_report_page_get_size (const CfoilReportPage *page,
                            double                *width,
                            double                *height)
{
  gboolean is_letter = page->paper == CFOIL_PAPER_LETTER;
  double narrow = is_letter ? LETTER_WIDTH : A4_WIDTH;
  double tall = is_letter ? LETTER_HEIGHT : A4_HEIGHT;

  *width = page->is_landscape ? tall : narrow;
  *height = page->is_landscape ? narrow : tall;
}

GBytes *
cfoil_report_write (const CfoilTable      *table,
                    CfoilReportFormat      format,
                    const CfoilReportPage *page,
                    GTimeZone             *zone,
                    GError               **error)
{
  switch (format)
    {
    case CFOIL_REPORT_JSON:
      return cfoil_report_write_json (table);
    case CFOIL_REPORT_PDF:
      return cfoil_report_write_pdf (table, page, zone, error);
    case CFOIL_REPORT_CSV:
    case CFOIL_N_REPORT_FORMATS:
    default:
      return cfoil_report_write_csv (table, CFOIL_EXPORT_PLAIN, zone);
    }
}

gboolean
cfoil_report_save (const CfoilTable      *table,
                   CfoilReportFormat      format,
                   const CfoilReportPage *page,
                   GTimeZone             *zone,
                   const char            *path,
                   gboolean               overwrite,
                   GError               **error)
{
  g_autoptr (GBytes) bytes = cfoil_report_write (table, format, page, zone, error);
  g_autoptr (CfoilAtomicFile) file = bytes != NULL ? cfoil_atomic_file_new (path, overwrite, error) : NULL;

  return file != NULL &&
         cfoil_atomic_file_write (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error) &&
         cfoil_atomic_file_commit (file, error);
}
