/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-editor.h"

#include "cfoil-search-pane.h"
#include "cfoil-search-words.h"

#include <glib/gi18n.h>

struct _CfoilSearchEditor
{
  GtkPopover parent_instance;

  GtkLabel *title;
  AdwBin *place;
  GtkSwitch *exclude;
  GtkCheckButton *without;
  CfoilSearchPane *pane; /* (borrowed) (nullable) */
  CfoilField field;      /* CFOIL_N_FIELDS for terms without one */
  gboolean is_filling;
  guint changed_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilSearchEditor, cfoil_search_editor, GTK_TYPE_POPOVER)

/* What is wrong changes nothing until it is right. */
static void
emit_changed (CfoilSearchEditor *self)
{
  if (!cfoil_search_pane_is_wrong (self->pane) || gtk_check_button_get_active (self->without))
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
changed_idle_cb (gpointer user_data)
{
  CfoilSearchEditor *self = user_data;

  self->changed_id = 0;
  emit_changed (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: what is typed over a selection is two changes, and the first of them
 * would take the term away. */
static void
changed_cb (CfoilSearchEditor *self)
{
  if (!self->is_filling && self->changed_id == 0)
    self->changed_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, changed_idle_cb, self, NULL);
}

static void
cfoil_search_editor_closed (GtkPopover *popover)
{
  CfoilSearchEditor *self = CFOIL_SEARCH_EDITOR (popover);

  if (self->changed_id != 0)
    {
      g_clear_handle_id (&self->changed_id, g_source_remove);
      emit_changed (self);
    }
  if (GTK_POPOVER_CLASS (cfoil_search_editor_parent_class)->closed != NULL)
    GTK_POPOVER_CLASS (cfoil_search_editor_parent_class)->closed (popover);
}

static void
cfoil_search_editor_dispose (GObject *object)
{
  g_clear_handle_id (&CFOIL_SEARCH_EDITOR (object)->changed_id, g_source_remove);

  G_OBJECT_CLASS (cfoil_search_editor_parent_class)->dispose (object);
}

static void
without_toggled_cb (CfoilSearchEditor *self)
{
  if (self->pane != NULL)
    gtk_widget_set_sensitive (GTK_WIDGET (self->pane), !gtk_check_button_get_active (self->without));
  changed_cb (self);
}

static CfoilSearchPane *
new_pane (CfoilField       field,
          const CfoilTerm *term,
          CfoilReader     *reader)
{
  switch (cfoil_field_get_info (field)->kind)
    {
    case CFOIL_FIELD_KIND_MONEY:
    case CFOIL_FIELD_KIND_NUMBER:
      return cfoil_search_pane_new_range (field, term);
    case CFOIL_FIELD_KIND_TIME:
      return cfoil_search_pane_new_dates (field, term);
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_CODE:
    case CFOIL_FIELD_KIND_REF:
    case CFOIL_FIELD_KIND_FLAGS:
    default:
      return cfoil_search_pane_new_values (field, term, reader);
    }
}

/* What every row has cannot be asked for. */
static gboolean
can_be_without (CfoilField field)
{
  switch ((int) field)
    {
    case CFOIL_FIELD_PROVIDER:
    case CFOIL_FIELD_ACCOUNT:
    case CFOIL_FIELD_ENVIRONMENT:
    case CFOIL_FIELD_TRANSACTION_ID:
    case CFOIL_FIELD_TYPE:
    case CFOIL_FIELD_STATE:
    case CFOIL_FIELD_TIME:
    case CFOIL_FIELD_FIRST_SEEN:
    case CFOIL_N_FIELDS:
      return FALSE;
    default:
      return TRUE;
    }
}

static void
fill (CfoilSearchEditor *self,
      CfoilField         field,
      CfoilSearchPane   *pane,
      const char        *title,
      gboolean           is_excluded,
      gboolean           is_without)
{
  g_clear_handle_id (&self->changed_id, g_source_remove);
  self->is_filling = TRUE;
  self->field = field;
  self->pane = pane;
  adw_bin_set_child (self->place, GTK_WIDGET (pane));
  g_signal_connect_object (pane, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "done", G_CALLBACK (gtk_popover_popdown), self, G_CONNECT_SWAPPED);
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->without), can_be_without (field));
  gtk_check_button_set_active (self->without, is_without);
  gtk_switch_set_active (self->exclude, is_excluded);
  without_toggled_cb (self);
  self->is_filling = FALSE;
}

