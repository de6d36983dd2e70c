/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-bar-private.h"

#include "cfoil-search-menu.h"

G_DEFINE_FINAL_TYPE (CfoilSearchBar, cfoil_search_bar, GTK_TYPE_WIDGET)

static gboolean
cfoil_search_bar_grab_focus (GtkWidget *widget)
{
  CfoilSearchBar *self = CFOIL_SEARCH_BAR (widget);

  return !self->is_passed && gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* On the way back, when there is no child before, GTK would have us take the focus
 * ourselves, and nobody came further back than to the entry. */
static gboolean
cfoil_search_bar_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  CfoilSearchBar *self = CFOIL_SEARCH_BAR (widget);
  gboolean has_moved;

  self->is_passed = TRUE;
  has_moved = GTK_WIDGET_CLASS (cfoil_search_bar_parent_class)->focus (widget, direction);
  self->is_passed = FALSE;
  return has_moved;
}

static void
drop_popovers (CfoilSearchBar *self)
{
  if (self->completion != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->completion));
  self->completion = NULL;
  if (self->editor != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->editor));
  self->editor = NULL;
}

static void
cfoil_search_bar_dispose (GObject *object)
{
  CfoilSearchBar *self = CFOIL_SEARCH_BAR (object);
  GtkWidget *child;

  cfoil_search_bar_drop_capture (self);
  g_clear_handle_id (&self->mistakes_id, g_source_remove);
  g_clear_handle_id (&self->completion_id, g_source_remove);
  g_ptr_array_set_size (self->shown, 0);
  drop_popovers (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_SEARCH_BAR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (cfoil_search_bar_parent_class)->dispose (object);
}

static void
cfoil_search_bar_finalize (GObject *object)
{
  CfoilSearchBar *self = CFOIL_SEARCH_BAR (object);

  g_ptr_array_unref (self->shown);
  cfoil_query_unref (self->query);

  G_OBJECT_CLASS (cfoil_search_bar_parent_class)->finalize (object);
}

static void
cfoil_search_bar_class_init (CfoilSearchBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_search_bar_dispose;
  object_class->finalize = cfoil_search_bar_finalize;
  widget_class->grab_focus = cfoil_search_bar_grab_focus;
  widget_class->focus = cfoil_search_bar_focus;

  g_signal_new ("changed", CFOIL_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("entered", CFOIL_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("leave", CFOIL_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CFOIL_TYPE_SEARCH_FLOW);
  g_type_ensure (CFOIL_TYPE_SEARCH_MENU);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-search-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, entry);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, add_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, mistake_label);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, chips);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, notice_label);
  cfoil_search_bar_bind_text (widget_class);
  cfoil_search_bar_bind_chips (widget_class);
  cfoil_search_bar_bind_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "searchterms");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
cfoil_search_bar_init (CfoilSearchBar *self)
{
  self->query = cfoil_query_parse (NULL);
  self->shown = g_ptr_array_new ();
  self->edited = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->completion = cfoil_search_completion_new (GTK_WIDGET (self), self->entry);
  self->editor = cfoil_search_editor_new (GTK_WIDGET (self));
  cfoil_search_bar_connect_text (self);
  cfoil_search_bar_connect_chips (self);
}

GtkWidget *
cfoil_search_bar_new (void)
{
  return g_object_new (CFOIL_TYPE_SEARCH_BAR, NULL);
}

void
cfoil_search_bar_set_vocabulary (CfoilSearchBar        *self,
                                 const CfoilVocabulary *vocabulary,
                                 const char            *label)
{
  g_return_if_fail (CFOIL_IS_SEARCH_BAR (self));

  self->vocabulary = vocabulary;
  cfoil_query_unref (self->query);
  self->query = cfoil_query_parse_with (NULL, vocabulary);
  cfoil_search_completion_set_vocabulary (self->completion, vocabulary);
  gtk_widget_set_visible (self->add_button, vocabulary == NULL);
  gtk_entry_set_placeholder_text (self->entry, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
cfoil_search_bar_set_reader (CfoilSearchBar *self,
                             CfoilReader    *reader)
{
  g_return_if_fail (CFOIL_IS_SEARCH_BAR (self));
  g_return_if_fail (reader == NULL || CFOIL_IS_READER (reader));

  if (!g_set_object (&self->reader, reader))
    return;
  cfoil_search_editor_clear (self->editor);
  cfoil_search_completion_set_reader (self->completion, reader);
}

const char *
cfoil_search_bar_get_text (CfoilSearchBar *self)
{
  g_return_val_if_fail (CFOIL_IS_SEARCH_BAR (self), "");

  return gtk_editable_get_text (cfoil_search_bar_get_editable (self));
}

void
cfoil_search_bar_set_text (CfoilSearchBar *self,
                           const char     *text)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (CFOIL_IS_SEARCH_BAR (self));

  valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  cfoil_search_bar_rewrite (self, valid);
  gtk_editable_set_position (cfoil_search_bar_get_editable (self), -1);
}

CfoilQuery *
cfoil_search_bar_get_query (CfoilSearchBar *self)
{
  g_return_val_if_fail (CFOIL_IS_SEARCH_BAR (self), NULL);

  return self->query;
}

/* Whether the one term of ADDED is among those of QUERY. */
static gboolean
contains_term (const CfoilQuery *query,
               const char       *added)
{
  for (guint i = 0; i < cfoil_query_get_n_terms (query); i++)
    {
      g_autofree char *text = cfoil_term_to_text (cfoil_query_get_term (query, i));

      if (g_strcmp0 (text, added) == 0)
        return TRUE;
    }
  return FALSE;
}

void
cfoil_search_bar_add_term (CfoilSearchBar *self,
                           const char     *term_text)
{
  g_autoptr (CfoilQuery) added = NULL;
  g_autofree char *spelling = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (CFOIL_IS_SEARCH_BAR (self));
  g_return_if_fail (term_text != NULL);

  added = cfoil_query_parse_with (term_text, self->vocabulary);
  if (cfoil_query_get_n_terms (added) == 1)
    spelling = cfoil_term_to_text (cfoil_query_get_term (added, 0));
  if (spelling != NULL && contains_term (self->query, spelling))
    return;
  text = cfoil_query_dup_added (self->query, spelling != NULL ? spelling : term_text);
  cfoil_search_bar_rewrite (self, text);
  gtk_editable_set_position (cfoil_search_bar_get_editable (self), -1);
}

void
cfoil_search_bar_set_notice (CfoilSearchBar *self,
                             const char     *text)
{
  g_return_if_fail (CFOIL_IS_SEARCH_BAR (self));

  gtk_label_set_text (self->notice_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), text != NULL);
}
