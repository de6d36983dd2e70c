/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "faulty-server.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

struct _FaultyServer
{
  GSocketService *service;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GTlsCertificate *certificate; /* (nullable) */
  guint16 port;
  GMutex mutex;
  guint n_requests;
  char *last_request;
  int stopping; /* (atomic) */
};

typedef struct
{
  FaultyServer *server;
  GSocket *socket;
  GOutputStream *out;
  const char *path;
} Peer;

static gboolean
send_bytes (Peer       *peer,
            const void *bytes,
            gsize       length)
{
  return g_output_stream_write_all (peer->out, bytes, length, NULL, NULL, NULL)
         && g_output_stream_flush (peer->out, NULL, NULL);
}

static gboolean
send_text (Peer       *peer,
           const char *text)
{
  return send_bytes (peer, text, strlen (text));
}

static void
send_headed (Peer       *peer,
             const char *headers,
             const void *body,
             gsize       length)
{
  g_autofree char *head = g_strdup_printf (OK_HEAD "%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", headers, length);

  send_text (peer, head);
  send_bytes (peer, body, length);
}

/* Sleeps in short naps so that stopping the server does not wait for it. */
static gboolean
nap (Peer *peer,
     guint ms)
{
  for (guint i = 0; i < ms / 10; i++)
    {
      if (g_atomic_int_get (&peer->server->stopping))
        return FALSE;
      g_usleep (10 * 1000);
    }
  return TRUE;
}

