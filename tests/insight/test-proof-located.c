/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof-file.h"
#include "proof-year.h"

#include "simulator-documents.h"

#include <string.h>

/* Every kind of fault in every kind of line of a year’s files, several faults to a mirror but
 * never two near each other: each is found, and the line is named wherever something else in
 * the mirror knows better.  Once with settlements and payouts alone, then with the provider's
 * reports of payments and refunds and with its disputes.  Prints what was found how. */

/* Settlements of its currency between one fault and the next. */
#define APART 3

typedef enum
{
  KIND_AMOUNT,
  KIND_PERCENTAGE,
  KIND_FIXED,
  KIND_FEE,
  KIND_NET,
  KIND_AMOUNT_NET,
  KIND_FEE_NET,
  KIND_PERCENTAGE_ALL,
  KIND_FIXED_ALL,
  KIND_SIGN,
  KIND_SIGN_ALL,
  KIND_CURRENCY,
  KIND_DROPPED,
  KIND_DOUBLED,
  KIND_MOVED,
  KIND_UNKNOWN,
  KIND_SENT_AGAIN,
  KIND_PAYOUT,
  KIND_MISSING,
  N_KINDS
} Kind;

static const char *const kind_names[N_KINDS] = {
  "cent in amount", "cent in percentage fee", "cent in fixed fee", "cent in fee", "cent in net", "cent in amount and net",
  "cent in fee and net", "cent in percentage, fee, net", "cent in fixed, fee, net", "sign of amount", "sign of all", "currency",
  "row dropped", "row twice", "row in the next file", "type unknown", "sent again, cent off", "cent in payout", "file missing",
};

static const char *const types[] = {
  "Capture", "Refund", "Chargeback", "Chargeback+", "A-to-z Guarantee Claim", "Dispute", "Authorization", "Adjustment", "Reserve",
  "Carryover", "Transfer", "Transfer+",
};

static const struct
{
  const char *name;
  CfoilSimRegion region;
  guint transactions;
  guint n_rounds;
} merchants[] = {
  { "usd", CFOIL_SIM_REGION_NA, 1500, 1 },
  { "eur-gbp", CFOIL_SIM_REGION_EU, 1500, 1 },
  { "jpy", CFOIL_SIM_REGION_JP, 500, 1 },
};

typedef struct
{
  guint target, row;
  Kind kind;
  guint type;
  char *id;          /* (owned): of its line */
  gint64 net;        /* likewise */
} Fault;

typedef enum
{
  FOUND_NOT,
  FOUND_ONLY,      /* and nothing is said about where */
  FOUND_AMONG,     /* it is one of the lines that are named */
  FOUND_SUSPECTED,
  FOUND_PROVEN,
  FOUND_WRONG,     /* a line that is right is said to be wrong */
  N_FOUND
} Found;

typedef struct
{
  guint n_others; /* lines that were suspected and are right */
  guint n[N_KINDS][N_FOUND];
  guint by_type[G_N_ELEMENTS (types)][N_FOUND];
} Tally;

static Tally tallies[2];

static void
clear_fault (gpointer data)
{
  g_free (((Fault *) data)->id);
}

/* --- planting --- */

static gboolean
is_balance (const char *type)
{
  return g_str_equal (type, "Reserve") || g_str_equal (type, "Carryover") || g_str_has_prefix (type, "Transfer");
}

/* What would change nothing, or make a file of another kind, is no fault. */
static gboolean
can_have (Kind        kind,
          const char *type,
          const char *line)
{
  g_autofree char *amount = proof_file_get (line, PROOF_COLUMN_AMOUNT);

  if ((kind == KIND_SIGN || kind == KIND_SIGN_ALL) && strpbrk (amount, "123456789") == NULL)
    return kind == KIND_SIGN_ALL && !is_balance (type);
  if (kind == KIND_MOVED || kind == KIND_CURRENCY)
    return !is_balance (type);
  return kind != KIND_SENT_AGAIN || strpbrk (amount, "123456789") != NULL;
}

