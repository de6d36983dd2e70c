/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft.h"

G_BEGIN_DECLS

/* What an answer should hold, by reason and product type.
 * Source: product/peers 5.4; Amazon Pay, Handling chargebacks and Chargeback FAQ. */

typedef enum
{
  CFOIL_WEIGHT_DECISIVE,    /* what cases are won with */
  CFOIL_WEIGHT_RECOMMENDED,
  CFOIL_WEIGHT_OPTIONAL,
} CfoilWeight;

typedef struct
{
  const char *id;           /* stable */
  CfoilWeight weight;
  gboolean is_fact;         /* else an exhibit */
  CfoilFactKey fact;
  CfoilEvidenceType exhibit;
  const char *title;        /* translated */
  const char *why;          /* translated: what it proves, and what does not count */
  gboolean is_satisfied;    /* by the draft */
} CfoilChecklistItem;

/* Decisive ones first.  (element-type CfoilChecklistItem) (transfer full); never empty,
 * whatever REASON and PRODUCT.  What DRAFT (nullable: an empty one) argues changes it. */
GPtrArray *cfoil_checklist_make (CfoilReason       reason,
                                 CfoilProduct      product,
                                 const CfoilDraft *draft);
/* Optional ones do not count. */
void cfoil_checklist_count (GPtrArray *items,
                            guint     *n_done,
                            guint     *n_wanted);

/* What can be argued against REASON, the usual first; the user chooses one.  Nothing
 * chosen is the usual, and "refunded" where a credit is missed and there is a refund.
 * Static, in the language of the first call. */
typedef struct
{
  const char *id;
  const char *title;        /* translated */
} CfoilArgument;
const CfoilArgument *cfoil_arguments_for (CfoilReason reason,
                                          guint      *n_arguments);

/* The facts that matter for this reason and product: those that a sentence of the letter
 * could assert, each once, in the order of the form, in groups under translated titles. */
typedef struct
{
  const char *title;
  const CfoilFactKey *keys;
  guint n_keys;
} CfoilFactGroup;
/* (element-type CfoilFactGroup), freed with the array, with their keys */
GPtrArray *cfoil_fact_groups_for (CfoilReason  reason,
                                  CfoilProduct product);

G_END_DECLS
