/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank-match.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Entries of bank statements and payouts of some kinds, each with a menu that says which payout it is
 * ("bank.match", with the entry and the settlement, "": none).  Main thread. */
#define CFOIL_TYPE_BANK_LIST (cfoil_bank_list_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBankList, cfoil_bank_list, CFOIL, BANK_LIST, AdwBin)

/* Shows those of KINDS of PAIRS (element-type CfoilBankPair).  Of a kind of which there are LIMIT, there are more
 * ("bank.more"). */
void cfoil_bank_list_set_pairs (CfoilBankList *self,
                                GPtrArray     *pairs,
                                CfoilBankKinds kinds,
                                guint          limit);

G_END_DECLS
