/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be asked for, to choose from.
 *
 * ::field (guint field), ::property (guint is) - chosen */
#define CFOIL_TYPE_SEARCH_MENU (cfoil_search_menu_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchMenu, cfoil_search_menu, CFOIL, SEARCH_MENU, GtkPopover)

G_END_DECLS
