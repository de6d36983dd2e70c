/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"
#include "cfoil-reader.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The widgets by which one kind of term is made and changed.
 *
 * ::changed - by the user
 * ::done - the user wants no more of it (Enter) */
#define CFOIL_TYPE_SEARCH_PANE (cfoil_search_pane_get_type ())
G_DECLARE_DERIVABLE_TYPE (CfoilSearchPane, cfoil_search_pane, CFOIL, SEARCH_PANE, AdwBin)

struct _CfoilSearchPaneClass
{
  AdwBinClass parent_class;

  char *(*dup_text) (CfoilSearchPane *self);
};

/* How the term is written, without "-"; NULL while it says nothing.
 * Free it. */
char *cfoil_search_pane_dup_text (CfoilSearchPane *self);

/* What was entered is wrong, so that nobody knows what is asked for. */
gboolean cfoil_search_pane_is_wrong (CfoilSearchPane *self);

/* For those that derive from it. */
void cfoil_search_pane_set_wrong (CfoilSearchPane *self,
                                  gboolean         is_wrong);
void cfoil_search_pane_emit_changed (CfoilSearchPane *self);
void cfoil_search_pane_emit_done (CfoilSearchPane *self);

/* TEXT has one term and no mistakes.  Else *MESSAGE (nullable) tells what was
 * expected; free it. */
gboolean cfoil_search_pane_check (const char *text,
                                  char      **message);

/* Lets the arrow keys go from one check button in WIDGET to the next; left alone,
 * they would press it. */
void cfoil_search_pane_tame_arrows (GtkWidget *widget);

/* TERM (nullable) is what is to be changed.  READER (nullable) knows values. */
CfoilSearchPane *cfoil_search_pane_new_values (CfoilField       field,
                                               const CfoilTerm *term,
                                               CfoilReader     *reader);
CfoilSearchPane *cfoil_search_pane_new_range (CfoilField       field,
                                              const CfoilTerm *term);
CfoilSearchPane *cfoil_search_pane_new_dates (CfoilField       field,
                                              const CfoilTerm *term);
CfoilSearchPane *cfoil_search_pane_new_properties (const CfoilTerm *term);
/* TERM asks for weekdays or hours. */
CfoilSearchPane *cfoil_search_pane_new_clock (const CfoilTerm *term);
CfoilSearchPane *cfoil_search_pane_new_word (const CfoilTerm *term);

G_END_DECLS
