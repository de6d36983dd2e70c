/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-notification-dialog.h"

#include "cfoil-account-chooser.h"
#include "cfoil-banner.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilNotificationDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  GtkTextView *text;
  GtkWidget *import_button;
  GtkSpinner *spinner;

  CfoilWindow *window; /* (owned) */
};

typedef struct
{
  CfoilContext *context; /* (owned) */
  char *account;         /* (owned) */
  char *text;            /* (owned) */
} Paste;

static void account_chosen_cb (const char *account,
                               gpointer    user_data);
static void imported_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilNotificationDialog, cfoil_notification_dialog, ADW_TYPE_WINDOW)

static void
paste_free (gpointer data)
{
  Paste *paste = data;

  g_object_unref (paste->context);
  g_free (paste->account);
  g_free (paste->text);
  g_free (paste);
}

static gboolean
paste_thread (CfoilOperation *operation,
              gpointer        data,
              GCancellable   *cancellable,
              GError        **error)
{
  Paste *paste = data;

  return cfoil_context_import_text_sync (paste->context, paste->account, paste->text, cancellable, error);
}

static char *
dup_text (CfoilNotificationDialog *self)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
set_busy (CfoilNotificationDialog *self,
          gboolean                 is_busy)
{
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_sensitive (self->import_button, !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->text), !is_busy);
}

static void
text_changed_cb (CfoilNotificationDialog *self)
{
  gtk_widget_set_sensitive (self->import_button,
                            gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->text)) > 0);
}

static void
import_cb (CfoilNotificationDialog *self)
{
  CfoilWorkspace *workspace = cfoil_window_get_workspace (self->window);

  if (workspace == NULL || cfoil_workspace_get_operation (workspace) != NULL)
    {
      cfoil_banner_set_text (self->banner, _("Wait for what is running to end, then try again."));
      return;
    }
  cfoil_banner_set_text (self->banner, NULL);
  cfoil_account_choose (GTK_WINDOW (self), workspace, _("Import for Which Account?"), account_chosen_cb, self);
}

static void
account_chosen_cb (const char *account,
                   gpointer    user_data)
{
  CfoilNotificationDialog *self = user_data;
  CfoilWorkspace *workspace = cfoil_window_get_workspace (self->window);
  g_autoptr (CfoilOperation) operation = NULL;
  Paste *paste;

  if (account == NULL || workspace == NULL || cfoil_workspace_get_operation (workspace) != NULL)
    return;
  paste = g_new0 (Paste, 1);
  paste->context = g_object_ref (cfoil_workspace_get_context (workspace));
  paste->account = g_strdup (account);
  paste->text = dup_text (self);
  set_busy (self, TRUE);
  operation = cfoil_operation_new (_("Importing"));
  cfoil_workspace_run (workspace, operation, TRUE, paste_thread, paste, paste_free, imported_cb, g_object_ref (self));
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (CfoilNotificationDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Paste *paste = cfoil_operation_get_data (CFOIL_OPERATION (source));

  cfoil_mirror_notify_changed (cfoil_context_get_mirror (paste->context));
  if (cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error))
    {
      cfoil_window_toast (self->window, _("The notification was taken in"));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (self->banner == NULL)
    return;
  set_busy (self, FALSE);
  cfoil_banner_set_text (self->banner, cfoil_words_error (error));
  cfoil_banner_set_tooltip (self->banner, error->message);
}

static void
cfoil_notification_dialog_dispose (GObject *object)
{
  CfoilNotificationDialog *self = CFOIL_NOTIFICATION_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_NOTIFICATION_DIALOG);
  g_clear_object (&self->window);

  G_OBJECT_CLASS (cfoil_notification_dialog_parent_class)->dispose (object);
}

static void
cfoil_notification_dialog_class_init (CfoilNotificationDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_notification_dialog_dispose;
  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-notification-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilNotificationDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilNotificationDialog, text);
  gtk_widget_class_bind_template_child (widget_class, CfoilNotificationDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilNotificationDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_notification_dialog_init (CfoilNotificationDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  text_changed_cb (self);
  /* Not by the template: the text is not yet in the window when that is read. */
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->text));
}

CfoilNotificationDialog *
cfoil_notification_dialog_new (CfoilWindow *window)
{
  CfoilNotificationDialog *self = g_object_new (CFOIL_TYPE_NOTIFICATION_DIALOG, "transient-for", window, NULL);

  self->window = g_object_ref (window);
  return self;
}
