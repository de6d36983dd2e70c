/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-proof.h"

G_BEGIN_DECLS

/* The figures of a proof in the order in which they add up, each with its one definition:
 * here.  Pure, any thread. */
typedef enum
{
  CFOIL_PROOF_OPENING,
  CFOIL_PROOF_OPENING_RESERVE, /* of it */
  CFOIL_PROOF_OPENING_CARRIED, /* of it */
  CFOIL_PROOF_CAPTURES,
  CFOIL_PROOF_REFUNDS,
  CFOIL_PROOF_FEES,
  CFOIL_PROOF_CHARGEBACKS,
  CFOIL_PROOF_CLAIMS,
  CFOIL_PROOF_ADJUSTMENTS,
  CFOIL_PROOF_OTHER,
  CFOIL_PROOF_ROUNDING,
  CFOIL_PROOF_RESERVE,         /* negative: held back */
  CFOIL_PROOF_CARRIED,         /* negative: carried on */
  CFOIL_PROOF_COMPUTED,
  CFOIL_PROOF_DISBURSED,
  CFOIL_PROOF_TRANSFER,
  CFOIL_PROOF_DIFFERENCE,
  CFOIL_N_PROOF_FIGURES
} CfoilProofFigure;

typedef struct
{
  const char *name;    /* stable: "captures" */
  const char *title;   /* marked for translation: "Captures" */
  const char *formula; /* marked for translation: the answer to "How is this computed?" */
  const char *type;    /* (nullable): of its rows, "charge"; NULL: all of the settlement's */
  gboolean is_part;    /* of the figure before */
  gboolean is_sum;     /* of all that stands above it */
} CfoilProofFigureInfo;

const CfoilProofFigureInfo *cfoil_proof_figure_get_info (CfoilProofFigure figure);
/* Minor units with the sign of the merchant's balance, so that they can be added up;
 * CFOIL_UNKNOWN: nobody has said. */
gint64 cfoil_proof_figure_get_minor (CfoilProofFigure  figure,
                                     const CfoilProof *proof);
/* Whether it is worth a line: some figures are nothing nearly always. */
gboolean cfoil_proof_figure_is_shown (CfoilProofFigure  figure,
                                      const CfoilProof *proof);
/* The rows behind it; NULL: there are none.  Free it. */
char *cfoil_proof_figure_dup_query (CfoilProofFigure  figure,
                                    const CfoilProof *proof);

/* On paper, for people: the settlements with their main figures, sums per currency below. */
CfoilTable *cfoil_proof_to_sheet (GPtrArray *proofs);
/* One of them with all its figures, causes and lines (LINES: of cfoil_proof_read_lines ()). */
CfoilTable *cfoil_proof_to_page (const CfoilProof *proof,
                                 const CfoilTable *lines);

G_END_DECLS
