/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-reader.h"
#include "cfoil-record-change.h"
#include "cfoil-record-query.h"
#include "cfoil-record.h"

G_BEGIN_DECLS

/* One question of the list to the mirror, and all of its answer that would take
 * long to work out: the part of CfoilRecordModel that runs on a reader thread. */

/* Rows that are read together with the answer, so that none of what is seen first
 * is ever blank. */
#define CFOIL_RECORD_SCAN_HEAD 48

typedef struct
{
  CfoilScanResult *result;   /* (owned) */
  CfoilRecordChange *change; /* (owned): of the ids */
  gpointer state;            /* (owned) (nullable): of the follower, mapped */
  GPtrArray *head;           /* (owned) (nullable): CfoilRecord */
  const CfoilRecordFollower *follower;
} CfoilRecordAnswer;

void cfoil_record_answer_free (CfoilRecordAnswer *self);

/* OLD_IDS: what is shown now.  STATE (nullable) of FOLLOWER (nullable) is taken
 * over.  HEAD: whether to read the first rows, with FIELDS. */
void cfoil_record_scan_async (CfoilReader               *reader,
                              const CfoilRecordQuery    *query,
                              GArray                    *old_ids,
                              const CfoilRecordFollower *follower,
                              gpointer                   state,
                              gboolean                   head,
                              CfoilFieldSet              fields,
                              GCancellable              *cancellable,
                              GAsyncReadyCallback        callback,
                              gpointer                   user_data);

/* The same ANSWER (taken over) once more, with another STATE of its follower. */
void cfoil_record_scan_map_async (CfoilReader         *reader,
                                  CfoilRecordAnswer   *answer,
                                  gpointer             state,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

/* Of both. */
CfoilRecordAnswer *cfoil_record_scan_finish (GAsyncResult *result,
                                             GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRecordAnswer, cfoil_record_answer_free)

G_END_DECLS
