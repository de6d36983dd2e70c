/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"

G_BEGIN_DECLS

/* Settlements and the proof of each: a list, and what is chosen beside it or, where there is
 * no room, in its place; and payments that were captured and not settled.
 *
 * Actions: settlements.export, settlements.print, settlements.close-period, settlements.back;
 * those of the pane. */
#define CFOIL_TYPE_SETTLEMENTS_PAGE (cfoil_settlements_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementsPage, cfoil_settlements_page, CFOIL, SETTLEMENTS_PAGE, CfoilPage)

/* Shows that settlement with its proof, or with "" all that differ. */
void cfoil_settlements_page_show (CfoilSettlementsPage *self,
                                  const char           *settlement_id);

G_END_DECLS
