/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-wire.h"

#include <string.h>
#include <zlib.h>

#define CHUNK 8192
#define BLOCK (1024 * 1024)
#define TICK_MS 50

/* Bytes on their way over a connection that was taken from the server. */
typedef struct {
  GIOStream *stream;
  GByteArray *bytes;
  gsize sent;
  gint64 rate;
  gboolean abrupt;
} Wire;

gboolean
cfoil_sim_wire_misbehaves (const CfoilSimFault *fault)
{
  return fault != NULL && (fault->kind == CFOIL_SIM_FAULT_DROP || fault->kind == CFOIL_SIM_FAULT_CUT ||
                           fault->kind == CFOIL_SIM_FAULT_CHUNK_END || fault->kind == CFOIL_SIM_FAULT_WRONG_LENGTH ||
                           fault->kind == CFOIL_SIM_FAULT_SLOW);
}

/* An abrupt end does not even say good-bye in TLS. */
static void
wire_close (Wire *wire)
{
  g_autoptr (GIOStream) base = NULL;

  if (wire->abrupt && G_IS_TLS_CONNECTION (wire->stream))
    g_object_get (wire->stream, "base-io-stream", &base, NULL);
  if (base != NULL)
    g_io_stream_close (base, NULL, NULL);
  g_io_stream_close_async (wire->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (wire->stream);
  g_byte_array_unref (wire->bytes);
  g_free (wire);
}

static void wire_next (Wire *wire);

static gboolean
on_tick (gpointer data)
{
  wire_next (data);
  return G_SOURCE_REMOVE;
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Wire *wire = data;
  gssize n = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, NULL);

  if (n < 0)
    {
      wire_close (wire);
      return;
    }
  wire->sent += (gsize) n;
  if (wire->rate > 0)
    g_timeout_add (TICK_MS, on_tick, wire);
  else
    wire_next (wire);
}

static void
wire_next (Wire *wire)
{
  gsize left = wire->bytes->len - wire->sent;
  gsize part = wire->rate > 0 ? MIN (left, (gsize) MAX (wire->rate * TICK_MS / 1000, 1)) : left;

  if (left == 0)
    wire_close (wire);
  else
    g_output_stream_write_async (g_io_stream_get_output_stream (wire->stream), wire->bytes->data + wire->sent, part,
                                 G_PRIORITY_DEFAULT, NULL, on_written, wire);
}

static void
append_header (const char *name,
               const char *value,
               gpointer    data)
{
  if (g_ascii_strcasecmp (name, "Content-Length") != 0 && g_ascii_strcasecmp (name, "Transfer-Encoding") != 0 &&
      g_ascii_strcasecmp (name, "Connection") != 0)
    g_string_append_printf (data, "%s: %s\r\n", name, value);
}

