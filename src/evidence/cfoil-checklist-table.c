/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-checklist-private.h"
#include "cfoil-letter-private.h"

#include <glib/gi18n.h>

/* What wins and what loses, by reason and product: product/peers 5.4, where what goes
 * with wins is decisive here; and what Amazon Pay asks for first: api/amazon-pay 9. */

#define MONEY \
  (CFOIL_BIT (CFOIL_REASON_CREDIT_NOT_PROCESSED) | CFOIL_BIT (CFOIL_REASON_OVERCHARGED) | CFOIL_BIT (CFOIL_REASON_DUPLICATE) | \
   CFOIL_BIT (CFOIL_REASON_PAID_OTHERWISE))
#define QUALITY (CFOIL_BIT (CFOIL_REASON_NOT_AS_DESCRIBED) | CFOIL_BIT (CFOIL_REASON_CREDIT_NOT_PROCESSED))
#define ANY_OTHER (CFOIL_BIT (CFOIL_REASON_UNKNOWN) | CFOIL_BIT (CFOIL_REASON_GENERAL))
#define IDENTITY (CFOIL_BIT (CFOIL_REASON_FRAUD) | CFOIL_BIT (CFOIL_REASON_UNRECOGNIZED))
#define ARRIVAL (CFOIL_BIT (CFOIL_REASON_FRAUD) | CFOIL_BIT (CFOIL_REASON_NOT_RECEIVED))
#define TWO_PAYMENTS (CFOIL_BIT (CFOIL_REASON_DUPLICATE) | CFOIL_BIT (CFOIL_REASON_PAID_OTHERWISE))
#define USE \
  (CFOIL_BIT (CFOIL_REASON_UNKNOWN) | CFOIL_BIT (CFOIL_REASON_GENERAL) | CFOIL_BIT (CFOIL_REASON_UNRECOGNIZED) | \
   CFOIL_BIT (CFOIL_REASON_NO_LONGER_WANTED))
#define RETURNS \
  (CFOIL_BIT (CFOIL_REASON_NOT_AS_DESCRIBED) | CFOIL_BIT (CFOIL_REASON_NO_LONGER_WANTED) | \
   CFOIL_BIT (CFOIL_REASON_CREDIT_NOT_PROCESSED))
#define POLICIES \
  (CFOIL_BIT (CFOIL_REASON_NO_LONGER_WANTED) | CFOIL_BIT (CFOIL_REASON_CREDIT_NOT_PROCESSED) | \
   CFOIL_BIT (CFOIL_REASON_SUBSCRIPTION_CANCELLED))

#define GOODS (CFOIL_BIT (CFOIL_PRODUCT_UNKNOWN) | CFOIL_BIT (CFOIL_PRODUCT_PHYSICAL) | \
               CFOIL_BIT (CFOIL_PRODUCT_SEVERAL) | CFOIL_BIT (CFOIL_PRODUCT_OTHER))
#define DIGITAL CFOIL_BIT (CFOIL_PRODUCT_DIGITAL)
#define SERVICES (CFOIL_BIT (CFOIL_PRODUCT_SERVICE) | CFOIL_BIT (CFOIL_PRODUCT_BOOKING) | CFOIL_BIT (CFOIL_PRODUCT_EVENT))
#define DIGITAL_OR_SERVICE (DIGITAL | SERVICES)

/* Whoever argues that it was refunded or withdrawn need not show that nothing is owed. */
#define NOT_SETTLED (~(guint) (CFOIL_ARGUES_REFUNDED | CFOIL_ARGUES_WITHDRAWN))
#define NOT_EARLY (~(guint) CFOIL_ARGUES_NOT_YET_DUE)

#define FACT(which) .is_fact = TRUE, .fact = CFOIL_FACT_##which
#define EXHIBIT(which) .exhibit = CFOIL_EVIDENCE_##which
#define REASON(which) CFOIL_BIT (CFOIL_REASON_##which)

