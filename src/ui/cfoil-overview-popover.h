/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A popover around CHILD in which the program's keys, Ctrl+2 for instance, still count: it
 * goes, and what the key stands for happens. */
GtkWidget *cfoil_overview_popover_new (GtkWidget *child);

G_END_DECLS
