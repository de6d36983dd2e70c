/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter-private.h"

/* Two payments that are not one, prices, and refunds.  A refund is told whatever is argued:
 * the bank finds it anyway. */

#define TWO_PAYMENTS (CFOIL_BIT (CFOIL_REASON_DUPLICATE) | CFOIL_BIT (CFOIL_REASON_PAID_OTHERWISE))

static const CfoilTemplate amounts_templates[] = {
  {
    .id = "distinct.orders", .section = "argument",
    .text = "Our records show two orders, {order_reference} and {other_order}.",
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT | CFOIL_ARGUES_OTHER,
    .rules = { { CFOIL_RULE_DIFFERENT, CFOIL_FACT_ORDER_REFERENCE, CFOIL_FACT_OTHER_ORDER } },
    .proofs = { CFOIL_EVIDENCE_OTHER_PAYMENT },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "distinct.payments", .section = "argument",
    .text = "Our records show two payments: {charge_id} of {payment_amount}, and {other_charge_id} of {other_amount}.",
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT | CFOIL_ARGUES_OTHER,
    .rules = { { CFOIL_RULE_DIFFERENT, CFOIL_FACT_CHARGE_ID, CFOIL_FACT_OTHER_CHARGE_ID } },
    .proofs = { CFOIL_EVIDENCE_OTHER_PAYMENT },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "distinct.payments", .section = "argument",
    .text = "Our records show two payments, {charge_id} and {other_charge_id}.",
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT | CFOIL_ARGUES_OTHER,
    .rules = { { CFOIL_RULE_DIFFERENT, CFOIL_FACT_CHARGE_ID, CFOIL_FACT_OTHER_CHARGE_ID } },
    .proofs = { CFOIL_EVIDENCE_OTHER_PAYMENT },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "distinct.other", .section = "argument",
    .text = "Our records show that the other payment, of {other_amount}, was made on {other_date}.",
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT | CFOIL_ARGUES_OTHER,
    .proofs = { CFOIL_EVIDENCE_OTHER_PAYMENT },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "distinct.other", .section = "argument",
    .text = "Our records show that the other payment was made on {other_date}.",
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT | CFOIL_ARGUES_OTHER,
    .proofs = { CFOIL_EVIDENCE_OTHER_PAYMENT },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "distinct.other", .section = "argument",
    .text = "Our records show {other_amount} as the amount of the other payment.",
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT | CFOIL_ARGUES_OTHER,
    .proofs = { CFOIL_EVIDENCE_OTHER_PAYMENT },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "distinct.difference", .section = "argument",
    .text = "What makes the two payments different, by our records: {difference}.",
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT | CFOIL_ARGUES_OTHER,
    .proofs = { CFOIL_EVIDENCE_OTHER_PAYMENT },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "price.agreed", .section = "argument",
    .text = "The total that the buyer agreed to, {agreed_total}, is the amount that was paid, {payment_amount}.",
    .reasons = CFOIL_BIT (CFOIL_REASON_OVERCHARGED), .arguments = CFOIL_ARGUES_PRICE | CFOIL_ARGUES_OTHER,
    .rules = { { CFOIL_RULE_SAME, CFOIL_FACT_AGREED_TOTAL, CFOIL_FACT_PAYMENT_AMOUNT } },
    .proofs = { CFOIL_EVIDENCE_RECEIPT, CFOIL_EVIDENCE_TERMS },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "price.agreed", .section = "argument",
    .text = "Our records show {agreed_total} as the total that the buyer agreed to.",
    .reasons = CFOIL_BIT (CFOIL_REASON_OVERCHARGED), .arguments = CFOIL_ARGUES_PRICE | CFOIL_ARGUES_OTHER,
    .proofs = { CFOIL_EVIDENCE_RECEIPT, CFOIL_EVIDENCE_TERMS },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
};

const CfoilCatalogue cfoil_letter_amounts = { amounts_templates, G_N_ELEMENTS (amounts_templates) };

static const CfoilTemplate refunds_templates[] = {
  {
    .id = "refund.made", .section = "argument",
    .text = "The refund {refund_id} of {refund_amount} was made on {refund_time}.",
    .proofs = { CFOIL_EVIDENCE_REFUND },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "refund.made", .section = "argument",
    .text = "A refund of {refund_amount} was made on {refund_time}.",
    .proofs = { CFOIL_EVIDENCE_REFUND },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "refund.made", .section = "argument",
    .text = "The refund {refund_id} was made on {refund_time}.",
    .proofs = { CFOIL_EVIDENCE_REFUND },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "refund.made", .section = "argument",
    .text = "The refund {refund_id} was of {refund_amount}.",
    .proofs = { CFOIL_EVIDENCE_REFUND },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "refund.made", .section = "argument",
    .text = "A refund was made on {refund_time}.",
    .proofs = { CFOIL_EVIDENCE_REFUND },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "refund.made", .section = "argument",
    .text = "A refund of {refund_amount} was made.",
    .proofs = { CFOIL_EVIDENCE_REFUND },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "refund.made", .section = "argument",
    .text = "The refund has the ID {refund_id}.",
    .proofs = { CFOIL_EVIDENCE_REFUND },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "refund.whole", .section = "argument",
    .text = "The amount refunded, {refund_amount}, is the whole amount that was paid, {payment_amount}.",
    .rules = { { CFOIL_RULE_SAME, CFOIL_FACT_REFUND_AMOUNT, CFOIL_FACT_PAYMENT_AMOUNT } },
  },
  {
    .id = "refund.before-dispute", .section = "argument",
    .text = "The refund of {refund_time:day} was made before the {case} was opened on {dispute_opened:day}.",
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_REFUND_TIME, CFOIL_FACT_DISPUTE_OPENED } },
  },
  {
    .id = "withdrawn.stated", .section = "argument",
    .text = "Our records show that on {withdrawn} the buyer stated in writing that the dispute is withdrawn.",
    .proofs = { CFOIL_EVIDENCE_COMMUNICATION },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
};

const CfoilCatalogue cfoil_letter_refunds = { refunds_templates, G_N_ELEMENTS (refunds_templates) };
