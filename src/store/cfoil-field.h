/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-types.h"

G_BEGIN_DECLS

/* What is known of a transaction, field by field: the one table behind the columns
 * of the list and of exports, the words of queries, sorting and searching.
 *
 * The order is that of exports.  Numbers are not stored; names are for ever. */
typedef enum
{
  CFOIL_FIELD_PROVIDER,
  CFOIL_FIELD_ACCOUNT,
  CFOIL_FIELD_ENVIRONMENT,
  CFOIL_FIELD_TRANSACTION_ID,
  CFOIL_FIELD_TYPE,
  CFOIL_FIELD_STATE,
  CFOIL_FIELD_FLAGS,
  CFOIL_FIELD_TIME, /* when a person would say that it happened; never unknown */
  CFOIL_FIELD_CREATED,
  CFOIL_FIELD_AUTHORIZED,
  CFOIL_FIELD_CAPTURED,
  CFOIL_FIELD_EXPIRES,
  CFOIL_FIELD_POSTED,
  CFOIL_FIELD_CURRENCY,
  CFOIL_FIELD_AMOUNT,
  CFOIL_FIELD_GROSS,
  CFOIL_FIELD_FEE_PERCENTAGE,
  CFOIL_FIELD_FEE_FIXED,
  CFOIL_FIELD_FEE,
  CFOIL_FIELD_FEE_RATE,
  CFOIL_FIELD_FEE_TAX,
  CFOIL_FIELD_NET,
  CFOIL_FIELD_REFUNDED,
  CFOIL_FIELD_PRESENTMENT_CURRENCY,
  CFOIL_FIELD_PRESENTMENT_AMOUNT,
  CFOIL_FIELD_FX_RATE,
  CFOIL_FIELD_FX_DATE,
  CFOIL_FIELD_REFERENCE,
  CFOIL_FIELD_ORDER_REFERENCE,
  CFOIL_FIELD_STORE,
  CFOIL_FIELD_PERMISSION_ID,
  CFOIL_FIELD_CHARGE_ID,
  CFOIL_FIELD_REFUND_ID,
  CFOIL_FIELD_PROVIDER_ID,
  CFOIL_FIELD_DISPUTE_ID,
  CFOIL_FIELD_DISPUTE_STATE,
  CFOIL_FIELD_SETTLEMENT,
  CFOIL_FIELD_SETTLEMENT_DATE,
  CFOIL_FIELD_PAYOUT_REFERENCE,
  CFOIL_FIELD_BUYER_ID,
  CFOIL_FIELD_BUYER_NAME,
  CFOIL_FIELD_BUYER_EMAIL,
  CFOIL_FIELD_BUYER_COUNTRY,
  CFOIL_FIELD_CHANNEL,
  CFOIL_FIELD_METHOD,
  CFOIL_FIELD_DESCRIPTION,
  CFOIL_FIELD_REASON,
  CFOIL_FIELD_SOFT_DESCRIPTOR,
  CFOIL_FIELD_TRACKING_CARRIER,
  CFOIL_FIELD_TRACKING_NUMBER,
  CFOIL_FIELD_RISK_SCORE,
  CFOIL_FIELD_TAGS,
  CFOIL_FIELD_NOTE,
  CFOIL_FIELD_REVIEWED,
  CFOIL_FIELD_PROVIDER_TYPE,
  CFOIL_FIELD_PROVIDER_STATE,
  CFOIL_FIELD_FEED,
  CFOIL_FIELD_FIRST_SEEN,
  CFOIL_FIELD_LAST_CHANGED,
  CFOIL_N_FIELDS
} CfoilField;

/* What a field's values are. */
typedef enum
{
  CFOIL_FIELD_KIND_TEXT,   /* words: found by the beginning of a word */
  CFOIL_FIELD_KIND_ID,     /* an id: found by any part of it */
  CFOIL_FIELD_KIND_CODE,   /* a number with a name of ours (CfoilType, CfoilState) */
  CFOIL_FIELD_KIND_REF,    /* a number that stands for a text in another table */
  CFOIL_FIELD_KIND_MONEY,  /* minor units of the row's currency */
  CFOIL_FIELD_KIND_TIME,   /* microseconds */
  CFOIL_FIELD_KIND_NUMBER, /* a plain number; fee_rate: parts per million */
  CFOIL_FIELD_KIND_FLAGS,  /* CfoilFlags */
} CfoilFieldKind;

/* What is to be seen at a glance; computed when the row is. */
typedef enum
{
  CFOIL_FLAG_DISPUTED = 1 << 0,
  CFOIL_FLAG_REFUNDED = 1 << 1,  /* a charge of which something was given back */
  CFOIL_FLAG_NOTE = 1 << 2,
  CFOIL_FLAG_TAGS = 1 << 3,
  CFOIL_FLAG_REVIEWED = 1 << 4,
  CFOIL_FLAG_EXCEPTION = 1 << 5, /* something about it does not fit: see the exceptions */
} CfoilFlags;

typedef struct
{
  const char *name;  /* in CSV and in queries; stable, never translated */
  const char *title; /* marked for translation */
  CfoilFieldKind kind;
  gboolean is_searched; /* by a word without a field */

  /* SQL over CFOIL_FIELD_FROM.  VALUE is what is compared and sorted: a number, or
   * a text for TEXT and ID.  SHOWN is what is exported where that is another thing
   * (the text that a number stands for, of payout_reference the part of it that is the
   * row's own); NULL: the value. */
  const char *value_sql;
  const char *shown_sql;

  /* Of REF: SELECT number, text. */
  const char *dictionary_sql;

  /* The field whose packed column holds the values (itself, if it has one), and
   * CFOIL_N_FIELDS if there is none because nothing is stored. */
  CfoilField stored_as;
} CfoilFieldInfo;

/* The tables that value_sql and shown_sql speak of; append WHERE or ORDER BY. */
#define CFOIL_FIELD_FROM \
  "txn AS t " \
  "JOIN account AS a USING (account_id) " \
  "LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id " \
  "LEFT JOIN annotation AS n ON n.provider = a.provider AND n.environment = a.environment AND n.transaction_id = t.transaction_id " \
  "LEFT JOIN settlement AS s ON s.settlement_id = t.settlement_id "

const CfoilFieldInfo *cfoil_field_get_info (CfoilField field);

/* FALSE when there is no field of that name. */
gboolean cfoil_field_from_name (const char *name,
                                CfoilField *field);

/* TRUE for fields that have a column of their own in the packed blocks. */
gboolean cfoil_field_is_stored (CfoilField field);

/* The name of a CODE's VALUE ("captured"), never translated. */
const char *cfoil_field_code_name (CfoilField field,
                                   gint64     value);
guint cfoil_field_n_codes (CfoilField field);

/* TEXT as it is compared, searched and sorted: without case, accents, differences of
 * width and ends of lines.  Never NULL; of NULL it is "". */
char *cfoil_fold (const char *text);

G_END_DECLS
