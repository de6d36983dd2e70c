/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"

G_BEGIN_DECLS

/* A page's row in the sidebar. */
#define CFOIL_TYPE_SIDEBAR_ROW (cfoil_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSidebarRow, cfoil_sidebar_row, CFOIL, SIDEBAR_ROW, GtkListBoxRow)

CfoilSidebarRow *cfoil_sidebar_row_new (CfoilPage *page);
CfoilPage *cfoil_sidebar_row_get_page (CfoilSidebarRow *self);

G_END_DECLS
