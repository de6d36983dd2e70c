/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-page.h"

typedef struct
{
  char *name;                /* (owned) */
  char *title;               /* (owned) */
  char *subtitle;            /* (owned) */
  char *icon_name;           /* (owned) */
  CfoilWorkspace *workspace; /* (owned) (nullable) */
  guint badge;
  gboolean is_available;
} CfoilPagePrivate;

enum
{
  PROP_0,
  PROP_PAGE_NAME,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_ICON_NAME,
  PROP_BADGE,
  PROP_AVAILABLE,
  PROP_WORKSPACE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CfoilPage, cfoil_page, ADW_TYPE_BIN)

#define PRIVATE(self) ((CfoilPagePrivate *) cfoil_page_get_instance_private (self))

static void
cfoil_page_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  CfoilPagePrivate *priv = PRIVATE (CFOIL_PAGE (object));

  switch (prop_id)
    {
    case PROP_PAGE_NAME:
      g_value_set_string (value, priv->name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, priv->icon_name);
      break;
    case PROP_BADGE:
      g_value_set_uint (value, priv->badge);
      break;
    case PROP_AVAILABLE:
      g_value_set_boolean (value, priv->is_available);
      break;
    case PROP_WORKSPACE:
      g_value_set_object (value, priv->workspace);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
replace (char        **field,
         const GValue *value)
{
  g_free (*field);
  *field = g_value_dup_string (value);
}

static void
cfoil_page_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  CfoilPage *self = CFOIL_PAGE (object);
  CfoilPagePrivate *priv = PRIVATE (self);

  switch (prop_id)
    {
    case PROP_PAGE_NAME:
      replace (&priv->name, value);
      break;
    case PROP_TITLE:
      replace (&priv->title, value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SUBTITLE:
      cfoil_page_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      replace (&priv->icon_name, value);
      break;
    case PROP_BADGE:
      cfoil_page_set_badge (self, g_value_get_uint (value));
      break;
    case PROP_AVAILABLE:
      cfoil_page_set_available (self, g_value_get_boolean (value));
      break;
    case PROP_WORKSPACE:
      cfoil_page_set_workspace (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_page_dispose (GObject *object)
{
  CfoilPagePrivate *priv = PRIVATE (CFOIL_PAGE (object));

  g_clear_object (&priv->workspace);

  G_OBJECT_CLASS (cfoil_page_parent_class)->dispose (object);
}

static void
cfoil_page_finalize (GObject *object)
{
  CfoilPagePrivate *priv = PRIVATE (CFOIL_PAGE (object));

  g_free (priv->name);
  g_free (priv->title);
  g_free (priv->subtitle);
  g_free (priv->icon_name);

  G_OBJECT_CLASS (cfoil_page_parent_class)->finalize (object);
}

static void
cfoil_page_class_init (CfoilPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cfoil_page_get_property;
  object_class->set_property = cfoil_page_set_property;
  object_class->dispose = cfoil_page_dispose;
  object_class->finalize = cfoil_page_finalize;

  properties[PROP_PAGE_NAME] = g_param_spec_string ("page-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_BADGE] = g_param_spec_uint ("badge", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, TRUE, flags);
  properties[PROP_WORKSPACE] = g_param_spec_object ("workspace", NULL, NULL, CFOIL_TYPE_WORKSPACE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cfoil_page_init (CfoilPage *self)
{
  CfoilPagePrivate *priv = PRIVATE (self);

  priv->is_available = TRUE;
  priv->subtitle = g_strdup ("");
}

const char *
cfoil_page_get_name (CfoilPage *self)
{
  g_return_val_if_fail (CFOIL_IS_PAGE (self), NULL);

  return PRIVATE (self)->name;
}

const char *
cfoil_page_get_title (CfoilPage *self)
{
  g_return_val_if_fail (CFOIL_IS_PAGE (self), NULL);

  return PRIVATE (self)->title;
}

const char *
cfoil_page_get_icon_name (CfoilPage *self)
{
  g_return_val_if_fail (CFOIL_IS_PAGE (self), NULL);

  return PRIVATE (self)->icon_name;
}

gboolean
cfoil_page_get_available (CfoilPage *self)
{
  g_return_val_if_fail (CFOIL_IS_PAGE (self), FALSE);

  return PRIVATE (self)->is_available;
}

CfoilWorkspace *
cfoil_page_get_workspace (CfoilPage *self)
{
  g_return_val_if_fail (CFOIL_IS_PAGE (self), NULL);

  return PRIVATE (self)->workspace;
}

void
cfoil_page_set_workspace (CfoilPage      *self,
                          CfoilWorkspace *workspace)
{
  g_return_if_fail (CFOIL_IS_PAGE (self));

  if (!g_set_object (&PRIVATE (self)->workspace, workspace))
    return;
  if (CFOIL_PAGE_GET_CLASS (self)->workspace_changed != NULL)
    CFOIL_PAGE_GET_CLASS (self)->workspace_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKSPACE]);
}

void
cfoil_page_set_subtitle (CfoilPage  *self,
                         const char *subtitle)
{
  CfoilPagePrivate *priv = PRIVATE (self);

  g_return_if_fail (CFOIL_IS_PAGE (self));

  if (g_strcmp0 (priv->subtitle, subtitle) == 0)
    return;
  g_free (priv->subtitle);
  priv->subtitle = g_strdup (subtitle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

void
cfoil_page_set_badge (CfoilPage *self,
                      guint      badge)
{
  CfoilPagePrivate *priv = PRIVATE (self);

  g_return_if_fail (CFOIL_IS_PAGE (self));

  if (priv->badge == badge)
    return;
  priv->badge = badge;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
}

void
cfoil_page_set_available (CfoilPage *self,
                          gboolean   available)
{
  CfoilPagePrivate *priv = PRIVATE (self);

  g_return_if_fail (CFOIL_IS_PAGE (self));

  if (priv->is_available == available)
    return;
  priv->is_available = available;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AVAILABLE]);
}
