/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The command line as a witness: what the window shows is held against what it says
 * of the same mirror. */
typedef struct
{
  const char *program;
  const char *folder; /* of the mirror */
} UiCli;

/* What it prints for these arguments, which end in NULL; NULL: it fails, and says why. */
char *ui_cli_run (const UiCli *cli,
                  ...) G_GNUC_NULL_TERMINATED;

/* The rows of a query without the names of the columns, each split at its commas: for
 * COLUMNS whose values have none.  SORT (nullable): in the usual order. */
GPtrArray *ui_cli_list (const UiCli *cli,
                        const char  *query,
                        const char  *sort,
                        const char  *columns);

/* What the window says below its list: "2 transactions", and for each currency
 * "USD Gross 20.00 ...", all separated by "|". */
char *ui_cli_dup_totals (const UiCli *cli,
                         const char  *query,
                         const char  *count_words);

/* As the window writes a number of minor units of a currency with two decimals; MINOR
 * "" is not known. */
char *ui_cli_dup_amount (const char *minor);

/* As the window writes microseconds, in UTC. */
char *ui_cli_dup_time (const char *us);
