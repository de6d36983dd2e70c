/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-json.h"

#include "cfoil-error.h"

#include <string.h>

#define MAX_BYTES (8 * 1024 * 1024)
#define MAX_DEPTH 32

/* --- reading --- */

static gboolean
refuse (GError    **error,
        int         code,
        const char *message)
{
  g_set_error_literal (error, CFOIL_INPUT_ERROR, code, message);
  return FALSE;
}

/* The four digits of \uXXXX at P, or -1. */
static int
read_escape (const char *p)
{
  int value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* Goes past a string's escape, of which P is the character after the backslash.  NULL:
 * half a pair of surrogates, for which json-glib aborts. */
static const char *
skip_escape (const char *p)
{
  int value;

  if (*p != 'u')
    return *p != '\0' ? p + 1 : NULL;
  value = read_escape (p + 1);
  if (value < 0 || (value >= 0xdc00 && value <= 0xdfff))
    return NULL;
  if (value < 0xd800 || value > 0xdfff)
    return p + 5;
  if (p[5] != '\\' || p[6] != 'u')
    return NULL;
  value = read_escape (p + 7);
  return value >= 0xdc00 && value <= 0xdfff ? p + 11 : NULL;
}

/* What may stand outside of a string.  json-glib also takes comments and other quotes,
 * in which brackets would not be counted right. */
static gboolean
is_plain (char c)
{
  return g_ascii_isalnum (c) || strchr (" \t\r\n{}[]:,\"+-.", c) != NULL;
}

static gboolean
is_end (const char *p)
{
  return p[strspn (p, " \t\r\n")] == '\0';
}

/* json-glib calls itself for each bracket: deep ones would exhaust the stack. */
static gboolean
check_form (const char *text,
            GError    **error)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    if (in_string && *p == '\\')
      {
        p = skip_escape (p + 1);
        if (p == NULL)
          return refuse (error, CFOIL_INPUT_ERROR_SYNTAX, "The draft: an escape that means no character");
        p--;
      }
    else if (!in_string && !is_plain (*p))
      return refuse (error, CFOIL_INPUT_ERROR_SYNTAX, "The draft: a character that is no JSON");
    else if (*p == '"')
      in_string = !in_string;
    else if (!in_string && (*p == '{' || *p == '['))
      {
        if (++depth > MAX_DEPTH)
          return refuse (error, CFOIL_INPUT_ERROR_LIMIT, "The draft: nested too deeply");
      }
    else if (!in_string && (*p == '}' || *p == ']') && depth > 0 && --depth == 0)
      return is_end (p + 1) || refuse (error, CFOIL_INPUT_ERROR_SYNTAX, "The draft: something after its end");
  return TRUE;
}

JsonObject *
cfoil_draft_json_parse (const char *text,
                        GError    **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local = NULL;
  gsize length = strnlen (text, MAX_BYTES + 1);
  JsonNode *root;

  if (length > MAX_BYTES)
    {
      refuse (error, CFOIL_INPUT_ERROR_LIMIT, "The draft: too long");
      return NULL;
    }
  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      refuse (error, CFOIL_INPUT_ERROR_ENCODING, "The draft: not UTF-8");
      return NULL;
    }
  if (!check_form (text, error))
    return NULL;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, &local))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "The draft: %s", local->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      refuse (error, CFOIL_INPUT_ERROR_SYNTAX, "The draft: no object");
      return NULL;
    }
  return json_node_dup_object (root);
}

/* --- writing --- */

static void append_node (GString  *out,
                         JsonNode *node);

static void
append_text (GString    *out,
             const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
      case '\\':
        g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      default:
        if ((guchar) *p < 0x20)
          g_string_append_printf (out, "\\u%04x", (guint) *p);
        else
          g_string_append_c (out, *p);
      }
  g_string_append_c (out, '"');
}

static void
append_object (GString    *out,
               JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);

  g_string_append_c (out, '{');
  for (GList *link = names; link != NULL; link = link->next)
    {
      if (link != names)
        g_string_append_c (out, ',');
      append_text (out, link->data);
      g_string_append_c (out, ':');
      append_node (out, json_object_get_member (object, link->data));
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString   *out,
              JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

/* Only of what we do not know: nothing of ours is one. */
static void
append_double (GString *out,
               double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_dtostr (buffer, sizeof buffer, value));
  if (strpbrk (buffer, ".eEn") == NULL)
    g_string_append (out, ".0");
}

static void
append_value (GString  *out,
              JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      append_text (out, json_node_get_string (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      break;
    case G_TYPE_INT64:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    default:
      append_double (out, json_node_get_double (node));
    }
}

static void
append_node (GString  *out,
             JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (out, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      append_array (out, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      append_value (out, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
    }
}

char *
cfoil_draft_json_to_text (JsonObject *object)
{
  GString *out = g_string_new (NULL);

  append_object (out, object);
  return g_string_free (out, FALSE);
}

/* --- members --- */

void
cfoil_draft_json_set_text (JsonObject *object,
                           const char *name,
                           const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, name, text);
}

void
cfoil_draft_json_set_object (JsonObject *object,
                             const char *name,
                             JsonObject *member)
{
  if (json_object_get_size (member) > 0)
    json_object_set_object_member (object, name, member);
  else
    json_object_unref (member);
}

void
cfoil_draft_json_merge (JsonObject *object,
                        JsonObject *more)
{
  g_autoptr (GList) names = more != NULL ? json_object_get_members (more) : NULL;

  for (GList *link = names; link != NULL; link = link->next)
    {
      JsonNode *node = json_object_get_member (more, link->data);
      JsonNode *present = json_object_get_member (object, link->data);

      if (present == NULL)
        json_object_set_member (object, link->data, json_node_copy (node));
      else if (JSON_NODE_HOLDS_OBJECT (present) && JSON_NODE_HOLDS_OBJECT (node))
        cfoil_draft_json_merge (json_node_get_object (present), json_node_get_object (node));
    }
}

void
cfoil_draft_json_prune (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *link = names; link != NULL; link = link->next)
    {
      JsonNode *node = json_object_get_member (object, link->data);

      if (JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0)
        json_object_remove_member (object, link->data);
    }
}
