/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-dossier.h"

#include "cfoil-time.h"

#include <gio/gio.h>

G_DEFINE_BOXED_TYPE (CfoilDossier, cfoil_dossier, cfoil_dossier_ref, cfoil_dossier_unref)

CfoilDossier *
cfoil_dossier_ref (CfoilDossier *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
payment_free (gpointer data)
{
  CfoilDossierPayment *payment = data;

  if (payment == NULL)
    return;
  g_free (payment->transaction_id);
  g_free (payment->currency);
  g_free (payment->merchant_reference);
  g_free (payment->description);
  g_free (payment);
}

static void
dossier_clear (gpointer data)
{
  CfoilDossier *self = data;

  g_clear_pointer (&self->record, cfoil_case_unref);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  payment_free (self->charge);
  g_clear_pointer (&self->refunds, g_ptr_array_unref);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  g_free (self->raw);
}

void
cfoil_dossier_unref (CfoilDossier *self)
{
  g_atomic_rc_box_release_full (self, dossier_clear);
}

CfoilDossier *
cfoil_dossier_read (CfoilDatabase *database,
                    gint64         case_id,
                    GError       **error)
{
  g_autoptr (CfoilCase) record = cfoil_case_read (database, case_id, error);

  if (record == NULL)
    return NULL;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Dossiers are not there yet");
  return NULL;
}

char *
cfoil_dossier_dup_sale_day (const CfoilDossier *self)
{
  int year, month, day, hour, minute, second;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->charge == NULL || !cfoil_time_is_in_calendar (self->charge->time_us))
    return NULL;
  cfoil_time_to_civil (self->charge->time_us, &year, &month, &day, &hour, &minute, &second);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}
