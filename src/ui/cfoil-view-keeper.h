/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-transactions-page.h"
#include "cfoil-views.h"

G_BEGIN_DECLS

/* Knows which saved view the page of transactions shows, and keeps how the columns of
 * each stand: order, width, visibility, sort and density, soon after they were
 * changed.  The query of a view stays what it is until it is saved; while the page's
 * is another one, the view is edited.  Main thread.
 *
 * Properties: current (CfoilViewItem, NULL: none as yet), edited (gboolean). */
#define CFOIL_TYPE_VIEW_KEEPER (cfoil_view_keeper_get_type ())
G_DECLARE_FINAL_TYPE (CfoilViewKeeper, cfoil_view_keeper, CFOIL, VIEW_KEEPER, GObject)

CfoilViewKeeper *cfoil_view_keeper_new (CfoilViews            *views,
                                        CfoilTransactionsPage *page);

CfoilViewItem *cfoil_view_keeper_get_current (CfoilViewKeeper *self); /* (nullable) */
gboolean cfoil_view_keeper_get_edited (CfoilViewKeeper *self);

/* What the page shows now.  Free it. */
CfoilSavedView *cfoil_view_keeper_dup_shown (CfoilViewKeeper *self);

/* The page shows ITEM as it was saved. */
void cfoil_view_keeper_show (CfoilViewKeeper *self,
                             CfoilViewItem   *item);

/* The page shows what QUERY finds, of all there is: the first view, edited. */
void cfoil_view_keeper_show_query (CfoilViewKeeper *self,
                                   const char      *query);

/* What the page shows becomes a new view NAME, which is the current one then. */
void cfoil_view_keeper_save_as (CfoilViewKeeper *self,
                                const char      *name);
/* What the page shows becomes the current view, which is the user's own. */
void cfoil_view_keeper_update (CfoilViewKeeper *self);

/* Keeps at once what was to be kept soon. */
void cfoil_view_keeper_flush (CfoilViewKeeper *self);

G_END_DECLS
