/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-merchant.h"

typedef struct {
  const char *name;
  const char *prefix;
} CfoilSimShop;

typedef struct {
  char *id;
  char *name;
  char *email;
  char *phone;
  char *street;
  char *city;
  char *state;
  char *postal_code;
  const char *country;
  char *payment;
} CfoilSimBuyer;

#define CFOIL_SIM_N_SHOPS 4
#define CFOIL_SIM_N_FILING_REASONS 10

extern const char *const cfoil_sim_filing_reasons[CFOIL_SIM_N_FILING_REASONS];

const CfoilSimShop *cfoil_sim_shop          (CfoilSimRegion region, guint number);
gint64              cfoil_sim_basket_amount (CfoilSimRandom *random, CfoilSimCurrency currency);
const char         *cfoil_sim_product_name  (CfoilSimRandom *random);
CfoilSimBuyer      *cfoil_sim_buyer_new     (const CfoilSimOptions *options, guint number);
void                cfoil_sim_buyer_free    (CfoilSimBuyer *buyer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSimBuyer, cfoil_sim_buyer_free)
