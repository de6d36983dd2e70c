/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"

G_BEGIN_DECLS

/* Changes of the exhibits of a draft; each is taken by the session and can be undone.
 * EXHIBIT_ID that is no longer there: nothing happens.  Files are told by their place in
 * the exhibit, as one file can be there twice. */

void cfoil_exhibit_edit_move_to (CfoilDraftSession *session,
                                 const char        *exhibit_id,
                                 guint              position);
void cfoil_exhibit_edit_set_caption (CfoilDraftSession *session,
                                     const char        *exhibit_id,
                                     const char        *caption);
void cfoil_exhibit_edit_set_type (CfoilDraftSession *session,
                                  const char        *exhibit_id,
                                  CfoilEvidenceType  type);
void cfoil_exhibit_edit_remove (CfoilDraftSession *session,
                                const char        *exhibit_id);

/* Behind the files of TO_ID, NULL: into an exhibit of its own, right behind.  An exhibit
 * without a caption goes with its last file. */
void cfoil_exhibit_edit_move_file (CfoilDraftSession *session,
                                   const char        *exhibit_id,
                                   guint              file,
                                   const char        *to_id);
/* Within its exhibit. */
void cfoil_exhibit_edit_move_file_to (CfoilDraftSession *session,
                                      const char        *exhibit_id,
                                      guint              file,
                                      guint              position);
void cfoil_exhibit_edit_remove_file (CfoilDraftSession *session,
                                     const char        *exhibit_id,
                                     guint              file);

/* Takes back what made BEFORE into the draft that session has: by its undo as long as
 * that is what was done last, else by putting back the exhibit as it was. */
typedef struct _CfoilExhibitUndo CfoilExhibitUndo;
/* Before the change. */
CfoilExhibitUndo *cfoil_exhibit_undo_new (CfoilDraftSession *session,
                                          const char        *exhibit_id);
/* After it. */
void cfoil_exhibit_undo_arm (CfoilExhibitUndo *undo);
void cfoil_exhibit_undo_run (gpointer undo);
void cfoil_exhibit_undo_free (gpointer undo);

G_END_DECLS