static void
change_line (char       **line,
             Kind         kind,
             const char  *currency)
{
  static const guint columns[][4] = {
    [KIND_AMOUNT] = { PROOF_COLUMN_AMOUNT },
    [KIND_PERCENTAGE] = { PROOF_COLUMN_PERCENTAGE },
    [KIND_FIXED] = { PROOF_COLUMN_FIXED },
    [KIND_FEE] = { PROOF_COLUMN_FEE },
    [KIND_NET] = { PROOF_COLUMN_NET },
    [KIND_AMOUNT_NET] = { PROOF_COLUMN_AMOUNT, PROOF_COLUMN_NET },
    [KIND_FEE_NET] = { PROOF_COLUMN_FEE, PROOF_COLUMN_NET },
    [KIND_PERCENTAGE_ALL] = { PROOF_COLUMN_PERCENTAGE, PROOF_COLUMN_FEE, PROOF_COLUMN_NET },
    [KIND_FIXED_ALL] = { PROOF_COLUMN_FIXED, PROOF_COLUMN_FEE, PROOF_COLUMN_NET },
    [KIND_SENT_AGAIN] = { PROOF_COLUMN_AMOUNT, PROOF_COLUMN_NET },
    [N_KINDS] = { 0 },
  };

  for (guint i = 0; columns[kind][i] != 0; i++)
    proof_file_add (line, columns[kind][i], !g_str_equal (currency, "JPY"));
  if (kind == KIND_SIGN || kind == KIND_SIGN_ALL)
    proof_file_negate (line, PROOF_COLUMN_AMOUNT);
  for (guint column = PROOF_COLUMN_PERCENTAGE; kind == KIND_SIGN_ALL && column <= PROOF_COLUMN_NET; column++)
    proof_file_negate (line, column);
  if (kind == KIND_CURRENCY)
    proof_file_set (line, PROOF_COLUMN_CURRENCY, g_str_equal (currency, "EUR") ? "GBP" : "EUR");
  if (kind == KIND_UNKNOWN)
    proof_file_set (line, PROOF_COLUMN_TYPE, "Mystery");
}

/* The file with the fault, and in MOVED the line that goes to the next one. */
static char *
change_file (const char  *text,
             const Fault *fault,
             const char  *currency,
             char       **moved)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *changed = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_it = i == PROOF_FILE_N_HEAD + fault->row;

      if (is_it)
        change_line (&lines[i], fault->kind, currency);
      if (is_it && fault->kind == KIND_MOVED)
        *moved = g_strdup (lines[i]);
      if (is_it && (fault->kind == KIND_DROPPED || fault->kind == KIND_MOVED))
        continue;
      g_string_append_printf (changed, "%s%s", lines[i], lines[i + 1] != NULL ? "\n" : "");
      if (is_it && fault->kind == KIND_DOUBLED)
        g_string_append_printf (changed, "%s\n", lines[i]);
    }
  return g_string_free (changed, FALSE);
}

static char *
append_line (const char *text,
             const char *line)
{
  g_autofree char *last = NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *own = g_strdup (line);
  g_autofree char *id = proof_file_get (lines[PROOF_FILE_N_HEAD], PROOF_COLUMN_SETTLEMENT);

  proof_file_set (&own, PROOF_COLUMN_SETTLEMENT, id);
  return g_strconcat (text, g_str_has_suffix (text, "\n") ? "" : "\n", own, "\n", NULL);
}

/* --- choosing --- */

static const char *
currency_of (const ProofYear *year,
             guint            at)
{
  return cfoil_sim_currency_code (proof_year_settlement (year, at)->currency);
}

/* The next settlement of the same currency, or as many as DELTA says. */
static guint
step_from (const ProofYear *year,
           guint            at,
           int              delta)
{
  for (int i = (int) at; delta != 0;)
    {
      i += delta > 0 ? 1 : -1;
      if (i < 0 || i >= (int) year->files->len)
        return G_MAXUINT;
      if (proof_year_settlement (year, (guint) i)->currency != proof_year_settlement (year, at)->currency)
        continue;
      delta -= delta > 0 ? 1 : -1;
      at = (guint) i;
    }
  return at;
}

/* The fault that has been planted least, in a line of the type that has had the fewest, of those that
 * this settlement can have. */
