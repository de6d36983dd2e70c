/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render.h"

#include "cfoil-renderer.h"

GBytes *
render_read_file (const char *path)
{
  char *bytes;
  gsize length;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents (path, &bytes, &length, NULL))
    return NULL;
  return g_bytes_new_take (bytes, length);
}

PopplerDocument *
render_open_pdf (const char  *path,
                 const char **problem)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  PopplerDocument *document = uri != NULL ? poppler_document_new_from_file (uri, NULL, &error) : NULL;
  int n_pages;

  *problem = NULL;
  if (document == NULL)
    {
      *problem = g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? "encrypted" : "broken";
      return NULL;
    }
  n_pages = poppler_document_get_n_pages (document);
  if (n_pages <= 0)
    *problem = "broken";
  else if (n_pages > CFOIL_RENDERER_MAX_PAGES)
    *problem = "too-many-pages";
  return document;
}
