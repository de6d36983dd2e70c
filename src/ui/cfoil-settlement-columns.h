/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-settlement-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of the wide list, and the rows of the narrow one. */
void cfoil_settlement_columns_add (GtkColumnView *view,
                                   GTimeZone     *zone);
/* Those that would say nothing, or the same of each of ITEMS, are out of sight. */
void cfoil_settlement_columns_fit (GtkColumnView *view,
                                   GPtrArray     *items);
/* VIEW: a column view or a list view. */
void cfoil_settlement_columns_scroll_to (GtkWidget *view,
                                         guint      row);
/* Left and Right go to the columns that are out of sight: only rows have the focus, never a cell. */
void cfoil_settlement_columns_add_keys (GtkWidget         *view,
                                        GtkScrolledWindow *scroller);
/* The row that is selected gets the focus, and keys go on from it; FALSE: there is none, or it has no
 * widget as yet (rows are made by the layout). */
gboolean cfoil_settlement_columns_focus_selected (GtkWidget *view);
GtkListItemFactory *cfoil_settlement_rows_new (GTimeZone *zone);

G_END_DECLS
