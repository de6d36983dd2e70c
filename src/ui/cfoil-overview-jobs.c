/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-jobs.h"

#include "cfoil-anomaly.h"
#include "cfoil-compat.h"
#include "cfoil-fx.h"
#include "cfoil-summary.h"
#include "cfoil-threshold.h"
#include "cfoil-time.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

typedef struct
{
  CfoilContext *context;  /* (owned) */
  GtkWidget *widget;      /* (owned) (nullable) */
  char *text;             /* (owned) (nullable): a path, a zone or an account */
  char *currency;         /* (owned) (nullable) */
  gint32 month;
  gint64 id;
  CfoilFxImport *import;  /* (owned) (nullable): what came of it */
} Job;

static Job *
job_new (CfoilWorkspace *workspace,
         GtkWidget      *widget)
{
  Job *job = g_new0 (Job, 1);

  job->context = g_object_ref (cfoil_workspace_get_context (workspace));
  job->widget = widget != NULL ? g_object_ref (widget) : NULL;
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_clear_object (&job->widget);
  g_free (job->text);
  g_free (job->currency);
  g_clear_pointer (&job->import, cfoil_fx_import_free);
  g_free (job);
}

/* --- acknowledging --- */

static gboolean
acknowledge (CfoilOperation *operation,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  Job *job = data;

  return cfoil_anomaly_acknowledge (cfoil_context_get_mirror (job->context), job->id, cfoil_time_now_us (), error);
}

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Job *job = cfoil_operation_get_data (CFOIL_OPERATION (source));
  g_autoptr (GError) error = NULL;

  if (!cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error))
    cfoil_toast_show (job->widget, cfoil_words_error (error));
}

void
cfoil_overview_acknowledge (CfoilWorkspace *workspace,
                            GtkWidget      *widget,
                            gint64          anomaly_id)
{
  g_autoptr (CfoilOperation) operation = cfoil_operation_new (_("Acknowledging"));
  Job *job = job_new (workspace, widget);

  job->id = anomaly_id;
  cfoil_workspace_run (workspace, operation, FALSE, acknowledge, job, job_free, acknowledged_cb, NULL);
}

/* --- fraud reports --- */

static gboolean
say_reports (CfoilOperation *operation,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  Job *job = data;

  return cfoil_threshold_say_reports (cfoil_context_get_mirror (job->context), job->text, job->currency, job->month, job->id,
                                      cfoil_time_now_us (), error);
}

void
cfoil_overview_say_reports (CfoilWorkspace *workspace,
                            GtkWidget      *widget,
                            const char     *account,
                            const char     *currency,
                            gint32          month,
                            gint64          n_reports)
{
  g_autoptr (CfoilOperation) operation = cfoil_operation_new (_("Saving"));
  Job *job = job_new (workspace, widget);

  job->text = g_strdup (account);
  job->currency = g_strdup (currency);
  job->month = month;
  job->id = n_reports >= 0 ? n_reports : CFOIL_UNKNOWN;
  cfoil_workspace_run (workspace, operation, FALSE, say_reports, job, job_free, acknowledged_cb, NULL);
}

/* --- rates --- */

static gboolean
import_rates (CfoilOperation *operation,
              gpointer        data,
              GCancellable   *cancellable,
              GError        **error)
{
  Job *job = data;
  g_autoptr (GFile) file = g_file_new_for_path (job->text);

  job->import = cfoil_fx_import_file (cfoil_context_get_mirror (job->context), file, cancellable, error);
  return job->import != NULL;
}

static void
tell_mistakes (GtkWidget           *widget,
               const CfoilFxImport *import)
{
  g_autoptr (GString) text = g_string_new (_("Nothing of it was taken. Correct the file and import it again.\n"));

  for (guint i = 0; i < MIN (import->mistakes->len, 10); i++)
    g_string_append_printf (text, "\n%s", (char *) import->mistakes->pdata[i]);
  if (import->n_mistakes > 10)
    g_string_append (text, "\n…");
  cfoil_compat_tell (GTK_WINDOW (gtk_widget_get_root (widget)), _("The Rates Cannot Be Used"), text->str);
}

