/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"

G_BEGIN_DECLS

/* The morning look: what needs somebody, what came in and what it cost, payouts, disputes,
 * who, when, how large, and what looks unusual.  Period, accounts, currency and what the
 * charts show are kept in settings (overview-…).
 *
 * Actions: overview.import-rates, and those of the period picker. */
#define CFOIL_TYPE_OVERVIEW_PAGE (cfoil_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewPage, cfoil_overview_page, CFOIL, OVERVIEW_PAGE, CfoilPage)

G_END_DECLS
