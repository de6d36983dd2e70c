/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Many amounts (minor units) in order, packed: each is stored as its distance from the one
 * before it, the first one from 0, in groups of seven bits, the lowest first; the eighth bit
 * says that more follow.  The first distance is folded (0, -1, 1, -2 ...), as it may be
 * negative.  A payment takes one or two bytes.  Pure; any thread. */

/* AMOUNTS (n) must be in order. */
void cfoil_amount_pack (const gint64 *amounts,
                        guint         n,
                        GByteArray   *out);

typedef void (*CfoilAmountFunc) (gpointer data,
                                 gint64   amount);
/* FUNC for each, in order.  FALSE: DATA is damaged; what came before it was told. */
gboolean cfoil_amount_unpack (const guint8   *data,
                              gsize           length,
                              CfoilAmountFunc func,
                              gpointer        user_data);

G_END_DECLS
