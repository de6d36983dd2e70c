/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-check-step.h"
#include "cfoil-answer-window-private.h"

/* The packet is made as soon as somebody looks at what depends on it, and again whenever it
 * is different then; while facts are typed nothing of it is needed. */

static void
built_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilAnswerWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (cfoil_draft_session_build_finish (CFOIL_DRAFT_SESSION (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    g_clear_error (&error);
  if (self->session == NULL)
    return;
  cfoil_answer_check_step_set_error (CFOIL_ANSWER_CHECK_STEP (gtk_stack_get_child_by_name (self->steps, "check")), error);
  _cfoil_answer_window_build (self);
}

static gboolean
is_looked_at (CfoilAnswerWindow *self)
{
  const char *step = gtk_stack_get_visible_child_name (self->steps);

  return g_strcmp0 (step, "check") == 0 || g_strcmp0 (step, "send") == 0;
}

void
_cfoil_answer_window_build (CfoilAnswerWindow *self)
{
  if (!self->wants_build || !is_looked_at (self) || !cfoil_draft_session_get_loaded (self->session) ||
      cfoil_draft_session_get_is_sealed (self->session) || cfoil_draft_session_get_building (self->session))
    return;
  /* Once for each change: one that fails is not tried again and again. */
  self->wants_build = FALSE;
  if (cfoil_draft_session_get_packet (self->session) == NULL)
    cfoil_draft_session_build_async (self->session, NULL, built_cb, g_object_ref (self));
}

void
_cfoil_answer_window_want_build (CfoilAnswerWindow *self)
{
  self->wants_build = TRUE;
  _cfoil_answer_window_build (self);
}
