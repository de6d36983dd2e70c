/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-reader.h"
#include "cfoil-record-change.h"
#include "cfoil-record-item.h"
#include "cfoil-record-query.h"

G_BEGIN_DECLS

/* The transactions that answer a query as a list of CfoilRecordItem, whatever
 * their number: the ids in order are held, the rows are read when they are asked
 * for.
 *
 * The item of a position lives as long as somebody holds it, and is filled anew
 * when another row comes to stand there; ::items-changed tells of the end of the
 * list only, and comes a few rows at a time (see cfoil-record-tail.h): for some
 * frames the list may be shorter than there are rows, or end in empty items.  Who
 * thinks in rows and not in positions (a selection, a scroll position) follows the
 * two signals
 *
 *   ::ids-changing (const CfoilRecordChange *), ::ids-changed (likewise)
 *
 * which frame each change of the order.  Between them, items and number of items
 * change.  ::answered after every answer, also when the order is the same: totals
 * may be others. */
#define CFOIL_TYPE_RECORD_MODEL (cfoil_record_model_get_type ())
G_DECLARE_FINAL_TYPE (CfoilRecordModel, cfoil_record_model, CFOIL, RECORD_MODEL, GObject)

/* Begins to read at once.  READER may be NULL: an empty list. */
CfoilRecordModel *cfoil_record_model_new (CfoilReader            *reader,
                                          const CfoilRecordQuery *query,
                                          CfoilFieldSet           fields);

/* A new query ends what is being read for the one before; until its answer is
 * there, the list stays as it is. */
const CfoilRecordQuery *cfoil_record_model_get_query (CfoilRecordModel *self);
void cfoil_record_model_set_query (CfoilRecordModel       *self,
                                   const CfoilRecordQuery *query);

/* What to read of each row; completed with what it takes to show that. */
void cfoil_record_model_set_fields (CfoilRecordModel *self,
                                    CfoilFieldSet     fields);

/* TRUE until the first answer to the current query ("loading"). */
gboolean cfoil_record_model_get_loading (CfoilRecordModel *self);

/* Why the list may be out of date, borrowed, or NULL ("error"). */
const GError *cfoil_record_model_get_error (CfoilRecordModel *self);

/* Reads all again; also done when the mirror changes. */
void cfoil_record_model_refresh (CfoilRecordModel *self);

/* While nobody looks, what changes in the mirror is only remembered, and read
 * when somebody looks again.  A new query is always answered. */
void cfoil_record_model_set_resting (CfoilRecordModel *self,
                                     gboolean          is_resting);

/* How many rows answer the query. */
guint cfoil_record_model_get_n_rows (CfoilRecordModel *self);

/* The ids in order (gint64), of the last answer.  Never changed, only replaced: a
 * reference may be kept and read on any thread. */
GArray *cfoil_record_model_get_ids (CfoilRecordModel *self);

/* CfoilTotal by currency, of the last answer, borrowed until the next. */
GArray *cfoil_record_model_get_totals (CfoilRecordModel *self);

/* So many rows are here only because their id was asked for. */
guint cfoil_record_model_get_n_outside (CfoilRecordModel *self);

/* Where the row ID stands; FALSE if nowhere.  Looks through all ids. */
gboolean cfoil_record_model_find (CfoilRecordModel *self,
                                  gint64            id,
                                  guint            *position);

/* Has what shows rows show them again: how they are shown is different now. */
void cfoil_record_model_redraw (CfoilRecordModel *self);

/* Rows near POSITION are filled first. */
void cfoil_record_model_set_centre (CfoilRecordModel *self,
                                    guint             position);

/* One FOLLOWER of the order at most, which lives as long as the model. */
void cfoil_record_model_set_follower (CfoilRecordModel          *self,
                                      const CfoilRecordFollower *funcs,
                                      gpointer                   follower);

G_END_DECLS
