/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-words.h"

#include "cfoil-words.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *code;
  const char *words;
} Reason;

/* Codes of Amazon Pay.  A code that means something else for refunds stands in
 * their own table, which goes first. */
static const Reason refund_reasons[] = {
  { "AmazonRejected", N_ ("Amazon refused the refund, often because the balance of your account does not cover it.") },
  { "ProcessingFailure", N_ ("Amazon could not process the refund, or the buyer already has the money back through a claim or a chargeback.") },
  { "BuyerInitiated", N_ ("The buyer got this back through Amazon or the bank, not from you.") },
  { "SellerInitiated", N_ ("You gave this back.") },
};

static const Reason reasons[] = {
  { "AmazonCanceled", N_ ("Amazon canceled it.") },
  { "AmazonClosed", N_ ("Amazon closed it.") },
  { "AmazonRejected", N_ ("Amazon refused it. The charge permission may be closed, too.") },
  { "AmountNotSet", N_ ("No amount was set.") },
  { "BillingAddressDeleted", N_ ("The buyer removed the billing address.") },
  { "BuyerCanceled", N_ ("The buyer canceled it.") },
  { "BuyerClosed", N_ ("The buyer closed it.") },
  { "ChargeInProgress", N_ ("Another payment is being processed at the moment.") },
  { "ChargePermissionCanceled", N_ ("The charge permission was closed, and its pending payments with it.") },
  { "Expired", N_ ("It ran out: no payment can be taken any more.") },
  { "ExpiredUnused", N_ ("The authorization ran out before the payment was captured.") },
  { "HardDeclined", N_ ("Declined for good. The buyer has to choose another way to pay.") },
  { "InvalidChargeStatus", N_ ("The payment was in a state that does not allow this.") },
  { "MaxAmountCaptured", N_ ("The whole authorized amount was captured.") },
  { "MaxAmountRefunded", N_ ("As much as possible was refunded; no further refunds.") },
  { "MaxRefundsProcessed", N_ ("The largest number of refunds is reached.") },
  { "MerchantCanceled", N_ ("It was canceled by you.") },
  { "MerchantClosed", N_ ("It was closed by you.") },
  { "MFAFailed", N_ ("The buyer did not pass the bank’s authentication.") },
  { "MFANotCompleted", N_ ("The buyer has not finished the bank’s authentication.") },
  { "PaymentMethodDeleted", N_ ("The buyer removed the way to pay.") },
  { "PaymentMethodExpired", N_ ("The buyer’s card has expired.") },
  { "PaymentMethodInvalid", N_ ("The buyer’s way to pay is not valid.") },
  { "PaymentMethodNotAllowed", N_ ("The chosen way to pay is not allowed for this purchase.") },
  { "PaymentMethodNotSet", N_ ("The buyer has not chosen a way to pay.") },
  { "ProcessingFailure", N_ ("Amazon could not process it because of an internal fault. Trying again may help.") },
  { "SoftDeclined", N_ ("Declined for the time being. Trying again later may help.") },
  { "TransactionAmountExceeded", N_ ("The amount is larger than allowed.") },
  { "TransactionCountExceeded", N_ ("There were too many payments or refunds already.") },
  { "TransactionTimedOut", N_ ("It was not processed in time.") },

  /* what buyers claim */
  { "CreditNotProcessed", N_ ("The buyer says that a promised refund did not come.") },
  { "DuplicateCharge", N_ ("The buyer says that this was charged twice.") },
  { "Fraudulent", N_ ("The buyer says that somebody else made this payment.") },
  { "Other", N_ ("The buyer gave another reason.") },
  { "Overcharged", N_ ("The buyer says that too much was charged.") },
  { "ProductNoLongerNeeded", N_ ("The buyer does not need the product any more.") },
  { "ProductNotReceived", N_ ("The buyer says that the product did not arrive.") },
  { "ProductUnacceptable", N_ ("The buyer says that the product is not as described, or damaged.") },
  { "SubscriptionCancelled", N_ ("The buyer says that the subscription had been canceled.") },
  { "Unrecognized", N_ ("The buyer does not recognize this payment.") },

  /* why a dispute stands where it stands */
  { "AutoResolved", N_ ("It was decided by rule.") },
  { "BuyerAdditionalEvidencesRequired", N_ ("The buyer was asked for more evidence.") },
  { "BuyerCancelled", N_ ("The buyer withdrew it.") },
  { "ChargebackFiled", N_ ("The buyer turned to the bank: a chargeback takes its place.") },
  { "InvestigatorResolved", N_ ("It was decided after an investigation.") },
  { "MerchantAcceptedDispute", N_ ("You accepted it.") },
  { "MerchantAdditionalEvidencesRequired", N_ ("You are asked for more evidence.") },
  { "MerchantResponseDeadlineExpired", N_ ("Nobody answered in time.") },
  { "MerchantResponseRequired", N_ ("Your answer is awaited.") },
};

static const char *
find_reason (const Reason *table,
             guint         n,
             const char   *code)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (table[i].code, code) == 0)
      return _(table[i].words);
  return NULL;
}

