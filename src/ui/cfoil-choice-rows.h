/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Gives the list of ROW, whose model has GtkStringObject, rows that have names for those
 * who do not see them: its own have none. */
void cfoil_choice_rows_name (AdwComboRow *row);

G_END_DECLS
