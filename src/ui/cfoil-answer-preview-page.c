/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-preview-page.h"

#include <string.h>

#define N_CHANNELS 4

struct _CfoilAnswerPreviewPage
{
  GtkWidget parent_instance;

  cairo_surface_t *surface; /* (owned) (nullable): that the texture was made of */
  GdkTexture *texture;      /* (owned) (nullable) */
  char *label;              /* (owned) (nullable) */
  char *text;               /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CfoilAnswerPreviewPage, cfoil_answer_preview_page, GTK_TYPE_WIDGET)

/* The fourth byte of CAIRO_FORMAT_RGB24 says nothing; a texture reads it as opacity. */
static void
make_opaque (guchar *pixels,
             gsize   n_bytes)
{
  for (gsize i = 0; i < n_bytes; i += N_CHANNELS)
    pixels[i + (G_BYTE_ORDER == G_LITTLE_ENDIAN ? 3 : 0)] = 0xff;
}

GdkTexture *
cfoil_answer_preview_page_make_texture (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;
  guchar *pixels;

  if (width <= 0 || height <= 0)
    return NULL;
  cairo_surface_flush (surface);
  pixels = g_memdup2 (cairo_image_surface_get_data (surface), stride * (gsize) height);
  make_opaque (pixels, stride * (gsize) height);
  bytes = g_bytes_new_take (pixels, stride * (gsize) height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
cfoil_answer_preview_page_snapshot (GtkWidget   *widget,
                                    GtkSnapshot *snapshot)
{
  static const GdkRGBA paper = { 1, 1, 1, 1 };
  CfoilAnswerPreviewPage *self = CFOIL_ANSWER_PREVIEW_PAGE (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  gtk_snapshot_append_color (snapshot, &paper, &area);
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &area);
}

static void
cfoil_answer_preview_page_finalize (GObject *object)
{
  CfoilAnswerPreviewPage *self = CFOIL_ANSWER_PREVIEW_PAGE (object);

  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_object (&self->texture);
  g_free (self->label);
  g_free (self->text);

  G_OBJECT_CLASS (cfoil_answer_preview_page_parent_class)->finalize (object);
}

static void
cfoil_answer_preview_page_class_init (CfoilAnswerPreviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_preview_page_finalize;
  widget_class->snapshot = cfoil_answer_preview_page_snapshot;
  gtk_widget_class_set_css_name (widget_class, "packetpage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cfoil_answer_preview_page_init (CfoilAnswerPreviewPage *self)
{
}

CfoilAnswerPreviewPage *
cfoil_answer_preview_page_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_PREVIEW_PAGE, NULL);
}

void
cfoil_answer_preview_page_set_surface (CfoilAnswerPreviewPage *self,
                                       cairo_surface_t        *surface)
{
  g_return_if_fail (CFOIL_IS_ANSWER_PREVIEW_PAGE (self));

  if (surface == self->surface)
    return;
  g_clear_object (&self->texture);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  if (surface != NULL)
    {
      self->surface = cairo_surface_reference (surface);
      self->texture = cfoil_answer_preview_page_make_texture (surface);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cfoil_answer_preview_page_set_words (CfoilAnswerPreviewPage *self,
                                     const char             *label,
                                     const char             *text)
{
  g_return_if_fail (CFOIL_IS_ANSWER_PREVIEW_PAGE (self));

  if (g_strcmp0 (label, self->label) == 0 && g_strcmp0 (text, self->text) == 0)
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  g_free (self->text);
  self->text = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
}
