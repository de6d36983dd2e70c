/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the mistakes of QUERY: underlined in ENTRY, the first one told in LABEL and
 * to who cannot see it.  A mistake at the byte CURSOR is still being typed and is
 * left out; G_MAXUINT: none is.  EXTRA (nullable) is told when there is no other.
 * TRUE when something was left out. */
gboolean cfoil_search_mistakes_show (GtkEntry         *entry,
                                     GtkLabel         *label,
                                     const CfoilQuery *query,
                                     guint             cursor,
                                     const char       *extra);

G_END_DECLS
