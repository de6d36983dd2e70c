/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include <glib/gi18n.h>

static void
add_columns (CfoilTable *table)
{
  cfoil_table_add_column (table, "settlement_id", _ ("Settlement"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "currency", _ ("Currency"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "opening_balance", _ ("Opening"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "charges", _ ("Captures"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "refunds", _ ("Refunds"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "fees", _ ("Fees"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "chargebacks", _ ("Chargebacks"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "claims", _ ("Claims"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "reserve_change", _ ("Reserve Change"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "adjustments", _ ("Adjustments"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "transfers", _ ("Transfer"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "closing_balance", _ ("Closing"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "computed_disbursement", _ ("To Be Paid Out"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "reported_disbursement", _ ("Paid Out"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "difference", _ ("Difference"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "cause", _ ("Cause"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "proof", _ ("Proof"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "other", _ ("Unknown Types and Rounding"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "line_count", C_ ("of a settlement", "Lines"), CFOIL_COLUMN_COUNT);
  cfoil_table_add_column (table, "start_at_utc", _ ("From"), CFOIL_COLUMN_TIME);
  cfoil_table_add_column (table, "end_at_utc", _ ("Until"), CFOIL_COLUMN_TIME);
  cfoil_table_add_column (table, "disbursed_at_utc", _ ("Paid Out At"), CFOIL_COLUMN_TIME);
  cfoil_table_add_column (table, "bank_reference", _ ("Bank Reference"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "account", _ ("Account"), CFOIL_COLUMN_TEXT);
}

/* Only those that come to something, or that say why nothing does; of a settlement that balances
 * there are none. */
static char *
join_causes (const CfoilProof *proof)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);
      gboolean is_open = cause->kind == CFOIL_CAUSE_SUSPECT || cause->kind == CFOIL_CAUSE_UNCONFIRMED;
      g_autofree char *sentence = cfoil_cause_dup_sentence (cause);

      if (cause->minor != 0 || is_open || (proof->state == CFOIL_PROOF_EXPLAINED && proof->remainder_minor == 0))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", sentence);
    }
  return g_string_free (text, FALSE);
}

static void
add_row (CfoilTable       *table,
         const CfoilProof *proof)
{
  const gint64 amounts[] = {
    proof->opening_minor, proof->captures_minor, proof->refunds_minor, proof->fees_minor, proof->chargebacks_minor, proof->claims_minor,
    -proof->reserve_minor - proof->opening_reserve_minor, proof->adjustments_minor, proof->transfer_minor, proof->closing_minor,
    proof->computed_minor, proof->disbursed_minor, proof->remainder_minor,
  };
  g_autofree char *query = _cfoil_proof_query (proof, NULL);
  g_autofree char *cause = join_causes (proof);

  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, proof->settlement_pk > 0 ? query : NULL);
  cfoil_table_add_text (table, proof->settlement_id);
  cfoil_table_add_text (table, proof->currency);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    cfoil_table_add_money (table, amounts[i], proof->currency);
  cfoil_table_add_text (table, cause);
  cfoil_table_add_text (table, cfoil_proof_state_to_string (proof->state));
  cfoil_table_add_money (table, proof->other_minor + proof->rounding_minor, proof->currency);
  cfoil_table_add_number (table, proof->n_lines);
  cfoil_table_add_number (table, proof->start_us);
  cfoil_table_add_number (table, proof->end_us);
  cfoil_table_add_number (table, proof->disbursed_us);
  cfoil_table_add_text (table, proof->bank_reference);
  cfoil_table_add_text (table, proof->account);
}

CfoilTable *
cfoil_proof_to_table (GPtrArray *proofs)
{
  CfoilTable *table = cfoil_table_new ("settlement-proof", _ ("Settlement Proof"));

  add_columns (table);
  cfoil_table_add_note (table, _ ("Opening balance, charges, refunds, fees, chargebacks, claims, adjustments and other, less the "
                                  "closing balance, are what should be paid out. The balances hold the reserve; its change is told beside them."));
  for (guint i = 0; i < proofs->len; i++)
    add_row (table, g_ptr_array_index (proofs, i));
  return table;
}
