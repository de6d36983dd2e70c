/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-clock.h"
#include "simulator-failure.h"

typedef struct _CfoilSimKey CfoilSimKey;

CfoilSimKey *cfoil_sim_key_new_from_pem (const char *pem, GError **error);
void         cfoil_sim_key_free         (CfoilSimKey *key);
gboolean     cfoil_sim_key_verify       (const CfoilSimKey *key,
                                         const char        *algorithm,
                                         const char        *string_to_sign,
                                         const char        *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSimKey, cfoil_sim_key_free)

/* One query parameter, decoded. */
typedef struct {
  char *name;
  char *value;
} CfoilSimParameter;

/* A request as it came over the wire; header names are lower case. */
typedef struct {
  const char *method;
  const char *path;
  const char *query;
  GHashTable *headers;
  GBytes *body;
} CfoilSimRequest;

typedef struct {
  CfoilSimKey *key;
  char *key_id;
  const char *region;
  const CfoilSimClock *clock;
  guint16 port;
  gint64 tolerance;
  gboolean revoked;
} CfoilSimAuth;

GPtrArray *cfoil_sim_query_parse       (const char *query);
char      *cfoil_sim_canonical_path    (const char *decoded_path);
char      *cfoil_sim_canonical_query   (GPtrArray *parameters);
char      *cfoil_sim_canonical_request (const CfoilSimRequest *request, const char *signed_headers);
char      *cfoil_sim_string_to_sign    (const char *algorithm, const char *canonical_request);
gboolean   cfoil_sim_auth_check        (const CfoilSimAuth    *auth,
                                        const CfoilSimRequest *request,
                                        gboolean              *prefixed_key,
                                        CfoilSimFailure       *failure);
