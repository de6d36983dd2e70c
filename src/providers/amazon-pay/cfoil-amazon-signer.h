/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Holds a merchant's private key and signs with it (RSASSA-PSS, SHA-256, salt of
 * 32 bytes).  Copies of the key that this class makes are wiped. */
typedef struct _CfoilAmazonSigner CfoilAmazonSigner;

/* PRIVATE_KEY_PEM: PKCS #8 or PKCS #1, RSA of 2048 bits or more, not encrypted;
 * what pasting adds (blanks, CRLF, a BOM) is passed over.  Error:
 * CFOIL_PROVIDER_ERROR_KEY. */
CfoilAmazonSigner *cfoil_amazon_signer_new (const char *private_key_pem,
                                            GError    **error);
void cfoil_amazon_signer_free (CfoilAmazonSigner *self);

/* The signature in base64. */
char *cfoil_amazon_signer_sign (CfoilAmazonSigner *self,
                                const char        *string_to_sign,
                                GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAmazonSigner, cfoil_amazon_signer_free)

G_END_DECLS
