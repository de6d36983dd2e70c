/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter-private.h"

/* That it arrived: parcels, downloads, services.  In the order in which it happens.
 * A day of shipping is never one of delivery, and what came late is not said to be in time. */

#define GOODS \
  (CFOIL_BIT (CFOIL_PRODUCT_UNKNOWN) | CFOIL_BIT (CFOIL_PRODUCT_PHYSICAL) | \
   CFOIL_BIT (CFOIL_PRODUCT_SEVERAL) | CFOIL_BIT (CFOIL_PRODUCT_OTHER))
#define DOWNLOADS \
  (CFOIL_BIT (CFOIL_PRODUCT_UNKNOWN) | CFOIL_BIT (CFOIL_PRODUCT_DIGITAL) | \
   CFOIL_BIT (CFOIL_PRODUCT_SEVERAL) | CFOIL_BIT (CFOIL_PRODUCT_OTHER))
#define SERVICES \
  (CFOIL_BIT (CFOIL_PRODUCT_UNKNOWN) | CFOIL_BIT (CFOIL_PRODUCT_SERVICE) | CFOIL_BIT (CFOIL_PRODUCT_BOOKING) | \
   CFOIL_BIT (CFOIL_PRODUCT_EVENT) | CFOIL_BIT (CFOIL_PRODUCT_SEVERAL) | CFOIL_BIT (CFOIL_PRODUCT_OTHER))
/* A wrong amount is not answered by a delivery. */
#define ARRIVAL_MATTERS (~CFOIL_BIT (CFOIL_REASON_OVERCHARGED))

