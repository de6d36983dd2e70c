/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-chart-export.h"

G_BEGIN_DECLS

/* On paper: the picture on a page, then its table. */
GtkPrintOperation *cfoil_chart_print_new (const CfoilChartPicture *picture);

/* Asks for printer and paper; tells what went wrong in a toast of WIDGET. */
void cfoil_chart_print_run (const CfoilChartPicture *picture,
                            GtkWidget               *widget);

G_END_DECLS
