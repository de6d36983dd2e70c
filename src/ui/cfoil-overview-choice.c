/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-choice.h"

#include "cfoil-compat.h"

#include <glib/gi18n.h>

typedef struct
{
  const CfoilChoice *choices;
  guint n_choices;
} Choices;

static Choices *
choices_new (const CfoilChoice *choices,
             guint              n_choices)
{
  Choices *self = g_new (Choices, 1);

  *self = (Choices){ choices, n_choices };
  return self;
}

/* A value that is not one of them is the first. */
static gboolean
get_selected (GValue   *value,
              GVariant *variant,
              gpointer  user_data)
{
  const Choices *self = user_data;
  guint selected = 0;

  for (guint i = 0; i < self->n_choices; i++)
    if (g_str_equal (self->choices[i].value, g_variant_get_string (variant, NULL)))
      selected = i;
  g_value_set_uint (value, selected);
  return TRUE;
}

static GVariant *
set_selected (const GValue       *value,
              const GVariantType *type,
              gpointer            user_data)
{
  const Choices *self = user_data;
  guint selected = g_value_get_uint (value);

  return selected < self->n_choices ? g_variant_new_string (self->choices[selected].value) : NULL;
}

static void
mapped_cb (GtkWidget *drop_down)
{
  cfoil_compat_let_shrink (gtk_widget_get_first_child (drop_down));
}

GtkWidget *
cfoil_choice_new_drop_down (GSettings         *settings,
                            const char        *key,
                            const CfoilChoice *choices,
                            guint              n_choices,
                            const char        *label)
{
  GtkStringList *titles = gtk_string_list_new (NULL);
  GtkWidget *drop_down;

  for (guint i = 0; i < n_choices; i++)
    gtk_string_list_append (titles, _(choices[i].title));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (titles), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  /* Its button is what has the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (drop_down)), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (drop_down, label);
  g_settings_bind_with_mapping (settings, key, drop_down, "selected", G_SETTINGS_BIND_DEFAULT, get_selected, set_selected,
                                choices_new (choices, n_choices), g_free);
  g_signal_connect (drop_down, "map", G_CALLBACK (mapped_cb), NULL);
  return drop_down;
}

/* --- buttons --- */

static gboolean
get_active (GValue   *value,
            GVariant *variant,
            gpointer  user_data)
{
  const Choices *self = user_data;

  g_value_set_boolean (value, g_str_equal (self->choices->value, g_variant_get_string (variant, NULL)));
  return TRUE;
}

static GVariant *
set_active (const GValue       *value,
            const GVariantType *type,
            gpointer            user_data)
{
  const Choices *self = user_data;

  return g_value_get_boolean (value) ? g_variant_new_string (self->choices->value) : NULL;
}

GtkWidget *
cfoil_choice_new_tabs (GSettings         *settings,
                       const char        *key,
                       const CfoilChoice *choices,
                       guint              n_choices,
                       const char        *label)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *first = NULL;

  gtk_widget_add_css_class (box, "linked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  for (guint i = 0; i < n_choices; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      GtkWidget *title = gtk_label_new (_(choices[i].title));

      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
      gtk_button_set_child (GTK_BUTTON (button), title);
      /* Longer titles get more of a narrow window. */
      gtk_widget_set_hexpand (button, TRUE);
      gtk_widget_set_tooltip_text (button, _(choices[i].title));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(choices[i].title), -1);
      if (first != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      else
        first = button;
      gtk_box_append (GTK_BOX (box), button);
      g_settings_bind_with_mapping (settings, key, button, "active", G_SETTINGS_BIND_DEFAULT, get_active, set_active,
                                    choices_new (choices + i, 1), g_free);
    }
  return box;
}
