/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-bar.h"

#include "cfoil-search-chip.h"
#include "cfoil-search-completion.h"
#include "cfoil-search-editor.h"
#include "cfoil-search-flow.h"
#include "cfoil-search-menu.h"
#include "cfoil-search-mistakes.h"

#include <glib/gi18n.h>
#include <string.h>

/* So long a mistake may still be something that is being typed. */
#define PATIENCE_MS 800

struct _CfoilSearchBar
{
  GtkWidget parent_instance;

  GtkEntry *entry;
  GtkWidget *add_button;
  GtkLabel *mistake_label;
  CfoilSearchFlow *chips;
  GtkLabel *notice_label;
  CfoilSearchCompletion *completion;
  CfoilSearchEditor *editor;
  GtkEventController *capture; /* (nullable), owned by the widget that is captured from */
  GtkWidget *captured;         /* (nullable), weak */

  CfoilReader *reader;     /* (owned) (nullable) */
  const CfoilVocabulary *vocabulary; /* (nullable): of transactions */
  CfoilQuery *query;       /* (owned) */
  GPtrArray *shown;        /* CfoilSearchChip, borrowed, in order */
  int edited;              /* the term that is in the editor; -1: one that is not there yet */
  gboolean is_from_editor; /* the editor is changing the text */
  gboolean is_editing;     /* the text is being changed in steps */
  gboolean is_cut;         /* what was inserted last did not fit */
  gboolean is_composing;   /* an input method is at work */
  gboolean is_passed;      /* the focus is on its way through */
  guint mistakes_id;
  guint completion_id;
};

