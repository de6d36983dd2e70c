/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-provider.h"

G_BEGIN_DECLS

/* Report documents: which they are, whether they are whole, and their rows. */

/* What the first bytes of a document say it is; all static. */
gboolean cfoil_amazon_report_identify (const char        *head,
                                       gsize              length,
                                       CfoilDocumentType *type);

/* See cfoil_provider_parse_document (). */
gboolean cfoil_amazon_report_parse (GInputStream            *stream,
                                    const CfoilDocumentType *type,
                                    guint64                  skip_rows,
                                    CfoilIntake             *intake,
                                    guint64                 *n_rows,
                                    GCancellable            *cancellable,
                                    GError                 **error);

typedef struct
{
  CfoilDocumentType type;
  guint64 n_rows;
  guint64 n_odd_rows; /* with another number of columns than the header */
} CfoilReportShape;

/* Looks at the form of a document alone.  Errors: CFOIL_INPUT_ERROR, above all
 * _TRUNCATED: it does not end with the end of a line, or before its header. */
gboolean cfoil_amazon_report_examine (GInputStream     *stream,
                                      CfoilReportShape *shape,
                                      GCancellable     *cancellable,
                                      GError          **error);

G_END_DECLS
