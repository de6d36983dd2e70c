/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-lane.h"

#define WINDOW_US (CFOIL_AMAZON_PAGE_DAYS * CFOIL_USEC_PER_DAY)
#define OVERLAP_US CFOIL_USEC_PER_DAY
/* Reports lag behind what they tell of. */
#define MARGIN_US (31 * CFOIL_USEC_PER_DAY)
/* A type of report that was refused is tried again after this. */
#define REFUSAL_US (30 * CFOIL_USEC_PER_DAY)

gint64
cfoil_amazon_lane_get_poll_delay (guint    n_polls,
                                  gboolean custom)
{
  static const guint delays_ms[] = { 500, 800, 1280, 2048, 3277, 5243, 8389, 13422, 15000, 15000, 15000, 15000, 60000 };
  guint delay_ms = delays_ms[MIN (n_polls, G_N_ELEMENTS (delays_ms) - 1)];

  /* Nothing is being computed for minutes on this machine. */
  return (custom ? MIN (delay_ms / 5, 1000) : delay_ms) * (gint64) 1000;
}

void
cfoil_amazon_cut_windows (GQueue *windows,
                          gint64  start_us,
                          gint64  end_us)
{
  while (end_us > start_us)
    {
      CfoilInterval *window = g_new (CfoilInterval, 1);

      window->start_us = MAX (start_us, end_us - WINDOW_US);
      window->end_us = end_us;
      g_queue_push_tail (windows, window);
      end_us = window->start_us;
    }
}

/* From when on there can be anything: not before the account's first movement. */
static gint64
find_start (CfoilAmazonLane *self,
            CfoilAmazonRun  *run)
{
  gint64 earliest_us = cfoil_intake_get_earliest_us (run->intake);
  gint64 start_us = run->now_us - CFOIL_AMAZON_RETENTION_US;

  if (earliest_us != CFOIL_UNKNOWN)
    start_us = earliest_us - MARGIN_US;
  start_us = MAX (start_us, run->now_us - run->history_days * CFOIL_USEC_PER_DAY);
  if (self->cursor.floor_us != CFOIL_UNKNOWN)
    start_us = MAX (start_us, self->cursor.floor_us);
  /* Requests speak of whole seconds. */
  return start_us / G_USEC_PER_SEC * G_USEC_PER_SEC;
}

static gboolean
plan_windows (CfoilAmazonLane *self,
              CfoilAmazonRun  *run,
              GError         **error)
{
  g_autoptr (CfoilIntervalSet) coverage = cfoil_intake_dup_coverage (run->intake, error);
  g_autoptr (CfoilIntervalSet) gaps = NULL;
  const CfoilInterval *intervals;
  gint64 start_us = find_start (self, run);
  guint n_intervals;

  if (coverage == NULL)
    return FALSE;

  cfoil_interval_set_peek (coverage, &n_intervals);
  self->was_accepted = n_intervals > 0;
  gaps = cfoil_interval_set_gaps (coverage, start_us, run->now_us);
  intervals = cfoil_interval_set_peek (gaps, &n_intervals);
  for (guint i = n_intervals; i-- > 0;)
    {
      gint64 from_us = intervals[i].start_us / G_USEC_PER_SEC * G_USEC_PER_SEC;
      gint64 to_us = (intervals[i].end_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC * G_USEC_PER_SEC;

      /* What happened just before the last report may have come too late for it. */
      if (intervals[i].end_us >= run->now_us)
        from_us = MAX (from_us - OVERLAP_US, start_us);
      cfoil_amazon_cut_windows (&self->windows, from_us, to_us);
    }
  return TRUE;
}

gboolean
cfoil_amazon_lane_plan (CfoilAmazonLane *self,
                        CfoilAmazonRun  *run,
                        GError         **error)
{
  if (!cfoil_amazon_cursor_load (&self->cursor, run->intake, error))
    return FALSE;

  self->pending = cfoil_intake_list_reports (run->intake, CFOIL_REPORT_IN_PROGRESS, FALSE, error);
  if (self->pending == NULL)
    return FALSE;
  if (self->cursor.refused_us != CFOIL_UNKNOWN && run->now_us - self->cursor.refused_us < REFUSAL_US)
    return TRUE;
  return plan_windows (self, run, error);
}

void
cfoil_amazon_lane_clear (CfoilAmazonLane *self)
{
  g_queue_clear_full (&self->windows, g_free);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->report, cfoil_known_report_free);
}

static void
push_half (CfoilAmazonLane *self,
           gint64           start_us,
           gint64           end_us)
{
  CfoilInterval *half = g_new (CfoilInterval, 1);

  half->start_us = start_us;
  half->end_us = end_us;
  g_queue_push_head (&self->windows, half);
}

gboolean
cfoil_amazon_lane_refused (CfoilAmazonLane *self,
                           CfoilAmazonRun  *run,
                           CfoilInterval    window,
                           GError         **error)
{
  gint64 half_us = (window.end_us - window.start_us) / 2 / G_USEC_PER_SEC * G_USEC_PER_SEC;

  if (half_us >= CFOIL_USEC_PER_DAY)
    {
      push_half (self, window.start_us, window.start_us + half_us);
      push_half (self, window.start_us + half_us, window.end_us);
      return TRUE;
    }

  /* Windows come newest first, so what is left in the queue is older still. */
  g_queue_clear_full (&self->windows, g_free);
  if (self->was_accepted)
    {
      g_message ("%s: the service has nothing from before this time", self->feed->feed);
      self->cursor.floor_us = window.end_us;
    }
  else
    {
      g_message ("%s: the service does not make these reports for this account; other feeds tell what they would", self->feed->feed);
      self->cursor.refused_us = run->now_us;
    }
  return cfoil_amazon_cursor_save (&self->cursor, run->intake, error);
}
