/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"

G_BEGIN_DECLS

/* Reports: the program's own and the saved ones, and those of the provider; what is chosen
 * stands beside them, or where there is no room, in their place. */
#define CFOIL_TYPE_REPORTS_PAGE (cfoil_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilReportsPage, cfoil_reports_page, CFOIL, REPORTS_PAGE, CfoilPage)

G_END_DECLS
