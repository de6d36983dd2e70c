/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* Everything about one transaction: for a panel beside the list, about 360 pixels
 * wide, or a page of its own in a narrow window.  What the merchant writes there is
 * saved by itself, also when the pane goes away or shows something else.
 *
 * Messages with Undo go to the AdwToastOverlay that it is in.  Signals:
 *
 * ::close: the close button was pressed.
 * ::open-transaction (gint64 txn_id): a related row was activated.
 * ::filter (char *query): show the transactions of this query. */
#define CFOIL_TYPE_DETAILS_PANE (cfoil_details_pane_get_type ())
G_DECLARE_FINAL_TYPE (CfoilDetailsPane, cfoil_details_pane, CFOIL, DETAILS_PANE, AdwBin)

GtkWidget *cfoil_details_pane_new (void);

/* WORKSPACE (nullable) */
void cfoil_details_pane_set_workspace (CfoilDetailsPane *self,
                                       CfoilWorkspace   *workspace);

/* Of the row TXN_ID in the workspace's mirror; 0: nothing. */
void cfoil_details_pane_set_transaction (CfoilDetailsPane *self,
                                         gint64            txn_id);
gint64 cfoil_details_pane_get_transaction (CfoilDetailsPane *self);

G_END_DECLS
