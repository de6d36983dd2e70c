/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"

G_BEGIN_DECLS

/* Keeps the packed columns of txn (txn_column) equal to its rows.  Whoever changes
 * what a field of a row is computed from (the row itself, its permission, dispute,
 * annotation or exception) touches the row, and flushes in the same transaction.
 * For the thread of the connection. */
typedef struct _CfoilBlockWriter CfoilBlockWriter;

/* WRITER must outlive it. */
CfoilBlockWriter *cfoil_block_writer_new (CfoilDatabase *writer);
void cfoil_block_writer_free (CfoilBlockWriter *self);

void cfoil_block_writer_touch (CfoilBlockWriter *self,
                               gint64            txn_id);
/* All rows of an account, before they are removed, say; 0: of all accounts. */
gboolean cfoil_block_writer_touch_account (CfoilBlockWriter *self,
                                           gint64            account_id,
                                           GError          **error);

/* Makes the touched blocks anew, inside the transaction and before its commit. */
gboolean cfoil_block_writer_flush (CfoilBlockWriter *self,
                                   GError          **error);
/* After a rollback. */
void cfoil_block_writer_forget (CfoilBlockWriter *self);

/* Compares all columns with what they should be; N_WRONG is the number of columns
 * that are not.  On any connection, and nothing is written. */
gboolean cfoil_blocks_check (CfoilDatabase *reader,
                             GCancellable  *cancellable,
                             gint64        *n_wrong,
                             GError       **error);

/* Makes all columns of WRITER's mirror anew when they are of another format than
 * CFOIL_BLOCK_FORMAT, in a transaction of its own. */
gboolean cfoil_blocks_ensure (CfoilDatabase *writer,
                              GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBlockWriter, cfoil_block_writer_free)

G_END_DECLS
