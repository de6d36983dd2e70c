/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-mirror.h"
#include "cfoil-proof.h"
#include "cfoil-provider.h"
#include "simulator-ledger.h"

G_BEGIN_DECLS

/* A merchant of the simulator, and mirrors that read its files. */
typedef struct
{
  CfoilSimMerchant *merchant;
  GPtrArray *files; /* of char *: the file of each settlement, in the merchant's order */
} ProofYear;

ProofYear *proof_year_new (CfoilSimRegion region,
                           guint          days,
                           guint          transactions,
                           guint64        seed);
void proof_year_free (ProofYear *self);
const CfoilSimSettlement *proof_year_settlement (const ProofYear *self,
                                                 guint            i);

/* Reads TEXT into MIRROR as the file of a settlement. */
void proof_import (TestMirror *mirror,
                   const char *text);
/* What the provider says was paid out for the settlement; EXTRA minor units more. */
void proof_pay (TestMirror               *mirror,
                const CfoilSimSettlement *settlement,
                gint64                    extra);
GPtrArray *proof_list (TestMirror *mirror);
CfoilProof *proof_find (TestMirror *mirror,
                        const char *settlement_id);

/* LISTED once more, looked into line by line. */
CfoilProof *proof_read (TestMirror       *mirror,
                        const CfoilProof *listed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProofYear, proof_year_free)

G_END_DECLS
