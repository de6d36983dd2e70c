/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-banner.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* What a view shows of the mirror: read beside the main thread, and read again whenever the
 * mirror changes, but not before somebody looks.  What goes wrong is told in the view's banner.
 * Main thread only. */
typedef struct _CfoilReportWatch CfoilReportWatch;

/* Takes RESULT, or a reference to it. */
typedef void (*CfoilReportWatchFunc) (GtkWidget *view,
                                      gpointer   result);

/* READ gets the workspace's CfoilContext as its data, on a reader's thread; what it returns is
 * freed with FREE_RESULT if nobody takes it.  VIEW and BANNER are borrowed: the view frees the
 * watch when it is disposed. */
CfoilReportWatch *cfoil_report_watch_new (GtkWidget           *view,
                                          CfoilBanner         *banner,
                                          CfoilReaderFunc      read,
                                          GDestroyNotify       free_result,
                                          CfoilReportWatchFunc take);
void cfoil_report_watch_free (CfoilReportWatch *self);

/* WORKSPACE (nullable): nothing is read, and what was asked for of another one never comes. */
void cfoil_report_watch_set_workspace (CfoilReportWatch *self,
                                       CfoilWorkspace   *workspace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilReportWatch, cfoil_report_watch_free)

G_END_DECLS
