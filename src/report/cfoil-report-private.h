/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-table.h"

G_BEGIN_DECLS

/* Where machines find a row's currency: before this column of TABLE, in a column of its own;
 * G_MAXUINT: nowhere, as there is no money or a column for it already. */
guint cfoil_report_currency_place (const CfoilTable *table);
/* That of the first amount in ROW; NULL: there is none. */
const char *cfoil_report_row_currency (const CfoilTable *table,
                                       guint             row);

G_END_DECLS
