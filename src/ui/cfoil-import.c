/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-import.h"

#include "cfoil-account-chooser.h"
#include "cfoil-compat.h"
#include "cfoil-import-results.h"
#include "cfoil-mail-dialog.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

typedef struct
{
  CfoilWindow *window;   /* (owned) */
  CfoilContext *context; /* (owned) */
  char *account;         /* (owned) */
  GStrv paths;           /* (owned) */
  GPtrArray *results;    /* (owned) (nullable): CfoilImportResult */
} Import;

static void files_chosen_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data);
static void account_chosen_cb (const char *account,
                               gpointer    user_data);
static void imported_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data);

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->window);
  g_clear_object (&import->context);
  g_free (import->account);
  g_strfreev (import->paths);
  g_clear_pointer (&import->results, g_ptr_array_unref);
  g_free (import);
}

const char *
cfoil_import_find_account (CfoilWorkspace *workspace)
{
  CfoilMirrorStatus *status = cfoil_workspace_get_status (workspace);

  if (status == NULL || status->accounts->len == 0)
    return NULL;
  return ((CfoilAccountStatus *) status->accounts->pdata[0])->name;
}

void
cfoil_import_choose (CfoilWindow *window)
{
  static const char *const patterns[] = { "*.csv", "*.CSV", "*.gz", "*.txt", "*.json", "*.eml", "*.EML", NULL };

  cfoil_compat_open_files_async (GTK_WINDOW (window), _("Import Files"), TRUE, patterns,
                                 _("Reports, Notifications and E-Mails"), files_chosen_cb, g_object_ref (window));
}

static void
files_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CfoilWindow) window = user_data;
  g_auto (GStrv) paths = cfoil_compat_open_files_finish (result, NULL);

  if (paths != NULL)
    cfoil_import_paths (window, (const char *const *) paths);
}

void
cfoil_import_paths (CfoilWindow       *window,
                    const char *const *paths)
{
  CfoilWorkspace *workspace = cfoil_window_get_workspace (window);
  g_autoptr (GStrvBuilder) reports = g_strv_builder_new ();
  g_auto (GStrv) rest = NULL;
  Import *import;

  if (workspace == NULL || cfoil_import_find_account (workspace) == NULL)
    return;
  /* A mail is only looked at. */
  for (guint i = 0; paths[i] != NULL; i++)
    if (cfoil_mail_dialog_is_mail (paths[i]))
      cfoil_mail_dialog_open (window, paths[i]);
    else
      g_strv_builder_add (reports, paths[i]);
  rest = g_strv_builder_end (reports);
  if (rest[0] == NULL)
    return;
  import = g_new0 (Import, 1);
  import->window = g_object_ref (window);
  import->paths = g_steal_pointer (&rest);
  cfoil_account_choose (GTK_WINDOW (window), workspace, _("Import for Which Account?"), account_chosen_cb, import);
}

static gboolean
import_thread (CfoilOperation *operation,
               gpointer        data,
               GCancellable   *cancellable,
               GError        **error)
{
  Import *import = data;
  CfoilOutcome outcome;

  return cfoil_context_import_sync (import->context, import->account, (const char *const *) import->paths,
                                    cfoil_operation_report, operation, cancellable, &import->results, &outcome, error);
}

static void
account_chosen_cb (const char *account,
                   gpointer    user_data)
{
  Import *import = user_data;
  CfoilWorkspace *workspace = cfoil_window_get_workspace (import->window);
  g_autoptr (CfoilOperation) operation = NULL;

  if (account == NULL || workspace == NULL)
    {
      import_free (import);
      return;
    }
  if (cfoil_workspace_get_operation (workspace) != NULL)
    {
      cfoil_window_toast (import->window, _("Wait for what is running to end, then import again."));
      import_free (import);
      return;
    }
  import->context = g_object_ref (cfoil_workspace_get_context (workspace));
  import->account = g_strdup (account);
  operation = cfoil_operation_new (_("Importing"));
  cfoil_workspace_run (workspace, operation, TRUE, import_thread, import, import_free, imported_cb, NULL);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  CfoilOperation *operation = CFOIL_OPERATION (source);
  Import *import = cfoil_operation_get_data (operation);
  g_autoptr (GError) error = NULL;

  cfoil_operation_run_finish (operation, result, &error);
  cfoil_mirror_notify_changed (cfoil_context_get_mirror (import->context));
  if (import->results != NULL)
    cfoil_import_results_show (import->window, import->results);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cfoil_compat_tell (GTK_WINDOW (import->window), _("Nothing Was Imported"), cfoil_words_error (error));
}
