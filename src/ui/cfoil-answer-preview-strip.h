/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pages of a packet below each other.  All of them are there, for who reads them
 * through the accessibility bus; only those that are on the screen are drawn.  Belongs
 * into a viewport.
 *
 * Property: current (uint): the page at the top, from 0. */
#define CFOIL_TYPE_ANSWER_PREVIEW_STRIP (cfoil_answer_preview_strip_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerPreviewStrip, cfoil_answer_preview_strip, CFOIL, ANSWER_PREVIEW_STRIP, GtkWidget)

/* SESSION (nullable) */
void cfoil_answer_preview_strip_set_session (CfoilAnswerPreviewStrip *self,
                                             CfoilDraftSession       *session);
/* Looks again at the pages of the session. */
void cfoil_answer_preview_strip_update (CfoilAnswerPreviewStrip *self);

/* In per cent of paper; 0: as wide as there is room. */
void cfoil_answer_preview_strip_set_zoom (CfoilAnswerPreviewStrip *self,
                                          guint                    zoom);
/* What the pages have now, in per cent. */
guint cfoil_answer_preview_strip_get_zoom (CfoilAnswerPreviewStrip *self);

guint cfoil_answer_preview_strip_get_current (CfoilAnswerPreviewStrip *self);
/* Brings PAGE into view, unless it is. */
void cfoil_answer_preview_strip_show_page (CfoilAnswerPreviewStrip *self,
                                           guint                    page);

G_END_DECLS
