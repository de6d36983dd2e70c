/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-json.h"
#include "simulator-merchant.h"

void cfoil_sim_write_charge       (JsonBuilder *json, const CfoilSimMerchant *merchant, const CfoilSimCharge *charge);
void cfoil_sim_write_permission   (JsonBuilder *json, const CfoilSimMerchant *merchant, const CfoilSimPermission *permission);
void cfoil_sim_write_refund       (JsonBuilder *json, const CfoilSimMerchant *merchant, const CfoilSimRefund *refund);
void cfoil_sim_cancel_open_charge (CfoilSimMerchant *merchant, CfoilSimCharge *charge, gint64 now, guint reason);
