/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-step.h"

typedef struct
{
  char *step_name;            /* (owned) */
  char *title;                /* (owned) */
  char *icon_name;            /* (owned) */
  gboolean needs_attention;
  gboolean is_set_up;
  CfoilWorkspace *workspace;  /* (owned) (nullable) */
  CfoilDraftSession *session; /* (owned) (nullable) */
} CfoilAnswerStepPrivate;

enum
{
  PROP_0,
  PROP_STEP_NAME,
  PROP_TITLE,
  PROP_ICON_NAME,
  PROP_NEEDS_ATTENTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CfoilAnswerStep, cfoil_answer_step, ADW_TYPE_BIN)

#define PRIVATE(self) ((CfoilAnswerStepPrivate *) cfoil_answer_step_get_instance_private (self))

/* --- the session --- */

static void
update_attention (CfoilAnswerStep *self)
{
  CfoilAnswerStepPrivate *priv = PRIVATE (self);
  GPtrArray *findings = cfoil_draft_session_get_findings (priv->session);
  gboolean needs_attention = FALSE;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const CfoilFinding *finding = findings->pdata[i];

      if (finding->weight == CFOIL_FINDING_BLOCKER && g_strcmp0 (finding->step, priv->step_name) == 0)
        needs_attention = TRUE;
    }
  if (needs_attention == priv->needs_attention)
    return;
  priv->needs_attention = needs_attention;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDS_ATTENTION]);
}

static void
set_up_when_loaded (CfoilAnswerStep *self)
{
  CfoilAnswerStepPrivate *priv = PRIVATE (self);

  if (priv->is_set_up || !cfoil_draft_session_get_loaded (priv->session))
    return;
  priv->is_set_up = TRUE;
  if (CFOIL_ANSWER_STEP_GET_CLASS (self)->set_up != NULL)
    CFOIL_ANSWER_STEP_GET_CLASS (self)->set_up (self);
  update_attention (self);
}

static void
changed_cb (CfoilAnswerStep   *self,
            CfoilSessionParts  parts,
            CfoilDraftSession *session)
{
  set_up_when_loaded (self);
  if (!PRIVATE (self)->is_set_up)
    return;
  if (CFOIL_ANSWER_STEP_GET_CLASS (self)->changed != NULL)
    CFOIL_ANSWER_STEP_GET_CLASS (self)->changed (self, parts);
  if (parts & CFOIL_SESSION_REVIEW)
    update_attention (self);
}

void
cfoil_answer_step_set_session (CfoilAnswerStep   *self,
                               CfoilWorkspace    *workspace,
                               CfoilDraftSession *session)
{
  CfoilAnswerStepPrivate *priv = PRIVATE (self);

  g_return_if_fail (CFOIL_IS_ANSWER_STEP (self));
  g_return_if_fail (CFOIL_IS_WORKSPACE (workspace) && CFOIL_IS_DRAFT_SESSION (session));
  g_return_if_fail (priv->session == NULL);

  priv->workspace = g_object_ref (workspace);
  priv->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::loaded", G_CALLBACK (set_up_when_loaded), self, G_CONNECT_SWAPPED);
  set_up_when_loaded (self);
}

/* --- GObject --- */

static void
cfoil_answer_step_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  CfoilAnswerStepPrivate *priv = PRIVATE (CFOIL_ANSWER_STEP (object));

  switch (prop_id)
    {
    case PROP_STEP_NAME:
      g_value_set_string (value, priv->step_name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, priv->icon_name);
      break;
    case PROP_NEEDS_ATTENTION:
      g_value_set_boolean (value, priv->needs_attention);
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
cfoil_answer_step_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  CfoilAnswerStepPrivate *priv = PRIVATE (CFOIL_ANSWER_STEP (object));

  switch (prop_id)
    {
    case PROP_STEP_NAME:
      replace (&priv->step_name, value);
      break;
    case PROP_TITLE:
      replace (&priv->title, value);
      break;
    case PROP_ICON_NAME:
      replace (&priv->icon_name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_answer_step_dispose (GObject *object)
{
  CfoilAnswerStepPrivate *priv = PRIVATE (CFOIL_ANSWER_STEP (object));

  g_clear_object (&priv->workspace);
  g_clear_object (&priv->session);

  G_OBJECT_CLASS (cfoil_answer_step_parent_class)->dispose (object);
}

static void
cfoil_answer_step_finalize (GObject *object)
{
  CfoilAnswerStepPrivate *priv = PRIVATE (CFOIL_ANSWER_STEP (object));

  g_free (priv->step_name);
  g_free (priv->title);
  g_free (priv->icon_name);

  G_OBJECT_CLASS (cfoil_answer_step_parent_class)->finalize (object);
}

static void
cfoil_answer_step_class_init (CfoilAnswerStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cfoil_answer_step_get_property;
  object_class->set_property = cfoil_answer_step_set_property;
  object_class->dispose = cfoil_answer_step_dispose;
  object_class->finalize = cfoil_answer_step_finalize;

  properties[PROP_STEP_NAME] = g_param_spec_string ("step-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_NEEDS_ATTENTION] = g_param_spec_boolean ("needs-attention", NULL, NULL, FALSE,
                                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cfoil_answer_step_init (CfoilAnswerStep *self)
{
}

/* --- for the window and the steps --- */

const char *
cfoil_answer_step_get_name (CfoilAnswerStep *self)
{
  g_return_val_if_fail (CFOIL_IS_ANSWER_STEP (self), NULL);

  return PRIVATE (self)->step_name;
}

const char *
cfoil_answer_step_get_title (CfoilAnswerStep *self)
{
  g_return_val_if_fail (CFOIL_IS_ANSWER_STEP (self), NULL);

  return PRIVATE (self)->title;
}

CfoilDraftSession *
cfoil_answer_step_get_session (CfoilAnswerStep *self)
{
  g_return_val_if_fail (CFOIL_IS_ANSWER_STEP (self), NULL);

  return PRIVATE (self)->session;
}

CfoilWorkspace *
cfoil_answer_step_get_workspace (CfoilAnswerStep *self)
{
  g_return_val_if_fail (CFOIL_IS_ANSWER_STEP (self), NULL);

  return PRIVATE (self)->workspace;
}

void
cfoil_answer_step_tick (CfoilAnswerStep *self)
{
  g_return_if_fail (CFOIL_IS_ANSWER_STEP (self));

  if (PRIVATE (self)->is_set_up && CFOIL_ANSWER_STEP_GET_CLASS (self)->tick != NULL)
    CFOIL_ANSWER_STEP_GET_CLASS (self)->tick (self);
}

void
cfoil_answer_step_show_subject (CfoilAnswerStep *self,
                                const char      *subject)
{
  g_return_if_fail (CFOIL_IS_ANSWER_STEP (self));

  if (PRIVATE (self)->is_set_up && CFOIL_ANSWER_STEP_GET_CLASS (self)->show_subject != NULL)
    CFOIL_ANSWER_STEP_GET_CLASS (self)->show_subject (self, subject);
}

void
cfoil_answer_step_go (CfoilAnswerStep *self,
                      const char      *step,
                      const char      *subject)
{
  g_return_if_fail (CFOIL_IS_ANSWER_STEP (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "answer.step", "(ss)", step, subject != NULL ? subject : "");
}
