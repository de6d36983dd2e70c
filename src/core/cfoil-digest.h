/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SHA-256 of large files.  By GnuTLS, which uses the processor's own
 * instructions: GChecksum takes a third of the time of an export. */
typedef struct _CfoilDigest CfoilDigest;

#define CFOIL_DIGEST_TEXT 65 /* 64 hexadecimal digits and a NUL */

CfoilDigest *cfoil_digest_new (void);
void cfoil_digest_free (CfoilDigest *self);
void cfoil_digest_update (CfoilDigest *self,
                          const void  *bytes,
                          gsize        length);

/* Writes the hash in lower-case hexadecimal.  Nothing may be added after. */
void cfoil_digest_finish (CfoilDigest *self,
                          char         text[CFOIL_DIGEST_TEXT]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilDigest, cfoil_digest_free)

G_END_DECLS
