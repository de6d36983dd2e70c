/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account-dialog.h"
#include "cfoil-account-removal.h"
#include "cfoil-disputes-page.h"
#include "cfoil-export-dialog.h"
#include "cfoil-import.h"
#include "cfoil-notification-dialog.h"
#include "cfoil-preferences.h"
#include "cfoil-settlements-page.h"
#include "cfoil-transactions-page.h"
#include "cfoil-window-books.h"
#include "cfoil-window-private.h"

static void
show_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  CfoilWindow *self = user_data;
  CfoilPage *page = cfoil_shell_find_page (self->shell, g_variant_get_string (parameter, NULL));

  if (page != NULL && cfoil_page_get_available (page))
    cfoil_shell_set_visible_page (self->shell, page);
}

static void
show_nth_page_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  CfoilWindow *self = user_data;
  int n = g_variant_get_int32 (parameter);
  CfoilPage *page = n > 0 ? cfoil_shell_get_nth_page (self->shell, (guint) n - 1) : NULL;

  if (page != NULL)
    cfoil_shell_set_visible_page (self->shell, page);
}

static CfoilPage *
show_page (CfoilWindow *self,
           const char  *name)
{
  CfoilPage *page = cfoil_shell_find_page (self->shell, name);

  cfoil_shell_set_visible_page (self->shell, page);
  return page;
}

static void
show_case_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  cfoil_disputes_page_open_case (CFOIL_DISPUTES_PAGE (show_page (user_data, "disputes")), g_variant_get_int64 (parameter));
}

static void
show_case_of_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  cfoil_disputes_page_open_case_of (CFOIL_DISPUTES_PAGE (show_page (user_data, "disputes")), g_variant_get_string (parameter, NULL));
}

static void
show_disputes_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  cfoil_disputes_page_show_query (CFOIL_DISPUTES_PAGE (show_page (user_data, "disputes")), g_variant_get_string (parameter, NULL));
}

static void
show_settlements_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  cfoil_settlements_page_show (CFOIL_SETTLEMENTS_PAGE (show_page (user_data, "settlements")), g_variant_get_string (parameter, NULL));
}

static void
show_transaction_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  cfoil_transactions_page_open_transaction (CFOIL_TRANSACTIONS_PAGE (show_page (user_data, "transactions")),
                                            g_variant_get_int64 (parameter));
}

static void
sync_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  cfoil_workspace_sync (((CfoilWindow *) user_data)->workspace, NULL);
}

static void
cancel_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CfoilOperation *operation = cfoil_workspace_get_operation (((CfoilWindow *) user_data)->workspace);

  if (operation != NULL)
    cfoil_operation_cancel (operation);
}

static void
add_account_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  CfoilWindow *self = user_data;
  CfoilAccountDialog *dialog = cfoil_account_dialog_new (self->workspace);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
remove_account_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  cfoil_account_removal_ask (user_data, g_variant_get_string (parameter, NULL));
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  cfoil_import_choose (user_data);
}

static void
import_paths_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  g_autofree const char **paths = g_variant_get_strv (parameter, NULL);

  cfoil_import_paths (user_data, paths);
}

static void
paste_notification_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  CfoilNotificationDialog *dialog = cfoil_notification_dialog_new (user_data);

  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CfoilWindow *self = user_data;
  CfoilPage *page = cfoil_shell_get_visible_page (self->shell);

  /* What is on the screen, if that can be exported. */
  if (page == NULL || !gtk_widget_activate_action (GTK_WIDGET (page), "page.export", NULL))
    gtk_window_present (GTK_WINDOW (cfoil_export_dialog_new (self)));
}

static void
export_to_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  cfoil_export_to (user_data, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, g_variant_get_string (parameter, NULL));
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  CfoilPreferences *preferences = cfoil_preferences_new ();

  gtk_window_set_transient_for (GTK_WINDOW (preferences), GTK_WINDOW (user_data));
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
demo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  _cfoil_window_open (user_data, TRUE);
}

static void
leave_demo_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  _cfoil_window_open (user_data, FALSE);
}

static void
retry_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  _cfoil_window_open (user_data, ((CfoilWindow *) user_data)->wants_demo);
}

static void
toast_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  cfoil_window_toast (user_data, g_variant_get_string (parameter, NULL));
}

static void
menu_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  cfoil_shell_open_menu (((CfoilWindow *) user_data)->shell);
}

static void
close_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  gtk_window_close (user_data);
}

static const GActionEntry entries[] = {
  { "show-page", show_page_cb, "s" },
  { "show-settlements", show_settlements_cb, "s" },
  { "show-nth-page", show_nth_page_cb, "i" },
  { "show-case", show_case_cb, "x" },
  { "show-case-of", show_case_of_cb, "s" },
  { "show-disputes", show_disputes_cb, "s" },
  { "show-transaction", show_transaction_cb, "x" },
  { "sync", sync_cb },
  { "cancel", cancel_cb },
  { "add-account", add_account_cb },
  { "remove-account", remove_account_cb, "s" },
  { "import", import_cb },
  { "import-paths", import_paths_cb, "as" },
  { "paste-notification", paste_notification_cb },
  { "export", export_cb },
  { "export-to", export_to_cb, "s" },
  { "preferences", preferences_cb },
  { "demo", demo_cb },
  { "leave-demo", leave_demo_cb },
  { "retry", retry_cb },
  { "toast", toast_cb, "s" },
  { "menu", menu_cb },
  { "close", close_cb },
};

static void
set_enabled (CfoilWindow *self,
             const char  *name,
             gboolean     enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
_cfoil_window_update_actions (CfoilWindow *self)
{
  gboolean is_open = self->workspace != NULL;
  CfoilMirrorStatus *status = is_open ? cfoil_workspace_get_status (self->workspace) : NULL;
  gboolean has_account = status != NULL && status->accounts->len > 0;
  gboolean is_demo = is_open && cfoil_workspace_get_is_demo (self->workspace);
  gboolean is_writing = is_open && cfoil_workspace_get_operation (self->workspace) != NULL;

  set_enabled (self, "show-case", has_account);
  set_enabled (self, "show-case-of", has_account);
  set_enabled (self, "show-disputes", has_account);
  set_enabled (self, "show-transaction", has_account);
  set_enabled (self, "sync", has_account && !is_writing);
  set_enabled (self, "cancel", is_writing);
  set_enabled (self, "add-account", is_open && !is_demo && !is_writing);
  set_enabled (self, "remove-account", has_account && !is_demo && !is_writing);
  set_enabled (self, "import", has_account && !is_writing);
  set_enabled (self, "import-paths", has_account && !is_writing);
  set_enabled (self, "paste-notification", has_account && !is_writing);
  set_enabled (self, "export", has_account);
  set_enabled (self, "export-to", has_account);
  set_enabled (self, "demo", !self->wants_demo);
  set_enabled (self, "leave-demo", self->wants_demo);
  set_enabled (self, "menu", has_account);
  _cfoil_window_update_view_actions (self);
}

void
_cfoil_window_install_actions (CfoilWindowClass *klass)
{
  /* As a key of the window, not of the application: a question mark that is
   * typed into an entry is a question mark. */
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_question, 0, "win.show-help-overlay", NULL);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_question, GDK_SHIFT_MASK, "win.show-help-overlay", NULL);
}

void
_cfoil_window_add_actions (CfoilWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  cfoil_window_add_books_action (self);
}
