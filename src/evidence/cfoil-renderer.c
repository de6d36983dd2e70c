/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-renderer.h"

void
cfoil_inspection_free (CfoilInspection *self)
{
  if (self == NULL)
    return;
  g_free (self->problem);
  g_free (self->card_pages);
  g_free (self);
}

char *
cfoil_renderer_find (void)
{
  return g_strdup (g_getenv ("COUNTERFOIL_RENDER"));
}

CfoilInspection *
cfoil_renderer_inspect_sync (const char   *path,
                             const char   *file_type,
                             GCancellable *cancellable,
                             GError      **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Files cannot be inspected as yet");
  return NULL;
}

char *
cfoil_inspection_to_json (const CfoilInspection *self)
{
  return g_strdup ("{}");
}

CfoilInspection *
cfoil_inspection_from_json (const char *json)
{
  return g_new0 (CfoilInspection, 1);
}

cairo_surface_t *
cfoil_renderer_draw_sync (const char   *path,
                          const char   *file_type,
                          guint         page,
                          guint         width,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Files cannot be drawn as yet");
  return NULL;
}

char *
cfoil_renderer_dup_text_sync (const char   *path,
                              const char   *file_type,
                              gsize         max,
                              GCancellable *cancellable,
                              GError      **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Files cannot be read as yet");
  return NULL;
}

guint
cfoil_count_card_numbers (const char *text)
{
  return 0;
}
