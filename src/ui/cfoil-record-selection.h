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

/* The first MAX of IDS (gint64) that stand at POSITIONS, in order: what takes its time
 * with very many.  Any thread; bitsets of different threads must be copies.
 * (transfer full) */
GArray *cfoil_record_selection_ids_at (GArray          *ids,
                                       const GtkBitset *positions,
                                       guint            max);

/* Where the rows stand now that stood at the positions SELECTED; those that are gone
 * are left out.  Any thread.  (transfer full) */
GtkBitset *cfoil_record_selection_map (const GtkBitset         *selected,
                                       const CfoilRecordChange *change);

/* What the chosen rows add up to: CfoilTotal by currency, worked out by READER. */
void cfoil_record_selection_sum_async (CfoilRecordSelection *self,
                                       CfoilReader          *reader,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GArray *cfoil_record_selection_sum_finish (GAsyncResult *result,
                                           GError      **error);

G_END_DECLS
