/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-types.h"

static const char *const type_names[CFOIL_N_TYPES] = {
  [CFOIL_TYPE_OTHER] = "other",
  [CFOIL_TYPE_CHARGE] = "charge",
  [CFOIL_TYPE_REFUND] = "refund",
  [CFOIL_TYPE_CHARGEBACK] = "chargeback",
  [CFOIL_TYPE_CLAIM] = "claim",
  [CFOIL_TYPE_DISPUTE_FEE] = "dispute_fee",
  [CFOIL_TYPE_TRANSFER] = "transfer",
  [CFOIL_TYPE_RESERVE] = "reserve",
  [CFOIL_TYPE_CARRYOVER] = "carryover",
  [CFOIL_TYPE_ADJUSTMENT] = "adjustment",
  [CFOIL_TYPE_AUTHORIZATION_FEE] = "authorization_fee",
};

static const char *const state_names[CFOIL_N_STATES] = {
  [CFOIL_STATE_NONE] = "posted",
  [CFOIL_STATE_OTHER] = "other",
  [CFOIL_STATE_PENDING] = "pending",
  [CFOIL_STATE_AUTHORIZED] = "authorized",
  [CFOIL_STATE_CAPTURING] = "capturing",
  [CFOIL_STATE_CAPTURED] = "captured",
  [CFOIL_STATE_DECLINED] = "declined",
  [CFOIL_STATE_CANCELED] = "canceled",
  [CFOIL_STATE_REFUNDED] = "refunded",
  [CFOIL_STATE_OPEN] = "open",
  [CFOIL_STATE_BLOCKED] = "blocked",
  [CFOIL_STATE_CLOSED] = "closed",
  [CFOIL_STATE_NEEDS_RESPONSE] = "needs_response",
  [CFOIL_STATE_WAITING_OTHER] = "waiting_other",
  [CFOIL_STATE_UNDER_REVIEW] = "under_review",
  [CFOIL_STATE_WON] = "won",
  [CFOIL_STATE_LOST] = "lost",
  [CFOIL_STATE_CLOSED_NEUTRAL] = "closed_neutral",
};

static const char *const kind_names[CFOIL_N_OBJECT_KINDS] = {
  [CFOIL_OBJECT_CHARGE] = "charge",
  [CFOIL_OBJECT_REFUND] = "refund",
  [CFOIL_OBJECT_PERMISSION] = "permission",
  [CFOIL_OBJECT_DISPUTE] = "dispute",
};

static const char *
name_at (const char *const *names,
         guint n_names,
         guint i)
{
  return i < n_names && names[i] != NULL ? names[i] : "other";
}

const char *
cfoil_type_to_string (CfoilType type)
{
  return name_at (type_names, CFOIL_N_TYPES, type);
}

const char *
cfoil_state_to_string (CfoilState state)
{
  return name_at (state_names, CFOIL_N_STATES, state);
}

const char *
cfoil_object_kind_to_string (CfoilObjectKind kind)
{
  return name_at (kind_names, CFOIL_N_OBJECT_KINDS, kind);
}
