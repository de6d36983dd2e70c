/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What later versions of GTK do in another way, in the shape of the later way.
 * Who presses Cancel gets G_IO_ERROR_CANCELLED. */

/* PATTERN (nullable): "*.csv", with its NAME.  The result: paths, NULL-terminated. */
void cfoil_compat_open_files_async (GtkWindow           *parent,
                                    const char          *title,
                                    gboolean             multiple,
                                    const char *const   *patterns,
                                    const char          *patterns_name,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
GStrv cfoil_compat_open_files_finish (GAsyncResult *result,
                                      GError      **error);

/* FOLDER (nullable).  Asks itself before a file is replaced. */
void cfoil_compat_save_file_async (GtkWindow           *parent,
                                   const char          *title,
                                   const char          *folder,
                                   const char          *name,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
char *cfoil_compat_save_file_finish (GAsyncResult *result,
                                     GError      **error);

/* HEADING and BODY are not markup.  The result: whether ACTION was chosen. */
void cfoil_compat_ask_async (GtkWindow           *parent,
                             const char          *heading,
                             const char          *body,
                             const char          *action,
                             gboolean             is_destructive,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
gboolean cfoil_compat_ask_finish (GAsyncResult *result);

/* Text in WIDGET may be cut off where there is little room: with large text a window of a phone's
 * width has none.  A drop-down makes its text when it comes into view. */
void cfoil_compat_let_shrink (GtkWidget *widget);

/* A dialog with one button. */
void cfoil_compat_tell (GtkWindow  *parent,
                        const char *heading,
                        const char *body);

G_END_DECLS
