/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What an answer of this reason and product should hold, what decides marked, what is
 * there ticked.  Files dropped on an item become an exhibit of its type.  Activates
 * "evidence.add-files" (is) and "answer.step" (ss) of who contains it. */
#define CFOIL_TYPE_EXHIBIT_CHECKLIST (cfoil_exhibit_checklist_get_type ())
G_DECLARE_FINAL_TYPE (CfoilExhibitChecklist, cfoil_exhibit_checklist, CFOIL, EXHIBIT_CHECKLIST, AdwBin)

CfoilExhibitChecklist *cfoil_exhibit_checklist_new (void);
/* Shows the checklist that SESSION has now. */
void cfoil_exhibit_checklist_update (CfoilExhibitChecklist *self,
                                     CfoilDraftSession     *session);

G_END_DECLS
