/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Changes of the library, on threads of their own.  Callbacks get NULL as their source. */

/* ITEM is copied; FILE (nullable) becomes its file. */
void cfoil_library_change_put_async (CfoilMirror            *mirror,
                                     const CfoilLibraryItem *item,
                                     GFile                  *file,
                                     GAsyncReadyCallback     callback,
                                     gpointer                user_data);
/* The item as it is stored now. */
CfoilLibraryItem *cfoil_library_change_put_finish (GAsyncResult *result,
                                                   GError      **error);

void cfoil_library_change_remove_async (CfoilMirror         *mirror,
                                        gint64               item_id,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean cfoil_library_change_remove_finish (GAsyncResult *result,
                                             GError      **error);

G_END_DECLS
