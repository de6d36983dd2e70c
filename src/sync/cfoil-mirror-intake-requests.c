/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-mirror-intake-private.h"

/* What must be asked once, and the schedules that some of it makes. */

static char *
make_idempotency_key (void)
{
  char *uuid = g_uuid_string_random ();
  char *to = uuid;

  for (const char *from = uuid; *from != '\0'; from++)
    if (*from != '-')
      *to++ = *from;
  *to = '\0';
  return uuid;
}

static CfoilAction *
begin_action (CfoilIntake *intake,
              const char  *kind,
              const char  *subject,
              const char  *request,
              GError     **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);
  g_autoptr (CfoilAction) action = g_new0 (CfoilAction, 1);

  if (!cfoil_writer_find_action (self->writer, kind, subject, &action->action_id,
                                 &action->idempotency_key, &action->request, error))
    return NULL;
  action->subject = g_strdup (subject);
  if (action->action_id != 0)
    return g_steal_pointer (&action);

  action->idempotency_key = make_idempotency_key ();
  action->request = g_strdup (request);
  if (!cfoil_writer_add_action (self->writer, kind, subject, action->idempotency_key, request,
                                &action->action_id, error) ||
      !cfoil_writer_commit (self->writer, error))
    return NULL;
  return g_steal_pointer (&action);
}

static char *
dup_action_answer (CfoilIntake *intake,
                   const char  *kind,
                   const char  *subject,
                   GError     **error)
{
  char *answer = NULL;

  cfoil_writer_find_answer (CFOIL_MIRROR_INTAKE (intake)->writer, kind, subject, &answer, error);
  return answer;
}

static gboolean
end_action (CfoilIntake            *intake,
            gint64                  action_id,
            guint                   http_status,
            const char             *answer,
            const CfoilObservation *seen,
            GError                **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);

  self->has_answer = self->has_answer || seen != NULL;
  return cfoil_writer_end_action (self->writer, action_id, http_status, answer, error) &&
         (seen == NULL || cfoil_writer_put_observation (self->writer, seen, error)) &&
         cfoil_writer_commit (self->writer, error);
}

static void
collect_action (gint64      action_id,
                const char *subject,
                const char *idempotency_key,
                const char *request,
                gpointer    user_data)
{
  CfoilAction *action = g_new0 (CfoilAction, 1);

  action->action_id = action_id;
  action->subject = g_strdup (subject);
  action->idempotency_key = g_strdup (idempotency_key);
  action->request = g_strdup (request);
  g_ptr_array_add (user_data, action);
}

static GPtrArray *
list_actions (CfoilIntake *intake,
              const char  *kind,
              GError     **error)
{
  g_autoptr (GPtrArray) actions = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_action_free);

  if (!cfoil_writer_list_actions (CFOIL_MIRROR_INTAKE (intake)->writer, kind, collect_action, actions, error))
    return NULL;
  return g_steal_pointer (&actions);
}

static gboolean
put_schedule (CfoilIntake         *intake,
              const CfoilSchedule *schedule,
              GError             **error)
{
  return cfoil_writer_put_schedule (CFOIL_MIRROR_INTAKE (intake)->writer, schedule, error);
}

static gboolean
drop_schedule (CfoilIntake *intake,
               const char  *schedule_id,
               GError     **error)
{
  return cfoil_writer_drop_schedule (CFOIL_MIRROR_INTAKE (intake)->writer, schedule_id, error);
}

static void
collect_schedule (const CfoilSchedule *schedule,
                  gpointer             user_data)
{
  CfoilKnownSchedule *known = g_new0 (CfoilKnownSchedule, 1);

  known->schedule_id = g_strdup (schedule->schedule_id);
  known->provider_type = g_strdup (schedule->provider_type);
  known->ours = schedule->ours;
  g_ptr_array_add (user_data, known);
}

static GPtrArray *
list_schedules (CfoilIntake *intake,
                GError     **error)
{
  g_autoptr (GPtrArray) schedules = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_known_schedule_free);

  if (!cfoil_writer_list_schedules (CFOIL_MIRROR_INTAKE (intake)->writer, collect_schedule, schedules, error))
    return NULL;
  return g_steal_pointer (&schedules);
}

void
_cfoil_mirror_intake_init_requests (CfoilIntakeInterface *iface)
{
  iface->begin_action = begin_action;
  iface->dup_action_answer = dup_action_answer;
  iface->end_action = end_action;
  iface->list_actions = list_actions;
  iface->put_schedule = put_schedule;
  iface->drop_schedule = drop_schedule;
  iface->list_schedules = list_schedules;
}
