/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-json.h"

#include "simulator-calendar.h"

/* @value: (nullable): absent values are written as null */
void
cfoil_sim_json_string (JsonBuilder *json,
                       const char  *name,
                       const char  *value)
{
  json_builder_set_member_name (json, name);
  if (value != NULL)
    json_builder_add_string_value (json, value);
  else
    json_builder_add_null_value (json);
}

void
cfoil_sim_json_number (JsonBuilder *json,
                       const char  *name,
                       gint64       value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

void
cfoil_sim_json_boolean (JsonBuilder *json,
                        const char  *name,
                        gboolean     value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, value);
}

void
cfoil_sim_json_null (JsonBuilder *json,
                     const char  *name)
{
  cfoil_sim_json_string (json, name, NULL);
}

void
cfoil_sim_json_time (JsonBuilder *json,
                     const char  *name,
                     gint64       time)
{
  g_autofree char *text = cfoil_sim_format_basic (time);

  cfoil_sim_json_string (json, name, text);
}

void
cfoil_sim_json_price (JsonBuilder     *json,
                      const char      *name,
                      gint64           minor,
                      CfoilSimCurrency currency)
{
  g_autofree char *text = cfoil_sim_money_format (minor, currency);

  cfoil_sim_json_open (json, name);
  cfoil_sim_json_string (json, "amount", text);
  cfoil_sim_json_string (json, "currencyCode", cfoil_sim_currency_code (currency));
  json_builder_end_object (json);
}

void
cfoil_sim_json_open (JsonBuilder *json,
                     const char  *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
}

void
cfoil_sim_json_list (JsonBuilder *json,
                     const char  *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
}

/* @json: with its root closed */
char *
cfoil_sim_json_text (JsonBuilder *json)
{
  g_autoptr (JsonNode) root = json_builder_get_root (json);

  return json_to_string (root, FALSE);
}

/* Returns: (nullable): the member as text; numbers too, because one SDK sends
 * bare decimals */
const char *
cfoil_sim_json_get (JsonObject *object,
                    const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

JsonObject *
cfoil_sim_json_object (JsonObject *object,
                       const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gint64
cfoil_sim_json_integer (JsonObject *object,
                        const char *name,
                        gint64      otherwise)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING
           ? json_node_get_int (node) : otherwise;
}

gboolean
cfoil_sim_json_flag (JsonObject *object,
                     const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}
