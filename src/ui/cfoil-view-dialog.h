/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-views.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Called once with the name that was chosen, without space around it; not called when
 * none was. */
typedef void (*CfoilViewNamedFunc) (const char *name,
                                    gpointer    user_data);

/* Asks for the name of a view, in a dialog over PARENT that takes no name that cannot
 * be used.  SUGGESTION is what stands there at first.  ITEM (nullable) is the one that
 * is renamed.  DESTROY (nullable) is called for USER_DATA in the end. */
void cfoil_view_dialog_ask (GtkWindow          *parent,
                            CfoilViews         *views,
                            CfoilViewItem      *item,
                            const char         *suggestion,
                            CfoilViewNamedFunc  func,
                            gpointer            user_data,
                            GDestroyNotify      destroy);

/* A name for a view of QUERY: the query itself, as far as it is one and nothing else
 * is called so.  OTHERWISE (nullable) is for an empty one. */
char *cfoil_view_dialog_dup_suggestion (CfoilViews *views,
                                        const char *query,
                                        const char *otherwise);

G_END_DECLS
