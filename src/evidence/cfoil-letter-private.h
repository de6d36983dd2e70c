/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-letter.h"

G_BEGIN_DECLS

/* The catalogue of sentences, and how one becomes text.  Of several templates with one
 * id the first that can stand does, so that a sentence says less, and nothing wrong,
 * when a fact goes. */

/* --- what can be argued (cfoil-checklist-arguments.c) --- */

enum
{
  CFOIL_ARGUES_RIGHTFUL = 1 << 0,      /* the buyer paid */
  CFOIL_ARGUES_RECEIVED = 1 << 1,
  CFOIL_ARGUES_NOT_YET_DUE = 1 << 2,   /* delivery was promised for later */
  CFOIL_ARGUES_AS_DESCRIBED = 1 << 3,
  CFOIL_ARGUES_NOT_RETURNED = 1 << 4,
  CFOIL_ARGUES_NOT_REFUNDABLE = 1 << 5,
  CFOIL_ARGUES_TOO_LATE = 1 << 6,      /* the buyer asked too late */
  CFOIL_ARGUES_REFUNDED = 1 << 7,
  CFOIL_ARGUES_DISTINCT = 1 << 8,      /* two payments for two things */
  CFOIL_ARGUES_PRICE = 1 << 9,         /* the buyer agreed to the price */
  CFOIL_ARGUES_NOT_CANCELLED = 1 << 10,
  CFOIL_ARGUES_USED = 1 << 11,         /* used after the alleged cancellation */
  CFOIL_ARGUES_WITHDRAWN = 1 << 12,
  CFOIL_ARGUES_OTHER = 1 << 13,
};

/* What DRAFT argues against REASON: what was chosen, else that it was refunded where a
 * credit is missed and there is a refund, else the usual. */
guint cfoil_argument_of (const CfoilDraft *draft,
                         CfoilReason       reason);

/* --- templates --- */

#define CFOIL_BIT(value) (1u << (value))

typedef enum
{
  CFOIL_RULE_NONE,
  CFOIL_RULE_BEFORE,     /* FIRST is before SECOND, in whatever zone their days are meant */
  CFOIL_RULE_NOT_AFTER,  /* the day of FIRST is not after the day of SECOND */
  CFOIL_RULE_SAME,       /* amounts and texts */
  CFOIL_RULE_DIFFERENT,
  CFOIL_RULE_KNOWN,      /* nothing but that; SECOND is FIRST */
  CFOIL_RULE_ONE,        /* of a count; SECOND is FIRST */
  CFOIL_RULE_SEVERAL,
  CFOIL_RULE_IN_PAST,    /* the day of FIRST is not after the letter's; SECOND is FIRST */
} CfoilRuleKind;

/* A sentence with a rule asserts both facts of the rule. */
typedef struct
{
  CfoilRuleKind kind;
  CfoilFactKey first;
  CfoilFactKey second;
} CfoilRule;

typedef enum
{
  CFOIL_TEMPLATE_WANTS_PROOF = 1 << 0, /* flagged without an exhibit of its types */
  CFOIL_TEMPLATE_NEEDS_PROOF = 1 << 1, /* not there without */
  CFOIL_TEMPLATE_LINE = 1 << 2,        /* no sentence: a line of an address */
} CfoilTemplateFlags;

#define CFOIL_TEMPLATE_N_RULES 2
#define CFOIL_TEMPLATE_N_PROOFS 4

/* What a sentence asserts, each once: by its text and its rules. */
#define CFOIL_TEMPLATE_MAX_FACTS 8
typedef struct
{
  CfoilFactKey keys[CFOIL_TEMPLATE_MAX_FACTS];
  guint n;
} CfoilTemplateFacts;

/* Masks are CFOIL_BIT ()s; 0: all.  TEXT holds {name_of_a_fact}, {name:day} for the day
 * of a time, {name:lines} for lines of their own, and {case}, {provider}, {reason},
 * {recipient} and {date}. */
typedef struct
{
  const char *id;
  const char *section;
  const char *text;
  guint reasons;
  guint products;
  guint arguments;   /* of CFOIL_ARGUES_ */
  guint kinds;
  CfoilRule rules[CFOIL_TEMPLATE_N_RULES];
  CfoilEvidenceType proofs[CFOIL_TEMPLATE_N_PROOFS]; /* up to the first 0 */
  CfoilTemplateFlags flags;
} CfoilTemplate;

typedef struct
{
  const CfoilTemplate *templates;
  guint n_templates;
} CfoilCatalogue;

extern const CfoilCatalogue cfoil_letter_frame;    /* address to payment, and what ends the letter */
extern const CfoilCatalogue cfoil_letter_fraud;
extern const CfoilCatalogue cfoil_letter_subscription;
extern const CfoilCatalogue cfoil_letter_delivery; /* goods, downloads, services */
extern const CfoilCatalogue cfoil_letter_goods;    /* as described, returns */
extern const CfoilCatalogue cfoil_letter_amounts;  /* duplicates, prices */
extern const CfoilCatalogue cfoil_letter_refunds;  /* and what was withdrawn */

/* --- what a draft says (cfoil-letter-rules.c) --- */

/* The facts of DRAFT by key, cleaned of what a letter cannot say. */
typedef struct
{
  const CfoilDraft *draft;
  const CfoilFact *facts[CFOIL_N_FACTS]; /* (nullable) */
  gboolean is_doubtful[CFOIL_N_FACTS];   /* contradicts another */
} CfoilStatements;

void cfoil_statements_init (CfoilStatements  *self,
                            const CfoilDraft *draft);
/* FALSE also when one of the two is not known. */
gboolean cfoil_rule_holds (const CfoilRule       *rule,
                           const CfoilStatements *statements);

/* --- text (cfoil-letter-words.c) --- */

typedef struct
{
  CfoilStatements statements;
  CfoilReason case_reason; /* what the buyer claims */
  CfoilCaseKind kind;
  char *provider;          /* (nullable) */
} CfoilLetterContext;

void cfoil_template_list_facts (const CfoilTemplate *self,
                                CfoilTemplateFacts  *facts);

/* Free it; NULL: something that it says is not known. */
char *cfoil_template_render (const CfoilTemplate      *self,
                             const CfoilTemplateFacts *facts,
                             const CfoilLetterContext *context,
                             GPtrArray                *exhibits);

/* The exhibits that prove it (borrowed CfoilExhibit). */
GPtrArray *cfoil_template_find_exhibits (const CfoilTemplate *self,
                                         const CfoilDraft    *draft);

/* "Exhibit A: ..." for one that has a file. */
char *cfoil_letter_exhibit_line (const CfoilDraft *draft,
                                 guint             position);

G_END_DECLS
