/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-digest.h"

#include <gnutls/crypto.h>

#define SHA256_BYTES 32

struct _CfoilDigest
{
  gnutls_hash_hd_t handle;
};

CfoilDigest *
cfoil_digest_new (void)
{
  CfoilDigest *self = g_new0 (CfoilDigest, 1);

  if (gnutls_hash_init (&self->handle, GNUTLS_DIG_SHA256) < 0)
    g_error ("GnuTLS has no SHA-256");
  return self;
}

void
cfoil_digest_free (CfoilDigest *self)
{
  if (self == NULL)
    return;
  gnutls_hash_deinit (self->handle, NULL);
  g_free (self);
}

void
cfoil_digest_update (CfoilDigest *self,
                     const void  *bytes,
                     gsize        length)
{
  if (gnutls_hash (self->handle, bytes, length) < 0)
    g_error ("GnuTLS cannot compute SHA-256");
}

void
cfoil_digest_finish (CfoilDigest *self,
                     char         text[CFOIL_DIGEST_TEXT])
{
  static const char digits[] = "0123456789abcdef";
  guint8 hash[SHA256_BYTES];

  gnutls_hash_output (self->handle, hash);
  for (guint i = 0; i < SHA256_BYTES; i++)
    {
      text[2 * i] = digits[hash[i] >> 4];
      text[2 * i + 1] = digits[hash[i] & 15];
    }
  text[2 * SHA256_BYTES] = '\0';
}
