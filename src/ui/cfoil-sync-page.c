/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-sync-page.h"

#include "cfoil-account-group.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* "5 minutes ago" must not become a lie. */
#define CLOCK_SECONDS 30

struct _CfoilSyncPage
{
  CfoilPage parent_instance;

  GtkBox *groups;
  GtkRevealer *progress;
  GtkLabel *progress_title;
  GtkLabel *progress_detail;
  GtkProgressBar *progress_bar;
  GtkWidget *sync_button;

  GSignalGroup *workspace_signals; /* (owned) */
  CfoilOperation *operation;       /* (owned) (nullable) */
  gulong progress_id;
  guint clock_id;
};

G_DEFINE_FINAL_TYPE (CfoilSyncPage, cfoil_sync_page, CFOIL_TYPE_PAGE)

/* --- accounts --- */

static gboolean
groups_are_current (CfoilSyncPage           *self,
                    const CfoilMirrorStatus *status)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->groups));

  for (guint i = 0; i < status->accounts->len; i++)
    {
      const CfoilAccountStatus *account = status->accounts->pdata[i];

      if (child == NULL || cfoil_account_group_get_account_id (CFOIL_ACCOUNT_GROUP (child)) != account->account_id)
        return FALSE;
      child = gtk_widget_get_next_sibling (child);
    }
  return child == NULL;
}

static void
remove_groups (CfoilSyncPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
}

static guint
count_failures (const CfoilMirrorStatus *status)
{
  guint n = 0;

  for (guint i = 0; i < status->accounts->len; i++)
    {
      const CfoilAccountStatus *account = status->accounts->pdata[i];

      for (guint j = 0; j < account->feeds->len; j++)
        n += ((CfoilFeedStatus *) account->feeds->pdata[j])->error_name != NULL;
    }
  return n;
}

static void
update_subtitle (CfoilSyncPage           *self,
                 const CfoilMirrorStatus *status)
{
  guint n_failures = count_failures (status);
  g_autofree char *text = NULL;

  if (n_failures > 0)
    /* Translators: %u is a number of sources that could not be fetched. */
    text = g_strdup_printf (ngettext ("%u source has a problem", "%u sources have a problem", n_failures), n_failures);
  cfoil_page_set_badge (CFOIL_PAGE (self), n_failures);
  cfoil_page_set_subtitle (CFOIL_PAGE (self), text != NULL ? text : "");
}

static void
status_cb (CfoilSyncPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  CfoilMirrorStatus *status = workspace != NULL ? cfoil_workspace_get_status (workspace) : NULL;
  GtkWidget *child;

  if (status == NULL)
    return;
  if (!groups_are_current (self, status))
    {
      remove_groups (self);
      for (guint i = 0; i < status->accounts->len; i++)
        gtk_box_append (self->groups, GTK_WIDGET (cfoil_account_group_new (workspace, status->accounts->pdata[i])));
    }
  child = gtk_widget_get_first_child (GTK_WIDGET (self->groups));
  for (guint i = 0; child != NULL && i < status->accounts->len; i++)
    {
      cfoil_account_group_set_status (CFOIL_ACCOUNT_GROUP (child), status->accounts->pdata[i],
                                      cfoil_workspace_get_time_zone (workspace));
      child = gtk_widget_get_next_sibling (child);
    }
  update_subtitle (self, status);
}

static gboolean
clock_cb (gpointer user_data)
{
  status_cb (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- progress --- */

static void
progress_cb (CfoilSyncPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  const char *account = cfoil_operation_get_account (self->operation);
  const char *what = cfoil_operation_get_what (self->operation);
  const char *feed = what != NULL ? cfoil_workspace_get_feed_title (workspace, what) : NULL;
  g_autofree char *detail = cfoil_words_progress (self->operation, feed);
  g_autofree char *title = NULL;
  double fraction = cfoil_operation_get_fraction (self->operation);

  if (cfoil_operation_is_cancelled (self->operation))
    title = g_strdup (_("Cancelling…"));
  else if (account != NULL)
    /* Translators: what is done ("Syncing"), and the name of an account. */
    title = g_strdup_printf (_("%s: %s"), cfoil_operation_get_title (self->operation), account);
  else
    title = g_strdup (cfoil_operation_get_title (self->operation));
  gtk_label_set_text (self->progress_title, title);
  gtk_label_set_text (self->progress_detail, detail);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  else
    gtk_progress_bar_pulse (self->progress_bar);
}

static void
operation_cb (CfoilSyncPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  CfoilOperation *operation = workspace != NULL ? cfoil_workspace_get_operation (workspace) : NULL;

  if (self->operation != NULL)
    g_clear_signal_handler (&self->progress_id, self->operation);
  g_set_object (&self->operation, operation);
  gtk_revealer_set_reveal_child (self->progress, self->operation != NULL);
  gtk_widget_set_visible (self->sync_button, self->operation == NULL);
  if (self->operation == NULL)
    return;
  self->progress_id = g_signal_connect_swapped (self->operation, "progress", G_CALLBACK (progress_cb), self);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  progress_cb (self);
}

static void
cfoil_sync_page_workspace_changed (CfoilPage *page)
{
  CfoilSyncPage *self = CFOIL_SYNC_PAGE (page);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (page);

  remove_groups (self);
  g_signal_group_set_target (self->workspace_signals, workspace);
  operation_cb (self);
  status_cb (self);
}

/* --- GObject --- */

static void
cfoil_sync_page_dispose (GObject *object)
{
  CfoilSyncPage *self = CFOIL_SYNC_PAGE (object);

  g_clear_handle_id (&self->clock_id, g_source_remove);
  if (self->operation != NULL)
    g_clear_signal_handler (&self->progress_id, self->operation);
  g_clear_object (&self->operation);
  if (self->workspace_signals != NULL)
    g_signal_group_set_target (self->workspace_signals, NULL);
  g_clear_object (&self->workspace_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_SYNC_PAGE);

  G_OBJECT_CLASS (cfoil_sync_page_parent_class)->dispose (object);
}

static void
cfoil_sync_page_class_init (CfoilSyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_sync_page_dispose;
  CFOIL_PAGE_CLASS (klass)->workspace_changed = cfoil_sync_page_workspace_changed;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-sync-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilSyncPage, groups);
  gtk_widget_class_bind_template_child (widget_class, CfoilSyncPage, progress);
  gtk_widget_class_bind_template_child (widget_class, CfoilSyncPage, progress_title);
  gtk_widget_class_bind_template_child (widget_class, CfoilSyncPage, progress_detail);
  gtk_widget_class_bind_template_child (widget_class, CfoilSyncPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilSyncPage, sync_button);
}

static void
cfoil_sync_page_init (CfoilSyncPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (status_cb), self);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::operation", G_CALLBACK (operation_cb), self);
  self->clock_id = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
}
