/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-atomic-file.h"
#include "cfoil-export-columns.h"

G_BEGIN_DECLS

/* What was exported adds up to this, per currency. */
typedef struct _CfoilExportTotals CfoilExportTotals;

CfoilExportTotals *cfoil_export_totals_new (void);
void cfoil_export_totals_free (CfoilExportTotals *self);
/* MINOR CFOIL_UNKNOWN counts a row without an amount. */
gboolean cfoil_export_totals_add (CfoilExportTotals *self,
                                  const char        *currency,
                                  gint64             minor,
                                  GError           **error);

/* The manifest's JSON: what the file is, what it adds up to, what is missing.  The
 * same for the same export: it carries no time of its own. */
char *cfoil_export_manifest_build (CfoilDatabase               *reader,
                                   const CfoilExportOptions    *options,
                                   const CfoilExportDefinition *definition,
                                   const char                  *zone_name,
                                   CfoilExportTotals           *totals,
                                   const CfoilExportResult     *result,
                                   GError                     **error);
/* The file PATH.manifest.json, to be written and committed. */
CfoilAtomicFile *cfoil_export_manifest_open (const char *path,
                                             gboolean    overwrite,
                                             GError    **error);

G_END_DECLS
