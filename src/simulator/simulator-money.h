/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum {
  CFOIL_SIM_USD,
  CFOIL_SIM_EUR,
  CFOIL_SIM_GBP,
  CFOIL_SIM_JPY,
  CFOIL_SIM_N_CURRENCIES
} CfoilSimCurrency;

/* Room for every 64-bit amount with sign and decimal point. */
#define CFOIL_SIM_AMOUNT_SIZE 24

const char *cfoil_sim_currency_code     (CfoilSimCurrency currency);
gboolean    cfoil_sim_currency_parse    (const char *code, CfoilSimCurrency *currency);
gsize       cfoil_sim_money_write       (char *to, gint64 minor, CfoilSimCurrency currency);
char       *cfoil_sim_money_format      (gint64 minor, CfoilSimCurrency currency);
gboolean    cfoil_sim_money_parse       (const char *text, CfoilSimCurrency currency, gint64 *minor);
gint64      cfoil_sim_money_basis_points (gint64 minor, int basis_points);
gint64      cfoil_sim_money_maximum     (CfoilSimCurrency currency);
