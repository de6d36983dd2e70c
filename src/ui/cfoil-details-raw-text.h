/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-details.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* All that came, feed by feed, as one text.  Free it. */
char *cfoil_details_raw_text (CfoilDetails   *details,
                              CfoilWorkspace *workspace);

G_END_DECLS
