/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter-private.h"

/* Who paid.  Nothing here says that it was the cardholder: the bank draws that conclusion. */

#define WHO_PAID \
  (CFOIL_BIT (CFOIL_REASON_UNKNOWN) | CFOIL_BIT (CFOIL_REASON_FRAUD) | \
   CFOIL_BIT (CFOIL_REASON_UNRECOGNIZED) | CFOIL_BIT (CFOIL_REASON_GENERAL))
/* A log of logins says more (cfoil-letter-delivery.c). */
#define HAS_NO_LOGIN (~CFOIL_BIT (CFOIL_PRODUCT_DIGITAL))
#define IS_NO_DOWNLOAD \
  (CFOIL_BIT (CFOIL_PRODUCT_PHYSICAL) | CFOIL_BIT (CFOIL_PRODUCT_SERVICE) | \
   CFOIL_BIT (CFOIL_PRODUCT_BOOKING) | CFOIL_BIT (CFOIL_PRODUCT_EVENT))
#define IS_NOT_SHIPPED \
  (CFOIL_BIT (CFOIL_PRODUCT_DIGITAL) | CFOIL_BIT (CFOIL_PRODUCT_SERVICE) | \
   CFOIL_BIT (CFOIL_PRODUCT_BOOKING) | CFOIL_BIT (CFOIL_PRODUCT_EVENT))

static const CfoilTemplate fraud_templates[] = {
  {
    .id = "fraud.account", .section = "argument",
    .text = "Our records show that the order was placed with the customer account “{account_name}”.",
    .reasons = WHO_PAID, .products = HAS_NO_LOGIN,
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "fraud.address", .section = "argument",
    .text = "The IP address of the order in our records is {ip_address}.",
    .reasons = WHO_PAID, .products = IS_NO_DOWNLOAD,
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "fraud.device", .section = "argument",
    .text = "Our records show the device of the order as “{device_name}”, device ID {device_id}.",
    .reasons = WHO_PAID, .products = HAS_NO_LOGIN,
    .proofs = { CFOIL_EVIDENCE_DEVICE_ID, CFOIL_EVIDENCE_DEVICE_NAME },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "fraud.device", .section = "argument",
    .text = "Our records show the device of the order as “{device_name}”.",
    .reasons = WHO_PAID, .products = HAS_NO_LOGIN,
    .proofs = { CFOIL_EVIDENCE_DEVICE_NAME, CFOIL_EVIDENCE_DEVICE_ID },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "fraud.device", .section = "argument",
    .text = "Our records show the device ID of the order as {device_id}.",
    .reasons = WHO_PAID, .products = HAS_NO_LOGIN,
    .proofs = { CFOIL_EVIDENCE_DEVICE_ID, CFOIL_EVIDENCE_DEVICE_NAME },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "fraud.billing", .section = "argument",
    .text = "The billing address of the order in our records is {billing_address}.",
    .reasons = WHO_PAID, .products = IS_NOT_SHIPPED,
  },
  {
    .id = "fraud.country", .section = "argument",
    .text = "Our records show the buyer’s country as {buyer_country}.",
    .reasons = WHO_PAID,
  },
  {
    .id = "fraud.descriptor", .section = "argument",
    .text = "On the buyer’s statement the payment stands as “{descriptor}”.",
    .reasons = WHO_PAID,
  },
};

const CfoilCatalogue cfoil_letter_fraud = { fraud_templates, G_N_ELEMENTS (fraud_templates) };
