/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-summary-private.h"

#include "cfoil-summary.h"

struct _CfoilSummaryWriter
{
  CfoilDatabase *database; /* (borrowed) */
  CfoilSums *sums;         /* (owned) */
  CfoilPeriodWatch *watch; /* (owned) */
  CfoilCivilDays days;
  char *zone;              /* (owned) (nullable): of ->days */
  gboolean has_begun;      /* zone and locks are those of this transaction */
};

CfoilSummaryWriter *
_cfoil_summary_writer_new (CfoilDatabase *writer)
{
  CfoilSummaryWriter *self = g_new0 (CfoilSummaryWriter, 1);

  self->database = writer;
  self->sums = _cfoil_sums_new ();
  self->watch = _cfoil_period_watch_new (writer);
  return self;
}

void
_cfoil_summary_writer_free (CfoilSummaryWriter *self)
{
  if (self == NULL)
    return;
  _cfoil_sums_free (self->sums);
  _cfoil_period_watch_free (self->watch);
  cfoil_civil_days_clear (&self->days);
  g_free (self->zone);
  g_free (self);
}

/* Between two transactions another program may have chosen another zone. */
static gboolean
take_zone (CfoilSummaryWriter *self,
           GError            **error)
{
  g_autoptr (GTimeZone) zone = cfoil_summary_get_zone (self->database, error);

  if (zone == NULL)
    return FALSE;
  if (g_strcmp0 (self->zone, g_time_zone_get_identifier (zone)) == 0)
    return TRUE;
  g_free (self->zone);
  self->zone = g_strdup (g_time_zone_get_identifier (zone));
  cfoil_civil_days_clear (&self->days);
  cfoil_civil_days_init (&self->days, zone);
  return TRUE;
}

gboolean
_cfoil_summary_writer_add_row (CfoilSummaryWriter   *self,
                               const CfoilSummedRow *row,
                               int                   sign,
                               GError              **error)
{
  if (!self->has_begun)
    {
      if (!take_zone (self, error) || !_cfoil_period_watch_begin (self->watch, error))
        return FALSE;
      self->has_begun = TRUE;
    }
  _cfoil_sums_add_row (self->sums, &self->days, row, sign);
  _cfoil_period_watch_add_row (self->watch, row, sign);
  return TRUE;
}

CfoilSums *
_cfoil_summary_writer_get_sums (CfoilSummaryWriter *self)
{
  return self->sums;
}

gboolean
_cfoil_summary_writer_flush (CfoilSummaryWriter *self,
                             GError            **error)
{
  return _cfoil_sums_write (self->sums, self->database, error) && _cfoil_period_watch_write (self->watch, error);
}

void
_cfoil_summary_writer_forget (CfoilSummaryWriter *self)
{
  _cfoil_sums_clear (self->sums);
  _cfoil_period_watch_forget (self->watch);
  self->has_begun = FALSE;
}
