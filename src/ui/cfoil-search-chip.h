/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One term of a query in plain words, with a button that takes it out.
 *
 * ::edit - pressed
 * ::remove - the other button, or Delete */
#define CFOIL_TYPE_SEARCH_CHIP (cfoil_search_chip_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchChip, cfoil_search_chip, CFOIL, SEARCH_CHIP, GtkWidget)

GtkWidget *cfoil_search_chip_new (void);

/* INDEX is the term's in its query. */
void cfoil_search_chip_set_term (CfoilSearchChip *self,
                                 const CfoilTerm *term,
                                 guint            index);
guint cfoil_search_chip_get_index (CfoilSearchChip *self);

G_END_DECLS
