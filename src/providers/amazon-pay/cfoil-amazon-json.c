/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-json.h"

#include "cfoil-amazon-id.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <string.h>

#define MAX_TEXT 4096
/* The last second of the year 9999. */
#define MAX_SECONDS G_GINT64_CONSTANT (253402300799)

void
cfoil_amazon_object_clear (CfoilAmazonObject *object)
{
  g_clear_pointer (&object->strings, g_ptr_array_unref);
}

static JsonNode *
get_member (JsonObject *json,
            const char *name)
{
  JsonNode *node = json_object_get_member (json, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

const char *
cfoil_amazon_json_get_string (JsonObject *json,
                              const char *name)
{
  JsonNode *node = get_member (json, name);
  const char *text;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = json_node_get_string (node);
  return *text != '\0' ? text : NULL;
}

JsonObject *
cfoil_amazon_json_get_object (JsonObject *json,
                              const char *name)
{
  JsonNode *node = get_member (json, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
cfoil_amazon_json_get_array (JsonObject *json,
                             const char *name)
{
  JsonNode *node = get_member (json, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
cfoil_amazon_json_get_text (CfoilAmazonObject *object,
                            JsonObject        *json,
                            const char        *name)
{
  const char *text = json != NULL ? cfoil_amazon_json_get_string (json, name) : NULL;
  const char *end;
  char *copy;

  if (text == NULL || strnlen (text, MAX_TEXT + 1) <= MAX_TEXT)
    return text;

  end = g_utf8_find_prev_char (text, text + MAX_TEXT);
  copy = g_strndup (text, end - text);
  if (object->strings == NULL)
    object->strings = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (object->strings, copy);
  return copy;
}

const char *
cfoil_amazon_json_get_id (JsonObject *json,
                          const char *name)
{
  const char *id = cfoil_amazon_json_get_string (json, name);

  return id != NULL && cfoil_amazon_id_is_safe (id) ? id : NULL;
}

const char *
cfoil_amazon_json_need_id (JsonObject *json,
                           const char *name,
                           GError    **error)
{
  const char *id = cfoil_amazon_json_get_id (json, name);

  if (id == NULL)
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "%s is missing or not an id", name);
  return id;
}

static gboolean
read_seconds (gint64   seconds,
              gint64  *us,
              GError **error)
{
  if (seconds < 0 || seconds > MAX_SECONDS)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE, "a time is out of range");
      return FALSE;
    }
  *us = seconds * G_USEC_PER_SEC;
  return TRUE;
}

gboolean
cfoil_amazon_json_get_time (JsonObject *json,
                            const char *name,
                            gint64     *us,
                            GError    **error)
{
  JsonNode *node = get_member (json, name);
  const char *text;
  gboolean ok;

  *us = CFOIL_UNKNOWN;
  if (node == NULL)
    return TRUE;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return read_seconds (json_node_get_int (node), us, error);
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "%s is not a time", name);
      return FALSE;
    }

  text = json_node_get_string (node);
  if (*text == '\0')
    return TRUE;
  ok = cfoil_time_parse (text, -1, us, error);
  if (!ok)
    {
      *us = CFOIL_UNKNOWN;
      g_prefix_error (error, "%s: ", name);
    }
  return ok;
}

gboolean
cfoil_amazon_json_get_amount (JsonObject *json,
                              const char *name,
                              const char *currency,
                              gint64     *minor,
                              GError    **error)
{
  JsonNode *node = get_member (json, name);
  int exponent = cfoil_currency_exponent (currency);
  char buffer[24];
  const char *text = buffer;

  *minor = CFOIL_UNKNOWN;
  if (exponent < 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CURRENCY, "“%.16s” is not a currency", currency);
      return FALSE;
    }

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  else if (node != NULL && json_node_get_value_type (node) == G_TYPE_INT64)
    g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    {
      /* A fraction has been through a double by now: not an amount any more. */
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "%s is missing or not an amount", name);
      return FALSE;
    }

  if (cfoil_money_parse (text, -1, exponent, minor, error))
    return TRUE;
  *minor = CFOIL_UNKNOWN;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

gboolean
cfoil_amazon_json_get_price (JsonObject  *json,
                             const char  *name,
                             gint64      *minor,
                             const char **currency,
                             GError     **error)
{
  JsonNode *node = get_member (json, name);
  JsonObject *price = cfoil_amazon_json_get_object (json, name);
  const char *code;

  *minor = CFOIL_UNKNOWN;
  *currency = NULL;
  if (node == NULL)
    return TRUE;
  /* {"amount": null, "currencyCode": null} is another way to say nothing. */
  if (price != NULL && get_member (price, "amount") == NULL)
    return TRUE;

  code = price != NULL ? cfoil_amazon_json_get_string (price, "currencyCode") : NULL;
  if (code == NULL)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "%s is not a price", name);
      return FALSE;
    }
  if (!cfoil_amazon_json_get_amount (price, "amount", code, minor, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  *currency = code;
  return TRUE;
}
