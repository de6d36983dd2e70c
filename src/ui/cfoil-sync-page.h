/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"

G_BEGIN_DECLS

/* How fresh and how complete the mirror is, account by account. */
#define CFOIL_TYPE_SYNC_PAGE (cfoil_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSyncPage, cfoil_sync_page, CFOIL, SYNC_PAGE, CfoilPage)

G_END_DECLS
