/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-anomaly-private.h"
#include "cfoil-period.h"
#include "cfoil-summary.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static const CfoilAnomalyRule rules[] = {
  { "card-testing", N_("Card Testing"),
    N_("Nine or more attempts of at most 5.00 within ten minutes, more than eight times what is usual in a week.") },
  { "decline-jump", N_("More Declined Payments"),
    N_("A day with at least 30 attempts of which clearly more were declined than in the four weeks before (four standard deviations).") },
  { "duplicate", N_("Possible Duplicate"), N_("The same buyer pays the same amount twice within ten minutes.") },
  { "refund-ratio", N_("Unusual Refunds"),
    N_("A week whose refunds, compared with its sales, are outside of what the twelve weeks before were (eight median deviations).") },
  { "refund-excess", N_("Refunded More Than Paid"), N_("The refunds of a payment come to more than the payment.") },
  { "refund-after-dispute", N_("Refund After a Chargeback"), N_("A refund of a payment that a bank had already taken back.") },
  { "expiring", N_("Authorization About to Expire"), N_("An authorization that was not captured and expires within three days.") },
  { "late-capture", N_("Late Capture"), N_("A payment that was captured more than seven days after it was authorized.") },
  { "large-amount", N_("Unusually Large Payment"),
    N_("A payment of more than twice what 199 of 200 payments of the same store do not exceed, in half a year with at least 200 payments.") },
  { "new-country", N_("New Country"),
    N_("A tenth or more of the last seven days' payments come from a country that had less than a hundredth in the three months before.") },
  { "fee-drift", N_("Changed Fees"),
    N_("A week whose fees, compared with what was settled, are outside of what the twelve weeks before were (eight median deviations).") },
  { "missing-settlement", N_("Missing Settlement"), N_("A settlement that begins a day or more after the one before has ended.") },
  { "unproved-settlement", N_("Settlement Does Not Add Up"), N_("A settlement whose lines do not come to what was paid out.") },
  { "dispute-cluster", N_("Cluster of Disputes"),
    N_("Disputes of the last 60 days about payments of one day, from one country or for one product, four times as many as chance would bring.") },
  { "repeat-disputer", N_("Buyer With Several Disputes"), N_("A buyer who has disputed two or more payments.") },
  { "sandbox-rows", N_("Test Data in a Live Account"), N_("Transactions with IDs of the sandbox in a live account.") },
};

/* In the order of the table. */
static const CfoilLookFunc looks[] = {
  _cfoil_look_card_testing, _cfoil_look_decline_jump, _cfoil_look_duplicate, _cfoil_look_refund_ratio, _cfoil_look_refund_excess,
  _cfoil_look_refund_after_dispute, _cfoil_look_expiring, _cfoil_look_late_capture, _cfoil_look_large_amount,
  _cfoil_look_new_country, _cfoil_look_fee_drift, _cfoil_look_missing_settlement, _cfoil_look_unproved_settlement,
  _cfoil_look_dispute_cluster, _cfoil_look_repeat_disputer, _cfoil_look_wrong_environment,
};
G_STATIC_ASSERT (G_N_ELEMENTS (looks) == G_N_ELEMENTS (rules));

const CfoilAnomalyRule *
cfoil_anomaly_get_rules (guint *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);
  return rules;
}

static const char *
rule_title (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].name, name))
      return _(rules[i].title);
  return name;
}

/* --- what was found --- */

void
cfoil_anomaly_free (CfoilAnomaly *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self->rule);
  g_free (self->currency);
  g_free (self->title);
  g_free (self->sentence);
  g_free (self->query);
  g_free (self);
}

static CfoilAnomaly *
anomaly_new (CfoilStatement *row)
{
  CfoilAnomaly *self = g_new0 (CfoilAnomaly, 1);

  self->anomaly_id = cfoil_statement_column_int64 (row, 0);
  self->account = g_strdup (cfoil_statement_column_text (row, 1));
  self->rule = g_strdup (cfoil_statement_column_text (row, 2));
  self->currency = g_strdup (cfoil_statement_column_text (row, 3));
  self->from_us = cfoil_statement_column_int64 (row, 4);
  self->until_us = cfoil_statement_column_int64 (row, 5);
  self->sentence = _cfoil_anomaly_describe (self->rule, self->currency, cfoil_statement_column_text (row, 6));
  self->query = g_strdup (cfoil_statement_column_text (row, 7));
  self->found_us = cfoil_statement_column_int64 (row, 8);
  self->is_acknowledged = cfoil_statement_column_int64 (row, 9) != CFOIL_UNKNOWN;
  self->title = g_strdup (rule_title (self->rule));
  return self;
}

GPtrArray *
cfoil_anomaly_list (CfoilDatabase *database,
                    char         **accounts,
                    gboolean       with_acknowledged,
                    GError       **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_anomaly_free);
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = cfoil_database_prepare (database,
                                 "SELECT n.anomaly_id, a.name, n.rule, n.currency, n.from_us, n.until_us, n.numbers, n.query, n.found_us, "
                                 "n.acknowledged_us FROM anomaly AS n JOIN account AS a USING (account_id) "
                                 "WHERE ?1 OR n.acknowledged_us IS NULL ORDER BY n.until_us DESC, n.anomaly_id DESC",
                                 error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, with_acknowledged);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    if (accounts == NULL || g_strv_contains ((const char *const *) accounts, cfoil_statement_column_text (rows, 1)))
      g_ptr_array_add (list, anomaly_new (rows));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

