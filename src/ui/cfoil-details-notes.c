/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-notes.h"

#include "cfoil-details-tags.h"
#include "cfoil-error.h"
#include "cfoil-time.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define SAVE_AFTER_MS 1000

struct _CfoilDetailsNotes
{
  AdwBin parent_instance;

  GtkSwitch *reviewed;
  AdwActionRow *reviewed_row;
  CfoilDetailsTags *tags;
  GtkTextView *view;
  GtkWidget *placeholder;
  GtkWidget *status_box;
  GtkLabel *status;
  GtkWidget *retry_button;

  CfoilAnnotationSaver *saver; /* (owned) (nullable) */
  gulong saver_id;
  GTimeZone *zone; /* (owned) (nullable) */
  gint64 txn_id;   /* 0: nothing is shown */
  CfoilAnnotation *said; /* (owned): as it was read or put last */
  char *first_note;      /* (owned): before it was typed at, for undo */
  guint save_id;         /* something typed is not put as yet */
  gboolean is_loading;
};

/* What an undo brings back. */
typedef struct
{
  CfoilAnnotationSaver *saver; /* (owned) */
  gint64 txn_id;
  CfoilAnnotationParts part;
  CfoilAnnotation *before; /* (owned) */
} Undo;

G_DEFINE_FINAL_TYPE (CfoilDetailsNotes, cfoil_details_notes, ADW_TYPE_BIN)

/* --- undo --- */

/* Only that part: the others may have been changed since. */
static void
undo_cb (gpointer user_data)
{
  Undo *undo = user_data;

  cfoil_annotation_saver_put (undo->saver, undo->txn_id, undo->before, undo->part);
}

static void
undo_free (gpointer user_data)
{
  Undo *undo = user_data;

  g_object_unref (undo->saver);
  cfoil_annotation_free (undo->before);
  g_free (undo);
}

static void
offer_undo (CfoilDetailsNotes     *self,
            const char            *text,
            CfoilAnnotationParts   part,
            const CfoilAnnotation *before)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->saver = g_object_ref (self->saver);
  undo->txn_id = self->txn_id;
  undo->part = part;
  undo->before = cfoil_annotation_copy (before);
  cfoil_toast_show_undo (GTK_WIDGET (self), text, undo_cb, undo, undo_free);
}

/* --- putting --- */

static char *
dup_text (CfoilDetailsNotes *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
put (CfoilDetailsNotes   *self,
     CfoilAnnotationParts part)
{
  if (self->saver != NULL && self->txn_id != 0)
    cfoil_annotation_saver_put (self->saver, self->txn_id, self->said, part);
}

static void
put_note (CfoilDetailsNotes *self)
{
  g_autofree char *text = dup_text (self);

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (g_str_equal (text, self->said->note))
    return;
  g_free (self->said->note);
  self->said->note = g_steal_pointer (&text);
  put (self, CFOIL_ANNOTATION_NOTE);
}

/* One undo for all that was typed in one go. */
static void
end_typing (CfoilDetailsNotes *self)
{
  g_autoptr (CfoilAnnotation) before = NULL;

  if (self->txn_id == 0 || self->saver == NULL)
    return;
  put_note (self);
  if (g_strcmp0 (self->first_note, self->said->note) == 0)
    return;
  before = cfoil_annotation_new ();
  g_free (before->note);
  before->note = g_steal_pointer (&self->first_note);
  self->first_note = g_strdup (self->said->note);
  if (cfoil_annotation_saver_get_state (self->saver, self->txn_id, NULL) != CFOIL_SAVER_FAILED)
    offer_undo (self, *self->said->note != '\0' ? _("Note saved") : _("Note removed"), CFOIL_ANNOTATION_NOTE, before);
}

static gboolean
save_cb (gpointer user_data)
{
  CfoilDetailsNotes *self = user_data;

  self->save_id = 0;
  put_note (self);
  return G_SOURCE_REMOVE;
}

static void
update_status (CfoilDetailsNotes *self)
{
  const GError *error = NULL;
  CfoilSaverState state = CFOIL_SAVER_NOTHING;
  g_autofree char *text = NULL;

  if (self->saver != NULL)
    state = cfoil_annotation_saver_get_state (self->saver, self->txn_id, &error);
  if (state == CFOIL_SAVER_FAILED && g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT))
    /* Translators: %d is a large number. */
    text = g_strdup_printf (_("Not saved: a note has at most %d characters."), CFOIL_NOTE_MAX_LENGTH);
  else if (state == CFOIL_SAVER_FAILED)
    /* Translators: %s is a sentence: what to do about it. */
    text = g_strdup_printf (_("Not saved. %s"), cfoil_words_error (error));
  else if (self->save_id != 0 || state == CFOIL_SAVER_SAVING)
    text = g_strdup (_("Saving…"));
  else if (state == CFOIL_SAVER_SAVED)
    text = g_strdup (_("Saved"));
  gtk_label_set_text (self->status, text != NULL ? text : "");
  gtk_widget_set_visible (self->status_box, text != NULL);
  gtk_widget_set_visible (self->retry_button, state == CFOIL_SAVER_FAILED);
  if (state == CFOIL_SAVER_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

static void
typed_cb (CfoilDetailsNotes *self)
{
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->view)) == 0);
  if (self->is_loading)
    return;
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
  update_status (self);
}

