/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Bank statements that were imported, and the files that are recognised: each can be removed ("bank.remove" with the
 * statement, "bank.forget" with the name of the bank account).  Main thread. */
#define CFOIL_TYPE_BANK_STATEMENTS (cfoil_bank_statements_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBankStatements, cfoil_bank_statements, CFOIL, BANK_STATEMENTS, AdwBin)

/* (element-type CfoilBankStatement), (element-type CfoilBankMapping); ZONE is for when they were imported. */
void cfoil_bank_statements_set (CfoilBankStatements *self,
                                GPtrArray           *statements,
                                GPtrArray           *mappings,
                                GTimeZone           *zone);

G_END_DECLS
