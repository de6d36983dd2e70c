/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-preview.h"

struct _CfoilAnswerPreview
{
  AdwBin parent_instance;

  CfoilDraftSession *session; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CfoilAnswerPreview, cfoil_answer_preview, ADW_TYPE_BIN)

static void
cfoil_answer_preview_dispose (GObject *object)
{
  g_clear_object (&CFOIL_ANSWER_PREVIEW (object)->session);

  G_OBJECT_CLASS (cfoil_answer_preview_parent_class)->dispose (object);
}

static void
cfoil_answer_preview_class_init (CfoilAnswerPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_answer_preview_dispose;
}

static void
cfoil_answer_preview_init (CfoilAnswerPreview *self)
{
}

CfoilAnswerPreview *
cfoil_answer_preview_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_PREVIEW, NULL);
}

void
cfoil_answer_preview_set_session (CfoilAnswerPreview *self,
                                  CfoilDraftSession  *session)
{
  g_set_object (&self->session, session);
}

void
cfoil_answer_preview_mark (GtkWidget  *widget,
                           const char *subject)
{
  g_object_set_data_full (G_OBJECT (widget), "cfoil-subject", g_strdup (subject), g_free);
}
