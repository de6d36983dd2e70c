/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include "cfoil-currency.h"
#include "cfoil-query.h"

#include <glib/gi18n.h>

/* What the sums and the lines that carry balances tell about a remainder.  Everything that
 * could make up a part of it is a candidate; the fewest that come to it exactly are its
 * causes.  What is only worth knowing becomes a cause that comes to nothing. */

/* More would make the search for a fitting few slow; no settlement has so many. */
#define MAX_CANDIDATES 12

char *
_cfoil_proof_money (const CfoilProof *proof,
                    gint64            minor)
{
  return cfoil_currency_format (minor, proof->currency);
}

char *
_cfoil_proof_query (const CfoilProof *proof,
                    const char       *type)
{
  g_autofree char *settlement = cfoil_term_text_of_value (CFOIL_FIELD_SETTLEMENT, proof->settlement_id, FALSE);

  if (type == NULL || settlement == NULL)
    return g_steal_pointer (&settlement);
  return g_strdup_printf ("%s type:%s", settlement, type);
}

/* --- candidates --- */

static void
candidate_free (gpointer data)
{
  CfoilCandidate *self = data;

  g_free (self->text);
  g_free (self->query);
  g_clear_pointer (&self->rows, g_array_unref);
  g_free (self);
}

GPtrArray *
_cfoil_candidates_new (void)
{
  return g_ptr_array_new_with_free_func (candidate_free);
}

CfoilCandidate *
_cfoil_candidates_add (GPtrArray     *candidates,
                       CfoilCauseKind kind,
                       gint64         minor,
                       char          *text)
{
  CfoilCandidate *self = g_new0 (CfoilCandidate, 1);

  self->kind = kind;
  self->minor = minor;
  self->text = text;
  g_ptr_array_add (candidates, self);
  return self;
}

void
_cfoil_candidate_add_row (CfoilCandidate *self,
                          guint           row)
{
  if (self->rows == NULL)
    self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->rows, row);
}

static void
take (CfoilProof     *proof,
      CfoilCandidate *candidate,
      gint64          minor)
{
  CfoilCause *cause = _cfoil_proof_add_cause (proof, candidate->kind, minor, g_steal_pointer (&candidate->text));

  cause->query = g_steal_pointer (&candidate->query);
  cause->rows = g_steal_pointer (&candidate->rows);
  if (candidate->used != NULL)
    *candidate->used = TRUE;
}

/* Of several payments that would do, each alone, none is known to be it. */
static gboolean
is_ambiguous (GPtrArray *candidates,
              gint64     target)
{
  guint n = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      const CfoilCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->minor != target)
        continue;
      if (candidate->kind != CFOIL_CAUSE_MISSING_DAY)
        return FALSE;
      n++;
    }
  return n > 1;
}

gboolean
_cfoil_proof_take (CfoilProof *proof,
                   GPtrArray  *candidates,
                   gint64      target)
{
  guint n = MIN (candidates->len, MAX_CANDIDATES);
  guint best = 0;

  if (target == 0 || is_ambiguous (candidates, target))
    return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    {
      CfoilCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->minor != target)
        continue;
      take (proof, candidate, target);
      return TRUE;
    }
  for (guint set = 1; set < 1u << n; set++)
    {
      gint64 sum = 0;

      if (best != 0 && __builtin_popcount (set) >= __builtin_popcount (best))
        continue;
      for (guint i = 0; i < n; i++)
        if (set & 1u << i)
          sum += ((CfoilCandidate *) g_ptr_array_index (candidates, i))->minor;
      if (sum == target)
        best = set;
    }
  for (guint i = 0; i < n; i++)
    if (best & 1u << i)
      {
        CfoilCandidate *candidate = g_ptr_array_index (candidates, i);

        take (proof, candidate, candidate->minor);
      }
  return best != 0;
}

/* --- what could be wrong --- */

