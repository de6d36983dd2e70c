/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-schedule-list.h"

#include "cfoil-amazon-json.h"
#include "cfoil-error.h"

#include <string.h>

static void
entry_free (gpointer data)
{
  CfoilAmazonSchedule *entry = data;

  g_free (entry->id);
  g_free (entry->type);
  g_free (entry->frequency);
  g_free (entry);
}

static gboolean
read_entry (JsonObject *json,
            GPtrArray  *entries,
            GError    **error)
{
  const char *id = cfoil_amazon_json_need_id (json, "reportScheduleId", error);
  const char *type = id != NULL ? cfoil_amazon_json_need_id (json, "reportType", error) : NULL;
  const char *frequency = cfoil_amazon_json_get_id (json, "scheduleFrequency");
  gint64 next_us;
  CfoilAmazonSchedule *entry;

  if (type == NULL || !cfoil_amazon_json_get_time (json, "nextReportCreationTime", &next_us, error))
    return FALSE;
  entry = g_new0 (CfoilAmazonSchedule, 1);
  entry->id = g_strdup (id);
  entry->type = g_strdup (type);
  entry->frequency = g_strdup (frequency != NULL ? frequency : "");
  entry->next_us = next_us;
  g_ptr_array_add (entries, entry);
  return TRUE;
}

static gboolean
read_entries (CfoilAmazonRun *run,
              JsonArray      *schedules,
              GPtrArray      *entries,
              GError        **error)
{
  for (guint i = 0; i < json_array_get_length (schedules); i++)
    {
      JsonNode *node = json_array_get_element (schedules, i);
      g_autoptr (GError) failure = NULL;
      g_autofree char *raw = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node) && read_entry (json_node_get_object (node), entries, &failure))
        continue;
      raw = json_to_string (node, FALSE);
      if (!cfoil_amazon_put_bad_object (run, "report-schedules",
                                        failure != NULL ? failure->message : "An entry of the list of schedules is not an object", raw, error))
        return FALSE;
    }
  return TRUE;
}

static const CfoilAmazonSchedule *
find_entry (GPtrArray  *entries,
            const char *id)
{
  for (guint i = 0; i < entries->len; i++)
    if (strcmp (((CfoilAmazonSchedule *) g_ptr_array_index (entries, i))->id, id) == 0)
      return g_ptr_array_index (entries, i);
  return NULL;
}

static gboolean
keep_entries (CfoilAmazonRun *run,
              GPtrArray      *entries,
              gboolean        are_all,
              GError        **error)
{
  g_autoptr (GPtrArray) known = cfoil_intake_list_schedules (run->intake, error);

  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const CfoilAmazonSchedule *entry = g_ptr_array_index (entries, i);
      CfoilSchedule schedule = { entry->id, entry->type, entry->frequency, entry->next_us, FALSE };

      if (!cfoil_intake_put_schedule (run->intake, &schedule, error))
        return FALSE;
    }
  for (guint i = 0; are_all && i < known->len; i++)
    {
      const char *id = ((CfoilKnownSchedule *) g_ptr_array_index (known, i))->schedule_id;

      if (find_entry (entries, id) == NULL && !cfoil_intake_drop_schedule (run->intake, id, error))
        return FALSE;
    }
  return cfoil_intake_commit (run->intake, error);
}

GPtrArray *
cfoil_amazon_read_schedules (CfoilAmazonRun *run,
                             GError        **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  JsonArray *schedules;

  answer = cfoil_amazon_client_get (run->client, CFOIL_AMAZON_LIST_SCHEDULES, "report-schedules", NULL, NULL, 0, run->cancellable, error);
  if (answer == NULL)
    return NULL;
  schedules = cfoil_amazon_json_get_array (answer->object, "reportSchedules");
  if (schedules == NULL)
    {
      g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_MALFORMED, answer->status, NULL, NULL,
                                                          "The list of schedules has no schedules in it"));
      return NULL;
    }
  /* The list has no pages as far as anybody has said; if it ever has, then the first is not
   * all of it. */
  if (!read_entries (run, schedules, entries, error) ||
      !keep_entries (run, entries, cfoil_amazon_json_get_string (answer->object, "nextToken") == NULL, error))
    return NULL;
  return g_steal_pointer (&entries);
}
