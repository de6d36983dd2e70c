/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-toast.h"
#include "cfoil-view-dialog.h"
#include "cfoil-window-private.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* A view that was deleted and may come back. */
typedef struct
{
  CfoilWindow *window; /* (borrowed): whose toast this belongs to */
  CfoilWorkspace *workspace;
  CfoilViewItem *item;
  guint position;
  gboolean was_current;
} Deletion;

/* A view that gets another name. */
typedef struct
{
  CfoilViews *views;
  CfoilViewItem *item;
} Renaming;

/* --- saving --- */

static void
save_named_cb (const char *name,
               gpointer    user_data)
{
  CfoilWindow *self = user_data;

  /* The dialog may outlive what it was opened over. */
  if (self->keeper != NULL && cfoil_view_keeper_get_current (self->keeper) != NULL)
    cfoil_view_keeper_save_as (self->keeper, name);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilWindow *self = user_data;
  CfoilViewItem *current = cfoil_view_keeper_get_current (self->keeper);
  g_autoptr (CfoilSavedView) view = cfoil_view_keeper_dup_shown (self->keeper);
  g_autofree char *name = NULL;

  name = cfoil_view_dialog_dup_suggestion (self->saved_views, view->query, cfoil_view_item_get_title (current));
  cfoil_view_dialog_ask (GTK_WINDOW (self), self->saved_views, NULL, name, save_named_cb, g_object_ref (self), g_object_unref);
}

static void
update_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  cfoil_view_keeper_update (((CfoilWindow *) user_data)->keeper);
}

/* --- one view --- */

static void
show_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilWindow *self = user_data;
  CfoilViewItem *item = cfoil_views_find (self->saved_views, g_variant_get_string (parameter, NULL));

  if (item == NULL)
    return;
  cfoil_view_keeper_show (self->keeper, item);
  cfoil_shell_set_visible_page (self->shell, cfoil_shell_find_page (self->shell, "transactions"));
}

static void
show_rows_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  CfoilWindow *self = user_data;

  cfoil_view_keeper_show_query (self->keeper, g_variant_get_string (parameter, NULL));
  cfoil_shell_set_visible_page (self->shell, cfoil_shell_find_page (self->shell, "transactions"));
}

static void
activated_cb (CfoilWindow   *self,
              CfoilViewItem *item)
{
  cfoil_view_keeper_show (self->keeper, item);
}

/* The user's own of that name. */
static CfoilViewItem *
find_own (CfoilWindow *self,
          const char  *name)
{
  CfoilViewItem *item = cfoil_views_find (self->saved_views, name);

  return item != NULL && cfoil_view_item_is_own (item) ? item : NULL;
}

static void
renamed_cb (const char *name,
            gpointer    user_data)
{
  Renaming *renaming = user_data;
  g_autoptr (CfoilSavedView) view = cfoil_saved_view_copy (cfoil_view_item_get_view (renaming->item));

  g_free (view->name);
  view->name = g_strdup (name);
  cfoil_views_change (renaming->views, renaming->item, view);
}

static void
renaming_free (gpointer data)
{
  Renaming *renaming = data;

  g_object_unref (renaming->views);
  g_object_unref (renaming->item);
  g_free (renaming);
}

static void
rename_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CfoilWindow *self = user_data;
  CfoilViewItem *item = find_own (self, g_variant_get_string (parameter, NULL));
  Renaming *renaming;

  if (item == NULL)
    return;
  renaming = g_new0 (Renaming, 1);
  renaming->views = g_object_ref (self->saved_views);
  renaming->item = g_object_ref (item);
  cfoil_view_dialog_ask (GTK_WINDOW (self), self->saved_views, item, cfoil_view_item_get_title (item),
                         renamed_cb, renaming, renaming_free);
}

static void
move_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilWindow *self = user_data;
  CfoilViewItem *item;
  const char *name;
  int delta;

  g_variant_get (parameter, "(&si)", &name, &delta);
  item = find_own (self, name);
  if (item != NULL)
    cfoil_views_move (self->saved_views, item, delta);
}

/* To where the other one stands. */
static void
move_to_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  CfoilWindow *self = user_data;
  CfoilViewItem *item, *other;
  const char *name, *other_name;
  guint from, to;

  g_variant_get (parameter, "(&s&s)", &name, &other_name);
  item = find_own (self, name);
  other = find_own (self, other_name);
  if (item != NULL && other != NULL && cfoil_views_find_position (self->saved_views, item, &from) &&
      cfoil_views_find_position (self->saved_views, other, &to))
    cfoil_views_move (self->saved_views, item, (int) to - (int) from);
}

static void
deletion_free (gpointer data)
{
  Deletion *deletion = data;

  g_object_unref (deletion->workspace);
  g_object_unref (deletion->item);
  g_free (deletion);
}

