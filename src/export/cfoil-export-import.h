/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Imports an export of ours.  It is no provider's word, so no row is made of it:
 *
 * - What is the merchant's own (note, tags, reviewed) is put back, for rows that the
 *   mirror has and for those that may come again.
 * - Every other value is read back exactly and held against the mirror; what is not
 *   the same is told, row by row and column by column. */
typedef struct
{
  const char *path;
  /* (nullable): of rows, where the file does not say it itself. */
  const char *provider;
  const char *environment;
  /* What the file says of note, tags and reviewed goes before what the mirror says;
   * FALSE: it is put only where the mirror says nothing, and else told. */
  gboolean replaces;
} CfoilExportImportOptions;

typedef struct
{
  guint64 n_rows;      /* of the file */
  guint64 n_equal;     /* that the mirror has with the same values */
  guint64 n_different; /* that it has with other values */
  guint64 n_missing;   /* that it does not have */
  guint64 n_values;    /* that were held against the mirror */
  guint n_restored;    /* rows whose note, tags or reviewed were put back */
} CfoilExportImportResult;

/* A value that is not the mirror's; both as the file would have them.  On the job's
 * own thread. */
typedef struct
{
  guint64 line_number;
  const char *transaction_id;
  const char *column;
  const char *in_file;
  const char *in_mirror;
} CfoilExportDifference;
typedef void (*CfoilExportDifferenceFunc) (const CfoilExportDifference *difference,
                                           gpointer                     user_data);

/* Blocks.  Differences are no error.  CFOIL_INPUT_ERROR_UNKNOWN: the file is no export
 * of ours; _MISSING: it does not say of which provider it is, nor do the options; other
 * codes: it is damaged, and nothing was put back. */
gboolean cfoil_export_import_sync (CfoilMirror                    *mirror,
                                   const CfoilExportImportOptions *options,
                                   CfoilExportDifferenceFunc       func,
                                   gpointer                        user_data,
                                   GCancellable                   *cancellable,
                                   CfoilExportImportResult        *result,
                                   GError                        **error);

G_END_DECLS
