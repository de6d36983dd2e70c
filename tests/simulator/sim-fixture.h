/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-service.h"

/* A service whose merchant key is the one of the signing vectors, and the
 * client side of it. */
typedef struct {
  CfoilSimService *service;
  char *private_pem;
  guint keys;
} SimFixture;

typedef struct {
  guint status;
  JsonNode *json;
  char *text;
  gsize length;
} SimReply;

JsonNode        *sim_vectors             (void);
CfoilSimOptions  sim_options             (CfoilSimRegion region, gboolean sandbox, guint64 seed, guint transactions, guint days);
SimFixture      *sim_fixture_new         (const CfoilSimOptions *options);
void             sim_fixture_free        (SimFixture *fixture);
char            *sim_sign                (const char *private_pem, const char *algorithm, const char *string_to_sign);
GHashTable      *sim_signed_headers      (SimFixture *fixture, const char *method, const char *path, const char *query,
                                          const char *body, const char *idempotency_key, gint64 time);
SimReply        *sim_call                (SimFixture *fixture, const char *method, const char *path, const char *query,
                                          const char *body, const char *idempotency_key);
SimReply        *sim_call_with_headers   (SimFixture *fixture, const char *method, const char *path, const char *query,
                                          const char *body, GHashTable *headers);
SimReply        *sim_control             (SimFixture *fixture, const char *method, const char *path, const char *body);
SimReply        *sim_download            (SimFixture *fixture, const char *url);
void             sim_reply_free          (SimReply *reply);
const char      *sim_reply_string        (SimReply *reply, const char *name);
void             sim_assert_failure      (SimReply *reply, guint status, const char *reason);
char            *sim_unique_key          (SimFixture *fixture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimFixture, sim_fixture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimReply, sim_reply_free)
