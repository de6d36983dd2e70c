/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* A view of the transactions by name: a query, an order, and how its columns stand.
 * The shipped ones have a key; their query is the program's, only how their columns
 * stand is kept.  Names are unique without regard to case, and differ from the keys
 * and the titles of the shipped ones. */

#define CFOIL_SAVED_VIEW_MAX_NAME 60 /* characters */

typedef struct
{
  gint64 view_id;  /* 0: not stored (as yet) */
  char *key;       /* (nullable): of a shipped one, "all" ... */
  char *name;      /* of a shipped one: its title, marked for translation */
  char *query;     /* text of a CfoilQuery */
  char *sort;      /* (nullable): see cfoil_sort_from_string (); NULL: newest first */
  char *columns;   /* (nullable): "time:150,type,-state": order, width, hidden; NULL: the usual */
  char *density;   /* (nullable): "compact", "normal" or "spacious" */
} CfoilSavedView;

CfoilSavedView *cfoil_saved_view_new (void);
CfoilSavedView *cfoil_saved_view_copy (const CfoilSavedView *self);
void cfoil_saved_view_free (CfoilSavedView *self);

/* How it is called in the window: the translated title of a shipped one. */
const char *cfoil_saved_view_get_title (const CfoilSavedView *self);

/* The columns that the shipped view KEY (nullable) comes with; NULL: the usual ones. */
const char *cfoil_saved_view_get_shipped_columns (const char *key);
/* Whether some shipped view comes with COLUMNS (nullable). */
gboolean cfoil_saved_view_columns_are_shipped (const char *columns);

/* Whether NAME, without regard to case, is its key, its name or its translated
 * title. */
gboolean cfoil_saved_view_is_called (const CfoilSavedView *self,
                                     const char           *name);

/* NAME without space around it; NULL and CFOIL_INPUT_ERROR when nothing is left
 * (MISSING), too much is (LIMIT), or it is no line of text (ENCODING). */
char *cfoil_saved_view_clean_name (const char *name,
                                   GError    **error);

/* The shipped ones first, then the user's own in their order.
 * (element-type CfoilSavedView) (transfer full) */
GPtrArray *cfoil_saved_view_list (CfoilDatabase *database,
                                  GError       **error);
/* By key, name or title; G_IO_ERROR_NOT_FOUND. */
CfoilSavedView *cfoil_saved_view_find (CfoilDatabase *database,
                                       const char    *name,
                                       GError       **error);

/* Each blocks, and is one transaction; for a worker thread.  They wait for whoever
 * writes just now, a sync for one, and give up with G_IO_ERROR_BUSY.  A view that is
 * not there (any more) is G_IO_ERROR_NOT_FOUND. */

/* Adds it behind the others (view_id 0; it gets its id) or changes it.  A name that
 * is taken is G_IO_ERROR_EXISTS, an empty or too long one CFOIL_INPUT_ERROR.  Of a
 * shipped one (by its key), only how its columns stand is kept, and nothing when that
 * is how it was shipped. */
gboolean cfoil_saved_view_put (CfoilMirror    *mirror,
                               CfoilSavedView *view,
                               GError        **error);
/* POSITION (nullable) gets where it stood among the user's own, for undo. */
gboolean cfoil_saved_view_remove (CfoilMirror *mirror,
                                  gint64       view_id,
                                  guint       *position,
                                  GError     **error);
/* Puts one that was removed back to POSITION, with its id if that is still free. */
gboolean cfoil_saved_view_restore (CfoilMirror    *mirror,
                                   CfoilSavedView *view,
                                   guint           position,
                                   GError        **error);
/* To POSITION among the user's own, from 0; beyond the last: to the end. */
gboolean cfoil_saved_view_move (CfoilMirror *mirror,
                                gint64       view_id,
                                guint        position,
                                GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSavedView, cfoil_saved_view_free)

G_END_DECLS
