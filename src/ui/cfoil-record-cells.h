/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-field.h"

G_BEGIN_DECLS

/* What draws the cells of one column of the list, over CfoilRecordItem.  *ZONE is
 * read whenever a cell is drawn, and must live as long as the cells. */
GtkListItemFactory *cfoil_record_cells_new (CfoilField   field,
                                            GTimeZone  **zone);

/* Whether amounts and numbers stand in the column of FIELD: at its end. */
gboolean cfoil_record_cells_is_number (CfoilField field);

/* So many letters wide is a column of FIELD, unless somebody says otherwise, and so
 * many it is at least. */
guint cfoil_record_cells_n_chars (CfoilField field);
guint cfoil_record_cells_min_chars (CfoilField field);

/* The field of the cell that WIDGET (nullable) is or is in; FALSE: none. */
gboolean cfoil_record_cells_find_field (GtkWidget  *widget,
                                        CfoilField *field);

G_END_DECLS