static void
add_break (const CfoilProofItem *self,
           const CfoilProofItem *opener,
           gboolean              is_reserve,
           GPtrArray            *candidates)
{
  CfoilBalanceBreak *breach = (CfoilBalanceBreak *) &opener->breach;
  gint64 minor = is_reserve ? breach->reserve_minor : breach->carry_minor;
  gint64 opened = is_reserve ? opener->open_reserve : opener->open_carry;
  gboolean *used = is_reserve ? &breach->reserve_used : &breach->carry_used;
  const char *other_id = opener == self ? opener->former->proof->settlement_id : opener->proof->settlement_id;
  g_autofree char *opens = NULL, *closes = NULL;
  CfoilCauseKind kind = is_reserve ? CFOIL_CAUSE_RESERVE : opener == self ? CFOIL_CAUSE_OPENING : CFOIL_CAUSE_CARRYOVER;
  CfoilCandidate *candidate;
  char *text;

  if (minor == 0 || *used)
    return;
  opens = _cfoil_proof_money (self->proof, opened);
  closes = _cfoil_proof_money (self->proof, opened - minor);
  if (opener == self && is_reserve)
    /* Translators: amount, amount, the number of a settlement. */
    text = g_strdup_printf (_ ("It opens with a reserve of %s; %s was withheld at the end of settlement %s"), opens, closes, other_id);
  else if (opener == self)
    /* Translators: amount, amount, the number of a settlement. */
    text = g_strdup_printf (_ ("It opens with a balance of %s brought forward; settlement %s carried on %s"), opens, other_id, closes);
  else if (is_reserve)
    /* Translators: amount, the number of a settlement, amount. */
    text = g_strdup_printf (_ ("It withholds a reserve of %s; settlement %s opens with %s"), closes, other_id, opens);
  else
    /* Translators: amount, the number of a settlement, amount. */
    text = g_strdup_printf (_ ("It carries on %s; settlement %s opens with %s brought forward"), closes, other_id, opens);
  candidate = _cfoil_candidates_add (candidates, kind, -minor, text);
  candidate->query = _cfoil_proof_query (self->proof, is_reserve ? "reserve" : "carryover");
  candidate->used = used;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const CfoilBalanceLine *line = &g_array_index (self->lines, CfoilBalanceLine, i);

      if (line->type == (is_reserve ? CFOIL_TYPE_RESERVE : CFOIL_TYPE_CARRYOVER))
        _cfoil_candidate_add_row (candidate, line->row_number);
    }
}

static void
add_unknown (const CfoilProofItem *self,
             GPtrArray            *candidates)
{
  g_autofree char *sum = NULL;
  CfoilCandidate *candidate;

  if (self->n_other == 0)
    return;
  sum = _cfoil_proof_money (self->proof, self->other_net);
  /* Translators: %d is a number, %s an amount. */
  candidate = _cfoil_candidates_add (candidates, CFOIL_CAUSE_UNKNOWN_TYPE, -self->other_net,
                                     g_strdup_printf (ngettext ("%d line is of a type that is not known here; it comes to %s",
                                                                "%d lines are of types that are not known here; they come to %s",
                                                                (gulong) self->n_other),
                                                      (int) self->n_other, sum));
  candidate->query = _cfoil_proof_query (self->proof, "other");
}

static void
add_rounding (const CfoilProofItem *self,
              GPtrArray            *candidates)
{
  g_autofree char *sum = NULL;

  if (self->n_unequal == 0)
    return;
  sum = _cfoil_proof_money (self->proof, self->unequal_minor);
  /* Translators: %d is a number, %s an amount. */
  _cfoil_candidates_add (candidates, CFOIL_CAUSE_ROUNDING, -self->unequal_minor,
                         g_strdup_printf (ngettext ("The net amount of %d line is not its amount and its fee together; it is off by %s",
                                                    "The net amounts of %d lines are not their amounts and fees together; they are off by %s",
                                                    (gulong) self->n_unequal),
                                          (int) self->n_unequal, sum));
}

/* Transfer lines of this payout, wherever they stand; 0: none. */
static gint64
transferred (const CfoilProofItem *self)
{
  gboolean has_next = self->next != NULL && !self->next->is_after_gap;

  return self->own_minor + (has_next ? self->next->former_minor : 0);
}

