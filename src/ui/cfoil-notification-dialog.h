/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

/* Takes the text of a notification that the provider sent somewhere else. */
#define CFOIL_TYPE_NOTIFICATION_DIALOG (cfoil_notification_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilNotificationDialog, cfoil_notification_dialog, CFOIL, NOTIFICATION_DIALOG, AdwWindow)

CfoilNotificationDialog *cfoil_notification_dialog_new (CfoilWindow *window);

G_END_DECLS
