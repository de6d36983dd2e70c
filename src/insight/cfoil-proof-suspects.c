/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* When nothing in the mirror proves what is wrong: lines that would make up the remainder and
 * are not what such lines usually are; if there is none, the lines that nothing confirms.
 * Neither is a proof, and so neither takes from the remainder. */

#define MAX_SUSPECTS 8
/* A longer list is of no help. */
#define MAX_ROWS 50

void
_cfoil_proof_dig_add_suspect (CfoilProofDig        *self,
                              gint64                minor,
                              const CfoilProofLine *line,
                              char                 *text)
{
  CfoilCandidate *suspect = _cfoil_candidates_add (self->suspects, CFOIL_CAUSE_SUSPECT, minor, text);

  suspect->query = _cfoil_proof_query_of_id (line->transaction_id);
  _cfoil_candidate_add_row (suspect, line->row);
}

static gboolean
is_target (const CfoilProofDig *self,
           gint64               minor)
{
  for (guint i = 0; i < self->n_targets; i++)
    if (self->targets[i] == minor)
      return TRUE;
  return FALSE;
}

/* --- fees --- */

/* The usual fee that is nearest to the line's own; CFOIL_UNKNOWN: there is no usual one. */
static gint64
find_usual_percentage (const CfoilProofDig  *self,
                       const CfoilProofLine *line)
{
  const CfoilUsualFee *usual = &self->usual[line->type];
  gint64 nearest = CFOIL_UNKNOWN;

  if (line->amount_minor == 0 || line->percentage_minor == CFOIL_UNKNOWN)
    return CFOIL_UNKNOWN;
  for (guint i = 0; i < usual->n_rates; i++)
    {
      gint64 fee = _cfoil_usual_fee_of (line->amount_minor, usual->rates[i]);

      if (line->amount_minor > 0)
        fee = -fee;
      if (nearest == CFOIL_UNKNOWN || ABS (line->percentage_minor - fee) < ABS (line->percentage_minor - nearest))
        nearest = fee;
    }
  return nearest;
}

static gboolean
is_fee_usual (const CfoilProofDig  *self,
              const CfoilProofLine *line)
{
  const CfoilUsualFee *usual = &self->usual[line->type];

  return line->fixed_minor != CFOIL_UNKNOWN && line->fixed_minor == usual->fixed_minor &&
         (line->amount_minor == 0 ? line->percentage_minor == 0 : line->percentage_minor == find_usual_percentage (self, line));
}

static void
suspect_fee (CfoilProofDig        *self,
             const CfoilProofLine *line)
{
  const CfoilUsualFee *usual = &self->usual[line->type];
  gint64 percentage = find_usual_percentage (self, line);
  gint64 parts[][2] = { { line->percentage_minor, percentage }, { line->fixed_minor, usual->fixed_minor } };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *is = NULL, *would_be = NULL, *row = NULL;
      gint64 minor;

      if (parts[i][0] == CFOIL_UNKNOWN || parts[i][1] == CFOIL_UNKNOWN)
        continue;
      minor = parts[i][1] - parts[i][0];
      if (minor == 0 || !is_target (self, minor))
        continue;
      is = _cfoil_proof_money (self->item->proof, line->fee_minor);
      would_be = _cfoil_proof_money (self->item->proof, line->fee_minor + minor);
      row = g_strdup_printf ("%u", line->row);
      _cfoil_proof_dig_add_suspect (self, minor, line,
                                    /* Translators: the number of a row, an id or “-”, two amounts. */
                                    g_strdup_printf (_ ("Row %s (%s) has a fee of %s; by what other lines pay it would be %s"), row,
                                                     *line->id != '\0' ? line->id : "-", is, would_be));
    }
}

/* --- signs, and what belongs together --- */

