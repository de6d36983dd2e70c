/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "render.h"
#include "test-support.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define VERSION_FLAG 1
#define VERSION_OF_TCP 4

static long
get_version (void)
{
#ifdef SYS_landlock_create_ruleset
  return syscall (SYS_landlock_create_ruleset, NULL, 0, VERSION_FLAG);
#else
  return -1;
#endif
}

static gboolean
can_open (const char *path,
          int         flags)
{
  int fd = open (path, flags | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/* Nobody listens there: that is the answer of who may ask. */
static gboolean
may_connect (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (1), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gboolean may = connect (fd, (struct sockaddr *) &address, sizeof address) == 0 || errno != EACCES;

  close (fd);
  return may;
}

/* In a process of its own, which does not get out of it.  The number of what went wrong. */
static int
try_all (const char *output,
         const char *other,
         const char *new_path)
{
  render_confine (output);
  if (!can_open (other, O_RDONLY))
    return 1;
  if (can_open (other, O_WRONLY))
    return 2;
  if (can_open (new_path, O_WRONLY | O_CREAT))
    return 3;
  if (unlink (other) == 0)
    return 4;
  if (output != NULL && !can_open (output, O_WRONLY | O_CREAT))
    return 5;
  if (output != NULL && unlink (output) == 0)
    return 6;
  return get_version () >= VERSION_OF_TCP && may_connect () ? 7 : 0;
}

static void
check (const char *output_name)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *output = output_name != NULL ? test_folder_file (folder, output_name) : NULL;
  g_autofree char *other = test_folder_file (folder, "other");
  g_autofree char *new_path = test_folder_file (folder, "new");
  pid_t pid;
  int status;

  if (get_version () < 1)
    {
      g_test_skip ("This kernel does not confine");
      return;
    }
  test_write_text (other, "x");
  pid = fork ();
  if (pid == 0)
    _exit (try_all (output, other, new_path));
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
test_read_only (void)
{
  check (NULL);
}

static void
test_output (void)
{
  check ("packet.pdf");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render-landlock/read-only", test_read_only);
  g_test_add_func ("/render-landlock/output", test_output);
  return g_test_run ();
}
