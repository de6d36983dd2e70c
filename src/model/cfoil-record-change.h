/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One order of rows and the next.  Immutable; comparing a million ids takes its
 * time, so it is made on a reader thread. */
typedef struct
{
  GArray *old_ids; /* (owned): gint64 */
  GArray *new_ids; /* (owned): gint64 */
  guint n_start;   /* so many rows at the start stay what they are */
  guint n_end;     /* and so many at the end, counted from there */
} CfoilRecordChange;

CfoilRecordChange *cfoil_record_change_new (GArray *old_ids,
                                            GArray *new_ids);
void cfoil_record_change_free (CfoilRecordChange *self);

gboolean cfoil_record_change_is_same (const CfoilRecordChange *self);

/* Where the row that stood at OLD_POSITION stands now; FALSE: nowhere. */
gboolean cfoil_record_change_find (const CfoilRecordChange *self,
                                   guint                    old_position,
                                   guint                   *new_position);

/* Who keeps positions of rows, and how they are brought along without keeping the
 * main thread: PREPARE there (NULL: nothing to bring), MAP in place on a reader
 * thread, TAKE (transfer full) in the main thread together with the new order.
 * When IS_CURRENT says no in between, all is done again. */
typedef struct
{
  gpointer (*prepare) (gpointer follower);
  gboolean (*is_current) (gpointer follower,
                          gpointer state);
  void (*map) (gpointer                 state,
               const CfoilRecordChange *change);
  void (*take) (gpointer follower,
                gpointer state);
  GDestroyNotify free_state;
} CfoilRecordFollower;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRecordChange, cfoil_record_change_free)

G_END_DECLS
