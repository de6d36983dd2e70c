/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-faults.h"

#include "simulator-json.h"

#include <gio/gio.h>

static const char *const kind_names[CFOIL_SIM_N_FAULT_KINDS] = {
  "drop", "cut", "chunk-end", "half-lines", "cut-rows", "wrong-length", "slow", "delay", "status",
  "throttle", "garbage-csv", "html", "expire-url", "gzip-bomb", "repeat-token"
};

static void
fault_free (gpointer data)
{
  CfoilSimFault *fault = data;

  g_free (fault->operation);
  g_free (fault->body);
  g_free (fault);
}

void
cfoil_sim_faults_init (CfoilSimFaults *faults,
                       guint64         seed)
{
  faults->list = g_ptr_array_new_with_free_func (fault_free);
  cfoil_sim_random_init (&faults->random, seed, "faults");
}

void
cfoil_sim_faults_clear (CfoilSimFaults *faults)
{
  g_clear_pointer (&faults->list, g_ptr_array_unref);
}

static guint
member (JsonObject *object,
        JsonObject *match,
        const char *name,
        guint       otherwise)
{
  gint64 value = cfoil_sim_json_integer (match, name, cfoil_sim_json_integer (object, name, otherwise));

  return (guint) CLAMP (value, 0, G_MAXINT);
}

static double
probability_of (JsonObject *object,
                JsonObject *match)
{
  JsonNode *node = match != NULL ? json_object_get_member (match, "probability") : NULL;

  if (node == NULL)
    node = json_object_get_member (object, "probability");
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : -1;
}

static CfoilSimFault *
fault_new (JsonObject *object,
           GError    **error)
{
  JsonObject *match = cfoil_sim_json_object (object, "match");
  const char *kind = cfoil_sim_json_get (object, "kind");
  CfoilSimFault *fault;
  guint i = 0;

  while (i < CFOIL_SIM_N_FAULT_KINDS && g_strcmp0 (kind, kind_names[i]) != 0)
    i++;
  if (i == CFOIL_SIM_N_FAULT_KINDS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "unknown kind of fault: %s", kind != NULL ? kind : "(none)");
      return NULL;
    }
  fault = g_new0 (CfoilSimFault, 1);
  fault->kind = (CfoilSimFaultKind) i;
  fault->operation = g_strdup (cfoil_sim_json_get (object, "operation"));
  fault->body = g_strdup (cfoil_sim_json_get (object, "body"));
  fault->probability = probability_of (object, match);
  fault->nth = member (object, match, "nth", 0);
  fault->every = member (object, match, "every", 0);
  fault->after = member (object, match, "after", 0);
  fault->count = member (object, match, "count", 0);
  fault->code = member (object, NULL, "code", fault->kind == CFOIL_SIM_FAULT_THROTTLE ? 429 : 503);
  fault->ms = member (object, NULL, "ms", 1000);
  fault->bytes = cfoil_sim_json_integer (object, "bytes", -1);
  fault->bytes_per_second = MAX (cfoil_sim_json_integer (object, "bytesPerSecond", 4096), 1);
  fault->retry_after = (int) cfoil_sim_json_integer (object, "retryAfter", -1);
  fault->before = g_strcmp0 (cfoil_sim_json_get (object, "when"), "after") != 0 &&
                  (fault->kind == CFOIL_SIM_FAULT_STATUS || fault->kind == CFOIL_SIM_FAULT_THROTTLE ||
                   fault->kind == CFOIL_SIM_FAULT_HTML ||
                   g_strcmp0 (cfoil_sim_json_get (object, "when"), "before") == 0);
  return fault;
}

static JsonArray *
find_list (JsonNode *root)
{
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    return json_node_get_array (root);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root) &&
      json_object_has_member (json_node_get_object (root), "faults") &&
      JSON_NODE_HOLDS_ARRAY (json_object_get_member (json_node_get_object (root), "faults")))
    return json_object_get_array_member (json_node_get_object (root), "faults");
  return NULL;
}

/* Replaces the list by the one in @text: {"faults":[…]} or a bare array. */
gboolean
cfoil_sim_faults_load (CfoilSimFaults *faults,
                       const char     *text,
                       gssize          length,
                       GError        **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (fault_free);
  JsonArray *array;

  if (!json_parser_load_from_data (parser, text, length, error))
    return FALSE;
  array = find_list (json_parser_get_root (parser));
  if (array == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "expected an object with the list \"faults\"");
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      CfoilSimFault *fault;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a fault must be an object");
          return FALSE;
        }
      fault = fault_new (json_node_get_object (node), error);
      if (fault == NULL)
        return FALSE;
      g_ptr_array_add (list, fault);
    }
  g_ptr_array_unref (faults->list);
  faults->list = g_steal_pointer (&list);
  return TRUE;
}

static gboolean
fires (CfoilSimFaults *faults,
       CfoilSimFault  *fault)
{
  fault->seen++;
  if ((fault->count > 0 && fault->fired >= fault->count) ||
      (fault->nth > 0 && fault->seen != fault->nth) ||
      (fault->every > 0 && fault->seen % fault->every != 0) ||
      fault->seen <= fault->after)
    return FALSE;
  return fault->probability < 0 ||
         cfoil_sim_random_below (&faults->random, 1000000) < fault->probability * 1000000;
}

/* Every fault of @operation counts the request; the first one that fires is
 * the one that happens.
 * Returns: (transfer none) (nullable) */
const CfoilSimFault *
cfoil_sim_faults_pick (CfoilSimFaults *faults,
                       const char     *operation)
{
  CfoilSimFault *picked = NULL;

  for (guint i = 0; i < faults->list->len; i++)
    {
      CfoilSimFault *fault = g_ptr_array_index (faults->list, i);

      if (fault->operation != NULL && g_strcmp0 (fault->operation, operation) != 0)
        continue;
      if (fires (faults, fault) && picked == NULL)
        {
          picked = fault;
          fault->fired++;
        }
    }
  return picked;
}

void
cfoil_sim_faults_write (const CfoilSimFaults *faults,
                        JsonBuilder          *json)
{
  cfoil_sim_json_list (json, "faults");
  for (guint i = 0; i < faults->list->len; i++)
    {
      const CfoilSimFault *fault = g_ptr_array_index (faults->list, i);

      json_builder_begin_object (json);
      cfoil_sim_json_string (json, "operation", fault->operation);
      cfoil_sim_json_string (json, "kind", kind_names[fault->kind]);
      cfoil_sim_json_number (json, "seen", fault->seen);
      cfoil_sim_json_number (json, "fired", fault->fired);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}
