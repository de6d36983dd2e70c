/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A gzip reader that believes nothing: the trailer (checksum and length) must be
 * there and right, nothing may follow it, and output stops at a limit. */
typedef struct _CfoilInflate CfoilInflate;

typedef gboolean (*CfoilSinkFunc) (const guint8 *bytes,
                                   gsize         length,
                                   gpointer      user_data,
                                   GError      **error);

/* Above 1 MiB of output, more than this times the input is taken for a bomb. */
#define CFOIL_INFLATE_MAX_RATIO 200
#define CFOIL_INFLATE_RATIO_FREE (1024 * 1024)

CfoilInflate *cfoil_inflate_new (guint64       max_output,
                                 CfoilSinkFunc sink,
                                 gpointer      user_data);
void cfoil_inflate_free (CfoilInflate *self);

/* Errors: CFOIL_PROVIDER_ERROR_MALFORMED, _TOO_LARGE, those of the sink. */
gboolean cfoil_inflate_push (CfoilInflate *self,
                             const guint8 *bytes,
                             gsize         length,
                             GError      **error);

/* CFOIL_PROVIDER_ERROR_INCOMPLETE when the trailer has not come. */
gboolean cfoil_inflate_finish (CfoilInflate *self,
                               GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilInflate, cfoil_inflate_free)

G_END_DECLS
