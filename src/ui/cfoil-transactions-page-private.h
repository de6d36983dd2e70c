/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-banner.h"
#include "cfoil-details-pane.h"
#include "cfoil-record-columns.h"
#include "cfoil-record-model.h"
#include "cfoil-record-selection.h"
#include "cfoil-scroll-keeper.h"
#include "cfoil-search-bar.h"
#include "cfoil-totals-bar.h"
#include "cfoil-transactions-page.h"

G_BEGIN_DECLS

struct _CfoilTransactionsPage
{
  CfoilPage parent_instance;

  CfoilSearchBar *search;
  CfoilBanner *error_banner;
  GtkWidget *list_side;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkPopoverMenu *menu;
  CfoilTotalsBar *totals;
  CfoilDetailsPane *details;

  CfoilRecordColumns *columns;     /* (owned) */
  CfoilRecordModel *model;         /* (owned) (nullable) */
  CfoilRecordSelection *selection; /* (owned) (nullable) */
  CfoilScrollKeeper *keeper;       /* (owned) (nullable) */
  GSignalGroup *workspace_signals; /* (owned) */
  GTimeZone *zone;                 /* (owned) */
  GCancellable *cancellable;       /* (owned): of what is read for this workspace */
  GCancellable *sum_cancellable;   /* (owned) (nullable): of the sums of the selection */
  CfoilSavedView *applied;         /* (owned): the view that was applied last */
  char *density;                   /* (owned) */
  gboolean is_applying;            /* a view */
  GdkSurface *surface;             /* (owned) (nullable): while it is in view */
  gulong layout_id;                /* of its handler */
  guint width_id;
  CfoilField field;                /* of the cell that was pointed at last */
};

void _cfoil_transactions_page_focus_list (CfoilTransactionsPage *self);

/* How much larger than usual the text is. */
double _cfoil_transactions_page_get_text_scale (CfoilTransactionsPage *self);

/* The row with the focus, or else the first that is selected; FALSE: none. */
gboolean _cfoil_transactions_page_find_row (CfoilTransactionsPage *self,
                                            guint                 *position);

/* Details. */
gboolean _cfoil_transactions_page_details_are_open (CfoilTransactionsPage *self);
void _cfoil_transactions_page_show_details (CfoilTransactionsPage *self,
                                            guint                  position);
void _cfoil_transactions_page_hide_details (CfoilTransactionsPage *self);
/* After the width has changed: in a narrow window they stand in the place of the list. */
void _cfoil_transactions_page_layout_details (CfoilTransactionsPage *self);
/* The transaction ID in their place; its row, too, if the list has it. */
void _cfoil_transactions_page_open_transaction (CfoilTransactionsPage *self,
                                                gint64                 id);

void _cfoil_transactions_page_install_actions (CfoilTransactionsPageClass *klass);
void _cfoil_transactions_page_pop_up_at (CfoilTransactionsPage *self,
                                         double                 x,
                                         double                 y);

G_END_DECLS
