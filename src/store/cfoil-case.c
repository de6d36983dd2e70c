/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-private.h"

#include <gio/gio.h>

G_DEFINE_BOXED_TYPE (CfoilCase, cfoil_case, cfoil_case_ref, cfoil_case_unref)

CfoilCase *
cfoil_case_ref (CfoilCase *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
case_clear (gpointer data)
{
  CfoilCase *self = data;

  g_free (self->uid);
  g_free (self->provider);
  g_free (self->environment);
  g_free (self->account);
  g_free (self->region);
  g_free (self->dispute_id);
  g_free (self->charge_id);
  g_free (self->permission_id);
  g_free (self->provider_state);
  g_free (self->state_reason);
  g_free (self->provider_reason);
  g_free (self->resolution);
  g_free (self->currency);
  g_free (self->claim_text);
  g_free (self->buyer_name);
  g_free (self->buyer_email);
  g_free (self->merchant_reference);
  g_free (self->order_reference);
  g_free (self->description);
  g_free (self->handler);
}

void
cfoil_case_unref (CfoilCase *self)
{
  g_atomic_rc_box_release_full (self, case_clear);
}
