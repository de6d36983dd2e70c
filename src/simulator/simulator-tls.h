/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* What the simulator keeps in its state folder. */
typedef struct {
  char *directory;
  gboolean temporary;
  char *ca_file;
  char *private_key_file;
  char *public_key_pem;
  char *key_suffix;
  GTlsCertificate *certificate;
} CfoilSimState;

CfoilSimState *cfoil_sim_state_open (const char *directory, GError **error);
void           cfoil_sim_state_free (CfoilSimState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSimState, cfoil_sim_state_free)
