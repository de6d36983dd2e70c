/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-evidence.h"

#include "cfoil-amazon-json.h"

/* What has no word of its own is Other, and the text says what it is. */
static const char *const types[CFOIL_N_EVIDENCE_TYPES] = {
  [CFOIL_EVIDENCE_OTHER] = "Other",
  [CFOIL_EVIDENCE_PRODUCT_DESCRIPTION] = "ProductDescription",
  [CFOIL_EVIDENCE_RECEIPT] = "Receipt",
  [CFOIL_EVIDENCE_CANCELLATION_POLICY] = "CancellationPolicy",
  [CFOIL_EVIDENCE_REFUND_POLICY] = "CancellationPolicy",
  [CFOIL_EVIDENCE_SIGNATURE] = "CustomerSignature",
  [CFOIL_EVIDENCE_TRACKING_NUMBER] = "TrackingNumber",
  [CFOIL_EVIDENCE_CARRIER_NAME] = "CarrierName",
  [CFOIL_EVIDENCE_SHIPPING] = "Other",
  [CFOIL_EVIDENCE_DELIVERY] = "Other",
  [CFOIL_EVIDENCE_DEVICE_ID] = "DeviceId",
  [CFOIL_EVIDENCE_DEVICE_NAME] = "DeviceName",
  [CFOIL_EVIDENCE_DOWNLOAD_TIME] = "DownloadDateTime",
  [CFOIL_EVIDENCE_ACCESS_LOG] = "Other",
  [CFOIL_EVIDENCE_SERVICE] = "Other",
  [CFOIL_EVIDENCE_REFUND] = "Other",
  [CFOIL_EVIDENCE_COMMUNICATION] = "Other",
  [CFOIL_EVIDENCE_OTHER_PAYMENT] = "Receipt",
  [CFOIL_EVIDENCE_PRIOR_ORDERS] = "Other",
  [CFOIL_EVIDENCE_TERMS] = "Other",
  [CFOIL_EVIDENCE_PACKET] = "Other",
};

#define PACKET_TEXT "All evidence in one document: letter, list of exhibits, and the exhibits"

static const struct
{
  const char *file_type;
  const char *content_type;
} file_types[] = {
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

const char *
cfoil_amazon_evidence_content_type (const char *file_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (file_types); i++)
    if (g_strcmp0 (file_type, file_types[i].file_type) == 0)
      return file_types[i].content_type;
  return NULL;
}

static const char *
type_of (const CfoilAnswerItem *item)
{
  return (guint) item->type < CFOIL_N_EVIDENCE_TYPES ? types[item->type] : types[CFOIL_EVIDENCE_OTHER];
}

/* (nullable) */
static const char *
text_of (const CfoilAnswerItem *item)
{
  if (item->text != NULL && *item->text != '\0')
    return item->text;
  if (item->type == CFOIL_EVIDENCE_PACKET)
    return PACKET_TEXT;
  /* In English, whatever the window speaks: the reader is the bank's. */
  if (g_str_equal (type_of (item), "Other") || item->type == CFOIL_EVIDENCE_REFUND_POLICY ||
      item->type == CFOIL_EVIDENCE_OTHER_PAYMENT)
    return cfoil_evidence_type_get_title (item->type);
  return NULL;
}

static char *
builder_to_text (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

char *
cfoil_amazon_evidence_build_file (const char *file_type)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "type", file_type);
  add_text (builder, "purpose", "disputeEvidence");
  json_builder_end_object (builder);
  return builder_to_text (builder);
}

char *
cfoil_amazon_evidence_build_contest (const CfoilAnswer *answer,
                                     char *const       *file_ids)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "merchantEvidences");
  json_builder_begin_array (builder);
  for (guint i = 0; i < answer->n_items; i++)
    {
      json_builder_begin_object (builder);
      add_text (builder, "evidenceType", type_of (&answer->items[i]));
      add_text (builder, "fileId", file_ids[i]);
      add_text (builder, "evidenceText", text_of (&answer->items[i]));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return builder_to_text (builder);
}

char *
cfoil_amazon_evidence_build_acceptance (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "statusDetails");
  json_builder_begin_object (builder);
  add_text (builder, "state", "Resolved");
  add_text (builder, "reasonCode", "MerchantAcceptedDispute");
  add_text (builder, "resolution", "BuyerWon");
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return builder_to_text (builder);
}

static gboolean
is_in (JsonArray             *evidences,
       const CfoilAnswerItem *item,
       const char            *file_id)
{
  for (guint i = 0; i < json_array_get_length (evidences); i++)
    {
      JsonNode *node = json_array_get_element (evidences, i);
      JsonObject *evidence = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (evidence == NULL)
        continue;
      if (item->path != NULL)
        {
          if (g_strcmp0 (cfoil_amazon_json_get_string (evidence, "fileId"), file_id) == 0)
            return TRUE;
        }
      else if (g_strcmp0 (cfoil_amazon_json_get_string (evidence, "evidenceType"), type_of (item)) == 0 &&
               g_strcmp0 (cfoil_amazon_json_get_string (evidence, "evidenceText"), text_of (item)) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
cfoil_amazon_evidence_is_held (JsonObject        *dispute,
                               const CfoilAnswer *answer,
                               char *const       *file_ids)
{
  JsonArray *evidences = cfoil_amazon_json_get_array (dispute, "merchantEvidences");

  if (evidences == NULL || answer->n_items == 0)
    return FALSE;
  for (guint i = 0; i < answer->n_items; i++)
    if ((answer->items[i].path != NULL && file_ids[i] == NULL) || !is_in (evidences, &answer->items[i], file_ids[i]))
      return FALSE;
  return TRUE;
}
