/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-failure.h"

typedef struct _CfoilSimIdempotency CfoilSimIdempotency;

typedef struct {
  guint status;
  char *body;
} CfoilSimStoredAnswer;

CfoilSimIdempotency        *cfoil_sim_idempotency_new       (void);
void                        cfoil_sim_idempotency_free      (CfoilSimIdempotency *store);
gboolean                    cfoil_sim_idempotency_check_key (const char *key, CfoilSimFailure *failure);
gboolean                    cfoil_sim_idempotency_lookup    (CfoilSimIdempotency         *store,
                                                             const char                  *key,
                                                             const char                  *path,
                                                             GBytes                      *body,
                                                             const CfoilSimStoredAnswer **answer,
                                                             CfoilSimFailure             *failure);
void                        cfoil_sim_idempotency_remember  (CfoilSimIdempotency *store,
                                                             const char          *key,
                                                             const char          *path,
                                                             GBytes              *body,
                                                             guint                status,
                                                             const char          *answer);
