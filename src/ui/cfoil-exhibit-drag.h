/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is being dragged within the window: an exhibit, or one of its files. */
typedef struct
{
  char *exhibit_id; /* (owned) */
  int file;         /* its place, -1: the whole exhibit */
} CfoilExhibitDrag;

#define CFOIL_TYPE_EXHIBIT_DRAG (cfoil_exhibit_drag_get_type ())
GType cfoil_exhibit_drag_get_type (void);

/* Called when a drag begins: the drag is of this. */
typedef void (*CfoilExhibitDragFunc) (GtkWidget         *widget,
                                      CfoilExhibitDrag  *drag);
/* HANDLE is what is grabbed, WIDGET what is dragged and looked at. */
void cfoil_exhibit_drag_add_source (GtkWidget            *handle,
                                    GtkWidget            *widget,
                                    CfoilExhibitDragFunc  describe);

/* Called with what was dropped on WIDGET: either DRAG or FILES (nullable, borrowed). */
typedef void (*CfoilExhibitDropFunc) (GtkWidget              *widget,
                                      const CfoilExhibitDrag *drag,
                                      GFile                 **files,
                                      guint                   n_files);
/* TAKES_DRAGS: also what is dragged within the window. */
void cfoil_exhibit_drag_add_target (GtkWidget            *widget,
                                    gboolean              takes_drags,
                                    CfoilExhibitDropFunc  dropped);

G_END_DECLS
