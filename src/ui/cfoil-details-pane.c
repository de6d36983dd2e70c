/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-pane.h"

struct _CfoilDetailsPane
{
  AdwBin parent_instance;

  CfoilWorkspace *workspace; /* (owned) (nullable) */
  gint64 txn_id;
};

enum
{
  CLOSE,
  OPEN_TRANSACTION,
  FILTER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilDetailsPane, cfoil_details_pane, ADW_TYPE_BIN)

static void
close_cb (CfoilDetailsPane *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static void
cfoil_details_pane_dispose (GObject *object)
{
  CfoilDetailsPane *self = CFOIL_DETAILS_PANE (object);

  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_DETAILS_PANE);

  G_OBJECT_CLASS (cfoil_details_pane_parent_class)->dispose (object);
}

static void
cfoil_details_pane_class_init (CfoilDetailsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_details_pane_dispose;

  signals[CLOSE] = g_signal_new ("close", CFOIL_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_TRANSACTION] = g_signal_new ("open-transaction", CFOIL_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[FILTER] = g_signal_new ("filter", CFOIL_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-details-pane.ui");
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
cfoil_details_pane_init (CfoilDetailsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cfoil_details_pane_new (void)
{
  return g_object_new (CFOIL_TYPE_DETAILS_PANE, NULL);
}

void
cfoil_details_pane_set_workspace (CfoilDetailsPane *self,
                                  CfoilWorkspace   *workspace)
{
  g_return_if_fail (CFOIL_IS_DETAILS_PANE (self));

  if (g_set_object (&self->workspace, workspace))
    self->txn_id = 0;
}

void
cfoil_details_pane_set_transaction (CfoilDetailsPane *self,
                                    gint64            txn_id)
{
  g_return_if_fail (CFOIL_IS_DETAILS_PANE (self));

  self->txn_id = txn_id;
}

gint64
cfoil_details_pane_get_transaction (CfoilDetailsPane *self)
{
  g_return_val_if_fail (CFOIL_IS_DETAILS_PANE (self), 0);

  return self->txn_id;
}
