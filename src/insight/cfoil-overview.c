/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview.h"

#include <gio/gio.h>

static gpointer
not_yet (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not there yet");
  return NULL;
}

CfoilOverview *
cfoil_overview_read (CfoilDatabase              *database,
                     CfoilScanCache             *cache,
                     const CfoilOverviewRequest *request,
                     GCancellable               *cancellable,
                     GError                    **error)
{
  return not_yet (error);
}

void
cfoil_overview_free (CfoilOverview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->attention, g_ptr_array_unref);
  g_free (self->buckets);
  g_free (self->gap);
  g_free (self);
}

CfoilTable *
cfoil_overview_read_top (CfoilDatabase              *database,
                         CfoilScanCache             *cache,
                         const CfoilOverviewRequest *request,
                         const char                 *by,
                         const char                 *currency,
                         guint                       limit,
                         GCancellable               *cancellable,
                         GError                    **error)
{
  return not_yet (error);
}

CfoilTable *
cfoil_overview_read_series (CfoilDatabase              *database,
                            const CfoilOverviewRequest *request,
                            const CfoilMetric          *metrics,
                            guint                       n_metrics,
                            const char                 *currency,
                            CfoilBucket                 bucket,
                            GCancellable               *cancellable,
                            GError                    **error)
{
  return not_yet (error);
}

CfoilTable *
cfoil_overview_read_hours (CfoilDatabase              *database,
                           const CfoilOverviewRequest *request,
                           const char                 *currency,
                           gboolean                    counts,
                           GCancellable               *cancellable,
                           GError                    **error)
{
  return not_yet (error);
}

CfoilTable *
cfoil_overview_read_histogram (CfoilDatabase              *database,
                               CfoilScanCache             *cache,
                               const CfoilOverviewRequest *request,
                               const char                 *currency,
                               GCancellable               *cancellable,
                               GError                    **error)
{
  return not_yet (error);
}
