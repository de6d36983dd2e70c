/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"
#include "cfoil-field.h"

G_BEGIN_DECLS

/* Looks up the numbers of single rows in packed columns (see cfoil-block.h).  Keeps
 * blocks that it unpacked, so that rows one after the other cost one unpacking for
 * each thousand. */
typedef struct _CfoilPackedNumbers CfoilPackedNumbers;

/* FIELDS are stored ones, and small numbers: codes, flags, references.  DATABASE must outlive it. */
CfoilPackedNumbers *cfoil_packed_numbers_new (CfoilDatabase    *database,
                                              const CfoilField *fields,
                                              guint             n_fields,
                                              GError          **error);
void cfoil_packed_numbers_free (CfoilPackedNumbers *self);

/* NUMBERS gets what TXN_ID has in each field; CFOIL_UNKNOWN: nobody has said.  A row
 * that is not in the columns is G_IO_ERROR_INVALID_DATA. */
gboolean cfoil_packed_numbers_get (CfoilPackedNumbers *self,
                                   gint64              txn_id,
                                   gint64             *numbers,
                                   GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilPackedNumbers, cfoil_packed_numbers_free)

G_END_DECLS
