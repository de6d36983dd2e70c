/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-completion.h"

#include "cfoil-search-lookup.h"
#include "cfoil-search-words.h"
#include "cfoil-shown-text.h"

#include <string.h>

#define MAX_OFFERS 40
#define MAX_VALUES 20

struct _CfoilSearchCompletion
{
  GtkPopover parent_instance;

  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkEntry *entry; /* (borrowed): a sibling */
  CfoilReader *reader;           /* (owned) (nullable) */
  const CfoilVocabulary *vocabulary; /* (nullable): of transactions */
  CfoilCompletions *completions; /* (owned) (nullable) */
  GCancellable *cancellable;     /* (owned): of the look-up */
  GPtrArray *values;             /* (owned) (nullable): what was looked up last ... */
  CfoilField values_field;       /* ... of this field */
  guint n_rows;
};

enum
{
  ACCEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilSearchCompletion, cfoil_search_completion, GTK_TYPE_POPOVER)

/* --- rows --- */

static GtkWidget *
new_row (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *text = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 36);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (detail), 30);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "caption");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static char *
dup_meaning (const CfoilCompletions *completions,
             const CfoilCompletion  *offer)
{
  if (offer->detail != NULL)
    return cfoil_shown_text (offer->detail);
  if (completions->kind != CFOIL_COMPLETE_VALUES || completions->vocabulary != NULL)
    return NULL;
  if (completions->has_field)
    return cfoil_field_get_info (completions->field)->kind == CFOIL_FIELD_KIND_CODE
             ? cfoil_search_words_value (completions->field, offer->text) : NULL;
  for (guint i = 0; i < CFOIL_N_IS; i++)
    if (strcmp (cfoil_is_to_string ((CfoilIs) i), offer->text) == 0)
      return g_strdup (cfoil_search_words_is ((CfoilIs) i));
  return NULL;
}

/* Where the text alone does not tell. */
static char *
dup_detail (const CfoilCompletions *completions,
            const CfoilCompletion  *offer)
{
  g_autofree char *meaning = dup_meaning (completions, offer);
  g_autofree char *words = g_strdelimit (g_strdup (offer->text), "_", ' ');
  g_autofree char *folded_words = cfoil_fold (words);
  g_autofree char *folded = cfoil_fold (meaning);

  return strcmp (folded, folded_words) != 0 ? g_steal_pointer (&meaning) : NULL;
}

static void
fill_row (GtkListBoxRow          *row,
          const CfoilCompletions *completions,
          const CfoilCompletion  *offer)
{
  GtkWidget *text = gtk_widget_get_first_child (gtk_list_box_row_get_child (row));
  GtkWidget *detail = gtk_widget_get_next_sibling (text);
  g_autofree char *shown = cfoil_shown_text (offer->text);
  g_autofree char *shown_detail = dup_detail (completions, offer);

  gtk_label_set_text (GTK_LABEL (text), shown != NULL ? shown : "");
  gtk_label_set_text (GTK_LABEL (detail), shown_detail != NULL ? shown_detail : "");
  gtk_widget_set_visible (detail, shown_detail != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, shown != NULL ? shown : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, shown_detail != NULL ? shown_detail : "", -1);
  gtk_widget_set_visible (GTK_WIDGET (row), TRUE);
}

static void
choose (CfoilSearchCompletion *self,
        GtkListBoxRow         *row)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self->entry);

  gtk_list_box_select_row (self->list, row);
  if (row == NULL)
    gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
  else
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
}

/* The rows stay and get other texts: this happens at every letter. */
static void
fill_rows (CfoilSearchCompletion *self)
{
  guint n = MIN (self->completions->offers->len, MAX_OFFERS);
  GtkListBoxRow *row;

  for (guint i = 0; i < n; i++)
    {
      if (i == self->n_rows)
        {
          gtk_list_box_append (self->list, new_row ());
          self->n_rows++;
        }
      fill_row (gtk_list_box_get_row_at_index (self->list, (int) i), self->completions, self->completions->offers->pdata[i]);
    }
  for (guint i = n; (row = gtk_list_box_get_row_at_index (self->list, (int) i)) != NULL; i++)
    gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
  choose (self, NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* --- where it stands --- */

static void
point_to_word (CfoilSearchCompletion *self)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  const char *contents = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  graphene_rect_t cursor;
  graphene_rect_t bounds;
  graphene_point_t point;

  gtk_text_compute_cursor_extents (GTK_TEXT (text), (gsize) g_utf8_pointer_to_offset (contents, contents + self->completions->start),
                                   &cursor, NULL);
  if (!gtk_widget_compute_point (text, parent, &cursor.origin, &point) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (self->entry), parent, &bounds))
    return;
  point.x = CLAMP (point.x, bounds.origin.x, bounds.origin.x + bounds.size.width);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &(GdkRectangle) { (int) point.x, (int) bounds.origin.y,
                                                                     1, (int) bounds.size.height });
}

