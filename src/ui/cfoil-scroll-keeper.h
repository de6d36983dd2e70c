/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-record-model.h"

G_BEGIN_DECLS

/* Keeps the row at the top of the view, and the row with the focus, where they
 * are while rows come and go around them.  A list that stands at its very top with
 * nothing chosen follows what is new; another query starts at the top. */
#define CFOIL_TYPE_SCROLL_KEEPER (cfoil_scroll_keeper_get_type ())
G_DECLARE_FINAL_TYPE (CfoilScrollKeeper, cfoil_scroll_keeper, CFOIL, SCROLL_KEEPER, GObject)

CfoilScrollKeeper *cfoil_scroll_keeper_new (GtkColumnView     *view,
                                            CfoilRecordModel  *model,
                                            GtkSelectionModel *selection);

/* The row at a point of the view; FALSE: none. */
gboolean cfoil_scroll_keeper_find_position (CfoilScrollKeeper *self,
                                            double             x,
                                            double             y,
                                            guint             *position);

/* Moves the focus to a row that is in sight: the first of those that are selected, or
 * else of all.  GTK would take the row that had it last, wherever that is. */
void cfoil_scroll_keeper_grab_focus (CfoilScrollKeeper *self);

/* The row that has the focus; FALSE: none. */
gboolean cfoil_scroll_keeper_find_focus (CfoilScrollKeeper *self,
                                         guint             *position);

G_END_DECLS
