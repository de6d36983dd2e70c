/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-checklist-private.h"
#include "cfoil-letter-private.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
mask_has (guint mask,
          guint bits)
{
  return mask == 0 || (mask & bits) != 0;
}

static gboolean
has_exhibit (const CfoilDraft  *draft,
             CfoilEvidenceType  type)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);

      if (exhibit->type == type && exhibit->files->len > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_satisfied (const CfoilChecklistEntry *entry,
              const CfoilDraft          *draft)
{
  if (draft == NULL)
    return FALSE;
  if (entry->is_fact)
    return cfoil_draft_get_fact (draft, entry->fact) != NULL;
  return has_exhibit (draft, entry->exhibit) || (entry->or_exhibit != CFOIL_EVIDENCE_OTHER && has_exhibit (draft, entry->or_exhibit));
}

static CfoilChecklistItem *
item_new (const CfoilChecklistEntry *entry,
          const CfoilDraft          *draft)
{
  CfoilChecklistItem *item = g_new0 (CfoilChecklistItem, 1);

  item->id = entry->id;
  item->weight = entry->weight;
  item->is_fact = entry->is_fact;
  item->fact = entry->fact;
  item->exhibit = entry->exhibit;
  item->title = entry->is_fact ? _(cfoil_fact_get_info (entry->fact)->title) : _(cfoil_evidence_type_get_title (entry->exhibit));
  item->why = _(entry->why);
  item->is_satisfied = is_satisfied (entry, draft);
  return item;
}

static gboolean
has_item (GPtrArray  *items,
          const char *id)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((CfoilChecklistItem *) g_ptr_array_index (items, i))->id, id))
      return TRUE;
  return FALSE;
}

GPtrArray *
cfoil_checklist_make (CfoilReason       reason,
                      CfoilProduct      product,
                      const CfoilDraft *draft)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);
  guint n_entries, argument = cfoil_argument_of (draft, reason);
  const CfoilChecklistEntry *entries = cfoil_checklist_get_entries (&n_entries);

  for (CfoilWeight weight = CFOIL_WEIGHT_DECISIVE; weight <= CFOIL_WEIGHT_OPTIONAL; weight++)
    for (guint i = 0; i < n_entries; i++)
      if (entries[i].weight == weight && mask_has (entries[i].reasons, CFOIL_BIT (reason)) &&
          mask_has (entries[i].products, CFOIL_BIT (product)) && mask_has (entries[i].arguments, argument) &&
          !has_item (items, entries[i].id))
        g_ptr_array_add (items, item_new (&entries[i], draft));
  return items;
}

void
cfoil_checklist_count (GPtrArray *items,
                       guint     *n_done,
                       guint     *n_wanted)
{
  g_return_if_fail (items != NULL && n_done != NULL && n_wanted != NULL);

  *n_done = *n_wanted = 0;
  for (guint i = 0; i < items->len; i++)
    {
      const CfoilChecklistItem *item = g_ptr_array_index (items, i);

      if (item->weight == CFOIL_WEIGHT_OPTIONAL)
        continue;
      (*n_wanted)++;
      *n_done += item->is_satisfied;
    }
}

/* --- the form --- */

/* Each fact stands in one group; those that no sentence asserts for a reason and product
 * are not asked for. */
