/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof.h"

#include <gio/gio.h>

static void
cause_free (gpointer data)
{
  CfoilCause *cause = data;

  g_free (cause->text);
  g_free (cause->query);
  g_clear_pointer (&cause->rows, g_array_unref);
  g_free (cause);
}

void
cfoil_proof_free (CfoilProof *self)
{
  g_free (self->account);
  g_free (self->settlement_id);
  g_free (self->currency);
  g_free (self->bank_reference);
  g_clear_pointer (&self->causes, g_ptr_array_unref);
  g_free (self);
}

static gpointer
fail (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Settlements cannot be proved yet");
  return NULL;
}

GPtrArray *
cfoil_proof_list (CfoilDatabase     *database,
                  char             **accounts,
                  const CfoilPeriod *period,
                  GTimeZone         *zone,
                  GCancellable      *cancellable,
                  GError           **error)
{
  (void) cause_free;
  return fail (error);
}

CfoilProof *
cfoil_proof_read (CfoilDatabase *database,
                  gint64         settlement_pk,
                  const char    *currency,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return fail (error);
}

CfoilTable *
cfoil_proof_to_table (GPtrArray *proofs)
{
  return cfoil_table_new ("settlement-proof", "Settlement Proof");
}

CfoilTable *
cfoil_proof_read_lines (CfoilDatabase *database,
                        gint64         settlement_pk,
                        const char    *currency,
                        GCancellable  *cancellable,
                        GError       **error)
{
  return fail (error);
}

CfoilTable *
cfoil_proof_read_unsettled (CfoilDatabase *database,
                            char         **accounts,
                            gint64         now_us,
                            GCancellable  *cancellable,
                            GError       **error)
{
  return fail (error);
}