/* What stands there already is no offer. */
static gboolean
is_worth_showing (CfoilSearchCompletion *self)
{
  const char *contents = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const CfoilCompletions *completions = self->completions;
  const CfoilCompletion *only;

  if (completions->offers->len == 0)
    return FALSE;
  if (completions->offers->len > 1)
    return TRUE;
  only = completions->offers->pdata[0];
  return strlen (only->text) != completions->end - completions->start ||
         strncmp (only->text, contents + completions->start, completions->end - completions->start) != 0;
}

static void
show_offers (CfoilSearchCompletion *self)
{
  if (!is_worth_showing (self))
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  fill_rows (self);
  point_to_word (self);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_popover_popup (GTK_POPOVER (self));
}

/* --- values that are looked up --- */

static void
compute (CfoilSearchCompletion *self)
{
  const char *contents = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  int position = gtk_editable_get_position (GTK_EDITABLE (self->entry));

  g_clear_pointer (&self->completions, cfoil_completions_free);
  self->completions = cfoil_query_complete_with (contents, (guint) (g_utf8_offset_to_pointer (contents, position) - contents),
                                                 self->vocabulary);
}

static void
add_values (CfoilSearchCompletion *self)
{
  g_autofree char *prefix = cfoil_fold (self->completions->prefix);

  if (self->values == NULL || self->values_field != self->completions->field)
    return;
  for (guint i = 0; i < self->values->len; i++)
    {
      g_autofree char *folded = cfoil_fold (self->values->pdata[i]);

      if (g_str_has_prefix (folded, prefix))
        cfoil_completions_add_value (self->completions, self->values->pdata[i]);
    }
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (CfoilSearchCompletion) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = cfoil_search_lookup_finish (result, &error);

  if (values == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("No values to offer: %s", error->message);
      return;
    }
  /* Still wanted: else it would have been cancelled. */
  g_clear_pointer (&self->values, g_ptr_array_unref);
  self->values = g_steal_pointer (&values);
  compute (self);
  add_values (self);
  show_offers (self);
}

static void
look_up (CfoilSearchCompletion *self)
{
  cfoil_search_completion_cancel (self);
  if (self->values_field != self->completions->field)
    g_clear_pointer (&self->values, g_ptr_array_unref);
  self->values_field = self->completions->field;
  cfoil_search_lookup_async (self->reader, self->completions->field, self->completions->prefix, MAX_VALUES,
                             self->cancellable, looked_up_cb, g_object_ref (self));
}

static gboolean
wants_lookup (CfoilSearchCompletion *self)
{
  return self->reader != NULL && self->vocabulary == NULL && self->completions->kind == CFOIL_COMPLETE_VALUES &&
         self->completions->has_field && cfoil_search_lookup_has_values (self->completions->field);
}

/* --- what is done with it --- */

static void
accept (CfoilSearchCompletion *self,
        GtkListBoxRow         *row)
{
  const CfoilCompletion *offer = self->completions->offers->pdata[gtk_list_box_row_get_index (row)];
  g_autofree char *text = g_strdup (offer->text);
  guint start = self->completions->start;
  guint end = self->completions->end;

  cfoil_search_completion_close (self);
  g_signal_emit (self, signals[ACCEPT], 0, start, end, text);
}

static void
row_activated_cb (CfoilSearchCompletion *self,
                  GtkListBoxRow         *row)
{
  accept (self, row);
}

static void
scroll_to (CfoilSearchCompletion *self,
           GtkListBoxRow         *row)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scroller), bounds.origin.y,
                               bounds.origin.y + bounds.size.height);
}

