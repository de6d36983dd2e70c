/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-tail.h"

/* Beyond so many rows a longer list is no more work than a short one. */
#define MANY 256
#define STEP_ROWS 4
#define STEP_US 3500
/* After the frame that is due. */
#define STEP_PRIORITY (G_PRIORITY_HIGH_IDLE + 25)

static void
set_length (CfoilRecordTail *self,
            guint            length)
{
  guint old = self->length, n_common = MIN (old, length);

  self->length = length;
  if (old != length)
    g_list_model_items_changed (self->model, n_common, old - n_common, length - n_common);
}

static guint
get_next (CfoilRecordTail *self)
{
  if (self->wanted < self->length)
    return self->length > MANY ? MAX (self->wanted, MANY) : MAX (self->wanted, self->length - MIN (self->length, STEP_ROWS));
  return self->length >= MANY ? self->wanted : MIN (self->wanted, self->length + STEP_ROWS);
}

static gboolean
step_cb (gpointer user_data)
{
  CfoilRecordTail *self = user_data;
  gint64 end = g_get_monotonic_time () + STEP_US;

  while (self->length != self->wanted && g_get_monotonic_time () < end)
    set_length (self, get_next (self));
  if (self->length != self->wanted)
    return G_SOURCE_CONTINUE;
  self->step_id = 0;
  return G_SOURCE_REMOVE;
}

void
cfoil_record_tail_init (CfoilRecordTail *self,
                        GListModel      *model)
{
  *self = (CfoilRecordTail) { .model = model };
}

void
cfoil_record_tail_clear (CfoilRecordTail *self)
{
  g_clear_handle_id (&self->step_id, g_source_remove);
}

void
cfoil_record_tail_set_wanted (CfoilRecordTail *self,
                              guint            wanted)
{
  self->wanted = wanted;
  g_clear_handle_id (&self->step_id, g_source_remove);
  if (step_cb (self) == G_SOURCE_CONTINUE)
    self->step_id = g_idle_add_full (STEP_PRIORITY, step_cb, self, NULL);
}