static void
undo_delete_cb (gpointer user_data)
{
  Deletion *deletion = user_data;
  CfoilWindow *self = deletion->window;

  if (self->workspace != deletion->workspace)
    return;
  cfoil_views_restore (self->saved_views, deletion->item, deletion->position);
  if (deletion->was_current)
    cfoil_view_keeper_show (self->keeper, deletion->item);
}

static void
delete_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CfoilWindow *self = user_data;
  CfoilViewItem *item = find_own (self, g_variant_get_string (parameter, NULL));
  g_autofree char *text = NULL;
  Deletion *deletion;

  if (item == NULL)
    return;
  /* What was to be kept of it is there again when it is. */
  cfoil_view_keeper_flush (self->keeper);
  deletion = g_new0 (Deletion, 1);
  deletion->window = self;
  deletion->workspace = g_object_ref (self->workspace);
  deletion->item = g_object_ref (item);
  deletion->was_current = item == cfoil_view_keeper_get_current (self->keeper);
  cfoil_views_find_position (self->saved_views, item, &deletion->position);
  cfoil_views_remove (self->saved_views, item);
  /* Translators: %s is the name of a view. */
  text = g_strdup_printf (_("View “%s” deleted"), cfoil_view_item_get_title (deletion->item));
  cfoil_toast_show_undo (GTK_WIDGET (self), text, undo_delete_cb, deletion, deletion_free);
}

static void
failed_cb (CfoilWindow *self,
           GError      *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    cfoil_window_toast (self, _("There is already a view of this name"));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    cfoil_window_toast (self, _("This view is not there any more"));
  else
    cfoil_window_toast (self, cfoil_words_error (error));
}

/* --- the current one --- */

static void
current_cb (CfoilWindow *self)
{
  CfoilViewItem *item = cfoil_view_keeper_get_current (self->keeper);
  CfoilPage *page = cfoil_shell_find_page (self->shell, "transactions");
  g_autofree char *title = NULL;

  if (item != NULL && cfoil_view_keeper_get_edited (self->keeper))
    /* Translators: %s is the name of a view; what is shown is not quite what was saved. */
    title = g_strdup_printf (_("%s (edited)"), cfoil_view_item_get_title (item));
  else
    title = g_strdup (item != NULL ? cfoil_view_item_get_title (item) : _("Transactions"));
  g_object_set (page, "title", title, NULL);
  g_signal_group_set_target (self->view_signals, item);
  cfoil_shell_set_current_view (self->shell, item);
  _cfoil_window_update_view_actions (self);
}

static const GActionEntry entries[] = {
  { "show-view", show_cb, "s" },
  { "show-rows", show_rows_cb, "s" },
  { "save-view", save_cb },
  { "update-view", update_cb },
  { "rename-view", rename_cb, "s" },
  { "move-view", move_cb, "(si)" },
  { "move-view-to", move_to_cb, "(ss)" },
  { "delete-view", delete_cb, "s" },
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
_cfoil_window_update_view_actions (CfoilWindow *self)
{
  CfoilViewItem *item = self->keeper != NULL ? cfoil_view_keeper_get_current (self->keeper) : NULL;
  gboolean is_shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "shell") == 0;
  gboolean can_save = item != NULL && is_shown;

  set_enabled (self, "show-view", can_save);
  set_enabled (self, "show-rows", can_save);
  set_enabled (self, "save-view", can_save);
  set_enabled (self, "update-view", can_save && cfoil_view_item_is_own (item) && cfoil_view_keeper_get_edited (self->keeper));
}

void
_cfoil_window_set_views_workspace (CfoilWindow    *self,
                                   CfoilWorkspace *workspace)
{
  /* Into the mirror that it is about. */
  cfoil_view_keeper_flush (self->keeper);
  cfoil_views_set_workspace (self->saved_views, workspace);
}

void
_cfoil_window_add_views (CfoilWindow           *self,
                         CfoilTransactionsPage *page)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  self->saved_views = cfoil_views_new ();
  self->keeper = cfoil_view_keeper_new (self->saved_views, page);
  self->view_signals = g_signal_group_new (CFOIL_TYPE_VIEW_ITEM);
  g_signal_group_connect_swapped (self->view_signals, "notify::title", G_CALLBACK (current_cb), self);
  g_signal_connect_object (self->saved_views, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keeper, "notify", G_CALLBACK (current_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shell, "view-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  cfoil_shell_set_views (self->shell, CFOIL_PAGE (page), G_LIST_MODEL (self->saved_views));
  _cfoil_window_update_view_actions (self);
}

void
_cfoil_window_remove_views (CfoilWindow *self)
{
  if (self->view_signals != NULL)
    g_signal_group_set_target (self->view_signals, NULL);
  g_clear_object (&self->view_signals);
  g_clear_object (&self->keeper);
  g_clear_object (&self->saved_views);
}
