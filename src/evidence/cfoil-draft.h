/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-fact.h"

G_BEGIN_DECLS

/* An answer that is being written: a plain value.  Its text (JSON, sorted, the same for
 * the same draft) is what the mirror keeps; a text of a newer version keeps what we do
 * not know. */

#define CFOIL_DRAFT_MAX_EXHIBITS 100
#define CFOIL_DRAFT_MAX_TEXT 20000 /* characters of one text */

typedef enum
{
  CFOIL_STANCE_UNDECIDED,
  CFOIL_STANCE_CONTEST,
  CFOIL_STANCE_ACCEPT,
  CFOIL_STANCE_REFUND, /* pay back by a refund, where no chargeback stands in the way */
} CfoilStance;

/* One file of an exhibit. */
typedef struct
{
  char *sha256;
  char *name;      /* clean, for people */
  char *file_type; /* as CfoilEvidenceFile */
} CfoilExhibitFile;

/* What proves something: one or several files under one letter (A, B, ... Z, AA). */
typedef struct
{
  char *id;                /* 8 hexadecimal digits, for ever: sentences refer to it */
  CfoilEvidenceType type;
  char *caption;           /* what it proves, in the user's words; "" as yet */
  GPtrArray *files;        /* CfoilExhibitFile, in order */
} CfoilExhibit;

/* The user's own words, before the sentence that composes the section named. */
typedef struct
{
  char *section; /* of the letter: see cfoil-letter.h */
  char *text;
} CfoilOwnWords;

typedef struct
{
  CfoilStance stance;
  CfoilReason reason;      /* argued against; UNKNOWN: the case's */
  CfoilProduct product;
  char *why;               /* why should you win, one sentence; "" */
  char *argument;          /* id of the argument chosen for the reason; "" */
  GPtrArray *facts;        /* CfoilFact, by key, each key once */
  gboolean is_cleared[CFOIL_N_FACTS]; /* taken out by the user: what the mirror says of it does not come
                                         back by itself */
  GPtrArray *exhibits;     /* CfoilExhibit, in order */
  GPtrArray *own_words;    /* CfoilOwnWords, each section once */
  GPtrArray *left_out;     /* ids of sentences that the user took out (char *) */
  char *recipient;         /* whom the letter addresses; "": the usual */
  gint64 letter_us;        /* the letter's date: set when the draft begins, so that the same
                              draft gives the same bytes */
  char *unknown;           /* (nullable): JSON of what this version does not know */
} CfoilDraft;

CfoilDraft *cfoil_draft_new (void);
CfoilDraft *cfoil_draft_copy (const CfoilDraft *self);
void cfoil_draft_free (CfoilDraft *self);
/* Whether their texts are the same. */
gboolean cfoil_draft_equal (const CfoilDraft *a,
                            const CfoilDraft *b);

char *cfoil_draft_to_text (const CfoilDraft *self);
/* CFOIL_INPUT_ERROR with what and where. */
CfoilDraft *cfoil_draft_from_text (const char *text,
                                   GError    **error);

const CfoilFact *cfoil_draft_get_fact (const CfoilDraft *self,
                                       CfoilFactKey      key); /* (nullable) */
/* VALUE clean (cfoil_fact_clean ()); "" takes it out, until it is set again. */
void cfoil_draft_set_fact (CfoilDraft     *self,
                           CfoilFactKey    key,
                           const char     *value,
                           CfoilFactSource source,
                           const char     *detail);
/* What the mirror says is taken over where nothing was typed, taken out or chosen from the
 * library; what it no longer says goes.  A fact that somebody typed has their name as its
 * detail; one that was typed into the case has none, and follows the case. */
void cfoil_draft_take_facts (CfoilDraft *self,
                             GPtrArray  *facts);

CfoilExhibit *cfoil_exhibit_new (CfoilEvidenceType type);
void cfoil_exhibit_free (CfoilExhibit *self);
CfoilExhibitFile *cfoil_exhibit_file_new (const char *sha256,
                                          const char *name,
                                          const char *file_type);
void cfoil_exhibit_file_free (CfoilExhibitFile *self);
/* NULL: none of that id. */
CfoilExhibit *cfoil_draft_find_exhibit (const CfoilDraft *self,
                                        const char       *id);
/* "A" for 0, "AA" for 26.  Free it. */
char *cfoil_exhibit_letter (guint position);
/* Goes into the PDF as a page; the others travel as files beside it. */
gboolean cfoil_exhibit_file_is_page (const CfoilExhibitFile *file);

const char *cfoil_draft_get_own_words (const CfoilDraft *self,
                                       const char       *section); /* "" if none */
void cfoil_draft_set_own_words (CfoilDraft *self,
                                const char *section,
                                const char *text);

/* --- what changed between two --- */

typedef enum { CFOIL_DIFF_SAME, CFOIL_DIFF_ADDED, CFOIL_DIFF_REMOVED, CFOIL_DIFF_CHANGED } CfoilDiffKind;

typedef struct
{
  CfoilDiffKind kind;
  char *what;   /* translated: "Tracking number", "Exhibit B", "Own words: Closing" */
  char *before; /* (nullable) */
  char *after;  /* (nullable) */
} CfoilDraftChange;
/* (element-type CfoilDraftChange): no SAME ones */
GPtrArray *cfoil_draft_diff (const CfoilDraft *before,
                             const CfoilDraft *after);
void cfoil_draft_change_free (CfoilDraftChange *change);

const char *cfoil_stance_to_string (CfoilStance stance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilDraft, cfoil_draft_free)

G_END_DECLS
