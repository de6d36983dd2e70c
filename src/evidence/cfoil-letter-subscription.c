/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter-private.h"

/* Subscriptions.  That nobody cancelled is nothing that a fact can hold: it is never said. */

static const CfoilTemplate subscription_templates[] = {
  {
    .id = "subscription.signup", .section = "argument",
    .text = "Our records show that the buyer subscribed on {signup_date}.",
    .reasons = CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED),
    .proofs = { CFOIL_EVIDENCE_TERMS },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "subscription.notice", .section = "argument",
    .text = "Our records show that notice of the renewal was sent on {renewal_notice}, before the payment of {payment_time:day}.",
    .reasons = CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED),
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_RENEWAL_NOTICE, CFOIL_FACT_PAYMENT_TIME } },
    .proofs = { CFOIL_EVIDENCE_COMMUNICATION },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "subscription.notice", .section = "argument",
    .text = "Our records show that notice of a renewal was sent on {renewal_notice}.",
    .reasons = CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED),
    .proofs = { CFOIL_EVIDENCE_COMMUNICATION },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "subscription.cancelled", .section = "argument",
    .text = "Our records show a cancellation on {cancelled_date}, after the payment of {payment_time:day}.",
    .reasons = CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED),
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_CANCELLED_DATE } },
    .proofs = { CFOIL_EVIDENCE_COMMUNICATION, CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "subscription.used", .section = "argument",
    .text = "Our records show that the subscription was used on {used_after}, after the cancellation on {cancelled_date}.",
    .reasons = CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED),
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_CANCELLED_DATE, CFOIL_FACT_USED_AFTER } },
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG, CFOIL_EVIDENCE_SERVICE, CFOIL_EVIDENCE_DELIVERY },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "subscription.used", .section = "argument",
    .text = "Our records show that the subscription was used on {used_after}, after the payment of {payment_time:day}.",
    .reasons = CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED),
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_USED_AFTER } },
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG, CFOIL_EVIDENCE_SERVICE, CFOIL_EVIDENCE_DELIVERY },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "subscription.used", .section = "argument",
    .text = "Our records show that the subscription was last used on {used_after}.",
    .reasons = CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED),
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG, CFOIL_EVIDENCE_SERVICE, CFOIL_EVIDENCE_DELIVERY },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
};

const CfoilCatalogue cfoil_letter_subscription = { subscription_templates, G_N_ELEMENTS (subscription_templates) };
