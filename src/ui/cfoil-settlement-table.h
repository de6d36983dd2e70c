/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-table.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A CfoilTable of any length on the screen, with rows that open what is behind them.
 * ::show-rows (const char *query). */
#define CFOIL_TYPE_SETTLEMENT_TABLE (cfoil_settlement_table_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementTable, cfoil_settlement_table, CFOIL, SETTLEMENT_TABLE, AdwBin)

GtkWidget *cfoil_settlement_table_new (void);
void cfoil_settlement_table_set_table (CfoilSettlementTable *self,
                                       CfoilTable           *table, /* (nullable) */
                                       GTimeZone            *zone);
/* Puts the focus on the row, and shows it. */
void cfoil_settlement_table_select (CfoilSettlementTable *self,
                                    guint                 row);

G_END_DECLS
