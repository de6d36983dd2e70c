/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long a list says that it is.  A view keeps widgets for some two hundred rows,
 * however many there are, and making or ending them all takes many frames' time: so
 * where a list becomes longer or shorter than that, it does so in small steps, a few
 * milliseconds at a time.  In between it is too short, or has rows at its end that
 * are nothing any more. */
typedef struct
{
  GListModel *model; /* (borrowed) */
  guint length;      /* as told */
  guint wanted;      /* as it shall be */
  guint step_id;
} CfoilRecordTail;

void cfoil_record_tail_init (CfoilRecordTail *self,
                             GListModel      *model);
void cfoil_record_tail_clear (CfoilRecordTail *self);

/* Emits ::items-changed of the model as often as it takes, the first time at once. */
void cfoil_record_tail_set_wanted (CfoilRecordTail *self,
                                   guint            wanted);

G_END_DECLS
