/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-types.h"

G_BEGIN_DECLS

/* The vocabulary of disputes, shared by every layer.  Numbers are stored in the
 * mirror: append, never renumber.  Names are for SQL, CSV, JSON and queries, and are
 * never translated; 0 is "nobody has said, or a word that we do not know". */

/* Who decides, and by which clock. */
typedef enum
{
  CFOIL_CASE_CHARGEBACK = 1, /* the bank */
  CFOIL_CASE_CLAIM = 2,      /* the provider; Amazon: A-to-z, which has no API object */
  CFOIL_CASE_INQUIRY = 3,    /* nobody yet */
} CfoilCaseKind;
#define CFOIL_N_CASE_KINDS 4

/* What the buyer claims.  One list for all providers; the provider's own word is
 * kept beside it. */
typedef enum
{
  CFOIL_REASON_UNKNOWN = 0,
  CFOIL_REASON_FRAUD = 1,
  CFOIL_REASON_UNRECOGNIZED = 2,
  CFOIL_REASON_NOT_RECEIVED = 3,
  CFOIL_REASON_NOT_AS_DESCRIBED = 4,
  CFOIL_REASON_NO_LONGER_WANTED = 5,
  CFOIL_REASON_CREDIT_NOT_PROCESSED = 6,
  CFOIL_REASON_OVERCHARGED = 7,
  CFOIL_REASON_DUPLICATE = 8,
  CFOIL_REASON_PAID_OTHERWISE = 9,
  CFOIL_REASON_SUBSCRIPTION_CANCELLED = 10,
  CFOIL_REASON_GENERAL = 11,
} CfoilReason;
#define CFOIL_N_REASONS 12

typedef enum
{
  CFOIL_PRODUCT_UNKNOWN = 0, /* nobody has chosen */
  CFOIL_PRODUCT_PHYSICAL = 1,
  CFOIL_PRODUCT_DIGITAL = 2,
  CFOIL_PRODUCT_SERVICE = 3,
  CFOIL_PRODUCT_BOOKING = 4,
  CFOIL_PRODUCT_EVENT = 5,
  CFOIL_PRODUCT_SEVERAL = 6,
  CFOIL_PRODUCT_OTHER = 7,
} CfoilProduct;
#define CFOIL_N_PRODUCTS 8

typedef enum
{
  CFOIL_CASE_OUTCOME_NONE = 0, /* not decided */
  CFOIL_CASE_OUTCOME_WON = 1,
  CFOIL_CASE_OUTCOME_LOST = 2,
  CFOIL_CASE_OUTCOME_ACCEPTED = 3, /* lost because the merchant accepted it */
  CFOIL_CASE_OUTCOME_EXPIRED = 4,  /* lost because nobody answered in time */
  CFOIL_CASE_OUTCOME_NEUTRAL = 5,
} CfoilCaseOutcome;
#define CFOIL_N_CASE_OUTCOMES 6

/* What an item of evidence is, whatever the provider calls it. */
typedef enum
{
  CFOIL_EVIDENCE_OTHER = 0,
  CFOIL_EVIDENCE_PRODUCT_DESCRIPTION = 1,
  CFOIL_EVIDENCE_RECEIPT = 2,
  CFOIL_EVIDENCE_CANCELLATION_POLICY = 3,
  CFOIL_EVIDENCE_REFUND_POLICY = 4,
  CFOIL_EVIDENCE_SIGNATURE = 5,
  CFOIL_EVIDENCE_TRACKING_NUMBER = 6,
  CFOIL_EVIDENCE_CARRIER_NAME = 7,
  CFOIL_EVIDENCE_SHIPPING = 8,       /* proof that it was sent */
  CFOIL_EVIDENCE_DELIVERY = 9,       /* proof that it arrived */
  CFOIL_EVIDENCE_DEVICE_ID = 10,
  CFOIL_EVIDENCE_DEVICE_NAME = 11,
  CFOIL_EVIDENCE_DOWNLOAD_TIME = 12,
  CFOIL_EVIDENCE_ACCESS_LOG = 13,
  CFOIL_EVIDENCE_SERVICE = 14,       /* proof that the service was given */
  CFOIL_EVIDENCE_REFUND = 15,        /* proof of a refund */
  CFOIL_EVIDENCE_COMMUNICATION = 16,
  CFOIL_EVIDENCE_OTHER_PAYMENT = 17, /* of duplicates: the other order */
  CFOIL_EVIDENCE_PRIOR_ORDERS = 18,  /* earlier payments that nobody disputed */
  CFOIL_EVIDENCE_TERMS = 19,         /* terms that were accepted */
  CFOIL_EVIDENCE_PACKET = 20,        /* all of it in one document */
} CfoilEvidenceType;
#define CFOIL_N_EVIDENCE_TYPES 21

