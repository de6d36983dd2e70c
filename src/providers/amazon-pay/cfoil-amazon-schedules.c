/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-schedules.h"

#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-amazon-schedule-list.h"
#include "cfoil-error.h"
#include "cfoil-schedule.h"
#include "cfoil-time.h"

#include <string.h>

#define NOTHING "-"

gboolean
cfoil_amazon_list_schedules (CfoilAmazonRun *run,
                             GError        **error)
{
  g_autoptr (GPtrArray) schedules = cfoil_amazon_read_schedules (run, error);

  return schedules != NULL;
}

/* --- a new one --- */

typedef struct
{
  CfoilAmazonRun *run;       /* (borrowed) */
  const CfoilAction *action; /* (borrowed) */
  gboolean is_new;           /* it was never sent */
  char *type;
  char *replaced_id;         /* (nullable): that may be replaced */
  char *frequency;
  gint64 next_us;
} Creation;

static void
creation_clear (Creation *self)
{
  g_free (self->type);
  g_free (self->replaced_id);
  g_free (self->frequency);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Creation, creation_clear)

static void
creation_init (Creation          *self,
               CfoilAmazonRun    *run,
               const CfoilAction *action,
               gboolean           is_new)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  const char *blank = strchr (action->subject, ' ');

  *self = (Creation) { .run = run, .action = action, .is_new = is_new, .next_us = CFOIL_UNKNOWN };
  self->type = blank != NULL ? g_strndup (action->subject, (gsize) (blank - action->subject)) : g_strdup (action->subject);
  if (blank != NULL && strcmp (blank + 1, NOTHING) != 0)
    self->replaced_id = g_strdup (blank + 1);
  if (json_parser_load_from_data (parser, action->request, -1, NULL) && JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      JsonObject *json = json_node_get_object (json_parser_get_root (parser));

      self->frequency = g_strdup (cfoil_amazon_json_get_string (json, "scheduleFrequency"));
      cfoil_amazon_json_get_time (json, "nextReportCreationTime", &self->next_us, NULL);
    }
}

static char *
build_request (const char *type,
               const char *frequency,
               gint64      next_us,
               gboolean    replace)
{
  char next[CFOIL_TIME_BUFFER];

  cfoil_time_format_basic (next, next_us);
  return g_strdup_printf ("{\"reportType\":\"%s\",\"scheduleFrequency\":\"%s\",\"nextReportCreationTime\":\"%s\",\"deleteExistingSchedule\":%s}",
                          type, frequency, next, replace ? "true" : "false");
}

static gboolean
is_ours (CfoilAmazonRun *run,
         const char     *id,
         gboolean       *ours,
         GError        **error)
{
  g_autoptr (GPtrArray) known = cfoil_intake_list_schedules (run->intake, error);

  *ours = FALSE;
  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      const CfoilKnownSchedule *schedule = g_ptr_array_index (known, i);

      if (schedule->ours && strcmp (schedule->schedule_id, id) == 0)
        *ours = TRUE;
    }
  return known != NULL;
}

/* Whether it is what a former try asked for, whose answer got lost. */
static gboolean
looks_like (const Creation *self,
            const CfoilAmazonSchedule    *entry)
{
  gint64 unit_us;
  guint n;

  if (self->is_new || g_strcmp0 (entry->frequency, self->frequency) != 0)
    return FALSE;
  return entry->next_us == CFOIL_UNKNOWN || self->next_us == CFOIL_UNKNOWN || !cfoil_frequency_parse (entry->frequency, &n, &unit_us) ||
         (entry->next_us - self->next_us) % (n * unit_us) == 0;
}

static gboolean
refuse (const Creation *self,
        const CfoilAmazonSchedule    *entry,
        char          **existing_id,
        GError        **error)
{
  g_autofree char *message = g_strdup_printf ("There is the schedule %s already for these reports, %s; this program did not make it, "
                                              "and another one may rely on it", entry->id, entry->frequency);

  if (!cfoil_intake_end_action (self->run->intake, self->action->action_id, 409, message, error))
    return FALSE;
  if (existing_id != NULL)
    *existing_id = g_strdup (entry->id);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, message);
  return FALSE;
}

