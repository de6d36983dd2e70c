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
/* Where it is scrolled to its top: the first row gets the focus. */
void cfoil_settlement_columns_focus_top (GtkWidget *view);
GtkListItemFactory *cfoil_settlement_rows_new (GTimeZone *zone);

G_END_DECLS