/* Beyond either end nothing is chosen. */
static void
move (CfoilSearchCompletion *self,
      int                    by)
{
  GtkListBoxRow *chosen = gtk_list_box_get_selected_row (self->list);
  int n = (int) MIN (self->completions->offers->len, MAX_OFFERS);
  int index = chosen != NULL ? gtk_list_box_row_get_index (chosen) + by : (by > 0 ? 0 : n - 1);
  GtkListBoxRow *row = index >= 0 && index < n ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  choose (self, row);
  if (row != NULL)
    scroll_to (self, row);
}

static gboolean
accept_chosen (CfoilSearchCompletion *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    accept (self, row);
  return row != NULL;
}

gboolean
cfoil_search_completion_press (CfoilSearchCompletion *self,
                               guint                  keyval)
{
  g_return_val_if_fail (CFOIL_IS_SEARCH_COMPLETION (self), FALSE);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 1);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, -1);
      return TRUE;
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return accept_chosen (self);
    case GDK_KEY_Escape:
      cfoil_search_completion_close (self);
      return TRUE;
    default:
      return FALSE;
    }
}

void
cfoil_search_completion_update (CfoilSearchCompletion *self,
                                gboolean               is_asked_for)
{
  g_return_if_fail (CFOIL_IS_SEARCH_COMPLETION (self));

  compute (self);
  if (self->completions->kind == CFOIL_COMPLETE_NOTHING ||
      (!is_asked_for && self->completions->kind == CFOIL_COMPLETE_FIELDS && *self->completions->prefix == '\0'))
    {
      cfoil_search_completion_close (self);
      return;
    }
  if (wants_lookup (self))
    {
      look_up (self);
      add_values (self);
    }
  show_offers (self);
}

void
cfoil_search_completion_cancel (CfoilSearchCompletion *self)
{
  g_return_if_fail (CFOIL_IS_SEARCH_COMPLETION (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

void
cfoil_search_completion_close (CfoilSearchCompletion *self)
{
  g_return_if_fail (CFOIL_IS_SEARCH_COMPLETION (self));

  cfoil_search_completion_cancel (self);
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* --- GObject --- */

static void
cfoil_search_completion_dispose (GObject *object)
{
  CfoilSearchCompletion *self = CFOIL_SEARCH_COMPLETION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (cfoil_search_completion_parent_class)->dispose (object);
}

static void
cfoil_search_completion_finalize (GObject *object)
{
  CfoilSearchCompletion *self = CFOIL_SEARCH_COMPLETION (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->completions, cfoil_completions_free);
  g_clear_pointer (&self->values, g_ptr_array_unref);

  G_OBJECT_CLASS (cfoil_search_completion_parent_class)->finalize (object);
}

static void
cfoil_search_completion_class_init (CfoilSearchCompletionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cfoil_search_completion_dispose;
  object_class->finalize = cfoil_search_completion_finalize;

  signals[ACCEPT] = g_signal_new ("accept", CFOIL_TYPE_SEARCH_COMPLETION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);
}

static void
cfoil_search_completion_init (CfoilSearchCompletion *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->cancellable = g_cancellable_new ();
  self->values_field = CFOIL_N_FIELDS;
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (self->scroller, TRUE);
  gtk_scrolled_window_set_propagate_natural_width (self->scroller, TRUE);
  gtk_scrolled_window_set_max_content_height (self->scroller, 260);
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->list));

  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->scroller));
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  /* Neither a click nor Tab takes the focus from the entry. */
  gtk_widget_set_can_focus (widget, FALSE);
  gtk_widget_add_css_class (widget, "search-completion");
}

CfoilSearchCompletion *
cfoil_search_completion_new (GtkWidget *parent,
                             GtkEntry  *entry)
{
  CfoilSearchCompletion *self = g_object_new (CFOIL_TYPE_SEARCH_COMPLETION, NULL);

  self->entry = entry;
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return self;
}

void
cfoil_search_completion_set_vocabulary (CfoilSearchCompletion *self,
                                        const CfoilVocabulary *vocabulary)
{
  g_return_if_fail (CFOIL_IS_SEARCH_COMPLETION (self));

  self->vocabulary = vocabulary;
}

void
cfoil_search_completion_set_reader (CfoilSearchCompletion *self,
                                    CfoilReader           *reader)
{
  g_return_if_fail (CFOIL_IS_SEARCH_COMPLETION (self));

  cfoil_search_completion_close (self);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_set_object (&self->reader, reader);
}