static void
add_payout (const CfoilProofItem *self,
            GPtrArray            *candidates)
{
  CfoilProof *proof = self->proof;
  gint64 transfer = transferred (self);
  g_autofree char *paid = NULL, *written = NULL;
  CfoilCandidate *candidate;

  if (proof->disbursed_minor == CFOIL_UNKNOWN || transfer == 0 || proof->disbursed_minor == -transfer)
    return;
  paid = _cfoil_proof_money (proof, proof->disbursed_minor);
  written = _cfoil_proof_money (proof, -transfer);
  /* Translators: two amounts. */
  candidate = _cfoil_candidates_add (candidates, CFOIL_CAUSE_PAYOUT, proof->disbursed_minor + transfer,
                                     g_strdup_printf (_ ("The payout was %s, the transfer line says %s"), paid, written));
  candidate->query = _cfoil_proof_query (proof, "transfer");
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, CfoilBalanceLine, i).type == CFOIL_TYPE_TRANSFER)
      _cfoil_candidate_add_row (candidate, g_array_index (self->lines, CfoilBalanceLine, i).row_number);
}

static void
add_returned (const CfoilProofItem *self,
              GPtrArray            *candidates)
{
  g_autofree char *sum = NULL;
  CfoilCandidate *candidate;

  if (self->n_returned == 0)
    return;
  sum = _cfoil_proof_money (self->proof, self->returned_minor);
  /* Translators: an amount. */
  candidate = _cfoil_candidates_add (candidates, CFOIL_CAUSE_FAILED_PAYOUT, self->returned_minor,
                                     g_strdup_printf (_ ("The bank returned a payout of %s in this period; it was paid out again"), sum));
  candidate->query = _cfoil_proof_query (self->proof, "transfer");
  for (guint i = 0; i < self->lines->len; i++)
    {
      const CfoilBalanceLine *line = &g_array_index (self->lines, CfoilBalanceLine, i);

      if (line->type == CFOIL_TYPE_TRANSFER && line->net_minor > 0)
        _cfoil_candidate_add_row (candidate, line->row_number);
    }
}

/* In order: of several that explain as much the first is taken.  Balances come first, for they
 * are known from two files. */
static GPtrArray *
list_candidates (const CfoilProofItem *self)
{
  GPtrArray *candidates = _cfoil_candidates_new ();

  if (self->former != NULL && !self->is_after_gap)
    {
      add_break (self, self, TRUE, candidates);
      add_break (self, self, FALSE, candidates);
    }
  if (self->next != NULL && !self->next->is_after_gap)
    {
      add_break (self, self->next, TRUE, candidates);
      add_break (self, self->next, FALSE, candidates);
    }
  add_unknown (self, candidates);
  add_rounding (self, candidates);
  add_payout (self, candidates);
  add_returned (self, candidates);
  return candidates;
}

/* --- where lines and payout agree, and something else does not --- */

static CfoilCandidate *
find_candidate (GPtrArray     *candidates,
                CfoilCauseKind kind)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      CfoilCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->kind == kind && candidate->text != NULL)
        return candidate;
    }
  return NULL;
}

static void
take_hard (CfoilProof     *proof,
           CfoilCandidate *candidate)
{
  if (candidate == NULL)
    return;
  proof->remainder_minor += candidate->minor;
  proof->state = CFOIL_PROOF_EXPLAINED;
  take (proof, candidate, candidate->minor);
}

/* A line of an unknown type may be what the former one carried on, or what this one does. */
static gboolean
is_of_unknown_type (const CfoilProofItem *self,
                    gint64                breach)
{
  return (self->n_other > 0 && breach == -self->other_net) ||
         (self->former != NULL && self->former->n_other > 0 && breach == -self->former->other_net);
}

static void
take_breaks (CfoilProofItem *self,
             GPtrArray      *candidates)
{
  CfoilBalanceBreak *breach = &self->breach;

  if (self->former == NULL || self->is_after_gap)
    return;
  if (breach->reserve_minor != 0 && !breach->reserve_used && !is_of_unknown_type (self, breach->reserve_minor))
    take_hard (self->proof, find_candidate (candidates, CFOIL_CAUSE_RESERVE));
  if (breach->carry_minor != 0 && !breach->carry_used && !is_of_unknown_type (self, breach->carry_minor))
    take_hard (self->proof, find_candidate (candidates, CFOIL_CAUSE_OPENING));
}

