/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-private.h"

#include "cfoil-feed-title.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* Above this many the rest is only counted. */
#define MAX_GAPS 5
#define MAX_NAMES 8

/* Holes in what the feeds cover, within the period and up to the last that each has. */
#define GAPS_SQL \
  "SELECT a.name, f.name, c.end_us, " \
  "(SELECT min (n.start_us) FROM feed_coverage AS n WHERE n.feed_id = c.feed_id AND n.start_us > c.end_us) AS next_us " \
  "FROM feed_coverage AS c JOIN feed AS f USING (feed_id) JOIN account AS a USING (account_id) " \
  "WHERE a.account_id IN (%ACCOUNTS%) AND c.end_us < ?2 AND next_us > ?1 AND ?3 IS ?3 " \
  "UNION ALL " \
  "SELECT a.name, f.name, ?1, min (c.start_us) AS first_us " \
  "FROM feed_coverage AS c JOIN feed AS f USING (feed_id) JOIN account AS a USING (account_id) " \
  "WHERE a.account_id IN (%ACCOUNTS%) GROUP BY c.feed_id HAVING first_us > ?1 AND first_us < ?2 " \
  "ORDER BY 3, 4, 1, 2"

static char *
join_names (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len && i < MAX_NAMES; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (names, i));
  if (names->len > MAX_NAMES)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

static void
add_period (CfoilReportRun *self,
            CfoilTable     *table)
{
  g_autofree char *title = cfoil_period_to_title (&self->period);
  const char *zone = g_time_zone_get_identifier (self->zone);
  g_autofree char *accounts = join_names (self->account_names);
  /* Translators: a period, and the time zone in which days begin */
  g_autofree char *period = g_strdup_printf (_ ("Period: %s (days in the time zone %s)"), title, zone);
  /* Translators: names of accounts */
  g_autofree char *of = g_strdup_printf (ngettext ("Account: %s", "Accounts: %s", self->account_names->len), accounts);

  cfoil_table_add_note (table, period);
  cfoil_table_add_note (table, of);
  if (self->is_sandbox)
    cfoil_table_add_note (table, _ ("Sandbox: these are tests, no money was moved."));
}

static char *
format_time (gint64      us,
             GTimeZone  *zone,
             const char *format)
{
  g_autoptr (GDateTime) utc = cfoil_time_is_in_calendar (us) ? g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, format) : g_strdup ("–");
}

static void
add_as_of (CfoilReportRun *self,
           CfoilTable     *table)
{
  g_autofree char *when = NULL;
  g_autofree char *note = NULL;

  cfoil_table_set_as_of (table, self->as_of_us);
  if (self->as_of_us == CFOIL_UNKNOWN)
    {
      cfoil_table_add_note (table, _ ("Nothing was synchronized yet: only imported files are in it."));
      return;
    }
  when = format_time (self->as_of_us, self->zone, C_ ("date and time", "%-e %b %Y, %H:%M"));
  /* Translators: when what the report knows was last brought up to date */
  note = g_strdup_printf (_ ("As of %s"), when);
  cfoil_table_add_note (table, note);
}

typedef struct
{
  char *account;  /* (owned) (nullable): NULL, none yet */
  gint64 from_us, until_us;
  GString *feeds; /* (owned) */
  guint n_notes;
} Gap;

static void
end_gap (CfoilReportRun *self,
         CfoilTable     *table,
         Gap            *gap)
{
  g_autofree char *from = format_time (gap->from_us, self->zone, C_ ("date", "%-e %b %Y"));
  g_autofree char *until = format_time (gap->until_us - 1, self->zone, C_ ("date", "%-e %b %Y"));
  g_autofree char *note = NULL;

  if (gap->account == NULL || gap->n_notes++ >= MAX_GAPS)
    return;
  if (g_str_equal (from, until))
    /* Translators: the day that is missing, an account, and what of it is */
    note = g_strdup_printf (_ ("Incomplete on %s. Missing for “%s”: %s."), from, gap->account, gap->feeds->str);
  else
    /* Translators: the first and the last day that is missing, an account, and what of it is ("Refund reports, Payouts") */
    note = g_strdup_printf (_ ("Incomplete from %s to %s. Missing for “%s”: %s."), from, until, gap->account, gap->feeds->str);
  cfoil_table_add_note (table, note);
}

/* What is missing from several feeds alike is one line. */
static void
add_gap (CfoilReportRun *self,
         CfoilTable     *table,
         Gap            *gap,
         CfoilStatement *row)
{
  const char *account = cfoil_statement_column_text (row, 0);
  gint64 from_us = MAX (cfoil_statement_column_int64 (row, 2), self->start_us);
  gint64 until_us = MIN (cfoil_statement_column_int64 (row, 3), self->end_us);

  if (g_strcmp0 (gap->account, account) != 0 || gap->from_us != from_us || gap->until_us != until_us)
    {
      end_gap (self, table, gap);
      g_free (gap->account);
      gap->account = g_strdup (account);
      gap->from_us = from_us;
      gap->until_us = until_us;
      g_string_truncate (gap->feeds, 0);
    }
  g_string_append_printf (gap->feeds, "%s%s", gap->feeds->len > 0 ? ", " : "", cfoil_feed_get_title (cfoil_statement_column_text (row, 1)));
}

static gboolean
add_gaps (CfoilReportRun *self,
          CfoilTable     *table,
          GError        **error)
{
  g_autoptr (CfoilStatement) row = _cfoil_report_run_prepare_times (self, GAPS_SQL, error);
  g_autoptr (GString) feeds = g_string_new (NULL);
  Gap gap = { .feeds = feeds };
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    add_gap (self, table, &gap, row);
  end_gap (self, table, &gap);
  g_free (gap.account);
  if (gap.n_notes > MAX_GAPS)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("%u more gap is on the page Sync.", "%u more gaps are on the page Sync.",
                                                         gap.n_notes - MAX_GAPS),
                                               gap.n_notes - MAX_GAPS);

      cfoil_table_add_note (table, more);
    }
  return step == CFOIL_STEP_DONE;
}

void
_cfoil_report_run_note (CfoilReportRun *self,
                        char           *note)
{
  g_ptr_array_add (self->notes, note);
}

gboolean
_cfoil_report_run_add_notes (CfoilReportRun *self,
                             CfoilTable     *table,
                             GError        **error)
{
  add_period (self, table);
  add_as_of (self, table);
  if (!add_gaps (self, table, error))
    return FALSE;
  for (guint i = 0; i < self->notes->len; i++)
    cfoil_table_add_note (table, g_ptr_array_index (self->notes, i));
  return TRUE;
}
