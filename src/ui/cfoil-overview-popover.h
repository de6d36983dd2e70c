/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A popover around CHILD in which the program's keys, Ctrl+2 for instance, still count: it
 * goes, and what the key stands for happens. */
GtkWidget *cfoil_overview_popover_new (GtkWidget *child);

/* --- "How is this computed?" --- the same beside each figure and table */

/* Wraps; what it says is set later.  CSS_CLASS: "body", "numeric" … */
GtkLabel *cfoil_overview_info_add_text (GtkBox     *content,
                                        const char *css_class);
/* A round button that opens CONTENT (taken) below a heading. */
GtkMenuButton *cfoil_overview_info_new (GtkBox *content);
/* For who cannot see it: of what (translated). */
void cfoil_overview_info_set_subject (GtkMenuButton *info,
                                      const char    *subject);

G_END_DECLS
