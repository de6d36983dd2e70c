/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>

#include "cfoil-packet.h"

G_BEGIN_DECLS

/* --- the sandbox --- */

typedef enum { RENDER_QUICK, RENDER_LONG } RenderLimit;

/* Gives up what opening a file does not need, as far as the kernel lets it: memory, time, the
 * network, writing anything but OUTPUT (nullable).  All files can still be read, and sockets in
 * folders reached: fonts are anywhere.  Before any file is opened. */
void render_limit (RenderLimit limit,
                   const char *output);
/* The part of it that Landlock does. */
void render_confine (const char *output);

/* --- images --- */

typedef struct
{
  gint64 width, height; /* as they are stored */
  int orientation;      /* of EXIF: 1 to 8 */
  gboolean is_jpeg;
  gboolean fits_pdf;    /* a JPEG that a PDF can hold byte for byte */
  gboolean is_truncated;
} RenderImageInfo;

/* What the header says, without decoding.  FALSE: no header of this type. */
gboolean render_image_read_info (const guchar    *bytes,
                                 gsize           length,
                                 RenderImageInfo *info);
/* Whether it is shown with sides exchanged. */
gboolean render_image_is_turned (const RenderImageInfo *info);

/* Decoded, on white, at most MAX_SIDE pixels on the longer side (0: all).  What is
 * missing at the end is white; IS_DAMAGED (nullable) says so.  NULL: nothing of it can be
 * decoded. */
cairo_surface_t *render_image_decode (const guchar          *bytes,
                                      gsize                  length,
                                      const RenderImageInfo *info,
                                      guint                  max_side,
                                      gboolean              *is_damaged);
/* SURFACE as a JPEG. */
GBytes *render_image_encode (cairo_surface_t *surface,
                             int              quality);
/* A JPEG with the same pixels, coded by the same bytes, and without what else was written into
 * it (place, camera, comments, thumbnails, what follows its end); the orientation is gone, too.
 * NULL: it is no JPEG whose parts follow each other as they should. */
GBytes *render_image_strip (const guchar *bytes,
                            gsize         length);
/* A source of the size of a JPEG that only a PDF can draw: its pixels are those of BYTES.
 * What gets into the PDF is stripped, as are the images of foreign PDFs. */
cairo_surface_t *render_image_wrap (GBytes *bytes,
                                    int     width,
                                    int     height);
/* Draws SURFACE, which holds what INFO tells of, upright into WIDTH x HEIGHT. */
void render_image_paint (cairo_t               *cr,
                         cairo_surface_t       *surface,
                         const RenderImageInfo *info,
                         double                 width,
                         double                 height);

/* --- files --- */

/* Names of our own: some versions of poppler know how to free these, others do not. */
typedef PopplerDocument RenderDocument;
typedef PopplerPage RenderPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RenderDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RenderPage, g_object_unref)

/* The first bytes and the rest of a regular file, kept in memory. */
GBytes *render_read_file (const char *path);
/* PROBLEM gets a short name on error. */
PopplerDocument *render_open_pdf (const char  *path,
                                  const char **problem);

/* From now on, identities of images that poppler gives out are those of document N. */
void render_mime_set_document (guint n);

/* --- commands: the exit code --- */

int render_inspect (const char *file_type,
                    const char *path);
int render_draw (const char *file_type,
                 const char *path,
                 guint       page,
                 guint       width);
int render_build (const char *output);

/* A line on standard output, at once. */
void render_say (const char *format,
                 ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
