/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A word at the foot of the window that WIDGET is in, or that its dialog belongs
 * to; of a widget in no window, nothing is shown.  TEXT is never markup.  Main
 * thread. */
void cfoil_toast_show (GtkWidget  *widget,
                       const char *text);

/* The same with a button that takes back what TEXT says was done.  UNDO is called
 * at most once; DESTROY (nullable) once, when it can no longer be. */
void cfoil_toast_show_undo (GtkWidget     *widget,
                            const char    *text,
                            void         (*undo) (gpointer user_data),
                            gpointer       user_data,
                            GDestroyNotify destroy);

G_END_DECLS
