/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

/* Says what became of imported files (CfoilImportResult): in passing when all
 * went well, else file by file. */
void cfoil_import_results_show (CfoilWindow *window,
                                GPtrArray   *results);

G_END_DECLS
