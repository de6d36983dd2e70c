/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-dossier.h"
#include "cfoil-packet.h"

G_BEGIN_DECLS

/* What stands in the way of sending, and what should be looked at first.  Pure. */

typedef enum { CFOIL_FINDING_BLOCKER, CFOIL_FINDING_WARNING, CFOIL_FINDING_NOTE } CfoilFindingWeight;

typedef struct
{
  CfoilFindingWeight weight;
  const char *id;       /* stable: "file-too-large", "deadline-passed", ... */
  char *text;           /* translated: what, where, and the exact numbers */
  char *advice;         /* (nullable): translated, what to do now */
  const char *step;     /* where that is done: decide, facts, evidence, letter, send */
  char *subject;        /* (nullable): id of the exhibit, sentence or fact */
} CfoilFinding;
void cfoil_finding_free (CfoilFinding *finding);

typedef struct
{
  const CfoilDossier *dossier;
  const CfoilDraft *draft;
  const CfoilLetter *letter;
  GPtrArray *files;                 /* CfoilPacketFile */
  GHashTable *inspections;          /* (nullable): sha256 to CfoilInspection */
  const CfoilPacketLayout *layout;  /* (nullable) */
  const CfoilPacketResult *result;  /* (nullable): of this very draft; NULL: not built as yet */
  const CfoilLimits *limits;
  gint64 now_us;
} CfoilReviewInput;

/* Blockers first.  (element-type CfoilFinding) */
GPtrArray *cfoil_review (const CfoilReviewInput *input);
gboolean cfoil_review_has_blockers (GPtrArray *findings);

/* How much of each limit is used: for the meter. */
typedef struct
{
  gint64 bytes, max_bytes;       /* max CFOIL_UNKNOWN: no limit */
  gboolean bytes_are_exact;      /* the packet was made; else the sum of its files */
  gint64 pages, max_pages;
  gint64 characters, max_characters; /* of the longest text */
  gint64 all_characters, max_all_characters; /* of all texts together */
  gint64 files, max_files;       /* the packet and what travels beside it */
} CfoilFit;
void cfoil_fit_measure (const CfoilReviewInput *input,
                        CfoilFit               *fit);

/* The items that the provider gets: the packet, then files that travel beside it, then
 * the facts that have a type of their own.  PACKET_PATH etc. are borrowed by the items.
 * (element-type CfoilAnswerItem), freed with the array, with their strings */
GPtrArray *cfoil_review_make_items (const CfoilReviewInput *input,
                                    const char             *packet_path,
                                    const char             *packet_sha256,
                                    gint64                  packet_bytes);

G_END_DECLS
