/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button with a calendar that writes into EDITABLE: "2026-07-14", or, if HAS_TIME, with
 * an hour and a minute in UTC "2026-07-14T15:53:00Z". */
GtkWidget *cfoil_answer_facts_calendar_new (GtkEditable *editable,
                                            gboolean     has_time);

G_END_DECLS
