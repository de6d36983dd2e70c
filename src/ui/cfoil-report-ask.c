/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-ask.h"

#include "cfoil-error.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *widget; /* (owned) */
  CfoilReportAskedFunc func;
} Told;

CfoilReportAsk *
cfoil_report_ask_new (CfoilWorkspace    *workspace,
                      CfoilReportAskKind kind,
                      const char        *account)
{
  CfoilReportAsk *self = g_new0 (CfoilReportAsk, 1);

  self->kind = kind;
  self->context = g_object_ref (cfoil_workspace_get_context (workspace));
  self->account = g_strdup (account);
  return self;
}

void
cfoil_report_ask_free (CfoilReportAsk *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->context);
  g_free (self->account);
  g_free (self->type);
  g_free (self->frequency);
  g_free (self->id);
  g_free (self->replaced_id);
  cfoil_asked_clear (&self->asked);
  g_free (self->sha256);
  g_free (self->existing_id);
  g_free (self);
}

static gboolean
ask_thread (CfoilOperation *operation,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  CfoilReportAsk *self = data;

  switch (self->kind)
    {
    case CFOIL_REPORT_ASK_REQUEST:
      return cfoil_context_request_report_sync (self->context, self->account, self->type, self->start_us, self->end_us, cancellable,
                                                &self->asked, error);
    case CFOIL_REPORT_ASK_DOWNLOAD:
      return cfoil_context_download_report_sync (self->context, self->account, self->id, FALSE, cfoil_operation_report, operation,
                                                 cancellable, &self->status, &self->sha256, error);
    case CFOIL_REPORT_ASK_CREATE:
      return cfoil_context_create_schedule_sync (self->context, self->account, self->type, self->frequency, CFOIL_UNKNOWN,
                                                 self->replaced_id, cancellable, &self->asked, &self->existing_id, error);
    case CFOIL_REPORT_ASK_CANCEL:
      return cfoil_context_cancel_schedule_sync (self->context, self->account, self->id, self->of_others, cancellable, &self->asked,
                                                 error);
    case CFOIL_REPORT_ASK_SCHEDULES:
    default:
      return cfoil_context_refresh_schedules_sync (self->context, self->account, cancellable, error);
    }
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Told *told = user_data;
  CfoilReportAsk *self = cfoil_operation_get_data (CFOIL_OPERATION (source));
  g_autoptr (GError) error = NULL;

  /* What was asked for is in the mirror also when the provider did not answer. */
  cfoil_mirror_notify_changed (cfoil_context_get_mirror (self->context));
  cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error);
  told->func (told->widget, self, error);
  g_object_unref (told->widget);
  g_free (told);
}

static const char *
get_title (CfoilReportAskKind kind)
{
  switch (kind)
    {
    case CFOIL_REPORT_ASK_REQUEST:
      return _("Requesting a report");
    case CFOIL_REPORT_ASK_DOWNLOAD:
      return _("Downloading a report");
    case CFOIL_REPORT_ASK_CREATE:
      return _("Creating a schedule");
    case CFOIL_REPORT_ASK_CANCEL:
      return _("Canceling a schedule");
    case CFOIL_REPORT_ASK_SCHEDULES:
    default:
      return _("Asking for schedules");
    }
}

gboolean
cfoil_report_ask_run (CfoilReportAsk      *self,
                      CfoilWorkspace      *workspace,
                      GtkWidget           *widget,
                      CfoilReportAskedFunc func)
{
  g_autoptr (CfoilOperation) operation = NULL;
  Told *told;

  if (cfoil_workspace_get_operation (workspace) != NULL)
    {
      cfoil_report_ask_free (self);
      return FALSE;
    }
  told = g_new0 (Told, 1);
  told->widget = g_object_ref (widget);
  told->func = func;
  operation = cfoil_operation_new (get_title (self->kind));
  cfoil_workspace_run (workspace, operation, TRUE, ask_thread, self, (GDestroyNotify) cfoil_report_ask_free, asked_cb, told);
  return TRUE;
}

const char *
cfoil_report_ask_words (const GError *error)
{
  if (g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_UNSUPPORTED))
    return _("The provider of this account makes no reports on request. Import its files instead.");
  if (g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_REJECTED))
    return _("The provider refused. Choose another period or another report.");
  if (g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_FAILED))
    return _("The provider could not make it. Request it again, or for a shorter period.");
  if (g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND))
    return _("The provider no longer keeps it. Request it again.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return _("This schedule is no longer there. Ask for the schedules again.");
  return cfoil_words_error (error);
}

char *
cfoil_report_ask_explain (CfoilWorkspace        *workspace,
                          const CfoilReportType *type,
                          gboolean               is_schedule)
{
  if (is_schedule)
    return g_strdup (_("The provider makes the report again and again, also while this program does not run; each sync brings what is "
                       "there. It keeps one schedule for each kind of report."));
  /* It has no feed of its own. */
  if (g_str_equal (type->feed, "imports"))
    return g_strdup (_("The provider makes the report, which takes some minutes; the next sync then brings it. The file is kept as it "
                       "comes. What its columns mean is not published, so perhaps nothing is read from it."));
  /* Translators: what a report tells of, as on the page Sync: "Refund reports" */
  return g_strdup_printf (_("The provider makes the report, which takes some minutes; the next sync then brings it. The file is kept as it "
                            "comes, and what it tells is read as “%s”."),
                          cfoil_workspace_get_feed_title (workspace, type->feed));
}

const char *
cfoil_report_ask_whose (void)
{
  return _("If you made it here before the account was removed and added again, it is your own.");
}
