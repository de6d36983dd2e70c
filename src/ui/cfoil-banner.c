/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-banner.h"

struct _CfoilBanner
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (CfoilBanner, cfoil_banner, ADW_TYPE_BIN)

static void
cfoil_banner_dispose (GObject *object)
{
  /* First out of the bin, which would look for it in vain. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_BANNER);

  G_OBJECT_CLASS (cfoil_banner_parent_class)->dispose (object);
}

static void
cfoil_banner_class_init (CfoilBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_banner_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, CfoilBanner, label);
  gtk_widget_class_bind_template_child (widget_class, CfoilBanner, button);
}

static void
cfoil_banner_init (CfoilBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cfoil_banner_set_text (CfoilBanner *self,
                       const char  *text)
{
  g_return_if_fail (CFOIL_IS_BANNER (self));

  if (text != NULL)
    gtk_label_set_text (self->label, text);
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
}

void
cfoil_banner_set_button (CfoilBanner *self,
                         const char  *label,
                         const char  *action_name)
{
  g_return_if_fail (CFOIL_IS_BANNER (self));

  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  gtk_button_set_label (self->button, label != NULL ? label : "");
  /* "win.show-page::sync" has a target. */
  if (action_name != NULL)
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->button), action_name);
  else
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), NULL);
}

void
cfoil_banner_set_tooltip (CfoilBanner *self,
                          const char  *text)
{
  g_return_if_fail (CFOIL_IS_BANNER (self));

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text);
}