/* How far a deadline is.  URGENT under 72 hours, CRITICAL under 24. */
typedef enum
{
  CFOIL_URGENCY_NONE, /* no answer is awaited */
  CFOIL_URGENCY_NORMAL,
  CFOIL_URGENCY_URGENT,
  CFOIL_URGENCY_CRITICAL,
  CFOIL_URGENCY_OVERDUE,
} CfoilUrgency;

/* One item of an answer to a dispute.  Borrowed. */
typedef struct
{
  CfoilEvidenceType type;
  const char *text;      /* (nullable) */
  const char *path;      /* (nullable): the file's bytes, ours and unchanging */
  const char *sha256;    /* of the file */
  const char *file_type; /* "pdf", "jpg", "png", "csv", ... */
  gint64 n_bytes;
} CfoilAnswerItem;

/* All that is said to the provider at once, or that nothing is said. */
typedef struct
{
  const char *dispute_id;
  const char *answer_id;     /* the same at every try: what was done before is found by it */
  gboolean accepts;          /* no evidence: the merchant gives in */
  const CfoilAnswerItem *items;
  guint n_items;
} CfoilAnswer;

const char *cfoil_case_kind_to_string (CfoilCaseKind kind);
const char *cfoil_reason_to_string (CfoilReason reason);
const char *cfoil_product_to_string (CfoilProduct product);
const char *cfoil_case_outcome_to_string (CfoilCaseOutcome outcome);
const char *cfoil_evidence_type_to_string (CfoilEvidenceType type);
/* FALSE: no such name; the value is then untouched. */
gboolean cfoil_case_kind_from_string (const char *name, CfoilCaseKind *kind);
gboolean cfoil_reason_from_string (const char *name, CfoilReason *reason);
gboolean cfoil_product_from_string (const char *name, CfoilProduct *product);
gboolean cfoil_case_outcome_from_string (const char *name, CfoilCaseOutcome *outcome);
gboolean cfoil_evidence_type_from_string (const char *name, CfoilEvidenceType *type);

/* In plain words for people, English and marked for translation: pass through
 * gettext.  "The buyer says the goods never came" is cfoil_reason_get_claim (). */
const char *cfoil_case_kind_get_title (CfoilCaseKind kind);
const char *cfoil_reason_get_title (CfoilReason reason);
const char *cfoil_reason_get_claim (CfoilReason reason);
const char *cfoil_product_get_title (CfoilProduct product);
const char *cfoil_case_outcome_get_title (CfoilCaseOutcome outcome);
const char *cfoil_evidence_type_get_title (CfoilEvidenceType type);

/* From the provider's own word: Amazon Pay's filingReason, Stripe's and PayPal's
 * reason (no word is used by two of them for different things).  Without regard to
 * case; NULL and what is new are CFOIL_REASON_UNKNOWN. */
CfoilReason cfoil_reason_from_provider (const char *word);

/* When an answer is due at the latest that cannot be too late, where the provider gave
 * no deadline: the notice's day and 11 days for a chargeback, 7 for anything else, the
 * end of that day where it ends first.  The notice's day is the one it had where days
 * begin last (UTC-12); the end is that of UTC+14.  A zone of the user's never moves it.
 * Source: Amazon Pay, Handling chargebacks; A-to-z Guarantee for merchants. */
gint64 cfoil_deadline_estimate_us (CfoilCaseKind kind,
                                   gint64        notice_us);

/* DUE_US unknown, or STATE not waiting for the merchant: NONE. */
CfoilUrgency cfoil_urgency_of (CfoilState state,
                               gint64     due_us,
                               gint64     now_us);

/* Of a decided case; the reason code of Amazon Pay tells accepted and expired apart.
 * STATE_REASON (nullable) is the provider's word for why the state is as it is. */
CfoilCaseOutcome cfoil_case_outcome_of (CfoilState  state,
                                        const char *state_reason);

G_END_DECLS
