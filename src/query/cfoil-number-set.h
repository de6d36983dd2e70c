/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of whole numbers, mostly small and dense (the ids of a table of words). */
typedef struct _CfoilNumberSet CfoilNumberSet;

CfoilNumberSet *_cfoil_number_set_new (void);
void _cfoil_number_set_free (CfoilNumberSet *self);
void _cfoil_number_set_add (CfoilNumberSet *self,
                            gint64          number);
gboolean _cfoil_number_set_has (const CfoilNumberSet *self,
                                gint64                number);
/* HITS[i] is 1 where VALUES[i] is in the set. */
void _cfoil_number_set_find (const CfoilNumberSet *self,
                             const gint64         *values,
                             guint                 n_values,
                             guint8               *hits);
gboolean _cfoil_number_set_is_empty (const CfoilNumberSet *self);

G_END_DECLS