static const CfoilChecklistEntry entries[] = {
  {
    .id = "withdrawn", .weight = CFOIL_WEIGHT_DECISIVE, FACT (WITHDRAWN),
    .arguments = CFOIL_ARGUES_WITHDRAWN,
    .why = N_ ("A dispute that the buyer withdrew is only over when the bank knows it: answer all the same, and send what the buyer wrote."),
  },
  {
    .id = "exhibit-communication", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (COMMUNICATION),
    .arguments = CFOIL_ARGUES_WITHDRAWN,
    .why = N_ ("The message in which the buyer withdraws the dispute. What was said on the telephone does not count."),
  },
  {
    .id = "refund-id", .weight = CFOIL_WEIGHT_DECISIVE, FACT (REFUND_ID),
    .arguments = CFOIL_ARGUES_REFUNDED,
    .why = N_ ("Lets the bank find the refund. A promised refund does not count."),
  },
  {
    .id = "refund-time", .weight = CFOIL_WEIGHT_DECISIVE, FACT (REFUND_TIME),
    .arguments = CFOIL_ARGUES_REFUNDED,
    .why = N_ ("A refund before the dispute was opened usually ends it."),
  },
  {
    .id = "exhibit-refund", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (REFUND),
    .arguments = CFOIL_ARGUES_REFUNDED,
    .why = N_ ("The confirmation of the refund, with its ID, day and amount."),
  },
  {
    .id = "exhibit-receipt", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (RECEIPT),
    .reasons = MONEY,
    .why = N_ ("The receipts show what each payment was for. Send the one that the buyer got, not a list of your own."),
  },
  {
    .id = "exhibit-receipt", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (RECEIPT),
    .reasons = REASON (NOT_RECEIVED), .products = DIGITAL_OR_SERVICE,
    .why = N_ ("Shows what the buyer ordered, and where it was to go."),
  },
  {
    .id = "exhibit-receipt", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (RECEIPT),
    .reasons = REASON (UNRECOGNIZED),
    .why = N_ ("Helps the buyer to remember: shop, day, items and amount."),
  },
  {
    .id = "exhibit-receipt", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (RECEIPT),
    .reasons = ANY_OTHER,
    .why = N_ ("Shows what was bought, when, and for how much."),
  },
  {
    .id = "exhibit-receipt", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (RECEIPT),
    .why = N_ ("Shows what was bought, when, and for how much."),
  },
  {
    .id = "exhibit-communication", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (COMMUNICATION),
    .reasons = REASON (FRAUD),
    .why = N_ ("A buyer who wrote to you about the order knows of it. Send the messages whole, with dates."),
  },
  {
    .id = "exhibit-communication", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (COMMUNICATION),
    .reasons = REASON (NOT_RECEIVED), .products = DIGITAL_OR_SERVICE,
    .why = N_ ("Messages about the order after it was delivered or used show that it arrived."),
  },
  {
    .id = "exhibit-communication", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (COMMUNICATION),
    .reasons = QUALITY,
    .why = N_ ("Shows what the buyer complained about, and what you offered. Take care with messages that promise a refund: they lose the case."),
  },
  {
    .id = "exhibit-communication", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (COMMUNICATION),
    .reasons = ANY_OTHER,
    .why = N_ ("Ask the buyer what the dispute is about before you answer, and send what was said."),
  },
  {
    .id = "exhibit-communication", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (COMMUNICATION),
    .why = N_ ("Messages with dates, whole and in order. What was said on the telephone does not count."),
  },
  {
    .id = "descriptor", .weight = CFOIL_WEIGHT_DECISIVE, FACT (DESCRIPTOR),
    .reasons = REASON (UNRECOGNIZED),
    .why = N_ ("Buyers often only do not know the name on their statement."),
  },
  {
    .id = "prior-list", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (PRIOR_LIST),
    .reasons = IDENTITY,
    .why = N_ ("Earlier payments of the same buyer that nobody disputed, best two or more that are older than four months, with the same device or address."),
  },
  {
    .id = "exhibit-prior-orders", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (PRIOR_ORDERS),
    .reasons = IDENTITY,
    .why = N_ ("The earlier orders, with the same name, address or device."),
  },
  {
    .id = "ip-address", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (IP_ADDRESS),
    .reasons = IDENTITY,
    .why = N_ ("An address that the buyer also used before shows who bought."),
  },
  {
    .id = "device-id", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (DEVICE_ID),
    .reasons = IDENTITY,
    .why = N_ ("A device that the buyer also used before shows who bought."),
  },
  {
    .id = "account-name", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (ACCOUNT_NAME),
    .reasons = IDENTITY,
    .why = N_ ("A customer account that is older than this order shows who bought."),
  },
  {
    .id = "billing-address", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (BILLING_ADDRESS),
    .reasons = IDENTITY, .products = GOODS,
    .why = N_ ("Goods that went to the billing address most likely reached the cardholder."),
  },
  {
    .id = "shipped-date", .weight = CFOIL_WEIGHT_DECISIVE, FACT (SHIPPED_DATE),
    .reasons = REASON (FRAUD), .products = GOODS,
    .why = N_ ("When the carrier took it. Alone it does not show who bought."),
  },
  {
    .id = "tracking-number", .weight = CFOIL_WEIGHT_DECISIVE, FACT (TRACKING_NUMBER),
    .reasons = ARRIVAL, .products = GOODS,
    .why = N_ ("The carrier’s own record. A label that was never scanned does not count."),
  },
  {
    .id = "carrier", .weight = CFOIL_WEIGHT_DECISIVE, FACT (CARRIER),
    .reasons = ARRIVAL, .products = GOODS,
    .why = N_ ("Without the carrier nobody can look up the tracking number."),
  },
  {
    .id = "shipped-date", .weight = CFOIL_WEIGHT_DECISIVE, FACT (SHIPPED_DATE),
    .reasons = ARRIVAL, .products = GOODS,
    .why = N_ ("The day on which the carrier took it, not the day of the label."),
  },
  {
    .id = "shipping-address", .weight = CFOIL_WEIGHT_DECISIVE, FACT (SHIPPING_ADDRESS),
    .reasons = ARRIVAL, .products = GOODS,
    .why = N_ ("The address that the buyer gave at the checkout. A delivery to any other address loses the case."),
  },
  {
    .id = "delivered-date", .weight = CFOIL_WEIGHT_DECISIVE, FACT (DELIVERED_DATE),
    .reasons = REASON (NOT_RECEIVED), .products = GOODS, .arguments = CFOIL_ARGUES_RECEIVED,
    .why = N_ ("A delivery before the dispute was opened. One after the promised day, or after the dispute, is weak."),
  },
  {
    .id = "promised-date", .weight = CFOIL_WEIGHT_DECISIVE, FACT (PROMISED_DATE),
    .reasons = REASON (NOT_RECEIVED), .products = GOODS, .arguments = CFOIL_ARGUES_NOT_YET_DUE,
    .why = N_ ("What the buyer was told before paying. The dispute came too early if that day had not come."),
  },
  {
    .id = "promised-date", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (PROMISED_DATE),
    .reasons = REASON (NOT_RECEIVED), .products = GOODS,
    .why = N_ ("A delivery that was not later than promised."),
  },
  {
    .id = "delivered-date", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (DELIVERED_DATE),
    .reasons = IDENTITY, .products = GOODS,
    .why = N_ ("The day that the carrier reports."),
  },
  {
    .id = "exhibit-shipping", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (SHIPPING),
    .reasons = REASON (NOT_RECEIVED), .products = GOODS,
    .why = N_ ("The carrier’s receipt or the shipping document. It shows that it was sent, not that it arrived."),
  },
  {
    .id = "exhibit-delivery", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (DELIVERY),
    .or_exhibit = CFOIL_EVIDENCE_SIGNATURE, .reasons = ARRIVAL, .products = GOODS, .arguments = NOT_EARLY,
    .why = N_ ("The carrier’s page or letter that names place and day of delivery: among the strongest evidence there is."),
  },
  {
    .id = "exhibit-signature", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (SIGNATURE),
    .reasons = ARRIVAL, .products = GOODS,
    .why = N_ ("For expensive goods the bank expects a signature."),
  },
  {
    .id = "signed-by", .weight = CFOIL_WEIGHT_OPTIONAL, FACT (SIGNED_BY),
    .reasons = ARRIVAL, .products = GOODS,
    .why = N_ ("Best if it is the buyer’s own name."),
  },
  {
    .id = "delivered-to", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (DELIVERED_TO),
    .reasons = ARRIVAL, .products = GOODS,
    .why = N_ ("Town and postcode as the carrier reports them."),
  },
  {
    .id = "exhibit-shipping", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (SHIPPING),
    .reasons = REASON (NOT_AS_DESCRIBED), .products = GOODS,
    .why = N_ ("Weight, condition and photographs from before it was sent."),
  },
  {
    .id = "exhibit-shipping", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (SHIPPING),
    .reasons = TWO_PAYMENTS, .products = GOODS, .arguments = CFOIL_ARGUES_DISTINCT,
    .why = N_ ("One document for each parcel, or one packing list that shows both. Two payments and one parcel lose the case."),
  },
  {
    .id = "exhibit-shipping", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (SHIPPING),
    .reasons = ANY_OTHER, .products = GOODS,
    .why = N_ ("Shows that it was sent."),
  },
  {
    .id = "tracking-number", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (TRACKING_NUMBER),
    .reasons = ANY_OTHER, .products = GOODS,
    .why = N_ ("The carrier’s own record."),
  },
  {
    .id = "tracking-number", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (TRACKING_NUMBER),
    .reasons = REASON (NO_LONGER_WANTED), .products = GOODS,
    .why = N_ ("The carrier’s own record."),
  },
  {
    .id = "download-time", .weight = CFOIL_WEIGHT_DECISIVE, FACT (DOWNLOAD_TIME),
    .reasons = ARRIVAL, .products = DIGITAL,
    .why = N_ ("From your server’s log, in UTC. That you sent a link does not count."),
  },
  {
    .id = "exhibit-access-log", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (ACCESS_LOG),
    .reasons = ARRIVAL, .products = DIGITAL,
    .why = N_ ("The lines of the log that belong to this buyer, with times and IP addresses."),
  },
  {
    .id = "access-time", .weight = CFOIL_WEIGHT_DECISIVE, FACT (ACCESS_TIME),
    .reasons = REASON (FRAUD), .products = DIGITAL,
    .why = N_ ("When it was used, after the payment."),
  },
  {
    .id = "device-name", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (DEVICE_NAME),
    .reasons = REASON (FRAUD), .products = DIGITAL,
    .why = N_ ("At least two of IP address, device, account and address should match earlier payments."),
  },
  {
    .id = "access-time", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (ACCESS_TIME),
    .reasons = REASON (NOT_RECEIVED), .products = DIGITAL,
    .why = N_ ("Use after the payment shows that it arrived."),
  },
  {
    .id = "ip-address", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (IP_ADDRESS),
    .reasons = REASON (NOT_RECEIVED), .products = DIGITAL,
    .why = N_ ("From where it was downloaded or used."),
  },
  {
    .id = "exhibit-access-log", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (ACCESS_LOG),
    .reasons = REASON (NOT_AS_DESCRIBED), .products = DIGITAL,
    .why = N_ ("Long use speaks against a fault."),
  },
  {
    .id = "exhibit-access-log", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (ACCESS_LOG),
    .reasons = USE, .products = DIGITAL,
    .why = N_ ("Shows that it was used."),
  },
  {
    .id = "service-date", .weight = CFOIL_WEIGHT_DECISIVE, FACT (SERVICE_DATE),
    .reasons = ARRIVAL, .products = SERVICES,
    .why = N_ ("The day of the service, the stay or the event."),
  },
  {
    .id = "exhibit-service", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (SERVICE),
    .reasons = ARRIVAL, .products = SERVICES,
    .why = N_ ("What the buyer signed, the check-in, the ticket that was scanned, or the finished work."),
  },
  {
    .id = "attendance", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (ATTENDANCE),
    .reasons = ARRIVAL, .products = SERVICES,
    .why = N_ ("Who came, and when. Shows that the service was used."),
  },
  {
    .id = "exhibit-service", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (SERVICE),
    .reasons = USE, .products = SERVICES,
    .why = N_ ("What the buyer signed, the check-in, the ticket that was scanned, or the finished work."),
  },
  {
    .id = "exhibit-service", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (SERVICE),
    .reasons = REASON (NOT_AS_DESCRIBED), .products = SERVICES,
    .why = N_ ("The work order that the buyer signed, or the finished work."),
  },
  {
    .id = "exhibit-product-description", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (PRODUCT_DESCRIPTION),
    .reasons = REASON (NOT_AS_DESCRIBED),
    .why = N_ ("The page as it was on the day of the sale, with its pictures. Today’s page does not count if it was changed."),
  },
  {
    .id = "refund-refused", .weight = CFOIL_WEIGHT_DECISIVE, FACT (REFUND_REFUSED),
    .reasons = REASON (NOT_AS_DESCRIBED), .arguments = NOT_SETTLED,
    .why = N_ ("Why you did not refund, in one or two plain sentences. Do not argue about taste."),
  },
  {
    .id = "policy-shown", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (POLICY_SHOWN),
    .reasons = REASON (NOT_AS_DESCRIBED), .arguments = NOT_SETTLED,
    .why = N_ ("A policy counts only if the buyer was shown it before paying."),
  },
  {
    .id = "return-offered", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (RETURN_OFFERED),
    .reasons = REASON (NOT_AS_DESCRIBED),
    .why = N_ ("A return or replacement that was offered and refused, or never used, often wins."),
  },
  {
    .id = "return-status", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (RETURN_STATUS),
    .reasons = RETURNS,
    .why = N_ ("Goods that never came back, or what came back, and in what condition."),
  },
  {
    .id = "exhibit-refund-policy", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (REFUND_POLICY),
    .or_exhibit = CFOIL_EVIDENCE_TERMS, .reasons = REASON (NOT_AS_DESCRIBED),
    .why = N_ ("Only the clause that applies, marked. A policy that was not shown before paying loses."),
  },
  {
    .id = "exhibit-cancellation-policy", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (CANCELLATION_POLICY),
    .or_exhibit = CFOIL_EVIDENCE_REFUND_POLICY, .reasons = REASON (NO_LONGER_WANTED), .arguments = NOT_SETTLED,
    .why = N_ ("The policy that held on the day of the payment. Only the clause that applies, marked."),
  },
  {
    .id = "exhibit-refund-policy", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (REFUND_POLICY),
    .or_exhibit = CFOIL_EVIDENCE_CANCELLATION_POLICY, .reasons = REASON (CREDIT_NOT_PROCESSED), .arguments = NOT_SETTLED,
    .why = N_ ("The policy that held on the day of the payment. Only the clause that applies, marked."),
  },
  {
    .id = "policy-text", .weight = CFOIL_WEIGHT_DECISIVE, FACT (POLICY_TEXT),
    .reasons = POLICIES, .arguments = NOT_SETTLED,
    .why = N_ ("Only the clause that applies, word for word."),
  },
  {
    .id = "policy-date", .weight = CFOIL_WEIGHT_DECISIVE, FACT (POLICY_DATE),
    .reasons = POLICIES, .arguments = NOT_SETTLED,
    .why = N_ ("Shows that the clause already held when the buyer paid."),
  },
  {
    .id = "policy-shown", .weight = CFOIL_WEIGHT_DECISIVE, FACT (POLICY_SHOWN),
    .reasons = POLICIES, .arguments = NOT_SETTLED,
    .why = N_ ("A policy counts only if the buyer was shown it before paying."),
  },
  {
    .id = "refund-refused", .weight = CFOIL_WEIGHT_DECISIVE, FACT (REFUND_REFUSED),
    .reasons = REASON (CREDIT_NOT_PROCESSED), .arguments = NOT_SETTLED,
    .why = N_ ("Why nothing is owed, in one or two plain sentences. If you promised a refund in writing, you will lose."),
  },
  {
    .id = "refund-refused", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (REFUND_REFUSED),
    .reasons = REASON (NO_LONGER_WANTED), .arguments = NOT_SETTLED,
    .why = N_ ("Why nothing is owed, in one or two plain sentences."),
  },
  {
    .id = "exhibit-signature", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (SIGNATURE),
    .or_exhibit = CFOIL_EVIDENCE_DELIVERY, .reasons = REASON (CREDIT_NOT_PROCESSED), .products = GOODS, .arguments = NOT_SETTLED,
    .why = N_ ("Shows that the buyer has the goods, if they never came back."),
  },
  {
    .id = "exhibit-product-description", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (PRODUCT_DESCRIPTION),
    .reasons = REASON (NO_LONGER_WANTED),
    .why = N_ ("What was sold, as the buyer saw it."),
  },
  {
    .id = "contact-date", .weight = CFOIL_WEIGHT_DECISIVE, FACT (CONTACT_DATE),
    .reasons = RETURNS, .arguments = CFOIL_ARGUES_TOO_LATE,
    .why = N_ ("The day on which the buyer first asked."),
  },
  {
    .id = "agreed-total", .weight = CFOIL_WEIGHT_DECISIVE, FACT (AGREED_TOTAL),
    .reasons = REASON (OVERCHARGED), .arguments = CFOIL_ARGUES_PRICE,
    .why = N_ ("The total on the page on which the buyer pressed Pay, shipping and taxes included."),
  },
  {
    .id = "exhibit-product-description", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (PRODUCT_DESCRIPTION),
    .reasons = REASON (OVERCHARGED),
    .why = N_ ("Shows the price that was advertised."),
  },
  {
    .id = "exhibit-terms", .weight = CFOIL_WEIGHT_OPTIONAL, EXHIBIT (TERMS),
    .reasons = REASON (OVERCHARGED),
    .why = N_ ("If they say how the price is made up."),
  },
  {
    .id = "exhibit-other-payment", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (OTHER_PAYMENT),
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT,
    .why = N_ ("The receipt of the other payment, beside that of this one."),
  },
  {
    .id = "other-order", .weight = CFOIL_WEIGHT_DECISIVE, FACT (OTHER_ORDER),
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT,
    .why = N_ ("Two order numbers, two orders. The ID of the dispute is not one."),
  },
  {
    .id = "other-charge-id", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (OTHER_CHARGE_ID),
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT,
    .why = N_ ("Lets the bank find the other payment."),
  },
  {
    .id = "difference", .weight = CFOIL_WEIGHT_DECISIVE, FACT (DIFFERENCE),
    .reasons = TWO_PAYMENTS, .arguments = CFOIL_ARGUES_DISTINCT,
    .why = N_ ("Other items, another day, another delivery. If it was the same after all, refund it, and say so instead."),
  },
  {
    .id = "exhibit-cancellation-policy", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (CANCELLATION_POLICY),
    .or_exhibit = CFOIL_EVIDENCE_TERMS, .reasons = REASON (SUBSCRIPTION_CANCELLED), .arguments = NOT_SETTLED,
    .why = N_ ("The policy that held on the day of the payment, and where the buyer finds how to cancel. A policy that changed since does not count."),
  },
  {
    .id = "signup-date", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (SIGNUP_DATE),
    .reasons = REASON (SUBSCRIPTION_CANCELLED),
    .why = N_ ("When the buyer agreed to payments that come again."),
  },
  {
    .id = "exhibit-terms", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (TERMS),
    .reasons = REASON (SUBSCRIPTION_CANCELLED),
    .why = N_ ("What the buyer agreed to at sign-up."),
  },
  {
    .id = "renewal-notice", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (RENEWAL_NOTICE),
    .reasons = REASON (SUBSCRIPTION_CANCELLED),
    .why = N_ ("A notice before the renewal gave the buyer time to cancel."),
  },
  {
    .id = "cancelled-date", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (CANCELLED_DATE),
    .reasons = REASON (SUBSCRIPTION_CANCELLED), .arguments = CFOIL_ARGUES_NOT_CANCELLED,
    .why = N_ ("From your cancellation log, if it was cancelled at all. Only a cancellation after the payment helps."),
  },
  {
    .id = "used-after", .weight = CFOIL_WEIGHT_DECISIVE, FACT (USED_AFTER),
    .reasons = REASON (SUBSCRIPTION_CANCELLED), .arguments = CFOIL_ARGUES_USED,
    .why = N_ ("Use after the alleged cancellation."),
  },
  {
    .id = "used-after", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (USED_AFTER),
    .reasons = REASON (SUBSCRIPTION_CANCELLED),
    .why = N_ ("Use after the renewal."),
  },
  {
    .id = "exhibit-access-log", .weight = CFOIL_WEIGHT_DECISIVE, EXHIBIT (ACCESS_LOG),
    .reasons = REASON (SUBSCRIPTION_CANCELLED), .products = DIGITAL, .arguments = CFOIL_ARGUES_USED,
    .why = N_ ("The log-ins after that day."),
  },
  {
    .id = "exhibit-access-log", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (ACCESS_LOG),
    .reasons = REASON (SUBSCRIPTION_CANCELLED), .products = DIGITAL,
    .why = N_ ("The log-ins after the renewal."),
  },
  {
    .id = "exhibit-product-description", .weight = CFOIL_WEIGHT_RECOMMENDED, EXHIBIT (PRODUCT_DESCRIPTION),
    .reasons = ANY_OTHER,
    .why = N_ ("What was sold, as the buyer saw it."),
  },
  {
    .id = "withdrawn", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (WITHDRAWN),
    .reasons = REASON (UNRECOGNIZED),
    .why = N_ ("Buyers who remember often withdraw: get it in writing, and answer all the same."),
  },
  {
    .id = "items", .weight = CFOIL_WEIGHT_RECOMMENDED, FACT (ITEMS),
    .why = N_ ("Names and quantities, as on the order."),
  },
  {
    .id = "contact-summary", .weight = CFOIL_WEIGHT_OPTIONAL, FACT (CONTACT_SUMMARY),
    .why = N_ ("What buyer and shop told each other, without judging it."),
  },
};

const CfoilChecklistEntry *
cfoil_checklist_get_entries (guint *n_entries)
{
  *n_entries = G_N_ELEMENTS (entries);
  return entries;
}
