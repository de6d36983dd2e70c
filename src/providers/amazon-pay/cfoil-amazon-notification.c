/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-notification.h"

#include "cfoil-amazon-id.h"
#include "cfoil-error.h"
#include "cfoil-json-guard.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The transport allows 256 KiB. */
#define MAX_LENGTH (256 * 1024)

/* The documentation spells the names in two ways. */
static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, &node))
    if (g_ascii_strcasecmp (member, name) == 0 && json_node_get_value_type (node) == G_TYPE_STRING)
      return json_node_get_string (node);
  return NULL;
}

static JsonNode *
load (const char *text,
      gsize       length,
      GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (length > MAX_LENGTH)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "The text is too long for a notification");
      return NULL;
    }
  /* Some editors put this mark before a file; it is no part of JSON. */
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  if (!cfoil_json_guard (text, length, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, length, NULL))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "The notification is not JSON");
      return NULL;
    }
  return json_parser_steal_root (parser);
}

static gboolean
find_kind (const char      *type,
           CfoilObjectKind *kind,
           GError         **error)
{
  static const struct
  {
    const char *word;
    CfoilObjectKind kind;
  } table[] = {
    { "CHARGE", CFOIL_OBJECT_CHARGE },
    { "CHARGE_PERMISSION", CFOIL_OBJECT_PERMISSION },
    { "REFUND", CFOIL_OBJECT_REFUND },
    { "CHARGEBACK", CFOIL_OBJECT_DISPUTE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_ascii_strcasecmp (type, table[i].word) == 0)
      {
        *kind = table[i].kind;
        return TRUE;
      }

  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "A notification about “%.50s” is not one that we know", type);
  return FALSE;
}

static gboolean
read_message (JsonObject      *message,
              const char      *envelope_id,
              const char      *merchant_id,
              CfoilObjectKind *kind,
              char           **object_id,
              char           **message_id,
              GError         **error)
{
  const char *type = get_string (message, "ObjectType");
  const char *id = get_string (message, "ObjectId");
  const char *merchant = get_string (message, "MerchantID");
  const char *own_id = get_string (message, "NotificationId");

  if (type == NULL || id == NULL)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING,
                           "This is not a notification of Amazon Pay in its present version: it names no object");
      return FALSE;
    }
  if (!cfoil_amazon_id_is_safe (id))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "The notification's ObjectId is not an id");
      return FALSE;
    }
  if (merchant_id != NULL && merchant != NULL && !g_str_equal (merchant, merchant_id))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "The notification is for another merchant (%.50s)", merchant);
      return FALSE;
    }
  if (!find_kind (type, kind, error))
    return FALSE;

  if (envelope_id == NULL)
    envelope_id = own_id != NULL ? own_id : id;
  *object_id = g_strdup (id);
  *message_id = g_strdup (envelope_id);
  return TRUE;
}

gboolean
cfoil_amazon_notification_parse (const char      *text,
                                 gsize            length,
                                 const char      *merchant_id,
                                 CfoilObjectKind *kind,
                                 char           **object_id,
                                 char           **message_id,
                                 GError         **error)
{
  g_autoptr (JsonNode) root = load (text, length, error);
  g_autoptr (JsonNode) inner = NULL;
  JsonObject *envelope;
  const char *message;

  if (root == NULL)
    return FALSE;

  envelope = json_node_get_object (root);
  message = get_string (envelope, "Message");
  if (message == NULL)
    return read_message (envelope, NULL, merchant_id, kind, object_id, message_id, error);

  inner = load (message, strlen (message), error);
  if (inner == NULL)
    return FALSE;
  return read_message (json_node_get_object (inner), get_string (envelope, "MessageId"), merchant_id, kind, object_id, message_id, error);
}
