/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* A view of the transactions by name: a query, an order, and how its columns stand.
 * The shipped ones have a key; their query is the program's, only how their columns
 * stand is kept.  Names are unique without regard to case. */
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

/* The shipped ones first, then the user's own in their order.
 * (element-type CfoilSavedView) (transfer full) */
GPtrArray *cfoil_saved_view_list (CfoilDatabase *database,
                                  GError       **error);
/* By key or name; G_IO_ERROR_NOT_FOUND. */
CfoilSavedView *cfoil_saved_view_find (CfoilDatabase *database,
                                       const char    *name,
                                       GError       **error);

/* Each blocks, and is one transaction; for a worker thread. */
/* Adds it behind the others (view_id 0; it gets its id) or changes it.  A name that
 * is taken is G_IO_ERROR_EXISTS, an empty or too long one CFOIL_INPUT_ERROR. */
gboolean cfoil_saved_view_put (CfoilMirror    *mirror,
                               CfoilSavedView *view,
                               GError        **error);
/* POSITION (nullable) gets where it stood among the user's own, for undo. */
gboolean cfoil_saved_view_remove (CfoilMirror *mirror,
                                  gint64       view_id,
                                  guint       *position,
                                  GError     **error);
gboolean cfoil_saved_view_move (CfoilMirror *mirror,
                                gint64       view_id,
                                guint        position,
                                GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSavedView, cfoil_saved_view_free)

G_END_DECLS
