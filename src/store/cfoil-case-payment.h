/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"

G_BEGIN_DECLS

/* Table case_payment: the payment that a case is about, so that nobody has to look for
 * tens of thousands of them.  Follows from dispute_case, txn and dispute: whoever changes the
 * charge or the account of a case, or a row of txn that is a case's, refreshes it in the
 * same transaction (CfoilWriter: cfoil-writer-case-payments.c).  "check" compares. */

/* The rows as they should be; WHERE on c (dispute_case) may follow. */
#define CFOIL_CASE_PAYMENT_SQL \
  "SELECT c.case_id, t.txn_id, t.sort_us, t.currency, t.dispute_id IS NOT NULL OR EXISTS (SELECT 1 FROM dispute AS x " \
  "WHERE x.charge_id = t.transaction_id AND x.account_id = t.account_id) FROM dispute_case AS c JOIN txn AS t " \
  "ON t.account_id = c.account_id AND t.transaction_id = c.charge_id AND t.type = 1 AND t.state IN (0, 5) "

/* Within a transaction of WRITER. */
gboolean _cfoil_case_payment_refresh (CfoilDatabase *writer,
                                      gint64         case_id,
                                      GError       **error);
gboolean _cfoil_case_payment_make_all (CfoilDatabase *writer,
                                       GError       **error);

G_END_DECLS
