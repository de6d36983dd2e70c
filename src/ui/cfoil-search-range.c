/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-pane.h"
#include "cfoil-search-words.h"

#include <glib/gi18n.h>

typedef enum
{
  OPERATOR_BETWEEN,
  OPERATOR_EQUAL,
  OPERATOR_OVER,
  OPERATOR_AT_LEAST,
  OPERATOR_UNDER,
  OPERATOR_AT_MOST,
} Operator;

/* In the order of the enumeration. */
static const char *const operator_words[] = {
  N_ ("Between"), N_ ("Exactly"), N_ ("More than"), N_ ("At least"), N_ ("Less than"), N_ ("At most"), NULL,
};

static const char *const operator_signs[] = { "", "", ">", ">=", "<", "<=" };

/* A number between two others, or beyond one of them. */
#define CFOIL_TYPE_SEARCH_RANGE (cfoil_search_range_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchRange, cfoil_search_range, CFOIL, SEARCH_RANGE, CfoilSearchPane)

struct _CfoilSearchRange
{
  CfoilSearchPane parent_instance;

  CfoilField field;
  GtkDropDown *operator;
  GtkEditable *first;
  GtkEditable *last;
  GtkWidget *and;
  GtkLabel *mistake;
  gboolean is_passed; /* the focus is on its way through */
};

G_DEFINE_FINAL_TYPE (CfoilSearchRange, cfoil_search_range, CFOIL_TYPE_SEARCH_PANE)

static char *
dup_stripped (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

/* What the widgets say, right or wrong; NULL: nothing. */
static char *
dup_unchecked (CfoilSearchRange *self)
{
  g_autofree char *first = dup_stripped (self->first);
  g_autofree char *last = dup_stripped (self->last);
  const char *name = cfoil_query_field_name (self->field);
  Operator operator = gtk_drop_down_get_selected (self->operator);

  if (operator != OPERATOR_BETWEEN)
    return *first != '\0' ? g_strdup_printf ("%s:%s%s", name, operator_signs[operator], first) : NULL;
  if (*first == '\0' && *last == '\0')
    return NULL;
  if (*first == '\0')
    return g_strdup_printf ("%s:<=%s", name, last);
  if (*last == '\0')
    return g_strdup_printf ("%s:>=%s", name, first);
  return g_strdup_printf ("%s:%s..%s", name, first, last);
}

static char *
cfoil_search_range_dup_text (CfoilSearchPane *pane)
{
  return cfoil_search_pane_is_wrong (pane) ? NULL : dup_unchecked (CFOIL_SEARCH_RANGE (pane));
}

static void
mark (GtkEditable *editable,
      gboolean     is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (editable), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (editable), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (editable), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static gboolean
is_number (CfoilSearchRange *self,
           GtkEditable      *editable)
{
  g_autofree char *number = dup_stripped (editable);
  g_autofree char *text = g_strdup_printf ("%s:>=%s", cfoil_query_field_name (self->field), number);
  g_autofree char *message = NULL;

  return *number == '\0' || cfoil_search_pane_check (text, &message);
}

static void
update (CfoilSearchRange *self)
{
  gboolean is_between = gtk_drop_down_get_selected (self->operator) == OPERATOR_BETWEEN;
  g_autofree char *text = NULL;
  g_autofree char *message = NULL;

  gtk_widget_set_visible (self->and, is_between);
  gtk_widget_set_visible (GTK_WIDGET (self->last), is_between);
  text = dup_unchecked (self);
  if (text != NULL)
    cfoil_search_pane_check (text, &message);
  mark (self->first, !is_number (self, self->first));
  mark (self->last, is_between && !is_number (self, self->last));
  gtk_label_set_text (self->mistake, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), message != NULL);
  cfoil_search_pane_set_wrong (CFOIL_SEARCH_PANE (self), message != NULL);
}

static void
changed_cb (CfoilSearchRange *self)
{
  update (self);
  cfoil_search_pane_emit_changed (CFOIL_SEARCH_PANE (self));
}

static gboolean
is_one_number (const CfoilTerm *term)
{
  return term->has_min && term->has_max && term->min.digits == term->max.digits && term->min.scale == term->max.scale;
}

static Operator
operator_of (const CfoilTerm *term)
{
  if (is_one_number (term))
    return OPERATOR_EQUAL;
  if (term->has_min && term->has_max)
    return OPERATOR_BETWEEN;
  if (term->has_max)
    return term->excludes_max ? OPERATOR_UNDER : OPERATOR_AT_MOST;
  return term->excludes_min ? OPERATOR_OVER : OPERATOR_AT_LEAST;
}

static void
set_number (GtkEditable        *editable,
            const CfoilDecimal *number)
{
  g_autofree char *text = cfoil_search_words_decimal (number);

  gtk_editable_set_text (editable, text);
}

static void
set_term (CfoilSearchRange *self,
          const CfoilTerm  *term)
{
  Operator operator = operator_of (term);

  gtk_drop_down_set_selected (self->operator, operator);
  if (term->has_min)
    set_number (self->first, &term->min);
  if (term->has_max)
    set_number (operator == OPERATOR_BETWEEN || operator == OPERATOR_EQUAL ? self->last : self->first, &term->max);
}

static GtkEditable *
new_entry (CfoilSearchRange *self,
           const char       *name)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 9);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "0.00");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (cfoil_search_pane_emit_done), self);
  return GTK_EDITABLE (entry);
}

