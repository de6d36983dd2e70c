/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the columns of a bank's CSV file mean, with its first rows below.  Main thread.
 * ::changed when a choice was. */
#define CFOIL_TYPE_BANK_COLUMNS (cfoil_bank_columns_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBankColumns, cfoil_bank_columns, CFOIL, BANK_COLUMNS, AdwBin)

/* Starts with what the columns' names suggest. */
void cfoil_bank_columns_set_preview (CfoilBankColumns       *self,
                                     const CfoilBankPreview *preview);
/* What is chosen, with the name that it is to be saved by.  (transfer full) */
CfoilBankMapping *cfoil_bank_columns_get_mapping (CfoilBankColumns *self);

G_END_DECLS
