/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-provider.h"

G_BEGIN_DECLS

/* What reports there are.  Elements of the list are static.  Multi-currency reports are not
 * among them: the names of their columns are not published, and no feed would poll them. */
GPtrArray *cfoil_amazon_report_types_list (gboolean sandbox);

/* The feed that the rows of TYPE go to; NULL: no such type. */
const char *cfoil_amazon_report_type_get_feed (const char *type);

G_END_DECLS
