/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-table.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* All that the page of settlements shows. */
typedef struct
{
  GPtrArray *items;      /* CfoilSettlementItem, newest first */
  CfoilTable *unsettled; /* captured, and not settled for longer than usual */
  guint n_wrong;         /* of all: what somebody should look into */
  guint n_changes;       /* of closed periods that nobody has acknowledged */
  char *digest;          /* of all that: the same if nothing changed */
  gboolean is_any;       /* there are settlements, of this period or another */
} CfoilSettlementReading;

void cfoil_settlement_reading_free (CfoilSettlementReading *self);

/* How many milliseconds to wait after a change before reading again; SELF (nullable): what is shown, READ_US: since
 * when, by the monotonic clock; IS_IN_FRONT: somebody can see it. */
guint cfoil_settlement_reading_get_wait (CfoilSettlementReading *self,
                                         gint64                  read_us,
                                         gboolean                is_in_front);

/* PERIOD: as for cfoil_period_parse (). */
void cfoil_settlement_reading_run_async (CfoilWorkspace      *workspace,
                                         const char          *period,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
CfoilSettlementReading *cfoil_settlement_reading_run_finish (GAsyncResult *result,
                                                             GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSettlementReading, cfoil_settlement_reading_free)

G_END_DECLS
