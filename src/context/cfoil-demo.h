/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context.h"

G_BEGIN_DECLS

/* The built-in demo merchant: a simulator of our own as a child process, and an
 * account on it.  Two years, some 50,000 payments. */
typedef struct _CfoilDemo CfoilDemo;

/* The demo's own folder, $XDG_DATA_HOME/counterfoil-demo: never the user's. */
char *cfoil_demo_dup_folder (void);

/* Starts the simulator (found beside the program, or by the environment variable
 * COUNTERFOIL_SIMULATOR) and adds or updates the account "Demo merchant" of
 * CONTEXT.  Blocks until it is ready, some seconds. */
CfoilDemo *cfoil_demo_start_sync (CfoilContext *context,
                                  GCancellable *cancellable,
                                  GError      **error);

/* Ends the simulator. */
void cfoil_demo_free (CfoilDemo *self);

#define CFOIL_DEMO_ACCOUNT "Demo merchant"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilDemo, cfoil_demo_free)

G_END_DECLS
