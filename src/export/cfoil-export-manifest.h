/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-atomic-file.h"
#include "cfoil-export-columns.h"

G_BEGIN_DECLS

/* What a table other than transactions adds up to, per currency. */
typedef struct _CfoilExportSums CfoilExportSums;

CfoilExportSums *cfoil_export_sums_new (void);
void cfoil_export_sums_free (CfoilExportSums *self);
/* MINOR CFOIL_UNKNOWN counts a row without an amount. */
gboolean cfoil_export_sums_add (CfoilExportSums *self,
                                const char      *currency,
                                gint64           minor,
                                GError         **error);

/* What the manifest tells beside options and result. */
typedef struct
{
  const GArray *columns;  /* (borrowed) (element-type CfoilExportColumn) */
  GTimeZone *zone;        /* (borrowed) */
  CfoilQuery *query;      /* (owned) (nullable): of transactions */
  gint64 now_us;          /* when the query was asked */
  GArray *totals;         /* (owned) (nullable) (element-type CfoilTotal): of transactions */
  CfoilExportSums *sums;  /* (owned) (nullable): of the other tables */
  const char *sum_name;   /* what they are sums of */
} CfoilExportManifest;

/* The manifest's JSON: what the file is, what it adds up to, what is missing.  The
 * same for the same export: it carries no time of its own, but the day in the zone for
 * queries whose answer depends on the day, and the second for those of this moment
 * (is:expiring). */
char *cfoil_export_manifest_build (const CfoilExportManifest *self,
                                   CfoilDatabase             *reader,
                                   const CfoilExportOptions  *options,
                                   const CfoilExportResult   *result,
                                   GError                   **error);
/* Frees what is in it. */
void cfoil_export_manifest_clear (CfoilExportManifest *self);

/* The file PATH.manifest.json, to be written and committed. */
CfoilAtomicFile *cfoil_export_manifest_open (const char *path,
                                             gboolean    overwrite,
                                             GError    **error);

G_END_DECLS
