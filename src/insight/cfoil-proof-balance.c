/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

/* Which of the lines open a settlement, which close it, and whose transfer is whose.  The
 * provider names only the first ("Previous Reserve Balance"); the rest follows from
 * amounts and from where in the period a line stands. */

static gboolean
is_early (const CfoilProofItem   *self,
          const CfoilBalanceLine *line)
{
  const CfoilProof *proof = self->proof;

  if (proof->start_us != CFOIL_UNKNOWN && proof->end_us != CFOIL_UNKNOWN && proof->end_us > proof->start_us)
    return line->posted_us - proof->start_us <= proof->end_us - line->posted_us;
  return line->row_number <= 1 + proof->n_lines / 2;
}

static void
add_reserve (CfoilProofItem         *self,
             const CfoilBalanceLine *line)
{
  if (line->says_previous || (!line->says_current && line->net_minor > 0 && is_early (self, line)))
    self->open_reserve += line->net_minor;
  else
    self->held_reserve += line->net_minor;
}

static void
add_carryover (CfoilProofItem         *self,
               const CfoilBalanceLine *line)
{
  if (is_early (self, line))
    {
      self->open_carry += line->net_minor;
      return;
    }
  self->carried_on += line->net_minor;
  self->n_carried_on++;
}

static gboolean
is_payout_of (const CfoilProof *proof,
              gint64            minor)
{
  return proof->disbursed_minor == -minor || proof->computed_minor == -minor;
}

/* Looks whether anything was sold before; a beginning of the settlement's own rows is read. */
static gboolean
is_before_ordinary (CfoilDatabase          *database,
                    const CfoilProofItem   *self,
                    const CfoilBalanceLine *line,
                    gboolean               *is_before,
                    GError                **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (
    database,
    "SELECT 1 FROM settlement_line WHERE settlement_id = ?1 AND posted_us < ?2 AND currency = ?3 AND type NOT IN (6, 7, 8) LIMIT 1",
    error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, self->proof->settlement_pk);
  cfoil_statement_bind_int64 (rows, 2, line->posted_us);
  cfoil_statement_bind_text (rows, 3, self->proof->currency);
  step = cfoil_statement_step (rows, error);
  *is_before = step == CFOIL_STEP_DONE && self->n_ordinary > 0;
  return step != CFOIL_STEP_ERROR;
}

/* In the first third of the period, or before anything else happened, it is the former
 * period's payout, unless the amounts tell. */
static gboolean
is_former_transfer (CfoilDatabase          *database,
                    const CfoilProofItem   *self,
                    const CfoilBalanceLine *line,
                    gboolean               *is_former,
                    GError                **error)
{
  const CfoilProof *proof = self->proof;
  gboolean is_own = is_payout_of (proof, line->net_minor);
  gboolean is_of_former = self->former != NULL && self->former->own_minor == 0 && is_payout_of (self->former->proof, line->net_minor);

  if (is_own != is_of_former)
    {
      *is_former = is_of_former;
      return TRUE;
    }
  if (proof->start_us != CFOIL_UNKNOWN && proof->end_us > proof->start_us &&
      line->posted_us - proof->start_us <= (proof->end_us - proof->start_us) / 3)
    {
      *is_former = TRUE;
      return TRUE;
    }
  return is_before_ordinary (database, self, line, is_former, error);
}

static gboolean
add_transfer (CfoilDatabase          *database,
              CfoilProofItem         *self,
              const CfoilBalanceLine *line,
              GError                **error)
{
  gboolean is_former;

  if (line->net_minor > 0)
    {
      self->returned_minor += line->net_minor;
      self->n_returned++;
      return TRUE;
    }
  if (!is_former_transfer (database, self, line, &is_former, error))
    return FALSE;
  if (is_former)
    {
      self->former_minor += line->net_minor;
      self->n_former++;
      return TRUE;
    }
  self->own_minor += line->net_minor;
  self->n_own++;
  return TRUE;
}

gboolean
_cfoil_proof_classify (CfoilDatabase  *database,
                       CfoilProofItem *self,
                       GError        **error)
{
  CfoilProof *proof = self->proof;
  const CfoilProofItem *former = self->former;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const CfoilBalanceLine *line = &g_array_index (self->lines, CfoilBalanceLine, i);

      if (line->type == CFOIL_TYPE_RESERVE)
        add_reserve (self, line);
      else if (line->type == CFOIL_TYPE_CARRYOVER)
        add_carryover (self, line);
      else if (!add_transfer (database, self, line, error))
        return FALSE;
    }
  proof->opening_reserve_minor = self->open_reserve;
  proof->opening_minor = self->open_reserve + self->open_carry;
  proof->reserve_minor = self->held_reserve;
  proof->closing_minor = -(self->held_reserve + self->carried_on);
  proof->transfer_minor = self->own_minor;
  proof->former_transfer_minor = self->former_minor;
  if (former != NULL)
    {
      self->breach.reserve_minor = self->open_reserve + former->held_reserve;
      self->breach.carry_minor = self->open_carry + former->carried_on;
    }
  return TRUE;
}
