/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-banner.h"
#include "cfoil-report-files-view.h"
#include "cfoil-report-files.h"
#include "cfoil-report-schedules-view.h"
#include "cfoil-report-table.h"
#include "cfoil-report-watch.h"
#include "cfoil-search-flow.h"

G_BEGIN_DECLS

struct _CfoilReportFilesView
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkLabel *title;
  GtkLabel *explanation;
  GtkWidget *request_button;
  GtkWidget *menu_button;
  CfoilSearchFlow *flow;
  CfoilBanner *banner;
  GtkStack *faces; /* the files, and the schedules */
  GtkStack *stack;
  CfoilReportTable *list;
  CfoilReportTable *content;
  GtkLabel *note; /* how the selected one stands */
  CfoilReportSchedulesView *schedules;
  GtkWidget *switcher;
  GtkWidget *search;
  GPtrArray *buttons;           /* (element-type GtkWidget), borrowed: of what can be done with a file */

  CfoilWorkspace *workspace;    /* (owned) (nullable) */
  CfoilReportWatch *watch;      /* (owned): of ->files */
  GSimpleActionGroup *actions;  /* (owned) */
  GPtrArray *files;             /* (owned) (nullable): CfoilReportFile, as listed */
  char *told_of;                /* (owned) (nullable): the report that the banner speaks of */
  char *opened;                 /* (owned) (nullable): the hash of the file that is shown */
  GCancellable *cancellable;    /* (owned) (nullable) */
  gboolean can_leave;           /* to the list of reports */
  gboolean wants_newest;        /* something was asked for, and is selected once it is there */
};

/* The file that is open, or selected in the list; NULL: none. */
const CfoilReportFile *cfoil_report_files_view_get_chosen (CfoilReportFilesView *self);
void cfoil_report_files_view_open_row (CfoilReportFilesView *self,
                                       guint                 row);
/* Opens it; of one that is not here, downloads it or says why not. */
void cfoil_report_files_view_activate_row (CfoilReportFilesView *self,
                                           guint                 row);
void cfoil_report_files_view_go_back (CfoilReportFilesView *self);

void cfoil_report_files_view_add_actions (CfoilReportFilesView *self);
/* What can be done with the chosen file is offered, and nothing else. */
void cfoil_report_files_view_update_actions (CfoilReportFilesView *self);

G_END_DECLS
