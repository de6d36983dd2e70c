/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-window.h"

struct _CfoilAnswerWindow
{
  AdwWindow parent_instance;

  gint64 case_id;
};

G_DEFINE_FINAL_TYPE (CfoilAnswerWindow, cfoil_answer_window, ADW_TYPE_WINDOW)

static void
cfoil_answer_window_class_init (CfoilAnswerWindowClass *klass)
{
}

static void
cfoil_answer_window_init (CfoilAnswerWindow *self)
{
}

CfoilAnswerWindow *
cfoil_answer_window_open (GtkApplication *application,
                          CfoilWorkspace *workspace,
                          gint64          case_id,
                          const char     *step)
{
  CfoilAnswerWindow *self = g_object_new (CFOIL_TYPE_ANSWER_WINDOW, "application", application, NULL);

  self->case_id = case_id;
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
