/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-merchant.h"

void   cfoil_sim_generate          (CfoilSimMerchant *merchant);
void   cfoil_sim_generate_times    (CfoilSimMerchant *merchant, CfoilSimRandom *random, gint64 *times, guint n);
void   cfoil_sim_generate_disputes (CfoilSimMerchant *merchant);
gint64 cfoil_sim_charge_captured_at (const CfoilSimCharge *charge);
