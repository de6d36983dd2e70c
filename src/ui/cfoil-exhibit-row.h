/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"
#include "cfoil-exhibit-thumbs.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One exhibit: its letter, what it proves, its type and its files.  What is done here
 * goes to the session at once. */
#define CFOIL_TYPE_EXHIBIT_ROW (cfoil_exhibit_row_get_type ())
G_DECLARE_FINAL_TYPE (CfoilExhibitRow, cfoil_exhibit_row, CFOIL, EXHIBIT_ROW, AdwBin)

CfoilExhibitRow *cfoil_exhibit_row_new (CfoilDraftSession  *session,
                                        CfoilExhibitThumbs *thumbs,
                                        const char         *exhibit_id);

/* EXHIBIT is the one of its id, only looked at.  Only what is different is touched. */
void cfoil_exhibit_row_update (CfoilExhibitRow    *self,
                               const CfoilExhibit *exhibit,
                               guint               position,
                               guint               n_exhibits);
/* Something new is known of its files: inspected, or SHA256 (nullable) has a picture. */
void cfoil_exhibit_row_update_files (CfoilExhibitRow    *self,
                                     const CfoilExhibit *exhibit,
                                     const char         *sha256);

G_END_DECLS
