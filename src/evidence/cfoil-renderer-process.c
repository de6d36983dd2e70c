/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "cfoil-renderer-process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cfoil-renderer.h"

#define MAX_LINE 65536 /* what inspection and build say is far shorter */

struct _CfoilRendererProcess
{
  GPid pid;           /* 0: it was waited for */
  int output;         /* -1: closed */
  int status;         /* of waitpid () */
  gboolean we_killed;
  GByteArray *buffer; /* (owned): read and not taken */
};

/* What decides which fonts there are is passed on, and nothing else: no bus, no display,
 * no language, no keys. */
static char **
make_environment (void)
{
  static const char *const kept[] = {
    "HOME", "PATH", "XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_CACHE_HOME", "TMPDIR",
    "FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "LD_LIBRARY_PATH", "GDK_PIXBUF_MODULE_FILE",
    "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE",
  };
  char **environment = g_new0 (char *, 1);
  g_autofree char *parent = g_strdup_printf ("%d", (int) getpid ());

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      environment = g_environ_setenv (environment, kept[i], g_getenv (kept[i]), TRUE);
  environment = g_environ_setenv (environment, "LC_ALL", "C", TRUE);
  environment = g_environ_setenv (environment, "LANG", "C", TRUE);
  environment = g_environ_setenv (environment, "TZ", "UTC", TRUE);
  environment = g_environ_setenv (environment, CFOIL_RENDERER_PARENT, parent, TRUE);
  return environment;
}

/* INPUT as a file that can be read from its beginning; -1 on error. */
static int
open_input (const char *input,
            GError    **error)
{
  gsize length = strlen (input);
  gsize done = 0;
  int fd = memfd_create ("counterfoil-packet", MFD_CLOEXEC);

  while (fd >= 0 && done < length)
    {
      gssize n = write (fd, input + done, length - done);

      if (n < 0 && errno != EINTR)
        {
          close (fd);
          fd = -1;
        }
      else if (n > 0)
        done += n;
    }
  if (fd < 0 || lseek (fd, 0, SEEK_SET) < 0)
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  return fd;
}

static GPtrArray *
make_command (const char *const *arguments,
              GError           **error)
{
  g_autofree char *program = cfoil_renderer_find ();
  GPtrArray *command;

  if (program == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           "The program counterfoil-render, which opens files, is missing; install Counterfoil again");
      return NULL;
    }
  command = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (command, g_steal_pointer (&program));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (command, g_strdup (arguments[i]));
  g_ptr_array_add (command, NULL);
  return command;
}

CfoilRendererProcess *
cfoil_renderer_process_new (const char *const *arguments,
                            const char        *input,
                            GError           **error)
{
  g_autoptr (GPtrArray) command = make_command (arguments, error);
  g_auto (GStrv) environment = make_environment ();
  g_autoptr (GError) local_error = NULL;
  CfoilRendererProcess *self;
  int input_fd = -1;
  gboolean started;

  if (command == NULL)
    return NULL;
  if (input != NULL)
    {
      input_fd = open_input (input, error);
      if (input_fd < 0)
        return NULL;
    }
  self = g_new0 (CfoilRendererProcess, 1);
  self->output = -1;
  self->buffer = g_byte_array_new ();
  started = g_spawn_async_with_pipes_and_fds ("/", (const char *const *) command->pdata, (const char *const *) environment,
                                              G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_CLOEXEC_PIPES,
                                              NULL, NULL, input_fd, -1, -1, NULL, NULL, 0, &self->pid, NULL, &self->output, NULL,
                                              &local_error);
  if (input_fd >= 0)
    close (input_fd);
  if (!started)
    {
      gboolean missing = g_error_matches (local_error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);

      self->pid = 0;
      cfoil_renderer_process_free (self);
      g_set_error (error, G_IO_ERROR, missing ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED,
                   "The program counterfoil-render, which opens files, does not start: %s", local_error->message);
      return NULL;
    }
  return self;
}

static void
end (CfoilRendererProcess *self)
{
  if (self->output >= 0)
    close (self->output);
  self->output = -1;
  while (self->pid != 0)
    if (waitpid (self->pid, &self->status, 0) >= 0 || errno != EINTR)
      self->pid = 0;
}

static void
kill_it (CfoilRendererProcess *self)
{
  self->we_killed = TRUE;
  if (self->pid != 0)
    kill (self->pid, SIGKILL);
  end (self);
}

void
cfoil_renderer_process_free (CfoilRendererProcess *self)
{
  if (self == NULL)
    return;
  kill_it (self);
  g_byte_array_unref (self->buffer);
  g_free (self);
}

