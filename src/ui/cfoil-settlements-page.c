/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlements-page.h"

struct _CfoilSettlementsPage
{
  CfoilPage parent_instance;
};

G_DEFINE_FINAL_TYPE (CfoilSettlementsPage, cfoil_settlements_page, CFOIL_TYPE_PAGE)

static void
cfoil_settlements_page_class_init (CfoilSettlementsPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/io/github/counterfoil/Counterfoil/ui/cfoil-settlements-page.ui");
}

static void
cfoil_settlements_page_init (CfoilSettlementsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
