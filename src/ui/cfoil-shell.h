/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"
#include "cfoil-view-item.h"

G_BEGIN_DECLS

/* Sidebar beside content, or one of them at a time in a narrow window.  The only
 * place that knows with which widget of libadwaita that is done.
 *
 * Properties: visible-page (CfoilPage), badge (a word beside the title: the
 * environment; NULL: none).  ::view-activated (CfoilViewItem) when somebody chose a
 * saved view. */
#define CFOIL_TYPE_SHELL (cfoil_shell_get_type ())
G_DECLARE_FINAL_TYPE (CfoilShell, cfoil_shell, CFOIL, SHELL, AdwBin)

/* In the order of the sidebar. */
void cfoil_shell_add_page (CfoilShell *self,
                           CfoilPage  *page);
CfoilPage *cfoil_shell_find_page (CfoilShell *self,
                                  const char *name);
/* The N-th page of all, from 0; NULL if there are fewer. */
CfoilPage *cfoil_shell_get_page (CfoilShell *self,
                                 guint       n);
/* The N-th page that is offered, from 0; NULL if there are fewer. */
CfoilPage *cfoil_shell_get_nth_page (CfoilShell *self,
                                     guint       n);

CfoilPage *cfoil_shell_get_visible_page (CfoilShell *self);
void cfoil_shell_set_visible_page (CfoilShell *self,
                                   CfoilPage  *page);

/* The saved views below the pages: a list of CfoilViewItem, the user's own behind the
 * shipped ones.  PAGE is the page that shows them. */
void cfoil_shell_set_views (CfoilShell *self,
                            CfoilPage  *page,
                            GListModel *views);
/* The one that PAGE shows, NULL: none. */
void cfoil_shell_set_current_view (CfoilShell    *self,
                                   CfoilViewItem *item);

void cfoil_shell_set_badge (CfoilShell *self,
                            const char *badge);
/* Says that nothing of this is real. */
void cfoil_shell_set_demo (CfoilShell *self,
                           gboolean    is_demo);
void cfoil_shell_open_menu (CfoilShell *self);

/* What runs, beside the pages; TEXT NULL: nothing.  FRACTION < 0: not known. */
void cfoil_shell_set_busy (CfoilShell *self,
                           const char *text,
                           double      fraction);

G_END_DECLS
