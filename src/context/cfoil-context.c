/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context.h"

#include "cfoil-amazon-provider.h"
#include "cfoil-context-private.h"
#include "cfoil-credentials.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

struct _CfoilContext
{
  GObject parent_instance;

  CfoilMirror *mirror; /* (owned) */
};

G_DEFINE_FINAL_TYPE (CfoilContext, cfoil_context, G_TYPE_OBJECT)

char *
cfoil_context_dup_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "counterfoil", NULL);
}

CfoilContext *
cfoil_context_new_sync (const char *folder,
                        GError    **error)
{
  g_autoptr (CfoilContext) self = g_object_new (CFOIL_TYPE_CONTEXT, NULL);
  g_autofree char *default_folder = cfoil_context_dup_default_folder ();

  self->mirror = cfoil_mirror_open (folder != NULL ? folder : default_folder, error);
  if (self->mirror == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

CfoilMirror *
cfoil_context_get_mirror (CfoilContext *self)
{
  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), NULL);

  return self->mirror;
}

const CfoilFeedInfo *
cfoil_context_get_feeds (CfoilContext *self,
                         const char   *provider,
                         guint        *n_feeds)
{
  if (g_strcmp0 (provider, CFOIL_AMAZON_PROVIDER_NAME) == 0)
    return cfoil_amazon_provider_list_feeds (n_feeds);
  *n_feeds = 0;
  return NULL;
}

static CfoilProvider *
make_provider (const CfoilAccount *account,
               const char         *pem,
               GError            **error)
{
  g_autoptr (CfoilAccountConfig) config = cfoil_account_config_new ();

  if (g_strcmp0 (account->provider, CFOIL_AMAZON_PROVIDER_NAME) != 0)
    {
      g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_UNSUPPORTED,
                   "There is no provider “%s”; this version knows %s",
                   account->provider, CFOIL_AMAZON_PROVIDER_NAME);
      return NULL;
    }
  config->provider = g_strdup (account->provider);
  config->region = g_strdup (account->region);
  config->environment = g_strdup (account->environment);
  config->public_key_id = g_strdup (account->public_key_id);
  config->merchant_id = g_strdup (account->merchant_id);
  config->endpoint = g_strdup (account->endpoint);
  config->ca_file = g_strdup (account->ca_file);
  config->history_days = account->history_days;
  config->request_rate = account->request_rate;
  return CFOIL_PROVIDER (cfoil_amazon_provider_new (config, pem, error));
}

CfoilProvider *
_cfoil_context_open_provider (CfoilContext       *self,
                              const CfoilAccount *account,
                              GCancellable       *cancellable,
                              GError            **error)
{
  char *pem = g_str_equal (account->key_storage, "file")
                ? cfoil_credentials_read_file (account->key_file, TRUE, error)
                : cfoil_credentials_look_up (cfoil_mirror_get_folder (self->mirror), account->name, cancellable, error);
  CfoilProvider *provider;

  if (pem == NULL)
    return NULL;
  provider = make_provider (account, pem, error);
  cfoil_credentials_wipe (pem);
  return provider;
}

CfoilProvider *
_cfoil_context_open_keyless_provider (const CfoilAccount *account,
                                      GError            **error)
{
  return make_provider (account, NULL, error);
}

static gboolean
check_account (const CfoilAccount *account,
               GError            **error)
{
  const char *problem = NULL;

  if (account->name == NULL || *account->name == '\0')
    problem = "An account needs a name";
  else if (account->public_key_id == NULL || *account->public_key_id == '\0')
    problem = "An account needs the public key ID";
  else if (!g_str_equal (account->environment, "live") && !g_str_equal (account->environment, "sandbox"))
    problem = "The environment is either live or sandbox";
  else if ((account->endpoint != NULL) != (account->ca_file != NULL))
    problem = "An endpoint of your own needs its CA file, and the other way round";
  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, problem);
  return FALSE;
}

static gboolean
keep_key (CfoilContext *self,
          CfoilAccount *account,
          const char   *key_file,
          const char   *pem,
          GCancellable *cancellable,
          GError      **error)
{
  if (g_str_equal (account->key_storage, "file"))
    {
      g_free (account->key_file);
      account->key_file = g_canonicalize_filename (key_file, NULL);
      return TRUE;
    }
  return cfoil_credentials_store (cfoil_mirror_get_folder (self->mirror), account->name, pem, cancellable, error);
}

gboolean
cfoil_context_add_account_sync (CfoilContext *self,
                                CfoilAccount *account,
                                const char   *key_file,
                                GCancellable *cancellable,
                                GError      **error)
{
  g_autoptr (CfoilAccount) existing = NULL;
  g_autoptr (CfoilProvider) provider = NULL;
  char *pem;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  if (account->key_storage == NULL)
    account->key_storage = g_strdup ("keyring");
  if (!check_account (account, error))
    return FALSE;
  existing = cfoil_account_find (self->mirror, account->name, NULL);
  if (existing != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is already an account “%s”", account->name);
      return FALSE;
    }

  pem = cfoil_credentials_read_file (key_file, g_str_equal (account->key_storage, "file"), error);
  if (pem == NULL)
    return FALSE;
  account->created_us = cfoil_time_now_us ();
  /* A key that cannot be used, or an endpoint that may not be, is refused now
   * and not at the first sync. */
  provider = make_provider (account, pem, error);
  ok = provider != NULL &&
       keep_key (self, account, key_file, pem, cancellable, error) &&
       cfoil_account_add (self->mirror, account, error);
  cfoil_credentials_wipe (pem);
  return ok;
}

gboolean
cfoil_context_remove_account_sync (CfoilContext *self,
                                   const char   *name,
                                   GCancellable *cancellable,
                                   GError      **error)
{
  g_autoptr (CfoilAccount) account = NULL;
  gboolean ok;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  account = cfoil_account_find (self->mirror, name, error);
  if (account == NULL || (lock = cfoil_mirror_lock (self->mirror, error)) < 0)
    return FALSE;
  ok = (!g_str_equal (account->key_storage, "keyring") ||
        cfoil_credentials_clear (cfoil_mirror_get_folder (self->mirror), account->name, cancellable, error)) &&
       cfoil_account_remove (self->mirror, account->name, error);
  cfoil_mirror_unlock (self->mirror, lock);
  return ok;
}

gboolean
cfoil_context_test_account_sync (CfoilContext *self,
                                 const char   *name,
                                 GCancellable *cancellable,
                                 GError      **error)
{
  g_autoptr (CfoilAccount) account = cfoil_account_find (self->mirror, name, error);
  g_autoptr (CfoilProvider) provider = NULL;

  if (account == NULL)
    return FALSE;
  provider = _cfoil_context_open_provider (self, account, cancellable, error);
  return provider != NULL && cfoil_provider_test (provider, cancellable, error);
}

static void
cfoil_context_finalize (GObject *object)
{
  CfoilContext *self = CFOIL_CONTEXT (object);

  g_clear_object (&self->mirror);

  G_OBJECT_CLASS (cfoil_context_parent_class)->finalize (object);
}

static void
cfoil_context_class_init (CfoilContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_context_finalize;
}

static void
cfoil_context_init (CfoilContext *self)
{
}
