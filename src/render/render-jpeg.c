/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render.h"

#include <string.h>

/* A JPEG without what its pixels do not need: a camera writes where and when it was, whose it is,
 * and a smaller picture of what was cut away since.  None of that is for a bank. */

enum
{
  MARKER_TEM = 0x01,
  MARKER_RST0 = 0xd0,
  MARKER_SOI = 0xd8,
  MARKER_EOI = 0xd9,
  MARKER_SOS = 0xda,
  MARKER_APP0 = 0xe0,
  MARKER_APP2 = 0xe2,
  MARKER_APP14 = 0xee,
  MARKER_APP15 = 0xef,
  MARKER_COM = 0xfe,
};

static gboolean
begins_with (const guchar *body,
             gsize         size,
             const char   *name,
             gsize         length)
{
  return size >= length && memcmp (body, name, length) == 0;
}

/* Whether the segment says how the pixels are to be read. */
static gboolean
is_needed (guint         marker,
           const guchar *body,
           gsize         size)
{
  switch (marker)
    {
    case MARKER_APP0:
      return begins_with (body, size, "JFIF", 5);
    case MARKER_APP2:
      return begins_with (body, size, "ICC_PROFILE", 12);
    case MARKER_APP14:
      return begins_with (body, size, "Adobe", 5);
    default:
      return marker != MARKER_COM && (marker < MARKER_APP0 || marker > MARKER_APP15);
    }
}

/* Where the coded pixels that begin at AT end: at the next marker that is not one of theirs. */
static gsize
skip_coded (const guchar *bytes,
            gsize         length,
            gsize         at)
{
  while (at + 1 < length &&
         (bytes[at] != 0xff || bytes[at + 1] == 0 || bytes[at + 1] == 0xff || (bytes[at + 1] & 0xf8) == MARKER_RST0))
    at++;
  return at + 1 < length ? at : length;
}

GBytes *
render_image_strip (const guchar *bytes,
                    gsize         length)
{
  g_autoptr (GByteArray) clean = NULL;
  gsize at = 2;
  gboolean has_pixels = FALSE;

  if (length < 4 || bytes[0] != 0xff || bytes[1] != MARKER_SOI)
    return NULL;
  clean = g_byte_array_sized_new (length);
  g_byte_array_append (clean, bytes, 2);
  while (at + 1 < length && bytes[at] == 0xff)
    {
      guint marker = bytes[at + 1];
      gsize end = at + 2;

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker == MARKER_EOI)
        {
          /* What follows is of the camera, too: more pictures, films. */
          g_byte_array_append (clean, bytes + at, 2);
          return g_byte_array_free_to_bytes (g_steal_pointer (&clean));
        }
      if (marker <= MARKER_TEM || (marker >= MARKER_RST0 && marker <= MARKER_SOI) || at + 4 > length)
        return NULL;
      end += (gsize) bytes[at + 2] << 8 | bytes[at + 3];
      if (end < at + 4 || end > length)
        return NULL;
      if (is_needed (marker, bytes + at + 4, end - at - 4))
        {
          if (marker == MARKER_SOS)
            end = skip_coded (bytes, length, end);
          g_byte_array_append (clean, bytes + at, end - at);
          has_pixels = has_pixels || marker == MARKER_SOS;
        }
      at = end;
    }
  /* Images in PDFs come without an end. */
  return has_pixels && at == length ? g_byte_array_free_to_bytes (g_steal_pointer (&clean)) : NULL;
}
