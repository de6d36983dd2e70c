/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"
#include "cfoil-reader.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What narrows the list: an entry with the text of the query, and below it a chip
 * for each of its terms that can be read and changed without knowing how it is
 * written.  Both are views of the same query.  Mistakes are underlined and told;
 * the terms around them stay in force.
 *
 * gtk_widget_grab_focus () goes to the entry.  All of it is for the main thread.
 *
 * ::changed - the query is another one, not only spelt in another way: the user or
 * cfoil_search_bar_set_text () changed it.
 * ::leave - Escape in the empty entry: the focus may go back to the list.
 * ::entered - Return in a query without mistakes, where it chose no completion. */
#define CFOIL_TYPE_SEARCH_BAR (cfoil_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchBar, cfoil_search_bar, CFOIL, SEARCH_BAR, GtkWidget)

GtkWidget *cfoil_search_bar_new (void);

/* What is searched: NULL, as at first, is transactions.  Of others chips are changed as
 * text, and no values are looked up.  LABEL says what is searched for, translated.  Before
 * anything else. */
void cfoil_search_bar_set_vocabulary (CfoilSearchBar        *self,
                                      const CfoilVocabulary *vocabulary,
                                      const char            *label);

/* READER (nullable): where known values are looked up, never on this thread. */
void cfoil_search_bar_set_reader (CfoilSearchBar *self,
                                  CfoilReader    *reader);

/* The whole query, terms and words; NULL is "". */
const char *cfoil_search_bar_get_text (CfoilSearchBar *self);
void cfoil_search_bar_set_text (CfoilSearchBar *self,
                                const char     *text);

/* The text, parsed; (transfer none), never NULL. */
CfoilQuery *cfoil_search_bar_get_query (CfoilSearchBar *self);

/* Narrows the query by TERM_TEXT ("state:captured"), unless it is in it already. */
void cfoil_search_bar_add_term (CfoilSearchBar *self,
                                const char     *term_text);

/* A line below, not markup; NULL: none. */
void cfoil_search_bar_set_notice (CfoilSearchBar *self,
                                  const char     *text);

/* Whoever types on WIDGET (nullable), where nothing else takes letters, types into
 * the entry.  Not owned. */
void cfoil_search_bar_set_key_capture_widget (CfoilSearchBar *self,
                                              GtkWidget      *widget);

G_END_DECLS
