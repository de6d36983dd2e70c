/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "render.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Where the kernel has Landlock, no file is written but the one that was asked for, and no
 * connection is made: also where user namespaces are forbidden.  Its own words, as the header
 * of an older system does not have all of them. */

#ifdef SYS_landlock_create_ruleset

#define ACCESS_WRITE_FILE (1 << 1)
#define ACCESS_CHANGES 0x1ff0 /* remove and make files and folders of any kind */
#define ACCESS_REFER (1 << 13)
#define ACCESS_TRUNCATE (1 << 14)
#define ACCESS_IOCTL_DEV (1 << 15)
#define NETWORK_TCP 0x3       /* listen, connect */
#define SCOPE_ALL 0x3         /* abstract sockets and signals only within the process */
#define VERSION_FLAG 1
#define RULE_PATH 1

typedef struct
{
  guint64 files;
  guint64 network;
  guint64 scope;
} Ruleset;

typedef struct __attribute__ ((packed))
{
  guint64 allowed;
  gint32 fd;
} PathRule;

/* What a kernel of this version can forbid. */
static Ruleset
make_ruleset (long version)
{
  Ruleset ruleset = { ACCESS_WRITE_FILE | ACCESS_CHANGES, 0, 0 };

  if (version >= 2)
    ruleset.files |= ACCESS_REFER;
  if (version >= 3)
    ruleset.files |= ACCESS_TRUNCATE;
  if (version >= 4)
    ruleset.network = NETWORK_TCP;
  if (version >= 5)
    ruleset.files |= ACCESS_IOCTL_DEV;
  if (version >= 6)
    ruleset.scope = SCOPE_ALL;
  return ruleset;
}

static gsize
get_ruleset_size (long version)
{
  if (version >= 6)
    return sizeof (Ruleset);
  return version >= 4 ? G_STRUCT_OFFSET (Ruleset, scope) : G_STRUCT_OFFSET (Ruleset, network);
}

static gboolean
allow_output (int            ruleset_fd,
              const Ruleset *ruleset,
              const char    *output)
{
  PathRule rule = { ruleset->files & (ACCESS_WRITE_FILE | ACCESS_TRUNCATE), open (output, O_WRONLY | O_CREAT | O_CLOEXEC, 0666) };

  if (rule.fd < 0)
    return FALSE;
  syscall (SYS_landlock_add_rule, ruleset_fd, RULE_PATH, &rule, 0);
  close (rule.fd);
  return TRUE;
}

#endif

void
render_confine (const char *output)
{
#ifdef SYS_landlock_create_ruleset
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, VERSION_FLAG);
  Ruleset ruleset = make_ruleset (version);
  int fd = version > 0 ? syscall (SYS_landlock_create_ruleset, &ruleset, get_ruleset_size (version), 0) : -1;

  if (fd < 0)
    return;
  /* When it cannot be opened, whoever opens it next says why; then nothing else is opened. */
  if ((output == NULL || allow_output (fd, &ruleset, output)) && syscall (SYS_landlock_restrict_self, fd, 0) != 0)
    g_debug ("The kernel does not confine");
  close (fd);
#endif
}
