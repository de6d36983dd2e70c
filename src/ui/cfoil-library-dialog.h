/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for what a library item says.  ::saved (gpointer: a CfoilLibraryItem, borrowed for
 * the call) when Save was pressed and all is right; the dialog is then closed. */
#define CFOIL_TYPE_LIBRARY_DIALOG (cfoil_library_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilLibraryDialog, cfoil_library_dialog, CFOIL, LIBRARY_DIALOG, AdwWindow)

/* ITEM is copied; its kind says what can be entered.  item_id 0: a new one. */
CfoilLibraryDialog *cfoil_library_dialog_new (GtkWindow              *parent,
                                              const CfoilLibraryItem *item);

G_END_DECLS
