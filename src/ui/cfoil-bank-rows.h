/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The first rows of a bank's CSV file: as they would be imported, or as they are in the file.  Main thread. */
#define CFOIL_TYPE_BANK_ROWS (cfoil_bank_rows_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBankRows, cfoil_bank_rows, CFOIL, BANK_ROWS, AdwBin)

/* FALSE: MAPPING cannot be used (with *ERROR), or a row cannot be read (it says so itself). */
gboolean cfoil_bank_rows_show (CfoilBankRows          *self,
                               const CfoilBankPreview *preview,
                               const CfoilBankMapping *mapping,
                               GError                **error);
/* In place of what would be imported. */
void cfoil_bank_rows_set_message (CfoilBankRows *self,
                                  const char    *message);

/* A column's name, or its number; free it. */
char *cfoil_bank_rows_dup_title (char **header,
                                 guint  i);

G_END_DECLS
