/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"
#include "cfoil-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The popover in which one term is made or changed with widgets.
 *
 * ::changed - by the user; cfoil_search_editor_dup_text () is the new term */
#define CFOIL_TYPE_SEARCH_EDITOR (cfoil_search_editor_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchEditor, cfoil_search_editor, CFOIL, SEARCH_EDITOR, GtkPopover)

CfoilSearchEditor *cfoil_search_editor_new (GtkWidget *parent);

/* READER (nullable) knows values. */
void cfoil_search_editor_edit (CfoilSearchEditor *self,
                               const CfoilTerm   *term,
                               CfoilReader       *reader);
/* For a new term on FIELD. */
void cfoil_search_editor_begin (CfoilSearchEditor *self,
                                CfoilField         field,
                                CfoilReader       *reader);

/* Shows it at AREA of its parent. */
void cfoil_search_editor_open (CfoilSearchEditor  *self,
                               const GdkRectangle *area);

/* Closes it and lets go of the reader. */
void cfoil_search_editor_clear (CfoilSearchEditor *self);

/* NULL while nothing is asked for.  Free it. */
char *cfoil_search_editor_dup_text (CfoilSearchEditor *self);

G_END_DECLS
