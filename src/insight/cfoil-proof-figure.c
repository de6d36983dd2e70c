/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-figure.h"

#include "cfoil-proof-private.h"

#include <glib/gi18n.h>

static const CfoilProofFigureInfo infos[CFOIL_N_PROOF_FIGURES] = {
  [CFOIL_PROOF_OPENING] = { "opening", N_ ("Opening Balance"),
    N_ ("What the settlement begins with: the reserve and the balance that the one before it kept."), "reserve,carryover", FALSE, FALSE },
  [CFOIL_PROOF_OPENING_RESERVE] = { "opening-reserve", N_ ("of it reserve"),
    N_ ("What the provider held back at the end of the settlement before."), "reserve", TRUE, FALSE },
  [CFOIL_PROOF_OPENING_CARRIED] = { "opening-carried", N_ ("of it brought forward"),
    N_ ("What was not paid out at the end of the settlement before and carried on."), "carryover", TRUE, FALSE },
  [CFOIL_PROOF_CAPTURES] = { "captures", N_ ("Captures"),
    N_ ("The amounts of all captured payments in the file, before fees."), "charge", FALSE, FALSE },
  [CFOIL_PROOF_REFUNDS] = { "refunds", N_ ("Refunds"),
    N_ ("The amounts of all refunds in the file, before fees that were given back."), "refund", FALSE, FALSE },
  [CFOIL_PROOF_FEES] = { "fees", N_ ("Fees"),
    N_ ("The fees of all lines, and the lines that are fees themselves: of disputes and of authorizations."), NULL, FALSE, FALSE },
  [CFOIL_PROOF_CHARGEBACKS] = { "chargebacks", N_ ("Chargebacks"),
    N_ ("What banks took back, less what they gave back after a chargeback was won."), "chargeback", FALSE, FALSE },
  [CFOIL_PROOF_CLAIMS] = { "claims", N_ ("Claims"),
    N_ ("What buyers were given back by the provider’s guarantee, less what came back from it."), "claim", FALSE, FALSE },
  [CFOIL_PROOF_ADJUSTMENTS] = { "adjustments", N_ ("Adjustments"),
    N_ ("The amounts of all lines by which the provider put something right."), "adjustment", FALSE, FALSE },
  [CFOIL_PROOF_OTHER] = { "other", N_ ("Unknown Types"),
    N_ ("The amounts of all lines whose type this program does not know."), "other", FALSE, FALSE },
  [CFOIL_PROOF_ROUNDING] = { "rounding", N_ ("Rounding"),
    N_ ("By how much the net amounts of lines are not their amount and fee together."), NULL, FALSE, FALSE },
  [CFOIL_PROOF_RESERVE] = { "reserve", N_ ("Reserve Held Back"),
    N_ ("What the provider keeps at the end of this settlement; the next one begins with it."), "reserve", FALSE, FALSE },
  [CFOIL_PROOF_CARRIED] = { "carried", N_ ("Carried On"),
    N_ ("What is not paid out at the end of this settlement; the next one begins with it."), "carryover", FALSE, FALSE },
  [CFOIL_PROOF_COMPUTED] = { "computed", N_ ("To Be Paid Out"),
    N_ ("All that stands above, added up."), NULL, FALSE, TRUE },
  [CFOIL_PROOF_DISBURSED] = { "disbursed", N_ ("Paid Out"),
    N_ ("What the provider says it paid out for this settlement."), "transfer", FALSE, FALSE },
  [CFOIL_PROOF_TRANSFER] = { "transfer", N_ ("Transfer in the File"),
    N_ ("What the file itself says was paid out for this settlement."), "transfer", FALSE, FALSE },
  [CFOIL_PROOF_DIFFERENCE] = { "difference", N_ ("Difference"),
    N_ ("Paid out less what was to be paid out; where these agree, by how much the settlement does not fit the ones beside it."),
    NULL, FALSE, TRUE },
};

const CfoilProofFigureInfo *
cfoil_proof_figure_get_info (CfoilProofFigure figure)
{
  g_return_val_if_fail (figure < CFOIL_N_PROOF_FIGURES, NULL);

  return &infos[figure];
}

gint64
cfoil_proof_figure_get_minor (CfoilProofFigure  figure,
                              const CfoilProof *proof)
{
  switch (figure)
    {
    case CFOIL_PROOF_OPENING:
      return proof->opening_minor;
    case CFOIL_PROOF_OPENING_RESERVE:
      return proof->opening_reserve_minor;
    case CFOIL_PROOF_OPENING_CARRIED:
      return proof->opening_minor - proof->opening_reserve_minor;
    case CFOIL_PROOF_CAPTURES:
      return proof->captures_minor;
    case CFOIL_PROOF_REFUNDS:
      return proof->refunds_minor;
    case CFOIL_PROOF_FEES:
      return proof->fees_minor;
    case CFOIL_PROOF_CHARGEBACKS:
      return proof->chargebacks_minor;
    case CFOIL_PROOF_CLAIMS:
      return proof->claims_minor;
    case CFOIL_PROOF_ADJUSTMENTS:
      return proof->adjustments_minor;
    case CFOIL_PROOF_OTHER:
      return proof->other_minor;
    case CFOIL_PROOF_ROUNDING:
      return proof->rounding_minor;
    case CFOIL_PROOF_RESERVE:
      return proof->reserve_minor;
    case CFOIL_PROOF_CARRIED:
      return -proof->closing_minor - proof->reserve_minor;
    case CFOIL_PROOF_COMPUTED:
      return proof->computed_minor;
    case CFOIL_PROOF_DISBURSED:
      return proof->disbursed_minor;
    case CFOIL_PROOF_TRANSFER:
      return proof->transfer_minor;
    case CFOIL_PROOF_DIFFERENCE:
      return proof->state == CFOIL_PROOF_OPEN ? CFOIL_UNKNOWN : proof->remainder_minor;
    case CFOIL_N_PROOF_FIGURES:
    default:
      g_return_val_if_reached (CFOIL_UNKNOWN);
    }
}

gboolean
cfoil_proof_figure_is_shown (CfoilProofFigure  figure,
                             const CfoilProof *proof)
{
  switch (figure)
    {
    case CFOIL_PROOF_OPENING_RESERVE:
    case CFOIL_PROOF_OPENING_CARRIED:
      return proof->opening_reserve_minor != 0 && proof->opening_minor != proof->opening_reserve_minor;
    case CFOIL_PROOF_OTHER:
      return proof->other_minor != 0;
    case CFOIL_PROOF_ROUNDING:
      return proof->rounding_minor != 0;
    case CFOIL_PROOF_TRANSFER:
      return proof->transfer_minor != 0 && proof->transfer_minor != -proof->disbursed_minor;
    default:
      return TRUE;
    }
}

char *
cfoil_proof_figure_dup_query (CfoilProofFigure  figure,
                              const CfoilProof *proof)
{
  if (proof->settlement_pk <= 0 || (figure == CFOIL_PROOF_TRANSFER || figure == CFOIL_PROOF_DISBURSED ? proof->transfer_minor : 1) == 0)
    return NULL;
  return _cfoil_proof_query (proof, infos[figure].type);
}
