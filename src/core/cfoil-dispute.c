/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-dispute.h"

#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define URGENT_US (72 * G_TIME_SPAN_HOUR)
#define CRITICAL_US (24 * G_TIME_SPAN_HOUR)

#define CHARGEBACK_DAYS 11
#define OTHER_DAYS 7
/* Where a day begins last, and where it ends first. */
#define LAST_ZONE_US (-12 * G_TIME_SPAN_HOUR)
#define FIRST_ZONE_US (14 * G_TIME_SPAN_HOUR)

typedef struct
{
  const char *name;
  const char *title;
} Word;

static const Word kinds[CFOIL_N_CASE_KINDS] = {
  [CFOIL_CASE_CHARGEBACK] = { "chargeback", N_ ("Chargeback") },
  [CFOIL_CASE_CLAIM] = { "claim", N_ ("Claim") },
  [CFOIL_CASE_INQUIRY] = { "inquiry", N_ ("Inquiry") },
};

static const Word reasons[CFOIL_N_REASONS] = {
  [CFOIL_REASON_UNKNOWN] = { "unknown", N_ ("Reason Unknown") },
  [CFOIL_REASON_FRAUD] = { "fraud", N_ ("Not Authorized") },
  [CFOIL_REASON_UNRECOGNIZED] = { "unrecognized", N_ ("Not Recognized") },
  [CFOIL_REASON_NOT_RECEIVED] = { "not_received", N_ ("Not Received") },
  [CFOIL_REASON_NOT_AS_DESCRIBED] = { "not_as_described", N_ ("Not as Described") },
  [CFOIL_REASON_NO_LONGER_WANTED] = { "no_longer_wanted", N_ ("No Longer Wanted") },
  [CFOIL_REASON_CREDIT_NOT_PROCESSED] = { "credit_not_processed", N_ ("Refund Not Received") },
  [CFOIL_REASON_OVERCHARGED] = { "overcharged", N_ ("Wrong Amount") },
  [CFOIL_REASON_DUPLICATE] = { "duplicate", N_ ("Charged Twice") },
  [CFOIL_REASON_PAID_OTHERWISE] = { "paid_otherwise", N_ ("Paid by Other Means") },
  [CFOIL_REASON_SUBSCRIPTION_CANCELLED] = { "subscription_cancelled", N_ ("Subscription Cancelled") },
  [CFOIL_REASON_GENERAL] = { "general", N_ ("Other Reason") },
};

static const char *const claims[CFOIL_N_REASONS] = {
  [CFOIL_REASON_UNKNOWN] = N_ ("Nobody has said yet what the buyer claims"),
  [CFOIL_REASON_FRAUD] = N_ ("The buyer says somebody else made this payment"),
  [CFOIL_REASON_UNRECOGNIZED] = N_ ("The buyer does not recognize this payment"),
  [CFOIL_REASON_NOT_RECEIVED] = N_ ("The buyer says the goods never came"),
  [CFOIL_REASON_NOT_AS_DESCRIBED] = N_ ("The buyer says the goods were damaged or not as described"),
  [CFOIL_REASON_NO_LONGER_WANTED] = N_ ("The buyer no longer wants the goods"),
  [CFOIL_REASON_CREDIT_NOT_PROCESSED] = N_ ("The buyer says a promised refund never came"),
  [CFOIL_REASON_OVERCHARGED] = N_ ("The buyer says the amount is wrong"),
  [CFOIL_REASON_DUPLICATE] = N_ ("The buyer says the same order was charged twice"),
  [CFOIL_REASON_PAID_OTHERWISE] = N_ ("The buyer says the order was paid in another way"),
  [CFOIL_REASON_SUBSCRIPTION_CANCELLED] = N_ ("The buyer says the subscription was cancelled before this payment"),
  [CFOIL_REASON_GENERAL] = N_ ("The buyer objects to the payment for another reason"),
};

static const Word products[CFOIL_N_PRODUCTS] = {
  [CFOIL_PRODUCT_UNKNOWN] = { "unknown", N_ ("Not Chosen") },
  [CFOIL_PRODUCT_PHYSICAL] = { "physical", N_ ("Physical Goods") },
  [CFOIL_PRODUCT_DIGITAL] = { "digital", N_ ("Digital Goods") },
  [CFOIL_PRODUCT_SERVICE] = { "service", N_ ("Service") },
  [CFOIL_PRODUCT_BOOKING] = { "booking", N_ ("Booking or Reservation") },
  [CFOIL_PRODUCT_EVENT] = { "event", N_ ("Event or Ticket") },
  [CFOIL_PRODUCT_SEVERAL] = { "several", N_ ("Several Kinds") },
  [CFOIL_PRODUCT_OTHER] = { "other", N_ ("Other") },
};

