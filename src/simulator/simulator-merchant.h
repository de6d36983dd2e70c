/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-calendar.h"
#include "simulator-clock.h"
#include "simulator-money.h"
#include "simulator-random.h"

typedef enum {
  CFOIL_SIM_REGION_NA,
  CFOIL_SIM_REGION_EU,
  CFOIL_SIM_REGION_JP
} CfoilSimRegion;

#define CFOIL_SIM_STATES(X) \
  X (AuthorizationInitiated) X (Authorized) X (CaptureInitiated) X (Captured) X (Canceled) \
  X (Declined) X (Chargeable) X (NonChargeable) X (Closed) X (RefundInitiated) X (Refunded) \
  X (ActionRequired) X (UnderReview) X (Resolved)

#define CFOIL_SIM_REASONS(X) \
  X (ExpiredUnused) X (AmazonCanceled) X (MerchantCanceled) X (ChargePermissionCanceled) \
  X (BuyerCanceled) X (SoftDeclined) X (HardDeclined) X (AmazonRejected) X (ProcessingFailure) \
  X (TransactionTimedOut) X (MerchantClosed) X (BuyerClosed) X (AmazonClosed) X (Expired) \
  X (PaymentMethodInvalid) X (PaymentMethodExpired) X (MerchantResponseRequired) \
  X (MerchantAdditionalEvidencesRequired) X (BuyerAdditionalEvidencesRequired) \
  X (MerchantAcceptedDispute) X (MerchantResponseDeadlineExpired) X (BuyerCancelled) \
  X (InvestigatorResolved) X (AutoResolved) X (ChargebackFiled)

#define CFOIL_SIM_RESOLUTIONS(X) X (BuyerWon) X (MerchantWon) X (NoFault)

#define CFOIL_SIM_STATE_MEMBER(name) CFOIL_SIM_STATE_##name,
#define CFOIL_SIM_REASON_MEMBER(name) CFOIL_SIM_REASON_##name,
#define CFOIL_SIM_RESOLUTION_MEMBER(name) CFOIL_SIM_RESOLUTION_##name,

typedef enum { CFOIL_SIM_STATE_NONE, CFOIL_SIM_STATES (CFOIL_SIM_STATE_MEMBER) } CfoilSimStateCode;
typedef enum { CFOIL_SIM_REASON_NONE, CFOIL_SIM_REASONS (CFOIL_SIM_REASON_MEMBER) } CfoilSimReason;
typedef enum { CFOIL_SIM_RESOLUTION_NONE, CFOIL_SIM_RESOLUTIONS (CFOIL_SIM_RESOLUTION_MEMBER) } CfoilSimResolution;

typedef struct {
  gint64 at;
  guint8 state;
  guint8 reason;
  guint8 resolution;
} CfoilSimStep;

/* All states of an object in time order.  Steps may lie in the future: the
 * state "now" is the last step that has been reached, so that nothing needs a
 * timer. */
typedef struct {
  CfoilSimStep *steps;
  guint n;
} CfoilSimHistory;

typedef struct _CfoilSimCharge CfoilSimCharge;
typedef struct _CfoilSimRefund CfoilSimRefund;

typedef struct {
  const char *id;
  const char *reference;
  const char *store;
  const char *note;
  const char *custom;
  CfoilSimCharge *charges;
  CfoilSimHistory history;
  gint64 created;
  gint64 expires;
  gint64 limit;
  guint buyer;
  guint8 currency;
  gboolean recurring;
} CfoilSimPermission;

struct _CfoilSimCharge {
  const char *id;
  const char *order_id;
  const char *reference;
  const char *store;
  const char *note;
  const char *custom;
  const char *descriptor;
  const char *channel;
  const char *initiator;
  CfoilSimPermission *permission;
  CfoilSimCharge *next;
  CfoilSimRefund *refunds;
  CfoilSimHistory history;
  gint64 created;
  gint64 expires;
  gint64 amount;
  gint64 captured;
  gboolean cross_border;
  gboolean disputed;
};

struct _CfoilSimRefund {
  const char *id;
  const char *reference;
  const char *descriptor;
  CfoilSimCharge *charge;
  CfoilSimRefund *next;
  CfoilSimHistory history;
  gint64 created;
  gint64 amount;
  gboolean buyer_initiated;
};

typedef struct {
  char *type;
  char *file_id;
  char *text;
} CfoilSimEvidence;

typedef struct {
  const char *id;
  const char *filing_reason;
  CfoilSimCharge *charge;
  CfoilSimHistory history;
  GPtrArray *evidences;
  gint64 created;
  gint64 deadline;
  gint64 amount;
  guint contests;
} CfoilSimDispute;

typedef enum {
  CFOIL_SIM_LINE_AUTHORIZATION,
  CFOIL_SIM_LINE_CAPTURE,
  CFOIL_SIM_LINE_REFUND,
  CFOIL_SIM_LINE_CLAIM,
  CFOIL_SIM_LINE_CHARGEBACK,
  CFOIL_SIM_LINE_DISPUTE,
  CFOIL_SIM_LINE_TRANSFER,
  CFOIL_SIM_LINE_RESERVE,
  CFOIL_SIM_LINE_CARRYOVER,
  CFOIL_SIM_LINE_ADJUSTMENT,
  CFOIL_SIM_N_LINE_TYPES
} CfoilSimLineType;