static GtkDropDown *
new_operators (void)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *drop_down;

  for (guint i = 0; operator_words[i] != NULL; i++)
    gtk_string_list_append (words, _(operator_words[i]));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Comparison"), -1);
  return GTK_DROP_DOWN (drop_down);
}

static gboolean
cfoil_search_range_grab_focus (GtkWidget *widget)
{
  CfoilSearchRange *self = CFOIL_SEARCH_RANGE (widget);

  return !self->is_passed && gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

/* On the way back GTK would have us take the focus ourselves, over and over. */
static gboolean
cfoil_search_range_focus (GtkWidget        *widget,
                          GtkDirectionType  direction)
{
  CfoilSearchRange *self = CFOIL_SEARCH_RANGE (widget);
  gboolean has_moved;

  self->is_passed = TRUE;
  has_moved = GTK_WIDGET_CLASS (cfoil_search_range_parent_class)->focus (widget, direction);
  self->is_passed = FALSE;
  return has_moved;
}

static void
cfoil_search_range_class_init (CfoilSearchRangeClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = cfoil_search_range_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = cfoil_search_range_focus;
  CFOIL_SEARCH_PANE_CLASS (klass)->dup_text = cfoil_search_range_dup_text;
}

static void
cfoil_search_range_init (CfoilSearchRange *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *numbers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mistake = gtk_label_new (NULL);

  self->operator = new_operators ();
  self->first = new_entry (self, C_ ("amounts that are looked for", "From"));
  self->last = new_entry (self, C_ ("amounts that are looked for", "To"));
  self->and = gtk_label_new (C_ ("between two numbers", "and"));
  self->mistake = GTK_LABEL (mistake);
  gtk_label_set_wrap (self->mistake, TRUE);
  gtk_label_set_max_width_chars (self->mistake, 32);
  gtk_label_set_xalign (self->mistake, 0);
  gtk_widget_add_css_class (mistake, "caption");
  gtk_widget_add_css_class (mistake, "error");
  gtk_box_append (GTK_BOX (numbers), GTK_WIDGET (self->first));
  gtk_box_append (GTK_BOX (numbers), self->and);
  gtk_box_append (GTK_BOX (numbers), GTK_WIDGET (self->last));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->operator));
  gtk_box_append (GTK_BOX (box), numbers);
  gtk_box_append (GTK_BOX (box), mistake);
  adw_bin_set_child (ADW_BIN (self), box);
}

CfoilSearchPane *
cfoil_search_pane_new_range (CfoilField       field,
                             const CfoilTerm *term)
{
  CfoilSearchRange *self = g_object_new (CFOIL_TYPE_SEARCH_RANGE, NULL);

  self->field = field;
  if (term != NULL)
    set_term (self, term);
  update (self);
  g_signal_connect_swapped (self->operator, "notify::selected", G_CALLBACK (changed_cb), self);
  return CFOIL_SEARCH_PANE (self);
}
