/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-library-window-private.h"

#include "cfoil-compat.h"
#include "cfoil-library-change.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* What an undo brings back. */
typedef struct
{
  CfoilLibraryWindow *window; /* (owned) */
  CfoilLibraryItem *before;   /* (owned) (nullable): as it was; NULL: it was not there */
  gint64 item_id;             /* that is there now; 0: none */
} Undo;

static CfoilMirror *
get_mirror (CfoilLibraryWindow *self)
{
  return cfoil_context_get_mirror (cfoil_workspace_get_context (self->workspace));
}

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->window);
  g_clear_pointer (&undo->before, cfoil_library_item_free);
  g_free (undo);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilLibraryWindow) self = user_data;

  _cfoil_library_window_reload (self);
}

static void
undo_cb (gpointer data)
{
  Undo *undo = data;

  if (undo->window->workspace == NULL)
    return;
  if (undo->before == NULL)
    cfoil_library_change_remove_async (get_mirror (undo->window), undo->item_id, undone_cb, g_object_ref (undo->window));
  else
    {
      /* One that was removed comes back as a new one. */
      undo->before->item_id = undo->item_id;
      cfoil_library_change_put_async (get_mirror (undo->window), undo->before, NULL, undone_cb, g_object_ref (undo->window));
    }
}

static void
offer_undo (CfoilLibraryWindow     *self,
            const char             *text,
            const CfoilLibraryItem *before,
            gint64                  item_id)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->window = g_object_ref (self);
  undo->before = before != NULL ? cfoil_library_item_copy (before) : NULL;
  undo->item_id = item_id;
  cfoil_toast_show_undo (GTK_WIDGET (self->stack), text, undo_cb, undo, undo_free);
}

static void
tell_error (CfoilLibraryWindow *self,
            const char         *heading,
            const GError       *error)
{
  cfoil_compat_tell (GTK_WINDOW (self), heading, cfoil_words_error (error));
}

/* One change on its way. */
typedef struct
{
  CfoilLibraryWindow *window; /* (owned) */
  CfoilLibraryItem *before;   /* (owned) (nullable) */
} Way;

static Way *
way_new (CfoilLibraryWindow     *self,
         const CfoilLibraryItem *before)
{
  Way *way = g_new0 (Way, 1);

  way->window = g_object_ref (self);
  way->before = before != NULL ? cfoil_library_item_copy (before) : NULL;
  return way;
}

static void
way_free (Way *way)
{
  g_object_unref (way->window);
  g_clear_pointer (&way->before, cfoil_library_item_free);
  g_free (way);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Way *way = user_data;
  CfoilLibraryWindow *self = way->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilLibraryItem) item = cfoil_library_change_put_finish (result, &error);

  if (self->workspace == NULL || self->stack == NULL)
    ;
  else if (item == NULL)
    tell_error (self, _("Not Saved"), error);
  else
    {
      self->focus_id = item->item_id;
      offer_undo (self, way->before == NULL ? _("Added to the library") : _("Changed in the library"), way->before, item->item_id);
      _cfoil_library_window_reload (self);
    }
  way_free (way);
}

void
_cfoil_library_window_put (CfoilLibraryWindow     *self,
                           const CfoilLibraryItem *item,
                           GFile                  *file,
                           const CfoilLibraryItem *before)
{
  cfoil_library_change_put_async (get_mirror (self), item, file, put_cb, way_new (self, before));
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Way *way = user_data;
  CfoilLibraryWindow *self = way->window;
  g_autoptr (GError) error = NULL;

  if (self->workspace == NULL || self->stack == NULL)
    ;
  else if (!cfoil_library_change_remove_finish (result, &error))
    tell_error (self, _("Not Removed"), error);
  else
    {
      offer_undo (self, _("Removed from the library"), way->before, 0);
      _cfoil_library_window_reload (self);
    }
  way_free (way);
}

void
_cfoil_library_window_remove (CfoilLibraryWindow     *self,
                              const CfoilLibraryItem *item)
{
  cfoil_library_change_remove_async (get_mirror (self), item->item_id, removed_cb, way_new (self, item));
}
