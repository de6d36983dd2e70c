/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The simulator's settlement files as text, to plant faults in them.  The rows are quoted in all
 * fields, and no field holds quotes or commas that matter here. */
#define PROOF_FILE_N_HEAD 6 /* lines before the first row */
enum
{
  PROOF_COLUMN_SETTLEMENT = 1,
  PROOF_COLUMN_ID = 2,
  PROOF_COLUMN_TYPE = 4,
  PROOF_COLUMN_CURRENCY = 8,
  PROOF_COLUMN_AMOUNT = 10,
  PROOF_COLUMN_PERCENTAGE = 11,
  PROOF_COLUMN_FIXED = 12,
  PROOF_COLUMN_FEE = 13,
  PROOF_COLUMN_NET = 14,
};

void proof_file_set (char      **line,
                     guint       column,
                     const char *value);
char *proof_file_get (const char *line,
                      guint       column);
gint64 proof_file_get_minor (const char *line,
                             guint       column,
                             gboolean    has_cents);
/* A minor unit more. */
void proof_file_add (char   **line,
                     guint    column,
                     gboolean has_cents);
/* With the other sign. */
void proof_file_negate (char **line,
                        guint  column);
guint proof_file_count_rows (const char *text);
/* "Refund"; what usually goes out and came back: "Chargeback+". */
char *proof_file_get_type (const char *text,
                           guint       row);

G_END_DECLS
