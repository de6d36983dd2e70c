/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-fx.h"

void
cfoil_fx_import_free (CfoilFxImport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->mistakes, g_ptr_array_unref);
  g_free (self);
}

void
cfoil_fx_rate_free (CfoilFxRate *self)
{
  if (self == NULL)
    return;
  g_free (self->rate);
  g_free (self->source);
  g_free (self);
}

void
cfoil_overview_converted_free (CfoilOverviewConverted *self)
{
  if (self == NULL)
    return;
  g_free (self->currency);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}

static gpointer
not_yet (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not there yet");
  return NULL;
}

CfoilFxImport *
cfoil_fx_import_file (CfoilMirror  *mirror,
                      GFile        *file,
                      GCancellable *cancellable,
                      GError      **error)
{
  return not_yet (error);
}

CfoilTable *
cfoil_fx_list (CfoilDatabase *database,
               GError       **error)
{
  return not_yet (error);
}

CfoilFxRate *
cfoil_fx_find (CfoilDatabase *database,
               const char    *from,
               const char    *to,
               gint32         day,
               GError       **error)
{
  return not_yet (error);
}

gboolean
cfoil_fx_convert (const CfoilFxRate *rate,
                  gint64             minor,
                  const char        *from,
                  const char        *to,
                  gint64            *converted)
{
  return FALSE;
}

CfoilOverviewConverted *
cfoil_overview_convert (CfoilDatabase       *database,
                        const CfoilOverview *overview,
                        const CfoilPeriod   *period,
                        const char          *currency,
                        GError             **error)
{
  return not_yet (error);
}