static GByteArray *
gzip (const void *bytes,
      gsize       length)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);
  GByteArray *array = g_byte_array_new ();

  g_assert_true (g_output_stream_write_all (stream, bytes, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  g_byte_array_append (array, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                       g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
  return array;
}

static void
serve_gzip (Peer *peer)
{
  gboolean is_bomb = g_str_has_prefix (peer->path, "/bomb");
  gsize length = is_bomb ? 8 * 1024 * 1024 : strlen (FAULTY_BODY);
  g_autofree char *body = is_bomb ? g_malloc0 (length) : g_strdup (FAULTY_BODY);
  g_autoptr (GByteArray) packed = gzip (body, length);

  if (g_str_has_prefix (peer->path, "/cutgzip"))
    g_byte_array_set_size (packed, packed->len - 6);
  else if (g_str_has_prefix (peer->path, "/junkgzip"))
    g_byte_array_append (packed, (const guint8 *) "junk", 4);
  else if (g_str_has_prefix (peer->path, "/twogzip"))
    {
      g_autofree guint8 *copy = g_memdup2 (packed->data, packed->len);

      g_byte_array_append (packed, copy, packed->len);
    }
  else if (g_str_has_prefix (peer->path, "/crcgzip"))
    packed->data[packed->len - 6] ^= 0x55;

  send_headed (peer, "Content-Encoding: gzip\r\n", packed->data, packed->len);
}

static void
serve_headers (Peer *peer)
{
  g_autoptr (GString) head = g_string_new (OK_HEAD);

  if (g_str_equal (peer->path, "/hdr"))
    {
      g_string_append (head, "X-Big: ");
      for (guint i = 0; i < 1024 * 1024; i++)
        g_string_append_c (head, 'a');
      g_string_append (head, "\r\n");
    }
  else
    for (guint i = 0; i < 100000; i++)
      g_string_append_printf (head, "X-%u: a\r\n", i);
  g_string_append (head, "Content-Length: 0\r\n\r\n");
  send_text (peer, head->str);
}

static void
serve_endless (Peer *peer)
{
  g_autofree char *fill = g_strnfill (64 * 1024, 'a');

  if (!send_text (peer, OK_HEAD))
    return;
  for (guint i = 0; i < 8000 && !g_atomic_int_get (&peer->server->stopping); i++)
    if (!send_text (peer, "X-Fill: ") || !send_text (peer, fill) || !send_text (peer, "\r\n"))
      return;
}

static void
serve_drip (Peer *peer)
{
  send_text (peer, OK_HEAD "Content-Length: 100000\r\n\r\n");
  while (nap (peer, 50) && send_text (peer, " "))
    ;
}

static void
serve_slow_head (Peer *peer)
{
  for (const char *p = OK_HEAD; *p != '\0' && nap (peer, 50) && send_bytes (peer, p, 1); p++)
    ;
  nap (peer, 100000);
}

static void
serve_reset (Peer *peer)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  send_text (peer, OK_HEAD "Content-Length: 1000\r\n\r\n" FAULTY_BODY);
  g_usleep (20 * 1000);
  setsockopt (g_socket_get_fd (peer->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (peer->socket, NULL);
}

static void
serve_big (Peer *peer)
{
  gsize length = g_ascii_strtoull (strchr (peer->path, '=') + 1, NULL, 10);
  g_autofree char *body = g_strnfill (length, 'x');

  send_headed (peer, "", body, length);
}

static void
serve_status (Peer *peer)
{
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 %s X\r\nContent-Length: 0\r\n\r\n", strchr (peer->path, '=') + 1);

  send_text (peer, head);
}

static void
serve (Peer *peer)
{
  static const struct
  {
    const char *path;
    const char *text;
    void (*func) (Peer *);
  } table[] = {
    { "/short", OK_HEAD "Content-Length: 1000\r\n\r\n" FAULTY_BODY },
    { "/chunkcut", OK_HEAD "Transfer-Encoding: chunked\r\n\r\n40\r\n" FAULTY_BODY },
    { "/chunkend", OK_HEAD "Transfer-Encoding: chunked\r\n\r\n24\r\n" FAULTY_BODY "\r\n" },
    { "/nolen", OK_HEAD "Connection: close\r\n\r\n" FAULTY_BODY },
    { "/badgzip", OK_HEAD "Content-Encoding: gzip\r\nContent-Length: 36\r\n\r\n" FAULTY_BODY },
    { "/redir", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n" },
    { "/loop", "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n" },
    { "/html", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 19\r\n\r\n<html>Log in</html>" },
    { "/garbage", "\x01\x02 not http at all \r\n\r\n" },
    { "/twolengths", OK_HEAD "Content-Length: 36\r\nContent-Length: 10\r\n\r\n" FAULTY_BODY },
    { "/minus", OK_HEAD "Content-Length: -5\r\n\r\n" FAULTY_BODY },
    { "/brotli", OK_HEAD "Content-Encoding: br\r\nContent-Length: 36\r\n\r\n" FAULTY_BODY },
    { "/drip", NULL, serve_drip },
    { "/slowhead", NULL, serve_slow_head },
    { "/rst", NULL, serve_reset },
    { "/hdrs", NULL, serve_headers },
    { "/hdr", NULL, serve_headers },
    { "/endless", NULL, serve_endless },
    { "/big", NULL, serve_big },
    { "/status", NULL, serve_status },
  };

  if (g_str_has_prefix (peer->path, "/ok"))
    send_headed (peer, "", FAULTY_BODY, strlen (FAULTY_BODY));
  else if (strstr (peer->path, "gzip") != NULL && !g_str_has_prefix (peer->path, "/badgzip"))
    serve_gzip (peer);
  else if (g_str_has_prefix (peer->path, "/bomb"))
    serve_gzip (peer);
  else if (g_str_equal (peer->path, "/null"))
    send_bytes (peer, OK_HEAD "X-A: b\0c\r\nContent-Length: 0\r\n\r\n", sizeof (OK_HEAD "X-A: b\0c\r\nContent-Length: 0\r\n\r\n") - 1);
  else if (g_str_equal (peer->path, "/stall"))
    {
      send_text (peer, OK_HEAD "Content-Length: 10\r\n\r\n");
      nap (peer, 100000);
    }
  else
    for (guint i = 0; i < G_N_ELEMENTS (table); i++)
      if (g_str_has_prefix (peer->path, table[i].path))
        {
          if (table[i].func != NULL)
            table[i].func (peer);
          else
            send_text (peer, table[i].text);
          break;
        }
}

/* Reads the head of a request; the path is its second word. */
static char *
read_request (FaultyServer *self,
              GInputStream *in)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  char byte;

  while (strstr (head->str, "\r\n\r\n") == NULL && head->len < 64 * 1024)
    {
      if (g_input_stream_read (in, &byte, 1, NULL, NULL) != 1)
        return NULL;
      g_string_append_c (head, byte);
    }

  g_mutex_lock (&self->mutex);
  self->n_requests++;
  g_free (self->last_request);
  self->last_request = g_strdup (head->str);
  g_mutex_unlock (&self->mutex);

  words = g_strsplit (head->str, " ", 3);
  return g_strv_length (words) == 3 ? g_strdup (words[1]) : NULL;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  FaultyServer *self = user_data;
  g_autoptr (GIOStream) stream = G_IO_STREAM (g_object_ref (connection));
  g_autofree char *path = NULL;
  Peer peer;

  if (self->certificate != NULL)
    {
      g_object_unref (stream);
      stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
    }

  path = read_request (self, g_io_stream_get_input_stream (stream));
  if (path == NULL)
    return TRUE;
  peer = (Peer) { self, g_socket_connection_get_socket (connection), g_io_stream_get_output_stream (stream), path };
  serve (&peer);
  /* Without a close_notify: an attacker would not send one either. */
  g_socket_shutdown (peer.socket, FALSE, TRUE, NULL);
  return TRUE;
}

static gpointer
thread_func (gpointer data)
{
  FaultyServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

FaultyServer *
faulty_server_start (const char *certificate_file)
{
  FaultyServer *self = g_new0 (FaultyServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_mutex_init (&self->mutex);
  if (certificate_file != NULL)
    {
      self->certificate = g_tls_certificate_new_from_file (certificate_file, &error);
      g_assert_no_error (error);
    }

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (8);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), socket_address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  g_main_context_pop_thread_default (self->context);

  self->thread = g_thread_new ("faulty-server", thread_func, self);
  return self;
}

void
faulty_server_stop (FaultyServer *self)
{
  g_autoptr (GSource) quit = NULL;

  g_atomic_int_set (&self->stopping, 1);
  g_socket_service_stop (self->service);
  /* From inside: the thread may not have begun to run the loop yet. */
  quit = g_idle_source_new ();
  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, self->context);
  g_thread_join (self->thread);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  /* Its workers may still be in a nap; they notice within one. */
  g_usleep (100 * 1000);
  g_object_unref (self->service);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_object (&self->certificate);
  g_free (self->last_request);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
faulty_server_dup_url (FaultyServer *self,
                       const char   *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate != NULL ? "https" : "http", self->port, path);
}

guint
faulty_server_get_n_requests (FaultyServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_requests;
  g_mutex_unlock (&self->mutex);
  return n;
}

char *
faulty_server_dup_last_request (FaultyServer *self)
{
  char *request;

  g_mutex_lock (&self->mutex);
  request = g_strdup (self->last_request);
  g_mutex_unlock (&self->mutex);
  return request;
}