static void
take_missing_transfer (CfoilProofItem *self)
{
  CfoilProof *proof = self->proof;
  g_autofree char *paid = NULL;

  if (proof->disbursed_minor == CFOIL_UNKNOWN || proof->disbursed_minor == 0 || transferred (self) != 0 ||
      self->next == NULL || self->next->is_after_gap || self->n_other > 0 || self->next->n_other > 0)
    return;
  paid = _cfoil_proof_money (proof, proof->disbursed_minor);
  proof->remainder_minor += proof->disbursed_minor;
  proof->state = CFOIL_PROOF_EXPLAINED;
  /* Translators: an amount, the number of a settlement. */
  _cfoil_proof_add_cause (proof, CFOIL_CAUSE_PAYOUT, proof->disbursed_minor,
                          g_strdup_printf (_ ("%s was paid out, but no transfer line says so, neither here nor in settlement %s"),
                                           paid, self->next->proof->settlement_id));
}

static void
solve_agreeing (CfoilProofItem *self,
                GPtrArray      *candidates)
{
  self->proof->state = self->paid_minor == CFOIL_UNKNOWN ? CFOIL_PROOF_OPEN : CFOIL_PROOF_BALANCED;
  take_breaks (self, candidates);
  take_hard (self->proof, find_candidate (candidates, CFOIL_CAUSE_ROUNDING));
  take_hard (self->proof, find_candidate (candidates, CFOIL_CAUSE_PAYOUT));
  take_missing_transfer (self);
}

/* --- what is only worth knowing --- */

static void
add_note (CfoilProofItem *self,
          CfoilCauseKind  kind,
          char           *text,
          const char     *type)
{
  CfoilCause *cause = _cfoil_proof_add_cause (self->proof, kind, 0, text);

  cause->query = _cfoil_proof_query (self->proof, type);
}

static gboolean
has_cause (const CfoilProof *proof,
           CfoilCauseKind    kind)
{
  for (guint i = 0; i < proof->causes->len; i++)
    if (((CfoilCause *) g_ptr_array_index (proof->causes, i))->kind == kind)
      return TRUE;
  return FALSE;
}

static void
note_transfers (CfoilProofItem *self)
{
  CfoilProof *proof = self->proof;
  gint64 later = self->next != NULL && !self->next->is_after_gap ? self->next->former_minor : 0;
  g_autofree char *former = self->former_minor != 0 ? _cfoil_proof_money (proof, -self->former_minor) : NULL;
  g_autofree char *own = later != 0 ? _cfoil_proof_money (proof, -later) : NULL;

  if (self->former_minor != 0)
    add_note (self, CFOIL_CAUSE_FORMER_TRANSFER,
              /* Translators: an amount. */
              g_strdup_printf (_ ("The payout of the period before, %s, stands in this file"), former), "transfer");
  if (later != 0)
    add_note (self, CFOIL_CAUSE_LATER_TRANSFER,
              /* Translators: an amount, the number of a settlement. */
              g_strdup_printf (_ ("The payout of this period, %s, stands in the file of settlement %s"), own,
                               self->next->proof->settlement_id), NULL);
}

static void
note_carryover (CfoilProofItem *self)
{
  CfoilProof *proof = self->proof;
  g_autofree char *sum = NULL;

  if (self->n_carried_on == 0 || has_cause (proof, CFOIL_CAUSE_CARRYOVER))
    return;
  sum = _cfoil_proof_money (proof, ABS (self->carried_on));
  if (self->carried_on < 0)
    /* Translators: an amount. */
    add_note (self, CFOIL_CAUSE_CARRYOVER, g_strdup_printf (_ ("%s was not paid out but carried on to the next settlement"), sum), "carryover");
  else
    /* Translators: an amount. */
    add_note (self, CFOIL_CAUSE_CARRYOVER, g_strdup_printf (_ ("The balance is negative; a debt of %s is carried on"), sum), "carryover");
}

