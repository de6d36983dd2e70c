/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-merchant.h"

typedef enum {
  CFOIL_SIM_REPORT_SETTLEMENT,
  CFOIL_SIM_REPORT_SANDBOX_SETTLEMENT,
  CFOIL_SIM_REPORT_ORDER_REFERENCE,
  CFOIL_SIM_REPORT_BILLING_AGREEMENT,
  CFOIL_SIM_REPORT_AUTHORIZATION,
  CFOIL_SIM_REPORT_CAPTURE,
  CFOIL_SIM_REPORT_REFUND,
  CFOIL_SIM_REPORT_MULTI_CURRENCY,
  CFOIL_SIM_N_REPORT_TYPES
} CfoilSimReportType;

extern const char *const cfoil_sim_report_columns[CFOIL_SIM_N_REPORT_TYPES][22];

const char *cfoil_sim_report_type_name  (CfoilSimReportType type);
gboolean    cfoil_sim_report_type_parse (const char *name, CfoilSimReportType *type);
gboolean    cfoil_sim_line_in_document  (const CfoilSimMerchant *merchant,
                                         const CfoilSimLine     *line,
                                         guint                   settlement,
                                         gint64                  start,
                                         gint64                  end);
GBytes     *cfoil_sim_document_build    (const CfoilSimMerchant *merchant,
                                         CfoilSimReportType      type,
                                         guint                   settlement,
                                         gint64                  start,
                                         gint64                  end,
                                         guint                  *rows);
