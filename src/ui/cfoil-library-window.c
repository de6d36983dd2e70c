/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-library-window.h"

struct _CfoilLibraryWindow
{
  AdwWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (CfoilLibraryWindow, cfoil_library_window, ADW_TYPE_WINDOW)

static void
cfoil_library_window_class_init (CfoilLibraryWindowClass *klass)
{
}

static void
cfoil_library_window_init (CfoilLibraryWindow *self)
{
}

CfoilLibraryWindow *
cfoil_library_window_open (GtkApplication *application,
                           CfoilWorkspace *workspace)
{
  CfoilLibraryWindow *self = g_object_new (CFOIL_TYPE_LIBRARY_WINDOW, "application", application, NULL);

  gtk_window_present (GTK_WINDOW (self));
  return self;
}