enum
{
  CHANGED,
  LEAVE,
  ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void update_chips (CfoilSearchBar *self);

G_DEFINE_FINAL_TYPE (CfoilSearchBar, cfoil_search_bar, GTK_TYPE_WIDGET)

static GtkEditable *
get_editable (CfoilSearchBar *self)
{
  return GTK_EDITABLE (self->entry);
}

/* In bytes. */
static guint
get_cursor (CfoilSearchBar *self)
{
  const char *text = gtk_editable_get_text (get_editable (self));

  return (guint) (g_utf8_offset_to_pointer (text, gtk_editable_get_position (get_editable (self))) - text);
}

/* --- mistakes --- */

static const char *
get_extra_mistake (CfoilSearchBar *self)
{
  return self->is_cut ? _("This is too long: the end was left out") : NULL;
}

static gboolean
mistakes_timeout_cb (gpointer user_data)
{
  CfoilSearchBar *self = user_data;

  /* What is offered is what was expected. */
  if (gtk_widget_get_visible (GTK_WIDGET (self->completion)))
    return G_SOURCE_CONTINUE;
  self->mistakes_id = 0;
  cfoil_search_mistakes_show (self->entry, self->mistake_label, self->query, G_MAXUINT, get_extra_mistake (self));
  return G_SOURCE_REMOVE;
}

static void
show_all_mistakes (CfoilSearchBar *self)
{
  g_clear_handle_id (&self->mistakes_id, g_source_remove);
  cfoil_search_mistakes_show (self->entry, self->mistake_label, self->query, G_MAXUINT, get_extra_mistake (self));
}

static gboolean
entry_has_focus (CfoilSearchBar *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
update_mistakes (CfoilSearchBar *self)
{
  guint cursor = entry_has_focus (self) ? get_cursor (self) : G_MAXUINT;

  g_clear_handle_id (&self->mistakes_id, g_source_remove);
  if (cfoil_search_mistakes_show (self->entry, self->mistake_label, self->query, cursor, get_extra_mistake (self)))
    self->mistakes_id = g_timeout_add (PATIENCE_MS, mistakes_timeout_cb, self);
}

/* --- the text --- */

static void
text_edited (CfoilSearchBar *self)
{
  const char *text = gtk_editable_get_text (get_editable (self));
  g_autoptr (CfoilQuery) former = self->query;

  cfoil_search_completion_cancel (self->completion);
  self->query = cfoil_query_parse_with (text, self->vocabulary);
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY, *text != '\0' ? "edit-clear-symbolic" : NULL);
  /* Its term may be another one now. */
  if (!self->is_from_editor)
    gtk_popover_popdown (GTK_POPOVER (self->editor));
  update_chips (self);
  update_mistakes (self);
  if (!cfoil_query_equal (former, self->query))
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
complete_cb (gpointer user_data)
{
  CfoilSearchBar *self = user_data;

  self->completion_id = 0;
  if (entry_has_focus (self))
    cfoil_search_completion_update (self->completion, FALSE);
  return G_SOURCE_REMOVE;
}

/* Offers come when the cursor is where it will be. */
static void
queue_completion (CfoilSearchBar *self)
{
  if (self->completion_id == 0)
    self->completion_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, complete_cb, self, NULL);
}

static void
close_completion (CfoilSearchBar *self)
{
  g_clear_handle_id (&self->completion_id, g_source_remove);
  cfoil_search_completion_close (self->completion);
}

static void
entry_changed_cb (CfoilSearchBar *self)
{
  if (self->is_editing)
    return;
  text_edited (self);
  queue_completion (self);
}

/* Changes only what differs, so that the cursor stays and undo goes step by step. */
static void
rewrite (CfoilSearchBar *self,
         const char     *text)
{
  GtkEditable *editable = get_editable (self);
  g_autofree char *former = g_strdup (gtk_editable_get_text (editable));
  const char *old_end = former + strlen (former);
  const char *new_end = text + strlen (text);
  const char *old_start = former;
  const char *new_start = text;
  int position;

  if (strcmp (former, text) == 0)
    return;
  close_completion (self);
  for (; *old_start != '\0' && g_utf8_get_char (old_start) == g_utf8_get_char (new_start); old_start = g_utf8_next_char (old_start))
    new_start = g_utf8_next_char (new_start);
  while (old_end > old_start && new_end > new_start &&
         g_utf8_get_char (g_utf8_prev_char (old_end)) == g_utf8_get_char (g_utf8_prev_char (new_end)))
    {
      old_end = g_utf8_prev_char (old_end);
      new_end = g_utf8_prev_char (new_end);
    }

  position = (int) g_utf8_pointer_to_offset (former, old_start);
  self->is_editing = TRUE;
  gtk_editable_delete_text (editable, position, (int) g_utf8_pointer_to_offset (former, old_end));
  gtk_editable_insert_text (editable, new_start, (int) (new_end - new_start), &position);
  self->is_editing = FALSE;
  text_edited (self);
}

static gboolean
is_plain (const char *text,
          int         length)
{
  for (int i = 0; i < length; i++)
    if (g_ascii_iscntrl (text[i]))
      return FALSE;
  return TRUE;
}

/* What is inserted has one line and an end, however much was pasted. */
static void
insert_text_cb (CfoilSearchBar *self,
                const char     *text,
                int             length,
                int            *position,
                GtkEditable    *editable)
{
  g_autofree char *line = NULL;
  int n_bytes = length < 0 ? (int) strlen (text) : length;
  const char *room_end = text;
  guint room = CFOIL_QUERY_MAX_LENGTH - MIN (CFOIL_QUERY_MAX_LENGTH, (guint) strlen (gtk_editable_get_text (editable)));

  while (room_end < text + n_bytes && (guint) (g_utf8_next_char (room_end) - text) <= room)
    room_end = g_utf8_next_char (room_end);
  self->is_cut = room_end < text + n_bytes;
  if (!self->is_cut && is_plain (text, n_bytes))
    return;

  line = g_strndup (text, (gsize) (room_end - text));
  for (char *at = line; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  g_signal_handlers_block_by_func (editable, insert_text_cb, self);
  gtk_editable_insert_text (editable, line, -1, position);
  g_signal_handlers_unblock_by_func (editable, insert_text_cb, self);
  g_signal_stop_emission_by_name (editable, "insert-text");
  if (*line == '\0') /* which is no change */
    update_mistakes (self);
}

static void
delete_text_cb (CfoilSearchBar *self)
{
  self->is_cut = FALSE;
}

static void
icon_released_cb (CfoilSearchBar       *self,
                  GtkEntryIconPosition  icon)
{
  if (icon == GTK_ENTRY_ICON_SECONDARY)
    rewrite (self, "");
}

static void
cursor_moved_cb (CfoilSearchBar *self)
{
  if (self->is_editing)
    return;
  if (self->mistakes_id != 0)
    update_mistakes (self);
  if (gtk_widget_get_visible (GTK_WIDGET (self->completion)))
    queue_completion (self);
}

static void
focus_left_cb (CfoilSearchBar *self)
{
  if (self->completion == NULL) /* on the way out */
    return;
  close_completion (self);
  show_all_mistakes (self);
}

static void
accept_cb (CfoilSearchBar *self,
           guint           start,
           guint           end,
           const char     *offer)
{
  const char *text = gtk_editable_get_text (get_editable (self));
  g_autoptr (GString) changed = NULL;

  if (end < start || end > strlen (text))
    return;
  changed = g_string_new_len (text, start);
  g_string_append (changed, offer);
  g_string_append (changed, text + end);
  rewrite (self, changed->str);
  gtk_editable_set_position (get_editable (self), (int) g_utf8_strlen (changed->str, (gssize) (start + strlen (offer))));
  if (g_str_has_suffix (offer, ":"))
    queue_completion (self);
}

static void
preedit_cb (CfoilSearchBar *self,
            const char     *preedit)
{
  self->is_composing = preedit != NULL && *preedit != '\0';
}

/* --- chips --- */

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
  rewrite (self, text);
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
  const char *text = gtk_editable_get_text (get_editable (self));

  gtk_entry_grab_focus_without_selecting (self->entry);
  gtk_editable_select_region (get_editable (self), (int) g_utf8_pointer_to_offset (text, text + term->start),
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
  rewrite (self, text);
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
  if (gtk_widget_get_mapped (chip) && !entry_has_focus (self))
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

static void
update_chips (CfoilSearchBar *self)
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

/* --- keys --- */

static gboolean
escape (CfoilSearchBar *self)
{
  if (*gtk_editable_get_text (get_editable (self)) != '\0')
    rewrite (self, "");
  else
    g_signal_emit (self, signals[LEAVE], 0);
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                CfoilSearchBar        *self)
{
  if (self->is_composing)
    return GDK_EVENT_PROPAGATE;
  state &= gtk_accelerator_get_default_mod_mask ();
  if (state == GDK_CONTROL_MASK && (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space))
    {
      cfoil_search_completion_update (self->completion, TRUE);
      return GDK_EVENT_STOP;
    }
  if (state != 0)
    return GDK_EVENT_PROPAGATE;
  if (cfoil_search_completion_press (self->completion, keyval))
    return GDK_EVENT_STOP;
  switch (keyval)
    {
    case GDK_KEY_Escape:
      return escape (self);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      close_completion (self);
      show_all_mistakes (self);
      if (cfoil_query_get_n_mistakes (self->query) == 0)
        g_signal_emit (self, signals[ENTERED], 0);
      return GDK_EVENT_PROPAGATE;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* The question mark asks for help. */
static gboolean
is_letter (guint           keyval,
           GdkModifierType state)
{
  gunichar c = gdk_keyval_to_unicode (keyval);

  return keyval != GDK_KEY_question && c != 0 && g_unichar_isgraph (c) &&
         (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) == 0;
}

/* Keys of popovers and dialogs come by here, too. */
static gboolean
is_ours (CfoilSearchBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         (focus == NULL || gtk_widget_get_native (focus) == gtk_widget_get_native (GTK_WIDGET (self)));
}

static gboolean
capture_key_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                CfoilSearchBar        *self)
{
  GtkEditable *editable = get_editable (self);
  const char *text = gtk_editable_get_text (editable);
  int end;

  if (!is_letter (keyval, state) || !is_ours (self) || entry_has_focus (self))
    return GDK_EVENT_PROPAGATE;

  /* A new word, whatever stands there. */
  gtk_entry_grab_focus_without_selecting (self->entry);
  if (*text != '\0' && !g_str_has_suffix (text, " ") && !g_str_has_suffix (text, ":"))
    {
      g_autofree char *longer = g_strconcat (text, " ", NULL);

      rewrite (self, longer);
    }
  end = (int) g_utf8_strlen (gtk_editable_get_text (editable), -1);
  gtk_editable_set_position (editable, end);
  return gtk_event_controller_key_forward (controller, GTK_WIDGET (gtk_editable_get_delegate (editable)));
}

static void
drop_capture (CfoilSearchBar *self)
{
  if (self->captured != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->capture, self);
      gtk_widget_remove_controller (self->captured, self->capture);
    }
  g_clear_weak_pointer (&self->captured);
  self->capture = NULL;
}

/* --- GObject and GtkWidget --- */

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

  drop_capture (self);
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

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new ("entered", CFOIL_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", CFOIL_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CFOIL_TYPE_SEARCH_FLOW);
  g_type_ensure (CFOIL_TYPE_SEARCH_MENU);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-search-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, entry);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, add_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, mistake_label);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, chips);
  gtk_widget_class_bind_template_child (widget_class, CfoilSearchBar, notice_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, icon_released_cb);
  gtk_widget_class_bind_template_callback (widget_class, cursor_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, property_chosen_cb);
  gtk_widget_class_set_css_name (widget_class, "searchterms");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
cfoil_search_bar_init (CfoilSearchBar *self)
{
  GtkEditable *text;

  self->query = cfoil_query_parse (NULL);
  self->shown = g_ptr_array_new ();
  self->edited = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->completion = cfoil_search_completion_new (GTK_WIDGET (self), self->entry);
  g_signal_connect_object (self->completion, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_SWAPPED);
  self->editor = cfoil_search_editor_new (GTK_WIDGET (self));
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (editor_changed_cb), self, G_CONNECT_SWAPPED);
  /* What was typed last is still told by the editor itself when it closes. */
  g_signal_connect_object (self->editor, "closed", G_CALLBACK (editor_closed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  g_signal_connect_object (text, "insert-text", G_CALLBACK (insert_text_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "delete-text", G_CALLBACK (delete_text_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "preedit-changed", G_CALLBACK (preedit_cb), self, G_CONNECT_SWAPPED);
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

  return gtk_editable_get_text (get_editable (self));
}

void
cfoil_search_bar_set_text (CfoilSearchBar *self,
                           const char     *text)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (CFOIL_IS_SEARCH_BAR (self));

  valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  rewrite (self, valid);
  gtk_editable_set_position (get_editable (self), -1);
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
  rewrite (self, text);
  gtk_editable_set_position (get_editable (self), -1);
}

void
cfoil_search_bar_set_notice (CfoilSearchBar *self,
                             const char     *text)
{
  g_return_if_fail (CFOIL_IS_SEARCH_BAR (self));

  gtk_label_set_text (self->notice_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), text != NULL);
}

void
cfoil_search_bar_set_key_capture_widget (CfoilSearchBar *self,
                                         GtkWidget      *widget)
{
  g_return_if_fail (CFOIL_IS_SEARCH_BAR (self));
  g_return_if_fail (widget == NULL || GTK_IS_WIDGET (widget));

  drop_capture (self);
  if (widget == NULL)
    return;
  g_set_weak_pointer (&self->captured, widget);
  self->capture = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->capture, GTK_PHASE_BUBBLE);
  g_signal_connect (self->capture, "key-pressed", G_CALLBACK (capture_key_cb), self);
  gtk_widget_add_controller (widget, self->capture);
}
