/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exceptions-page.h"

#include "cfoil-exception-row.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilExceptionsPage
{
  CfoilPage parent_instance;

  GtkListView *list;
  GtkLabel *more;

  GListStore *store;               /* (owned) */
  GSignalGroup *workspace_signals; /* (owned) */
  GCancellable *cancellable;       /* (owned) (nullable): while they are being read */
  gint64 n_shown;                  /* how many there were when they were read, -1: not read */
  gint64 n_all;
};

static void read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilExceptionsPage, cfoil_exceptions_page, CFOIL_TYPE_PAGE)

static void
read_exceptions (CfoilExceptionsPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  if (self->cancellable != NULL || self->n_all == self->n_shown || workspace == NULL)
    return;
  self->n_shown = self->n_all;
  self->cancellable = g_cancellable_new ();
  cfoil_exceptions_read_async (cfoil_workspace_get_reader (workspace), self->cancellable, read_cb, g_object_ref (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilExceptionsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cfoil_exceptions_read_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (items == NULL)
    {
      g_warning ("Cannot read exceptions: %s", error->message);
      self->n_shown = -1;
      return;
    }
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), items->pdata, items->len);
  /* Translators: %d is a number, always more than one. */
  text = g_strdup_printf (_("The latest %d are shown. All of them are in the mirror."), CFOIL_EXCEPTIONS_MAX);
  gtk_label_set_text (self->more, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more), items->len >= CFOIL_EXCEPTIONS_MAX);
  read_exceptions (self);
}

static void
status_cb (CfoilExceptionsPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  CfoilMirrorStatus *status = workspace != NULL ? cfoil_workspace_get_status (workspace) : NULL;

  if (status == NULL)
    return;
  self->n_all = status->n_exceptions;
  cfoil_page_set_badge (CFOIL_PAGE (self), (guint) MIN (self->n_all, G_MAXUINT));
  cfoil_page_set_available (CFOIL_PAGE (self), self->n_all > 0);
  read_exceptions (self);
}

static void
cfoil_exceptions_page_workspace_changed (CfoilPage *page)
{
  CfoilExceptionsPage *self = CFOIL_EXCEPTIONS_PAGE (page);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_list_store_remove_all (self->store);
  self->n_shown = self->n_all = -1;
  g_signal_group_set_target (self->workspace_signals, cfoil_page_get_workspace (page));
  status_cb (self);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          gpointer            user_data)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, GTK_WIDGET (cfoil_exception_row_new ()));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         gpointer            user_data)
{
  CfoilExceptionsPage *self = user_data;
  CfoilExceptionItem *item = gtk_list_item_get_item (list_item);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  const char *feed = item->feed;

  if (workspace != NULL && feed != NULL)
    feed = cfoil_workspace_get_feed_title (workspace, feed);
  cfoil_exception_row_set_item (CFOIL_EXCEPTION_ROW (gtk_list_item_get_child (list_item)), item, feed);
}

static void
cfoil_exceptions_page_dispose (GObject *object)
{
  CfoilExceptionsPage *self = CFOIL_EXCEPTIONS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->workspace_signals != NULL)
    g_signal_group_set_target (self->workspace_signals, NULL);
  g_clear_object (&self->workspace_signals);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_EXCEPTIONS_PAGE);

  G_OBJECT_CLASS (cfoil_exceptions_page_parent_class)->dispose (object);
}

static void
cfoil_exceptions_page_class_init (CfoilExceptionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_exceptions_page_dispose;
  CFOIL_PAGE_CLASS (klass)->workspace_changed = cfoil_exceptions_page_workspace_changed;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-exceptions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilExceptionsPage, list);
  gtk_widget_class_bind_template_child (widget_class, CfoilExceptionsPage, more);
}

static void
cfoil_exceptions_page_init (CfoilExceptionsPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->n_shown = self->n_all = -1;
  self->store = g_list_store_new (CFOIL_TYPE_EXCEPTION_ITEM);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->store))));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, selection);
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::status", G_CALLBACK (status_cb), self);
}