static GByteArray *
write_head (SoupServerMessage *message,
            gboolean           chunked,
            gsize              length)
{
  GString *head = g_string_new (NULL);
  guint status = soup_server_message_get_status (message);
  GByteArray *bytes = g_byte_array_new ();

  g_string_append_printf (head, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  soup_message_headers_foreach (soup_server_message_get_response_headers (message), append_header, head);
  if (chunked)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  else
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n", length);
  g_string_append (head, "Connection: close\r\n\r\n");
  g_byte_array_append (bytes, (const guint8 *) head->str, (guint) head->len);
  g_string_free (head, TRUE);
  return bytes;
}

/* Chunks that just stop, at a boundary, without the one that says "the end". */
static void
append_chunks (GByteArray *bytes,
               const char *text,
               gsize       length)
{
  for (gsize at = 0; at < length; at += CHUNK)
    {
      gsize part = MIN (CHUNK, length - at);
      g_autofree char *size = g_strdup_printf ("%zx\r\n", part);

      g_byte_array_append (bytes, (const guint8 *) size, (guint) strlen (size));
      g_byte_array_append (bytes, (const guint8 *) text + at, (guint) part);
      g_byte_array_append (bytes, (const guint8 *) "\r\n", 2);
    }
}

static gsize
cut_at (const CfoilSimFault *fault,
        gsize                length)
{
  return fault->bytes >= 0 ? MIN ((gsize) fault->bytes, length) : length / 2;
}

static GByteArray *
compose (SoupServerMessage   *message,
         const CfoilSimFault *fault,
         GBytes              *body)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  GByteArray *bytes;

  switch (fault->kind)
    {
    case CFOIL_SIM_FAULT_DROP:
      return g_byte_array_new ();
    case CFOIL_SIM_FAULT_CHUNK_END:
      bytes = write_head (message, TRUE, 0);
      append_chunks (bytes, text, cut_at (fault, length));
      return bytes;
    case CFOIL_SIM_FAULT_CUT:
      bytes = write_head (message, FALSE, length);
      g_byte_array_append (bytes, (const guint8 *) text, (guint) cut_at (fault, length));
      return bytes;
    case CFOIL_SIM_FAULT_WRONG_LENGTH:
      /* Announces less than it sends: the rest must not be taken for an answer. */
      bytes = write_head (message, FALSE, length - MIN (length, 17));
      break;
    default:
      bytes = write_head (message, FALSE, length);
      break;
    }
  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
  return bytes;
}

/* Takes the connection away from the server and writes what no decent server
 * would. */
void
cfoil_sim_wire_send (SoupServerMessage   *message,
                     const CfoilSimFault *fault,
                     GBytes              *body)
{
  Wire *wire = g_new0 (Wire, 1);

  g_object_ref (message);
  wire->bytes = compose (message, fault, body);
  wire->rate = fault->kind == CFOIL_SIM_FAULT_SLOW ? fault->bytes_per_second : 0;
  wire->abrupt = fault->kind == CFOIL_SIM_FAULT_DROP || fault->kind == CFOIL_SIM_FAULT_CUT;
  wire->stream = soup_server_message_steal_connection (message);
  g_object_unref (message);
  wire_next (wire);
}

/* A small body that is @blocks megabytes of spaces when it is unpacked.  After
 * a full flush the compressor starts afresh, so one block can be repeated. */
GBytes *
cfoil_sim_gzip_bomb (gsize blocks)
{
  g_autofree guint8 *plain = g_malloc (BLOCK);
  g_autofree guint8 *packed = g_malloc (BLOCK);
  GByteArray *bytes = g_byte_array_new ();
  z_stream stream = { 0 };
  uLong block_crc;
  uLong crc = crc32 (0, NULL, 0);
  guint32 trailer[2];
  gsize repeated;

  memset (plain, ' ', BLOCK);
  block_crc = crc32 (crc, plain, BLOCK);
  deflateInit2 (&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
  stream.next_in = plain;
  stream.avail_in = BLOCK;
  stream.next_out = packed;
  stream.avail_out = BLOCK;
  deflate (&stream, Z_FULL_FLUSH);
  repeated = BLOCK - stream.avail_out;
  g_byte_array_append (bytes, (const guint8 *) "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  for (gsize i = 0; i < blocks; i++)
    {
      g_byte_array_append (bytes, packed, (guint) repeated);
      crc = crc32_combine (crc, block_crc, BLOCK);
    }
  stream.next_out = packed;
  stream.avail_out = BLOCK;
  deflate (&stream, Z_FINISH);
  g_byte_array_append (bytes, packed, (guint) (BLOCK - stream.avail_out));
  deflateEnd (&stream);
  trailer[0] = GUINT32_TO_LE ((guint32) crc);
  trailer[1] = GUINT32_TO_LE ((guint32) (blocks * BLOCK));
  g_byte_array_append (bytes, (const guint8 *) trailer, sizeof trailer);
  return g_byte_array_free_to_bytes (bytes);
}
