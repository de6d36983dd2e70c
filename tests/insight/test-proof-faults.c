/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof-file.h"
#include "proof-year.h"

#include <string.h>

/* One fault in a history that is right: it is found, the settlement is named, and where it
 * can be known the row.  The bytes of the file are changed before it is read. */

#define N_AROUND 2   /* settlements on either side of the wrong one */

typedef enum
{
  FAULT_AMOUNT,      /* a cent in one column, */
  FAULT_FEE,
  FAULT_NET,
  FAULT_CONSISTENT,  /* in amount and net together */
  FAULT_DROPPED,
  FAULT_DOUBLED,
  FAULT_PAYOUT,
  FAULT_MISSING,
  FAULT_UNKNOWN,
  FAULT_SENT_AGAIN,  /* right, and then again with another cent in amount and net */
  N_FAULTS
} Fault;

static const char *const fault_names[N_FAULTS] = {
  "amount", "fee", "net", "amount-and-net", "dropped", "doubled", "payout", "missing", "unknown", "sent-again",
};

static const struct
{
  const char *name;
  CfoilSimRegion region;
  guint transactions;
  guint n_per_kind;
} merchants[] = {
  { "usd", CFOIL_SIM_REGION_NA, 2500, 5 },
  { "eur-gbp", CFOIL_SIM_REGION_EU, 2500, 5 },
  { "jpy", CFOIL_SIM_REGION_JP, 800, 5 },
};

static ProofYear *years[G_N_ELEMENTS (merchants)];

/* --- files --- */

static char *
change_file (const char *text,
             guint       row,
             Fault       fault,
             gboolean    has_cents)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  char **line = &lines[PROOF_FILE_N_HEAD + row];

  switch (fault)
    {
    case FAULT_AMOUNT:
      proof_file_add (line, PROOF_COLUMN_AMOUNT, has_cents);
      break;
    case FAULT_FEE:
      proof_file_add (line, PROOF_COLUMN_FEE, has_cents);
      break;
    case FAULT_NET:
      proof_file_add (line, PROOF_COLUMN_NET, has_cents);
      break;
    case FAULT_CONSISTENT:
    case FAULT_SENT_AGAIN:
      proof_file_add (line, PROOF_COLUMN_AMOUNT, has_cents);
      proof_file_add (line, PROOF_COLUMN_NET, has_cents);
      break;
    case FAULT_UNKNOWN:
      proof_file_set (line, PROOF_COLUMN_TYPE, "Mystery");
      break;
    case FAULT_DOUBLED:
      {
        g_autofree char *twice = g_strconcat (*line, "\n", *line, NULL);

        g_free (*line);
        *line = g_steal_pointer (&twice);
        break;
      }
    case FAULT_DROPPED:
      {
        GString *rest = g_string_new (NULL);

        for (guint i = 0; lines[i] != NULL; i++)
          if (i != PROOF_FILE_N_HEAD + row)
            g_string_append_printf (rest, "%s%s", lines[i], lines[i + 1] != NULL ? "\n" : "");
        return g_string_free (rest, FALSE);
      }
    case FAULT_PAYOUT:
    case FAULT_MISSING:
    case N_FAULTS:
    default:
      break;
    }
  return g_strjoinv ("\n", lines);
}

/* --- mirrors --- */

/* Settlements of one currency around the wrong one, in order of time. */
static GArray *
list_around (ProofYear *year,
             guint      target)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (guint));
  guint at = 0;

  for (guint i = 0; i < year->files->len; i++)
    if (proof_year_settlement (year, i)->currency == proof_year_settlement (year, target)->currency)
      {
        if (i == target)
          at = all->len;
        g_array_append_val (all, i);
      }
  g_assert_true (at >= N_AROUND && at + N_AROUND < all->len);
  g_array_set_size (all, at + N_AROUND + 1);
  g_array_remove_range (all, 0, at - N_AROUND);
  return all;
}

static TestMirror *
read_around (ProofYear    *year,
             const GArray *around,
             guint         target,
             guint         row,
             Fault         fault)
{
  TestMirror *mirror = test_mirror_new ();
  gboolean has_cents = proof_year_settlement (year, target)->currency != CFOIL_SIM_JPY;

  for (guint i = 0; i < around->len; i++)
    {
      guint number = g_array_index (around, guint, i);

      proof_pay (mirror, proof_year_settlement (year, number), number == target && fault == FAULT_PAYOUT ? 1 : 0);
    }
  test_commit (mirror->writer);
  for (guint i = 0; i < around->len; i++)
    {
      guint number = g_array_index (around, guint, i);
      const char *text = g_ptr_array_index (year->files, number);
      g_autofree char *changed = number == target ? change_file (text, row, fault, has_cents) : g_strdup (text);

      if (number == target && fault == FAULT_SENT_AGAIN)
        proof_import (mirror, text);
      if (number != target || fault != FAULT_MISSING)
        proof_import (mirror, changed);
    }
  return mirror;
}

