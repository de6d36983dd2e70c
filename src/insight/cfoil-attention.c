/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include "cfoil-anomaly.h"
#include "cfoil-case-query.h"
#include "cfoil-error.h"
#include "cfoil-proof.h"
#include "cfoil-records.h"

#include <glib/gi18n.h>

/* What somebody should do something about. */

/* What was not fetched for so long is stale. */
#define STALE_US CFOIL_USEC_PER_DAY
/* Each by itself; more are counted. */
#define MAX_ANOMALIES 5

void
_cfoil_attention_free (CfoilAttention *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->detail);
  g_free (self->page);
  g_free (self->argument);
  g_free (self);
}

CfoilAttention *
_cfoil_attention_add (GPtrArray         *list,
                      CfoilAttentionKind kind,
                      const char        *page,
                      gint64             n,
                      char              *title,
                      char              *detail,
                      char              *argument)
{
  CfoilAttention *item = g_new0 (CfoilAttention, 1);

  item->kind = kind;
  item->page = g_strdup (page);
  item->n = n;
  item->title = title;
  item->detail = detail;
  item->argument = argument;
  item->due_us = CFOIL_UNKNOWN;
  g_ptr_array_add (list, item);
  return item;
}

char *
_cfoil_attention_format_time (const CfoilScope *scope,
                              gint64            us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, scope->request->zone) : NULL;

  /* Translators: a date and time for g_date_time_format(): "Tuesday, 24 November 2026, 18:00 CET" */
  return local != NULL ? g_date_time_format (local, _ ("%A, %-d %B %Y, %H:%M %Z")) : g_strdup ("–");
}

/* --- disputes --- */

/* Those that wait for one, as cfoil_case_needs_answer () has it; of those to which something
 * was sent before, it decides itself. */
static const char waiting_sql[] =
  "SELECT case_id, due, has_answer FROM (SELECT c.case_id, coalesce (iif (o.told, d.deadline_us, NULL), c.said_due_us, "
  "c.estimated_due_us) AS due, EXISTS (SELECT 1 FROM submission AS s WHERE s.case_id = c.case_id) AS has_answer, "
  "iif (o.told, d.state = 12, coalesce (c.said_state = 12, c.estimated_due_us > c.created_us, 0)) AS waits, "
  "coalesce (iif (o.told, d.outcome, c.said_outcome), 0) AS outcome FROM dispute_case AS c "
  "LEFT JOIN dispute AS d ON d.account_id = c.account_id AND d.dispute_id = c.dispute_id "
  "LEFT JOIN (SELECT dispute_pk, state <> 1 OR provider_state IS NOT NULL AS told FROM dispute) AS o ON o.dispute_pk = d.dispute_pk "
  "WHERE c.account_id IN {A}) WHERE waits AND outcome = 0";

typedef struct
{
  guint n;
  gint64 due_us; /* the first */
} Waiting;

static void
count_case (Waiting *self,
            gint64   due_us)
{
  self->n++;
  if (due_us != CFOIL_UNKNOWN && (self->due_us == CFOIL_UNKNOWN || due_us < self->due_us))
    self->due_us = due_us;
}

static gboolean
count_answered (const CfoilScope *scope,
                gint64            case_id,
                Waiting          *self,
                GError          **error)
{
  g_autoptr (CfoilCase) record = cfoil_case_read (scope->database, case_id, error);

  if (record == NULL)
    return FALSE;
  if (cfoil_case_needs_answer (record))
    count_case (self, record->due_us);
  return TRUE;
}

static gboolean
count_waiting (const CfoilScope *scope,
               Waiting          *self,
               GError          **error)
{
  g_autoptr (CfoilStatement) rows = _cfoil_scope_prepare (scope, waiting_sql, error);
  CfoilStep step;

  *self = (Waiting){ 0, CFOIL_UNKNOWN };
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    if (cfoil_statement_column_int64 (rows, 2) == 0)
      count_case (self, cfoil_statement_column_int64 (rows, 1));
    else if (!count_answered (scope, cfoil_statement_column_int64 (rows, 0), self, error))
      return FALSE;
  return step == CFOIL_STEP_DONE;
}

static char *
describe_deadline (const CfoilScope *scope,
                   gint64            due_us)
{
  g_autofree char *when = due_us != CFOIL_UNKNOWN ? _cfoil_attention_format_time (scope, due_us) : NULL;

  if (when == NULL)
    return g_strdup (_ ("Nobody has said until when. Answer soon."));
  if (due_us <= scope->request->now_us)
    /* Translators: a date and time */
    return g_strdup_printf (_ ("The first was due %s. Answer at once: some providers still accept it."), when);
  return g_strdup_printf (_ ("The first is due %s."), when);
}

static gboolean
add_disputes (const CfoilScope *scope,
              GPtrArray        *list,
              GError          **error)
{
  CfoilAttention *item;
  Waiting waiting;

  if (!count_waiting (scope, &waiting, error))
    return FALSE;
  if (waiting.n == 0)
    return TRUE;
  item = _cfoil_attention_add (list, CFOIL_ATTENTION_DISPUTE, "disputes", waiting.n,
                               g_strdup_printf (ngettext ("%u dispute must be answered", "%u disputes must be answered", waiting.n),
                                                waiting.n),
                               describe_deadline (scope, waiting.due_us),
                               g_strconcat ("state:needs_response -is:answered", scope->case_account_terms, NULL));
  item->due_us = waiting.due_us;
  return TRUE;
}

