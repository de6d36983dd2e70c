/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-record-model.h"

G_BEGIN_DECLS

/* Any number of rows of a CfoilRecordModel, chosen without looking at a single
 * row; what is chosen stays chosen when the order changes. */
#define CFOIL_TYPE_RECORD_SELECTION (cfoil_record_selection_get_type ())
G_DECLARE_FINAL_TYPE (CfoilRecordSelection, cfoil_record_selection, CFOIL, RECORD_SELECTION, GObject)

CfoilRecordSelection *cfoil_record_selection_new (CfoilRecordModel *model);

guint cfoil_record_selection_get_n_selected (CfoilRecordSelection *self);

/* The ids of the first MAX chosen rows, in order. */
GArray *cfoil_record_selection_get_ids (CfoilRecordSelection *self,
                                        guint                 max);

G_END_DECLS
