/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter-private.h"

/* What was sold, and what became of it. */

#define GOODS \
  (CFOIL_BIT (CFOIL_PRODUCT_UNKNOWN) | CFOIL_BIT (CFOIL_PRODUCT_PHYSICAL) | \
   CFOIL_BIT (CFOIL_PRODUCT_SEVERAL) | CFOIL_BIT (CFOIL_PRODUCT_OTHER))
#define RETURN_MATTERS \
  (CFOIL_BIT (CFOIL_REASON_UNKNOWN) | CFOIL_BIT (CFOIL_REASON_NOT_AS_DESCRIBED) | \
   CFOIL_BIT (CFOIL_REASON_NO_LONGER_WANTED) | CFOIL_BIT (CFOIL_REASON_CREDIT_NOT_PROCESSED) | \
   CFOIL_BIT (CFOIL_REASON_GENERAL))
/* Who argues that it was refunded, or that the dispute is withdrawn, does not argue that nothing is owed. */
#define NOT_REFUNDED (~(guint) (CFOIL_ARGUES_REFUNDED | CFOIL_ARGUES_WITHDRAWN))

static const CfoilTemplate goods_templates[] = {
  {
    .id = "described.listing", .section = "argument",
    .text = "The description of what was sold is in this packet.",
    .reasons = CFOIL_BIT (CFOIL_REASON_NOT_AS_DESCRIBED),
    .proofs = { CFOIL_EVIDENCE_PRODUCT_DESCRIPTION },
    .flags = CFOIL_TEMPLATE_NEEDS_PROOF,
  },
  {
    .id = "return.late", .section = "argument",
    .text = "Our records show contact with the buyer on {contact_date}, after the delivery on {delivered_date}.",
    .reasons = RETURN_MATTERS, .products = GOODS, .arguments = CFOIL_ARGUES_TOO_LATE,
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_DELIVERED_DATE, CFOIL_FACT_CONTACT_DATE } },
    .proofs = { CFOIL_EVIDENCE_COMMUNICATION },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "return.offered", .section = "argument",
    .text = "Our records show that a return or replacement was offered on {return_offered}.",
    .reasons = RETURN_MATTERS,
    .proofs = { CFOIL_EVIDENCE_COMMUNICATION },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "return.status", .section = "argument",
    .text = "Our records on the return: {return_status}.",
    .reasons = RETURN_MATTERS,
  },
  {
    .id = "return.refused", .section = "argument",
    .text = "By our records no refund is owed, for this reason: {refund_refused}.",
    .reasons = RETURN_MATTERS | CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED), .arguments = NOT_REFUNDED,
    .proofs = { CFOIL_EVIDENCE_REFUND_POLICY, CFOIL_EVIDENCE_CANCELLATION_POLICY, CFOIL_EVIDENCE_TERMS },
  },
};

const CfoilCatalogue cfoil_letter_goods = { goods_templates, G_N_ELEMENTS (goods_templates) };