/* *IS_DONE: the one there is, ENTRY, is what was asked for. */
static gboolean
check_entry (const Creation *self,
             const CfoilAmazonSchedule    *entry,
             char          **existing_id,
             gboolean       *is_done,
             GError        **error)
{
  gboolean ours;

  *is_done = FALSE;
  if (!is_ours (self->run, entry->id, &ours, error))
    return FALSE;
  *is_done = ours && g_strcmp0 (entry->frequency, self->frequency) == 0;
  if (*is_done || ours || g_strcmp0 (entry->id, self->replaced_id) == 0 || looks_like (self, entry))
    return TRUE;
  return refuse (self, entry, existing_id, error);
}

static gboolean
keep_created (const Creation          *self,
              const CfoilAmazonSchedule             *replaced,
              const CfoilAmazonAnswer *answer,
              char                   **schedule_id,
              GError                 **error)
{
  CfoilIntake *intake = self->run->intake;
  CfoilSchedule schedule = { NULL, self->type, self->frequency, self->next_us, TRUE };
  g_autoptr (GError) failure = NULL;

  schedule.schedule_id = cfoil_amazon_json_need_id (answer->object, "reportScheduleId", &failure);
  if (schedule.schedule_id != NULL &&
      ((replaced != NULL && strcmp (replaced->id, schedule.schedule_id) != 0 &&
        !cfoil_intake_drop_schedule (intake, replaced->id, error)) ||
       !cfoil_intake_put_schedule (intake, &schedule, error)))
    return FALSE;
  /* The schedule, that it is ours, and the end of the action in one transaction. */
  if (!cfoil_intake_end_action (intake, self->action->action_id, answer->status, answer->text, error))
    return FALSE;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (schedule_id != NULL)
    *schedule_id = g_strdup (schedule.schedule_id);
  return TRUE;
}

static gboolean
keep_failure (const Creation *self,
              GError         *failure,
              GError        **error)
{
  guint status = cfoil_amazon_failure_get_final_status (failure);

  if (cfoil_intake_end_action (self->run->intake, self->action->action_id, status, failure->message, error))
    g_propagate_error (error, failure);
  else
    g_error_free (failure);
  return FALSE;
}

static gboolean
create (const Creation *self,
        char          **schedule_id,
        char          **existing_id,
        GError        **error)
{
  GError *failure = NULL;
  g_autoptr (GPtrArray) entries = cfoil_amazon_read_schedules (self->run, &failure);
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  const CfoilAmazonSchedule *entry = NULL;
  gboolean is_done = FALSE;

  if (entries == NULL)
    return keep_failure (self, failure, error);
  for (guint i = 0; i < entries->len && entry == NULL; i++)
    if (strcmp (((CfoilAmazonSchedule *) g_ptr_array_index (entries, i))->type, self->type) == 0)
      entry = g_ptr_array_index (entries, i);
  if (entry != NULL && !check_entry (self, entry, existing_id, &is_done, error))
    return FALSE;
  if (is_done)
    {
      if (schedule_id != NULL)
        *schedule_id = g_strdup (entry->id);
      return cfoil_intake_end_action (self->run->intake, self->action->action_id, 200, "", error);
    }
  answer = cfoil_amazon_client_post (self->run->client, CFOIL_AMAZON_CREATE_SCHEDULE, "report-schedules", NULL, NULL,
                                     self->action->request, self->action->idempotency_key, self->run->cancellable, &failure);
  return answer != NULL ? keep_created (self, entry, answer, schedule_id, error) : keep_failure (self, failure, error);
}

/* The one of TYPE that nobody has answered yet; NULL without an error: none. */
static CfoilAction *
find_open (CfoilAmazonRun *run,
           const char     *type,
           GError        **error)
{
  g_autoptr (GPtrArray) actions = cfoil_intake_list_actions (run->intake, CFOIL_ACTION_CREATE_SCHEDULE, error);
  gsize length = strlen (type);

  for (guint i = 0; actions != NULL && i < actions->len; i++)
    {
      const CfoilAction *action = g_ptr_array_index (actions, i);

      if (strncmp (action->subject, type, length) == 0 && action->subject[length] == ' ')
        return g_ptr_array_steal_index (actions, i);
    }
  return NULL;
}