gboolean
cfoil_anomaly_acknowledge (CfoilMirror *mirror,
                           gint64       anomaly_id,
                           gint64       now_us,
                           GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);
  g_autoptr (CfoilStatement) statement = NULL;

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  statement = cfoil_database_prepare (writer, "UPDATE anomaly SET acknowledged_us = ?2 WHERE anomaly_id = ?1 AND acknowledged_us IS NULL", error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, anomaly_id);
  cfoil_statement_bind_int64 (statement, 2, now_us);
  if (!cfoil_statement_run (statement, error) || !cfoil_database_exec (writer, "COMMIT", error))
    return FALSE;
  cfoil_mirror_notify_changed (mirror);
  return TRUE;
}

/* --- a look --- */

static void
look_clear (CfoilLook *look)
{
  g_free (look->account);
  g_time_zone_unref (look->zone);
  g_hash_table_unref (look->memory);
}

/* "{"day":20000,"USD/3":12345}": what the rule found out on that day. */
static void
read_memory (CfoilLook  *look,
             const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  g_hash_table_remove_all (look->memory);
  look->has_looked_today = FALSE;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    _cfoil_look_remember (look, key, json_node_get_int (value));
  look->has_looked_today = json_object_get_int_member_with_default (json_node_get_object (node), "day", 0) ==
                           cfoil_day_of_time (look->now_us, look->zone);
  if (!look->has_looked_today)
    g_hash_table_remove_all (look->memory);
}

static char *
memory_to_json (CfoilLook *look)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GList) keys = NULL;

  _cfoil_look_remember (look, "day", cfoil_day_of_time (look->now_us, look->zone));
  keys = g_list_sort (g_hash_table_get_keys (look->memory), (GCompareFunc) strcmp);
  for (GList *l = keys; l != NULL; l = l->next)
    json_object_set_int_member (object, l->data, *(gint64 *) g_hash_table_lookup (look->memory, l->data));
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static gboolean
read_state (CfoilLook  *look,
            const char *rule,
            GError    **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (look->writer, "SELECT seen_us, state FROM anomaly_state WHERE account_id = ?1 AND rule = ?2", error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, look->account_id);
  cfoil_statement_bind_text (row, 2, rule);
  step = cfoil_statement_step (row, error);
  look->seen_us = step == CFOIL_STEP_ROW ? cfoil_statement_column_int64 (row, 0) : NEVER_SEEN;
  read_memory (look, step == CFOIL_STEP_ROW ? cfoil_statement_column_text (row, 1) : NULL);
  return step != CFOIL_STEP_ERROR;
}

static gboolean
write_state (CfoilLook  *look,
             const char *rule,
             gint64      newest_us,
             GError    **error)
{
  g_autoptr (CfoilStatement) statement = NULL;
  g_autofree char *json = memory_to_json (look);

  statement = cfoil_database_prepare (look->writer,
                                      "INSERT INTO anomaly_state (account_id, rule, seen_us, quiet_until_us, state) VALUES (?1, ?2, ?3, 0, ?4) "
                                      "ON CONFLICT (account_id, rule) DO UPDATE SET seen_us = ?3, state = ?4 WHERE seen_us <> ?3 OR state <> ?4",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, look->account_id);
  cfoil_statement_bind_text (statement, 2, rule);
  cfoil_statement_bind_int64 (statement, 3, newest_us);
  cfoil_statement_bind_text (statement, 4, json);
  return cfoil_statement_run (statement, error);
}

static gboolean
look_at_account (CfoilLook    *look,
                 gint64        newest_us,
                 GCancellable *cancellable,
                 GError      **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      gboolean has_looked;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !read_state (look, rules[i].name, error))
        return FALSE;
      has_looked = look->has_looked_today;
      if (!looks[i] (look, error))
        return FALSE;
      look->has_looked_today = has_looked;
      if (!write_state (look, rules[i].name, newest_us, error))
        return FALSE;
    }
  return TRUE;
}

/* Accounts, and when the newest of their rows was first seen. */
static gboolean
look_at_all (CfoilDatabase *writer,
             gint64         now_us,
             gboolean      *has_told,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  g_autoptr (GTimeZone) zone = cfoil_summary_get_zone (writer, error);
  CfoilStep step;
  gint64 newest_us;

  if (zone == NULL || !cfoil_database_get_int64 (writer, "SELECT coalesce (max (first_seen_us), 0) FROM txn", &newest_us, error))
    return FALSE;
  rows = cfoil_database_prepare (writer, "SELECT account_id, name, environment = 'live' FROM account ORDER BY account_id", error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilLook look = {
        .writer = writer,
        .account_id = cfoil_statement_column_int64 (rows, 0),
        .account = g_strdup (cfoil_statement_column_text (rows, 1)),
        .is_live = cfoil_statement_column_int64 (rows, 2) == 1,
        .zone = g_time_zone_ref (zone),
        .now_us = now_us,
        .from_us = now_us - LOOK_BACK_DAYS * G_TIME_SPAN_DAY,
        .memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
      };
      gboolean ok;

      ok = look_at_account (&look, newest_us, cancellable, error);
      *has_told |= look.has_told;
      look_clear (&look);
      if (!ok)
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

gboolean
cfoil_anomaly_look (CfoilMirror  *mirror,
                    gint64        now_us,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);
  gboolean has_told = FALSE;

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  /* Closing the connection takes back what was not committed. */
  if (!look_at_all (writer, now_us, &has_told, cancellable, error) || !cfoil_database_exec (writer, "COMMIT", error))
    return FALSE;
  if (has_told)
    cfoil_mirror_notify_changed (mirror);
  return TRUE;
}
