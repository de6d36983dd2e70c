/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-packet.h"

G_BEGIN_DECLS

/* Pages of a packet as pixels, for looking at: those asked for last are drawn first, on
 * workers; what a foreign file holds is drawn by counterfoil-render once and kept while
 * the file and the width stay the same, so that a keystroke in the letter draws letter
 * pages only.  Bounded memory (64 MiB).  Main thread.  ::ready (guint page) when one is
 * there. */
#define CFOIL_TYPE_PAGE_CACHE (cfoil_page_cache_get_type ())
G_DECLARE_FINAL_TYPE (CfoilPageCache, cfoil_page_cache, CFOIL, PAGE_CACHE, GObject)

#define CFOIL_PAGE_CACHE_MAX_WIDTH 4096

CfoilPageCache *cfoil_page_cache_new (void);
/* (nullable).  What was asked for and is not there as yet is forgotten: ask again for the
 * pages that are in view. */
void cfoil_page_cache_set_layout (CfoilPageCache    *self,
                                  CfoilPacketLayout *layout);
/* Borrowed until the main loop runs again; WIDTH in pixels, CFOIL_PAGE_CACHE_MAX_WIDTH at
 * most.  NULL: it is being drawn.  While it is being drawn, the last picture of the page of
 * that number is given, if there is one; that may be of another width. */
cairo_surface_t *cfoil_page_cache_get (CfoilPageCache *self,
                                       guint           page,
                                       guint           width);

G_END_DECLS
