/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-item.h"

struct _CfoilRecordItem
{
  GObject parent_instance;

  guint position;
  CfoilRecord *record; /* (owned) (nullable) */
};

enum
{
  PROP_0,
  PROP_LOADED,
  PROP_RECORD,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilRecordItem, cfoil_record_item, G_TYPE_OBJECT)

static void
cfoil_record_item_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  CfoilRecordItem *self = CFOIL_RECORD_ITEM (object);

  switch (prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->record != NULL);
      break;
    case PROP_RECORD:
      g_value_set_boxed (value, self->record);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_record_item_finalize (GObject *object)
{
  CfoilRecordItem *self = CFOIL_RECORD_ITEM (object);

  cfoil_record_unref (self->record);

  G_OBJECT_CLASS (cfoil_record_item_parent_class)->finalize (object);
}

static void
cfoil_record_item_class_init (CfoilRecordItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cfoil_record_item_get_property;
  object_class->finalize = cfoil_record_item_finalize;

  properties[PROP_LOADED] =
    g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RECORD] =
    g_param_spec_boxed ("record", NULL, NULL, CFOIL_TYPE_RECORD, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_RECORD_ITEM, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_record_item_init (CfoilRecordItem *self)
{
}

CfoilRecordItem *
cfoil_record_item_new (guint position)
{
  CfoilRecordItem *self = g_object_new (CFOIL_TYPE_RECORD_ITEM, NULL);

  self->position = position;
  return self;
}

guint
cfoil_record_item_get_position (CfoilRecordItem *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_ITEM (self), 0);

  return self->position;
}

gboolean
cfoil_record_item_get_loaded (CfoilRecordItem *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_ITEM (self), FALSE);

  return self->record != NULL;
}

const CfoilRecord *
cfoil_record_item_get_record (CfoilRecordItem *self)
{
  g_return_val_if_fail (CFOIL_IS_RECORD_ITEM (self), NULL);

  return self->record;
}

void
cfoil_record_item_set_record (CfoilRecordItem *self,
                              CfoilRecord     *record)
{
  CfoilRecord *old;

  g_return_if_fail (CFOIL_IS_RECORD_ITEM (self));

  if (self->record == record)
    return;
  old = self->record;
  self->record = record != NULL ? cfoil_record_ref (record) : NULL;
  if ((old == NULL) != (record == NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  g_signal_emit (self, signals[CHANGED], 0);
  cfoil_record_unref (old);
}
