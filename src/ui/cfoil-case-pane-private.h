/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case-deadline.h"
#include "cfoil-case-log.h"
#include "cfoil-case-pane.h"
#include "cfoil-case-reading.h"

G_BEGIN_DECLS

#define CFOIL_CASE_PANE_N_SECTIONS 11

struct _CfoilCasePane
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkMenuButton *menu_button;
  GtkStack *stack;
  AdwStatusPage *message;
  GtkScrolledWindow *scroller;
  GtkLabel *title;
  GtkLabel *state;
  GtkLabel *amount;
  GtkLabel *about;
  CfoilCaseDeadline *deadline;
  GtkWidget *missing_box;
  GtkLabel *missing_text;
  GtkEntry *missing_entry;
  GtkWidget *missing_button;
  GtkLabel *missing_mistake;
  GtkEntry *handler;
  CfoilCaseLog *log;
  GtkBox *top_sections;
  GtkBox *log_section;
  GtkBox *bottom_sections;
  GtkExpander *raw_expander;
  GtkTextView *raw;

  GtkListBox *lists[CFOIL_CASE_PANE_N_SECTIONS];
  GtkWidget *headings[CFOIL_CASE_PANE_N_SECTIONS];
  CfoilWorkspace *workspace;       /* (owned) (nullable) */
  GSignalGroup *workspace_signals; /* (owned) */
  GSignalGroup *reader_signals;    /* (owned) */
  gint64 case_id;                  /* 0: none */
  CfoilCaseReading *reading;       /* (owned) (nullable): of CASE_ID or the one before */
  GCancellable *cancellable;       /* (owned) (nullable): while it is being read */
  gboolean read_again;
  gboolean is_handler_typed;       /* and not saved */
  guint tick_id;
};

/* NULL: nothing is shown of the case as yet. */
const CfoilCase *_cfoil_case_pane_get_record (CfoilCasePane *self);

/* What can be done: cfoil-case-pane-actions.c. */
void _cfoil_case_pane_install_actions (CfoilCasePaneClass *klass);
void _cfoil_case_pane_update_actions (CfoilCasePane *self);
void _cfoil_case_pane_init_menu (CfoilCasePane *self);
void _cfoil_case_pane_save_handler (CfoilCasePane *self);
void _cfoil_case_pane_set_missing_id (CfoilCasePane *self);
void _cfoil_case_pane_add_entry (CfoilCasePane *self,
                                 const char    *kind,
                                 const char    *text);

G_END_DECLS
