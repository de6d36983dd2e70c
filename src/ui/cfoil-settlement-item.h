/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-proof.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A settlement in a list: its proof, immutable. */
#define CFOIL_TYPE_SETTLEMENT_ITEM (cfoil_settlement_item_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementItem, cfoil_settlement_item, CFOIL, SETTLEMENT_ITEM, GObject)

/* Takes PROOF. */
CfoilSettlementItem *cfoil_settlement_item_new (CfoilProof *proof);
const CfoilProof *cfoil_settlement_item_get_proof (CfoilSettlementItem *self);
/* Whether both are of the same settlement and currency. */
gboolean cfoil_settlement_item_is_same (CfoilSettlementItem *self,
                                        CfoilSettlementItem *other);

/* Whether nothing that a list shows of them differs. */
gboolean cfoil_settlement_item_is_equal (CfoilSettlementItem *self,
                                         CfoilSettlementItem *other);

/* "3 – 4 Nov 2026"; what nobody said of it is left out.  Free it. */
char *cfoil_settlement_item_dup_period (CfoilSettlementItem *self,
                                        GTimeZone           *zone);
/* "$12.00"; "—" for what nobody has said.  Free it. */
char *cfoil_settlement_item_dup_amount (CfoilSettlementItem *self,
                                        gint64               minor);
/* How it is shown: an icon, a style, and words. */
const char *cfoil_settlement_item_get_icon_name (CfoilSettlementItem *self);
const char *cfoil_settlement_item_get_css_class (CfoilSettlementItem *self);
const char *cfoil_settlement_item_get_state_title (CfoilSettlementItem *self);

G_END_DECLS