const char *
cfoil_details_words_reason (CfoilType   type,
                            const char *code)
{
  const char *words = NULL;

  if (type == CFOIL_TYPE_REFUND)
    words = find_reason (refund_reasons, G_N_ELEMENTS (refund_reasons), code);
  return words != NULL ? words : find_reason (reasons, G_N_ELEMENTS (reasons), code);
}

char *
cfoil_details_words_reason_with_code (CfoilType   type,
                                      const char *code)
{
  const char *words = cfoil_details_words_reason (type, code);

  if (code == NULL)
    return NULL;
  /* Translators: a sentence, and the provider's own word for it. */
  return words != NULL ? g_strdup_printf (_("%s (%s)"), words, code) : g_strdup (code);
}

static const char *
words_of_charge (CfoilState state)
{
  switch (state)
    {
    case CFOIL_STATE_AUTHORIZED:
      return _("Authorized");
    case CFOIL_STATE_CAPTURING:
      return _("Capture started");
    case CFOIL_STATE_CAPTURED:
      return _("Captured");
    case CFOIL_STATE_DECLINED:
      return _("Declined");
    case CFOIL_STATE_CANCELED:
      return _("Canceled");
    default:
      return _("State changed");
    }
}

static const char *
words_of_refund (CfoilState state)
{
  switch (state)
    {
    case CFOIL_STATE_REFUNDED:
      return _("Refund completed");
    case CFOIL_STATE_DECLINED:
      return _("Refund declined");
    default:
      return _("State of the refund changed");
    }
}

static const char *
words_of_dispute (CfoilState state)
{
  switch (state)
    {
    case CFOIL_STATE_WAITING_OTHER:
      return _("Dispute waits for others");
    case CFOIL_STATE_UNDER_REVIEW:
      return _("Dispute under review");
    case CFOIL_STATE_WON:
      return _("Dispute won");
    case CFOIL_STATE_LOST:
      return _("Dispute lost");
    case CFOIL_STATE_CLOSED_NEUTRAL:
      return _("Dispute closed");
    default:
      return _("State of the dispute changed");
    }
}

static const char *
words_of_permission (CfoilState state)
{
  switch (state)
    {
    case CFOIL_STATE_CLOSED:
      return _("Charge permission closed");
    case CFOIL_STATE_BLOCKED:
      return _("Charge permission blocked");
    default:
      return _("State of the charge permission changed");
    }
}

static const char *
words_of_reversal (CfoilType type)
{
  switch (type)
    {
    case CFOIL_TYPE_CHARGEBACK:
      return _("Chargeback posted");
    case CFOIL_TYPE_CLAIM:
      return _("Buyer claim posted");
    default:
      return _("Dispute fee posted");
    }
}

const char *
cfoil_details_words_event (const CfoilEvent *event)
{
  switch (event->kind)
    {
    case CFOIL_EVENT_PERMISSION_OPENED:
      return _("Charge permission opened");
    case CFOIL_EVENT_PERMISSION_STATE:
      return words_of_permission (event->state);
    case CFOIL_EVENT_CHARGE_CREATED:
      return _("Payment created");
    case CFOIL_EVENT_CHARGE_STATE:
      return words_of_charge (event->state);
    case CFOIL_EVENT_REFUND_CREATED:
      return _("Refund requested");
    case CFOIL_EVENT_REFUND_STATE:
      return words_of_refund (event->state);
    case CFOIL_EVENT_DISPUTE_OPENED:
      return _("Dispute opened");
    case CFOIL_EVENT_DISPUTE_STATE:
      return words_of_dispute (event->state);
    case CFOIL_EVENT_REVERSAL:
      return words_of_reversal (event->type);
    case CFOIL_EVENT_SETTLED:
      return _("Settled");
    case CFOIL_EVENT_PAID_OUT:
    default:
      return _("Paid out");
    }
}

const char *
cfoil_details_words_type (const CfoilDetailsRow *row)
{
  return cfoil_words_type_of (row->type, row->provider_type);
}

const char *
cfoil_details_words_state (const CfoilDetailsRow *row)
{
  return cfoil_words_state_of (row->state, row->provider_state);
}

const char *
cfoil_details_words_dispute_state (CfoilState  state,
                                   const char *word)
{
  return cfoil_words_state_of (state, word);
}

const char *
cfoil_details_words_state_class (CfoilState state)
{
  switch (state)
    {
    case CFOIL_STATE_CAPTURED:
    case CFOIL_STATE_REFUNDED:
    case CFOIL_STATE_WON:
      return "success";
    case CFOIL_STATE_PENDING:
    case CFOIL_STATE_AUTHORIZED:
    case CFOIL_STATE_CAPTURING:
    case CFOIL_STATE_NEEDS_RESPONSE:
    case CFOIL_STATE_BLOCKED:
      return "warning";
    case CFOIL_STATE_DECLINED:
    case CFOIL_STATE_LOST:
      return "error";
    default:
      return NULL;
    }
}
