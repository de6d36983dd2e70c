/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-toast.h"

#include "cfoil-window-private.h"

#include <glib/gi18n.h>

/* Long enough to read it, be startled and reach for the button. */
#define UNDO_TIMEOUT_S 8

typedef struct
{
  void (*undo) (gpointer user_data);
  gpointer user_data;
  GDestroyNotify destroy;
} Undo;

static AdwToastOverlay *
overlay_of (GtkWidget *widget)
{
  while (widget != NULL)
    {
      GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
      GtkRoot *root = gtk_widget_get_root (widget);

      if (overlay != NULL)
        return ADW_TOAST_OVERLAY (overlay);
      if (CFOIL_IS_WINDOW (root))
        return CFOIL_WINDOW (root)->toasts;
      widget = GTK_IS_WINDOW (root) ? GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (root))) : NULL;
    }
  return NULL;
}

/* A toast takes markup, whatever it is given. */
static AdwToast *
toast_new (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

static void
undo_free (gpointer data,
           GClosure *closure)
{
  Undo *undo = data;

  if (undo->destroy != NULL)
    undo->destroy (undo->user_data);
  g_free (undo);
}

/* The button stays for as long as its toast fades away. */
static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  Undo *undo = user_data;
  void (*func) (gpointer user_data) = g_steal_pointer (&undo->undo);

  if (func != NULL)
    func (undo->user_data);
}

void
cfoil_toast_show (GtkWidget  *widget,
                  const char *text)
{
  AdwToastOverlay *overlay;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  overlay = overlay_of (widget);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (overlay, toast_new (text));
}

void
cfoil_toast_show_undo (GtkWidget     *widget,
                       const char    *text,
                       void         (*undo) (gpointer user_data),
                       gpointer       user_data,
                       GDestroyNotify destroy)
{
  g_autoptr (AdwToast) toast = NULL;
  AdwToastOverlay *overlay;
  Undo *data;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);
  g_return_if_fail (undo != NULL);

  overlay = overlay_of (widget);
  toast = toast_new (text);
  data = g_new0 (Undo, 1);
  *data = (Undo) { .undo = undo, .user_data = user_data, .destroy = destroy };
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_TIMEOUT_S);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), data, undo_free, 0);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (overlay, g_steal_pointer (&toast));
}
