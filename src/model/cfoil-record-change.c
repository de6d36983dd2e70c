/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-change.h"

static const gint64 *
ids_of (const GArray *ids)
{
  return (const gint64 *) (gpointer) ids->data;
}

CfoilRecordChange *
cfoil_record_change_new (GArray *old_ids,
                         GArray *new_ids)
{
  CfoilRecordChange *self = g_new0 (CfoilRecordChange, 1);
  const gint64 *before = ids_of (old_ids);
  const gint64 *after = ids_of (new_ids);
  guint n_common = MIN (old_ids->len, new_ids->len);

  self->old_ids = g_array_ref (old_ids);
  self->new_ids = g_array_ref (new_ids);
  while (self->n_start < n_common && before[self->n_start] == after[self->n_start])
    self->n_start++;
  before += old_ids->len;
  after += new_ids->len;
  while (self->n_end < n_common - self->n_start && before[-1] == after[-1])
    {
      before--;
      after--;
      self->n_end++;
    }
  return self;
}

void
cfoil_record_change_free (CfoilRecordChange *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->old_ids);
  g_array_unref (self->new_ids);
  g_free (self);
}

gboolean
cfoil_record_change_is_same (const CfoilRecordChange *self)
{
  return self->old_ids->len == self->new_ids->len && self->n_start == self->new_ids->len;
}

gboolean
cfoil_record_change_find (const CfoilRecordChange *self,
                          guint                    old_position,
                          guint                   *new_position)
{
  guint n_old = self->old_ids->len, n_new = self->new_ids->len;
  const gint64 *ids = ids_of (self->new_ids);
  gint64 id;

  g_return_val_if_fail (old_position < n_old, FALSE);

  if (old_position < self->n_start)
    {
      *new_position = old_position;
      return TRUE;
    }
  if (old_position >= n_old - self->n_end)
    {
      *new_position = n_new - (n_old - old_position);
      return TRUE;
    }
  id = ids_of (self->old_ids)[old_position];
  for (guint i = self->n_start; i < n_new - self->n_end; i++)
    if (ids[i] == id)
      {
        *new_position = i;
        return TRUE;
      }
  return FALSE;
}
