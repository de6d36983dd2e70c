/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-record-columns.h"

G_BEGIN_DECLS

/* Which columns the list has, and in which order; every choice takes effect at
 * once. */
#define CFOIL_TYPE_COLUMN_CHOOSER (cfoil_column_chooser_get_type ())
G_DECLARE_FINAL_TYPE (CfoilColumnChooser, cfoil_column_chooser, CFOIL, COLUMN_CHOOSER, AdwWindow)

GtkWindow *cfoil_column_chooser_new (CfoilRecordColumns *columns);

G_END_DECLS
