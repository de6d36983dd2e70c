/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-pane.h"
#include "cfoil-search-words.h"

#include <glib/gi18n.h>

/* One of the properties that a row can have. */
#define CFOIL_TYPE_SEARCH_PROPERTIES (cfoil_search_properties_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchProperties, cfoil_search_properties, CFOIL, SEARCH_PROPERTIES, CfoilSearchPane)

struct _CfoilSearchProperties
{
  CfoilSearchPane parent_instance;

  GtkCheckButton *buttons[CFOIL_N_IS];
};

G_DEFINE_FINAL_TYPE (CfoilSearchProperties, cfoil_search_properties, CFOIL_TYPE_SEARCH_PANE)

static char *
cfoil_search_properties_dup_text (CfoilSearchPane *pane)
{
  CfoilSearchProperties *self = CFOIL_SEARCH_PROPERTIES (pane);

  for (guint i = 0; i < CFOIL_N_IS; i++)
    if (gtk_check_button_get_active (self->buttons[i]))
      {
        CfoilTerm term = { .kind = CFOIL_TERM_IS, .is = (CfoilIs) i };

        return cfoil_term_to_text (&term);
      }
  return NULL;
}

/* Of the two buttons that change, only the one that is switched on tells. */
static void
toggled_cb (CfoilSearchProperties *self,
            GtkCheckButton        *button)
{
  if (gtk_check_button_get_active (button))
    cfoil_search_pane_emit_changed (CFOIL_SEARCH_PANE (self));
}

static void
cfoil_search_properties_class_init (CfoilSearchPropertiesClass *klass)
{
  CFOIL_SEARCH_PANE_CLASS (klass)->dup_text = cfoil_search_properties_dup_text;
}

static void
cfoil_search_properties_init (CfoilSearchProperties *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < CFOIL_N_IS; i++)
    {
      self->buttons[i] = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (cfoil_search_words_is ((CfoilIs) i)));
      if (i > 0)
        gtk_check_button_set_group (self->buttons[i], self->buttons[0]);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons[i]));
    }
  adw_bin_set_child (ADW_BIN (self), box);
}

CfoilSearchPane *
cfoil_search_pane_new_properties (const CfoilTerm *term)
{
  CfoilSearchProperties *self = g_object_new (CFOIL_TYPE_SEARCH_PROPERTIES, NULL);

  if (term != NULL)
    gtk_check_button_set_active (self->buttons[term->is], TRUE);
  for (guint i = 0; i < CFOIL_N_IS; i++)
    g_signal_connect_swapped (self->buttons[i], "toggled", G_CALLBACK (toggled_cb), self);
  return CFOIL_SEARCH_PANE (self);
}

/* A word, wherever it may stand. */
#define CFOIL_TYPE_SEARCH_WORD (cfoil_search_word_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchWord, cfoil_search_word, CFOIL, SEARCH_WORD, CfoilSearchPane)

struct _CfoilSearchWord
{
  CfoilSearchPane parent_instance;

  GtkEditable *entry;
};

G_DEFINE_FINAL_TYPE (CfoilSearchWord, cfoil_search_word, CFOIL_TYPE_SEARCH_PANE)

static char *
cfoil_search_word_dup_text (CfoilSearchPane *pane)
{
  g_autofree char *word = g_strstrip (g_strdup (gtk_editable_get_text (CFOIL_SEARCH_WORD (pane)->entry)));
  char *values[] = { word, NULL };
  CfoilTerm term = { .kind = CFOIL_TERM_WORD, .values = values };

  return *word != '\0' ? cfoil_term_to_text (&term) : NULL;
}

static void
cfoil_search_word_class_init (CfoilSearchWordClass *klass)
{
  CFOIL_SEARCH_PANE_CLASS (klass)->dup_text = cfoil_search_word_dup_text;
}

static void
cfoil_search_word_init (CfoilSearchWord *self)
{
  GtkWidget *entry = gtk_entry_new ();

  self->entry = GTK_EDITABLE (entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Word"), -1);
  adw_bin_set_child (ADW_BIN (self), entry);
}

CfoilSearchPane *
cfoil_search_pane_new_word (const CfoilTerm *term)
{
  CfoilSearchWord *self = g_object_new (CFOIL_TYPE_SEARCH_WORD, NULL);

  if (term != NULL)
    gtk_editable_set_text (self->entry, term->values[0]);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (cfoil_search_pane_emit_changed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (cfoil_search_pane_emit_done), self);
  return CFOIL_SEARCH_PANE (self);
}
