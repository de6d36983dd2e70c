/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Statements that were imported. */
typedef struct
{
  gint64 statement_id;
  char *name;           /* of the file, for people */
  char *bank_account;
  gint64 imported_us;
  guint64 n_entries;    /* those that another one, imported before, has too are counted there */
  guint64 n_matched;    /* that are payouts */
  gint32 first_day;     /* without meaning where there are no entries */
  gint32 last_day;
} CfoilBankStatement;

void cfoil_bank_statement_free (CfoilBankStatement *self);

/* Newest first, at most LIMIT.  (element-type CfoilBankStatement) */
GPtrArray *cfoil_bank_statement_list (CfoilDatabase *database,
                                      guint          limit,
                                      GError       **error);

/* Its entries go with it, and what was found or said of them, but for those that another statement has, too.
 * Blocking, for worker threads.  Errors: G_IO_ERROR_NOT_FOUND. */
gboolean cfoil_bank_statement_remove_sync (CfoilMirror *mirror,
                                           gint64       statement_id,
                                           GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBankStatement, cfoil_bank_statement_free)

G_END_DECLS
