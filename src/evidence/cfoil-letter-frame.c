/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter-private.h"

/* What every letter has, whatever it argues: who writes to whom, what was paid, and at
 * the end what came before, what was agreed, what was said, and what is asked for. */

/* Where it counts who paid, and what they were used to paying. */
#define HISTORY_MATTERS \
  (CFOIL_BIT (CFOIL_REASON_UNKNOWN) | CFOIL_BIT (CFOIL_REASON_FRAUD) | CFOIL_BIT (CFOIL_REASON_UNRECOGNIZED) | \
   CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED) | CFOIL_BIT (CFOIL_REASON_GENERAL))
/* Where a clause says whether money is owed, not who paid or what arrived. */
#define POLICY_MATTERS \
  (CFOIL_BIT (CFOIL_REASON_UNKNOWN) | CFOIL_BIT (CFOIL_REASON_NOT_AS_DESCRIBED) | CFOIL_BIT (CFOIL_REASON_NO_LONGER_WANTED) | \
   CFOIL_BIT (CFOIL_REASON_CREDIT_NOT_PROCESSED) | CFOIL_BIT (CFOIL_REASON_OVERCHARGED) | \
   CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED) | CFOIL_BIT (CFOIL_REASON_GENERAL))

static const CfoilTemplate frame_templates[] = {
  {
    .id = "address.shop", .section = "address",
    .text = "{merchant}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "address.shop-address", .section = "address",
    .text = "{merchant_address:lines}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "address.shop-contact", .section = "address",
    .text = "{merchant_contact}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "address.date", .section = "address",
    .text = "{date}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "address.recipient", .section = "address",
    .text = "{recipient}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "address.recipient", .section = "address",
    .text = "To the bank that decides this chargeback, through {provider}",
    .kinds = CFOIL_BIT (CFOIL_CASE_CHARGEBACK),
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "address.recipient", .section = "address",
    .text = "To the bank that decides this chargeback",
    .kinds = CFOIL_BIT (CFOIL_CASE_CHARGEBACK),
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "address.recipient", .section = "address",
    .text = "To {provider}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "subject.dispute", .section = "subject",
    .text = "Answer to the {case} {dispute_id}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "subject.dispute", .section = "subject",
    .text = "Answer to the {case}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "subject.payment", .section = "subject",
    .text = "Payment {charge_id}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "subject.order", .section = "subject",
    .text = "Order {order_reference}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
  {
    .id = "opening.reason", .section = "opening",
    .text = "The reason given for the {case}, which was opened on {dispute_opened:day}, is that {reason}.",
  },
  {
    .id = "opening.reason", .section = "opening",
    .text = "The reason given for the {case} is that {reason}.",
  },
  {
    .id = "opening.reason", .section = "opening",
    .text = "The {case} was opened on {dispute_opened:day}.",
  },
  {
    .id = "opening.contest", .section = "opening",
    .text = "We contest this {case}, and set out below what our records show.",
  },
  {
    .id = "opening.shop", .section = "opening",
    .text = "About our shop: {shop_description}.",
  },
  {
    .id = "payment.made", .section = "payment",
    .text = "The payment {charge_id} of {payment_amount} was made on {payment_time}.",
    .proofs = { CFOIL_EVIDENCE_RECEIPT },
  },
  {
    .id = "payment.made", .section = "payment",
    .text = "The payment of {payment_amount} was made on {payment_time}.",
    .proofs = { CFOIL_EVIDENCE_RECEIPT },
  },
  {
    .id = "payment.made", .section = "payment",
    .text = "The payment {charge_id} was made on {payment_time}.",
    .proofs = { CFOIL_EVIDENCE_RECEIPT },
  },
  {
    .id = "payment.made", .section = "payment",
    .text = "The payment {charge_id} was of {payment_amount}.",
    .proofs = { CFOIL_EVIDENCE_RECEIPT },
  },
  {
    .id = "payment.made", .section = "payment",
    .text = "The payment was made on {payment_time}.",
    .proofs = { CFOIL_EVIDENCE_RECEIPT },
  },
  {
    .id = "payment.made", .section = "payment",
    .text = "The amount paid was {payment_amount}.",
    .proofs = { CFOIL_EVIDENCE_RECEIPT },
  },
  {
    .id = "payment.made", .section = "payment",
    .text = "The payment has the ID {charge_id}.",
    .proofs = { CFOIL_EVIDENCE_RECEIPT },
  },
  {
    .id = "payment.disputed", .section = "payment",
    .text = "The amount in dispute is {dispute_amount}; it differs from the amount paid, {payment_amount}.",
    .rules = { { CFOIL_RULE_DIFFERENT, CFOIL_FACT_DISPUTE_AMOUNT, CFOIL_FACT_PAYMENT_AMOUNT } },
  },
  {
    .id = "payment.disputed", .section = "payment",
    .text = "The amount in dispute is the whole amount paid, {dispute_amount}.",
    .rules = { { CFOIL_RULE_SAME, CFOIL_FACT_DISPUTE_AMOUNT, CFOIL_FACT_PAYMENT_AMOUNT } },
  },
  {
    .id = "payment.disputed", .section = "payment",
    .text = "The amount in dispute is {dispute_amount}.",
  },
  {
    .id = "payment.order", .section = "payment",
    .text = "The order {order_reference} was placed on {order_date}.",
  },
  {
    .id = "payment.order", .section = "payment",
    .text = "The order number is {order_reference}.",
  },
  {
    .id = "payment.order", .section = "payment",
    .text = "The order was placed on {order_date}.",
  },
  {
    .id = "payment.items", .section = "payment",
    .text = "Our records show that the order was for: {items}.",
    .proofs = { CFOIL_EVIDENCE_PRODUCT_DESCRIPTION },
  },
  {
    .id = "payment.buyer", .section = "payment",
    .text = "Our records show the buyer as {buyer_name}, {buyer_email}.",
  },
  {
    .id = "payment.buyer", .section = "payment",
    .text = "Our records show the buyer as {buyer_name}.",
  },
  {
    .id = "payment.buyer", .section = "payment",
    .text = "Our records show the buyer’s e-mail address as {buyer_email}.",
  },
  {
    .id = "history.count", .section = "history",
    .text = "Our records show {prior_count} earlier payment of the same buyer that was not disputed.",
    .reasons = HISTORY_MATTERS,
    .rules = { { CFOIL_RULE_ONE, CFOIL_FACT_PRIOR_COUNT, CFOIL_FACT_PRIOR_COUNT } },
    .proofs = { CFOIL_EVIDENCE_PRIOR_ORDERS },
  },
  {
    .id = "history.count", .section = "history",
    .text = "Our records show {prior_count} earlier payments of the same buyer that were not disputed.",
    .reasons = HISTORY_MATTERS,
    .rules = { { CFOIL_RULE_SEVERAL, CFOIL_FACT_PRIOR_COUNT, CFOIL_FACT_PRIOR_COUNT } },
    .proofs = { CFOIL_EVIDENCE_PRIOR_ORDERS },
  },
  {
    .id = "history.list", .section = "history",
    .text = "Earlier payments of the same buyer that were not disputed, from our records:\n{prior_list:lines}",
    .reasons = HISTORY_MATTERS,
    .proofs = { CFOIL_EVIDENCE_PRIOR_ORDERS },
  },
  {
    .id = "policy.clause", .section = "policy",
    .text = "The following clause of our policy was in force on the day of the payment, and had been since {policy_date}: “{policy_text}”.",
    .reasons = POLICY_MATTERS,
    .rules = { { CFOIL_RULE_NOT_AFTER, CFOIL_FACT_POLICY_DATE, CFOIL_FACT_PAYMENT_TIME } },
    .proofs = { CFOIL_EVIDENCE_TERMS, CFOIL_EVIDENCE_CANCELLATION_POLICY, CFOIL_EVIDENCE_REFUND_POLICY },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "policy.shown", .section = "policy",
    .text = "Our records show how the buyer was shown this clause before paying: {policy_shown}.",
    .reasons = POLICY_MATTERS,
    .rules = { { CFOIL_RULE_NOT_AFTER, CFOIL_FACT_POLICY_DATE, CFOIL_FACT_PAYMENT_TIME },
               { CFOIL_RULE_KNOWN, CFOIL_FACT_POLICY_TEXT, CFOIL_FACT_POLICY_TEXT } },
    .proofs = { CFOIL_EVIDENCE_TERMS, CFOIL_EVIDENCE_CANCELLATION_POLICY, CFOIL_EVIDENCE_REFUND_POLICY },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "contact.summary", .section = "contact",
    .text = "Our records of the contact with the buyer on {contact_date}: {contact_summary}.",
    .proofs = { CFOIL_EVIDENCE_COMMUNICATION },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "contact.summary", .section = "contact",
    .text = "Our records of the contact with the buyer: {contact_summary}.",
    .proofs = { CFOIL_EVIDENCE_COMMUNICATION },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "contact.summary", .section = "contact",
    .text = "Our records show contact with the buyer on {contact_date}.",
    .proofs = { CFOIL_EVIDENCE_COMMUNICATION },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "closing.request", .section = "closing",
    .text = "We ask the bank to decide this chargeback in our favour.",
    .kinds = CFOIL_BIT (CFOIL_CASE_CHARGEBACK),
  },
  {
    .id = "closing.request", .section = "closing",
    .text = "We ask {provider} to decide this {case} in our favour.",
  },
  {
    .id = "closing.request", .section = "closing",
    .text = "We ask that this {case} be decided in our favour.",
  },
  {
    .id = "closing.contact", .section = "closing",
    .text = "Questions about this answer reach us at {merchant_contact}.",
  },
  {
    .id = "closing.signature", .section = "closing",
    .text = "Yours faithfully,\n{merchant:lines}",
    .flags = CFOIL_TEMPLATE_LINE,
  },
};

const CfoilCatalogue cfoil_letter_frame = { frame_templates, G_N_ELEMENTS (frame_templates) };
