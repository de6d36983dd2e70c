/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-private.h"

#include "cfoil-dispute.h"

#include <glib/gi18n.h>
#include <string.h>

/* Cases by the day on which they were opened: not by that of the decision, so that each is in
 * one period for ever. */

#define CASES_SQL \
  "SELECT coalesce (c.currency, ''), c.opened_at_us, c.reason, coalesce (c.outcome, 'undecided'), coalesce (c.amount_minor, 0) " \
  "FROM cases AS c WHERE c.account IN (SELECT name FROM account WHERE account_id IN (%ACCOUNTS%)) " \
  "AND c.opened_at_us >= ?1 AND c.opened_at_us < ?2 AND (?3 IS NULL OR c.currency = ?3) "

static const ReportColumn columns[] = {
  { "opened", N_ ("Opened"), CFOIL_COLUMN_COUNT, 0, 0 },
  { "disputed", N_ ("Disputed"), CFOIL_COLUMN_MONEY, 1, 0 },
  { "undecided", N_ ("Undecided"), CFOIL_COLUMN_COUNT, 2, 0 },
  { "won", N_ ("Won"), CFOIL_COLUMN_COUNT, 3, 0 },
  { "won_amount", N_ ("Won Back"), CFOIL_COLUMN_MONEY, 4, 0 },
  { "lost", N_ ("Lost or Not Answered"), CFOIL_COLUMN_COUNT, 5, 0 },
  { "lost_amount", N_ ("Lost"), CFOIL_COLUMN_MONEY, 6, 0 },
  { "won_part", N_ ("Won, of Decided"), CFOIL_COLUMN_RATIO, 3, 7 },
};

static void
count_case (ReportLine *line,
            const char *outcome,
            gint64      amount)
{
  gboolean is_won = g_str_equal (outcome, "won");
  gboolean is_lost = g_str_equal (outcome, "lost") || g_str_equal (outcome, "accepted") || g_str_equal (outcome, "expired");

  memset (line->values, 0, sizeof line->values);
  line->values[0] = 1;
  line->values[1] = amount;
  line->values[2] = g_str_equal (outcome, "undecided");
  line->values[3] = is_won;
  line->values[4] = is_won ? amount : 0;
  line->values[5] = is_lost;
  line->values[6] = is_lost ? amount : 0;
  line->values[7] = is_won || is_lost;
}

static const char *
outcome_title (const char *outcome)
{
  static const struct
  {
    const char *name;
    const char *title;
  } titles[] = {
    { "won", N_ ("Won") },
    { "lost", N_ ("Lost") },
    { "accepted", N_ ("Accepted") },
    { "expired", N_ ("Not answered in time") },
    { "neutral", N_ ("Closed without a winner") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (outcome, titles[i].name))
      return _ (titles[i].title);
  return _ ("Undecided");
}

static const char *
reason_title (const char *reason)
{
  CfoilReason neutral;

  return cfoil_reason_from_string (reason, &neutral) ? _ (cfoil_reason_get_title (neutral)) : _ ("Not known");
}

/* One of the two fields that the language of disputes calls as we do. */
static void
set_key (ReportLine *line,
         gboolean    by_reason,
         const char *name)
{
  CfoilReason neutral;
  gboolean is_known = by_reason ? cfoil_reason_from_string (name, &neutral) && neutral != CFOIL_REASON_UNKNOWN
                                : !g_str_equal (name, "undecided");

  line->keys[0] = by_reason ? reason_title (name) : outcome_title (name);
  line->names[0] = by_reason && !is_known ? "" : name;
  line->query_value = is_known ? name : NULL;
}

CfoilTable *
_cfoil_report_disputes (CfoilReportRun *run,
                        GError        **error)
{
  gboolean by_reason = g_str_equal (run->group, "reason");
  const ReportKey key[] = { { run->group, by_reason ? N_ ("Reason") : N_ ("Outcome") } };
  const ReportShape shape = { .keys = key, .n_keys = 1, .columns = columns, .n_columns = G_N_ELEMENTS (columns), .n_values = 8,
                              .query = "", .is_of_cases = TRUE, .query_field = CFOIL_N_FIELDS };
  g_autofree char *sql = g_strconcat (CASES_SQL "ORDER BY 1, ", run->is_by_time ? "2" : by_reason ? "3" : "4", ", c.uid", NULL);
  g_autoptr (CfoilStatement) row = _cfoil_report_run_prepare_times (run, sql, error);
  g_autoptr (ReportSums) sums = _report_sums_new (run, &shape);
  CfoilStep step;

  if (row == NULL)
    return NULL;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      const char *outcome = cfoil_statement_column_text (row, 3), *reason = cfoil_statement_column_text (row, 2);
      ReportLine line = { .day = CFOIL_UNKNOWN };

      if (run->is_by_time)
        line.day = cfoil_day_of_time (cfoil_statement_column_int64 (row, 1), run->zone);
      else
        set_key (&line, by_reason, by_reason ? reason : outcome);
      count_case (&line, outcome, cfoil_statement_column_int64 (row, 4));
      _report_sums_add (sums, cfoil_statement_column_text (row, 0), &line);
    }
  if (step != CFOIL_STEP_DONE)
    return NULL;
  return _report_sums_end (sums);
}
