/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children one after the other, each as wide as it likes, in as many lines as it
 * takes. */
#define CFOIL_TYPE_SEARCH_FLOW (cfoil_search_flow_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchFlow, cfoil_search_flow, CFOIL, SEARCH_FLOW, GtkWidget)

void cfoil_search_flow_append (CfoilSearchFlow *self,
                               GtkWidget       *child);
void cfoil_search_flow_remove (CfoilSearchFlow *self,
                               GtkWidget       *child);

G_END_DECLS
