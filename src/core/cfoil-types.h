/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Vocabulary shared by every layer.
 *
 * Money is gint64 in minor units beside an ISO 4217 code.  Times are gint64
 * microseconds since 1970-01-01T00:00:00Z.  CFOIL_UNKNOWN stands for "nobody
 * has said": it becomes NULL in the mirror and is never shown as zero. */
#define CFOIL_UNKNOWN G_MININT64

/* The type of a report file whose columns nobody has published and that we do not know: it is
 * kept, and nothing is read from it. */
#define CFOIL_DOCUMENT_NOT_UNDERSTOOD "not-understood"

#define CFOIL_USEC_PER_DAY (G_TIME_SPAN_DAY)

/* What moved, or would move, the merchant's money.  The numbers are stored in
 * the mirror: append, never renumber.  0 is kept for a provider's own word that
 * we do not know; the word itself is kept beside it. */
typedef enum
{
  CFOIL_TYPE_OTHER = 0,
  CFOIL_TYPE_CHARGE = 1,
  CFOIL_TYPE_REFUND = 2,
  CFOIL_TYPE_CHARGEBACK = 3,
  CFOIL_TYPE_CLAIM = 4,
  CFOIL_TYPE_DISPUTE_FEE = 5,
  CFOIL_TYPE_TRANSFER = 6,
  CFOIL_TYPE_RESERVE = 7,
  CFOIL_TYPE_CARRYOVER = 8,
  CFOIL_TYPE_ADJUSTMENT = 9,
  CFOIL_TYPE_AUTHORIZATION_FEE = 10,
} CfoilType;
#define CFOIL_N_TYPES 11

/* The neutral state of a payment, refund, permission or dispute.  Stored too.
 * CFOIL_STATE_OTHER is a state word that we do not know; CFOIL_STATE_NONE is a
 * movement that has no states (a transfer has happened, or it is not there). */
typedef enum
{
  CFOIL_STATE_NONE = 0,
  CFOIL_STATE_OTHER = 1,
  CFOIL_STATE_PENDING = 2,       /* asked for, no answer yet */
  CFOIL_STATE_AUTHORIZED = 3,
  CFOIL_STATE_CAPTURING = 4,     /* capture asked for, not done */
  CFOIL_STATE_CAPTURED = 5,
  CFOIL_STATE_DECLINED = 6,
  CFOIL_STATE_CANCELED = 7,
  CFOIL_STATE_REFUNDED = 8,      /* of a refund: done */
  CFOIL_STATE_OPEN = 9,          /* permission: chargeable */
  CFOIL_STATE_BLOCKED = 10,      /* permission: for the time being not chargeable */
  CFOIL_STATE_CLOSED = 11,
  CFOIL_STATE_NEEDS_RESPONSE = 12,
  CFOIL_STATE_WAITING_OTHER = 13,
  CFOIL_STATE_UNDER_REVIEW = 14,
  CFOIL_STATE_WON = 15,
  CFOIL_STATE_LOST = 16,
  CFOIL_STATE_CLOSED_NEUTRAL = 17,
} CfoilState;
#define CFOIL_N_STATES 18

typedef enum
{
  CFOIL_OBJECT_CHARGE = 1,
  CFOIL_OBJECT_REFUND = 2,
  CFOIL_OBJECT_PERMISSION = 3,
  CFOIL_OBJECT_DISPUTE = 4,
} CfoilObjectKind;
#define CFOIL_N_OBJECT_KINDS 5

/* The stable lower-case names used in SQL views, CSV and JSON ("dispute_fee",
 * "needs_response", "permission").  Out of range: "other".  Never translated. */
const char *cfoil_type_to_string (CfoilType type);
const char *cfoil_state_to_string (CfoilState state);
const char *cfoil_object_kind_to_string (CfoilObjectKind kind);
