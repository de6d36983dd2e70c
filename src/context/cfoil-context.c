/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context.h"

#include "cfoil-amazon-provider.h"
#include "cfoil-credentials.h"
#include "cfoil-error.h"
#include "cfoil-rebuild.h"
#include "cfoil-sync.h"
#include "cfoil-time.h"

#define PROGRESS_INTERVAL_US (G_USEC_PER_SEC / 10)

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

/* The provider of an account, with its key from wherever it is kept. */
static CfoilProvider *
open_provider (CfoilContext       *self,
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

/* Imported files need no key: what they hold is read without asking anybody. */
static CfoilProvider *
open_keyless_provider (const CfoilAccount *account,
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
  provider = open_provider (self, account, cancellable, error);
  return provider != NULL && cfoil_provider_test (provider, cancellable, error);
}

/* Passes progress on, not more often than anybody can see. */
typedef struct
{
  const char *account;
  CfoilProgressFunc func; /* (nullable) */
  gpointer user_data;     /* (borrowed) */
  char *last_what;        /* (owned) (nullable) */
  gint64 last_us;
} Reporter;

static void
report (const char *what,
        guint64     done,
        guint64     total,
        gpointer    user_data)
{
  Reporter *reporter = user_data;
  gint64 now_us = g_get_monotonic_time ();
  CfoilProgress progress = { reporter->account, what, done, total };

  if (reporter->func == NULL ||
      (g_strcmp0 (reporter->last_what, what) == 0 && now_us - reporter->last_us < PROGRESS_INTERVAL_US))
    return;
  reporter->last_us = now_us;
  g_free (reporter->last_what);
  reporter->last_what = g_strdup (what);
  reporter->func (&progress, reporter->user_data);
}

static GPtrArray *
select_accounts (CfoilContext      *self,
                 const char *const *names,
                 GError           **error)
{
  g_autoptr (GPtrArray) accounts = NULL;

  if (names == NULL || names[0] == NULL)
    {
      accounts = cfoil_account_list (self->mirror, error);
      if (accounts != NULL && accounts->len == 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no account yet; add one first");
          return NULL;
        }
      return g_steal_pointer (&accounts);
    }

  accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_account_free);
  for (guint i = 0; names[i] != NULL; i++)
    {
      CfoilAccount *account = cfoil_account_find (self->mirror, names[i], error);

      if (account == NULL)
        return NULL;
      g_ptr_array_add (accounts, account);
    }
  return g_steal_pointer (&accounts);
}

/* What stops a run as a whole: the mirror cannot be written, or the user stopped
 * it.  Anything else is one account's trouble. */
static gboolean
is_fatal (const GError *error)
{
  return error->domain == G_IO_ERROR;
}

gboolean
cfoil_context_sync_sync (CfoilContext      *self,
                         const char *const *names,
                         CfoilProgressFunc  progress,
                         gpointer           user_data,
                         GCancellable      *cancellable,
                         CfoilOutcome      *outcome,
                         GError           **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) first = NULL;
  guint n_failed = 0;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *outcome = CFOIL_OUTCOME_DONE;
  accounts = select_accounts (self, names, error);
  if (accounts == NULL || (lock = cfoil_mirror_lock (self->mirror, error)) < 0)
    return FALSE;

  for (guint i = 0; i < accounts->len; i++)
    {
      CfoilAccount *account = g_ptr_array_index (accounts, i);
      Reporter reporter = { account->name, progress, user_data, NULL, 0 };
      g_autoptr (CfoilProvider) provider = NULL;
      g_autoptr (GError) local = NULL;
      gboolean has_failed = FALSE, ok;

      provider = open_provider (self, account, cancellable, &local);
      ok = provider != NULL &&
           cfoil_sync_run (self->mirror, provider, account->account_id, report, &reporter, &has_failed, cancellable, &local);
      g_free (reporter.last_what);
      if (!ok)
        n_failed++;
      if (!ok || has_failed)
        *outcome = CFOIL_OUTCOME_PARTIAL;
      if (!ok && first == NULL)
        first = g_error_copy (local);
      if (!ok && is_fatal (local))
        {
          n_failed = accounts->len;
          break;
        }
    }
  cfoil_mirror_unlock (self->mirror, lock);

  if (n_failed < accounts->len)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

void
cfoil_import_result_free (CfoilImportResult *result)
{
  if (result == NULL)
    return;
  g_free (result->path);
  g_free (result->type);
  g_clear_error (&result->error);
  g_free (result);
}

