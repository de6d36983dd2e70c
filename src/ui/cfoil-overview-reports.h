/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-threshold.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A button that asks how many payments of a month were reported as fraud to the card
 * network: nobody but the provider knows, who tells the merchant.
 *
 * ::said (account, currency, first day of the month, how many or -1) */
#define CFOIL_TYPE_OVERVIEW_REPORTS (cfoil_overview_reports_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewReports, cfoil_overview_reports, CFOIL, OVERVIEW_REPORTS, AdwBin)

GtkWidget *cfoil_overview_reports_new (void);
/* What is known of it at present. */
void cfoil_overview_reports_set_threshold (CfoilOverviewReports *self,
                                           const CfoilThreshold *threshold,
                                           const char           *currency);

G_END_DECLS
