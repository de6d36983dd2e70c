/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context.h"

#include "cfoil-anomaly.h"
#include "cfoil-context-private.h"
#include "cfoil-error.h"
#include "cfoil-export-reader.h"
#include "cfoil-period-lock.h"
#include "cfoil-rebuild.h"
#include "cfoil-sync.h"
#include "cfoil-time.h"

#include <string.h>

/* The jobs of a context: sync, import, rebuild, export. */

#define PROGRESS_INTERVAL_US (G_USEC_PER_SEC / 10)

void
_cfoil_context_report (const char *what,
                       guint64     done,
                       guint64     total,
                       gpointer    user_data)
{
  CfoilReporter *reporter = user_data;
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

CfoilAccount *
cfoil_context_find_account_sync (CfoilContext *self,
                                 const char   *name,
                                 GError      **error)
{
  g_autoptr (GError) local = NULL;
  CfoilAccount *account;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), NULL);

  account = cfoil_account_find (cfoil_context_get_mirror (self), name, &local);
  if (account != NULL)
    return account;
  /* A name is no file's: other advice belongs to it. */
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT, local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static GPtrArray *
select_accounts (CfoilContext      *self,
                 const char *const *names,
                 GError           **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (GPtrArray) accounts = NULL;

  if (names == NULL || names[0] == NULL)
    {
      accounts = cfoil_account_list (mirror, error);
      if (accounts != NULL && accounts->len == 0)
        {
          g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT,
                               "There is no account yet; add one first");
          return NULL;
        }
      return g_steal_pointer (&accounts);
    }

  accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_account_free);
  for (guint i = 0; names[i] != NULL; i++)
    {
      CfoilAccount *account = cfoil_context_find_account_sync (self, names[i], error);

      if (account == NULL)
        return NULL;
      g_ptr_array_add (accounts, account);
    }
  return g_steal_pointer (&accounts);
}

void
cfoil_sync_failure_free (CfoilSyncFailure *failure)
{
  if (failure == NULL)
    return;
  g_free (failure->account);
  g_clear_error (&failure->error);
  g_free (failure);
}

/* What stops a run as a whole: the mirror cannot be written, or the user stopped
 * it.  Anything else is one account's trouble. */
static gboolean
is_fatal (const GError *error)
{
  static const char *const names[] = { "disk-full", "permission", "cancelled", "damaged", "busy", NULL };

  return error->domain == G_IO_ERROR && g_strv_contains (names, cfoil_error_to_name (error));
}