/* An earlier one comes first.  *IS_DONE: it is the same. */
static gboolean
create_open (CfoilAmazonRun *run,
             const char     *type,
             const char     *frequency,
             const char     *replaced_id,
             char          **schedule_id,
             char          **existing_id,
             gboolean       *is_done,
             GError        **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CfoilAction) open = find_open (run, type, &failure);
  g_auto (Creation) creation = { NULL };
  g_autofree char *id = NULL;
  gboolean is_same;

  *is_done = FALSE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (open == NULL)
    return *error == NULL;
  creation_init (&creation, run, open, FALSE);
  is_same = g_strcmp0 (creation.frequency, frequency) == 0 && (replaced_id == NULL || g_strcmp0 (replaced_id, creation.replaced_id) == 0);
  if (create (&creation, &id, is_same ? existing_id : NULL, &failure))
    {
      *is_done = is_same;
      if (is_same)
        *schedule_id = g_steal_pointer (&id);
      return TRUE;
    }
  if (!is_same && !cfoil_provider_request_waits (failure))
    return TRUE;
  if (!is_same)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PENDING,
                 "Another schedule for these reports was asked for before and is not answered yet; sync, then try again: %s", failure->message);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static char *
dup_own_id (CfoilAmazonRun *run,
            const char     *type,
            GError        **error)
{
  g_autoptr (GPtrArray) known = cfoil_intake_list_schedules (run->intake, error);

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      const CfoilKnownSchedule *schedule = g_ptr_array_index (known, i);

      if (schedule->ours && strcmp (schedule->provider_type, type) == 0)
        return g_strdup (schedule->schedule_id);
    }
  return NULL;
}

gboolean
cfoil_amazon_create_schedule (CfoilAmazonRun *run,
                              const char     *type,
                              const char     *frequency,
                              gint64          next_us,
                              const char     *replaced_id,
                              char          **schedule_id,
                              char          **existing_id,
                              GError        **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CfoilAction) action = NULL;
  g_auto (Creation) creation = { NULL };
  g_autofree char *own_id = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *request = NULL;
  gboolean is_done;

  if (!create_open (run, type, frequency, replaced_id, schedule_id, existing_id, &is_done, &failure) || is_done)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return is_done;
    }
  own_id = dup_own_id (run, type, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (replaced_id == NULL)
    replaced_id = own_id;
  subject = g_strdup_printf ("%s %s", type, replaced_id != NULL ? replaced_id : NOTHING);
  request = build_request (type, frequency, next_us, replaced_id != NULL);
  action = cfoil_intake_begin_action (run->intake, CFOIL_ACTION_CREATE_SCHEDULE, subject, request, error);
  if (action == NULL)
    return FALSE;
  creation_init (&creation, run, action, TRUE);
  return create (&creation, schedule_id, existing_id, error);
}

gboolean
cfoil_amazon_resume_schedule (CfoilAmazonRun    *run,
                              const CfoilAction *action,
                              GError           **error)
{
  g_auto (Creation) creation = { NULL };

  creation_init (&creation, run, action, FALSE);
  return create (&creation, NULL, NULL, error);
}

/* --- cancelling --- */

/* Doing it twice does no harm: ids are not used again. */
gboolean
cfoil_amazon_resume_cancellation (CfoilAmazonRun    *run,
                                  const CfoilAction *action,
                                  GError           **error)
{
  g_autoptr (GError) failure = NULL;

  if (!cfoil_amazon_client_delete (run->client, CFOIL_AMAZON_CANCEL_SCHEDULE, "report-schedules", action->subject,
                                   run->cancellable, &failure) &&
      !g_error_matches (failure, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND))
    {
      guint status = cfoil_amazon_failure_get_final_status (failure);

      if (cfoil_intake_end_action (run->intake, action->action_id, status, failure->message, error))
        g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return cfoil_intake_drop_schedule (run->intake, action->subject, error) &&
         cfoil_intake_end_action (run->intake, action->action_id, 200, "", error);
}

gboolean
cfoil_amazon_cancel_schedule (CfoilAmazonRun *run,
                              const char     *schedule_id,
                              GError        **error)
{
  g_autoptr (CfoilAction) action = cfoil_intake_begin_action (run->intake, CFOIL_ACTION_CANCEL_SCHEDULE, schedule_id, "{}", error);

  return action != NULL && cfoil_amazon_resume_cancellation (run, action, error);
}