static void
retry_cb (CfoilDetailsNotes *self)
{
  put_note (self);
  if (self->saver != NULL)
    cfoil_annotation_saver_retry (self->saver);
}

static void
update_reviewed (CfoilDetailsNotes *self)
{
  g_autofree char *time = NULL;

  if (self->said->reviewed_us != CFOIL_UNKNOWN && self->zone != NULL)
    time = cfoil_words_date_time (self->said->reviewed_us, self->zone);
  adw_action_row_set_subtitle (self->reviewed_row, time != NULL ? time : "");
}

static void
reviewed_cb (CfoilDetailsNotes *self)
{
  gboolean is_reviewed = gtk_switch_get_active (self->reviewed);
  g_autoptr (CfoilAnnotation) before = NULL;

  if (self->is_loading || self->saver == NULL || self->txn_id == 0 || is_reviewed == (self->said->reviewed_us != CFOIL_UNKNOWN))
    return;
  before = cfoil_annotation_copy (self->said);
  self->said->reviewed_us = is_reviewed ? cfoil_time_now_us () : CFOIL_UNKNOWN;
  update_reviewed (self);
  put (self, CFOIL_ANNOTATION_REVIEWED);
  offer_undo (self, is_reviewed ? _("Marked as reviewed") : _("No longer marked as reviewed"), CFOIL_ANNOTATION_REVIEWED, before);
}

static void
tags_cb (CfoilDetailsNotes *self)
{
  char **tags = cfoil_details_tags_get_tags (self->tags);
  guint n_before = g_strv_length (self->said->tags);
  g_autoptr (CfoilAnnotation) before = NULL;
  guint n = g_strv_length (tags);

  if (self->is_loading || self->saver == NULL || self->txn_id == 0)
    return;
  before = cfoil_annotation_copy (self->said);
  g_strfreev (self->said->tags);
  self->said->tags = g_strdupv (tags);
  put (self, CFOIL_ANNOTATION_TAGS);
  offer_undo (self, n < n_before ? _("Tag removed") : ngettext ("Tag added", "Tags added", n - n_before), CFOIL_ANNOTATION_TAGS, before);
}

/* --- showing --- */

static void
set_note (CfoilDetailsNotes *self,
          const char        *note)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autofree char *text = dup_text (self);

  if (g_str_equal (text, note))
    return;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, note, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
}

static void
load (CfoilDetailsNotes     *self,
      const CfoilAnnotation *annotation)
{
  CfoilAnnotation *said = cfoil_annotation_copy (annotation);

  self->is_loading = TRUE;
  cfoil_annotation_free (self->said);
  self->said = said;
  if (self->save_id == 0)
    {
      set_note (self, said->note);
      g_free (self->first_note);
      self->first_note = g_strdup (said->note);
    }
  cfoil_details_tags_set_tags (self->tags, said->tags);
  gtk_switch_set_active (self->reviewed, said->reviewed_us != CFOIL_UNKNOWN);
  update_reviewed (self);
  self->is_loading = FALSE;
}

