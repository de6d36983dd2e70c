/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exhibit-thumbs.h"

#include "cfoil-answer-preview-page.h"
#include "cfoil-renderer.h"

/* Twice what is shown, for dense screens. */
#define WIDTH 112

struct _CfoilExhibitThumbs
{
  GObject parent_instance;

  GHashTable *pictures; /* (owned): sha256 to GdkTexture; NULL: asked for, or there is none */
  GQueue waiting;       /* (element-type CfoilPacketFile) */
  GCancellable *cancellable; /* (owned) */
  gboolean is_drawing;
};

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void draw_next (CfoilExhibitThumbs *self);

G_DEFINE_FINAL_TYPE (CfoilExhibitThumbs, cfoil_exhibit_thumbs, G_TYPE_OBJECT)

static void
clear_picture (gpointer picture)
{
  if (picture != NULL)
    g_object_unref (picture);
}

/* --- drawing --- */

static void
draw_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const CfoilPacketFile *file = task_data;
  GError *error = NULL;
  cairo_surface_t *surface = cfoil_renderer_draw_sync (file->path, file->file_type, 0, WIDTH, cancellable, &error);

  if (surface != NULL)
    g_task_return_pointer (task, surface, (GDestroyNotify) cairo_surface_destroy);
  else
    g_task_return_error (task, error);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  CfoilExhibitThumbs *self = CFOIL_EXHIBIT_THUMBS (source);
  const CfoilPacketFile *file = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = g_task_propagate_pointer (G_TASK (result), &error);

  self->is_drawing = FALSE;
  if (surface != NULL)
    {
      g_hash_table_insert (self->pictures, g_strdup (file->sha256), cfoil_answer_preview_page_make_texture (surface));
      cairo_surface_destroy (surface);
      g_signal_emit (self, signals[READY], 0, file->sha256);
    }
  else
    g_debug ("No small picture: %s", error->message);
  draw_next (self);
}

static void
draw_next (CfoilExhibitThumbs *self)
{
  g_autoptr (GTask) task = NULL;
  CfoilPacketFile *file;

  if (self->is_drawing || g_cancellable_is_cancelled (self->cancellable))
    return;
  file = g_queue_pop_tail (&self->waiting);
  if (file == NULL)
    return;
  self->is_drawing = TRUE;
  task = g_task_new (self, self->cancellable, drawn_cb, NULL);
  g_task_set_source_tag (task, draw_next);
  g_task_set_task_data (task, file, (GDestroyNotify) cfoil_packet_file_free);
  g_task_run_in_thread (task, draw_in_thread);
}

/* --- GObject --- */

static void
cfoil_exhibit_thumbs_finalize (GObject *object)
{
  CfoilExhibitThumbs *self = CFOIL_EXHIBIT_THUMBS (object);

  g_queue_clear_full (&self->waiting, (GDestroyNotify) cfoil_packet_file_free);
  g_hash_table_unref (self->pictures);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (cfoil_exhibit_thumbs_parent_class)->finalize (object);
}

static void
cfoil_exhibit_thumbs_class_init (CfoilExhibitThumbsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_exhibit_thumbs_finalize;
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cfoil_exhibit_thumbs_init (CfoilExhibitThumbs *self)
{
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, clear_picture);
  g_queue_init (&self->waiting);
  self->cancellable = g_cancellable_new ();
}

CfoilExhibitThumbs *
cfoil_exhibit_thumbs_new (void)
{
  return g_object_new (CFOIL_TYPE_EXHIBIT_THUMBS, NULL);
}

void
cfoil_exhibit_thumbs_close (CfoilExhibitThumbs *self)
{
  g_return_if_fail (CFOIL_IS_EXHIBIT_THUMBS (self));

  g_cancellable_cancel (self->cancellable);
}

GdkPaintable *
cfoil_exhibit_thumbs_get (CfoilExhibitThumbs    *self,
                          const CfoilPacketFile *file)
{
  gpointer picture = NULL;

  g_return_val_if_fail (CFOIL_IS_EXHIBIT_THUMBS (self), NULL);

  if (file == NULL || file->problem != NULL || file->path == NULL)
    return NULL;
  if (g_hash_table_lookup_extended (self->pictures, file->sha256, NULL, &picture))
    return picture;
  g_hash_table_insert (self->pictures, g_strdup (file->sha256), NULL);
  g_queue_push_tail (&self->waiting, cfoil_packet_file_copy (file));
  draw_next (self);
  return NULL;
}
