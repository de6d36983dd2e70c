/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

/* A mail that claims to come from the provider: what it names, what speaks against it,
 * and what can be done.  Nothing is done by itself. */
#define CFOIL_TYPE_MAIL_DIALOG (cfoil_mail_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilMailDialog, cfoil_mail_dialog, CFOIL, MAIL_DIALOG, AdwWindow)

/* Whether PATH looks like a saved mail, by its name. */
gboolean cfoil_mail_dialog_is_mail (const char *path);

/* Reads the mail at PATH; asks for the account if there are several. */
void cfoil_mail_dialog_open (CfoilWindow *window,
                             const char  *path);

G_END_DECLS
