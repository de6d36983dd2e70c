/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes in FOLDER, which must not be there yet, a mirror of about N_ROWS transactions of
 * three years until UNTIL_US: two currencies, four stores, refunds, chargebacks, payments
 * with a reference of their own each, every third from a new charge permission whose buyer
 * may come again, settled and paid out every week.  The same each time. */
gboolean bench_merchant_make (const char *folder,
                              guint64     n_rows,
                              gint64      until_us,
                              GError    **error);

G_END_DECLS
