/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context-provider-reports.h"

G_BEGIN_DECLS

/* What the provider's types of report are called, for a reader's thread: each account is asked
 * for once, and nobody on the network. */
typedef struct _CfoilReportTitles CfoilReportTitles;

CfoilReportTitles *cfoil_report_titles_new (CfoilContext *context);
void cfoil_report_titles_free (CfoilReportTitles *self);

/* Translated; NULL: not known.  Lives as long as SELF. */
const char *cfoil_report_titles_find (CfoilReportTitles *self,
                                      const char        *account,
                                      const char        *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilReportTitles, cfoil_report_titles_free)

G_END_DECLS
