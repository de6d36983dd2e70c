/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What could be typed, below an entry that keeps the focus: nothing is chosen until
 * the user chooses it, so typing on is never disturbed.
 *
 * ::accept (guint start, guint end, const char *text) - the bytes from START to END
 *   of the text are to become TEXT */
#define CFOIL_TYPE_SEARCH_COMPLETION (cfoil_search_completion_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchCompletion, cfoil_search_completion, CFOIL, SEARCH_COMPLETION, GtkPopover)

/* A popover of PARENT, at the text of ENTRY, which is in it. */
CfoilSearchCompletion *cfoil_search_completion_new (GtkWidget *parent,
                                                    GtkEntry  *entry);

/* NULL: of transactions.  Of others no values are looked up. */
void cfoil_search_completion_set_vocabulary (CfoilSearchCompletion *self,
                                             const CfoilVocabulary *vocabulary);

/* READER (nullable) */
void cfoil_search_completion_set_reader (CfoilSearchCompletion *self,
                                         CfoilReader           *reader);

/* Offers what fits at the cursor; if not IS_ASKED_FOR, only to who is typing
 * something. */
void cfoil_search_completion_update (CfoilSearchCompletion *self,
                                     gboolean               is_asked_for);
/* Looks nothing up any more, so that the reader is free for what is asked next; what
 * is offered stays. */
void cfoil_search_completion_cancel (CfoilSearchCompletion *self);
void cfoil_search_completion_close (CfoilSearchCompletion *self);

/* TRUE: the key was for the offers. */
gboolean cfoil_search_completion_press (CfoilSearchCompletion *self,
                                        guint                  keyval);

G_END_DECLS
