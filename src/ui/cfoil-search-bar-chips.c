/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-bar-private.h"

static gboolean
has_chip (const CfoilTerm *term)
{
  return term->kind != CFOIL_TERM_WORD || term->is_negated;
}

static void
focus_chip (CfoilSearchBar *self,
            guint           position)
{
  if (self->shown->len > 0)
    gtk_widget_grab_focus (self->shown->pdata[MIN (position, self->shown->len - 1)]);
  else
    gtk_entry_grab_focus_without_selecting (self->entry);
}

static void
remove_cb (CfoilSearchBar  *self,
           CfoilSearchChip *chip)
{
  g_autofree char *text = cfoil_query_dup_replaced (self->query, cfoil_search_chip_get_index (chip), NULL);
  guint position = 0;

  g_ptr_array_find (self->shown, chip, &position);
  cfoil_search_bar_rewrite (self, text);
  focus_chip (self, position);
}

static void
open_editor (CfoilSearchBar *self,
             GtkWidget      *at)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (at, GTK_WIDGET (self), &bounds))
    cfoil_search_editor_open (self->editor, &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                              (int) bounds.size.width, (int) bounds.size.height });
}

/* The editor has widgets for fields of transactions. */
static void
edit_as_text (CfoilSearchBar  *self,
              const CfoilTerm *term)
{
  const char *text = gtk_editable_get_text (cfoil_search_bar_get_editable (self));

  gtk_entry_grab_focus_without_selecting (self->entry);
  gtk_editable_select_region (cfoil_search_bar_get_editable (self), (int) g_utf8_pointer_to_offset (text, text + term->start),
                              (int) g_utf8_pointer_to_offset (text, text + term->end));
}

static void
edit_cb (CfoilSearchBar  *self,
         CfoilSearchChip *chip)
{
  if (self->vocabulary != NULL)
    {
      edit_as_text (self, cfoil_query_get_term (self->query, cfoil_search_chip_get_index (chip)));
      return;
    }
  self->edited = (int) cfoil_search_chip_get_index (chip);
  cfoil_search_editor_edit (self->editor, cfoil_query_get_term (self->query, (guint) self->edited), self->reader);
  open_editor (self, GTK_WIDGET (chip));
}

static void
editor_changed_cb (CfoilSearchBar *self)
{
  g_autofree char *term = cfoil_search_editor_dup_text (self->editor);
  g_autofree char *text = NULL;
  guint n_terms = cfoil_query_get_n_terms (self->query);

  if (self->edited < 0 && term == NULL)
    return;
  text = self->edited < 0 ? cfoil_query_dup_added (self->query, term)
                          : cfoil_query_dup_replaced (self->query, (guint) self->edited, term);
  self->is_from_editor = TRUE;
  cfoil_search_bar_rewrite (self, text);
  self->is_from_editor = FALSE;
  if (term == NULL)
    self->edited = -1;
  else if (self->edited < 0 && cfoil_query_get_n_terms (self->query) > n_terms)
    self->edited = (int) n_terms;
}

static void
editor_closed_cb (CfoilSearchBar *self)
{
  GtkWidget *chip = self->add_button;

  for (guint i = 0; i < self->shown->len; i++)
    if ((int) cfoil_search_chip_get_index (self->shown->pdata[i]) == self->edited)
      chip = self->shown->pdata[i];
  self->edited = -1;
  if (gtk_widget_get_mapped (chip) && !cfoil_search_bar_has_focus (self))
    gtk_widget_grab_focus (chip);
}

/* A second term on a field would mostly contradict the first. */
static CfoilSearchChip *
find_chip_of_field (CfoilSearchBar *self,
                    CfoilField      field)
{
  for (guint i = 0; i < self->shown->len; i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (self->query, cfoil_search_chip_get_index (self->shown->pdata[i]));

      if (term->kind != CFOIL_TERM_WORD && term->kind != CFOIL_TERM_IS && term->kind != CFOIL_TERM_WEEKDAY &&
          term->kind != CFOIL_TERM_HOUR && term->field == field && !term->is_negated)
        return self->shown->pdata[i];
    }
  return NULL;
}

static void
field_chosen_cb (CfoilSearchBar *self,
                 guint           field)
{
  CfoilSearchChip *chip = find_chip_of_field (self, (CfoilField) field);

  if (chip != NULL)
    {
      edit_cb (self, chip);
      return;
    }
  self->edited = -1;
  cfoil_search_editor_begin (self->editor, (CfoilField) field, self->reader);
  open_editor (self, self->add_button);
}

static void
property_chosen_cb (CfoilSearchBar *self,
                    guint           is)
{
  CfoilTerm term = { .kind = CFOIL_TERM_IS, .is = (CfoilIs) is };
  g_autofree char *text = cfoil_term_to_text (&term);

  cfoil_search_bar_add_term (self, text);
}

static void
add_chip (CfoilSearchBar *self)
{
  GtkWidget *chip = cfoil_search_chip_new ();

  g_signal_connect_object (chip, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  cfoil_search_flow_append (self->chips, chip);
  g_ptr_array_add (self->shown, chip);
}

void
cfoil_search_bar_update_chips (CfoilSearchBar *self)
{
  guint n = 0;

  for (guint i = 0; i < cfoil_query_get_n_terms (self->query); i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (self->query, i);

      if (!has_chip (term))
        continue;
      if (n == self->shown->len)
        add_chip (self);
      cfoil_search_chip_set_term (self->shown->pdata[n++], term, i);
    }
  while (self->shown->len > n)
    cfoil_search_flow_remove (self->chips, g_ptr_array_steal_index (self->shown, self->shown->len - 1));
  gtk_widget_set_visible (GTK_WIDGET (self->chips), n > 0);
}

void
cfoil_search_bar_connect_chips (CfoilSearchBar *self)
{
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (editor_changed_cb), self, G_CONNECT_SWAPPED);
  /* What was typed last is still told by the editor itself when it closes. */
  g_signal_connect_object (self->editor, "closed", G_CALLBACK (editor_closed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
cfoil_search_bar_bind_chips (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, field_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, property_chosen_cb);
}
