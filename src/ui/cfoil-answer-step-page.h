/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-step.h"

G_BEGIN_DECLS

/* What the steps of the editor are put together from.  Texts are never markup. */

/* Fills SELF with a page that scrolls, under a heading that can take the focus.
 * Returns the vertical box for what the step shows; borrowed. */
GtkBox *cfoil_answer_step_make_page (CfoilAnswerStep *self,
                                     const char      *heading,
                                     const char      *explanation);

/* Puts the focus on that heading, where it is read out, when what had it is gone. */
void cfoil_answer_step_focus_heading (CfoilAnswerStep *self);

/* A label that wraps; CSS_CLASS (nullable). */
GtkWidget *cfoil_answer_label_new (const char *text,
                                   const char *css_class);

/* TITLE and DESCRIPTION (nullable) */
AdwPreferencesGroup *cfoil_answer_group_new (const char *title,
                                             const char *description);

/* SUBTITLE (nullable) */
AdwActionRow *cfoil_answer_row_new (const char *title,
                                    const char *subtitle);
void cfoil_answer_row_set_subtitle (AdwActionRow *row,
                                    const char   *subtitle);
/* Takes all that stands in BOX out of it. */
void cfoil_answer_box_clear (GtkBox *box);

/* Puts the focus on WIDGET, which may have been put into a window just now, and scrolls
 * to it. */
void cfoil_answer_focus_soon (GtkWidget *widget);

G_END_DECLS
