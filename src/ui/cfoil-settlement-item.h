/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-proof.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A settlement in a list: its proof.  ::changed: it has another one now. */
#define CFOIL_TYPE_SETTLEMENT_ITEM (cfoil_settlement_item_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementItem, cfoil_settlement_item, CFOIL, SETTLEMENT_ITEM, GObject)

/* What the bank's statements say of its payout. */
typedef enum
{
  CFOIL_SETTLEMENT_BANK_UNKNOWN, /* no statement is of those days, or nothing was paid out */
  CFOIL_SETTLEMENT_BANK_MATCHED,
  CFOIL_SETTLEMENT_BANK_DIFFERS,
  CFOIL_SETTLEMENT_BANK_MISSING,
} CfoilSettlementBank;

/* Takes PROOF. */
CfoilSettlementItem *cfoil_settlement_item_new (CfoilProof *proof);
const CfoilProof *cfoil_settlement_item_get_proof (CfoilSettlementItem *self);
/* Before it is shown.  DIFFERENCE_MINOR: by how much more the bank has. */
void cfoil_settlement_item_set_bank (CfoilSettlementItem *self,
                                     CfoilSettlementBank  bank,
                                     gint64               difference_minor);
void cfoil_settlement_item_take_over_bank (CfoilSettlementItem *self,
                                           CfoilSettlementItem *other);
CfoilSettlementBank cfoil_settlement_item_get_bank (CfoilSettlementItem *self);
/* "Arrived"; NULL: nothing is known.  Free it. */
char *cfoil_settlement_item_dup_bank (CfoilSettlementItem *self);
const char *cfoil_settlement_item_get_bank_css_class (CfoilSettlementItem *self);
/* Whether both are of the same settlement and currency. */
gboolean cfoil_settlement_item_is_same (CfoilSettlementItem *self,
                                        CfoilSettlementItem *other);

/* Takes the proof of OTHER, which is the same settlement and of no use any more, and what the
 * bank says of it; FALSE: nothing that is shown of them differs, and both stay as they are. */
gboolean cfoil_settlement_item_update (CfoilSettlementItem *self,
                                       CfoilSettlementItem *other);

/* "3 – 4 Nov 2026"; what nobody said of it is left out.  Free it. */
char *cfoil_settlement_item_dup_period (CfoilSettlementItem *self,
                                        GTimeZone           *zone);
/* "$12.00"; "—" for what nobody has said.  Free it. */
char *cfoil_settlement_item_dup_amount (CfoilSettlementItem *self,
                                        gint64               minor);
/* AMOUNT so that its sign stays on its side where text runs the other way.  Free it. */
char *cfoil_settlement_item_isolate (const char *amount);
/* How it is shown: an icon, a style, and words. */
const char *cfoil_settlement_item_get_icon_name (CfoilSettlementItem *self);
const char *cfoil_settlement_item_get_css_class (CfoilSettlementItem *self);
const char *cfoil_settlement_item_get_state_title (CfoilSettlementItem *self);

G_END_DECLS
