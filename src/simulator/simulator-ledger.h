/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-merchant.h"

const char *cfoil_sim_line_type_name (guint type);
gint64      cfoil_sim_line_net       (const CfoilSimLine *line);

void cfoil_sim_fees_for_capture       (CfoilSimCurrency currency, gint64 amount, gboolean cross_border, gint64 *percentage, gint64 *fixed);
gint64 cfoil_sim_fee_for_dispute      (CfoilSimCurrency currency);

void cfoil_sim_ledger_post_capture    (CfoilSimMerchant *merchant, CfoilSimCharge *charge, gint64 at);
void cfoil_sim_ledger_post_refund     (CfoilSimMerchant *merchant, CfoilSimRandom *random, CfoilSimRefund *refund, gint64 at);
void cfoil_sim_ledger_post_unused     (CfoilSimMerchant *merchant, CfoilSimCharge *charge, gint64 at);
void cfoil_sim_ledger_post_chargeback (CfoilSimMerchant *merchant,
                                       CfoilSimRandom   *random,
                                       CfoilSimDispute  *dispute,
                                       gint64            at,
                                       gboolean          returned);
void cfoil_sim_ledger_post_dispute    (CfoilSimMerchant *merchant, CfoilSimDispute *dispute, gint64 at);
void cfoil_sim_ledger_write_history   (CfoilSimMerchant *merchant);

void cfoil_sim_settle_history         (CfoilSimMerchant *merchant);
CfoilSimSettlement *cfoil_sim_settle  (CfoilSimMerchant *merchant, CfoilSimCurrency currency, gint64 end, gboolean plain);
gboolean cfoil_sim_region_uses        (CfoilSimRegion region, CfoilSimCurrency currency);
