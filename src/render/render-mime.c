/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "render.h"

#include <dlfcn.h>
#include <string.h>

/* poppler names images by their object number alone, and cairo writes images of the same
 * name once.  With pages of several documents in one file, exhibit B would show the
 * image of exhibit A that happens to have the same number.  So this function comes before
 * cairo's and puts the document's number in front.  It also takes from the JPEGs of foreign
 * documents, which poppler hands on as they are, what must not get out. */

static guint document;

void
render_mime_set_document (guint n)
{
  document = n;
}

static gboolean
is_identity (const char *mime_type)
{
  return g_str_equal (mime_type, CAIRO_MIME_TYPE_UNIQUE_ID) || g_str_equal (mime_type, CAIRO_MIME_TYPE_JBIG2_GLOBAL_ID);
}

typedef cairo_status_t (*SetMimeData) (cairo_surface_t *, const char *, const unsigned char *, unsigned long,
                                       cairo_destroy_func_t, void *);

static cairo_status_t
set_copy (SetMimeData           real,
          cairo_surface_t      *surface,
          const char           *mime_type,
          GBytes               *copy,     /* (transfer full) */
          cairo_destroy_func_t  destroy,  /* of what was copied */
          void                 *closure)
{
  cairo_status_t status = real (surface, mime_type, g_bytes_get_data (copy, NULL), g_bytes_get_size (copy),
                                (cairo_destroy_func_t) g_bytes_unref, copy);

  if (status != CAIRO_STATUS_SUCCESS)
    g_bytes_unref (copy);
  else if (destroy != NULL)
    destroy (closure);
  return status;
}

/* Exported by the linker because libcairo, which we are linked with, has it, too. */
__attribute__ ((visibility ("default"))) cairo_status_t
cairo_surface_set_mime_data (cairo_surface_t      *surface,
                             const char           *mime_type,
                             const unsigned char  *data,
                             unsigned long         length,
                             cairo_destroy_func_t  destroy,
                             void                 *closure)
{
  static SetMimeData real = NULL;
  GBytes *clean;
  GString *name;

  if (real == NULL)
    real = (SetMimeData) dlsym (RTLD_NEXT, "cairo_surface_set_mime_data");
  if (data != NULL && g_str_equal (mime_type, CAIRO_MIME_TYPE_JPEG))
    {
      clean = render_image_strip (data, length);
      if (clean != NULL)
        return set_copy (real, surface, mime_type, clean, destroy, closure);
      /* Then its pixels are drawn. */
      if (destroy != NULL)
        destroy (closure);
      return CAIRO_STATUS_SUCCESS;
    }
  if (data == NULL || !is_identity (mime_type))
    return real (surface, mime_type, data, length, destroy, closure);

  name = g_string_new (NULL);
  g_string_printf (name, "%u:", document);
  g_string_append_len (name, (const char *) data, length);
  return set_copy (real, surface, mime_type, g_string_free_to_bytes (name), destroy, closure);
}
