/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-provider.h"

G_BEGIN_DECLS

/* Of types that a sync never asks for and that have no feed of their own. */
#define CFOIL_AMAZON_OTHER_REPORTS_FEED "imports"

/* What reports there are.  Elements of the list are static. */
GPtrArray *cfoil_amazon_report_types_list (gboolean    sandbox,
                                           const char *region);

/* The feed that the rows of TYPE go to; NULL: no such type. */
const char *cfoil_amazon_report_type_get_feed (const char *type);

G_END_DECLS