static gboolean
choose (ProofYear *year,
        guint      target,
        guint      seed,
        guint      planted[][N_KINDS],
        Fault     *fault)
{
  const char *text = g_ptr_array_index (year->files, target);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = proof_file_count_rows (text), best = G_MAXUINT;

  *fault = (Fault) { .target = target, .kind = N_KINDS };
  for (guint i = 0; i < n; i++)
    {
      guint row = (seed * 7 + i) % n;
      g_autofree char *type = proof_file_get_type (text, row);
      guint which = 0, n_of_type = 0;

      while (which < G_N_ELEMENTS (types) && !g_str_equal (types[which], type))
        which++;
      g_assert_cmpuint (which, <, G_N_ELEMENTS (types));
      for (guint k = 0; k < KIND_PAYOUT; k++)
        n_of_type += planted[which][k];
      for (guint k = 0; k < KIND_PAYOUT; k++)
        {
          guint kind = (seed * 5 + k) % KIND_PAYOUT, score = planted[which][kind] * N_KINDS + n_of_type;

          if (score >= best || !can_have ((Kind) kind, type, lines[PROOF_FILE_N_HEAD + row]))
            continue;
          best = score;
          fault->row = row;
          fault->kind = (Kind) kind;
          fault->type = which;
        }
    }
  if (seed % 23 == 7 && proof_year_settlement (year, target)->paid > 0)
    fault->kind = KIND_PAYOUT;
  else if (seed % 23 == 15 && proof_year_settlement (year, target)->paid > 0)
    fault->kind = KIND_MISSING;
  else if (fault->kind == N_KINDS)
    return FALSE;
  else
    planted[fault->type][fault->kind]++;
  fault->id = proof_file_get (lines[PROOF_FILE_N_HEAD + fault->row], PROOF_COLUMN_ID);
  fault->net = proof_file_get_minor (lines[PROOF_FILE_N_HEAD + fault->row], PROOF_COLUMN_NET,
                                     !g_str_equal (currency_of (year, target), "JPY"));
  return TRUE;
}

/* For each currency its own row of faults. */
static GArray *
choose_all (ProofYear *year,
            guint      round,
            guint      planted[][N_KINDS])
{
  GArray *faults = g_array_new (FALSE, FALSE, sizeof (Fault));
  guint seed = round * 1000;

  g_array_set_clear_func (faults, clear_fault);
  for (guint first = 0; first < 2; first++)
    {
      if (first > 0 && proof_year_settlement (year, first)->currency == proof_year_settlement (year, 0)->currency)
        break;
      for (guint at = step_from (year, first, 2 + (int) round % 2); at != G_MAXUINT && step_from (year, at, 2) != G_MAXUINT;
           at = step_from (year, at, APART))
        {
          Fault fault;

          if (choose (year, at, seed++, planted, &fault))
            g_array_append_val (faults, fault);
        }
    }
  return faults;
}

/* --- mirrors --- */

static const Fault *
find_fault (const GArray *faults,
            guint         target)
{
  for (guint i = 0; i < faults->len; i++)
    if (g_array_index (faults, Fault, i).target == target)
      return &g_array_index (faults, Fault, i);
  return NULL;
}

static void
import_report (TestMirror         *mirror,
               ProofYear          *year,
               CfoilSimReportType  type)
{
  guint n_rows;
  gint64 until = year->merchant->options.until;
  GBytes *bytes = cfoil_sim_document_build (year->merchant, type, 0, until - 400 * G_GINT64_CONSTANT (86400), until, &n_rows);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_bytes_unref (bytes);
  proof_import (mirror, text);
}

static void
put_disputes (TestMirror *mirror,
              ProofYear  *year)
{
  for (guint i = 0; i < year->merchant->disputes->len; i++)
    {
      const CfoilSimDispute *dispute = g_ptr_array_index (year->merchant->disputes, i);
      CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, dispute->id, dispute->created * G_USEC_PER_SEC);

      said.currency = cfoil_sim_currency_code (dispute->charge->permission->currency);
      said.amount_minor = dispute->amount;
      said.created_us = dispute->created * G_USEC_PER_SEC;
      said.charge_id = dispute->charge->id;
      test_put_observation (mirror->writer, &said);
    }
}

