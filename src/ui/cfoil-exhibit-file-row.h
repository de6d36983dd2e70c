/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"
#include "cfoil-exhibit-thumbs.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One file of an exhibit: a small picture, what it is, what is wrong with it, and where
 * it can go. */
#define CFOIL_TYPE_EXHIBIT_FILE_ROW (cfoil_exhibit_file_row_get_type ())
G_DECLARE_FINAL_TYPE (CfoilExhibitFileRow, cfoil_exhibit_file_row, CFOIL, EXHIBIT_FILE_ROW, AdwBin)

CfoilExhibitFileRow *cfoil_exhibit_file_row_new (CfoilDraftSession  *session,
                                                 CfoilExhibitThumbs *thumbs);
/* The FILE-th file of EXHIBIT; only looked at. */
void cfoil_exhibit_file_row_update (CfoilExhibitFileRow *self,
                                    const CfoilExhibit  *exhibit,
                                    guint                file);
/* The picture of SHA256 is there. */
void cfoil_exhibit_file_row_update_picture (CfoilExhibitFileRow *self,
                                            const char          *sha256);

G_END_DECLS