static void
rates_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Job *job = cfoil_operation_get_data (CFOIL_OPERATION (source));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error))
    {
      cfoil_toast_show (job->widget, cfoil_words_error (error));
      return;
    }
  if (job->import->n_mistakes > 0)
    {
      tell_mistakes (job->widget, job->import);
      return;
    }
  text = g_strdup_printf (ngettext ("%u rate imported", "%u rates imported", job->import->n_rates), job->import->n_rates);
  cfoil_toast_show (job->widget, text);
}

typedef struct
{
  CfoilWorkspace *workspace;
  GtkWidget *widget;
} Choosing;

static void
rates_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Choosing *choosing = user_data;
  g_auto (GStrv) paths = cfoil_compat_open_files_finish (result, NULL);

  if (paths != NULL && paths[0] != NULL)
    {
      g_autoptr (CfoilOperation) operation = cfoil_operation_new (_("Importing Rates"));
      Job *job = job_new (choosing->workspace, choosing->widget);

      job->text = g_strdup (paths[0]);
      cfoil_workspace_run (choosing->workspace, operation, FALSE, import_rates, job, job_free, rates_cb, NULL);
    }
  g_object_unref (choosing->workspace);
  g_object_unref (choosing->widget);
  g_free (choosing);
}

void
cfoil_overview_import_rates (CfoilWorkspace *workspace,
                             GtkWidget      *widget)
{
  static const char *const patterns[] = { "*.csv", NULL };
  Choosing *choosing = g_new0 (Choosing, 1);

  choosing->workspace = g_object_ref (workspace);
  choosing->widget = g_object_ref (widget);
  cfoil_compat_open_files_async (GTK_WINDOW (gtk_widget_get_root (widget)), _("Import Rates"), FALSE, patterns,
                                 _("CSV files"), rates_chosen_cb, choosing);
}

/* --- the zone --- */

static gboolean
follow_zone (CfoilOperation *operation,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  Job *job = data;

  return cfoil_summary_set_zone_sync (cfoil_context_get_mirror (job->context), job->text, error);
}

/* When it failed the days stay where they were; the next chance is the next operation's end. */
static void
followed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error))
    g_message ("days still begin in the former time zone: %s", error->message);
}

static gpointer
read_zone (CfoilDatabase *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GTimeZone) zone = cfoil_summary_get_zone (database, error);

  return zone != NULL ? g_strdup (g_time_zone_get_identifier (zone)) : NULL;
}

static void
zone_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (CfoilWorkspace) workspace = user_data;
  g_autofree char *present = cfoil_reader_run_finish (result, NULL);
  const char *wanted = cfoil_workspace_get_time_zone_name (workspace);
  g_autoptr (CfoilOperation) operation = NULL;
  Job *job;

  if (present == NULL || g_strcmp0 (present, wanted) == 0 || cfoil_workspace_get_operation (workspace) != NULL)
    return;
  operation = cfoil_operation_new (_("Adding up by day"));
  job = job_new (workspace, NULL);
  job->text = g_strdup (wanted);
  g_object_set_data_full (G_OBJECT (workspace), "overview-zone", g_strdup (wanted), g_free);
  cfoil_workspace_run (workspace, operation, TRUE, follow_zone, job, job_free, followed_cb, NULL);
}

void
cfoil_overview_follow_zone (CfoilWorkspace *workspace)
{
  const char *tried;

  g_return_if_fail (CFOIL_IS_WORKSPACE (workspace));

  /* A zone that could not be taken is not tried again and again. */
  tried = g_object_get_data (G_OBJECT (workspace), "overview-zone");
  if (cfoil_workspace_get_operation (workspace) != NULL ||
      g_strcmp0 (tried, cfoil_workspace_get_time_zone_name (workspace)) == 0)
    return;
  cfoil_reader_run_async (cfoil_workspace_get_reader (workspace), CFOIL_READER_STATUS, read_zone, NULL, NULL, g_free, NULL,
                          zone_read_cb, g_object_ref (workspace));
}