static TestMirror *
read_year (ProofYear    *year,
           const GArray *faults)
{
  TestMirror *mirror = test_mirror_new ();
  g_autofree char **moved = g_new0 (char *, year->files->len);

  for (guint i = 0; i < year->files->len; i++)
    {
      const Fault *fault = find_fault (faults, i);

      proof_pay (mirror, proof_year_settlement (year, i), fault != NULL && fault->kind == KIND_PAYOUT);
    }
  test_commit (mirror->writer);
  for (guint i = 0; i < year->files->len; i++)
    {
      const char *text = g_ptr_array_index (year->files, i);
      const Fault *fault = find_fault (faults, i);
      guint next = step_from (year, i, 1);
      g_autofree char *changed = NULL;

      if (fault != NULL && fault->kind == KIND_MISSING)
        continue;
      if (fault != NULL && fault->kind == KIND_SENT_AGAIN)
        proof_import (mirror, text);
      if (fault != NULL)
        changed = change_file (text, fault, currency_of (year, i), &moved[MIN (next, year->files->len - 1)]);
      else if (moved[i] != NULL)
        changed = append_line (text, moved[i]);
      proof_import (mirror, changed != NULL ? changed : text);
      g_free (moved[i]);
    }
  return mirror;
}

/* What the provider says of payments, refunds and disputes themselves. */
static void
read_witness (TestMirror *mirror,
              ProofYear  *year)
{
  put_disputes (mirror, year);
  test_commit (mirror->writer);
  import_report (mirror, year, CFOIL_SIM_REPORT_AUTHORIZATION);
  import_report (mirror, year, CFOIL_SIM_REPORT_CAPTURE);
  import_report (mirror, year, CFOIL_SIM_REPORT_REFUND);
}

/* --- what is found --- */

static gboolean
names_row (const CfoilCause *cause,
           guint             row)
{
  for (guint i = 0; cause->rows != NULL && i < cause->rows->len; i++)
    if (g_array_index (cause->rows, guint, i) == row)
      return TRUE;
  return FALSE;
}

/* The fee of an authorization names it in an older form. */
static gboolean
is_about (const char *query,
          const char *id)
{
  g_autofree char *charge = g_strdup (id);
  gsize length = strlen (id);

  if (length < 7)
    return FALSE;
  if (charge[length - 7] == 'A')
    charge[length - 7] = 'C';
  return strstr (query, id) != NULL || strstr (query, charge) != NULL;
}

/* Of what is not in the file any more the balance is named, or the payment. */
static gboolean
names_line (const CfoilProof *proof,
            const CfoilCause *cause,
            const Fault      *fault,
            gboolean          is_its_own)
{
  const char *type = types[fault->type];

  if (fault->kind == KIND_PAYOUT || fault->kind == KIND_MISSING)
    return cause->minor != 0;
  if (fault->kind == KIND_MOVED && cause->kind == CFOIL_CAUSE_MISPLACED && ABS (cause->minor) == ABS (fault->net))
    return TRUE;
  if (cause->query != NULL && is_about (cause->query, fault->id))
    return TRUE;
  if (is_balance (type) && cause->minor != 0 &&
      (cause->kind == CFOIL_CAUSE_RESERVE || cause->kind == CFOIL_CAUSE_CARRYOVER || cause->kind == CFOIL_CAUSE_OPENING ||
       cause->kind == CFOIL_CAUSE_PAYOUT || cause->kind == CFOIL_CAUSE_FAILED_PAYOUT))
    return TRUE;
  if (fault->kind == KIND_DROPPED)
    return FALSE;
  return is_its_own && (names_row (cause, fault->row + 1) || (fault->kind == KIND_DOUBLED && names_row (cause, fault->row + 2)));
}

static Found
look (const CfoilProof *proof,
      const Fault      *fault,
      gboolean          is_its_own)
{
  Found found = FOUND_NOT;

  if (proof->is_wrong || proof->state == CFOIL_PROOF_DIFFERS)
    found = FOUND_ONLY;
  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);
      gboolean is_note = cause->kind == CFOIL_CAUSE_UNKNOWN_TYPE || cause->kind == CFOIL_CAUSE_ROUNDING;

      if (is_note)
        found = MAX (found, FOUND_ONLY);
      if (!names_line (proof, cause, fault, is_its_own))
        continue;
      if (cause->kind == CFOIL_CAUSE_UNCONFIRMED)
        found = MAX (found, FOUND_AMONG);
      else if (cause->kind == CFOIL_CAUSE_SUSPECT)
        found = MAX (found, FOUND_SUSPECTED);
      else if (cause->minor != 0 || (is_note && proof->remainder_minor == 0) || cause->kind == CFOIL_CAUSE_UNKNOWN_TYPE)
        found = MAX (found, FOUND_PROVEN);
    }
  return found;
}

