/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-shell.h"
#include "cfoil-view-keeper.h"
#include "cfoil-window.h"

G_BEGIN_DECLS

struct _CfoilWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *views;
  CfoilShell *shell;
  AdwStatusPage *error_page;
  GtkLabel *error_details;
  GtkWidget *leave_button;
  GtkWidget *drop_highlight;
  GtkLabel *loading_label;

  GSettings *settings;             /* (owned) */
  char *folder;                    /* (owned) (nullable): of the user's own mirror */
  gboolean wants_demo;             /* what is open, or being opened, is the demo */
  CfoilWorkspace *workspace;       /* (owned) (nullable) */
  GSignalGroup *workspace_signals; /* (owned) */
  CfoilOperation *operation;       /* (owned) (nullable): shown in the sidebar */
  gulong progress_id;
  CfoilViews *saved_views;         /* (owned) */
  CfoilViewKeeper *keeper;         /* (owned): of the view that is shown */
  GSignalGroup *view_signals;      /* (owned): of the current view */
  GCancellable *opening; /* (owned) (nullable) */
  gboolean is_closing;
  guint close_id;
};

void _cfoil_window_install_actions (CfoilWindowClass *klass);
void _cfoil_window_add_actions (CfoilWindow *self);
/* What can be done now. */
void _cfoil_window_update_actions (CfoilWindow *self);

/* Saved views: cfoil-window-views.c. */
void _cfoil_window_add_views (CfoilWindow           *self,
                              CfoilTransactionsPage *page);
void _cfoil_window_remove_views (CfoilWindow *self);
void _cfoil_window_set_views_workspace (CfoilWindow    *self,
                                        CfoilWorkspace *workspace);
void _cfoil_window_update_view_actions (CfoilWindow *self);

/* Opens the demo or the user's own mirror in place of what is open. */
void _cfoil_window_open (CfoilWindow *self,
                         gboolean     is_demo);

G_END_DECLS
