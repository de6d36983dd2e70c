/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft.h"
#include "cfoil-packet.h"
#include "cfoil-renderer.h"

G_BEGIN_DECLS

/* "PDF, 3 pages, 1.2 MB".  FILE (nullable) is what is known of it as yet.  Free it. */
char *cfoil_exhibit_words_about (const CfoilExhibitFile *exhibit_file,
                                 const CfoilPacketFile  *file);

/* What inspection found and people should know: sentences, one to a line; NULL: nothing.
 * *IS_PROBLEM: something has to be done about it.  Free it. */
char *cfoil_exhibit_words_findings (const CfoilInspection *inspection,
                                    gboolean              *is_problem);

G_END_DECLS