/* What is claimed adds up, and what is only suspected claims nothing. */
static void
assert_claims (const CfoilProof *proof)
{
  gint64 sum = 0;

  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);

      sum += cause->minor;
      if (cause->kind != CFOIL_CAUSE_SUSPECT && cause->kind != CFOIL_CAUSE_UNCONFIRMED)
        continue;
      g_assert_cmpint (cause->minor, ==, 0);
      g_assert_cmpint (proof->state, ==, CFOIL_PROOF_DIFFERS);
    }
  if (proof->state != CFOIL_PROOF_DIFFERS)
    g_assert_cmpint (sum, ==, proof->remainder_minor);
}

/* Lines that are right and are said to be wrong, or (IS_SUSPECTED) that they may be. */
static guint
count_accused (const CfoilProof *proof,
               const Fault      *fault,
               gboolean          is_its_own,
               gboolean          is_suspected)
{
  guint n = 0;

  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);
      gboolean is_of_line = cause->kind == CFOIL_CAUSE_DOUBLED || cause->kind == CFOIL_CAUSE_AMOUNT ||
                            cause->kind == CFOIL_CAUSE_CURRENCY || cause->kind == CFOIL_CAUSE_MISPLACED ||
                            cause->kind == CFOIL_CAUSE_MISSING_DAY || (cause->kind == CFOIL_CAUSE_ROUNDING && cause->rows != NULL);

      if (names_line (proof, cause, fault, is_its_own))
        continue;
      n += is_suspected ? cause->kind == CFOIL_CAUSE_SUSPECT : is_of_line && cause->minor != 0;
    }
  return n;
}

static void
describe (const CfoilProof *proof)
{
  g_test_message ("%s %s: %s, remainder %" G_GINT64_FORMAT ", computed %" G_GINT64_FORMAT ", paid %" G_GINT64_FORMAT, proof->settlement_id,
                  proof->currency, cfoil_proof_state_to_string (proof->state), proof->remainder_minor, proof->computed_minor,
                  proof->disbursed_minor);
  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);

      g_test_message ("  %s %" G_GINT64_FORMAT " %s", cfoil_cause_kind_to_string (cause->kind), cause->minor, cause->text);
    }
}

/* The line can be named whenever something else knows what it should be: itself, the payment,
 * the settlement beside it, what all other lines pay. */
static gboolean
has_second_witness (const Fault *fault,
                    gboolean     has_witness)
{
  const char *type = types[fault->type];
  gboolean is_payment = g_str_equal (type, "Capture") || g_str_equal (type, "Refund");

  switch (fault->kind)
    {
    case KIND_AMOUNT_NET:
    case KIND_SIGN_ALL:
    case KIND_DROPPED:
      return g_str_equal (type, "Reserve") || g_str_equal (type, "Carryover") || (has_witness && is_payment);
    case KIND_PERCENTAGE_ALL:
    case KIND_FIXED_ALL:
      return g_str_equal (type, "Capture");
    case KIND_CURRENCY:
    case KIND_AMOUNT:
    case KIND_PERCENTAGE:
    case KIND_FIXED:
    case KIND_FEE:
    case KIND_NET:
    case KIND_FEE_NET:
    case KIND_SIGN:
    case KIND_DOUBLED:
    case KIND_MOVED:
    case KIND_UNKNOWN:
    case KIND_SENT_AGAIN:
    case KIND_PAYOUT:
    case KIND_MISSING:
    case N_KINDS:
    default:
      return TRUE;
    }
}

