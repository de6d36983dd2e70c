/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-auth.h"
#include "simulator-faults.h"
#include "simulator-idempotency.h"
#include "simulator-json.h"
#include "simulator-reports.h"
#include "simulator-throttle.h"

typedef struct {
  char *id;
  char *type;
  char *purpose;
  char *token;
  GBytes *content;
  gint64 uploaded;
  gint64 url_expires;
} CfoilSimFile;

/* A pre-signed document address that was handed out. */
typedef struct {
  char *document_id;
  gint64 issued;
  gboolean expired;
} CfoilSimDocumentUrl;

/* Where a list goes on. */
typedef struct {
  char *operation;
  GHashTable *query;
  guint position;
} CfoilSimPage;

/* One merchant account and everything that answers for it. */
typedef struct {
  CfoilSimMerchant *merchant;
  CfoilSimReports *reports;
  CfoilSimAuth auth;
  CfoilSimThrottle *throttle;
  CfoilSimIdempotency *idempotency;
  CfoilSimFaults faults;
  GHashTable *files;
  GHashTable *pages;
  GHashTable *document_urls;
  GHashTable *counters;
  char *base_url;
  char *control_token;
  gint64 url_lifetime;
  gint64 pending_seconds;
  guint64 requests;
} CfoilSimService;

typedef struct {
  guint status;
  const char *content_type;
  GBytes *body;
  const CfoilSimFault *fault;
  const char *operation;
  int retry_after;
} CfoilSimAnswer;

/* One authenticated request on its way through the routes. */
typedef struct {
  CfoilSimService *service;
  CfoilSimMerchant *merchant;
  const CfoilSimFault *fault;
  const char *operation;
  const char *id;
  const char *simulation;
  GHashTable *query;
  JsonObject *body;
  JsonBuilder *json;
  CfoilSimFailure failure;
  gint64 now;
  guint status;
} CfoilSimCall;

typedef gboolean (*CfoilSimHandler) (CfoilSimCall *call);

typedef struct {
  const char *method;
  const char *path;
  const char *operation;
  CfoilSimHandler handler;
  const char *fields;
  gboolean needs_key;
} CfoilSimRoute;

CfoilSimService *cfoil_sim_service_new      (CfoilSimMerchant *merchant,
                                             const char       *public_key_pem,
                                             const char       *key_id,
                                             GError          **error);
void             cfoil_sim_service_free     (CfoilSimService *service);
void             cfoil_sim_service_api      (CfoilSimService *service, const CfoilSimRequest *request, CfoilSimAnswer *answer);
void             cfoil_sim_service_document (CfoilSimService *service, const CfoilSimRequest *request, CfoilSimAnswer *answer);
void             cfoil_sim_service_upload   (CfoilSimService *service, const CfoilSimRequest *request, CfoilSimAnswer *answer);
void             cfoil_sim_service_control  (CfoilSimService *service, const CfoilSimRequest *request, CfoilSimAnswer *answer);
void             cfoil_sim_service_count    (CfoilSimService *service, const char *operation, guint status);
char            *cfoil_sim_random_token     (guint length);
void             cfoil_sim_answer_failure   (CfoilSimAnswer *answer, const CfoilSimFailure *failure);
void             cfoil_sim_answer_fault     (CfoilSimAnswer *answer);
void             cfoil_sim_answer_text      (CfoilSimAnswer *answer, guint status, const char *content_type, char *text);

const CfoilSimRoute *cfoil_sim_route_find   (const char *method, const char *path, char **id, CfoilSimFailure *failure);
gboolean cfoil_sim_body_check               (JsonObject *body, const char *fields, CfoilSimFailure *failure);
gboolean cfoil_sim_call_fail                (CfoilSimCall *call,
                                             guint         status,
                                             const char   *reason,
                                             const char   *format,
                                             ...) G_GNUC_PRINTF (4, 5);
gboolean cfoil_sim_call_price               (CfoilSimCall *call, const char *name, CfoilSimCurrency *currency, gint64 *minor);
gboolean cfoil_sim_call_time                (CfoilSimCall *call, const char *name, gint64 *time);

gboolean cfoil_sim_get_charge               (CfoilSimCall *call);
gboolean cfoil_sim_create_charge            (CfoilSimCall *call);
gboolean cfoil_sim_capture_charge           (CfoilSimCall *call);
gboolean cfoil_sim_cancel_charge            (CfoilSimCall *call);
gboolean cfoil_sim_get_permission           (CfoilSimCall *call);
gboolean cfoil_sim_update_permission        (CfoilSimCall *call);
gboolean cfoil_sim_close_permission         (CfoilSimCall *call);
gboolean cfoil_sim_get_refund               (CfoilSimCall *call);
gboolean cfoil_sim_create_refund            (CfoilSimCall *call);
gboolean cfoil_sim_get_dispute              (CfoilSimCall *call);
gboolean cfoil_sim_create_dispute           (CfoilSimCall *call);
gboolean cfoil_sim_update_dispute           (CfoilSimCall *call);
gboolean cfoil_sim_contest_dispute          (CfoilSimCall *call);
gboolean cfoil_sim_create_file              (CfoilSimCall *call);
gboolean cfoil_sim_list_reports             (CfoilSimCall *call);
gboolean cfoil_sim_get_report               (CfoilSimCall *call);
gboolean cfoil_sim_create_report            (CfoilSimCall *call);
gboolean cfoil_sim_get_document             (CfoilSimCall *call);
gboolean cfoil_sim_list_schedules           (CfoilSimCall *call);
gboolean cfoil_sim_get_schedule             (CfoilSimCall *call);
gboolean cfoil_sim_create_schedule          (CfoilSimCall *call);
gboolean cfoil_sim_cancel_schedule          (CfoilSimCall *call);
gboolean cfoil_sim_list_disbursements       (CfoilSimCall *call);
gboolean cfoil_sim_not_here                 (CfoilSimCall *call);
gboolean cfoil_sim_unsupported              (CfoilSimCall *call);

void     cfoil_sim_write_report             (CfoilSimCall *call, const CfoilSimReport *report);
void     cfoil_sim_write_dispute            (JsonBuilder *json, const CfoilSimMerchant *merchant, const CfoilSimDispute *dispute);
void     cfoil_sim_resolve_dispute          (CfoilSimMerchant *merchant, CfoilSimDispute *dispute, guint reason, guint resolution);

/* Paging, shared by the lists. */
gboolean cfoil_sim_page_open                (CfoilSimCall *call, const char *const *parameters, guint n, guint default_size,
                                             GHashTable **query, guint *position, guint *size);
void     cfoil_sim_page_close               (CfoilSimCall *call, GHashTable *query, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSimService, cfoil_sim_service_free)