/* One row of the ledger; @settlement is its number counted from one, or zero
 * while nothing has settled it. */
typedef struct {
  gint64 posted;
  const char *transaction_id;
  const CfoilSimCharge *charge;
  const char *description;
  gint64 amount;
  gint64 percentage_fee;
  gint64 fixed_fee;
  guint sequence;
  guint settlement;
  guint8 type;
  guint8 currency;
} CfoilSimLine;

typedef struct {
  const char *id;
  const char *reference;
  gint64 start;
  gint64 end;
  gint64 paid;
  guint8 currency;
} CfoilSimSettlement;

typedef struct {
  guint64 seed;
  guint transactions;
  guint days;
  gint64 until;
  CfoilSimRegion region;
  gboolean sandbox;
  gboolean accepts_by_hand;
  gboolean capture_report;
  gboolean returned_payouts;
  guint retention_days;
  gint64 processing_ms;
} CfoilSimOptions;

/* What is owed between two settlements of one currency. */
typedef struct {
  gint64 period_start;
  gint64 reserve;
  gint64 carried;
  gint64 late_transfer;
  gint64 returned;
} CfoilSimBalance;

typedef struct {
  CfoilSimOptions options;
  CfoilSimClock clock;
  CfoilSimRandom random;
  CfoilSimZone zone;
  const char *merchant_id;
  GStringChunk *strings;
  GPtrArray *permissions;
  GPtrArray *charges;
  GPtrArray *refunds;
  GPtrArray *disputes;
  GPtrArray *settlements;
  GArray *lines;
  GHashTable *permissions_by_id;
  GHashTable *charges_by_id;
  GHashTable *refunds_by_id;
  GHashTable *disputes_by_id;
  CfoilSimBalance balances[CFOIL_SIM_N_CURRENCIES];
} CfoilSimMerchant;

const char *cfoil_sim_region_name      (CfoilSimRegion region);
const char *cfoil_sim_state_name       (guint state);
const char *cfoil_sim_reason_name      (guint reason);
const char *cfoil_sim_resolution_name  (guint resolution);
guint       cfoil_sim_reason_parse     (const char *name);
guint       cfoil_sim_resolution_parse (const char *name);

void                cfoil_sim_history_add   (CfoilSimHistory *history, gint64 at, guint state, guint reason);
void                cfoil_sim_history_cut   (CfoilSimHistory *history, gint64 now);
const CfoilSimStep *cfoil_sim_history_at    (const CfoilSimHistory *history, gint64 now);
gboolean            cfoil_sim_history_reached (const CfoilSimHistory *history, guint state, gint64 now);

CfoilSimMerchant   *cfoil_sim_merchant_new            (const CfoilSimOptions *options);
void                cfoil_sim_merchant_free           (CfoilSimMerchant *merchant);
gint64              cfoil_sim_merchant_now            (const CfoilSimMerchant *merchant);
const char         *cfoil_sim_merchant_keep           (CfoilSimMerchant *merchant, const char *text);
const char         *cfoil_sim_merchant_order_id       (CfoilSimMerchant *merchant, CfoilSimRandom *random, gboolean recurring);
const char         *cfoil_sim_merchant_child_id       (CfoilSimMerchant *merchant,
                                                       CfoilSimRandom   *random,
                                                       GHashTable       *taken,
                                                       const char       *order_id,
                                                       char              letter);
CfoilSimPermission *cfoil_sim_merchant_add_permission (CfoilSimMerchant *merchant,
                                                       CfoilSimRandom   *random,
                                                       gboolean          recurring,
                                                       gint64            created);
CfoilSimCharge     *cfoil_sim_merchant_add_charge     (CfoilSimMerchant   *merchant,
                                                       CfoilSimRandom     *random,
                                                       CfoilSimPermission *permission,
                                                       gint64              created,
                                                       gint64              amount);
CfoilSimRefund     *cfoil_sim_merchant_add_refund     (CfoilSimMerchant *merchant,
                                                       CfoilSimRandom   *random,
                                                       CfoilSimCharge   *charge,
                                                       gint64            created,
                                                       gint64            amount);
CfoilSimDispute    *cfoil_sim_merchant_add_dispute    (CfoilSimMerchant *merchant,
                                                       CfoilSimRandom   *random,
                                                       CfoilSimCharge   *charge,
                                                       gint64            created,
                                                       const char       *filing_reason);
void                cfoil_sim_dispute_add_evidence    (CfoilSimDispute *dispute,
                                                       const char      *type,
                                                       const char      *file_id,
                                                       const char      *text);
gint64              cfoil_sim_charge_refunded         (const CfoilSimCharge *charge, gint64 now, gboolean with_pending);
gint64              cfoil_sim_permission_balance      (const CfoilSimPermission *permission, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSimMerchant, cfoil_sim_merchant_free)
