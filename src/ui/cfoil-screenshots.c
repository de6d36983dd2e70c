/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-screenshots.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Time for rows to be read and animations to end; before the first picture, for
 * messages in passing to pass. */
#define SETTLE_MS 1200
#define FIRST_MS 6500
#define WAIT_MS 200

typedef struct
{
  CfoilWindow *window; /* (owned) */
  char *folder;        /* (owned) */
  CfoilScreenshotsFunc func;
  gpointer user_data;
  gboolean has_synced;
  guint view;
} Shots;

static const char *const views[] = { "overview", "transactions", "disputes", "settlements", "sync", "exceptions", "welcome" };

static gboolean
save (GtkWidget  *widget,
      const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int scale = gtk_widget_get_scale_factor (widget);
  int width = gdk_paintable_get_intrinsic_width (paintable) * scale;
  int height = gdk_paintable_get_intrinsic_height (paintable) * scale;
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  return gdk_texture_save_to_png (texture, path);
}

static void
end (Shots    *shots,
     gboolean  ok)
{
  shots->func (ok, shots->user_data);
  g_object_unref (shots->window);
  g_free (shots->folder);
  g_free (shots);
}

static gboolean
shoot_cb (gpointer user_data)
{
  Shots *shots = user_data;
  g_autofree char *name = g_strconcat (views[shots->view], ".png", NULL);
  g_autofree char *path = g_build_filename (shots->folder, name, NULL);

  if (!save (GTK_WIDGET (shots->window), path))
    {
      g_printerr ("Cannot write %s\n", path);
      end (shots, FALSE);
      return G_SOURCE_REMOVE;
    }
  if (++shots->view == G_N_ELEMENTS (views))
    {
      end (shots, TRUE);
      return G_SOURCE_REMOVE;
    }
  cfoil_window_show_view (shots->window, views[shots->view]);
  return G_SOURCE_CONTINUE;
}

static gboolean
first_cb (gpointer user_data)
{
  if (shoot_cb (user_data))
    g_timeout_add (SETTLE_MS, shoot_cb, user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
wait_cb (gpointer user_data)
{
  Shots *shots = user_data;
  CfoilWorkspace *workspace = cfoil_window_get_workspace (shots->window);
  CfoilMirrorStatus *status = workspace != NULL ? cfoil_workspace_get_status (workspace) : NULL;

  if (status == NULL)
    return G_SOURCE_CONTINUE;
  if (cfoil_workspace_get_operation (workspace) != NULL)
    shots->has_synced = TRUE;
  else if (shots->has_synced || status->accounts->len == 0 || !cfoil_workspace_get_is_demo (workspace))
    {
      if (status->accounts->len > 0)
        cfoil_window_show_view (shots->window, views[0]);
      g_timeout_add (FIRST_MS, first_cb, shots);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

void
cfoil_screenshots_take (CfoilWindow          *window,
                        const char           *folder,
                        CfoilScreenshotsFunc  func,
                        gpointer              user_data)
{
  Shots *shots = g_new0 (Shots, 1);

  shots->window = g_object_ref (window);
  shots->folder = g_strdup (folder);
  shots->func = func;
  shots->user_data = user_data;
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_printerr ("Cannot make the folder %s: %s\n", folder, g_strerror (errno));
      end (shots, FALSE);
      return;
    }
  g_timeout_add (WAIT_MS, wait_cb, shots);
}
