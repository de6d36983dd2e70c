/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Very many whole numbers of which one wants to know the middle one, or how many lie
 * where.  Small ones (amounts of money mostly are) are only counted.  Exact. */
typedef struct _CfoilAmounts CfoilAmounts;

CfoilAmounts *cfoil_amounts_new (void);
void cfoil_amounts_free (CfoilAmounts *self);

void cfoil_amounts_add (CfoilAmounts *self,
                        gint64        amount);
/* Adds all that are in OTHER. */
void cfoil_amounts_merge (CfoilAmounts       *self,
                          const CfoilAmounts *other);
guint64 cfoil_amounts_get_n (const CfoilAmounts *self);

/* The middle one; of two middle ones the mean, rounded half up.  CFOIL_UNKNOWN: there is
 * none. */
gint64 cfoil_amounts_get_median (CfoilAmounts *self);
/* The one at place I (from 0) in ascending order; I < n. */
gint64 cfoil_amounts_get_nth (CfoilAmounts *self,
                              guint64       i);

/* BINS (n_bounds + 1, all 0) += how many are below bounds[0], from there to below bounds[1],
 * …, at least the last.  BOUNDS ascend. */
void cfoil_amounts_fill (const CfoilAmounts *self,
                         const gint64       *bounds,
                         guint               n_bounds,
                         guint64            *bins);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAmounts, cfoil_amounts_free)

G_END_DECLS
