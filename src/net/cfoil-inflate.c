/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-inflate.h"

#include "cfoil-error.h"

#define BUFFER_SIZE (64 * 1024)

struct _CfoilInflate
{
  GConverter *converter; /* (owned) */
  CfoilSinkFunc sink;
  gpointer user_data;
  guint64 max_output;
  guint64 n_in;
  guint64 n_out;
  gboolean finished;
  guint8 buffer[BUFFER_SIZE];
};

CfoilInflate *
cfoil_inflate_new (guint64       max_output,
                   CfoilSinkFunc sink,
                   gpointer      user_data)
{
  CfoilInflate *self = g_new0 (CfoilInflate, 1);

  self->converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  self->sink = sink;
  self->user_data = user_data;
  self->max_output = max_output;

  return self;
}

void
cfoil_inflate_free (CfoilInflate *self)
{
  g_object_unref (self->converter);
  g_free (self);
}

static gboolean
check_size (CfoilInflate *self,
            GError      **error)
{
  gboolean bomb = self->n_out > CFOIL_INFLATE_RATIO_FREE && self->n_out / CFOIL_INFLATE_MAX_RATIO > self->n_in;

  if (self->n_out <= self->max_output && !bomb)
    return TRUE;

  g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TOO_LARGE,
               "A compressed answer grew to more than %" G_GUINT64_FORMAT " bytes", self->n_out);
  return FALSE;
}

static void
set_broken (GError **error)
{
  g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED,
                       "An answer that is said to be compressed is not, or is damaged");
}

/* One call of the converter.  *AGAIN: it filled the buffer, so it may have more. */
static gboolean
convert (CfoilInflate *self,
         const guint8 *bytes,
         gsize         length,
         gsize        *n_read,
         gboolean     *again,
         GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize n_written = 0;
  GConverterResult result;

  *n_read = 0;
  *again = FALSE;
  result = g_converter_convert (self->converter, bytes, length, self->buffer, BUFFER_SIZE,
                                G_CONVERTER_NO_FLAGS, n_read, &n_written, &local_error);
  if (result == G_CONVERTER_ERROR)
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && length == 0)
        return TRUE;
      set_broken (error);
      return FALSE;
    }

  self->n_out += n_written;
  self->finished = result == G_CONVERTER_FINISHED;
  *again = !self->finished && n_written == BUFFER_SIZE;
  if (!check_size (self, error))
    return FALSE;
  return n_written == 0 || self->sink (self->buffer, n_written, self->user_data, error);
}

gboolean
cfoil_inflate_push (CfoilInflate *self,
                    const guint8 *bytes,
                    gsize         length,
                    GError      **error)
{
  gboolean again = length > 0;

  self->n_in += length;
  while (length > 0 || again)
    {
      gsize n_read;

      /* A second member, or anything else behind the trailer. */
      if (self->finished)
        {
          set_broken (error);
          return FALSE;
        }
      if (!convert (self, bytes, length, &n_read, &again, error))
        return FALSE;
      bytes += n_read;
      length -= n_read;
      if (self->finished && length == 0)
        break;
    }

  return TRUE;
}

gboolean
cfoil_inflate_finish (CfoilInflate *self,
                      GError      **error)
{
  if (self->finished)
    return TRUE;

  g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_INCOMPLETE, "A compressed answer was cut off");
  return FALSE;
}
