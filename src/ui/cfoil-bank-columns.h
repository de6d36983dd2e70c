/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* How a bank's CSV file is written and what its columns mean, with its first rows as they are
 * and as they would be imported.  Main thread.  ::changed when a choice was; ::reread when the file has to be
 * looked at again, because of another encoding or separator. */
#define CFOIL_TYPE_BANK_COLUMNS (cfoil_bank_columns_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBankColumns, cfoil_bank_columns, CFOIL, BANK_COLUMNS, AdwBin)

/* Begins with MAPPING (nullable: with what the columns' names suggest), and says WHY (nullable) they are asked for.
 * Takes PREVIEW over, which is of CSV. */
void cfoil_bank_columns_begin (CfoilBankColumns       *self,
                               CfoilBankPreview       *preview,
                               const CfoilBankMapping *mapping,
                               const char             *why);
/* What ::reread asked for: what was chosen stays where there are as many columns.  Takes PREVIEW over. */
void cfoil_bank_columns_set_preview (CfoilBankColumns *self,
                                     CfoilBankPreview *preview);
/* It could not be looked at: MESSAGE says why. */
void cfoil_bank_columns_set_message (CfoilBankColumns *self,
                                     const char       *message);

/* What is chosen, with the name that it is to be saved by.  (transfer full) */
CfoilBankMapping *cfoil_bank_columns_get_mapping (CfoilBankColumns *self);
/* It has a name, and the first rows can be read. */
gboolean cfoil_bank_columns_is_ready (CfoilBankColumns *self);

G_END_DECLS
