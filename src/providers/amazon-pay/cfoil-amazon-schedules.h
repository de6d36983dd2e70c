/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-amazon-pull.h"

G_BEGIN_DECLS

/* Schedules: the service keeps one of each type of report, whoever made it.  See
 * cfoil-provider.h. */
gboolean cfoil_amazon_list_schedules (CfoilAmazonRun *run,
                                      GError        **error);
gboolean cfoil_amazon_create_schedule (CfoilAmazonRun *run,
                                       const char     *type,
                                       const char     *frequency,
                                       gint64          next_us,
                                       const char     *replaced_id,
                                       char          **schedule_id,
                                       char          **existing_id,
                                       GError        **error);
gboolean cfoil_amazon_cancel_schedule (CfoilAmazonRun *run,
                                       const char     *schedule_id,
                                       GError        **error);

/* What was asked for and never answered. */
gboolean cfoil_amazon_resume_schedule (CfoilAmazonRun    *run,
                                       const CfoilAction *action,
                                       GError           **error);
gboolean cfoil_amazon_resume_cancellation (CfoilAmazonRun    *run,
                                           const CfoilAction *action,
                                           GError           **error);

G_END_DECLS
