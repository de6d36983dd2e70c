/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof-year.h"

#include <string.h>

/* A year of each of three merchants: every settlement is proved, and its figures are those
 * of the simulator's ledger. */

static const struct
{
  const char *name;
  CfoilSimRegion region;
  guint transactions;
} merchants[] = {
  { "/proof/year/usd", CFOIL_SIM_REGION_NA, 2500 },
  { "/proof/year/eur-gbp", CFOIL_SIM_REGION_EU, 2500 },
  { "/proof/year/jpy", CFOIL_SIM_REGION_JP, 1500 },
};

/* A file that lacks its last rows, as it was sent first. */
static char *
cut_rows (const char *text)
{
  const char *cut = text + strlen (text) * 6 / 10;
  const char *line = strchr (cut, '\n');

  return line != NULL ? g_strndup (text, (gsize) (line + 1 - text)) : g_strdup (text);
}

static TestMirror *
read_year (ProofYear *year)
{
  TestMirror *mirror = test_mirror_new ();

  for (guint i = 0; i < year->files->len; i++)
    proof_pay (mirror, proof_year_settlement (year, i), 0);
  test_commit (mirror->writer);
  for (guint i = 0; i < year->files->len; i++)
    {
      const char *text = g_ptr_array_index (year->files, i);
      g_autofree char *first = i % 7 == 3 ? cut_rows (text) : NULL;
      g_autofree char *again = i % 5 == 2 ? g_strconcat (text, "\n", NULL) : NULL;

      if (first != NULL)
        proof_import (mirror, first);
      proof_import (mirror, text);
      if (again != NULL)
        proof_import (mirror, again);
    }
  return mirror;
}

/* What the simulator's ledger says of a settlement; nothing is shared with the proof. */
typedef struct
{
  gint64 captures, refunds, fees, chargebacks, claims, adjustments, opening, held, returned, former, own;
  guint n_lines;
} Ledger;

static Ledger
add_ledger (ProofYear *year,
            guint      number)
{
  const CfoilSimSettlement *settlement = proof_year_settlement (year, number - 1);
  Ledger sum = { 0 };

  for (guint i = 0; i < year->merchant->lines->len; i++)
    {
      const CfoilSimLine *line = &g_array_index (year->merchant->lines, CfoilSimLine, i);
      gboolean is_opening = line->posted == settlement->start;

      if (line->settlement != number)
        continue;
      sum.n_lines++;
      sum.fees += line->percentage_fee + line->fixed_fee;
      switch ((CfoilSimLineType) line->type)
        {
        case CFOIL_SIM_LINE_CAPTURE: sum.captures += line->amount; break;
        case CFOIL_SIM_LINE_REFUND: sum.refunds += line->amount; break;
        case CFOIL_SIM_LINE_CHARGEBACK: sum.chargebacks += line->amount; break;
        case CFOIL_SIM_LINE_CLAIM: sum.claims += line->amount; break;
        case CFOIL_SIM_LINE_DISPUTE:
        case CFOIL_SIM_LINE_AUTHORIZATION: sum.fees += line->amount; break;
        case CFOIL_SIM_LINE_ADJUSTMENT: sum.adjustments += line->amount; break;
        case CFOIL_SIM_LINE_RESERVE:
        case CFOIL_SIM_LINE_CARRYOVER: *(is_opening ? &sum.opening : &sum.held) += line->amount; break;
        case CFOIL_SIM_LINE_TRANSFER:
          *(line->amount > 0 ? &sum.returned : line->posted == settlement->end ? &sum.own : &sum.former) += line->amount;
          break;
        case CFOIL_SIM_N_LINE_TYPES:
        default: g_assert_not_reached ();
        }
    }
  return sum;
}

static void
assert_figures (const CfoilProof         *proof,
                const CfoilSimSettlement *settlement,
                const Ledger             *ledger)
{
  g_assert_cmpstr (proof->currency, ==, cfoil_sim_currency_code (settlement->currency));
  g_assert_cmpint (proof->start_us, ==, settlement->start * G_USEC_PER_SEC);
  g_assert_cmpint (proof->end_us, ==, settlement->end * G_USEC_PER_SEC);
  g_assert_cmpuint (proof->n_lines, ==, ledger->n_lines);
  g_assert_cmpint (proof->captures_minor, ==, ledger->captures);
  g_assert_cmpint (proof->refunds_minor, ==, ledger->refunds);
  g_assert_cmpint (proof->fees_minor, ==, ledger->fees);
  g_assert_cmpint (proof->chargebacks_minor, ==, ledger->chargebacks);
  g_assert_cmpint (proof->claims_minor, ==, ledger->claims);
  g_assert_cmpint (proof->adjustments_minor, ==, ledger->adjustments);
  g_assert_cmpint (proof->opening_minor, ==, ledger->opening);
  g_assert_cmpint (proof->closing_minor, ==, -ledger->held);
  g_assert_cmpint (proof->transfer_minor, ==, ledger->own);
  g_assert_cmpint (proof->former_transfer_minor, ==, ledger->former);
  g_assert_cmpint (proof->other_minor, ==, 0);
  g_assert_cmpint (proof->rounding_minor, ==, 0);
  g_assert_cmpint (proof->opening_minor + proof->captures_minor + proof->refunds_minor + proof->fees_minor + proof->chargebacks_minor +
                     proof->claims_minor + proof->adjustments_minor - proof->closing_minor, ==, proof->computed_minor);
  g_assert_cmpint (proof->computed_minor + ledger->returned, ==, settlement->paid);
}

