/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-credentials.h"

#include "cfoil-error.h"

#include <libsecret/secret.h>

static const SecretSchema schema = {
  CFOIL_APPLICATION_ID,
  SECRET_SCHEMA_NONE,
  {
    { "folder", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

static void
explain (GError **error)
{
  g_prefix_error_literal (error, "The keyring: ");
}

gboolean
cfoil_credentials_store (const char   *folder,
                         const char   *account,
                         const char   *pem,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autofree char *label = g_strdup_printf ("Counterfoil: private key of %s", account);

  if (secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, pem, cancellable, error,
                                  "folder", folder, "account", account, NULL))
    return TRUE;
  explain (error);
  return FALSE;
}

char *
cfoil_credentials_look_up (const char   *folder,
                           const char   *account,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (GError) local = NULL;
  char *secret = secret_password_lookup_sync (&schema, cancellable, &local,
                                              "folder", folder, "account", account, NULL);
  char *copy;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      explain (error);
      return NULL;
    }
  if (secret == NULL)
    {
      g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_KEY,
                   "The keyring has no private key for “%s”, or it is locked. "
                   "Unlock it, or add the account again with its key file",
                   account);
      return NULL;
    }
  copy = g_strdup (secret);
  secret_password_free (secret);
  return copy;
}

gboolean
cfoil_credentials_clear (const char   *folder,
                         const char   *account,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autoptr (GError) local = NULL;

  secret_password_clear_sync (&schema, cancellable, &local, "folder", folder, "account", account, NULL);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  explain (error);
  return FALSE;
}
