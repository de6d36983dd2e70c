/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"
#include "cfoil-reader.h"

G_BEGIN_DECLS

/* TRUE for fields whose values repeat, so that it helps to offer them. */
gboolean cfoil_search_lookup_has_values (CfoilField field);

/* The values of FIELD in the mirror that begin with PREFIX, commonest first, at
 * most LIMIT; looked for on a reader's thread, after all that is more urgent. */
void cfoil_search_lookup_async (CfoilReader         *reader,
                                CfoilField           field,
                                const char          *prefix,
                                guint                limit,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
/* (transfer full) (element-type utf8) */
GPtrArray *cfoil_search_lookup_finish (GAsyncResult *result,
                                       GError      **error);

G_END_DECLS
