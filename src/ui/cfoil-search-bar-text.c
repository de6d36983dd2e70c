/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-bar-private.h"

#include "cfoil-search-mistakes.h"

#include <glib/gi18n.h>
#include <string.h>

/* So long a mistake may still be something that is being typed. */
#define PATIENCE_MS 800

GtkEditable *
cfoil_search_bar_get_editable (CfoilSearchBar *self)
{
  return GTK_EDITABLE (self->entry);
}

/* In bytes. */
static guint
get_cursor (CfoilSearchBar *self)
{
  const char *text = gtk_editable_get_text (cfoil_search_bar_get_editable (self));

  return (guint) (g_utf8_offset_to_pointer (text, gtk_editable_get_position (cfoil_search_bar_get_editable (self))) - text);
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

void
cfoil_search_bar_show_all_mistakes (CfoilSearchBar *self)
{
  g_clear_handle_id (&self->mistakes_id, g_source_remove);
  cfoil_search_mistakes_show (self->entry, self->mistake_label, self->query, G_MAXUINT, get_extra_mistake (self));
}

gboolean
cfoil_search_bar_has_focus (CfoilSearchBar *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
update_mistakes (CfoilSearchBar *self)
{
  guint cursor = cfoil_search_bar_has_focus (self) ? get_cursor (self) : G_MAXUINT;

  g_clear_handle_id (&self->mistakes_id, g_source_remove);
  if (cfoil_search_mistakes_show (self->entry, self->mistake_label, self->query, cursor, get_extra_mistake (self)))
    self->mistakes_id = g_timeout_add (PATIENCE_MS, mistakes_timeout_cb, self);
}

/* --- the text --- */

static void
text_edited (CfoilSearchBar *self)
{
  const char *text = gtk_editable_get_text (cfoil_search_bar_get_editable (self));
  g_autoptr (CfoilQuery) former = self->query;

  cfoil_search_completion_cancel (self->completion);
  self->query = cfoil_query_parse_with (text, self->vocabulary);
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY, *text != '\0' ? "edit-clear-symbolic" : NULL);
  /* Its term may be another one now. */
  if (!self->is_from_editor)
    gtk_popover_popdown (GTK_POPOVER (self->editor));
  cfoil_search_bar_update_chips (self);
  update_mistakes (self);
  if (!cfoil_query_equal (former, self->query))
    g_signal_emit_by_name (self, "changed");
}

static gboolean
complete_cb (gpointer user_data)
{
  CfoilSearchBar *self = user_data;

  self->completion_id = 0;
  if (cfoil_search_bar_has_focus (self))
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

void
cfoil_search_bar_close_completion (CfoilSearchBar *self)
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

void
cfoil_search_bar_rewrite (CfoilSearchBar *self,
                          const char     *text)
{
  GtkEditable *editable = cfoil_search_bar_get_editable (self);
  g_autofree char *former = g_strdup (gtk_editable_get_text (editable));
  const char *old_end = former + strlen (former);
  const char *new_end = text + strlen (text);
  const char *old_start = former;
  const char *new_start = text;
  int position;

  if (strcmp (former, text) == 0)
    return;
  cfoil_search_bar_close_completion (self);
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
    cfoil_search_bar_rewrite (self, "");
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
  cfoil_search_bar_close_completion (self);
  cfoil_search_bar_show_all_mistakes (self);
}

static void
accept_cb (CfoilSearchBar *self,
           guint           start,
           guint           end,
           const char     *offer)
{
  const char *text = gtk_editable_get_text (cfoil_search_bar_get_editable (self));
  g_autoptr (GString) changed = NULL;

  if (end < start || end > strlen (text))
    return;
  changed = g_string_new_len (text, start);
  g_string_append (changed, offer);
  g_string_append (changed, text + end);
  cfoil_search_bar_rewrite (self, changed->str);
  gtk_editable_set_position (cfoil_search_bar_get_editable (self), (int) g_utf8_strlen (changed->str, (gssize) (start + strlen (offer))));
  if (g_str_has_suffix (offer, ":"))
    queue_completion (self);
}

static void
preedit_cb (CfoilSearchBar *self,
            const char     *preedit)
{
  self->is_composing = preedit != NULL && *preedit != '\0';
}

void
cfoil_search_bar_connect_text (CfoilSearchBar *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));

  g_signal_connect_object (self->completion, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "insert-text", G_CALLBACK (insert_text_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "delete-text", G_CALLBACK (delete_text_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "preedit-changed", G_CALLBACK (preedit_cb), self, G_CONNECT_SWAPPED);
}

void
cfoil_search_bar_bind_text (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, icon_released_cb);
  gtk_widget_class_bind_template_callback (widget_class, cursor_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
}
