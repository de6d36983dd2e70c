/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-fact.h"

#include <glib/gi18n.h>

#define MIRROR TRUE
#define PEOPLE FALSE

/* By key.  Names stand in drafts, and in library items that fill a fact: for ever. */
static const CfoilFactInfo facts[CFOIL_N_FACTS] = {
  [CFOIL_FACT_MERCHANT] = {
    "merchant", N_ ("Name of the Shop"),
    N_ ("As buyers know it"),
    CFOIL_FACT_KIND_LINE, MIRROR, 0,
  },
  [CFOIL_FACT_MERCHANT_ADDRESS] = {
    "merchant_address", N_ ("Address of the Shop"),
    NULL,
    CFOIL_FACT_KIND_TEXT, MIRROR, 0,
  },
  [CFOIL_FACT_MERCHANT_CONTACT] = {
    "merchant_contact", N_ ("Contact of the Shop"),
    N_ ("E-mail address or telephone number for questions about this answer"),
    CFOIL_FACT_KIND_LINE, MIRROR, 0,
  },
  [CFOIL_FACT_SHOP_DESCRIPTION] = {
    "shop_description", N_ ("About the Shop"),
    N_ ("What you sell, in one sentence"),
    CFOIL_FACT_KIND_TEXT, MIRROR, 0,
  },
  [CFOIL_FACT_ORDER_REFERENCE] = {
    "order_reference", N_ ("Order Number"),
    N_ ("Your own number of the order"),
    CFOIL_FACT_KIND_ID, MIRROR, 0,
  },
  [CFOIL_FACT_CHARGE_ID] = {
    "charge_id", N_ ("Payment ID"),
    NULL,
    CFOIL_FACT_KIND_ID, MIRROR, 0,
  },
  [CFOIL_FACT_DISPUTE_ID] = {
    "dispute_id", N_ ("Dispute ID"),
    NULL,
    CFOIL_FACT_KIND_ID, MIRROR, 0,
  },
  [CFOIL_FACT_PAYMENT_TIME] = {
    "payment_time", N_ ("Paid On"),
    N_ ("When the payment was made, not when it was disputed; in UTC"),
    CFOIL_FACT_KIND_TIME, MIRROR, 0,
  },
  [CFOIL_FACT_PAYMENT_AMOUNT] = {
    "payment_amount", N_ ("Amount Paid"),
    N_ ("Currency and amount, for example USD 25.54"),
    CFOIL_FACT_KIND_MONEY, MIRROR, 0,
  },
  [CFOIL_FACT_DISPUTE_AMOUNT] = {
    "dispute_amount", N_ ("Amount Disputed"),
    N_ ("Currency and amount, for example USD 25.54"),
    CFOIL_FACT_KIND_MONEY, MIRROR, 0,
  },
  [CFOIL_FACT_DISPUTE_OPENED] = {
    "dispute_opened", N_ ("Dispute Opened On"),
    N_ ("In UTC"),
    CFOIL_FACT_KIND_TIME, MIRROR, 0,
  },
  [CFOIL_FACT_BUYER_NAME] = {
    "buyer_name", N_ ("Name of the Buyer"),
    NULL,
    CFOIL_FACT_KIND_LINE, MIRROR, 0,
  },
  [CFOIL_FACT_BUYER_EMAIL] = {
    "buyer_email", N_ ("E-Mail Address of the Buyer"),
    NULL,
    CFOIL_FACT_KIND_LINE, MIRROR, 0,
  },
  [CFOIL_FACT_BUYER_COUNTRY] = {
    "buyer_country", N_ ("Country of the Buyer"),
    NULL,
    CFOIL_FACT_KIND_LINE, MIRROR, 0,
  },
  [CFOIL_FACT_DESCRIPTOR] = {
    "descriptor", N_ ("Name on the Statement"),
    N_ ("What stood on the buyer’s bank or card statement"),
    CFOIL_FACT_KIND_LINE, MIRROR, 0,
  },
  [CFOIL_FACT_REFUND_ID] = {
    "refund_id", N_ ("Refund ID"),
    NULL,
    CFOIL_FACT_KIND_ID, MIRROR, 0,
  },
  [CFOIL_FACT_REFUND_TIME] = {
    "refund_time", N_ ("Refunded On"),
    N_ ("In UTC"),
    CFOIL_FACT_KIND_TIME, MIRROR, 0,
  },
  [CFOIL_FACT_REFUND_AMOUNT] = {
    "refund_amount", N_ ("Amount Refunded"),
    N_ ("Currency and amount, for example USD 25.54"),
    CFOIL_FACT_KIND_MONEY, MIRROR, 0,
  },
  [CFOIL_FACT_PRIOR_COUNT] = {
    "prior_count", N_ ("Earlier Payments"),
    N_ ("How many earlier payments of the same buyer nobody disputed"),
    CFOIL_FACT_KIND_COUNT, MIRROR, 0,
  },
  [CFOIL_FACT_PRIOR_LIST] = {
    "prior_list", N_ ("List of Earlier Payments"),
    N_ ("Date, amount and ID of each, one on each line"),
    CFOIL_FACT_KIND_TEXT, MIRROR, 0,
  },
  [CFOIL_FACT_ITEMS] = {
    "items", N_ ("What Was Bought"),
    N_ ("Each item with its quantity, as on the order"),
    CFOIL_FACT_KIND_TEXT, MIRROR, 0,
  },
  [CFOIL_FACT_ORDER_DATE] = {
    "order_date", N_ ("Ordered On"),
    NULL,
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_SHIPPING_ADDRESS] = {
    "shipping_address", N_ ("Shipping Address"),
    N_ ("Where the parcel was sent"),
    CFOIL_FACT_KIND_TEXT, PEOPLE, 0,
  },
  [CFOIL_FACT_BILLING_ADDRESS] = {
    "billing_address", N_ ("Billing Address"),
    NULL,
    CFOIL_FACT_KIND_TEXT, PEOPLE, 0,
  },
  [CFOIL_FACT_CARRIER] = {
    "carrier", N_ ("Carrier"),
    N_ ("Who took the parcel, for example UPS"),
    CFOIL_FACT_KIND_LINE, PEOPLE, CFOIL_EVIDENCE_CARRIER_NAME,
  },
  [CFOIL_FACT_TRACKING_NUMBER] = {
    "tracking_number", N_ ("Tracking Number"),
    NULL,
    CFOIL_FACT_KIND_ID, PEOPLE, CFOIL_EVIDENCE_TRACKING_NUMBER,
  },
  [CFOIL_FACT_SHIPPED_DATE] = {
    "shipped_date", N_ ("Shipped On"),
    N_ ("The day on which the carrier took the parcel, not the day of the label"),
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_PROMISED_DATE] = {
    "promised_date", N_ ("Delivery Promised By"),
    N_ ("The latest day that the buyer was told"),
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_DELIVERED_DATE] = {
    "delivered_date", N_ ("Delivered On"),
    N_ ("The day that the carrier reports, not the day of shipping"),
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_DELIVERED_TO] = {
    "delivered_to", N_ ("Delivered To"),
    N_ ("Place or person, as the carrier reports it"),
    CFOIL_FACT_KIND_LINE, PEOPLE, 0,
  },
  [CFOIL_FACT_SIGNED_BY] = {
    "signed_by", N_ ("Signed For By"),
    NULL,
    CFOIL_FACT_KIND_LINE, PEOPLE, 0,
  },
  [CFOIL_FACT_DOWNLOAD_TIME] = {
    "download_time", N_ ("Downloaded On"),
    N_ ("Day and time of day in UTC, as in your log"),
    CFOIL_FACT_KIND_TIME, PEOPLE, CFOIL_EVIDENCE_DOWNLOAD_TIME,
  },
  [CFOIL_FACT_ACCESS_TIME] = {
    "access_time", N_ ("Used On"),
    N_ ("Day and time of day of a login or use in UTC, as in your log"),
    CFOIL_FACT_KIND_TIME, PEOPLE, 0,
  },
  [CFOIL_FACT_IP_ADDRESS] = {
    "ip_address", N_ ("IP Address"),
    N_ ("From which the order was placed or used"),
    CFOIL_FACT_KIND_LINE, PEOPLE, 0,
  },
  [CFOIL_FACT_DEVICE_ID] = {
    "device_id", N_ ("Device ID"),
    NULL,
    CFOIL_FACT_KIND_ID, PEOPLE, CFOIL_EVIDENCE_DEVICE_ID,
  },
  [CFOIL_FACT_DEVICE_NAME] = {
    "device_name", N_ ("Device Name"),
    NULL,
    CFOIL_FACT_KIND_LINE, PEOPLE, CFOIL_EVIDENCE_DEVICE_NAME,
  },
  [CFOIL_FACT_ACCOUNT_NAME] = {
    "account_name", N_ ("Customer Account"),
    N_ ("Name or number of the buyer’s account in your shop"),
    CFOIL_FACT_KIND_LINE, PEOPLE, 0,
  },
  [CFOIL_FACT_SERVICE_DATE] = {
    "service_date", N_ ("Day of the Service"),
    N_ ("Or of the stay or the event"),
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_ATTENDANCE] = {
    "attendance", N_ ("Attendance"),
    N_ ("Who came, checked in, or signed for the work, and when"),
    CFOIL_FACT_KIND_TEXT, PEOPLE, 0,
  },
  [CFOIL_FACT_POLICY_TEXT] = {
    "policy_text", N_ ("Clause of the Policy"),
    N_ ("Only the clause that applies, word for word"),
    CFOIL_FACT_KIND_TEXT, MIRROR, 0,
  },
  [CFOIL_FACT_POLICY_DATE] = {
    "policy_date", N_ ("Policy Held Since"),
    N_ ("The clause is quoted only if it held on the day of the payment"),
    CFOIL_FACT_KIND_DATE, MIRROR, 0,
  },
  [CFOIL_FACT_POLICY_SHOWN] = {
    "policy_shown", N_ ("How the Policy Was Shown"),
    N_ ("How the buyer saw it before paying, for example a box ticked at the checkout"),
    CFOIL_FACT_KIND_LINE, PEOPLE, 0,
  },
  [CFOIL_FACT_CONTACT_DATE] = {
    "contact_date", N_ ("Contact On"),
    NULL,
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_CONTACT_SUMMARY] = {
    "contact_summary", N_ ("What Was Said"),
    N_ ("What buyer and shop told each other, without judging it"),
    CFOIL_FACT_KIND_TEXT, PEOPLE, 0,
  },
  [CFOIL_FACT_RETURN_OFFERED] = {
    "return_offered", N_ ("Return or Replacement Offered On"),
    NULL,
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_RETURN_STATUS] = {
    "return_status", N_ ("Return"),
    N_ ("For example: not returned; or when it came back, and in what condition"),
    CFOIL_FACT_KIND_LINE, PEOPLE, 0,
  },
  [CFOIL_FACT_REFUND_REFUSED] = {
    "refund_refused", N_ ("Why No Refund Is Owed"),
    N_ ("One or two plain sentences"),
    CFOIL_FACT_KIND_TEXT, PEOPLE, 0,
  },
  [CFOIL_FACT_OTHER_ORDER] = {
    "other_order", N_ ("Number of the Other Order"),
    N_ ("Of the order that this payment is said to be the same as"),
    CFOIL_FACT_KIND_ID, PEOPLE, 0,
  },
  [CFOIL_FACT_OTHER_CHARGE_ID] = {
    "other_charge_id", N_ ("ID of the Other Payment"),
    NULL,
    CFOIL_FACT_KIND_ID, PEOPLE, 0,
  },
  [CFOIL_FACT_OTHER_AMOUNT] = {
    "other_amount", N_ ("Amount of the Other Payment"),
    N_ ("Currency and amount, for example USD 25.54"),
    CFOIL_FACT_KIND_MONEY, PEOPLE, 0,
  },
  [CFOIL_FACT_OTHER_DATE] = {
    "other_date", N_ ("Day of the Other Payment"),
    NULL,
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_DIFFERENCE] = {
    "difference", N_ ("What Makes Them Different"),
    N_ ("Other items, another day, another delivery"),
    CFOIL_FACT_KIND_TEXT, PEOPLE, 0,
  },
  [CFOIL_FACT_AGREED_TOTAL] = {
    "agreed_total", N_ ("Total That the Buyer Agreed To"),
    N_ ("Currency and amount, for example USD 25.54"),
    CFOIL_FACT_KIND_MONEY, PEOPLE, 0,
  },
  [CFOIL_FACT_SIGNUP_DATE] = {
    "signup_date", N_ ("Subscribed On"),
    NULL,
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_RENEWAL_NOTICE] = {
    "renewal_notice", N_ ("Renewal Announced On"),
    N_ ("The day on which the notice was sent"),
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_CANCELLED_DATE] = {
    "cancelled_date", N_ ("Cancelled On"),
    N_ ("The day of the cancellation in your records"),
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_USED_AFTER] = {
    "used_after", N_ ("Last Used On"),
    NULL,
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
  [CFOIL_FACT_WITHDRAWN] = {
    "withdrawn", N_ ("Dispute Withdrawn On"),
    N_ ("The day on which the buyer said so in writing"),
    CFOIL_FACT_KIND_DATE, PEOPLE, 0,
  },
};

const CfoilFactInfo *
cfoil_fact_get_info (CfoilFactKey key)
{
  g_return_val_if_fail (key < CFOIL_N_FACTS, NULL);

  return &facts[key];
}

/* The letter looks up a hundred names with each keystroke. */
static GHashTable *
get_names (void)
{
  static GHashTable *names; /* name to key + 1 */
  static gsize is_made;

  if (g_once_init_enter (&is_made))
    {
      names = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < CFOIL_N_FACTS; i++)
        g_hash_table_insert (names, (char *) facts[i].name, GUINT_TO_POINTER (i + 1));
      g_once_init_leave (&is_made, 1);
    }
  return names;
}

gboolean
cfoil_fact_key_from_name (const char   *name,
                          CfoilFactKey *key)
{
  guint found;

  g_return_val_if_fail (key != NULL, FALSE);

  found = name != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (get_names (), name)) : 0;
  if (found == 0)
    return FALSE;
  *key = (CfoilFactKey) (found - 1);
  return TRUE;
}
