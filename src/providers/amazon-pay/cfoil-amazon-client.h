/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cfoil-amazon-canonical.h"
#include "cfoil-amazon-service.h"
#include "cfoil-http.h"

G_BEGIN_DECLS

/* Signed requests to the service: throttled before they are sent, repeated when
 * that makes sense, and answered with one JSON object or a typed error. */
typedef struct _CfoilAmazonClient CfoilAmazonClient;

typedef struct
{
  guint status;
  JsonNode *root;     /* (owned) */
  JsonObject *object; /* (borrowed): what the root holds */
  char *text;         /* (owned): as it came */
  gint64 date_us;     /* the service's clock, CFOIL_UNKNOWN where it did not say */
} CfoilAmazonAnswer;

CfoilAmazonClient *cfoil_amazon_client_new (const CfoilAccountConfig *config,
                                            const char               *private_key_pem,
                                            GError                  **error);
void cfoil_amazon_client_free (CfoilAmazonClient *self);

const CfoilAmazonService *cfoil_amazon_client_get_service (CfoilAmazonClient *self);
CfoilHttp *cfoil_amazon_client_get_http (CfoilAmazonClient *self);

/* A new run: what failed before may work again. */
void cfoil_amazon_client_restart (CfoilAmazonClient *self);

/* COLLECTION is "charges" and the like; ID (nullable) one of its members, from
 * whom it may come. */
CfoilAmazonAnswer *cfoil_amazon_client_get (CfoilAmazonClient     *self,
                                            CfoilAmazonOperation   operation,
                                            const char            *collection,
                                            const char            *id,
                                            const CfoilAmazonPair *parameters,
                                            guint                  n_parameters,
                                            GCancellable          *cancellable,
                                            GError               **error);

/* Every try carries the same key and body, and a signature of its own.  ID and ACTION
 * (nullable): COLLECTION/ID/ACTION. */
CfoilAmazonAnswer *cfoil_amazon_client_post (CfoilAmazonClient   *self,
                                             CfoilAmazonOperation operation,
                                             const char          *collection,
                                             const char          *id,
                                             const char          *action,
                                             const char          *body,
                                             const char          *idempotency_key,
                                             GCancellable        *cancellable,
                                             GError             **error);
CfoilAmazonAnswer *cfoil_amazon_client_patch (CfoilAmazonClient   *self,
                                              CfoilAmazonOperation operation,
                                              const char          *collection,
                                              const char          *id,
                                              const char          *body,
                                              GCancellable        *cancellable,
                                              GError             **error);

/* What was deleted may be answered with nothing at all. */
gboolean cfoil_amazon_client_delete (CfoilAmazonClient   *self,
                                     CfoilAmazonOperation operation,
                                     const char          *collection,
                                     const char          *id,
                                     GCancellable        *cancellable,
                                     GError             **error);

/* From a pre-signed address: checked, fetched once, no header of ours. */
gboolean cfoil_amazon_client_download (CfoilAmazonClient *self,
                                       const char        *url,
                                       gboolean           gunzip,
                                       GFile             *file,
                                       CfoilHttpDownload *download,
                                       GCancellable      *cancellable,
                                       GError           **error);

/* To a pre-signed address: checked, and no header of ours; repeated when that makes
 * sense.  CFOIL_PROVIDER_ERROR_EXPIRED: the address is no longer good, another has to be
 * asked for.  SENT (nullable). */
gboolean cfoil_amazon_client_upload (CfoilAmazonClient *self,
                                     const char        *url,
                                     const char        *content_type,
                                     GBytes            *bytes,
                                     CfoilHttpSentFunc  sent,
                                     gpointer           user_data,
                                     GCancellable      *cancellable,
                                     GError           **error);

/* Waits as between two tries of a request, N_TRIES having failed. */
gboolean cfoil_amazon_client_wait (CfoilAmazonClient *self,
                                   guint              n_tries,
                                   GCancellable      *cancellable,
                                   GError           **error);

void cfoil_amazon_answer_free (CfoilAmazonAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAmazonClient, cfoil_amazon_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAmazonAnswer, cfoil_amazon_answer_free)

G_END_DECLS
