/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exhibit-drag.h"

static CfoilExhibitDrag *
drag_copy (CfoilExhibitDrag *drag)
{
  CfoilExhibitDrag *copy = g_new (CfoilExhibitDrag, 1);

  *copy = (CfoilExhibitDrag) { g_strdup (drag->exhibit_id), drag->file };
  return copy;
}

static void
drag_free (CfoilExhibitDrag *drag)
{
  g_free (drag->exhibit_id);
  g_free (drag);
}

G_DEFINE_BOXED_TYPE (CfoilExhibitDrag, cfoil_exhibit_drag, drag_copy, drag_free)

/* --- source --- */

typedef struct
{
  GtkWidget *widget; /* (borrowed): contains the handle */
  CfoilExhibitDragFunc describe;
} Source;

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       user_data)
{
  Source *data = user_data;
  CfoilExhibitDrag drag = { NULL, -1 };
  GdkContentProvider *content;

  data->describe (data->widget, &drag);
  if (drag.exhibit_id == NULL)
    return NULL;
  content = gdk_content_provider_new_typed (CFOIL_TYPE_EXHIBIT_DRAG, &drag);
  g_free (drag.exhibit_id);
  return content;
}

static void
begin_cb (GtkDragSource *source,
          GdkDrag       *drag,
          gpointer       user_data)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (((Source *) user_data)->widget);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static void
source_free (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

void
cfoil_exhibit_drag_add_source (GtkWidget            *handle,
                               GtkWidget            *widget,
                               CfoilExhibitDragFunc  describe)
{
  GtkDragSource *source = gtk_drag_source_new ();
  Source *data = g_new (Source, 1);

  *data = (Source) { widget, describe };
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_data (source, "prepare", G_CALLBACK (prepare_cb), data, source_free, 0);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), data);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
}

/* --- target --- */

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  CfoilExhibitDropFunc dropped = user_data;
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  g_autoptr (GSList) list = NULL;
  g_autoptr (GPtrArray) files = NULL;

  if (G_VALUE_HOLDS (value, CFOIL_TYPE_EXHIBIT_DRAG))
    {
      dropped (widget, g_value_get_boxed (value), NULL, 0);
      return TRUE;
    }
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  list = gdk_file_list_get_files (g_value_get_boxed (value));
  files = g_ptr_array_new ();
  for (GSList *link = list; link != NULL; link = link->next)
    g_ptr_array_add (files, link->data);
  dropped (widget, NULL, (GFile **) files->pdata, files->len);
  return TRUE;
}

void
cfoil_exhibit_drag_add_target (GtkWidget            *widget,
                               gboolean              takes_drags,
                               CfoilExhibitDropFunc  dropped)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  GType types[] = { GDK_TYPE_FILE_LIST, CFOIL_TYPE_EXHIBIT_DRAG };

  gtk_drop_target_set_gtypes (target, types, takes_drags ? 2 : 1);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), dropped);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
