/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A case in the inbox: in a wide window in columns, in a narrow one in lines. */
#define CFOIL_TYPE_CASE_ROW (cfoil_case_row_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCaseRow, cfoil_case_row, CFOIL, CASE_ROW, AdwBin)

CfoilCaseRow *cfoil_case_row_new (void);

/* ITEM (nullable) is followed.  ZONE is that of its times. */
void cfoil_case_row_set_item (CfoilCaseRow  *self,
                              CfoilCaseItem *item,
                              GTimeZone     *zone);
void cfoil_case_row_set_zone (CfoilCaseRow *self,
                              GTimeZone    *zone);
void cfoil_case_row_set_narrow (CfoilCaseRow *self,
                                gboolean      is_narrow);

G_END_DECLS
