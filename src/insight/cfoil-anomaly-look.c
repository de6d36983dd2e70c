/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-anomaly-private.h"
#include "cfoil-period.h"

#include <json-glib/json-glib.h>

/* About what was acknowledged a rule keeps quiet for a week. */
#define QUIET_US (7 * G_TIME_SPAN_DAY)

struct _CfoilTelling
{
  const char *rule;
  char *subject;
  char *currency;
  char *query;
  gint64 from_us, until_us;
  JsonObject *numbers;
};

CfoilTelling *
_cfoil_telling_new (const char *rule,
                    const char *subject,
                    const char *currency)
{
  CfoilTelling *self = g_new0 (CfoilTelling, 1);

  self->rule = rule;
  self->subject = g_strdup (subject);
  self->currency = g_strdup (currency != NULL ? currency : "");
  self->numbers = json_object_new ();
  return self;
}

void
_cfoil_telling_free (CfoilTelling *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->currency);
  g_free (self->query);
  json_object_unref (self->numbers);
  g_free (self);
}

void
_cfoil_telling_set_span (CfoilTelling *self,
                         gint64        from_us,
                         gint64        until_us)
{
  self->from_us = from_us;
  self->until_us = until_us;
}

void
_cfoil_telling_set_number (CfoilTelling *self,
                           const char   *name,
                           gint64        number)
{
  json_object_set_int_member (self->numbers, name, number);
}

void
_cfoil_telling_set_text (CfoilTelling *self,
                         const char   *name,
                         const char   *text)
{
  json_object_set_string_member (self->numbers, name, text != NULL ? text : "");
}

void
_cfoil_telling_set_query (CfoilTelling *self,
                          const char   *query)
{
  g_free (self->query);
  self->query = g_strdup (query);
}

/* A value of the search language, in quotes that nothing ends early. */
static void
append_quoted (GString    *text,
               const char *value)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

static char *
dup_query (const CfoilLook    *look,
           const CfoilTelling *telling)
{
  GString *text = g_string_new ("account:");

  append_quoted (text, look->account);
  if (*telling->currency != '\0')
    g_string_append_printf (text, " currency:%s", telling->currency);
  if (telling->query != NULL)
    g_string_append_printf (text, " %s", telling->query);
  return g_string_free (text, FALSE);
}

static char *
numbers_to_json (JsonObject *numbers)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, numbers);
  return json_to_string (node, FALSE);
}

/* Told once more only with other numbers, and after it was acknowledged not for a while. */
gboolean
_cfoil_look_tell (CfoilLook    *look,
                  CfoilTelling *telling,
                  GError      **error)
{
  g_autoptr (CfoilTelling) owned = telling;
  g_autofree char *query = dup_query (look, telling);
  g_autofree char *json = numbers_to_json (telling->numbers);
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (look->writer,
                                      "INSERT INTO anomaly (account_id, rule, subject, currency, from_us, until_us, numbers, query, found_us) "
                                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
                                      "ON CONFLICT (account_id, rule, subject, currency) DO UPDATE SET from_us = ?5, until_us = ?6, "
                                      "numbers = ?7, query = ?8, found_us = iif (acknowledged_us IS NULL, found_us, ?9), acknowledged_us = NULL "
                                      "WHERE numbers <> ?7 AND (acknowledged_us IS NULL OR acknowledged_us + ?10 <= ?9)",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, look->account_id);
  cfoil_statement_bind_text (statement, 2, owned->rule);
  cfoil_statement_bind_text (statement, 3, owned->subject);
  cfoil_statement_bind_text (statement, 4, owned->currency);
  cfoil_statement_bind_int64 (statement, 5, owned->from_us);
  cfoil_statement_bind_int64 (statement, 6, owned->until_us);
  cfoil_statement_bind_text (statement, 7, json);
  cfoil_statement_bind_text (statement, 8, query);
  cfoil_statement_bind_int64 (statement, 9, look->now_us);
  cfoil_statement_bind_int64 (statement, 10, QUIET_US);
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  look->has_told |= cfoil_database_changes (look->writer) > 0;
  return TRUE;
}

/* New rows are found by when they were first seen; the first look has no such bound and
 * takes the days.  SQLite, which has no statistics here, would take the key of the table;
 * for the same reason what new rows are joined with is joined in that order (CROSS JOIN). */
static char *
choose_index (const CfoilLook *look,
              const char      *sql)
{
  GString *text = g_string_new (sql);

  g_string_replace (text, "@NEW", look->seen_us == NEVER_SEEN ? "INDEXED BY txn_sort" : "INDEXED BY txn_first_seen", 0);
  return g_string_free (text, FALSE);
}

CfoilStatement *
_cfoil_look_prepare (CfoilLook  *look,
                     const char *sql,
                     GError    **error)
{
  g_autofree char *chosen = choose_index (look, sql);
  CfoilStatement *statement = cfoil_database_prepare (look->writer, chosen, error);

  if (statement == NULL)
    return NULL;
  cfoil_statement_bind_int64 (statement, 1, look->account_id);
  cfoil_statement_bind_int64 (statement, 2, look->from_us);
  cfoil_statement_bind_int64 (statement, 3, look->seen_us);
  cfoil_statement_bind_int64 (statement, 4, look->now_us);
  return statement;
}

char *
_cfoil_look_day_query (CfoilLook *look,
                       gint64     us)
{
  int year, month, day;

  cfoil_day_to_date (cfoil_day_of_time (us, look->zone), &year, &month, &day);
  return g_strdup_printf ("date:%04d-%02d-%02d", year, month, day);
}

gboolean
_cfoil_look_recall (CfoilLook  *look,
                    const char *key,
                    gint64     *number)
{
  const gint64 *found = g_hash_table_lookup (look->memory, key);

  if (found != NULL)
    *number = *found;
  return found != NULL;
}

void
_cfoil_look_remember (CfoilLook  *look,
                      const char *key,
                      gint64      number)
{
  g_hash_table_insert (look->memory, g_strdup (key), g_memdup2 (&number, sizeof number));
}
