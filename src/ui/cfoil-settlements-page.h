/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"

G_BEGIN_DECLS

/* Settlements and the proof of each: a list, and what is open beside it. */
#define CFOIL_TYPE_SETTLEMENTS_PAGE (cfoil_settlements_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementsPage, cfoil_settlements_page, CFOIL, SETTLEMENTS_PAGE, CfoilPage)

G_END_DECLS
