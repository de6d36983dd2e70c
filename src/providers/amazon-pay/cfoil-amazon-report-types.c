/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-types.h"

#include "cfoil-amazon-pull.h"

#include <glib/gi18n.h>
#include <string.h>

#define TYPE(name) "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_" name "_DATA_"

static const char *const frequencies[] = {
  "PT5M", "PT15M", "PT30M", "PT1H", "PT2H", "PT4H", "PT8H", "PT12H", "PT24H", "P1D", "P2D", "P3D",
  "PT84H", "P7D", "P14D", "P15D", "P18D", "P30D", NULL
};

#define MADE_ON_DEMAND .can_request = TRUE, .needs_period = TRUE, .max_days = CFOIL_AMAZON_PAGE_DAYS
#define MADE_ALWAYS .available_from_us = CFOIL_UNKNOWN, .available_until_us = CFOIL_UNKNOWN
#define SCHEDULED .frequencies = frequencies

static const CfoilReportType live_types[] = {
  { TYPE ("SETTLEMENT"), "settlement", N_ ("Settlement reports"), "settlement-reports", MADE_ALWAYS },
  { TYPE ("ORDER_REFERENCE"), "order-reference", N_ ("Order reports"), "order-reference-reports", MADE_ON_DEMAND, MADE_ALWAYS, SCHEDULED },
  { TYPE ("BILLING_AGREEMENT"), "billing-agreement", N_ ("Subscription reports"), "billing-agreement-reports", MADE_ON_DEMAND, MADE_ALWAYS, SCHEDULED },
  { TYPE ("AUTHORIZATION"), "authorization", N_ ("Authorization reports"), "authorization-reports", MADE_ON_DEMAND, MADE_ALWAYS, SCHEDULED },
  { TYPE ("CAPTURE"), "capture", N_ ("Capture reports"), "capture-reports", MADE_ON_DEMAND, MADE_ALWAYS, SCHEDULED },
  { TYPE ("REFUND"), "refund", N_ ("Refund reports"), "refund-reports", MADE_ON_DEMAND, MADE_ALWAYS, SCHEDULED },
};

static const CfoilReportType sandbox_type = {
  TYPE ("SANDBOX_SETTLEMENT"), "settlement", N_ ("Settlement reports"), "settlement-reports", MADE_ON_DEMAND, MADE_ALWAYS, SCHEDULED
};

static const CfoilReportType currency_type = {
  CFOIL_AMAZON_CURRENCY_REPORTS, "multi-currency", N_ ("Multi-currency reports"), "imports", MADE_ON_DEMAND, MADE_ALWAYS
};

GPtrArray *
cfoil_amazon_report_types_list (gboolean is_sandbox,
                                gboolean is_europe)
{
  GPtrArray *list = g_ptr_array_new ();

  if (is_sandbox)
    {
      g_ptr_array_add (list, (gpointer) &sandbox_type);
      return list;
    }
  for (guint i = 0; i < G_N_ELEMENTS (live_types); i++)
    g_ptr_array_add (list, (gpointer) &live_types[i]);
  if (is_europe)
    g_ptr_array_add (list, (gpointer) &currency_type);
  return list;
}

const char *
cfoil_amazon_report_type_get_feed (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (live_types); i++)
    if (strcmp (live_types[i].type, type) == 0)
      return live_types[i].feed;
  if (strcmp (currency_type.type, type) == 0)
    return currency_type.feed;
  return strcmp (sandbox_type.type, type) == 0 ? sandbox_type.feed : NULL;
}
