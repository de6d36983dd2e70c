/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-words.h"

#include <string.h>

typedef struct
{
  const char *word;
  int value;
} Word;

/* Case is not something to lose a payment over. */
static int
look_up (const Word *table,
         guint       n_words,
         const char *word,
         int         otherwise)
{
  for (guint i = 0; word != NULL && i < n_words; i++)
    if (g_ascii_strcasecmp (word, table[i].word) == 0)
      return table[i].value;
  return otherwise;
}

#define LOOK_UP(table, word) look_up (table, G_N_ELEMENTS (table), word, CFOIL_STATE_OTHER)

CfoilState
cfoil_amazon_charge_state (const char *word)
{
  static const Word table[] = {
    { "AuthorizationInitiated", CFOIL_STATE_PENDING },
    { "Authorized", CFOIL_STATE_AUTHORIZED },
    { "CaptureInitiated", CFOIL_STATE_CAPTURING },
    { "Captured", CFOIL_STATE_CAPTURED },
    { "Canceled", CFOIL_STATE_CANCELED },
    { "Declined", CFOIL_STATE_DECLINED },
  };

  return LOOK_UP (table, word);
}

CfoilState
cfoil_amazon_permission_state (const char *word)
{
  static const Word table[] = {
    { "Chargeable", CFOIL_STATE_OPEN },
    { "NonChargeable", CFOIL_STATE_BLOCKED },
    { "Closed", CFOIL_STATE_CLOSED },
  };

  return LOOK_UP (table, word);
}

CfoilState
cfoil_amazon_refund_state (const char *word)
{
  static const Word table[] = {
    { "RefundInitiated", CFOIL_STATE_PENDING },
    { "Refunded", CFOIL_STATE_REFUNDED },
    { "Declined", CFOIL_STATE_DECLINED },
  };

  return LOOK_UP (table, word);
}

/* How a dispute that is over was decided. */
static CfoilState
dispute_outcome (const char *reason,
                 const char *resolution)
{
  static const Word resolutions[] = {
    { "MerchantWon", CFOIL_STATE_WON },
    { "BuyerWon", CFOIL_STATE_LOST },
    { "NoFault", CFOIL_STATE_CLOSED_NEUTRAL },
  };
  static const Word reasons[] = {
    { "ChargebackFiled", CFOIL_STATE_CLOSED_NEUTRAL },
    { "MerchantAcceptedDispute", CFOIL_STATE_LOST },
    { "MerchantResponseDeadlineExpired", CFOIL_STATE_LOST },
    { "BuyerCancelled", CFOIL_STATE_WON },
  };
  int state = LOOK_UP (resolutions, resolution);

  return state != CFOIL_STATE_OTHER ? state : LOOK_UP (reasons, reason);
}

CfoilState
cfoil_amazon_dispute_state (const char *word,
                            const char *reason,
                            const char *resolution)
{
  static const Word table[] = {
    { "ActionRequired", CFOIL_STATE_NEEDS_RESPONSE },
    { "UnderReview", CFOIL_STATE_UNDER_REVIEW },
    { "Resolved", CFOIL_STATE_NONE },
    { "Closed", CFOIL_STATE_NONE },
  };
  int state = LOOK_UP (table, word);

  if (state == CFOIL_STATE_NONE)
    return dispute_outcome (reason, resolution);
  if (state == CFOIL_STATE_UNDER_REVIEW && g_strcmp0 (reason, "BuyerAdditionalEvidencesRequired") == 0)
    return CFOIL_STATE_WAITING_OTHER;
  return state;
}

CfoilState
cfoil_amazon_capture_report_state (const char *word)
{
  /* Closed: no further refunds are possible; the money was captured. */
  static const Word table[] = {
    { "Pending", CFOIL_STATE_CAPTURING },
    { "Declined", CFOIL_STATE_DECLINED },
    { "Completed", CFOIL_STATE_CAPTURED },
    { "Closed", CFOIL_STATE_CAPTURED },
  };

  return LOOK_UP (table, word);
}

CfoilState
cfoil_amazon_authorization_report_state (const char *word,
                                         const char *reason)
{
  static const Word table[] = {
    { "Pending", CFOIL_STATE_PENDING },
    { "Open", CFOIL_STATE_AUTHORIZED },
    { "Declined", CFOIL_STATE_DECLINED },
    { "Closed", CFOIL_STATE_CANCELED },
  };
  int state = LOOK_UP (table, word);

  if (state == CFOIL_STATE_CANCELED && reason != NULL && g_ascii_strcasecmp (reason, "MaxAmountCaptured") == 0)
    return CFOIL_STATE_CAPTURED;
  return state;
}

CfoilState
cfoil_amazon_refund_report_state (const char *word)
{
  static const Word table[] = {
    { "Pending", CFOIL_STATE_PENDING },
    { "Completed", CFOIL_STATE_REFUNDED },
    { "Declined", CFOIL_STATE_DECLINED },
  };

  return LOOK_UP (table, word);
}

CfoilState
cfoil_amazon_permission_report_state (const char *word)
{
  static const Word table[] = {
    { "Open", CFOIL_STATE_OPEN },
    { "Suspended", CFOIL_STATE_BLOCKED },
    { "Canceled", CFOIL_STATE_CLOSED },
    { "Closed", CFOIL_STATE_CLOSED },
  };

  return LOOK_UP (table, word);
}

CfoilType
cfoil_amazon_line_type (const char *word)
{
  static const Word table[] = {
    { "Capture", CFOIL_TYPE_CHARGE },
    { "Refund", CFOIL_TYPE_REFUND },
    { "Chargeback", CFOIL_TYPE_CHARGEBACK },
    { "Dispute", CFOIL_TYPE_DISPUTE_FEE },
    { "Transfer", CFOIL_TYPE_TRANSFER },
    { "Reserve", CFOIL_TYPE_RESERVE },
    { "Carryover", CFOIL_TYPE_CARRYOVER },
    { "Adjustment", CFOIL_TYPE_ADJUSTMENT },
    { "Authorization", CFOIL_TYPE_AUTHORIZATION_FEE },
  };
  static const char *const claims[] = { "a-to-z", "a to z", "atoz", "guarantee" };
  g_autofree char *folded = NULL;
  int type = look_up (table, G_N_ELEMENTS (table), word, -1);

  if (type >= 0)
    return type;

  /* Nobody has published the exact words for a claim. */
  folded = g_ascii_strdown (word, -1);
  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    if (strstr (folded, claims[i]) != NULL)
      return CFOIL_TYPE_CLAIM;
  return CFOIL_TYPE_OTHER;
}