/* --- settlements and exceptions --- */

static gboolean
count (const CfoilScope *scope,
       const char       *sql,
       gint64           *n,
       char            **text,
       GError          **error)
{
  g_autoptr (CfoilStatement) row = _cfoil_scope_prepare (scope, sql, error);

  if (row == NULL || cfoil_statement_step (row, error) != CFOIL_STEP_ROW)
    return FALSE;
  *n = cfoil_statement_column_int64 (row, 0);
  *text = g_strdup (cfoil_statement_column_text (row, 1));
  return TRUE;
}

static char **
name_accounts (const CfoilScope *scope,
               GError          **error)
{
  g_autoptr (CfoilStatement) rows = _cfoil_scope_prepare (scope, "SELECT name FROM account WHERE account_id IN {A}", error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  CfoilStep step;

  if (rows == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_strv_builder_add (names, cfoil_statement_column_text (rows, 0));
  return step == CFOIL_STEP_ERROR ? NULL : g_strv_builder_end (names);
}

/* Arithmetic that is about a settlement as a whole is the settlement's: its proof tells of it. */
#define IS_OF_SETTLEMENT \
  "(e.kind = 5 AND EXISTS (SELECT 1 FROM settlement AS s WHERE s.account_id = e.account_id AND s.provider_id = e.subject))"

static gboolean
add_settlements (const CfoilScope *scope,
                 GPtrArray        *list,
                 GError          **error)
{
  g_auto (GStrv) accounts = name_accounts (scope, error);
  g_autofree char *first = NULL;
  guint n;

  if (accounts == NULL || !cfoil_proof_count_wrong (scope->database, accounts, scope->cancellable, &n, &first, error))
    return FALSE;
  if (n > 0)
    _cfoil_attention_add (list, CFOIL_ATTENTION_SETTLEMENT, "settlements", n,
                          g_strdup_printf (ngettext ("%d settlement does not add up", "%d settlements do not add up", n), (int) n),
                          g_strdup (_ ("The lines come to something else than what was paid out. Its page shows where the difference is.")),
                          n == 1 ? g_steal_pointer (&first) : NULL);
  return TRUE;
}

static gboolean
add_exceptions (const CfoilScope *scope,
                GPtrArray        *list,
                GError          **error)
{
  g_autofree char *unused = NULL;
  gint64 n;

  G_STATIC_ASSERT (CFOIL_EXCEPTION_ARITHMETIC == 5);

  if (!count (scope, "SELECT count (*), NULL FROM exception AS e WHERE e.account_id IN {A} AND NOT " IS_OF_SETTLEMENT, &n, &unused,
              error))
    return FALSE;
  if (n > 0)
    _cfoil_attention_add (list, CFOIL_ATTENTION_EXCEPTION, "exceptions", n,
                          g_strdup_printf (ngettext ("%d thing in the records does not fit",
                                                     "%d things in the records do not fit", (gulong) n),
                                           (int) n),
                          g_strdup (_ ("They were kept as they came. Look whether figures depend on them.")), NULL);
  return TRUE;
}

static gboolean
add_adjustments (const CfoilScope *scope,
                 GPtrArray        *list,
                 GError          **error)
{
  g_autofree char *unused = NULL;
  gint64 n;

  if (!count (scope, "SELECT count (*), NULL FROM period_adjustment AS p JOIN account AS a ON a.name = p.account_name "
                     "WHERE p.acknowledged_us IS NULL AND a.account_id IN {A}", &n, &unused, error))
    return FALSE;
  if (n > 0)
    _cfoil_attention_add (list, CFOIL_ATTENTION_ADJUSTMENT, "settlements", n,
                          g_strdup_printf (ngettext ("%d change came after its period was closed",
                                                     "%d changes came after their period was closed",
                                                     (gulong) n), (int) n),
                          g_strdup (_ ("Closed periods stay as they are. Book the differences, then acknowledge them.")), NULL);
  return TRUE;
}

/* --- feeds --- */

static const char feeds_sql[] =
  "SELECT a.name, min (coalesce (f.fresh_us, 0)), max (f.error_name IS NOT NULL), "
  "(SELECT e.error_name FROM feed AS e WHERE e.account_id = a.account_id AND e.error_name IS NOT NULL "
  "AND e.name NOT IN ('imports', 'notifications') ORDER BY e.tried_us DESC, e.feed_id LIMIT 1) "
  "FROM account AS a JOIN feed AS f USING (account_id) WHERE a.account_id IN {A} AND coalesce (a.public_key_id, '') <> '' "
  "AND f.name NOT IN ('imports', 'notifications') AND (f.fresh_us IS NOT NULL OR f.tried_us IS NOT NULL) "
  "GROUP BY a.account_id ORDER BY a.name";

static char *
describe_feed (const CfoilScope *scope,
               gint64            fresh_us,
               const char       *error_name)
{
  g_autofree char *when = fresh_us > 0 ? _cfoil_attention_format_time (scope, fresh_us) : NULL;

  if (error_name != NULL)
    return g_strdup (gettext (cfoil_error_advice (error_name)));
  if (when == NULL)
    return g_strdup (_ ("It never was. Synchronize it now."));
  /* Translators: a date and time */
  return g_strdup_printf (_ ("What is shown may be as old as %s. Synchronize it now."), when);
}

static gboolean
add_feeds (const CfoilScope *scope,
           GPtrArray        *list,
           GError          **error)
{
  g_autoptr (CfoilStatement) rows = _cfoil_scope_prepare (scope, feeds_sql, error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *account = cfoil_statement_column_text (rows, 0);
      gint64 fresh_us = cfoil_statement_column_int64 (rows, 1);
      gboolean has_failed = cfoil_statement_column_int64 (rows, 2) != 0;

      if (!has_failed && fresh_us >= scope->request->now_us - STALE_US)
        continue;
      _cfoil_attention_add (list, CFOIL_ATTENTION_FEED, "sync", 1,
                            /* Translators: an account's name */
                            g_strdup_printf (has_failed ? _ ("“%s” could not be synchronized")
                                                        : _ ("“%s” was not synchronized for more than a day"), account),
                            describe_feed (scope, fresh_us, cfoil_statement_column_text (rows, 3)), g_strdup (account));
    }
  return step == CFOIL_STEP_DONE;
}

/* --- anomalies --- */

static char *
format_day (const CfoilScope *scope,
            gint64            us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, scope->request->zone) : NULL;

  /* Translators: a date, for example "21 Nov 2026"; see g_date_time_format (). */
  return local != NULL ? g_date_time_format (local, C_ ("date", "%-e %b %Y")) : g_strdup ("–");
}

/* The sentence, of which days, and where there are several, whose payments it is about. */
static char *
describe_anomaly (const CfoilScope   *scope,
                  const CfoilAnomaly *anomaly,
                  gboolean            names_account,
                  gboolean            names_currency)
{
  g_autofree char *first = format_day (scope, anomaly->from_us), *last = format_day (scope, anomaly->until_us);
  GString *text = g_string_new (NULL);

  if (names_account)
    g_string_append_printf (text, "%s · ", anomaly->account);
  if (names_currency && *anomaly->currency != '\0')
    g_string_append_printf (text, "%s · ", anomaly->currency);
  g_string_append_printf (text, "%s%s%s · %s", first, g_str_equal (first, last) ? "" : " – ", g_str_equal (first, last) ? "" : last,
                          anomaly->sentence);
  return g_string_free (text, FALSE);
}

static gboolean
add_anomalies (const CfoilScope *scope,
               GPtrArray        *list,
               GError          **error)
{
  g_auto (GStrv) accounts = name_accounts (scope, error);
  g_autoptr (GPtrArray) currencies = NULL;
  g_autoptr (GPtrArray) anomalies = NULL;

  if (accounts == NULL || (anomalies = cfoil_anomaly_list (scope->database, accounts, FALSE, error)) == NULL ||
      (currencies = _cfoil_scope_list_currencies (scope, error)) == NULL)
    return FALSE;
  for (guint i = 0, n = 0; i < anomalies->len && n < MAX_ANOMALIES; i++)
    {
      const CfoilAnomaly *anomaly = anomalies->pdata[i];

      /* These have a line of their own, with those of the next days. */
      if (g_str_equal (anomaly->rule, "expiring"))
        continue;
      n++;
      _cfoil_attention_add (list, CFOIL_ATTENTION_ANOMALY, "transactions", 1, g_strdup (anomaly->title),
                            describe_anomaly (scope, anomaly, g_strv_length (accounts) > 1, currencies->len > 1),
                            g_strdup (anomaly->query));
    }
  return TRUE;
}

/* --- the list --- */

/* What has a deadline comes first, the soonest first; the rest in the order of the kinds. */
static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const CfoilAttention *one = *(const CfoilAttention *const *) a, *other = *(const CfoilAttention *const *) b;
  gint64 due = one->due_us != CFOIL_UNKNOWN ? one->due_us : G_MAXINT64;
  gint64 other_due = other->due_us != CFOIL_UNKNOWN ? other->due_us : G_MAXINT64;

  if (due != other_due)
    return due < other_due ? -1 : 1;
  return (int) one->kind - (int) other->kind;
}

GPtrArray *
_cfoil_attention_list (const CfoilScope *scope,
                       GError          **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) _cfoil_attention_free);

  if (!add_disputes (scope, list, error) || !_cfoil_attention_add_payments (scope, list, error) ||
      !add_settlements (scope, list, error) || !add_feeds (scope, list, error) ||
      !add_exceptions (scope, list, error) || !add_anomalies (scope, list, error) || !add_adjustments (scope, list, error))
    return NULL;
  /* qsort() of the C library is stable for so few. */
  g_ptr_array_sort (list, compare_items);
  return g_steal_pointer (&list);
}
