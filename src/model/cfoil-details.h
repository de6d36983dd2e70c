/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-annotation.h"
#include "cfoil-reader.h"
#include "cfoil-types.h"

G_BEGIN_DECLS

/* Everything that the mirror knows about one transaction.  Immutable, counted
 * references, any thread.  Texts are fit to be shown (see cfoil_shown_text ());
 * NULL and CFOIL_UNKNOWN: nobody has said. */
#define CFOIL_TYPE_DETAILS (cfoil_details_get_type ())
typedef struct _CfoilDetails CfoilDetails;

/* How many of the buyer's other payments are listed. */
#define CFOIL_DETAILS_MAX_OTHERS 10
/* Of more related rows, only how many there are is known. */
#define CFOIL_DETAILS_MAX_RELATED 50
/* The longest raw text, in bytes. */
#define CFOIL_DETAILS_MAX_RAW (100 * 1024)

/* A row of the list of transactions, in short. */
typedef struct
{
  gint64 txn_id;
  char *transaction_id;
  CfoilType type;
  CfoilState state;
  char *provider_type;  /* (nullable): the provider's own word */
  char *provider_state; /* (nullable) */
  char *currency;       /* (nullable) */
  gint64 amount_minor;
  gint64 gross_minor;
  gint64 time_us;
} CfoilDetailsRow;

typedef enum
{
  CFOIL_EVENT_PERMISSION_OPENED,
  CFOIL_EVENT_CHARGE_CREATED,
  CFOIL_EVENT_CHARGE_STATE,
  CFOIL_EVENT_PERMISSION_STATE, /* blocked or closed */
  CFOIL_EVENT_REFUND_CREATED,
  CFOIL_EVENT_REFUND_STATE,
  CFOIL_EVENT_DISPUTE_OPENED,
  CFOIL_EVENT_DISPUTE_STATE,
  CFOIL_EVENT_REVERSAL, /* the money of a chargeback or claim was taken or given back */
  CFOIL_EVENT_SETTLED,
  CFOIL_EVENT_PAID_OUT,
} CfoilEventKind;

/* Something that happened. */
typedef struct
{
  CfoilEventKind kind;
  CfoilState state; /* of *_STATE */
  CfoilType type;   /* of REVERSAL: chargeback, claim, dispute fee */
  gint64 time_us;   /* never unknown */
  char *currency;   /* (nullable) */
  gint64 amount_minor;
  char *reason;     /* (nullable): the provider's own code */
  char *subject;    /* (nullable): id of the settlement, payout, refund or dispute */
  char **feeds;     /* names of those that said it */
} CfoilEvent;

/* What came, as it came. */
typedef struct
{
  char *feed;
  char *what;     /* (nullable): id of the object */
  char *document; /* (nullable): name of the file */
  gint64 row_number; /* 0: none */
  gint64 said_us;
  char *text;     /* of several lines */
  gboolean is_cut;
} CfoilDetailsRaw;

struct _CfoilDetails
{
  CfoilDetailsRow *row;
  gint64 account_id;
  char *account;
  char *provider;
  char *region;
  char *environment;

  /* Money in the currency of the row; fees that cost are negative. */
  gint64 fee_percentage_minor;
  gint64 fee_fixed_minor;
  gint64 fee_minor;
  gint64 fee_rate_ppm; /* of the gross amount */
  gint64 tax_minor;
  gint64 net_minor;
  gint64 refunded_minor;
  char *presentment_currency;
  gint64 presentment_minor;
  char *fx_rate;
  gint64 fx_us;

  char *reason;
  gint64 expires_us; /* of an authorisation that still holds, otherwise unknown */
  char *permission_state_word; /* the provider's own */
  char *permission_reason;
  char *dispute_id;
  CfoilState dispute_state;
  char *dispute_state_word; /* the provider's own */
  char *dispute_reason;     /* what the buyer claims */
  char *dispute_state_reason;
  gint64 dispute_deadline_us; /* while an answer is awaited, otherwise unknown */

  char *provider_id;
  char *permission_id;
  char *charge_id;
  char *merchant_reference;
  char *order_reference;
  char *settlement_id;
  char *payout_reference;
  char *store;
  char *description;
  char *channel;
  char *method;
  char *soft_descriptor;
  char *tracking_carrier;
  char *tracking_number;
  gint64 risk_score;

  char *buyer_id;
  char *buyer_name;
  char *buyer_email;
  char *buyer_country;

  GPtrArray *events;  /* CfoilEvent, oldest first */
  GPtrArray *related; /* CfoilDetailsRow, oldest first: the charge, its refunds and reversals */
  gint64 n_related;
  GPtrArray *others;  /* CfoilDetailsRow, newest first: other payments of the buyer */
  gint64 n_others;
  GPtrArray *raws;    /* CfoilDetailsRaw */
  CfoilAnnotation *annotation;
};

GType cfoil_details_get_type (void);
CfoilDetails *cfoil_details_ref (CfoilDetails *self);
void cfoil_details_unref (CfoilDetails *self);

/* Of the row TXN_ID; one that is not there (any more) is G_IO_ERROR_NOT_FOUND. */
void cfoil_details_read_async (CfoilReader         *reader,
                               gint64               txn_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
CfoilDetails *cfoil_details_read_finish (GAsyncResult *result,
                                         GError      **error);

/* The same on a reader's thread. */
CfoilDetails *cfoil_details_read (CfoilDatabase *database,
                                  gint64         txn_id,
                                  GError       **error);

/* JSON in lines, two blanks to a level.  What is no JSON comes back as it is. */
char *cfoil_json_in_lines (const char *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilDetails, cfoil_details_unref)

G_END_DECLS
