/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include <string.h>

#define DOCUMENT_PREFIX "/offamazonpayments-reports/"
#define UPLOAD_PREFIX "/v1/files/"
#define UPLOAD_SUFFIX "/contents"
#define UPLOAD_LIFETIME 900

/* Stray quotes, a zero byte, bytes that are not UTF-8, an open field. */
static const char garbage[] =
  "\xEF\xBB\xBF\"\"\"Amazon\0,;;;\n\"Transaction\"Posted\"Date\n\xFF\xFE,\"never closed\n1,2,3\n";

static const char *const content_types[][2] = {
  { "csv", "text/csv" },
  { "pdf", "application/pdf" },
  { "xls", "application/vnd.ms-excel" },
  { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { "doc", "application/msword" },
  { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  { "ods", "application/vnd.oasis.opendocument.spreadsheet" },
  { "jpg", "image/jpeg" },
  { "png", "image/png" },
};

static const char *
content_type_of (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (content_types); i++)
    if (g_strcmp0 (content_types[i][0], type) == 0)
      return content_types[i][1];
  return NULL;
}

static char *
query_value (const char *query,
             const char *name)
{
  g_autoptr (GPtrArray) parameters = cfoil_sim_query_parse (query);

  for (guint i = 0; i < parameters->len; i++)
    {
      const CfoilSimParameter *parameter = g_ptr_array_index (parameters, i);

      if (strcmp (parameter->name, name) == 0)
        return g_strdup (parameter->value);
    }
  return g_strdup ("");
}

/* The way the object store says no. */
static void
deny (CfoilSimAnswer *answer,
      guint           status,
      const char     *code,
      const char     *message)
{
  cfoil_sim_answer_text (answer, status, "application/xml",
                         g_strdup_printf ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                          "<Error><Code>%s</Code><Message>%s</Message>"
                                          "<RequestId>0000000000000000</RequestId><HostId>simulator</HostId></Error>",
                                          code, message));
}

/* How many bytes of the first half to keep: whole rows, or a bit of the next
 * one as well. */
static gsize
cut_point (const char *text,
           gsize       length,
           gboolean    at_row)
{
  gsize kept = length / 2;

  while (kept > 0 && text[kept - 1] != '\n')
    kept--;
  return at_row ? kept : MIN (kept + 37, length - 1);
}

/* Changes to the document itself; those of the wire are made later. */
static GBytes *
spoil (GBytes              *document,
       const CfoilSimFault *fault)
{
  gsize length;
  const char *text = g_bytes_get_data (document, &length);
  gsize kept = length;

  if (fault != NULL && fault->kind == CFOIL_SIM_FAULT_GARBAGE_CSV)
    return g_bytes_new_static (garbage, sizeof garbage - 1);
  if (fault != NULL && length > 0 &&
      (fault->kind == CFOIL_SIM_FAULT_HALF_LINES || fault->kind == CFOIL_SIM_FAULT_CUT_ROWS))
    kept = cut_point (text, length, fault->kind == CFOIL_SIM_FAULT_CUT_ROWS);
  return g_bytes_new_from_bytes (document, 0, kept);
}

static gboolean
check_url (CfoilSimService       *service,
           const CfoilSimRequest *request,
           CfoilSimAnswer        *answer)
{
  g_autofree char *signature = query_value (request->query, "X-Amz-Signature");
  const CfoilSimDocumentUrl *url = g_hash_table_lookup (service->document_urls, signature);

  if (url == NULL || strcmp (url->document_id, request->path + strlen (DOCUMENT_PREFIX)) != 0)
    deny (answer, 403, "SignatureDoesNotMatch", "The request signature does not match the signature provided.");
  else if (url->expired || g_get_monotonic_time () - url->issued > service->url_lifetime)
    deny (answer, 403, "AccessDenied", "Request has expired");
  else
    return TRUE;
  return FALSE;
}

