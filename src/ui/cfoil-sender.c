/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-sender.h"

#include "cfoil-submission.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* Between two tries while something waits. */
#define RETRY_SECONDS (5 * 60)

struct _CfoilSender
{
  GObject parent_instance;

  CfoilWorkspace *workspace;  /* (unowned): it owns us */
  CfoilOperation *operation;  /* (owned) (nullable): what delivers */
  GCancellable *counting;     /* (owned) (nullable): while what waits is being counted */
  gboolean count_again;
  gboolean send_again;        /* asked for while something else wrote */
  guint n_waiting;
  guint retry_id;
};

enum
{
  PROP_0,
  PROP_SENDING,
  PROP_N_WAITING,
  N_PROPS
};

enum
{
  PROGRESS,
  ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilSender, cfoil_sender, G_TYPE_OBJECT)

static void
cfoil_sender_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CfoilSender *self = CFOIL_SENDER (object);

  switch (prop_id)
    {
    case PROP_SENDING:
      g_value_set_boolean (value, self->operation != NULL);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, self->n_waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_sender_class_init (CfoilSenderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cfoil_sender_get_property;

  properties[PROP_SENDING] = g_param_spec_boolean ("sending", NULL, NULL, FALSE, flags);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PROGRESS] = g_signal_new ("progress", CFOIL_TYPE_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_UINT, G_TYPE_DOUBLE);
  signals[ENDED] = g_signal_new ("ended", CFOIL_TYPE_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cfoil_sender_init (CfoilSender *self)
{
}

CfoilSender *
cfoil_sender_get (CfoilWorkspace *workspace)
{
  CfoilSender *self;

  g_return_val_if_fail (CFOIL_IS_WORKSPACE (workspace), NULL);

  self = g_object_get_data (G_OBJECT (workspace), "cfoil-sender");
  if (self == NULL)
    {
      self = g_object_new (CFOIL_TYPE_SENDER, NULL);
      self->workspace = workspace;
      g_object_set_data_full (G_OBJECT (workspace), "cfoil-sender", self, g_object_unref);
    }
  return self;
}

void
cfoil_sender_send (CfoilSender *self)
{
  g_return_if_fail (CFOIL_IS_SENDER (self));
}

gboolean
cfoil_sender_get_sending (CfoilSender *self)
{
  g_return_val_if_fail (CFOIL_IS_SENDER (self), FALSE);

  return self->operation != NULL;
}

guint
cfoil_sender_get_n_waiting (CfoilSender *self)
{
  g_return_val_if_fail (CFOIL_IS_SENDER (self), 0);

  return self->n_waiting;
}
