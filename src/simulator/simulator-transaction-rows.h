/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-documents.h"
#include "simulator-report-writer.h"

guint cfoil_sim_write_transactions (CfoilSimWriter         *writer,
                                    const CfoilSimMerchant *merchant,
                                    CfoilSimReportType      type,
                                    gint64                  start,
                                    gint64                  end);
