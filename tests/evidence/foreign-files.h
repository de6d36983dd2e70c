/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "cfoil-packet.h"
#include "test-support.h"

G_BEGIN_DECLS

/* Files such as people and attackers drop on the window, made on the spot.  All return
 * bytes of a file. */

/* A PDF by its objects: numbers 1, 2, ... in the order in which they are added; the first
 * is the catalogue. */
typedef struct _PdfMaker PdfMaker;
PdfMaker *pdf_maker_new (void);
void pdf_maker_add (PdfMaker   *self,
                    const char *format,
                    ...) G_GNUC_PRINTF (2, 3);
void pdf_maker_add_stream (PdfMaker   *self,
                           const char *dictionary,
                           GBytes     *data);
GBytes *pdf_maker_finish (PdfMaker *self); /* frees it */

/* N_PAGES pages of A4, each with TEXT and its number. */
GBytes *foreign_pdf (const char *text,
                     guint       n_pages);
/* One page with an image of this colour, which is object 5 whatever the colour. */
GBytes *foreign_pdf_with_image (double red,
                                double green,
                                double blue);
/* One page with JPEG (which is freed) on it. */
GBytes *foreign_pdf_with_jpeg (GBytes *jpeg,
                               guint   width,
                               guint   height);
/* Scripts, links, a form field, an attachment and things to launch. */
GBytes *foreign_pdf_with_actions (void);
/* A page whose drawing takes longer than the sun will shine. */
GBytes *foreign_pdf_endless (void);
/* A page of 2 GiB of operators in some hundred KiB. */
GBytes *foreign_pdf_bomb (void);

/* A JPEG: upper left quarter red, the rest blue or, if NOISY, noise. */
GBytes *foreign_jpeg (guint    width,
                      guint    height,
                      gboolean noisy);
/* The same with an EXIF orientation. */
GBytes *foreign_jpeg_turned (guint width,
                             guint height,
                             int   orientation);
/* With a profile of its colours. */
GBytes *foreign_jpeg_with_profile (guint width,
                                   guint height);
/* JPEG as a camera would have written it: "SECRET" stands wherever there is room for it. */
GBytes *foreign_jpeg_add_secrets (GBytes *jpeg);
GBytes *foreign_png (guint    width,
                     guint    height,
                     gboolean noisy);
/* Only a header that promises so much. */
GBytes *foreign_png_header (guint32 width,
                            guint32 height);

/* Writes BYTES (which are freed) as NAME; returns the path. */
char *foreign_write (TestFolder *folder,
                     const char *name,
                     GBytes     *bytes);
/* Inspects PATH and describes it as the packet needs it. */
CfoilPacketFile *foreign_describe (const char *path,
                                   const char *file_type);
/* The text of all pages of the PDF at PATH. */
char *foreign_pdf_read_text (const char *path);
/* The colour at X, Y (parts of width and height). */
guint32 foreign_pixel (cairo_surface_t *surface,
                       double           x,
                       double           y);

/* --- packets --- */

typedef struct
{
  TestFolder *folder;
  CfoilDraft *draft;
  CfoilLetter *letter;
  GPtrArray *files; /* CfoilPacketFile */
  char *output;
} PacketFixture;

PacketFixture *packet_fixture_new (void);
void packet_fixture_free (PacketFixture *self);
/* An exhibit of a file; takes BYTES.  Returns the file, borrowed. */
CfoilPacketFile *packet_fixture_add (PacketFixture *self,
                                     const char    *name,
                                     const char    *file_type,
                                     GBytes        *bytes);
/* The letter after changes of the draft. */
void packet_fixture_compose (PacketFixture *self);
CfoilPacketResult *packet_fixture_build (PacketFixture *self,
                                         gint64         max_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PacketFixture, packet_fixture_free)

G_END_DECLS
