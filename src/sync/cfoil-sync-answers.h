/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-account.h"
#include "cfoil-mirror-intake.h"

G_BEGIN_DECLS

/* What became of the answers that waited. */
typedef struct
{
  guint n_delivered;
  guint n_waiting; /* not as yet; the mirror says why */
  guint n_failed;  /* and will not be tried again by themselves */
} CfoilAnswerTally;

/* Delivers the answers of ACCOUNT that wait or were begun, soonest due first.  Blocking, for a
 * worker thread that holds the mirror's lock.  FALSE only for what ends the run: it was
 * cancelled, or the mirror cannot be written; what is wrong with one answer is kept with
 * that answer.  Adds to *TALLY. */
gboolean cfoil_sync_answers (CfoilMirror            *mirror,
                             CfoilProvider          *provider,
                             gint64                  account_id,
                             CfoilIntakeProgressFunc progress,
                             gpointer                user_data,
                             CfoilAnswerTally       *tally,
                             GCancellable           *cancellable,
                             GError                **error);

/* Keeps FAILURE with all of an account that wait, whose provider cannot be asked at all
 * (its key is missing, say). */
gboolean cfoil_sync_answers_fail (CfoilMirror      *mirror,
                                  gint64            account_id,
                                  const GError     *failure,
                                  CfoilAnswerTally *tally,
                                  GError          **error);

/* Answers whose account was removed: nobody can deliver them any more. */
gboolean cfoil_sync_answers_of_nobody (CfoilMirror      *mirror,
                                       CfoilAnswerTally *tally,
                                       GError          **error);

G_END_DECLS