gboolean
cfoil_renderer_process_was_killed (CfoilRendererProcess *self)
{
  return self->pid == 0 && !self->we_killed && WIFSIGNALED (self->status) && WTERMSIG (self->status) == SIGKILL;
}

/* It closed its output.  A process that does so and goes on is killed. */
static void
set_ended (CfoilRendererProcess *self,
           GError              **error)
{
  gint64 until = g_get_monotonic_time () + G_USEC_PER_SEC;

  while (self->pid != 0 && g_get_monotonic_time () < until)
    {
      GPid pid = waitpid (self->pid, &self->status, WNOHANG);

      if (pid == self->pid || (pid < 0 && errno != EINTR))
        self->pid = 0;
      else
        g_usleep (1000);
    }
  if (self->pid != 0)
    kill_it (self);
  else
    end (self);
  if (self->we_killed || !WIFEXITED (self->status) || WEXITSTATUS (self->status) != 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "The file made the program that opens it break off");
}

/* Waits until there is something to read. */
static gboolean
wait_for_output (CfoilRendererProcess *self,
                 gint64                until,
                 GCancellable         *cancellable,
                 GError              **error)
{
  for (;;)
    {
      GPollFD fds[2] = { { .fd = self->output, .events = G_IO_IN } };
      guint n_fds = 1;
      gint64 left = until - g_get_monotonic_time ();
      int n;

      if (left <= 0)
        {
          kill_it (self);
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The file took too long to open");
          return FALSE;
        }
      if (cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fds[1]))
        n_fds = 2;
      n = g_poll (fds, n_fds, MIN (left / 1000 + 1, 1000));
      if (n_fds == 2)
        g_cancellable_release_fd (cancellable);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          kill_it (self);
          return FALSE;
        }
      if (n > 0 && fds[0].revents != 0)
        return TRUE;
    }
}

/* At most LENGTH bytes; 0 when it has ended, -1 on error. */
static gssize
read_some (CfoilRendererProcess *self,
           guchar               *bytes,
           gsize                 length,
           gint64                until,
           GCancellable         *cancellable,
           GError              **error)
{
  gssize n;

  if (self->output < 0)
    return 0;
  do
    {
      if (!wait_for_output (self, until, cancellable, error))
        return -1;
      n = read (self->output, bytes, length);
    }
  while (n < 0 && (errno == EINTR || errno == EAGAIN));
  if (n <= 0)
    {
      GError *local_error = NULL;

      set_ended (self, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return -1;
        }
      return 0;
    }
  return n;
}

char *
cfoil_renderer_process_read_line (CfoilRendererProcess *self,
                                  guint                 timeout_ms,
                                  GCancellable         *cancellable,
                                  GError              **error)
{
  gint64 until = g_get_monotonic_time () + timeout_ms * G_GINT64_CONSTANT (1000);

  for (;;)
    {
      guchar *newline = self->buffer->len > 0 ? memchr (self->buffer->data, '\n', self->buffer->len) : NULL;
      guchar bytes[4096];
      gssize n;

      if (newline != NULL)
        {
          gsize length = newline - self->buffer->data;
          char *line = g_strndup ((const char *) self->buffer->data, length);

          g_byte_array_remove_range (self->buffer, 0, length + 1);
          return line;
        }
      if (self->buffer->len > MAX_LINE)
        {
          kill_it (self);
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "The program that opens files says what it should not");
          return NULL;
        }
      n = read_some (self, bytes, sizeof bytes, until, cancellable, error);
      if (n <= 0)
        return NULL;
      g_byte_array_append (self->buffer, bytes, n);
    }
}

gboolean
cfoil_renderer_process_read_bytes (CfoilRendererProcess *self,
                                   guchar               *bytes,
                                   gsize                 length,
                                   guint                 timeout_ms,
                                   GCancellable         *cancellable,
                                   GError              **error)
{
  gint64 until = g_get_monotonic_time () + timeout_ms * G_GINT64_CONSTANT (1000);
  gsize done = MIN (self->buffer->len, length);

  if (done > 0)
    {
      memcpy (bytes, self->buffer->data, done);
      g_byte_array_remove_range (self->buffer, 0, done);
    }
  while (done < length)
    {
      GError *local_error = NULL;
      gssize n = read_some (self, bytes + done, length - done, until, cancellable, &local_error);

      if (n <= 0)
        {
          if (local_error != NULL)
            g_propagate_error (error, local_error);
          else
            g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "The program that opens files ended too early");
          return FALSE;
        }
      done += n;
    }
  return TRUE;
}
