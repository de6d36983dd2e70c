/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the overview writes, each on a thread of its own; what went wrong is said in a toast
 * over WIDGET, which is kept alive. */

void cfoil_overview_acknowledge (CfoilWorkspace *workspace,
                                 GtkWidget      *widget,
                                 gint64          anomaly_id);

/* Asks for a CSV file of rates and imports it. */
/* N_REPORTS < 0: nobody knows. */
void cfoil_overview_say_reports (CfoilWorkspace *workspace,
                                 GtkWidget      *widget,
                                 const char     *account,
                                 const char     *currency,
                                 gint32          month,
                                 gint64          n_reports);
void cfoil_overview_import_rates (CfoilWorkspace *workspace,
                                  GtkWidget      *widget);

/* Days of the mirror's sums begin where those of the window do: makes the sums anew if the
 * user chose another time zone.  Does nothing while something else writes. */
void cfoil_overview_follow_zone (CfoilWorkspace *workspace);

G_END_DECLS