static gboolean
is_said_so (const CfoilAnnotation *a,
            const CfoilAnnotation *b)
{
  return g_str_equal (a->note, b->note) && g_strv_equal ((const char *const *) a->tags, (const char *const *) b->tags) &&
         a->reviewed_us == b->reviewed_us;
}

static void
saver_cb (CfoilDetailsNotes *self,
          gint64             txn_id)
{
  g_autoptr (CfoilAnnotation) said = NULL;

  if (txn_id != self->txn_id)
    return;
  /* An undo, say. */
  said = cfoil_annotation_copy (self->said);
  cfoil_annotation_saver_overlay (self->saver, txn_id, G_MAXUINT, said);
  if (!is_said_so (said, self->said))
    load (self, said);
  update_status (self);
}

static void
focus_left_cb (CfoilDetailsNotes *self)
{
  end_typing (self);
  update_status (self);
}

/* --- GObject --- */

static void
cfoil_details_notes_dispose (GObject *object)
{
  CfoilDetailsNotes *self = CFOIL_DETAILS_NOTES (object);

  if (self->view != NULL)
    cfoil_details_notes_set_saver (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_DETAILS_NOTES);

  G_OBJECT_CLASS (cfoil_details_notes_parent_class)->dispose (object);
}

static void
cfoil_details_notes_finalize (GObject *object)
{
  CfoilDetailsNotes *self = CFOIL_DETAILS_NOTES (object);

  cfoil_annotation_free (self->said);
  g_free (self->first_note);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (cfoil_details_notes_parent_class)->finalize (object);
}

static void
cfoil_details_notes_class_init (CfoilDetailsNotesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_details_notes_dispose;
  object_class->finalize = cfoil_details_notes_finalize;

  g_type_ensure (CFOIL_TYPE_DETAILS_TAGS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-details-notes.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsNotes, reviewed);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsNotes, reviewed_row);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsNotes, tags);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsNotes, view);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsNotes, placeholder);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsNotes, status_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsNotes, status);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsNotes, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, reviewed_cb);
  gtk_widget_class_bind_template_callback (widget_class, tags_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
cfoil_details_notes_init (CfoilDetailsNotes *self)
{
  self->said = cfoil_annotation_new ();
  self->first_note = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

/* --- public --- */

void
cfoil_details_notes_set_saver (CfoilDetailsNotes    *self,
                               CfoilAnnotationSaver *saver)
{
  g_autoptr (CfoilAnnotation) nothing = cfoil_annotation_new ();

  g_return_if_fail (CFOIL_IS_DETAILS_NOTES (self));

  if (self->saver == saver)
    return;
  cfoil_details_notes_flush (self);
  if (self->saver != NULL)
    g_clear_signal_handler (&self->saver_id, self->saver);
  g_set_object (&self->saver, saver);
  self->txn_id = 0;
  load (self, nothing);
  if (saver != NULL)
    self->saver_id = g_signal_connect_swapped (saver, "changed", G_CALLBACK (saver_cb), self);
  update_status (self);
}

void
cfoil_details_notes_set_time_zone (CfoilDetailsNotes *self,
                                   GTimeZone         *zone)
{
  g_return_if_fail (CFOIL_IS_DETAILS_NOTES (self));

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  update_reviewed (self);
}

void
cfoil_details_notes_show (CfoilDetailsNotes     *self,
                          gint64                 txn_id,
                          const CfoilAnnotation *annotation)
{
  g_return_if_fail (CFOIL_IS_DETAILS_NOTES (self));
  g_return_if_fail (annotation != NULL);

  if (self->saver == NULL)
    return;
  if (txn_id != self->txn_id)
    cfoil_details_notes_flush (self);
  if (txn_id != self->txn_id || !is_said_so (annotation, self->said))
    {
      self->txn_id = txn_id;
      load (self, annotation);
    }
  update_status (self);
}

void
cfoil_details_notes_flush (CfoilDetailsNotes *self)
{
  g_return_if_fail (CFOIL_IS_DETAILS_NOTES (self));

  cfoil_details_tags_flush (self->tags);
  end_typing (self);
  g_clear_handle_id (&self->save_id, g_source_remove);
}
