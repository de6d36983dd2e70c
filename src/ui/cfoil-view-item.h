/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-saved-view.h"

G_BEGIN_DECLS

/* A saved view in the sidebar.  It stays the same object for as long as the view is
 * there, whatever is changed of it.  Main thread.
 *
 * Properties: title (as shown), edited (gboolean: what is shown is not what the view
 * says). */
#define CFOIL_TYPE_VIEW_ITEM (cfoil_view_item_get_type ())
G_DECLARE_FINAL_TYPE (CfoilViewItem, cfoil_view_item, CFOIL, VIEW_ITEM, GObject)

/* Copies VIEW. */
CfoilViewItem *cfoil_view_item_new (const CfoilSavedView *view);

/* Borrowed until the next change.  view_id 0 of the user's own: not stored yet. */
const CfoilSavedView *cfoil_view_item_get_view (CfoilViewItem *self);
void cfoil_view_item_set_view (CfoilViewItem        *self,
                               const CfoilSavedView *view);

const char *cfoil_view_item_get_title (CfoilViewItem *self);
/* TRUE for the user's own, FALSE for the shipped ones. */
gboolean cfoil_view_item_is_own (CfoilViewItem *self);

gboolean cfoil_view_item_get_edited (CfoilViewItem *self);
void cfoil_view_item_set_edited (CfoilViewItem *self,
                                 gboolean       is_edited);

G_END_DECLS
