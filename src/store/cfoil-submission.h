/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"

G_BEGIN_DECLS

/* What was or will be sent, exactly as it was when somebody pressed Send: an immutable
 * record, and how far it got.  Blocking, for worker threads. */

typedef struct
{
  CfoilEvidenceType type;
  char *text;      /* (nullable) */
  char *sha256;    /* (nullable) */
  char *file_type; /* (nullable) */
  char *file_name; /* (nullable): for people */
  gint64 n_bytes;
  gboolean is_delivered; /* the provider confirmed the upload, in this try or in one before */
} CfoilSubmissionItem;

typedef struct
{
  gint64 submission_id;
  gint64 case_id;
  guint round;
  char *answer_id;         /* 32 hexadecimal digits */
  gboolean accepts;        /* the merchant gives in */
  gboolean by_hand;        /* delivered by the person, outside of any API */
  char *dispute_id;        /* (nullable): as it was, else the case's of today */
  char *account;
  char *environment;
  char *currency;          /* (nullable) */
  gint64 amount_minor;
  gint64 due_us;
  char *who;               /* (nullable) */
  gint64 created_us;
  CfoilSubmissionState state;
  gint64 tried_us;
  gint64 ended_us;
  char *error_name;        /* (nullable): of the last try, see cfoil_error_advice () */
  char *error_message;     /* (nullable) */
  char *answer;            /* (nullable): the provider's, as it came */
  char *draft;             /* the draft's text at that moment, "" if none */
  gboolean is_begun;       /* some of it may count at the provider: it cannot be taken back */
  gboolean is_said;        /* the answer itself may have arrived, whatever became of its files */
  GPtrArray *items;        /* CfoilSubmissionItem, in order */
} CfoilSubmission;

CfoilSubmission *cfoil_submission_new (void);
void cfoil_submission_item_free (CfoilSubmissionItem *item);
void cfoil_submission_free (CfoilSubmission *self);

/* Stores it (submission_id and answer_id are set) as WAITING, or DELIVERED if it was
 * done by hand, with an event of its case and a version ("sent") of its draft, in one
 * transaction: from then on it will be sent, whatever happens to this program.  Checks that
 * every file is there.
 * CFOIL_INPUT_ERROR_ANSWERED when the round has one that is neither failed nor withdrawn. */
gboolean cfoil_submission_add (CfoilMirror     *mirror,
                               CfoilSubmission *self,
                               GError         **error);
/* Whether ROUND of the case can still be answered; CFOIL_INPUT_ERROR_ANSWERED as above. */
gboolean cfoil_submission_check_round (CfoilDatabase *database,
                                       gint64         case_id,
                                       guint          round,
                                       GError       **error);
/* G_IO_ERROR_NOT_FOUND */
CfoilSubmission *cfoil_submission_read (CfoilDatabase *database,
                                        gint64         submission_id,
                                        GError       **error);
/* Of a case, oldest first; CASE_ID 0: all that wait or are being sent.
 * (element-type CfoilSubmission) */
GPtrArray *cfoil_submission_list (CfoilDatabase *database,
                                  gint64         case_id,
                                  GError       **error);
/* Those that wait or were begun, soonest due first, of an account; 0: of accounts that were
 * removed.  (element-type CfoilSubmission) */
GPtrArray *cfoil_submission_list_open (CfoilDatabase *database,
                                       gint64         account_id,
                                       GError       **error);
/* Takes back one that is WAITING, or whose sender died before anything of it went out; one
 * that was begun, or that somebody is sending now, cannot be taken back: G_IO_ERROR_BUSY. */
gboolean cfoil_submission_withdraw (CfoilMirror *mirror,
                                    gint64       submission_id,
                                    GError     **error);
/* A FAILED one is WAITING again; CFOIL_INPUT_ERROR_ANSWERED as above. */
gboolean cfoil_submission_retry (CfoilMirror *mirror,
                                 gint64       submission_id,
                                 GError     **error);
/* How a try went; adds an event for what ends it.  ANSWER and FAILURE (nullable).
 * G_IO_ERROR_BUSY when it is over already: taken back, say. */
gboolean cfoil_submission_set_state (CfoilMirror         *mirror,
                                     gint64               submission_id,
                                     CfoilSubmissionState state,
                                     const char          *answer,
                                     const GError        *failure,
                                     GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSubmission, cfoil_submission_free)

G_END_DECLS
