/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-checklist.h"
#include "cfoil-letter-private.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *id; /* kept in drafts: for ever */
  guint bit;
  const char *title;
} Word;

static const Word words[] = {
  { "rightful", CFOIL_ARGUES_RIGHTFUL, N_ ("The Buyer Made the Payment") },
  { "received", CFOIL_ARGUES_RECEIVED, N_ ("The Buyer Received It") },
  { "not-yet-due", CFOIL_ARGUES_NOT_YET_DUE, N_ ("It Was Promised for a Later Day") },
  { "as-described", CFOIL_ARGUES_AS_DESCRIBED, N_ ("It Was as Described") },
  { "not-returned", CFOIL_ARGUES_NOT_RETURNED, N_ ("A Return Was Possible, and It Was Not Returned") },
  { "not-refundable", CFOIL_ARGUES_NOT_REFUNDABLE, N_ ("No Refund Is Owed") },
  { "too-late", CFOIL_ARGUES_TOO_LATE, N_ ("The Buyer Asked Too Late") },
  { "refunded", CFOIL_ARGUES_REFUNDED, N_ ("It Was Refunded Already") },
  { "distinct", CFOIL_ARGUES_DISTINCT, N_ ("These Are Two Different Payments") },
  { "price", CFOIL_ARGUES_PRICE, N_ ("The Buyer Agreed to This Price") },
  { "not-cancelled", CFOIL_ARGUES_NOT_CANCELLED, N_ ("It Was Not Cancelled Before the Payment") },
  { "used", CFOIL_ARGUES_USED, N_ ("It Was Used After the Cancellation") },
  { "withdrawn", CFOIL_ARGUES_WITHDRAWN, N_ ("The Buyer Withdrew the Dispute") },
  { "other", CFOIL_ARGUES_OTHER, N_ ("Something Else") },
};

#define MAX_ARGUMENTS 7

/* The usual one first.  Which argument answers which reason: product/peers 5.6. */
static const guint allowed[CFOIL_N_REASONS][MAX_ARGUMENTS] = {
  [CFOIL_REASON_UNKNOWN] = { CFOIL_ARGUES_OTHER, CFOIL_ARGUES_RECEIVED, CFOIL_ARGUES_RIGHTFUL, CFOIL_ARGUES_AS_DESCRIBED,
                             CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_WITHDRAWN },
  [CFOIL_REASON_FRAUD] = { CFOIL_ARGUES_RIGHTFUL, CFOIL_ARGUES_RECEIVED, CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_WITHDRAWN,
                           CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_UNRECOGNIZED] = { CFOIL_ARGUES_RIGHTFUL, CFOIL_ARGUES_RECEIVED, CFOIL_ARGUES_REFUNDED,
                                  CFOIL_ARGUES_WITHDRAWN, CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_NOT_RECEIVED] = { CFOIL_ARGUES_RECEIVED, CFOIL_ARGUES_NOT_YET_DUE, CFOIL_ARGUES_REFUNDED,
                                  CFOIL_ARGUES_WITHDRAWN, CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_NOT_AS_DESCRIBED] = { CFOIL_ARGUES_AS_DESCRIBED, CFOIL_ARGUES_NOT_RETURNED, CFOIL_ARGUES_TOO_LATE,
                                      CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_WITHDRAWN, CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_NO_LONGER_WANTED] = { CFOIL_ARGUES_NOT_REFUNDABLE, CFOIL_ARGUES_TOO_LATE, CFOIL_ARGUES_NOT_RETURNED,
                                      CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_WITHDRAWN, CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_CREDIT_NOT_PROCESSED] = { CFOIL_ARGUES_NOT_REFUNDABLE, CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_NOT_RETURNED,
                                          CFOIL_ARGUES_TOO_LATE, CFOIL_ARGUES_WITHDRAWN, CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_OVERCHARGED] = { CFOIL_ARGUES_PRICE, CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_WITHDRAWN, CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_DUPLICATE] = { CFOIL_ARGUES_DISTINCT, CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_WITHDRAWN, CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_PAID_OTHERWISE] = { CFOIL_ARGUES_DISTINCT, CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_WITHDRAWN,
                                    CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_SUBSCRIPTION_CANCELLED] = { CFOIL_ARGUES_NOT_CANCELLED, CFOIL_ARGUES_USED, CFOIL_ARGUES_NOT_REFUNDABLE,
                                            CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_WITHDRAWN, CFOIL_ARGUES_OTHER },
  [CFOIL_REASON_GENERAL] = { CFOIL_ARGUES_OTHER, CFOIL_ARGUES_RECEIVED, CFOIL_ARGUES_RIGHTFUL, CFOIL_ARGUES_AS_DESCRIBED,
                             CFOIL_ARGUES_REFUNDED, CFOIL_ARGUES_WITHDRAWN },
};

static CfoilReason
known_reason (CfoilReason reason)
{
  return reason < CFOIL_N_REASONS ? reason : CFOIL_REASON_UNKNOWN;
}

static const Word *
word_of (guint bit)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].bit == bit)
      return &words[i];
  g_assert_not_reached ();
}

guint
cfoil_argument_of (const CfoilDraft *draft,
                   CfoilReason       reason)
{
  const guint *bits = allowed[known_reason (reason)];

  for (guint i = 0; draft != NULL && draft->argument != NULL && i < MAX_ARGUMENTS && bits[i] != 0; i++)
    if (g_str_equal (word_of (bits[i])->id, draft->argument))
      return bits[i];
  if (reason == CFOIL_REASON_CREDIT_NOT_PROCESSED && draft != NULL && cfoil_draft_get_fact (draft, CFOIL_FACT_REFUND_ID) != NULL)
    return CFOIL_ARGUES_REFUNDED;
  return bits[0];
}

/* Titles are translated when they are asked for: the language is set by then, and stays. */
const CfoilArgument *
cfoil_arguments_for (CfoilReason reason,
                     guint      *n_arguments)
{
  static CfoilArgument arguments[CFOIL_N_REASONS][MAX_ARGUMENTS];
  static gsize is_made;

  g_return_val_if_fail (n_arguments != NULL, NULL);

  if (g_once_init_enter (&is_made))
    {
      for (guint i = 0; i < CFOIL_N_REASONS; i++)
        for (guint j = 0; j < MAX_ARGUMENTS && allowed[i][j] != 0; j++)
          arguments[i][j] = (CfoilArgument) { word_of (allowed[i][j])->id, _(word_of (allowed[i][j])->title) };
      g_once_init_leave (&is_made, 1);
    }
  *n_arguments = 0;
  while (*n_arguments < MAX_ARGUMENTS && allowed[known_reason (reason)][*n_arguments] != 0)
    (*n_arguments)++;
  return arguments[known_reason (reason)];
}
