/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-cli.h"
#include "cfoil-context-provider-reports.h"

G_BEGIN_DECLS

/* The words of "provider-reports" about schedules. */
int cfoil_provider_schedules (CfoilCli *cli,
                              char    **argv);
int cfoil_provider_schedule (CfoilCli *cli,
                             char    **argv);
int cfoil_provider_unschedule (CfoilCli *cli,
                               char    **argv);

/* The account of NAME (nullable): the only one there is. */
CfoilAccount *cfoil_provider_find_account (CfoilContext *context,
                                           const char   *name,
                                           GError      **error);

/* Says what became of something that was asked for: DONE is said if it is known.  With JSON
 * {"id", "state", "waiting"}. */
int cfoil_provider_print_asked (CfoilCli         *cli,
                                const CfoilAsked *asked,
                                const char       *state,
                                const char       *done);

G_END_DECLS
