/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-preview.h"
#include "cfoil-answer-stepper.h"
#include "cfoil-answer-window.h"
#include "cfoil-banner.h"

G_BEGIN_DECLS

struct _CfoilAnswerWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *drop_highlight;
  AdwWindowTitle *window_title;
  CfoilBanner *banner;
  GtkWidget *status_bar;
  GtkLabel *deadline;
  GtkLabel *saved;
  GtkWidget *retry;
  GtkStack *views;
  AdwStatusPage *failed_page;
  GtkPaned *paned;
  GtkBox *left;
  CfoilAnswerStepper *stepper;
  GtkStack *steps;
  GtkWidget *back;
  GtkButton *next;
  CfoilAnswerPreview *preview;

  GSettings *settings;        /* (owned) */
  CfoilWorkspace *workspace;  /* (owned) */
  CfoilDraftSession *session; /* (owned) */
  GSimpleActionGroup *actions;/* (owned) */
  gint64 case_id;
  char *wanted_step;          /* (owned) (nullable): until the draft is loaded */
  guint tick_id;              /* the deadline comes nearer */
  guint narrow_id;            /* the width has passed the border */
  gboolean is_narrow;
  gboolean shows_preview;     /* beside the steps; in a narrow window instead of them */
  gboolean wants_build;       /* the packet is not that of the draft any more */
  gboolean is_flushing;
  gboolean may_close;
};

/* --- cfoil-answer-window-actions.c --- */
void _cfoil_answer_window_add_actions (CfoilAnswerWindow *self);
/* What can be done now. */
void _cfoil_answer_window_update_actions (CfoilAnswerWindow *self);
void _cfoil_answer_window_save (CfoilAnswerWindow *self);

/* --- cfoil-answer-window-drop.c --- */
void _cfoil_answer_window_add_drop_target (CfoilAnswerWindow *self);
/* What is in the clipboard becomes evidence, unless it is text for a field that has the
 * focus: then FALSE. */
gboolean _cfoil_answer_window_paste (CfoilAnswerWindow *self);

/* --- cfoil-answer-window-state.c: what the window says of the case and the draft --- */
void _cfoil_answer_window_show_case (CfoilAnswerWindow *self);
void _cfoil_answer_window_show_state (CfoilAnswerWindow *self);
void _cfoil_answer_window_show_progress (CfoilAnswerWindow *self);

/* --- cfoil-answer-window-build.c --- */
/* Something of the draft is different, or the packet should be tried once more. */
void _cfoil_answer_window_want_build (CfoilAnswerWindow *self);
/* Makes the packet if it is wanted and somebody looks at what depends on it. */
void _cfoil_answer_window_build (CfoilAnswerWindow *self);

/* --- cfoil-answer-window.c --- */
CfoilAnswerStep *_cfoil_answer_window_get_step (CfoilAnswerWindow *self);
/* SUBJECT (nullable) */
void _cfoil_answer_window_go (CfoilAnswerWindow *self,
                              const char        *step,
                              const char        *subject);
/* BY: 1 or -1 */
void _cfoil_answer_window_move (CfoilAnswerWindow *self,
                                int                by);
void _cfoil_answer_window_set_shows_preview (CfoilAnswerWindow *self,
                                             gboolean           shows_preview);

G_END_DECLS
