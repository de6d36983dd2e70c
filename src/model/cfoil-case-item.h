/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"

G_BEGIN_DECLS

/* A case in the list: the same object for as long as the case is in it.
 *
 * ::changed when what is to be shown of it is another: what is known, or how far its
 * deadline is. */
#define CFOIL_TYPE_CASE_ITEM (cfoil_case_item_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCaseItem, cfoil_case_item, CFOIL, CASE_ITEM, GObject)

CfoilCase *cfoil_case_item_get_record (CfoilCaseItem *self);
/* What "now" was when that was last looked at, in microseconds. */
gint64 cfoil_case_item_get_now_us (CfoilCaseItem *self);

/* For the list. */
CfoilCaseItem *cfoil_case_item_new (CfoilCase *record,
                                    gint64     now_us);
/* Emits ::changed. */
void cfoil_case_item_update (CfoilCaseItem *self,
                             CfoilCase     *record,
                             gint64         now_us);

G_END_DECLS
