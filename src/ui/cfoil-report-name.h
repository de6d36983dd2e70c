/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Called once with the name that was chosen, without space around it; not called when none was. */
typedef void (*CfoilReportNamedFunc) (const char *name,
                                      gpointer    user_data);

/* Asks for the name of a report; DESTROY is called for USER_DATA in the end. */
void cfoil_report_name_ask (GtkWindow           *parent,
                            const char          *suggestion,
                            gboolean             is_rename,
                            CfoilReportNamedFunc func,
                            gpointer             user_data,
                            GDestroyNotify       destroy);

G_END_DECLS
