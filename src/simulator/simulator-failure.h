/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What an error body says: HTTP status, reasonCode and message. */
typedef struct {
  guint status;
  const char *reason;
  char *message;
} CfoilSimFailure;

gboolean cfoil_sim_fail          (CfoilSimFailure *failure,
                                  guint            status,
                                  const char      *reason,
                                  const char      *format,
                                  ...) G_GNUC_PRINTF (4, 5);
void     cfoil_sim_failure_clear (CfoilSimFailure *failure);