static void
cfoil_search_editor_class_init (CfoilSearchEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_search_editor_dispose;
  GTK_POPOVER_CLASS (klass)->closed = cfoil_search_editor_closed;

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_SEARCH_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-search-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchEditor, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchEditor, place);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchEditor, exclude);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchEditor, without);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, without_toggled_cb);
}

static void
cfoil_search_editor_init (CfoilSearchEditor *self)
{
  self->field = CFOIL_N_FIELDS;
  gtk_widget_init_template (GTK_WIDGET (self));
  cfoil_search_pane_tame_arrows (GTK_WIDGET (self->without));
}

CfoilSearchEditor *
cfoil_search_editor_new (GtkWidget *parent)
{
  CfoilSearchEditor *self = g_object_new (CFOIL_TYPE_SEARCH_EDITOR, NULL);

  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return self;
}

void
cfoil_search_editor_edit (CfoilSearchEditor *self,
                          const CfoilTerm   *term,
                          CfoilReader       *reader)
{
  g_return_if_fail (CFOIL_IS_SEARCH_EDITOR (self));
  g_return_if_fail (term != NULL);

  switch (term->kind)
    {
    case CFOIL_TERM_WORD:
      fill (self, CFOIL_N_FIELDS, cfoil_search_pane_new_word (term), _("Word"), term->is_negated, FALSE);
      return;
    case CFOIL_TERM_IS:
      fill (self, CFOIL_N_FIELDS, cfoil_search_pane_new_properties (term), _("Property"), term->is_negated, FALSE);
      return;
    case CFOIL_TERM_HAS:
      fill (self, term->field, new_pane (term->field, NULL, reader), cfoil_search_words_field (term->field),
            !term->is_negated, TRUE);
      return;
    case CFOIL_TERM_WEEKDAY:
    case CFOIL_TERM_HOUR:
      fill (self, CFOIL_N_FIELDS, cfoil_search_pane_new_clock (term), term->kind == CFOIL_TERM_WEEKDAY ? _("Weekday") : _("Hour"),
            term->is_negated, FALSE);
      return;
    case CFOIL_TERM_VALUES:
    case CFOIL_TERM_AMOUNT:
    case CFOIL_TERM_NUMBER:
    case CFOIL_TERM_TIME:
    default:
      fill (self, term->field, new_pane (term->field, term, reader), cfoil_search_words_field (term->field),
            term->is_negated, FALSE);
      return;
    }
}

void
cfoil_search_editor_begin (CfoilSearchEditor *self,
                           CfoilField         field,
                           CfoilReader       *reader)
{
  g_return_if_fail (CFOIL_IS_SEARCH_EDITOR (self));

  fill (self, field, new_pane (field, NULL, reader), cfoil_search_words_field (field), FALSE, FALSE);
}

void
cfoil_search_editor_open (CfoilSearchEditor  *self,
                          const GdkRectangle *area)
{
  g_return_if_fail (CFOIL_IS_SEARCH_EDITOR (self));
  g_return_if_fail (self->pane != NULL);

  gtk_popover_set_pointing_to (GTK_POPOVER (self), area);
  gtk_popover_popup (GTK_POPOVER (self));
  if (gtk_widget_is_sensitive (GTK_WIDGET (self->pane)))
    gtk_widget_grab_focus (GTK_WIDGET (self->pane));
}

void
cfoil_search_editor_clear (CfoilSearchEditor *self)
{
  g_return_if_fail (CFOIL_IS_SEARCH_EDITOR (self));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_clear_handle_id (&self->changed_id, g_source_remove);
  self->pane = NULL;
  adw_bin_set_child (self->place, NULL);
}

char *
cfoil_search_editor_dup_text (CfoilSearchEditor *self)
{
  g_autofree char *text = NULL;
  gboolean is_excluded;

  g_return_val_if_fail (CFOIL_IS_SEARCH_EDITOR (self), NULL);

  is_excluded = gtk_switch_get_active (self->exclude);
  if (can_be_without (self->field) && gtk_check_button_get_active (self->without))
    {
      CfoilTerm term = { .kind = CFOIL_TERM_HAS, .field = self->field, .is_negated = !is_excluded };

      return cfoil_term_to_text (&term);
    }
  text = self->pane != NULL ? cfoil_search_pane_dup_text (self->pane) : NULL;
  if (text == NULL)
    return NULL;
  return is_excluded ? g_strconcat ("-", text, NULL) : g_steal_pointer (&text);
}
