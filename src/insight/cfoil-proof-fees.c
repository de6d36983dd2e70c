/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

/* What the fees of a settlement usually are, learnt from its own lines and those beside it: a
 * few rates (at home, across the border) and a fixed part.  Each line is a vote for the rates
 * that give its fee; the rate with the most votes wins, the lines that it explains are set
 * aside, and the rest votes again. */

#define MAX_RATE 2000       /* hundredths of a percent; a fifth */
#define MAX_AMOUNT (G_MAXINT64 / 20000)
#define N_LEAST 4           /* fewer lines are no custom */
#define MAX_LEARNT 4        /* rates of one type */

gint64
_cfoil_usual_fee_of (gint64 amount_minor,
                     guint  rate)
{
  gint64 amount = ABS (CLAMP (amount_minor, -MAX_AMOUNT, MAX_AMOUNT));

  return (amount * rate + 5000) / 10000;
}

static gboolean
is_sample (const CfoilProofLine *line,
           CfoilType             type)
{
  return line->type == type && line->foreign == NULL && line->percentage_minor != CFOIL_UNKNOWN && line->fixed_minor != CFOIL_UNKNOWN &&
         ABS (line->amount_minor) < MAX_AMOUNT && ABS (line->percentage_minor) <= ABS (line->amount_minor);
}

static gboolean
is_explained (const CfoilUsualFee  *self,
              const CfoilProofLine *line)
{
  for (guint i = 0; i < self->n_rates; i++)
    if (_cfoil_usual_fee_of (line->amount_minor, self->rates[i]) == ABS (line->percentage_minor))
      return TRUE;
  return FALSE;
}

static void
vote (const CfoilProofLine *line,
      guint                *votes)
{
  gint64 amount = ABS (line->amount_minor), fee = ABS (line->percentage_minor);
  gint64 from = (fee * 10000 - 5000) / amount;

  for (gint64 rate = MAX (from, 1); rate <= MAX_RATE; rate++)
    {
      gint64 usual = _cfoil_usual_fee_of (amount, (guint) rate);

      if (usual > fee)
        return;
      if (usual == fee)
        votes[rate]++;
    }
}

/* Small amounts vote for many rates that stand beside each other; the middle of them is it. */
static guint
find_winner (const guint *votes,
             guint       *n_votes)
{
  guint first = 0, last = 0;

  *n_votes = 0;
  for (guint rate = 1; rate <= MAX_RATE; rate++)
    if (votes[rate] > *n_votes)
      {
        *n_votes = votes[rate];
        first = last = rate;
      }
    else if (votes[rate] == *n_votes && last + 1 == rate)
      last = rate;
  return (first + last) / 2;
}

void
_cfoil_usual_fee_add_rate (CfoilUsualFee *self,
                           guint          rate)
{
  for (guint i = 0; i < self->n_rates; i++)
    if (self->rates[i] == rate)
      return;
  if (self->n_rates < G_N_ELEMENTS (self->rates))
    self->rates[self->n_rates++] = rate;
}

static void
learn_rates (CfoilUsualFee *self,
             CfoilType      type,
             const GArray  *lines)
{
  g_autofree guint *votes = g_new (guint, MAX_RATE + 1);
  guint n_zero = 0;

  while (self->n_rates < MAX_LEARNT)
    {
      guint n = 0, n_votes, rate;

      memset (votes, 0, (MAX_RATE + 1) * sizeof *votes);
      for (guint i = 0; i < lines->len; i++)
        {
          const CfoilProofLine *line = &g_array_index (lines, CfoilProofLine, i);

          if (!is_sample (line, type) || line->amount_minor == 0 || is_explained (self, line))
            continue;
          n++;
          n_zero += self->n_rates == 0 && line->percentage_minor == 0;
          if (line->percentage_minor != 0)
            vote (line, votes);
        }
      rate = find_winner (votes, &n_votes);
      if (n_votes < N_LEAST || n_votes < n / 4)
        break;
      _cfoil_usual_fee_add_rate (self, rate);
    }
  /* No fee at all is a custom, too: of refunds. */
  if (n_zero >= N_LEAST)
    _cfoil_usual_fee_add_rate (self, 0);
}

/* That which more than two of three have. */
static void
learn_fixed (CfoilUsualFee *self,
             CfoilType      type,
             const GArray  *lines)
{
  gint64 best = 0;
  guint n = 0, n_same = 0;
  gint64 lead = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const CfoilProofLine *line = &g_array_index (lines, CfoilProofLine, i);

      if (!is_sample (line, type))
        continue;
      n++;
      if (lead == 0)
        best = line->fixed_minor;
      lead += line->fixed_minor == best ? 1 : -1;
    }
  for (guint i = 0; i < lines->len; i++)
    n_same += is_sample (&g_array_index (lines, CfoilProofLine, i), type) &&
              g_array_index (lines, CfoilProofLine, i).fixed_minor == best;
  self->fixed_minor = n_same >= N_LEAST && n_same * 3 > n * 2 ? best : CFOIL_UNKNOWN;
}

void
_cfoil_usual_fee_learn (CfoilUsualFee *self,
                        CfoilType      type,
                        const GArray  *lines)
{
  *self = (CfoilUsualFee) { .fixed_minor = CFOIL_UNKNOWN };
  learn_rates (self, type, lines);
  learn_fixed (self, type, lines);
}
