/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-provider.h"

G_BEGIN_DECLS

/* Of Europe: made on request only, never by a schedule.  The names of their columns are not
 * published, so they have no feed of their own: they are kept with what is imported. */
#define CFOIL_AMAZON_CURRENCY_REPORTS "_GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_"

/* What reports there are.  Elements of the list are static. */
GPtrArray *cfoil_amazon_report_types_list (gboolean is_sandbox,
                                           gboolean is_europe);

/* The feed that the rows of TYPE go to; NULL: no such type. */
const char *cfoil_amazon_report_type_get_feed (const char *type);

G_END_DECLS
