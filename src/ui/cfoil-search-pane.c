/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-pane.h"

#include <glib/gi18n.h>

typedef struct
{
  gboolean is_wrong;
} CfoilSearchPanePrivate;

enum
{
  CHANGED,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CfoilSearchPane, cfoil_search_pane, ADW_TYPE_BIN)

static void
cfoil_search_pane_class_init (CfoilSearchPaneClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_SEARCH_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", CFOIL_TYPE_SEARCH_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_search_pane_init (CfoilSearchPane *self)
{
}

char *
cfoil_search_pane_dup_text (CfoilSearchPane *self)
{
  g_return_val_if_fail (CFOIL_IS_SEARCH_PANE (self), NULL);

  return CFOIL_SEARCH_PANE_GET_CLASS (self)->dup_text (self);
}

gboolean
cfoil_search_pane_is_wrong (CfoilSearchPane *self)
{
  CfoilSearchPanePrivate *private = cfoil_search_pane_get_instance_private (self);

  g_return_val_if_fail (CFOIL_IS_SEARCH_PANE (self), FALSE);

  return private->is_wrong;
}

void
cfoil_search_pane_set_wrong (CfoilSearchPane *self,
                             gboolean         is_wrong)
{
  CfoilSearchPanePrivate *private = cfoil_search_pane_get_instance_private (self);

  g_return_if_fail (CFOIL_IS_SEARCH_PANE (self));

  private->is_wrong = is_wrong;
}

void
cfoil_search_pane_emit_changed (CfoilSearchPane *self)
{
  g_return_if_fail (CFOIL_IS_SEARCH_PANE (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

void
cfoil_search_pane_emit_done (CfoilSearchPane *self)
{
  g_return_if_fail (CFOIL_IS_SEARCH_PANE (self));

  g_signal_emit (self, signals[DONE], 0);
}

gboolean
cfoil_search_pane_check (const char *text,
                         char      **message)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse (text);

  if (cfoil_query_get_n_mistakes (query) > 0)
    {
      *message = g_strdup (cfoil_query_get_mistake (query, 0)->message);
      return FALSE;
    }
  *message = NULL;
  if (cfoil_query_get_n_terms (query) == 1)
    return TRUE;
  *message = g_strdup (_("Expected a single value without blanks or quotes."));
  return FALSE;
}

static gboolean
arrow_cb (GtkWidget             *widget,
          guint                  keyval,
          guint                  keycode,
          GdkModifierType        state,
          GtkEventControllerKey *controller)
{
  GtkWidget *popover = gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER);

  if (popover == NULL)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    gtk_widget_child_focus (popover, GTK_DIR_TAB_FORWARD);
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    gtk_widget_child_focus (popover, GTK_DIR_TAB_BACKWARD);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

void
cfoil_search_pane_tame_arrows (GtkWidget *widget)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (controller, "key-pressed", G_CALLBACK (arrow_cb), widget);
  gtk_widget_add_controller (widget, controller);
}
