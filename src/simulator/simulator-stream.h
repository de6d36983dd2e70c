/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-documents.h"

#include <stdio.h>

gboolean cfoil_sim_stream_report (FILE *file, CfoilSimReportType type, const CfoilSimOptions *options);
