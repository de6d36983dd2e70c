/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-threshold.h"

#include <glib/gi18n.h>

const CfoilThresholdInfo *
cfoil_threshold_get_info (CfoilThresholdKind kind)
{
  static const CfoilThresholdInfo none;

  return &none;
}

void
cfoil_threshold_free (CfoilThreshold *self)
{
  if (self == NULL)
    return;
  g_free (self->value_text);
  g_free (self->distance_text);
  g_free (self->note);
  g_free (self);
}

CfoilThreshold *
cfoil_threshold_evaluate (CfoilThresholdKind          kind,
                          const CfoilThresholdCounts *counts,
                          const char                 *currency)
{
  return g_new0 (CfoilThreshold, 1);
}

GPtrArray *
cfoil_threshold_read (CfoilDatabase              *database,
                      const CfoilOverviewRequest *request,
                      const char                 *currency,
                      GCancellable               *cancellable,
                      GError                    **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not there yet");
  return NULL;
}
