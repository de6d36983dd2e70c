/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many lines of settlements that differ are looked at for a whole list. */
#define MAX_LINES_OF_LIST 250000

static const struct
{
  const char *name, *title;
} states[] = {
  [CFOIL_PROOF_BALANCED] = { "balanced", N_ ("Balanced") },
  [CFOIL_PROOF_OPEN] = { "open", N_ ("Not Paid Out Yet") },
  [CFOIL_PROOF_DIFFERS] = { "differs", N_ ("Differs") },
  [CFOIL_PROOF_EXPLAINED] = { "explained", N_ ("Differs, Cause Known") },
}, causes[CFOIL_N_CAUSES] = {
  [CFOIL_CAUSE_MISSING_DAY] = { "missing-day", N_ ("Missing Report or Rows") },
  [CFOIL_CAUSE_FORMER_TRANSFER] = { "former-transfer", N_ ("Payout of the Period Before") },
  [CFOIL_CAUSE_LATER_TRANSFER] = { "later-transfer", N_ ("Payout in the Next File") },
  [CFOIL_CAUSE_CARRYOVER] = { "carryover", N_ ("Carried On") },
  [CFOIL_CAUSE_RESERVE] = { "reserve", N_ ("Reserve") },
  [CFOIL_CAUSE_UNKNOWN_TYPE] = { "unknown-type", N_ ("Unknown Type") },
  [CFOIL_CAUSE_ROUNDING] = { "rounding", N_ ("Rounding") },
  [CFOIL_CAUSE_PAYOUT] = { "payout", N_ ("Payout and Transfer") },
  [CFOIL_CAUSE_FAILED_PAYOUT] = { "failed-payout", N_ ("Returned Payout") },
  [CFOIL_CAUSE_OPENING] = { "opening", N_ ("Opening Balance") },
  [CFOIL_CAUSE_DOUBLED] = { "doubled", N_ ("Row Twice") },
  [CFOIL_CAUSE_AMOUNT] = { "amount", N_ ("Amount of a Payment") },
  [CFOIL_CAUSE_CURRENCY] = { "currency", N_ ("Currency of a Line") },
  [CFOIL_CAUSE_MISPLACED] = { "misplaced", N_ ("Line of Another Settlement") },
  [CFOIL_CAUSE_SUSPECT] = { "suspect", N_ ("Only Suspected") },
  [CFOIL_CAUSE_UNCONFIRMED] = { "unconfirmed", N_ ("Not Confirmed") },
};

const char *
cfoil_proof_state_to_string (CfoilProofState state)
{
  return states[state].name;
}

const char *
cfoil_proof_state_get_title (CfoilProofState state)
{
  return states[state].title;
}

const char *
cfoil_cause_kind_to_string (CfoilCauseKind kind)
{
  return causes[kind].name;
}

const char *
cfoil_cause_kind_get_title (CfoilCauseKind kind)
{
  return causes[kind].title;
}

char *
cfoil_cause_dup_sentence (const CfoilCause *self)
{
  /* Translators: a sentence, for instance “Row 4 has a fee of …”. */
  return self->kind == CFOIL_CAUSE_SUSPECT ? g_strdup_printf (_ ("Only suspected: %s"), self->text) : g_strdup (self->text);
}

void
_cfoil_cause_free (gpointer data)
{
  CfoilCause *cause = data;

  g_free (cause->text);
  g_free (cause->query);
  g_clear_pointer (&cause->rows, g_array_unref);
  g_free (cause);
}

void
cfoil_proof_free (CfoilProof *self)
{
  g_free (self->account);
  g_free (self->settlement_id);
  g_free (self->currency);
  g_free (self->bank_reference);
  g_clear_pointer (&self->causes, g_ptr_array_unref);
  g_free (self);
}

CfoilCause *
_cfoil_proof_add_cause (CfoilProof    *proof,
                        CfoilCauseKind kind,
                        gint64         minor,
                        char          *text)
{
  CfoilCause *cause = g_new0 (CfoilCause, 1);

  cause->kind = kind;
  cause->minor = minor;
  cause->text = text;
  g_ptr_array_add (proof->causes, cause);
  return cause;
}

/* --- who should look into it --- */

static gint64
time_of (const CfoilProof *proof)
{
  return proof->end_us != CFOIL_UNKNOWN ? proof->end_us : proof->disbursed_us;
}

/* Between two reports of its account and currency one is missing; before the first and after the last
 * there are none as yet, or none any more. */
