/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* ACCOUNT NULL: cancelled. */
typedef void (*CfoilAccountChosenFunc) (const char *account,
                                        gpointer    user_data);

/* Asks for one of the accounts; the only one is taken without asking. */
void cfoil_account_choose (GtkWindow              *parent,
                           CfoilWorkspace         *workspace,
                           const char             *heading,
                           CfoilAccountChosenFunc  func,
                           gpointer                user_data);

G_END_DECLS