static CfoilImportResult *
import_one (CfoilContext       *self,
            CfoilProvider      *provider,
            const CfoilAccount *account,
            const char         *path,
            Reporter           *reporter,
            GCancellable       *cancellable)
{
  CfoilImportResult *result = g_new0 (CfoilImportResult, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *type = NULL;

  result->path = g_strdup (path);
  cfoil_sync_import (self->mirror, provider, account->account_id, file, report, reporter, &type,
                     &result->n_rows, &result->was_known, cancellable, &result->error);
  result->type = g_strdup (type);
  return result;
}

gboolean
cfoil_context_import_sync (CfoilContext      *self,
                           const char        *account_name,
                           const char *const *paths,
                           CfoilProgressFunc  progress,
                           gpointer           user_data,
                           GCancellable      *cancellable,
                           GPtrArray        **results,
                           CfoilOutcome      *outcome,
                           GError           **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_import_result_free);
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (CfoilProvider) provider = NULL;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *outcome = CFOIL_OUTCOME_DONE;
  account = cfoil_account_find (self->mirror, account_name, error);
  if (account == NULL || (provider = open_keyless_provider (account, error)) == NULL ||
      (lock = cfoil_mirror_lock (self->mirror, error)) < 0)
    return FALSE;

  for (guint i = 0; paths[i] != NULL && !g_cancellable_is_cancelled (cancellable); i++)
    {
      Reporter reporter = { account->name, progress, user_data, NULL, 0 };
      CfoilImportResult *result = import_one (self, provider, account, paths[i], &reporter, cancellable);

      g_free (reporter.last_what);
      g_ptr_array_add (list, result);
      if (result->error != NULL)
        *outcome = CFOIL_OUTCOME_PARTIAL;
    }
  cfoil_mirror_unlock (self->mirror, lock);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  *results = g_steal_pointer (&list);
  return TRUE;
}

gboolean
cfoil_context_import_text_sync (CfoilContext *self,
                                const char   *account_name,
                                const char   *text,
                                GCancellable *cancellable,
                                GError      **error)
{
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (CfoilProvider) provider = NULL;
  gboolean known, ok;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  account = cfoil_account_find (self->mirror, account_name, error);
  if (account == NULL || (provider = open_keyless_provider (account, error)) == NULL ||
      (lock = cfoil_mirror_lock (self->mirror, error)) < 0)
    return FALSE;
  ok = cfoil_sync_import_notification (self->mirror, provider, account->account_id, text, strlen (text), &known, error);
  cfoil_mirror_unlock (self->mirror, lock);
  return ok;
}

static gboolean
read_all_documents (CfoilMirror      *mirror,
                    CfoilProgressFunc progress,
                    gpointer          user_data,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_autoptr (GPtrArray) accounts = cfoil_account_list (mirror, error);

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      CfoilAccount *account = g_ptr_array_index (accounts, i);
      Reporter reporter = { account->name, progress, user_data, NULL, 0 };
      g_autoptr (CfoilProvider) provider = open_keyless_provider (account, error);
      g_autoptr (CfoilMirrorIntake) intake = NULL;
      gboolean ok;

      if (provider == NULL)
        return FALSE;
      intake = cfoil_mirror_intake_new (mirror, provider, account->account_id, report, &reporter, error);
      ok = intake != NULL && cfoil_mirror_intake_resume_documents (intake, cancellable, error);
      g_free (reporter.last_what);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

gboolean
cfoil_context_rebuild_sync (CfoilContext     *self,
                            CfoilProgressFunc progress,
                            gpointer          user_data,
                            GCancellable     *cancellable,
                            char            **kept_path,
                            GError          **error)
{
  g_autoptr (CfoilMirror) rebuilt = NULL;
  gboolean ok;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  lock = cfoil_mirror_lock (self->mirror, error);
  if (lock < 0)
    return FALSE;
  rebuilt = cfoil_rebuild_begin (self->mirror, cancellable, error);
  ok = rebuilt != NULL &&
       read_all_documents (rebuilt, progress, user_data, cancellable, error) &&
       cfoil_rebuild_finish (self->mirror, rebuilt, kept_path, error);
  cfoil_mirror_unlock (self->mirror, lock);
  return ok;
}

typedef struct
{
  const char *what;
  Reporter *reporter;
} ExportReporter;

static void
report_export (guint64  done,
               guint64  total,
               gpointer user_data)
{
  ExportReporter *reporter = user_data;

  report (reporter->what, done, total, reporter->reporter);
}

gboolean
cfoil_context_export_sync (CfoilContext             *self,
                           const CfoilExportOptions *options,
                           CfoilProgressFunc         progress,
                           gpointer                  user_data,
                           GCancellable             *cancellable,
                           CfoilExportResult        *result,
                           GError                  **error)
{
  Reporter reporter = { NULL, progress, user_data, NULL, 0 };
  ExportReporter export_reporter = { cfoil_export_table_to_string (options->table), &reporter };
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  ok = cfoil_export_sync (self->mirror, options, report_export, &export_reporter, cancellable, result, error);
  g_free (reporter.last_what);
  return ok;
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