static gboolean
is_hole (GPtrArray            *items,
         const CfoilProofItem *self)
{
  gboolean has_former = FALSE, has_later = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      const CfoilProofItem *other = g_ptr_array_index (items, i);

      if (other->proof->settlement_pk < 0 || other->account_id != self->account_id ||
          strcmp (other->proof->currency, self->proof->currency) != 0 || time_of (other->proof) == CFOIL_UNKNOWN)
        continue;
      has_former = has_former || time_of (other->proof) < self->proof->disbursed_us;
      has_later = has_later || time_of (other->proof) > self->proof->disbursed_us;
    }
  return has_former && has_later;
}

static gboolean
is_only_returned (const CfoilProof *proof)
{
  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);

      if (cause->minor != 0 && cause->kind != CFOIL_CAUSE_FAILED_PAYOUT)
        return FALSE;
    }
  return proof->remainder_minor != 0;
}

static void
judge (GPtrArray      *items,
       CfoilProofItem *item)
{
  CfoilProof *proof = item->proof;

  if (proof->settlement_pk < 0)
    proof->is_wrong = is_hole (items, item);
  else
    proof->is_wrong = proof->state == CFOIL_PROOF_DIFFERS || (proof->state == CFOIL_PROOF_EXPLAINED && !is_only_returned (proof));
}

/* All that the sums tell; one snapshot. */
static GPtrArray *
solve_all (CfoilDatabase *database,
           GError       **error)
{
  g_autoptr (GPtrArray) items = _cfoil_proof_load (database, error);

  if (items == NULL)
    return NULL;
  for (guint i = 0; i < items->len; i++)
    if (!_cfoil_proof_classify (database, g_ptr_array_index (items, i), error))
      return NULL;
  for (guint i = 0; i < items->len; i++)
    _cfoil_proof_solve (g_ptr_array_index (items, i));
  for (guint i = 0; i < items->len; i++)
    judge (items, g_ptr_array_index (items, i));
  return g_steal_pointer (&items);
}

static int
compare_newest_first (gconstpointer one,
                      gconstpointer other)
{
  const CfoilProof *a = (*(const CfoilProofItem *const *) one)->proof;
  const CfoilProof *b = (*(const CfoilProofItem *const *) other)->proof;
  int order;

  if (time_of (a) != time_of (b))
    return time_of (a) > time_of (b) ? -1 : 1;
  order = strcmp (a->account, b->account);
  if (order == 0)
    order = strcmp (a->settlement_id, b->settlement_id);
  return order != 0 ? order : strcmp (a->currency, b->currency);
}

static gboolean
is_asked_for (const CfoilProof  *proof,
              char             **accounts,
              const CfoilPeriod *period,
              gint64             from_us,
              gint64             until_us)
{
  if (accounts != NULL && !g_strv_contains ((const char *const *) accounts, proof->account))
    return FALSE;
  return period == NULL || period->kind == CFOIL_PERIOD_ALL ||
         (time_of (proof) != CFOIL_UNKNOWN && time_of (proof) >= from_us && time_of (proof) < until_us);
}

/* Who has begun before also sees to cancelling. */
static gboolean
begin (CfoilDatabase *database,
       GCancellable  *cancellable,
       gboolean      *is_ours,
       GError       **error)
{
  *is_ours = !cfoil_database_in_transaction (database);
  if (!*is_ours)
    return TRUE;
  cfoil_database_set_cancellable (database, cancellable);
  return cfoil_database_exec (database, "BEGIN", error);
}

/* Nothing was written, so nothing can get lost. */
static void
end (CfoilDatabase *database,
     gboolean       is_ours)
{
  if (!is_ours)
    return;
  cfoil_database_exec (database, "ROLLBACK", NULL);
  cfoil_database_set_cancellable (database, NULL);
}

static GPtrArray *
list (CfoilDatabase     *database,
      char             **accounts,
      const CfoilPeriod *period,
      GTimeZone         *zone,
      GCancellable      *cancellable,
      GError           **error)
{
  g_autoptr (GPtrArray) items = solve_all (database, error);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GPtrArray) proofs = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_proof_free);
  gboolean has_days = period != NULL && period->kind != CFOIL_PERIOD_ALL;
  gint64 from_us = has_days ? cfoil_day_to_time (period->first_day, zone) : 0;
  gint64 until_us = has_days ? cfoil_day_to_time (period->end_day, zone) : 0;
  guint n_lines = 0;

  if (items == NULL)
    return NULL;
  g_ptr_array_sort (items, compare_newest_first);
  for (guint i = 0; i < items->len; i++)
    {
      CfoilProofItem *item = g_ptr_array_index (items, i);

      if (!is_asked_for (item->proof, accounts, period, from_us, until_us))
        continue;
      if (item->proof->state == CFOIL_PROOF_DIFFERS && n_lines + item->proof->n_lines <= MAX_LINES_OF_LIST)
        {
          n_lines += item->proof->n_lines;
          if (!_cfoil_proof_dig (database, item, cancellable, error))
            return NULL;
        }
      g_ptr_array_add (asked, item);
    }
  /* Only now: each is looked at beside its neighbours. */
  for (guint i = 0; i < asked->len; i++)
    g_ptr_array_add (proofs, g_steal_pointer (&((CfoilProofItem *) g_ptr_array_index (asked, i))->proof));
  return g_steal_pointer (&proofs);
}

