/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-view-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A saved view's row in the sidebar.
 *
 * Of the user's own, its actions (menu, F2, Delete, Alt with Up and Down, dragging) are
 * those of the window, which get the name: win.rename-view (s), win.delete-view (s),
 * win.move-view (si: by so many places), win.move-view-to (ss: where that one is). */
#define CFOIL_TYPE_VIEW_ROW (cfoil_view_row_get_type ())
G_DECLARE_FINAL_TYPE (CfoilViewRow, cfoil_view_row, CFOIL, VIEW_ROW, GtkListBoxRow)

CfoilViewRow *cfoil_view_row_new (CfoilViewItem *item);
CfoilViewItem *cfoil_view_row_get_item (CfoilViewRow *self);

/* Where it can be moved. */
void cfoil_view_row_set_movable (CfoilViewRow *self,
                                 gboolean      up,
                                 gboolean      down);

G_END_DECLS
