/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context-provider-reports.h"

#include "cfoil-context-asking.h"
#include "cfoil-document-file.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

/* How long a person waits for a report at most; the next sync brings it.  Most are made within
 * seconds; between later looks others may have the mirror. */
#define PATIENCE_US (30 * G_TIME_SPAN_MINUTE)
#define LOOK_US (10 * G_TIME_SPAN_SECOND)
#define PAUSE_US (20 * G_TIME_SPAN_SECOND)

GPtrArray *
cfoil_context_list_report_types_sync (CfoilContext *self,
                                      const char   *account_name,
                                      GCancellable *cancellable,
                                      GError      **error)
{
  g_autoptr (CfoilAccount) account = cfoil_context_find_account_sync (self, account_name, error);
  g_autoptr (CfoilProvider) provider = account != NULL ? _cfoil_context_open_keyless_provider (account, error) : NULL;

  return provider != NULL ? cfoil_provider_list_report_types (provider, cancellable, error) : NULL;
}

static gboolean
check_request (const CfoilReportType *type,
               gint64                 start_us,
               gint64                 end_us,
               GError               **error)
{
  const char *problem = NULL;

  if (!type->can_request)
    problem = "Reports of this type are made by the provider itself and cannot be asked for";
  else if (type->needs_period && (start_us == CFOIL_UNKNOWN || end_us == CFOIL_UNKNOWN || end_us <= start_us))
    problem = "A report needs a period that begins before it ends";
  else if (type->needs_period && start_us >= cfoil_time_now_us ())
    problem = "There is nothing to tell yet of a period that has not begun";
  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, problem);
  return FALSE;
}

/* What the provider refuses may be a period that is too long; nobody has published how long
 * one may be. */
static void
advise_period (GError                *failure,
               const CfoilReportType *type,
               gint64                 start_us,
               gint64                 end_us)
{
  char *message = failure->message;

  if (!g_error_matches (failure, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_REJECTED) || type->max_days == 0 || !type->needs_period ||
      end_us - start_us <= type->max_days * CFOIL_USEC_PER_DAY)
    return;
  failure->message = g_strdup_printf ("%s; a period of at most %u days may be taken", message, type->max_days);
  g_free (message);
}

gboolean
cfoil_context_request_report_sync (CfoilContext *self,
                                   const char   *account,
                                   const char   *type_name,
                                   gint64        start_us,
                                   gint64        end_us,
                                   GCancellable *cancellable,
                                   CfoilAsked   *asked,
                                   GError      **error)
{
  g_auto (CfoilAsking) session = { .lock = -1 };
  g_autoptr (GPtrArray) types = NULL;
  const CfoilReportType *type;
  GError *failure = NULL;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *asked = (CfoilAsked) { NULL, NULL };
  types = cfoil_context_list_report_types_sync (self, account, cancellable, error);
  type = types != NULL ? _cfoil_asking_find_type (types, type_name, error) : NULL;
  if (type == NULL || !check_request (type, start_us, end_us, error) ||
      !_cfoil_asking_open (&session, self, account, NULL, NULL, cancellable, error))
    return FALSE;
  ok = cfoil_provider_request_report (session.provider, CFOIL_INTAKE (session.intake), type->type, start_us, end_us, &asked->id,
                                      cancellable, &failure);
  if (!ok)
    advise_period (failure, type, start_us, end_us);
  return _cfoil_asking_settle (asked, ok, failure, error);
}

/* The hash of the report's document, if that is read to its end and its file is there. */
static gboolean
find_document (CfoilMirror        *mirror,
               const CfoilAccount *account,
               const char         *report_id,
               GCancellable       *cancellable,
               char              **sha256,
               GError            **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  if (reader == NULL)
    return FALSE;
  row = cfoil_database_prepare (reader,
                                "SELECT d.sha256 FROM report AS r JOIN document AS d USING (document_id) "
                                "WHERE d.account_id = ?1 AND r.report_id = ?2 AND d.state = 'done'",
                                error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, account->account_id);
  cfoil_statement_bind_text (row, 2, report_id);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW && cfoil_document_file_is_intact (mirror, cfoil_statement_column_text (row, 0), cancellable))
    *sha256 = g_strdup (cfoil_statement_column_text (row, 0));
  return step != CFOIL_STEP_ERROR;
}

static gboolean
fetch_report (CfoilContext      *self,
              const char        *account,
              const char        *report_id,
              gint64             patience_us,
              CfoilProgressFunc  progress,
              gpointer           user_data,
              GCancellable      *cancellable,
              CfoilReportStatus *status,
              GError           **error)
{
  g_auto (CfoilAsking) session = { .lock = -1 };

  return _cfoil_asking_open (&session, self, account, progress, user_data, cancellable, error) &&
         cfoil_provider_fetch_report (session.provider, CFOIL_INTAKE (session.intake), report_id, patience_us, status,
                                      cancellable, error);
}

/* Until the report is no longer being made, or patience ends. */
static gboolean
wait_for_report (CfoilContext      *self,
                 const char        *account,
                 const char        *report_id,
                 CfoilProgressFunc  progress,
                 gpointer           user_data,
                 GCancellable      *cancellable,
                 CfoilReportStatus *status,
                 GError           **error)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;
  gboolean is_first = TRUE;

  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      gboolean ok = fetch_report (self, account, report_id, LOOK_US, progress, user_data, cancellable, status, &failure);

      /* A sync that goes on may bring it. */
      if (!ok && (is_first || !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_BUSY)))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if ((ok && *status != CFOIL_REPORT_IN_PROGRESS) || g_get_monotonic_time () >= until_us)
        return TRUE;
      is_first = FALSE;
      if (!_cfoil_asking_sleep (PAUSE_US, cancellable, error))
        return FALSE;
    }
}

gboolean
cfoil_context_download_report_sync (CfoilContext      *self,
                                    const char        *account_name,
                                    const char        *report_id,
                                    gboolean           wait,
                                    CfoilProgressFunc  progress,
                                    gpointer           user_data,
                                    GCancellable      *cancellable,
                                    CfoilReportStatus *status,
                                    char             **sha256,
                                    GError           **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (CfoilAccount) account = cfoil_context_find_account_sync (self, account_name, error);

  *sha256 = NULL;
  *status = CFOIL_REPORT_COMPLETED;
  if (account == NULL || !find_document (mirror, account, report_id, cancellable, sha256, error))
    return FALSE;
  if (*sha256 != NULL)
    return TRUE;
  if (!(wait ? wait_for_report (self, account_name, report_id, progress, user_data, cancellable, status, error)
             : fetch_report (self, account_name, report_id, 0, progress, user_data, cancellable, status, error)))
    return FALSE;
  if (*status == CFOIL_REPORT_COMPLETED)
    return find_document (mirror, account, report_id, cancellable, sha256, error);
  if (*status == CFOIL_REPORT_IN_PROGRESS || *status == CFOIL_REPORT_CANCELLED)
    return TRUE;
  if (*status == CFOIL_REPORT_EXPIRED)
    g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_NOT_FOUND, 0, NULL, NULL,
                                                        "The provider has no report %s, or no longer", report_id));
  else
    g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_FAILED, 0, NULL, NULL,
                                                        "The provider could not make the report %s; request it once more, "
                                                        "or a shorter period", report_id));
  return FALSE;
}