/* *ENDS_RUN: the other accounts would fail in the same way. */
static gboolean
sync_one (CfoilContext       *self,
          const CfoilAccount *account,
          CfoilReporter      *reporter,
          CfoilSyncTally     *tally,
          gboolean           *ends_run,
          GCancellable       *cancellable,
          GError            **error)
{
  g_autoptr (CfoilProvider) provider = NULL;
  g_autoptr (GError) local = NULL;

  /* What the keyring or a key file says is never about the mirror. */
  provider = _cfoil_context_open_provider (self, account, cancellable, &local);
  if (provider == NULL)
    *ends_run = g_cancellable_is_cancelled (cancellable);
  else if (cfoil_sync_run (cfoil_context_get_mirror (self), provider, account->account_id, _cfoil_context_report, reporter,
                           tally, cancellable, &local))
    return TRUE;
  else
    *ends_run = is_fatal (local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What looks unusual among the new rows.  It follows from what is in the mirror: a look that
 * fails is made up for by the next one, and is no failure of the job. */
static void
look_for_anomalies (CfoilMirror  *mirror,
                    GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (!cfoil_anomaly_look (mirror, cfoil_time_now_us (), cancellable, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The mirror cannot be searched for what is unusual: %s", error->message);
}

/* Accounts that have come back are watched again. */
static void
take_back_accounts (CfoilMirror *mirror)
{
  g_autoptr (GError) error = NULL;

  if (!cfoil_period_lock_take_back_sync (mirror, cfoil_time_now_us (), &error))
    g_warning ("Closed periods cannot be compared: %s", error->message);
}

static void
add_failure (GPtrArray    *failures,
             const char   *account,
             const GError *error)
{
  CfoilSyncFailure *failure = g_new0 (CfoilSyncFailure, 1);

  failure->account = g_strdup (account);
  failure->error = g_error_copy (error);
  g_ptr_array_add (failures, failure);
}

static CfoilOutcome
judge (const CfoilSyncTally *tally,
       guint                 n_failures)
{
  if (tally->n_failed == 0 && n_failures == 0)
    return CFOIL_OUTCOME_DONE;
  return tally->n_fresh > 0 ? CFOIL_OUTCOME_PARTIAL : CFOIL_OUTCOME_FAILED;
}

gboolean
cfoil_context_sync_accounts_sync (CfoilContext      *self,
                                  const char *const *names,
                                  CfoilProgressFunc  progress,
                                  gpointer           user_data,
                                  GCancellable      *cancellable,
                                  GPtrArray        **failures,
                                  CfoilOutcome      *outcome,
                                  GError           **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (GPtrArray) accounts = NULL;
  CfoilSyncTally sum = { 0 };
  gboolean ends_run = FALSE;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *outcome = CFOIL_OUTCOME_FAILED;
  *failures = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_sync_failure_free);
  accounts = select_accounts (self, names, error);
  if (accounts == NULL || (lock = cfoil_mirror_lock (mirror, error)) < 0)
    return FALSE;

  for (guint i = 0; i < accounts->len && !ends_run; i++)
    {
      CfoilAccount *account = g_ptr_array_index (accounts, i);
      CfoilReporter reporter = { account->name, progress, user_data, NULL, 0 };
      CfoilSyncTally tally = { 0 };
      g_autoptr (GError) local = NULL;

      if (!sync_one (self, account, &reporter, &tally, &ends_run, cancellable, &local))
        {
          if (ends_run)
            g_propagate_error (error, g_steal_pointer (&local));
          else
            add_failure (*failures, account->name, local);
        }
      g_free (reporter.last_what);
      sum.n_failed += tally.n_failed;
      sum.n_fresh += tally.n_fresh;
    }
  if (!ends_run)
    {
      look_for_anomalies (mirror, cancellable);
      take_back_accounts (mirror);
    }
  cfoil_mirror_unlock (mirror, lock);

  *outcome = ends_run ? CFOIL_OUTCOME_FAILED : judge (&sum, (*failures)->len);
  return !ends_run;
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
  g_autoptr (GPtrArray) failures = NULL;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  if (!cfoil_context_sync_accounts_sync (self, names, progress, user_data, cancellable, &failures, outcome, error))
    return FALSE;
  if (*outcome == CFOIL_OUTCOME_FAILED && failures->len > 0)
    {
      const CfoilSyncFailure *first = g_ptr_array_index (failures, 0);

      g_propagate_error (error, g_error_copy (first->error));
      return FALSE;
    }
  if (*outcome == CFOIL_OUTCOME_FAILED)
    *outcome = CFOIL_OUTCOME_PARTIAL;
  return TRUE;
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

/* What the merchant said is put back where the mirror says nothing. */
static void
import_export (CfoilMirror        *mirror,
               const CfoilAccount *account,
               CfoilImportResult  *result,
               GCancellable       *cancellable)
{
  CfoilExportImportOptions options = {
    .path = result->path,
    .provider = account->provider,
    .environment = account->environment,
  };

  result->is_export = TRUE;
  if (cfoil_export_import_sync (mirror, &options, NULL, NULL, cancellable, &result->compared, &result->error))
    result->n_rows = result->compared.n_rows;
}

static CfoilImportResult *
import_one (CfoilContext       *self,
            CfoilProvider      *provider,
            const CfoilAccount *account,
            const char         *path,
            CfoilReporter      *reporter,
            GCancellable       *cancellable)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  CfoilImportResult *result = g_new0 (CfoilImportResult, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *type = NULL;

  result->path = g_strdup (path);
  if (cfoil_export_reader_is_ours (path))
    {
      import_export (mirror, account, result, cancellable);
      return result;
    }
  cfoil_sync_import (mirror, provider, account->account_id, file, _cfoil_context_report, reporter, &type,
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
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_import_result_free);
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (CfoilProvider) provider = NULL;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *outcome = CFOIL_OUTCOME_DONE;
  account = cfoil_context_find_account_sync (self, account_name, error);
  if (account == NULL || (provider = _cfoil_context_open_keyless_provider (account, error)) == NULL ||
      (lock = cfoil_mirror_lock (mirror, error)) < 0)
    return FALSE;

  for (guint i = 0; paths[i] != NULL && !g_cancellable_is_cancelled (cancellable); i++)
    {
      CfoilReporter reporter = { account->name, progress, user_data, NULL, 0 };
      CfoilImportResult *result = import_one (self, provider, account, paths[i], &reporter, cancellable);

      g_free (reporter.last_what);
      g_ptr_array_add (list, result);
      if (result->error != NULL)
        *outcome = CFOIL_OUTCOME_PARTIAL;
    }
  look_for_anomalies (mirror, cancellable);
  take_back_accounts (mirror);
  cfoil_mirror_unlock (mirror, lock);

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
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (CfoilProvider) provider = NULL;
  gboolean known, ok;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  account = cfoil_context_find_account_sync (self, account_name, error);
  if (account == NULL || (provider = _cfoil_context_open_keyless_provider (account, error)) == NULL ||
      (lock = cfoil_mirror_lock (mirror, error)) < 0)
    return FALSE;
  ok = cfoil_sync_import_notification (mirror, provider, account->account_id, text, strlen (text), &known, error);
  cfoil_mirror_unlock (mirror, lock);
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
      CfoilReporter reporter = { account->name, progress, user_data, NULL, 0 };
      g_autoptr (CfoilProvider) provider = _cfoil_context_open_keyless_provider (account, error);
      g_autoptr (CfoilMirrorIntake) intake = NULL;
      gboolean ok;

      if (provider == NULL)
        return FALSE;
      intake = cfoil_mirror_intake_new (mirror, provider, account->account_id, _cfoil_context_report, &reporter, error);
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
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (CfoilRebuild) rebuild = NULL;
  gboolean ok;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  lock = cfoil_mirror_lock (mirror, error);
  if (lock < 0)
    return FALSE;
  rebuild = cfoil_rebuild_begin (mirror, cancellable, error);
  ok = rebuild != NULL &&
       read_all_documents (cfoil_rebuild_get_mirror (rebuild), progress, user_data, cancellable, error) &&
       cfoil_rebuild_finish (rebuild, kept_path, error);
  g_clear_pointer (&rebuild, cfoil_rebuild_free);
  cfoil_mirror_unlock (mirror, lock);
  return ok;
}

typedef struct
{
  const char *what;
  CfoilReporter *reporter;
} ExportReporter;

static void
report_export (guint64  done,
               guint64  total,
               gpointer user_data)
{
  ExportReporter *reporter = user_data;

  _cfoil_context_report (reporter->what, done, total, reporter->reporter);
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
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  CfoilReporter reporter = { NULL, progress, user_data, NULL, 0 };
  ExportReporter export_reporter = { cfoil_export_table_to_string (options->table), &reporter };
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  ok = cfoil_export_sync (mirror, options, report_export, &export_reporter, cancellable, result, error);
  g_free (reporter.last_what);
  return ok;
}
