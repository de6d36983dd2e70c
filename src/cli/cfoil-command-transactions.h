/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-cli-query.h"

G_BEGIN_DECLS

/* list transactions: at most LIMIT rows, 0: all.  Returns an exit code. */
int cfoil_list_transactions (CfoilCli      *cli,
                             CfoilCliQuery *query,
                             const char    *format,
                             int            limit);

G_END_DECLS
