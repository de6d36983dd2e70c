/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"
#include "cfoil-saved-view.h"
#include "cfoil-scan.h"

G_BEGIN_DECLS

/* The list of transactions: search, columns, sums, selection and details.
 *
 * Actions: page.search, page.clear-search, page.copy, page.copy-csv,
 * page.select-all, page.scroll-to (u), page.details, page.columns, page.density
 * (s), page.menu, page.filter, page.exclude, page.export, page.export-selected.
 *
 * ::view-changed when the user changed the query, the order, the columns or the
 * density: what cfoil_transactions_page_dup_view () gives is different now. */
#define CFOIL_TYPE_TRANSACTIONS_PAGE (cfoil_transactions_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilTransactionsPage, cfoil_transactions_page, CFOIL, TRANSACTIONS_PAGE, CfoilPage)

/* Shows the details of the transaction TXN_ID, and its row if the list has it. */
void cfoil_transactions_page_open_transaction (CfoilTransactionsPage *self,
                                               gint64                 txn_id);

/* Shows VIEW, which is copied.  Does not emit ::view-changed.  Parts that cannot be
 * understood are those of a new window. */
void cfoil_transactions_page_apply_view (CfoilTransactionsPage *self,
                                         const CfoilSavedView  *view);

/* What is shown now, with the id, key and name of the view that was applied last. */
CfoilSavedView *cfoil_transactions_page_dup_view (CfoilTransactionsPage *self);

G_END_DECLS
