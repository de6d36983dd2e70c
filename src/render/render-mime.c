/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "render.h"

#include <dlfcn.h>
#include <string.h>

/* poppler names images by their object number alone, and cairo writes images of the same
 * name once.  With pages of several documents in one file, exhibit B would show the
 * image of exhibit A that happens to have the same number.  So this function comes before
 * cairo's and puts the document's number in front. */

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
  GString *name;
  gsize name_length;
  cairo_status_t status;

  if (real == NULL)
    real = (SetMimeData) dlsym (RTLD_NEXT, "cairo_surface_set_mime_data");
  if (data == NULL || !is_identity (mime_type))
    return real (surface, mime_type, data, length, destroy, closure);

  name = g_string_new (NULL);
  g_string_printf (name, "%u:", document);
  g_string_append_len (name, (const char *) data, length);
  name_length = name->len;
  data = (const unsigned char *) g_string_free (name, FALSE);
  status = real (surface, mime_type, data, name_length, g_free, (void *) data);
  if (status != CAIRO_STATUS_SUCCESS)
    g_free ((void *) data);
  else if (destroy != NULL)
    destroy (closure);
  return status;
}
