/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks the session (xdg-desktop-portal, interface org.freedesktop.portal.Background) to
 * start "counterfoil --background" with it, or no longer to.  FALSE with
 * G_IO_ERROR_NOT_SUPPORTED: there is no such portal; G_IO_ERROR_PERMISSION_DENIED: the
 * user or the system said no.  Main thread. */
void cfoil_portal_set_autostart_async (gboolean            is_on,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gboolean cfoil_portal_set_autostart_finish (GAsyncResult *result,
                                            GError      **error);

G_END_DECLS
