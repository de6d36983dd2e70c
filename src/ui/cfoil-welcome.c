/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-welcome.h"

struct _CfoilWelcome
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (CfoilWelcome, cfoil_welcome, ADW_TYPE_BIN)

static void
cfoil_welcome_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_WELCOME);

  G_OBJECT_CLASS (cfoil_welcome_parent_class)->dispose (object);
}

static void
cfoil_welcome_class_init (CfoilWelcomeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_welcome_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/counterfoil/Counterfoil/ui/cfoil-welcome.ui");
}

static void
cfoil_welcome_init (CfoilWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
