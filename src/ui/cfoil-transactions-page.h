/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"

G_BEGIN_DECLS

/* The list of transactions.  Actions: page.copy, page.select-all,
 * page.scroll-to (u). */
#define CFOIL_TYPE_TRANSACTIONS_PAGE (cfoil_transactions_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilTransactionsPage, cfoil_transactions_page, CFOIL, TRANSACTIONS_PAGE, CfoilPage)

G_END_DECLS
