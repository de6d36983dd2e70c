/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof-year.h"

#include "cfoil-amazon-provider.h"
#include "cfoil-sync.h"
#include "simulator-documents.h"

/* Ends on a day of its own, so that no test depends on today. */
#define UNTIL G_GINT64_CONSTANT (1782777600) /* 2026-06-30 */

ProofYear *
proof_year_new (CfoilSimRegion region,
                guint          days,
                guint          transactions,
                guint64        seed)
{
  CfoilSimOptions options = {
    .seed = seed, .transactions = transactions, .days = days, .until = UNTIL, .region = region, .returned_payouts = TRUE,
  };
  ProofYear *self = g_new0 (ProofYear, 1);

  self->merchant = cfoil_sim_merchant_new (&options);
  self->files = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->merchant->settlements->len; i++)
    {
      const CfoilSimSettlement *settlement = proof_year_settlement (self, i);
      guint n_rows;
      GBytes *bytes = cfoil_sim_document_build (self->merchant, CFOIL_SIM_REPORT_SETTLEMENT, i + 1, settlement->start,
                                                settlement->end, &n_rows);

      g_ptr_array_add (self->files, g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
      g_bytes_unref (bytes);
    }
  return self;
}

void
proof_year_free (ProofYear *self)
{
  cfoil_sim_merchant_free (self->merchant);
  g_ptr_array_unref (self->files);
  g_free (self);
}

const CfoilSimSettlement *
proof_year_settlement (const ProofYear *self,
                       guint            i)
{
  return g_ptr_array_index (self->merchant->settlements, i);
}

static CfoilProvider *
new_provider (void)
{
  g_autoptr (CfoilAccountConfig) config = cfoil_account_config_new ();
  g_autoptr (GError) error = NULL;
  CfoilProvider *provider;

  config->provider = g_strdup (CFOIL_AMAZON_PROVIDER_NAME);
  config->region = g_strdup ("na");
  config->environment = g_strdup ("live");
  config->public_key_id = g_strdup ("LIVE-AAAA");
  provider = cfoil_amazon_provider_new (config, NULL, &error);
  g_assert_no_error (error);
  return provider;
}

void
proof_import (TestMirror *mirror,
              const char *text)
{
  g_autoptr (CfoilProvider) provider = new_provider ();
  g_autofree char *path = test_folder_file (mirror->folder, "settlement.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  const char *type;
  guint64 n_rows;
  gboolean known;

  test_write_text (path, text);
  cfoil_sync_import (mirror->mirror, provider, mirror->account_id, file, NULL, NULL, &type, &n_rows, &known, NULL, &error);
  g_assert_no_error (error);
}

void
proof_pay (TestMirror               *mirror,
           const CfoilSimSettlement *settlement,
           gint64                    extra)
{
  CfoilDisbursement disbursement = {
    .settlement_id = settlement->id,
    .bank_reference = settlement->reference,
    .currency = cfoil_sim_currency_code (settlement->currency),
    .amount_minor = settlement->paid + extra,
    .transaction_us = settlement->end * G_USEC_PER_SEC,
    .raw = "{}",
  };
  g_autoptr (GError) error = NULL;

  if (settlement->paid == 0)
    return;
  cfoil_writer_put_disbursement (mirror->writer, &disbursement, &error);
  g_assert_no_error (error);
}

GPtrArray *
proof_list (TestMirror *mirror)
{
  g_autoptr (GError) error = NULL;
  CfoilDatabase *reader = cfoil_mirror_open_reader (mirror->mirror, &error);
  GPtrArray *proofs = cfoil_proof_list (reader, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  cfoil_database_close (reader);
  return proofs;
}

CfoilProof *
proof_find (TestMirror *mirror,
            const char *settlement_id)
{
  g_autoptr (GError) error = NULL;
  CfoilDatabase *reader = cfoil_mirror_open_reader (mirror->mirror, &error);
  CfoilProof *proof = cfoil_proof_find (reader, NULL, settlement_id, NULL, NULL, &error);

  g_assert_no_error (error);
  cfoil_database_close (reader);
  return proof;
}

CfoilProof *
proof_read (TestMirror       *mirror,
            const CfoilProof *listed)
{
  g_autoptr (GError) error = NULL;
  CfoilDatabase *reader = cfoil_mirror_open_reader (mirror->mirror, &error);
  CfoilProof *proof = NULL;

  if (listed->settlement_pk > 0)
    proof = cfoil_proof_read (reader, listed->settlement_pk, listed->currency, NULL, &error);
  else
    proof = cfoil_proof_find (reader, NULL, listed->settlement_id, listed->currency, NULL, &error);
  g_assert_no_error (error);
  cfoil_database_close (reader);
  return proof;
}
