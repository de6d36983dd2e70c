/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-packet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Small pictures of the first page of files, drawn by counterfoil-render, one after the
 * other, those asked for last first, each once.  Main thread.  ::ready (const char
 * *sha256) when one is there. */
#define CFOIL_TYPE_EXHIBIT_THUMBS (cfoil_exhibit_thumbs_get_type ())
G_DECLARE_FINAL_TYPE (CfoilExhibitThumbs, cfoil_exhibit_thumbs, CFOIL, EXHIBIT_THUMBS, GObject)

CfoilExhibitThumbs *cfoil_exhibit_thumbs_new (void);
/* Ends what is being drawn. */
void cfoil_exhibit_thumbs_close (CfoilExhibitThumbs *self);
/* Borrowed; NULL: not there as yet, or there is nothing to draw. */
GdkPaintable *cfoil_exhibit_thumbs_get (CfoilExhibitThumbs    *self,
                                        const CfoilPacketFile *file);

G_END_DECLS
