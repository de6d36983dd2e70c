/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"

/* Of the lock before LOCK_ID, "" if there is none; free it. */
gboolean _cfoil_period_lock_read_former_hash (CfoilDatabase *database,
                                              gint64         lock_id,
                                              char         **hash,
                                              GError       **error);
/* What follows from the words and sums of the lock, and from the hash BEFORE; NULL: an error.
 * Free it. */
char *_cfoil_period_lock_compute_hash (CfoilDatabase *database,
                                       gint64         lock_id,
                                       const char    *before,
                                       GError       **error);
