/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-report.h"

G_BEGIN_DECLS

/* Saved definitions of reports, by name; names are unique without regard to case, and none is
 * the name or the title of a report that the program has itself.  Blocking, for a worker
 * thread; the writing ones are one transaction each, wait for whoever writes just now and give
 * up with G_IO_ERROR_BUSY. */

/* In the order of names. (element-type CfoilReportDefinition) */
GPtrArray *cfoil_report_store_list (CfoilDatabase *database,
                                    GError       **error);
/* G_IO_ERROR_NOT_FOUND. */
CfoilReportDefinition *cfoil_report_store_find (CfoilDatabase *database,
                                                const char    *name,
                                                GError       **error);

/* By ->name.  REPLACE FALSE: one that is there is G_IO_ERROR_EXISTS.  A name that cannot be one
 * is CFOIL_INPUT_ERROR, as in store/cfoil-saved-view.h, or CFOIL_INPUT_ERROR_TAKEN. */
gboolean cfoil_report_store_put (CfoilMirror                 *mirror,
                                 const CfoilReportDefinition *definition,
                                 gboolean                     replace,
                                 GError                     **error);
/* G_IO_ERROR_NOT_FOUND, G_IO_ERROR_EXISTS. */
gboolean cfoil_report_store_rename (CfoilMirror *mirror,
                                    const char  *name,
                                    const char  *new_name,
                                    GError     **error);
/* G_IO_ERROR_NOT_FOUND. */
gboolean cfoil_report_store_remove (CfoilMirror *mirror,
                                    const char  *name,
                                    GError     **error);

G_END_DECLS
