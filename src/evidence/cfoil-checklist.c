/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-checklist.h"

#include <glib/gi18n.h>

GPtrArray *
cfoil_checklist_make (CfoilReason       reason,
                      CfoilProduct      product,
                      const CfoilDraft *draft)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);
  CfoilChecklistItem *item = g_new0 (CfoilChecklistItem, 1);

  (void) reason;
  (void) product;
  (void) draft;
  item->id = "receipt";
  item->exhibit = CFOIL_EVIDENCE_RECEIPT;
  item->title = cfoil_evidence_type_get_title (item->exhibit);
  item->why = "";
  g_ptr_array_add (items, item);
  return items;
}

void
cfoil_checklist_count (GPtrArray *items,
                       guint     *n_done,
                       guint     *n_wanted)
{
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

GPtrArray *
cfoil_fact_groups_for (CfoilReason  reason,
                       CfoilProduct product)
{
  (void) reason;
  (void) product;
  return g_ptr_array_new_with_free_func (g_free);
}
