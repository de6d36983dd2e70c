/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-account.h"
#include "cfoil-submission.h"
#include "cfoil-sync-answers.h"
#include "sync-fixture.h"

/* A simulator, a mirror with an account on it, and answers to disputes that are filed
 * there; what arrives is compared byte for byte. */
typedef struct
{
  Fixture *sim;
  char *folder;            /* of the mirror */
  CfoilMirror *mirror;
  CfoilProvider *provider; /* of the account */
  gint64 account_id;
  guint n_files;           /* made so far: no two are the same */
} AnswerFixture;

typedef struct
{
  CfoilEvidenceType type;
  const char *text;        /* (nullable) */
  const char *file_type;   /* (nullable): a file of that type is made */
  gsize n_bytes;
} Exhibit;

/* The files of all kinds of answers: six of them, of several types, and two texts. */
extern const Exhibit answer_six_files[8];
/* One small file and a text; texts alone. */
extern const Exhibit answer_one_file[2];
extern const Exhibit answer_texts[2];

/* MORE: further arguments of the simulator. */
AnswerFixture *answer_fixture_new (const char *more);
void answer_fixture_free (AnswerFixture *self);

/* The provider of the account of a mirror. */
CfoilProvider *answer_open_provider (CfoilMirror *mirror,
                                     const char  *endpoint); /* (nullable): instead of the account's */

/* A new chargeback that the mirror has asked for; its case. */
gint64 answer_file_chargeback (AnswerFixture *self,
                               char         **dispute_id);
gint64 answer_submit (AnswerFixture *self,
                      gint64         case_id,
                      guint          round,
                      const Exhibit *exhibits,
                      guint          n_exhibits);
gint64 answer_accept (AnswerFixture *self,
                      gint64         case_id);

/* One run; it must not end early. */
CfoilAnswerTally answer_send (AnswerFixture *self);
CfoilSubmission *answer_read (AnswerFixture *self,
                              gint64         submission_id);
void answer_assert_state (AnswerFixture       *self,
                          gint64               submission_id,
                          CfoilSubmissionState state,
                          const char          *error_name); /* (nullable): none */

/* The dispute holds what SUBMISSION_IDS (ended by 0) say, in that order and once each,
 * and as many contests were taken as there are ids. */
void answer_assert_received (AnswerFixture *self,
                             const char    *dispute_id,
                             const gint64  *submission_ids);
void answer_assert_nothing_received (AnswerFixture *self,
                                     const char    *dispute_id);
guint answer_count_requests (AnswerFixture *self,
                             const char    *operation);
void answer_set_faults (AnswerFixture *self,
                        const char    *faults); /* (nullable): none any more */
/* A control call that names the dispute; MORE like ",\"seconds\":5". */
void answer_control (AnswerFixture *self,
                     const char    *path,
                     const char    *dispute_id,
                     const char    *more);