static const Word outcomes[CFOIL_N_CASE_OUTCOMES] = {
  [CFOIL_CASE_OUTCOME_NONE] = { "none", N_ ("Not Decided") },
  [CFOIL_CASE_OUTCOME_WON] = { "won", N_ ("Won") },
  [CFOIL_CASE_OUTCOME_LOST] = { "lost", N_ ("Lost") },
  [CFOIL_CASE_OUTCOME_ACCEPTED] = { "accepted", N_ ("Accepted") },
  [CFOIL_CASE_OUTCOME_EXPIRED] = { "expired", N_ ("Not Answered in Time") },
  [CFOIL_CASE_OUTCOME_NEUTRAL] = { "neutral", N_ ("Closed Without a Decision") },
};

static const Word evidence_types[CFOIL_N_EVIDENCE_TYPES] = {
  [CFOIL_EVIDENCE_OTHER] = { "other", N_ ("Other Document") },
  [CFOIL_EVIDENCE_PRODUCT_DESCRIPTION] = { "product_description", N_ ("Product Description") },
  [CFOIL_EVIDENCE_RECEIPT] = { "receipt", N_ ("Receipt or Invoice") },
  [CFOIL_EVIDENCE_CANCELLATION_POLICY] = { "cancellation_policy", N_ ("Cancellation Policy") },
  [CFOIL_EVIDENCE_REFUND_POLICY] = { "refund_policy", N_ ("Refund Policy") },
  [CFOIL_EVIDENCE_SIGNATURE] = { "signature", N_ ("Buyer’s Signature") },
  [CFOIL_EVIDENCE_TRACKING_NUMBER] = { "tracking_number", N_ ("Tracking Number") },
  [CFOIL_EVIDENCE_CARRIER_NAME] = { "carrier_name", N_ ("Carrier") },
  [CFOIL_EVIDENCE_SHIPPING] = { "shipping", N_ ("Proof of Shipping") },
  [CFOIL_EVIDENCE_DELIVERY] = { "delivery", N_ ("Proof of Delivery") },
  [CFOIL_EVIDENCE_DEVICE_ID] = { "device_id", N_ ("Device ID") },
  [CFOIL_EVIDENCE_DEVICE_NAME] = { "device_name", N_ ("Device Name") },
  [CFOIL_EVIDENCE_DOWNLOAD_TIME] = { "download_time", N_ ("Time of Download") },
  [CFOIL_EVIDENCE_ACCESS_LOG] = { "access_log", N_ ("Access Log") },
  [CFOIL_EVIDENCE_SERVICE] = { "service", N_ ("Proof of Service") },
  [CFOIL_EVIDENCE_REFUND] = { "refund", N_ ("Proof of Refund") },
  [CFOIL_EVIDENCE_COMMUNICATION] = { "communication", N_ ("Messages with the Buyer") },
  [CFOIL_EVIDENCE_OTHER_PAYMENT] = { "other_payment", N_ ("The Other Payment") },
  [CFOIL_EVIDENCE_PRIOR_ORDERS] = { "prior_orders", N_ ("Earlier Orders of the Buyer") },
  [CFOIL_EVIDENCE_TERMS] = { "terms", N_ ("Terms and Conditions") },
  [CFOIL_EVIDENCE_PACKET] = { "packet", N_ ("Complete Answer") },
};

