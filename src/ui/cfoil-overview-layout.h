/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lays out the one child of a widget that is scrolled up and down.  (transfer full) */
GtkLayoutManager *cfoil_overview_layout_new (void);

G_END_DECLS
