/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-query.h"

#include "cfoil-query-day.h"

G_DEFINE_BOXED_TYPE (CfoilRecordQuery, cfoil_record_query, cfoil_record_query_copy, cfoil_record_query_free)

CfoilRecordQuery *
cfoil_record_query_new (CfoilQuery      *query,
                        const CfoilSort *sort,
                        GTimeZone       *zone)
{
  CfoilRecordQuery *self = g_new0 (CfoilRecordQuery, 1);

  self->query = query != NULL ? cfoil_query_ref (query) : cfoil_query_parse ("");
  self->sort = sort != NULL ? *sort : cfoil_sort_default;
  self->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  return self;
}

CfoilRecordQuery *
cfoil_record_query_copy (const CfoilRecordQuery *self)
{
  return cfoil_record_query_new (self->query, &self->sort, self->zone);
}

void
cfoil_record_query_free (CfoilRecordQuery *self)
{
  if (self == NULL)
    return;
  cfoil_query_unref (self->query);
  g_time_zone_unref (self->zone);
  g_free (self);
}

gboolean
cfoil_record_query_equal (const CfoilRecordQuery *a,
                          const CfoilRecordQuery *b)
{
  return a->sort.field == b->sort.field && a->sort.is_ascending == b->sort.is_ascending &&
         g_str_equal (g_time_zone_get_identifier (a->zone), g_time_zone_get_identifier (b->zone)) &&
         cfoil_query_equal (a->query, b->query);
}

static gboolean
is_relative (const CfoilDay *day)
{
  return day->kind != CFOIL_DAY_NONE && day->kind != CFOIL_DAY_DATE;
}

gint64
cfoil_record_query_fresh_until (const CfoilRecordQuery *self,
                                gint64                  now_us)
{
  static const CfoilDay today = { .kind = CFOIL_DAY_RELATIVE };
  gint64 until = G_MAXINT64, midnight;

  for (guint i = 0; i < cfoil_query_get_n_terms (self->query); i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (self->query, i);

      if (term->kind == CFOIL_TERM_IS && term->is == CFOIL_IS_EXPIRING)
        until = MIN (until, now_us + G_TIME_SPAN_HOUR);
      if (term->kind == CFOIL_TERM_TIME && (is_relative (&term->from) || is_relative (&term->until)) &&
          cfoil_day_resolve (&today, TRUE, self->zone, now_us, &midnight))
        until = MIN (until, midnight);
    }
  return until;
}
