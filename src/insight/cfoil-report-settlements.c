/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-private.h"

#include "cfoil-currency.h"
#include "cfoil-proof.h"
#include "cfoil-query.h"

#include <glib/gi18n.h>

/* Settlements that end in the period, by cfoil-proof.h; and where their money is. */

static const ReportKey keys[] = {
  { "settlement_id", N_ ("Settlement") },
  { "ended", N_ ("Until"), CFOIL_COLUMN_DAY },
  { "proof", N_ ("Proof") },
};

static const ReportColumn proof_columns[] = {
  { "opening_balance", N_ ("Opening Balance"), CFOIL_COLUMN_MONEY, 0, 0, TRUE },
  { "charges", N_ ("Payments"), CFOIL_COLUMN_MONEY, 1, 0 },
  { "refunds", N_ ("Refunds"), CFOIL_COLUMN_MONEY, 2, 0 },
  { "fees", N_ ("Fees"), CFOIL_COLUMN_MONEY, 3, 0 },
  { "disputes", N_ ("Disputes"), CFOIL_COLUMN_MONEY, 4, 0 },
  { "other", N_ ("Other"), CFOIL_COLUMN_MONEY, 5, 0 },
  { "closing_balance", N_ ("Closing Balance"), CFOIL_COLUMN_MONEY, 6, 0, TRUE },
  { "computed_disbursement", N_ ("To Be Paid Out"), CFOIL_COLUMN_MONEY, 7, 0 },
  { "reported_disbursement", N_ ("Paid Out"), CFOIL_COLUMN_MONEY, 8, 0 },
  { "difference", N_ ("Difference"), CFOIL_COLUMN_MONEY, 9, 0 },
};

static const ReportColumn bank_columns[] = {
  { "charges", N_ ("Payments"), CFOIL_COLUMN_MONEY, 1, 0 },
  { "refunds", N_ ("Refunds"), CFOIL_COLUMN_MONEY, 2, 0 },
  { "fees", N_ ("Fees"), CFOIL_COLUMN_MONEY, 3, 0 },
  { "rest", N_ ("All Else"), CFOIL_COLUMN_MONEY, 11, 0 },
  { "computed_disbursement", N_ ("To Be Paid Out"), CFOIL_COLUMN_MONEY, 7, 0 },
  { "reported_disbursement", N_ ("Paid Out"), CFOIL_COLUMN_MONEY, 8, 0 },
  { "difference", N_ ("Difference"), CFOIL_COLUMN_MONEY, 9, 0 },
  { "booked", N_ ("At the Bank"), CFOIL_COLUMN_MONEY, 10, 0 },
};

static int
compare_proofs (gconstpointer a,
                gconstpointer b)
{
  const CfoilProof *first = *(CfoilProof *const *) a, *second = *(CfoilProof *const *) b;
  int order = g_strcmp0 (first->currency, second->currency);

  if (order == 0 && first->end_us != second->end_us)
    order = first->end_us < second->end_us ? -1 : 1;
  return order != 0 ? order : g_strcmp0 (first->settlement_id, second->settlement_id);
}

static GPtrArray *
read_proofs (CfoilReportRun *run,
             GError        **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GPtrArray *proofs;

  for (guint i = 0; i < run->account_names->len; i++)
    g_ptr_array_add (names, g_ptr_array_index (run->account_names, i));
  g_ptr_array_add (names, NULL);
  proofs = cfoil_proof_list (run->database, (char **) names->pdata, &run->period, run->zone, run->cancellable, error);
  if (proofs != NULL)
    g_ptr_array_sort (proofs, compare_proofs);
  return proofs;
}

static char *
dup_query (const CfoilProof *proof)
{
  g_autofree char *settlement = cfoil_term_text_of_value (CFOIL_FIELD_SETTLEMENT, proof->settlement_id, FALSE);
  g_autofree char *currency = cfoil_term_text_of_value (CFOIL_FIELD_CURRENCY, proof->currency, FALSE);
  g_autofree char *account = cfoil_term_text_of_value (CFOIL_FIELD_ACCOUNT, proof->account, FALSE);

  return g_strdup_printf ("%s %s %s", settlement, currency, account);
}

static void
add_proof (CfoilReportRun   *run,
           ReportSums       *sums,
           const CfoilProof *proof,
           gint64            booked_minor)
{
  g_autofree char *query = dup_query (proof);
  gint64 disputes = proof->chargebacks_minor + proof->claims_minor;
  gint64 ordinary = proof->captures_minor + proof->refunds_minor + proof->fees_minor;
  ReportLine line = {
    .day = CFOIL_UNKNOWN,
    .keys = { proof->settlement_id, NULL, _ (cfoil_proof_state_get_title (proof->state)) },
    .names = { NULL, NULL, cfoil_proof_state_to_string (proof->state) },
    .key_numbers = { 0, proof->end_us != CFOIL_UNKNOWN ? cfoil_day_of_time (proof->end_us, run->zone) : CFOIL_UNKNOWN, 0 },
    .query = query,
    .values = { proof->opening_minor, proof->captures_minor, proof->refunds_minor, proof->fees_minor, disputes,
                proof->computed_minor + proof->closing_minor - proof->opening_minor - ordinary - disputes, proof->closing_minor,
                proof->computed_minor, proof->disbursed_minor, proof->remainder_minor, booked_minor, proof->computed_minor - ordinary },
  };

  _report_sums_add (sums, proof->currency, &line);
}

