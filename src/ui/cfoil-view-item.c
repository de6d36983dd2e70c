/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-view-item.h"

struct _CfoilViewItem
{
  GObject parent_instance;

  CfoilSavedView *view; /* (owned) */
  gboolean is_edited;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_EDITED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CfoilViewItem, cfoil_view_item, G_TYPE_OBJECT)

static void
cfoil_view_item_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CfoilViewItem *self = CFOIL_VIEW_ITEM (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, cfoil_view_item_get_title (self));
      break;
    case PROP_EDITED:
      g_value_set_boolean (value, self->is_edited);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_view_item_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_EDITED:
      cfoil_view_item_set_edited (CFOIL_VIEW_ITEM (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_view_item_finalize (GObject *object)
{
  cfoil_saved_view_free (CFOIL_VIEW_ITEM (object)->view);

  G_OBJECT_CLASS (cfoil_view_item_parent_class)->finalize (object);
}

static void
cfoil_view_item_class_init (CfoilViewItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cfoil_view_item_get_property;
  object_class->set_property = cfoil_view_item_set_property;
  object_class->finalize = cfoil_view_item_finalize;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EDITED] =
    g_param_spec_boolean ("edited", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cfoil_view_item_init (CfoilViewItem *self)
{
}

CfoilViewItem *
cfoil_view_item_new (const CfoilSavedView *view)
{
  CfoilViewItem *self = g_object_new (CFOIL_TYPE_VIEW_ITEM, NULL);

  self->view = cfoil_saved_view_copy (view);
  return self;
}

const CfoilSavedView *
cfoil_view_item_get_view (CfoilViewItem *self)
{
  g_return_val_if_fail (CFOIL_IS_VIEW_ITEM (self), NULL);

  return self->view;
}

void
cfoil_view_item_set_view (CfoilViewItem        *self,
                          const CfoilSavedView *view)
{
  CfoilSavedView *old = self->view;

  g_return_if_fail (CFOIL_IS_VIEW_ITEM (self));

  self->view = cfoil_saved_view_copy (view);
  if (g_strcmp0 (old->name, view->name) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  cfoil_saved_view_free (old);
}

const char *
cfoil_view_item_get_title (CfoilViewItem *self)
{
  g_return_val_if_fail (CFOIL_IS_VIEW_ITEM (self), NULL);

  return self->view != NULL ? cfoil_saved_view_get_title (self->view) : NULL;
}

gboolean
cfoil_view_item_is_own (CfoilViewItem *self)
{
  g_return_val_if_fail (CFOIL_IS_VIEW_ITEM (self), FALSE);

  return self->view->key == NULL;
}

gboolean
cfoil_view_item_get_edited (CfoilViewItem *self)
{
  g_return_val_if_fail (CFOIL_IS_VIEW_ITEM (self), FALSE);

  return self->is_edited;
}

void
cfoil_view_item_set_edited (CfoilViewItem *self,
                            gboolean       is_edited)
{
  g_return_if_fail (CFOIL_IS_VIEW_ITEM (self));

  if (self->is_edited == is_edited)
    return;
  self->is_edited = is_edited;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITED]);
}