/* Words of Amazon Pay, Stripe and PayPal.  "Other" and "OTHER" are one word. */
static const struct
{
  const char *word;
  CfoilReason reason;
} provider_reasons[] = {
  /* Amazon Pay */
  { "Fraudulent", CFOIL_REASON_FRAUD },
  { "Unrecognized", CFOIL_REASON_UNRECOGNIZED },
  { "ProductNotReceived", CFOIL_REASON_NOT_RECEIVED },
  { "ProductUnacceptable", CFOIL_REASON_NOT_AS_DESCRIBED },
  { "ProductNoLongerNeeded", CFOIL_REASON_NO_LONGER_WANTED },
  { "CreditNotProcessed", CFOIL_REASON_CREDIT_NOT_PROCESSED },
  { "Overcharged", CFOIL_REASON_OVERCHARGED },
  { "DuplicateCharge", CFOIL_REASON_DUPLICATE },
  { "SubscriptionCancelled", CFOIL_REASON_SUBSCRIPTION_CANCELLED },
  { "Other", CFOIL_REASON_GENERAL },
  /* Stripe */
  { "product_not_received", CFOIL_REASON_NOT_RECEIVED },
  { "product_unacceptable", CFOIL_REASON_NOT_AS_DESCRIBED },
  { "credit_not_processed", CFOIL_REASON_CREDIT_NOT_PROCESSED },
  { "duplicate", CFOIL_REASON_DUPLICATE },
  { "subscription_canceled", CFOIL_REASON_SUBSCRIPTION_CANCELLED },
  { "general", CFOIL_REASON_GENERAL },
  { "noncompliant", CFOIL_REASON_GENERAL },
  /* PayPal */
  { "UNAUTHORISED", CFOIL_REASON_FRAUD },
  { "MERCHANDISE_OR_SERVICE_NOT_RECEIVED", CFOIL_REASON_NOT_RECEIVED },
  { "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED", CFOIL_REASON_NOT_AS_DESCRIBED },
  { "DUPLICATE_TRANSACTION", CFOIL_REASON_DUPLICATE },
  { "PAYMENT_BY_OTHER_MEANS", CFOIL_REASON_PAID_OTHERWISE },
  { "INCORRECT_AMOUNT", CFOIL_REASON_OVERCHARGED },
  { "CANCELED_RECURRING_BILLING", CFOIL_REASON_SUBSCRIPTION_CANCELLED },
  { "PROBLEM_WITH_REMITTANCE", CFOIL_REASON_GENERAL },
};

/* A number that an older or newer program stored is the one without meaning. */
static const Word *
word_at (const Word *words,
         guint       n_words,
         guint       i,
         guint       other)
{
  return &words[i < n_words && words[i].name != NULL ? i : other];
}

static gboolean
find_word (const Word *words,
           guint       n_words,
           const char *name,
           guint      *value)
{
  for (guint i = 0; name != NULL && i < n_words; i++)
    if (words[i].name != NULL && strcmp (words[i].name, name) == 0)
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

const char *
cfoil_case_kind_to_string (CfoilCaseKind kind)
{
  return word_at (kinds, CFOIL_N_CASE_KINDS, kind, CFOIL_CASE_INQUIRY)->name;
}

const char *
cfoil_reason_to_string (CfoilReason reason)
{
  return word_at (reasons, CFOIL_N_REASONS, reason, CFOIL_REASON_UNKNOWN)->name;
}

const char *
cfoil_product_to_string (CfoilProduct product)
{
  return word_at (products, CFOIL_N_PRODUCTS, product, CFOIL_PRODUCT_UNKNOWN)->name;
}

const char *
cfoil_case_outcome_to_string (CfoilCaseOutcome outcome)
{
  return word_at (outcomes, CFOIL_N_CASE_OUTCOMES, outcome, CFOIL_CASE_OUTCOME_NONE)->name;
}

const char *
cfoil_evidence_type_to_string (CfoilEvidenceType type)
{
  return word_at (evidence_types, CFOIL_N_EVIDENCE_TYPES, type, CFOIL_EVIDENCE_OTHER)->name;
}

gboolean
cfoil_case_kind_from_string (const char    *name,
                             CfoilCaseKind *kind)
{
  guint value;

  if (!find_word (kinds, CFOIL_N_CASE_KINDS, name, &value))
    return FALSE;
  *kind = (CfoilCaseKind) value;
  return TRUE;
}

gboolean
cfoil_reason_from_string (const char  *name,
                          CfoilReason *reason)
{
  guint value;

  if (!find_word (reasons, CFOIL_N_REASONS, name, &value))
    return FALSE;
  *reason = (CfoilReason) value;
  return TRUE;
}

gboolean
cfoil_product_from_string (const char   *name,
                           CfoilProduct *product)
{
  guint value;

  if (!find_word (products, CFOIL_N_PRODUCTS, name, &value))
    return FALSE;
  *product = (CfoilProduct) value;
  return TRUE;
}

gboolean
cfoil_case_outcome_from_string (const char       *name,
                                CfoilCaseOutcome *outcome)
{
  guint value;

  if (!find_word (outcomes, CFOIL_N_CASE_OUTCOMES, name, &value))
    return FALSE;
  *outcome = (CfoilCaseOutcome) value;
  return TRUE;
}

gboolean
cfoil_evidence_type_from_string (const char        *name,
                                 CfoilEvidenceType *type)
{
  guint value;

  if (!find_word (evidence_types, CFOIL_N_EVIDENCE_TYPES, name, &value))
    return FALSE;
  *type = (CfoilEvidenceType) value;
  return TRUE;
}

const char *
cfoil_case_kind_get_title (CfoilCaseKind kind)
{
  return word_at (kinds, CFOIL_N_CASE_KINDS, kind, CFOIL_CASE_INQUIRY)->title;
}

const char *
cfoil_reason_get_title (CfoilReason reason)
{
  return word_at (reasons, CFOIL_N_REASONS, reason, CFOIL_REASON_UNKNOWN)->title;
}

const char *
cfoil_reason_get_claim (CfoilReason reason)
{
  return claims[(guint) reason < CFOIL_N_REASONS ? reason : CFOIL_REASON_UNKNOWN];
}

const char *
cfoil_product_get_title (CfoilProduct product)
{
  return word_at (products, CFOIL_N_PRODUCTS, product, CFOIL_PRODUCT_UNKNOWN)->title;
}

const char *
cfoil_case_outcome_get_title (CfoilCaseOutcome outcome)
{
  return word_at (outcomes, CFOIL_N_CASE_OUTCOMES, outcome, CFOIL_CASE_OUTCOME_NONE)->title;
}

const char *
cfoil_evidence_type_get_title (CfoilEvidenceType type)
{
  return word_at (evidence_types, CFOIL_N_EVIDENCE_TYPES, type, CFOIL_EVIDENCE_OTHER)->title;
}

CfoilReason
cfoil_reason_from_provider (const char *word)
{
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (provider_reasons); i++)
    if (g_ascii_strcasecmp (word, provider_reasons[i].word) == 0)
      return provider_reasons[i].reason;
  return CFOIL_REASON_UNKNOWN;
}

