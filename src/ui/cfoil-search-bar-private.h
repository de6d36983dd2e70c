/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-search-bar.h"

#include "cfoil-search-chip.h"
#include "cfoil-search-completion.h"
#include "cfoil-search-editor.h"
#include "cfoil-search-flow.h"

G_BEGIN_DECLS

/* For the files of the search bar: its text, its chips and its keys. */
struct _CfoilSearchBar
{
  GtkWidget parent_instance;

  GtkEntry *entry;
  GtkWidget *add_button;
  GtkLabel *mistake_label;
  CfoilSearchFlow *chips;
  GtkLabel *notice_label;
  CfoilSearchCompletion *completion;
  CfoilSearchEditor *editor;
  GtkEventController *capture; /* (nullable), owned by the widget that is captured from */
  GtkWidget *captured;         /* (nullable), weak */

  CfoilReader *reader;     /* (owned) (nullable) */
  const CfoilVocabulary *vocabulary; /* (nullable): of transactions */
  CfoilQuery *query;       /* (owned) */
  GPtrArray *shown;        /* CfoilSearchChip, borrowed, in order */
  int edited;              /* the term that is in the editor; -1: one that is not there yet */
  gboolean is_from_editor; /* the editor is changing the text */
  gboolean is_editing;     /* the text is being changed in steps */
  gboolean is_cut;         /* what was inserted last did not fit */
  gboolean is_composing;   /* an input method is at work */
  gboolean is_passed;      /* the focus is on its way through */
  guint mistakes_id;
  guint completion_id;
};

/* cfoil-search-bar-text.c: the entry, its mistakes and what is offered for completion. */
void cfoil_search_bar_bind_text (GtkWidgetClass *widget_class);
void cfoil_search_bar_connect_text (CfoilSearchBar *self);
GtkEditable *cfoil_search_bar_get_editable (CfoilSearchBar *self);
gboolean cfoil_search_bar_has_focus (CfoilSearchBar *self);
/* Changes only what differs, so that the cursor stays and undo goes step by step. */
void cfoil_search_bar_rewrite (CfoilSearchBar *self,
                               const char     *text);
void cfoil_search_bar_close_completion (CfoilSearchBar *self);
/* Also the one that may still be being typed. */
void cfoil_search_bar_show_all_mistakes (CfoilSearchBar *self);

/* cfoil-search-bar-chips.c: terms as widgets, and the editor of one. */
void cfoil_search_bar_bind_chips (GtkWidgetClass *widget_class);
void cfoil_search_bar_connect_chips (CfoilSearchBar *self);
void cfoil_search_bar_update_chips (CfoilSearchBar *self);

/* cfoil-search-bar-keys.c: those of the entry, and those that are typed elsewhere. */
void cfoil_search_bar_bind_keys (GtkWidgetClass *widget_class);
void cfoil_search_bar_drop_capture (CfoilSearchBar *self);

G_END_DECLS
