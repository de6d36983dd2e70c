/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-compat.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _CfoilAccountDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  AdwPreferencesPage *page;
  AdwEntryRow *name;
  AdwComboRow *region;
  AdwComboRow *environment;
  AdwEntryRow *public_key_id;
  AdwActionRow *key_file;
  AdwEntryRow *merchant_id;
  AdwComboRow *storage;
  AdwEntryRow *endpoint;
  AdwActionRow *ca_file;
  GtkWidget *ca_clear;
  GtkLabel *hint;
  GtkButton *add_button;
  GtkButton *anyway_button;
  GtkSpinner *spinner;

  CfoilWorkspace *workspace; /* (owned) */
  CfoilOperation *operation; /* (owned) (nullable) */
  char *key_path;            /* (owned) (nullable) */
  char *ca_path;             /* (owned) (nullable) */
};

typedef struct
{
  CfoilContext *context; /* (owned) */
  CfoilAccount *account; /* (owned) */
  char *key_path;        /* (owned) */
  gboolean with_test;
  gboolean was_added; /* the account itself is all right, so far as we can tell */
} Addition;

static const char *const regions[] = { "na", "eu", "jp" };
static const char *const environments[] = { "live", "sandbox" };
static const char *const storages[] = { "keyring", "file" };

static void key_file_chosen_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data);
static void ca_file_chosen_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data);
static void added_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilAccountDialog, cfoil_account_dialog, ADW_TYPE_WINDOW)

/* --- checking --- */

