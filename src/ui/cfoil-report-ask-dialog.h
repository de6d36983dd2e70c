/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks the provider for a report of some days, or for a schedule that makes one again and
 * again.  Says beforehand what comes and when, and asks before another program's schedule is
 * replaced.  ::asked when it was taken, also when the provider's answer is still awaited. */
#define CFOIL_TYPE_REPORT_ASK_DIALOG (cfoil_report_ask_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilReportAskDialog, cfoil_report_ask_dialog, CFOIL, REPORT_ASK_DIALOG, AdwWindow)

CfoilReportAskDialog *cfoil_report_ask_dialog_new (GtkWindow      *parent,
                                                   CfoilWorkspace *workspace,
                                                   gboolean        is_schedule);

/* What to begin with: an account, one of its types, and a period as the picker knows it; each nullable. */
void cfoil_report_ask_dialog_choose (CfoilReportAskDialog *self,
                                     const char           *account,
                                     const char           *type,
                                     const char           *period);

G_END_DECLS
