/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-item.h"

struct _CfoilCaseItem
{
  GObject parent_instance;

  CfoilCase *record; /* (owned) */
  gint64 now_us;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilCaseItem, cfoil_case_item, G_TYPE_OBJECT)

static void
cfoil_case_item_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_CASE_ITEM (object)->record, cfoil_case_unref);

  G_OBJECT_CLASS (cfoil_case_item_parent_class)->finalize (object);
}

static void
cfoil_case_item_class_init (CfoilCaseItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_case_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_CASE_ITEM, G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_case_item_init (CfoilCaseItem *self)
{
}

CfoilCaseItem *
cfoil_case_item_new (CfoilCase *record,
                     gint64     now_us)
{
  CfoilCaseItem *self = g_object_new (CFOIL_TYPE_CASE_ITEM, NULL);

  self->record = cfoil_case_ref (record);
  self->now_us = now_us;
  return self;
}

void
cfoil_case_item_update (CfoilCaseItem *self,
                        CfoilCase     *record,
                        gint64         now_us)
{
  g_return_if_fail (CFOIL_IS_CASE_ITEM (self));

  cfoil_case_ref (record);
  cfoil_case_unref (self->record);
  self->record = record;
  self->now_us = now_us;
  g_signal_emit (self, signals[CHANGED], 0);
}

CfoilCase *
cfoil_case_item_get_record (CfoilCaseItem *self)
{
  g_return_val_if_fail (CFOIL_IS_CASE_ITEM (self), NULL);

  return self->record;
}

gint64
cfoil_case_item_get_now_us (CfoilCaseItem *self)
{
  g_return_val_if_fail (CFOIL_IS_CASE_ITEM (self), 0);

  return self->now_us;
}
