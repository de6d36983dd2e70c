/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-view-item.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* The saved views of a workspace's mirror, a list of CfoilViewItem: the shipped ones,
 * then the user's own in their order.  Read on a reader's thread, again whenever the
 * mirror changes.
 *
 * What is asked for here is seen at once and written on a worker thread, one thing
 * after the other; the program does not end before it is.  If that fails, ::failed
 * (GError) tells and the list becomes what the mirror has.  ::loaded when the list is
 * that of the workspace for the first time.  Main thread. */
#define CFOIL_TYPE_VIEWS (cfoil_views_get_type ())
G_DECLARE_FINAL_TYPE (CfoilViews, cfoil_views, CFOIL, VIEWS, GObject)

CfoilViews *cfoil_views_new (void);

/* NULL: the list is empty. */
void cfoil_views_set_workspace (CfoilViews     *self,
                                CfoilWorkspace *workspace);
CfoilWorkspace *cfoil_views_get_workspace (CfoilViews *self); /* (nullable) */

/* By key, name or title; NULL: none.  Borrowed. */
CfoilViewItem *cfoil_views_find (CfoilViews *self,
                                 const char *name);
/* FALSE: it is not there (any more). */
gboolean cfoil_views_find_position (CfoilViews    *self,
                                    CfoilViewItem *item,
                                    guint         *position);
/* How many of the first ones are shipped. */
guint cfoil_views_get_n_shipped (CfoilViews *self);

/* Adds VIEW as the last of the user's own; borrowed. */
CfoilViewItem *cfoil_views_add (CfoilViews           *self,
                                const CfoilSavedView *view);
/* ITEM becomes VIEW, but for its id and key. */
void cfoil_views_change (CfoilViews           *self,
                         CfoilViewItem        *item,
                         const CfoilSavedView *view);
/* By DELTA places among the user's own, as far as there are any. */
void cfoil_views_move (CfoilViews    *self,
                       CfoilViewItem *item,
                       int            delta);
/* ITEM may be put back to POSITION (of the list) with the next function. */
void cfoil_views_remove (CfoilViews    *self,
                         CfoilViewItem *item);
void cfoil_views_restore (CfoilViews    *self,
                          CfoilViewItem *item,
                          guint          position);

G_END_DECLS