static void
send_document (CfoilSimService       *service,
               const CfoilSimRequest *request,
               CfoilSimAnswer        *answer)
{
  const CfoilSimReport *report;
  g_autoptr (GBytes) document = NULL;

  if (strcmp (request->method, "GET") != 0)
    {
      deny (answer, 405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
      return;
    }
  if (answer->fault != NULL && answer->fault->kind == CFOIL_SIM_FAULT_EXPIRE_URL)
    {
      deny (answer, 403, "AccessDenied", "Request has expired");
      return;
    }
  if (!check_url (service, request, answer))
    return;
  report = cfoil_sim_reports_find_document (service->reports, request->path + strlen (DOCUMENT_PREFIX));
  if (report == NULL)
    {
      deny (answer, 404, "NoSuchKey", "The specified key does not exist.");
      return;
    }
  document = cfoil_sim_report_document (service->reports, report);
  answer->status = 200;
  answer->content_type = "text/csv;charset=UTF-8";
  answer->body = spoil (document, answer->fault);
}

/* A pre-signed download: no other authentication than its address. */
void
cfoil_sim_service_document (CfoilSimService       *service,
                            const CfoilSimRequest *request,
                            CfoilSimAnswer        *answer)
{
  answer->operation = "documentDownload";
  answer->fault = cfoil_sim_faults_pick (&service->faults, answer->operation);
  if (answer->fault == NULL || !answer->fault->before)
    send_document (service, request, answer);
  cfoil_sim_answer_fault (answer);
}

gboolean
cfoil_sim_create_file (CfoilSimCall *call)
{
  const char *type = cfoil_sim_json_get (call->body, "type");
  const char *purpose = cfoil_sim_json_get (call->body, "purpose");
  g_autofree char *suffix = NULL;
  g_autofree char *url = NULL;
  CfoilSimFile *file;

  if (content_type_of (type) == NULL)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for type is invalid.");
  if (g_strcmp0 (purpose, "disputeEvidence") != 0)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for purpose is invalid.");
  suffix = cfoil_sim_random_token (18);
  file = g_new0 (CfoilSimFile, 1);
  file->id = g_strconcat ("file_", suffix, NULL);
  file->type = g_strdup (type);
  file->purpose = g_strdup (purpose);
  file->token = cfoil_sim_random_token (40);
  file->url_expires = call->now + UPLOAD_LIFETIME;
  g_hash_table_insert (call->service->files, file->id, file);
  url = g_strconcat (call->service->base_url, UPLOAD_PREFIX, file->id, UPLOAD_SUFFIX "?X-Amz-Signature=", file->token, NULL);
  call->status = 201;
  json_builder_begin_object (call->json);
  cfoil_sim_json_string (call->json, "id", file->id);
  cfoil_sim_json_string (call->json, "type", file->type);
  cfoil_sim_json_string (call->json, "purpose", file->purpose);
  cfoil_sim_json_null (call->json, "size");
  cfoil_sim_json_null (call->json, "uploadTimestamp");
  cfoil_sim_json_string (call->json, "url", url);
  cfoil_sim_json_time (call->json, "urlExpirationTimeStamp", file->url_expires);
  json_builder_end_object (call->json);
  return TRUE;
}

static CfoilSimFile *
find_upload (CfoilSimService       *service,
             const CfoilSimRequest *request)
{
  g_autofree char *token = query_value (request->query, "X-Amz-Signature");
  const char *rest = request->path + strlen (UPLOAD_PREFIX);
  const char *slash = strchr (rest, '/');
  g_autofree char *id = slash != NULL ? g_strndup (rest, (gsize) (slash - rest)) : NULL;
  CfoilSimFile *file = id != NULL && strcmp (slash, UPLOAD_SUFFIX) == 0 ? g_hash_table_lookup (service->files, id) : NULL;

  return file != NULL && strcmp (file->token, token) == 0 ? file : NULL;
}

static void
take_upload (CfoilSimService       *service,
             const CfoilSimRequest *request,
             CfoilSimAnswer        *answer)
{
  CfoilSimFile *file = find_upload (service, request);
  const char *given = g_hash_table_lookup (request->headers, "content-type");

  if (file != NULL && answer->fault != NULL && answer->fault->kind == CFOIL_SIM_FAULT_EXPIRE_URL)
    file->url_expires = 0;
  if (strcmp (request->method, "PUT") != 0)
    deny (answer, 405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
  /* Two ways to prove who one is are one too many. */
  else if (g_hash_table_contains (request->headers, "authorization") ||
           g_hash_table_contains (request->headers, "x-amz-pay-date"))
    deny (answer, 400, "InvalidArgument", "Only one auth mechanism allowed");
  else if (file == NULL)
    deny (answer, 403, "SignatureDoesNotMatch", "The request signature does not match the signature provided.");
  else if (cfoil_sim_merchant_now (service->merchant) > file->url_expires)
    deny (answer, 403, "AccessDenied", "Request has expired");
  else if (given == NULL || g_ascii_strcasecmp (given, content_type_of (file->type)) != 0)
    deny (answer, 400, "InvalidArgument", "The content type does not match the type of the file.");
  else if (g_bytes_get_size (request->body) == 0)
    deny (answer, 400, "MissingRequestBodyError", "The request body is empty.");
  else
    {
      g_clear_pointer (&file->content, g_bytes_unref);
      file->content = g_bytes_ref (request->body);
      file->uploaded = cfoil_sim_merchant_now (service->merchant);
      cfoil_sim_answer_text (answer, 200, NULL, g_strdup (""));
    }
}

/* The bytes of an evidence file, sent to the address from before. */
void
cfoil_sim_service_upload (CfoilSimService       *service,
                          const CfoilSimRequest *request,
                          CfoilSimAnswer        *answer)
{
  answer->operation = "fileUpload";
  answer->fault = cfoil_sim_faults_pick (&service->faults, answer->operation);
  if (answer->fault == NULL || !answer->fault->before)
    take_upload (service, request, answer);
  cfoil_sim_answer_fault (answer);
}