/* The day that NOTICE_US is in where days begin last; its end, so many days later,
 * where days end first.  So no zone has an earlier end, whatever its notice's day. */
gint64
cfoil_deadline_estimate_us (CfoilCaseKind kind,
                            gint64        notice_us)
{
  gint64 local_us, days;

  if (!cfoil_time_is_in_calendar (notice_us))
    return CFOIL_UNKNOWN;
  local_us = notice_us + LAST_ZONE_US;
  days = local_us / CFOIL_USEC_PER_DAY - (local_us % CFOIL_USEC_PER_DAY < 0);
  days += kind == CFOIL_CASE_CHARGEBACK ? CHARGEBACK_DAYS : OTHER_DAYS;
  return (days + 1) * CFOIL_USEC_PER_DAY - FIRST_ZONE_US;
}

CfoilUrgency
cfoil_urgency_of (CfoilState state,
                  gint64     due_us,
                  gint64     now_us)
{
  if (state != CFOIL_STATE_NEEDS_RESPONSE || due_us == CFOIL_UNKNOWN)
    return CFOIL_URGENCY_NONE;
  if (due_us <= now_us)
    return CFOIL_URGENCY_OVERDUE;
  if (due_us - CRITICAL_US < now_us)
    return CFOIL_URGENCY_CRITICAL;
  return due_us - URGENT_US < now_us ? CFOIL_URGENCY_URGENT : CFOIL_URGENCY_NORMAL;
}

CfoilCaseOutcome
cfoil_case_outcome_of (CfoilState  state,
                       const char *state_reason)
{
  switch ((guint) state)
    {
    case CFOIL_STATE_WON:
      return CFOIL_CASE_OUTCOME_WON;
    case CFOIL_STATE_LOST:
      if (state_reason != NULL && g_ascii_strcasecmp (state_reason, "MerchantAcceptedDispute") == 0)
        return CFOIL_CASE_OUTCOME_ACCEPTED;
      if (state_reason != NULL && g_ascii_strcasecmp (state_reason, "MerchantResponseDeadlineExpired") == 0)
        return CFOIL_CASE_OUTCOME_EXPIRED;
      return CFOIL_CASE_OUTCOME_LOST;
    case CFOIL_STATE_CLOSED_NEUTRAL:
      return CFOIL_CASE_OUTCOME_NEUTRAL;
    default:
      return CFOIL_CASE_OUTCOME_NONE;
    }
}
