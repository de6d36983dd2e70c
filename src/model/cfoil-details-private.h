/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-details.h"

G_BEGIN_DECLS

/* A statement with its parameters bound in order. */
CfoilStatement *_cfoil_details_prepare (CfoilDatabase *database,
                                        const char    *sql,
                                        gint64         number,
                                        const char    *text,
                                        GError       **error);

/* Columns of CFOIL_DETAILS_ROW_COLUMNS from COLUMN on. */
#define CFOIL_DETAILS_ROW_COLUMNS \
  "t.txn_id, t.transaction_id, t.type, t.state, (SELECT w.text FROM word AS w WHERE w.word_id = t.provider_type_id), " \
  "t.provider_state, t.currency, t.amount_minor, t.gross_minor, t.sort_us"
#define CFOIL_DETAILS_N_ROW_COLUMNS 10
CfoilDetailsRow *_cfoil_details_row_new (CfoilStatement *row,
                                         int             column);
void _cfoil_details_row_free (gpointer data);

/* Each fills its part of DETAILS, whose plain values are there already. */
gboolean _cfoil_details_read_events (CfoilDetails  *details,
                                     CfoilDatabase *database,
                                     GError       **error);
gboolean _cfoil_details_read_raws (CfoilDetails  *details,
                                   CfoilDatabase *database,
                                   GError       **error);
void _cfoil_event_free (gpointer data);
void _cfoil_details_raw_free (gpointer data);

G_END_DECLS
