/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account-removal.h"

#include "cfoil-compat.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

typedef struct
{
  CfoilWindow *window;   /* (owned) */
  CfoilContext *context; /* (owned) (nullable) */
  char *account;         /* (owned) */
} Removal;

static void asked_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data);
static void removed_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data);

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->window);
  g_clear_object (&removal->context);
  g_free (removal->account);
  g_free (removal);
}

void
cfoil_account_removal_ask (CfoilWindow *window,
                           const char  *account)
{
  Removal *removal = g_new0 (Removal, 1);
  /* Translators: %s is the name of an account. */
  g_autofree char *heading = g_strdup_printf (_("Remove “%s”?"), account);

  removal->window = g_object_ref (window);
  removal->account = g_strdup (account);
  cfoil_compat_ask_async (GTK_WINDOW (window), heading,
                          _("All transactions and report files of this account are deleted from this computer, and its key is forgotten. The provider keeps old data for a limited time only: some of it may not come back."),
                          _("_Remove"), TRUE, asked_cb, removal);
}

static gboolean
remove_thread (CfoilOperation *operation,
               gpointer        data,
               GCancellable   *cancellable,
               GError        **error)
{
  Removal *removal = data;

  return cfoil_context_remove_account_sync (removal->context, removal->account, cancellable, error);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Removal *removal = user_data;
  CfoilWorkspace *workspace = cfoil_window_get_workspace (removal->window);
  g_autoptr (CfoilOperation) operation = NULL;

  if (!cfoil_compat_ask_finish (result) || workspace == NULL || cfoil_workspace_get_operation (workspace) != NULL)
    {
      removal_free (removal);
      return;
    }
  removal->context = g_object_ref (cfoil_workspace_get_context (workspace));
  operation = cfoil_operation_new (_("Removing the account"));
  cfoil_workspace_run (workspace, operation, TRUE, remove_thread, removal, removal_free, removed_cb, NULL);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  CfoilOperation *operation = CFOIL_OPERATION (source);
  Removal *removal = cfoil_operation_get_data (operation);
  g_autoptr (GError) error = NULL;

  if (cfoil_operation_run_finish (operation, result, &error))
    cfoil_window_toast (removal->window, _("The account was removed"));
  else
    cfoil_window_toast (removal->window, cfoil_words_error (error));
  cfoil_mirror_notify_changed (cfoil_context_get_mirror (removal->context));
}
