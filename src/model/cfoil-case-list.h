/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case-item.h"
#include "cfoil-case-query.h"
#include "cfoil-reader.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The cases of one view that a query means, those that need an answer first: a list of
 * CfoilCaseItem.  Read by the reader, anew whenever the mirror changes; once a minute the
 * time is looked at again.  Main thread.
 *
 * ::updated after each reading: rows, counts, loading or the error may be others. */
#define CFOIL_TYPE_CASE_LIST (cfoil_case_list_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCaseList, cfoil_case_list, CFOIL, CASE_LIST, GObject)

/* Begins to read.  ZONE tells what "today" is. */
CfoilCaseList *cfoil_case_list_new (CfoilReader *reader,
                                    GTimeZone   *zone);

/* QUERY: parsed with cfoil_case_vocabulary (). */
void cfoil_case_list_set_query (CfoilCaseList *self,
                                CfoilQuery    *query);
void cfoil_case_list_set_view (CfoilCaseList *self,
                               CfoilCaseView  view);
void cfoil_case_list_set_zone (CfoilCaseList *self,
                               GTimeZone     *zone);

/* TRUE until it was read for the first time, and while rows of another query or view
 * are still there. */
gboolean cfoil_case_list_get_loading (CfoilCaseList *self);
/* (nullable): why the last reading failed; the rows are then those before. */
const GError *cfoil_case_list_get_error (CfoilCaseList *self);
/* How many cases VIEW has of those that the query means. */
guint cfoil_case_list_get_count (CfoilCaseList *self,
                                 CfoilCaseView  view);
/* Whatever the query. */
guint cfoil_case_list_get_n_need_answer (CfoilCaseList *self);
guint cfoil_case_list_get_n_cases (CfoilCaseList *self);

/* Where the case is; FALSE: it is not in the list. */
gboolean cfoil_case_list_find (CfoilCaseList *self,
                               gint64         case_id,
                               guint         *position);
/* Names of those who handle cases, each once, sorted.  Free it. */
char **cfoil_case_list_dup_handlers (CfoilCaseList *self);

G_END_DECLS
