/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-details-line.h"
#include "cfoil-details.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* What each list of the panel of details says. (element-type CfoilLine)
 * (transfer full) */

/* Why it stands where it stands, and what is due by when. */
GPtrArray *cfoil_details_lines_status (CfoilDetails   *details,
                                       CfoilWorkspace *workspace);
GPtrArray *cfoil_details_lines_amounts (CfoilDetails   *details,
                                        CfoilWorkspace *workspace);
GPtrArray *cfoil_details_lines_timeline (CfoilDetails   *details,
                                         CfoilWorkspace *workspace);
GPtrArray *cfoil_details_lines_related (CfoilDetails   *details,
                                        CfoilWorkspace *workspace);
GPtrArray *cfoil_details_lines_buyer (CfoilDetails   *details,
                                      CfoilWorkspace *workspace);
GPtrArray *cfoil_details_lines_order (CfoilDetails   *details,
                                      CfoilWorkspace *workspace);
GPtrArray *cfoil_details_lines_ids (CfoilDetails   *details,
                                    CfoilWorkspace *workspace);

/* An amount in CURRENCY (nullable); NULL when it is not known.  Free it. */
char *cfoil_details_format_amount (gint64      minor,
                                   const char *currency);

G_END_DECLS