static const CfoilTemplate delivery_templates[] = {
  {
    .id = "delivery.shipped", .section = "argument",
    .text = "Our records show that {carrier} took the parcel on {shipped_date} under the tracking number {tracking_number}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_TRACKING_NUMBER, CFOIL_EVIDENCE_CARRIER_NAME },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.shipped", .section = "argument",
    .text = "Our records show that {carrier} took the parcel on {shipped_date}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_TRACKING_NUMBER, CFOIL_EVIDENCE_CARRIER_NAME },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.shipped", .section = "argument",
    .text = "Our records show that the parcel was shipped on {shipped_date} under the tracking number {tracking_number}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_TRACKING_NUMBER, CFOIL_EVIDENCE_CARRIER_NAME },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.shipped", .section = "argument",
    .text = "Our records show that the parcel was shipped on {shipped_date}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_TRACKING_NUMBER, CFOIL_EVIDENCE_CARRIER_NAME },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.shipped", .section = "argument",
    .text = "Our records show {carrier} as the carrier and {tracking_number} as the tracking number of the parcel.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_TRACKING_NUMBER, CFOIL_EVIDENCE_CARRIER_NAME },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.shipped", .section = "argument",
    .text = "Our records show {tracking_number} as the tracking number of the parcel.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_TRACKING_NUMBER, CFOIL_EVIDENCE_CARRIER_NAME },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.shipped", .section = "argument",
    .text = "Our records show {carrier} as the carrier of the parcel.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_TRACKING_NUMBER, CFOIL_EVIDENCE_CARRIER_NAME },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.address", .section = "argument",
    .text = "Our records show that the parcel was addressed to {shipping_address}; this is the billing address of the order, too.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .rules = { { CFOIL_RULE_SAME, CFOIL_FACT_SHIPPING_ADDRESS, CFOIL_FACT_BILLING_ADDRESS } },
    .proofs = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_DELIVERY },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.address", .section = "argument",
    .text = "Our records show that the parcel was addressed to {shipping_address}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_DELIVERY },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.delivered", .section = "argument",
    .text = "Our records show that the parcel was delivered on {delivered_date}, to {delivered_to}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_DELIVERY, CFOIL_EVIDENCE_SIGNATURE },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.delivered", .section = "argument",
    .text = "Our records show that the parcel was delivered on {delivered_date}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_DELIVERY, CFOIL_EVIDENCE_SIGNATURE },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.delivered", .section = "argument",
    .text = "Our records show this place or person of delivery: {delivered_to}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_DELIVERY, CFOIL_EVIDENCE_SIGNATURE },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.signed", .section = "argument",
    .text = "Our records show that the delivery was signed for by {signed_by}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .proofs = { CFOIL_EVIDENCE_SIGNATURE, CFOIL_EVIDENCE_DELIVERY },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "delivery.in-time", .section = "argument",
    .text = "Our records show that delivery had been promised by {promised_date}; the delivery on {delivered_date} was not later than that.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .rules = { { CFOIL_RULE_NOT_AFTER, CFOIL_FACT_DELIVERED_DATE, CFOIL_FACT_PROMISED_DATE } },
  },
  {
    .id = "delivery.before-dispute", .section = "argument",
    .text = "The delivery on {delivered_date} was before the {case} was opened on {dispute_opened:day}.",
    .reasons = ARRIVAL_MATTERS, .products = GOODS,
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_DELIVERED_DATE, CFOIL_FACT_DISPUTE_OPENED } },
  },
  {
    .id = "delivery.not-yet-due", .section = "argument",
    .text = "When the {case} was opened on {dispute_opened:day}, the day by which delivery had been promised, {promised_date}, had not come.",
    .reasons = CFOIL_BIT (CFOIL_REASON_NOT_RECEIVED), .products = GOODS, .arguments = CFOIL_ARGUES_NOT_YET_DUE | CFOIL_ARGUES_OTHER,
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_DISPUTE_OPENED, CFOIL_FACT_PROMISED_DATE } },
  },
  {
    .id = "access.downloaded", .section = "argument",
    .text = "Our records show that what was bought was downloaded on {download_time}.",
    .reasons = ARRIVAL_MATTERS, .products = DOWNLOADS,
    .proofs = { CFOIL_EVIDENCE_DOWNLOAD_TIME, CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "access.used", .section = "argument",
    .text = "Our records show that it was used on {access_time}, after the payment of {payment_time:day}, from the IP address {ip_address}.",
    .reasons = ARRIVAL_MATTERS, .products = DOWNLOADS,
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_ACCESS_TIME } },
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "access.used", .section = "argument",
    .text = "Our records show that it was used on {access_time}, after the payment of {payment_time:day}.",
    .reasons = ARRIVAL_MATTERS, .products = DOWNLOADS,
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_ACCESS_TIME } },
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "access.used", .section = "argument",
    .text = "Our records show that it was used on {access_time} from the IP address {ip_address}.",
    .reasons = ARRIVAL_MATTERS, .products = DOWNLOADS,
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "access.used", .section = "argument",
    .text = "Our records show that it was used on {access_time}.",
    .reasons = ARRIVAL_MATTERS, .products = DOWNLOADS,
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "access.used", .section = "argument",
    .text = "The IP address in our records is {ip_address}.",
    .reasons = ARRIVAL_MATTERS, .products = DOWNLOADS,
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "access.before-dispute", .section = "argument",
    .text = "The download on {download_time:day} was before the {case} was opened on {dispute_opened:day}.",
    .reasons = ARRIVAL_MATTERS, .products = DOWNLOADS,
    .rules = { { CFOIL_RULE_BEFORE, CFOIL_FACT_DOWNLOAD_TIME, CFOIL_FACT_DISPUTE_OPENED } },
  },
  {
    .id = "access.account", .section = "argument",
    .text = "Our records show that it belongs to the customer account “{account_name}”.",
    .reasons = ARRIVAL_MATTERS, .products = CFOIL_BIT (CFOIL_PRODUCT_DIGITAL),
    .proofs = { CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "access.device", .section = "argument",
    .text = "Our records show that it was used with the device “{device_name}”, device ID {device_id}.",
    .reasons = ARRIVAL_MATTERS, .products = CFOIL_BIT (CFOIL_PRODUCT_DIGITAL),
    .proofs = { CFOIL_EVIDENCE_DEVICE_ID, CFOIL_EVIDENCE_DEVICE_NAME, CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "access.device", .section = "argument",
    .text = "Our records show that it was used with the device “{device_name}”.",
    .reasons = ARRIVAL_MATTERS, .products = CFOIL_BIT (CFOIL_PRODUCT_DIGITAL),
    .proofs = { CFOIL_EVIDENCE_DEVICE_NAME, CFOIL_EVIDENCE_DEVICE_ID, CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "access.device", .section = "argument",
    .text = "Our records show that it was used with the device ID {device_id}.",
    .reasons = ARRIVAL_MATTERS, .products = CFOIL_BIT (CFOIL_PRODUCT_DIGITAL),
    .proofs = { CFOIL_EVIDENCE_DEVICE_ID, CFOIL_EVIDENCE_DEVICE_NAME, CFOIL_EVIDENCE_ACCESS_LOG },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "service.date", .section = "argument",
    .text = "Our records show that the service was given on {service_date}.",
    .reasons = ARRIVAL_MATTERS, .products = CFOIL_BIT (CFOIL_PRODUCT_SERVICE),
    .rules = { { CFOIL_RULE_IN_PAST, CFOIL_FACT_SERVICE_DATE, CFOIL_FACT_SERVICE_DATE } },
    .proofs = { CFOIL_EVIDENCE_SERVICE },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "service.date", .section = "argument",
    .text = "Our records show that the event took place on {service_date}.",
    .reasons = ARRIVAL_MATTERS, .products = CFOIL_BIT (CFOIL_PRODUCT_EVENT),
    .rules = { { CFOIL_RULE_IN_PAST, CFOIL_FACT_SERVICE_DATE, CFOIL_FACT_SERVICE_DATE } },
    .proofs = { CFOIL_EVIDENCE_SERVICE },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "service.date", .section = "argument",
    .text = "Our records show a booking for {service_date}.",
    .reasons = ARRIVAL_MATTERS, .products = SERVICES,
    .proofs = { CFOIL_EVIDENCE_SERVICE },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
  {
    .id = "service.attendance", .section = "argument",
    .text = "Our records of who came, checked in or signed: {attendance}.",
    .reasons = ARRIVAL_MATTERS, .products = SERVICES,
    .proofs = { CFOIL_EVIDENCE_SERVICE, CFOIL_EVIDENCE_SIGNATURE },
    .flags = CFOIL_TEMPLATE_WANTS_PROOF,
  },
};

const CfoilCatalogue cfoil_letter_delivery = { delivery_templates, G_N_ELEMENTS (delivery_templates) };
