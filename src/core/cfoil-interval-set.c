/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-interval-set.h"

struct _CfoilIntervalSet
{
  GArray *intervals; /* CfoilInterval, sorted, none touching its neighbour */
};

CfoilIntervalSet *
cfoil_interval_set_new (void)
{
  CfoilIntervalSet *self = g_new0 (CfoilIntervalSet, 1);

  self->intervals = g_array_new (FALSE, FALSE, sizeof (CfoilInterval));
  return self;
}

void
cfoil_interval_set_free (CfoilIntervalSet *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->intervals);
  g_free (self);
}

void
cfoil_interval_set_add (CfoilIntervalSet *self,
                        gint64            start_us,
                        gint64            end_us)
{
  CfoilInterval added = { start_us, end_us };
  guint first, n_merged;

  g_return_if_fail (self != NULL);

  if (start_us >= end_us)
    return;

  for (first = 0; first < self->intervals->len; first++)
    if (g_array_index (self->intervals, CfoilInterval, first).end_us >= start_us)
      break;

  for (n_merged = 0; first + n_merged < self->intervals->len; n_merged++)
    {
      CfoilInterval *other = &g_array_index (self->intervals, CfoilInterval, first + n_merged);

      if (other->start_us > end_us)
        break;
      added.start_us = MIN (added.start_us, other->start_us);
      added.end_us = MAX (added.end_us, other->end_us);
    }

  if (n_merged > 0)
    g_array_remove_range (self->intervals, first, n_merged);
  g_array_insert_val (self->intervals, first, added);
}

const CfoilInterval *
cfoil_interval_set_peek (CfoilIntervalSet *self,
                         guint            *n_intervals)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (n_intervals != NULL)
    *n_intervals = self->intervals->len;
  return (const CfoilInterval *) (gpointer) self->intervals->data;
}

gboolean
cfoil_interval_set_contains (CfoilIntervalSet *self,
                             gint64            start_us,
                             gint64            end_us)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (start_us >= end_us)
    return TRUE;
  for (guint i = 0; i < self->intervals->len; i++)
    {
      const CfoilInterval *interval = &g_array_index (self->intervals, CfoilInterval, i);

      if (interval->start_us <= start_us && interval->end_us >= end_us)
        return TRUE;
    }
  return FALSE;
}

CfoilIntervalSet *
cfoil_interval_set_gaps (CfoilIntervalSet *self,
                         gint64            start_us,
                         gint64            end_us)
{
  CfoilIntervalSet *gaps = cfoil_interval_set_new ();
  gint64 at = start_us;

  g_return_val_if_fail (self != NULL, gaps);

  for (guint i = 0; i < self->intervals->len && at < end_us; i++)
    {
      const CfoilInterval *interval = &g_array_index (self->intervals, CfoilInterval, i);

      if (interval->end_us <= at)
        continue;
      cfoil_interval_set_add (gaps, at, MIN (interval->start_us, end_us));
      at = MAX (at, interval->end_us);
    }
  cfoil_interval_set_add (gaps, at, end_us);
  return gaps;
}
