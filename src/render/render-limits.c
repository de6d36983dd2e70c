/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "render.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cfoil-renderer-process.h"

#define MEMORY (G_GINT64_CONSTANT (1536) << 20)
#define QUICK_SECONDS 75 /* of the processor: more than the parent's patience, for when it is gone */
#define LONG_SECONDS 900
#define FILE_SIZE (G_GINT64_CONSTANT (1) << 30)
#define N_FILES 64

static void
set_limit (int    what,
           rlim_t soft,
           rlim_t hard)
{
  struct rlimit limit;

  /* Never more than before. */
  if (getrlimit (what, &limit) != 0)
    return;
  limit.rlim_max = MIN (limit.rlim_max, hard);
  limit.rlim_cur = MIN (limit.rlim_max, soft);
  setrlimit (what, &limit);
}

/* It may be the first process of a container, so its number alone says nothing.  Whoever starts
 * this by hand does not say it. */
static void
check_parent (void)
{
  const char *parent = g_getenv (CFOIL_RENDERER_PARENT);

  if (parent != NULL && g_ascii_strtoll (parent, NULL, 10) != getppid ())
    _exit (1);
}

void
render_limit (RenderLimit limit,
              const char *output)
{
  rlim_t seconds = limit == RENDER_LONG ? LONG_SECONDS : QUICK_SECONDS;

  /* With the parent its reason has gone. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  check_parent ();
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  close_range (3, ~0U, 0);
#ifndef __SANITIZE_ADDRESS__
  /* The sanitizer looks into its own process, and its shadow is larger than any limit. */
  prctl (PR_SET_DUMPABLE, 0);
  set_limit (RLIMIT_AS, MEMORY, MEMORY);
#endif
  set_limit (RLIMIT_CPU, seconds, seconds + 5);
  set_limit (RLIMIT_NOFILE, N_FILES, N_FILES);
  set_limit (RLIMIT_FSIZE, FILE_SIZE, FILE_SIZE);
  set_limit (RLIMIT_CORE, 0, 0);
  /* Whoever types goes first. */
  if (limit == RENDER_LONG && nice (5) == -1)
    g_debug ("Not nice");
  /* A file that gets too long is an error of write (). */
  signal (SIGXFSZ, SIG_IGN);
  /* Where this is not allowed (some containers), Landlock forbids TCP, or nothing does. */
  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0)
    g_debug ("No network namespace of its own");
  render_confine (output);
}