static char *
dup_entry (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static gboolean
name_is_taken (CfoilAccountDialog *self,
               const char         *name)
{
  CfoilMirrorStatus *status = cfoil_workspace_get_status (self->workspace);

  for (guint i = 0; status != NULL && i < status->accounts->len; i++)
    if (g_ascii_strcasecmp (((CfoilAccountStatus *) status->accounts->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_key_id (const char *id)
{
  return strlen (id) <= 128 &&
         strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen (id);
}

static gboolean
has_prefix (const char *text,
            const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

static void
mark (GtkWidget *row,
      gboolean   is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* What is wrong with what was typed so far, or NULL; what is still empty is
 * not wrong. */
static const char *
check_entries (CfoilAccountDialog *self)
{
  g_autofree char *name = dup_entry (self->name);
  g_autofree char *id = dup_entry (self->public_key_id);
  g_autofree char *endpoint = dup_entry (self->endpoint);
  gboolean is_taken = name_is_taken (self, name);
  gboolean is_odd = !is_key_id (id);
  gboolean is_sandbox = adw_combo_row_get_selected (self->environment) == 1;
  gboolean is_other = (has_prefix (id, "LIVE") && is_sandbox) || (has_prefix (id, "SANDBOX") && !is_sandbox);
  gboolean is_plain = *endpoint != '\0' && !g_str_has_prefix (endpoint, "https://");
  gboolean is_half = (*endpoint != '\0') != (self->ca_path != NULL);

  mark (GTK_WIDGET (self->name), is_taken);
  mark (GTK_WIDGET (self->public_key_id), is_odd || is_other);
  mark (GTK_WIDGET (self->endpoint), is_plain);
  if (is_taken)
    return _("There is already an account of that name.");
  if (is_odd)
    return _("A public key ID has letters, digits and hyphens only.");
  if (is_other)
    return _("This key belongs to the other environment.");
  if (is_plain)
    return _("The endpoint must begin with https://.");
  if (is_half)
    return _("An endpoint and its certificates go together.");
  return NULL;
}

static gboolean
is_complete (CfoilAccountDialog *self)
{
  g_autofree char *name = dup_entry (self->name);
  g_autofree char *id = dup_entry (self->public_key_id);

  return *name != '\0' && *id != '\0' && self->key_path != NULL;
}

static void
update (CfoilAccountDialog *self)
{
  const char *problem = check_entries (self);
  gboolean is_busy = self->operation != NULL;

  gtk_label_set_text (self->hint, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), problem != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), problem == NULL && is_complete (self) && !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), !is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
}

static void
changed_cb (CfoilAccountDialog *self)
{
  if (self->workspace == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->anyway_button), FALSE);
  update (self);
}

/* The environment is part of most key ids. */
static void
key_id_changed_cb (CfoilAccountDialog *self)
{
  g_autofree char *id = dup_entry (self->public_key_id);

  if (has_prefix (id, "SANDBOX"))
    adw_combo_row_set_selected (self->environment, 1);
  else if (has_prefix (id, "LIVE"))
    adw_combo_row_set_selected (self->environment, 0);
  changed_cb (self);
}

/* --- files --- */

static void
set_file (AdwActionRow *row,
          char        **field,
          const char   *path,
          const char   *empty)
{
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;

  g_free (*field);
  *field = g_strdup (path);
  adw_action_row_set_subtitle (row, name != NULL ? name : empty);
}

static void
choose_key_file_cb (CfoilAccountDialog *self)
{
  static const char *const patterns[] = { "*.pem", "*.key", NULL };

  cfoil_compat_open_files_async (GTK_WINDOW (self), _("Private Key"), FALSE, patterns, _("Private Keys (PEM)"),
                                 key_file_chosen_cb, g_object_ref (self));
}

static void
key_file_chosen_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (CfoilAccountDialog) self = user_data;
  g_auto (GStrv) paths = cfoil_compat_open_files_finish (result, NULL);

  if (paths == NULL || self->page == NULL)
    return;
  set_file (self->key_file, &self->key_path, paths[0], "");
  changed_cb (self);
}

static void
choose_ca_file_cb (CfoilAccountDialog *self)
{
  static const char *const patterns[] = { "*.pem", "*.crt", NULL };

  cfoil_compat_open_files_async (GTK_WINDOW (self), _("Certificates"), FALSE, patterns, _("Certificates (PEM)"),
                                 ca_file_chosen_cb, g_object_ref (self));
}

static void
show_ca_file (CfoilAccountDialog *self,
              const char         *path)
{
  set_file (self->ca_file, &self->ca_path, path, _("Only needed with an endpoint"));
  gtk_widget_set_visible (self->ca_clear, path != NULL);
  changed_cb (self);
}

static void
ca_file_chosen_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (CfoilAccountDialog) self = user_data;
  g_auto (GStrv) paths = cfoil_compat_open_files_finish (result, NULL);

  if (paths != NULL && self->page != NULL)
    show_ca_file (self, paths[0]);
}

static void
clear_ca_file_cb (CfoilAccountDialog *self)
{
  show_ca_file (self, NULL);
}

/* --- adding --- */

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  g_object_unref (addition->context);
  cfoil_account_free (addition->account);
  g_free (addition->key_path);
  g_free (addition);
}

static gboolean
add_thread (CfoilOperation *operation,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Addition *addition = data;
  const char *name = addition->account->name;

  if (!cfoil_context_add_account_sync (addition->context, addition->account, addition->key_path, cancellable, error))
    return FALSE;
  addition->was_added = TRUE;
  if (!addition->with_test || cfoil_context_test_account_sync (addition->context, name, cancellable, error))
    return TRUE;
  /* As if it had never been there: it is entered again, or added untested. */
  cfoil_context_remove_account_sync (addition->context, name, NULL, NULL);
  return FALSE;
}

static char *
dup_optional (AdwEntryRow *row)
{
  char *text = dup_entry (row);

  if (*text != '\0')
    return text;
  g_free (text);
  return NULL;
}

static CfoilAccount *
make_account (CfoilAccountDialog *self)
{
  CfoilAccount *account = cfoil_account_new ();

  account->name = dup_entry (self->name);
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup (regions[adw_combo_row_get_selected (self->region)]);
  account->environment = g_strdup (environments[adw_combo_row_get_selected (self->environment)]);
  account->public_key_id = dup_entry (self->public_key_id);
  account->merchant_id = dup_optional (self->merchant_id);
  account->endpoint = dup_optional (self->endpoint);
  account->ca_file = g_strdup (self->ca_path);
  account->key_storage = g_strdup (storages[adw_combo_row_get_selected (self->storage)]);
  return account;
}

static void
add (CfoilAccountDialog *self,
     gboolean            with_test)
{
  Addition *addition;

  if (cfoil_workspace_get_operation (self->workspace) != NULL)
    {
      cfoil_banner_set_text (self->banner, _("Wait for what is running to end, then try again."));
      return;
    }
  addition = g_new0 (Addition, 1);
  addition->context = g_object_ref (cfoil_workspace_get_context (self->workspace));
  addition->account = make_account (self);
  addition->key_path = g_strdup (self->key_path);
  addition->with_test = with_test;
  self->operation = cfoil_operation_new (_("Adding the account"));
  cfoil_banner_set_text (self->banner, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->anyway_button), FALSE);
  update (self);
  cfoil_workspace_run (self->workspace, self->operation, TRUE, add_thread, addition, addition_free,
                       added_cb, g_object_ref (self));
}

