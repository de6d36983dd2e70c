/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-dispute.h"

G_BEGIN_DECLS

/* The facts that a letter may assert.  Each has a value and a source; a sentence of
 * the letter exists only while all facts that it asserts do.  Keys are stored in drafts:
 * append, names never change. */
typedef enum
{
  /* what the mirror can say */
  CFOIL_FACT_MERCHANT,          /* the shop's name */
  CFOIL_FACT_MERCHANT_ADDRESS,
  CFOIL_FACT_MERCHANT_CONTACT,  /* e-mail or telephone of the shop */
  CFOIL_FACT_SHOP_DESCRIPTION,
  CFOIL_FACT_ORDER_REFERENCE,
  CFOIL_FACT_CHARGE_ID,
  CFOIL_FACT_DISPUTE_ID,
  CFOIL_FACT_PAYMENT_TIME,      /* of the charge, never of the dispute */
  CFOIL_FACT_PAYMENT_AMOUNT,
  CFOIL_FACT_DISPUTE_AMOUNT,
  CFOIL_FACT_DISPUTE_OPENED,
  CFOIL_FACT_BUYER_NAME,
  CFOIL_FACT_BUYER_EMAIL,
  CFOIL_FACT_BUYER_COUNTRY,
  CFOIL_FACT_DESCRIPTOR,        /* what stood on the buyer's statement */
  CFOIL_FACT_REFUND_ID,
  CFOIL_FACT_REFUND_TIME,
  CFOIL_FACT_REFUND_AMOUNT,
  CFOIL_FACT_PRIOR_COUNT,       /* of the buyer's earlier payments that nobody disputed */
  CFOIL_FACT_PRIOR_LIST,        /* their dates, amounts and ids, a line each */
  /* what people know */
  CFOIL_FACT_ITEMS,             /* what was bought */
  CFOIL_FACT_ORDER_DATE,
  CFOIL_FACT_SHIPPING_ADDRESS,
  CFOIL_FACT_BILLING_ADDRESS,
  CFOIL_FACT_CARRIER,
  CFOIL_FACT_TRACKING_NUMBER,
  CFOIL_FACT_SHIPPED_DATE,
  CFOIL_FACT_PROMISED_DATE,
  CFOIL_FACT_DELIVERED_DATE,
  CFOIL_FACT_DELIVERED_TO,
  CFOIL_FACT_SIGNED_BY,
  CFOIL_FACT_DOWNLOAD_TIME,
  CFOIL_FACT_ACCESS_TIME,
  CFOIL_FACT_IP_ADDRESS,
  CFOIL_FACT_DEVICE_ID,
  CFOIL_FACT_DEVICE_NAME,
  CFOIL_FACT_ACCOUNT_NAME,      /* the buyer's account in the shop */
  CFOIL_FACT_SERVICE_DATE,
  CFOIL_FACT_ATTENDANCE,        /* who came, checked in, signed for the work */
  CFOIL_FACT_POLICY_TEXT,       /* the clause that applies */
  CFOIL_FACT_POLICY_DATE,       /* since when it held */
  CFOIL_FACT_POLICY_SHOWN,      /* how the buyer was shown it before paying */
  CFOIL_FACT_CONTACT_DATE,
  CFOIL_FACT_CONTACT_SUMMARY,   /* what was said between buyer and shop */
  CFOIL_FACT_RETURN_OFFERED,    /* date on which a return or replacement was offered */
  CFOIL_FACT_RETURN_STATUS,     /* not returned, or when it came back */
  CFOIL_FACT_REFUND_REFUSED,    /* why no refund is owed */
  CFOIL_FACT_OTHER_ORDER,       /* of duplicates: the other order's reference */
  CFOIL_FACT_OTHER_CHARGE_ID,
  CFOIL_FACT_OTHER_AMOUNT,
  CFOIL_FACT_OTHER_DATE,
  CFOIL_FACT_DIFFERENCE,        /* what makes the two payments different */
  CFOIL_FACT_AGREED_TOTAL,      /* the price that the buyer agreed to */
  CFOIL_FACT_SIGNUP_DATE,
  CFOIL_FACT_RENEWAL_NOTICE,    /* date of the notice before the renewal */
  CFOIL_FACT_CANCELLED_DATE,
  CFOIL_FACT_USED_AFTER,        /* last use after the alleged cancellation */
  CFOIL_FACT_WITHDRAWN,         /* the buyer says in writing that the dispute is withdrawn: the date */
  CFOIL_N_FACTS
} CfoilFactKey;

typedef enum
{
  CFOIL_FACT_KIND_LINE,  /* one line of text */
  CFOIL_FACT_KIND_TEXT,  /* several lines */
  CFOIL_FACT_KIND_DATE,  /* YYYY-MM-DD, a civil day */
  CFOIL_FACT_KIND_TIME,  /* YYYY-MM-DDThh:mm:ssZ */
  CFOIL_FACT_KIND_MONEY, /* "KWD 25.540": currency and decimal by its exponent */
  CFOIL_FACT_KIND_ID,
  CFOIL_FACT_KIND_COUNT,
} CfoilFactKind;

typedef struct
{
  const char *name;         /* "tracking_number", for ever */
  const char *title;        /* marked for translation */
  const char *hint;         /* (nullable): marked for translation, what to write there */
  CfoilFactKind kind;
  gboolean is_from_mirror;  /* the mirror may know it */
  CfoilEvidenceType text_evidence; /* sent to the provider as text of this type, too; 0: not */
} CfoilFactInfo;

/* Static. */
const CfoilFactInfo *cfoil_fact_get_info (CfoilFactKey key);
gboolean cfoil_fact_key_from_name (const char   *name,
                                   CfoilFactKey *key);

/* Who says so. */
typedef enum
{
  CFOIL_FACT_SOURCE_TYPED,
  CFOIL_FACT_SOURCE_MIRROR,
  CFOIL_FACT_SOURCE_LIBRARY,
} CfoilFactSource;

typedef struct
{
  CfoilFactKey key;
  char *value;             /* never empty */
  CfoilFactSource source;
  char *detail;            /* (nullable): the feed, or the library item's name, or who typed it */
} CfoilFact;

CfoilFact *cfoil_fact_new (CfoilFactKey    key,
                           const char     *value,
                           CfoilFactSource source,
                           const char     *detail);
CfoilFact *cfoil_fact_copy (const CfoilFact *self);
void cfoil_fact_free (CfoilFact *self);

/* VALUE without space around it and control characters; NULL and CFOIL_INPUT_ERROR when
 * it is none of its kind (no date, no currency, too many decimals, more than 4,000
 * characters).  An empty one is "" without error: the fact goes. */
char *cfoil_fact_clean (CfoilFactKey key,
                        const char  *value,
                        GError     **error);

/* As the letter writes it, the same in every language and zone: "14 July 2026",
 * "14 July 2026, 15:53 UTC", "JPY 2,554".  Text of the other direction is isolated.
 * Free it; (nullable): VALUE is none of its kind, so that nothing can be said. */
char *cfoil_fact_to_letter (CfoilFactKey key,
                            const char  *value);
/* "KWD 25.540".  Free it; (nullable): no such currency, or an amount that is negative or
 * not known. */
char *cfoil_fact_money (const char *currency,
                        gint64      minor);

G_END_DECLS
