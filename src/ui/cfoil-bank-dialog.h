/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

/* Bank statements: what is not a payout or differs from one, and importing another file;
 * of CSV whose columns are not known yet, what they mean, with the file's first rows. */
#define CFOIL_TYPE_BANK_DIALOG (cfoil_bank_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBankDialog, cfoil_bank_dialog, CFOIL, BANK_DIALOG, AdwWindow)

GtkWidget *cfoil_bank_dialog_new (CfoilWindow *window);

G_END_DECLS
