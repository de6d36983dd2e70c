/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The packet as it will be sent, page by page, under the meter of what fits.  It follows
 * the focus of its window to the page of what is being edited. */
#define CFOIL_TYPE_ANSWER_PREVIEW (cfoil_answer_preview_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerPreview, cfoil_answer_preview, CFOIL, ANSWER_PREVIEW, AdwBin)

CfoilAnswerPreview *cfoil_answer_preview_new (void);
/* SESSION (nullable).  Gives it the limits of the preferences, now and when they change. */
void cfoil_answer_preview_set_session (CfoilAnswerPreview *self,
                                       CfoilDraftSession  *session);

/* What is being edited in WIDGET and its children: the id of a sentence or of an exhibit,
 * or the name of a fact; NULL: nothing any more. */
void cfoil_answer_preview_mark (GtkWidget  *widget,
                                const char *subject);

G_END_DECLS
