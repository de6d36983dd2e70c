/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* Adds an account: its name, its key, and whether the key works. */
#define CFOIL_TYPE_ACCOUNT_DIALOG (cfoil_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAccountDialog, cfoil_account_dialog, CFOIL, ACCOUNT_DIALOG, AdwWindow)

CfoilAccountDialog *cfoil_account_dialog_new (CfoilWorkspace *workspace);

G_END_DECLS
