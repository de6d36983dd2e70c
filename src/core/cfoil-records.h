/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-types.h"

/* What providers say, in neutral words.  All strings are UTF-8, may be NULL
 * (nobody said) unless marked, and are borrowed for the length of the call that
 * passes the record.  Numbers that nobody said are CFOIL_UNKNOWN. */

/* One feed's word on one object.  Observations of the same object by the same
 * feed replace each other: the newest said_us wins.  The mirror derives its row
 * of a payment from all observations and all settlement lines, so the order in
 * which feeds speak does not matter. */
typedef struct
{
  CfoilObjectKind kind;
  const char *object_id;        /* not NULL; a charge's id even where a report names its authorisation */
  gint64 said_us;               /* as of when the provider says this (its last-update time) */
  CfoilState state;             /* CFOIL_STATE_OTHER for a word that we do not know */
  const char *provider_state;   /* the provider's own word */
  const char *reason;           /* the provider's own reason code; of a dispute: what the buyer claims */
  const char *currency;
  gint64 amount_minor;          /* the object's face amount, never negative */
  gint64 moved_minor;           /* effect on the merchant's balance: captured +, refunded -, else 0 */
  gint64 refunded_minor;        /* of a charge: refunded so far */
  gint64 created_us;
  gint64 expires_us;            /* of an authorisation or a permission */
  gint64 deadline_us;           /* of a dispute: the merchant's answer is due */
  const char *charge_id;        /* of a refund or dispute: the charge it belongs to */
  const char *permission_id;
  const char *merchant_reference;
  const char *order_reference;  /* the merchant's order number, where it differs */
  const char *store;
  const char *description;      /* of a dispute: why the state is as it is */
  const char *buyer_id;
  const char *buyer_name;
  const char *buyer_email;
  const char *buyer_country;    /* ISO 3166 alpha-2 */
  const char *channel;
  const char *resolution;       /* of a dispute: the provider's own word */
  const char *state_code;       /* of a dispute: the provider's code for why the state is as it is */
  gboolean by_buyer;            /* of a refund: the buyer forced it, by a claim */
  gboolean final;               /* no later state is possible: never asked for again */
  const char *raw;              /* not NULL: the provider's words as one JSON object */
  guint64 row_number;           /* in its document, from 1; 0: not from a document */
} CfoilObservation;

/* The head of a settlement. */
typedef struct
{
  const char *settlement_id;    /* not NULL */
  const char *merchant_id;
  gint64 start_us;
  gint64 end_us;
} CfoilSettlement;

/* One line of a settlement report.  Amounts are signed from the merchant's
 * view: a fee that costs is negative; net = amount + fee is checked, not made. */
typedef struct
{
  const char *settlement_id;    /* not NULL */
  CfoilType type;
  const char *provider_type;    /* not NULL: the provider's own word */
  const char *provider_id;      /* as it stands in the file */
  const char *object_id;        /* charge or refund id that the line settles; NULL: a line of the account */
  gint64 posted_us;
  const char *currency;         /* not NULL */
  gint64 amount_minor;
  gint64 fee_percentage_minor;
  gint64 fee_fixed_minor;
  gint64 fee_minor;
  gint64 net_minor;
  const char *charge_id;
  const char *permission_id;
  const char *dispute_id;
  const char *merchant_reference;
  const char *order_reference;
  const char *store;
  const char *description;
  const char *extra;            /* columns that we do not know, as a JSON object */
  guint64 row_number;           /* in its document, from 1 */
} CfoilSettlementLine;

typedef struct
{
  const char *settlement_id;    /* not NULL */
  const char *merchant_id;
  const char *bank_reference;
  const char *currency;         /* not NULL */
  gint64 amount_minor;
  gint64 transaction_us;
  const char *raw;              /* not NULL: JSON */
} CfoilDisbursement;

typedef enum
{
  CFOIL_REPORT_IN_PROGRESS = 1,
  CFOIL_REPORT_COMPLETED = 2,
  CFOIL_REPORT_FAILED = 3,
  CFOIL_REPORT_CANCELLED = 4,   /* or: no data in the window */
  CFOIL_REPORT_EXPIRED = 5,     /* was listed, is gone: recorded as lost */
  CFOIL_REPORT_UNKNOWN = 6,     /* a status word that we do not know */
} CfoilReportStatus;

/* A report at the provider. */
typedef struct
{
  const char *report_id;        /* not NULL: the provider's */
  const char *feed;             /* not NULL: the feed it belongs to */
  const char *provider_type;    /* not NULL: the provider's own word */
  CfoilReportStatus status;
  const char *provider_status;
  const char *document_id;      /* the provider's, once there is one */
  gint64 start_us;
  gint64 end_us;
  gint64 created_us;
  gboolean ours;                /* we asked for it */
} CfoilReport;

/* A schedule by which the provider makes reports. */
typedef struct
{
  const char *schedule_id;      /* not NULL: the provider's */
  const char *provider_type;    /* not NULL: of the reports that it makes */
  const char *frequency;        /* not NULL: as the provider writes it, such as P14D */
  gint64 next_us;               /* when it makes the next one */
  gboolean ours;                /* this program made it */
} CfoilSchedule;

/* What does not fit and is kept all the same. */
typedef enum
{
  CFOIL_EXCEPTION_BAD_ROW = 1,          /* a row that cannot be read; it is not in the ledger */
  CFOIL_EXCEPTION_UNKNOWN_TYPE = 2,     /* in the ledger as "other" */
  CFOIL_EXCEPTION_UNKNOWN_STATE = 3,
  CFOIL_EXCEPTION_UNKNOWN_COLUMN = 4,
  CFOIL_EXCEPTION_ARITHMETIC = 5,       /* the provider's own numbers do not add up */
  CFOIL_EXCEPTION_DISPUTE_ID = 6,       /* a chargeback whose dispute id nobody has said */
  CFOIL_EXCEPTION_BAD_OBJECT = 7,       /* an answer that cannot be read */
  CFOIL_EXCEPTION_CONFLICT = 8,         /* same key, other content */
} CfoilExceptionKind;
#define CFOIL_N_EXCEPTION_KINDS 9

typedef struct
{
  CfoilExceptionKind kind;
  const char *subject;          /* not NULL: the id, column or word it is about ("" if none) */
  const char *message;          /* not NULL: what is wrong, English */
  const char *raw;              /* the row or object as it came, valid UTF-8 */
  guint64 row_number;           /* 0: not from a document */
} CfoilException;

/* What a report made at CREATED_US for [START_US, END_US) can tell of by NOW_US: it
 * knows nothing of what happened after it was made.  FALSE: nothing. */
gboolean cfoil_report_get_window (gint64  start_us,
                                  gint64  end_us,
                                  gint64  created_us,
                                  gint64  now_us,
                                  gint64 *until_us);

const char *cfoil_report_status_to_string (CfoilReportStatus status);
const char *cfoil_exception_kind_to_string (CfoilExceptionKind kind);
