/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-period-lock.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* A closed period with what it came to and what became known of it afterwards. */
typedef struct
{
  CfoilPeriodLock *lock;
  GPtrArray *sums;        /* CfoilPeriodAmount */
  GPtrArray *adjustments; /* CfoilPeriodAmount, newest first */
} CfoilSettlementLock;

/* All of them, newest first.  (element-type CfoilSettlementLock) */
void cfoil_settlement_locks_read_async (CfoilWorkspace      *workspace,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GPtrArray *cfoil_settlement_locks_read_finish (GAsyncResult *result,
                                               GError      **error);

typedef enum
{
  CFOIL_LOCK_JOB_CLOSE,
  CFOIL_LOCK_JOB_OPEN,
  CFOIL_LOCK_JOB_ACKNOWLEDGE,
} CfoilLockJobKind;

/* What is to be done, by each kind what it needs. */
typedef struct
{
  CfoilLockJobKind kind;
  gint32 first_day, end_day;
  char *who, *note;
  gint64 lock_id, adjustment_id;
} CfoilLockJob;

/* On a thread; takes JOB.  SOURCE (a GObject) is that of the result. */
void cfoil_lock_job_run_async (CfoilLockJob        *job,
                               CfoilWorkspace      *workspace,
                               gpointer             source,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean cfoil_lock_job_run_finish (GAsyncResult *result,
                                    GError      **error);

G_END_DECLS
