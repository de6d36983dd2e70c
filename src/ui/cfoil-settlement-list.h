/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-settlement-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Settlements, one row each: all columns where there is room, else two lines.
 * ::selected (CfoilSettlementItem or NULL), ::activated (CfoilSettlementItem). */
#define CFOIL_TYPE_SETTLEMENT_LIST (cfoil_settlement_list_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementList, cfoil_settlement_list, CFOIL, SETTLEMENT_LIST, AdwBin)

typedef enum
{
  CFOIL_SETTLEMENTS_ALL,
  CFOIL_SETTLEMENTS_WRONG,
  CFOIL_SETTLEMENTS_OPEN,
  CFOIL_SETTLEMENTS_BANK, /* did not arrive as they were paid out */
} CfoilSettlementsShown;

/* (element-type CfoilSettlementItem), newest first.  What was selected by a person stays so if it
 * is still there, else the newest is.  Items that the list has already take over what is in the
 * new ones, which are of no use then. */
void cfoil_settlement_list_set_items (CfoilSettlementList *self,
                                      GPtrArray           *items,
                                      GTimeZone           *zone);
void cfoil_settlement_list_set_shown (CfoilSettlementList  *self,
                                      CfoilSettlementsShown shown);
/* What to say where none is shown; TITLE: its heading. */
const char *cfoil_settlement_list_describe_nothing (CfoilSettlementList *self,
                                                    const char         **title);
/* Those that are shown. */
guint cfoil_settlement_list_get_n_items (CfoilSettlementList *self);
/* Newest first; free the array.  (element-type CfoilProof) (borrowed) */
GPtrArray *cfoil_settlement_list_get_proofs (CfoilSettlementList *self);
/* Selects it; FALSE: it is not among those that are shown. */
gboolean cfoil_settlement_list_select (CfoilSettlementList *self,
                                       const char          *settlement_id);
/* Clicks open at once where nothing else shows the row. */
void cfoil_settlement_list_set_opens_at_once (CfoilSettlementList *self,
                                              gboolean             opens_at_once);
void cfoil_settlement_list_focus (CfoilSettlementList *self);

G_END_DECLS