/* Chargebacks and adjustments go both ways. */
static gboolean
may_be_turned (const CfoilProofLine *line)
{
  switch ((guint) line->type)
    {
    case CFOIL_TYPE_CHARGE:
      return line->amount_minor < 0;
    case CFOIL_TYPE_REFUND:
    case CFOIL_TYPE_CLAIM:
      return line->amount_minor > 0;
    case CFOIL_TYPE_DISPUTE_FEE:
    case CFOIL_TYPE_AUTHORIZATION_FEE:
      return line->net_minor > 0;
    case CFOIL_TYPE_CHARGEBACK:
    case CFOIL_TYPE_ADJUSTMENT:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
suspect_sign (CfoilProofDig        *self,
              const CfoilProofLine *line)
{
  g_autofree char *sum = NULL, *row = NULL;

  /* With the fees turned as well, or without them. */
  if (!may_be_turned (line) || (!is_target (self, -2 * line->net_minor) && !is_target (self, -2 * line->amount_minor)))
    return;
  sum = _cfoil_proof_money (self->item->proof, line->net_minor);
  row = g_strdup_printf ("%u", line->row);
  _cfoil_proof_dig_add_suspect (self, is_target (self, -2 * line->net_minor) ? -2 * line->net_minor : -2 * line->amount_minor, line,
                                /* Translators: the number of a row, an id or “-”, an amount. */
                                g_strdup_printf (_ ("Row %s (%s) comes to %s; with the other sign nothing would differ"), row,
                                                 *line->id != '\0' ? line->id : "-", sum));
}

/* A chargeback or claim mostly takes all of a payment back, but need not. */
static void
suspect_taken_back (CfoilProofDig        *self,
                    const CfoilProofLine *line)
{
  g_autofree char *is = NULL, *payment = NULL, *row = NULL;
  gint64 usual, minor;

  if (line->payment_minor == CFOIL_UNKNOWN || line->said_minor != CFOIL_UNKNOWN)
    return;
  usual = line->amount_minor < 0 ? -line->payment_minor : line->payment_minor;
  minor = usual - line->amount_minor;
  if (minor == 0 || !is_target (self, minor))
    return;
  is = _cfoil_proof_money (self->item->proof, line->amount_minor);
  payment = _cfoil_proof_money (self->item->proof, line->payment_minor);
  row = g_strdup_printf ("%u", line->row);
  _cfoil_proof_dig_add_suspect (self, minor, line,
                                /* Translators: the number of a row, an id or “-”, two amounts. */
                                g_strdup_printf (_ ("Row %s (%s) says %s; the payment that it takes back was %s"), row,
                                                 *line->id != '\0' ? line->id : "-", is, payment));
}

/* --- what nothing confirms --- */

/* Both what moved and its fee are known from elsewhere, or are as those of all others.  Lines
 * that carry balances were compared with the settlements beside this one. */
static gboolean
is_confirmed (const CfoilProofDig  *self,
              const CfoilProofLine *line)
{
  switch ((guint) line->type)
    {
    case CFOIL_TYPE_RESERVE:
    case CFOIL_TYPE_CARRYOVER:
      return self->item->former != NULL && self->item->next != NULL && !self->item->is_after_gap && !self->item->next->is_after_gap;
    case CFOIL_TYPE_TRANSFER:
      return TRUE;
    case CFOIL_TYPE_CHARGE:
    case CFOIL_TYPE_REFUND:
      return line->said_minor == line->amount_minor && is_fee_usual (self, line);
    case CFOIL_TYPE_CHARGEBACK:
      return line->said_minor == line->amount_minor && line->fee_minor == 0;
    case CFOIL_TYPE_CLAIM:
      return line->payment_minor != CFOIL_UNKNOWN && ABS (line->amount_minor) == line->payment_minor && line->fee_minor == 0;
    case CFOIL_TYPE_DISPUTE_FEE:
    case CFOIL_TYPE_AUTHORIZATION_FEE:
      return line->amount_minor == 0 && is_fee_usual (self, line);
    default:
      return FALSE;
    }
}

/* What was too much to be read is not confirmed either. */
static guint
count_unread (const CfoilProofDig *self)
{
  guint n_read = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n_read += g_array_index (self->lines, CfoilProofLine, i).foreign == NULL;
  return self->item->proof->n_lines > n_read ? self->item->proof->n_lines - n_read : 0;
}

static void
name_unconfirmed (CfoilProofDig *self)
{
  CfoilProof *proof = self->item->proof;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = count_unread (self);
  CfoilCause *cause;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const CfoilProofLine *line = &g_array_index (self->lines, CfoilProofLine, i);

      if (line->foreign != NULL || is_confirmed (self, line))
        continue;
      n++;
      if (rows->len < MAX_ROWS)
        g_array_append_val (rows, line->row);
    }
  if (n == 0)
    {
      _cfoil_proof_add_cause (proof, CFOIL_CAUSE_UNCONFIRMED, 0,
                              g_strdup (_ ("All its lines agree with what else is known of them. So either a line is missing that nothing "
                                           "else tells of, or another amount was paid out than was due")));
      return;
    }
  cause = _cfoil_proof_add_cause (proof, CFOIL_CAUSE_UNCONFIRMED, 0,
                                  /* Translators: two numbers. */
                                  g_strdup_printf (ngettext ("Nothing else in the mirror tells what %u of its %u lines should come to. "
                                                             "Either it is wrong, or a line is missing",
                                                             "Nothing else in the mirror tells what %u of its %u lines should come to. "
                                                             "Either one of them is wrong, or a line is missing", n), n, proof->n_lines));
  if (n == rows->len)
    cause->rows = g_steal_pointer (&rows);
}

static gboolean
is_named_already (GPtrArray            *causes,
                  const CfoilCandidate *suspect)
{
  for (guint i = 0; i < causes->len; i++)
    if (g_strcmp0 (((CfoilCause *) g_ptr_array_index (causes, i))->text, suspect->text) == 0)
      return TRUE;
  return FALSE;
}

void
_cfoil_proof_dig_suspect (CfoilProofDig *self)
{
  CfoilProof *proof = self->item->proof;
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const CfoilProofLine *line = &g_array_index (self->lines, CfoilProofLine, i);

      if (line->foreign != NULL)
        continue;
      suspect_fee (self, line);
      suspect_sign (self, line);
      suspect_taken_back (self, line);
    }
  for (guint i = 0; i < self->suspects->len && n < MAX_SUSPECTS; i++)
    {
      CfoilCandidate *suspect = g_ptr_array_index (self->suspects, i);
      CfoilCause *cause;

      if (!is_target (self, suspect->minor) || is_named_already (proof->causes, suspect))
        continue;
      cause = _cfoil_proof_add_cause (proof, CFOIL_CAUSE_SUSPECT, 0, g_steal_pointer (&suspect->text));
      cause->query = g_steal_pointer (&suspect->query);
      cause->rows = g_steal_pointer (&suspect->rows);
      n++;
    }
  if (n == 0)
    name_unconfirmed (self);
}
