/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"
#include "cfoil-summed-row.h"

/* Looks at every row that comes, goes or changes in a transaction, and writes down what
 * that makes of periods that are locked (period_adjustment).
 *
 * An account that was removed and has come back is not watched in periods that were locked
 * before, until all that the period came to is there again: nobody knows which of its rows had
 * been there. */
typedef struct _CfoilPeriodWatch CfoilPeriodWatch;

/* WRITER must outlive it. */
CfoilPeriodWatch *_cfoil_period_watch_new (CfoilDatabase *writer);
void _cfoil_period_watch_free (CfoilPeriodWatch *self);
/* Which periods are locked; once in each transaction, before the first row. */
gboolean _cfoil_period_watch_begin (CfoilPeriodWatch *self,
                                    GError          **error);
/* SIGN 1: the row is there now; -1: no more. */
void _cfoil_period_watch_add_row (CfoilPeriodWatch     *self,
                                  const CfoilSummedRow *row,
                                  int                   sign);
gboolean _cfoil_period_watch_write (CfoilPeriodWatch *self,
                                    GError          **error);
void _cfoil_period_watch_forget (CfoilPeriodWatch *self);

/* Inside a transaction, when a run has ended: accounts of which nothing is missing any more are
 * watched from now on.  Where they come to something else than before, that is an adjustment
 * without a transaction: it is not known which. */
gboolean _cfoil_period_watch_take_back (CfoilDatabase *writer,
                                        gint64         now_us,
                                        GError       **error);
/* A scalar subquery beside period_lock AS l: how many accounts are not watched in it.  Free it. */
char *_cfoil_period_watch_returning_sql (void);

/* What a rebuild has made different: rows of SCHEMA_OLD's txn that SCHEMA_NEW's has not
 * like that, of the locked periods of the new one. */
gboolean _cfoil_period_watch_compare (CfoilDatabase *database,
                                      const char    *schema_old,
                                      const char    *schema_new,
                                      GError       **error);
