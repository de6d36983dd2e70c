/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-entry.h"

#include "cfoil-money.h"

/* What stands against the balance at the provider, and what its fee is. */
static const struct
{
  CfoilPurpose counter;
  CfoilPurpose fee;
  const char *title;
} kinds[CFOIL_N_TYPES] = {
  [CFOIL_TYPE_OTHER] = { CFOIL_PURPOSE_SUSPENSE, CFOIL_PURPOSE_FEES, "Other" },
  [CFOIL_TYPE_CHARGE] = { CFOIL_PURPOSE_SALES, CFOIL_PURPOSE_FEES, "Sale" },
  [CFOIL_TYPE_REFUND] = { CFOIL_PURPOSE_REFUNDS, CFOIL_PURPOSE_FEES, "Refund" },
  [CFOIL_TYPE_CHARGEBACK] = { CFOIL_PURPOSE_CHARGEBACKS, CFOIL_PURPOSE_DISPUTE_FEES, "Chargeback" },
  [CFOIL_TYPE_CLAIM] = { CFOIL_PURPOSE_CLAIMS, CFOIL_PURPOSE_DISPUTE_FEES, "Claim" },
  [CFOIL_TYPE_DISPUTE_FEE] = { CFOIL_PURPOSE_DISPUTE_FEES, CFOIL_PURPOSE_DISPUTE_FEES, "Dispute fee" },
  [CFOIL_TYPE_TRANSFER] = { CFOIL_PURPOSE_BANK, CFOIL_PURPOSE_FEES, "Payout" },
  [CFOIL_TYPE_RESERVE] = { CFOIL_PURPOSE_RESERVE, CFOIL_PURPOSE_FEES, "Reserve" },
  [CFOIL_TYPE_CARRYOVER] = { CFOIL_PURPOSE_CARRYOVER, CFOIL_PURPOSE_FEES, "Carry-over" },
  [CFOIL_TYPE_ADJUSTMENT] = { CFOIL_PURPOSE_ADJUSTMENTS, CFOIL_PURPOSE_FEES, "Adjustment" },
  [CFOIL_TYPE_AUTHORIZATION_FEE] = { CFOIL_PURPOSE_AUTHORIZATION_FEES, CFOIL_PURPOSE_AUTHORIZATION_FEES, "Authorization fee" },
};

static guint
kind_of (const CfoilBooksEntry *self)
{
  return (guint) self->type < CFOIL_N_TYPES ? (guint) self->type : CFOIL_TYPE_OTHER;
}

/* One account once: a fee that is all there is to a movement goes where the amount goes. */
static gboolean
post (CfoilBooksEntry *self,
      CfoilPurpose     purpose,
      gint64           minor)
{
  for (guint i = 0; i < self->n_postings; i++)
    if (self->postings[i].purpose == purpose)
      return cfoil_money_add (&self->postings[i].minor, minor);
  if (minor != 0)
    self->postings[self->n_postings++] = (CfoilBooksPosting){ purpose, minor };
  return TRUE;
}

static void
drop_zeros (CfoilBooksEntry *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_postings; i++)
    if (self->postings[i].minor != 0)
      self->postings[n++] = self->postings[i];
  self->n_postings = n;
}

/* What ROUNDING gets makes the sum zero, whatever the provider's three numbers say. */
static gboolean
balance_line (CfoilBooksEntry *self)
{
  CfoilPurpose counter = self->was_sold ? CFOIL_PURPOSE_RECEIVABLE : kinds[kind_of (self)].counter;
  gint64 rest = 0;

  if (!post (self, CFOIL_PURPOSE_CLEARING, self->net_minor) || !post (self, kinds[kind_of (self)].fee, -self->fee_minor) ||
      !post (self, counter, -self->amount_minor))
    return FALSE;
  for (guint i = 0; i < self->n_postings; i++)
    if (!cfoil_money_add (&rest, self->postings[i].minor))
      return FALSE;
  return rest != G_MININT64 && post (self, CFOIL_PURPOSE_ROUNDING, -rest);
}

gboolean
cfoil_books_entry_balance (CfoilBooksEntry *self)
{
  gboolean ok = self->amount_minor != G_MININT64 && self->fee_minor != G_MININT64;

  self->n_postings = 0;
  if (ok && self->is_line)
    ok = balance_line (self);
  else if (ok)
    ok = post (self, CFOIL_PURPOSE_RECEIVABLE, self->amount_minor) &&
         post (self, kinds[kind_of (self)].counter, -self->amount_minor);
  drop_zeros (self);
  return ok;
}

const char *
cfoil_books_entry_get_title (const CfoilBooksEntry *self)
{
  if (self->was_sold)
    return self->type == CFOIL_TYPE_REFUND ? "Refund settled" : "Sale settled";
  return kinds[kind_of (self)].title;
}

gboolean
cfoil_books_purpose_is_asset (CfoilPurpose purpose)
{
  return purpose <= CFOIL_PURPOSE_BANK;
}
