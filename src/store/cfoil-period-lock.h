/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Periods whose books are closed.  What they came to stands still in period_lock_sum; what
 * becomes known of them afterwards is written beside it by the writer (period_adjustment),
 * in the same transaction.  Each lock has the SHA-256 of its own words, of its sums and of
 * the hash of the lock before it: one that was changed or taken out is noticed, unless all
 * that came after were computed anew, too; and those who wrote down a hash notice even
 * that. */
typedef struct
{
  gint64 lock_id;
  char *zone;
  gint32 first_day, end_day; /* half-open, days since 1970-01-01 in zone */
  gint64 start_us, end_us;
  char *who, *note;
  gint64 locked_us;
  gint64 opened_us;          /* CFOIL_UNKNOWN: it is locked */
  gint64 n_adjustments, n_unacknowledged;
  gint64 n_returning;        /* accounts that were removed, came back, and lack rows of it as yet: not watched */
  char *sha256;              /* hexadecimal */
} CfoilPeriodLock;

void cfoil_period_lock_free (CfoilPeriodLock *self);

/* Newest first.  (element-type CfoilPeriodLock) */
GPtrArray *cfoil_period_lock_list (CfoilDatabase *database,
                                   GError       **error);

/* Closes the days FIRST_DAY to END_DAY (not included) of the mirror's zone, for all
 * accounts.  WHO and NOTE are kept as they are typed ("" is allowed).  Takes the mirror's
 * lock (G_IO_ERROR_BUSY).  Blocks, for a worker thread.  Errors: G_IO_ERROR_EXISTS, some
 * of these days are locked; G_IO_ERROR_INVALID_ARGUMENT, no days, or not yet over. */
gboolean cfoil_period_lock_add_sync (CfoilMirror *mirror,
                                     gint32       first_day,
                                     gint32       end_day,
                                     const char  *who,
                                     const char  *note,
                                     gint64       now_us,
                                     gint64      *lock_id, /* (nullable) */
                                     GError     **error);
/* Opens it again: from now on nothing of it is watched.  What it came to and what was
 * adjusted stays.  The same lock, blocking and G_IO_ERROR_NOT_FOUND. */
gboolean cfoil_period_lock_open_sync (CfoilMirror *mirror,
                                      gint64       lock_id,
                                      gint64       now_us,
                                      GError     **error);

/* After each run: accounts that were removed and have come back are watched again in the
 * periods of which they lack nothing any more; what these come to otherwise than before is an
 * adjustment.  Quick where there are none.  Blocks; the caller has the mirror's lock. */
gboolean cfoil_period_lock_take_back_sync (CfoilMirror *mirror,
                                           gint64       now_us,
                                           GError     **error);

/* What a period came to, or what became known of it, of one transaction (its id is NULL
 * in sums; "" where several are meant and it is not known which: an account that was removed
 * came back with something else). */
typedef struct
{
  gint64 adjustment_id; /* 0: a sum */
  gint64 lock_id;
  char *account, *transaction_id, *currency;
  int type; /* CfoilType */
  gint64 n_done, gross_minor, fee_minor, net_minor;
  gint64 seen_us, acknowledged_us; /* or CFOIL_UNKNOWN */
} CfoilPeriodAmount;

void cfoil_period_amount_free (CfoilPeriodAmount *self);

/* By account, currency and type. */
GPtrArray *cfoil_period_lock_list_sums (CfoilDatabase *database,
                                        gint64         lock_id,
                                        GError       **error);
/* Newest first; LOCK_ID 0: of all periods. */
GPtrArray *cfoil_period_lock_list_adjustments (CfoilDatabase *database,
                                               gint64         lock_id,
                                               gboolean       with_acknowledged,
                                               GError       **error);
/* ADJUSTMENT_ID 0: all of LOCK_ID that nobody has acknowledged.  Blocks (short); needs no
 * lock.  G_IO_ERROR_NOT_FOUND: no such adjustment. */
gboolean cfoil_period_lock_acknowledge (CfoilMirror *mirror,
                                        gint64       lock_id,
                                        gint64       adjustment_id,
                                        gint64       now_us,
                                        GError     **error);

/* How many locks, from the first that was changed, do not have the hash that follows from
 * what they say and from the one before. */
gboolean cfoil_period_lock_check (CfoilDatabase *database,
                                  gint64        *n_wrong,
                                  GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilPeriodLock, cfoil_period_lock_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilPeriodAmount, cfoil_period_amount_free)

G_END_DECLS
