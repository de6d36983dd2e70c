/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-toast.h"

#include "cfoil-window-private.h"

#include <glib/gi18n.h>

/* Long enough to read it, be startled and reach for the button. */
#define UNDO_TIMEOUT_S 8
/* Five seconds are enough for a few words; of longer texts people read some ten letters a second. */
#define TIMEOUT_S 5
#define MAX_TIMEOUT_S 15
#define LETTERS_PER_S 10
/* libadwaita 1.2 crashes when a toast is dismissed that is still coming in: its button
 * is there once it has come. */
#define BUTTON_DELAY_MS 600

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
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, (guint) MIN (TIMEOUT_S + g_utf8_strlen (text, -1) / LETTERS_PER_S, MAX_TIMEOUT_S));
  return toast;
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

static gboolean
show_button_cb (gpointer user_data)
{
  g_autoptr (AdwToast) toast = g_weak_ref_get (user_data);

  if (toast != NULL)
    adw_toast_set_button_label (toast, _("_Undo"));
  return G_SOURCE_REMOVE;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
show_button_soon (AdwToast *toast)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, toast);
  g_timeout_add_full (G_PRIORITY_DEFAULT, BUTTON_DELAY_MS, show_button_cb, weak, weak_ref_free);
}

typedef struct
{
  AdwToast *toast; /* (owned): keeps UNDO */
  Undo *undo;      /* (borrowed) */
} Clicked;

static void
clicked_free (gpointer data)
{
  Clicked *clicked = data;

  g_object_unref (clicked->toast);
  g_free (clicked);
}

static gboolean
undo_now_cb (gpointer user_data)
{
  Clicked *clicked = user_data;
  void (*func) (gpointer user_data) = g_steal_pointer (&clicked->undo->undo);

  if (func != NULL)
    func (clicked->undo->user_data);
  return G_SOURCE_REMOVE;
}

/* The button stays for as long as its toast fades away.  Not in its handler: the
 * toast is dismissed after it, and libadwaita 1.2 does not bear another toast that
 * takes its place before. */
static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  Clicked *clicked = g_new (Clicked, 1);

  *clicked = (Clicked) { g_object_ref (toast), user_data };
  g_idle_add_full (G_PRIORITY_DEFAULT, undo_now_cb, clicked, clicked_free);
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
  show_button_soon (toast);
  adw_toast_set_timeout (toast, UNDO_TIMEOUT_S);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), data, undo_free, 0);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (overlay, g_steal_pointer (&toast));
}
