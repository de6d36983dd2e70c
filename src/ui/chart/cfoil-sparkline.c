/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart.h"

#define MIN_WIDTH 48
#define NATURAL_WIDTH 96
#define HEIGHT 28
#define LINE_WIDTH 2.0

struct _CfoilSparkline
{
  GtkWidget parent_instance;

  gint64 *values; /* (owned) (nullable) */
  guint n_values;
};

G_DEFINE_FINAL_TYPE (CfoilSparkline, cfoil_sparkline, GTK_TYPE_WIDGET)

static void
cfoil_sparkline_finalize (GObject *object)
{
  g_free (CFOIL_SPARKLINE (object)->values);

  G_OBJECT_CLASS (cfoil_sparkline_parent_class)->finalize (object);
}

static void
cfoil_sparkline_class_init (CfoilSparklineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_sparkline_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "sparkline");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cfoil_sparkline_init (CfoilSparkline *self)
{
}

GtkWidget *
cfoil_sparkline_new (void)
{
  return g_object_new (CFOIL_TYPE_SPARKLINE, NULL);
}

void
cfoil_sparkline_set_values (CfoilSparkline *self,
                            const gint64   *values,
                            guint           n_values,
                            const char     *description)
{
  g_return_if_fail (CFOIL_IS_SPARKLINE (self));

  g_free (self->values);
  self->values = g_memdup2 (values, n_values * sizeof (gint64));
  self->n_values = n_values;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description != NULL ? description : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
