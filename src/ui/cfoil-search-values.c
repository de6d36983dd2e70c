/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-lookup.h"
#include "cfoil-search-pane.h"
#include "cfoil-search-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_VALUES 50

/* Values to choose from: all there are of a code, else those that are chosen, those
 * that are known, and any that is typed. */
#define CFOIL_TYPE_SEARCH_VALUES (cfoil_search_values_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchValues, cfoil_search_values, CFOIL, SEARCH_VALUES, CfoilSearchPane)

struct _CfoilSearchValues
{
  CfoilSearchPane parent_instance;

  CfoilField field;
  CfoilReader *reader;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): of the look-up */
  GPtrArray *chosen;         /* (owned) (element-type utf8), in order */
  GtkWidget *search;         /* of texts */
  GtkWidget *scroller;
  GtkWidget *list;           /* of check buttons */
  GtkWidget *hint;
};

G_DEFINE_FINAL_TYPE (CfoilSearchValues, cfoil_search_values, CFOIL_TYPE_SEARCH_PANE)

static gboolean
is_code (CfoilSearchValues *self)
{
  return cfoil_field_get_info (self->field)->kind == CFOIL_FIELD_KIND_CODE;
}

static gboolean
find_chosen (CfoilSearchValues *self,
             const char        *value,
             guint             *index)
{
  g_autofree char *folded = cfoil_fold (value);

  for (guint i = 0; i < self->chosen->len; i++)
    {
      g_autofree char *other = cfoil_fold (self->chosen->pdata[i]);

      if (strcmp (folded, other) == 0)
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static char *
cfoil_search_values_dup_text (CfoilSearchPane *pane)
{
  CfoilSearchValues *self = CFOIL_SEARCH_VALUES (pane);
  g_autofree char **values = g_new0 (char *, self->chosen->len + 1);
  CfoilTerm term = { .kind = CFOIL_TERM_VALUES, .field = self->field, .values = values };

  if (self->chosen->len == 0)
    return NULL;
  for (guint i = 0; i < self->chosen->len; i++)
    values[i] = self->chosen->pdata[i];
  return cfoil_term_to_text (&term);
}

/* --- the list --- */

static void
toggled_cb (CfoilSearchValues *self,
            GtkCheckButton    *button)
{
  const char *value = g_object_get_data (G_OBJECT (button), "value");
  guint index;

  if (gtk_check_button_get_active (button))
    g_ptr_array_add (self->chosen, g_strdup (value));
  else if (find_chosen (self, value, &index))
    g_ptr_array_remove_index (self->chosen, index);
  cfoil_search_pane_emit_changed (CFOIL_SEARCH_PANE (self));
}

static GtkWidget *
find_button (CfoilSearchValues *self,
             const char        *value)
{
  g_autofree char *folded = cfoil_fold (value);

  for (GtkWidget *child = gtk_widget_get_first_child (self->list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *other = cfoil_fold (g_object_get_data (G_OBJECT (child), "value"));

      if (strcmp (folded, other) == 0)
        return child;
    }
  return NULL;
}

static void
add_button (CfoilSearchValues *self,
            const char        *value)
{
  g_autofree char *words = cfoil_search_words_value (self->field, value);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (words);
  guint index;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_tooltip_text (label, words);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), find_chosen (self, value, &index));
  g_object_set_data_full (G_OBJECT (button), "value", g_strdup (value), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->list), button);
}

static void
clear_list (CfoilSearchValues *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
}

static void
update_list_visible (CfoilSearchValues *self)
{
  gtk_widget_set_visible (self->scroller, gtk_widget_get_first_child (self->list) != NULL);
}

/* States of disputes and permissions are of the same enumeration. */
static gboolean
code_is_usual (CfoilSearchValues *self,
               guint              code)
{
  if (self->field == CFOIL_FIELD_STATE)
    return code <= CFOIL_STATE_REFUNDED;
  if (self->field == CFOIL_FIELD_DISPUTE_STATE)
    return code >= CFOIL_STATE_NEEDS_RESPONSE || code == CFOIL_STATE_OTHER;
  return TRUE;
}

static void
add_codes (CfoilSearchValues *self)
{
  for (guint i = 0; i < cfoil_field_n_codes (self->field); i++)
    {
      const char *name = cfoil_field_code_name (self->field, i);
      guint index;

      if (code_is_usual (self, i) || find_chosen (self, name, &index))
        add_button (self, name);
    }
}

