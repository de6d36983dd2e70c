/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-service.h"

gboolean cfoil_sim_control_totals     (CfoilSimCall *call);
gboolean cfoil_sim_control_disputes   (CfoilSimCall *call);
gboolean cfoil_sim_control_state      (CfoilSimCall *call);
gboolean cfoil_sim_control_requests   (CfoilSimCall *call);
gboolean cfoil_sim_control_evidence   (CfoilSimCall *call);
gboolean cfoil_sim_control_reports    (CfoilSimCall *call);
gboolean cfoil_sim_control_report     (CfoilSimCall *call);
gboolean cfoil_sim_control_schedule   (CfoilSimCall *call);
void     cfoil_sim_write_notification (CfoilSimCall *call, const char *type, const char *object_id, const char *permission_id);
