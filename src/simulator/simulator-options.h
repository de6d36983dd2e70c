/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-merchant.h"

#include <gio/gio.h>

/* What both commands understand. */
typedef struct {
  char *seed;
  int transactions;
  int days;
  char *until;
  char *region;
  gboolean returned_payouts;
} CfoilSimCommonOptions;

#define CFOIL_SIM_COMMON_OPTIONS(common) \
  { "seed", 0, 0, G_OPTION_ARG_STRING, &(common).seed, "Seed of the merchant (default 7)", "N" }, \
  { "transactions", 0, 0, G_OPTION_ARG_INT, &(common).transactions, "How many charges or rows (default 2000)", "N" }, \
  { "days", 0, 0, G_OPTION_ARG_INT, &(common).days, "Length of the history in days (default 90)", "N" }, \
  { "until", 0, 0, G_OPTION_ARG_STRING, &(common).until, "End of the history: a UTC date, a UTC time or \"now\" (default today)", "DATE" }, \
  { "region", 0, 0, G_OPTION_ARG_STRING, &(common).region, "na, eu or jp (default na)", "REGION" }, \
  { "returned-payouts", 0, 0, G_OPTION_ARG_NONE, &(common).returned_payouts, "Banks return some payouts, which are paid again", NULL }

gboolean cfoil_sim_options_parse        (GOptionEntry *entries, const char *summary, int *argc, char ***argv, GError **error);
gboolean cfoil_sim_common_options_apply (const CfoilSimCommonOptions *common, CfoilSimOptions *options, GError **error);
void     cfoil_sim_common_options_clear (CfoilSimCommonOptions *common);
gboolean cfoil_sim_usage_error          (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

int cfoil_sim_command_serve  (int argc, char **argv);
int cfoil_sim_command_report (int argc, char **argv);
int cfoil_sim_exit_usage     (const GError *error, const char *command);