/* --- what is found --- */

static gboolean
names_row (const CfoilProof *proof,
           guint             row)
{
  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);

      /* One of several is not it. */
      for (guint k = 0; cause->kind != CFOIL_CAUSE_UNCONFIRMED && cause->rows != NULL && k < cause->rows->len; k++)
        if (g_array_index (cause->rows, guint, k) == row)
          return TRUE;
    }
  return FALSE;
}

static gboolean
is_returned_payout (const CfoilProof *proof)
{
  return proof->causes->len > 0 && ((CfoilCause *) g_ptr_array_index (proof->causes, 0))->kind == CFOIL_CAUSE_FAILED_PAYOUT &&
         ((CfoilCause *) g_ptr_array_index (proof->causes, 0))->minor == proof->remainder_minor;
}

/* Lines of unknown types and those that contradict themselves are named even where all adds up. */
static gboolean
tells_of_lines (const CfoilProof *proof)
{
  for (guint i = 0; i < proof->causes->len; i++)
    {
      CfoilCauseKind kind = ((CfoilCause *) g_ptr_array_index (proof->causes, i))->kind;

      if (kind == CFOIL_CAUSE_UNKNOWN_TYPE || kind == CFOIL_CAUSE_ROUNDING)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_flagged (const CfoilProof *proof)
{
  if (tells_of_lines (proof))
    return TRUE;
  return proof->state == CFOIL_PROOF_DIFFERS || (proof->state == CFOIL_PROOF_EXPLAINED && !is_returned_payout (proof));
}

static void
assert_sum (const CfoilProof *proof)
{
  gint64 sum = 0;

  for (guint i = 0; i < proof->causes->len; i++)
    sum += ((CfoilCause *) g_ptr_array_index (proof->causes, i))->minor;
  if (proof->state != CFOIL_PROOF_DIFFERS)
    g_assert_cmpint (sum, ==, proof->remainder_minor);
}

/* Rows whose number can be known: those that contradict themselves, or stand there twice, or
 * carry balances. */
static gboolean
can_be_located (Fault       fault,
                const char *type)
{
  if (fault == FAULT_CONSISTENT || fault == FAULT_DROPPED)
    return fault == FAULT_CONSISTENT && (g_str_equal (type, "Reserve") || g_str_equal (type, "Carryover"));
  return fault != FAULT_PAYOUT && fault != FAULT_MISSING;
}

static void
describe (const CfoilProof *proof)
{
  g_test_message ("%s %s, remainder %" G_GINT64_FORMAT " computed %" G_GINT64_FORMAT " paid %" G_GINT64_FORMAT, proof->settlement_id,
                  cfoil_proof_state_to_string (proof->state), proof->remainder_minor, proof->computed_minor, proof->disbursed_minor);
  for (guint i = 0; i < proof->causes->len; i++)
    g_test_message ("  %" G_GINT64_FORMAT " %s", ((CfoilCause *) g_ptr_array_index (proof->causes, i))->minor,
                    ((CfoilCause *) g_ptr_array_index (proof->causes, i))->text);
}

typedef struct
{
  guint n, n_explained, n_located;
} Tally;

/* A late transfer belongs to the settlement before; a missing report leaves a hole before the next one. */
static gboolean
may_be_named (ProofYear    *year,
              const GArray *around,
              const char   *settlement_id,
              Fault         fault,
              const char   *type)
{
  int delta = fault == FAULT_MISSING ? 1 : -1;

  if (g_str_equal (settlement_id, proof_year_settlement (year, g_array_index (around, guint, N_AROUND))->id))
    return TRUE;
  return (fault == FAULT_MISSING || g_str_has_prefix (type, "Transfer")) &&
         g_str_equal (settlement_id, proof_year_settlement (year, g_array_index (around, guint, (guint) (N_AROUND + delta)))->id);
}

static void
check_fault (ProofYear  *year,
             guint       target,
             guint       row,
             const char *type,
             Fault       fault,
             Tally      *tally)
{
  g_autoptr (GArray) around = list_around (year, target);
  g_autoptr (TestMirror) mirror = read_around (year, around, target, row, fault);
  g_autoptr (GPtrArray) proofs = proof_list (mirror);
  gboolean is_found = FALSE, is_located = FALSE, is_explained = TRUE;

  for (guint i = 0; i < proofs->len; i++)
    {
      const CfoilProof *listed = g_ptr_array_index (proofs, i);
      g_autoptr (CfoilProof) proof = proof_find (mirror, listed->settlement_id);

      g_assert_cmpint (proof->state, ==, listed->state);
      g_assert_cmpint (proof->remainder_minor, ==, listed->remainder_minor);
      assert_sum (proof);
      if (!is_flagged (proof))
        continue;
      if (!may_be_named (year, around, proof->settlement_id, fault, type))
        {
          for (guint k = 0; k < proofs->len; k++)
            describe (g_ptr_array_index (proofs, k));
          g_error ("%s of row %u (%s) of settlement %s: %s is named", fault_names[fault], row + 1, type,
                   proof_year_settlement (year, target)->id, proof->settlement_id);
        }
      is_found = TRUE;
      is_explained = is_explained && proof->state != CFOIL_PROOF_DIFFERS;
      is_located = is_located || names_row (proof, row + 1) || names_row (proof, row + 2);
    }
  if (!is_found || (can_be_located (fault, type) && !is_located && !g_str_has_prefix (type, "Transfer")))
    {
      for (guint k = 0; k < proofs->len; k++)
        describe (g_ptr_array_index (proofs, k));
      g_error ("%s of row %u (%s) of settlement %s is %s", fault_names[fault], row + 1, type, proof_year_settlement (year, target)->id,
               is_found ? "not located" : "not found");
    }
  tally->n++;
  tally->n_explained += is_explained;
  tally->n_located += is_located;
}

/* --- which faults --- */

/* Of the settlements that are neither first nor last of their currency. */
static guint
pick_settlement (ProofYear *year,
                 GRand     *rand,
                 gboolean   is_paid)
{
  for (;;)
    {
      guint at = (guint) g_rand_int_range (rand, 8, (gint32) year->files->len - 8);

      if (!is_paid || proof_year_settlement (year, at)->paid > 0)
        return at;
    }
}

/* Rows of all types in turn, so that the few that carry balances have their share. */
static guint
pick_row (ProofYear  *year,
          GRand      *rand,
          const char *wanted,
          guint      *target)
{
  for (guint tries = 0; tries < 60; tries++)
    {
      const char *text;
      guint n, from;

      *target = pick_settlement (year, rand, FALSE);
      text = g_ptr_array_index (year->files, *target);
      n = proof_file_count_rows (text);
      from = (guint) g_rand_int_range (rand, 0, (gint32) n);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *type = proof_file_get_type (text, (from + i) % n);

          if (g_str_equal (type, wanted))
            return (from + i) % n;
        }
    }
  return G_MAXUINT;
}

static void
test_rows (gconstpointer data)
{
  static const char *const types[] = { "Capture", "Refund", "Reserve", "Transfer", "Carryover", "Chargeback", "Adjustment",
                                       "Transfer+", "Chargeback+" };
  Fault fault = GPOINTER_TO_UINT (data) % N_FAULTS;
  guint which = GPOINTER_TO_UINT (data) / N_FAULTS;
  ProofYear *year = years[which];
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122 + fault);
  Tally tally = { 0 };

  /* Each fault begins elsewhere, so that together they meet all types of all merchants. */
  for (guint i = 0; i < G_N_ELEMENTS (types) && tally.n < merchants[which].n_per_kind; i++)
    {
      const char *type = types[(i + 5 * fault + 3 * which) % G_N_ELEMENTS (types)];
      guint target, row = pick_row (year, rand, type, &target);

      if (row != G_MAXUINT)
        check_fault (year, target, row, type, fault, &tally);
    }
  g_test_message ("%u of %u found, %u with the cause, %u with the row", tally.n, tally.n, tally.n_explained, tally.n_located);
  g_assert_cmpuint (tally.n, >=, 3);
}

static void
test_settlements (gconstpointer data)
{
  Fault fault = GPOINTER_TO_UINT (data) % N_FAULTS;
  ProofYear *year = years[GPOINTER_TO_UINT (data) / N_FAULTS];
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122 + fault);
  Tally tally = { 0 };

  for (guint i = 0; i < 3; i++)
    check_fault (year, pick_settlement (year, rand, TRUE), 0, "", fault, &tally);
  g_test_message ("%u of %u found, %u with the cause", tally.n, tally.n, tally.n_explained);
  g_assert_cmpuint (tally.n_explained, ==, tally.n);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (merchants); i++)
    {
      years[i] = proof_year_new (merchants[i].region, 365, merchants[i].transactions, 11 + i);
      for (guint fault = 0; fault < N_FAULTS; fault++)
        {
          g_autofree char *path = g_strdup_printf ("/proof/faults/%s/%s", merchants[i].name, fault_names[fault]);

          g_test_add_data_func (path, GUINT_TO_POINTER (i * N_FAULTS + fault),
                                fault == FAULT_PAYOUT || fault == FAULT_MISSING ? test_settlements : test_rows);
        }
    }
  result = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (merchants); i++)
    proof_year_free (years[i]);
  return result;
}