GPtrArray *
cfoil_proof_list (CfoilDatabase     *database,
                  char             **accounts,
                  const CfoilPeriod *period,
                  GTimeZone         *zone,
                  GCancellable      *cancellable,
                  GError           **error)
{
  GPtrArray *proofs = NULL;
  gboolean is_ours;

  if (!begin (database, cancellable, &is_ours, error))
    return NULL;
  proofs = list (database, accounts, period, zone, cancellable, error);
  end (database, is_ours);
  return proofs;
}

gboolean
cfoil_proof_count_wrong (CfoilDatabase *database,
                         char         **accounts,
                         GCancellable  *cancellable,
                         guint         *n,
                         char         **settlement_id,
                         GError       **error)
{
  g_autoptr (GPtrArray) items = NULL;
  const CfoilProof *newest = NULL;
  gboolean is_ours;

  *n = 0;
  if (!begin (database, cancellable, &is_ours, error))
    return FALSE;
  items = solve_all (database, error);
  end (database, is_ours);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const CfoilProof *proof = ((CfoilProofItem *) g_ptr_array_index (items, i))->proof;

      if (!proof->is_wrong || !is_asked_for (proof, accounts, NULL, 0, 0))
        continue;
      (*n)++;
      if (newest == NULL || time_of (proof) > time_of (newest))
        newest = proof;
    }
  if (items != NULL && settlement_id != NULL)
    *settlement_id = newest != NULL ? g_strdup (newest->settlement_id) : NULL;
  return items != NULL;
}

static void
set_not_found (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such settlement."));
}

static CfoilProof *
dig (CfoilDatabase  *database,
     CfoilProofItem *item,
     GCancellable   *cancellable,
     GError        **error)
{
  return _cfoil_proof_dig (database, item, cancellable, error) ? g_steal_pointer (&item->proof) : NULL;
}

CfoilProof *
cfoil_proof_read (CfoilDatabase *database,
                  gint64         settlement_pk,
                  const char    *currency,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GPtrArray) items = NULL;
  CfoilProof *proof = NULL;
  gboolean is_ours;

  if (!begin (database, cancellable, &is_ours, error))
    return NULL;
  items = solve_all (database, error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      CfoilProofItem *item = g_ptr_array_index (items, i);

      if (item->proof->settlement_pk != settlement_pk || strcmp (item->proof->currency, currency) != 0)
        continue;
      proof = dig (database, item, cancellable, error);
      end (database, is_ours);
      return proof;
    }
  end (database, is_ours);
  if (items != NULL)
    set_not_found (error);
  return NULL;
}

static CfoilProof *
find (CfoilDatabase *database,
      const char    *account,
      const char    *settlement_id,
      const char    *currency,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GPtrArray) items = solve_all (database, error);
  CfoilProofItem *found = NULL;

  if (items == NULL)
    return NULL;
  for (guint i = 0; i < items->len; i++)
    {
      CfoilProofItem *item = g_ptr_array_index (items, i);

      if (strcmp (item->proof->settlement_id, settlement_id) != 0 ||
          (account != NULL && g_ascii_strcasecmp (item->proof->account, account) != 0) ||
          (currency != NULL && g_ascii_strcasecmp (item->proof->currency, currency) != 0))
        continue;
      if (found != NULL)
        {
          g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN,
                               _ ("Several settlements have this number; name the account or the currency, too."));
          return NULL;
        }
      found = item;
    }
  if (found == NULL)
    {
      set_not_found (error);
      return NULL;
    }
  return dig (database, found, cancellable, error);
}

CfoilProof *
cfoil_proof_find (CfoilDatabase *database,
                  const char    *account,
                  const char    *settlement_id,
                  const char    *currency,
                  GCancellable  *cancellable,
                  GError       **error)
{
  CfoilProof *proof;
  gboolean is_ours;

  if (!begin (database, cancellable, &is_ours, error))
    return NULL;
  proof = find (database, account, settlement_id, currency, cancellable, error);
  end (database, is_ours);
  return proof;
}
