/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-store.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A button that opens a list of what is in the library.  ::picked (gpointer: a
 * CfoilLibraryItem, borrowed for the call). */
#define CFOIL_TYPE_LIBRARY_PICKER (cfoil_library_picker_get_type ())
G_DECLARE_FINAL_TYPE (CfoilLibraryPicker, cfoil_library_picker, CFOIL, LIBRARY_PICKER, AdwBin)

/* IS_FOR_TEMPLATES: templates; else files and policies. */
CfoilLibraryPicker *cfoil_library_picker_new (const char *label,
                                              gboolean    is_for_templates);
void cfoil_library_picker_set_workspace (CfoilLibraryPicker *self,
                                         CfoilWorkspace     *workspace);
/* Of templates: those for REASON and those for any. */
void cfoil_library_picker_set_reason (CfoilLibraryPicker *self,
                                      CfoilReason         reason);

G_END_DECLS
