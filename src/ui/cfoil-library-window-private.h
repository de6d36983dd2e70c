/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-store.h"
#include "cfoil-library-window.h"

G_BEGIN_DECLS

/* For the files of the library window only. */

typedef enum { SHOP, POLICIES, TEMPLATES, FILES, N_GROUPS } CfoilLibraryGroup;

struct _CfoilLibraryWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  AdwStatusPage *failed_page;
  GtkWidget *add_button;
  GtkSearchBar *search_bar;
  GtkEditable *search;
  AdwPreferencesGroup *shop;
  AdwPreferencesGroup *policies;
  AdwPreferencesGroup *templates;
  AdwPreferencesGroup *files;

  CfoilWorkspace *workspace; /* (owned) (nullable) */
  GPtrArray *rows[N_GROUPS]; /* (owned) (element-type AdwActionRow): in the groups */
  char *shown;               /* (owned) (nullable): which items are */
  gint64 focus_id;           /* item that gets the focus when it is there; 0 */
};

/* Reads the library again. */
void _cfoil_library_window_reload (CfoilLibraryWindow *self);

/* Writes ITEM, with FILE (nullable), in the place of BEFORE (nullable: it is new), and
 * offers to take that back. */
void _cfoil_library_window_put (CfoilLibraryWindow     *self,
                                const CfoilLibraryItem *item,
                                GFile                  *file,
                                const CfoilLibraryItem *before);
void _cfoil_library_window_remove (CfoilLibraryWindow     *self,
                                   const CfoilLibraryItem *item);

G_END_DECLS
