/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cfoil-provider.h"
#include "cfoil-account-config.h"

G_BEGIN_DECLS

/* A running simulator, found by COUNTERFOIL_SIMULATOR. */
typedef struct
{
  GSubprocess *process;
  char *base_url;
  char *ca_file;
  char *public_key_id;
  char *private_key;
  char *merchant_id;
  char *region;
  char *environment;
  char *control_url;
  char *control_token;
} Simulator;

/* FAULTS (nullable): JSON.  Further options, up to NULL. */
Simulator *simulator_start (const char *faults,
                            ...) G_GNUC_NULL_TERMINATED;
void simulator_stop (Simulator *self);

CfoilAccountConfig *simulator_dup_config (Simulator *self);
CfoilProvider *simulator_new_provider (Simulator *self);

/* A control call; BODY NULL is a GET.  The answer, or NULL if it has none. */
JsonNode *simulator_control (Simulator  *self,
                             const char *path,
                             const char *body);

/* How many requests the simulator has had: of OPERATION if not NULL, with STATUS
 * if not 0. */
guint simulator_count_requests (Simulator  *self,
                                const char *operation,
                                guint       status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Simulator, simulator_stop)

G_END_DECLS