/* The causes of what does not add up, each a sentence. */
static void
add_causes (CfoilReportRun *run,
            GPtrArray      *proofs)
{
  const guint max = 12;
  guint n = 0;

  for (guint i = 0; i < proofs->len; i++)
    {
      const CfoilProof *proof = g_ptr_array_index (proofs, i);

      for (guint k = 0; k < proof->causes->len; k++)
        {
          const CfoilCause *cause = g_ptr_array_index (proof->causes, k);

          if (cause->minor != 0 && n++ < max)
            _cfoil_report_run_note (run, g_strdup_printf (C_ ("settlement and cause", "%s: %s"), proof->settlement_id, cause->text));
        }
    }
  if (n > max)
    _cfoil_report_run_note (run, g_strdup (_ ("There are more differences; the page Settlements explains each.")));
}

CfoilTable *
_cfoil_report_settlements (CfoilReportRun *run,
                           GError        **error)
{
  const ReportShape shape = { .keys = keys, .n_keys = 3, .columns = proof_columns, .n_columns = G_N_ELEMENTS (proof_columns),
                              .n_values = 12, .query_field = CFOIL_N_FIELDS };
  g_autoptr (GPtrArray) proofs = read_proofs (run, error);
  g_autoptr (ReportSums) sums = NULL;
  CfoilTable *table;

  if (proofs == NULL)
    return NULL;
  sums = _report_sums_new (run, &shape);
  for (guint i = 0; i < proofs->len; i++)
    add_proof (run, sums, g_ptr_array_index (proofs, i), CFOIL_UNKNOWN);
  table = _report_sums_end (sums);
  add_causes (run, proofs);
  return table;
}

/* --- reconciliation --- */

/* What the bank booked of a payout, by its settlement and currency. */
static gboolean
read_booked (CfoilReportRun   *run,
             const CfoilProof *proof,
             gint64           *booked,
             GError          **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (
    run->database,
    "SELECT sum (e.amount_minor) FROM bank_match AS m JOIN bank_entry AS e USING (entry_id) "
    "JOIN account AS a ON a.name = ?3 AND a.provider = m.provider AND a.environment = m.environment "
    "WHERE m.settlement_provider_id = ?1 AND m.currency = ?2",
    error);

  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_text (row, 1, proof->settlement_id);
  cfoil_statement_bind_text (row, 2, proof->currency);
  cfoil_statement_bind_text (row, 3, proof->account);
  if (cfoil_statement_step (row, error) == CFOIL_STEP_ERROR)
    return FALSE;
  *booked = cfoil_statement_column_int64 (row, 0);
  return TRUE;
}

/* The way begins with sales; some are in no settlement yet. */
static gboolean
note_unsettled (CfoilReportRun *run,
                GError        **error)
{
  g_autoptr (CfoilStatement) row = _cfoil_report_run_prepare_times (
    run,
    "SELECT t.currency, count (*), sum (t.gross_minor) FROM txn AS t WHERE t.type = 1 AND t.state = 5 AND t.settlement_id IS NULL "
    "AND t.sort_us >= ?1 AND t.sort_us < ?2 AND t.account_id IN (%ACCOUNTS%) AND t.currency IS NOT NULL "
    "AND (?3 IS NULL OR t.currency = ?3) GROUP BY t.currency ORDER BY t.currency LIMIT 12",
    error);
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      gint64 n = cfoil_statement_column_int64 (row, 1);
      g_autofree char *amount = cfoil_currency_format (cfoil_statement_column_int64 (row, 2), cfoil_statement_column_text (row, 0));
      /* Translators: how many payments, and how much they are together */
      char *note = g_strdup_printf (
        ngettext ("%ld payment of the period (%s) is in no settlement yet.",
                  "%ld payments of the period (%s) are in no settlement yet.", (gulong) n),
        (glong) n, amount);

      _cfoil_report_run_note (run, note);
    }
  return step == CFOIL_STEP_DONE;
}

CfoilTable *
_cfoil_report_reconciliation (CfoilReportRun *run,
                              GError        **error)
{
  const ReportShape shape = { .keys = keys, .n_keys = 3, .columns = bank_columns, .n_columns = G_N_ELEMENTS (bank_columns),
                              .n_values = 12, .query_field = CFOIL_N_FIELDS };
  g_autoptr (GPtrArray) proofs = read_proofs (run, error);
  g_autoptr (ReportSums) sums = NULL;
  g_autoptr (CfoilTable) table = NULL;
  gboolean has_booked = FALSE;

  if (proofs == NULL)
    return NULL;
  sums = _report_sums_new (run, &shape);
  for (guint i = 0; i < proofs->len; i++)
    {
      const CfoilProof *proof = g_ptr_array_index (proofs, i);
      gint64 booked;

      if (!read_booked (run, proof, &booked, error))
        return NULL;
      has_booked |= booked != CFOIL_UNKNOWN;
      add_proof (run, sums, proof, booked);
    }
  table = _report_sums_end (sums);
  if (!note_unsettled (run, error))
    return NULL;
  if (!has_booked && proofs->len > 0)
    _cfoil_report_run_note (run, g_strdup (_ ("Nothing is matched with the bank yet: import a bank statement on the page Settlements.")));
  add_causes (run, proofs);
  return g_steal_pointer (&table);
}
