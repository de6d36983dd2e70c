/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-exceptions.h"

G_BEGIN_DECLS

#define CFOIL_TYPE_EXCEPTION_ROW (cfoil_exception_row_get_type ())
G_DECLARE_FINAL_TYPE (CfoilExceptionRow, cfoil_exception_row, CFOIL, EXCEPTION_ROW, AdwBin)

CfoilExceptionRow *cfoil_exception_row_new (void);
/* FEED_TITLE (nullable) */
void cfoil_exception_row_set_item (CfoilExceptionRow  *self,
                                   CfoilExceptionItem *item,
                                   const char         *feed_title);

G_END_DECLS
