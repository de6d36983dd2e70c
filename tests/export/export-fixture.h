/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-annotation.h"
#include "cfoil-export.h"
#include "test-mirror.h"

G_BEGIN_DECLS

/* Texts that files and spreadsheets get wrong. */
extern const char *const export_nasty_texts[];
guint export_n_nasty_texts (void);

/* A mirror with a charge for each of them, N_MORE others of all types and currencies,
 * refunds, a dispute, settlements and notes. */
TestMirror *export_mirror_new (guint n_more);

/* The id of the row TRANSACTION_ID. */
gint64 export_find_txn (TestMirror *mirror,
                        const char *transaction_id);
void export_annotate (TestMirror *mirror,
                      const char *transaction_id,
                      const char *note,
                      const char *tags,
                      gint64      reviewed_us);

/* Exports with OPTIONS but for path, zone (Europe/Berlin) and overwrite; the file's
 * text.  MANIFEST (nullable). */
char *export_to_text (TestMirror         *mirror,
                      CfoilExportOptions  options,
                      char              **manifest);

G_END_DECLS
