/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-cli.h"
#include "ui-driver.h"

/* The list of transactions as somebody reads it who cannot see it: through the
 * accessibility bus. */

typedef enum
{
  UI_LIST_TOP,
  UI_LIST_BOTTOM,
} UiListEnd;

/* Whether, soon, N_ROWS rows at one end of the list say what the command line says of
 * the rows of QUERY in this order (nullable).  The list must stand there. */
gboolean ui_list_shows (UiDriver    *driver,
                        const UiCli *cli,
                        const char  *query,
                        const char  *sort,
                        UiListEnd    end,
                        guint        n_rows);

/* Whether, soon, what stands below the list is TEXT, as of ui_cli_dup_totals (). */
gboolean ui_list_has_totals (UiDriver   *driver,
                             const char *text);

/* The texts of the column with that title in the first N_ROWS rows, one to a line; of
 * flags, their names. */
char *ui_list_dup_column (UiDriver   *driver,
                          const char *title,
                          guint       n_rows);

/* The titles in their order, separated by "|". */
char *ui_list_dup_titles (UiDriver *driver);

/* Of those rows that are there, the place of the one with the focus; -1: none. */
int ui_list_find_focus (UiDriver *driver);
gboolean ui_list_wait_for_focus (UiDriver *driver,
                                 int       row);
