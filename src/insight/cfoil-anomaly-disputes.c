/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-anomaly-private.h"
#include "cfoil-proof.h"
#include "cfoil-query.h"
#include "cfoil-types.h"

#include <string.h>

/* Rules about refunds, disputes and settlements: few rows each. */

#define CLUSTER_DAYS 60
#define MIN_CLUSTER_DAY 3
#define MIN_CLUSTER_SHARE 4
#define TIMES_EXPECTED 4
#define SETTLEMENT_DAYS 90

/* More was given back than was taken. */
gboolean
_cfoil_look_refund_excess (CfoilLook *look,
                           GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = _cfoil_look_prepare (look,
                              "SELECT c.transaction_id, c.currency, c.amount_minor, sum (r.amount_minor), c.sort_us, max (r.sort_us), count (*) "
                              "FROM (SELECT DISTINCT charge_id FROM txn @NEW WHERE account_id = ?1 AND sort_us >= ?2 AND sort_us <= ?4 "
                              "AND first_seen_us > ?3 AND type = 2 AND charge_id IS NOT NULL) AS n "
                              "CROSS JOIN txn AS c ON c.account_id = ?1 AND c.transaction_id = n.charge_id "
                              "CROSS JOIN txn AS r ON r.charge_id = n.charge_id AND r.account_id = ?1 AND r.type = 2 AND r.state <> 6 "
                              "AND r.currency = c.currency WHERE c.amount_minor IS NOT NULL GROUP BY c.txn_id "
                              "HAVING sum (r.amount_minor) > c.amount_minor",
                              error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *charge_id = cfoil_statement_column_text (rows, 0);
      CfoilTelling *telling = _cfoil_telling_new ("refund-excess", charge_id, cfoil_statement_column_text (rows, 1));
      g_autofree char *query = g_strdup_printf ("charge_id:%s", charge_id);

      _cfoil_telling_set_span (telling, cfoil_statement_column_int64 (rows, 4), cfoil_statement_column_int64 (rows, 5));
      _cfoil_telling_set_number (telling, "amount_minor", cfoil_statement_column_int64 (rows, 2));
      _cfoil_telling_set_number (telling, "refunded_minor", cfoil_statement_column_int64 (rows, 3));
      _cfoil_telling_set_number (telling, "n", cfoil_statement_column_int64 (rows, 6));
      _cfoil_telling_set_query (telling, query);
      if (!_cfoil_look_tell (look, telling, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

/* Given back although the bank had taken it already: paid twice. */
gboolean
_cfoil_look_refund_after_dispute (CfoilLook *look,
                                  GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = _cfoil_look_prepare (look,
                              "SELECT r.transaction_id, r.currency, r.amount_minor, r.sort_us, min (b.sort_us), r.charge_id "
                              "FROM txn AS r @NEW CROSS JOIN txn AS b ON b.charge_id = r.charge_id AND b.account_id = r.account_id AND b.type = 3 "
                              "AND b.gross_minor < 0 AND b.sort_us < r.sort_us "
                              "WHERE r.account_id = ?1 AND r.sort_us >= ?2 AND r.sort_us <= ?4 AND r.first_seen_us > ?3 "
                              "AND r.type = 2 AND r.state <> 6 GROUP BY r.txn_id",
                              error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilTelling *telling = _cfoil_telling_new ("refund-after-dispute", cfoil_statement_column_text (rows, 0),
                                                  cfoil_statement_column_text (rows, 1));
      g_autofree char *query = g_strdup_printf ("charge_id:%s", cfoil_statement_column_text (rows, 5));

      _cfoil_telling_set_span (telling, cfoil_statement_column_int64 (rows, 4), cfoil_statement_column_int64 (rows, 3));
      _cfoil_telling_set_number (telling, "amount_minor", cfoil_statement_column_int64 (rows, 2));
      _cfoil_telling_set_number (telling, "days", (cfoil_statement_column_int64 (rows, 3) - cfoil_statement_column_int64 (rows, 4)) /
                                                    G_TIME_SPAN_DAY);
      _cfoil_telling_set_query (telling, query);
      if (!_cfoil_look_tell (look, telling, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

/* --- clusters --- */

#define CASES \
  "WITH c AS (SELECT k.charge_id, t.sort_us, coalesce (t.buyer_id, p.buyer_id) AS buyer_id, " \
  "coalesce (t.buyer_country, p.buyer_country) AS country, coalesce (t.merchant_reference, p.merchant_reference) AS product, " \
  "coalesce (d.opened_us, k.said_opened_us, k.notice_us, k.created_us) AS opened_us " \
  "FROM dispute_case AS k JOIN txn AS t ON t.account_id = k.account_id AND t.transaction_id = k.charge_id " \
  "LEFT JOIN dispute AS d ON d.account_id = k.account_id AND d.dispute_id = k.dispute_id " \
  "LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id " \
  "WHERE k.account_id = ?1) "

/* Several disputes about payments of one day: many more than chance would bring. */
static gboolean
find_day_clusters (CfoilLook *look,
                   GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = cfoil_database_prepare (look->writer,
                                 CASES ", day AS (SELECT CAST (sort_us / 86400000000 AS INTEGER) AS day, count (*) AS n, min (sort_us) AS first_us, "
                                 "max (sort_us) AS last_us FROM c WHERE opened_us >= ?2 AND opened_us <= ?3 GROUP BY 1) "
                                 "SELECT day, n, first_us, last_us, (SELECT count (*) FROM c WHERE opened_us >= ?2 AND opened_us <= ?3), "
                                 "(SELECT count (DISTINCT CAST (sort_us / 86400000000 AS INTEGER)) FROM c WHERE opened_us >= ?2 AND opened_us <= ?3) "
                                 "FROM day WHERE n >= ?4",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, look->account_id);
  cfoil_statement_bind_int64 (rows, 2, look->now_us - CLUSTER_DAYS * G_TIME_SPAN_DAY);
  cfoil_statement_bind_int64 (rows, 3, look->now_us);
  cfoil_statement_bind_int64 (rows, 4, MIN_CLUSTER_DAY);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 n = cfoil_statement_column_int64 (rows, 1);
      g_autofree char *subject = NULL;
      g_autofree char *day = NULL;
      g_autofree char *query = NULL;
      CfoilTelling *telling;

      /* As many as each of the sixty days would have if they were spread, four times over. */
      if (n * CLUSTER_DAYS < cfoil_statement_column_int64 (rows, 4) * TIMES_EXPECTED)
        continue;
      subject = g_strdup_printf ("day/%s", cfoil_statement_column_text (rows, 0));
      day = _cfoil_look_day_query (look, cfoil_statement_column_int64 (rows, 2));
      query = g_strdup_printf ("type:charge is:disputed %s", day);
      telling = _cfoil_telling_new ("dispute-cluster", subject, NULL);
      _cfoil_telling_set_span (telling, cfoil_statement_column_int64 (rows, 2), cfoil_statement_column_int64 (rows, 3));
      _cfoil_telling_set_number (telling, "n", n);
      _cfoil_telling_set_number (telling, "of", cfoil_statement_column_int64 (rows, 4));
      _cfoil_telling_set_text (telling, "day", strchr (day, ':') + 1);
      _cfoil_telling_set_query (telling, query);
      if (!_cfoil_look_tell (look, telling, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

/* What disputes and payments have in common. */
typedef struct
{
  const char *name;   /* as the sentence knows it */
  const char *column; /* of txn and charge_permission */
  CfoilField field;
} Trait;

static const Trait traits[] = {
  { "country", "buyer_country", CFOIL_FIELD_BUYER_COUNTRY },
  { "product", "merchant_reference", CFOIL_FIELD_REFERENCE },
};

static const char shares_sql[] =
  CASES ", one AS (SELECT {NAME} AS name, count (*) AS n FROM c WHERE opened_us >= ?2 AND opened_us <= ?3 "
  "AND {NAME} IS NOT NULL GROUP BY 1 HAVING count (*) >= ?4), "
  "paid AS MATERIALIZED (SELECT coalesce (t.{COLUMN}, p.{COLUMN}) AS name FROM txn AS t "
  "INDEXED BY txn_sort LEFT JOIN charge_permission AS p ON p.account_id = t.account_id "
  "AND p.permission_id = t.permission_id WHERE t.sort_us BETWEEN ?2 - 30 * 86400000000 AND ?3 "
  "AND t.account_id = ?1 AND t.type = 1 AND t.state = 5) "
  "SELECT name, n, (SELECT count (*) FROM c WHERE opened_us >= ?2 AND opened_us <= ?3 AND {NAME} IS NOT NULL), "
  "(SELECT count (*) FROM paid WHERE paid.name = one.name), (SELECT count (*) FROM paid WHERE name IS NOT NULL) FROM one";

static CfoilStatement *
prepare_shares (CfoilLook   *look,
                const Trait *trait,
                GError     **error)
{
  g_autoptr (GString) sql = g_string_new (shares_sql);
  CfoilStatement *rows;

  g_string_replace (sql, "{NAME}", trait->name, 0);
  g_string_replace (sql, "{COLUMN}", trait->column, 0);
  rows = cfoil_database_prepare (look->writer, sql->str, error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, look->account_id);
  cfoil_statement_bind_int64 (rows, 2, look->now_us - CLUSTER_DAYS * G_TIME_SPAN_DAY);
  cfoil_statement_bind_int64 (rows, 3, look->now_us);
  cfoil_statement_bind_int64 (rows, 4, MIN_CLUSTER_SHARE);
  return rows;
}

static gboolean
tell_share (CfoilLook      *look,
            const Trait    *trait,
            CfoilStatement *row,
            GError        **error)
{
  const char *value = cfoil_statement_column_text (row, 0);
  gint64 n = cfoil_statement_column_int64 (row, 1), of = cfoil_statement_column_int64 (row, 2);
  gint64 paid = cfoil_statement_column_int64 (row, 3), all_paid = cfoil_statement_column_int64 (row, 4);
  g_autofree char *subject = g_strdup_printf ("%s/%s", trait->name, value);
  g_autofree char *term = cfoil_term_text_of_value (trait->field, value, FALSE);
  g_autofree char *query = g_strdup_printf ("type:charge is:disputed %s", term);
  CfoilTelling *telling;

  if (all_paid == 0 || (__int128) n * all_paid <= (__int128) of * paid * TIMES_EXPECTED)
    return TRUE;
  telling = _cfoil_telling_new ("dispute-cluster", subject, NULL);
  _cfoil_telling_set_span (telling, look->now_us - CLUSTER_DAYS * G_TIME_SPAN_DAY, look->now_us);
  _cfoil_telling_set_number (telling, "n", n);
  _cfoil_telling_set_number (telling, "of", of);
  _cfoil_telling_set_text (telling, trait->name, value);
  _cfoil_telling_set_number (telling, "usual_ppm", (gint64) ((__int128) paid * 1000000 / all_paid));
  _cfoil_telling_set_query (telling, query);
  return _cfoil_look_tell (look, telling, error);
}

/* A country or a product with far more of the disputes than of the payments. */
static gboolean
find_share_clusters (CfoilLook   *look,
                     const Trait *trait,
                     GError     **error)
{
  g_autoptr (CfoilStatement) rows = prepare_shares (look, trait, error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    if (!tell_share (look, trait, rows, error))
      return FALSE;
  return step == CFOIL_STEP_DONE;
}

gboolean
_cfoil_look_dispute_cluster (CfoilLook *look,
                             GError   **error)
{
  if (!find_day_clusters (look, error))
    return FALSE;
  for (guint i = 0; !look->has_looked_today && i < G_N_ELEMENTS (traits); i++)
    if (!find_share_clusters (look, &traits[i], error))
      return FALSE;
  return TRUE;
}

gboolean
_cfoil_look_repeat_disputer (CfoilLook *look,
                             GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = cfoil_database_prepare (look->writer,
                                 CASES "SELECT buyer_id, count (DISTINCT charge_id), min (opened_us), max (opened_us) FROM c "
                                 "WHERE buyer_id IS NOT NULL GROUP BY buyer_id "
                                 "HAVING count (DISTINCT charge_id) >= 2 AND max (opened_us) BETWEEN ?2 AND ?3",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, look->account_id);
  cfoil_statement_bind_int64 (rows, 2, look->from_us);
  cfoil_statement_bind_int64 (rows, 3, look->now_us);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *buyer_id = cfoil_statement_column_text (rows, 0);
      CfoilTelling *telling = _cfoil_telling_new ("repeat-disputer", buyer_id, NULL);
      g_autofree char *query = g_strdup_printf ("type:charge is:disputed buyer_id:%s", buyer_id);

      _cfoil_telling_set_span (telling, cfoil_statement_column_int64 (rows, 2), cfoil_statement_column_int64 (rows, 3));
      _cfoil_telling_set_number (telling, "n", cfoil_statement_column_int64 (rows, 1));
      _cfoil_telling_set_query (telling, query);
      if (!_cfoil_look_tell (look, telling, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

/* --- settlements --- */

/* A settlement that begins a day or more after the one before has ended; days have 23 hours, too. */
gboolean
_cfoil_look_missing_settlement (CfoilLook *look,
                                GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = cfoil_database_prepare (look->writer,
                                 "SELECT provider_id, end_us, next_us, currency FROM (SELECT s.provider_id, s.end_us, m.currency, "
                                 "lead (s.start_us) OVER (PARTITION BY m.currency ORDER BY s.start_us, s.end_us) AS next_us FROM settlement AS s "
                                 "JOIN (SELECT DISTINCT settlement_id, currency FROM settlement_sum) AS m USING (settlement_id) "
                                 "WHERE s.account_id = ?1 AND s.end_us >= ?2 AND s.start_us IS NOT NULL) "
                                 "WHERE next_us - end_us >= 23 * 3600000000 AND next_us <= ?3",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, look->account_id);
  cfoil_statement_bind_int64 (rows, 2, look->now_us - SETTLEMENT_DAYS * G_TIME_SPAN_DAY);
  cfoil_statement_bind_int64 (rows, 3, look->now_us);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *id = cfoil_statement_column_text (rows, 0);
      gint64 from_us = cfoil_statement_column_int64 (rows, 1), until_us = cfoil_statement_column_int64 (rows, 2);
      CfoilTelling *telling = _cfoil_telling_new ("missing-settlement", id, cfoil_statement_column_text (rows, 3));
      g_autofree char *query = g_strdup_printf ("settlement:%s", id);

      _cfoil_telling_set_span (telling, from_us, until_us);
      _cfoil_telling_set_number (telling, "days", (until_us - from_us + G_TIME_SPAN_DAY / 2) / G_TIME_SPAN_DAY);
      _cfoil_telling_set_text (telling, "settlement", id);
      _cfoil_telling_set_query (telling, query);
      if (!_cfoil_look_tell (look, telling, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

static gboolean
tell_unproved (CfoilLook        *look,
               const CfoilProof *proof,
               GError          **error)
{
  CfoilTelling *telling = _cfoil_telling_new ("unproved-settlement", proof->settlement_id, proof->currency);
  g_autofree char *query = g_strdup_printf ("settlement:%s", proof->settlement_id);

  _cfoil_telling_set_span (telling, proof->start_us != CFOIL_UNKNOWN ? proof->start_us : look->now_us,
                           proof->end_us != CFOIL_UNKNOWN ? proof->end_us : look->now_us);
  _cfoil_telling_set_number (telling, "remainder_minor", proof->remainder_minor);
  _cfoil_telling_set_text (telling, "settlement", proof->settlement_id);
  _cfoil_telling_set_query (telling, query);
  return _cfoil_look_tell (look, telling, error);
}

gboolean
_cfoil_look_unproved_settlement (CfoilLook *look,
                                 GError   **error)
{
  char *accounts[] = { look->account, NULL };
  gint32 today = cfoil_day_of_time (look->now_us, look->zone);
  const CfoilPeriod period = { CFOIL_PERIOD_DAYS, today - LOOK_BACK_DAYS, today + 1 };
  g_autoptr (GPtrArray) proofs = cfoil_proof_list (look->writer, accounts, &period, look->zone, NULL, error);

  if (proofs == NULL)
    return FALSE;
  for (guint i = 0; i < proofs->len; i++)
    {
      const CfoilProof *proof = g_ptr_array_index (proofs, i);

      if ((proof->state == CFOIL_PROOF_DIFFERS || proof->state == CFOIL_PROOF_EXPLAINED) && !tell_unproved (look, proof, error))
        return FALSE;
    }
  return TRUE;
}
