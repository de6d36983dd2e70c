/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cfoil-record.h"

G_BEGIN_DECLS

/* What the list of transactions holds at one position.  The position stays, what
 * stands there may change: ::changed tells.  Until a row is read it is not
 * loaded and has no record. */
#define CFOIL_TYPE_RECORD_ITEM (cfoil_record_item_get_type ())
G_DECLARE_FINAL_TYPE (CfoilRecordItem, cfoil_record_item, CFOIL, RECORD_ITEM, GObject)

CfoilRecordItem *cfoil_record_item_new (guint position);

guint cfoil_record_item_get_position (CfoilRecordItem *self);
gboolean cfoil_record_item_get_loaded (CfoilRecordItem *self);

/* (nullable), borrowed until ::changed */
const CfoilRecord *cfoil_record_item_get_record (CfoilRecordItem *self);
void cfoil_record_item_set_record (CfoilRecordItem *self,
                                   CfoilRecord     *record);

G_END_DECLS