static void
note_gap (CfoilProofItem *self)
{
  CfoilProof *proof = self->proof;
  gint64 minor = -(self->breach.reserve_minor + self->breach.carry_minor);
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *from_text = NULL, *until_text = NULL;

  if (!self->is_after_gap)
    return;
  from = g_date_time_new_from_unix_utc (self->former->proof->end_us / G_USEC_PER_SEC);
  until = g_date_time_new_from_unix_utc (proof->start_us / G_USEC_PER_SEC);
  from_text = from != NULL ? g_date_time_format (from, "%x %H:%M") : NULL;
  until_text = until != NULL ? g_date_time_format (until, "%x %H:%M") : NULL;
  /* A remainder of its own is another matter. */
  if (minor != 0 && proof->state == CFOIL_PROOF_BALANCED)
    {
      proof->remainder_minor = minor;
      proof->state = CFOIL_PROOF_EXPLAINED;
    }
  else
    minor = 0;
  /* Translators: two times. */
  _cfoil_proof_add_cause (proof, CFOIL_CAUSE_MISSING_DAY, minor,
                          g_strdup_printf (_ ("No settlement is known between %s and %s (UTC); its report may be missing"),
                                           from_text, until_text));
}

static void
note_rest (CfoilProofItem *self,
           GPtrArray      *candidates)
{
  static const CfoilCauseKind kinds[] = { CFOIL_CAUSE_UNKNOWN_TYPE, CFOIL_CAUSE_ROUNDING, CFOIL_CAUSE_FAILED_PAYOUT, CFOIL_CAUSE_PAYOUT };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      CfoilCandidate *candidate = find_candidate (candidates, kinds[i]);

      if (candidate != NULL)
        take (self->proof, candidate, 0);
    }
  note_transfers (self);
  note_carryover (self);
}

/* --- solving --- */

/* What was paid, as far as anybody said. */
static gint64
find_paid (CfoilProofItem *self)
{
  const CfoilProofItem *next = self->next != NULL && !self->next->is_after_gap ? self->next : NULL;
  gint64 transfer = transferred (self);

  if (self->proof->disbursed_minor != CFOIL_UNKNOWN)
    return self->proof->disbursed_minor;
  if (transfer != 0)
    return -transfer;
  if (self->n_carried_on > 0 || self->proof->computed_minor == 0)
    return 0;
  /* The next one opens with all of it: it was carried on, and the line is missing. */
  return next != NULL && next->breach.carry_minor == self->proof->computed_minor ? 0 : CFOIL_UNKNOWN;
}

static void
solve_payout_alone (CfoilProofItem *self)
{
  CfoilProof *proof = self->proof;
  g_autofree char *paid = _cfoil_proof_money (proof, proof->disbursed_minor);

  proof->remainder_minor = proof->disbursed_minor;
  proof->state = CFOIL_PROOF_EXPLAINED;
  /* Translators: an amount. */
  _cfoil_proof_add_cause (proof, CFOIL_CAUSE_MISSING_DAY, proof->disbursed_minor,
                          g_strdup_printf (_ ("%s was paid out, but the report with the lines of this settlement is missing"), paid));
}

void
_cfoil_proof_solve (CfoilProofItem *self)
{
  CfoilProof *proof = self->proof;
  g_autoptr (GPtrArray) candidates = NULL;

  if (proof->settlement_pk < 0)
    {
      solve_payout_alone (self);
      return;
    }
  self->paid_minor = find_paid (self);
  candidates = list_candidates (self);
  if (self->paid_minor == CFOIL_UNKNOWN || self->paid_minor == proof->computed_minor)
    solve_agreeing (self, candidates);
  else
    {
      proof->remainder_minor = self->paid_minor - proof->computed_minor;
      proof->state = _cfoil_proof_take (proof, candidates, proof->remainder_minor) ? CFOIL_PROOF_EXPLAINED : CFOIL_PROOF_DIFFERS;
    }
  note_gap (self);
  note_rest (self, candidates);
}
