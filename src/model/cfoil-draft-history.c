/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-history.h"

/* Typing with pauses shorter than this is one step, but not for ever. */
#define PAUSE_US (3 * G_USEC_PER_SEC)
#define STEP_US (30 * G_USEC_PER_SEC)
/* Some 20 KiB each: more than anybody goes back. */
#define MAX_STEPS 1000

struct _CfoilDraftHistory
{
  GPtrArray *before; /* (owned): CfoilDraft, oldest first */
  GPtrArray *after;  /* (owned): CfoilDraft, that which comes next last */
  char *what;        /* (owned) (nullable): of the last step */
  gint64 began_us;
  gint64 last_us;
};

CfoilDraftHistory *
cfoil_draft_history_new (void)
{
  CfoilDraftHistory *self = g_new0 (CfoilDraftHistory, 1);

  self->before = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_draft_free);
  self->after = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_draft_free);
  return self;
}

void
cfoil_draft_history_free (CfoilDraftHistory *self)
{
  g_ptr_array_unref (self->before);
  g_ptr_array_unref (self->after);
  g_free (self->what);
  g_free (self);
}

static gboolean
is_same_step (CfoilDraftHistory *self,
              const char        *what,
              gint64             now_us)
{
  return what != NULL && g_strcmp0 (what, self->what) == 0 && self->before->len > 0 && self->after->len == 0 &&
         now_us - self->last_us < PAUSE_US && now_us - self->began_us < STEP_US;
}

void
cfoil_draft_history_push (CfoilDraftHistory *self,
                          CfoilDraft        *draft,
                          const char        *what,
                          gint64             now_us)
{
  if (is_same_step (self, what, now_us))
    cfoil_draft_free (draft);
  else
    {
      g_ptr_array_add (self->before, draft);
      if (self->before->len > MAX_STEPS)
        g_ptr_array_remove_index (self->before, 0);
      g_free (self->what);
      self->what = g_strdup (what);
      self->began_us = now_us;
    }
  self->last_us = now_us;
  g_ptr_array_set_size (self->after, 0);
}

/* Typing afterwards is another step. */
static CfoilDraft *
move (CfoilDraftHistory *self,
      GPtrArray         *from,
      GPtrArray         *to,
      CfoilDraft        *draft)
{
  g_return_val_if_fail (from->len > 0, draft);

  g_clear_pointer (&self->what, g_free);
  g_ptr_array_add (to, draft);
  return g_ptr_array_steal_index (from, from->len - 1);
}

CfoilDraft *
cfoil_draft_history_undo (CfoilDraftHistory *self,
                          CfoilDraft        *draft)
{
  return move (self, self->before, self->after, draft);
}

CfoilDraft *
cfoil_draft_history_redo (CfoilDraftHistory *self,
                          CfoilDraft        *draft)
{
  return move (self, self->after, self->before, draft);
}

gboolean
cfoil_draft_history_can_undo (CfoilDraftHistory *self)
{
  return self->before->len > 0;
}

gboolean
cfoil_draft_history_can_redo (CfoilDraftHistory *self)
{
  return self->after->len > 0;
}

void
cfoil_draft_history_clear (CfoilDraftHistory *self)
{
  g_ptr_array_set_size (self->before, 0);
  g_ptr_array_set_size (self->after, 0);
  g_clear_pointer (&self->what, g_free);
}
