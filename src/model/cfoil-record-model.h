/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-reader.h"
#include "cfoil-record-item.h"
#include "cfoil-record-query.h"

G_BEGIN_DECLS

/* The transactions of a mirror as a list of CfoilRecordItem, whatever their
 * number: the ids in order are held, the rows are read when they are asked for.
 *
 * The item of a position lives as long as somebody holds it, and is filled anew
 * when another row comes to stand there; ::items-changed tells of the end of the
 * list only.  Who thinks in rows and not in positions (a selection, a scroll
 * position) follows the two signals
 *
 *   ::ids-changing (old, new), ::ids-changed (old, new): GArray of gint64
 *
 * which frame each change of the order.  Between them, items and number of items
 * change. */
#define CFOIL_TYPE_RECORD_MODEL (cfoil_record_model_get_type ())
G_DECLARE_FINAL_TYPE (CfoilRecordModel, cfoil_record_model, CFOIL, RECORD_MODEL, GObject)

#define CFOIL_RECORD_MODEL_PAGE 128

/* Begins to read at once.  READER may be NULL: an empty list. */
CfoilRecordModel *cfoil_record_model_new (CfoilReader            *reader,
                                          const CfoilRecordQuery *query);

const CfoilRecordQuery *cfoil_record_model_get_query (CfoilRecordModel *self);
void cfoil_record_model_set_query (CfoilRecordModel       *self,
                                   const CfoilRecordQuery *query);

/* TRUE until the first answer to the current query ("loading"). */
gboolean cfoil_record_model_get_loading (CfoilRecordModel *self);

/* Why the list may be out of date, borrowed, or NULL ("error"). */
const GError *cfoil_record_model_get_error (CfoilRecordModel *self);

/* Reads all again; also done when the mirror changes. */
void cfoil_record_model_refresh (CfoilRecordModel *self);

/* The ids in order, borrowed until the next ::ids-changing. */
GArray *cfoil_record_model_get_ids (CfoilRecordModel *self);

/* Where the row ID stands; FALSE if nowhere. */
gboolean cfoil_record_model_find (CfoilRecordModel *self,
                                  gint64            id,
                                  guint            *position);

G_END_DECLS
