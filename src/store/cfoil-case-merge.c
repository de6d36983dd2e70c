/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-private.h"

#include "cfoil-time.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* Every step takes the case that stays as ?1 and the one that goes as ?2.  Where both
 * have the same, that of the one that stays counts; the other draft of a round becomes a
 * version, so that no word is lost. */
static const char *const steps[] = {
  "UPDATE case_source SET seen_us = (SELECT min (o.seen_us) FROM case_source AS o WHERE o.case_id IN (?1, ?2) "
  "AND o.route = case_source.route AND o.detail = case_source.detail) WHERE case_id = ?1",
  "UPDATE OR IGNORE case_source SET case_id = ?1 WHERE case_id = ?2",
  /* one route that told of both told of one */
  "DELETE FROM case_event WHERE case_id = ?2 AND kind = 'found' AND who IS NULL "
  "AND text IN (SELECT e.text FROM case_event AS e WHERE e.case_id = ?1 AND e.kind = 'found')",
  "UPDATE case_event SET case_id = ?1 WHERE case_id = ?2",
  "UPDATE OR IGNORE reminder SET case_id = ?1 WHERE case_id = ?2",
  "INSERT INTO draft_version (case_id, round, at_us, who, why, text) "
  "SELECT ?1, o.round, o.changed_us, NULL, 'import', o.text FROM draft AS o JOIN draft AS d ON d.case_id = ?1 AND d.round = o.round "
  "WHERE o.case_id = ?2 AND d.text <> o.text",
  "UPDATE OR IGNORE draft SET case_id = ?1 WHERE case_id = ?2",
  "UPDATE draft_version SET case_id = ?1 WHERE case_id = ?2",
  "UPDATE submission SET case_id = ?1 WHERE case_id = ?2",
  /* so that the ids are free.  The table stays: one cannot be dropped while anything is
   * read, and a rebuild reads objects while it comes to this. */
  "CREATE TEMP TABLE IF NOT EXISTS merged_case AS SELECT * FROM dispute_case WHERE 0",
  "INSERT INTO temp.merged_case SELECT * FROM dispute_case WHERE case_id = ?2",
  "DELETE FROM dispute_case WHERE case_id = ?2",
  "UPDATE dispute_case AS c SET "
  "account_id = coalesce (c.account_id, m.account_id), dispute_id = coalesce (c.dispute_id, m.dispute_id), "
  "charge_id = coalesce (c.charge_id, m.charge_id), permission_id = coalesce (c.permission_id, m.permission_id), "
  "estimated_due_us = coalesce (min (c.estimated_due_us, m.estimated_due_us), c.estimated_due_us, m.estimated_due_us), "
  "notice_us = coalesce (min (c.notice_us, m.notice_us), c.notice_us, m.notice_us), "
  "is_by_hand = min (c.is_by_hand, m.is_by_hand), "
  "said_state = coalesce (c.said_state, m.said_state), said_reason = coalesce (c.said_reason, m.said_reason), "
  "said_outcome = coalesce (c.said_outcome, m.said_outcome), "
  "said_currency = coalesce (c.said_currency, m.said_currency), "
  "said_amount_minor = iif (c.said_currency IS NULL, m.said_amount_minor, c.said_amount_minor), "
  "told_currency = coalesce (c.told_currency, m.told_currency), "
  "told_amount_minor = iif (c.told_currency IS NULL OR (m.told_currency = c.told_currency AND m.told_amount_minor > c.told_amount_minor), "
  "m.told_amount_minor, c.told_amount_minor), "
  "said_opened_us = coalesce (c.said_opened_us, m.said_opened_us), said_due_us = coalesce (c.said_due_us, m.said_due_us), "
  "said_buyer = coalesce (c.said_buyer, m.said_buyer), said_reference = coalesce (c.said_reference, m.said_reference), "
  "claim_text = coalesce (c.claim_text, m.claim_text), handler = coalesce (c.handler, m.handler), "
  "product = coalesce (nullif (c.product, 0), m.product), "
  "seen_state = coalesce (c.seen_state, m.seen_state), seen_reason = iif (c.seen_state IS NULL, m.seen_reason, c.seen_reason), "
  "seen_due_us = iif (c.seen_state IS NULL, m.seen_due_us, c.seen_due_us), seen_us = coalesce (c.seen_us, m.seen_us), "
  "created_us = min (c.created_us, m.created_us) FROM temp.merged_case AS m WHERE c.case_id = ?1 AND m.case_id = ?2",
  "DELETE FROM temp.merged_case",
};

