/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-packet.h"

struct _CfoilPacketLayout
{
  int ref_count;
};

G_DEFINE_BOXED_TYPE (CfoilPacketLayout, cfoil_packet_layout, cfoil_packet_layout_ref, cfoil_packet_layout_unref)

CfoilPacketFile *
cfoil_packet_file_copy (const CfoilPacketFile *self)
{
  CfoilPacketFile *copy = g_memdup2 (self, sizeof *self);

  copy->sha256 = g_strdup (self->sha256);
  copy->path = g_strdup (self->path);
  copy->file_type = g_strdup (self->file_type);
  copy->problem = g_strdup (self->problem);
  return copy;
}

void
cfoil_packet_file_free (CfoilPacketFile *self)
{
  if (self == NULL)
    return;
  g_free (self->sha256);
  g_free (self->path);
  g_free (self->file_type);
  g_free (self->problem);
  g_free (self);
}

CfoilPacketLayout *
cfoil_packet_layout_new (const CfoilDraft  *draft,
                         const CfoilLetter *letter,
                         GPtrArray         *files,
                         guint              image_level)
{
  CfoilPacketLayout *self = g_new0 (CfoilPacketLayout, 1);

  self->ref_count = 1;
  return self;
}

CfoilPacketLayout *
cfoil_packet_layout_ref (CfoilPacketLayout *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
cfoil_packet_layout_unref (CfoilPacketLayout *self)
{
  if (g_atomic_int_dec_and_test (&self->ref_count))
    g_free (self);
}

guint
cfoil_packet_layout_get_n_pages (const CfoilPacketLayout *self)
{
  return 0;
}

const CfoilPacketPage *
cfoil_packet_layout_get_page (const CfoilPacketLayout *self,
                              guint                    page)
{
  return NULL;
}

void
cfoil_packet_layout_get_size (const CfoilPacketLayout *self,
                              double                  *width,
                              double                  *height)
{
  *width = 595;
  *height = 842;
}

guint
cfoil_packet_layout_get_n_unknown_glyphs (const CfoilPacketLayout *self)
{
  return 0;
}

int
cfoil_packet_layout_find_sentence (const CfoilPacketLayout *self,
                                   const char              *sentence_id)
{
  return -1;
}

void
cfoil_packet_layout_paint (const CfoilPacketLayout *self,
                           guint                    page,
                           cairo_t                 *cr,
                           CfoilForeignFunc         foreign,
                           gpointer                 user_data)
{
}

void
cfoil_packet_result_free (CfoilPacketResult *result)
{
  g_free (result);
}

CfoilPacketResult *
cfoil_packet_build_sync (const CfoilDraft       *draft,
                         const CfoilLetter      *letter,
                         GPtrArray              *files,
                         gint64                  max_bytes,
                         const char             *path,
                         CfoilPacketProgressFunc progress,
                         gpointer                user_data,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "A packet cannot be made as yet");
  return NULL;
}
