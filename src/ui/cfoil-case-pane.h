/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Everything about one case, and what can be done with it.
 *
 * ::close when the user wants to go back; ::open-case (gint64) when it became another
 * one, by a merger. */
#define CFOIL_TYPE_CASE_PANE (cfoil_case_pane_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCasePane, cfoil_case_pane, CFOIL, CASE_PANE, AdwBin)

/* WORKSPACE (nullable); CASE_ID 0: none. */
void cfoil_case_pane_set_case (CfoilCasePane  *self,
                               CfoilWorkspace *workspace,
                               gint64          case_id);
/* Names that are offered as handlers. */
void cfoil_case_pane_set_handlers (CfoilCasePane     *self,
                                   const char *const *names);
/* The first thing that can be done. */
void cfoil_case_pane_focus (CfoilCasePane *self);

G_END_DECLS