/* --- values that are looked up --- */

static char *
dup_typed (CfoilSearchValues *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
}

/* The chosen ones first, unless they are not what is being looked for. */
static void
fill_list (CfoilSearchValues *self,
           GPtrArray         *values)
{
  g_autofree char *typed = dup_typed (self);
  g_autofree char *prefix = cfoil_fold (typed);

  clear_list (self);
  for (guint i = 0; i < self->chosen->len; i++)
    {
      g_autofree char *folded = cfoil_fold (self->chosen->pdata[i]);

      if (g_str_has_prefix (folded, prefix))
        add_button (self, self->chosen->pdata[i]);
    }
  for (guint i = 0; values != NULL && i < values->len; i++)
    if (find_button (self, values->pdata[i]) == NULL)
      add_button (self, values->pdata[i]);
  update_list_visible (self);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (CfoilSearchValues) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = cfoil_search_lookup_finish (result, &error);

  if (values != NULL)
    fill_list (self, values);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("No values to choose from: %s", error->message);
}

static void
look_up (CfoilSearchValues *self)
{
  g_autofree char *typed = dup_typed (self);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (self->hint, *typed != '\0');
  if (self->reader == NULL || !cfoil_search_lookup_has_values (self->field))
    fill_list (self, NULL);
  else
    cfoil_search_lookup_async (self->reader, self->field, typed, MAX_VALUES, self->cancellable,
                               looked_up_cb, g_object_ref (self));
}

/* Enter chooses what is typed; with nothing typed the work is done. */
static void
activate_cb (CfoilSearchValues *self)
{
  g_autofree char *typed = dup_typed (self);
  guint index;

  if (*typed == '\0')
    {
      cfoil_search_pane_emit_done (CFOIL_SEARCH_PANE (self));
      return;
    }
  if (!find_chosen (self, typed, &index))
    g_ptr_array_add (self->chosen, g_strdup (typed));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  look_up (self);
  cfoil_search_pane_emit_changed (CFOIL_SEARCH_PANE (self));
}

/* --- GObject --- */

static void
cfoil_search_values_dispose (GObject *object)
{
  CfoilSearchValues *self = CFOIL_SEARCH_VALUES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (cfoil_search_values_parent_class)->dispose (object);
}

static void
cfoil_search_values_finalize (GObject *object)
{
  CfoilSearchValues *self = CFOIL_SEARCH_VALUES (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->chosen);

  G_OBJECT_CLASS (cfoil_search_values_parent_class)->finalize (object);
}

static void
cfoil_search_values_class_init (CfoilSearchValuesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cfoil_search_values_dispose;
  object_class->finalize = cfoil_search_values_finalize;
  CFOIL_SEARCH_PANE_CLASS (klass)->dup_text = cfoil_search_values_dup_text;
}

static void
cfoil_search_values_init (CfoilSearchValues *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->cancellable = g_cancellable_new ();
  self->chosen = g_ptr_array_new_with_free_func (g_free);

  self->search = gtk_search_entry_new ();
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (look_up), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (activate_cb), self);
  /* Which it would keep to itself. */
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (cfoil_search_pane_emit_done), self);
  self->hint = gtk_label_new (_("Press Enter to look for what you typed"));
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->hint), 30);
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_set_visible (self->hint, FALSE);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  cfoil_search_pane_tame_arrows (self->list);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->hint);
  gtk_box_append (GTK_BOX (box), self->scroller);
  adw_bin_set_child (ADW_BIN (self), box);
}

CfoilSearchPane *
cfoil_search_pane_new_values (CfoilField       field,
                              const CfoilTerm *term,
                              CfoilReader     *reader)
{
  CfoilSearchValues *self = g_object_new (CFOIL_TYPE_SEARCH_VALUES, NULL);

  self->field = field;
  g_set_object (&self->reader, reader);
  for (guint i = 0; term != NULL && term->values[i] != NULL; i++)
    g_ptr_array_add (self->chosen, g_strdup (term->values[i]));
  gtk_widget_set_visible (self->search, !is_code (self));
  g_object_set (self->search, "placeholder-text",
                cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_ID ? _("Any part of it") : _("Beginning of a word"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  cfoil_search_words_field (field), -1);
  if (is_code (self))
    add_codes (self);
  else
    look_up (self);
  update_list_visible (self);
  return CFOIL_SEARCH_PANE (self);
}