static void
add_cb (CfoilAccountDialog *self)
{
  add (self, TRUE);
}

static void
add_anyway_cb (CfoilAccountDialog *self)
{
  add (self, FALSE);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilAccountDialog) self = user_data;
  CfoilOperation *operation = CFOIL_OPERATION (source);
  Addition *addition = cfoil_operation_get_data (operation);
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_operation_run_finish (operation, result, &error);

  cfoil_mirror_notify_changed (cfoil_context_get_mirror (addition->context));
  g_clear_object (&self->operation);
  if (ok)
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

      if (parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-page", "s", "sync");
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (self->page == NULL)
    return;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      cfoil_banner_set_text (self->banner, cfoil_words_error (error));
      cfoil_banner_set_tooltip (self->banner, error->message);
    }
  /* What could be stored but not be tested can be added all the same. */
  gtk_widget_set_visible (GTK_WIDGET (self->anyway_button), addition->was_added);
  update (self);
}

/* --- GObject --- */

static gboolean
cfoil_account_dialog_close_request (GtkWindow *window)
{
  CfoilAccountDialog *self = CFOIL_ACCOUNT_DIALOG (window);

  if (self->operation != NULL)
    cfoil_operation_cancel (self->operation);
  return GTK_WINDOW_CLASS (cfoil_account_dialog_parent_class)->close_request (window);
}

static void
cfoil_account_dialog_dispose (GObject *object)
{
  CfoilAccountDialog *self = CFOIL_ACCOUNT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_ACCOUNT_DIALOG);
  g_clear_object (&self->workspace);
  g_clear_object (&self->operation);
  g_clear_pointer (&self->key_path, g_free);
  g_clear_pointer (&self->ca_path, g_free);

  G_OBJECT_CLASS (cfoil_account_dialog_parent_class)->dispose (object);
}

static void
cfoil_account_dialog_class_init (CfoilAccountDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_account_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cfoil_account_dialog_close_request;
  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, page);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, name);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, region);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, environment);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, public_key_id);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, key_file);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, merchant_id);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, storage);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, endpoint);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, ca_file);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, ca_clear);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, anyway_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilAccountDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_id_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_key_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_ca_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_ca_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_anyway_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_account_dialog_init (CfoilAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Not by the template: the row is not yet in the window when that is read. */
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->name));
}

CfoilAccountDialog *
cfoil_account_dialog_new (CfoilWorkspace *workspace)
{
  CfoilAccountDialog *self;

  g_return_val_if_fail (CFOIL_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (CFOIL_TYPE_ACCOUNT_DIALOG, NULL);
  self->workspace = g_object_ref (workspace);
  update (self);
  return self;
}
