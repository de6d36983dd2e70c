/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-banner.h"
#include "cfoil-chart.h"
#include "cfoil-period-picker.h"
#include "cfoil-report-file.h"
#include "cfoil-report-table.h"
#include "cfoil-report-view.h"
#include "cfoil-search-flow.h"

G_BEGIN_DECLS

struct _CfoilReportView
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkLabel *title;
  GtkLabel *explanation;
  GtkStack *faces;
  GtkMenuButton *menu_button;
  CfoilSearchFlow *flow;
  CfoilPeriodPicker *picker;
  GtkDropDown *groups;
  GtkDropDown *accounts;
  GtkDropDown *currencies; /* of the chart */
  CfoilBanner *banner;
  GtkStack *stack;
  AdwStatusPage *error;
  GtkStackSwitcher *switcher;
  CfoilReportTable *table_view;
  CfoilChart *chart;
  GtkLabel *notes;

  CfoilWorkspace *workspace;         /* (owned) (nullable) */
  GSignalGroup *reader_signals;      /* (owned) */
  GSettings *settings;               /* (owned) */
  GSimpleActionGroup *actions;       /* (owned) */
  CfoilReportDefinition *definition; /* (owned) (nullable) */
  CfoilTable *table;                 /* (owned) (nullable): what is shown */
  GTimeZone *zone;                   /* (owned) (nullable): its */
  GPtrArray *account_names;          /* (owned): by place; "" is all */
  GCancellable *cancellable;         /* (owned) (nullable): of what is read */
  gboolean is_updating;
  gboolean is_stale;                 /* not seen since the mirror changed */
};

CfoilReportPage cfoil_report_view_get_page (CfoilReportView *self);
void cfoil_report_view_add_actions (CfoilReportView *self);
void cfoil_report_view_update_actions (CfoilReportView *self);

G_END_DECLS
