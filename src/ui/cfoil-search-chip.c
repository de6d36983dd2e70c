/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-chip.h"

#include "cfoil-search-words.h"

#include <glib/gi18n.h>

/* More than that is cut off and stands in a tooltip. */
#define MAX_CHARS 48

struct _CfoilSearchChip
{
  GtkWidget parent_instance;

  GtkWidget *edit_button;
  GtkLabel *label;
  GtkWidget *remove_button;
  guint index;
  gboolean is_passed; /* the focus is on its way through */
};

enum
{
  EDIT,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilSearchChip, cfoil_search_chip, GTK_TYPE_WIDGET)

static void
edit_clicked_cb (CfoilSearchChip *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
remove_clicked_cb (CfoilSearchChip *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
delete_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  g_signal_emit (widget, signals[REMOVE], 0);
  return TRUE;
}

static gboolean
cfoil_search_chip_grab_focus (GtkWidget *widget)
{
  CfoilSearchChip *self = CFOIL_SEARCH_CHIP (widget);

  return !self->is_passed && gtk_widget_grab_focus (self->edit_button);
}

/* On the way back GTK would have us take the focus ourselves, over and over. */
static gboolean
cfoil_search_chip_focus (GtkWidget        *widget,
                         GtkDirectionType  direction)
{
  CfoilSearchChip *self = CFOIL_SEARCH_CHIP (widget);
  gboolean has_moved;

  self->is_passed = TRUE;
  has_moved = GTK_WIDGET_CLASS (cfoil_search_chip_parent_class)->focus (widget, direction);
  self->is_passed = FALSE;
  return has_moved;
}

static void
cfoil_search_chip_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_SEARCH_CHIP);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cfoil_search_chip_parent_class)->dispose (object);
}

static void
cfoil_search_chip_class_init (CfoilSearchChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_search_chip_dispose;
  widget_class->grab_focus = cfoil_search_chip_grab_focus;
  widget_class->focus = cfoil_search_chip_focus;

  signals[EDIT] = g_signal_new ("edit", CFOIL_TYPE_SEARCH_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", CFOIL_TYPE_SEARCH_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-search-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchChip, edit_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchChip, label);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchChip, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, edit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_BackSpace, 0, delete_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "searchchip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cfoil_search_chip_init (CfoilSearchChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_max_width_chars (self->label, MAX_CHARS);
}

GtkWidget *
cfoil_search_chip_new (void)
{
  return g_object_new (CFOIL_TYPE_SEARCH_CHIP, NULL);
}

void
cfoil_search_chip_set_term (CfoilSearchChip *self,
                            const CfoilTerm *term,
                            guint            index)
{
  g_autofree char *words = cfoil_search_words_term (term);
  g_autofree char *removal = g_strdup_printf (_("Remove filter %s"), words);

  g_return_if_fail (CFOIL_IS_SEARCH_CHIP (self));

  self->index = index;
  if (g_strcmp0 (words, gtk_label_get_text (self->label)) == 0)
    return;
  gtk_label_set_text (self->label, words);
  gtk_widget_set_tooltip_text (self->edit_button, g_utf8_strlen (words, -1) > MAX_CHARS ? words : NULL);
  /* Without this it would be called by its type. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit_button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, removal, -1);
}

guint
cfoil_search_chip_get_index (CfoilSearchChip *self)
{
  g_return_val_if_fail (CFOIL_IS_SEARCH_CHIP (self), 0);

  return self->index;
}