/* A payout that the bank returned is in the next one, and is no line of the period's. */
static void
assert_state (const CfoilProof *proof,
              const Ledger     *ledger)
{
  g_assert_false (proof->is_wrong);
  if (ledger->returned == 0)
    {
      if (proof->state != CFOIL_PROOF_BALANCED)
        g_error ("%s is %s: %s", proof->settlement_id, cfoil_proof_state_to_string (proof->state),
                 proof->causes->len > 0 ? ((CfoilCause *) g_ptr_array_index (proof->causes, 0))->text : "no cause");
      g_assert_cmpint (proof->remainder_minor, ==, 0);
      return;
    }
  g_assert_cmpint (proof->state, ==, CFOIL_PROOF_EXPLAINED);
  g_assert_cmpint (proof->remainder_minor, ==, ledger->returned);
  g_assert_cmpint (((CfoilCause *) g_ptr_array_index (proof->causes, 0))->kind, ==, CFOIL_CAUSE_FAILED_PAYOUT);
  g_assert_cmpint (((CfoilCause *) g_ptr_array_index (proof->causes, 0))->minor, ==, ledger->returned);
}

static CfoilProof *
find_proof (GPtrArray  *proofs,
            const char *settlement_id)
{
  for (guint i = 0; i < proofs->len; i++)
    if (g_str_equal (((CfoilProof *) g_ptr_array_index (proofs, i))->settlement_id, settlement_id))
      return g_ptr_array_index (proofs, i);
  return NULL;
}

/* Nobody is sent to look into a year that adds up, whatever banks returned. */
static void
assert_no_alarm (TestMirror *mirror)
{
  g_autoptr (GError) error = NULL;
  CfoilDatabase *reader = NULL;
  g_autofree char *imbalances = NULL;
  guint n_wrong = 1;

  cfoil_writer_record_imbalances (mirror->writer, &error);
  g_assert_no_error (error);
  test_commit (mirror->writer);
  imbalances = test_dump (mirror->mirror, "SELECT subject, message FROM exception WHERE kind = 5");
  g_assert_cmpstr (imbalances, ==, "");
  reader = cfoil_mirror_open_reader (mirror->mirror, &error);
  cfoil_proof_count_wrong (reader, NULL, NULL, &n_wrong, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_wrong, ==, 0);
  cfoil_database_close (reader);
}

static void
test_year (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);
  g_autoptr (ProofYear) year = proof_year_new (merchants[which].region, 365, merchants[which].transactions, 7 + which);
  g_autoptr (TestMirror) mirror = read_year (year);
  g_autoptr (GPtrArray) proofs = proof_list (mirror);
  guint n_reserves = 0, n_carried = 0, n_late = 0, n_returned = 0, n_reversals = 0;

  g_assert_cmpuint (proofs->len, ==, year->files->len);
  for (guint i = 0; i < year->files->len; i++)
    {
      const CfoilSimSettlement *settlement = proof_year_settlement (year, i);
      const CfoilProof *proof = find_proof (proofs, settlement->id);
      Ledger ledger = add_ledger (year, i + 1);

      assert_figures (proof, settlement, &ledger);
      assert_state (proof, &ledger);
      n_reserves += proof->reserve_minor != 0;
      n_carried += proof->closing_minor != -proof->reserve_minor;
      n_late += proof->former_transfer_minor != 0;
      n_returned += ledger.returned != 0;
      n_reversals += proof->chargebacks_minor > 0;
    }
  assert_no_alarm (mirror);
  g_test_message ("%u settlements, %u with reserve, %u carried on, %u late transfers, %u returned payouts, %u reversals", proofs->len,
                  n_reserves, n_carried, n_late, n_returned, n_reversals);
  g_assert_cmpuint (n_reserves, >, 3);
  if (which < 2)
    g_assert_true (n_carried > 0 && n_late > 0 && n_returned > 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (merchants); i++)
    g_test_add_data_func (merchants[i].name, GUINT_TO_POINTER (i), test_year);
  return g_test_run ();
}