static void
check_fault (ProofYear   *year,
             TestMirror  *mirror,
             GPtrArray   *listed,
             const Fault *fault,
             gboolean     has_witness,
             Tally       *tally)
{
  Found best = FOUND_NOT;

  for (int delta = -1; delta <= 1 && best < FOUND_PROVEN; delta++)
    {
      guint at = step_from (year, fault->target, delta);
      const CfoilSimSettlement *settlement = proof_year_settlement (year, at);

      for (guint i = 0; i < listed->len; i++)
        {
          const CfoilProof *proof = g_ptr_array_index (listed, i);
          g_autoptr (CfoilProof) read = NULL;

          if (!g_str_equal (proof->settlement_id, settlement->id) || !g_str_equal (proof->currency, currency_of (year, at)))
            continue;
          best = MAX (best, look (proof, fault, delta == 0));
          assert_claims (proof);
          if (count_accused (proof, fault, delta == 0, FALSE) > 0)
            best = FOUND_WRONG;
          tally->n_others += count_accused (proof, fault, delta == 0, TRUE);
          if (best >= FOUND_PROVEN)
            break;
          read = proof_read (mirror, proof);
          assert_claims (read);
          best = MAX (best, look (read, fault, delta == 0));
        }
    }
  tally->n[fault->kind][best]++;
  if (fault->kind < KIND_PAYOUT)
    tally->by_type[fault->type][best]++;
  if (best == FOUND_NOT || best == FOUND_WRONG || (best < FOUND_SUSPECTED && has_second_witness (fault, has_witness)))
    {
      for (guint i = 0; i < listed->len; i++)
        for (int delta = -1; delta <= 1; delta++)
          if (g_str_equal (((CfoilProof *) g_ptr_array_index (listed, i))->settlement_id,
                           proof_year_settlement (year, step_from (year, fault->target, delta))->id))
            describe (g_ptr_array_index (listed, i));
      g_test_message ("%s, row %u (%s, %s) of settlement %s is %s", kind_names[fault->kind], fault->row + 1, types[fault->type], fault->id,
                      proof_year_settlement (year, fault->target)->id, best == FOUND_NOT ? "not found" : best == FOUND_WRONG ? "told of another" : "not located");
      g_test_fail ();
    }
}

/* Nobody else is accused. */
static void
check_others (ProofYear    *year,
              GPtrArray    *listed,
              const GArray *faults)
{
  for (guint i = 0; i < listed->len; i++)
    {
      const CfoilProof *proof = g_ptr_array_index (listed, i);
      gboolean is_near = FALSE;

      for (guint k = 0; k < faults->len && !is_near; k++)
        for (int delta = -1; delta <= 1; delta++)
          {
            guint at = step_from (year, g_array_index (faults, Fault, k).target, delta);

            is_near = is_near || g_str_equal (proof->settlement_id, proof_year_settlement (year, at)->id);
          }
      if (is_near || !proof->is_wrong)
        continue;
      describe (proof);
      g_test_message ("settlement %s is accused, and nothing is wrong with it", proof->settlement_id);
      g_test_fail ();
    }
}

static void
check_all (ProofYear    *year,
           TestMirror   *mirror,
           const GArray *faults,
           gboolean      has_witness)
{
  g_autoptr (GPtrArray) listed = proof_list (mirror);

  for (guint i = 0; i < faults->len; i++)
    check_fault (year, mirror, listed, &g_array_index (faults, Fault, i), has_witness, &tallies[has_witness]);
  check_others (year, listed, faults);
}

static void
test_located (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);
  g_autoptr (ProofYear) year = proof_year_new (merchants[which].region, 320, merchants[which].transactions, 31 + which);
  guint planted[G_N_ELEMENTS (types)][N_KINDS] = { 0 };

  for (guint round = 0; round < merchants[which].n_rounds; round++)
    {
      g_autoptr (GArray) faults = choose_all (year, round, planted);
      g_autoptr (TestMirror) mirror = read_year (year, faults);

      check_all (year, mirror, faults, FALSE);
      read_witness (mirror, year);
      check_all (year, mirror, faults, TRUE);
    }
}

static void
print_row (const char  *name,
           const guint *n)
{
  guint sum = 0;

  for (guint i = 0; i < N_FOUND; i++)
    sum += n[i];
  g_test_message ("%-30s %8u %6u %8u %10u %6u %8u", name, sum, sum - n[FOUND_NOT], n[FOUND_PROVEN], n[FOUND_SUSPECTED], n[FOUND_AMONG],
                  n[FOUND_ONLY]);
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tallies); i++)
    {
      g_test_message ("%s", i == 0 ? "With settlements and payouts alone:" : "With reports of payments and refunds, and disputes:");
      g_test_message ("%-30s %8s %6s %8s %10s %6s %8s", "fault", "injected", "found", "line", "suspected", "among", "nowhere");
      for (guint kind = 0; kind < N_KINDS; kind++)
        print_row (kind_names[kind], tallies[i].n[kind]);
      for (guint type = 0; type < G_N_ELEMENTS (types); type++)
        print_row (types[type], tallies[i].by_type[type]);
      g_test_message ("Right lines that were suspected: %u", tallies[i].n_others);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (merchants); i++)
    {
      g_autofree char *path = g_strdup_printf ("/proof/located/%s", merchants[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_located);
    }
  g_test_add_func ("/proof/table/found", test_table);
  return g_test_run ();
}
