/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"
#include "cfoil-scan.h"

G_BEGIN_DECLS

/* Queries answered row by row over the plain table: what cfoil_scan () has to come
 * to.  Shares with it the parser, the folding of texts, the days and the exponents
 * of currencies, and nothing else. */
typedef struct
{
  gint64 id;
  gint64 numbers[CFOIL_N_FIELDS]; /* of fields that are numbers; CFOIL_UNKNOWN */
  char *said[CFOIL_N_FIELDS];     /* (owned): of texts and of what stands for one, as it is kept; "": nothing */
  char *folded[CFOIL_N_FIELDS];   /* (owned): the same, folded */
} NaiveRow;

/* By id. (element-type NaiveRow) */
GArray *naive_read_rows (CfoilMirror *mirror);

gboolean naive_is_text (CfoilField field); /* a text, or shown as one */

CfoilScanResult *naive_scan (const GArray        *rows,
                             const CfoilQuery    *query,
                             const CfoilSort     *sort,
                             const CfoilScanTime *time);
/* Of the rows whose ids are IDS. */
GArray *naive_totals_of (const GArray *rows,
                         const gint64 *ids,
                         guint         n_ids);

G_END_DECLS
