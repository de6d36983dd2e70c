/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-driver.h"

/* A quick look at the window on top: everything that it shows, level by level.  All questions of a level are asked
 * before the first answer is waited for, so that a look does not take as many waits as there are widgets. */
typedef struct
{
  char *path;
  char *name;  /* of a label: what it says */
  guint role;  /* AtspiRole */
} UiSeen;

/* What is seen, the window first; empty: there is no window but the main one.  (element-type UiSeen) */
GPtrArray *ui_look (UiDriver *driver);

/* The first of that role whose name is NAME, as ui_driver_find () compares them; NULL: none. */
const UiSeen *ui_look_find (GPtrArray  *seen,
                            AtspiRole   role,
                            const char *name);
/* The first label that says PART. */
const UiSeen *ui_look_find_text (GPtrArray  *seen,
                                 const char *part);
gboolean ui_look_click (UiDriver     *driver,
                        const UiSeen *button);
