/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include "cfoil-feed-title.h"
#include "cfoil-interval-set.h"

#include <glib/gi18n.h>

/* As of when the figures are, and what of the period was never asked for. */

/* More of them help nobody. */
#define MAX_GAPS 5

/* Of an account with a key what is fetched counts, of others what was brought.  A feed that
 * never answered tells nothing of the age of those that did: it is told with the gaps. */
static gboolean
read_age (CfoilOverviewBuilder *self,
          GError              **error)
{
  g_autoptr (CfoilStatement) row =
    _cfoil_scope_prepare (self->scope,
                          "SELECT min (fresh) FROM (SELECT min (f.fresh_us) AS fresh FROM feed AS f JOIN account AS a USING (account_id) "
                          "WHERE a.account_id IN {A} AND f.name <> 'notifications' "
                          "AND (f.name <> 'imports') = (coalesce (a.public_key_id, '') <> '') GROUP BY a.account_id)",
                          error);

  if (row == NULL || cfoil_statement_step (row, error) != CFOIL_STEP_ROW)
    return FALSE;
  self->overview->as_of_us = cfoil_statement_column_int64 (row, 0);
  return TRUE;
}

/* --- gaps --- */

/* Of one feed: the holes between what is covered.  What comes behind the last is as old as
 * the overview says; before the first there was nothing to ask for. */
typedef struct
{
  char *account, *feed; /* (owned) */
  CfoilIntervalSet *covered; /* (owned) (nullable) */
} Coverage;

static void
coverage_clear (Coverage *self)
{
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->feed, g_free);
  g_clear_pointer (&self->covered, cfoil_interval_set_free);
}

static char *
title_days (const CfoilScope    *scope,
            const CfoilInterval *gap)
{
  CfoilPeriod days = { CFOIL_PERIOD_DAYS, cfoil_day_of_time (gap->start_us, scope->request->zone),
                       cfoil_day_of_time (gap->end_us - 1, scope->request->zone) + 1 };

  return cfoil_period_to_title (&days);
}

static void
tell_gaps (const CfoilScope *scope,
           const Coverage   *coverage,
           GPtrArray        *texts)
{
  g_autoptr (CfoilIntervalSet) gaps = NULL;
  const CfoilInterval *intervals;
  gint64 from_us, until_us;
  guint n;

  if (coverage->covered == NULL)
    return;
  intervals = cfoil_interval_set_peek (coverage->covered, &n);
  from_us = MAX (intervals[0].start_us, scope->period_from_us);
  until_us = MIN (intervals[n - 1].end_us, scope->period_until_us);
  if (from_us >= until_us)
    return;
  gaps = cfoil_interval_set_gaps (coverage->covered, from_us, until_us);
  intervals = cfoil_interval_set_peek (gaps, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *days = title_days (scope, &intervals[i]);

      /* Translators: a feed ("Settlement reports"), an account's name, days ("3 – 5 October 2026") */
      g_ptr_array_add (texts, g_strdup_printf (_ ("%s of %s are missing: %s."), cfoil_feed_get_title (coverage->feed), coverage->account, days));
    }
}

static gboolean
read_gaps (const CfoilScope *scope,
           GPtrArray        *texts,
           GError          **error)
{
  g_autoptr (CfoilStatement) rows =
    _cfoil_scope_prepare (scope,
                          "SELECT a.name, f.name, c.start_us, c.end_us FROM feed_coverage AS c JOIN feed AS f USING (feed_id) "
                          "JOIN account AS a USING (account_id) WHERE a.account_id IN {A} ORDER BY a.name, f.name, c.start_us",
                          error);
  Coverage coverage = { NULL };
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *account = cfoil_statement_column_text (rows, 0), *feed = cfoil_statement_column_text (rows, 1);

      if (g_strcmp0 (account, coverage.account) != 0 || g_strcmp0 (feed, coverage.feed) != 0)
        {
          tell_gaps (scope, &coverage, texts);
          coverage_clear (&coverage);
          coverage = (Coverage){ g_strdup (account), g_strdup (feed), cfoil_interval_set_new () };
        }
      cfoil_interval_set_add (coverage.covered, cfoil_statement_column_int64 (rows, 2), cfoil_statement_column_int64 (rows, 3));
    }
  tell_gaps (scope, &coverage, texts);
  coverage_clear (&coverage);
  return step == CFOIL_STEP_DONE;
}

/* Feeds that were asked and never gave all that was asked for. */
static gboolean
read_never (const CfoilScope *scope,
            GPtrArray        *texts,
            GError          **error)
{
  g_autoptr (CfoilStatement) rows =
    _cfoil_scope_prepare (scope,
                          "SELECT a.name, f.name FROM feed AS f JOIN account AS a USING (account_id) WHERE a.account_id IN {A} "
                          "AND coalesce (a.public_key_id, '') <> '' AND f.name NOT IN ('imports', 'notifications') "
                          "AND f.fresh_us IS NULL AND f.tried_us IS NOT NULL ORDER BY a.name, f.name",
                          error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    /* Translators: a feed ("Settlement reports"), an account's name */
    g_ptr_array_add (texts, g_strdup_printf (_ ("%s of %s were never fetched completely."),
                                             cfoil_feed_get_title (cfoil_statement_column_text (rows, 1)),
                                             cfoil_statement_column_text (rows, 0)));
  return step == CFOIL_STEP_DONE;
}

static char *
join_gaps (GPtrArray *texts)
{
  guint n_more = texts->len > MAX_GAPS ? texts->len - MAX_GAPS : 0;
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < texts->len && i < MAX_GAPS; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? " " : "", (const char *) texts->pdata[i]);
  if (n_more > 0)
    {
      g_string_append_c (all, ' ');
      g_string_append_printf (all, ngettext ("And %u more gap.", "And %u more gaps.", n_more), n_more);
    }
  return g_strdup (all->str);
}

gboolean
_cfoil_overview_add_coverage (CfoilOverviewBuilder *self,
                              GError              **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (!read_age (self, error) || !read_never (self->scope, texts, error) ||
      !read_gaps (self->scope, texts, error))
    return FALSE;
  self->overview->gap = texts->len > 0 ? join_gaps (texts) : NULL;
  return TRUE;
}