/* How much of people's work hangs on it: who has it open should not lose it. */
static const char choose_sql[] =
  "SELECT case_id FROM dispute_case AS c WHERE case_id IN (?1, ?2) ORDER BY "
  "(SELECT count (*) FROM submission AS s WHERE s.case_id = c.case_id) DESC, "
  "(SELECT count (*) FROM draft AS d WHERE d.case_id = c.case_id) DESC, "
  "(SELECT count (*) FROM case_event AS e WHERE e.case_id = c.case_id AND e.who IS NOT NULL) DESC, case_id LIMIT 1";

static gboolean
run_step (CfoilDatabase *database,
          const char    *sql,
          gint64         kept_id,
          gint64         gone_id,
          GError       **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  /* Not every step has both. */
  if (strstr (sql, "?1") != NULL)
    cfoil_statement_bind_int64 (statement, 1, kept_id);
  if (strstr (sql, "?2") != NULL)
    cfoil_statement_bind_int64 (statement, 2, gone_id);
  return cfoil_statement_run (statement, error);
}

static gboolean
choose (CfoilDatabase *database,
        gint64         case_id,
        gint64         other_id,
        gint64        *kept_id,
        GError       **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, choose_sql, error);
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, case_id);
  cfoil_statement_bind_int64 (row, 2, other_id);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    *kept_id = cfoil_statement_column_int64 (row, 0);
  return step == CFOIL_STEP_ROW;
}

static gboolean
add_event (CfoilDatabase *database,
           gint64         kept_id,
           GError       **error)
{
  g_autoptr (CfoilStatement) insert = NULL;

  insert = cfoil_database_prepare (database,
                                   "INSERT INTO case_event (case_id, at_us, kind, text) VALUES (?1, ?2, 'merged', ?3)", error);
  if (insert == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (insert, 1, kept_id);
  cfoil_statement_bind_int64 (insert, 2, cfoil_time_now_us ());
  cfoil_statement_bind_text (insert, 3, N_ ("Two cases turned out to be one and were put together"));
  return cfoil_statement_run (insert, error);
}

gboolean
_cfoil_case_merge (CfoilDatabase *database,
                   gint64         case_id,
                   gint64         other_id,
                   gint64        *kept_id,
                   GError       **error)
{
  gint64 gone_id;

  g_return_val_if_fail (case_id != other_id, FALSE);

  if (!choose (database, case_id, other_id, kept_id, error))
    return FALSE;
  gone_id = *kept_id == case_id ? other_id : case_id;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!run_step (database, steps[i], *kept_id, gone_id, error))
      return FALSE;
  return add_event (database, *kept_id, error);
}

/* --- words --- */

const char *
_cfoil_case_route_words (const char *route)
{
  static const struct
  {
    const char *route;
    const char *words;
  } table[] = {
    { "object", N_ ("The provider told of this dispute") },
    { "settlement", N_ ("A settlement says that the money was taken back") },
    { "refund_report", N_ ("A refund report says that the buyer got the money back by a claim") },
    { "notification", N_ ("A notification told of this dispute") },
    { "typed", N_ ("The dispute’s ID was typed in") },
    { "email", N_ ("An e-mail told of this dispute") },
    { "hand", N_ ("Recorded by hand") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].route, route))
      return table[i].words;
  return route;
}

const char *
_cfoil_case_state_words (CfoilState       state,
                         CfoilCaseOutcome outcome)
{
  switch (outcome)
    {
    case CFOIL_CASE_OUTCOME_WON:
      return N_ ("Decided: won");
    case CFOIL_CASE_OUTCOME_LOST:
      return N_ ("Decided: lost");
    case CFOIL_CASE_OUTCOME_ACCEPTED:
      return N_ ("Closed: the merchant accepted it");
    case CFOIL_CASE_OUTCOME_EXPIRED:
      return N_ ("Closed: it was not answered in time");
    case CFOIL_CASE_OUTCOME_NEUTRAL:
      return N_ ("Closed without a decision");
    case CFOIL_CASE_OUTCOME_NONE:
    default:
      break;
    }
  switch ((guint) state)
    {
    case CFOIL_STATE_NEEDS_RESPONSE:
      return N_ ("An answer is needed");
    case CFOIL_STATE_UNDER_REVIEW:
      return N_ ("Under review");
    case CFOIL_STATE_WAITING_OTHER:
      return N_ ("The buyer is asked for more");
    default:
      return N_ ("The state changed");
    }
}
