/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One page of the packet: paper, and what is on it once it is drawn. */
#define CFOIL_TYPE_ANSWER_PREVIEW_PAGE (cfoil_answer_preview_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerPreviewPage, cfoil_answer_preview_page, CFOIL, ANSWER_PREVIEW_PAGE, GtkWidget)

CfoilAnswerPreviewPage *cfoil_answer_preview_page_new (void);
/* NULL: paper only.  The same surface again costs nothing. */
void cfoil_answer_preview_page_set_surface (CfoilAnswerPreviewPage *self,
                                            cairo_surface_t        *surface);
/* For who cannot see it: what it is called, and what stands on it (nullable). */
void cfoil_answer_preview_page_set_words (CfoilAnswerPreviewPage *self,
                                          const char             *label,
                                          const char             *text);

/* SURFACE (CAIRO_FORMAT_RGB24 or ARGB32 without transparency) as a texture; NULL: it is empty. */
GdkTexture *cfoil_answer_preview_page_make_texture (cairo_surface_t *surface);

G_END_DECLS
