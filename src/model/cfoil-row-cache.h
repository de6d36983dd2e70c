/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-record.h"

G_BEGIN_DECLS

/* The rows used last, by id; the one not used for longest goes first. */
typedef struct _CfoilRowCache CfoilRowCache;

CfoilRowCache *cfoil_row_cache_new (guint max_rows);
void cfoil_row_cache_free (CfoilRowCache *self);

/* Takes a reference; replaces a row of the same id, unless that is equal. */
void cfoil_row_cache_put (CfoilRowCache *self,
                          CfoilRecord   *record);

/* From now on all rows are old: still fit to be shown, but to be read again. */
void cfoil_row_cache_age (CfoilRowCache *self);

/* Borrowed until the next put; NULL if it is not there.  IS_OLD (nullable). */
CfoilRecord *cfoil_row_cache_get (CfoilRowCache *self,
                                  gint64         id,
                                  gboolean      *is_old);
guint cfoil_row_cache_get_n_rows (CfoilRowCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRowCache, cfoil_row_cache_free)

G_END_DECLS
