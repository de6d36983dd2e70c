/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-civil-day.h"
#include "cfoil-database.h"
#include "cfoil-period-watch.h"
#include "cfoil-summed-row.h"

/* Sums in memory, until a transaction ends (cfoil-summary-sums.c): many rows of a day
 * are then one change of its row.  Numbers are added modulo 2^64, so that what was added
 * can be taken away again, whatever came to more than can be counted. */
typedef enum
{
  CFOIL_SUMS_DAILY,
  CFOIL_SUMS_HOURLY,
  CFOIL_SUMS_SETTLED,
  CFOIL_SUMS_SETTLEMENT,
  CFOIL_N_SUMS
} CfoilSumsTable;

typedef struct _CfoilSums CfoilSums;

CfoilSums *_cfoil_sums_new (void);
void _cfoil_sums_free (CfoilSums *self);
void _cfoil_sums_clear (CfoilSums *self);

/* SIGN 1: the row is there now; -1: no more. */
void _cfoil_sums_add_row (CfoilSums            *self,
                          CfoilCivilDays       *days,
                          const CfoilSummedRow *row,
                          int                   sign);
void _cfoil_sums_add_line (CfoilSums  *self,
                           gint64      settlement_id,
                           const char *currency,
                           int         type,
                           gint64      amount_minor,
                           gint64      fee_minor,
                           gint64      net_minor);

/* Adds them to what stands in the tables. */
gboolean _cfoil_sums_write (CfoilSums     *self,
                            CfoilDatabase *writer,
                            GError       **error);
/* Counts the rows of the tables that are not these sums, and those that are missing. */
gboolean _cfoil_sums_compare (CfoilSums     *self,
                              CfoilDatabase *reader,
                              gint64        *n_wrong,
                              GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSums, _cfoil_sums_free)

/* The amounts themselves, of table daily_amount (cfoil-summary-amounts.c).  CURRENCY is
 * borrowed, and the same text is always at the same place. */
typedef struct _CfoilDailyAmounts CfoilDailyAmounts;
typedef const char *(*CfoilPlaceFunc) (gpointer    user_data,
                                       const char *currency);

CfoilDailyAmounts *_cfoil_daily_amounts_new (void);
void _cfoil_daily_amounts_free (CfoilDailyAmounts *self);
void _cfoil_daily_amounts_clear (CfoilDailyAmounts *self);
void _cfoil_daily_amounts_add (CfoilDailyAmounts *self,
                               gint64             account_id,
                               const char        *currency,
                               gint64             day,
                               gint64             amount_minor,
                               int                sign);
gboolean _cfoil_daily_amounts_write (CfoilDailyAmounts *self,
                                     CfoilDatabase     *writer,
                                     GError           **error);
/* Adds to *N_WRONG the days of the table that have other amounts, and those that are missing. */
gboolean _cfoil_daily_amounts_compare (CfoilDailyAmounts *self,
                                       CfoilDatabase     *reader,
                                       CfoilPlaceFunc     place_of,
                                       gpointer           user_data,
                                       gint64            *n_wrong,
                                       GError           **error);

/* What CfoilWriter keeps of a transaction: sums and what becomes known of locked periods
 * (cfoil-summary-writer.c). */
typedef struct _CfoilSummaryWriter CfoilSummaryWriter;

/* WRITER must outlive it. */
CfoilSummaryWriter *_cfoil_summary_writer_new (CfoilDatabase *writer);
void _cfoil_summary_writer_free (CfoilSummaryWriter *self);
gboolean _cfoil_summary_writer_add_row (CfoilSummaryWriter   *self,
                                        const CfoilSummedRow *row,
                                        int                   sign,
                                        GError              **error);
CfoilSums *_cfoil_summary_writer_get_sums (CfoilSummaryWriter *self);
/* Before the commit. */
gboolean _cfoil_summary_writer_flush (CfoilSummaryWriter *self,
                                      GError            **error);
/* After a commit or a rollback. */
void _cfoil_summary_writer_forget (CfoilSummaryWriter *self);
