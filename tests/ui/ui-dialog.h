/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-cli.h"
#include "ui-driver.h"

/* The frame of a test that drives one dialog by keys, and holds it against what the command line says of the same
 * mirror. */

/* Of the program that runs. */
extern UiCli ui_dialog_cli;
extern UiDriver *ui_dialog_driver;

/* Makes the mirror, starts the program (ARGV[1]; ARGV[2] is the command line), runs TESTS, which end in NULL, and ends it.
 * What a picture of something that is missing is called begins with NAME.  The exit status. */
int ui_dialog_run (int         argc,
                   char      **argv,
                   const char *name,
                   void      (*make_mirror) (void),
                   void      (*const *tests) (void));

gboolean ui_check (gboolean    ok,
                          const char *name);

/* The dialog says TEXT, soon. */
gboolean ui_shows (const char *text);
/* All of the label that has PART; NULL: there is none. */
char *ui_dialog_dup_text (const char *part);
gboolean ui_press (const char *name);
/* Goes with Tab to ROW, opens its list, and presses KEYS there. */
gboolean ui_choose_in_row (const char *row,
                                  const char *keys);
/* In the chooser that opens: PATH. */
gboolean ui_choose_file (const char *path);
gboolean ui_save_file (const char *path);