#define MAX_KEYS 9
static const struct
{
  const char *title;
  guint n_keys;
  CfoilFactKey keys[MAX_KEYS];
} groups[] = {
  { N_ ("What Was Bought"), 4,
    { CFOIL_FACT_ITEMS, CFOIL_FACT_ORDER_REFERENCE, CFOIL_FACT_ORDER_DATE, CFOIL_FACT_AGREED_TOTAL } },
  { N_ ("Delivery"), 8,
    { CFOIL_FACT_CARRIER, CFOIL_FACT_TRACKING_NUMBER, CFOIL_FACT_SHIPPED_DATE, CFOIL_FACT_PROMISED_DATE,
      CFOIL_FACT_DELIVERED_DATE, CFOIL_FACT_DELIVERED_TO, CFOIL_FACT_SIGNED_BY, CFOIL_FACT_SHIPPING_ADDRESS } },
  { N_ ("Use and Device"), 6,
    { CFOIL_FACT_DOWNLOAD_TIME, CFOIL_FACT_ACCESS_TIME, CFOIL_FACT_ACCOUNT_NAME, CFOIL_FACT_IP_ADDRESS,
      CFOIL_FACT_DEVICE_NAME, CFOIL_FACT_DEVICE_ID } },
  { N_ ("Service"), 2, { CFOIL_FACT_SERVICE_DATE, CFOIL_FACT_ATTENDANCE } },
  { N_ ("Subscription"), 4,
    { CFOIL_FACT_SIGNUP_DATE, CFOIL_FACT_RENEWAL_NOTICE, CFOIL_FACT_CANCELLED_DATE, CFOIL_FACT_USED_AFTER } },
  { N_ ("The Other Payment"), 5,
    { CFOIL_FACT_OTHER_ORDER, CFOIL_FACT_OTHER_CHARGE_ID, CFOIL_FACT_OTHER_AMOUNT, CFOIL_FACT_OTHER_DATE,
      CFOIL_FACT_DIFFERENCE } },
  { N_ ("Return and Refund"), 6,
    { CFOIL_FACT_RETURN_OFFERED, CFOIL_FACT_RETURN_STATUS, CFOIL_FACT_REFUND_REFUSED, CFOIL_FACT_REFUND_ID,
      CFOIL_FACT_REFUND_TIME, CFOIL_FACT_REFUND_AMOUNT } },
  { N_ ("Policy"), 3, { CFOIL_FACT_POLICY_TEXT, CFOIL_FACT_POLICY_DATE, CFOIL_FACT_POLICY_SHOWN } },
  { N_ ("Contact with the Buyer"), 3, { CFOIL_FACT_CONTACT_DATE, CFOIL_FACT_CONTACT_SUMMARY, CFOIL_FACT_WITHDRAWN } },
  { N_ ("Buyer"), 7,
    { CFOIL_FACT_BUYER_NAME, CFOIL_FACT_BUYER_EMAIL, CFOIL_FACT_BUYER_COUNTRY, CFOIL_FACT_BILLING_ADDRESS,
      CFOIL_FACT_DESCRIPTOR, CFOIL_FACT_PRIOR_COUNT, CFOIL_FACT_PRIOR_LIST } },
  { N_ ("Payment and Dispute"), 6,
    { CFOIL_FACT_CHARGE_ID, CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_PAYMENT_AMOUNT, CFOIL_FACT_DISPUTE_ID,
      CFOIL_FACT_DISPUTE_OPENED, CFOIL_FACT_DISPUTE_AMOUNT } },
  { N_ ("Your Shop"), 4,
    { CFOIL_FACT_MERCHANT, CFOIL_FACT_MERCHANT_ADDRESS, CFOIL_FACT_MERCHANT_CONTACT, CFOIL_FACT_SHOP_DESCRIPTION } },
};

/* The public part points into the other. */
typedef struct
{
  CfoilFactGroup group;
  CfoilFactKey keys[MAX_KEYS];
} Group;

static void
mark_asserted (const char         *id,
               const CfoilFactKey *facts,
               guint               n_facts,
               gpointer            user_data)
{
  gboolean *is_asserted = user_data;

  for (guint i = 0; i < n_facts; i++)
    is_asserted[facts[i]] = TRUE;
}

GPtrArray *
cfoil_fact_groups_for (CfoilReason  reason,
                       CfoilProduct product)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (g_free);
  gboolean is_asserted[CFOIL_N_FACTS] = { FALSE };

  cfoil_letter_foreach_sentence (reason, product, mark_asserted, is_asserted);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autofree Group *group = g_new0 (Group, 1);

      group->group.title = _(groups[i].title);
      group->group.keys = group->keys;
      for (guint j = 0; j < groups[i].n_keys; j++)
        if (is_asserted[groups[i].keys[j]])
          group->keys[group->group.n_keys++] = groups[i].keys[j];
      if (group->group.n_keys > 0)
        g_ptr_array_add (result, g_steal_pointer (&group));
    }
  return result;
}
