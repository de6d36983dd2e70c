/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-signer.h"

#include "cfoil-error.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define MAX_PEM_LENGTH (64 * 1024)
#define MIN_BITS 2048

struct _CfoilAmazonSigner
{
  gnutls_privkey_t key; /* (owned); wiped by its own destructor */
};

/* Bytes that are wiped before they are freed. */
typedef struct
{
  guint8 *bytes;
  gsize size;   /* of the memory */
  gsize length; /* of what is in it */
} Secret;

static void
secret_clear (Secret *secret)
{
  if (secret->bytes != NULL)
    gnutls_memset (secret->bytes, 0, secret->size);
  g_clear_pointer (&secret->bytes, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Secret, secret_clear)

static gboolean
refuse (GError    **error,
        const char *message)
{
  g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_KEY, message);
  return FALSE;
}

/* What the first line says about what this is; NULL when we can use it. */
static const char *
complain_about_label (const char *label)
{
  static const struct
  {
    const char *word;
    const char *complaint;
  } table[] = {
    { "ENCRYPTED", "The private key is protected with a pass phrase; Amazon hands out keys without one" },
    { "PUBLIC", "This is a public key; the private key is needed" },
    { "CERTIFICATE", "This is a certificate; the private key is needed" },
    { "EC ", "The key is an elliptic-curve key; Amazon Pay needs RSA" },
    { "DSA ", "The key is a DSA key; Amazon Pay needs RSA" },
    { "OPENSSH", "The key is in OpenSSH's own format; PEM (PKCS #8 or PKCS #1) is needed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strstr (label, table[i].word) != NULL)
      return table[i].complaint;
  if (strstr (label, "PRIVATE KEY") == NULL)
    return "This is not a private key";
  return NULL;
}

/* Finds the base64 between the lines that begin and end a PEM block; a key that
 * was pasted without those lines is its base64 alone. */
static gboolean
find_block (const char  *pem,
            const char **start,
            const char **end,
            GError     **error)
{
  const char *begin = strstr (pem, "-----BEGIN ");
  const char *label_end, *complaint;
  g_autofree char *label = NULL;

  if (begin == NULL)
    {
      *start = g_str_has_prefix (pem, "\xef\xbb\xbf") ? pem + 3 : pem;
      *end = pem + strlen (pem);
      return TRUE;
    }

  label_end = strstr (begin + 11, "-----");
  if (label_end == NULL || label_end - begin > 64)
    return refuse (error, "The first line of the private key is damaged");
  label = g_strndup (begin + 11, label_end - begin - 11);
  complaint = complain_about_label (label);
  if (complaint != NULL)
    return refuse (error, complaint);

  *start = label_end + 5;
  *end = strstr (*start, "-----END ");
  if (*end == NULL)
    return refuse (error, "The last line of the private key is missing");
  /* The old form writes its encryption into header lines. */
  if (g_strstr_len (*start, *end - *start, "ENCRYPTED") != NULL)
    return refuse (error, complain_about_label ("ENCRYPTED"));
  return TRUE;
}

static gboolean
decode_block (const char *start,
              const char *end,
              Secret     *der,
              GError    **error)
{
  int state = 0;
  guint save = 0;

  /* GLib's decoder passes over white space, and also over anything else. */
  for (const char *p = start; p < end; p++)
    if (!g_ascii_isalnum (*p) && !g_ascii_isspace (*p) && strchr ("+/=", *p) == NULL)
      return refuse (error, "The private key holds characters that do not belong there");

  der->size = (end - start) / 4 * 3 + 4;
  der->bytes = g_malloc0 (der->size);
  der->length = g_base64_decode_step (start, end - start, der->bytes, &state, &save);
  save = 0;
  return der->length > 0 || refuse (error, "The private key is empty");
}

static gboolean
import (CfoilAmazonSigner *self,
        Secret            *der,
        GError           **error)
{
  gnutls_datum_t datum = { der->bytes, (unsigned int) der->length };
  unsigned int bits = 0;
  gnutls_x509_privkey_t key;
  int result;

  if (gnutls_privkey_init (&self->key) != GNUTLS_E_SUCCESS || gnutls_x509_privkey_init (&key) != GNUTLS_E_SUCCESS)
    return refuse (error, "There is no memory for the private key");

  /* Its numbers must belong together, or it would make worthless signatures. */
  result = gnutls_x509_privkey_import2 (key, &datum, GNUTLS_X509_FMT_DER, NULL, 0);
  if (result == GNUTLS_E_SUCCESS)
    result = gnutls_x509_privkey_verify_params (key);
  if (result == GNUTLS_E_SUCCESS)
    result = gnutls_privkey_import_x509 (self->key, key, GNUTLS_PRIVKEY_IMPORT_COPY);
  gnutls_x509_privkey_deinit (key);
  if (result != GNUTLS_E_SUCCESS)
    return refuse (error, "The private key cannot be read; it is damaged or of another kind");

  result = gnutls_privkey_get_pk_algorithm (self->key, &bits);
  if (result != GNUTLS_PK_RSA)
    {
      g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_KEY,
                   "The key is of the kind %s; Amazon Pay needs RSA", gnutls_pk_get_name (result));
      return FALSE;
    }
  if (bits < MIN_BITS)
    {
      g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_KEY,
                   "The key has %u bits; Amazon Pay needs at least %d", bits, MIN_BITS);
      return FALSE;
    }
  return TRUE;
}

CfoilAmazonSigner *
cfoil_amazon_signer_new (const char *private_key_pem,
                         GError    **error)
{
  g_autoptr (CfoilAmazonSigner) self = g_new0 (CfoilAmazonSigner, 1);
  g_auto (Secret) der = { 0 };
  const char *start, *end;

  if (strnlen (private_key_pem, MAX_PEM_LENGTH + 1) > MAX_PEM_LENGTH)
    {
      refuse (error, "The file is too long for a private key");
      return NULL;
    }
  if (!find_block (private_key_pem, &start, &end, error)
      || !decode_block (start, end, &der, error)
      || !import (self, &der, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
cfoil_amazon_signer_free (CfoilAmazonSigner *self)
{
  if (self->key != NULL)
    gnutls_privkey_deinit (self->key);
  g_free (self);
}

char *
cfoil_amazon_signer_sign (CfoilAmazonSigner *self,
                          const char        *string_to_sign,
                          GError           **error)
{
  gnutls_datum_t data = { (unsigned char *) string_to_sign, (unsigned int) strlen (string_to_sign) };
  gnutls_datum_t signature = { NULL, 0 };
  char *text;
  int result;

  /* Its salt is as long as the hash, 32 bytes: what the second algorithm wants. */
  result = gnutls_privkey_sign_data2 (self->key, GNUTLS_SIGN_RSA_PSS_SHA256, 0, &data, &signature);
  if (result != GNUTLS_E_SUCCESS)
    {
      g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_KEY, "The private key cannot sign: %s", gnutls_strerror (result));
      return NULL;
    }

  text = g_base64_encode (signature.data, signature.size);
  gnutls_free (signature.data);
  return text;
}
